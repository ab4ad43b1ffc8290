--- Aligned columns for a terminal, wide characters counted as two.

local core = require "evalua.core"
local width = core.text.width

local M = {}

local ELLIPSIS = "…"

--- `text` in at most `most` columns, the cut marked.
---@param text string
---@param most integer
---@return string
function M.cut(text, most)
  if width(text) <= most then return text end
  if most < 1 then return "" end
  return core.text.prefix(text, most - width(ELLIPSIS)) .. ELLIPSIS
end

--- What does not begin a line of Chinese (GB/T 15834): marks that end what is
--- before them.
local closing = {}
for _, code in utf8.codes "，。、；：？！）》”’】〕」％%" do
  closing[utf8.char(code)] = true
end

--- The part of a line without its last character where a closing mark would
--- begin the next one.
local function before_mark(part, rest)
  local mark = rest:match(utf8.charpattern, #part + 1)
  if not closing[mark] then return part end
  local last = utf8.len(part) and utf8.len(part) > 1 and utf8.offset(part, -1)
  return last and part:sub(1, last - 1) or part
end

--- `text` in lines of at most `most` columns, broken at blanks where there
--- are any, the lines after the first begun with `indent`.
---@param text string
---@param most integer? nil: one line
---@param indent string
---@return string[]
function M.wrap(text, most, indent)
  if most == nil then return { text } end
  local lines, rest, start = {}, text, ""
  while width(start .. rest) > most do
    local part = core.text.prefix(rest, math.max(2, most - width(start)))
    local at_blank = part:match("^(.*%S)%s") -- the last blank that fits
    if rest:sub(#part + 1, #part + 1):find("%s") then at_blank = part end
    if at_blank and width(at_blank) * 2 > most then part = at_blank
    else part = before_mark(part, rest) end
    lines[#lines + 1] = start .. part
    rest, start = rest:sub(#part + 1):gsub("^%s+", ""), indent
  end
  lines[#lines + 1] = start .. rest
  return lines
end

--- `text` filled up to `size` columns.
---@param text string
---@param size integer
---@param align "left"|"right"|nil
---@return string
function M.pad(text, size, align)
  local space = (" "):rep(size - width(text))
  return align == "right" and space .. text or text .. space
end

--- What a control character would do to a terminal, it does not do.
local function plain(text)
  return (text:gsub("%c", " "))
end

--- No cell that may be cut is wider than this, whoever reads; one that goes on
--- below needs less.
local WIDEST, WIDEST_WRAPPED = 120, 48

--- The widest cell of each column, its title left out; rows are gone over
--- once, since a long table makes them when they are asked for.
local function measure(columns, rows)
  local widest = {}
  for i in ipairs(columns) do widest[i] = 0 end
  for _, row in ipairs(rows) do
    local cells = row.cells
    for i, most in ipairs(widest) do
      local size = width(cells[i] or "")
      if size > most then widest[i] = size end
    end
  end
  return widest
end

local function natural_width(column, widest)
  local size = math.max(width(column.title), widest)
  if column.wraps then return math.min(size, WIDEST_WRAPPED) end
  return column.shrinks and math.min(size, WIDEST) or size
end

local function sum(sizes)
  local total = math.max(0, 2 * (#sizes - 1))
  for _, size in ipairs(sizes) do total = total + size end
  return total
end

--- How narrow a column may get: where cells must stay whole, only its title
--- is cut.
local function least_width(column, widest)
  if column.shrinks or column.wraps then
    return math.max(6, math.min(width(column.title), 12))
  end
  return math.max(4, widest)
end

--- Shrink columns, the widest first, to fit `most`.
local function shrink(sizes, least, most)
  while sum(sizes) > most do
    local widest = nil
    for i in ipairs(sizes) do
      if sizes[i] > least[i]
        and (widest == nil or sizes[i] > sizes[widest]) then
        widest = i
      end
    end
    if widest == nil then return end
    sizes[widest] = sizes[widest] - 1
  end
end

--- Leave out the columns that matter least until the rest fits.
local function drop(columns, rows, most)
  local kept, dropped = {}, {}
  local widest = measure(columns, rows)
  for i, column in ipairs(columns) do
    kept[i] = { column = column, index = i }
  end
  while true do
    local sizes, least = {}, {}
    for i, item in ipairs(kept) do
      sizes[i] = natural_width(item.column, widest[item.index])
      least[i] = least_width(item.column, widest[item.index])
    end
    shrink(sizes, least, most)
    if sum(sizes) <= most then return kept, sizes, dropped end
    local last = nil
    for i, item in ipairs(kept) do
      local rank = item.column.rank
      if rank and (last == nil or rank > kept[last].column.rank) then
        last = i
      end
    end
    if last == nil then return kept, sizes, dropped end
    dropped[#dropped + 1] = table.remove(kept, last).column.title
  end
end

--- A cell as lines: more than one only where its column wraps.
local function cell_lines(item, size, text)
  text = plain(text)
  if item.column.wraps and width(text) > size then
    return M.wrap(text, size, "")
  end
  return { M.cut(text, size) }
end

--- The lines of one row, padded to the columns.
local function row_lines(kept, sizes, text_of, style)
  local cells, height = {}, 1
  for i, item in ipairs(kept) do
    cells[i] = cell_lines(item, sizes[i], text_of(item))
    height = math.max(height, #cells[i])
  end
  local lines = {}
  for k = 1, height do
    local parts = {}
    for i, item in ipairs(kept) do
      parts[i] = M.pad(cells[i][k] or "", sizes[i], item.column.align)
      if style then parts[i] = style(item, parts[i]) end
    end
    lines[k] = table.concat(parts, "  "):match("^(.*%S)") or ""
  end
  return lines
end

--- Lines of a table. A column is {title=, align=, shrinks=, wraps=, rank=}:
--- those that `shrink` are cut with an ellipsis, those that `wrap` go on in the
--- next line, those with a rank are left out when even that does not help, the
--- highest rank first. A row is {cells={…}, rule=true
--- (a line above)}. `most` nil: as wide as it gets. `style(row, index, text)`
--- may colour a padded cell.
---@param columns table[]
---@param rows table[]
---@param most integer?
---@param style function?
---@return string[] lines
---@return string[] dropped titles of the columns that were left out
function M.lines(columns, rows, most, style)
  local kept, sizes, dropped = drop(columns, rows, most or math.huge)
  local lines = row_lines(kept, sizes, function(item)
    return item.column.title
  end)
  local rule = ("─"):rep(sum(sizes))
  lines[#lines + 1] = rule
  for _, row in ipairs(rows) do
    if row.rule and lines[#lines] ~= rule then lines[#lines + 1] = rule end
    local part = row_lines(kept, sizes, function(item)
      return row.cells[item.index] or ""
    end, style and function(item, text)
      return style(row, item.index, text)
    end)
    table.move(part, 1, #part, #lines + 1, lines)
  end
  return lines, dropped
end

return M

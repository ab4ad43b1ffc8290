--- The display list as lines of block characters: a preview in a terminal. The
--- layout is that of a document picture, measured in cells of the terminal, so
--- that a label has the room it takes there, wide characters included.

local core = require "evalua.core"
local text_fit = require "evalua.chart.text_fit"
local theme = require "evalua.chart.theme"

local M = {}

--- Pixels of the layout in a cell's height.
local HEIGHT = 26

-- The layout's measures -----------------------------------------------------------

--- A font of one size, two cells high, whose letters are as wide as their
--- cells: half an em each, so that sums of widths are exact.
local cell_font = {
  advance = function(_, text) return core.text.width(text) / 2 end,
  drawable = function(_, text) return text end,
}

--- Sizes and measure for a preview of so many columns.
---@param spec table
---@param columns integer
---@return table sizes
---@return Measure measure
function M.sizes(spec, columns)
  local sizes = {}
  for key, value in pairs(assert(theme.size(spec.theme, "doc"))) do
    sizes[key] = value
  end
  sizes.font = {}
  sizes.cell = sizes.width / columns
  for name in pairs(spec.theme.doc.font) do
    sizes.font[name] = 2 * sizes.cell
  end
  sizes.min_font = 2 * sizes.cell -- letters of a terminal do not shrink
  sizes.message_step = HEIGHT -- the next row
  return sizes, text_fit.of_font(cell_font)
end

-- The canvas ------------------------------------------------------------------

---@class Canvas
---@field rows table[] rows of cells { text=, color=, taken= }
local Canvas = {}
Canvas.__index = Canvas

function Canvas:cell(row, column)
  if row < 1 or row > self.height or column < 1 or column > self.width then
    return nil
  end
  local line = self.rows[row]
  line[column] = line[column] or {}
  return line[column]
end

--- Paint a cell that no text has taken.
function Canvas:paint(row, column, glyph, color)
  local cell = self:cell(row, column)
  if cell and not cell.taken then cell.text, cell.color = glyph, color end
end

local function row_of(y) return math.floor(y / HEIGHT) + 1 end

function Canvas:column_of(x) return math.floor(x / self.pixels) + 1 end

-- ---- areas ----

local shades = { "█", "▓", "▒", "░" }

--- How dark a fill looks, as a block; nil for what is background.
local function shade_of(fill)
  if fill == nil then return "░" end
  local contrast = theme.contrast(fill, "#FFFFFF")
  if contrast > 5 then return shades[1] end
  if contrast > 2.7 then return shades[2] end
  if contrast > 1.9 then return shades[3] end
  return contrast > 1.45 and shades[4] or nil
end

local rising = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" }
local widening = { "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█" }

--- The eighths of a cell as a glyph of a list; nil for less than half of one.
local function eighths(list, part)
  local n = math.floor(part * 8 + 0.5)
  return n >= 1 and list[math.min(n, 8)] or nil
end

--- Rows that a span covers by half or more; at least the one of its middle.
local function rows_between(y0, y1)
  local first = math.floor(y0 / HEIGHT + 0.5) + 1
  local last = math.floor(y1 / HEIGHT + 0.5)
  if last < first then
    first = row_of((y0 + y1) / 2)
    last = first
  end
  return first, last
end

local draw = {}

--- A standing bar has its top in eighths of a cell.
local function standing(canvas, item, glyph)
  local first = canvas:column_of(item.x0 + canvas.pixels * 0.4)
  local last = math.max(first, canvas:column_of(item.x1
    - canvas.pixels * 0.4))
  for row = row_of(item.y0), row_of(item.y1 - 0.01) do
    local top = math.max(item.y0, (row - 1) * HEIGHT)
    local part = math.min(row - top / HEIGHT, 1)
    local bottom = math.min(item.y1, row * HEIGHT)
    if (bottom - top) / HEIGHT >= 0.12 then
      local shown = glyph == "█" and eighths(rising, part) or glyph
      for column = first, last do
        canvas:paint(row, column, shown, item.fill)
      end
    end
  end
end

--- A lying bar has its end in eighths of a cell.
local function lying(canvas, item, glyph)
  local first, last = rows_between(item.y0, item.y1)
  local begin = math.floor(item.x0 / canvas.pixels + 0.5) + 1
  local finish = item.x1 / canvas.pixels
  for row = first, last do
    for column = begin, math.floor(finish) do
      canvas:paint(row, column, glyph, item.fill)
    end
    local rest = eighths(widening, finish - math.floor(finish))
    if rest and glyph == "█" then
      canvas:paint(row, math.floor(finish) + 1, rest, item.fill)
    end
  end
end

function draw.rect(canvas, item)
  local wide, high = item.x1 - item.x0, item.y1 - item.y0
  local thin = HEIGHT / 3
  if high < thin and wide > thin then
    return draw.line(canvas, { x0 = item.x0, x1 = item.x1,
      y0 = (item.y0 + item.y1) / 2, y1 = (item.y0 + item.y1) / 2,
      color = item.fill or item.stroke,
      is_bar = item.along == "x" and item.value ~= nil })
  elseif wide < thin and high > thin then
    return draw.line(canvas, { y0 = item.y0, y1 = item.y1,
      x0 = (item.x0 + item.x1) / 2, x1 = (item.x0 + item.x1) / 2,
      color = item.fill or item.stroke })
  end
  local is_outline = item.stroke and (item.fill == nil
    or theme.contrast(item.fill, "#FFFFFF") < 1.1)
  local glyph = is_outline and "░" or shade_of(item.fill)
  if glyph == nil then return end
  local painted = { x0 = item.x0, x1 = item.x1, y0 = item.y0, y1 = item.y1,
    fill = is_outline and item.stroke or item.fill }
  if high > wide and high > 1.5 * HEIGHT then
    standing(canvas, painted, glyph)
  else
    lying(canvas, painted, glyph)
  end
end

function draw.hatch(canvas, item)
  draw.rect(canvas, { x0 = item.x0, x1 = item.x1, y0 = item.y0, y1 = item.y1,
    fill = "#A6A6A6" })
end

--- The rows that a polygon covers at a column, by where its sides cross it.
function draw.polygon(canvas, item)
  local glyph = shade_of(item.fill) or "░"
  local n = #item.points / 2
  for column = 1, canvas.width do
    local x, low, high = (column - 0.5) * canvas.pixels, math.huge, -math.huge
    for i = 1, n do
      local k = i % n + 1
      local x0, y0 = item.points[2 * i - 1], item.points[2 * i]
      local x1, y1 = item.points[2 * k - 1], item.points[2 * k]
      if (x0 <= x) ~= (x1 <= x) then
        local y = y0 + (y1 - y0) * (x - x0) / (x1 - x0)
        low, high = math.min(low, y), math.max(high, y)
      end
    end
    if low < high then
      local first, last = rows_between(low, high)
      for row = first, last do canvas:paint(row, column, glyph, item.fill) end
    end
  end
end

-- ---- lines and dots ----

function draw.line(canvas, item)
  if item.color and theme.contrast(item.color, "#FFFFFF") < 1.5 then return end
  local level, upright = item.y0 == item.y1, item.x0 == item.x1
  if not level and not upright then
    return draw.polyline(canvas, { points = { item.x0, item.y0, item.x1,
      item.y1 }, color = item.color })
  end
  local x0, x1 = math.min(item.x0, item.x1), math.max(item.x0, item.x1)
  local y0, y1 = math.min(item.y0, item.y1), math.max(item.y0, item.y1)
  for row = row_of(y0), row_of(y1 - (upright and 0.01 or 0)) do
    for column = canvas:column_of(x0), canvas:column_of(x1
      - (level and 0.01 or 0)) do
      local cell = canvas:cell(row, column)
      if cell and (cell.text == nil or item.is_bar and cell.text == "░") then
        canvas:paint(row, column, item.is_bar and "━" or level and "─" or "│",
          item.color)
      elseif cell and upright and cell.text == "━" then
        canvas:paint(row, column, "╋", item.color)
      end
    end
  end
end

function draw.polyline(canvas, item)
  local p = item.points
  for i = 1, #p - 3, 2 do
    local wide = math.abs(p[i + 2] - p[i]) / canvas.pixels
    local high = math.abs(p[i + 3] - p[i + 1]) / HEIGHT
    local steps = math.max(1, math.ceil(math.max(wide, high) * 2))
    for step = 0, steps do
      local x = p[i] + (p[i + 2] - p[i]) * step / steps
      local y = p[i + 1] + (p[i + 3] - p[i + 1]) * step / steps
      canvas:paint(row_of(y), canvas:column_of(x), "∙", item.color)
    end
  end
end

function draw.circle(canvas, item)
  canvas:paint(row_of(item.y), canvas:column_of(item.x), "●", item.fill
    or item.stroke)
end

-- ---- text ----

--- Whether cells of a row are free of text, one on either side included.
function Canvas:is_free(row, first, width)
  for column = first - 1, first + width do
    local cell = self:cell(row, column)
    if cell and cell.taken then return false end
  end
  return row >= 1 and row <= self.height
end

--- The row nearest to y with room for a text; nil where there is none.
function Canvas:find_row(y, first, width)
  local row = row_of(y)
  local towards = (y / HEIGHT) % 1 > 0.5 and 1 or -1
  for _, try in ipairs { row, row + towards, row - towards } do
    if self:is_free(try, first, width) then return try end
  end
end

--- Characters with their marks, and the cells they take.
local function clusters(text)
  local list = {}
  for _, point in utf8.codes(text) do
    local char = utf8.char(point)
    local width = core.text.width(char)
    if width == 0 and #list > 0 then
      list[#list].text = list[#list].text .. char
    elseif width > 0 then
      list[#list + 1] = { text = char, width = width }
    end
  end
  return list
end

function draw.text(canvas, item)
  if item.text == "" then return end
  local width = core.text.width(item.text)
  local at = item.x / canvas.pixels
  local first = item.anchor == "right" and at - width
    or item.anchor == "center" and at - width / 2 or at
  first = math.max(1, math.min(math.floor(first + 0.5) + 1,
    canvas.width - width + 1))
  local row = canvas:find_row(item.y, first, width)
  if row == nil then return end
  for _, cluster in ipairs(clusters(item.text)) do
    local cell = canvas:cell(row, first)
    if cell then
      cell.text, cell.color, cell.taken = cluster.text, item.color, true
      cell.wide = cluster.width == 2
      local beside = cluster.width == 2 and canvas:cell(row, first + 1)
      if beside then beside.text, beside.taken = "", true end
    end
    first = first + cluster.width
  end
end

-- Lines of text ---------------------------------------------------------------

--- The nearest of the terminal's own colours, so that its theme holds; nil for
--- greys.
local function ansi(color)
  local r, g, b = color:match "^#(%x%x)(%x%x)(%x%x)$"
  if r == nil then return nil end
  r, g, b = tonumber(r, 16), tonumber(g, 16), tonumber(b, 16)
  local most, least = math.max(r, g, b), math.min(r, g, b)
  if most - least < 48 then return nil end
  local code = 30
  if r > most * 0.75 then code = code + 1 end
  if g > most * 0.75 then code = code + 2 end
  if b > most * 0.75 then code = code + 4 end
  return code
end

local function line_of(canvas, row, colour)
  local parts, current = {}, nil
  local cells = canvas.rows[row]
  for column = 1, canvas.width do
    local cell = cells[column] or {}
    local code = colour and cell.color and cell.text and ansi(cell.color)
      or nil
    if code ~= current then
      parts[#parts + 1] = code and ("\27[%dm"):format(code) or "\27[0m"
      current = code
    end
    parts[#parts + 1] = cell.text or " "
  end
  if current then parts[#parts + 1] = "\27[0m" end
  return (table.concat(parts):gsub("[ ]+$", ""))
end

--- The lines of a display list that was laid out with M.sizes.
---@param list DisplayList
---@param sizes table
---@param opts { columns: integer, colour: boolean? }
---@return string
function M.text(list, sizes, opts)
  local height = math.ceil(list.height / HEIGHT)
  local canvas = setmetatable({ rows = {}, width = opts.columns,
    height = height, pixels = sizes.cell }, Canvas)
  for row = 1, height do canvas.rows[row] = {} end
  for _, item in ipairs(list.items) do
    if item.kind ~= "text" then draw[item.kind](canvas, item) end
  end
  for _, item in ipairs(list.items) do
    if item.kind == "text" then draw.text(canvas, item) end
  end
  local lines = {}
  for row = 1, height do lines[row] = line_of(canvas, row, opts.colour) end
  while lines[#lines] == "" do lines[#lines] = nil end
  while lines[1] == "" do table.remove(lines, 1) end
  return table.concat(lines, "\n") .. "\n"
end

return M

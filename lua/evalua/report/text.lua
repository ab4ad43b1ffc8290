--- Blocks as text for a terminal.

local core = require "evalua.core"
local blocks = require "evalua.report.blocks"
local grid = require "evalua.report.grid"
local lang = require "evalua.lang"

local M = {}

local codes = { bold = "1", bad = "31", good = "32", dim = "2" }

local function paint(text, name)
  local code = codes[name]
  return code and ("\27[" .. code .. "m" .. text .. "\27[0m") or text
end

local function table_lines(block, options)
  local style = options.colour and function(row, index, text)
    local mark = row.paint and row.paint[index] or row.strong and "bold"
    return mark and paint(text, mark) or text
  end
  local lines, dropped = grid.lines(block.columns, block.rows, options.width,
    style or nil)
  if #dropped > 0 then
    local text = lang.text(options.lang, "(no room for: %s)",
      table.concat(dropped, ", "))
    local more = grid.wrap(text, options.width, " ")
    table.move(more, 1, #more, #lines + 1, lines)
  end
  return lines
end

--- Labels, then values in a column of their own.
local function figure_lines(block, options)
  local widest = 0
  for _, item in ipairs(block.items) do
    widest = math.max(widest, core.text.width(item.label))
  end
  local lines = {}
  for _, item in ipairs(block.items) do
    local text = grid.pad(item.label, widest) .. "  " .. item.value
    if item.note then text = text .. "  (" .. item.note .. ")" end
    local part = grid.wrap(text, options.width, (" "):rep(widest + 2))
    table.move(part, 1, #part, #lines + 1, lines)
  end
  return lines
end

local marks = { bad = "!", warn = "?", info = "-" }

local function finding_lines(block, options)
  local lines = {}
  for _, item in ipairs(block.items) do
    local part = grid.wrap(marks[item.level] .. " " .. item.text,
      options.width, "  ")
    for i, line in ipairs(part) do
      part[i] = options.colour and paint(line, item.level) or line
    end
    table.move(part, 1, #part, #lines + 1, lines)
  end
  return lines
end

local function heading_lines(block, options)
  local lines = grid.wrap(block.text, options.width, "")
  local rule = 0
  for _, line in ipairs(lines) do rule = math.max(rule, core.text.width(line)) end
  lines[#lines + 1] = ("-"):rep(rule)
  return lines
end

local renderers = {
  heading = heading_lines,
  paragraph = function(block, options)
    return grid.wrap(block.text, options.width, "")
  end,
  figures = figure_lines,
  findings = finding_lines,
  title = function(block, options)
    local lines = grid.wrap(block.text, options.width, "")
    for i, line in ipairs(lines) do
      lines[i] = options.colour and paint(line, "bold") or line
    end
    return lines
  end,
  note = function(block, options)
    return grid.wrap("* " .. block.text, options.width, "  ")
  end,
  table = table_lines,
}

--- @param report evalua.report
--- @param options table
--- @return string
function M.render(report, options)
  return blocks.join(report, renderers, options)
end

return M

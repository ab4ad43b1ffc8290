--- Blocks as text for a terminal.

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

local renderers = {
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

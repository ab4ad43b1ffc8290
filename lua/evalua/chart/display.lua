--- The display list: what a chart is, in logical pixels from the top left,
--- painted in order. Any back end can draw it; specs read it.
local clean = require "evalua.chart.clean"

---@class Item
---@field kind string rect line polyline polygon circle hatch text
---@field tag string? what it stands for: "ac.bar", "label", "delta.text" ...
---@field row integer? the row it belongs to

---@class DisplayList
---@field width number
---@field height number
---@field items Item[]
---@field description string[] lines for those who cannot see it
local List = {}
List.__index = List

local M = {}

-- Ink of a line of text above and below its middle, in em.
M.HALF_LINE = 0.6

---@param width number
---@param height number? may be set later, when it follows from the content
---@param measure Measure
function M.new(width, height, measure)
  return setmetatable({ width = width, height = height, items = {},
    measure = measure, description = {} }, List)
end

--- Add an item as it is.
function List:add(kind, item)
  item.kind = kind
  self.items[#self.items + 1] = item
  return item
end

--- {x0, y0, x1, y1, fill=, stroke=, width=}: a box; the corners are sorted.
function List:rect(item)
  if item.x1 < item.x0 then item.x0, item.x1 = item.x1, item.x0 end
  if item.y1 < item.y0 then item.y0, item.y1 = item.y1, item.y0 end
  return self:add("rect", item)
end

--- {x0, y0, x1, y1, color=, width=, dash=}
function List:line(item)
  return self:add("line", item)
end

--- {points={x1,y1,x2,y2,...}, color=, width=, dash=}
function List:polyline(item)
  return self:add("polyline", item)
end

--- {points={x1,y1,...}, fill=}
function List:polygon(item)
  return self:add("polygon", item)
end

--- {x, y, radius, fill=, stroke=, width=}
function List:circle(item)
  return self:add("circle", item)
end

--- {x0, y0, x1, y1, step=, color=, width=}: lines at 45 degrees in a box
function List:hatch(item)
  return self:add("hatch", item)
end

local function runs_width(measure, runs, size)
  local sum = 0
  for _, run in ipairs(runs) do
    sum = sum + measure:width(run.text, size, run.bold)
  end
  return sum
end

--- {x, y, text= | runs=, size=, bold=, color=, anchor="left|center|right"}:
--- one line, y is its middle. Its box is measured and kept in `box`.
function List:text(item)
  item.anchor = item.anchor or "left"
  item.runs = item.runs or { { text = item.text, bold = item.bold } }
  local plain = {}
  for i, run in ipairs(item.runs) do
    run.text = clean.text(run.text)
    plain[i] = run.text
  end
  item.text = table.concat(plain)
  local width = runs_width(self.measure, item.runs, item.size)
  local left = item.anchor == "left" and item.x
    or item.anchor == "right" and item.x - width or item.x - width / 2
  local half = item.size * M.HALF_LINE
  item.box = { x0 = left, y0 = item.y - half, x1 = left + width,
    y1 = item.y + half }
  return self:add("text", item)
end

--- Items of a kind and (where given) a tag, in order.
function List:find(kind, tag)
  local found = {}
  for _, item in ipairs(self.items) do
    if item.kind == kind and (tag == nil or item.tag == tag) then
      found[#found + 1] = item
    end
  end
  return found
end

return M

--- Names beside the ends of a plot's lines, instead of a key: each as near to
--- its line's last point as the others allow. The range of y is set, since
--- where a value lies on the page must be known.
local gnuplot = require "evalua.chart.backend.gnuplot"
local gp_text = require "evalua.chart.backend.gp_text"
local relax = require "evalua.chart.layout.relax"
local ticks = require("evalua.chart.layout.plot").ticks

local M = {}

local num = gnuplot.number

local LONGEST = 12 -- em of a name
-- Em: a line's colour before its name, between them, and from the last points.
local SAMPLE, GAP, AWAY = 1.1, 0.4, 0.75

--- Are names at the ends of lines possible?
---@param plot Plot
function M.fit(plot)
  if plot.style ~= "lines" and plot.style ~= "steps" or plot.log_y
    or #plot.series < 2 then
    return false
  end
  for _, series in ipairs(plot.series) do
    if series.label == nil then return false end
  end
  return true
end

--- The least and the greatest of what is drawn, bands included.
local function extent(plot)
  local low, high = math.huge, -math.huge
  local function take(y)
    if y == y then low, high = math.min(low, y), math.max(high, y) end
  end
  for _, series in ipairs(plot.series) do
    for _, y in ipairs(series.y) do take(y) end
    for _, row in ipairs(series.fit or {}) do
      take(row[3])
      take(row[4])
    end
  end
  return low, high
end

--- A range whose ends are round.
local function range_of(plot, scale)
  local low, high = extent(plot)
  low, high = low / scale, high / scale
  if low >= high then low, high = low - 1, high + 1 end
  local marks = ticks(low, high, 7)
  local step = #marks > 1 and marks[2] - marks[1] or high - low
  return math.floor(low / step + 1e-9) * step,
    math.ceil(high / step - 1e-9) * step
end

--- The last value of a line; nil where it has none.
local function last_of(series)
  for i = #series.y, 1, -1 do
    local y = series.y[i]
    if y == y then return y end
  end
end

--- The names with their places, from the top down.
local function places(plot, script, top, bottom)
  local scale = 10 ^ script.power
  local low, high = range_of(plot, scale)
  script:line(("set yrange [%.17g:%.17g]"):format(low, high))
  local list, wanted = {}, {}
  for i, series in ipairs(plot.series) do
    local last = last_of(series)
    if last then
      list[#list + 1] = { label = series.label, at = i, y = top
        + (high - last / scale) / (high - low) * (bottom - top) }
    end
  end
  table.sort(list, function(a, b)
    if a.y ~= b.y then return a.y < b.y end
    return a.at < b.at
  end)
  for i, item in ipairs(list) do wanted[i] = item.y end
  local size = plot.sizes.font.axis
  for i, y in ipairs(relax.apart(wanted, 1.3 * size, top, bottom)) do
    list[i].y = y
  end
  return list
end

--- Write them, and the margins that they need.
---@param script PlotScript
---@param plot Plot
---@param top number first pixel of the plot's area
---@param bottom number its last pixel
---@param height number of the canvas
function M.write(script, plot, top, bottom, height)
  local size, width = plot.sizes.font.axis, plot.sizes.width
  local list, widest = places(plot, script, top, bottom), 0
  for _, item in ipairs(list) do
    item.text = plot.measure:wrap(item.label, size, false, LONGEST * size, 1)[1]
    widest = math.max(widest, plot.measure:width(item.text, size))
  end
  local left = width - widest - (SAMPLE + 2 * GAP) * size
  script:line("set rmargin at screen ", num((left - AWAY * size) / width))
  for i, item in ipairs(list) do
    local y = num(1 - item.y / height)
    script:line("set arrow ", i, " from screen ", num(left / width), ",", y,
      " to screen ", num((left + SAMPLE * size) / width), ",", y,
      " nohead front lw ", num(4 * script.unit.line), " lc rgb ",
      script:color(item.at))
    script:line("set label ", 10 + i, " ", gp_text.quote(item.text),
      " at screen ", num((left + (SAMPLE + GAP) * size) / width), ",", y,
      " left front", script:font(size), " tc rgb ",
      gnuplot.color(plot.theme.text))
  end
end

return M

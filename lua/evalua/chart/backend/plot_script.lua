--- A plot as a gnuplot script: the axes are gnuplot's, numbers and texts come
--- through the same two doors as those of the other charts.

local gnuplot = require "evalua.chart.backend.gnuplot"
local gp_text = require "evalua.chart.backend.gp_text"
local names = require "evalua.chart.backend.plot_names"
local words = require "evalua.chart.words"

local M = {}

local num, color = gnuplot.number, gnuplot.color

local LONGEST_ENTRY = 12 -- em of a name in the key

--- Colours of groups, by their names in a theme; told apart by lightness too.
local series_colors = { "neutral", "heat7", "actual", "heat2", "good", "heat6",
  "share2", "bad" }

--- A number of any size, exactly as Lua has it.
local function value(x) return ("%.17g"):format(x) end

--- The height of a canvas whose size names none.
---@param sizes table
---@return number
function M.height(sizes)
  return sizes.height or math.floor(sizes.width * 0.6)
end

---@class PlotScript
---@field lines string[]
---@field plots string[]
local Script = {}
Script.__index = Script

function Script:line(...) self.lines[#self.lines + 1] = table.concat { ... } end

function Script:plot(...) self.plots[#self.plots + 1] = table.concat { ... } end

--- Rows of numbers as a datablock. A row that begins with NaN is an empty one,
--- which breaks a line; a NaN itself would keep gnuplot busy on a time axis.
function Script:data(rows)
  self.blocks = self.blocks + 1
  local name = "$P" .. self.blocks
  self:line(name, " << E")
  for _, row in ipairs(rows) do
    local cells = {}
    for i, x in ipairs(row[1] == row[1] and row or {}) do
      cells[i] = value(x)
    end
    self:line(table.concat(cells, " "))
  end
  self:line("E")
  return name
end

function Script:font(size, bold)
  return (' font "%s%s,%s"'):format(self.theme.family, bold and ":Bold" or "",
    num(size * self.unit.font))
end

function Script:color(i)
  return color(self.theme[series_colors[(i - 1) % #series_colors + 1]])
end

--- The key's entry of a series, cut where it would take the picture's room.
local function title(script, series)
  if series.label == nil or script.named then return " notitle" end
  local size = script.axis_size
  return " title " .. gp_text.quote(script.measure:wrap(series.label, size,
    false, LONGEST_ENTRY * size, 1)[1])
end

-- Axes ------------------------------------------------------------------------

local LONGEST, SLANT = 10, 35 -- em that a slanted label takes, degrees

--- Names under bars and boxes: level where there is room, or where leaving some
--- out keeps short ones readable; else slanted and cut.
local function label_positions(script, plot)
  local size, n = plot.sizes.font.axis, #plot.labels
  local room = 0.8 * plot.sizes.width / n
  local longest = 0
  for _, text in ipairs(plot.labels) do
    longest = math.max(longest, plot.measure:width(text, size))
  end
  local every, slanted = 1, false
  if longest + 0.6 * size > room then
    slanted = longest > 4 * size
    every = math.ceil((slanted and 1.4 * size or longest + 0.6 * size) / room)
  end
  local parts = {}
  for i = 1, n, every do
    local text = slanted and plot.measure:wrap(plot.labels[i], size, false,
      LONGEST * size, 1)[1] or plot.labels[i]
    parts[#parts + 1] = gp_text.quote(text) .. " " .. i
  end
  script:line("set xtics (", table.concat(parts, ", "), ")",
    slanted and " rotate by -" .. SLANT or "")
  script:line("set xrange [0.4:", num(n + 0.6), "]")
  if slanted then
    script.slanted = math.min(longest, LONGEST * size)
      * math.sin(math.rad(SLANT))
  end
end

--- Least and greatest of what a series list holds in `field`.
local function extent(plot, field)
  local low, high = math.huge, -math.huge
  for _, series in ipairs(plot.series) do
    for _, x in ipairs(series[field] or {}) do
      if x == x then low, high = math.min(low, x), math.max(high, x) end
    end
  end
  return low, high
end

local DAY, MONTH = 86400, 30.44 * 86400

--- Steps between labels of a time axis, in days or months.
local day_steps, month_steps = { 1, 2, 5, 10, 15 },
  { 1, 2, 3, 6, 12, 24, 60, 120, 240, 600 }

--- The first of the steps that leaves room for the labels, or the last one.
local function step_for(steps, unit, span, most)
  for _, step in ipairs(steps) do
    if span / (step * unit) <= most then return step end
  end
  return steps[#steps]
end

--- The first of a month, which counts as 12 * year + month - 1, in seconds since
--- 1970 in the Gregorian calendar. os.time would have the local zone's summer.
local function first_of(month)
  local early = month % 12 < 2 and 1 or 0 -- a year that begins with March
  local year, since = month // 12 - early, month % 12 - 2 + 12 * early
  return ((153 * since + 2) // 5 + 365 * year + year // 4 - year // 100
    + year // 400 - 719468) * DAY
end

--- Where a time axis has its labels: the first of months, or every so many
--- days of a short one.
local function time_labels(script, plot)
  local low, high = extent(plot, "x")
  if low > high then return end
  local room = #os.date("!" .. plot.time, 0) * plot.sizes.font.axis * 0.62 + 30
  local most = math.max(2, plot.sizes.width * 0.72 // room)
  local parts = {}
  local function put(at)
    parts[#parts + 1] = '"' .. os.date("!" .. plot.time, at) .. '" ' .. at
  end
  if high - low < 2.5 * MONTH and plot.time:find "%%d" then
    local step = step_for(day_steps, DAY, high - low, most)
    for at = math.tointeger(low), math.tointeger(high), step * DAY do
      put(at)
    end
  else
    local least = plot.time == "%Y" and 12 or 1
    local step = math.max(least, step_for(month_steps, MONTH, high - low,
      most))
    local first = os.date("!*t", math.tointeger(low))
    local month = first.year * 12 + first.month - 1
    for m = -(-month // step) * step, month + 12 * 10000, step do
      local at = first_of(m)
      if at > high then break end
      if at >= low then put(at) end
    end
  end
  script:line("set xtics (", table.concat(parts, ", "), ")")
end

--- Three zeros at a time off the figures of a large axis, said in its title.
local function scale_of(plot)
  local low, high = extent(plot, "y")
  local most = math.max(math.abs(low), math.abs(high))
  local keeps = plot.style == "box" or plot.style == "histogram"
  if keeps or most == math.huge or most < 1e6 then
    return 0
  end
  return 3 * (math.floor(math.log(most, 10)) // 3)
end

local function axes(script, plot)
  local sizes, theme = plot.sizes, plot.theme
  local ink = " tc rgb " .. color(theme.second)
  script:line("set border 3 lc rgb ", color(theme.axis))
  script:line("set tics nomirror", script:font(sizes.font.axis), ink)
  script:line("set grid ytics lt 1 lc rgb ", color(theme.grid))
  script:line("set key outside right top vertical Left reverse samplen 1.5",
    script:font(sizes.font.axis), " textcolor rgb ", color(theme.text))
  script:line("set minussign")
  script:line('set format y "%.12g"')
  if plot.time then
    script:line("set xdata time")
    script:line('set timefmt "%s"')
    script:line('set format x "', plot.time, '"')
    time_labels(script, plot)
  elseif not plot.labels then
    script:line('set format x "%.12g"')
  end
  if plot.labels then label_positions(script, plot) end
  if plot.log_x then script:line("set logscale x") end
  if plot.log_y then script:line("set logscale y") end
  if plot.x_label then
    script:line("set xlabel ", gp_text.quote(plot.x_label),
      script:font(sizes.font.axis), ink)
  end
  if plot.y_label then
    local power = script.power
    local label = power == 0 and plot.y_label or words.say(plot.lang,
      "{1}, {2}", plot.y_label, words.power(plot.lang, power))
    script:line("set ylabel ", gp_text.quote(label),
      script:font(sizes.font.axis), ink)
  end
end

local function texts(script, plot)
  local sizes, theme = plot.sizes, plot.theme
  local margin = sizes.font.axis * 3
  local size = sizes.font.axis
  local below = 2 * size + (plot.x_label and 1.9 * size or 0)
    + (plot.source and 2 * size or 0.4 * size) + (script.slanted or 0)
  local above, height = plot.title and margin * 1.3 or margin * 0.5,
    M.height(sizes)
  script:line("set bmargin at screen ", num(below / height))
  script:line("set tmargin at screen ", num(1 - above / height))
  if script.named then
    names.write(script, plot, above, height - below, height)
  end
  if plot.title then
    local large = sizes.font.header or size * 1.2
    script:line("set label 1 ", gp_text.quote(plot.measure:wrap(plot.title,
      large, true, 0.96 * sizes.width, 1)[1]), " at screen 0.02,",
      num(1 - sizes.font.axis * 1.6 / M.height(sizes)), " left",
      script:font(large, true),
      " tc rgb ", color(theme.text))
  end
  if plot.source then
    local small = sizes.font.source or size
    local source = words.text(plot.lang, "Source: %s", plot.source)
    script:line("set label 2 ", gp_text.quote(plot.measure:wrap(source, small,
      false, 0.96 * sizes.width, 1)[1]), " at screen 0.02,",
      num(size * 0.9 / M.height(sizes)), " left", script:font(small),
      " tc rgb ", color(theme.muted))
  end
end

-- Marks -----------------------------------------------------------------------

local function pairs_of(script, series)
  local rows, scale = {}, 10 ^ script.power
  for i, x in ipairs(series.x) do rows[i] = { x, series.y[i] / scale } end
  return rows
end

local function add_fit(script, series, i)
  if series.fit == nil then return end
  local rows, scale = {}, 10 ^ script.power
  for k, row in ipairs(series.fit) do
    rows[k] = { row[1], row[2] / scale, row[3] / scale, row[4] / scale }
  end
  local name, ink = script:data(rows), script:color(i)
  script:plot(name, " using 1:3:4 with filledcurves fc rgb ", ink,
    " fs transparent solid 0.15 noborder notitle")
  script:plot(name, " using 1:2 with lines lw ", num(2 * script.unit.line),
    " dt (8,6) lc rgb ", ink, " notitle")
end

--- A few points of a line are marked, so that single ones are seen.
local function add_curves(script, plot)
  local width = num(2.5 * script.unit.line)
  for i, series in ipairs(plot.series) do
    local name, ink = script:data(pairs_of(script, series)), script:color(i)
    add_fit(script, series, i)
    if plot.style == "points" then
      local radius = #series.x > 5000 and 2 or #series.x > 500 and 3.5 or 6
      script:plot(name, " using 1:2 with points pt 7 ps ", num(radius
        * script.unit.dot), " lc rgb ", ink, title(script, series))
    else
      local how = plot.style == "steps" and "steps"
        or #series.x <= 60 and "linespoints pt 7 ps "
          .. num(5 * script.unit.dot) or "lines"
      script:plot(name, " using 1:2 with ", how, " lw ", width, " lc rgb ",
        ink, title(script, series))
    end
  end
end

local function add_bars(script, plot)
  local n, room, scale = #plot.series, 0.8, 10 ^ script.power
  script:line("set style fill solid noborder")
  for i, series in ipairs(plot.series) do
    local rows, width = {}, room / n
    for k, x in ipairs(series.x) do
      local left = x - room / 2 + (i - 1) * width
      rows[k] = { x, 0, left, left + width * 0.95, math.min(0, series.y[k] / scale),
        math.max(0, series.y[k] / scale) }
    end
    script:plot(script:data(rows), " with boxxyerror fc rgb ",
      script:color(i), title(script, series))
  end
end

local function add_histogram(script, plot)
  local n = #plot.series
  script:line("set style fill ", n > 1 and "transparent solid 0.55"
    or "solid", " border lc rgb ", color(plot.theme.paper))
  script:line("set yrange [0:*]")
  for i, series in ipairs(plot.series) do
    local rows = {}
    for k, x in ipairs(series.x) do
      rows[k] = { x, 0, x - plot.bin / 2, x + plot.bin / 2, 0, series.y[k] }
    end
    script:plot(script:data(rows), " with boxxyerror fc rgb ",
      script:color(i), title(script, series))
  end
end

local function add_boxes(script, plot)
  local ink, line = script:color(1), num(1.5 * script.unit.line)
  script:line("set style fill solid 0.35 border lc rgb ", ink)
  script:line("set boxwidth 0.5 absolute")
  local boxes, middles, beyond = {}, {}, {}
  for i, box in ipairs(plot.series) do
    boxes[i] = { box.at, box.q1, box.low, box.high, box.q3 }
    middles[i] = { box.at, box.q2, box.q2, box.q2, box.q2 }
    for _, y in ipairs(box.beyond) do beyond[#beyond + 1] = { box.at, y } end
  end
  script:plot(script:data(boxes), " with candlesticks whiskerbars 0.4 fc rgb ",
    ink, " lc rgb ", ink, " lw ", line, " notitle")
  script:plot(script:data(middles), " with candlesticks lc rgb ",
    color(plot.theme.text), " lw ", num(2.5 * script.unit.line), " notitle")
  if #beyond > 0 then
    script:plot(script:data(beyond), " with points pt 6 ps ",
      num(5 * script.unit.dot), " lc rgb ", ink, " notitle")
  end
end

local marks = { lines = add_curves, points = add_curves, steps = add_curves,
  bars = add_bars, histogram = add_histogram, box = add_boxes }

--- The script that draws a plot.
---@param plot Plot
---@param format string "svg", "png" or "pdf"
---@return string
function M.write(plot, format)
  local canvas = { width = plot.sizes.width, height = M.height(plot.sizes) }
  local lines, unit = gnuplot.head(canvas, plot.sizes, plot.theme.family,
    format)
  local script = setmetatable({ lines = lines, plots = {}, blocks = 0,
    unit = unit, theme = plot.theme, measure = plot.measure,
    axis_size = plot.sizes.font.axis, power = scale_of(plot),
    named = names.fit(plot) }, Script)
  axes(script, plot)
  texts(script, plot)
  marks[plot.style](script, plot)
  script:line("plot ", table.concat(script.plots, ", \\\n  "))
  script:line("set output")
  return table.concat(script.lines, "\n") .. "\n"
end

return M

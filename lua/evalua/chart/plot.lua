--- An analyst's own look at data: lines, points, steps, bars, boxes and
--- histograms of one to a million points, on axes that gnuplot chooses.
---
---     ev.chart.plot(t, { x = "month", y = "amount", group = "unit",
---       style = "lines" }):save "look.svg"
---
--- This is not notation for a report: for that there are the other kinds.

local blame = require "evalua.blame"
local core = require "evalua.core"
local file = require "evalua.chart.file"
local finish = require "evalua.chart.backend.finish"
local names = require "evalua.labels"
local script = require "evalua.chart.backend.plot_script"
local text_fit = require "evalua.chart.text_fit"
local theme = require "evalua.chart.theme"
local words = require "evalua.chart.words"

local points = core.points

local M = {}

--- Styles there are; the first is the one unless said otherwise.
M.styles = { "lines", "points", "steps", "bars", "histogram", "box" }

local raise, call = blame.new(debug.getinfo(1, "S").source)

local WHAT = "plot"

--- More groups than this nobody tells apart.
local MOST_GROUPS = 12

-- A dot of a large cloud is so many pixels wide; up to so many points have each
-- their own pixel.
local DOT, MOST_DOTS = 4, 20000

local known = { x = true, y = true, group = true, style = true, log = true,
  fit = true, bins = true, title = true, x_label = true, y_label = true,
  source = true, size = true, theme = true, lang = true }

-- What was asked for ----------------------------------------------------------

local function contains(list, value)
  for _, item in ipairs(list) do
    if item == value then return true end
  end
  return false
end

local function check_options(opts)
  if type(opts) ~= "table" then
    raise(WHAT, "{x = \"column\", y = \"column\"} was expected")
  end
  blame.check_names(raise, WHAT, opts, known)
  local style = opts.style or M.styles[1]
  if not contains(M.styles, style) then
    raise(WHAT, ("there is no style '%s'; there are: %s"):format(
      tostring(style), table.concat(M.styles, ", ")))
  end
  if opts.log ~= nil and not contains({ "x", "y", "xy" }, opts.log) then
    raise(WHAT, "log is x, y or xy")
  end
  if opts.fit and style ~= "lines" and style ~= "points" then
    raise(WHAT, "a fit goes with lines or points")
  end
  if opts.bins ~= nil and (math.type(opts.bins) ~= "integer"
    or opts.bins < 1 or opts.bins > 10000) then
    raise(WHAT, "bins is a number from 1 to 10000")
  end
  return style
end

--- What each style is made of: whether x (or y) is needed, and may be text.
local needs = {
  lines = { x = "number", y = true }, points = { x = "number", y = true },
  steps = { x = "number", y = true }, bars = { x = "any", y = true },
  histogram = { x = "number" }, box = { x = "none", y = true },
}

local function check_column(t, opts, field, allows_text)
  local name = opts[field]
  if name == nil then
    raise(WHAT, ("%s = \"column\" was expected"):format(field))
  end
  local column = call(WHAT, t.column, t, name)
  local kind = column:type()
  if kind == "text" and not allows_text then
    if column:missing() == t:nrows() then
      raise(WHAT, ("every cell of '%s' is empty"):format(name))
    end
    raise(WHAT, ("'%s' is text, not numbers or periods"):format(name))
  end
  return kind
end

-- Groups ----------------------------------------------------------------------

--- The table once for each group, in order of first appearance.
local function groups_of(t, name)
  if name == nil then return { { table = t } } end
  call(WHAT, t.column, t, name)
  local keys = t:distinct(name)
  if keys:nrows() > MOST_GROUPS then
    return nil, ("'%s' has %d values: a plot tells at most %d groups apart, "
      .. "choose some with --where"):format(name, keys:nrows(), MOST_GROUPS),
      "data"
  end
  local column = require("evalua.expr").column(name)
  local list = {}
  for i, row in keys:rows() do
    local key = row[name]
    local condition = key ~= nil and column:eq(key)
      or require("evalua.parse").expression(("is_na(col%q)"):format(name))
    list[i] = { label = key ~= nil and tostring(key) or "–",
      table = assert(t:where(condition)) }
  end
  return list
end

local function reals(t, name)
  return assert(points.position(t:column(name)))
end

--- How many rows lack a value, or have none that a log axis can show.
local function count_lost(plot, x, y)
  local lost = 0
  local xs, ys = x:values(core.column.NA), y and y:values(core.column.NA)
  for i, value in ipairs(xs) do
    local other = ys and ys[i] or 1
    if value == core.column.NA or other == core.column.NA
      or plot.log_x and value <= 0 or plot.log_y and ys and other <= 0 then
      lost = lost + 1
    end
  end
  plot.lost = plot.lost + lost
end

-- Lines and clouds ------------------------------------------------------------

--- A straight line with its 95 % band at 60 places, or nil with less than
--- three points.
local function fit_of(x, y)
  local t = assert(require("evalua.values").table { columns = {
    x = x:values(core.column.NA), y = y:values(core.column.NA) },
    nrows = #x, types = { x = "real", y = "real" } })
  local fit = require("evalua.stats").regress(t, "y ~ x")
  if fit == nil or fit.df < 1 then return nil end
  local ends = t:where "not is_na(y)":summarise "a = min(x), b = max(x)"[1]
  local grid = {}
  for i = 0, 60 do grid[i + 1] = ends.a + (ends.b - ends.a) * i / 60 end
  local band = fit:predict(require("evalua.values").table { columns = {
    x = grid } })
  if band == nil then return nil end
  local list = {}
  for i, row in band:rows() do
    list[i] = { grid[i], row.fit, row.lwr, row.upr }
  end
  return list
end

--- The points that the picture can show. Of a cloud of very many, one for each
--- place of a dot: more would only be drawn over each other.
local function thinned(plot, x, y)
  local cloud = plot.style == "points"
  local width = plot.sizes.width
  local height = plot.sizes.height or width * 0.6
  for cell = 1, cloud and DOT or 1 do
    local xs, ys = points.thin(x, y, { cloud = cloud, log_x = plot.log_x,
      log_y = plot.log_y, width = math.max(1, width // cell | 0),
      height = math.max(1, height // cell | 0) })
    if #xs <= MOST_DOTS or cell == DOT or not cloud then return xs, ys end
  end
end

local function add_curves(plot, groups, opts)
  local cloud = plot.style == "points"
  for _, group in ipairs(groups) do
    local t = group.table
    if not cloud then t = assert(t:arrange(opts.x)) end
    local x, y = reals(t, opts.x), reals(t, opts.y)
    count_lost(plot, x, y)
    local xs, ys = thinned(plot, x, y)
    plot.series[#plot.series + 1] = { label = group.label, x = xs, y = ys,
      fit = opts.fit and fit_of(x, y) or nil }
  end
end

-- Bars ------------------------------------------------------------------------

--- Sums by x (and group); rows that share both are added up.
local function add_bars(plot, t, groups, opts)
  local labels, place = {}, {}
  for i, row in t:distinct(opts.x):rows() do
    local key = row[opts.x] ~= nil and tostring(row[opts.x]) or "–"
    labels[i], place[key] = key, i
  end
  if #labels > 200 then
    return nil, ("'%s' has %d values: bars show at most 200"):format(opts.x,
      #labels), "data"
  end
  plot.labels = labels
  for _, group in ipairs(groups) do
    local sums, message, code = group.table:group_by(opts.x):summarise {
      { name = "evalua: sum", fn = "sum", column = opts.y } }
    if sums == nil then return nil, message, code end
    local heights = reals(sums, "evalua: sum"):values(core.column.NA)
    local series = { label = group.label, x = {}, y = {} }
    for i, row in sums:rows() do
      local key = row[opts.x] ~= nil and tostring(row[opts.x]) or "–"
      if heights[i] ~= core.column.NA then
        series.x[#series.x + 1] = place[key]
        series.y[#series.y + 1] = heights[i]
      else
        plot.lost = plot.lost + 1
      end
    end
    plot.series[#plot.series + 1] = series
  end
  return true
end

-- Histograms and boxes --------------------------------------------------------

local function figures(x, p)
  local t = core.table.new({ "v" }, { x }, #x)
  require "evalua.table"
  return t:summarise(p)[1]
end

--- Freedman & Diaconis 1981 (Z. Wahrscheinlichkeitstheorie 57:453): a width of
--- 2 IQR n^(-1/3), at most 200 bins, at least as many as Sturges' rule.
local function bins_of(found, opts)
  local range = found.hi - found.lo
  if range == 0 then return 1, 1 end
  local least = math.ceil(math.log(found.n, 2)) + 1
  local width = 2 * (found.q3 - found.q1) * found.n ^ (-1 / 3)
  local n = width > 0 and math.ceil(range / width) or least
  n = opts.bins or math.max(1, math.min(math.max(n, least), 200))
  return n, range / n
end

local function add_histogram(plot, t, groups, opts)
  local all = reals(t, opts.x)
  local found = figures(all, "lo = min(v), hi = max(v), n = count(v), "
    .. "q1 = quantile(v, 0.25), q3 = quantile(v, 0.75)")
  count_lost(plot, all)
  if found.n == 0 then return end
  local nbins, width = bins_of(found, opts)
  plot.bin = width
  for _, group in ipairs(groups) do
    local counts = points.count(reals(group.table, opts.x), found.lo, width,
      nbins)
    local series = { label = group.label, x = {}, y = counts }
    for i = 1, nbins do series.x[i] = found.lo + (i - 0.5) * width end
    plot.series[#plot.series + 1] = series
  end
end

--- Quartiles of type 7, whiskers at the last values within 1.5 IQR (Tukey
--- 1977, Exploratory Data Analysis, p. 44), points beyond.
local function add_boxes(plot, groups, opts)
  plot.labels = {}
  for i, group in ipairs(groups) do
    local y = reals(group.table, opts.y)
    count_lost(plot, y)
    local found = figures(y, "q1 = quantile(v, 0.25), q2 = median(v), "
      .. "q3 = quantile(v, 0.75), n = count(v)")
    plot.labels[i] = group.label or opts.y
    if found.n > 0 then
      local reach = 1.5 * (found.q3 - found.q1)
      local low, high, beyond = found.q1, found.q3, {}
      for _, value in ipairs(y:values(core.column.NA)) do
        if value ~= core.column.NA then
          if value < found.q1 - reach or value > found.q3 + reach then
            beyond[#beyond + 1] = value
          else
            low, high = math.min(low, value), math.max(high, value)
          end
        end
      end
      table.sort(beyond)
      plot.series[#plot.series + 1] = { at = i, low = low, q1 = found.q1,
        q2 = found.q2, q3 = found.q3, high = high, beyond = beyond,
        n = found.n }
    end
  end
end

-- The plot --------------------------------------------------------------------

--- Is there nothing to draw? A box has no list of values.
local function is_empty(plot)
  for _, series in ipairs(plot.series) do
    if not series.y then return false end
    for _, y in ipairs(series.y) do
      if y == y then return false end
    end
  end
  return true
end

---@class Plot
local Plot = {}
Plot.__index = Plot

local function fill(plot, t, opts)
  local groups, message, code = groups_of(t, opts.group)
  if groups == nil then return nil, message, code end
  if plot.style == "bars" then return add_bars(plot, t, groups, opts) end
  if plot.style == "histogram" then add_histogram(plot, t, groups, opts)
  elseif plot.style == "box" then add_boxes(plot, groups, opts)
  else add_curves(plot, groups, opts) end
  return true
end

---@class evalua.plot
---@field x? string numbers or periods; of bars any column
---@field y? string numbers; not for a histogram
---@field group? string one series (box) for each of its values, at most 12
---@field style? "lines"|"points"|"steps"|"bars"|"histogram"|"box"
---@field log? "x"|"y"|"xy" logarithmic axes; values not above zero go
---@field fit? boolean a straight line with its 95 % band
---@field bins? integer of a histogram
---@field title? string
---@field x_label? string
---@field y_label? string
---@field source? string
---@field size? string slide, doc or WxH
---@field theme? string|table
---@field lang? "en"|"zh"

--- A plot of a table; see evalua.plot. Missing values break a line; how many
--- rows have no place is `plot.lost`. Long series are thinned to what the
--- picture can show (at most four points a pixel column).
---@param t evalua.table
---@param opts evalua.plot
---@return Plot? plot
---@return string? message
---@return string? code
function M.plot(t, opts)
  local style = check_options(opts)
  local need = needs[style]
  local x_kind
  if need.x ~= "none" then
    x_kind = check_column(t, opts, "x", need.x == "any")
  end
  if need.y then check_column(t, opts, "y", false) end
  local chosen, message, code = theme.get(opts.theme)
  if chosen == nil then return nil, message, code end
  local sizes
  sizes, message = theme.size(chosen, opts.size)
  if sizes == nil then return nil, message, "data" end
  local measure
  measure, message, code = text_fit.measure(chosen.family)
  if measure == nil then return nil, message, code end
  local log, lang = opts.log or "", opts.lang or "zh"
  local function name(column)
    return column and (names.find(lang, column)
      or words.column_name(lang, column))
  end
  local plot = setmetatable({ style = style, theme = chosen, sizes = sizes,
    measure = measure, series = {}, lost = 0, log_x = log:find "x" ~= nil,
    log_y = log:find "y" ~= nil, title = opts.title, source = opts.source,
    lang = lang, time = need.x == "number" and ({ year = "%Y", quarter = "%Y-%m",
      month = "%Y-%m", day = "%Y-%m-%d" })[x_kind],
    x_label = opts.x_label or name(need.x ~= "none" and opts.x or opts.group),
    y_label = opts.y_label or need.y and name(opts.y)
      or words.text(lang, "rows") }, Plot)
  local ok
  ok, message, code = fill(plot, t, opts)
  if ok == nil then return nil, message, code end
  if is_empty(plot) then return nil, "there is nothing to draw", "data" end
  return plot
end

--- The gnuplot script for "svg", "png" or "pdf".
---@param format string
---@return string
function Plot:script(format) return script.write(self, format) end

--- The picture's bytes.
---@param format string
---@param opts? { deadline_ms?: integer, started?: userdata } as a chart's
---@return string? bytes
---@return string? message
---@return string? code
function Plot:render(format, opts)
  if not finish[format] then
    error(("a chart is drawn as svg, png or pdf, not as '%s'"):format(
      tostring(format)), 2)
  end
  local bytes, message, code = core.draw.gnuplot(self:script(format), format,
    opts)
  if bytes == nil then return nil, message, code end
  local canvas = { width = self.sizes.width,
    height = script.height(self.sizes), description = { self.title
      or ("%s: %s"):format(self.style, self.y_label or self.x_label) } }
  return finish[format](bytes, canvas, self.sizes)
end

--- Draw into a file, in the format of its suffix.
---@param path string
---@param opts? { deadline_ms?: integer }
---@return boolean? ok
---@return string? message
---@return string? code
function Plot:save(path, opts) return file.save(self, path, opts) end

return M

--- Charts for slides and reports: `ev.chart.variance(t, {...}):save(path)`.
---
--- spec (a plain table) -> layout (pixels, measured text) -> display list ->
--- back end. A spec:
---
---     { kind = "variance",
---       rows = { { label=, role="leaf|subtotal|total", level=, base=,
---                  actual=, variance=, variance_pct=, favourable=, past= },
---                ... },
---       title = { message=, who=, what=, unit=, when=, source= },
---       scenario = { base="PL", actual="AC", base_name=, actual_name= },
---       notes = { "…" }, lang="zh", size="slide|doc|WxH",
---       theme="default|cvd|FILE.csv", sort="size|variance|none", top=,
---       highlight = { "…" }, neutral=, divisor=, magnify = false }
---
--- A subtotal stands behind its leaves. `past` of a variance chart's row is such
--- a row against the prior year, which is its base. Amounts are decimals, nil is missing.
--- They are shown in a unit that leaves five digits, or divided by `divisor`
--- in title.unit. Variances within `neutral` percent are grey; those that would
--- be slivers are magnified, which the chart says, unless `magnify` is false.
--- What other kinds have instead of rows stands at the top of their layout.
local blame = require "evalua.blame"
local core = require "evalua.core"
local display = require "evalua.chart.display"
local file = require "evalua.chart.file"
local finish = require "evalua.chart.backend.finish"
local gnuplot = require "evalua.chart.backend.gnuplot"
local text_fit = require "evalua.chart.text_fit"
local theme = require "evalua.chart.theme"

local M = {}

--- Kinds of charts there are.
M.kinds = { "variance", "bridge", "columns", "trend", "bullet", "heatmap",
  "multiples", "slope", "share", "pareto" }

local is_kind = {}
for _, kind in ipairs(M.kinds) do is_kind[kind] = true end

local default_sort = { variance = "size", bridge = "variance",
  bullet = "none", heatmap = "value", multiples = "size", share = "value" }

---@class Chart
---@field spec table
---@field private list DisplayList?
local Chart = {}
Chart.__index = Chart

--- Periods of a plain spec may be texts.
local function periods_of(list)
  local out = {}
  for i, period in ipairs(list) do
    out[i] = type(period) == "table" and period
      or require("evalua.chart.period").parse(period)
  end
  return out
end

local function complete(spec)
  local out = {}
  for key, value in pairs(spec) do out[key] = value end
  out.lang = spec.lang or "zh"
  out.title = spec.title or {}
  out.scenario = { base = "PL", actual = "AC", prior = "PY", forecast = "FC" }
  for role, name in pairs(spec.scenario or {}) do out.scenario[role] = name end
  if type(out.highlight) == "string" then out.highlight = { out.highlight } end
  if #(out.highlight or {}) > 2 then
    error("highlight at most two items", 3)
  end
  if spec.periods then out.periods = periods_of(spec.periods) end
  out.sort = spec.sort or default_sort[spec.kind]
  local message
  out.theme, message = theme.get(spec.theme)
  if not out.theme then error(message, 3) end
  out.sizes, message = theme.size(out.theme, spec.size)
  if not out.sizes then error(message, 3) end
  return out
end

--- A chart from a plain spec, as it stands at the top of this file.
---@param spec table
---@return Chart
function M.new(spec)
  if not is_kind[spec.kind] then
    error(("there is no chart '%s'; there are: %s"):format(
      tostring(spec.kind), table.concat(M.kinds, ", ")), 2)
  end
  return setmetatable({ spec = complete(spec) }, Chart)
end

--- Run a function whose `limit` errors are the world's; others stay errors.
local function try(run, ...)
  local ok, result = pcall(run, ...)
  if ok then return result end
  if type(result) ~= "table" then error(result, 0) end
  return nil, result.message, result.code
end

--- Why an item that is to be pointed at is none of the chart's; nil else.
local function unknown_item(spec)
  local labels, is_label = {}, {}
  for i, row in ipairs(spec.rows or {}) do
    labels[i] = tostring(row.label)
    is_label[labels[i]] = true
  end
  local asked = spec.highlight or {}
  for _, name in ipairs(type(asked) == "string" and { asked } or asked) do
    if not is_label[name] and #labels > 0 then
      return ("highlight: no item '%s'%s"):format(name,
        require("evalua.nearest").hint(name, labels))
    end
  end
end

local function made(kind, t, opts)
  if not core.table.is(t) then
    error(("a chart %s: a table was expected, not a %s"):format(kind, type(t)))
  end
  if opts ~= nil and type(opts) ~= "table" then
    error(("a chart %s: a table of options was expected, not a %s"):format(
      kind, type(opts)))
  end
  local options = require "evalua.chart.options"
  opts = options.without_needless(kind, opts or {})
  local stranger = blame.stranger(opts, options.names(kind))
  if stranger ~= nil then error(("a chart %s: %s"):format(kind, stranger)) end
  local adapter = require "evalua.chart.adapter"
  local spec, message, code = try(adapter.spec, kind, t, opts)
  if not spec then return nil, message, code end
  local unknown = unknown_item(spec)
  if unknown ~= nil then return nil, unknown, "data" end
  return M.new(spec)
end

local function from_table(kind, t, opts)
  return blame.outside(made, kind, t, opts)
end

---@class evalua.chart_options what every kind takes; see adapter.spec
---@field by string|string[]|nil the column of the items; two: groups
---@field period string? a column of periods, or of years
---@field base string? a column of amounts, or a version with `phase`
---@field actual string? the same
---@field prior string? the same: the year before
---@field forecast string? the same: one's own forecast
---@field value string? the amounts, where there is one scenario only
---@field phase string? long form: the column that tells versions apart
---@field amount string? long form: the column of amounts
---@field kind string? "expense" (when not given), "revenue", or a column
---@field unit string? in which amounts are shown; `amount_unit` is the table's
---@field title string? the message; `who`, `what`, `when`, `source` beside it
---@field lang "en"|"zh"|nil
---@field size string? "slide" (when not given), "doc" or "WIDTHxHEIGHT" pixels
---@field theme string? "default", "cvd" or the path of a csv file
---@field sort string?
---@field top integer? that many items, the others as one exact sum
---@field highlight string|string[]|nil at most two items

--- Table, bars and variances of both scenarios: `by`, `base`, `actual` (or
--- `phase`, `amount` and versions for these); with `prior` both variances, from
--- the year before and from the base. Every kind: nil, message, code
--- where units or data do not fit.
---@param t evalua.table
---@param opts evalua.chart_options
---@return Chart? chart
---@return string? message
---@return string? code
function M.variance(t, opts) return from_table("variance", t, opts) end

--- From the base total by every variance to the actual total; with `prior` in
--- two steps. `by` (two columns: groups with subtotals), `base`, `actual`.
---@param t evalua.table
---@param opts evalua.chart_options
---@return Chart? chart
---@return string? message
---@return string? code
function M.bridge(t, opts) return from_table("bridge", t, opts) end

--- Columns over time with their variances: `period`, `actual`, and any of
--- `base`, `prior`, `forecast`.
---@param t evalua.table
---@param opts evalua.chart_options
---@return Chart? chart
---@return string? message
---@return string? code
function M.columns(t, opts) return from_table("columns", t, opts) end

--- A line over time with its forecast: `period`, `value`; `base` (the plan),
--- `forecast` (one's own), `budget` (a level), `cumulative`, `start`, `h`, `season`.
---@param t evalua.table
---@param opts evalua.chart_options
---@return Chart? chart
---@return string? message
---@return string? code
function M.trend(t, opts) return from_table("trend", t, opts) end

--- Indicators against their targets: `by`, `base` (the target), `actual`,
--- `kind` (ge, le, or a column with these), `bands` (percent of the target).
---@param t evalua.table
---@param opts evalua.chart_options
---@return Chart? chart
---@return string? message
---@return string? code
function M.bullet(t, opts) return from_table("bullet", t, opts) end

--- Rates of execution by unit and period: `by`, `period`, `base`, `actual`,
--- `cumulative`, `start` (the month in which years begin), `bands` (limits of
--- the classes in points).
---@param t evalua.table
---@param opts evalua.chart_options
---@return Chart? chart
---@return string? message
---@return string? code
function M.heatmap(t, opts) return from_table("heatmap", t, opts) end

--- Small charts on one scale: `by`, `period`, `value`, and `base`.
---@param t evalua.table
---@param opts evalua.chart_options
---@return Chart? chart
---@return string? message
---@return string? code
function M.multiples(t, opts) return from_table("multiples", t, opts) end

--- Two scenarios joined by lines: `by`, `base`, `actual`; `percent` shows
--- shares of the total.
---@param t evalua.table
---@param opts evalua.chart_options
---@return Chart? chart
---@return string? message
---@return string? code
function M.slope(t, opts) return from_table("slope", t, opts) end

--- Parts of a whole, side by side: `by` with `base`, `actual` (and `prior`),
--- or with `period` and `value`.
---@param t evalua.table
---@param opts evalua.chart_options
---@return Chart? chart
---@return string? message
---@return string? code
function M.share(t, opts) return from_table("share", t, opts) end

--- The few that make up most: `by`, `value`.
---@param t evalua.table
---@param opts evalua.chart_options
---@return Chart? chart
---@return string? message
---@return string? code
function M.pareto(t, opts) return from_table("pareto", t, opts) end

--- An analyst's own look at data: see evalua.chart.plot.
---@param t evalua.table
---@param opts evalua.plot
---@return Plot?
function M.plot(t, opts)
  return require("evalua.chart.plot").plot(t, opts)
end

--- Draw many charts, each into its file, by one gnuplot:
--- `ev.chart.save_all { { chart, "a.svg" }, … }`.
---@param list table[]
---@return true? ok
---@return string? message
---@return string? code
function M.save_all(list)
  return require("evalua.chart.together").save(list)
end

local function lay_out(spec, measure)
  if #(spec.rows or spec.points) == 0 then
    return nil, "there are no rows to draw", "data"
  end
  local labels = {}
  for i, row in ipairs(spec.rows or {}) do labels[i] = tostring(row.label) end
  measure:tell_apart(labels)
  local list = display.new(spec.sizes.width, spec.sizes.height, measure)
  local done, message, code = try(function()
    require("evalua.chart.layout." .. spec.kind).layout(list, spec)
    return true
  end)
  if not done then return nil, message, code end
  return list
end

--- The display list, or nil, message, code.
---@return DisplayList?
function Chart:display_list()
  if self.list then return self.list end
  local spec = self.spec
  local measure, message, code = text_fit.measure(spec.theme.family)
  if not measure then return nil, message, code end
  self.list, message, code = lay_out(spec, measure)
  return self.list, message, code
end

--- The chart in block characters, for a terminal of so many columns; or nil,
--- message, code.
---@param opts { columns: integer?, colour: boolean? }?
---@return string? text
---@return string? message
---@return string? code
function Chart:preview(opts)
  local blocks = require "evalua.chart.backend.blocks"
  local columns = math.max(60, math.min(opts and opts.columns or 100, 160))
  local spec = setmetatable({}, { __index = self.spec })
  local measure
  spec.sizes, measure = blocks.sizes(self.spec, columns)
  local list, message, code = lay_out(spec, measure)
  if list == nil then return nil, message, code end
  return blocks.text(list, spec.sizes, { columns = columns,
    colour = opts and opts.colour })
end

--- The gnuplot script for "svg", "png" or "pdf".
---@param format string
---@return string? script
---@return string? message
---@return string? code
function Chart:script(format)
  local list, message, code = self:display_list()
  if not list then return nil, message, code end
  return gnuplot.script(list, self.spec, format)
end

--- The picture's bytes.
---@param format string "svg", "png" or "pdf"
---@param opts? { deadline_ms?: integer, started?: userdata } the latter from
---  core.draw.start: a gnuplot that waits
---@return string? bytes
---@return string? message
---@return string? code
function Chart:render(format, opts)
  if not finish[format] then
    error(("a chart is drawn as svg, png or pdf, not as '%s'")
      :format(tostring(format)), 2)
  end
  local script, message, code = self:script(format)
  if not script then return nil, message, code end
  local bytes
  bytes, message, code = core.draw.gnuplot(script, format, opts)
  if not bytes then
    return require("evalua.chart.backend.version").blame(message, code)
  end
  return finish[format](bytes, self.list, self.spec.sizes)
end

--- Draw into a file, in the format of its suffix. An existing file is replaced
--- only when all is well.
---@param path string
---@param opts? { deadline_ms?: integer }
---@return boolean? ok
---@return string? message
---@return string? code
function Chart:save(path, opts) return file.save(self, path, opts) end

return M

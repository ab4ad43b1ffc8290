--- From tables to the specs of columns and trend charts: one point for each
--- period.
local budget = require "evalua.budget"
local amount = require "evalua.chart.amount"
local data = require "evalua.chart.data"
local limit = require "evalua.chart.limit"
local periods = require "evalua.chart.period"
local title = require "evalua.chart.adapt.title"

local M = {}

--- Is more good (1) or bad (-1)? All rows must be of one kind.
local function polarity_of(t, opts)
  local kind = budget.kind(tostring(opts.kind or "expense"))
  if kind == nil then
    if not t:has(opts.kind) then
      limit(("unknown kind '%s': expense, revenue, or the name of a column")
        :format(opts.kind), "data")
    end
    for _, row in t:distinct(opts.kind):rows() do
      local value = row[opts.kind]
      local this = value ~= nil and budget.kind(tostring(value))
      if not this then
        limit(("column '%s' holds '%s', which is neither revenue nor expense")
          :format(opts.kind, tostring(value)), "data")
      end
      if kind and kind ~= this then
        limit("a chart over time cannot add revenue and expense: choose one "
          .. "with --where", "data")
      end
      kind = this
    end
  end
  return kind == "revenue" and 1 or -1
end

--- The cells' sums by period, in order, gaps as points without values.
---@return Period[] series
---@return table[] points
---@return integer undated rows' periods that are missing: 0 or 1
local function points_of(cells, name, roles, negate)
  local times, undated = {}, 0
  for _, cell in ipairs(cells) do
    if cell.keys[1] == nil then undated = undated + 1 end
    times[#times + 1] = cell.keys[1]
  end
  local series, place = periods.series(times, name)
  local points = {}
  for i = 1, #series do points[i] = {} end
  for _, cell in ipairs(cells) do
    local point = points[place[tostring(cell.keys[1])]]
    for role in pairs(point and roles or {}) do
      local value = cell[role]
      if value ~= nil and negate then value = -value end
      point[role] = value
    end
  end
  return series, points, undated
end

--- Without the points behind the last that has any value; all of them where
--- none has: what is missing is shown.
local function trimmed(series, points)
  local last = #points
  while last > 0 and next(points[last]) == nil do last = last - 1 end
  if last == 0 then return end
  for i = #points, last + 1, -1 do series[i], points[i] = nil, nil end
end

--- A level: a number as the user wrote it.
local function level_of(value)
  if value == nil then return nil end
  local number = type(value) == "string"
    and require("evalua.core").decimal.parse(value) or value
  if type(number) == "string" then
    limit(("budget: '%s' is not a number"):format(value), "data")
  end
  return amount.decimal(number)
end

--- A plain spec of a columns or trend chart.
---@param t evalua.table
---@param opts table
---@param kind string
---@return table spec
function M.spec(t, opts, kind)
  local trend = kind == "trend"
  local roles = { base = opts.base, forecast = opts.forecast,
    actual = opts.actual, prior = opts.prior }
  if trend then roles = { actual = opts.value, base = opts.base,
    forecast = opts.forecast } end
  local polarity = polarity_of(t, opts)
  local cells = data.cells(t, { opts.period }, roles, opts)
  local series, points, undated = points_of(cells, opts.period, roles,
    opts.expense_sign == "negative" and polarity == -1)
  trimmed(series, points)
  title.check_start(opts.start, series)
  local column = trend and opts.value or opts.actual
  local unit, divisor = title.unit(t, opts, opts.amount or column)
  local what = (opts.kind or opts.base or opts.prior) and title.what(opts)
    or title.what_column(opts, trend and "value" or "actual")
  return title.complete(opts, { periods = series, points = points,
    polarity = polarity, divisor = divisor,
    notes = title.notes(opts, undated),
    has_base = opts.base ~= nil, has_prior = opts.prior ~= nil,
    budget = level_of(opts.budget), h = opts.h, season = opts.season,
    scenario = title.scenario(opts),
    title = title.of(t, opts, unit, what, periods.span(series, opts.lang)) })
end

M.polarity_of = polarity_of

return M

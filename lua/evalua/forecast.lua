--- Forecasts of many series at once: `t:forecast { period = "month", value =
--- "amount", by = "unit", h = 12 }` gives a row for each period ahead.

local blame = require "evalua.blame"
local core = require "evalua.core"
local forecasts = require "evalua.stats.forecast"
local grouped = require "evalua.grouped"
local series_of = require "evalua.series"

---@class evalua.table
local Table = core.table.methods
---@class evalua.grouped
local Grouped = grouped

local _, call = blame.new(debug.getinfo(1, "S").source)

local own = { h = true, season = true, method = true, level = true,
  interval = true, backtest = true, methods = true, folds = true }

--- Series beyond which no backtest goes with a forecast unless asked for.
local MOST_LOOKED_BACK = 1000

--- Progress is shown this often: a series takes milliseconds.
local SHOWN_EVERY = 100

local seasons = { month = 12, quarter = 4 }

--- Values in a season where none is named: those of a year, for months and
--- quarters and what is a whole part of a year in them.
local function season_of(opts, series)
  if opts.season ~= nil then
    return forecasts.whole(opts, "season")
  end
  local year = seasons[series.times:type()] or 1
  return year % series.step == 0 and year // series.step or 1
end

local function where_of(series, i)
  return { series.times, series.starts[i], series.starts[i + 1] - 1,
    series.step }
end

local function level_names(levels)
  local names = {}
  for i, level in ipairs(levels) do
    local text = ("%g"):format(level)
    names[i] = { "lo" .. text, "hi" .. text, level }
  end
  return names
end

--- The columns of a result, filled row by row; the rows of series i are kept
--- together by their count.
local function new_rows(fields)
  local rows = { n = 0, values = {}, counts = {} }
  for _, name in ipairs(fields) do rows.values[name] = {} end
  return rows
end

local function add(rows, i, row)
  rows.n = rows.n + 1
  rows.counts[i] = (rows.counts[i] or 0) + 1
  for name, value in pairs(row) do rows.values[name][rows.n] = value end
end

--- Key columns: the first row of each series as often as it has rows.
local function key_column(series, name, rows)
  local values = series.table:column(name)
  local list, n = {}, 0
  for i = 1, series.n do
    for _ = 1, rows.counts[i] or 0 do
      n = n + 1
      list[n] = values[series.starts[i]]
    end
  end
  return core.column.new(list, n, values:type())
end

local function table_of(series, rows, fields, types)
  local names, columns = {}, {}
  for i, name in ipairs(series.by) do
    local column, message, code = key_column(series, name, rows)
    if column == nil then return nil, message, code end
    names[i], columns[i] = name, column
  end
  for _, name in ipairs(fields) do
    local column, message, code = core.column.new(rows.values[name], rows.n,
      types[name] or "real")
    if column == nil then return nil, message, code end
    names[#names + 1], columns[#columns + 1] = name, column
  end
  return core.table.new(names, columns, rows.n)
end

--- A forecast is an estimate: ten digits of it are more than enough.
local function rounded(value) return tonumber(("%.10g"):format(value)) end

local function add_forecast(rows, i, result, bounds)
  for k = 1, #result.mean do
    local row = { period = result.periods[k],
      forecast = rounded(result.mean[k]), note = k == 1 and result.note or nil }
    for _, names in ipairs(bounds) do
      row[names[1]] = rounded(result.lower[names[3]][k])
      row[names[2]] = rounded(result.upper[names[3]][k])
    end
    add(rows, i, row)
  end
end

local function settings_of(opts, season, check)
  local copy = { h = opts.h, method = opts.method, level = opts.level,
    period = season, interval = opts.interval, backtest = opts.backtest,
    methods = opts.methods, folds = opts.folds }
  return check(copy, own)
end

local function joined(result)
  if #result.notes > 0 then return table.concat(result.notes, "; ") end
end

local function forecast(t, opts)
  series_of.check(opts, own)
  local bounds = level_names(forecasts.settings({ level = opts.level }).level)
  local fields = { "period", "forecast" }
  for _, names in ipairs(bounds) do
    fields[#fields + 1], fields[#fields + 2] = names[1], names[2]
  end
  fields[#fields + 1] = "note"
  local series, message, code = series_of.of(t, opts, fields)
  if series == nil then return nil, message, code end
  local settings = settings_of(opts, season_of(opts, series),
    forecasts.settings)
  if opts.backtest == nil and series.n > MOST_LOOKED_BACK then
    settings.look_back = false
  end
  local rows, failure = new_rows(fields), nil
  series_of.for_each(series.n, function(i)
    local result, reason, kind = forecasts.of(series.value, settings,
      where_of(series, i))
    if result == nil then
      failure = { reason, kind }
      add(rows, i, { note = reason })
    else
      result.note = joined(result)
      add_forecast(rows, i, result, bounds)
    end
  end, SHOWN_EVERY)
  if series.n == 1 and failure then return nil, failure[1], failure[2] end
  return table_of(series, rows, fields, { period = series.times:type(),
    note = "text" })
end

local FIGURES = { "method", "folds", "smape", "mase", "rmse", "note" }

local function backtest(t, opts)
  series_of.check(opts, own)
  local series, message, code = series_of.of(t, opts, FIGURES)
  if series == nil then return nil, message, code end
  local settings = settings_of(opts, season_of(opts, series),
    forecasts.comparison)
  local rows = new_rows(FIGURES)
  series_of.for_each(series.n, function(i)
    local list = forecasts.compare(series.value, settings, where_of(series, i))
    for _, row in ipairs(list) do
      row.points = nil
      add(rows, i, row)
    end
  end, SHOWN_EVERY)
  return table_of(series, rows, FIGURES, { method = "text", folds = "int",
    note = "text" })
end

--- The forecast of each series: the columns of `by`, then period, forecast,
--- lo80, hi80, lo95, hi95 (by `level`, {80, 95}) and note, h rows a series.
--- Periods go on where the values end (2023-12, then 2024-01).
---
--- Options: period, value, by, agg ("sum" adds up rows of one period, which are
--- an error otherwise), h, season (values in a season; 12 for months, 4 for
--- quarters, else 1, unless given), method, level, interval ("calibrated", or
--- "model"), backtest (false: none goes with it; beyond 1,000 series none does
--- unless true). Methods, and what happens to missing values: see
--- evalua.stats.forecast. Periods of the calendar without a row are missing
--- values.
---
--- `note` stands in the first row of a series. A series that is too short has
--- one row that says so; where it is the only one: nil, message.
---@param opts table
---@return evalua.table? t
---@return string? message
---@return string? code
function Table:forecast(opts) return call("forecast", forecast, self, opts) end

--- How methods would have done on the past of each series: the columns of `by`,
--- then method, folds, smape, mase, rmse, note. Options: those of t:forecast
--- without method and level, methods (a list; naive always among them), folds
--- (5 at most). See src/stats/backtest.h.
---@param opts table
---@return evalua.table? t
---@return string? message
---@return string? code
function Table:backtest(opts) return call("backtest", backtest, self, opts) end

--- As t:forecast { by = … } with the groups' columns.
---@param opts table
---@return evalua.table? t
---@return string? message
---@return string? code
function Grouped:forecast(opts)
  local all = call("forecast", series_of.with_keys, opts, self.keys)
  return call("forecast", forecast, self.table, all)
end

--- As t:backtest { by = … } with the groups' columns.
---@param opts table
---@return evalua.table? t
---@return string? message
---@return string? code
function Grouped:backtest(opts)
  local all = call("backtest", series_of.with_keys, opts, self.keys)
  return call("backtest", backtest, self.table, all)
end

return true

--- Forecasting one series: `ev.stats.forecast(x, { h = 12, period = 12 })`.

local core = require "evalua.core"
local numbers = require "evalua.stats.numbers"

local M = {}

local KNOWN = { h = true, period = true, method = true, level = true,
  interval = true, backtest = true }

--- Methods by their names.
---@type string[]
M.methods = core.forecast.methods()

local is_method = {}
for _, name in ipairs(M.methods) do is_method[name] = true end

--- Periods ahead, and values in a season, at most: so the core has it.
M.MOST = 100000

--- An option that is a whole number from 1 on, raised about otherwise.
---@param opts table
---@param name string
---@param fallback integer?
---@return integer
function M.whole(opts, name, fallback)
  local value = opts[name]
  if value == nil then return fallback end
  local number = type(value) == "number" and math.tointeger(value)
  if not number or number < 1 or number > M.MOST then
    error(("%s is a whole number from 1 to %d, not %s"):format(name,
      M.MOST, tostring(value)), 0)
  end
  return number
end

local function unknown_method(name)
  error(("there is no forecast method '%s'; there are: %s")
    :format(tostring(name), table.concat(M.methods, ", ")), 0)
end

local function levels_of(opts)
  local levels = opts.level
  if levels == nil then levels = { 80, 95 } end
  if type(levels) ~= "table" then levels = { levels } end
  local list, seen = {}, {}
  for _, level in ipairs(levels) do
    if type(level) ~= "number" or level <= 0 or level >= 100 then
      error("a level is a percentage between 0 and 100, not "
        .. tostring(level), 0)
    end
    if not seen[level] then list[#list + 1] = level end
    seen[level] = true
  end
  return list
end

--- What intervals may be.
M.intervals = { "calibrated", "model" }

local function interval_of(opts)
  local interval = opts.interval
  if interval == nil then return "calibrated" end
  for _, known in ipairs(M.intervals) do
    if interval == known then return interval end
  end
  error(("interval is calibrated or model, not %s"):format(tostring(interval)),
    0)
end

--- The settings of a forecast from a caller's options, checked.
---@param opts table?
---@param more table<string, boolean>? names that are allowed besides
---@return { h: integer, period: integer, method: string, level: number[] }
function M.settings(opts, more)
  local known = {}
  for name in pairs(KNOWN) do known[name] = true end
  for name in pairs(more or {}) do known[name] = true end
  opts = numbers.options(opts, known)
  local period = M.whole(opts, "period", 1)
  local method = opts.method
  if method == nil then method = "auto" end
  if not is_method[method] then unknown_method(method) end
  return { period = period, method = method, level = levels_of(opts),
    interval = interval_of(opts),
    h = M.whole(opts, "h", period > 1 and 2 * period or 6),
    look_back = opts.backtest ~= false }
end

--- What a reader of the figures must know.
local function notes_of(result)
  local notes = {}
  local function add(text, ...) notes[#notes + 1] = text:format(...) end
  if result.filled > 0 then
    add("missing values inside the series, filled in: %d", result.filled)
  end
  if result.after > 0 then
    add("missing values at the end: %d, the forecast begins with them",
      result.after)
  end
  if result.skipped > 0 then
    add("values used, the last ones: %d", result.n - result.skipped)
  end
  if result.held then
    add("the model ran away from the series: its forecast was held near it")
  end
  if result.adjusted then
    add("the season was taken out first and put back on the forecast")
  end
  return notes
end

--- Fewest values before an origin: a few, or what a season is looked for in.
local function least_before(period)
  return period > 1 and math.max(8, (3 * period + 1) // 2) or 5
end

--- Folds of the backtest that goes with a forecast: fewer where a fit takes
--- longer.
local function fold_count(n) return n <= 60 and 3 or n <= 200 and 2 or 1 end

--- How the method did on the past of the series beside the naive ones that
--- can forecast it, too; nil where the past is too short to ask.
local function look_back(column, settings, n, where)
  local function judge(method)
    return core.forecast.backtest(column, method, settings.period, settings.h,
      fold_count(n), least_before(settings.period), table.unpack(where, 1, 4))
  end
  local found = judge(settings.method)
  if found == nil or found.rmse == nil then return nil end
  found.rivals = {}
  for _, method in ipairs { "naive", settings.period > 1 and "snaive" or nil } do
    local rival = judge(method)
    if rival ~= nil then
      rival.method = method
      table.insert(found.rivals, rival)
    end
  end
  return found
end

local naive = { naive = true, snaive = true }

--- What must be said of a method that a naive one beats, or that nobody asked.
local function note_loss(result, settings)
  local found = result.backtest
  if naive[result.method] then return end
  if found == nil then
    result.notes[#result.notes + 1] = ("not tried on the past of the series, "
      .. "which takes %d values"):format(least_before(settings.period)
      + settings.h)
    return
  end
  for _, rival in ipairs(found.rivals) do
    local lost = found.mase and rival.mase and found.mase > rival.mase
    if lost then
      result.notes[#result.notes + 1] = ("%s did better on the past of the "
        .. "series: mean error %.4g against %.4g (MASE, folds: %d)"):format(
        rival.method, rival.mase, found.mase, found.folds)
    end
  end
end

--- Forecast a column that numbers.column gave, by checked settings; `where`
--- says which rows and at what times: { times (a column of periods), first,
--- last, step }; all rows, one after the other, when not given.
---@return table? result with `notes`, and `periods` where there are times
---@return string? message
---@return string? code
function M.of(column, settings, where)
  where = where or {}
  local result, message, code = core.forecast.run(column, settings.method,
    settings.period, settings.h, settings.level, settings.interval == "model",
    table.unpack(where, 1, 4))
  if result == nil then return nil, message, code end
  result.method = settings.method
  result.notes = notes_of(result)
  if settings.look_back then
    result.backtest = look_back(column, settings, result.n, where)
    note_loss(result, settings)
  end
  return result
end

--- Methods that a backtest compares when none are named: naive first.
M.compared = { "naive", "snaive", "drift", "ses", "holt", "damped",
  "holt_winters", "theta", "ets", "arima", "comb", "auto" }

--- Rows { method, folds, points, smape, mase, rmse, note } of a rolling-origin
--- backtest over a column that numbers.column gave. Where a method cannot do a
--- fold, its figures are nil and `note` is its reason.
---@param settings table with `methods` and `folds`
---@return table[]
function M.compare(column, settings, where)
  where = where or {}
  local rows = {}
  local least = least_before(settings.period)
  for i, method in ipairs(settings.methods) do
    local row, message = core.forecast.backtest(column, method,
      settings.period, settings.h, settings.folds, least,
      table.unpack(where, 1, 4))
    row = row or { folds = 0, note = message }
    if row.folds == 0 and row.note == nil then
      row.note = ("a backtest needs %d values: %d, and %d to forecast")
        :format(least + settings.h, least, settings.h)
    end
    row.method = method
    rows[i] = row
  end
  return rows
end

--- Rolling-origin backtest of several methods on the past of x: rows { method,
--- folds, points, smape, mase, rmse, note }, see src/stats/backtest.h.
--- `methods` are those of M.compared unless named, naive always among them;
--- `folds` (5) is how many stretches of h values are forecast at most.
---@param x table|evalua.column
---@param opts { h: integer?, period: integer?, methods: string[]?, folds: integer? }?
---@return table[]? rows
---@return string? message
---@return string? code
function M.backtest(x, opts)
  local settings = M.comparison(opts)
  local column, message, code = numbers.column(x)
  if column == nil then return nil, message, code end
  return M.compare(column, settings)
end

--- The settings of a backtest from a caller's options, checked.
---@param opts table?
---@param more table<string, boolean>? names that are allowed besides
---@return table
function M.comparison(opts, more)
  local known = { methods = true, folds = true }
  for name in pairs(more or {}) do known[name] = true end
  local settings = M.settings(opts, known)
  settings.folds = M.whole(opts or {}, "folds", 5)
  local methods = (opts or {}).methods or M.compared
  if type(methods) ~= "table" then methods = { methods } end
  local list, seen = {}, {}
  for _, name in ipairs(methods) do
    if not is_method[name] then unknown_method(name) end
    list[#list + 1] = name
    seen[name] = true
  end
  if not seen.naive then table.insert(list, 1, "naive") end
  settings.methods = list
  return settings
end

--- Forecast h values after the last one of x.
---
--- `period` values make a season (12 months in a year; 1, the default: none).
--- `method`: auto (a fixed combination, see src/stats/combine.c), comb (median
--- of ETS, ARIMA, theta and complex smoothing), naive, snaive, drift, ses,
--- holt, damped, holt_winters, holt_winters_mult, ets, theta, dotm, ces, arima.
--- `level`: percentages of the intervals. `interval`: "model" gives those of the
--- model that was chosen, as R does, which takes it for known: on 24 values
--- ARIMA's of 95 % then hold 80 to 97; "calibrated" (the default) widens them by
--- what estimating it costs and by what forecasts of the series' own past
--- missed, see src/stats/calibrate.h.
---
--- Missing values: those before the first value are left out; those inside are
--- filled in (on a line, with the season on it); the forecast begins after the
--- last value that is there. `note` says what was done.
---
--- Gives { mean, lower = {[80] = …}, upper, method, model, note, backtest };
--- nil and the reason where the series is too short for the method. `backtest`
--- (false leaves it out) is how the method did on the past of the series: {
--- folds, points, smape, mase, rmse, rivals }; a forecast that loses to naive
--- there says so in `note`.
---@param x table|evalua.column
---@param opts table? h, period, method, level, interval, backtest
---@return table? result
---@return string? message
---@return string? code
function M.forecast(x, opts)
  local settings = M.settings(opts)
  local column, message, code = numbers.column(x)
  if column == nil then return nil, message, code end
  local result
  result, message, code = M.of(column, settings)
  if result == nil then return nil, message, code end
  result.note = #result.notes > 0 and table.concat(result.notes, "; ") or nil
  return result
end

--- One method by its name: `ev.stats.ses(x, { h = 6 })`.
local function method_function(name)
  return function(x, opts)
    local copy = { method = name }
    for option, value in pairs(numbers.options(opts, KNOWN)) do
      if option ~= "method" then copy[option] = value end
    end
    return M.forecast(x, copy)
  end
end

for _, name in ipairs(M.methods) do
  if M[name] == nil then M[name] = method_function(name) end
end

return M

--- Forecasting one series: `ev.stats.forecast(x, { h = 12, period = 12 })`.

local core = require "evalua.core"
local lang = require "evalua.lang"
local numbers = require "evalua.stats.numbers"

local M = {}

local KNOWN = { h = true, period = true, method = true, level = true }

--- Methods by their names.
---@type string[]
M.methods = core.forecast.methods()

local is_method = {}
for _, name in ipairs(M.methods) do is_method[name] = true end

--- A whole number of at least `least`, raised about otherwise.
local function whole(opts, name, fallback, least)
  local value = opts[name]
  if value == nil then value = fallback end
  value = math.tointeger(value)
  if value == nil or value < least then
    error(("%s is a whole number from %d on, not %s"):format(name, least,
      tostring(opts[name])), 0)
  end
  return value
end

local function levels_of(opts)
  local levels = opts.level
  if levels == nil then levels = { 80, 95 } end
  if type(levels) ~= "table" then levels = { levels } end
  for _, level in ipairs(levels) do
    if type(level) ~= "number" or level <= 0 or level >= 100 then
      error("a level is a percentage between 0 and 100, not "
        .. tostring(level), 0)
    end
  end
  return levels
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
  local period = whole(opts, "period", 1, 1)
  local method = opts.method
  if method == nil then method = "auto" end
  if not is_method[method] then
    error(("there is no forecast method '%s'; there are: %s")
      :format(tostring(method), table.concat(M.methods, ", ")), 0)
  end
  return { period = period, method = method, level = levels_of(opts),
    h = whole(opts, "h", period > 1 and 2 * period or 6, 1) }
end

--- What a reader of the figures must know, as patterns with their places.
local function notes_of(result)
  local notes = {}
  local function add(...) notes[#notes + 1] = { ... } end
  if result.filled > 0 then
    add("%d missing values inside the series were filled in", result.filled)
  end
  if result.after > 0 then
    add("the last %d values are missing: the forecast begins with them",
      result.after)
  end
  if result.skipped > 0 then
    add("only the last %d values were used", result.n - result.skipped)
  end
  if result.adjusted then
    add("the season was taken out first and put back on the forecast")
  end
  return notes
end

--- Notes as one text in a language.
---@param notes table[]
---@param to "en"|"zh"|nil
---@return string?
function M.note_text(notes, to)
  if #notes == 0 then return nil end
  local texts = {}
  for i, note in ipairs(notes) do
    texts[i] = lang.text(to or lang.current, table.unpack(note))
  end
  return table.concat(texts, "; ")
end

--- Forecast a column that numbers.column gave, by checked settings.
---@return table? result with `notes`, patterns and what fills them in
---@return string? message
---@return string? code
function M.of(column, settings)
  local result, message, code = core.forecast.run(column, settings.method,
    settings.period, settings.h, settings.level)
  if result == nil then return nil, message, code end
  result.method = settings.method
  result.notes = notes_of(result)
  return result
end

--- Forecast h values after the last one of x.
---
--- `period` values make a season (12 months in a year; 1, the default: none).
--- `method`: auto (a fixed combination, see src/stats/combine.c), comb (median
--- of ETS, ARIMA, theta and complex smoothing), naive, snaive, drift, ses,
--- holt, damped, holt_winters, holt_winters_mult, ets, theta, dotm, ces, arima.
--- `level`: percentages of the intervals.
---
--- Missing values: those before the first value are left out; those inside are
--- filled in (on a line, with the season on it); the forecast begins after the
--- last value that is there. `note` says what was done.
---
--- Gives { mean, lower = {[80] = …}, upper, method, model, note }; nil and the
--- reason where the series is too short for the method.
---@param x table|evalua.column
---@param opts { h: integer?, period: integer?, method: string?, level: number[]? }?
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
  result.note = M.note_text(result.notes)
  return result
end

--- One method by its name: `ev.stats.ses(x, { h = 6 })`.
local function method_function(name)
  return function(x, opts)
    opts = numbers.options(opts, { h = true, period = true, level = true })
    return M.forecast(x, { h = opts.h, period = opts.period,
      level = opts.level, method = name })
  end
end

for _, name in ipairs(M.methods) do
  if M[name] == nil then M[name] = method_function(name) end
end

return M

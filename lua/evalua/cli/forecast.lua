--- `evalua forecast`: where series will be.

local forecasts = require "evalua.stats.forecast"
local input = require "evalua.cli.input"
local lang = require "evalua.lang"
local options = require "evalua.cli.options"
local output = require "evalua.cli.output"
local series = require "evalua.cli.series"
local show = require "evalua.stats.show"

local own = {
  { name = "h", value = "N", integer = true, required = true,
    help = "how many periods ahead" },
  { name = "season", value = "M", integer = true,
    help = "periods in a season (12 for months and 4 for quarters unless "
      .. "given, else none)" },
  { name = "method", value = "auto|naive|snaive|ses|holt|damped|theta|ets|arima|comb|…",
    choices = forecasts.methods,
    help = "the method (default auto, a combination); naive repeats the last "
      .. "value" },
  { name = "level", value = "P[,P]", list = true,
    help = "percents of the intervals (80,95)" },
  { name = "interval", value = "calibrated|model",
    choices = forecasts.intervals,
    help = "widened by what the past asks for (default), or as the model has "
      .. "them" },
  { name = "backtest",
    help = "how the methods would have done on the past, one row each" },
  { name = "folds", value = "N", integer = true,
    help = "how many stretches of the past --backtest forecasts (5)" },
}

local titles = { period = "Period", forecast = "Forecast", method = "Method",
  folds = "Folds", smape = "sMAPE %", mase = "MASE", rmse = "RMSE",
  note = "Note" }
local kinds = { forecast = "number", smape = "number", mase = "number",
  rmse = "number" }

local function levels_of(ctx)
  local levels = {}
  for i, text in ipairs(ctx.options.level or { "80", "95" }) do
    series.percent(ctx, "level", text)
    levels[i] = tonumber(text)
  end
  return levels
end

--- Of a single series the note stands under the table, once.
local function take_note(result, o)
  if o.by ~= nil or o.backtest then return result, nil end
  local names = {}
  for _, name in ipairs(result:names()) do
    if name ~= "note" then names[#names + 1] = name end
  end
  return result:select(names), result:column("note")[1]
end

local function notes_of(ctx, note)
  local o, notes = ctx.options, {}
  if note ~= nil then notes[1] = show.note(note, ctx.lang) end
  if o.backtest then
    notes[#notes + 1] = lang.text(ctx.lang, "each fold forecasts %s periods "
      .. "from the values before them; MASE below 1 is better than repeating "
      .. "the last season or value", tostring(o.h))
  end
  return notes
end

local function run(ctx)
  local o = ctx.options
  for _, name in ipairs { "h", "season", "folds" } do
    local value = o[name]
    if value ~= nil and (value < 1 or value > forecasts.MOST) then
      ctx.fail(("--%s takes a whole number from 1 to %d, not '%d'")
        :format(name, forecasts.MOST, value))
    end
  end
  local levels = levels_of(ctx)
  output.file_format(ctx)
  local t = series.open(ctx)
  local verb = o.backtest and t.backtest or t.forecast
  local result, problem = verb(t, { period = o.period, value = o.value,
    by = o.by, agg = o.agg, h = o.h, season = o.season, level = levels,
    interval = o.interval,
    method = not o.backtest and o.method or nil, folds = o.folds,
    methods = o.backtest and o.method and { o.method } or nil })
  if result == nil then ctx.fail(problem) end
  local note
  result, note = take_note(result, o)
  for _, level in ipairs(levels) do
    for _, side in ipairs { "lo", "hi" } do
      kinds[("%s%g"):format(side, level)] = "number"
    end
  end
  local title = o.backtest and "Backtest of %s by %s"
    or "Forecast of %s by %s"
  output.write(ctx, show.report(result, { lang = ctx.lang, titles = titles,
    kinds = kinds, notes = notes_of(ctx, note),
    title = lang.text(ctx.lang, title, o.value, o.period) }))
end

return { name = "forecast", usage = "forecast SOURCE --period COL --value COL "
  .. "--h N [--by COL[,COL]] [options]",
  summary = "Where each series will be, with intervals; --backtest: how the "
    .. "methods did.",
  options = options.join(series.options, own, input.options, output.options),
  run = run }

--- `evalua trend`: where series are going.

local input = require "evalua.cli.input"
local lang = require "evalua.lang"
local options = require "evalua.cli.options"
local output = require "evalua.cli.output"
local series = require "evalua.cli.series"
local series_times = require "evalua.series_times"
local show = require "evalua.stats.show"

local own = {
  { name = "season", value = "M", integer = true,
    help = "seasons of a cycle, e.g. 12 for months: each with itself" },
  { name = "correct", value = "hamed-rao", choices = { "hamed-rao" },
    help = "allow for neighbours that are alike (autocorrelation)" },
  { name = "level", value = "P",
    help = "percent of the slope's interval (95)" },
}

local titles = { n = "n", slope = "Slope", slope_lo = "from", slope_hi = "to",
  tau = "tau", z = "z", p = "p", q = "q", method = "Method", note = "Note" }
local kinds = { slope = "number", slope_lo = "number", slope_hi = "number",
  tau = "number", z = "number", p = "p", q = "p", method = "word" }

local function notes_of(t, o, name, several)
  local unit = series_times.of(t:column(o.period)):type()
  local notes = { unit == "int"
    and lang.text(name, "the slope is the change per 1 of '%s'", o.period)
    or lang.text(name, "the slope is the change per " .. unit) }
  if several then
    notes[2] = lang.text(name, "q is p with the false discovery rate kept over "
      .. "all series (Benjamini and Hochberg)")
  end
  return notes
end

local function run(ctx)
  local o = ctx.options
  local level = series.percent(ctx, "level", o.level)
  output.file_format(ctx)
  local t = series.open(ctx)
  local result, problem = t:trend { period = o.period, value = o.value,
    by = o.by, agg = o.agg, season = o.season, correct = o.correct,
    level = level }
  if result == nil then ctx.fail(problem) end
  output.write(ctx, show.report(result, { lang = ctx.lang, titles = titles,
    kinds = kinds, notes = notes_of(t, o, ctx.lang, result:nrows() > 1),
    title = lang.text(ctx.lang, "Trend of %s by %s", o.value, o.period) }))
end

return { name = "trend", usage = "trend SOURCE --period COL --value COL "
  .. "[--by COL[,COL]] [options]",
  summary = "Where each series is going: Mann-Kendall's test, Sen's slope.",
  options = options.join(series.options, own, input.options, output.options),
  run = run }

--- `evalua unusual`: which lines are unlike themselves, and do they matter; and
--- tests of the figures of a column.

local input = require "evalua.cli.input"
local lang = require "evalua.lang"
local options = require "evalua.cli.options"
local output = require "evalua.cli.output"
local series = require "evalua.cli.series"
local show = require "evalua.stats.show"

--- What --test may say: the verb of a table and its options.
local tests = {
  lines = { verb = "unusual" },
  hampel = { verb = "outliers", opts = { method = "hampel" } },
  tukey = { verb = "outliers", opts = { method = "tukey" } },
  esd = { verb = "outliers", opts = { method = "esd" } },
  xmr = { verb = "xmr" },
  benford = { verb = "benford", opts = { digits = "first" } },
  ["benford-second"] = { verb = "benford", opts = { digits = "second" } },
  ["benford-first-two"] = { verb = "benford", opts = { digits = "first_two" } },
  duplicates = { verb = "duplicates" },
  round = { verb = "round_numbers" },
}
local names = { "lines", "hampel", "tukey", "esd", "xmr", "benford",
  "benford-second", "benford-first-two", "duplicates", "round" }

local own = {
  { name = "value", value = "COL", required = true,
    help = "the column of numbers" },
  { name = "period", value = "COL|YEAR,MONTH",
    help = "the column of periods or whole numbers, or those of years and "
      .. "months" },
  { name = "by", value = "COL[,COL]", list = true,
    help = "the columns that tell the series apart" },
  { name = "agg", value = "sum", choices = { "sum" },
    help = "add up rows of one period (an error otherwise)" },
  { name = "test", value = "NAME", choices = names,
    help = "lines hampel tukey esd xmr benford[-second|-first-two] duplicates "
      .. "round" },
  { name = "base", value = "COL",
    help = "the budget that the materiality rule compares with" },
  { name = "at", value = "PERIOD",
    help = "the period to judge (the newest of each line)" },
  { name = "season", value = "M", integer = true,
    help = "seasons of a cycle, e.g. 12 for months: each with itself" },
  { name = "model", value = "auto|level|line",
    choices = { "auto", "level", "line" },
    help = "what is expected: the level of the history, its line, or what "
      .. "fits (auto)" },
  { name = "level", value = "P",
    help = "percent of the prediction interval (95)" },
  { name = "material-amount", value = "X", number = true,
    help = "a deviation of X or more, in the source's unit, is material" },
  { name = "material-pct", value = "P", number = true,
    help = "a deviation of P percent or more is material" },
  { name = "fail-on", value = "unusual", choices = { "unusual" },
    help = "exit with 1 when a line is unusual" },
}

local titles = { period = "Period", n = "n", value = "Value",
  expected = "Expected value", lower = "from", upper = "to", z = "z",
  unusual = "Unusual", base = "Base", deviation = "Deviation",
  deviation_pct = "Deviation %", material = "Material", verdict = "Verdict",
  model = "Model", note = "Note", method = "Method", center = "Center",
  outliers = "Outliers", rows = "Rows", values = "Values", mr = "MR",
  mr_upper = "MR limit", signals = "Signals", periods = "Periods",
  left_out = "Left out", mad = "MAD", conformity = "Conformity",
  chisq = "Chi-square", p = "p", unit = "Unit", count = "Count",
  share = "Share", digit = "Digit", expected_share = "Expected share" }
local kinds = { expected = "number", lower = "number", upper = "number",
  z = "number", deviation_pct = "percent",
  center = "number", mr = "number", mr_upper = "number",
  mad = "number", chisq = "number", share = "number", p = "p",
  expected_share = "number",
  verdict = "word", model = "word", method = "word", conformity = "word" }

--- Options that only the test of lines has.
local of_lines = { "base", "at", "season", "model", "level",
  "material_amount", "material_pct", "fail_on" }

local function arguments(ctx, name)
  local o = ctx.options
  local needs_period = name == "lines" or name == "xmr"
  if needs_period and o.period == nil then
    ctx.fail(("--test %s needs --period COL"):format(name))
  end
  local opts = { value = o.value, by = o.by }
  if needs_period then opts.period, opts.agg = o.period, o.agg end
  for key, value in pairs(tests[name].opts or {}) do opts[key] = value end
  for _, key in ipairs(of_lines) do
    if name ~= "lines" and o[key] ~= nil then
      ctx.fail(("--%s goes with --test lines only"):format(
        (key:gsub("_", "-"))))
    end
  end
  if name ~= "lines" then return opts end
  opts.base, opts.at, opts.season, opts.model = o.base, o.at, o.season, o.model
  opts.material_amount, opts.material_pct = o.material_amount, o.material_pct
  opts.level = series.percent(ctx, "level", o.level)
  return opts
end

--- How many lines fall outside by chance alone, which a reader should know.
local function notes_of(ctx, name, result)
  if name ~= "lines" then return {} end
  local judged = result:where("not is_na(unusual)"):nrows()
  local part = 1 - (series.percent(ctx, "level", ctx.options.level) or 0.95)
  if judged < 5 then return {} end
  return { lang.text(ctx.lang, "of %d lines that were judged about %s fall "
    .. "outside their interval by chance alone", judged,
    ("%.1f"):format(judged * part)) }
end

--- The digits of Benford's law one by one, where there is one series.
local function digits_of(t, o, opts)
  if opts.digits == nil or o.by ~= nil then return nil end
  local found = require("evalua").stats.benford(t:column(o.value),
    { digits = opts.digits })
  if found == nil then return nil end
  local rows = { order = { "digit", "count", "share", "expected_share", "z" } }
  for digit = 0, 99 do
    local item = found.digits[digit]
    if item ~= nil then
      rows[#rows + 1] = { digit = digit, count = item.count,
        share = item.share, expected_share = item.expected, z = item.z }
    end
  end
  return require("evalua.values").table(rows)
end

local function run(ctx)
  local o = ctx.options
  local name = o.test or "lines"
  local opts = arguments(ctx, name)
  output.file_format(ctx)
  local t = series.open(ctx, { o.base })
  local result, problem = t[tests[name].verb](t, opts)
  if result == nil then ctx.fail(problem) end
  output.write(ctx, show.report(result, { lang = ctx.lang, titles = titles,
    kinds = kinds, notes = notes_of(ctx, name, result),
    more = digits_of(t, o, opts),
    title = lang.text(ctx.lang, "Unusual values of %s (%s)", o.value,
      lang.text(ctx.lang, name)) }))
  if o.fail_on and result:where("unusual"):nrows() > 0 then return 1 end
end

return { name = "unusual", usage = "unusual SOURCE --value COL --period COL "
  .. "[--by COL[,COL]] [--base COL] [options]",
  summary = "Which lines are unlike their own history, and do they matter; "
    .. "outliers, control limits, Benford's law.",
  options = options.join(own, input.options, output.options), run = run }

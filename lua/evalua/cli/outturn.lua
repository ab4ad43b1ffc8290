--- `evalua outturn`: what the year will come to.

local core = require "evalua.core"
local format = require "evalua.report.format"
local input = require "evalua.cli.input"
local labels = require "evalua.labels"
local lang = require "evalua.lang"
local methods = require("evalua.outturn_methods").names
local options = require "evalua.cli.options"
local output = require "evalua.cli.output"
local series = require "evalua.cli.series"
local show = require "evalua.stats.show"

local own = {
  { name = "period", value = "COL|YEAR,MONTH", required = true,
    help = "the column of months or quarters, or those of years and months" },
  { name = "actual", value = "COL", required = true,
    help = "what was spent (or received) in each period" },
  { name = "cumulative", help = "the amounts are those of the year so far" },
  { name = "annual", value = "COL|AMOUNT",
    help = "the budget of the year: a column, whose last cell holds, or an "
      .. "amount" },
  { name = "plan", value = "COL",
    help = "what was planned for each period (own phasing)" },
  { name = "by", value = "COL[,COL]", list = true,
    help = "the columns that tell the series apart" },
  { name = "agg", value = "sum", choices = { "sum" },
    help = "add up rows of one period (an error otherwise)" },
  { name = "method", value = "all|linear|profile|phasing|ratio|forecast",
    choices = { "all", table.unpack(methods) },
    help = "how the rest of the year is guessed (default all)" },
  { name = "as-of", value = "PERIOD",
    help = "look at nothing after this period, e.g. 2022-09" },
  { name = "start", value = "M", integer = true,
    help = "the month in which the year begins (1)" },
  { name = "level", value = "P", help = "percent of the band (80)" },
}

local titles = { method = "Method", ytd = "So far", elapsed_pct = "Elapsed %",
  executed_pct = "Executed %", outturn = "Outturn", lo = "from", hi = "to",
  budget = "Budget", variance = "Variance", rate_pct = "Rate",
  used_up = "Used up", folds = "Years tried", mape = "Error %", best = "Best",
  note = "Note" }

local percents = { elapsed_pct = true, executed_pct = true, rate_pct = true }

local function cell_of(name, value, to)
  if name == "method" and value ~= nil then return lang.text(to, value) end
  if name == "best" then return value and "●" or "" end
  if name == "mape" then return show.number(value, 3) end
  if percents[name] then
    return value == nil and format.MISSING or format.percent(value, nil, to)
  end
  if core.decimal.is(value) then
    return format.amount(value, { plus = name == "variance" })
  end
  return format.text(value)
end

--- Columns that say nothing here are left out for people.
local function shown_names(t)
  local names = {}
  for _, name in ipairs(t:names()) do
    if t:column(name):missing() < t:nrows() then names[#names + 1] = name end
  end
  return names
end

local function blocks_of(t, o, to, notes)
  local columns, rows, values = {}, {}, {}
  local names = shown_names(t)
  for i, name in ipairs(names) do
    values[i] = t:column(name)
    local numeric = values[i]:is_number()
    columns[i] = { align = numeric and "right" or nil, shrinks = not numeric,
      title = titles[name] and lang.text(to, titles[name])
        or labels.find(to, name) or name }
  end
  for r = 1, t:nrows() do
    local cells = {}
    for i, name in ipairs(names) do cells[i] = cell_of(name, values[i][r], to) end
    rows[r] = { cells = cells }
  end
  local blocks = { { kind = "title",
    text = lang.text(to, "Year-end outturn of %s", o.actual) },
    { kind = "table", columns = columns, rows = rows } }
  for _, text in ipairs(notes) do
    blocks[#blocks + 1] = { kind = "note", text = text }
  end
  return blocks
end

--- --annual: a column of the table, or an amount.
local function annual_of(ctx, t)
  local text = ctx.options.annual
  if text == nil or t:has(text) then return text end
  local amount = core.decimal.parse(text)
  if amount == nil then
    ctx.fail(("--annual is a column or an amount: there is no column '%s', "
      .. "and it is no number"):format(text))
  end
  return amount
end

local function run(ctx)
  local o = ctx.options
  local level
  if o.level ~= nil then
    series.percent(ctx, "level", o.level)
    level = tonumber(o.level)
  end
  output.file_format(ctx)
  local needed = series.period_columns(o.period)
  needed[#needed + 1], needed[#needed + 2] = o.actual, o.plan
  table.move(o.by or {}, 1, #(o.by or {}), #needed + 1, needed)
  local t, info = input.open(ctx, needed)
  local problem = (info.problems or {})[o.actual]
  if problem ~= nil then ctx.fail(problem) end
  t = series.with_period(ctx, t)
  local result, message = t:outturn { period = o.period, actual = o.actual,
    cumulative = o.cumulative, annual = annual_of(ctx, t), plan = o.plan,
    by = o.by, agg = o.agg, method = o.method, as_of = o.as_of,
    start = o.start, level = level }
  if result == nil then ctx.fail(message) end
  result = show.in_language(result, ctx.lang)
  local notes = { lang.text(ctx.lang, "the band and the error come from the "
    .. "same method at the same month of the years before") }
  output.write(ctx, require("evalua.report").of { data = result, notes = notes,
    lang = ctx.lang, build = function()
      return blocks_of(result, o, ctx.lang, notes)
    end })
end

return { name = "outturn", usage = "outturn SOURCE --period COL --actual COL "
  .. "[--annual COL|AMOUNT] [options]",
  summary = "What the year will come to, from the months that are over; when "
    .. "the budget will be used up.",
  options = options.join(own, input.options, output.options), run = run }

--- `evalua chart KIND SOURCE …`: a source as a picture.

local adapter = require "evalua.chart.adapter"
local amounts = require "evalua.amounts"
local chart = require "evalua.chart"
local core = require "evalua.core"
local input = require "evalua.cli.input"
local nearest = require "evalua.nearest"
local options = require "evalua.cli.options"
local output = require "evalua.cli.output"

-- What names columns, or versions with --phase.
local roles = { "base", "actual", "prior", "forecast", "value" }

local own = {
  { name = "by", value = "COL[,COL]", list = true,
    help = "group the rows by these columns" },
  { name = "period", value = "COL",
    help = "the column with the months, quarters, days or years" },
  { name = "base", value = "COL",
    help = "the budget or target to compare with: a column, or a version with "
      .. "--phase" },
  { name = "actual", value = "COL",
    help = "what happened: a column, or a version with --phase" },
  { name = "prior", value = "COL", help = "the year before" },
  { name = "forecast", value = "COL", help = "your own forecast" },
  { name = "value", value = "COL",
    help = "the amounts of trend, multiples, pareto, and share over time" },
  { name = "phase", value = "COL",
    help = "long form: the column that tells budget and actual apart" },
  { name = "amount", value = "COL",
    help = "long form: the column with the amounts" },
  { name = "kind", value = "expense|revenue|COL",
    help = "kind of account, or its column (default expense); of indicators "
      .. "ge, le, eq" },
  { name = "net", help = "add up revenue and expense as revenue − expense" },
  { name = "expense-sign", value = "positive|negative",
    choices = { "positive", "negative" },
    help = "how the source writes expenses (default positive)" },
  { name = "cumulative",
    help = "trend and heatmap: sums since the beginning of the year" },
  { name = "budget", value = "X",
    help = "trend: a level that must not be passed" },
  { name = "h", value = "N", integer = true,
    help = "trend: how many periods ahead (default to the end of the year)" },
  { name = "season", value = "M", integer = true,
    help = "trend: periods in a season (default 12 months, 4 quarters)" },
  { name = "bands", value = "A,B[,C]", list = true,
    help = "bullet: percents of the target; heatmap: limits of the classes in "
      .. "points" },
  { name = "percent", help = "slope: shares of the total" },
  { name = "neutral", value = "P",
    help = "variances within P percent are grey" },
  { name = "highlight", value = "NAME[,NAME]", list = true,
    help = "point at one or two items" },
  { name = "sort", value = "KEY",
    choices = { "none", "size", "variance", "value", "gap" },
    help = "order of the items: none, size, variance, value or gap" },
  { name = "top", value = "N", integer = true,
    help = "the N largest by themselves, the others as one exact sum" },
  { name = "unit", value = "UNIT",
    help = "show amounts in 元, 万元, 亿元 or divided by a number" },
  { name = "amount-unit", value = "UNIT", help = "the source's unit" },
  { name = "title", value = "TEXT", help = "the message above a chart" },
  { name = "who", value = "TEXT",
    help = "whose figures these are, for the line under the message" },
  { name = "what", value = "TEXT",
    help = "what is measured, for the line under the message" },
  { name = "when", value = "TEXT",
    help = "the period, for the line under the message" },
  { name = "source", value = "TEXT",
    help = "where the figures are from, for the line at the foot" },
  { name = "base-code", value = "CODE", choices = { "PL", "BU", "PY", "AC" },
    help = "what --base is: PL (default), BU, PY or AC" },
  { name = "actual-code", value = "CODE", choices = { "AC", "FC", "PL" },
    help = "what --actual is: AC (default), FC or PL" },
  { name = "size", value = "slide|doc|WxH",
    help = "of a chart: slide (1920x1080), doc (16 cm wide) or WxH pixels" },
  { name = "theme", value = "NAME|FILE",
    help = "colours, fonts and sizes: default, cvd, or a csv file of them" },
}

local function need_kind(ctx)
  local kind = table.remove(ctx.args, 1)
  local there = options.join(chart.kinds, { "plot" })
  if kind == nil then
    ctx.fail(("which chart? there are: %s"):format(table.concat(there, ", ")))
  end
  for _, known in ipairs(chart.kinds) do
    if kind == known then return kind end
  end
  ctx.fail(("there is no chart '%s'%s"):format(kind,
    nearest.hint(kind, there)))
end

--- Raise where an option that the kind cannot do without is not given.
local function check_needs(ctx, kind)
  local o = ctx.options
  for _, name in ipairs(adapter.needs(kind)) do
    if o[name] == nil then
      ctx.fail(("%s needs --%s %s"):format("chart " .. kind, name, "COL"))
    end
  end
  if (o.phase == nil) ~= (o.amount == nil) then
    ctx.fail("the long form needs both --phase and --amount")
  end
end

--- Columns of amounts, and all columns that the options name.
local function columns_of(o)
  local names, all = {}, { table.unpack(o.by or {}) }
  if o.phase ~= nil then
    names[1] = o.amount
    all[#all + 1] = o.phase
  else
    for _, role in ipairs(roles) do names[#names + 1] = o[role] end
  end
  all[#all + 1] = o.period
  return names, options.join(all, names)
end

--- A number as the user wrote it.
local function number(ctx, name)
  local text = ctx.options[name]
  if text == nil then return nil end
  local value = tonumber(text)
  if value == nil or value < 0 then
    ctx.fail(("--%s: '%s' is not a number of percent"):format(name, text))
  end
  return value
end

local passed = { "by", "period", "phase", "amount", "kind", "net",
  "expense_sign", "cumulative", "budget", "h", "season", "bands", "percent",
  "highlight", "sort", "top", "unit", "title", "who", "what", "when", "size",
  "theme" }

--- Options of the chart from those of the command line.
local function chart_options(ctx, info, unit)
  local o, opts = ctx.options, {}
  for _, name in ipairs(passed) do opts[name] = o[name] end
  for _, role in ipairs(roles) do opts[role] = o[role] end
  opts.lang, opts.neutral = ctx.lang, number(ctx, "neutral")
  opts.source = o.source or info.name and info.name:match "[^/]*$"
  opts.amount_unit = unit
  opts.scenario = { base = o.base_code, actual = o.actual_code }
  return opts
end

--- The table with columns that hold nothing but words for missing ("NA"),
--- which reading takes for text, as the empty columns of amounts that they are.
local function without_words(t, names, problems)
  for _, name in ipairs(names) do
    if (problems[name] or ""):find('" is empty$') then
      t = t:mutate { [name] = "1 / 0" }
    end
  end
  return t
end

local function run(ctx)
  local o = ctx.options
  collectgarbage("incremental", 1000) -- a chart needs little and ends soon
  local kind = need_kind(ctx)
  local format = output.picture_format(ctx)
  check_needs(ctx, kind)
  local names, all = columns_of(o)
  -- what it lacks is said when it is to draw
  local started = format and core.draw.start()
  local t, info = input.open(ctx, all)
  local unit = nil
  t = without_words(t, names, info.problems or {})
  amounts.check(t, names, info.problems or {})
  if kind ~= "bullet" then -- every indicator has a unit of its own
    amounts.check_units(t, names, info.units or {}, o.amount_unit)
    unit = amounts.unit(t, info, names, o.amount_unit)
  end
  local made, message = chart[kind](t, chart_options(ctx, info, unit))
  local bytes
  if made ~= nil and format == nil then
    bytes, message = made:preview { columns = ctx.width, colour = ctx.colour }
  elseif made ~= nil then
    bytes, message = made:render(format, { started = started })
  end
  if bytes == nil then ctx.fail(message) end
  if o.output ~= nil then return output.save(ctx, bytes) end
  output.print(ctx, bytes, format or "text")
end

--- plot is no notation but a look at data, with options of its own.
local function command_for(command)
  return function(args)
    return args[1] == "plot" and require "evalua.cli.chart_plot" or command
  end
end

local command = { name = "chart",
  usage = "chart KIND SOURCE [--by COL] [--period COL] [--base COL] "
    .. "[--actual COL]\n         [--value COL] [-o FILE.svg|png|pdf]\n"
    .. "KIND: " .. table.concat(chart.kinds, " ") .. " plot",
  summary = "Draw a chart of a source, for a slide, a document, or (without "
    .. "-o) the terminal.",
  options = options.join(own, input.options, output.picture_options),
  run = run }
command.command_for = command_for(command)
return command

--- `evalua chart KIND SOURCE …`: a source as a picture.

local adapter = require "evalua.chart.adapter"
local amounts = require "evalua.amounts"
local chart = require "evalua.chart"
local chart_options = require "evalua.chart.options"
local core = require "evalua.core"
local input = require "evalua.cli.input"
local nearest = require "evalua.nearest"
local options = require "evalua.cli.options"
local output = require "evalua.cli.output"

-- What names columns, or versions with --phase.
local roles = { "base", "actual", "prior", "forecast", "value" }

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
      ctx.fail(require("evalua.cli").lacking("chart " .. kind,
        { name = name, value = "COL" }, o, ctx.args[1]))
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

--- Options of a kind of chart from those of the command line.
local function options_of(ctx, kind, info, unit)
  local o, opts = ctx.options, {}
  for _, option in ipairs(chart_options.of(kind)) do
    local name = option.name:gsub("-", "_")
    if not option.lua then opts[name] = o[name] end
  end
  opts.lang, opts.neutral = ctx.lang, number(ctx, "neutral")
  opts.source = o.source or info.name and info.name:match "[^/]*$"
  opts.amount_unit = unit
  opts.scenario = { base = o.base_code, actual = o.actual_code }
  return opts
end

--- The table with columns that have no figure, but words for missing ("NA") or
--- nothing, as the empty columns of amounts that they are; reading takes them
--- for text.
local function without_words(t, names, no_figure)
  for _, name in ipairs(names) do
    if no_figure[name] then
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
  t = without_words(t, names, info.no_figure or {})
  amounts.check(t, names, info.problems or {})
  if kind ~= "bullet" then -- every indicator has a unit of its own
    amounts.check_units(t, names, info.units or {}, o.amount_unit)
    unit = amounts.unit(t, info, names, o.amount_unit)
  end
  local made, message = chart[kind](t, options_of(ctx, kind, info, unit))
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

--- Leaves out what the kind has no use for, and says so.
local function leave_out(ctx, kind, needless)
  for _, option in ipairs(needless) do
    local name = option.name:gsub("-", "_")
    if ctx.options[name] ~= nil then
      ctx.note(("chart %s has no use for --%s"):format(kind, option.name))
      ctx.options[name] = nil
    end
  end
end

local function command_with(usage, own)
  return { name = "chart", usage = usage,
    summary = "Draw a chart of a source, for a slide, a document, or (without "
      .. "-o) the terminal.",
    options = options.join(own, input.options, output.picture_options),
    run = run }
end

local function kind_command(kind)
  local needs = {}
  for i, name in ipairs(adapter.needs(kind)) do
    needs[i] = ("--%s COL "):format(name)
  end
  local command = command_with(("chart %s SOURCE %s[-o FILE.svg|png|pdf]")
    :format(kind, table.concat(needs)), chart_options.of(kind))
  command.needless = chart_options.needless(kind)
  function command.run(ctx)
    leave_out(ctx, kind, command.needless)
    return run(ctx)
  end
  function command.why_unknown(name)
    local kinds = chart_options.kinds_of(name:sub(3))
    return kinds and ("%s is not for chart %s but for %s"):format(name, kind,
      kinds:gsub(" ", ", "))
  end
  return command
end

local command = command_with("chart KIND SOURCE [--by COL] [--period COL] "
  .. "[--base COL] [--actual COL]\n         [--value COL] "
  .. "[-o FILE.svg|png|pdf]\nKIND: " .. table.concat(chart.kinds, " ")
  .. " plot", chart_options.list)

--- Every kind has options of its own; plot is no notation but a look at data.
function command.command_for(args)
  if args[1] == "plot" then return require "evalua.cli.chart_plot" end
  for _, kind in ipairs(chart.kinds) do
    if args[1] == kind then return kind_command(kind) end
  end
  return command
end

return command

--- `evalua phase`: annual budgets over the months of their year.

local core = require "evalua.core"
local input = require "evalua.cli.input"
local options = require "evalua.cli.options"
local output = require "evalua.cli.output"
local show = require "evalua.show"
local source = require "evalua.source"

local own = {
  { name = "annual", value = "COL", required = true,
    help = "the column of annual amounts" },
  { name = "year", value = "COL|YEAR", required = true,
    help = "the column of years, or one year" },
  { name = "into", value = "month|quarter", choices = { "month", "quarter" },
    help = "the parts of the year (default month)" },
  { name = "start", value = "M", integer = true,
    help = "the month in which the year begins (1)" },
  { name = "profile", value = "W,W,...", list = true,
    help = "a weight for each part of the year" },
  { name = "prior", value = "FILE",
    help = "a file with the year before, whose shape is taken" },
  { name = "prior-period", value = "COL",
    help = "the column of periods in it (period)" },
  { name = "prior-value", value = "COL",
    help = "the column of amounts in it (amount)" },
  { name = "by", value = "COL[,COL]", list = true,
    help = "the columns that tell whose shape it is" },
}

local function profile_of(ctx)
  local list = ctx.options.profile
  if list == nil then return nil end
  local weights = {}
  for i, text in ipairs(list) do
    weights[i] = core.decimal.parse(text)
    if weights[i] == nil then
      ctx.fail(("--profile: '%s' is not a number"):format(text))
    end
  end
  return weights
end

local function prior_of(ctx)
  local o = ctx.options
  if o.prior == nil then return nil end
  local t, message = source.open(o.prior, {})
  if t == nil then ctx.fail(message) end
  return { table = t, period = o.prior_period or "period",
    value = o.prior_value or "amount" }
end

local function run(ctx)
  local o = ctx.options
  output.file_format(ctx)
  local year = math.tointeger(tonumber(o.year))
  local t, info = input.open(ctx, { o.annual, not year and o.year or nil })
  local problem = (info.problems or {})[o.annual]
  if problem ~= nil then ctx.fail(problem) end
  local result, message = t:phase { annual = o.annual, year = year or o.year,
    into = o.into, start = o.start, profile = profile_of(ctx),
    prior = prior_of(ctx), by = o.by }
  if result == nil then ctx.fail(message) end
  output.write(ctx, show.report(result))
end

return { name = "phase", usage = "phase SOURCE --annual COL --year COL|YEAR "
  .. "[--profile W,W,... | --prior FILE] [options]",
  summary = "Annual budgets over the months of their year, to the last digit.",
  options = options.join(own, input.options, output.options), run = run }

--- `evalua variance`: the canned report over a source.

local input = require "evalua.cli.input"
local join = require("evalua.cli.options").join
local output = require "evalua.cli.output"
local report = require "evalua.report"

local script = assert(report.find("variance"))

local own = {
  { name = "fail-on", value = "material", choices = { "material" },
    help = "exit with 1 when a variance is material" },
  { name = "title", value = "TEXT", help = "the message above a chart" },
  { name = "size", value = "slide|doc|WxH", help = "of a chart" },
}

--- The columns that the report groups by, and those that it sums. They are
--- asked for before anything is computed, so that a wrong name is said first.
local function needed_columns(o)
  local keys = { table.unpack(o.by or {}) }
  if o.phase == nil then return keys, { o.base, o.actual } end
  keys[#keys + 1] = o.phase
  return keys, { o.amount }
end

local function any_material(t)
  for _, row in t:rows() do
    if row.material then return true end
  end
  return false
end

local function run(ctx)
  local o = ctx.options
  if o.fail_on and not (o.material_amount or o.material_pct) then
    ctx.fail("--fail-on material needs --material-amount or --material-pct")
  end
  if (o.phase == nil) ~= (o.amount == nil) then
    ctx.fail("the long form needs both --phase and --amount")
  end
  output.file_format(ctx)
  local keys, amounts = needed_columns(o)
  local t, info = input.summed(ctx, keys, amounts, o.kind)
  local result = report.make(script, input.params(ctx, t, info))
  output.write(ctx, result)
  if o.fail_on and any_material(result.data) then return 1 end
end

return { name = "variance", usage = "variance SOURCE --base COL --actual COL "
  .. "[--by COL[,COL]] [options]",
  summary = "Actual against budget, line by line: over or under, by how much, "
    .. "does it matter.",
  options = join(script.params, own, input.options, output.options),
  run = run }

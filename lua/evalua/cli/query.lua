--- `evalua query`: group, aggregate, sort, print.

local input = require "evalua.cli.input"
local options = require "evalua.cli.options"
local output = require "evalua.cli.output"
local show = require "evalua.show"

local own = {
  { name = "by", value = "COL[,COL]", list = true,
    help = "group the rows by these columns" },
  { name = "agg", value = "LIST",
    help = "what to compute, e.g. 'total=sum(amount), n=count()'" },
  { name = "select", value = "COL[,COL]", list = true,
    help = "only these columns" },
  { name = "sort", value = "[-]COL", list = true, help = "order of the rows" },
  { name = "top", value = "N", integer = true, help = "only the first N rows" },
}

local function compute(t, o, list)
  if list ~= nil then
    t = t:group_by(table.unpack(o.by or {})):summarise(list)
  elseif o.by ~= nil then
    t = assert(t:distinct(table.unpack(o.by)))
  end
  if o.select ~= nil then t = t:select(table.unpack(o.select)) end
  if o.sort ~= nil then t = t:arrange(table.unpack(o.sort)) end
  if o.top ~= nil then t = t:head(o.top) end
  return t
end

local function run(ctx)
  output.file_format(ctx)
  local query, collect = input.scan(ctx)
  local o = ctx.options
  local list = o.agg and require("evalua.parse").aggregates(o.agg)
  local ok, made = pcall(compute, query, o, list)
  if not ok then
    local problem = input.problem_of(query, list)
    if problem ~= nil then ctx.fail(problem) end
    error(made, 0)
  end
  local t, info = collect(made)
  if output.package(ctx, t, info) then return end
  output.write(ctx, show.report(t))
end

return { name = "query",
  usage = "query SOURCE [--by COLS] [--agg LIST] [--sort [-]COL] [--top N]",
  summary = "Group a table, compute sums, counts and means, print the rows.",
  options = options.join(own, input.options, output.options), run = run }

--- What the commands over series share: their options and their source.

local input = require "evalua.cli.input"
local series_pair = require "evalua.series_pair"

local M = {}

M.options = {
  { name = "period", value = "COL|YEAR,MONTH", required = true,
    help = "the column of periods or whole numbers, or those of years and "
      .. "months" },
  { name = "value", value = "COL", required = true,
    help = "the column of numbers" },
  { name = "by", value = "COL[,COL]", list = true,
    help = "the columns that tell the series apart" },
  { name = "agg", value = "sum", choices = { "sum" },
    help = "add up rows of one period (an error otherwise)" },
}

--- The columns that `--period` names, one or two.
---@param period string?
---@return string[]
function M.period_columns(period)
  local year, part = series_pair.names(period)
  if year ~= nil then return { year, part } end
  return { period }
end

--- The table with one column of periods where `--period` names two; the option
--- is its name then.
---@param ctx table
---@param t evalua.table
---@return evalua.table t
function M.with_period(ctx, t)
  local joined, opts = series_pair.join(t, ctx.options)
  if joined == nil then ctx.fail(opts) end
  ctx.options.period = opts.period
  return joined
end

--- The table of SOURCE; a cell that keeps the value column from being numbers
--- is the error.
---@param ctx table
---@param more string[]? further columns that must be there
---@return evalua.table t
---@return table info
function M.open(ctx, more)
  local o = ctx.options
  local needed = M.period_columns(o.period)
  needed[#needed + 1] = o.value
  for _, name in ipairs(o.by or {}) do needed[#needed + 1] = name end
  for _, name in ipairs(more or {}) do needed[#needed + 1] = name end
  local t, info = input.open(ctx, needed)
  local problem = (info.problems or {})[o.value]
  if problem ~= nil and t:column(o.value):missing() < t:nrows() then
    ctx.fail(problem)
  end
  return M.with_period(ctx, t), info
end

--- "95" as 0.95.
---@param ctx table
---@param name string
---@param text string?
---@return number?
function M.percent(ctx, name, text)
  if text == nil then return nil end
  local number = tonumber(text)
  if number == nil or number <= 0 or number >= 100 then
    ctx.fail(("--%s is a percentage between 0 and 100, not '%s'")
      :format(name, text))
  end
  return number / 100
end

return M

--- Describing one sample: moments and quantiles.

local core = require "evalua.core"
local numbers = require "evalua.stats.numbers"

local M = {}

local QUARTERS = { q1 = core.decimal.new(25, 2),
  median = core.decimal.new(5, 1), q3 = core.decimal.new(75, 2) }

--- The figures of rows first to last of a column that numbers.column gave.
---@return table? figures
---@return string? message
---@return string? code
function M.of(column, first, last)
  local figures, message, code = core.stats.moments(column, first, last)
  if figures == nil then return nil, message, code end
  local sorted = core.stats.sorted(column, first, last)
  for name, p in pairs(QUARTERS) do figures[name] = sorted:quantile(p, 7) end
  return figures
end

--- n, missing, mean, sd, var (n − 1 below the line), min, max, median, q1, q3
--- (type 7), skewness (g1), kurtosis (g2, 0 for the normal distribution),
--- autocorrelation (lag 1). What does not exist is nil: over no value all but
--- n and missing; of one value sd and var; of a constant skewness, kurtosis
--- and autocorrelation.
---
--- Sources: src/stats/moments.h, src/stats/quantile.h.
---@param x table|evalua.column
---@return table? figures
---@return string? message
---@return string? code
function M.summary(x)
  local column, message, code = numbers.column(x)
  if column == nil then return nil, message, code end
  return M.of(column)
end

--- p as an exact number, for the core: a float is taken to 15 decimals (0.9 is 0.9).
function M.exact_part(p)
  local exact = p
  if math.type(p) == "float" and p >= 0 and p <= 1 then
    exact = core.decimal.new(math.floor(p * 1e15 + 0.5), 15):trim()
  end
  if (core.decimal.is(exact) or math.type(exact) == "integer")
    and exact >= 0 and exact <= 1 then
    return exact
  end
  error("p is a number from 0 to 1, not " .. tostring(p), 0)
end

--- The p-quantile, or for a list of p a list of them; `type` 1 to 9 of Hyndman
--- & Fan 1996 (The American Statistician 50:361), 7 unless said. nil over no
--- value.
---@param x table|evalua.column
---@param p number|evalua.decimal|table
---@param opts { type: integer? }?
---@return number|table|nil quantile
---@return string? message
function M.quantile(x, p, opts)
  opts = numbers.options(opts, { type = true })
  local kind = opts.type or 7
  if math.type(kind) ~= "integer" or kind < 1 or kind > 9 then
    error("types are 1 to 9, not " .. tostring(kind), 0)
  end
  local column, message, code = numbers.column(x)
  if column == nil then return nil, message, code end
  local sorted = core.stats.sorted(column)
  if type(p) ~= "table" then return sorted:quantile(M.exact_part(p), kind) end
  local list = {}
  for i, one in ipairs(p) do
    list[i] = sorted:quantile(M.exact_part(one), kind)
  end
  return list
end

return M

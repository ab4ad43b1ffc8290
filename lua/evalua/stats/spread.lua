--- How far values lie apart, who has how much, and weighted figures.

local core = require "evalua.core"
local numbers = require "evalua.stats.numbers"
local summary = require "evalua.stats.summary"

local M = {}

--- The sorted sample of x; nil, message over no value.
local function sorted_of(x)
  local column, message, code = numbers.column(x)
  if column == nil then return nil, message, code end
  local sorted = core.stats.sorted(column)
  if #sorted == 0 then return nil, "there is no value", "data" end
  return sorted
end

--- The median absolute deviation from the median, times `constant` (1.4826,
--- which makes it the standard deviation of a normal distribution; R's mad).
--- Hampel 1974 (Journal of the American Statistical Association 69:383).
---@param x table|evalua.column
---@param opts { constant: number? }?
---@return number? mad
---@return string? message
function M.mad(x, opts)
  opts = numbers.options(opts, { constant = true })
  local constant = opts.constant or 1.4826
  if type(constant) ~= "number" then
    error("constant is a number, not a " .. type(constant), 0)
  end
  local sorted, message, code = sorted_of(x)
  if sorted == nil then return nil, message, code end
  return constant * sorted:mad()
end

--- The distance of the quartiles; `type` of quantile, 7 unless said.
---@param x table|evalua.column
---@param opts { type: integer? }?
---@return number? iqr
---@return string? message
function M.iqr(x, opts)
  local found, message, code = summary.quantile(x, { 0.25, 0.75 }, opts)
  if found == nil then return nil, message, code end
  if found[1] == nil then return nil, "there is no value", "data" end
  return found[2] - found[1]
end

--- The coefficient of variation, sd / |mean|. Pearson 1896 (Philosophical
--- Transactions A 187:253).
---@param x table|evalua.column
---@return number? cv
---@return string? message
function M.cv(x)
  local column, message, code = numbers.column(x)
  if column == nil then return nil, message, code end
  local figures
  figures, message, code = core.stats.moments(column)
  if figures == nil then return nil, message, code end
  if figures.sd == nil then return nil, "two values are needed", "data" end
  if figures.mean == 0 then
    return nil, "the mean is zero: there is nothing to compare the spread with",
      "data"
  end
  return figures.sd / math.abs(figures.mean)
end

local no_shares = "shares need values that are not below zero, and a sum above "
  .. "it"

--- The Gini coefficient: 0 where all have the same, 1 − 1/n where one has all;
--- with `unbiased`, times n / (n − 1). Gini 1912; Damgaard & Weiner 2000
--- (Ecology 81:1139).
---@param x table|evalua.column
---@param opts { unbiased: boolean? }?
---@return number? gini
---@return string? message
function M.gini(x, opts)
  opts = numbers.options(opts, { unbiased = true })
  local sorted, message, code = sorted_of(x)
  if sorted == nil then return nil, message, code end
  local gini, n = sorted:gini(), #sorted
  if gini == nil then return nil, no_shares, "data" end
  if not opts.unbiased then return gini end
  if n < 2 then return nil, "two values are needed", "data" end
  return gini * n / (n - 1)
end

--- The Herfindahl-Hirschman index of concentration: the sum of squared shares,
--- 1 where one has all, 1 / n where all have the same (times 10,000 in the
--- words of competition law). 1 / hhi is the number of equal ones that would
--- be as concentrated. Hirschman 1964 (American Economic Review 54:761).
---@param x table|evalua.column
---@return number? hhi
---@return string? message
function M.hhi(x)
  local sorted, message, code = sorted_of(x)
  if sorted == nil then return nil, message, code end
  local hhi = sorted:hhi()
  if hhi == nil then return nil, no_shares, "data" end
  return hhi
end

--- Figures where row i counts weights[i] times: { n, missing, weight (their
--- sum), mean, var, sd, q1, median, q3, quantiles (of `p`, a list) }. `kind` of
--- the variance: "reliability" (unless said; R's cov.wt) or "frequency" (each
--- row stands for so many). Rows without value or weight, or of weight 0, are
--- left out; a weight below 0 is an error. Source: src/stats/weighted.h.
---@param x table|evalua.column
---@param weights table|evalua.column
---@param opts { kind: string?, p: table? }?
---@return table? figures
---@return string? message
---@return string? code
function M.weighted(x, weights, opts)
  opts = numbers.options(opts, { kind = true, p = true })
  local kind, parts = opts.kind or "reliability", { 0.25, 0.5, 0.75 }
  numbers.one_of("kind", kind, { "reliability", "frequency" })
  table.move(opts.p or {}, 1, #(opts.p or {}), 4, parts)
  for i, p in ipairs(parts) do parts[i] = summary.exact_part(p) end
  local column, message, code = numbers.column(x, "x")
  if column == nil then return nil, message, code end
  local w
  w, message, code = numbers.column(weights, "weights")
  if w == nil then return nil, "weights: " .. message, code end
  if #w ~= #column then
    error(("x has %d values and weights %d"):format(#column, #w), 0)
  end
  local found, quantiles, problem = core.stats.weighted(column, w, parts)
  if found == nil then return nil, quantiles, problem end
  if found.n == 0 then
    return nil, "no row has a value and a weight above zero", "data"
  end
  found.var = found[kind]
  found.sd = found.var and math.sqrt(found.var)
  found.reliability, found.frequency = nil, nil
  found.q1, found.median, found.q3 = table.unpack(quantiles, 1, 3)
  if opts.p then found.quantiles = table.move(quantiles, 4, #parts, 1, {}) end
  return found
end

return M

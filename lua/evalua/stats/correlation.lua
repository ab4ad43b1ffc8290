--- How two samples go together.

local core = require "evalua.core"
local numbers = require "evalua.stats.numbers"

local M = {}

--- Correlation of two samples of one length: { r, p, n, missing, method, exact
--- }. `method` is "pearson" (unless said), "spearman" or "kendall" (tau-b).
--- Rows that lack a side are left out; p (two-sided) needs three pairs; nil,
--- message where a side is constant. Sources: src/stats/correlate.h.
---@param x table|evalua.column
---@param y table|evalua.column
---@param opts { method: string? }?
---@return table? figures
---@return string? message
---@return string? code
function M.correlation(x, y, opts)
  opts = numbers.options(opts, { method = true })
  local method = opts.method or "pearson"
  numbers.one_of("method", method, { "pearson", "spearman", "kendall" })
  local a, message, code = numbers.column(x, "x")
  if a == nil then return nil, message, code end
  local b
  b, message, code = numbers.column(y, "y")
  if b == nil then return nil, message, code end
  if #a ~= #b then
    error(("x has %d values and y %d"):format(#a, #b), 0)
  end
  local found = core.stats.correlation(a, b, method)
  if found.n < 2 then
    return nil, "a correlation needs two rows with both values", "data"
  elseif found.r == nil then
    return nil, "there is no correlation with a constant", "data"
  end
  return found
end

return M

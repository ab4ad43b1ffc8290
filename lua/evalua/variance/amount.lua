--- Arithmetic on the amounts behind one figure of a variance: exact on
--- decimals, double on reals (a column that was written with exponents).

local core = require "evalua.core"

local new_decimal = core.decimal.new
local zero = new_decimal(0, 0)

local M = {}

--- An amount from a cell: a decimal or a float; nil stays nil.
---@param value evalua.decimal|number|nil
---@return evalua.decimal|number|nil
function M.of(value)
  if math.type(value) == "integer" then return new_decimal(value, 0) end
  return value
end

local function number(a)
  return type(a) == "userdata" and a:number() or a
end

local function all_exact(values)
  for _, value in ipairs(values) do
    if type(value) ~= "userdata" then return false end
  end
  return true
end

--- The sum of `plus` less that of `minus`, decimals in 128 bits with one check
--- at the end; nil when it does not fit in 64.
---@param plus (evalua.decimal|number)[]
---@param minus (evalua.decimal|number)[]
---@return evalua.decimal|number|nil
function M.sum(plus, minus)
  if all_exact(plus) and all_exact(minus) then
    return core.decimal.sum(plus, minus)
  end
  local real = 0.0
  for _, value in ipairs(plus) do real = real + number(value) end
  for _, value in ipairs(minus) do real = real - number(value) end
  return real
end

--- actual − base, a missing side counting zero; nil when it does not fit.
function M.difference(actual, base)
  return M.sum({ actual or zero }, { base or zero })
end

--- 100·part/whole with 6 decimals, half-even; nil where whole is missing or
--- zero, and where the share is too large to be written (9.2·10¹² percent).
function M.percent(part, whole)
  if whole == nil or number(whole) == 0 then return nil end
  part = part or zero
  if all_exact { part, whole } then return part:percent(whole) end
  return tonumber(("%.6f"):format(100 * number(part) / number(whole)))
end

return M

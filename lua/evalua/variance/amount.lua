--- Arithmetic on the amounts of a variance: exact on decimals, double on reals
--- (a column that was written with exponents). A whole number becomes a
--- decimal, so that sums are checked instead of wrapping.

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

--- An amount as a double.
---@param a evalua.decimal|number|nil
---@return number?
function M.number(a)
  return type(a) == "userdata" and a:number() or a
end

local number = M.number

local function are_exact(a, b)
  return type(a) == "userdata" and type(b) == "userdata"
end

function M.add(a, b)
  if are_exact(a, b) then return a + b end
  return number(a) + number(b)
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

function M.negate(a) return a and -a end

--- -1, 0 or 1; a missing amount counts zero.
function M.sign(a)
  if a == nil then return 0 end
  if type(a) == "userdata" then return a:sign() end
  return a < 0 and -1 or a > 0 and 1 or 0
end

function M.is_zero(a) return M.sign(a) == 0 end

function M.magnitude(a) return M.sign(a) < 0 and -a or a end

function M.at_least(a, b)
  if are_exact(a, b) then return a >= b end
  return number(a) >= number(b)
end

--- True when a stands before b, smaller first, missing last.
function M.before(a, b)
  if a == nil or b == nil then return a ~= nil end
  if are_exact(a, b) then return a < b end
  return number(a) < number(b)
end

--- 100·part/whole with 6 decimals, half-even; nil where whole is missing or
--- zero, and where the share is too large to be written (9.2·10¹² percent).
function M.percent(part, whole)
  if whole == nil or M.is_zero(whole) then return nil end
  part = part or zero
  if are_exact(part, whole) then return part:percent(whole) end
  return tonumber(("%.6f"):format(100 * number(part) / number(whole)))
end

--- Everything about one pair: actual − base (nil when it does not fit), its
--- percent of the base, the actual's percent of it, and the signs of base,
--- actual and difference; a missing side counts zero.
function M.compare(actual, base)
  if are_exact(actual or zero, base or zero) then
    return core.decimal.compare(actual, base)
  end
  local difference = M.difference(actual, base)
  return difference, M.percent(difference, base), M.percent(actual, base),
    M.sign(base), M.sign(actual), M.sign(difference)
end

return M

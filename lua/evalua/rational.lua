--- Exact fractions: what a rate is until it is printed. Whole numbers of any
--- size, so that no weight times an amount overflows; a fraction becomes a
--- decimal only by round(), which says how.
---
--- Numerator and denominator are arrays of digits to the base 10^7, lowest
--- first, without leading zeros (an empty array is 0); the sign stands apart.

local core = require "evalua.core"

local M = {}

local BASE, DIGITS = 10000000, 7

---@class evalua.rational
---@field sign -1|0|1
---@field num integer[]
---@field den integer[]
local Rational = {}
Rational.__index = Rational

-- Whole numbers ---------------------------------------------------------

local function natural(n)
  local digits = {}
  while n > 0 do
    digits[#digits + 1], n = n % BASE, n // BASE
  end
  return digits
end

local function trim(digits)
  while digits[#digits] == 0 do digits[#digits] = nil end
  return digits
end

local function compare(a, b)
  if #a ~= #b then return #a < #b and -1 or 1 end
  for i = #a, 1, -1 do
    if a[i] ~= b[i] then return a[i] < b[i] and -1 or 1 end
  end
  return 0
end

local function add(a, b)
  local out, carry = {}, 0
  for i = 1, math.max(#a, #b) do
    local sum = (a[i] or 0) + (b[i] or 0) + carry
    out[i], carry = sum % BASE, sum // BASE
  end
  if carry > 0 then out[#out + 1] = carry end
  return out
end

--- a − b, where a is not less than b.
local function subtract(a, b)
  local out, borrow = {}, 0
  for i = 1, #a do
    local rest = a[i] - (b[i] or 0) - borrow
    borrow = rest < 0 and 1 or 0
    out[i] = rest + borrow * BASE
  end
  return trim(out)
end

local function multiply(a, b)
  local out = {}
  for i = 1, #a do
    local carry = 0
    for k = 1, #b do
      local sum = (out[i + k - 1] or 0) + a[i] * b[k] + carry
      out[i + k - 1], carry = sum % BASE, sum // BASE
    end
    if carry > 0 then out[i + #b] = carry end
  end
  for i = 1, #a + #b do out[i] = out[i] or 0 end
  return trim(out)
end

--- The largest digit q with b·q ≤ a.
local function quotient_digit(a, b)
  local low, high = 0, BASE - 1
  while low < high do
    local middle = (low + high + 1) // 2
    if compare(multiply(b, natural(middle)), a) <= 0 then low = middle
    else high = middle - 1 end
  end
  return low
end

--- Quotient and rest.
local function divide(a, b)
  local quotient, rest = {}, {}
  for i = #a, 1, -1 do
    table.insert(rest, 1, a[i])
    trim(rest)
    local q = quotient_digit(rest, b)
    quotient[i] = q
    if q > 0 then rest = subtract(rest, multiply(b, natural(q))) end
  end
  return trim(quotient), rest
end

local function power_of_ten(n)
  local digits = {}
  for _ = 1, n // DIGITS do digits[#digits + 1] = 0 end
  digits[#digits + 1] = math.tointeger(10 ^ (n % DIGITS))
  return digits
end

--- As an integer; nil where 64 bits are too few.
local function to_integer(digits)
  local n = 0
  for i = #digits, 1, -1 do
    if n > (math.maxinteger - digits[i]) // BASE then return nil end
    n = n * BASE + digits[i]
  end
  return n
end

-- Fractions -------------------------------------------------------------

local function make(sign, num, den)
  if #num == 0 then sign = 0 end
  return setmetatable({ sign = sign, num = num, den = den }, Rational)
end

--- An integer, decimal or fraction as a fraction.
---@param value integer|evalua.decimal|evalua.rational
---@return evalua.rational
function M.of(value)
  if getmetatable(value) == Rational then return value end
  local units, scale = value, 0
  if core.decimal.is(value) then units, scale = value:units(), value:scale() end
  if math.type(units) ~= "integer" or units == math.mininteger then
    error("a fraction is made of whole numbers and decimals, not of a "
      .. type(value), 2)
  end
  return make(units < 0 and -1 or 1, natural(math.abs(units)),
    power_of_ten(scale))
end

--- numerator / denominator; nil where that is zero.
---@param numerator integer|evalua.decimal|evalua.rational
---@param denominator integer|evalua.decimal|evalua.rational
---@return evalua.rational?
function M.ratio(numerator, denominator)
  local a, b = M.of(numerator), M.of(denominator)
  if b.sign == 0 then return nil end
  return make(a.sign * b.sign, multiply(a.num, b.den), multiply(a.den, b.num))
end

function Rational.__mul(a, b)
  a, b = M.of(a), M.of(b)
  return make(a.sign * b.sign, multiply(a.num, b.num), multiply(a.den, b.den))
end

function Rational.__unm(a)
  return make(-a.sign, a.num, a.den)
end

function Rational.__add(a, b)
  a, b = M.of(a), M.of(b)
  local left, right = multiply(a.num, b.den), multiply(b.num, a.den)
  local den = multiply(a.den, b.den)
  if a.sign * b.sign >= 0 then
    return make(a.sign == 0 and b.sign or a.sign, add(left, right), den)
  end
  if compare(left, right) >= 0 then
    return make(a.sign, subtract(left, right), den)
  end
  return make(b.sign, subtract(right, left), den)
end

function Rational.__sub(a, b) return M.of(a) + -M.of(b) end

--- −1, 0 or 1 as the fraction is less, equal or more than the other.
---@param other integer|evalua.decimal|evalua.rational
---@return integer
function Rational:compare(other) return (self - other).sign end

--- A decimal on the left side of < decides by itself: compare(…) then.
function Rational.__eq(a, b) return a:compare(b) == 0 end
function Rational.__lt(a, b) return (M.of(a) - b).sign < 0 end
function Rational.__le(a, b) return (M.of(a) - b).sign <= 0 end

--- The largest whole number that is not above it; nil beyond 64 bits.
---@return integer?
function Rational:floor()
  local quotient, rest = divide(self.num, self.den)
  local n = to_integer(quotient)
  if n == nil or self.sign >= 0 then return n end
  return #rest > 0 and -n - 1 or -n
end

--- A decimal with so many places. `rounding` is "half-even" (the default) or
--- "half-up", away from zero; nil where 18 digits are too few.
---@param places integer
---@param rounding "half-even"|"half-up"|nil
---@return evalua.decimal?
function Rational:round(places, rounding)
  local quotient, rest = divide(multiply(self.num, power_of_ten(places)),
    self.den)
  local half = compare(add(rest, rest), self.den)
  local n = to_integer(quotient)
  if n == nil or n >= 1000000000000000000 then return nil end
  if half > 0 or half == 0 and (rounding == "half-up" or n % 2 == 1) then
    n = n + 1
  end
  return core.decimal.new(self.sign < 0 and -n or n, places)
end

--- The exact decimal, or nil when none with at most 18 places is.
---@return evalua.decimal?
function Rational:exact()
  for places = 0, 18 do
    local _, rest = divide(multiply(self.num, power_of_ten(places)), self.den)
    if #rest == 0 then return self:round(places) end
  end
end

function Rational:__tostring()
  local exact = self:exact()
  if exact then return tostring(exact) end
  local rounded = self:round(6)
  return rounded and "≈" .. tostring(rounded) or "beyond 18 digits"
end

--- Whether a value is a fraction of this module.
---@param value any
---@return boolean
function M.is(value) return getmetatable(value) == Rational end

return M

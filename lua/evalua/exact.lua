--- exact: rational numbers of any size, for arithmetic that must not round.
---
--- A number is a fraction of two big integers; + - * / and comparison are
--- exact, rounding happens only where text is made. Big integers are arrays of
--- limbs in base 10^7, the lowest first, without leading zeros (zero: no limb).
--- It serves checks over some hundred figures, not columns of tables.

local core = require "evalua.core"

local BASE, DIGITS = 10000000, 7

-- Natural numbers -------------------------------------------------------------

local function trim(a)
  while a[#a] == 0 do a[#a] = nil end
  return a
end

local function natural(text)
  local limbs = {}
  for stop = #text, 1, -DIGITS do
    limbs[#limbs + 1] = tonumber(text:sub(math.max(1, stop - DIGITS + 1), stop))
  end
  return trim(limbs)
end

local function digits_of(a)
  if #a == 0 then return "0" end
  local parts = { tostring(a[#a]) }
  for i = #a - 1, 1, -1 do parts[#parts + 1] = ("%07d"):format(a[i]) end
  return table.concat(parts)
end

local function compare(a, b)
  if #a ~= #b then return #a < #b and -1 or 1 end
  for i = #a, 1, -1 do
    if a[i] ~= b[i] then return a[i] < b[i] and -1 or 1 end
  end
  return 0
end

local function add(a, b)
  local sum, carry = {}, 0
  for i = 1, math.max(#a, #b) do
    local limb = (a[i] or 0) + (b[i] or 0) + carry
    sum[i], carry = limb % BASE, limb // BASE
  end
  if carry > 0 then sum[#sum + 1] = carry end
  return sum
end

--- a − b, where a is not the smaller one.
local function subtract(a, b)
  local rest, borrow = {}, 0
  for i = 1, #a do
    local limb = a[i] - (b[i] or 0) - borrow
    borrow = limb < 0 and 1 or 0
    rest[i] = limb + borrow * BASE
  end
  return trim(rest)
end

local function multiply(a, b)
  if #a == 1 and #b == 1 then
    local n = a[1] * b[1]
    return n < BASE and { n } or { n % BASE, n // BASE }
  end
  local product = {}
  for i = 1, #a + #b do product[i] = 0 end
  for i = 1, #a do
    local carry = 0
    for j = 1, #b do
      local limb = product[i + j - 1] + a[i] * b[j] + carry
      product[i + j - 1], carry = limb % BASE, limb // BASE
    end
    product[i + #b] = product[i + #b] + carry
  end
  return trim(product)
end

--- The largest limb q with q·b ≤ a.
local function quotient_limb(a, b)
  local low, high = 0, BASE - 1
  while low < high do
    local middle = (low + high + 1) // 2
    if compare(multiply(b, { middle }), a) <= 0 then low = middle
    else high = middle - 1 end
  end
  return low
end

--- A number of up to two limbs, which an integer of the machine holds.
local function small(a) return (a[2] or 0) * BASE + (a[1] or 0) end

local function limbs_of(n) return trim { n % BASE, n // BASE } end

--- ⌊a / b⌋ and what is left.
local function divide(a, b)
  if #a <= 2 and #b <= 2 then
    local x, y = small(a), small(b)
    return limbs_of(x // y), limbs_of(x % y)
  end
  local quotient, rest = {}, {}
  for i = #a, 1, -1 do
    table.insert(rest, 1, a[i])
    trim(rest)
    local limb = quotient_limb(rest, b)
    quotient[i] = limb
    if limb > 0 then rest = subtract(rest, multiply(b, { limb })) end
  end
  return trim(quotient), rest
end

local function power_of_ten(n) return natural("1" .. ("0"):rep(n)) end

-- Fractions -------------------------------------------------------------------

---@class evalua.exact
---@field negative boolean
---@field top integer[]
---@field bottom integer[] never zero
local Exact = {}
Exact.__index = Exact

local M = {}

local function new(negative, top, bottom)
  return setmetatable({ negative = negative and #top > 0, top = top,
    bottom = bottom }, Exact)
end

--- An exact number from a decimal, an integer, or text like "-12.50" or
--- "2000/3".
---@param value evalua.exact|evalua.decimal|integer|string
---@return evalua.exact
function M.of(value)
  if getmetatable(value) == Exact then return value end
  if math.type(value) == "float" then
    error("a float is not exact: " .. tostring(value), 2)
  end
  local text = tostring(value)
  local upper, lower = text:match("^(%d+)/(%d+)$")
  if upper ~= nil then return new(false, natural(upper), natural(lower)) end
  local sign, whole, part = text:match("^(%-?)(%d*)%.?(%d*)$")
  if whole == nil or whole .. part == "" then
    error(("'%s' is no exact number"):format(text), 2)
  end
  return new(sign == "-", natural(whole .. part), power_of_ten(#part))
end

---@param value any
---@return boolean
function M.is(value) return getmetatable(value) == Exact end

--- numerator / denominator; nil where that is zero.
---@param numerator evalua.exact|evalua.decimal|integer
---@param denominator evalua.exact|evalua.decimal|integer
---@return evalua.exact?
function M.ratio(numerator, denominator)
  local upper, lower = M.of(numerator), M.of(denominator)
  if #lower.top == 0 then return nil end
  return upper / lower
end

function Exact.__unm(a) return new(not a.negative, a.top, a.bottom) end

function Exact.__add(a, b)
  a, b = M.of(a), M.of(b)
  local left, right = multiply(a.top, b.bottom), multiply(b.top, a.bottom)
  local bottom = multiply(a.bottom, b.bottom)
  if a.negative == b.negative then
    return new(a.negative, add(left, right), bottom)
  end
  if compare(left, right) >= 0 then
    return new(a.negative, subtract(left, right), bottom)
  end
  return new(b.negative, subtract(right, left), bottom)
end

function Exact.__sub(a, b) return M.of(a) + -M.of(b) end

function Exact.__mul(a, b)
  a, b = M.of(a), M.of(b)
  return new(a.negative ~= b.negative, multiply(a.top, b.top),
    multiply(a.bottom, b.bottom))
end

--- Raises where b is zero: ask b:sign() first.
function Exact.__div(a, b)
  a, b = M.of(a), M.of(b)
  if #b.top == 0 then error("division by zero", 2) end
  return new(a.negative ~= b.negative, multiply(a.top, b.bottom),
    multiply(a.bottom, b.top))
end

--- -1, 0 or 1.
---@return integer
function Exact:sign()
  if #self.top == 0 then return 0 end
  return self.negative and -1 or 1
end

local function order(a, b) return (M.of(a) - b):sign() end

--- -1, 0 or 1 as it is less, equal or more. For < with a decimal on the left,
--- which decides by itself there and knows no fractions.
---@param other evalua.exact|evalua.decimal|integer
---@return integer
function Exact:compare(other) return order(self, other) end

function Exact.__eq(a, b) return order(a, b) == 0 end
function Exact.__lt(a, b) return order(a, b) < 0 end
function Exact.__le(a, b) return order(a, b) <= 0 end

---@return evalua.exact
function Exact:abs() return new(false, self.top, self.bottom) end

--- Rounded to `places` decimals as text, half to even or half up (away from
--- zero).
---@param places integer
---@param rounding "half-even"|"half-up"|nil
---@return string
function Exact:round(places, rounding)
  local whole, rest = divide(multiply(self.top, power_of_ten(places)),
    self.bottom)
  local half = compare(add(rest, rest), self.bottom)
  if half > 0 or half == 0
    and (rounding == "half-up" or (whole[1] or 0) % 2 == 1) then
    whole = add(whole, { 1 })
  end
  local text = digits_of(whole)
  if places > 0 then
    text = ("0"):rep(places + 1 - #text) .. text
    text = text:sub(1, -places - 1) .. "." .. text:sub(-places)
  end
  return (self.negative and #whole > 0 and "-" or "") .. text
end

--- The number as text: all its digits where `places` are enough for them,
--- else rounded to `places`. No zeros at the end of the decimals.
---@param places integer
---@return string text
---@return boolean exact
function Exact:text(places)
  local text = self:round(places)
  local is_exact = M.of(text) == self
  if text:find(".", 1, true) then text = text:gsub("0+$", ""):gsub("%.$", "") end
  return text, is_exact
end

--- The largest whole number that is not above it.
---@return evalua.exact
function Exact:floor()
  local whole, rest = divide(self.top, self.bottom)
  if self.negative and #rest > 0 then whole = add(whole, { 1 }) end
  return new(self.negative, whole, { 1 })
end

--- The smallest whole number that is not below it.
---@return evalua.exact
function Exact:ceil() return -((-self):floor()) end

--- Whether it has no fraction.
---@return boolean
function Exact:is_whole() return self == self:floor() end

--- A Lua integer, or nil when it is none or too large.
---@return integer?
function Exact:integer()
  return self:is_whole() and math.tointeger(tonumber(self:round(0))) or nil
end

--- A decimal with `places` decimals; nil when it has no room.
---@param places integer
---@param rounding "half-even"|"half-up"|nil
---@return evalua.decimal?
function Exact:decimal(places, rounding)
  return (core.decimal.parse(self:round(places, rounding)))
end

--- The decimal that it is, or nil when none with at most 18 places is.
---@return evalua.decimal?
function Exact:as_decimal()
  for places = 0, 18 do
    local value = self:decimal(places)
    if value == nil then return nil end
    if M.of(value) == self then return value end
  end
end

function Exact:__tostring() return (self:text(6)) end

return M

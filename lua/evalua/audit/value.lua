--- Values of the audit: intervals of exact numbers with a unit.
---
--- 余: 15万余 is more than 15 and less than 16万 (the place of the last digit
--- that is not zero); where whole things are counted, 40余次 is 41 to 49. 约:
--- what is written is the figure, and the interval around it (5 % unless the
--- rules say otherwise) is only used to tell "not equal" from "not known". A
--- figure read as `printed` stands for all that rounds to it.

local exact = require "evalua.exact"
local units = require "evalua.audit.units"

local M = {}

---@class evalua.audit.value
---@field lo evalua.exact? in base units; nil: no bound
---@field hi evalua.exact?
---@field lo_open boolean?
---@field hi_open boolean?
---@field near { lo: evalua.exact?, hi: evalua.exact? } the same, 约 as written
---@field loose boolean? not known to the last digit
---@field vague boolean? 约 is in it
---@field dims table<string, integer>
---@field unit string? to print in
---@field factor evalua.exact of that unit

local zero, one = exact.of(0), exact.of(1)

--- A number that is known, in a unit (nil: none).
---@param number evalua.exact
---@param unit_name string?
---@return evalua.audit.value
function M.point(number, unit_name)
  local unit = unit_name and units.find(unit_name)
  local factor = unit and unit.factor or one
  local at = number * factor
  return { lo = at, hi = at, near = { lo = at, hi = at },
    dims = unit and unit.dims or {}, unit = unit_name,
    factor = factor, plain = unit and unit.plain,
    plain_factor = unit and unit.plain_factor }
end

--- Value of the place of the last digit that is not zero: 1000 of "6000",
--- 0.01 of "13.72".
local function last_place(text)
  local whole, part = text:match("^%-?(%d*)%.?(%d*)$")
  part = part:gsub("0+$", "")
  if part ~= "" then return exact.of("0." .. ("0"):rep(#part - 1) .. "1") end
  return exact.of("1" .. whole:match("(0*)$"))
end

local function decimals_of(text) return #(text:match("%.(%d*)$") or "") end

local function between(value, lo, hi, lo_open, hi_open)
  local factor = value.factor
  value.lo, value.hi = lo and lo * factor, hi and hi * factor
  value.lo_open, value.hi_open, value.loose = lo_open, hi_open, true
  return value
end

local qualified = {
  approx_above = function(value, number, text, unit)
    local place = last_place(text)
    local counts = unit ~= nil and units.find(unit).discrete
    if counts and place > one then
      between(value, number + one, number + place - one)
    else
      between(value, number, number + place, true, true)
    end
    value.near = value
  end,
  approx = function(value, number, _, _, about)
    local off = number:abs() * about
    between(value, number - off, number + off)
    value.vague = true
  end,
  at_least = function(value, number)
    between(value, number, nil)
    value.near = value
  end,
  at_most = function(value, number)
    between(value, zero, number)
    value.near = value
  end,
}

--- What a figure stands for.
---@param text string the number as written, plain: "2200.9"
---@param unit_name string?
---@param qualifier string? exact approx_above approx at_least at_most
---@param opts { about: evalua.exact, printed: boolean? }
---@return evalua.audit.value
function M.of(text, unit_name, qualifier, opts)
  local number = exact.of(text)
  local value = M.point(number, unit_name)
  local qualify = qualified[qualifier or "exact"]
  if qualify ~= nil then
    qualify(value, number, text, unit_name, opts.about)
  elseif opts.printed then
    local half = exact.of("0." .. ("0"):rep(decimals_of(text)) .. "5")
    between(value, number - half, number + half)
    value.loose, value.near = nil, value
  end
  return value
end

-- Arithmetic ------------------------------------------------------------------

local function same_dims(a, b)
  for name, power in pairs(a.dims) do
    if power ~= (b.dims[name] or 0) then return false end
  end
  for name, power in pairs(b.dims) do
    if power ~= (a.dims[name] or 0) then return false end
  end
  return true
end
M.same_dims = same_dims

--- Nothing at all is nothing in every unit: 0, not 0人.
---@param value evalua.audit.value
---@return boolean
function M.is_bare_zero(value)
  return value.unit == nil and next(value.dims) == nil and value.lo ~= nil
    and value.hi ~= nil and value.lo:sign() == 0 and value.hi:sign() == 0
end

local function combine_dims(a, b, sign)
  local dims = {}
  for name, power in pairs(a.dims) do dims[name] = power end
  for name, power in pairs(b.dims) do
    dims[name] = (dims[name] or 0) + sign * power
    if dims[name] == 0 then dims[name] = nil end
  end
  return dims
end

local function sum_of(x, y) return x and y and x + y or nil end

local function labelled(value, from)
  value.unit, value.factor = from.unit, from.factor
  value.plain, value.plain_factor = from.plain, from.plain_factor
  return value
end

--- Whether a value is one number, held once for both ends and what is near.
local function is_one(a)
  return rawequal(a.lo, a.hi) and rawequal(a.near.lo, a.lo)
    and rawequal(a.near.hi, a.lo) and a.lo ~= nil
end

--- a + b, of one dimension.
function M.add(a, b)
  local label = a.unit and a or b
  if is_one(a) and is_one(b) then
    local sum = a.lo + b.lo
    return labelled({ lo = sum, hi = sum, near = { lo = sum, hi = sum },
      lo_open = a.lo_open or b.lo_open, hi_open = a.hi_open or b.hi_open,
      loose = a.loose or b.loose, vague = a.vague or b.vague,
      dims = a.dims }, label)
  end
  return labelled({ lo = sum_of(a.lo, b.lo), hi = sum_of(a.hi, b.hi),
    lo_open = a.lo_open or b.lo_open, hi_open = a.hi_open or b.hi_open,
    near = { lo = sum_of(a.near.lo, b.near.lo),
      hi = sum_of(a.near.hi, b.near.hi) },
    loose = a.loose or b.loose, vague = a.vague or b.vague, dims = a.dims },
    label)
end

function M.negate(a)
  local function turned(side)
    return { lo = side.hi and -side.hi, hi = side.lo and -side.lo }
  end
  local value = turned(a)
  value.lo_open, value.hi_open = a.hi_open, a.lo_open
  value.near, value.loose, value.dims = turned(a.near), a.loose, a.dims
  value.vague = a.vague
  return labelled(value, a)
end

local function is_positive(side) return side.lo and side.lo:sign() >= 0 end

--- Ends of the product of two sides; unbounded both ways where one has no
--- bound and they are not both positive.
local function product(a, b)
  if is_positive(a) and is_positive(b) then
    return a.lo * b.lo, a.hi and b.hi and a.hi * b.hi or nil
  end
  if not (a.lo and a.hi and b.lo and b.hi) then return nil, nil end
  local lo, hi
  for _, x in ipairs { a.lo, a.hi } do
    for _, y in ipairs { b.lo, b.hi } do
      local p = x * y
      if lo == nil or p < lo then lo = p end
      if hi == nil or p > hi then hi = p end
    end
  end
  return lo, hi
end

--- An end is open where one that makes it is; for values below zero the
--- closed reading is kept, which never decides more than it should.
local function open_ends(a, b)
  if not (is_positive(a) and is_positive(b)) then return false, false end
  return (a.lo_open or b.lo_open) and true or false,
    (a.hi_open or b.hi_open) and true or false
end

function M.multiply(a, b)
  local value = { dims = combine_dims(a, b, 1), loose = a.loose or b.loose,
    vague = a.vague or b.vague }
  value.lo, value.hi = product(a, b)
  value.lo_open, value.hi_open = open_ends(a, b)
  local lo, hi = product(a.near, b.near)
  value.near = { lo = lo, hi = hi }
  if b.unit == nil or b.unit == "%" then return labelled(value, a) end
  if a.unit == nil or a.unit == "%" then return labelled(value, b) end
  value.factor = one
  return value
end

local function inverse(side)
  if not (side.lo and side.lo:sign() > 0) then return nil end
  return { lo = side.hi and one / side.hi or zero, hi = one / side.lo,
    lo_open = side.hi == nil or side.hi_open, hi_open = side.lo_open }
end

--- What a ratio is printed in: 万元 by 万元 in nothing, 万元 by 人次 in 元/人次.
local function ratio_label(value, a, b)
  value.factor = one
  if a.unit == nil then
    if b.unit and same_dims(value, b) then labelled(value, b) end
    return
  end
  if b.unit == nil then return labelled(value, a) end
  if next(value.dims) == nil and a.plain == b.plain then return end
  if next(value.dims) == nil and next(a.dims) ~= nil then return end
  value.unit = a.plain .. "/" .. b.plain
  value.factor = a.plain_factor / b.plain_factor
  value.plain, value.plain_factor = value.unit, value.factor
end

--- a / b; nil where b may be zero or below.
function M.divide(a, b)
  local under, near = inverse(b), inverse(b.near)
  if under == nil or near == nil then return nil end
  local value = { dims = combine_dims(a, b, -1), loose = a.loose or b.loose,
    vague = a.vague or b.vague }
  value.lo, value.hi = product(a, under)
  value.lo_open, value.hi_open = open_ends(a, under)
  local lo, hi = product(a.near, near)
  value.near = { lo = lo, hi = hi }
  ratio_label(value, a, b)
  return value
end

function M.abs(a)
  if is_positive(a) then return a end
  if a.hi and a.hi:sign() <= 0 then return M.negate(a) end
  local most = a.lo and a.hi and (-a.lo > a.hi and -a.lo or a.hi) or nil
  return labelled({ lo = zero, hi = most, near = { lo = zero, hi = most },
    loose = a.loose, vague = a.vague, dims = a.dims }, a)
end

-- Comparison: true, false, or nil where it is not known -------------------------

--- Whether a's numbers all lie below b's (or, with `equal`, not above).
local function below(a, b, equal)
  if a.hi == nil or b.lo == nil then return false end
  if a.hi < b.lo then return true end
  return a.hi == b.lo and (equal or a.hi_open or b.lo_open) and true or false
end

local function is_point(side)
  return side.lo and side.hi and side.lo == side.hi
end

local function same_end(x, y)
  return x == nil and y == nil or x ~= nil and y ~= nil and x == y
end

local function identical(a, b)
  return same_end(a.lo, b.lo) and same_end(a.hi, b.hi)
    and not a.lo_open == not b.lo_open and not a.hi_open == not b.hi_open
end

--- Equal is: the same as written; or an exact (or rounded) figure that lies in
--- the other's interval. Two figures with 余 must be the same two; what 约
--- leaves open stays open.
local function equal(a, b)
  if below(a, b, false) or below(b, a, false) then return false end
  local nominal = is_point(a.near) and is_point(b.near)
  if nominal and a.near.lo == b.near.lo then return true end
  if a.vague or b.vague then return nil end
  if a.loose and b.loose then return identical(a, b) or nil end
  return true
end

local function less(a, b, or_equal)
  if below(a, b, or_equal) then return true end
  if below(b, a, not or_equal) then return false end
  return nil
end

local relations = {
  ["="] = equal,
  ["≠"] = function(a, b)
    local answer = equal(a, b)
    if answer == nil then return nil end
    return not answer
  end,
  ["≤"] = function(a, b) return less(a, b, true) end,
  ["<"] = function(a, b) return less(a, b, false) end,
  ["≥"] = function(a, b) return less(b, a, true) end,
  [">"] = function(a, b) return less(b, a, false) end,
}

--- Whether a stands in the relation to b.
---@param relation "="|"≠"|"<"|"≤"|">"|"≥"
---@return boolean? answer nil: the figures do not decide it
function M.compare(relation, a, b) return relations[relation](a, b) end

return M

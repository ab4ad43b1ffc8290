--- What a qualified figure can be: 15万余 is more than 15 and less than 16.
---
--- exact v: [v, v]. approx_above (余): the open interval from v to v plus the
--- place value of its last non-zero digit (a convention of the language).
--- at_least: [v, ∞). approx (约): no interval is known, unless the caller says
--- by how many percent such figures may be off.

local core = require "evalua.core"
local exact = require "evalua.exact"

local M = {}

---@class evalua.interval
---@field low evalua.exact? nil: no bound, or not known
---@field high evalua.exact?
---@field low_open boolean?
---@field high_open boolean?
---@field unknown boolean? nothing is known but the figure itself
local Interval = {}
Interval.__index = Interval

local function make(low, high, low_open, high_open)
  return setmetatable({ low = low, high = high, low_open = low_open,
    high_open = high_open }, Interval)
end

--- The place value of the last digit that is not zero; nil for zero.
---@param value evalua.decimal
---@return evalua.decimal?
function M.last_place(value)
  local units, scale = math.abs(value:units()), value:scale()
  if units == 0 then return nil end
  local place = 1
  while units % 10 == 0 do units, place = units // 10, place * 10 end
  return core.decimal.new(place, scale)
end

--- The interval of a figure as written.
---@param value evalua.decimal
---@param qualifier "exact"|"approx_above"|"approx"|"at_least"|nil
---@param approx_pct evalua.decimal? how far 约 reaches, in percent
---@return evalua.interval
function M.of(value, qualifier, approx_pct)
  local v = exact.of(value)
  if qualifier == nil or qualifier == "exact" then return make(v, v) end
  if qualifier == "at_least" then return make(v, nil) end
  if qualifier == "approx_above" then
    local place = M.last_place(value)
    if place ~= nil then return make(v, v + place, true, true) end
  elseif approx_pct ~= nil then
    local off = exact.ratio(v * approx_pct, 100)
    if off:sign() < 0 then off = -off end
    return make(v - off, v + off)
  end
  return setmetatable({ unknown = true }, Interval)
end

--- Whether it is one number.
---@return boolean
function Interval:is_exact()
  return self.low ~= nil and self.high ~= nil and self.low == self.high
end

--- Each bound times a factor above zero.
---@param factor evalua.exact|evalua.decimal|integer
---@return evalua.interval
function Interval:scale(factor)
  if self.unknown then return self end
  return make(self.low and self.low * factor, self.high and self.high * factor,
    self.low_open, self.high_open)
end

--- What the sum of figures can be: unknown as soon as one of them is.
---@param list evalua.interval[]
---@return evalua.interval
function M.sum(list)
  local low, high = exact.of(0), exact.of(0)
  local low_open, high_open = false, false
  for _, item in ipairs(list) do
    if item.unknown then return item end
    low = low and item.low and low + item.low
    high = high and item.high and high + item.high
    low_open = low_open or item.low_open or false
    high_open = high_open or item.high_open or false
  end
  return make(low or nil, high or nil, low_open, high_open)
end

--- Whether every number in it is at least the limit (true), none is (false),
--- or some are (nil).
---@param limit evalua.exact|evalua.decimal|integer
---@return boolean?
function Interval:reaches(limit)
  if self.unknown then return nil end
  limit = exact.of(limit)
  if self.low ~= nil and self.low >= limit then return true end
  if self.high == nil then return nil end
  local order = self.high:compare(limit)
  if order < 0 or order == 0 and self.high_open then return false end
  return nil
end

--- Whether every number in it is at most the limit, none is, or some are.
---@param limit evalua.exact|evalua.decimal|integer
---@return boolean?
function Interval:stays_within(limit)
  if self.unknown then return nil end
  limit = exact.of(limit)
  if self.high ~= nil and self.high <= limit then return true end
  if self.low == nil then return nil end
  local order = self.low:compare(limit)
  if order > 0 or order == 0 and self.low_open then return false end
  return nil
end

--- "(40, 50)", "[3, ∞)"; nil where it is one number or nothing is known.
---@param write fun(bound: evalua.exact): string
---@param between string? ", "
---@return string?
function Interval:text(write, between)
  if self.unknown or self:is_exact() then return nil end
  return (self.low_open and "(" or "[") .. write(self.low)
    .. (between or ", ") .. (self.high and write(self.high) or "∞")
    .. ((self.high_open or self.high == nil) and ")" or "]")
end

return M

--- Units of measure, from data/extract/units.csv: which figures can be added
--- and compared, and by what factor.

local core = require "evalua.core"
local exact = require "evalua.exact"

local M = {}

---@class evalua.audit.unit
---@field name string
---@field dims table<string, integer> exponents of the families in it
---@field factor evalua.exact how many base units it is
---@field discrete boolean it counts whole things
---@field worded boolean? may follow a number written in words (三个)
---@field plain string the name without 万, 亿 before it
---@field plain_factor evalua.exact factor of `plain`

local powers = { ["万"] = "10000", ["亿"] = "100000000", ["千"] = "1000",
  ["百万"] = "1000000", ["千万"] = "10000000", ["万亿"] = "1000000000000" }

--- Families whose figures are plain numbers: things counted, shares.
local plain = { count = true, share = true, points = true, times = true }

local function dimensions(family)
  return plain[family] and {} or { [family] = 1 }
end

local loaded = nil

local function load_units()
  local path = require("evalua").root() .. "/data/extract/units.csv"
  local t = assert(core.csv.read(path, nil, { types = { unit = "text",
    family = "text", factor = "text", discrete = "text",
    worded = "text" } }))
  local units = {}
  for i = 1, t:nrows() do
    local row = t[i]
    local ok, factor = pcall(exact.of, row.factor)
    if not (ok and row.unit and row.family) or factor:sign() <= 0 then
      error(("data/extract/units.csv:%d: unit, family and factor are needed, "
        .. "the factor as a number like 10000 or 2000/3, not '%s'"):format(
        i + 1, row.factor or ""), 0)
    end
    units[row.unit] = { name = row.unit, dims = dimensions(row.family),
      factor = factor, discrete = row.discrete ~= nil,
      worded = row.worded ~= nil, plain = row.unit, plain_factor = factor }
  end
  return units
end

--- All units by name.
---@return table<string, evalua.audit.unit>
function M.all()
  loaded = loaded or load_units()
  return loaded
end

--- "万人次" as 人次 times 10000; nil when it is no such name.
local function with_power(name, units)
  for power, size in pairs(powers) do
    local inner = name:sub(1, #power) == power and units[name:sub(#power + 1)]
    if inner then
      return { name = name, dims = inner.dims,
        factor = inner.factor * exact.of(size), discrete = false,
        plain = inner.name, plain_factor = inner.factor }
    end
  end
end

--- "人/平方公里" as one unit by the other.
local function quotient(name)
  local upper, lower = name:match("^(.-)/(.+)$")
  if upper == nil or upper == "" then return nil end
  local a, b = M.find(upper), M.find(lower)
  local dims = {}
  for family, power in pairs(a.dims) do dims[family] = power end
  for family, power in pairs(b.dims) do
    dims[family] = (dims[family] or 0) - power
    if dims[family] == 0 then dims[family] = nil end
  end
  local factor = a.factor / b.factor
  return { name = name, dims = dims, factor = factor, discrete = false,
    plain = name, plain_factor = factor }
end

--- Units that were put together of others, by name.
local made = {}

--- The unit of a name; one that the file does not have is a family of its own.
---@param name string
---@return evalua.audit.unit
function M.find(name)
  local units = M.all()
  if units[name] or made[name] then return units[name] or made[name] end
  local unit = with_power(name, units) or quotient(name)
  if unit then made[name] = unit end
  return unit or { name = name, dims = { [name] = 1 }, factor = exact.of(1),
    discrete = false, plain = name, plain_factor = exact.of(1) }
end

return M

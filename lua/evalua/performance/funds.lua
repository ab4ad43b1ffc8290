--- The money behind an execution rate: 年初预算数, 全年预算数 (A), 全年执行数
--- (B). The rate is B/A; without A it is against the original budget and says
--- so.

local core = require "evalua.core"
local budget = require "evalua.budget"
local money = require "evalua.performance.money"
local exact = require "evalua.exact"
local unit_year = require "evalua.performance.year"

local M = {}

---@class evalua.funds
---@field original evalua.decimal?
---@field adjusted evalua.decimal?
---@field executed evalua.decimal?
---@field unit string
---@field rows table<string, table[]>? rows behind each of the three

--- An amount that carries its unit: "7000万元".
---@param text string
---@return evalua.decimal? amount
---@return string unit or message
function M.amount(text)
  local value, unit = core.decimal.parse(text)
  if value == nil then return nil, unit end
  if unit == nil or budget.unit_factor(unit, "元") == nil then
    return nil, ("the amount '%s' has no unit: write 元, 万元 or 亿元 behind it")
      :format(text)
  end
  return value, unit
end

--- The same in the unit of the other amounts.
---@param text string
---@param unit string
---@return evalua.decimal? amount
---@return string? message
function M.amount_in(text, unit)
  local value, own = M.amount(text)
  if value == nil then return nil, own end
  local factor = assert(budget.unit_factor(own, unit))
  local amount = exact.ratio(value, factor):as_decimal()
  if amount == nil then return nil, ("'%s' has too many digits"):format(text) end
  return amount:round(math.max(2, unit_year.places(amount)))
end

--- Of a unit's year, for expenditure.
---@param year evalua.year
---@return evalua.funds
function M.of_year(year)
  local funds = { unit = year.money_unit, rows = {} }
  for _, version in ipairs(money.versions) do
    funds[version], funds.rows[version] = money.amount(year.budget,
      { flow = "expense", version = version })
  end
  return funds
end

--- The rows behind some of the three.
---@param funds evalua.funds
---@param ... string versions
---@return table[]
function M.rows(funds, ...)
  local all = {}
  for _, version in ipairs { ... } do
    local rows = funds.rows and funds.rows[version] or {}
    table.move(rows, 1, #rows, #all + 1, all)
  end
  return all
end

--- Of a list {"original=100万元", "executed=90万元"}.
---@param list string[]
---@return evalua.funds? funds
---@return string? message
function M.of_list(list)
  local funds = {}
  for _, item in ipairs(list) do
    local version, text = item:match("^(%l+)=(.+)$")
    if version ~= "original" and version ~= "adjusted"
      and version ~= "executed" then
      return nil, ("--funds: '%s' is not original=AMOUNT, adjusted=AMOUNT or "
        .. "executed=AMOUNT"):format(item)
    end
    local amount, unit = M.amount(text)
    if amount == nil then return nil, unit end
    funds.unit = funds.unit or unit
    local problem
    funds[version], problem = M.amount_in(text, funds.unit)
    if problem then return nil, problem end
  end
  return funds
end

--- B/A in percent and what A is; nil where one is missing or A is zero.
---@param funds evalua.funds
---@return evalua.exact? percent
---@return "adjusted"|"original"|nil base
function M.rate(funds)
  local base = funds.adjusted and "adjusted" or funds.original and "original"
  if base == nil or funds.executed == nil then return nil, base or nil end
  return M.percent(funds.executed, funds[base]), base
end

--- 100·a/b; nil where b is missing or zero.
---@param a evalua.decimal?
---@param b evalua.decimal?
---@return evalua.exact?
function M.percent(a, b)
  if a == nil or b == nil or b:sign() == 0 then return nil end
  return exact.ratio(a, b) * 100
end

return M

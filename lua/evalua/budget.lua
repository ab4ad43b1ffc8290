--- Budget words: kinds of account, versions of a budget, units of money.

local core = require "evalua.core"

local M = {}

--- Words for the kind of an account (IPSAS 24, Chinese budget law, US CAFR).
local kinds = {
  revenue = "revenue", revenues = "revenue", income = "revenue",
  ["收入"] = "revenue",
  expense = "expense", expenses = "expense", expenditure = "expense",
  expenditures = "expense", ["支出"] = "expense",
}

--- The kind that a word names, whatever its case; nil when it names none.
---@param word string
---@return "revenue"|"expense"|nil
function M.kind(word)
  return kinds[word:lower():match("^%s*(.*%S)")]
end

--- Versions of a budget (IPSAS 24: original, final; MoF 自评表: 年初预算数,
--- 全年预算数, 全年执行数), with the words that files use for them.
local versions = {
  original = "original", adopted = "original", ["年初预算数"] = "original",
  ["年初预算"] = "original",
  adjusted = "adjusted", revised = "adjusted", final = "adjusted",
  ["全年预算数"] = "adjusted", ["调整预算数"] = "adjusted",
}

--- The version of the budget that a word names; nil when it names none.
---@param word string
---@return "original"|"adjusted"|nil
function M.version(word)
  return versions[word:lower()]
end

--- Powers of ten of the units of money, against 元.
local exponents = { ["元"] = 0, ["千元"] = 3, ["万元"] = 4, ["百万元"] = 6,
  ["亿元"] = 8 }

--- How many times smaller numbers get when `from` is shown in `to`.
--- `to` is a unit or a number ("1000": thousands of whatever the source has).
--- nil and a message when the two do not fit together.
---@param from string? the source's unit
---@param to string
---@return evalua.decimal? factor
---@return string? message
function M.unit_factor(from, to)
  local number = core.decimal.parse(to)
  if number ~= nil and exponents[to] == nil then
    if number <= 0 then return nil, "--unit must be above zero" end
    return number
  end
  if exponents[to] == nil then
    return nil, ("unknown unit '%s'; there are: 元, 千元, 万元, 百万元, 亿元, "
      .. "or a number"):format(to)
  end
  if from == nil then
    return nil, ("the source does not say its unit, so it cannot be shown in "
      .. "%s: name it with --amount-unit"):format(to)
  end
  if exponents[from] == nil then
    return nil, ("amounts in '%s' cannot be shown in %s"):format(from, to)
  end
  local shift = exponents[to] - exponents[from]
  if shift >= 0 then return core.decimal.new(math.tointeger(10 ^ shift), 0) end
  return core.decimal.new(1, -shift)
end

--- Units in which Chinese budgets come, for English readers.
local english_units = { ["元"] = "CNY", ["千元"] = "CNY thousand",
  ["万元"] = "10k CNY", ["百万元"] = "CNY million", ["亿元"] = "100m CNY" }

--- Currencies by their codes, for Chinese readers.
local chinese_units = { CNY = "元", USD = "美元", EUR = "欧元", GBP = "英镑",
  JPY = "日元", HKD = "港元", MOP = "澳门元", TWD = "新台币元", KRW = "韩元",
  AUD = "澳元", CAD = "加元", SGD = "新加坡元", CHF = "瑞士法郎", RUB = "卢布" }

--- What to write beside amounts, and what to divide them by (nil: nothing).
---@param from string? the source's unit
---@param to string? the unit asked for
---@param lang "en"|"zh"
---@return string? name
---@return evalua.decimal? factor
---@return string? message when the two do not fit together
function M.shown_unit(from, to, lang)
  local name, factor = from, nil
  if to ~= nil then
    local message
    factor, message = M.unit_factor(from, to)
    if factor == nil then return nil, nil, message end
    name = exponents[to] and to or "÷ " .. to
  end
  local names = lang == "en" and english_units or chinese_units
  return names[name] or name, factor
end

return M

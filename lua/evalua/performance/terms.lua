--- Words of the data for people (data/indicators/terms.csv: units of measure,
--- levels of indicators, kinds and states), and figures as they are printed.

local budget = require "evalua.budget"
local format = require "evalua.report.format"
local lang = require "evalua.lang"
local source = require "evalua.source"

local M = {}

local loaded = nil

local function load_terms()
  local path = require("evalua").root() .. "/data/indicators/terms.csv"
  local terms = {}
  for _, row in assert(source.read_csv(path, {})):rows() do
    terms[row.kind .. "\0" .. row.key] = row
  end
  return terms
end

--- The word for a key; the key itself where there is none.
---@param lang_ "en"|"zh"
---@param kind string
---@param key string?
---@return string
function M.find(lang_, kind, key)
  loaded = loaded or load_terms()
  local row = loaded[kind .. "\0" .. (key or "")]
  if row == nil then return key or "" end
  return row[lang_] or ""
end

--- A unit of measure: counting words (个, 家 …) have none in English.
---@param lang_ "en"|"zh"
---@param unit string?
---@return string
function M.unit(lang_, unit) return M.find(lang_, "unit", unit) end

--- The unit of money beside amounts.
---@param lang_ "en"|"zh"
---@param unit string
---@return string
function M.money(lang_, unit)
  return (budget.shown_unit(unit, nil, lang_))
end

--- How many times larger a figure reads in the language: English counts
--- people where Chinese counts 万人. Money stays in its unit.
local function factor_of(lang_, unit)
  loaded = loaded or load_terms()
  local row = loaded["unit\0" .. (unit or "")]
  return lang_ == "en" and row and row.factor_en or 1
end

--- Digits as written, grouped.
---@param value evalua.decimal?
---@return string
function M.number(value)
  if value == nil then return format.MISSING end
  return format.amount(value, { places = value:scale() })
end

--- A fraction with at most so many decimals, zeros at the end left out.
---@param value evalua.exact?
---@param places integer
---@return string
function M.fraction(value, places)
  if value == nil then return format.MISSING end
  local rounded = value:decimal(places)
  return rounded and M.number(rounded:trim()) or tostring(value)
end

--- An amount of money with two decimals.
---@param value evalua.decimal?
---@param plus boolean? write a plus sign
---@return string
function M.amount(value, plus)
  return format.amount(value, { places = 2, plus = plus })
end

--- A fraction that holds percent already.
---@param value evalua.exact?
---@param lang_ "en"|"zh"
---@param plus boolean?
---@return string
function M.percent(value, lang_, plus)
  if value == nil then return lang.text(lang_, "n/a") end
  return format.percent(value:decimal(2), { plus = plus }, lang_)
end

--- A difference of two percentages: points, which have no sign behind them.
---@param value evalua.exact
---@return string
function M.points(value) return M.amount(value:decimal(2), true) end

local qualified = { zh = { approx_above = "%s余", approx = "约%s",
  at_least = "至少%s" }, en = { approx_above = "over %s", approx = "about %s",
  at_least = "at least %s" } }

--- A figure with its qualifier: 40余, over 40. In English a figure in 万人
--- is one in people.
---@param lang_ "en"|"zh"
---@param value evalua.decimal?
---@param qualifier string?
---@param unit string?
---@return string
function M.qualified(lang_, value, qualifier, unit)
  local factor = factor_of(lang_, unit)
  if value and factor ~= 1 then value = (value * factor):trim() end
  local text = M.number(value)
  local pattern = value and qualified[lang_][qualifier]
  return pattern and pattern:format(text) or text
end

--- A figure with qualifier and unit: 15余万人, over 150,000 people.
---@param lang_ "en"|"zh"
---@param value evalua.decimal?
---@param qualifier string?
---@param unit string?
---@return string
function M.measured(lang_, value, qualifier, unit)
  local text = M.qualified(lang_, value, qualifier, unit)
  if value == nil then return text end
  local word = M.unit(lang_, unit)
  if word == "" then return text end
  return text .. ((lang_ == "zh" or word == "%") and "" or " ") .. word
end

--- What a qualified figure can be, or "" where that adds nothing.
---@param lang_ "en"|"zh"
---@param range evalua.interval?
---@param unit string?
---@return string
function M.range(lang_, range, unit)
  if range == nil then return "" end
  if range.unknown then return lang.text(lang_, "not known") end
  local factor = factor_of(lang_, unit)
  return range:text(function(bound)
    return M.fraction(bound * factor, 6)
  end, "; ") or ""
end

return M

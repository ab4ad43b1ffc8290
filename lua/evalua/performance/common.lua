--- Common indicators of a unit's whole expenditure (预算完成率, 结转结余率 …):
--- formulas as data (data/indicators/common.csv) over named parts
--- (parts.csv), computed exactly, or n/a with the names of what is missing.

local files = require "evalua.performance.formula_files"
local money = require "evalua.performance.money"
local exact = require "evalua.exact"
local unit_year = require "evalua.performance.year"

local M = {}

-- The files -------------------------------------------------------------

local loaded = {}

local function parts()
  loaded.parts = loaded.parts or files.parts()
  return loaded.parts
end

--- All common indicators in the order of the file, variants too.
---@return table[] rows id, variant, name_zh, name_en, numerator, denominator
function M.list()
  loaded.list = loaded.list or files.common(parts())
  return loaded.list
end

--- The indicator that "id" or "id:variant" names.
---@param name string
---@return table? row
---@return string? message
function M.find(name)
  local id, variant = name:match("^([%w_]+):?([%w_]*)$")
  local ids, seen = {}, {}
  for _, row in ipairs(M.list()) do
    if row.id == id and (row.variant or "") == variant then return row end
    if not seen[row.id] then ids[#ids + 1] = row.id end
    seen[row.id] = true
  end
  return nil, ("there is no common indicator '%s'; there are: %s"):format(name,
    table.concat(ids, ", "))
end

-- Parts -----------------------------------------------------------------

local money_units = { ["元"] = true, ["千元"] = true, ["万元"] = true,
  ["百万元"] = true, ["亿元"] = true }

--- A base figure; money in the unit of the budget's amounts.
local function base_value(year, fact)
  local unit = fact.measure_unit
  if not money_units[unit] or unit == year.money_unit then return fact.value end
  local factor = assert(require("evalua.budget").unit_factor(unit,
    year.money_unit))
  return exact.ratio(fact.value, factor)
end

local function money_part(year, part)
  local rows = part.what.year == "-1" and year.previous or year.budget
  return money.amount(rows, part.what)
end

--- The only figure of the first group that has just one.
local function base_part(year, part)
  for section, grp in part.select:gmatch("([%w_]+)/([%w_]+)") do
    local found = year:figures(section, grp)
    if #found == 1 then return base_value(year, found[1]), found end
  end
  return nil, {}
end

--- A part's value as a fraction, or nil; and the rows it is from.
local function part_value(year, name)
  local part = parts()[name]
  local get = part.kind == "money" and money_part or base_part
  local value, rows = get(year, part)
  return value and exact.of(value), rows
end

-- Formulas --------------------------------------------------------------

local operators = {
  add = function(a, b) return a + b end,
  subtract = function(a, b) return a - b end,
  multiply = function(a, b) return a * b end,
  divide = function(a, b) return exact.ratio(a, b) end,
}

--- What a formula over parts comes to; parts that are not there go into
--- `missing`, rows used into `from`.
local function evaluate(tree, year, missing, from)
  if tree.op == "literal" then return exact.of(tree.value) end
  if tree.op == "column" then
    local value, rows = part_value(year, tree.name)
    if value == nil then missing[#missing + 1] = tree.name end
    table.move(rows, 1, #rows, #from + 1, from)
    return value
  end
  local operator = operators[tree.op]
  local a = evaluate(tree[1], year, missing, from)
  local b = evaluate(tree[2], year, missing, from)
  return a and b and operator(a, b)
end

local function unique(list)
  local seen, out = {}, {}
  for _, item in ipairs(list) do
    if not seen[item] then out[#out + 1] = item end
    seen[item] = true
  end
  return out
end

--- A formula over parts: {value= (fraction or nil), missing= names, from=
--- rows}.
---@param tree table
---@param year evalua.year
---@return table
function M.evaluate(tree, year)
  local missing, from = {}, {}
  local value = evaluate(tree, year, missing, from)
  return { value = value, missing = unique(missing), from = unique(from) }
end

--- Names of parts for people.
---@param names string[]
---@param lang "en"|"zh"
---@return string
function M.part_names(names, lang)
  local list = {}
  for i, name in ipairs(names) do
    list[i] = unit_year.name(parts()[name], lang)
  end
  return table.concat(list, lang == "zh" and "、" or "; ")
end

local function join(a, b)
  return unique(table.move(b, 1, #b, #a + 1, a))
end

--- A common indicator of a unit's year: {row=, value= (percent, a fraction),
--- missing= names of parts, zero= true where the denominator is 0, from=,
--- numerator=, denominator=}.
---@param row table of M.find
---@param year evalua.year
---@return table
function M.compute(row, year)
  local top = M.evaluate(row.trees.numerator, year)
  local bottom = M.evaluate(row.trees.denominator, year)
  local result = { row = row, numerator = top.value,
    denominator = bottom.value, missing = join(top.missing, bottom.missing),
    from = join(top.from, bottom.from) }
  if top.value == nil or bottom.value == nil then return result end
  if bottom.value:sign() == 0 then
    result.zero = true
    return result
  end
  result.value = exact.ratio(top.value * 100, bottom.value)
  return result
end

-- The base-data form ----------------------------------------------------

--- 基础数据表: rows {row=, last=, budget=, final=}, each cell a result of
--- M.evaluate or nil where the form has none.
---@param year evalua.year
---@return table[]
function M.base_form(year)
  local rows = {}
  for i, row in ipairs(files.base_form(parts())) do
    rows[i] = { row = row }
    for _, column in ipairs { "last", "budget", "final" } do
      local tree = row.trees[column]
      rows[i][column] = tree and M.evaluate(tree, year)
    end
  end
  return rows
end

--- The form's own arithmetic: what was filed against what its parts give, at
--- the digits that were filed.
---@param year evalua.year
---@return table[] checks {row=, outcome= holds|fails|undecided, stated=,
---  computed=, missing=}
function M.base_checks(year)
  local checks = {}
  for i, row in ipairs(files.base_checks(parts())) do
    local stated = M.evaluate(row.trees.stated, year)
    local computed = M.evaluate(row.trees.computed, year)
    local check = { row = row, outcome = "undecided", stated = stated.value,
      computed = computed.value, missing = join(stated.missing,
        computed.missing), from = join(stated.from, computed.from) }
    if stated.value and computed.value then
      local filed = stated.value:as_decimal()
      local same = computed.value:decimal(filed:scale(), "half-up")
      check.outcome = same ~= nil and same:eq(filed) and "holds" or "fails"
    end
    checks[i] = check
  end
  return checks
end

return M

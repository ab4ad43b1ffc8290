--- PEFA 2016, budget reliability: PI-1 aggregate expenditure, PI-2 its
--- composition (2.1 by head, 2.2 by economic type, 2.3 contingency), PI-3
--- revenue (3.1 in total, 3.2 its composition). The ranges that earn a score
--- are rows of data/pefa/; values are exact fractions until they are printed.

local blame = require "evalua.blame"
local budget = require "evalua.budget"
local core = require "evalua.core"
local exact = require "evalua.exact"
local rules = require "evalua.pefa_rules"

local M = {}

---@class evalua.table
local Table = core.table.methods

local raise, call = blame.new(debug.getinfo(1, "S").source)

--- Years that are held against the ranges, and how a large list of heads is
--- cut (PEFA 2016, dimension 2.1; pefa.org node/4871).
local YEARS, MOST_HEADS, SHARE_OF_HEADS = 3, 20, 75

--- Digits of a printed percent; why there is none.
local PLACES, NO_VALUE = 6, "the budget or the outturn is not above zero"

local columns = { "year", "head", "base", "actual", "kind", "economic" }
local known = { "year", "head", "base", "actual", "kind", "economic",
  "contingency", "interest", "no_contingency" }

-- The rows --------------------------------------------------------------------

local function check_options(t, opts)
  if type(opts) ~= "table" then
    raise("pefa", "{year=, head=, base=, actual=} was expected")
  end
  blame.check_names(raise, "pefa", opts, known)
  for i, name in ipairs(columns) do
    if opts[name] ~= nil then call("pefa", t.column, t, opts[name])
    elseif i <= 4 then raise("pefa", name .. " = \"column\" was expected") end
  end
  for _, name in ipairs { "base", "actual" } do
    local kind = t:column(opts[name]):type()
    if kind ~= "int" and not kind:find "^decimal" then
      raise("pefa", ("'%s' is %s, not exact amounts"):format(opts[name],
        kind))
    end
  end
  if opts.contingency ~= nil and opts.no_contingency then
    raise("pefa", "contingency and no_contingency contradict each other")
  end
end

--- Sums by year and `key`, each {year, head, base, actual}; what is missing
--- counts nothing.
local function sums(t, opts, key)
  local zero = core.decimal.new(0, 0)
  local rows, message, code = t:group_by(opts.year, key):summarise {
    { name = "base", fn = "sum", column = opts.base },
    { name = "actual", fn = "sum", column = opts.actual } }
  if rows == nil then return nil, message, code end
  local list = {}
  for i, row in rows:rows() do
    list[i] = { year = row[opts.year], head = row[key],
      base = row.base or zero, actual = row.actual or zero }
  end
  return list
end

local function is_before(a, b)
  if type(a) == "number" and type(b) == "number" then return a < b end
  return tostring(a) < tostring(b)
end

--- A row of no year would be lost.
local function check_years(t, opts)
  local years = t:column(opts.year)
  if years:missing() == 0 then return true end
  for i, year in ipairs(years:values(core.column.NA)) do
    if year == core.column.NA then
      return nil, ("row %d: there is no year"):format(i)
    end
  end
end

local function years_of(list)
  local years, seen = {}, {}
  for _, line in ipairs(list) do
    if not seen[line.year] then
      seen[line.year] = true
      years[#years + 1] = line.year
    end
  end
  table.sort(years, is_before)
  return years
end

--- Only the lines of a year whose head `keeps` takes.
local function of_year(list, year, keeps)
  local lines = {}
  for _, line in ipairs(list) do
    if line.year == year and (keeps == nil or keeps(line.head)) then
      lines[#lines + 1] = line
    end
  end
  return lines
end

local function amounts(lines, side)
  local list = {}
  for i, line in ipairs(lines) do list[i] = line[side] end
  return list
end

local function total(list)
  local sum = core.decimal.new(0, 0)
  for _, amount in ipairs(list) do sum = sum + amount end
  return sum
end

--- The largest heads that make up three quarters of the budget, at least 20,
--- and one line for all the others.
local function main_heads(lines)
  if #lines <= MOST_HEADS then return lines end
  local sorted = table.move(lines, 1, #lines, 1, {})
  local place = {}
  for i, line in ipairs(sorted) do place[line] = i end
  table.sort(sorted, function(a, b)
    if a.base > b.base or b.base > a.base then return a.base > b.base end
    return place[a] < place[b]
  end)
  local enough = total(amounts(lines, "base")) * SHARE_OF_HEADS
  local heads, rest, sum = {}, {}, core.decimal.new(0, 0)
  for _, line in ipairs(sorted) do
    if #heads < MOST_HEADS or sum * 100 < enough then
      heads[#heads + 1] = line
      sum = sum + line.base
    else
      rest[#rest + 1] = line
    end
  end
  if #rest > 0 then
    heads[#heads + 1] = { base = total(amounts(rest, "base")),
      actual = total(amounts(rest, "actual")) }
  end
  return heads
end

-- One value a year ---------------------------------------------------------------

--- part in percent of whole; nil where either is not above zero.
local function rate(part, whole)
  part, whole = total(part), total(whole)
  if part < 0 or whole <= 0 then return nil end
  return exact.ratio(part, whole) * 100
end

local function outturn(lines)
  return rate(amounts(lines, "actual"), amounts(lines, "base"))
end

--- How far the composition of some actuals is from that of the budgets, in
--- percent: 100·Σ|a − b·k| / Σ b·k with k = Σa / Σb (PEFA 2016, dimension
--- 2.1:3; pefa.org node/4765). nil where a total is not above zero.
---@param budgets evalua.decimal[]
---@param actuals evalua.decimal[] of the same heads
---@return evalua.exact?
function M.composition_variance(budgets, actuals)
  local all, spent = total(budgets), total(actuals)
  if all <= 0 or spent <= 0 then return nil end
  local k = exact.ratio(spent, all)
  local deviations = exact.of(0)
  for i, actual in ipairs(actuals) do
    local deviation = exact.of(actual) - k * budgets[i]
    deviations = deviations + deviation:abs()
  end
  return exact.ratio(deviations * 100, spent)
end

local function variance(lines)
  local heads = main_heads(lines)
  return M.composition_variance(amounts(heads, "base"),
    amounts(heads, "actual"))
end

--- Rows of one dimension: a value for each year, then the score.
local function dimension(result, indicator, years, value_of)
  local values, problem = {}, nil
  for i, year in ipairs(years) do
    local percent = value_of(year)
    local note = percent == nil and NO_VALUE or nil
    if i > #years - YEARS then
      values[#values + 1] = percent
      problem = problem or note and ("%s: %s"):format(year, note)
    end
    result.add(indicator, year, percent and percent:decimal(PLACES), nil, note)
  end
  problem = result.problem or problem
  local score, mean
  if problem == nil then score, mean = rules.score(indicator, values) end
  result.scores[indicator] = score
  result.add(indicator, nil, mean and mean:decimal(PLACES), score, problem)
end

--- Too few years, or not one after the other, is no score.
local function problem_of(years)
  if #years < YEARS then
    return ("a score needs %d years, there are %d"):format(YEARS, #years)
  end
  for i = #years - YEARS + 2, #years do
    local a, b = years[i - 1], years[i]
    if math.type(a) == "integer" and math.type(b) == "integer"
      and b ~= a + 1 then
      return ("the years %d and %d do not follow each other"):format(a, b)
    end
  end
end

local function new_result(years)
  local rows = { order = { "indicator", "year", "value", "score", "note" },
    types = { value = "decimal(6)", indicator = "text", score = "text",
      note = "text" } }
  return { rows = rows, scores = {}, problem = problem_of(years),
    add = function(indicator, year, value, score, note)
      rows[#rows + 1] = { indicator = indicator, year = year, value = value,
        score = score, note = note }
    end }
end

-- The indicators -----------------------------------------------------------------

local function by_head(result, heads, years, is_apart)
  dimension(result, "PI-2.1", years, function(year)
    return variance(of_year(heads, year, function(head)
      return not is_apart[head]
    end))
  end)
end

local function by_economic_type(result, t, opts, years)
  local name = opts.economic
  if name == nil then
    result.add("PI-2.2", nil, nil, nil,
      "needs a column of economic types (--economic)")
    return true
  end
  if opts.contingency ~= nil then
    t = assert(t:where(require("evalua.expr").column(opts.head)
      :ne(opts.contingency)))
  end
  local lines, message, code = sums(t, opts, name)
  if lines == nil then return nil, message, code end
  dimension(result, "PI-2.2", years, function(year)
    return variance(of_year(lines, year))
  end)
  return true
end

local function contingency(result, heads, years, opts)
  if opts.contingency == nil and not opts.no_contingency then
    return result.add("PI-2.3", nil, nil, nil,
      "needs to know the head of the contingency (--contingency), or that "
      .. "there is none (--no-contingency)")
  end
  dimension(result, "PI-2.3", years, function(year)
    local own = of_year(heads, year, function(head)
      return head == opts.contingency
    end)
    return rate(amounts(own, "actual"),
      amounts(of_year(heads, year), "base"))
  end)
end

--- PI-2 by method M1, PI-3 by M2, where every dimension has a score.
local function overall(result, indicator, parts, method)
  local scores = {}
  for _, part in ipairs(parts) do
    if result.scores[part] == nil then
      return result.add(indicator, nil, nil, nil,
        ("%s has no score"):format(part))
    end
    scores[#scores + 1] = result.scores[part]
  end
  result.add(indicator, nil, nil, method(scores), nil)
end

local function expenditure(result, t, opts, years)
  local heads, message, code = sums(t, opts, opts.head)
  if heads == nil then return nil, message, code end
  dimension(result, "PI-1", years, function(year)
    return outturn(of_year(heads, year))
  end)
  local is_apart = {}
  if opts.contingency then is_apart[opts.contingency] = true end
  if opts.interest then is_apart[opts.interest] = true end
  by_head(result, heads, years, is_apart)
  local ok
  ok, message, code = by_economic_type(result, t, opts, years)
  if ok == nil then return nil, message, code end
  contingency(result, heads, years, opts)
  overall(result, "PI-2", { "PI-2.1", "PI-2.2", "PI-2.3" }, rules.weakest)
  return true
end

local function revenue(result, t, opts, years)
  local heads, message, code = sums(t, opts, opts.head)
  if heads == nil then return nil, message, code end
  dimension(result, "PI-3.1", years, function(year)
    return outturn(of_year(heads, year))
  end)
  dimension(result, "PI-3.2", years, function(year)
    return variance(of_year(heads, year))
  end)
  overall(result, "PI-3", { "PI-3.1", "PI-3.2" }, rules.average)
  return true
end

--- The rows of one kind of account; those without a kind are an error.
local function of_kind(t, opts, wanted)
  if opts.kind == nil then return wanted == "expense" and t or nil end
  local keep = {}
  for i, value in ipairs(t:column(opts.kind):values(core.column.NA)) do
    local kind = type(value) == "string" and budget.kind(value)
    if not kind then
      return nil, ("row %d: '%s' is no kind of account: revenue or expense "
        .. "was expected"):format(i, tostring(value))
    end
    if kind == wanted then keep[#keep + 1] = i end
  end
  return core.table.gather(t, keep)
end

local function check_heads(t, opts)
  for _, option in ipairs { "contingency", "interest" } do
    local wanted, found, names = opts[option], false, {}
    for _, row in t:distinct(opts.head):rows() do
      found = found or row[opts.head] == wanted
      names[#names + 1] = tostring(row[opts.head])
    end
    if wanted ~= nil and not found then
      local near = require("evalua.nearest").name(wanted, names)
      return nil, ("--%s: no head is called '%s'%s"):format(option, wanted,
        near and (" (did you mean '%s'?)"):format(near) or "")
    end
  end
  return true
end

---@class evalua.pefa
---@field year string the column of the years
---@field head string budget heads, functions or programmes; of revenue: types
---@field base string the original budget
---@field actual string the outturn
---@field kind? string revenue or expense (all rows are expense without it)
---@field economic? string economic types, for PI-2.2
---@field contingency? string the head of the contingency
---@field no_contingency? boolean there is none, which is an A
---@field interest? string the head of interest on debt, apart in PI-2.1

--- PEFA PI-1, PI-2 and (with a column of kinds) PI-3. Rows indicator, year,
--- value (percent, 6 decimals), score, note: one for each year, and one with
--- no year for the indicator itself. The last three years count; with fewer
--- there is no score, and the note says so. Each year's amounts must be in one
--- unit; a missing amount counts nothing.
---@param opts evalua.pefa
---@return evalua.table? t
---@return string? message
---@return string? code
function Table:pefa(opts)
  check_options(self, opts)
  local spent, message = of_kind(self, opts, "expense")
  if spent == nil then return nil, message, "data" end
  local ok, code
  ok, message = check_years(self, opts)
  if ok == nil then return nil, message, "data" end
  ok, message = check_heads(spent, opts)
  if ok == nil then return nil, message, "data" end
  local years = years_of(assert(sums(self, opts, opts.head)))
  local result = new_result(years)
  if spent:nrows() > 0 then
    ok, message, code = expenditure(result, spent, opts, years)
    if ok == nil then return nil, message, code end
  end
  local received = of_kind(self, opts, "revenue")
  if received ~= nil and received:nrows() > 0 then
    ok, message, code = revenue(result, received, opts, years)
    if ok == nil then return nil, message, code end
  end
  return require("evalua.values").table(result.rows)
end

return M

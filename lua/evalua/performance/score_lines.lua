--- The lines of a scored form: for each row of the rubric its indicators, or
--- the rate that its formula gives, with points or the reason for none.
---
--- A line: row=, item= (an indicator), result= (a common indicator), depth=,
--- weight=, points= (decimal, rounded as the rubric says) or why=, flags= (a
--- list of {code, …}), counts= (its points go into the total), heading=.

local common = require "evalua.performance.common"
local core = require "evalua.core"
local funds_of = require "evalua.performance.funds"
local exact = require "evalua.exact"
local indicators = require "evalua.indicator"
local rules = require "evalua.performance.rules"

local M = {}

--- Rules whose rows are scored through the indicators below them when they
--- have no formula.
local takes_indicators = { prop = true, inv = true, band = true, step = true,
  slope = true, qual = true }

--- Rules that judge a value, for which no target is needed.
local judges_value = { band = true, step = true, slope = true }

-- Which indicators a row takes ------------------------------------------

local function plain_level(text, ...)
  if text == nil then return "" end
  for _, ending in ipairs { "指标", ... } do
    if #text > #ending and text:sub(-#ending) == ending then
      text = text:sub(1, -#ending - 1)
    end
  end
  return text
end

--- "产出/数量" of 产出指标 and 数量指标.
local function path_of(item)
  local level1 = plain_level(item.level1)
  local level2 = plain_level(item.level2, level1)
  return level1, level1 .. "/" .. level2
end

local function paths_of(row)
  local paths = {}
  for path in (row.params.match or row.path):gmatch("[^|]+") do
    paths[#paths + 1] = path
  end
  return paths
end

--- How well a row fits: the length of the longest path that matches.
local function fit(row, item, rubric)
  if item.rubric_seq and item.rubric_id == rubric.id then
    return item.rubric_seq == row.seq and math.huge or 0
  end
  local level1, both = path_of(item)
  local best = 0
  for _, path in ipairs(paths_of(row)) do
    if path == level1 or path == both then best = math.max(best, #path) end
  end
  return best
end

local function is_candidate(row, item)
  if item.weight or item.target or item.direction == "qual" then return true end
  return judges_value[row.rule] and item.actual ~= nil
    and item.measure_unit == "%"
end

--- The row that fits an indicator best, or nil.
local function best_row(rubric, item)
  local best, most = nil, 0
  for _, row in ipairs(rubric.rows) do
    if row.formula == nil and takes_indicators[row.rule] then
      local how = fit(row, item, rubric)
      if how > most and is_candidate(row, item) then best, most = row, how end
    end
  end
  return best
end

--- Indicators of one level 2 beside each other, as the form has them, each
--- level where it first appears.
local function together(items)
  local first, at = {}, {}
  for i, item in ipairs(items) do
    local level = item.level1 .. "/" .. (item.level2 or "")
    first[level] = first[level] or i
    at[item] = { first[level], i }
  end
  table.sort(items, function(a, b)
    if at[a][1] ~= at[b][1] then return at[a][1] < at[b][1] end
    return at[a][2] < at[b][2]
  end)
end

--- Indicators of each row, every one in the row that fits it best, and those
--- with a target or a weight that no row takes.
local function assign(rubric, items)
  local of_row, unplaced = {}, {}
  for _, row in ipairs(rubric.rows) do of_row[row] = {} end
  for _, item in ipairs(items) do
    local row = best_row(rubric, item)
    if row then table.insert(of_row[row], item)
    elseif item.weight or indicators.has_target(item) then
      unplaced[#unplaced + 1] = item
    end
  end
  for _, list in pairs(of_row) do together(list) end
  return of_row, unplaced
end

--- The weights of a row's indicators must be the row's; without any, none
--- are made up. The only indicator of a row has the row's weight.
local function weights_of(row, items)
  if #items == 1 and items[1].weight == nil then return { row.weight } end
  local weights, list, complete = {}, {}, true
  for i, item in ipairs(items) do
    weights[i] = item.weight
    list[#list + 1] = item.weight
    complete = complete and item.weight ~= nil
  end
  local total = core.decimal.sum(list) or core.decimal.new(0, 0)
  if complete and not total:eq(row.weight) or total > row.weight then
    return nil, ("%s: the indicators' weights under '%s' add up to %s, the "
      .. "rubric gives it %s"):format(row.at, row.name_zh, tostring(total),
      tostring(row.weight)), "data"
  end
  weights.rest = row.weight - total
  return weights
end

-- Points ----------------------------------------------------------------

local function round(rubric, points)
  return points and points:decimal(rubric.places, rubric.rounding)
end

local function flag(line, ...)
  line.flags[#line.flags + 1] = { ... }
end

--- Below full marks an explanation is required.
local function check_reason(line)
  if line.points and line.weight and line.points < line.weight
    and line.reason == nil then
    flag(line, "no_reason")
  end
end

local function new_line(row, depth)
  return { row = row, depth = depth, weight = row.weight, flags = {},
    counts = true }
end

--- What the rule sees of an indicator.
local function view_of(item, rule)
  local x = { met = item.met, ratio = item.ratio,
    over = item.direction ~= "le" and item.completion
      and item.completion * 100, percent = item.qual_pct }
  if judges_value[rule] and item.actual then
    if item.measure_unit == "%" then
      x.value, x.range = item.worst or item.interval.low, item.interval
    elseif item.completion then
      x.value = item.completion * 100
      if item.target:sign() > 0 then
        x.range = item.interval:scale(exact.ratio(exact.of(100), item.target))
      end
    end
    if item.interval.unknown then x.range = nil end
  end
  return x
end

local function indicator_line(row, item, weight, rubric)
  local line = new_line(row, 2)
  line.item, line.weight, line.reason = item, weight, item.reason
  if weight == nil then
    line.why = "no weight is given"
    line.counts = false
    return line
  end
  local rule = item.direction == "qual" and "qual" or row.rule
  local x = view_of(item, rule)
  if item.problem and not (judges_value[rule] and x.value) then
    line.why = item.problem
    return line
  end
  local points, why = rules.points(rule, exact.of(weight), x, row.params)
  line.points, line.why = round(rubric, points), why
  if x.over and x.over:compare(rubric.over_flag) > 0 and points then
    flag(line, "over", x.over)
  end
  if item.interval and not item.interval:is_exact()
    and not item.interval.unknown then
    flag(line, "worst_case", item.interval)
  end
  check_reason(line)
  return line
end

--- The weight that no indicator of the row carries.
local function rest_line(row, weight, why)
  local line = new_line(row, 2)
  line.weight, line.why, line.rest = weight, why, true
  return line
end

local function answered_line(row, answer)
  local line = new_line(row, 1)
  line.reason = answer and answer.reason
  line.evidence = answer and answer.evidence
  if answer then flag(line, "from_answers", answer.at) end
  return line
end

local function row_from_answer(row, what, rubric)
  local answer = what.answers and what.answers[row.seq]
  local line = answered_line(row, answer)
  local points, why = rules.points(row.rule, exact.of(row.weight),
    { items = answer and answer.items, cases = answer and answer.cases,
      percent = answer and answer.percent, value = answer and answer.value
        and exact.of(answer.value) }, row.params)
  if answer and answer.full then points, why = exact.of(row.weight), nil end
  line.points, line.why, line.answer = round(rubric, points), why, answer
  check_reason(line)
  return { line }
end

local function indicator_rows(row, items, what)
  local rubric = what.rubric
  if #items == 0 then
    local answer = what.answers and what.answers[row.seq]
    if answer or row.rule == "qual" then
      return row_from_answer(row, what, rubric)
    end
    local line = new_line(row, 1)
    line.why = "no indicator has a target"
    return { line }
  end
  local weights, message, code = weights_of(row, items)
  if weights == nil then return nil, message, code end
  local heading = new_line(row, 1)
  heading.heading, heading.counts = true, false
  local lines = { heading }
  for i, item in ipairs(items) do
    lines[#lines + 1] = indicator_line(row, item, weights[i], rubric)
  end
  if weights.rest and weights.rest:sign() > 0 then
    lines[#lines + 1] = rest_line(row, weights.rest, "no weight is given")
  end
  return lines
end

-- Rows with a formula, and the execution rate ---------------------------

--- What the rule sees of a rate in percent.
local function view_of_rate(value, rule)
  local x = { value = value }
  if rule == "inv" then
    x.met = value <= 100
    x.ratio = value:sign() > 0 and exact.ratio(exact.of(100), value) or nil
  else
    x.met = value >= 100
    x.ratio = exact.ratio(value, 100)
  end
  return x
end

local function formula_row(row, what)
  local answer = what.answers and what.answers[row.seq]
  if answer and (answer.value or answer.full) then
    local line = answered_line(row, answer)
    line.answer = answer
    line.value = answer.value and exact.of(answer.value)
    local points = answer.full and exact.of(row.weight)
      or rules.points(row.rule, exact.of(row.weight),
        view_of_rate(line.value, row.rule), row.params)
    line.points = round(what.rubric, points)
    check_reason(line)
    return { line }
  end
  local line = new_line(row, 1)
  line.reason = answer and answer.reason
  if what.year == nil then
    line.why = "there are no budget lines and base figures"
    return { line }
  end
  line.result = common.compute(common.find(row.formula), what.year)
  if line.result.value == nil then
    line.why = line.result.zero and "the denominator is zero"
      or "parts are missing"
    return { line }
  end
  line.value = line.result.value
  local points, why = rules.points(row.rule, exact.of(row.weight),
    view_of_rate(line.value, row.rule), row.params)
  line.points, line.why = round(what.rubric, points), why
  check_reason(line)
  return { line }
end

--- Points of the execution row for a rate in percent, rounded.
---@param rubric evalua.rubric
---@param row table
---@param rate evalua.exact
---@return evalua.decimal
function M.execution_points(rubric, row, rate)
  return round(rubric, rules.points("exec_rate", exact.of(row.weight),
    { value = rate }, row.params))
end

local function execution_why(funds)
  if funds == nil then return "there are no amounts" end
  if funds.executed == nil then return "there is no executed amount" end
  if funds.adjusted == nil and funds.original == nil then
    return "there is no budget"
  end
  return "the budget is zero"
end

local function execution_row(row, what)
  local line = new_line(row, 1)
  local answer = what.answers and what.answers[row.seq]
  line.reason = answer and answer.reason
  local rate, base = nil, nil
  if what.funds then rate, base = funds_of.rate(what.funds) end
  line.base = base
  if rate == nil then
    line.why = execution_why(what.funds)
    return { line }
  end
  line.value = rate
  line.points = M.execution_points(what.rubric, row, rate)
  if base == "original" then flag(line, "against_original") end
  if rate > 100 then flag(line, "capped", rate) end
  local limit = row.params.reason_below
  if limit and rate < limit and line.reason == nil then
    flag(line, "no_reason_below", limit)
  elseif limit == nil then
    check_reason(line)
  end
  return { line }
end

-- All of them -----------------------------------------------------------

local function lines_of_row(row, items, what)
  if row.rule == "exec_rate" then return execution_row(row, what) end
  if row.formula then return formula_row(row, what) end
  if takes_indicators[row.rule] then return indicator_rows(row, items, what) end
  return row_from_answer(row, what, what.rubric)
end

--- The lines in the rubric's order, and the indicators that it has no row for.
---@param what table rubric= indicators= funds= year= answers=
---@return table[]? lines
---@return table[]|string unplaced or message
---@return string? code
function M.run(what)
  local of_row, unplaced = assign(what.rubric, what.indicators)
  local lines = {}
  for _, row in ipairs(what.rubric.all) do
    if row.rule == nil then
      local line = new_line(row, 0)
      line.heading, line.counts = true, false
      lines[#lines + 1] = line
    else
      local more, message, code = lines_of_row(row, of_row[row], what)
      if more == nil then return nil, message, code end
      table.move(more, 1, #more, #lines + 1, lines)
    end
  end
  return lines, unplaced
end

return M

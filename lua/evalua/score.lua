--- Scoring by a rubric: points of each line, the total, the grade, and what
--- could not be scored. Points that cannot be given are listed and stay
--- away: they are never shared out among the other lines.

local answers_file = require "evalua.performance.answers"
local core = require "evalua.core"
local funds_of = require "evalua.performance.funds"
local lines_of = require "evalua.performance.score_lines"
local rubrics = require "evalua.rubric"

local M = {}

---@class evalua.score
---@field rubric evalua.rubric
---@field lines table[] in the order of the form: headings, rows, indicators
---@field unplaced evalua.indicator[] indicators that the rubric has no row for
---@field total evalua.decimal the points that could be given
---@field scored evalua.decimal weight of the lines that have points
---@field unscored evalua.decimal weight of the lines that have none
---@field grade table? nil where the missing points could change it
---@field grade_low table the grade when every missing point is lost
---@field grade_high table the grade when none is

local ZERO = core.decimal.new(0, 0)

local function sum(list) return core.decimal.sum(list) or ZERO end

--- The grade of a total when the missing points cannot change it.
local function certain_grade(result, total)
  local low = rubrics.grade(total, result.rubric.scheme)
  local high = rubrics.grade(total + result.unscored, result.rubric.scheme)
  return low == high and low or nil
end

local function add_total(result)
  local points, scored, missing = {}, {}, {}
  for _, line in ipairs(result.lines) do
    if line.counts and line.points then
      points[#points + 1], scored[#scored + 1] = line.points, line.weight
    elseif line.counts and line.weight then
      missing[#missing + 1] = line.weight
    end
  end
  result.total, result.scored = sum(points), sum(scored)
  result.unscored = sum(missing)
  local scheme = result.rubric.scheme
  result.grade_low = rubrics.grade(result.total, scheme)
  result.grade_high = rubrics.grade(result.total + result.unscored, scheme)
  result.grade = certain_grade(result, result.total)
end

--- Score indicators by a rubric.
---@param what table rubric= indicators= funds= year= answers=
---@return evalua.score? result
---@return string? message
---@return string? code
function M.run(what)
  local lines, unplaced, code = lines_of.run(what)
  if lines == nil then return nil, unplaced, code end
  local result = { rubric = what.rubric, lines = lines, funds = what.funds,
    unplaced = unplaced }
  add_total(result)
  return result
end

-- What if ---------------------------------------------------------------

local function find_execution(result)
  for _, line in ipairs(result.lines) do
    if line.row and line.row.rule == "exec_rate" and line.counts then
      return line
    end
  end
end

--- Points and total if the adjusted budget were so much.
---@param result evalua.score
---@param adjusted evalua.decimal in the unit of the funds
---@return table? row adjusted= rate= (percent, a fraction) points= total=
---  grade= (nil where the missing points leave it open);
---  nil where the rubric has no execution row, nothing was executed, or the
---  budget is not above zero
function M.if_adjusted(result, adjusted)
  local line = find_execution(result)
  local executed = result.funds and result.funds.executed
  if line == nil or executed == nil or adjusted <= ZERO then return nil end
  local rate = funds_of.percent(executed, adjusted)
  local points = lines_of.execution_points(result.rubric, line.row, rate)
  local total = result.total - (line.points or ZERO) + points
  return { adjusted = adjusted, rate = rate, points = points, total = total,
    grade = certain_grade(result, total) }
end

--- Where points are lost, the dearest first: lines with points below their
--- weight, and lines without any (`line.points` nil: what could be lost).
---@param result evalua.score
---@return table[] losses {line=, lost=, certain=}
function M.losses(result)
  local losses = {}
  for i, line in ipairs(result.lines) do
    if line.counts and line.weight then
      local lost = line.weight - (line.points or ZERO)
      if lost > ZERO then
        losses[#losses + 1] = { line = line, lost = lost, at = i,
          certain = line.points ~= nil }
      end
    end
  end
  table.sort(losses, function(a, b)
    if a.certain ~= b.certain then return a.certain end
    if a.lost ~= b.lost then return a.lost > b.lost end
    return a.at < b.at
  end)
  return losses
end

-- For scripts -----------------------------------------------------------

--- Score a unit's year, or a table of indicators: `ev.score(year, {rubric=
--- "mof10"})`. A year comes from `ev.unit_year{…}`. For a table, `funds` is a
--- list {"original=100万元", …} or {original=, adjusted=, executed=, unit=}.
---@param from evalua.year|evalua.table
---@param opts table rubric= name, file or evalua.rubric; answers= file; funds=
---@return evalua.score? result
---@return string? message
---@return string? code
function M.of(from, opts)
  if type(opts) ~= "table" or opts.rubric == nil then
    error("score: {rubric = NAME or FILE} was expected", 2)
  end
  local year = not core.table.is(from) and from or nil
  local rubric = opts.rubric
  if type(rubric) == "string" then
    local problem, kind
    rubric, problem, kind = rubrics.load(rubric, year)
    if rubric == nil then return nil, problem, kind end
  end
  local items, message, code = require("evalua.indicator").of(from, opts)
  if items == nil then return nil, message, code end
  local answers = opts.answers
  if type(answers) == "string" then
    answers, message, code = answers_file.load(answers, rubric)
    if answers == nil then return nil, message, code end
  end
  local funds = opts.funds or year and funds_of.of_year(year)
  if funds and funds[1] then
    funds, message = funds_of.of_list(funds)
    if funds == nil then return nil, message, "data" end
  end
  return M.run { rubric = rubric, indicators = items, year = year,
    funds = funds, answers = answers }
end

--- A grade for a total: `ev.grade(ev.decimal "89.99")` → {zh="良", …}.
---@param total evalua.decimal
---@param scheme string? of data/rubrics/grades.csv, "mof"
---@return table? grade zh=, en=, from=
---@return string? message
function M.grade(total, scheme)
  local rows, message = rubrics.scheme(scheme or "mof")
  if rows == nil then return nil, message end
  if math.type(total) == "integer" then total = core.decimal.new(total, 0) end
  if not core.decimal.is(total) then
    error("grade: a decimal was expected, not a " .. type(total), 2)
  end
  return rubrics.grade(total, rows)
end

return setmetatable(M, { __call = function(_, ...) return M.of(...) end })

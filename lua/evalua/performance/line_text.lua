--- The lines of a score as text: what was asked, what was reached, why there
--- are no points, and what a reader must be told beside them.

local ev_values = require "evalua.values"
local common = require "evalua.performance.common"
local funds_of = require "evalua.performance.funds"
local terms = require "evalua.performance.terms"
local unit_year = require "evalua.performance.year"

local M = {}

--- A number of points or a weight, with the rubric's decimals.
---@param points evalua.decimal?
---@param places integer?
---@return string
function M.points(points, places)
  if points == nil then return "–" end
  if places then return terms.number(points:round(places)) end
  return terms.number(points:trim())
end

--- Level 1, level 2 and the name of a line.
---@param page table
---@param line table
---@return string level1
---@return string level2
---@return string name
function M.levels(page, line)
  local item, row = line.item, line.row
  if item then
    return terms.find(page.lang, "level1", item.level1),
      terms.find(page.lang, "level2", item.level2), page:name(item)
  end
  local level1, level2 = row.path:match("^([^/]*)/?(.*)$")
  if line.rest then
    return terms.find(page.lang, "level1", level1), "",
      page:text("(weight without an indicator)")
  end
  return terms.find(page.lang, "level1", level1),
    terms.find(page.lang, "level2", level2), page:name(row)
end

local function target_of(page, item)
  if item.direction == "qual" then
    return terms.find(page.lang, "direction", "qual")
  end
  if item.target == nil then return "–" end
  return terms.find(page.lang, "direction", item.direction) .. " "
    .. terms.measured(page.lang, item.target, nil, item.measure_unit)
end

--- What was to be reached.
---@param page table
---@param line table
---@return string
function M.target(page, line)
  return line.item and target_of(page, line.item) or ""
end

local function qualitative(page, percent)
  local scheme = require("evalua.rubric").scheme "qual"
  local grade = require("evalua.rubric").grade(percent, scheme)
  return terms.number(percent) .. "% " .. grade[page.lang]
end

--- The target of an indicator and how much of it was reached; both empty
--- where nothing was promised. Above a limit (≤) the share says so.
---@param page table
---@param item evalua.indicator?
---@return string target
---@return string completion
function M.completion(page, item)
  if item == nil or item.target == nil and item.direction ~= "qual" then
    return "", ""
  end
  local target = target_of(page, item)
  if item.problem then return target, page:text(item.problem) end
  if item.direction == "qual" then
    return target, qualitative(page, ev_values.decimal(item.qual_pct))
  end
  local word = page:text(item.met and "reached" or "not reached")
  if item.completion == nil then return target, word end
  local share = terms.percent(item.completion * 100, page.lang)
  if item.direction ~= "le" then return target, share end
  return target, share .. page:text(" (%s)", word)
end

local function answer_text(page, answer, row)
  if answer.full then return page:text("full marks by the assessor") end
  if answer.cases then
    return page:text("%s cases", terms.number(answer.cases))
  end
  if answer.percent then return qualitative(page, answer.percent) end
  if answer.items == nil then return "–" end
  local yes = 0
  for _, said in ipairs(answer.items) do if said then yes = yes + 1 end end
  return page:text("%d of %d checks", yes, #row.params.items)
end

--- What was reached.
---@param page table
---@param line table
---@return string
function M.actual(page, line)
  local item = line.item
  if item and item.direction == "qual" and item.qual_pct then
    return qualitative(page, ev_values.decimal(item.qual_pct))
  end
  if item then
    return terms.measured(page.lang, item.actual, item.qualifier,
      item.actual_unit or item.measure_unit)
  end
  if line.value then return terms.percent(line.value, page.lang) end
  return line.answer and answer_text(page, line.answer, line.row) or "–"
end

--- Why there are no points.
---@param page table
---@param line table
---@return string?
function M.why(page, line)
  if line.why == nil then return nil end
  local result = line.result
  if result and #result.missing > 0 then
    return page:text("missing: %s", common.part_names(result.missing,
      page.lang))
  end
  return page:text(line.why)
end

local flag_texts = {
  over = function(page, share)
    return page:text("%s of the target: was it set too low?",
      terms.percent(share, page.lang))
  end,
  worst_case = function(page, range)
    return page:text("lies in %s: the end with fewer points counts",
      terms.range(page.lang, range))
  end,
  no_reason = function(page)
    return page:text("below full marks: an explanation is required")
  end,
  no_reason_below = function(page, limit)
    return page:text("below %s%%: an explanation is required",
      terms.number(limit))
  end,
  from_answers = function(page, at)
    return page:text("by the assessor (%s)", at)
  end,
  against_original = function(page)
    return page:text("against the original budget: no adjusted budget is given")
  end,
  capped = function(page, rate)
    return page:text("%s is above 100%%: capped, more than the budget was spent",
      terms.percent(rate, page.lang))
  end,
}

--- Each flag as a text.
---@param page table
---@param line table
---@return string[]
function M.flags(page, line)
  local texts = {}
  for i, flag in ipairs(line.flags) do
    texts[i] = flag_texts[flag[1]](page, flag[2])
  end
  return texts
end

--- Everything that belongs into the column of reasons.
---@param page table
---@param line table
---@return string
function M.remarks(page, line)
  local texts = {}
  if line.reason then texts[1] = line.reason end
  local why = M.why(page, line)
  if why then texts[#texts + 1] = page:text("no points: %s", why) end
  local flags = M.flags(page, line)
  table.move(flags, 1, #flags, #texts + 1, texts)
  return table.concat(texts, page.lang == "zh" and "；" or "; ")
end

--- Where the figures of a line stand.
---@param line table
---@param funds evalua.funds?
---@return string[]
function M.places(line, funds)
  local rows = line.item and line.item.places or {}
  if line.result then rows = line.result.from end
  if line.row.rule == "exec_rate" and funds then
    local _, base = funds_of.rate(funds)
    rows = funds_of.rows(funds, base or "original", "executed")
  end
  local places = {}
  for _, row in ipairs(rows) do
    places[#places + 1] = type(row) == "string" and row
      or unit_year.place(row)
  end
  return places
end

return M

--- Rates that a sentence says of its own figures: 支出比上年增加5万元，增长4.2%;
--- 预算100万元，支出90万元，完成预算的90%. What does not fit is shown, not failed: the
--- sentence may mean other figures.

local figures = require "evalua.audit.text_figures"
local render = require "evalua.audit.render"
local tables = require "evalua.audit.tables"
local values = require "evalua.audit.value"
local words = require "evalua.extract.words"

local M = {}

local function is_exact(row) return row.qualifier == "exact" end

local function is_rate(row) return row.measure_unit == "%" and is_exact(row) end

--- Whether the rate can be the ratio, all three as printed; nil where there is
--- no ratio.
local function fits(rate, part, whole)
  local ratio = values.divide(part, whole)
  if ratio == nil then return nil end
  return values.compare("=", ratio, figures.value(rate, true)) ~= false
end

--- What fits only because the figures may be rounded is not known: 90万元 of
--- 100万元 can be 91%.
local function say(sheet, kind, rate, fit, text, ratio, ...)
  local found = render.value(ratio, { percent = true })
  local outcome, sign = "flag", " ≠ "
  if fit then
    local same = values.compare("=", ratio, figures.value(rate, true))
    outcome = same == false and "undecided" or "holds"
    sign = same == false and " ≈ " or nil
  end
  tables.add(sheet, kind, { outcome = outcome,
    severity = "medium", name = rate.name, place = figures.place(sheet, ...),
    expected = found, found = figures.text(rate, sheet),
    arithmetic = ("%s = %s%s"):format(text, found, sign
      and sign .. figures.text(rate, sheet) or "") })
end

local MOST_BACK = 8 -- figures of a sentence that a change may be of

-- 增长, 下降 ---------------------------------------------------------------------

--- "up" or "down" where the gap has words of one of them only; else nil.
local function direction_of(gap)
  local way = nil
  for _, side in ipairs { "up", "down" } do
    if words.inside("change_" .. side, gap) then
      if way then return nil end
      way = side
    end
  end
  return way
end

--- Whether a gap compares with a year: 比上年, 较2022年.
local function names_year(gap)
  if words.inside("before_year", gap) then return true end
  for _, word in ipairs { "比", "较", "与" } do
    if gap:find(word .. "%d%d%d%d年") then return true end
  end
  return false
end

--- What a figure was before it went up or down by the change.
local function past(now, change, way, printed)
  local a, b = figures.value(now, printed), figures.value(change, printed)
  return values.add(a, way == "up" and values.negate(b) or b)
end

--- Figures before the change that it may be of, the nearest first.
local function bases_of(rows, i)
  local change, list = rows[i], {}
  for k = i - 1, math.max(1, i - MOST_BACK), -1 do
    local row = rows[k]
    if is_exact(row) and figures.is_like(row, change)
      and row.measure_unit ~= "%" and not figures.is_relative(row) then
      list[#list + 1] = row
    end
  end
  return list
end

--- "A，比上年增加B，增长p": B of what A was before. Where several figures stand
--- before the change, only one that fits tells which is meant.
local function check_growth(sheet, line, rows, i)
  local change, rate = rows[i - 1], rows[i]
  if not is_exact(change) then return end
  local gap = line:sub(rows[i - 2].stop, change.start - 1)
  local way = direction_of(gap)
  if way == nil or not names_year(gap)
    or way ~= direction_of(line:sub(change.stop, rate.start - 1)) then
    return
  end
  local bases, meant, fit = bases_of(rows, i - 1), nil, nil
  for _, now in ipairs(bases) do
    if not fit then
      meant, fit = now, fits(rate, figures.value(change, true),
        past(now, change, way, true))
    end
  end
  if fit == nil or not fit and #bases > 1 then return end
  local ratio = values.divide(figures.value(change),
    past(meant, change, way, false))
  if ratio == nil then return end
  say(sheet, "growth", rate, fit, ("%s / (%s %s %s)"):format(
    figures.text(change, sheet), figures.text(meant, sheet),
    way == "up" and "−" or "+", figures.text(change, sheet)), ratio, meant, rate)
end

-- 完成预算的 ---------------------------------------------------------------------

--- "预算X，支出Y，完成预算的p": Y of the budget that fits, the nearest first.
local function check_completion(sheet, rows, i)
  local rate, spent = rows[i], rows[i - 1]
  if not figures.is_money(spent) then return end
  local nearest = nil
  for k = i - 2, math.max(1, i - 4), -1 do
    local budget = rows[k]
    if figures.is_money(budget) and words.inside("budget_word",
      budget.name or "") then
      local fit = fits(rate, figures.value(spent, true),
        figures.value(budget, true))
      if fit then nearest = budget break end
      nearest = nearest or fit == false and budget or nil
    end
  end
  if nearest == nil then return end
  say(sheet, "completion", rate, fits(rate, figures.value(spent, true),
    figures.value(nearest, true)), ("%s / %s"):format(
    figures.text(spent, sheet), figures.text(nearest, sheet)),
    values.divide(figures.value(spent), figures.value(nearest)), nearest, rate)
end

local function is_completion(name)
  return words.at("completion", name, 1) ~= nil
    or words.ending("completion", name) ~= nil
end

--- The checks of one sentence.
---@param sheet table
---@param line string
---@param rows table[] its figures
function M.check(sheet, line, rows)
  for i = 3, #rows do
    if is_rate(rows[i]) then
      check_growth(sheet, line, rows, i)
      if is_completion(rows[i].name or "") then
        check_completion(sheet, rows, i)
      end
    end
  end
end

return M

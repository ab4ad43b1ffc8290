--- Self-evaluation (绩效自评): the standard form with points by a rubric, what
--- cannot be scored, the grade claimed against the one computed, and the
--- common indicators of the unit's expenditure.

local indicator_page = require "evalua.performance.indicator_page"
local pages = require "evalua.performance.page"
local score_page = require "evalua.performance.score_page"
local scores = require "evalua.score"

local DEFAULT_RUBRIC = "mof10"

local params = { table.unpack(score_page.params) }
table.move(pages.params, 1, #pages.params, #params + 1, params)

local function score(page, p)
  local result, message = scores.of(page.year, {
    rubric = p.rubric or DEFAULT_RUBRIC, answers = p.answers })
  if result == nil then error(message, 0) end
  return result
end

--- The grade that the document claims: a grade's word within the phrase.
local function claimed_grade(year, scheme)
  for _, claim in ipairs(year.claims) do
    if claim.subject == "grade" then
      for _, grade in ipairs(scheme) do
        if claim.phrase:find(grade.zh, 1, true) then return grade, claim end
      end
      return nil, claim
    end
  end
end

local function add_claim(page, result)
  local grade, claim = claimed_grade(page.year, result.rubric.scheme)
  if claim == nil then return end
  if grade == nil then
    page:finding("warn", "the document says “%s”, which is no grade of this "
      .. "scale", claim.phrase)
    return
  end
  if claim.phrase:sub(-#grade.zh) ~= grade.zh then
    page:finding("warn", "the document says “%s”: the scale's word is %s; it is "
      .. "read as that", claim.phrase, grade.zh)
  end
  if result.grade == nil then
    page:finding("bad", "the claimed grade %s has no score behind it: it can be "
      .. "neither confirmed nor refuted", grade[page.lang])
  elseif result.grade.zh ~= grade.zh then
    page:finding("bad", "the claimed grade is %s, the computed one %s",
      grade[page.lang], result.grade[page.lang])
  end
end

--- What the document says of its goals, where nobody said it better.
local function claimed_goals(year)
  for _, claim in ipairs(year.claims) do
    if claim.subject == "targets" then return "“" .. claim.phrase .. "”" end
  end
end

local function run(p)
  local page = pages.new(p, "Self-evaluation")
  local result = score(page, p)
  score_page.findings(page, result)
  add_claim(page, result)
  score_page.form(page, result, { kind = p.form, goal = p.goal,
    year = page.year, achieved = p.achieved or claimed_goals(page.year) })
  score_page.details(page, result, p.if_adjusted)
  indicator_page.summary(page)
  return page:report(score_page.data(page, result, p.if_adjusted))
end

return { name = "selfeval", title = "Self-evaluation", params = params,
  of_unit = true, run = run }

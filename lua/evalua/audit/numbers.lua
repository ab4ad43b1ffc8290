--- Rules over single figures: whether a rate can come from a base, how
--- figures are written, whether a grade has its points.

local evaluate = require "evalua.audit.evaluate"
local exact = require "evalua.exact"
local grammar = require "evalua.audit.grammar"
local render = require "evalua.audit.render"

local M = {}

local hundred = exact.of(100)

local function fact_of(ctx, id)
  return (ctx.data.by_id.facts or {})[(id:gsub("^%?", ""))]
end

-- Rates -----------------------------------------------------------------------

local function decimals_of(text) return #(text:match("%.(%d*)$") or "") end

--- Whole numbers k for which 100·k/n, rounded (half up or half to even) to the
--- decimals of `text`, is the rate.
---@param text string the rate as printed, "99.2"
---@param n integer the base
---@return integer first
---@return integer last smaller than first where there is none
function M.whole_counts(text, n)
  -- (2·R ± 1)·n / (200·10^d), with the rate R / 10^d
  local digits = math.tointeger(tonumber((text:gsub("%.", ""))))
  local places = decimals_of(text)
  if digits and places <= 12
    and n < math.maxinteger // (2 * digits + 1) then
    local scale = 200 * math.tointeger(10 ^ places)
    return -((1 - 2 * digits) * n // scale), (2 * digits + 1) * n // scale
  end
  local half = exact.of("0." .. ("0"):rep(decimals_of(text)) .. "5")
  local rate, base = exact.of(text), exact.of(n)
  local low = ((rate - half) * base / hundred):ceil()
  local high = ((rate + half) * base / hundred):floor()
  return low:integer(), high:integer()
end

local MOST_BASE = 1000000

--- The smallest base for which a rate is possible.
---@param text string
---@return integer? base
---@return integer? count
function M.smallest_base(text)
  local limit = math.min(10 ^ (decimals_of(text) + 2), MOST_BASE)
  for n = 1, limit do
    local first, last = M.whole_counts(text, n)
    if first <= last then return n, first end
  end
end

local function share_text(k, n, places)
  local percent = hundred * exact.of(k) / exact.of(n)
  return ("%d/%d = %s%%"):format(k, n, percent:round(places + 2))
end

--- Whether a rate is possible for a base, and the arithmetic of it.
---@param rate string
---@param n integer
---@param say function
---@return boolean
---@return string
function M.feasible(rate, n, say)
  local first, last = M.whole_counts(rate, n)
  local places = decimals_of(rate)
  if first > last then
    return false, say("no whole k gives k/%d = %s%%: %s, %s", n, rate,
      share_text(last, n, places), share_text(first, n, places))
  end
  if first == last then return true, share_text(first, n, places) end
  return true, share_text(first, n, places) .. (last - first > 1 and " … "
    or ", ") .. share_text(last, n, places)
end

--- rate-feasible: subject "RATE|BASE", two figures.
function M.run_rate(rule, ctx, say)
  local rate_id, base_id = rule.cells.subject:match("^([^|]+)|(.+)$")
  rate_id = rate_id or rule.cells.subject
  local rate, base = fact_of(ctx, rate_id), fact_of(ctx, base_id or "")
  if rate == nil then
    return { reasons = { say("there is no figure '%s'", rate_id) } }
  end
  evaluate.cell(ctx, rate, "value")
  local text = rate.cells.value
  local result = { lines = {}, reasons = {}, found = text .. "%" }
  local over = exact.of(text) > hundred
  local n = base and math.tointeger(tonumber(base.cells.value))
  if n == nil or n < 1 then
    local least, k = M.smallest_base(text)
    if least then
      result.lines[1] = say("smallest possible base: %s",
        share_text(k, least, decimals_of(text)))
    end
    local lacking = (base_id or say "base"):gsub("^%?", "")
    ctx.missing[#ctx.missing + 1] = ctx.names[lacking] or lacking
    result.truth = over and false or nil
    result.expected = say "not given"
    return result
  end
  evaluate.cell(ctx, base, "value")
  local possible, line = M.feasible(text, n, say)
  result.truth, result.lines[1] = possible and not over, line
  result.expected = say("k / %d", n)
  return result
end

-- How figures are written -----------------------------------------------------

local function each_fact(rule, ctx, say, result)
  local rows = {}
  for id in rule.cells.subject:gmatch "[^|]+" do
    local row = fact_of(ctx, id)
    if row == nil then
      result.reasons[#result.reasons + 1] = say("there is no figure '%s'", id)
    else
      rows[#rows + 1] = row
      ctx.used[#ctx.used + 1] = { row = row, column = "phrase" }
    end
  end
  if #rows == 0 then result.truth = nil end
  return rows
end

--- How a number stands in a phrase: the number, and a name for its style.
local function style_of(phrase)
  local number, rest = phrase:match("(%d[%d,]*%.?%d*)(.*)$")
  if number == nil then return nil end
  local whole = number:match("^[%d,]+")
  local long = #whole:gsub(",", "") > 3
  local commas = long and (whole:find(",") and "1,000" or "1000") or "1"
  return number, commas .. (rest:find("^%s") and " " or "") .. "万元"
end

--- style: the figures are all written alike: with or without thousands commas,
--- with or without a blank before the unit, with the same decimals.
function M.run_style(rule, ctx, say)
  local result = { lines = {}, reasons = {}, truth = true }
  local seen, styles, places = {}, {}, {}
  for _, row in ipairs(each_fact(rule, ctx, say, result)) do
    local number, style = style_of(row.cells.phrase or "")
    if number ~= nil then
      if not seen[style] then
        seen[style], styles[#styles + 1] = true, number
      end
      local decimals = tostring(decimals_of(number))
      if not seen[decimals] then
        seen[decimals], places[#places + 1] = true, decimals
      end
    end
  end
  if #styles > 1 or #places > 1 then result.truth = false end
  result.lines[1] = say("ways of writing: %s; decimals: %s",
    table.concat(styles, " / "), table.concat(places, ", "))
  result.expected, result.found = "1", tostring(math.max(#styles, #places))
  return result
end

--- precision: what is only approximate has no decimals.
function M.run_precision(rule, ctx, say)
  local result = { lines = {}, reasons = {}, truth = true }
  for _, row in ipairs(each_fact(rule, ctx, say, result)) do
    local cells = row.cells
    local places = decimals_of(cells.value)
    local vague = cells.qualifier == "approx"
      or cells.qualifier == "approx_above"
    if vague and places > 0 then result.truth = false end
    result.lines[#result.lines + 1] = say("%s: %d decimals",
      render.figure(cells.value, cells.measure_unit, cells.qualifier,
        say.lang), places)
    result.expected, result.found = say "no decimals", tostring(places)
  end
  return result
end

-- Grades ----------------------------------------------------------------------

--- Words of a scale, longest first: {word, least points}.
local function scale_of(text)
  local scale = {}
  for word, points in text:gmatch "([^,=]+)=([%d.]+)" do
    scale[#scale + 1] = { word = word, points = exact.of(points) }
  end
  table.sort(scale, function(a, b) return #a.word > #b.word end)
  return scale
end

--- grade: the claim in `subject` ends in a grade; check "POINTS in 优=90,良=80"
--- names the figure with the points and the least points of each word. A grade
--- has an upper end too: the least points of the next one.
function M.run_grade(rule, ctx, say)
  local claim = (ctx.data.by_id.claims or {})[rule.cells.subject]
  if claim == nil then
    return { reasons = { say("there is no claim '%s'", rule.cells.subject) } }
  end
  ctx.used[#ctx.used + 1] = { row = claim, column = "phrase" }
  local points, words = rule.cells.check:match("^(.-)%s+in%s+(.+)$")
  local result = { lines = { say("claim: 「%s」", claim.cells.phrase) },
    reasons = {} }
  local found, above
  for _, item in ipairs(scale_of(words or "")) do
    if found == nil and claim.cells.phrase:sub(-#item.word) == item.word then
      found = item
    end
  end
  if found == nil then
    result.reasons[1] = say "the claim ends in no word of the scale"
    return result
  end
  for _, item in ipairs(scale_of(words)) do
    if item.points > found.points
      and (above == nil or item.points < above) then above = item.points end
  end
  local tree = grammar.sum(points)
  local value = tree and evaluate.value(ctx, tree)
  result.expected = ("%s ≥ %s"):format(found.word, found.points:text(2))
  result.found = value and render.value(value, {}) or say "not given"
  if value == nil then return result end
  result.truth = value.lo >= found.points
    and (above == nil or value.hi < above)
  result.lines[2] = render.sum(tree, ctx, say.lang)
  return result
end

return M

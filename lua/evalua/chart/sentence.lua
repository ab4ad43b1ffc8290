--- The sentences above charts over time and of parts. Each says only what
--- follows from the figures by arithmetic.
local amount = require "evalua.chart.amount"
local frame = require "evalua.chart.layout.frame"
local periods = require "evalua.chart.period"
local words = require "evalua.chart.words"

local M = {}

--- "over budget", "below prior year": the words for a side of a reference.
---@param sign integer
---@param role string base or prior
local function side(spec, role, sign)
  local code = spec.scenario[role]
  local name = frame.scenario_word(spec, role)
  if code == "PL" or code == "BU" then
    return words.say(spec.lang, sign > 0 and "over {1}" or "under {1}", name)
  end
  return words.say(spec.lang, sign > 0 and "above {1}" or "below {1}", name)
end

--- As the beginning of a sentence; in Chinese a small letter is a name's.
local function begin(lang, text)
  return lang == "en" and frame.capital(text) or text
end

--- The largest item by `of`; the first of equals. nil where all are nil.
local function largest(items, of)
  local best, most
  for i, item in ipairs(items) do
    local value = of(item)
    if value ~= nil and (most == nil or value > most) then
      best, most = i, value
    end
  end
  return best, most
end

local function period_name(self, i, with_year)
  return periods.name(self.periods[i], self.spec.lang, with_year)
end

--- Is the year needed to tell the periods apart?
local function needs_year(self)
  local first, last = self.periods[1], self.periods[#self.periods]
  return first.year ~= last.year
end

-- ---- columns ----

--- From which point on do all variances have the last one's sign?
local function last_run(points)
  local sign, from, count = nil, nil, 0
  for i = #points, 1, -1 do
    local variance = points[i].variance
    if variance ~= nil then
      local this = amount.sign(variance)
      sign = sign or this
      if this ~= sign or this == 0 then break end
      from, count = i, count + 1
    end
  end
  return sign, from, count
end

local function has_forecast(points)
  for _, point in ipairs(points) do
    if point.is_forecast then return true end
  end
  return false
end

local function sum_of(points, name)
  local values = { n = #points }
  for i, point in ipairs(points) do values[i] = point[name] end
  return amount.sum(values, values.n)
end

--- Without a reference: the highest, and the sum.
local function about_values(self)
  local spec, show = self.spec, self.show
  local best = largest(self.points, function(point) return point.value end)
  if not best then return words.text(spec.lang, "No figures") end
  local name = period_name(self, best, needs_year(self))
  local size = show:amount(self.points[best].value)
  if #self.points == 1 then return name .. ": " .. size end
  return words.say(spec.lang, "Highest in {1}: {2}; {3} in total", name, size,
    show:amount(sum_of(self.points, "value")))
end

--- The message of columns: since when over or under, and by how much in all.
function M.columns(self)
  local spec, points, show = self.spec, self.points, self.show
  local total = sum_of(points, "variance")
  if total == nil then return about_values(self) end
  local lang, sign = spec.lang, amount.sign(total)
  local reference = frame.scenario_word(spec, self.reference)
  if sign == 0 then
    return words.text(lang, "The total is exactly on %s", reference)
  end
  local sum = words.say(lang, has_forecast(points)
    and "{1} {2} in total, forecast included" or "{1} {2} in total",
    show:phrase(total), side(spec, self.reference, sign))
  local run, from, count = last_run(points)
  if run == sign and count >= 3 and from > 1 then
    return words.say(lang, "{1} since {2}; {3}",
      begin(lang, side(spec, self.reference, run)),
      period_name(self, from, needs_year(self)), sum)
  end
  if #points == 1 then return begin(lang, sum) end
  local best = largest(points, function(point)
    if amount.sign(point.variance) == sign then
      return amount.abs(point.variance)
    end
  end)
  return begin(lang, words.say(lang, "{1}, most in {2} ({3})", sum,
    period_name(self, best, needs_year(self)),
    show:signed(points[best].variance)))
end

-- ---- trend ----

--- What a line comes to: passes its level, is expected at, or was last.
function M.trend(self)
  local spec, show, lang = self.spec, self.show, self.spec.lang
  local last, finish = self.points[self.last], self.points[#self.points]
  if not last then return words.text(lang, "No figures") end
  local year = needs_year(self)
  local passing = self.passing
  local ending = finish.mean ~= nil and words.say(lang,
    "{1} expected by {2}", show:amount(finish.mean),
    period_name(self, #self.points, year))
  if passing then
    local name = period_name(self, passing.index, year)
    local key = spec.cumulative
      and (passing.is_past and "The budget was used up in {1}"
        or "The budget will be used up in {1}")
      or (passing.is_past and "Above the budget since {1}"
        or "Above the budget from {1} on")
    local text = words.say(lang, key, name)
    return ending and words.say(lang, "{1}; {2}", text, ending) or text
  end
  local name = period_name(self, self.last, year)
  if ending and finish.lo80 ~= nil then
    return words.say(lang, "{1} expected in {2} (80%: {3} to {4})",
      show:amount(finish.mean), period_name(self, #self.points, year),
      show:plain(finish.lo80), show:plain(finish.hi80))
  elseif ending then
    return begin(lang, ending)
  end
  local now = words.say(lang, self.periods[self.last].kind == "day"
    and "{1} on {2}" or "{1} in {2}", show:amount(last.actual), name)
  local before = self.points[self.last - 1]
  local percent = before and before.actual ~= nil and not spec.cumulative
    and amount.percent_of(last.actual - before.actual, before.actual)
  if not percent then return now end
  return words.say(lang, "{1}, {2} on {3}", now, show:percent(percent),
    period_name(self, self.last - 1, year))
end

-- ---- indicators ----

--- The only one that anybody judges.
local function about_missed(self)
  for _, row in ipairs(self.rows) do
    if row.met == false then
      return words.say(self.spec.lang, "{1} is off target ({2})", row.name,
        row.text.percent)
    end
  end
end

--- How many reached their targets, and which is furthest from it.
function M.bullet(self)
  local lang, met, judged = self.spec.lang, 0, 0
  for _, row in ipairs(self.rows) do
    if row.met ~= nil then judged = judged + 1 end
    if row.met then met = met + 1 end
  end
  if judged == 0 then return words.text(lang, "No figures") end
  if met == judged then
    return words.say(lang, judged == 1 and "The indicator is on target"
      or "All {1} indicators are on target", judged)
  end
  if judged == 1 then return about_missed(self) end
  local worst = largest(self.rows, function(row)
    if row.met == false and row.percent ~= nil then
      return amount.abs(row.percent)
    end
  end)
  local text = words.say(lang, met == 0 and "None of {2} indicators on target"
    or "{1} of {2} indicators on target", met, judged)
  if not worst then return text end
  return words.say(lang, "{1}; {2} is furthest from it ({3})", text,
    self.rows[worst].name, self.rows[worst].text.percent)
end

-- ---- execution rates ----

--- Who is far behind the plan in the last period, else who is lowest.
function M.heatmap(self)
  local lang = self.spec.lang
  local behind, lowest = {}, nil
  local far = self.limits[3]
  for _, row in ipairs(self.rows) do
    local cell = row.cells[self.judged]
    if cell and cell.rate then
      if not lowest or cell.gap < lowest.cells[self.judged].gap then
        lowest = row
      end
      if cell.gap <= -far and not row.others then
        behind[#behind + 1] = row
      end
    end
  end
  if not lowest then return words.text(lang, "No figures") end
  table.sort(behind, function(a, b)
    local x, y = a.cells[self.judged].gap, b.cells[self.judged].gap
    if x ~= y then return x < y end
    return a.order < b.order
  end)
  if #behind == 1 then
    return words.say(lang, "{1} is more than {2} points behind the plan",
      behind[1].label, far)
  elseif #behind == 2 then
    return words.say(lang, "{1} and {2} are more than {3} points behind the "
      .. "plan", behind[1].label, behind[2].label, far)
  elseif #behind > 2 then
    return words.say(lang, "{1} of {2} are more than {3} points behind the "
      .. "plan, {4} most of all", #behind, #self.rows, far, behind[1].label)
  end
  local cell = lowest.cells[self.judged]
  local key = cell.gap < 0 and "{1} is furthest behind: {2}, plan {3}"
    or "Nobody is behind the plan; {1} is lowest: {2}, plan {3}"
  return words.say(lang, key, lowest.label, self:rate_text(cell.rate) .. "%",
    self:rate_text(cell.rate - cell.gap) .. "%")
end

-- ---- many and two ----

--- How many are over, and who most; without a plan who is largest.
function M.multiples(self)
  local spec, show, lang = self.spec, self.show, self.spec.lang
  local over, under = 0, 0
  for _, row in ipairs(self.rows) do
    local sign = amount.sign(row.variance)
    if sign > 0 then over = over + 1 end
    if sign < 0 then under = under + 1 end
  end
  if not self.has_base then
    local best = largest(self.rows, function(row) return row.actual end)
    if not best then return words.text(lang, "No figures") end
    return words.say(lang, "{1} is largest: {2}", self.rows[best].label,
      show:amount(self.rows[best].actual))
  end
  local sign = over >= under and 1 or -1
  local count = math.max(over, under)
  if count == 0 then
    return words.text(lang, "Every line is exactly on %s",
      frame.scenario_word(spec, "base"))
  end
  local best = largest(self.rows, function(row)
    if amount.sign(row.variance) == sign then
      return amount.abs(row.variance)
    end
  end)
  if #self.rows == 1 then
    return words.say(lang, "{1}: {2} {3}", self.rows[1].label,
      show:phrase(self.rows[1].variance), side(spec, "base", sign))
  end
  return words.say(lang, "{1} of {2} {3}, {4} most ({5})", count, #self.rows,
    side(spec, "base", sign), self.rows[best].label,
    show:signed(self.rows[best].variance))
end

--- The largest change of those pointed at, and the second.
function M.slope(self)
  local lang = self.spec.lang
  local tail = self.spec.percent and "%" or ""
  local parts = {}
  for _, want in ipairs { true, false } do
    local best = largest(self.rows, function(row)
      if row.lit and not row.said and row.base ~= nil
        and row.actual ~= nil then
        return amount.abs(row.actual - row.base)
      end
    end)
    local row = best and self.rows[best]
    if row and (want or #parts > 0) then
      row.said = true
      local sign = amount.sign(row.actual - row.base)
      local key = sign > 0 and "{1} rises from {2} to {3}"
        or sign < 0 and "{1} falls from {2} to {3}" or "{1} stays at {3}"
      local name = row.label
      if tail ~= "" then name = words.say(lang, "share of {1}", name) end
      parts[#parts + 1] = words.say(lang, key, name, row.text.base
        .. tail, row.text.actual .. tail)
    end
  end
  if #parts == 0 then
    for _, row in ipairs(self.rows) do
      if row.base ~= nil or row.actual ~= nil then
        return words.say(lang, "{1}: {2} to {3}", row.label, row.text.base
          .. tail, row.text.actual .. tail)
      end
    end
    return words.text(lang, "No figures")
  end
  if #parts == 1 then return begin(lang, parts[1]) end
  return begin(lang, words.say(lang, "{1}; {2}", parts[1], parts[2]))
end

--- The part whose share changed most from the first bar to the last.
function M.share(self)
  local lang = self.spec.lang
  local first, last = self.bars[1], self.bars[#self.bars]
  local best, most
  for i = 1, #self.parts do
    local a, b = first.share[i], last.share[i]
    if a and b and (most == nil or math.abs(b - a) > most) then
      best, most = i, math.abs(b - a)
    end
  end
  if not best then return words.text(lang, "No figures") end
  local name = self.parts[best].label
  if #self.bars == 1 then
    best = largest(first.share, function(value) return value or nil end)
    return words.say(lang, "{1} is largest: {2}", self.parts[best].label,
      self:part(first, best))
  end
  local a, b = self:part(first, best), self:part(last, best)
  local key = a == b and "{1} stays at {3}"
    or last.share[best] > first.share[best] and "{1} rises from {2} to {3}"
    or "{1} falls from {2} to {3}"
  return begin(lang, words.say(lang, key, words.say(lang, "share of {1}",
    name), a, b))
end

--- How many of them make up most of the whole.
function M.pareto(self)
  local lang, few = self.spec.lang, self.few
  local text = self.show:part(self.rows[few].cumulated)
  if self.count == 1 then
    return self.rows[1].label .. ": " .. self.show:amount(self.rows[1].value)
  end
  if self.rows[few].others or few == #self.rows then
    return words.say(lang, "{1} is largest of {2}: {3}", self.rows[1].label,
      self.count, self.show:part(self.rows[1].cumulated))
  elseif few == 1 then
    return words.say(lang, "{1} alone is {2} of the whole",
      self.rows[1].label, text)
  end
  return words.say(lang, "{1} of {2} make up {3}", few, self.count, text)
end

return M

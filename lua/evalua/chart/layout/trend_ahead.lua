--- What a trend chart shows ahead: the forecast with its intervals, the sums
--- of a cumulative chart, and where the line passes its level.
local amount = require "evalua.chart.amount"
local language = require "evalua.lang"
local periods = require "evalua.chart.period"
local words = require "evalua.chart.words"

local M = {}

--- How many periods ahead: to the end of the year, a year from its end on,
--- else a third of the past (1 to 5). Sums begin anew every year: those of a
--- cumulative chart end with it.
local function horizon(series, last, spec)
  local season = periods.season(series)
  local part = periods.place(series[last], spec.start)
  if spec.cumulative and season > 1 and part then
    local rest = math.max(0, season - part)
    return math.min(spec.h or rest, rest)
  end
  if spec.h then return spec.h end
  if season > 1 and part then
    local rest = season - part
    return rest > 0 and rest or series[last].kind == "moon" and 0 or season
  end
  return math.max(1, math.min(5, last // 3))
end

--- Numbers of the actuals up to the last; a hole ends the history before it.
local function history(points, last)
  local from = last
  while from > 1 and points[from - 1].actual ~= nil do from = from - 1 end
  local numbers = {}
  for i = from, last do
    numbers[#numbers + 1] = points[i].actual:number()
  end
  return numbers
end

--- Add points behind the last actual, with the mean and its intervals.
local function extend(self, found, h)
  for k = 1, h do
    local at = self.last + k
    local period = self.periods[at] or periods.next(self.periods[self.last],
      k)
    if not period then break end
    local point = self.points[at] or {}
    self.periods[at], self.points[at] = period, point
    point.mean = amount.decimal(found.mean[k])
    for _, level in ipairs { 80, 95 } do
      point["lo" .. level] = amount.decimal(found.lower[level][k])
      point["hi" .. level] = amount.decimal(found.upper[level][k])
    end
  end
end

--- One's own forecasts from the column `forecast`.
local function own_forecast(self)
  local found = false
  for i, point in ipairs(self.points) do
    if i > self.last and point.forecast ~= nil then
      point.mean, found = point.forecast, true
    end
  end
  return found
end

local function look_ahead(self)
  local forecast = require("evalua.stats").forecast
  local spec, lang = self.spec, self.spec.lang
  if self.last == 0 or own_forecast(self) then return end
  local h = horizon(self.periods, self.last, spec)
  if h == 0 or not periods.next(self.periods[self.last], 1) then return end
  local numbers = history(self.points, self.last)
  local season = spec.season or periods.season(self.periods)
  local found, message = forecast(numbers, { h = h, period = season,
    method = "auto", level = { 80, 95 } })
  if not found then
    self.notes[1] = words.say(lang, "No forecast: {1}",
      language.message(lang, message))
    return
  end
  extend(self, found, h)
  self.has_fan = true
  self.notes[1] = words.say(lang, "Forecast by {1} from {2} periods",
    language.message(lang, found.model or found.method), #numbers)
  for _, note in ipairs(found.notes or {}) do
    self.notes[#self.notes + 1] = language.message(lang, note)
  end
end

-- ---- sums ----

--- Only the last year of months or quarters: sums begin anew every year.
local function keep_last_year(self)
  local last, from = math.max(self.last, 1), 1
  for _, run in ipairs(periods.years(self.periods, self.spec.start)) do
    if run.from <= last then from = run.from end
  end
  local count = #self.points - from + 1
  self.periods = table.move(self.periods, from, #self.periods, 1, {})
  self.points = table.move(self.points, from, #self.points, 1, {})
  self.last = math.min(self.last - from + 1, count)
end

--- Running sums of a field; a hole leaves the rest unknown.
local function running(points, name, from, start)
  local sum = start
  for i = from, #points do
    local value = points[i][name]
    if value == nil then return end
    sum = sum and sum + value or value
    points[i][name] = sum
  end
end

--- The half widths of the single periods, added up.
local function running_fan(points, from)
  for _, level in ipairs { 80, 95 } do
    local below, above = amount.zero, amount.zero
    for i = from, #points do
      local point = points[i]
      if point["lo" .. level] == nil then break end
      below = below + (point.single - point["lo" .. level])
      above = above + (point["hi" .. level] - point.single)
      point["lo" .. level] = point.mean - below
      point["hi" .. level] = point.mean + above
    end
  end
end

local function cumulate(self)
  keep_last_year(self)
  local points = self.points
  for i = 1, self.last do -- a hole within the past: nothing was spent there
    points[i].actual = points[i].actual or amount.zero
  end
  running(points, "actual", 1)
  running(points, "base", 1)
  for i = self.last + 1, #points do points[i].single = points[i].mean end
  running(points, "mean", self.last + 1,
    self.last > 0 and points[self.last].actual or nil)
  running_fan(points, self.last + 1)
  if self.budget == nil and self.has_base then
    self.budget = points[#points].base
  end
end

--- The points with their forecast, as the layout takes them.
---@return table layout spec periods points last notes budget has_base has_fan
function M.prepare(spec)
  local self = { spec = spec, periods = {}, points = {}, last = 0,
    notes = {}, budget = amount.decimal(spec.budget), has_base = false,
    has_fan = false }
  for i, point in ipairs(spec.points) do
    local copy = { actual = amount.decimal(point.actual),
      base = amount.decimal(point.base),
      forecast = amount.decimal(point.forecast) }
    self.periods[i], self.points[i] = spec.periods[i], copy
    if copy.actual ~= nil then self.last = i end
    self.has_base = self.has_base or copy.base ~= nil
  end
  look_ahead(self)
  if spec.cumulative then cumulate(self) end
  return self
end

-- ---- the level ----

--- Where the line first reaches the level, between two points: { at = place
--- in points, period = its index, text, is_forecast }; nil where it never
--- does, or is above from the start.
function M.passing(self)
  local level = self.level
  if not level then return nil end
  local before = nil
  for i, point in ipairs(self.points) do
    local is_past = i <= self.last
    local value = point.length.actual
    if not is_past then value = point.length.mean end
    if before and value and before < level and value >= level then
      local part = (level - before) / (value - before)
      local lang = self.spec.lang
      local name = periods.name(self.periods[i], lang, false)
      local key = self.spec.cumulative
        and (is_past and "Used up in {1}" or "Expected to be used up in {1}")
        or (is_past and "Passed in {1}" or "Expected to pass in {1}")
      return { at = i - 1 + part, index = i, is_past = is_past,
        text = words.say(lang, key, name),
        color = self.spec.polarity == 1 and "good" or "bad" }
    end
    before = value or before
  end
end

return M

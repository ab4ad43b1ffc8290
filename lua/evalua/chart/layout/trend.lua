--- A line over time with its forecast: a fan of 80 and 95 percent, the plan,
--- a level that must not be passed, and where the line passes it.
---
---     { kind = "trend", periods =, points = { { actual=, base=, forecast= } },
---       budget = decimal?, cumulative = boolean?, h =, season = }
---
--- Cumulative: sums since the first period of the last year, against the sum
--- of the plan (or `budget`). Its fan adds up the half widths of the single
--- periods, as if their errors went together: the widest it can be.
local ahead = require "evalua.chart.layout.trend_ahead"
local figures = require "evalua.chart.layout.figures"
local frame = require "evalua.chart.layout.frame"
local limit = require "evalua.chart.limit"
local periods = require "evalua.chart.period"
local place = require "evalua.chart.layout.place"
local plot = require "evalua.chart.layout.plot"
local relax = require "evalua.chart.layout.relax"
local sentence = require "evalua.chart.sentence"
local words = require "evalua.chart.words"

local M = {}

---@class TrendLayout
---@field list DisplayList
---@field spec table
---@field periods Period[]
---@field points table[] actual, base, forecast, mean, lower, upper
---@field last integer the last point with an actual
---@field show Figures
local Layout = {}
Layout.__index = Layout

-- ---- scale ----

local fields = { "actual", "base", "mean", "lo80", "hi80", "lo95", "hi95" }

--- The values of the axis: from zero, unless the line would be flat then.
function Layout:measure()
  local lo, hi = math.huge, -math.huge
  for _, point in ipairs(self.points) do
    point.length = {}
    for _, name in ipairs(fields) do
      local value = self.show:length(point[name])
      point.length[name] = value
      if value then lo, hi = math.min(lo, value), math.max(hi, value) end
    end
  end
  self.level = self.show:length(self.budget)
  if self.level then
    lo, hi = math.min(lo, self.level), math.max(hi, self.level)
  end
  if lo > hi then lo, hi = 0, 0 end
  if lo > 0 and lo < 0.6 * hi then lo = 0 end
  if hi < 0 and hi > 0.6 * lo then hi = 0 end
  if lo == hi then lo, hi = math.min(lo, 0), math.max(hi, 0) end
  self.ticks, self.tick_places = plot.ticks(lo, hi, 6)
  self.from_zero = lo <= 0
  self.lo = math.min(lo, self.ticks[1])
  self.hi = math.max(hi, self.ticks[#self.ticks])
  if not self.from_zero then -- a round foot below the line
    local step = (self.ticks[2] or self.hi) - self.ticks[1]
    self.lo = math.floor(lo / step + 1e-9) * step
    if self.lo < self.ticks[1] - step / 2 then
      table.insert(self.ticks, 1, self.lo)
    end
  end
end

--- Days stand where they are in time, the gaps between them are of all sizes.
--- Between two points `i` has a fraction.
function Layout:x(i)
  local first, last = self.periods[1], self.periods[#self.periods]
  if first.kind ~= "day" or #self.points == 1 then
    return self.x0 + (i - 1) * self.pitch
  end
  local before = self.periods[math.floor(i)]
  local after = self.periods[math.ceil(i)]
  local index = before.index + (i % 1) * (after.index - before.index)
  return self.x0 + (index - first.index) / (last.index - first.index)
    * (self.x1 - self.x0)
end

function Layout:y(value)
  if self.hi <= self.lo then return self.bottom end
  return self.bottom - (value - self.lo) / (self.hi - self.lo)
    * (self.bottom - self.top)
end

-- ---- labels at the end of lines ----

--- What stands on the right: the forecast and its intervals, the plan, the
--- level, each at the height of its line's end.
function Layout:ends()
  local show, scenario, out = self.show, self.spec.scenario, {}
  local theme, last = self.spec.theme, self.points[#self.points]
  local function add(value, text, color, bold, swatch)
    if value ~= nil then
      out[#out + 1] = { value = value, text = text, color = color,
        bold = bold, swatch = swatch }
    end
  end
  local function interval(level)
    return ("%d%%  %s–%s"):format(level, show:plain(last["lo" .. level]),
      show:plain(last["hi" .. level]))
  end
  if last.mean ~= nil then
    add(last.length.mean, scenario.forecast .. " " .. show:plain(last.mean),
      theme.text, true)
  end
  if last.lo80 ~= nil then
    add(last.length.mean, interval(80), theme.second, false, "fan80")
    add(last.length.mean, interval(95), theme.second, false, "fan95")
    out[#out - 1].below, out[#out].below = 1, 2
  end
  if last.mean == nil and self.last > 0 then
    local point = self.points[self.last]
    add(point.length.actual, scenario.actual .. " " .. show:plain(
      point.actual), theme.text, true)
  end
  local plan = nil
  for i = #self.points, 1, -1 do
    plan = plan or self.points[i].base and self.points[i]
  end
  local is_same = plan and self.budget and plan.base:eq(self.budget)
  if plan and not is_same then
    add(plan.length.base, scenario.base .. " " .. show:plain(plan.base),
      theme.second, true)
  end
  if self.level then
    add(self.level, (is_same and scenario.base
      or frame.capital(frame.scenario_word(self.spec, "base"))) .. " "
      .. show:plain(self.budget), theme.second, true)
  end
  return out
end

function Layout:end_width()
  local widest, size = 0, self.spec.sizes.font.label
  for _, item in ipairs(self.at_end) do
    widest = math.max(widest, self.list.measure:width(item.text, size,
      item.bold) + (item.swatch and 0.9 * size or 0))
  end
  return widest
end

--- Sorted by where they belong, pushed apart where they collide.
function Layout:draw_ends()
  local size = self.spec.sizes.font.label
  for i, item in ipairs(self.at_end) do item.order = i end
  table.sort(self.at_end, function(a, b)
    if a.value ~= b.value then return a.value > b.value end
    return a.order < b.order
  end)
  local wanted = {}
  for i, item in ipairs(self.at_end) do
    wanted[i] = self:y(item.value) + (item.below or 0) * 1.35 * size
  end
  for i = 2, #wanted do wanted[i] = math.max(wanted[i], wanted[i - 1]) end
  local at = relax.apart(wanted, 1.35 * size, self.top - 0.3 * size,
    self.bottom)
  for i, item in ipairs(self.at_end) do
    local x = self.x1 + self.spec.sizes.axis_gap
    if item.swatch then
      self.list:rect { tag = "swatch", x0 = x, x1 = x + 0.66 * size,
        y0 = at[i] - 0.33 * size, y1 = at[i] + 0.33 * size,
        fill = self.spec.theme[item.swatch] }
      x = x + 0.9 * size
    end
    self.list:text { tag = "end.text", x = x, y = at[i], text = item.text,
      size = size, bold = item.bold, color = item.color }
  end
end

-- ---- lines ----

--- Pieces of a line without holes: { x, y, x, y, … } each.
function Layout:pieces(name, from, to)
  local pieces, piece = {}, {}
  for i = from, to do
    local value = self.points[i].length[name]
    if value then
      piece[#piece + 1], piece[#piece + 2] = self:x(i), self:y(value)
    elseif #piece > 0 then
      pieces[#pieces + 1], piece = piece, {}
    end
  end
  if #piece > 0 then pieces[#pieces + 1] = piece end
  return pieces
end

function Layout:draw_line(tag, name, from, to, style)
  for _, piece in ipairs(self:pieces(name, from, to)) do
    if #piece > 2 then
      self.list:polyline { tag = tag, points = piece, color = style.color,
        width = style.width, dash = style.dash }
    end
  end
end

function Layout:dots(name, from, to, hollow)
  local theme = self.spec.theme
  local radius = math.min(self.spec.sizes.dot, 0.28 * self.pitch)
  for i = from, to do
    local value = self.points[i].length[name]
    local alone = value and not (self.points[i - 1]
      and self.points[i - 1].length[name]) and not (self.points[i + 1]
      and self.points[i + 1].length[name])
    if value and (radius >= 4 or alone) then
      self.list:circle { tag = "dot", row = i, x = self:x(i),
        y = self:y(value), radius = math.max(radius, 4),
        fill = hollow and theme.paper or theme.actual,
        stroke = hollow and theme.actual or nil, width = 3 }
    end
  end
end

--- A band of the forecast from the last actual on.
function Layout:draw_band(level)
  local up, down = {}, {}
  local from = self.points[self.last].length.actual
  up[1], up[2] = self:x(self.last), self:y(from)
  for i = self.last + 1, #self.points do
    local length = self.points[i].length
    up[#up + 1], up[#up + 2] = self:x(i), self:y(length["hi" .. level])
    down[#down + 1] = { self:x(i), self:y(length["lo" .. level]) }
  end
  for i = #down, 1, -1 do
    up[#up + 1], up[#up + 2] = down[i][1], down[i][2]
  end
  self.list:polygon { tag = "fan" .. level, points = up,
    fill = self.spec.theme["fan" .. level] }
end

function Layout:draw_lines()
  local theme, sizes, n = self.spec.theme, self.spec.sizes, #self.points
  if self.has_fan then
    self:draw_band(95)
    self:draw_band(80)
  end
  if self.level then
    self.list:line { tag = "level", x0 = self.x0 - 8, x1 = self.x1 + 8,
      y0 = self:y(self.level), y1 = self:y(self.level), color = theme.text,
      width = 2.2, dash = { 3, 3 } }
  end
  self:draw_line("base.line", "base", 1, n, { color = theme.second,
    width = 2.4, dash = { 8, 5 } })
  if self.last > 0 and self.last < n then
    self.points[self.last].length.mean = self.points[self.last].length.actual
    self:draw_line("forecast.line", "mean", self.last, n, {
      color = theme.forecast, width = 0.8 * sizes.line_width,
      dash = { 2, 2 } })
    self.points[self.last].length.mean = nil
  end
  self:draw_line("actual.line", "actual", 1, math.max(self.last, 1), {
    color = theme.actual, width = sizes.line_width })
  self:dots("actual", 1, self.last)
  self:dots("mean", self.last + 1, n, true)
end

-- ---- marks ----

local open = { grid = true }
local bands = { grid = true, fan80 = true, fan95 = true }

--- The last actual beside its dot, where it does not stand on the right.
function Layout:draw_last()
  if self.points[#self.points].mean == nil or self.last == 0 then return end
  local point, size = self.points[self.last], self.spec.sizes.font.label
  local x, y = self:x(self.last), self:y(point.length.actual)
  local text = self.spec.scenario.actual .. " " .. self.show:plain(
    point.actual)
  local width = self.list.measure:width(text, size, true)
  local near, far = {}, {}
  for _, distance in ipairs { 1, 1.6, 2.4, 3.4 } do
    local candidates = distance < 2 and near or far
    for _, way in ipairs { -1, 1 } do
      local at = y + way * distance * size
      for _, anchor in ipairs { "right", "center", "left" } do
        if at > self.top - 0.5 * size and at < self.bottom then
          candidates[#candidates + 1] = { x = x, y = at, anchor = anchor }
        end
      end
    end
  end
  near[#near + 1] = { x = x - size, y = y, anchor = "right" }
  near[#near + 1] = { x = x + size, y = y, anchor = "left" }
  local at
  for _, candidates in ipairs { near, far } do -- rather on a band than far off
    for _, except in ipairs { open, bands } do
      at = at or place.first(self.list, candidates, width, size, except)
    end
  end
  if at then
    self.list:text { tag = "last.text", x = at.x, y = at.y, text = text,
      anchor = at.anchor, size = size, bold = true,
      color = self.spec.theme.text }
  end
end

--- Where the line passes the level: words, and an arrow that points there.
function Layout:draw_passing()
  local passing = self.passing
  if not passing then return end
  local theme, size = self.spec.theme, self.spec.sizes.font.label
  local width = self.list.measure:width(passing.text, size, true)
  local x = self:x(passing.at)
  local y = self:y(self.level)
  local candidates = {}
  for _, up in ipairs { 2.6, 4, 5.5, 7, -2.6, -4, -5.5 } do
    local at = y - up * size
    for _, left in ipairs { 2.5, 5, 8, 11 } do
      if at > self.top and at < self.bottom - size then
        candidates[#candidates + 1] = { x = x - left * size, y = at,
          anchor = "right" }
        candidates[#candidates + 1] = { x = x + left * size, y = at,
          anchor = "left" }
      end
    end
  end
  local at = place.first(self.list, candidates, width, size, open)
  if not at then return end
  local way = at.anchor == "right" and 1 or -1
  local from_x, from_y = at.x + way * 8, at.y
  local color = theme[passing.color]
  local dx, dy = x - from_x, y - from_y
  local length = math.sqrt(dx * dx + dy * dy)
  local ux, uy = dx / length, dy / length
  local tip_x, tip_y = x - 10 * ux, y - 10 * uy
  self.list:line { tag = "arrow", x0 = from_x, y0 = from_y, x1 = tip_x
    - 12 * ux, y1 = tip_y - 12 * uy, color = color, width = 2 }
  self.list:polygon { tag = "arrow.head", fill = color, points = { tip_x,
    tip_y, tip_x - 16 * ux - 6 * uy, tip_y - 16 * uy + 6 * ux,
    tip_x - 16 * ux + 6 * uy, tip_y - 16 * uy - 6 * ux } }
  self.list:text { tag = "passing.text", x = at.x, y = at.y,
    text = passing.text, anchor = at.anchor, size = size, bold = true,
    color = theme[passing.color .. "_text"] }
end

function Layout:draw()
  local list, spec = self.list, self.spec
  local area = { x0 = self.x0 - 16, x1 = self.x1 + 16 }
  plot.grid(list, spec, area, self.ticks, self.tick_places,
    function(value) return self:y(value) end)
  self:draw_lines()
  list:line { tag = "axis", x0 = area.x0, x1 = area.x1, y0 = self.bottom,
    y1 = self.bottom, color = spec.theme.axis, width = spec.sizes.axis_width }
  plot.periods(list, spec, self.labels, function(i) return self:x(i) end,
    self.pitch, self.bottom)
  self:draw_ends()
  self:draw_last()
  self:draw_passing()
  for i, point in ipairs(self.points) do
    frame.describe(list, periods.name(self.periods[i], spec.lang, true) .. ":",
      spec.scenario.actual, self.show:plain(point.actual),
      point.mean and spec.scenario.forecast .. " " .. self.show:plain(
        point.mean) or "")
  end
end

-- ---- the whole ----

function Layout:about()
  local spec, lang = self.spec, self.spec.lang
  local text = frame.scenario(spec, "actual")
  if self.points[#self.points].mean ~= nil then
    text = words.say(lang, self.has_fan
      and "{1}, {2} with intervals of 80% and 95%" or "{1} and {2}", text,
      frame.scenario(spec, "forecast"))
  end
  if self.has_fan and (self.has_base or self.budget) then
    text = words.say(lang, "{1}, {2}", text, frame.scenario(spec, "base"))
  elseif self.has_base or self.budget then
    text = words.text(lang, "%s vs %s", text, frame.scenario(spec, "base"))
  end
  return text
end

--- The title names what is summed up, and the time up to the forecast's end.
function Layout:titled()
  local spec, title = self.spec, {}
  for key, value in pairs(spec.title) do title[key] = value end
  if spec.cumulative and title.what then
    title.what = words.say(spec.lang, "{1}, cumulative", title.what)
  end
  if title.when == periods.span(spec.periods, spec.lang) then
    title.when = periods.span(self.periods, spec.lang)
  end
  return setmetatable({ title = title }, { __index = spec })
end

function Layout:sentences()
  local lang, out = self.spec.lang, frame.sentences(self.spec, nil, {})
  for _, note in ipairs(self.notes) do out[#out + 1] = note end
  if self.has_fan and self.spec.cumulative then
    out[#out + 1] = words.text(lang, "Intervals add up those of the single "
      .. "periods")
  end
  if not self.from_zero then
    out[#out + 1] = words.text(lang, "The axis does not begin at zero")
  end
  return out
end

---@param list DisplayList empty
---@param spec table a complete spec (see above)
function M.layout(list, spec)
  local self = setmetatable(ahead.prepare(spec), Layout)
  self.list = list
  self.show = figures.of(figures.values(self.points, fields), spec)
  self:measure()
  self.passing = ahead.passing(self)
  local text = spec.title.message or sentence.trend(self)
  local head = frame.head(list, self:titled(), self:about(), self.show.unit,
    text)
  local foot = frame.foot(list, spec, self:sentences())
  self.labels = periods.labels(self.periods, spec.lang)
  list.height = list.height or math.ceil(head + foot.height
    + 1.1 * spec.sizes.plot_height)
  self.at_end = self:ends()
  local sizes = spec.sizes
  self.x0 = sizes.margin + 24 + sizes.label_gap
    + plot.tick_width(list, spec, self.ticks, self.tick_places)
  self.x1 = list.width - sizes.margin - self:end_width() - sizes.axis_gap
  self.pitch = #self.points > 1 and (self.x1 - self.x0) / (#self.points - 1)
    or self.x1 - self.x0
  self.top = head
  self.bottom = list.height - foot.height - plot.period_height(spec,
    self.labels)
  if self.x1 - self.x0 < 100 or self.bottom - self.top < 60 then
    limit "a chart of this size has no room for its line"
  end
  self:draw()
  frame.draw_foot(list, spec, foot)
end

return M

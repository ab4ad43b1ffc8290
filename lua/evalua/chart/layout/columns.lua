--- Columns over time in three tiers: the values of AC or FC in front of PL,
--- the absolute variance on the same scale, the relative variance as pins.
---
---     { kind = "columns", periods = Period[] or texts,
---       points = { { actual=, forecast=, base=, prior= }, ... }, polarity= }
---
--- With base and prior the variances are those from the base, and a small
--- triangle stands where the prior year was. The sums stand on the right.
local amount = require "evalua.chart.amount"
local draw = require "evalua.chart.layout.columns_draw"
local figures = require "evalua.chart.layout.figures"
local frame = require "evalua.chart.layout.frame"
local limit = require "evalua.chart.limit"
local mark = require "evalua.chart.layout.mark"
local periods = require "evalua.chart.period"
local plot = require "evalua.chart.layout.plot"
local scale = require "evalua.chart.scale"
local totals = require "evalua.chart.layout.columns_total"
local sentence = require "evalua.chart.sentence"
local words = require "evalua.chart.words"

local M = {}

local LEAST_PITCH = 8 -- pixels from column to column

---@class ColumnsLayout: ColumnsDrawing
---@field list DisplayList
---@field spec table
---@field points table[] with value, code, reference, variance, percent
---@field show Figures
---@field lab number height of a line of figures
local Layout = setmetatable({}, { __index = draw.Drawing })
Layout.__index = Layout

-- ---- the figures ----

--- Which scenario the variances are taken from, where there is any.
local function reference_of(points)
  for _, role in ipairs { "base", "prior" } do
    for _, point in ipairs(points) do
      if point[role] ~= nil then return role end
    end
  end
end

--- The column's value: actual, else forecast; and how it differs.
local function judge(spec, point, role)
  point.value = point.actual
  point.code = spec.scenario.actual
  if point.value == nil and point.forecast ~= nil then
    point.value, point.code = point.forecast, spec.scenario.forecast or "FC"
    point.is_forecast = true
  end
  local reference = role and point[role]
  if point.value == nil or reference == nil then return end
  point.variance = point.value - reference
  point.percent = amount.percent_of(point.variance, reference)
  point.favourable = amount.favourable(point.variance, spec.polarity)
  point.calm = amount.is_calm(point.percent, spec.neutral)
end

local function copy(point)
  local out = {}
  for _, name in ipairs { "actual", "forecast", "base", "prior" } do
    out[name] = amount.decimal(point[name])
  end
  return out
end

--- The last periods, as many as there is room for.
function Layout:take_points()
  local spec = self.spec
  local room = self.list.width - 2 * spec.sizes.margin - 240
  local most = math.max(1, math.floor(room / LEAST_PITCH))
  local from = math.max(0, #spec.points - most)
  self.dropped, self.points, self.periods = from, {}, {}
  for i = from + 1, #spec.points do
    self.points[i - from] = copy(spec.points[i])
    self.periods[i - from] = spec.periods[i]
  end
  self.reference = reference_of(self.points)
  for _, point in ipairs(self.points) do judge(spec, point, self.reference) end
end

--- Lengths, and the span of every tier.
function Layout:measure()
  local values, variances = { n = 0 }, { n = 0 }
  local percents = {}
  for _, point in ipairs(self.points) do
    point.length = {}
    for _, name in ipairs { "value", "base", "prior", "variance" } do
      point.length[name] = self.show:length(point[name])
      local to = name == "variance" and variances or values
      to.n = to.n + 1
      to[to.n] = point.length[name]
    end
    point.length.percent = amount.number(point.percent)
    percents[#percents + 1] = point.length.percent
    point.color = mark.judged(point)
  end
  self.cap = scale.cap(percents, 0)
  for _, point in ipairs(self.points) do
    local percent = point.length.percent
    point.cut = self.cap and percent and math.abs(percent) > self.cap
    point.length.pin = point.cut and (percent < 0 and -self.cap or self.cap)
      or percent
  end
  self.values, self.variances = scale.span(values), scale.span(variances)
  self.lens = self.spec.magnify ~= false and scale.lens(math.max(
    self.variances.hi, -self.variances.lo), self.values.hi - self.values.lo)
    or 1
  self.show:refine(math.max(self.variances.hi, -self.variances.lo))
  local pins = { n = #self.points }
  for i, point in ipairs(self.points) do pins[i] = point.length.pin end
  self.pins = scale.span(pins)
end

-- ---- where things go ----

--- Where a centred text of this width stays within the columns.
function Layout:inside(x, width)
  return math.max(self.x0 + width / 2, math.min(x, self.x1 - width / 2))
end

--- Figures of one tier, in the largest size in which all of them fit.
function Layout:fit_texts(tier)
  local sizes, list = self.spec.sizes, self.list
  local size = sizes.font.number
  while true do
    local marks = {}
    for i, point in ipairs(self.points) do
      local width = list.measure:width(point.text[tier], size)
      marks[i] = { x = self:inside(self:x(i), width), width = width,
        value = point.length[tier] or 0 }
    end
    local shown, all = plot.shown(marks, 0.3 * size)
    if all or size <= sizes.min_font then
      return { size = size, shown = shown, all = all, marks = marks }
    end
    size = math.max(sizes.min_font, size - 1)
  end
end

--- Percentages stand close: no decimals, unless they would all be 0 or 1.
local function percent_places(points)
  local most = 0
  for _, point in ipairs(points) do
    most = math.max(most, math.abs(point.length.percent or 0))
  end
  return most > 0 and (most < 1 and 2 or most < 5 and 1) or 0
end

function Layout:texts()
  local show = self.show
  self.percent_places = percent_places(self.points)
  for _, point in ipairs(self.points) do
    point.text = { value = show:plain(point.value),
      variance = point.reference == false and "" or show:signed(point.variance),
      percent = show:percent(point.percent, self.percent_places) }
    local nothing = self.reference == nil or point.value == nil
      or point[self.reference] == nil
    if nothing then point.text.variance, point.text.percent = "", "" end
  end
end

--- The name of the tier of variances, and how many times it is magnified.
function Layout:delta_header()
  return self.lens > 1 and ("%s × %s"):format(self.delta,
    self.show:times(self.lens)) or self.delta
end

--- What stands on the left of the columns: the names of tiers, the legend.
function Layout:left_width()
  local sizes, widest = self.spec.sizes, 0
  local function take(text, extra)
    widest = math.max(widest, extra + self.list.measure:width(text,
      sizes.font.header, true))
  end
  for _, code in ipairs(self.legend) do take(code, 44) end
  if self.reference then
    take(self.delta .. " %", 0)
    take(self:delta_header(), 0)
  end
  return widest
end

--- Scenarios that occur, in the order of the legend.
function Layout:codes()
  local scenario, found = self.spec.scenario, {}
  local seen = {}
  local function add(code)
    if not seen[code] then found[#found + 1], seen[code] = code, true end
  end
  for _, role in ipairs { "prior", "base", "actual", "forecast" } do
    for _, point in ipairs(self.points) do
      local is_there = point[role] ~= nil
        and (role ~= "forecast" or point.is_forecast)
      if is_there then add(scenario[role]) end
    end
  end
  return found
end

function Layout:x(i)
  return self.x0 + (i - 0.5) * self.pitch
end

local tiers = { "value", "variance", "percent" }

--- Columns between two places, with ticks where figures do not all fit. Do the
--- figures of all tiers?
---@return boolean
function Layout:place_columns(left, right)
  local sizes = self.spec.sizes
  local function columns_from(x)
    self.x0, self.x1, self.pitch = x, right, (right - x) / #self.points
    if self.pitch < 3 then
      limit "a chart of this size has no room for its columns"
    end
  end
  columns_from(left)
  self.fit, self.ticks = { value = self:fit_texts "value" }, nil
  if not self.fit.value.all then
    self.ticks, self.tick_places = plot.ticks(self.values.lo, self.values.hi,
      5)
    columns_from(left + plot.tick_width(self.list, self.spec, self.ticks,
      self.tick_places) + sizes.label_gap)
  end
  local all = true
  for _, tier in ipairs(tiers) do
    self.fit[tier] = self:fit_texts(tier)
    all = all and self.fit[tier].all
  end
  return all
end

--- Across: left column, columns, the total where it costs them no figures.
function Layout:place_across()
  local sizes = self.spec.sizes
  self.legend = self:codes()
  local left = sizes.margin + self:left_width() + sizes.number_gap
  local right = self.list.width - sizes.margin
  local all = self:place_columns(left, right)
  local total, taken = totals.take(self, left)
  if total then
    if self:place_columns(left, right - taken) or not all then
      self.total = total
    else
      self:place_columns(left, right)
    end
  end
  self.bar = (self.reference and 0.52 or 0.66) * self.pitch
  self.offset = self.reference and 0.13 * self.pitch or 0
  local most = self.spec.sizes.pitch_max * 0.9
  if self.bar > most then
    self.offset = self.offset * most / self.bar
    self.bar = most
  end
end

--- Heights that figures need above and below a tier's zero line: those of
--- zero and of what is missing stand above it.
local function pads(span, lab)
  return lab, span.lo < 0 and lab or 0.35 * lab
end

--- Down the page: pins, variances, values, on one px per unit.
function Layout:place_down(top, bottom)
  local lab = self.lab
  local up, down = pads(self.values, lab)
  local fixed = up + down
  local pins = 0
  if self.reference then
    local a, b = pads(self.variances, lab)
    local c, d = pads(self.pins, lab * 1.25)
    pins = self.pins.hi > self.pins.lo and self.spec.sizes.pin_height or 0
    fixed = fixed + a + b + c + d + 1.2 * lab
  end
  local room = bottom - top - fixed
  if room < 60 then
    limit "a chart of this size has no room for its columns"
  end
  pins = math.min(pins, 0.3 * room)
  local units = self.values.hi - self.values.lo
    + (self.variances.hi - self.variances.lo) * self.lens
  self.upx = units > 0 and (room - pins) / units or 0
  local legend = 1.6 * self.spec.sizes.font.header * #self.legend
  local lacks = legend - self.values.hi * self.upx - up
  if lacks > 0 then -- the legend needs its height above the axis
    up = up + lacks
    self.upx = units > 0 and math.max(0, room - pins - lacks) / units or 0
  end
  self.delta_upx = self.upx * self.lens
  self.pin_px = self.pins.hi > self.pins.lo
    and pins / (self.pins.hi - self.pins.lo) or 0
  self.floor = bottom
  self.zero = bottom - down + self.values.lo * self.upx
  if not self.reference then return end
  local above = self.zero - self.values.hi * self.upx - up - 0.6 * lab
  local a, b = pads(self.variances, lab)
  self.delta_zero = above - b + self.variances.lo * self.delta_upx
  above = self.delta_zero - self.variances.hi * self.delta_upx - a - 0.6 * lab
  local _, d = pads(self.pins, lab * 1.25)
  self.pin_zero = above - d + self.pins.lo * self.pin_px
end

-- ---- the whole ----

--- A scenario with the periods that it stands for, "actual AC (Jan–Aug)".
function Layout:scenario_part(role, is_forecast)
  local from, to = nil, nil
  for i, point in ipairs(self.points) do
    if point.value ~= nil and (point.is_forecast or false) == is_forecast then
      from, to = from or i, i
    end
  end
  return words.say(self.spec.lang, "{1} ({2})", frame.scenario(self.spec,
    role), periods.part(self.periods, from, to, self.spec.lang))
end

--- "actual AC (Jan–Aug) and forecast FC (Sep–Dec) vs budget PL"
function Layout:about()
  local spec, lang = self.spec, self.spec.lang
  local text = frame.scenario(spec, "actual")
  local some, others = false, false
  for _, point in ipairs(self.points) do
    some = some or point.is_forecast
    others = others or point.value ~= nil and not point.is_forecast
  end
  if some and others then
    text = words.say(lang, "{1} and {2}", self:scenario_part("actual", false),
      self:scenario_part("forecast", true))
  elseif some then
    text = frame.scenario(spec, "forecast")
  end
  if not self.reference then return text end
  return words.text(lang, "%s vs %s", text, frame.scenario(spec,
    self.reference))
end

function Layout:sentences()
  local spec, extra = self.spec, {}
  if self.reference and self.lens == 1 then
    extra[1] = "The amounts share one scale"
  end
  if self.cap then extra[#extra + 1] = "Arrow = beyond the scale" end
  local polarity = self.reference and spec.polarity
  local out = frame.sentences(spec, polarity ~= 0 and polarity or nil, extra,
    self.reference and frame.scenario_word(spec, self.reference))
  if self.reference and self.lens > 1 then
    out[#out + 1] = words.say(spec.lang, "Differences × {1}",
      self.show:times(self.lens))
  end
  if self.dropped > 0 then
    out[#out + 1] = words.say(spec.lang, "Only the last {1} of {2} periods",
      #self.points, #spec.points)
  end
  return out
end

---@param list DisplayList empty
---@param spec table a complete spec (see above)
function M.layout(list, spec)
  local self = setmetatable({ list = list, spec = spec }, Layout)
  self:take_points()
  self.show = figures.of(figures.values(self.points, { "value", "base",
    "prior", "variance" }), spec)
  self.delta = "Δ" .. (self.reference and spec.scenario[self.reference] or "")
  self.lab = 1.36 * spec.sizes.font.number
  self:measure()
  self:texts()
  local text = spec.title.message or sentence.columns(self)
  local top = frame.head(list, spec, self:about(), self.show.unit, text)
  local foot = frame.foot(list, spec, self:sentences())
  self.labels = periods.labels(self.periods, spec.lang)
  list.height = list.height or math.ceil(top + foot.height
    + spec.sizes.plot_height * (self.reference and 1.1 or 0.8))
  self:place_across()
  self:place_down(top - 0.2 * spec.sizes.body_gap, list.height - foot.height
    - plot.period_height(spec, self.labels))
  draw.draw(self)
  frame.draw_foot(list, spec, foot)
end

return M

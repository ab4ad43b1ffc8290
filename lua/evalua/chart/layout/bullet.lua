--- Indicators against their targets, each with its target at 100 %.
---
---     { kind = "bullet", rows = { { label=, base=, actual=, better=,
---       unit= }, ... }, bands = { 80, 100 } }
---
--- A target of zero has no percent: the difference itself stands there.
---
--- `base` is the target; `better` is 1 where more is better, -1 where less
--- is, 0 where only the target itself will do, false where nobody says.
--- Bands are percents of the target, mirrored at it where less is better.
local amount = require "evalua.chart.amount"
local body = require "evalua.chart.layout.body"
local clean = require "evalua.chart.clean"
local figures = require "evalua.chart.layout.figures"
local frame = require "evalua.chart.layout.frame"
local limit = require "evalua.chart.limit"
local rows_of = require "evalua.chart.rows"
local sentence = require "evalua.chart.sentence"
local words = require "evalua.chart.words"

local M = {}

local MOST = 200 -- percent of the target; beyond, a bar is cut

---@class BulletLayout
---@field list DisplayList
---@field spec table
---@field rows table[] base, actual, rate, percent, met, color
---@field fit RowFit
local Layout = {}
Layout.__index = Layout

-- ---- figures ----

--- Did it reach its target? nil where nobody can say.
local function is_met(row)
  if row.base == nil or row.actual == nil or row.better == false then
    return nil
  end
  local sign = amount.sign(row.actual - row.base)
  if row.better == 0 then return sign == 0 end
  return sign == 0 or sign == row.better
end

--- As many decimals as the figure has, two at most; its unit where that is
--- the percent sign.
local function text_of(spec, row, value)
  if value == nil then return amount.MISSING end
  local text = amount.plain(value, math.min(2, value:trim():scale()),
    spec.theme.number)
  return row.unit == "%" and text .. "%" or text
end

--- Large figures without units of their own are shown in thousands or
--- millions, where this leaves something of the smallest; nil: as they are.
---@return Figures?
local function shown_in(spec, rows)
  local values, least = figures.values(rows, { "base", "actual" }), math.huge
  for _, row in ipairs(rows) do
    if row.unit then return nil end
  end
  for i = 1, values.n do
    values[i] = amount.decimal(values[i])
    local size = math.abs(amount.number(values[i]) or 0)
    if size > 0 then least = math.min(least, size) end
  end
  local show = figures.of(values, spec)
  local by = show.divisor:number()
  if by == 1 or least / by < 0.1 then return nil end
  if least / by < 10 then show.places = show.most_places end
  return show
end

local function take(spec, row, show)
  local out = { role = "leaf", base = amount.decimal(row.base),
    actual = amount.decimal(row.actual), better = row.better,
    unit = row.unit, label = clean.text(tostring(row.label or "")) }
  out.name = out.label
  if out.better == nil then out.better = 1 end
  if out.unit and out.unit ~= "%" then
    out.label = out.label .. words.say(spec.lang, " ({1})",
      clean.text(out.unit))
  end
  out.met = is_met(out)
  out.color = out.met == nil and "neutral" or out.met and "good" or "bad"
  out.rate = amount.number(amount.percent_of(out.actual, out.base))
  if out.base ~= nil and out.actual ~= nil then
    out.percent = amount.percent_of(out.actual - out.base, out.base)
  end
  local function text(value)
    return show and show:plain(value) or text_of(spec, row, value)
  end
  out.text = { base = text(out.base), actual = text(out.actual),
    percent = amount.percent(out.percent, 1, spec.theme.number) }
  if out.percent == nil and out.met ~= nil then -- a target of zero
    local gap_ = (out.actual - out.base):trim()
    out.text.percent = amount.signed(gap_, math.min(2, gap_:scale()),
      spec.theme.number)
  end
  return out
end

--- How far from good: what is kept where not all rows fit.
local function gap(row)
  if row.percent == nil then return -math.huge end
  local percent = row.percent:number()
  if row.met then return -math.abs(percent) end
  return math.abs(percent)
end

local function sorted(rows, by)
  if by ~= "gap" and by ~= "size" then return rows end
  return rows_of.ordered(rows, gap)
end

--- The percents that the scale covers.
function Layout:span()
  local lo, hi = 0, 120
  for _, row in ipairs(self.rows) do
    if row.rate then
      lo, hi = math.min(lo, row.rate), math.max(hi, row.rate)
    end
  end
  self.lo = math.max(-MOST / 2, 20 * math.floor(lo / 20))
  self.hi = math.min(MOST, 20 * math.ceil(hi / 20))
  self.is_cut = lo < self.lo or hi > self.hi
end

-- ---- across the page ----

function Layout:widest(of, bold)
  local widest = 0
  for _, row in ipairs(self.rows) do
    widest = math.max(widest, self.list.measure:width(of(row), self.fit.number,
      bold))
  end
  return widest
end

function Layout:place()
  local sizes, list = self.spec.sizes, self.list
  local gap_ = sizes.number_gap
  local header = sizes.font.header * 3.2
  local names = 0
  for _, row in ipairs(self.rows) do
    names = math.max(names, list.measure:width(row.label, self.fit.size,
      frame.is_highlighted(self.spec, row.label)))
  end
  self.names = math.min(names, sizes.names_share * list.width)
  self.base_x = sizes.margin + self.names + gap_
    + math.max(header, self:widest(function(row) return row.text.base end))
  self.actual_x = self.base_x + gap_ + math.max(header,
    self:widest(function(row) return row.text.actual end, true))
  local right = list.width - sizes.margin
  self.percent_x = right
  local percent = math.max(list.measure:width(self.header, sizes.font.header,
    true), self:widest(function(row) return row.text.percent end, true))
  self.x0 = self.actual_x + sizes.axis_gap
  self.x1 = right - percent - 1.4 * gap_ - (self.is_cut and gap_ or 0)
  if self.x1 - self.x0 < 120 then
    limit "a chart of this size has no room for its columns"
  end
end

function Layout:x(percent)
  percent = math.max(self.lo, math.min(self.hi, percent))
  return self.x0 + (percent - self.lo) / (self.hi - self.lo)
    * (self.x1 - self.x0)
end

-- ---- drawing ----

--- Limits of the bands from low to high with their colours.
function Layout:bands(row)
  local low, high = self.limits[1], self.limits[2]
  if row.better == 1 then
    return { self.lo, low, high, self.hi }, { "zone1", "zone2", "zone3" }
  elseif row.better == -1 then
    return { self.lo, 200 - high, 200 - low, self.hi },
      { "zone3", "zone2", "zone1" }
  end
  return { self.lo, self.hi }, { "zone3" }
end

function Layout:draw_bands(row, half)
  local at, colors = self:bands(row)
  for i, color in ipairs(colors) do
    local x0, x1 = self:x(at[i]), self:x(at[i + 1])
    if x1 > x0 then
      self.list:rect { tag = "zone", row = row.at, x0 = x0, x1 = x1,
        y0 = row.y - half, y1 = row.y + half, fill = self.spec.theme[color] }
    end
  end
end

function Layout:draw_bar(row, half)
  local theme, rate = self.spec.theme, row.rate
  local is_cut = rate < self.lo or rate > self.hi
  self.list:rect { tag = "actual.bar", row = row.at, x0 = self:x(0),
    x1 = self:x(rate), y0 = row.y - 0.36 * half, y1 = row.y + 0.36 * half,
    fill = theme.actual, value = rate, measure = "percent", along = "x",
    zero = self:x(0), cut = is_cut }
  if is_cut then
    local way = rate < self.lo and -1 or 1
    local x, head = self:x(rate), 0.7 * half
    self.list:polygon { tag = "bar.cut", row = row.at, fill = theme.actual,
      points = { x + way * head, row.y, x, row.y - head, x, row.y + head } }
  end
  self.list:rect { tag = "target", row = row.at, x0 = self:x(100) - 2.5,
    x1 = self:x(100) + 2.5, y0 = row.y - 1.25 * half,
    y1 = row.y + 1.25 * half, fill = theme.text }
end

function Layout:draw_row(row)
  local theme, list = self.spec.theme, self.list
  local half = math.min(0.46 * self.fit.pitch, self.spec.sizes.bar_max) / 2
  if row.rate then
    self:draw_bands(row, half)
    self:draw_bar(row, half)
  end
  frame.row_label(list, self.spec, row, row.y, { width = self.names,
    size = self.fit.size, pitch = self.fit.pitch })
  local function text(tag, x, value, color, bold)
    list:text { tag = tag .. ".text", row = row.at, x = x, y = row.y,
      text = value, anchor = "right", size = self.fit.number, bold = bold,
      color = color }
  end
  text("base", self.base_x, row.text.base, theme.second)
  text("actual", self.actual_x, row.text.actual, theme.text, true)
  text("percent", self.percent_x, row.text.percent,
    row.met == nil and row.percent == nil and theme.muted
      or theme[row.color .. "_text"], true)
  frame.describe(list, row.label .. ":", self.spec.scenario.base,
    row.text.base, self.spec.scenario.actual, row.text.actual,
    row.text.percent)
end

function Layout:draw_headers(y)
  local theme, size = self.spec.theme, self.spec.sizes.font.header
  local function header(text, x)
    local item = self.list:text { tag = "header", x = x, y = y, text = text,
      anchor = "right", size = size, bold = true, color = theme.second }
    return item.box.x0 - 0.35 * size
  end
  local x = header(self.spec.scenario.base, self.base_x)
  self.list:rect { tag = "swatch", x0 = x - 5, x1 = x, y0 = y - 0.6 * size,
    y1 = y + 0.6 * size, fill = theme.text }
  x = header(self.spec.scenario.actual, self.actual_x)
  self.list:rect { tag = "swatch", x0 = x - 32, x1 = x, y0 = y - 0.22 * size,
    y1 = y + 0.22 * size, fill = theme.actual }
  header(self.header, self.percent_x)
end

--- Percents of the target below the rows.
function Layout:draw_axis(y)
  local size = self.spec.sizes.font.axis
  local step = 20
  local widest = self.list.measure:width("100%", size) * 1.25
  while self:x(step) - self:x(0) < widest do step = step * 2 end
  local places = {}
  for percent = math.ceil(self.lo / step) * step, self.hi, step do
    if percent ~= 100 then places[#places + 1] = percent end
  end
  places[#places + 1] = 100
  for _, percent in ipairs(places) do
    if percent == 100 or math.abs(self:x(percent) - self:x(100)) > widest then
      self.list:text { tag = "tick", x = self:x(percent), y = y, size = size,
        anchor = "center", text = ("%d%%"):format(percent):gsub("^%-",
          amount.MINUS), color = percent == 100 and self.spec.theme.text
          or self.spec.theme.muted }
    end
  end
end

-- ---- the whole ----

function Layout:sentences(dropped)
  local spec, lang = self.spec, self.spec.lang
  local out = frame.sentences(spec, nil, {})
  out[#out + 1] = words.say(lang, "Bands: below {1}%, {1}–{2}% and above "
    .. "{2}% of the target", self.limits[1], self.limits[2])
  for _, row in ipairs(self.rows) do
    if row.better == -1 then
      out[#out + 1] = words.text(lang, "Mirrored where less is better")
      break
    end
  end
  if self.is_cut then
    out[#out + 1] = words.text(lang, "Arrow = beyond the scale")
  end
  if dropped > 0 then
    out[#out + 1] = words.say(lang, "{1} more indicators are not shown",
      dropped)
  end
  return out
end

--- The limits of the bands, in order.
local function limits_of(bands)
  local low, high = 80, 100
  if bands then low, high = tonumber(bands[1]), tonumber(bands[2]) end
  if not (low and high) or low <= 0 or low > high or high > 150 then
    limit("bands are two percents of the target in order, as in 80,100",
      "data")
  end
  return { low, high }
end

---@param list DisplayList empty
---@param spec table a complete spec (see above)
function M.layout(list, spec)
  local self = setmetatable({ list = list, spec = spec }, Layout)
  self.limits = limits_of(spec.bands)
  local rows, show = {}, shown_in(spec, spec.rows)
  for i, row in ipairs(spec.rows) do rows[i] = take(spec, row, show) end
  self.rows = sorted(rows, spec.sort)
  self:span()
  self.header = "Δ" .. spec.scenario.base .. " %"
  local text = spec.title.message or sentence.bullet(self)
  local about = words.text(spec.lang, "%s vs %s",
    frame.scenario(spec, "actual"), frame.target(spec))
  local unit = words.say(spec.lang, show and "(target = 100%; figures in {1})"
    or "(target = 100%)", show and show.unit)
  local top = frame.head(list, spec, about, { text = unit }, text)
  top = top + spec.sizes.header_gap + spec.sizes.header_rows
  local axis = 1.6 * spec.sizes.font.axis
  local foot = frame.foot(list, spec, self:sentences(0))
  local room = foot.height + axis
  local dropped
  self.rows, dropped = rows_of.split(spec, self.rows, math.min(spec.top
    or math.huge, body.most(list, spec, top, room)), gap)
  foot = frame.foot(list, spec, self:sentences(#dropped))
  room = foot.height + axis
  self.fit = body.fit(list, spec, self.rows, top, room, 0)
  body.stack(self.rows, self.fit)
  self:place()
  self:draw_headers(self.fit.top - spec.sizes.header_rows)
  for _, row in ipairs(self.rows) do self:draw_row(row) end
  self:draw_axis(self.fit.top + #self.rows * self.fit.pitch + 0.6 * axis)
  frame.draw_foot(list, spec, foot)
end

return M

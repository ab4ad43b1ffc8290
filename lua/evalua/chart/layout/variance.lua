--- The variance chart: a table of both scenarios, their bars, the absolute
--- variance on the same scale, the relative variance as pins.
---
---     label | PL | AC | bars | ΔPL | ΔPL %
---
--- Bars and variance bars share one px per unit, found by trying how much
--- room the labels leave. Subtotals stand on bands with figures only: their
--- bars would need a smaller scale. Where variances would be slivers beside the
--- bars they are drawn magnified; header and foot say how many times.
local body = require "evalua.chart.layout.body"
local draw = require "evalua.chart.layout.variance_draw"
local figures = require "evalua.chart.layout.figures"
local frame = require "evalua.chart.layout.frame"
local limit = require "evalua.chart.limit"
local message = require "evalua.chart.message"
local rows_of = require "evalua.chart.rows"
local scale = require "evalua.chart.scale"
local words = require "evalua.chart.words"

local M = {}

local SWATCH = 60 -- pixels; number columns are never narrower

---@class VarianceLayout
---@field list DisplayList
---@field spec table
---@field rows Row[] those drawn
---@field fit RowFit
---@field header table
---@field cap number? percent beyond which pins are cut
---@field lens integer how many times variances are magnified
local Layout = {}
Layout.__index = Layout

local function is_band(row)
  return row.role ~= "leaf"
end

function Layout:widest(name)
  local widest = SWATCH
  for _, row in ipairs(self.rows) do
    widest = math.max(widest, self.list.measure:width(row.text[name],
      self.fit.number, is_band(row)))
  end
  return widest
end

--- Width of the label column: the longest, at most `share` of the canvas.
function Layout:label_width(share)
  local widest = 0
  for _, row in ipairs(self.rows) do
    widest = math.max(widest, self.list.measure:width(row.label,
      self.fit.size, is_band(row)))
  end
  return math.min(widest, share * self.list.width)
end

--- Marks of the ΔPL panel: bars of leaves, figures of bands on the line.
function Layout:variance_marks()
  local marks, measure = {}, self.list.measure
  local header = measure:width(self.header.delta, self.spec.sizes.font.header,
    true)
  marks[1] = { length = 0, label = header, centered = true }
  for _, row in ipairs(self.rows) do
    local band = is_band(row)
    local width = measure:width(row.text.variance, self.fit.number, band)
    marks[#marks + 1] = band and { length = 0, label = width, centered = true }
      or { length = row.length.variance * self.lens,
        label = width + self.spec.sizes.label_gap }
  end
  return marks
end

--- Marks of the ΔPL % panel: pins, cut at the cap.
function Layout:percent_marks()
  local marks, measure, sizes = {}, self.list.measure, self.spec.sizes
  marks[1] = { length = 0, centered = true,
    label = measure:width(self.header.percent, sizes.font.header, true) }
  for _, row in ipairs(self.rows) do
    marks[#marks + 1] = { length = (draw.pin_length(row, self.cap)),
      label = sizes.pin_gap + measure:width(row.text.percent, self.fit.number,
        is_band(row)) }
  end
  return marks
end

--- Number columns from `x` on; returns where they end.
function Layout:place_numbers(at, x)
  if not at.numbers then return x end
  local gap = self.spec.sizes.number_gap
  at.base = x + gap + self:widest("base")
  at.actual = at.base + gap + self:widest("actual")
  return at.actual
end

--- Try to place all columns with these choices; nil where they do not fit.
---@param choice { share: number, percent: number, numbers: boolean,
---  least: number }
function Layout:place(choice)
  local sizes = self.spec.sizes
  local at = { numbers = choice.numbers, cap = self.cap }
  at.label_width = self:label_width(choice.share)
  local left = self:place_numbers(at, sizes.margin + at.label_width)
    + sizes.axis_gap
  local right = self.list.width - sizes.margin
  local percent_width = choice.percent * self.list.width
  local room = right - percent_width - 2 * sizes.panel_gap - left
  local bars, marks = self:bar_span(), self:variance_marks()
  local units = bars.hi - bars.lo
  at.upx = scale.fit(function(upx)
    local a, b = scale.reach(marks, upx)
    return units * upx + a + b
  end, room, units)
  if not at.upx or units > 0 and units * at.upx < choice.least then
    return nil
  end
  at.delta_upx, at.magnified = at.upx * self.lens, self.lens > 1
  local delta_left = scale.reach(marks, at.upx)
  local width = units > 0 and units * at.upx or 0.5 * room
  at.x1 = left - bars.lo * at.upx
  at.x2 = left + width + sizes.panel_gap + delta_left
  return self:place_percent(at, right - percent_width, percent_width)
end

--- The ΔPL % panel in its part of the width.
function Layout:place_percent(at, left, width)
  local marks = self:percent_marks()
  local longest = 0
  for _, mark in ipairs(marks) do
    longest = math.max(longest, math.abs(mark.length))
  end
  at.percent_px = scale.fit(function(px)
    local a, b = scale.reach(marks, px)
    return a + b
  end, width, longest)
  if not at.percent_px then return nil end
  at.x3 = left + scale.reach(marks, at.percent_px)
  return at
end

--- Less and less comfort until it fits: narrower names, a narrower percent
--- panel, no number columns.
local function choices(sizes, width)
  local names, percent, list = sizes.names_share, sizes.percent_share, {}
  for _, numbers in ipairs { true, false } do
    list[#list + 1] = { share = names, percent = percent, numbers = numbers,
      least = 0.11 * width }
    list[#list + 1] = { share = names * 0.8, percent = percent * 0.85,
      numbers = numbers, least = 0.07 * width }
  end
  list[#list + 1] = { share = names * 0.65, percent = percent * 0.7,
    numbers = false, least = 0 }
  return list
end

local function longest_bar(row)
  return math.max(math.abs(row.length.base or 0),
    math.abs(row.length.actual or 0))
end

--- The row of "others" is a sum: where it is much longer than all lines it
--- has figures only, as subtotals have.
local function drop_long_others(rows)
  local longest = 0
  for _, row in ipairs(rows) do
    if not is_band(row) and not row.others then
      longest = math.max(longest, longest_bar(row))
    end
  end
  for _, row in ipairs(rows) do
    row.barless = is_band(row)
      or row.others and longest_bar(row) > 1.5 * longest
  end
end

--- The units that bars of leaves cover, 0 included.
function Layout:bar_span()
  local lengths = { n = 0 }
  for _, row in ipairs(self.rows) do
    if not row.barless then
      local n = lengths.n
      lengths[n + 1], lengths[n + 2] = row.length.base, row.length.actual
      lengths.n = n + 2
    end
  end
  return scale.span(lengths)
end

function Layout:place_columns()
  for _, choice in ipairs(choices(self.spec.sizes, self.list.width)) do
    local at = self:place(choice)
    if at then return at end
  end
  limit("a chart of this size has no room for its columns")
end

--- How many times variances of these rows are to be magnified.
local function lens_of(rows)
  local lengths, longest = { n = 0 }, 0
  for _, row in ipairs(rows_of.leaves(rows)) do
    lengths[lengths.n + 1] = row.length.base
    lengths[lengths.n + 2] = row.length.actual
    lengths.n = lengths.n + 2
    longest = math.max(longest, math.abs(row.length.variance))
  end
  local span = scale.span(lengths)
  return scale.lens(longest, span.hi - span.lo)
end

--- Where pins are cut; the grand total's never is.
local function cap_of(rows)
  local percents, total = {}, rows_of.total(rows)
  for i, row in ipairs(rows) do percents[i] = row.length.percent end
  return scale.cap(percents, total and math.abs(total.length.percent) or 0)
end

local order_words = { size = "Sorted by size of variance",
  variance = "Sorted by variance" }

function Layout:sentences(rows)
  local extra = {}
  if #rows_of.leaves(rows) > 1 then extra[1] = order_words[self.spec.sort] end
  if cap_of(rows) then extra[#extra + 1] = "Arrow = beyond the scale" end
  local out = frame.sentences(self.spec, rows_of.polarity(rows), extra)
  if self.lens > 1 then
    out[#out + 1] = words.say(self.spec.lang, "Differences × {1}", self.times)
  end
  return out
end

local function headers(spec, lens, times)
  local base, actual = spec.scenario.base, spec.scenario.actual
  local delta = "Δ" .. base
  return { base = base, actual = actual, variance = delta,
    delta = lens > 1 and ("%s × %s"):format(delta, times) or delta,
    percent = delta .. " %" }
end

--- Title, and the first pixel of the rows.
function Layout:draw_head(rows, show)
  local spec = self.spec
  local about = words.text(spec.lang, "%s vs %s",
    frame.scenario(spec, "actual"), frame.scenario(spec, "base"))
  local text = spec.title.message or message.make(rows,
    figures.context(show, spec, rows), 1)
  local y = frame.head(self.list, spec, about, show.unit, text)
  return y + spec.sizes.header_gap + spec.sizes.header_rows
end

---@param list DisplayList empty
---@param spec table a complete spec (see init.lua)
function M.layout(list, spec)
  local self = setmetatable({ list = list, spec = spec }, Layout)
  local rows = rows_of.sort(rows_of.take(spec.rows), spec.sort)
  local show = figures.new(rows, spec)
  for _, row in ipairs(rows) do figures.label(show, row) end
  self.lens = spec.magnify ~= false and lens_of(rows) or 1
  self.times = show:times(self.lens)
  self.header = headers(spec, self.lens, self.times)
  local top = self:draw_head(rows, show)
  local foot = frame.foot(list, spec, self:sentences(rows))
  self.rows = body.fold(list, spec, rows, top, foot.height, 0)
  self.fit = body.fit(list, spec, self.rows, top, foot.height, 0)
  for _, row in ipairs(self.rows) do figures.label(show, row) end
  body.stack(self.rows, self.fit)
  drop_long_others(self.rows)
  self.cap = cap_of(self.rows)
  draw.draw { list = list, spec = spec, rows = self.rows, fit = self.fit,
    top = self.fit.top, header = self.header, at = self:place_columns() }
  frame.draw_foot(list, spec, frame.foot(list, spec,
    self:sentences(self.rows)))
end

return M

--- The variance chart: a table of both scenarios, their bars, the absolute
--- variance on the same scale, the relative variance as pins.
---
---     label | PL | AC | bars | ΔPL | ΔPL %
---
--- Bars and variance bars share one px per unit, found by trying how much
--- room the labels leave. Subtotals stand on bands with figures only: their
--- bars would need a smaller scale. Where variances would be slivers beside the
--- bars they are drawn magnified; header and foot say how many times.
---
--- Rows with a `past` (a row whose base is the prior year) have both variances,
--- on one scale; the figures stand for the bars, for which there is no room:
---
---     label | PY | PL | AC | ΔPY | ΔPY % | ΔPL | ΔPL %
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

local APART = 1.4 -- times the usual gap: between two comparisons
local SWATCH = 60 -- pixels; number columns are never narrower

---@class VarianceLayout
---@field list DisplayList
---@field spec table
---@field rows Row[] those drawn
---@field fit RowFit
---@field sides VarianceSide[] the comparisons, from left to right
---@field columns table[] of figures: role, code, tag, and of(row)
---@field cap number? percent beyond which pins are cut
---@field lens integer how many times variances are magnified
local Layout = {}
Layout.__index = Layout

---@class VarianceSide
---@field tag string before the tags of its items
---@field role string "base" or "prior": what the variances are taken from
---@field of fun(row: Row): Row the row with these variances
---@field delta string header of the absolute variances
---@field percent string header of the relative ones

local function is_band(row)
  return row.role ~= "leaf"
end

local function itself(row) return row end
local function past_of(row) return row.past end

function Layout:widest(column)
  local widest = SWATCH
  for _, row in ipairs(self.rows) do
    widest = math.max(widest, self.list.measure:width(
      column.of(row).text[column.role], self.fit.number, is_band(row)))
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

--- Marks of a ΔPL panel: bars of leaves, figures of bands on the line.
function Layout:variance_marks(side)
  local marks, measure = {}, self.list.measure
  marks[1] = { length = 0, centered = true, label = measure:width(side.delta,
    self.spec.sizes.font.header, true) }
  for _, row in ipairs(self.rows) do
    local band, view = is_band(row), side.of(row)
    local width = measure:width(view.text.variance, self.fit.number, band)
    marks[#marks + 1] = band and { length = 0, label = width, centered = true }
      or { length = view.length.variance * self.lens,
        label = width + self.spec.sizes.label_gap }
  end
  return marks
end

--- Marks of a ΔPL % panel: pins, cut at the cap.
function Layout:percent_marks(side)
  local marks, measure, sizes = {}, self.list.measure, self.spec.sizes
  marks[1] = { length = 0, centered = true,
    label = measure:width(side.percent, sizes.font.header, true) }
  for _, row in ipairs(self.rows) do
    local view = side.of(row)
    marks[#marks + 1] = { length = (draw.pin_length(view, self.cap)),
      label = sizes.pin_gap + measure:width(view.text.percent, self.fit.number,
        is_band(row)) }
  end
  return marks
end

--- Number columns from `x` on; returns where they end.
function Layout:place_numbers(at, x)
  if not at.numbers then return x end
  for i, column in ipairs(self.columns) do
    x = x + self.spec.sizes.number_gap + self:widest(column)
    at.numbers[i] = x
  end
  return x
end

--- The bars' units, and those that the scale must make visible.
function Layout:spans()
  if #self.sides == 1 then
    local bars = self:bar_span()
    return bars, bars.hi - bars.lo
  end
  local longest = 0
  for _, side in ipairs(self.sides) do
    for _, row in ipairs(self.rows) do
      local length = is_band(row) and 0 or side.of(row).length.variance
      longest = math.max(longest, math.abs(length))
    end
  end
  return { lo = 0, hi = 0 }, longest
end

--- What these choices leave for the bars of amounts and variances: from where
--- on, and how much of the width.
---@return { x: number, room: number, widths: number[], apart: number }
function Layout:rooms(at, choice)
  local sizes, count = self.spec.sizes, #self.sides
  local apart = count == 1 and sizes.axis_gap
    or APART * math.max(sizes.axis_gap, sizes.panel_gap)
  local left = self:place_numbers(at, sizes.margin + at.label_width) + apart
  local widths, taken = self:percent_widths(choice)
  return { x = left, widths = widths, apart = apart,
    room = self.list.width - sizes.margin - left - taken
      - 2 * sizes.panel_gap - (count - 1) * apart }
end

--- The width that bars of `units`, and the variances, need at a scale.
local function width_at(marks, units, upx)
  local width = units * upx
  for _, side in ipairs(marks) do
    local a, b = scale.reach(side, upx)
    width = width + a + b
  end
  return width
end

--- Try to place all columns with these choices; nil where they do not fit.
---@param choice { share: number, percent: number, numbers: boolean,
---  least: number, text: number? }
function Layout:place(choice)
  local at = { numbers = choice.numbers and {}, cap = self.cap, sides = {},
    bars = #self.sides == 1, label_width = self:label_width(choice.share) }
  local from, marks = self:rooms(at, choice), {}
  for i, side in ipairs(self.sides) do marks[i] = self:variance_marks(side) end
  local bars, units = self:spans()
  local covered = bars.hi - bars.lo
  at.upx = scale.fit(function(upx)
    return width_at(marks, covered, upx)
  end, from.room, units)
  if not at.upx or units > 0 and units * at.upx < choice.least then
    return nil
  end
  at.delta_upx, at.magnified = at.upx * self.lens, self.lens > 1
  at.x1 = from.x - bars.lo * at.upx
  local spare = from.room - width_at(marks, covered, at.upx)
  if at.bars then -- no amount at all leaves half the room empty
    local empty = units > 0 and 0 or 0.5 * from.room
    spare = spare - empty
    from.x = from.x + covered * at.upx + empty + self.spec.sizes.panel_gap
  end
  from.spare = math.max(0, spare / #self.sides)
  return self:place_sides(at, marks, from)
end

--- The panels of every comparison, from `from.x` on.
function Layout:place_sides(at, marks, from)
  local gap, x = self.spec.sizes.panel_gap, from.x
  at.percent_px = self:percent_scale(from.widths)
  if not at.percent_px then return nil end
  for i, side in ipairs(self.sides) do
    local a, b = scale.reach(marks[i], at.upx)
    local pins = x + a + b + from.spare + gap
    at.sides[i] = { x2 = x + a, x3 = pins
      + scale.reach(self:percent_marks(side), at.percent_px) }
    x = pins + from.widths[i] + from.apart
  end
  return at
end

--- Widths of the ΔPL % panels, and their sum. One has a share of the width;
--- two have what their figures need, and a share for the pins.
function Layout:percent_widths(choice)
  local share = choice.percent * self.list.width
  if #self.sides == 1 then return { share }, share end
  local widths, sum = {}, 0
  for i, side in ipairs(self.sides) do
    local a, b = scale.reach(self:percent_marks(side), 0)
    widths[i] = a + b + share
    sum = sum + widths[i]
  end
  return widths, sum
end

--- The scale of the pins: one for all panels.
function Layout:percent_scale(widths)
  local least
  for i, side in ipairs(self.sides) do
    local marks, longest = self:percent_marks(side), 0
    for _, mark in ipairs(marks) do
      longest = math.max(longest, math.abs(mark.length))
    end
    local px = scale.fit(function(px)
      local a, b = scale.reach(marks, px)
      return a + b
    end, widths[i], longest)
    if not px then return nil end
    if longest > 0 then least = math.min(least or px, px) end
  end
  return least or 0
end

--- Less and less comfort until it fits: narrower names, narrower percent
--- panels, no number columns.
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

--- The same for two comparisons, whose figures take most of the width: smaller
--- text, too.
local function choices_of_two(sizes, width)
  local names, list = sizes.names_share, {}
  for _, numbers in ipairs { true, false } do
    for _, text in ipairs { 1, 0.85 } do
      for _, share in ipairs { 1, 0.8, 0.65 } do
        list[#list + 1] = { share = share * names, percent = 0.055 * share,
          numbers = numbers, least = 0.03 * share * width, text = text }
      end
    end
  end
  list[#list + 1] = { share = names * 0.5, percent = 0.02, numbers = false,
    least = 0, text = 0.7 }
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
  local size, number = self.fit.size, self.fit.number
  local of = #self.sides == 1 and choices or choices_of_two
  for _, choice in ipairs(of(self.spec.sizes, self.list.width)) do
    local least, text = self.spec.sizes.min_font, choice.text or 1
    self.fit.size = math.max(least, size * text)
    self.fit.number = math.max(least, number * text)
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
function Layout:cap_of(rows)
  local percents, total, least = {}, rows_of.total(rows), 0
  for _, side in ipairs(self.sides) do
    for _, row in ipairs(rows) do
      percents[#percents + 1] = side.of(row).length.percent
    end
    if total then
      least = math.max(least, math.abs(side.of(total).length.percent))
    end
  end
  return scale.cap(percents, least)
end

local order_words = { size = "Sorted by size of variance",
  variance = "Sorted by variance" }

--- What the variances are taken from: "prior year or budget".
function Layout:references()
  local base = frame.scenario_word(self.spec, "base")
  if #self.sides == 1 then return base end
  return words.say(self.spec.lang, "{1} or {2}",
    frame.scenario_word(self.spec, "prior"), base)
end

function Layout:sentences(rows)
  local extra = {}
  if #rows_of.leaves(rows) > 1 then extra[1] = order_words[self.spec.sort] end
  if self:cap_of(rows) then extra[#extra + 1] = "Arrow = beyond the scale" end
  local out = frame.sentences(self.spec, rows_of.polarity(rows), extra,
    self:references())
  if self.lens > 1 then
    out[#out + 1] = words.say(self.spec.lang, "Differences × {1}", self.times)
  end
  return out
end

--- The comparisons and the columns of figures.
function Layout:compare(rows)
  local scenario = self.spec.scenario
  local function side(role, of, tag)
    local delta = "Δ" .. scenario[role]
    return { role = role, of = of, tag = tag, percent = delta .. " %",
      delta = self.lens > 1 and ("%s × %s"):format(delta, self.times)
        or delta }
  end
  self.sides = { side("base", itself, "") }
  self.columns = { { role = "base", code = scenario.base, of = itself },
    { role = "actual", code = scenario.actual, of = itself } }
  if rows[1] and rows[1].past then
    table.insert(self.sides, 1, side("prior", past_of, "prior."))
    table.insert(self.columns, 1, { role = "base", code = scenario.prior,
      of = past_of, tag = "prior" })
  end
end

--- Without the total of a single line, which would say it again.
local function without_echo(rows)
  local last = rows[2]
  if #rows == 2 and rows_of.is_leaf(rows[1]) and last.role == "total" then
    return { rows[1] }
  end
  return rows
end

--- Title, and the first pixel of the rows.
function Layout:draw_head(rows, show)
  local spec = self.spec
  local about = words.text(spec.lang, "%s vs %s",
    frame.scenario(spec, "actual"), frame.scenario(spec, "base"))
  if #self.sides > 1 then
    about = words.say(spec.lang, "{1} vs {2} and {3}",
      frame.scenario(spec, "actual"), frame.scenario(spec, "prior"),
      frame.scenario(spec, "base"))
  end
  local text = spec.title.message or message.make(rows,
    figures.context(show, spec, rows), 1)
  local y = frame.head(self.list, spec, about, show.unit, text)
  return y + spec.sizes.header_gap + spec.sizes.header_rows
end

---@param list DisplayList empty
---@param spec table a complete spec (see init.lua)
function M.layout(list, spec)
  local self = setmetatable({ list = list, spec = spec }, Layout)
  local rows = without_echo(rows_of.sort(rows_of.take(spec.rows), spec.sort))
  local show = figures.new(rows, spec)
  for _, row in ipairs(rows) do figures.label(show, row) end
  local past = rows[1] and rows[1].past
  self.lens = spec.magnify ~= false and not past and lens_of(rows) or 1
  self.times = show:times(self.lens)
  self:compare(rows)
  local top = self:draw_head(rows, show)
  local foot = frame.foot(list, spec, self:sentences(rows))
  self.rows = body.fold(list, spec, rows, top, foot.height, 0)
  self.fit = body.fit(list, spec, self.rows, top, foot.height, 0)
  for _, row in ipairs(self.rows) do figures.label(show, row) end
  body.stack(self.rows, self.fit)
  drop_long_others(self.rows)
  self.cap = self:cap_of(self.rows)
  draw.draw { list = list, spec = spec, rows = self.rows, fit = self.fit,
    top = self.fit.top, sides = self.sides, columns = self.columns,
    at = self:place_columns() }
  frame.draw_foot(list, spec, frame.foot(list, spec,
    self:sentences(self.rows)))
end

return M

--- Two scenarios joined by lines: what rose, what fell, what overtook what.
---
---     { kind = "slope", rows = { { label =, base =, actual = }, ... },
---       percent = true: shares of the total, highlight = { "…" } }
---
--- Without `highlight` the two largest changes are.
local amount = require "evalua.chart.amount"
local clean = require "evalua.chart.clean"
local figures = require "evalua.chart.layout.figures"
local frame = require "evalua.chart.layout.frame"
local limit = require "evalua.chart.limit"
local relax = require "evalua.chart.layout.relax"
local rows_of = require "evalua.chart.rows"
local sentence = require "evalua.chart.sentence"
local words = require "evalua.chart.words"

local M = {}

local LINE = 1.3 -- em between labels
local LEAST_SPAN = 0.2 -- of the largest value: what the scale covers at least
local SQUASHED = 1.5 -- times the largest: others from here on have no line

---@class SlopeLayout
---@field list DisplayList
---@field spec table
---@field rows table[] label, value = { base, actual }, text, length
local Layout = {}
Layout.__index = Layout

local sides = { "base", "actual" }

-- ---- figures ----

--- A change as a number, for choosing and for words; nil where a side lacks.
local function change(row)
  if row.base == nil or row.actual == nil then return nil end
  return row.actual - row.base
end

--- The rows of largest value or change, the rest as exact sums.
local function fold(spec, rows, most)
  if spec.top then most = math.min(most, spec.top + 1) end
  if #rows <= most then return rows end
  local out, rest = rows_of.split(spec, rows, most - 1, function(row)
    return math.max(math.abs(amount.number(row.base) or 0),
      math.abs(amount.number(row.actual) or 0))
  end)
  local others = { label = words.text(spec.lang, "Others (%s)", #rest),
    others = true }
  for _, side in ipairs(sides) do
    others[side] = amount.sum(rows_of.column(rest, side), #rest)
  end
  out[#out + 1] = others
  return out
end

--- Shares of the sums: both sides must have one above zero, and no part
--- below.
function Layout:shares()
  for _, side in ipairs(sides) do
    local sum = nil
    for _, row in ipairs(self.rows) do
      if row[side] ~= nil then
        if row[side] < 0 then
          limit(("'%s' is below zero: it has no share"):format(row.label),
            "data")
        end
        sum = sum and sum + row[side] or row[side]
      end
    end
    for _, row in ipairs(self.rows) do
      row[side] = amount.percent_of(row[side], sum)
    end
  end
end

--- The items that the chart points at.
function Layout:choose()
  if self.spec.highlight then
    for _, row in ipairs(self.rows) do
      row.lit = frame.is_highlighted(self.spec, row.label)
    end
    return
  end
  local best = {}
  for _, row in ipairs(self.rows) do
    local by = change(row)
    if by ~= nil and amount.sign(by) ~= 0 and not row.others then
      best[#best + 1] = row
    end
  end
  best = rows_of.ordered(best, function(row)
    return math.abs(change(row):number())
  end)
  for i = 1, math.min(2, #best, #self.rows - 1) do best[i].lit = true end
end

function Layout:text_of(value)
  if self.spec.percent then
    return amount.plain(value, 1, self.spec.theme.number)
  end
  return self.show:plain(value)
end

--- Decimals until the largest change shows in the figures: nothing "rises from
--- 120 to 120".
function Layout:refine()
  local show, best, most = self.show, nil, 0
  for _, row in ipairs(self.rows) do
    local by = change(row)
    local size = by ~= nil and math.abs(by:number()) or 0
    if size > most then best, most = row, size end
  end
  while best and show.places < show.most_places
    and self:text_of(best.base) == self:text_of(best.actual) do
    show.places = show.places + 1
  end
end

function Layout:label_rows()
  for i, row in ipairs(self.rows) do
    row.at, row.text, row.length = i, {}, {}
    for _, side in ipairs(sides) do
      row.text[side] = self:text_of(row[side])
      row.length[side] = self.spec.percent and amount.number(row[side])
        or not self.spec.percent and self.show:length(row[side]) or nil
    end
  end
end

--- Others so large that the lines of the rest would lie on each other have
--- their figures below the scale, and no line.
function Layout:set_others_aside()
  local most, others = 0, nil
  for _, row in ipairs(self.rows) do
    if row.others then others = row else
      most = math.max(most, row.length.base or 0, row.length.actual or 0)
    end
  end
  if others and most > 0 and math.max(others.length.base or 0,
    others.length.actual or 0) > SQUASHED * most then
    others.length = {}
  end
end

-- ---- where things go ----

--- The scale holds zero unless all values are far from it. A small change is
--- no plunge: the scale covers a part of the values' size.
function Layout:place_down(top, bottom)
  local lo, hi = math.huge, -math.huge
  for _, row in ipairs(self.rows) do
    for _, side in ipairs(sides) do
      local value = row.length[side]
      if value then lo, hi = math.min(lo, value), math.max(hi, value) end
    end
  end
  if lo > hi then lo, hi = 0, 0 end
  if lo > 0 and lo < 0.5 * hi then lo = 0 end
  local lacks = LEAST_SPAN * math.max(-lo, hi) - (hi - lo)
  if lacks > 0 then lo, hi = lo - lacks / 2, hi + lacks / 2 end
  self.lo, self.hi, self.top, self.bottom = lo, hi, top, bottom
end

function Layout:y(value)
  if self.hi <= self.lo then return (self.top + self.bottom) / 2 end
  return self.bottom - (value - self.lo) / (self.hi - self.lo)
    * (self.bottom - self.top)
end

function Layout:place_across()
  local sizes, list = self.spec.sizes, self.list
  local size = sizes.font.label
  self.size, self.number, self.name = size, 0, 0
  for _, row in ipairs(self.rows) do
    for _, side in ipairs(sides) do
      self.number = math.max(self.number, list.measure:width(row.text[side],
        size, row.lit))
    end
    self.name = math.max(self.name, list.measure:width(row.label, size,
      row.lit))
  end
  self.name = math.min(self.name, 0.24 * list.width)
  local beside = self.name + self.number + 0.6 * size + 40
  local header = 0
  for _, side in ipairs(sides) do
    header = math.max(header, list.measure:width(frame.scenario(self.spec,
      side, true), sizes.font.header, true) / 2)
  end
  local inner = math.max(sizes.margin + beside, header + 4)
  local roomy = 0.22 * list.width
  self.x = { base = math.max(inner, math.min(roomy, list.width / 3)) }
  self.x.actual = list.width - self.x.base
  if self.x.actual - self.x.base < 80 then
    limit "a chart of this size has no room for its lines"
  end
end

--- Labels of a side in the order of their values, pushed apart.
function Layout:place_labels(side)
  local order = {}
  for _, row in ipairs(self.rows) do order[#order + 1] = row end
  table.sort(order, function(a, b)
    local x, y = a.length[side], b.length[side]
    if x ~= y then
      if x == nil or y == nil then return y == nil end
      return x > y
    end
    return a.at < b.at
  end)
  local wanted, last = {}, self.top
  for i, row in ipairs(order) do
    local value = row.length[side]
    last = value and self:y(value) or math.max(last, self.bottom)
    wanted[i] = last
  end
  local gap = LINE * self.size
  local at = relax.apart(wanted, gap, self.top, self.bottom
    + 0.4 * self.size)
  for i, row in ipairs(order) do row.label_y[side] = at[i] end
end

-- ---- drawing ----

local function color_of(theme, row)
  return row.lit and theme.accent or theme.rest
end

function Layout:draw_label(row, side)
  local theme, list, way = self.spec.theme, self.list,
    side == "base" and -1 or 1
  local x, y = self.x[side], row.label_y[side]
  local value = row.length[side]
  if value and math.abs(self:y(value) - y) > 5 then
    list:line { tag = "leader", row = row.at, x0 = x + way * 10,
      y0 = self:y(value), x1 = x + way * 30, y1 = y, color = theme.rest,
      width = 1.2 }
  end
  local ink = row.lit and theme.accent_text
    or value and theme.text or theme.muted
  local near = x + way * 36
  list:text { tag = side .. ".text", row = row.at, y = y, anchor = "right",
    x = side == "base" and near or near + self.number,
    text = row.text[side], size = self.size, bold = row.lit, color = ink }
  list:text { tag = "label", row = row.at, y = y,
    x = near + way * (self.number + 0.6 * self.size),
    anchor = side == "base" and "right" or "left",
    text = list.measure:wrap(row.label, self.size, row.lit, self.name, 1)[1],
    size = self.size, bold = row.lit, color = ink }
end

function Layout:draw_line(row)
  local theme, sizes = self.spec.theme, self.spec.sizes
  local from, to = row.length.base, row.length.actual
  local color = color_of(theme, row)
  if from and to then
    self.list:polyline { tag = "slope", row = row.at, color = color,
      width = row.lit and sizes.line_width or 0.5 * sizes.line_width,
      points = { self.x.base, self:y(from), self.x.actual, self:y(to) } }
  end
  for _, side in ipairs(sides) do
    local value = row.length[side]
    if value then
      self.list:circle { tag = "dot", row = row.at, x = self.x[side],
        y = self:y(value), fill = color,
        radius = row.lit and sizes.dot or 0.7 * sizes.dot }
    end
  end
end

function Layout:draw(header_y)
  local theme, list = self.spec.theme, self.list
  for _, row in ipairs(self.rows) do row.label_y = {} end
  for _, side in ipairs(sides) do
    self:place_labels(side)
    list:line { tag = "axis", x0 = self.x[side], x1 = self.x[side],
      y0 = self.top - 16, y1 = self.bottom + 16, color = theme.grid,
      width = 2 }
    list:text { tag = "header", x = self.x[side], y = header_y,
      anchor = "center", text = frame.scenario(self.spec, side, true),
      size = self.spec.sizes.font.header, bold = true, color = theme.second }
  end
  for _, lit in ipairs { false, true } do -- what matters on top
    for _, row in ipairs(self.rows) do
      if (row.lit or false) == lit then self:draw_line(row) end
    end
  end
  for _, row in ipairs(self.rows) do
    for _, side in ipairs(sides) do self:draw_label(row, side) end
    frame.describe(list, row.label .. ":", self.spec.scenario.base,
      row.text.base, self.spec.scenario.actual, row.text.actual)
  end
end

-- ---- the whole ----

---@param list DisplayList empty
---@param spec table a complete spec (see above)
function M.layout(list, spec)
  local self = setmetatable({ list = list, spec = spec, rows = {} }, Layout)
  for i, row in ipairs(spec.rows) do
    self.rows[i] = { label = clean.text(tostring(row.label or "")),
      base = amount.decimal(row.base), actual = amount.decimal(row.actual) }
  end
  local sizes = spec.sizes
  local about = words.say(spec.lang, "{1} and {2}", frame.scenario(spec,
    "base"), frame.scenario(spec, "actual"))
  local extra = frame.sentences(spec, nil, {})
  local foot = frame.foot(list, spec, extra)
  local head_room = 3 * sizes.font.header
  local lines = sizes.title_line * 2 + sizes.message_line * 2
    + sizes.message_y + sizes.body_gap
  local room = (list.height or sizes.height_max) - lines - head_room
    - foot.height - 0.6 * sizes.font.label
  self.rows = fold(spec, self.rows, math.max(1, math.floor(room
    / (LINE * sizes.font.label))))
  if spec.percent then self:shares() end
  self.show = figures.of(figures.values(spec.percent and {} or self.rows,
    sides), spec)
  self:choose()
  if not spec.percent then self:refine() end
  self:label_rows()
  self:set_others_aside()
  local text = spec.title.message or sentence.slope(self)
  local head = frame.head(list, spec, about,
    spec.percent and "%" or self.show.unit, text)
  if not list.height then
    list.height = math.ceil(head + foot.height + head_room + math.max(
      sizes.plot_height, #self.rows * LINE * sizes.font.label))
  end
  self:place_across()
  self:place_down(head + head_room - 0.4 * sizes.body_gap,
    list.height - foot.height - 0.6 * sizes.font.label)
  if self.bottom - self.top < (#self.rows - 1) * LINE * sizes.font.label
    - 0.4 * sizes.font.label then
    limit "a chart of this size has no room for its rows"
  end
  self:draw(self.top - 16 - 0.8 * sizes.font.header)
  frame.draw_foot(list, spec, foot)
end

return M

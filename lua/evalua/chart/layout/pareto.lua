--- The few that make up most: columns from large to small, and the line of
--- their cumulative share on the same scale: 100 % is the sum of the columns.
---
---     { kind = "pareto", rows = { { label =, value = }, ... } }
---
--- What is not above zero has no share: it is left out, and the foot says so.
local amount = require "evalua.chart.amount"
local clean = require "evalua.chart.clean"
local figures = require "evalua.chart.layout.figures"
local frame = require "evalua.chart.layout.frame"
local limit = require "evalua.chart.limit"
local mark = require "evalua.chart.layout.mark"
local place = require "evalua.chart.layout.place"
local sentence = require "evalua.chart.sentence"
local words = require "evalua.chart.words"

local M = {}

local MOST_OF_IT = 80 -- percent: the usual mark
local WORD = 7 -- em: words up to here have room, columns are fewer for them

---@class ParetoLayout
---@field list DisplayList
---@field spec table
---@field rows table[] label, value, cumulated
---@field total any decimal, the sum of the rows
---@field show Figures
local Layout = {}
Layout.__index = Layout

-- ---- figures ----

function Layout:take(rows)
  local left, left_sum = 0, nil
  self.rows = {}
  for i, row in ipairs(rows) do
    local value = amount.decimal(row.value)
    if amount.sign(value) > 0 then
      self.rows[#self.rows + 1] = { value = value, order = i,
        label = clean.text(tostring(row.label or "")) }
    elseif value ~= nil then
      left, left_sum = left + 1, left_sum and left_sum + value or value
    end
  end
  if #self.rows == 0 then
    limit("there is nothing above zero: no whole to take parts of", "data")
  end
  table.sort(self.rows, function(a, b)
    if a.value:eq(b.value) then return a.order < b.order end
    return a.value > b.value
  end)
  self.count, self.left, self.left_sum = #self.rows, left, left_sum
end

--- The largest, and one row "others" of the exact sum, last.
function Layout:fold(most)
  if #self.rows <= most then return end
  local rest = {}
  for i = most, #self.rows do rest[#rest + 1] = self.rows[i].value end
  local others = { value = amount.sum(rest), others = true,
    label = words.text(self.spec.lang, "Others (%s)", #rest) }
  for i = #self.rows, most, -1 do self.rows[i] = nil end
  self.rows[most] = others
end

function Layout:cumulate()
  local sum = nil
  for _, row in ipairs(self.rows) do
    sum = sum and sum + row.value or row.value
    row.sum = sum
  end
  self.total = sum
  for i, row in ipairs(self.rows) do
    row.at = i
    row.cumulated = amount.number(amount.percent_of(row.sum, sum))
    if not self.few and row.cumulated >= MOST_OF_IT - 1e-9 then
      self.few = i
    end
    row.length = self.show:length(row.value)
    row.text = self.show:plain(row.value)
  end
  self.length = self.show:length(self.total)
end

-- ---- where things go ----

function Layout:place(top, bottom)
  local sizes, list = self.spec.sizes, self.list
  local axis = list.measure:width("100%", sizes.font.axis, true)
  self.x0 = sizes.margin + 8
  self.x1 = list.width - sizes.margin - axis - 1.4 * sizes.label_gap
  self.pitch = (self.x1 - self.x0) / #self.rows
  self.bar = math.min(0.66 * self.pitch, 1.4 * sizes.pitch_max)
  self.line = 1.25 * sizes.font.axis
  self.top = top + 1.3 * sizes.font.number
  self.zero = bottom - 2.3 * self.line
  if self.zero - self.top < 80 then
    limit "a chart of this size has no room for its columns"
  end
  self.upx = (self.zero - self.top) / self.length
end

function Layout:x(i)
  return self.x0 + (i - 0.5) * self.pitch
end

--- The height of a share: 100 % is as high as the sum of the columns.
function Layout:y(share)
  return self.zero - share / 100 * (self.zero - self.top)
end

-- ---- drawing ----

function Layout:draw_grid()
  local theme, sizes, list = self.spec.theme, self.spec.sizes, self.list
  for share = 0, 100, 20 do
    local lit = share == MOST_OF_IT
    if share > 0 then
      list:line { tag = lit and "most" or "grid", x0 = self.x0, x1 = self.x1,
        y0 = self:y(share), y1 = self:y(share), width = lit and 2 or 1.2,
        color = lit and theme.accent or theme.grid,
        dash = lit and { 4, 4 } or nil }
    end
    list:text { tag = "tick", x = list.width - sizes.margin, anchor = "right",
      y = self:y(share), text = share .. "%", size = sizes.font.axis,
      bold = lit, color = lit and theme.accent_text or theme.muted }
  end
end

function Layout:draw_columns()
  local theme = self.spec.theme
  local code = self.spec.scenario.actual
  for i, row in ipairs(self.rows) do
    local lit = frame.is_highlighted(self.spec, row.label)
    local fill = lit and theme.accent or i <= self.few and not row.others
      and mark.color(theme, code) or theme.rest
    self.list:rect { tag = "actual.bar", row = i, x0 = self:x(i)
      - self.bar / 2, x1 = self:x(i) + self.bar / 2, y0 = self.zero
      - row.length * self.upx, y1 = self.zero, fill = fill, along = "y",
      value = row.length, measure = "amount", zero = self.zero }
  end
  self.list:line { tag = "axis", x0 = self.x0, x1 = self.x1, y0 = self.zero,
    y1 = self.zero, color = theme.axis, width = self.spec.sizes.axis_width }
end

function Layout:draw_line()
  local theme, sizes, points = self.spec.theme, self.spec.sizes, {}
  for i, row in ipairs(self.rows) do
    points[#points + 1], points[#points + 2] = self:x(i),
      self:y(row.cumulated)
  end
  if #points > 2 then
    self.list:polyline { tag = "cumulated", points = points,
      color = theme.axis, width = 0.6 * sizes.line_width }
  end
  for i, row in ipairs(self.rows) do
    self.list:circle { tag = "dot", row = i, x = self:x(i),
      y = self:y(row.cumulated), radius = 0.8 * sizes.dot, fill = theme.axis }
  end
end

--- Shares stand above their dots; one that a line or figure is in the way of
--- gives way.
function Layout:draw_shares()
  local size = self.spec.sizes.font.number
  local except = { grid = true }
  for i, row in ipairs(self.rows) do
    local text = self.show:part(row.cumulated)
    local width = self.list.measure:width(text, size)
    local x, y = self:x(i), self:y(row.cumulated)
    local at = place.first(self.list, {
      { x = x, y = y - 1.05 * size, anchor = "center" },
      { x = x - 8, y = y - 1.05 * size, anchor = "right" },
      { x = x - 14, y = y - 0.2 * size, anchor = "right" },
      { x = x + 8, y = y + 1.1 * size, anchor = "left" },
    }, width, size, except)
    if at then
      self.list:text { tag = "share.text", row = i, x = at.x, y = at.y,
        anchor = at.anchor, text = text, size = size,
        color = self.spec.theme.text }
    end
  end
end

--- Figures stand above their columns, below the top of a column that the
--- line starts from.
function Layout:draw_values()
  local theme, sizes = self.spec.theme, self.spec.sizes
  local size = sizes.font.number
  local theme_of = require "evalua.chart.theme"
  local bars = self.list:find("rect", "actual.bar")
  for i, row in ipairs(self.rows) do
    local width = self.list.measure:width(row.text, size)
    local y = self.zero - row.length * self.upx
    local at = place.first(self.list, {
      { x = self:x(i), y = y - 0.75 * size, anchor = "center" } }, width,
      size, { grid = true })
    if at then
      self.list:text { tag = "actual.text", row = i, x = at.x, y = at.y,
        text = row.text, anchor = "center", size = size, color = theme.text }
    elseif width < self.bar - 6 and row.length * self.upx > 2.4 * size then
      self.list:text { tag = "actual.text", row = i, x = self:x(i),
        y = y + 1.35 * size, text = row.text, anchor = "center", size = size,
        bold = true, color = theme_of.ink_on(theme, bars[i].fill) }
    end
  end
end

function Layout:draw_labels()
  local theme, sizes, list = self.spec.theme, self.spec.sizes, self.list
  local size = sizes.font.axis
  for i, row in ipairs(self.rows) do
    local lines = list.measure:wrap(row.label, size, false,
      math.max(self.pitch - 0.5 * size, size), 2)
    local lit = frame.is_highlighted(self.spec, row.label)
    for k, line in ipairs(lines) do
      list:text { tag = "label", row = i, x = self:x(i), anchor = "center",
        y = self.zero + (k - 0.2) * self.line, text = line, size = size,
        color = lit and theme.accent_text or theme.text }
    end
    frame.describe(list, row.label .. ":", row.text, self.show:part(
      row.cumulated))
  end
end

-- ---- the whole ----

function Layout:sentences()
  local lang, out = self.spec.lang, frame.sentences(self.spec, nil, {})
  out[#out + 1] = words.say(lang, "100% = {1}", self.show:amount(self.total))
  if self.left > 0 then
    out[#out + 1] = words.say(lang, "Left out as not above zero: {1} "
      .. "({2})", self.left, self.show:plain(self.left_sum))
  end
  return out
end

--- How many columns have room for a name of two lines and their figure.
function Layout:room()
  local sizes, measure = self.spec.sizes, self.list.measure
  local size = sizes.font.axis
  local widest = 4.6 * size
  for _, row in ipairs(self.rows) do
    widest = math.max(widest, measure:width(self.show:plain(row.value),
      sizes.font.number) + 8, 0.6 * size + math.min(WORD * size,
      measure:longest_word(row.label, size)))
  end
  return math.max(2, math.floor((self.list.width - 2.6 * sizes.margin
    - 3.5 * sizes.font.axis) / widest))
end

---@param list DisplayList empty
---@param spec table a complete spec (see above)
function M.layout(list, spec)
  local self = setmetatable({ list = list, spec = spec }, Layout)
  self:take(spec.rows)
  self.show = figures.of(figures.values(self.rows, { "value" }), spec)
  self:fold(math.min(self:room(), (spec.top or math.huge) + 1))
  self:cumulate()
  local text = spec.title.message or sentence.pareto(self)
  local head = frame.head(list, spec, words.say(spec.lang,
    "from large to small; cumulative share in %"), self.show.unit, text)
  local foot = frame.foot(list, spec, self:sentences())
  list.height = list.height or math.ceil(head + foot.height
    + 1.1 * spec.sizes.plot_height)
  self:place(head - 0.4 * spec.sizes.body_gap, list.height - foot.height
    + 0.2 * spec.sizes.source_gap)
  self:draw_grid()
  self:draw_columns()
  self:draw_line()
  self:draw_values()
  self:draw_shares()
  self:draw_labels()
  frame.draw_foot(list, spec, foot)
end

return M

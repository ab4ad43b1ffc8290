--- Small charts side by side on one scale: columns over time, and against a
--- plan what exceeds it and what is left of it.
---
---     { kind = "multiples", periods =, last =, polarity =,
---       rows = { { label =, cells = { { base =, actual = }, ... } }, ... } }
local amount = require "evalua.chart.amount"
local clean = require "evalua.chart.clean"
local figures = require "evalua.chart.layout.figures"
local frame = require "evalua.chart.layout.frame"
local limit = require "evalua.chart.limit"
local mark = require "evalua.chart.layout.mark"
local periods = require "evalua.chart.period"
local plot = require "evalua.chart.layout.plot"
local rows_of = require "evalua.chart.rows"
local scale = require "evalua.chart.scale"
local sentence = require "evalua.chart.sentence"
local words = require "evalua.chart.words"

local M = {}

local LEAST_PANEL = 8.2 -- em of height

---@class MultiplesLayout
---@field list DisplayList
---@field spec table
---@field rows table[] label, cells, actual, base, variance, percent
---@field show Figures
---@field columns integer
---@field lines integer
local Layout = {}
Layout.__index = Layout

-- ---- figures ----

--- Sums over the periods; the variance over those that have both sides.
local function sum_up(row)
  row.actual, row.base, row.variance = nil, nil, nil
  local compared = nil
  for _, cell in ipairs(row.cells) do
    if cell.actual ~= nil then
      row.actual = row.actual and row.actual + cell.actual or cell.actual
      if cell.base ~= nil then
        row.base = row.base and row.base + cell.base or cell.base
        compared = compared and compared + cell.actual or cell.actual
      end
    end
  end
  if compared ~= nil then
    row.variance = compared - row.base
    row.percent = amount.percent_of(row.variance, row.base)
  end
end

local function judge(spec, item)
  item.favourable = amount.favourable(item.variance, spec.polarity)
  item.calm = amount.is_calm(item.percent, spec.neutral)
  item.color = mark.judged(item)
end

local function take(spec, row, count, i)
  local out = { label = clean.text(tostring(row.label or "")), cells = {},
    order = i }
  for k = 1, count do
    local cell = row.cells[k] or {}
    out.cells[k] = { base = amount.decimal(cell.base),
      actual = amount.decimal(cell.actual) }
  end
  sum_up(out)
  judge(spec, out)
  return out
end

--- Exact sums by period of the rows that are not shown by themselves.
local function combine(spec, rows, count)
  local out = { cells = {}, others = true,
    label = words.text(spec.lang, "Others (%s)", #rows) }
  for k = 1, count do
    local cell = {}
    for _, name in ipairs { "base", "actual" } do
      for _, row in ipairs(rows) do
        local value = row.cells[k][name]
        if value ~= nil then
          cell[name] = cell[name] and cell[name] + value or value
        end
      end
    end
    out.cells[k] = cell
  end
  sum_up(out)
  judge(spec, out)
  return out
end

--- Largest variance first, or largest sum where there is no plan.
local function size_of(has_base)
  return function(row)
    if has_base then return math.abs(amount.number(row.variance) or 0) end
    return amount.number(row.actual)
  end
end

--- All cells of the periods drawn.
function Layout:cells()
  local out = {}
  for _, row in ipairs(self.rows) do
    for k = 1, self.last do out[#out + 1] = row.cells[k] end
  end
  return out
end

-- ---- the grid of charts ----

--- How many side by side: charts a good deal wider than high.
local function columns_for(count, is_doc)
  if count <= 3 then return count end
  if count == 4 then return is_doc and 2 or 4 end
  if count <= 6 then return 3 end
  return 4
end

--- Room for how many charts?
function Layout:room(top, foot)
  local sizes = self.spec.sizes
  local least = LEAST_PANEL * sizes.font.label
  local height = (self.list.height or sizes.height_max) - foot - top
  return 4 * math.max(1, math.floor(height / least))
end

function Layout:fold(most)
  local spec = self.spec
  if spec.top then most = math.min(most, spec.top + 1) end
  if #self.rows <= most then return end
  local rows, rest = rows_of.split(spec, self.rows, most - 1,
    size_of(self.has_base))
  rows[#rows + 1] = combine(spec, rest, self.last)
  self.rows = rows
end

function Layout:place(top, bottom)
  local sizes = self.spec.sizes
  self.columns = columns_for(#self.rows, sizes.name == "doc")
  self.lines = math.ceil(#self.rows / self.columns)
  self.gap = 1.4 * sizes.panel_gap
  self.width = (self.list.width - 2 * sizes.margin
    - (self.columns - 1) * self.gap) / self.columns
  self.height = (bottom - top) / self.lines
  self.top = top
  self.head = (self.has_base and 2.9 or 2.7) * sizes.font.label
  self.below = 1.5 * sizes.font.axis
  local free = self.height - self.head - self.below - 0.4 * sizes.font.label
  if free < 24 then
    limit "a chart of this size has no room for its panels"
  end
  local values = { n = 0 }
  for _, cell in ipairs(self:cells()) do
    for _, name in ipairs { "base", "actual" } do
      values.n = values.n + 1
      values[values.n] = self.show:length(cell[name])
    end
  end
  local span = scale.span(values)
  self.upx = span.hi > span.lo and free / (span.hi - span.lo) or 0
  self.zero = self.head + span.hi * self.upx
  if span.hi == span.lo then self.zero = self.head + free end
  local ticks, places = plot.ticks(span.lo, span.hi, 4)
  self.tick, self.tick_places = nil, places
  for _, tick in ipairs(ticks) do
    local above = self.zero - tick * self.upx - 1.25 * sizes.font.axis
    if tick > 0 and above >= self.head then
      self.tick = tick
    end
  end
end

-- ---- drawing ----

--- The name, and under it the sums.
function Layout:draw_head(row, x, y)
  local theme, sizes, list = self.spec.theme, self.spec.sizes, self.list
  local size, measure = sizes.font.label, list.measure
  local label = measure:wrap(row.label, size, true, self.width, 1)[1]
  local lit = frame.is_highlighted(self.spec, row.label)
  list:text { tag = "label", row = row.at, x = x, y = y + 0.7 * size,
    text = label, size = size, bold = true,
    color = lit and theme.accent_text or theme.text }
  local number = sizes.font.number
  local at = y + 2 * size
  local text = self.show:plain(row.actual)
  local item = list:text { tag = "actual.text", row = row.at, x = x, y = at,
    text = text, size = number, color = theme.text }
  local parts = {}
  if row.variance ~= nil then
    parts = { self.show:signed(row.variance), row.percent ~= nil
      and "(" .. self.show:percent(row.percent, 0) .. ")" or nil }
  end
  local left = math.max(item.box.x1 + 0.6 * number, x + self.number_width)
  for _, part in ipairs(parts) do
    local width = measure:width(part, number)
    if left + width > x + self.width then break end
    list:text { tag = "variance.text", row = row.at, x = left, y = at,
      text = part, size = number, color = theme[row.color .. "_text"] }
    left = left + width + 0.4 * number
  end
  frame.describe(list, row.label .. ":", text, table.concat(parts, " "))
end

--- The widest sum, so that variances stand below each other.
function Layout:measure_numbers()
  self.number_width = 0
  for _, row in ipairs(self.rows) do
    self.number_width = math.max(self.number_width, self.list.measure:width(
      self.show:plain(row.actual), self.spec.sizes.font.number))
  end
  self.number_width = self.number_width + 0.6 * self.spec.sizes.font.number
end

--- A column in one piece, or cut at the plan: what exceeds it is a solid
--- piece in the colour of the variance, what is left of it an outline.
function Layout:draw_column(row, k, x0, x1, zero)
  local theme, cell = self.spec.theme, row.cells[k]
  local actual, base = self.show:length(cell.actual),
    self.show:length(cell.base)
  if actual == nil then return end
  local function piece(tag, from, to, fill, stroke)
    if from == to then return end
    self.list:rect { tag = tag, row = row.at, x0 = x0, x1 = x1,
      y0 = zero - from * self.upx, y1 = zero - to * self.upx, fill = fill,
      stroke = stroke, width = stroke and self.spec.sizes.plan_width or nil,
      value = to - from, measure = "amount", along = "y",
      zero = from == 0 and zero or nil }
  end
  if base == nil or (base < 0) ~= (actual < 0) and actual ~= 0 then
    return piece("actual.bar", 0, actual, mark.color(theme, "AC"))
  end
  local judged = { variance = cell.actual - cell.base,
    percent = amount.percent_of(cell.actual - cell.base, cell.base) }
  judge(self.spec, judged)
  local color = theme[judged.color]
  if math.abs(actual) >= math.abs(base) then
    piece("actual.bar", 0, base, mark.color(theme, "AC"))
    piece("variance.bar", base, actual, color)
  else
    piece("variance.bar", actual, base, theme.paper, color)
    piece("actual.bar", 0, actual, mark.color(theme, "AC"))
  end
end

function Layout:draw_panel(row)
  local theme, sizes, list = self.spec.theme, self.spec.sizes, self.list
  local x = sizes.margin + ((row.at - 1) % self.columns)
    * (self.width + self.gap)
  local y = self.top + (row.at - 1) // self.columns * self.height
  local zero = y + self.zero
  self:draw_head(row, x, y)
  if self.tick then
    local at = zero - self.tick * self.upx
    list:line { tag = "grid", x0 = x, x1 = x + self.width, y0 = at, y1 = at,
      color = theme.grid, width = 1.2 }
    list:text { tag = "tick", x = x, y = at - 0.62 * sizes.font.axis,
      text = plot.tick_text(self.spec, self.tick, self.tick_places),
      size = math.max(sizes.min_font, sizes.font.axis - 3),
      color = theme.muted }
  end
  local pitch = self.columns_width / self.last
  local half = math.max(0.5, math.min(0.3 * pitch, 0.6 * sizes.bar_max))
  for k = 1, self.last do
    local at = x + self.columns_left + (k - 0.5) * pitch
    self:draw_column(row, k, at - half, at + half, zero)
  end
  list:line { tag = "axis", row = row.at, x0 = x, x1 = x + self.width,
    y0 = zero, y1 = zero, color = theme.axis, width = sizes.axis_width }
  self:draw_ends(x, y + self.height - self.below)
end

--- The names of the first and the last period.
function Layout:draw_ends(x, y)
  local size = self.spec.sizes.font.axis
  local first = periods.labels({ self.spec.periods[1] }, self.spec.lang)[1]
  local last = periods.labels({ self.spec.periods[self.last] },
    self.spec.lang)[1]
  if self.spec.periods[1].year ~= self.spec.periods[self.last].year then
    first = { text = self.spec.periods[1].text }
    last = { text = self.spec.periods[self.last].text }
  end
  local measure, third = self.list.measure, 0.48 * self.width
  local y_text = y + 0.55 * size
  self.list:text { tag = "period", x = x + self.columns_left, y = y_text,
    text = measure:wrap(first.text, size, false, third, 1)[1], size = size,
    color = self.spec.theme.muted }
  if self.last == 1 then return end
  self.list:text { tag = "period", x = x + self.width, y = y_text,
    text = measure:wrap(last.text, size, false, third, 1)[1], size = size,
    anchor = "right", color = self.spec.theme.muted }
end

function Layout:draw()
  self:measure_numbers()
  local tick = self.tick and plot.tick_text(self.spec, self.tick,
    self.tick_places) or ""
  local left = self.list.measure:width(tick, self.spec.sizes.font.axis)
  self.columns_left = left > 0.25 * self.width and 0 or left + 4
  if self.columns_left == 0 then self.tick = nil end
  self.columns_width = self.width - self.columns_left
  for i, row in ipairs(self.rows) do
    row.at = i
    self:draw_panel(row)
  end
end

-- ---- the whole ----

function Layout:about()
  local spec, lang = self.spec, self.spec.lang
  local actual = frame.scenario(spec, "actual")
  if not self.has_base then
    return words.say(lang, "{1}; one scale", actual)
  end
  return words.say(lang, "{1}; one scale", words.text(lang, "%s vs %s", actual,
    frame.scenario(spec, "base")))
end

function Layout:sentences()
  local spec, lang = self.spec, self.spec.lang
  local extra = {}
  if #self.rows > 1 and spec.sort ~= "none" then
    extra[1] = self.has_base and "Sorted by size of variance"
      or "Sorted by sum"
  end
  local out = frame.sentences(spec, self.has_base and spec.polarity or nil,
    extra)
  if self.has_base then
    out[#out + 1] = words.text(lang, "Solid colour = above, outline = left of "
      .. "the plan")
  end
  return out
end

---@param list DisplayList empty
---@param spec table a complete spec (see above)
function M.layout(list, spec)
  local self = setmetatable({ list = list, spec = spec, rows = {},
    last = math.max(1, spec.last or #spec.periods) }, Layout)
  if #spec.periods == 0 then limit("there are no rows to draw", "data") end
  for i, row in ipairs(spec.rows) do
    self.rows[i] = take(spec, row, self.last, i)
    self.has_base = self.has_base or self.rows[i].variance ~= nil
  end
  if spec.sort ~= "none" then
    self.rows = rows_of.ordered(self.rows, size_of(self.has_base))
  end
  self.show = figures.of(figures.values(self:cells(), { "base", "actual" }),
    spec)
  local text = spec.title.message or sentence.multiples(self)
  local head = frame.head(list, spec, self:about(), self.show.unit, text)
  local foot = frame.foot(list, spec, self:sentences())
  local top = head - 0.2 * spec.sizes.body_gap
  self:fold(self:room(top, foot.height))
  if not list.height then
    local lines = math.ceil(#self.rows / columns_for(#self.rows, true))
    list.height = math.ceil(math.min(spec.sizes.height_max, top + foot.height
      + lines * 12 * spec.sizes.font.label))
  end
  self:place(top, list.height - foot.height + 0.4 * spec.sizes.source_gap)
  self:draw()
  frame.draw_foot(list, spec, foot)
end

return M

--- The bridge: from the base total by every line's variance to the actual
--- total, down the page, and the total variance below. It always reconciles:
--- start + sum of the steps = end, in exact figures.
local amount = require "evalua.chart.amount"
local body = require "evalua.chart.layout.body"
local limit = require "evalua.chart.limit"
local figures = require "evalua.chart.layout.figures"
local frame = require "evalua.chart.layout.frame"
local message = require "evalua.chart.message"
local rows_of = require "evalua.chart.rows"
local scale = require "evalua.chart.scale"
local words = require "evalua.chart.words"

local M = {}

local INSIDE_GAP = 14 -- between a figure and the end of its bar

---@class BridgeLayout
---@field list DisplayList
---@field spec table
---@field rows Row[] start, steps, end, total variance; each with from, to
---@field fit RowFit
---@field x0 number the zero line
---@field upx number pixels per unit
local Layout = {}
Layout.__index = Layout

-- ---- the steps ----

local function sum_of(steps, name)
  return amount.sum(rows_of.column(steps, name), #steps) or amount.zero
end

--- The row of the total variance; a given total knows its percentage.
local function total_row(steps, given)
  local row = rows_of.combine(steps, "")
  if given then
    row.percent, row.favourable = given.percent, given.favourable
  end
  return row
end

--- Lengths and the figure that stands at a row's bar.
local function label(row, show)
  row.role = row.role or "leaf"
  figures.label(show, row)
  row.lo, row.hi = show:length(row.from), show:length(row.to)
  row.ahead = row.hi >= row.lo
  if not row.ahead then row.lo, row.hi = row.hi, row.lo end
  if row.kind == "start" or row.kind == "end" then
    row.figure = show:plain(row.to)
  else
    local places = row.kind == "total" and show.percent_places or 0
    row.figure = row.text.variance
    if row.percent ~= nil then
      row.figure = row.figure .. "  (" .. show:percent(row.percent, places)
        .. ")"
    end
  end
end

--- Start, steps, end and total variance with their ends in the chart's unit.
function Layout:chain(steps, given)
  local spec, show = self.spec, self.show
  local start, finish = sum_of(steps, "base"), sum_of(steps, "actual")
  local rows = { { kind = "start", strong = true, from = amount.zero,
    to = start, label = frame.scenario(spec, "base", true) } }
  local at = start
  for _, step in ipairs(steps) do
    step.kind, step.from = "step", at
    at = at + (step.variance or amount.zero)
    step.to = at
    rows[#rows + 1] = step
  end
  if not at:eq(finish) then
    error("the variances of a bridge do not add up to its ends", 0)
  end
  rows[#rows + 1] = { kind = "end", strong = true, from = amount.zero,
    to = finish, label = frame.scenario(spec, "actual", true) }
  local total = total_row(steps, given)
  total.kind, total.strong, total.from, total.to = "total", true, start,
    finish
  total.variance = finish - start
  total.label = words.text(spec.lang, "Variance") .. " Δ"
    .. spec.scenario.base
  rows[#rows + 1] = total
  for _, row in ipairs(rows) do label(row, show) end
  return rows
end

-- ---- across the page ----

function Layout:label_width()
  local widest = 0
  for _, row in ipairs(self.rows) do
    widest = math.max(widest, self.list.measure:width(row.label,
      self.fit.size, row.strong))
  end
  return math.min(widest, self.spec.sizes.names_share * self.list.width)
end

--- The largest scale at which every bar with the figure on its right fits.
function Layout:place()
  local sizes, list = self.spec.sizes, self.list
  self.names = self:label_width()
  local left = sizes.margin + self.names + sizes.axis_gap
  local right, lo, hi = list.width - sizes.margin, 0, 0
  for _, row in ipairs(self.rows) do
    row.figure_width = list.measure:width(row.figure, self.fit.number,
      row.strong)
    lo, hi = math.min(lo, row.lo), math.max(hi, row.hi)
  end
  self.upx = scale.fit(function(upx)
    local most = 0
    for _, row in ipairs(self.rows) do
      most = math.max(most, (row.hi - lo) * upx + INSIDE_GAP
        + row.figure_width)
    end
    return most
  end, right - left, hi - lo)
  if not self.upx then
    limit("a chart of this size has no room for its figures")
  end
  self.x0 = left - lo * self.upx
end

function Layout:x(value)
  return self.x0 + value * self.upx
end

-- ---- drawing ----

function Layout:draw_bar(row, half)
  local theme, sizes = self.spec.theme, self.spec.sizes
  local box = { tag = row.kind .. ".bar", row = row.at, x0 = self:x(row.lo),
    x1 = self:x(row.hi), y0 = row.y - half, y1 = row.y + half }
  if row.kind == "start" then
    box.fill, box.stroke, box.width = theme.paper, theme.plan,
      sizes.plan_width
  elseif row.kind == "end" then
    box.fill = theme.actual
  else
    box.fill = theme[row.color]
  end
  self.list:rect(box)
end

--- From the end of a bar to the next row: what one step hands to the next.
function Layout:draw_link(row, below, half)
  local x = self:x(row.ahead and row.hi or row.lo)
  local gone = row.kind == "step" and row.hi == row.lo -- no bar to pass it on
  self.list:line { tag = "link", row = row.at, x0 = x, x1 = x,
    y0 = row.y + (gone and -half or half), y1 = below.y - half,
    color = self.spec.theme.axis, width = self.spec.sizes.link_width }
end

--- Where a figure goes: inside a long bar of a scenario, else to the right.
function Layout:figure_place(row, half)
  local theme = self.spec.theme
  local is_end = row.kind == "start" or row.kind == "end"
  local length = (row.hi - row.lo) * self.upx
  if is_end and 2 * half >= self.fit.number
    and length >= row.figure_width + 2 * INSIDE_GAP then
    local color = row.kind == "end" and theme.paper or theme.text
    if not row.ahead then
      return self:x(row.lo) + INSIDE_GAP, "left", color
    end
    return self:x(row.hi) - INSIDE_GAP, "right", color
  end
  local color = row.kind == "total" and theme[row.color .. "_text"]
    or theme.text
  return self:x(row.hi) + INSIDE_GAP, "left", color
end

function Layout:draw_figure(row, half)
  local x, anchor, color = self:figure_place(row, half)
  return self.list:text { tag = row.kind .. ".text", row = row.at, x = x, y = row.y,
    text = row.figure, anchor = anchor, size = self.fit.number,
    bold = row.strong, color = color }
end

--- The zero line beside start, steps and end.
function Layout:draw_axis()
  local rows, half = self.rows, self.fit.pitch / 2
  self.list:line { tag = "axis", x0 = self.x0, x1 = self.x0,
    y0 = rows[1].y - half, y1 = rows[#rows - 1].y + half,
    color = self.spec.theme.axis, width = self.spec.sizes.axis_width }
end

--- Dotted, where the base stands, down to the total variance; figures that
--- stand in its way interrupt it.
function Layout:draw_guide(figures_drawn, half)
  local first, last = self.rows[1], self.rows[#self.rows]
  local x, theme = self:x(first.ahead and first.hi or first.lo),
    self.spec.theme
  local function piece(y0, y1)
    if y1 <= y0 then return end
    self.list:line { tag = "guide", x0 = x, x1 = x, y0 = y0, y1 = y1,
      color = theme.muted, width = self.spec.sizes.link_width,
      dash = { 4, 4 } }
  end
  local from = self.rows[2].y + half
  for _, item in ipairs(figures_drawn) do
    local box = item.box
    if box.x0 - 4 < x and x < box.x1 + 4 and box.y1 > from then
      piece(from, box.y0)
      from = box.y1
    end
  end
  piece(from, last.y - half)
end

function Layout:draw()
  local half = math.min(0.58 * self.fit.pitch, self.spec.sizes.bridge_max) / 2
  local rows, drawn = self.rows, {}
  for i, row in ipairs(rows) do drawn[i] = self:draw_figure(row, half) end
  self:draw_axis()
  self:draw_guide(drawn, half)
  for i, row in ipairs(rows) do
    self:draw_bar(row, half)
    if i < #rows then self:draw_link(row, rows[i + 1], half) end
    frame.row_label(self.list, self.spec, row, row.y, { width = self.names,
      size = self.fit.size, pitch = self.fit.pitch })
    frame.describe(self.list, row.label .. ":", row.figure)
  end
end

-- ---- the whole ----

local function about(spec)
  return words.text(spec.lang, "bridge from %s to %s",
    frame.scenario(spec, "base"), frame.scenario(spec, "actual"))
end

local function sentences(spec, leaves)
  local extra = {}
  if #leaves > 1 then
    extra[1] = spec.sort == "variance" and "Sorted by variance"
      or spec.sort == "size" and "Sorted by size of variance" or nil
  end
  return frame.sentences(spec, rows_of.polarity(leaves), extra)
end

--- Only lines that the bridge shows are spoken of, not their groups.
function Layout:message(leaves, total)
  local rows = { table.unpack(leaves) }
  rows[#rows + 1] = total
  return message.make(rows, figures.context(self.show, self.spec, leaves), 2)
end

---@param list DisplayList empty
---@param spec table a complete spec (see init.lua)
function M.layout(list, spec)
  local self = setmetatable({ list = list, spec = spec }, Layout)
  local rows = rows_of.take(spec.rows)
  local total = rows_of.total(rows)
  local leaves = rows_of.sort(rows_of.leaves(rows), spec.sort)
  if rows_of.polarity(leaves) == 0 then
    limit("a bridge cannot add revenue and expense: choose one of them",
      "data")
  end
  self.show = figures.new(rows, spec)
  local text = spec.title.message or self:message(leaves, total)
  local top = frame.head(list, spec, about(spec), self.show.unit, text)
  local foot = frame.foot(list, spec, sentences(spec, leaves))
  leaves, self.fit = body.fit(list, spec, leaves, top, foot.height, 3)
  self.rows = self:chain(leaves, total)
  body.stack(self.rows, self.fit)
  self:place()
  self:draw()
  frame.draw_foot(list, spec, foot)
end

return M

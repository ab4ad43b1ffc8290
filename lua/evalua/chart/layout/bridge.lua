--- The bridge: from the base total by every line's variance to the actual
--- total, down the page, and the total variance below. It always reconciles:
--- start + sum of the steps = end, in exact figures.
---
--- With `before` (rows from the prior year to the base) it has two stages.
--- Subtotals show what their lines come to. Where the steps would be slivers
--- beside the totals, they are drawn magnified below them, and the chart says
--- how many times: no axis is broken.
local amount = require "evalua.chart.amount"
local body = require "evalua.chart.layout.body"
local draw = require "evalua.chart.layout.bridge_draw"
local figures = require "evalua.chart.layout.figures"
local frame = require "evalua.chart.layout.frame"
local limit = require "evalua.chart.limit"
local message = require "evalua.chart.message"
local rows_of = require "evalua.chart.rows"
local scale = require "evalua.chart.scale"
local words = require "evalua.chart.words"

local M = {}

local THIN = 0.035 -- of the width: a longest step shorter than this is one

---@class BridgeLayout: BridgeDrawing
---@field list DisplayList
---@field spec table
---@field rows Row[] levels, steps, subtotals, total variance, with from, to
---@field fit RowFit
---@field x0 number the zero line
---@field upx number pixels per unit
---@field lens { x0: number, upx: number, origin: number, factor: number }?
local Layout = setmetatable({}, { __index = draw.Drawing })
Layout.__index = Layout

-- ---- the chain ----

local function sum_of(rows, name)
  local leaves = rows_of.leaves(rows)
  return amount.sum(rows_of.column(leaves, name), #leaves)
end

--- Decimals of the steps' percents: small ones would all be 0 %.
local function step_places(rows)
  local most = 0
  for _, row in ipairs(rows) do
    if row.kind == "step" or row.kind == "subtotal" then
      most = math.max(most, math.abs(amount.number(row.percent) or 0))
    end
  end
  return most < 10 and 1 or 0
end

--- Lengths and the figure that stands at a row's bar.
local function label(row, show, places)
  row.role = row.role or "leaf"
  figures.label(show, row)
  row.lo, row.hi = show:length(row.from), show:length(row.to)
  row.ahead = row.hi >= row.lo
  if not row.ahead then row.lo, row.hi = row.hi, row.lo end
  if row.is_level then
    row.figure = show:plain(not row.is_missing and row.to or nil)
    return
  end
  if row.kind == "total" then places = show.percent_places end
  row.figure = row.text.variance
  if row.percent ~= nil then
    row.figure = row.figure .. "  (" .. show:percent(row.percent, places)
      .. ")"
  end
end

--- `value` is nil where every line is missing: that is not zero.
local function level(self, kind, role, value)
  return { kind = kind, is_level = true, strong = true, scenario = role,
    from = amount.zero, to = value or amount.zero, is_missing = value == nil,
    label = frame.scenario(self.spec, role, true) }
end

--- Steps of one stage from `at` on, appended to `rows`; where they end. The
--- subtotal of a single line would say it twice.
local function add_steps(rows, steps, at)
  local group, lines = at, 0
  for _, step in ipairs(steps) do
    if rows_of.is_leaf(step) then
      step.kind, step.from = "step", at
      at = at + (step.variance or amount.zero)
      step.to, lines = at, lines + 1
      rows[#rows + 1] = step
    elseif step.role == "subtotal" then
      step.kind, step.from, step.to, step.strong = "subtotal", group, at, true
      if lines > 1 then rows[#rows + 1] = step end
      group, lines = at, 0
    end
  end
  return at
end

--- The row of the total variance; a given total knows its percentage.
function Layout:total_row(stage, given, start, finish)
  local row = rows_of.combine(rows_of.leaves(stage), "")
  if given and #self.stages == 1 then
    row.percent, row.favourable = given.percent, given.favourable
  end
  local code = #self.stages > 1 and self.spec.scenario.prior
    or self.spec.scenario.base
  row.kind, row.strong, row.from, row.to = "total", true, start, finish
  row.variance = finish - start
  if #self.stages > 1 then
    row.percent = amount.percent_of(row.variance, start)
    row.favourable = amount.favourable(row.variance,
      rows_of.polarity(rows_of.leaves(stage)))
  end
  row.label = words.text(self.spec.lang, "Variance") .. " Δ" .. code
  return row
end

--- Levels and steps with their ends in the chart's unit.
function Layout:chain(given)
  local stages, rows = self.stages, {}
  local roles = #stages > 1 and { "prior", "base", "actual" }
    or { "base", "actual" }
  local start = sum_of(stages[1], "base")
  rows[1] = level(self, "start", roles[1], start)
  local at, is_missing = start or amount.zero, start == nil
  for i, stage in ipairs(stages) do
    at = add_steps(rows, stage, at)
    local sum = sum_of(stage, "actual")
    if not at:eq(sum or amount.zero) then
      error("the variances of a bridge do not add up to its ends", 0)
    end
    rows[#rows + 1] = level(self, i == #stages and "end" or "level",
      roles[i + 1], sum)
    is_missing = is_missing and sum == nil
  end
  rows[#rows + 1] = self:total_row(stages[#stages], given,
    start or amount.zero, at)
  if is_missing then rows[#rows].variance = nil end
  local places = step_places(rows)
  for _, row in ipairs(rows) do label(row, self.show, places) end
  return rows
end

-- ---- across the page ----

function Layout:label_width()
  local widest = 0
  for _, row in ipairs(self.rows) do
    widest = math.max(widest, self.list.measure:width(row.label,
      self.fit.size, row.strong or row.role ~= "leaf"))
  end
  return math.min(widest, self.spec.sizes.names_share * self.list.width)
end

--- The largest scale at which every bar of `rows` with the figure on its
--- right fits into `room`, when bars may begin at `lo`.
local function fit_scale(rows, lo, hi, room)
  return scale.fit(function(upx)
    local most = 0
    for _, row in ipairs(rows) do
      most = math.max(most, (row.hi - lo) * upx + draw.INSIDE_GAP
        + row.figure_width)
    end
    return most
  end, room, hi - lo)
end

--- The units that rows cover.
local function span_of(rows, lo, hi)
  for _, row in ipairs(rows) do
    lo, hi = math.min(lo, row.lo), math.max(hi, row.hi)
  end
  return lo, hi
end

--- Would the longest step be a sliver?
function Layout:is_thin(room)
  local longest = 0
  for _, row in ipairs(self.rows) do
    if row.kind == "step" then longest = math.max(longest, row.hi - row.lo) end
  end
  return longest > 0 and longest * self.upx < THIN * room
end

--- What a stage comes to, from one level to the next: in the magnified part no
--- level stands between the stages.
function Layout:stage_row(from, to)
  local code, variance = self.spec.scenario, to.to - from.to
  local row = { kind = "subtotal", role = "subtotal", level = 1,
    strong = true, from = from.to, to = to.to, variance = variance,
    percent = amount.percent_of(variance, from.to),
    favourable = amount.favourable(variance, self.polarity),
    label = words.say(self.spec.lang, "{1} to {2}", code[from.scenario],
      code[to.scenario]) }
  label(row, self.show, self.show.percent_places)
  return row
end

--- Levels on top of their own scale, the rest below, magnified.
function Layout:magnify(left, room)
  local levels, steps = {}, {}
  for _, row in ipairs(self.rows) do
    local before = row.is_level and #self.stages > 1 and levels[#levels]
    if before then
      local stage = self:stage_row(before, row)
      stage.figure_width = self:figure_width(stage)
      steps[#steps + 1] = stage
    end
    local to = row.is_level and levels or steps
    to[#to + 1] = row
  end
  local origin = self.rows[1].is_level and self.show:length(self.rows[1].to)
  local lo, hi = span_of(steps, origin, origin)
  local upx = fit_scale(steps, lo, hi, room)
  if not upx or upx <= self.upx then return end
  self.lens = { upx = upx, lo = lo, hi = hi, origin = origin, x0 = left,
    factor = upx / self.upx }
  self.rows = levels
  self.rows[#levels + 1] = { kind = "lens", role = "leaf", from = amount.zero,
    to = amount.zero, lo = lo, hi = hi, label = words.say(self.spec.lang,
    "Differences × {1}", draw.factor_text(self.lens.factor)), figure = "" }
  for _, row in ipairs(steps) do
    row.magnified = true
    self.rows[#self.rows + 1] = row
  end
end

function Layout:figure_width(row)
  return self.list.measure:width(row.figure, self.fit.number, row.strong)
end

--- The largest scale at which everything fits, or two of them.
function Layout:place()
  local sizes, list = self.spec.sizes, self.list
  self.names = self:label_width()
  local left = sizes.margin + self.names + sizes.axis_gap
  local room = list.width - sizes.margin - left
  for _, row in ipairs(self.rows) do
    row.figure_width = self:figure_width(row)
  end
  local lo, hi = span_of(self.rows, 0, 0)
  self.upx = fit_scale(self.rows, lo, hi, room)
  if not self.upx then
    limit("a chart of this size has no room for its figures")
  end
  self.x0 = left - lo * self.upx
  if self.spec.magnify ~= false and self:is_thin(room) then
    self:magnify(left, room)
  end
end

-- ---- the whole ----

local function about(spec)
  if spec.before then
    return words.say(spec.lang, "bridge from {1} over {2} to {3}",
      frame.scenario(spec, "prior"), frame.scenario(spec, "base"),
      frame.scenario(spec, "actual"))
  end
  return words.text(spec.lang, "bridge from %s to %s",
    frame.scenario(spec, "base"), frame.scenario(spec, "actual"))
end

local function sentences(spec, leaves)
  local extra = {}
  if #leaves > 1 then
    extra[1] = spec.sort == "variance" and "Sorted by variance"
      or spec.sort == "size" and "Sorted by size of variance" or nil
  end
  local base = spec.before and words.say(spec.lang, "{1} or {2}",
    frame.scenario_word(spec, "prior"), frame.scenario_word(spec, "base"))
  return frame.sentences(spec, rows_of.polarity(leaves), extra, base or nil)
end

--- Only lines that the bridge shows are spoken of, not their groups.
function Layout:message(leaves, total)
  local rows = { table.unpack(leaves) }
  rows[#rows + 1] = total
  return message.make(rows, figures.context(self.show, self.spec, leaves), 2)
end

--- Every stage's leaves and subtotals, sorted within their groups, and folded
--- so that all stages have the same room.
function Layout:fold(stages, top, foot_height)
  local spec, list = self.spec, self.list
  local around = #stages > 1 and 2 * #stages + 2 or 3
  local most = body.most(list, spec, top, foot_height) - around - 1
  self.stages = {}
  for i, stage in ipairs(stages) do
    self.stages[i] = body.fold(list, spec, stage, top, foot_height,
      around + 1 + most - most // #stages)
  end
end

local function stage_of(rows, sort)
  local out = {}
  for _, row in ipairs(rows) do
    if row.role ~= "total" then out[#out + 1] = row end
  end
  return rows_of.sort(out, sort)
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
  self.show, self.polarity = figures.new(rows, spec), rows_of.polarity(leaves)
  local text = spec.title.message or self:message(leaves, total)
  local top = frame.head(list, spec, about(spec), self.show.unit, text)
  local foot = frame.foot(list, spec, sentences(spec, leaves))
  local stages = { stage_of(rows, spec.sort) }
  if spec.before then
    table.insert(stages, 1, stage_of(rows_of.take(spec.before), spec.sort))
  end
  self:fold(stages, top, foot.height)
  self.rows = self:chain(total)
  self.fit = body.fit(list, spec, self.rows, top, foot.height, 0)
  self:place()
  if self.lens then -- one row more
    self.fit = body.fit(list, spec, self.rows, top, foot.height, 0)
    self.names = self:label_width()
  end
  body.stack(self.rows, self.fit)
  draw.draw(self)
  frame.draw_foot(list, spec, foot)
end

return M

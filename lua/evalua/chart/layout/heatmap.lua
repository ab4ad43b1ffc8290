--- Rates of execution by unit and period, coloured by their gap to the plan.
---
---     { kind = "heatmap", periods =, last =, cumulative =, bands = {3,8,15},
---       rows = { { label =, cells = { { base =, actual = }, ... } }, ... } }
---
--- A rate is 100 actual / base of its period, its gap that to 100. Cumulative:
--- the sums of a year so far against the base of all its periods, the gap that
--- to the share of the base planned so far. Totals are recomputed from the sums of the
--- units that reported.
local amount = require "evalua.chart.amount"
local body = require "evalua.chart.layout.body"
local clean = require "evalua.chart.clean"
local frame = require "evalua.chart.layout.frame"
local limit = require "evalua.chart.limit"
local periods = require "evalua.chart.period"
local plot = require "evalua.chart.layout.plot"
local rows_of = require "evalua.chart.rows"
local sentence = require "evalua.chart.sentence"
local theme_of = require "evalua.chart.theme"
local words = require "evalua.chart.words"

local M = {}

local GAP = 2 -- pixels around a cell
local TOTAL_GAP = 12 -- above the row of totals
local LEAST_CELL = 8 -- pixels of width
local LINE = 1.5 -- em from row to row at least

---@class HeatmapLayout
---@field list DisplayList
---@field spec table
---@field rows table[] label, cells with rate and gap
---@field total table?
---@field last integer the last period drawn
---@field judged integer the last one with a rate, by which rows are compared
---@field limits number[] of the classes, in points
local Layout = {}
Layout.__index = Layout

-- ---- rates ----

local function number_of_rate(part, whole)
  return amount.number(amount.percent_of(part, whole))
end

--- The rate and the gap of single periods.
local function rate_simple(row)
  for _, cell in ipairs(row.cells) do
    if cell.actual ~= nil then
      cell.rate = number_of_rate(cell.actual, cell.base)
      cell.gap = cell.rate and cell.rate - 100
    end
  end
end

--- The sum of the cells' budgets in a run of periods, or nil.
local function planned_in(cells, run)
  local whole = nil
  for k = run.from, run.to do
    local base = cells[k].base
    if base ~= nil then whole = whole and whole + base or base end
  end
  return whole
end

--- Sums so far against the whole of their year; behind a period that was not
--- reported nobody knows the sum.
local function rate_year(cells, run)
  local whole = planned_in(cells, run)
  local done, planned, known = amount.zero, amount.zero, true
  for k = run.from, run.to do
    local cell = cells[k]
    planned = planned + (cell.base or amount.zero)
    known = known and cell.actual ~= nil
    if known then
      done = done + cell.actual
      cell.rate = number_of_rate(done, whole)
      local plan = number_of_rate(planned, whole)
      cell.gap = cell.rate and cell.rate - plan
    end
  end
end

---@param years { from: integer, to: integer }[]? of a cumulative map
local function rate(row, years)
  for _, cell in ipairs(row.cells) do cell.rate, cell.gap = nil, nil end
  if not years then return rate_simple(row) end
  for _, run in ipairs(years) do rate_year(row.cells, run) end
end

local function take(row, count, i)
  local cells = {}
  for k = 1, count do
    local cell = row.cells[k] or {}
    cells[k] = { base = amount.decimal(cell.base),
      actual = amount.decimal(cell.actual) }
  end
  return { label = clean.text(tostring(row.label or "")), cells = cells,
    role = "leaf", order = i }
end

local function add(to, cell)
  to.base = to.base and to.base + cell.base or cell.base
  to.actual = to.actual and to.actual + cell.actual or cell.actual
end

--- The sums of rows, of cells that have both sides. The total of a cumulative
--- map is summed from the rows' own sums so far, for the same reason.
local function combine(rows, count, label, years)
  local out = { label = label, cells = {}, role = "leaf", others = true }
  for k = 1, count do out.cells[k] = {} end
  for _, row in ipairs(rows) do
    for _, run in ipairs(years or { { from = 1, to = count } }) do
      local known = true
      for k = run.from, run.to do
        local cell = row.cells[k]
        known = known and cell.actual ~= nil
        if cell.base ~= nil and cell.actual ~= nil and (known or not years)
          then
          add(out.cells[k], cell)
        end
      end
    end
  end
  return out
end

--- The total's rate at period `k` of a year: over the rows known so far.
local function total_rate(rows, run, k)
  local done, planned, whole = amount.zero, amount.zero, amount.zero
  local some = false
  for _, row in ipairs(rows) do
    if row.cells[k].rate then
      some = true
      whole = whole + planned_in(row.cells, run)
      for i = run.from, k do
        planned = planned + (row.cells[i].base or amount.zero)
        done = done + (row.cells[i].actual or amount.zero)
      end
    end
  end
  local rate_ = some and number_of_rate(done, whole) or nil
  return rate_, rate_ and rate_ - (number_of_rate(planned, whole) or 0)
end

--- The total's rates: of a cumulative map over the rows known so far.
local function total_of(self, rows, label)
  local out = combine(rows, #self.spec.periods, label, self.years)
  out.role, out.others = "total", nil
  if not self.years then
    rate(out)
    return out
  end
  for _, run in ipairs(self.years) do
    for k = run.from, run.to do
      local cell = out.cells[k]
      cell.rate, cell.gap = total_rate(rows, run, k)
    end
  end
  return out
end

local function by_rate(last)
  return function(row) return row.cells[last] and row.cells[last].rate end
end

--- The rows furthest from the plan, the others as one row of exact sums.
function Layout:keep(most)
  if self.spec.top then most = math.min(most, self.spec.top + 1) end
  if #self.rows <= most then return end
  if most < 1 then limit "a chart of this size has no room for its rows" end
  local rows, rest = rows_of.split(self.spec, self.rows, most - 1,
    function(row)
    local cell = row.cells[self.judged]
    return cell and cell.gap and math.abs(cell.gap)
  end)
  local others = total_of(self, rest, words.text(self.spec.lang,
    "Others (%s)", #rest))
  others.role, others.others = "leaf", true
  rows[#rows + 1] = others
  self.rows = rows
end

-- ---- looks ----

--- The class of a gap: 1 far ahead … 7 far behind.
function Layout:class(gap)
  local a, b, c = self.limits[1], self.limits[2], self.limits[3]
  if gap >= c then return 1 elseif gap >= b then return 2
  elseif gap >= a then return 3 elseif gap > -a then return 4
  elseif gap > -b then return 5 elseif gap > -c then return 6 end
  return 7
end

function Layout:rate_text(value)
  local known = self.rate_texts -- measured, then drawn
  known[value] = known[value] or amount.plain(amount.decimal(value),
    self.places, self.spec.theme.number)
  return known[value]
end

--- Rates below ten need a decimal.
function Layout:choose_places()
  local most = 0
  for _, row in ipairs(self.rows) do
    for k = 1, self.last do
      most = math.max(most, math.abs(row.cells[k].rate or 0))
    end
  end
  self.places, self.rate_texts = most > 0 and most < 10 and 1 or 0, {}
end

--- Texts of the key, class by class.
function Layout:key_texts()
  local a, b, c = table.unpack(self.limits)
  local lang, minus = self.spec.lang, amount.MINUS
  local function num(value)
    return (value < 0 and minus or "+") .. ("%g"):format(math.abs(value))
  end
  local function range(from, to)
    return words.say(lang, "{1} to {2}", num(from), num(to))
  end
  return { words.say(lang, "{1} or more", num(c)), range(b, c), range(a, b),
    range(-a, a), range(-b, -a), range(-c, -b),
    words.say(lang, "{1} or less", num(-c)) }
end

-- ---- across and down ----

--- The first period with a rate, going from one to another by `step`; 1 where
--- none has one.
function Layout:rated(from, to, step)
  for k = from, to, step do
    for _, row in ipairs(self.rows) do
      if row.cells[k].rate then return k end
    end
  end
  return 1
end

--- The first period with a rate: there was no plan before.
function Layout:first_rated()
  return self:rated(1, self.last, 1)
end

function Layout:place(top, bottom)
  local sizes, list, measure = self.spec.sizes, self.list, self.list.measure
  local names = 0
  for _, row in ipairs(self.rows) do
    names = math.max(names, measure:width(row.label, self.fit.size))
  end
  if self.total then
    names = math.max(names, measure:width(self.total.label, self.fit.size,
      true))
  end
  self.names = math.min(names, sizes.names_share * list.width)
  self.x0 = sizes.margin + self.names + sizes.number_gap
  self.key = self:key_texts()
  self.key_line = math.min(1.75 * sizes.font.axis, (bottom - top) / 9)
  if self.key_line < 1.2 * sizes.font.axis then
    limit "a chart of this size has no room for its key"
  end
  local key = 0
  for _, text in ipairs(self.key) do
    key = math.max(key, measure:width(text, sizes.font.axis))
  end
  key = math.max(key + self.key_line, measure:width(words.text(
    self.spec.lang, "Gap to plan"), sizes.font.axis, true))
  self.key_x = list.width - sizes.margin - key
  local x1 = self.key_x - 1.2 * sizes.number_gap
  local most = math.floor((x1 - self.x0) / LEAST_CELL)
  if most < 1 then limit "a chart of this size has no room for its columns" end
  self.from = math.max(self:first_rated(), self.last - most + 1)
  local count = math.max(1, self.last - self.from + 1)
  self.cell = math.min((x1 - self.x0) / count, 2.6 * sizes.pitch_max)
  self.top, self.bottom = top, bottom
end

function Layout:x(k)
  return self.x0 + (k - self.from) * self.cell
end

-- ---- drawing ----

function Layout:draw_cell(row, k, shows)
  local theme, cell = self.spec.theme, row.cells[k]
  local half = self.fit.pitch / 2
  local gap = math.min(GAP, 0.1 * self.cell)
  local box = { tag = "cell", row = row.at, x0 = self:x(k) + gap,
    x1 = self:x(k + 1) - gap, y0 = row.y - half + GAP,
    y1 = row.y + half - GAP, fill = theme.paper }
  if cell.rate then
    box.fill = theme["heat" .. self:class(cell.gap)]
  else
    box.tag, box.stroke, box.width = "cell.missing", theme.grid, 1.5
  end
  self.list:rect(box)
  if not shows then return end
  self.list:text { tag = "rate.text", row = row.at,
    x = (box.x0 + box.x1) / 2, y = row.y, anchor = "center",
    text = cell.rate and self:rate_text(cell.rate) or amount.MISSING,
    size = self.figure, bold = row.role == "total",
    color = cell.rate and theme_of.ink_on(theme, box.fill) or theme.muted }
end

--- The largest size at which every figure fits its cell; nil: none does.
function Layout:figure_size(rows)
  local size, least = self.fit.number, self.spec.sizes.min_font
  local widest = self.list.measure:width(amount.MISSING, 1)
  for _, row in ipairs(rows) do
    for k = self.from, self.last do
      local rated = row.cells[k].rate
      if rated then
        widest = math.max(widest, self.list.measure:width(
          self:rate_text(rated), 1, row.role == "total"))
      end
    end
  end
  size = math.min(size, (self.cell - 4 * GAP) / widest,
    (self.fit.pitch - 2 * GAP) / 1.2)
  return size >= least and size or nil
end

function Layout:draw_key()
  local theme, size = self.spec.theme, self.spec.sizes.font.axis
  local lang, line = self.spec.lang, self.key_line
  local y = self.top + 0.6 * line
  local function text(at, value, bold, color, x)
    self.list:text { tag = "key.text", x = x or self.key_x, y = at,
      text = value, size = size, bold = bold, color = color }
  end
  text(y, words.text(lang, "Gap to plan"), true, theme.text)
  text(y + 0.75 * line, words.text(lang, "points"), false, theme.second)
  for i, value in ipairs(self.key) do
    local at = y + (i + 0.75) * line
    self.list:rect { tag = "key", x0 = self.key_x, x1 = self.key_x
      + 0.8 * line, y0 = at - 0.4 * line, y1 = at + 0.4 * line,
      fill = theme["heat" .. i] }
    text(at, value, false, theme.text, self.key_x + line)
  end
end

function Layout:draw()
  local list, spec = self.list, self.spec
  local rows = table.move(self.rows, 1, #self.rows, 1, {})
  rows[#rows + 1] = self.total
  self.figure = self:figure_size(rows)
  local labels = periods.labels(table.move(spec.periods, self.from, self.last,
    1, {}), spec.lang)
  plot.periods(list, spec, labels, function(i)
    return self:x(self.from + i - 1) + self.cell / 2
  end, self.cell, self.top - plot.period_height(spec, labels))
  for _, row in ipairs(rows) do
    frame.row_label(list, spec, row, row.y, { width = self.names,
      size = self.fit.size, pitch = self.fit.pitch })
    local texts = {}
    for k = self.from, self.last do
      self:draw_cell(row, k, self.figure ~= nil)
      texts[#texts + 1] = row.cells[k].rate and self:rate_text(
        row.cells[k].rate) or amount.MISSING
    end
    frame.describe(list, row.label .. ":", table.concat(texts, " "))
  end
  self:draw_key()
end

-- ---- the whole ----

--- Is there a year that the data do not cover from end to end? Its rates are
--- of what is planned in the part that they do.
function Layout:is_cut()
  local season = periods.season(self.spec.periods)
  for _, run in ipairs(season > 1 and self.years or {}) do
    if run.to - run.from + 1 < season then return true end
  end
  return false
end

function Layout:sentences()
  local spec, lang = self.spec, self.spec.lang
  local out = frame.sentences(spec, nil, {})
  local is_missing = false
  for _, row in ipairs(self.rows) do
    for k = self:first_rated(), self.last do
      is_missing = is_missing or row.cells[k].rate == nil
    end
  end
  if is_missing then
    out[#out + 1] = words.text(lang, "– = not reported")
    out[#out + 1] = words.text(lang, "Totals only of units that reported")
  end
  if self:is_cut() then
    out[#out + 1] = words.text(lang,
      "Incomplete years: rates of what is planned in the periods shown")
  end
  if spec.sort == "value" and #self.rows > 1 and self.last > 0 then
    out[#out + 1] = words.say(lang, "Sorted by rate in {1}", periods.name(
      spec.periods[self.judged], lang,
      spec.periods[1].year ~= spec.periods[self.judged].year))
  end
  return out
end

local function limits_of(spec)
  local bands = spec.bands
  if not bands then return spec.cumulative and { 3, 8, 15 } or { 5, 15, 30 } end
  local a, b, c = tonumber(bands[1]), tonumber(bands[2]), tonumber(bands[3])
  if not (a and b and c and a > 0 and a < b and b < c) then
    limit("bands are three numbers of points in order, as in 3,8,15", "data")
  end
  return { a, b, c }
end

---@param list DisplayList empty
---@param spec table a complete spec (see above)
function M.layout(list, spec)
  local self = setmetatable({ list = list, spec = spec, rows = {},
    limits = limits_of(spec), last = spec.last or #spec.periods,
    years = spec.cumulative and periods.years(spec.periods, spec.start) or nil,
  }, Layout)
  for i, row in ipairs(spec.rows) do
    self.rows[i] = take(row, #spec.periods, i)
    rate(self.rows[i], self.years)
  end
  self.judged = self:rated(self.last, 1, -1)
  if spec.sort == "value" then
    self.rows = rows_of.ordered(self.rows, by_rate(self.judged))
  end
  if #self.rows > 1 then
    self.total = total_of(self, self.rows, words.text(spec.lang, "Total"))
  end
  self:choose_places()
  local title = spec.title
  local what = spec.cumulative and "Cumulative execution rate"
    or "Execution rate"
  local about = words.say(spec.lang, "{1}; colour = gap to {2} (points)",
    frame.scenario(spec, "actual"), frame.scenario(spec, "base"))
  local head = frame.head(list, setmetatable({ title = setmetatable({
    what = words.text(spec.lang, what) }, { __index = title }) },
    { __index = spec }), about, "%", title.message or sentence.heatmap(self))
  local foot = frame.foot(list, spec, self:sentences())
  local top = head + 0.2 * spec.sizes.header_gap
    + plot.period_height(spec, periods.labels(spec.periods, spec.lang))
  local below = foot.height + (self.total and TOTAL_GAP or 0)
  local most = body.most(list, spec, top, below) * 1.3 / LINE
  self:keep(math.floor(most) - (self.total and 1 or 0))
  local rows = table.move(self.rows, 1, #self.rows, 1, {})
  rows[#rows + 1] = self.total
  local free = list.height == nil
  self.fit = body.fit(list, spec, rows, top, below, 0)
  body.stack(rows, self.fit)
  if free then -- the key may be higher than the rows
    list.height = math.ceil(math.max(list.height, self.fit.top + foot.height
      + 15.8 * spec.sizes.font.axis))
  end
  if self.total then self.total.y = self.total.y + TOTAL_GAP end
  self:place(self.fit.top, list.height - foot.height)
  self:draw()
  frame.draw_foot(list, spec, foot)
end

return M

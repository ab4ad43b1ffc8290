--- Parts of a whole: bars of 100 %, the same part joined from bar to bar.
---
---     { kind = "share", rows = { { label = }, ... },
---       bars = { { label =, code =, values = { … } }, ... } }
---
--- bars[k].values[i] belongs to rows[i]; a bar without a label is named by
--- its scenario. Parts are sorted by the last bar (sort = "none" leaves them).
--- The figures of a bar add up to 100; where rounding each would not, the foot
--- says so.
local amount = require "evalua.chart.amount"
local clean = require "evalua.chart.clean"
local figures = require "evalua.chart.layout.figures"
local frame = require "evalua.chart.layout.frame"
local largest_remainder = require "evalua.chart.largest_remainder"
local limit = require "evalua.chart.limit"
local relax = require "evalua.chart.layout.relax"
local sentence = require "evalua.chart.sentence"
local theme_of = require "evalua.chart.theme"
local words = require "evalua.chart.words"

local M = {}

local MOST_PARTS = 6 -- colours that can be told apart
local LEAST_BAR = 3 -- em of height from bar to bar
local PITCH = 4.4 -- em, where the height is free

---@class ShareLayout
---@field list DisplayList
---@field spec table
---@field parts table[] label
---@field bars table[] label, values, total, share, whole
---@field evened boolean are figures rounded so that they add up to 100?
---@field show Figures
local Layout = {}
Layout.__index = Layout

-- ---- figures ----

--- Values of a bar as decimals; a part below zero has no share.
local function take_bar(spec, bar, rows)
  local out = { code = bar.code or "AC", values = {},
    label = clean.text(tostring(bar.label
      or frame.scenario(spec, bar.role or "actual", true))) }
  for i = 1, #rows do
    local value = amount.decimal(bar.values[i])
    if value ~= nil and value < 0 then
      limit(("'%s' is below zero: it has no share"):format(rows[i].label),
        "data")
    end
    out.values[i] = value
  end
  out.total = amount.sum(out.values, #rows)
  return out
end

--- The order of parts: by the last bar, the missing ones last.
local function order_of(bars, count, sort)
  local order, last = {}, bars[#bars].values
  for i = 1, count do order[i] = i end
  if sort == "none" then return order end
  table.sort(order, function(a, b)
    local x, y = last[a], last[b]
    if x == nil or y == nil then
      if (x == nil) ~= (y == nil) then return y == nil end
      return a < b
    end
    if x:eq(y) then return a < b end
    return x > y
  end)
  return order
end

--- Parts in their order, the smallest folded into one of exact sums.
function Layout:arrange(rows, most)
  local order = order_of(self.bars, #rows, self.spec.sort)
  local shown = #order > most and most - 1 or #order
  self.parts = {}
  for k = 1, shown do
    self.parts[k] = { label = clean.text(tostring(rows[order[k]].label)) }
  end
  if shown < #order then
    self.parts[shown + 1] = { others = true, label = words.text(
      self.spec.lang, "Others (%s)", #order - shown) }
  end
  for _, bar in ipairs(self.bars) do
    local values, rest = {}, {}
    for k, i in ipairs(order) do
      if k <= shown then
        values[k] = bar.values[i]
      else
        rest[k - shown] = bar.values[i]
      end
    end
    if shown < #order then
      values[shown + 1] = amount.sum(rest, #order - shown)
    end
    bar.values, bar.share = values, {}
    for k = 1, #self.parts do
      bar.share[k] = amount.number(amount.percent_of(values[k], bar.total))
        or false
    end
    local changed
    bar.whole, changed = largest_remainder.whole(bar.share)
    self.evened = self.evened or changed
  end
end

--- The share of part k of a bar as it stands there, or missing: "47%".
function Layout:part(bar, k)
  return self.show:part(bar.whole[k] or nil)
end

-- ---- where things go ----

function Layout:place(top, bottom)
  local sizes, list = self.spec.sizes, self.list
  local names, totals = 0, 0
  for _, bar in ipairs(self.bars) do
    bar.text = self.show:plain(bar.total)
    names = math.max(names, list.measure:width(bar.label, sizes.font.label,
      true))
    totals = math.max(totals, list.measure:width(bar.text, sizes.font.number,
      true))
  end
  self.names = math.min(names, sizes.names_share * list.width)
  self.x0 = sizes.margin + self.names + sizes.axis_gap
  self.x1 = list.width - sizes.margin - totals - sizes.axis_gap
  if self.x1 - self.x0 < 150 then
    limit "a chart of this size has no room for its bars"
  end
  self.pitch = math.min((bottom - top) / #self.bars,
    sizes.name == "doc" and PITCH * sizes.font.label or 2 * sizes.pitch_max)
  self.top = top + 0.3 * math.max(0, bottom - top - self.pitch * #self.bars)
  self.half = 0.31 * self.pitch
  for i, bar in ipairs(self.bars) do
    bar.y = self.top + (i - 0.5) * self.pitch
  end
end

function Layout:x(share)
  return self.x0 + share / 100 * (self.x1 - self.x0)
end

--- Ends of the parts of a bar in percent: { from, to } or nil.
function Layout:spans(bar)
  local spans, at = {}, 0
  for k = 1, #self.parts do
    if bar.share[k] then
      spans[k] = { at, at + bar.share[k] }
      at = at + bar.share[k]
    end
  end
  return spans
end

-- ---- drawing ----

function Layout:color(k)
  return self.spec.theme["share" .. k]
end

function Layout:draw_part(bar, i, k)
  local span = bar.spans[k]
  if not span or span[2] <= span[1] then return end
  local theme, size = self.spec.theme, self.spec.sizes.font.number
  local x0, x1 = self:x(span[1]), self:x(span[2])
  local fill = self:color(k)
  local gap = math.min(1, 0.1 * (x1 - x0))
  self.list:rect { tag = "share.bar", row = i, x0 = x0 + gap, x1 = x1 - gap,
    y0 = bar.y - self.half, y1 = bar.y + self.half, fill = fill,
    span = { x0, x1 }, share = bar.share[k] }
  local text = tostring(bar.whole[k])
  if self.list.measure:width(text, size) + 8 <= x1 - x0 - 2 * gap then
    self.list:text { tag = "share.text", row = i, x = (x0 + x1) / 2,
      y = bar.y, text = text, anchor = "center", size = size,
      color = theme_of.ink_on(theme, fill) }
  end
end

--- The plan's notation: an outline around its bar.
function Layout:draw_frame(bar, i)
  local theme = self.spec.theme
  if theme.mark[bar.code] ~= "outline" or not bar.has_any then return end
  local out = 6
  local x0, x1, y0, y1 = self.x0 - out, self.x1 + out, bar.y - self.half - out,
    bar.y + self.half + out
  self.list:polyline { tag = "frame", row = i, color = theme.plan,
    width = self.spec.sizes.plan_width,
    points = { x0, y0, x1, y0, x1, y1, x0, y1, x0, y0 } }
end

--- From the end of a part to its end in the next bar.
function Layout:draw_links(bar, below)
  local outline = self.spec.theme.mark
  local from = bar.y + self.half + (outline[bar.code] == "outline" and 7 or 0)
  local to = below.y - self.half
    - (outline[below.code] == "outline" and 7 or 0)
  for k = 1, #self.parts - 1 do
    local a, b = bar.spans[k], below.spans[k]
    if a and b then
      self.list:line { tag = "link", x0 = self:x(a[2]), y0 = from,
        x1 = self:x(b[2]), y1 = to, color = self.spec.theme.rest,
        width = 1.2 }
    end
  end
end

--- A name in two lines where it is wider than its part, within what all of
--- them have on average.
function Layout:name_lines(part, span, mean, size)
  local own = span and self:x(span[2]) - self:x(span[1]) or 0
  local wrap, least = self.list.measure, 4.2 * size
  for word in part.label:gmatch "[%w\x80-\xC6]+" do -- no word is broken
    least = math.max(least, wrap:width(word, size) + 1)
  end
  local narrow, cut = wrap:wrap(part.label, size, false, math.min(mean,
    math.max(own, least)), 2)
  if not cut then return narrow end
  return (wrap:wrap(part.label, size, false, math.max(mean, 2 * size), 2))
end

--- Names of the parts above the first bar that has them, pushed apart.
function Layout:draw_names()
  local bar = self.bars[1]
  local list, sizes, theme = self.list, self.spec.sizes, self.spec.theme
  local size, gap = sizes.font.axis, 0.7 * sizes.font.axis
  local n = #self.parts
  local room = self.x1 - self.x0
  local names, wanted, gaps = {}, {}, {}
  local mean = (room - (n - 1) * gap) / n
  for k, part in ipairs(self.parts) do
    local lines = self:name_lines(part, bar.spans[k], mean, size)
    local width = 0
    for _, line in ipairs(lines) do
      width = math.max(width, list.measure:width(line, size))
    end
    local span = bar.spans[k]
    local middle = span and self:x((span[1] + span[2]) / 2)
      or wanted[k - 1] or self.x0
    names[k] = { lines = lines, width = width, middle = middle }
    wanted[k] = middle
    if k > 1 then
      gaps[k - 1] = (names[k - 1].width + width) / 2 + gap
    end
  end
  local at = relax.apart(wanted, gaps, self.x0 + names[1].width / 2,
    self.x1 - names[n].width / 2)
  local outline = theme.mark[bar.code] == "outline" and 8 or 0
  local bottom = bar.y - self.half - outline
  for k, name in ipairs(names) do
    local moved = math.abs(at[k] - name.middle) > 0.4 * name.width
    local base = bottom - 1.5 * size
    for i, line in ipairs(name.lines) do
      list:text { tag = "part", x = at[k], anchor = "center", text = line,
        y = base - (#name.lines - i) * 1.2 * size, size = size,
        color = theme.second }
    end
    if moved and bar.spans[k] then
      list:line { tag = "leader", x0 = at[k], y0 = base + 0.65 * size,
        x1 = name.middle, y1 = bottom - 1, color = theme.rest, width = 1.2 }
    end
  end
end

function Layout:draw()
  local list, sizes, theme = self.list, self.spec.sizes, self.spec.theme
  for _, bar in ipairs(self.bars) do
    bar.spans = self:spans(bar)
    bar.has_any = next(bar.spans) ~= nil
  end
  for i, bar in ipairs(self.bars) do
    local texts = {}
    for k, part in ipairs(self.parts) do
      self:draw_part(bar, i, k)
      texts[k] = part.label .. " " .. self:part(bar, k)
    end
    self:draw_frame(bar, i)
    if self.bars[i + 1] then self:draw_links(bar, self.bars[i + 1]) end
    frame.row_label(list, self.spec, { label = bar.label, role = "leaf",
      at = i, strong = i == #self.bars }, bar.y, { width = self.names,
      size = sizes.font.label, pitch = self.pitch })
    if not bar.has_any then
      list:text { tag = "share.text", row = i, x = self.x0, y = bar.y,
        text = amount.MISSING, size = sizes.font.number, color = theme.muted }
    end
    list:text { tag = "total.text", row = i, x = list.width - sizes.margin,
      y = bar.y, text = bar.text, anchor = "right", bold = true,
      size = sizes.font.number, color = bar.total ~= nil and theme.text
        or theme.muted }
    frame.describe(list, bar.label .. ":", table.concat(texts, ", "),
      bar.text)
  end
  self:draw_names()
end

-- ---- the whole ----

--- Only as many bars as there is room for: the last ones.
function Layout:keep_bars(room)
  local most = math.max(1, math.floor(room / (LEAST_BAR
    * self.spec.sizes.font.label)))
  if #self.bars <= most then return end
  self.dropped = #self.bars - most
  self.bars = table.move(self.bars, #self.bars - most + 1, #self.bars, 1, {})
end

function Layout:about()
  local spec, names = self.spec, {}
  if self.bars[1].code == self.bars[#self.bars].code and #self.bars > 1 then
    return frame.scenario(spec, "actual") -- the title says from when to when
  end
  for i, bar in ipairs(self.bars) do names[i] = bar.label end
  local text = names[1]
  for i = 2, #names do text = words.say(spec.lang, "{1} and {2}", text,
    names[i]) end
  return text
end

function Layout:sentences()
  local lang, out = self.spec.lang, frame.sentences(self.spec, nil, {})
  out[#out + 1] = self.show.unit and words.say(lang,
    "on the right: totals in {1}", self.show.unit)
    or words.text(lang, "on the right: totals")
  if self.evened then
    out[#out + 1] = words.text(lang, "Shares are rounded so that they add up to "
      .. "100")
  end
  if self.dropped then
    out[#out + 1] = words.say(lang, "Only the last {1} of {2} periods",
      #self.bars, #self.bars + self.dropped)
  end
  return out
end

---@param list DisplayList empty
---@param spec table a complete spec (see above)
function M.layout(list, spec)
  local self = setmetatable({ list = list, spec = spec, bars = {} }, Layout)
  if #spec.bars == 0 then limit("there are no rows to draw", "data") end
  for i, bar in ipairs(spec.bars) do
    self.bars[i] = take_bar(spec, bar, spec.rows)
  end
  local sizes = spec.sizes
  self:keep_bars((list.height or sizes.height_max) - 14 * sizes.font.label)
  self:arrange(spec.rows, math.min(MOST_PARTS, (spec.top or MOST_PARTS - 1)
    + 1))
  self.show = figures.of(figures.values(self.bars, { "total" }), spec)
  local text = spec.title.message or sentence.share(self)
  local head = frame.head(list, spec, self:about(), "%", text)
  local foot = frame.foot(list, spec, self:sentences())
  local top = head + 2.4 * sizes.font.axis
  list.height = list.height or math.ceil(math.min(sizes.height_max, top
    + foot.height + #self.bars * PITCH * sizes.font.label))
  self:place(top, list.height - foot.height)
  self:draw()
  frame.draw_foot(list, spec, foot)
end

return M

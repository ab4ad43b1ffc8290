--- The sums of a columns chart, in a band on its right: figures only, since a
--- bar of the sum would need a smaller scale. They are those of the periods that
--- have both sides.
local amount = require "evalua.chart.amount"
local mark = require "evalua.chart.layout.mark"
local periods = require "evalua.chart.period"
local words = require "evalua.chart.words"

local M = {}

local LEAST_PITCH = 30 -- pixels that must be left to each column

--- The points that have both sides, from one on without a gap; nil for none.
local function range(self)
  local from, to = nil, nil
  for i, point in ipairs(self.points) do
    if point.variance ~= nil then
      if to and to < i - 1 then return nil end
      from, to = from or i, i
    end
  end
  if from and to - from >= 1 then return from, to end
end

local function sums(self, from, to)
  local value, reference, is_mixed = amount.zero, amount.zero, false
  local code = self.points[from].code
  for i = from, to do
    local point = self.points[i]
    value = value + point.value
    reference = reference + point[self.reference]
    is_mixed = is_mixed or point.code ~= code
  end
  local scenario = self.spec.scenario
  local own = is_mixed and scenario.actual .. "+" .. (scenario.forecast or "FC")
    or code
  return value, reference, own
end

--- The sum, judged as a point is.
local function judged(self, value, reference)
  local total = { variance = value - reference }
  total.percent = amount.percent_of(total.variance, reference)
  total.favourable = amount.favourable(total.variance, self.spec.polarity)
  total.calm = amount.is_calm(total.percent, self.spec.neutral)
  total.color = mark.judged(total)
  return total
end

--- The total, and the width that it takes from the columns; nil where there is
--- none, or no room.
---@param self ColumnsLayout
---@param left number where the columns begin
---@return table? total
---@return number width 0 for none
function M.take(self, left)
  local from, to = range(self)
  if not self.reference or not from or self.dropped > 0 then return nil, 0 end
  local spec, show = self.spec, self.show
  local value, reference, code = sums(self, from, to)
  local total = judged(self, value, reference)
  total.lines = {
    { tag = "base", text = spec.scenario[self.reference] .. " "
      .. show:plain(reference) },
    { tag = "actual", text = code .. " " .. show:plain(value) } }
  total.text = { variance = show:signed(total.variance),
    percent = show:percent(total.percent, math.max(1, self.percent_places)) }
  total.header = words.text(spec.lang, "Total")
  if from > 1 or to < #self.points then
    total.part = periods.part(self.periods, from, to, spec.lang)
  end
  local size, widest = spec.sizes.font.number, 0
  for _, text in ipairs { total.lines[1].text, total.lines[2].text,
    total.text.variance, total.text.percent, total.header, total.part or "" } do
    widest = math.max(widest, self.list.measure:width(text, size, true))
  end
  local width = widest + 1.2 * size
  local room = self.list.width - spec.sizes.margin - left - width
  if room / #self.points < LEAST_PITCH then return nil, 0 end
  total.width = width
  return total, width + 0.6 * size
end

--- Draw it, behind everything else.
---@param self ColumnsLayout
function M.draw(self)
  local total, list, spec = self.total, self.list, self.spec
  if not total then return end
  local theme, size = spec.theme, spec.sizes.font.number
  local right = list.width - spec.sizes.margin
  local x = right - total.width / 2
  list:rect { tag = "band", x0 = right - total.width, x1 = right,
    y0 = self.pin_zero - math.max(1.2 * self.lab,
      self.pins.hi * self.pin_px + 1.4 * self.lab),
    y1 = self.floor + (total.part and 2.4 or 1.4) * 1.35
      * spec.sizes.font.axis, fill = theme.band }
  local function text(tag, y, value, color)
    list:text { tag = "total." .. tag, x = x, y = y, text = value, size = size,
      anchor = "center", bold = true, color = color or theme.text }
  end
  local ink = theme[total.color .. "_text"]
  text("percent", self.pin_zero, total.text.percent,
    total.percent ~= nil and ink or theme.muted)
  text("variance", self.delta_zero, total.text.variance, ink)
  for i, line in ipairs(total.lines) do
    text(line.tag, self.zero - (#total.lines - i + 0.6) * 1.36 * size,
      line.text, line.tag == "base" and theme.second or theme.text)
  end
  local line = 1.35 * spec.sizes.font.axis
  text("header", self.floor + 0.75 * line, total.header, theme.text)
  if total.part then
    list:text { tag = "total.part", x = x, y = self.floor + 1.75 * line,
      text = total.part, size = spec.sizes.font.axis, anchor = "center",
      color = theme.second }
  end
end

return M

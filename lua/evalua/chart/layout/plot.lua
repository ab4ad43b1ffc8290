--- What charts with an axis of values or of time share: round ticks, grid
--- lines, periods under columns.
local amount = require "evalua.chart.amount"

local M = {}

--- Round numbers from lo to hi: at most `most` of them, steps of 1, 2 or 5.
---@return number[] ticks
---@return integer places decimals that tell them apart
function M.ticks(lo, hi, most)
  local span = hi - lo
  if span <= 0 then return { lo }, 0 end
  local step = 10.0 ^ math.floor(math.log(span / most, 10) + 1e-9)
  for _, factor in ipairs { 1, 2, 5, 10 } do
    if span / (step * factor) <= most - 1 + 1e-9 or factor == 10 then
      step = step * factor
      break
    end
  end
  local ticks = {}
  for k = math.ceil(lo / step - 1e-9), math.floor(hi / step + 1e-9) do
    ticks[#ticks + 1] = k * step
  end
  local places = math.max(0, -math.floor(math.log(step, 10) + 1e-9))
  return ticks, places
end

--- A tick's text.
function M.tick_text(spec, value, places)
  local exact = amount.decimal(value)
  if exact == nil then return "" end
  return amount.plain(exact, places, spec.theme.number)
end

--- Grid lines with their values on the left of the area.
---@param area { x0: number, x1: number }
---@param y fun(value: number): number
function M.grid(list, spec, area, ticks, places, y)
  local theme, sizes = spec.theme, spec.sizes
  local step = 1
  if ticks[2] then
    local apart = math.abs(y(ticks[2]) - y(ticks[1]))
    step = apart > 0 and math.ceil(1.25 * sizes.font.axis / apart) or #ticks
  end
  local skipped = 0 -- zero is always among those that are kept
  for i, tick in ipairs(ticks) do
    if tick == 0 then skipped = (i - 1) % step end
  end
  for i = 1 + skipped, #ticks, step do
    local tick = ticks[i]
    if tick ~= 0 then
      list:line { tag = "grid", x0 = area.x0, x1 = area.x1, y0 = y(tick),
        y1 = y(tick), color = theme.grid, width = 1.2 }
    end
    list:text { tag = "tick", x = area.x0 - sizes.label_gap, y = y(tick),
      anchor = "right", text = M.tick_text(spec, tick, places),
      size = sizes.font.axis, color = theme.muted }
  end
end

--- The widest tick's width.
function M.tick_width(list, spec, ticks, places)
  local widest = 0
  for _, tick in ipairs(ticks) do
    widest = math.max(widest, list.measure:width(
      M.tick_text(spec, tick, places), spec.sizes.font.axis))
  end
  return widest
end

--- Every how many labels one can stand without touching the next, in parts
--- of a season: 1, 2, 3, 4, 6, 12 months; and where they start, so that every
--- year's first is among them.
local function stride(list, labels, size, pitch)
  local widest, start = 0, 1
  for i, label in ipairs(labels) do
    widest = math.max(widest, list.measure:width(label.text, size))
    if label.year and i > 1 then start = start == 1 and i or start end
  end
  local step = math.max(1, math.ceil((widest + 0.35 * size) / pitch))
  local season = labels.season or 1
  if step > season and season > 1 then -- whole years
    step = math.ceil(step / season) * season
  elseif step > 1 and start > 1 then
    while season % step ~= 0 and step < season do step = step + 1 end
  end
  return step, (start - 1) % step
end

local function has_years(labels)
  for _, label in ipairs(labels) do
    if label.year then return true end
  end
  return false
end

--- The height of the periods' labels under an axis.
function M.period_height(spec, labels)
  local line = spec.sizes.font.axis * 1.35
  return (has_years(labels) and 2 or 1) * line + 0.2 * line
end

--- Names of the periods centred under their columns, as many as fit, and the
--- years below them.
---@param labels { text: string, year: string? }[]
---@param x fun(i: integer): number middle of a column
---@param pitch number
---@param y number the axis
function M.periods(list, spec, labels, x, pitch, y)
  local theme, sizes = spec.theme, spec.sizes
  local size, right = sizes.font.axis, list.width - 1
  local step, start = stride(list, labels, size, pitch)
  local line, years, taken = size * 1.35, -math.huge, -math.huge
  for i, label in ipairs(labels) do
    local text = (i - 1) % step == start and list.measure:wrap(label.text,
      size, false, math.max(pitch * step - 0.3 * size, 2 * size), 1)[1]
    local half = text and list.measure:width(text, size) / 2
    local middle = text and math.max(half, math.min(x(i), right - half))
    if text and middle - half > taken then -- days may be close together
      list:text { tag = "period", row = i, text = text, size = size,
        x = middle, y = y + 0.75 * line, anchor = "center",
        color = theme.text }
      taken = middle + half
    end
    if label.year then
      local width = list.measure:width(label.year, size)
      local at = math.min(x(i), right - width / 2)
      if at - width / 2 > years then
        list:text { tag = "year", text = label.year, size = size, x = at,
          y = y + 1.75 * line, anchor = "center", color = theme.second }
        years = at + width / 2 + 0.4 * size
      end
    end
  end
end

--- Figures that fit beside each other: all of them, or the first, the last,
--- the largest and the smallest, as far as these do not touch.
---@param marks { x: number, width: number, value: number }[]
---@param gap number pixels between texts
---@return boolean[] shown
---@return boolean all
function M.shown(marks, gap)
  local shown, all = {}, true
  for i = 2, #marks do
    if marks[i].x - marks[i - 1].x < (marks[i].width + marks[i - 1].width) / 2
      + gap then
      all = false
    end
  end
  if all then
    for i = 1, #marks do shown[i] = true end
    return shown, true
  end
  local lo, hi = 1, 1
  for i, mark in ipairs(marks) do
    if mark.value < marks[lo].value then lo = i end
    if mark.value > marks[hi].value then hi = i end
  end
  for _, i in ipairs { #marks, hi, 1, lo } do
    local free = true
    for k in pairs(shown) do
      free = free and math.abs(marks[k].x - marks[i].x)
        >= (marks[k].width + marks[i].width) / 2 + gap
    end
    if free then shown[i] = true end
  end
  return shown, false
end

return M

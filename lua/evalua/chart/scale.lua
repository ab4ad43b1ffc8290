--- Lengths on the canvas from amounts.
local M = {}

--- A span {lo, hi} of the numbers that always holds 0: bars start there.
---@param values (number|nil)[] with n
function M.span(values)
  local lo, hi = 0, 0
  for i = 1, values.n or #values do
    local value = values[i]
    if value then
      lo, hi = math.min(lo, value), math.max(hi, value)
    end
  end
  return { lo = lo, hi = hi }
end

--- The largest number of pixels per unit at which `needed(px_per_unit)`, a
--- growing function, is at most `room`; nil when not even 0 fits.
---@param needed fun(upx: number): number
---@param room number pixels
---@param span number units that are drawn at least; 0: there is nothing
function M.fit(needed, room, span)
  if needed(0) > room then return nil end
  if span <= 0 then return 0 end
  local lo, hi = 0, room / span
  for _ = 1, 60 do
    local mid = (lo + hi) / 2
    if needed(mid) <= room then lo = mid else hi = mid end
  end
  return lo
end

--- Room that marks with labels take on the left and on the right of their
--- zero line. Each mark: {length= (signed, units), label= (px, with gap)};
--- `centered` marks have their label across the line.
---@return number left, number right
function M.reach(marks, upx)
  local left, right = 0, 0
  for _, mark in ipairs(marks) do
    local length = mark.length * upx
    if mark.centered then
      left = math.max(left, mark.label / 2)
      right = math.max(right, mark.label / 2)
    elseif mark.length < 0 then
      left = math.max(left, mark.label - length)
    else
      right = math.max(right, mark.label + length)
    end
  end
  return left, right
end

--- How many times longer than the scale of the others says bars are drawn that
--- would be slivers beside them: a round number of 10 and more; 1: they are long
--- enough.
---@param longest number units of the longest of them
---@param units number that the others cover
---@return integer
function M.lens(longest, units)
  if longest <= 0 or longest >= units / 40 then return 1 end
  local most = 0.3 * units / longest
  local power = 10 ^ math.floor(math.log(most, 10))
  for _, step in ipairs { 5, 2 } do
    if step * power <= most then return math.tointeger(step * power) or 1 end
  end
  return math.tointeger(power) or 1
end

--- The cut for relative variances. A few rows must not squash the rest: when
--- the largest exceeds 4.5 times the upper quartile (and 30 %), everything
--- beyond 3 times the quartile (at least 20 %) is cut there and marked.
---@param percents number[] of either sign
---@param least number what must stay whole
---@return number? cap nil: nothing is cut
function M.cap(percents, least)
  local sizes = {}
  for _, percent in ipairs(percents) do
    if percent ~= 0 then sizes[#sizes + 1] = math.abs(percent) end
  end
  if #sizes < 3 then return nil end
  table.sort(sizes)
  local quartile = sizes[math.ceil(#sizes * 0.75)]
  local cap = math.max(3 * quartile, 20, least)
  return sizes[#sizes] > 1.5 * cap and cap or nil
end

return M

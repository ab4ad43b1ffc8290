--- Whole numbers of percent that add up to 100 (the method of the largest
--- remainder, Hamilton's): parts are cut to whole numbers, and what is then
--- missing goes, one each, to those that lost most.

local M = {}

---@param shares (number|false)[] percents that add up to 100; false: none
---@return (integer|false)[] whole
---@return boolean changed is one of them not the nearest whole number?
function M.whole(shares)
  local whole, order, left = {}, {}, 100
  for i, share in ipairs(shares) do
    whole[i] = share and math.floor(share + 1e-9) or false
    if share then
      order[#order + 1], left = i, left - whole[i]
    end
  end
  local function lost(i) return shares[i] - whole[i] end
  table.sort(order, function(a, b)
    if math.abs(lost(a) - lost(b)) > 1e-9 then return lost(a) > lost(b) end
    return a < b
  end)
  local changed = false
  for place, i in ipairs(order) do
    local rest = lost(i)
    if place <= left then whole[i] = whole[i] + 1 end
    changed = changed or place <= left and rest < 0.5 - 1e-9
      or place > left and rest > 0.5 - 1e-9
  end
  return whole, changed
end

return M

--- Digits of pi by Machin's formula, pi = 16 atan(1/5) - 4 atan(1/239), in
--- fixed point: limbs of twelve digits, the first before the point.

local M = {}

local BASE = 1000000000000

--- a /= by, from the limb `first` on, before which all are zero; the first
--- limb that is not.
local function divide(a, by, first)
  local rest = 0
  for i = first, #a do
    local value = rest * BASE + a[i]
    a[i], rest = value // by, value % by
  end
  while first <= #a and a[first] == 0 do first = first + 1 end
  return first
end

--- sum += factor * atan(1 / k); limbs are left unreduced.
local function add_arctan(sum, factor, k)
  local power, term = {}, {}
  for i = 1, #sum do power[i] = 0 end
  power[1] = math.abs(factor)
  local sign = factor > 0 and 1 or -1
  local first, n = divide(power, k, 1), 1
  while first <= #sum do
    table.move(power, first, #sum, first, term)
    divide(term, n, first)
    for i = first, #sum do sum[i] = sum[i] + sign * term[i] end
    first = divide(power, k * k, first)
    n, sign = n + 2, -sign
  end
end

--- The first `count` digits of pi, 3 the first of them.
---@return integer[]
function M.digits(count)
  local sum = {}
  for i = 1, count // 12 + 3 do sum[i] = 0 end
  add_arctan(sum, 16, 5)
  add_arctan(sum, -4, 239)
  for i = #sum, 2, -1 do
    sum[i - 1] = sum[i - 1] + sum[i] // BASE
    sum[i] = sum[i] % BASE
  end
  local list = { sum[1] }
  for i = 2, #sum do
    for digit in ("%012d"):format(sum[i]):gmatch "." do
      list[#list + 1] = math.tointeger(tonumber(digit))
    end
  end
  return table.move(list, 1, count, 1, {})
end

return M

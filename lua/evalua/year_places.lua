--- Months and quarters as places of a financial year.

local M = {}

--- Places in a year, by the kind of period.
M.counts = { month = 12, quarter = 4 }

--- The financial year of a period ("2023-01", "2023Q1"; counted by the calendar
--- year in which it begins) and its place in it, from 1. A month has a place
--- among quarters, too. `start` is the month in which the year begins.
---@param period string
---@param kind "month"|"quarter"
---@param start integer
---@return integer year
---@return integer place
function M.of(period, kind, start)
  local year, quarter, rest = period:match "^(%d+)%-?(Q?)(%d+)$"
  year, rest = math.tointeger(tonumber(year)), math.tointeger(tonumber(rest))
  local month = quarter == "Q" and 3 * rest - 2 or rest
  if month < start then year = year - 1 end
  local gone = (month - start) % 12
  return year, kind == "quarter" and gone // 3 + 1 or gone + 1
end

--- The text of a place of a financial year.
---@param year integer
---@param place integer
---@param kind "month"|"quarter"
---@param start integer
---@return string
function M.period(year, place, kind, start)
  local month = start + (kind == "quarter" and 3 * (place - 1) or place - 1)
  if month > 12 then year, month = year + 1, month - 12 end
  if kind == "quarter" then
    return ("%04dQ%d"):format(year, (month + 2) // 3)
  end
  return ("%04d-%02d"):format(year, month)
end

return M

-- How often intervals of 95 % hold the value, on series whose law is known: a
-- table for each method, of all values up to a season ahead and, in brackets,
-- of those 1, 2 and 3, 4 to 6 and 7 to 12 ahead. Then, of the means, how many
-- lie outside 90 to 98 %, and how many of these by more than two standard
-- errors. A part of `make bench-forecast`; COVERAGE_SERIES (60) a cell,
-- COVERAGE_METHODS and COVERAGE_INTERVAL (calibrated, model) ask for less or
-- other.

package.path = "spec/?.lua;" .. package.path
local simulate = require "support.simulate"

local SERIES = math.tointeger(tonumber(os.getenv "COVERAGE_SERIES" or "60"))
local INTERVAL = os.getenv "COVERAGE_INTERVAL"
local AHEAD, LENGTHS = 12, { 14, 24, 36, 60, 120 }
local LEAST, MOST = 90, 98
local METHODS = os.getenv "COVERAGE_METHODS" or "auto naive snaive drift ses "
  .. "holt damped holt_winters holt_winters_mult theta dotm ces ets arima comb"

--- The first and last step ahead of each part.
local PARTS = { { 1, 1 }, { 2, 3 }, { 4, 6 }, { 7, 12 } }

local function cell(found)
  if found == nil then return (" "):rep(24) .. "-" end
  local text = {}
  for i, part in ipairs(PARTS) do
    local sum = 0
    for k = part[1], part[2] do sum = sum + found.ahead[k] end
    text[i] = ("%3.0f"):format(100 * sum / (part[2] - part[1] + 1))
  end
  return ("%7.1f (%s)"):format(100 * found.part, table.concat(text, " "))
end

local summary = {}

local function add(sums, found)
  local part, e = 100 * found.part, 200 * found.error
  sums.cells, sums.total = sums.cells + 1, sums.total + part
  if part < LEAST or part > MOST then sums.outside = sums.outside + 1 end
  if part + e < LEAST then sums.below = sums.below + 1 end
  if part - e > MOST then sums.above = sums.above + 1 end
end

local function table_of(method)
  local sums = { method = method, cells = 0, total = 0, outside = 0, below = 0,
    above = 0 }
  local heads = {}
  for i, n in ipairs(LENGTHS) do heads[i] = ("%25s"):format("n = " .. n) end
  print(("\n%-28s"):format(method) .. table.concat(heads))
  for _, law in ipairs(simulate.laws) do
    local row = {}
    for i, n in ipairs(LENGTHS) do
      local found = simulate.coverage(law, n, AHEAD, SERIES, method, 95,
        INTERVAL)
      if found ~= nil then add(sums, found) end
      row[i] = cell(found)
    end
    print(("%-28s"):format(law.name) .. table.concat(row))
  end
  summary[#summary + 1] = sums
end

print(("\ncoverage of 95 %% intervals (%s), %d series a cell, 1 to %d ahead")
  :format(INTERVAL or "calibrated", SERIES, AHEAD))
local start = os.clock()
for method in METHODS:gmatch "%S+" do table_of(method) end
print(("\n%-20s%8s%8s%10s%14s%14s"):format("", "cells", "mean", "outside",
  "surely below", "surely above"))
for _, s in ipairs(summary) do
  print(("%-20s%8d%8.1f%10d%14d%14d"):format(s.method, s.cells,
    s.total / s.cells, s.outside, s.below, s.above))
end
print(("%.0f s"):format(os.clock() - start))

-- How often intervals of 95 % hold the value, on series whose law is known.
-- A part of `make bench-forecast`.

package.path = "spec/?.lua;" .. package.path
local simulate = require "support.simulate"

local SERIES, AHEAD = 100, 12
local LENGTHS = { 24, 60, 120 }
local METHODS = { "auto", "ets", "arima", "theta", "naive" }

print(("coverage of 95 %% intervals, %d series a cell, %d ahead"):format(SERIES,
  AHEAD))
print(("%-28s %5s"):format("law", "n") .. ("%8s"):rep(#METHODS)
  :format(table.unpack(METHODS)))
local sums, cells = {}, 0
for _, law in ipairs(simulate.laws) do
  for _, n in ipairs(LENGTHS) do
    local row = {}
    for i, method in ipairs(METHODS) do
      local part = 100 * simulate.coverage(law, n, AHEAD, SERIES, method, 95)
      sums[i] = (sums[i] or 0) + part
      row[i] = ("%8.1f"):format(part)
    end
    cells = cells + 1
    print(("%-28s %5d"):format(law.name, n) .. table.concat(row))
  end
end
local row = {}
for i, sum in ipairs(sums) do row[i] = ("%8.1f"):format(sum / cells) end
print(("%-28s %5s"):format("all", "") .. table.concat(row))

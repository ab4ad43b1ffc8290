-- How often intervals of 95 % hold the value, on series whose law is known.
-- A part of `make bench-forecast`. Of each method is said how many cells lie
-- outside 90 to 98 %, and how many of these by more than two standard errors.

package.path = "spec/?.lua;" .. package.path
local simulate = require "support.simulate"

local SERIES, AHEAD = 100, 12
local LENGTHS = { 24, 60, 120 }
local LEAST, MOST = 90, 98
local METHODS = { "auto", "ets", "arima", "theta", "naive" }

print(("coverage of 95 %% intervals, %d series a cell, %d ahead"):format(SERIES,
  AHEAD))
print(("%-28s %5s"):format("law", "n") .. ("%8s"):rep(#METHODS)
  :format(table.unpack(METHODS)))
local sums, cells, outside, far = {}, 0, {}, {}

local function count_in(list, i, is_so)
  list[i] = (list[i] or 0) + (is_so and 1 or 0)
end

for _, law in ipairs(simulate.laws) do
  for _, n in ipairs(LENGTHS) do
    local row = {}
    for i, method in ipairs(METHODS) do
      local part, e = simulate.coverage(law, n, AHEAD, SERIES, method, 95)
      part, e = 100 * part, 200 * e
      sums[i] = (sums[i] or 0) + part
      count_in(outside, i, part < LEAST or part > MOST)
      count_in(far, i, part + e < LEAST or part - e > MOST)
      row[i] = ("%8.1f"):format(part)
    end
    cells = cells + 1
    print(("%-28s %5d"):format(law.name, n) .. table.concat(row))
  end
end

local function show(title, list, format)
  local row = {}
  for i, value in ipairs(list) do row[i] = format:format(value) end
  print(("%-34s"):format(title) .. table.concat(row))
end

for i, sum in ipairs(sums) do sums[i] = sum / cells end
show("all", sums, "%8.1f")
show(("of %d cells outside %d to %d %%"):format(cells, LEAST, MOST), outside,
  "%8d")
show("by more than two standard errors", far, "%8d")

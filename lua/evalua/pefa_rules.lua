--- The scores of PEFA: ranges and averages out of data/pefa/.

local exact = require "evalua.exact"

local M = {}

local function read(name)
  local path = require("evalua").root() .. "/data/pefa/" .. name
  return assert(require("evalua.source").read_csv(path)), path
end

local function lies_in(percent, band)
  local from = band.from and percent:compare(band.from) or 1
  local to = band.to and percent:compare(band.to) or -1
  local has_from = band.includes == "both" or band.includes == "from"
  local has_to = band.includes == "both" or band.includes == "to"
  return (from > 0 or from == 0 and has_from)
    and (to < 0 or to == 0 and has_to)
end

local function mean_of(values)
  local sum = exact.of(0)
  for _, value in ipairs(values) do sum = sum + value end
  return exact.ratio(sum, #values)
end

local function count_inside(values, band)
  local inside = 0
  for _, value in ipairs(values) do
    if lies_in(value, band) then inside = inside + 1 end
  end
  return inside
end

--- The score of an indicator whose values of the last years are given, and
--- the mean where that is what counts.
---@param indicator string
---@param values evalua.exact[] percents
---@return string score
---@return evalua.exact? mean
function M.score(indicator, values)
  local mean
  for _, band in read "bands.csv":rows() do
    if band.indicator == indicator then
      local needed = band.over:match "^(%d+) of %d+$"
      if needed == nil then mean = mean_of(values) end
      local holds = mean ~= nil and lies_in(mean, band)
        or mean == nil and count_inside(values, band) >= tonumber(needed)
      if holds then return band.score, mean end
    end
  end
  return "D", mean
end

--- Method M1: the lowest score, with + where another one is higher.
---@param scores string[]
---@return string
function M.weakest(scores)
  local lowest, differs = scores[1], false
  for _, score in ipairs(scores) do
    differs = differs or score ~= scores[1]
    if score > lowest then lowest = score end
  end
  return differs and lowest .. "+" or lowest
end

--- Method M2 for two dimensions.
---@param scores string[]
---@return string
function M.average(scores)
  local a, b = scores[1], scores[2]
  for _, row in read "averages.csv":rows() do
    if row.first == a and row.second == b
      or row.first == b and row.second == a then
      return row.score
    end
  end
  error(("data/pefa/averages.csv has no line for %s and %s"):format(a, b), 0)
end

return M

--- The scores of PEFA: ranges and averages out of data/pefa/.

local core = require "evalua.core"

local M = {}

local function read(name)
  local path = require("evalua").root() .. "/data/pefa/" .. name
  return assert(require("evalua.source").read_csv(path)), path
end

--- Does a percent lie above (below) a limit of at most its own digits? What
--- was cut off decides where it lies just on it.
local function is_at_least(percent, limit, included)
  if percent.floor > limit then return true end
  return percent.floor >= limit and (included or not percent.exact)
end

local function is_at_most(percent, limit, included)
  if percent.floor < limit then return true end
  return percent.floor <= limit and included and percent.exact
end

local function lies_in(percent, band)
  local from = band.includes == "both" or band.includes == "from"
  local to = band.includes == "both" or band.includes == "to"
  return (band.from == nil or is_at_least(percent, band.from, from))
    and (band.to == nil or is_at_most(percent, band.to, to))
end

--- The mean of percents, as one; rounded and cut like each of them.
local function mean_of(values)
  local sum, exact = core.decimal.new(0, 0), true
  for _, value in ipairs(values) do
    sum, exact = sum + value.value, exact and value.exact
  end
  local mean = sum:divide(#values, 6)
  return { value = mean, floor = mean,
    exact = exact and mean * #values == sum }
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
---@param values table[] percents of core.composition
---@return string score
---@return evalua.decimal? mean
function M.score(indicator, values)
  local mean
  for _, band in read "bands.csv":rows() do
    if band.indicator == indicator then
      local needed = band.over:match "^(%d+) of %d+$"
      if needed == nil then mean = mean_of(values) end
      local holds = mean ~= nil and lies_in(mean, band)
        or mean == nil and count_inside(values, band) >= tonumber(needed)
      if holds then return band.score, mean and mean.value end
    end
  end
  return "D", mean and mean.value
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

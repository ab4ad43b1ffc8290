--- Is a series going anywhere: Mann-Kendall, Sen's slope, a change of level.

local core = require "evalua.core"
local numbers = require "evalua.stats.numbers"

local M = {}

--- Values below which there is no p, and why.
M.LEAST = 4
M.too_few = "n = %d: a p-value needs %d values (even a perfect trend of 3 "
  .. "would have p = 0.33)"

--- Values below which there is no 95 % interval of the slope.
M.LEAST_INTERVAL = 5

local function season_of(opts)
  local season = opts.season or 1
  if math.type(season) == "integer" and season >= 1 and season <= 1000 then
    return season
  end
  error("season is a whole number from 1 to 1000, not " .. tostring(season), 0)
end

local known = { season = true, correct = true }

--- Mann and Kendall's test of a series in order of time, missing values
--- skipped: { s, var_s, tau (tau-b), z, p (two-sided), n, missing, exact,
--- factor, method, note }. p is counted out below 50 values without ties, up
--- to 10 with them, else from z, which is always the normal's; below 4 values,
--- or where all are equal, there is none and `note` says why.
---
--- Options: season (12 for months: S is summed within seasons, by place in the
--- array), correct = "hamed-rao" (the variance allows for autocorrelation; n
--- of at least 10).
---
--- Sources: src/stats/trend.h.
---@param x table|evalua.column
---@param opts { season: integer?, correct: string? }?
---@return table? figures
---@return string? message
---@return string? code
function M.mann_kendall(x, opts)
  opts = numbers.options(opts, known)
  local column, message, code = numbers.column(x)
  if column == nil then return nil, message, code end
  return M.test(column, 1, #column, nil, season_of(opts), opts.correct)
end

local LEAST_CORRECTED = 10

--- The test over rows first to last of a column that numbers.column gave.
---@return table? figures
---@return string? message
---@return string? code
function M.test(column, first, last, times, season, correct)
  if correct ~= nil and correct ~= "hamed-rao" then
    error("correct is \"hamed-rao\", not " .. tostring(correct), 0)
  elseif correct and season > 1 then
    error("there is no correction for autocorrelation with seasons", 0)
  end
  local test, message, code = core.stats.mann_kendall(column, first, last,
    times, season, correct ~= nil)
  if test == nil then return nil, message, code end
  test.method = "mann-kendall"
  if season > 1 then test.method = "seasonal mann-kendall"
  elseif correct then test.method = "mann-kendall hamed-rao" end
  if test.n < M.LEAST then
    test.note = M.too_few:format(test.n, M.LEAST)
  elseif test.p == nil then
    test.note = season > 1 and test.var_s == 0
      and "no season has two different values" or "all values are equal"
  elseif correct and test.n < LEAST_CORRECTED then
    test.p, test.z = nil, nil
    test.note = ("n = %d: a correction for autocorrelation needs %d values")
      :format(test.n, LEAST_CORRECTED)
  end
  return test
end

local periods = { year = true, quarter = true, month = true, day = true }

local function times_of(t)
  if numbers.is_column(t) and periods[t:type()] then return t end
  return numbers.column(t, "t")
end

--- Theil and Sen's slope: the median of the slopes between all pairs of points
--- with different times: { slope, intercept, lo, hi, n, missing, pairs, note }.
--- `t` are the times (1, 2, … unless given; a column of periods counts in their
--- unit); lo and hi bound the slope at
--- `level` (0.95); where there are too few values for that they are nil and
--- `note` says so. nil, message with no two different times.
---
--- Sources: src/stats/slope.h.
---@param x table|evalua.column
---@param t table|evalua.column|nil
---@param opts { level: number?, season: integer? }?
---@return table? figures
---@return string? message
---@return string? code
function M.theil_sen(x, t, opts)
  opts = numbers.options(opts, { level = true, season = true })
  local column, message, code = numbers.column(x, "x")
  if column == nil then return nil, message, code end
  local times
  if t ~= nil then
    times, message, code = times_of(t)
    if times == nil then return nil, message, code end
    if #times ~= #column then
      error(("x has %d values and t %d"):format(#column, #times), 0)
    end
  end
  return M.slope(column, 1, #column, times, season_of(opts),
    numbers.level(opts))
end

--- Sen's slope over rows first to last of a column that numbers.column gave.
---@return table? figures
---@return string? message
---@return string? code
function M.slope(column, first, last, times, season, level)
  local sen, message, code = core.stats.theil_sen(column, first, last, times,
    season, level)
  if sen == nil then return nil, message, code end
  if sen.slope == nil then
    return nil, "a slope needs two values at different times", "data"
  elseif sen.lo == nil then
    sen.note = ("n = %d is too small for an interval of %g %%")
      :format(sen.n, 100 * level)
  end
  return sen
end

--- Pettitt's test of one change of level: { at (the place of the last value
--- before it), k, p, n, missing }. nil, message below 10 values or where all
--- are equal. Source: src/stats/trend.h.
---@param x table|evalua.column
---@return table? figures
---@return string? message
---@return string? code
function M.pettitt(x)
  local column, message, code = numbers.column(x)
  if column == nil then return nil, message, code end
  return M.change(column, 1, #column)
end

--- The test over rows first to last of a column that numbers.column gave.
---@return table? figures
---@return string? message
---@return string? code
function M.change(column, first, last)
  local found, message, code = core.stats.pettitt(column, first, last)
  if found == nil then return nil, message, code end
  if found.n < 10 then
    return nil, ("n = %d: a change of level needs %d values"):format(found.n,
      10), "data"
  elseif found.p == nil then
    return nil, "all values are equal", "data"
  end
  return found
end

--- Adjusted p-values q that keep the false discovery rate: Benjamini &
--- Hochberg 1995 (Journal of the Royal Statistical Society B 57:289). Of p by
--- place, nil (with field n) where there is none.
---@param p table
---@return table q
function M.fdr(p)
  if type(p) ~= "table" then
    error("an array of p-values was expected, not a " .. type(p), 0)
  end
  local order, q, n = {}, {}, p.n or #p
  for i = 1, n do
    if p[i] ~= nil then
      if type(p[i]) ~= "number" or not (p[i] >= 0 and p[i] <= 1) then
        error(("value %d is no p-value: %s"):format(i, tostring(p[i])), 0)
      end
      order[#order + 1] = i
    end
  end
  table.sort(order, function(a, b)
    if p[a] ~= p[b] then return p[a] < p[b] end
    return a < b
  end)
  local least = 1
  for rank = #order, 1, -1 do
    least = math.min(least, p[order[rank]] * #order / rank)
    q[order[rank]] = least
  end
  return q
end

return M

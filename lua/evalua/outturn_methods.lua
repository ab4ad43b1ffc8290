--- Where a financial year will end: the ways to guess, each from a year that is
--- still going on, each tried on the years before.
---
--- A year is { places (12 months or 4 quarters), k (how many are over), months
--- (their amounts, decimals; nil: nothing said), ytd, plan (places amounts, or
--- nil), past (the complete years before, oldest first, of the same form), line
--- (amounts up to now, oldest first, as numbers or NA) }. A method gives the
--- outturn as an exact fraction and how the rest is spread over the places
--- after k (numbers), or nil and the reason.

local core = require "evalua.core"
local exact = require "evalua.exact"
local forecasts = require "evalua.stats.forecast"
local numbers = require "evalua.stats.numbers"

local M = {}

--- Complete years that a profile is taken from, the last ones.
local PROFILE_YEARS = 3

--- Years from which a change of the ratio over time is believed.
local TREND_YEARS = 4

--- The sum of amounts first to last, missing ones counting nothing.
---@param months table<integer, evalua.decimal>
---@param first integer
---@param last integer
---@return evalua.decimal
function M.sum(months, first, last)
  local list = { core.decimal.new(0, 0) }
  for i = first, last do
    if months[i] ~= nil then list[#list + 1] = months[i] end
  end
  return assert(core.decimal.sum(list))
end

local function recent(year)
  return table.move(year.past, math.max(1, #year.past - PROFILE_YEARS + 1),
    #year.past, 1, {})
end

--- Sums over years of the amounts up to place k, and of all.
local function both_sums(years, k, places)
  local upto, full = {}, {}
  for i, year in ipairs(years) do
    upto[i] = M.sum(year.months, 1, k)
    full[i] = M.sum(year.months, 1, places)
  end
  return assert(core.decimal.sum(upto)), assert(core.decimal.sum(full))
end

--- The shape of the rest in years before.
local function shape_of(years, k, places)
  local shape = {}
  for i = k + 1, places do
    shape[i] = 0
    for _, year in ipairs(years) do
      shape[i] = shape[i] + (year.months[i] and year.months[i]:number() or 0)
    end
  end
  return shape
end

local function even_shape(k, places)
  local shape = {}
  for i = k + 1, places do shape[i] = 1 end
  return shape
end

--- 序时进度: the year goes on as it went, month by month.
function M.linear(year)
  return exact.of(year.ytd) * year.places / year.k,
    even_shape(year.k, year.places)
end

--- The part that had been spent by now in the last three complete years, all
--- taken together, is the part spent now.
function M.profile(year)
  local years = recent(year)
  if #years == 0 then return nil, "no complete year before this one" end
  local upto, full = both_sums(years, year.k, year.places)
  if upto:sign() <= 0 then
    return nil, "nothing was spent by this time in the years before"
  end
  return exact.of(year.ytd) * full / upto,
    shape_of(years, year.k, year.places)
end

--- The plan's own phasing: what is over or under plan goes on in proportion.
function M.phasing(year)
  if year.plan == nil then return nil, "no plan of the whole year" end
  local upto = M.sum(year.plan, 1, year.k)
  if upto:sign() <= 0 then return nil, "nothing was planned by this time" end
  local full = M.sum(year.plan, 1, year.places)
  return exact.of(year.ytd) * full / upto,
    shape_of({ { months = year.plan } }, year.k, year.places)
end

--- The line through (i, y_i), i = 1..n, at n + 1; the mean of few values.
local function next_on_line(y)
  local n, mean, top, bottom = #y, 0, 0, 0
  for i = 1, n do mean = mean + y[i] / n end
  if n < TREND_YEARS then return mean end
  local middle = (n + 1) / 2
  for i = 1, n do
    top = top + (i - middle) * y[i]
    bottom = bottom + (i - middle) ^ 2
  end
  return mean + top / bottom * (n + 1 - middle)
end

--- The ratio of the amount up to this month to the whole year, year by year: its
--- regression on the year from four years on, its mean of two or three.
function M.ratio(year)
  if #year.past < 2 then
    return nil, ("complete years before this one: %d, 2 are needed")
      :format(#year.past)
  end
  local ratios = {}
  for i, past in ipairs(year.past) do
    local upto, full = both_sums({ past }, year.k, year.places)
    if full:sign() <= 0 or upto:sign() <= 0 then
      return nil, "nothing was spent by this time in a year before"
    end
    ratios[i] = upto:number() / full:number()
  end
  local ratio = next_on_line(ratios)
  if ratio <= 0.01 then return nil, "the ratio of the years before runs out" end
  return exact.of(year.ytd) / exact.of(("%.12f"):format(ratio)),
    shape_of(recent(year), year.k, year.places)
end

--- The months up to now, and the forecast (auto) of the others.
function M.forecast(year)
  local column, message = numbers.column(year.line)
  if column == nil then return nil, message end
  local h = year.places - year.k
  local result
  result, message = forecasts.of(column, { method = "auto", h = h,
    period = year.places, level = {} })
  if result == nil then return nil, message end
  local rest, shape = 0, {}
  for i = 1, h do
    rest = rest + result.mean[i]
    shape[year.k + i] = result.mean[i]
  end
  return exact.of(year.ytd) + exact.of(("%.6f"):format(rest)), shape
end

--- Names of the methods, in the order in which they are shown.
M.names = { "linear", "profile", "phasing", "ratio", "forecast" }

--- The year before, `year.past[i]`, as it stood after k places.
local function as_it_stood(year, i)
  local past = year.past[i]
  return { places = year.places, k = year.k,
    months = table.move(past.months, 1, year.k, 1, {}),
    ytd = M.sum(past.months, 1, year.k), plan = past.plan,
    past = table.move(year.past, 1, i - 1, 1, {}),
    line = table.move(year.line, 1, past.before + year.k, 1,
      { n = past.before + year.k }) }
end

--- The relative errors of a method in the complete years before, where it had
--- what it needs.
---@param name string
---@param year table
---@return number[]
function M.errors(name, year)
  local errors = {}
  for i, past in ipairs(year.past) do
    local full = M.sum(past.months, 1, year.places)
    local guess = M[name](as_it_stood(year, i))
    if guess ~= nil and full:sign() ~= 0 then
      errors[#errors + 1] = tonumber((guess / full - 1):round(9))
    end
  end
  return errors
end

return M

--- Phasing: an annual budget over the months or quarters of its year, so that
--- the parts add up to it to the last digit.
---
---     t:phase { annual = "budget", year = "year" }               -- evenly
---     t:phase { annual = "budget", year = 2024,
---       profile = { 5, 8, 8, 8, 8, 10, 8, 8, 9, 8, 10, 10 } }
---     t:phase { annual = "budget", year = 2024, by = "unit",
---       prior = { table = last_year, period = "month", value = "amount" } }

local blame = require "evalua.blame"
local core = require "evalua.core"
local numbers = require "evalua.stats.numbers"
local places_of = require "evalua.year_places"
local series_of = require "evalua.series"
local series_times = require "evalua.series_times"

local M = {}

---@class evalua.table
local Table = core.table.methods

local _, call = blame.new(debug.getinfo(1, "S").source)

local known = { annual = true, year = true, into = true, start = true,
  profile = true, prior = true, by = true }

-- The largest remainder -------------------------------------------------------

--- `amount` in proportion to weights (not negative, not all zero), each part at
--- the amount's scale, by the largest remainder: see src/stats/split.h.
---@param amount evalua.decimal
---@param weights (evalua.decimal|integer)[]
---@return evalua.decimal[]
function M.split(amount, weights)
  return core.split.amount(amount, weights)
end

-- Weights ---------------------------------------------------------------------

local function check_weights(weights, places, what)
  if type(weights) ~= "table" or #weights ~= places then
    error(("%s has %d weights, one for each part of the year"):format(what,
      places), 0)
  end
  local list, any = {}, false
  for i, weight in ipairs(weights) do
    if math.type(weight) == "float" then
      weight = core.decimal.parse(("%.12g"):format(weight))
    end
    local fits = core.decimal.is(weight) or math.type(weight) == "integer"
    if not fits or weight < 0 then
      error(("%s: weight %d is no number from 0 on"):format(what, i), 0)
    end
    list[i], any = weight, any or weight > 0
  end
  if not any then error(what .. ": all weights are 0", 0) end
  return list
end

local function key_of(t, by, row, year)
  local parts = { tostring(year) }
  for i, name in ipairs(by) do
    local text = tostring(t:column(name)[row])
    parts[i + 1] = #text .. ":" .. text
  end
  return table.concat(parts)
end

--- The shapes of years, by year and key: sums of each part of the year.
local function prior_shapes(prior, by, kind, start)
  local t, message, code = series_of.with_times(prior.table, prior.period)
  if t == nil then return nil, message, code end
  t, message, code = numbers.with_exact(t, prior.value)
  if t == nil then return nil, message, code end
  local shapes, periods = {}, t:column(prior.period)
  local values = t:column(prior.value)
  local period_kind = periods:type()
  if period_kind ~= "month" and period_kind ~= kind then
    error(("prior: '%s' is %s, not %ss"):format(prior.period, period_kind,
      kind), 0)
  end
  for row = 1, t:nrows() do
    local period, value = periods[row], values[row]
    if period ~= nil and value ~= nil then
      local year, place = places_of.of(period, kind, start)
      local key = key_of(t, by, row, year)
      shapes[key] = shapes[key] or {}
      local sum = shapes[key][place]
      shapes[key][place] = sum and sum + value or value
    end
  end
  return shapes
end

--- The weights of a row: its group's shape of the year before; nil where that
--- lacks a part or has a negative one, or nothing.
local function shape_weights(shape, places)
  local weights, any = {}, false
  for place = 1, places do
    local weight = shape and shape[place]
    if weight == nil or weight < 0 then return nil end
    weights[place], any = weight, any or weight > 0
  end
  return any and weights or nil
end

-- The verb ----------------------------------------------------------------

local function check(t, opts)
  if type(opts) ~= "table" then
    error("{annual = \"budget\", year = \"year\"} was expected", 0)
  end
  local problem = blame.stranger(opts, known)
  if problem ~= nil then error(problem, 0) end
  local into, start = opts.into or "month", opts.start or 1
  if places_of.counts[into] == nil then
    error("into is month or quarter, not " .. tostring(into), 0)
  end
  if math.type(start) ~= "integer" or start < 1 or start > 12
    or into == "quarter" and (start - 1) % 3 ~= 0 then
    error("start is the month in which the year begins, 1 to 12 (of quarters: "
      .. "1, 4, 7, 10), not " .. tostring(opts.start), 0)
  end
  if opts.profile ~= nil and opts.prior ~= nil then
    error("profile or prior, not both", 0)
  end
  for _, name in ipairs { "period", "phased" } do
    if t:has(name) then
      error(("there is a column '%s' already: rename it"):format(name), 0)
    end
  end
  return into, start
end

local function year_reader(t, opts)
  if math.type(opts.year) == "integer" then
    return function() return opts.year end
  end
  local column = series_times.of(numbers.named(t, opts.year))
    or numbers.named(t, opts.year)
  if column:type() ~= "int" and column:type() ~= "year" then
    error(("'%s' is %s, not years"):format(opts.year, column:type()), 0)
  end
  return function(row) return math.tointeger(tonumber(column[row])) end
end

--- A function that gives the weights for a row of t.
local function weights_of(t, opts, into, start)
  local places = places_of.counts[into]
  if opts.profile ~= nil then
    local weights = check_weights(opts.profile, places, "profile")
    return function() return weights end
  end
  if opts.prior == nil then
    local even = {}
    for i = 1, places do even[i] = 1 end
    return function() return even end
  end
  local prior, by = opts.prior, opts.by or {}
  if type(prior) ~= "table" or not core.table.is(prior.table) then
    error("prior: {table =, period =, value =} was expected", 0)
  end
  if type(by) == "string" then by = { by } end
  for _, name in ipairs(by) do
    numbers.named(t, name)
    numbers.named(prior.table, name)
  end
  local shapes, message, code = prior_shapes(prior, by, into, start)
  if shapes == nil then return nil, message, code end
  return function(row, year)
    return shape_weights(shapes[key_of(t, by, row, year - 1)], places)
  end
end

local function phase(t, opts)
  local into, start = check(t, opts)
  local year_of = year_reader(t, opts)
  local message, code
  t, message, code = numbers.with_exact(t, opts.annual)
  if t == nil then return nil, message, code end
  local weights
  weights, message, code = weights_of(t, opts, into, start)
  if weights == nil then return nil, message, code end
  local annual = t:column(opts.annual)
  local rows, periods, parts, n = {}, {}, {}, 0
  for row = 1, t:nrows() do
    local amount, year = annual[row], year_of(row)
    if year == nil or year < 1 or year > 9998 then
      return nil, ("row %d: there is no year"):format(row), "data"
    end
    local shape = weights(row, year)
    if shape == nil then
      return nil, ("row %d: %d has no shape for it: a part is missing or "
        .. "negative, or all are 0"):format(row, year - 1), "data"
    end
    if math.type(amount) == "integer" then
      amount = core.decimal.new(amount, 0)
    end
    local split = amount and M.split(amount, shape) or {}
    for place = 1, places_of.counts[into] do
      n = n + 1
      rows[n], parts[n] = row, split[place]
      periods[n] = places_of.period(year, place, into, start)
    end
  end
  local result = core.table.gather(t, rows)
  result = core.table.with(result, "period", core.column.new(periods, n, into))
  local kind = annual:type()
  return core.table.with(result, "phased", core.column.new(parts, n,
    kind == "int" and "decimal(0)" or kind))
end

--- Each row once for every month (or quarter, `into`) of its year, with the
--- columns period and phased: the parts add up to the annual amount exactly.
---
--- Options: annual (a column of exact amounts), year (a column of years, or one
--- year), into ("month"), start (the month in which the year begins, 1),
--- profile (12 or 4 weights), or prior = { table =, period =, value = } with
--- by (columns that tell whose shape it is): the shape of what was spent in the
--- year before, all of whose parts must be there.
--- Evenly without either. A missing amount has missing parts.
---@param opts table
---@return evalua.table? t
---@return string? message
---@return string? code
function Table:phase(opts) return call("phase", phase, self, opts) end

return M

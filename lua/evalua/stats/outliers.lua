--- Values that do not belong to the others, and control limits.

local core = require "evalua.core"
local numbers = require "evalua.stats.numbers"

local M = {}

local HALF = core.decimal.new(5, 1)
local QUARTER, THREE = core.decimal.new(25, 2), core.decimal.new(75, 2)

--- MAD times this is the standard deviation of a normal distribution.
M.NORMAL = 1.4826022185056018

M.too_few = "n = %d: %s needs %d values"

--- { {place, value as a float}, … } of the values that are there.
local function values_of(column, first, last)
  local list = {}
  for i = first, last do
    local value = column[i]
    if value ~= nil then
      list[#list + 1] = { i - first + 1, numbers.float(value) }
    end
  end
  return list
end

--- Values outside lower and upper, in order.
local function outside(result, values)
  result.at, result.values = {}, {}
  for _, pair in ipairs(values) do
    if pair[2] < result.lower or pair[2] > result.upper then
      result.at[#result.at + 1] = pair[1]
      result.values[#result.values + 1] = pair[2]
    end
  end
  return result
end

local methods = {}

--- Fences k (1.5) interquartile ranges beyond the quartiles: Tukey 1977
--- (Exploratory Data Analysis, p. 44), quartiles of type 7.
methods.tukey = { least = 5, k = 1.5, find = function(values, sorted, opts)
  local q1, q3 = sorted:quantile(QUARTER, 7), sorted:quantile(THREE, 7)
  local reach = opts.k * (q3 - q1)
  return outside({ center = sorted:quantile(HALF, 7), lower = q1 - reach,
    upper = q3 + reach }, values)
end }

--- k (3) times 1.4826 MAD about the median: Hampel 1985 (Technometrics
--- 27:95); Davies & Gather 1993 (Journal of the American Statistical
--- Association 88:782).
methods.hampel = { least = 5, k = 3, find = function(values, sorted, opts)
  local center, mad = sorted:quantile(HALF, 7), sorted:mad()
  if mad == 0 then
    return nil, "more than half of the values are equal: their spread says "
      .. "nothing of the others", "data"
  end
  local reach = opts.k * M.NORMAL * mad
  return outside({ center = center, lower = center - reach,
    upper = center + reach, mad = mad }, values)
end }

--- Mean and standard deviation of the values that are left, in two passes.
local function moments(values, left)
  local sum = 0
  for _, pair in ipairs(values) do
    if left[pair] then sum = sum + pair[2] end
  end
  local mean, squares = sum / left.n, 0
  for _, pair in ipairs(values) do
    if left[pair] then squares = squares + (pair[2] - mean) ^ 2 end
  end
  return mean, math.sqrt(squares / (left.n - 1))
end

local function farthest(values, left, mean)
  local found, most = nil, -1
  for _, pair in ipairs(values) do
    if left[pair] and math.abs(pair[2] - mean) > most then
      found, most = pair, math.abs(pair[2] - mean)
    end
  end
  return found, most
end

--- Rosner's critical value for the i-th of n.
local function critical(n, i, alpha)
  local p = 1 - alpha / (2 * (n - i + 1))
  local t = core.stats.quantile("t", p, n - i - 1)
  return (n - i) * t / math.sqrt((n - i - 1 + t * t) * (n - i + 1))
end

--- Generalised extreme studentised deviates, up to `max` outliers at once:
--- Rosner 1983 (Technometrics 25:165).
methods.esd = { least = 15, k = 0, find = function(values, _, opts)
  local n, left = #values, { n = #values }
  for _, pair in ipairs(values) do left[pair] = true end
  local most = math.min(opts.max or 10, n // 2)
  local result = { r = {}, lambda = {}, at = {}, values = {} }
  local taken, count = {}, 0
  for i = 1, most do
    local mean, sd = moments(values, left)
    if i == 1 then result.center = mean end
    if sd == 0 then break end
    local pair, far = farthest(values, left, mean)
    result.r[i], result.lambda[i] = far / sd, critical(n, i, opts.alpha)
    taken[i] = pair
    if result.r[i] > result.lambda[i] then count = i end
    left[pair], left.n = nil, left.n - 1
  end
  for i = 1, count do
    result.at[i], result.values[i] = taken[i][1], taken[i][2]
  end
  return result
end }

local known = { method = true, k = true, alpha = true, max = true }

local function options_of(opts)
  opts = numbers.options(opts, known)
  local name = opts.method or "hampel"
  numbers.one_of("method", name, { "hampel", "tukey", "esd" })
  local method = methods[name]
  local k, alpha = opts.k or method.k, opts.alpha or 0.05
  if type(k) ~= "number" or k < 0 then
    error("k is a number above 0, not " .. tostring(k), 0)
  elseif type(alpha) ~= "number" or not (alpha > 0 and alpha < 1) then
    error("alpha is a number between 0 and 1, not " .. tostring(alpha), 0)
  elseif opts.max ~= nil and (math.type(opts.max) ~= "integer"
    or opts.max < 1) then
    error("max is a whole number above 0, not " .. tostring(opts.max), 0)
  end
  return name, { k = k, alpha = alpha, max = opts.max }
end

--- Raises for options that are wrong.
---@param opts table?
function M.check(opts) options_of(opts) end

--- The outliers of rows first to last of a column that numbers.column gave.
---@return table? figures
---@return string? message
---@return string? code
function M.find(column, first, last, opts)
  local name, rule = options_of(opts)
  local values = values_of(column, first, last)
  local method = methods[name]
  if #values < method.least then
    return nil, M.too_few:format(#values, name, method.least), "data"
  end
  local sorted = core.stats.sorted(column, first, last)
  local result, message, code = method.find(values, sorted, rule)
  if result == nil then return nil, message, code end
  result.method, result.n = name, #values
  result.missing = last - first + 1 - #values
  return result
end

--- Outliers of a sample: { method, n, missing, center, lower, upper, at (their
--- places), values }. method "hampel" (unless said; from 5 values), "tukey"
--- (from 5) or "esd" (from 15; with r and lambda, no lower and upper; the most
--- extreme first). Options: k (how far: 3 of hampel, 1.5 of tukey), alpha
--- (0.05) and max (10) of esd. nil, message below that many values, and for
--- hampel where more than half of the values are equal.
---@param x table|evalua.column
---@param opts { method: string?, k: number?, alpha: number?, max: integer? }?
---@return table? figures
---@return string? message
---@return string? code
function M.outliers(x, opts)
  options_of(opts)
  local column, message, code = numbers.column(x)
  if column == nil then return nil, message, code end
  return M.find(column, 1, #column, opts)
end

-- Control limits --------------------------------------------------------------

--- Shewhart's constants for moving ranges of two: 3 / d2 and D4 with
--- d2 = 1.128 (Wheeler 1993, Understanding Variation, p. 60).
local NATURAL, RANGE = 2.66, 3.268
local LEAST_XMR, FIRM, RUN = 6, 12, 8

--- Runs of 8 and more on one side of the center, as { at = its end }.
local function runs(values, center)
  local found, side, length = {}, 0, 0
  for i, pair in ipairs(values) do
    local now = pair[2] > center and 1 or pair[2] < center and -1 or 0
    length = now ~= 0 and now == side and length + 1 or now ~= 0 and 1 or 0
    side = now
    if length >= RUN then found[i] = true end
  end
  return found
end

--- Limits of rows first to last of a column that numbers.column gave.
---@return table? figures
---@return string? message
---@return string? code
function M.limits(column, first, last)
  local values = values_of(column, first, last)
  if #values < LEAST_XMR then
    return nil, M.too_few:format(#values, "xmr", LEAST_XMR), "data"
  end
  local center = core.stats.moments(column, first, last).mean
  local sum = 0
  for i = 2, #values do sum = sum + math.abs(values[i][2] - values[i - 1][2]) end
  local mr = sum / (#values - 1)
  local result = { n = #values, missing = last - first + 1 - #values,
    center = center, mr = mr, lower = center - NATURAL * mr,
    upper = center + NATURAL * mr, mr_upper = RANGE * mr, signals = {} }
  local in_run = runs(values, center)
  for i, pair in ipairs(values) do
    local rule = (pair[2] < result.lower or pair[2] > result.upper) and "limit"
      or in_run[i] and "run" or nil
    if rule then
      result.signals[#result.signals + 1] = { at = pair[1], value = pair[2],
        rule = rule }
    end
  end
  if #values < FIRM then
    result.note = ("n = %d: limits of fewer than %d values are provisional")
      :format(#values, FIRM)
  end
  return result
end

--- Natural process limits of single values in order of time (the XmR chart):
--- { n, missing, center, lower, upper, mr (mean moving range), mr_upper,
--- signals = { {at, value, rule}, … }, note }; rule "limit" (a value outside)
--- or "run" (the eighth and further in a row on one side of the center).
--- Moving ranges go between values that follow one another; missing ones are
--- skipped. nil, message below 6 values; below 12 `note` says the limits are
--- provisional.
---
--- Shewhart 1931 (Economic Control of Quality of Manufactured Product); Wheeler
--- 1993 (Understanding Variation, p. 60).
---@param x table|evalua.column
---@return table? figures
---@return string? message
---@return string? code
function M.xmr(x)
  local column, message, code = numbers.column(x)
  if column == nil then return nil, message, code end
  return M.limits(column, 1, #column)
end

return M

--- Series whose law is known: the same numbers on every machine.

local M = {}

--- Standard normal deviates from a seed (Box and Muller over splitmix64).
function M.normal_from(seed)
  local state = seed
  local function uniform()
    state = state + 0x9e3779b97f4a7c15
    local z = (state ~ (state >> 30)) * 0xbf58476d1ce4e5b9
    z = (z ~ (z >> 27)) * 0x94d049bb133111eb
    return (((z ~ (z >> 31)) >> 11) + 0.5) / 9007199254740992.0
  end
  return function()
    return math.sqrt(-2 * math.log(uniform()))
      * math.cos(2 * math.pi * uniform())
  end
end

local function season(i, period)
  return 15 * math.sin(2 * math.pi * i / period)
end

--- Laws: name, period, and what makes n values from deviates.
M.laws = {
  { name = "random walk", period = 1, make = function(n, e)
    local x = { 100 }
    for i = 2, n do x[i] = x[i - 1] + 2 * e() end
    return x
  end },
  { name = "noise", period = 1, make = function(n, e)
    local x = {}
    for i = 1, n do x[i] = 100 + 3 * e() end
    return x
  end },
  { name = "trend and noise", period = 1, make = function(n, e)
    local x = {}
    for i = 1, n do x[i] = 100 + 0.5 * i + 3 * e() end
    return x
  end },
  { name = "autoregression", period = 1, make = function(n, e)
    local x, a = {}, 0
    for i = 1, n do
      a = 0.7 * a + 3 * e()
      x[i] = 100 + a
    end
    return x
  end },
  { name = "season and noise", period = 12, make = function(n, e)
    local x = {}
    for i = 1, n do x[i] = 100 + season(i, 12) + 4 * e() end
    return x
  end },
  { name = "moving level, trend, season", period = 12, make = function(n, e)
    local x, level = {}, 100
    for i = 1, n do
      local error = 3 * e()
      x[i] = level + season(i, 12) + error
      level = level + 0.5 + 0.3 * error
    end
    return x
  end },
  { name = "growth, season in percent", period = 12, make = function(n, e)
    local x, level = {}, 100
    for i = 1, n do
      local error = 0.03 * e()
      x[i] = level * (1 + season(i, 12) / 100) * (1 + error)
      level = level * (1 + 0.3 * error) + 0.5
    end
    return x
  end },
  { name = "random walk in percent", period = 1, make = function(n, e)
    local x = { 100 }
    for i = 2, n do x[i] = x[i - 1] * math.exp(0.03 * e()) end
    return x
  end },
}

--- Mean and its standard error.
local function mean_of(list)
  local sum, squares = 0, 0
  for _, value in ipairs(list) do sum = sum + value end
  local mean = sum / #list
  for _, value in ipairs(list) do squares = squares + (value - mean) ^ 2 end
  return mean, math.sqrt(squares / (#list - 1) / #list)
end

--- The part of the values ahead that lies in the interval, over `count` series
--- of n values of a law, h ahead; its standard error, by series, since the
--- values of one series are missed together; and the part for each step ahead.
--- nil where the method takes more values.
---@return { part: number, error: number, ahead: number[] }?
function M.coverage(law, n, h, count, method, level, interval)
  local forecast = require("evalua").stats.forecast
  local e, parts, ahead = M.normal_from(7 * n + #law.name), {}, {}
  for i = 1, h do ahead[i] = 0 end
  for k = 1, count do
    local x = law.make(n + h, e)
    local f = forecast(table.move(x, 1, n, 1, {}), { h = h,
      period = law.period, method = method, level = level,
      interval = interval, backtest = false })
    if f == nil then return nil end
    local hits = 0
    for i = 1, h do
      local value = x[n + i]
      if f.lower[level][i] <= value and value <= f.upper[level][i] then
        hits, ahead[i] = hits + 1, ahead[i] + 1 / count
      end
    end
    parts[k] = hits / h
  end
  local part, error = mean_of(parts)
  return { part = part, error = error, ahead = ahead }
end

return M

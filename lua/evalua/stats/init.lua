--- Statistics on arrays and columns: `ev.stats.summary(t:column "amount")`.
---
--- `x` is an array of numbers (integers, floats or ev.decimal; nil with a field
--- `n`, or ev.NA, where one is missing) or a column of a table. Integers and
--- decimals are summed exactly and divided once; floats that all are the
--- doubles nearest to decimals of at most 15 digits are taken for these.
--- Results are floats. Wrong use raises; what the data cannot give (too few
--- values, an infinity) is nil, message, code. A function's module raises
--- plain texts; the function's name and the caller's line are put before them
--- here.

local blame = require "evalua.blame"

local _, call = blame.new(debug.getinfo(1, "S").source)

--- Where each name lives: the module that has a field of that name.
local homes = {
  summary = "evalua.stats.summary",
  quantile = "evalua.stats.summary",
  mad = "evalua.stats.spread",
  iqr = "evalua.stats.spread",
  cv = "evalua.stats.spread",
  gini = "evalua.stats.spread",
  hhi = "evalua.stats.spread",
  weighted = "evalua.stats.spread",
  regress = "evalua.stats.regress",
  anova = "evalua.stats.regress",
  correlation = "evalua.stats.correlation",
  mann_kendall = "evalua.stats.trend",
  theil_sen = "evalua.stats.trend",
  pettitt = "evalua.stats.trend",
  fdr = "evalua.stats.trend",
  outliers = "evalua.stats.outliers",
  xmr = "evalua.stats.outliers",
  benford = "evalua.stats.digits",
  round_numbers = "evalua.stats.digits",
  duplicates = "evalua.stats.digits",
  stl = "evalua.stats.stl",
  classical = "evalua.stats.stl",
}
for name in ("forecast backtest naive snaive drift ses holt damped holt_winters "
  .. "holt_winters_mult ets theta dotm ces arima comb"):gmatch "%S+" do
  homes[name] = "evalua.stats.forecast"
end

return setmetatable({}, { __index = function(module, name)
  if homes[name] == nil then return nil end
  local f, what = require(homes[name])[name], "ev.stats." .. name
  local function value(...) return call(what, f, ...) end
  rawset(module, name, value)
  return value
end })

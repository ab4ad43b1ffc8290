--- Taking a series apart: `ev.stats.stl(x, { period = 12 })`.

local blame = require "evalua.blame"
local core = require "evalua.core"
local numbers = require "evalua.stats.numbers"

local M = {}

local known = { period = true, robust = true, inner = true, outer = true }
for _, part in ipairs { "s", "t", "l" } do
  for _, name in ipairs { "_window", "_degree", "_jump" } do
    known[part .. name] = true
  end
end

--- Season, trend and remainder of x by loess, which add up to it: { seasonal,
--- trend, remainder, weights, seasonal_strength, trend_strength }. The figures
--- are those of R's stl (stats).
---
--- Options: period (12); s_window, an odd number of years, or none for the same
--- season every year ("periodic"); t_window, l_window; s_degree, t_degree,
--- l_degree (0 or 1); s_jump, t_jump, l_jump; robust (outliers count less);
--- inner, outer rounds. What is not given is as in R. More than two periods are
--- needed and every value must be there.
---
--- A strength is between 0 (none) and 1: beside the remainder, how much of the
--- variance is season, or trend. Sources: src/stats/stl.h.
---@param x table|evalua.column
---@param opts table?
---@return table? parts
---@return string? message
---@return string? code
function M.stl(x, opts)
  local copy = {}
  for name, value in pairs(numbers.options(opts, known)) do
    copy[name] = value
  end
  if copy.s_window == "periodic" then copy.s_window = nil end
  local column, message, code = numbers.column(x)
  if column == nil then return nil, message, code end
  return blame.plainly(core.stl.run, column, copy)
end

--- Classical decomposition by a centred moving average, as R's decompose:
--- { seasonal, trend, remainder }; trend and remainder are nil for half a
--- period at both ends. Options: period (12), multiplicative (the parts
--- multiply to x). Source: src/stats/stl.h.
---@param x table|evalua.column
---@param opts { period: integer?, multiplicative: boolean? }?
---@return table? parts
---@return string? message
---@return string? code
function M.classical(x, opts)
  opts = numbers.options(opts, { period = true, multiplicative = true })
  local column, message, code = numbers.column(x)
  if column == nil then return nil, message, code end
  return blame.plainly(core.stl.classical, column, opts)
end

return M

--- Regression that a few wild rows do not spoil: M-estimates by iteratively
--- reweighted least squares.

local core = require "evalua.core"
local numbers = require "evalua.stats.numbers"

local M = {}

local MOST_STEPS, ENOUGH = 200, 1e-10
local NO_SCALE = 1e-6 -- of least squares' sigma: the rows lie on the fit

--- Weights psi(u) / u and derivatives of psi, u = residual / scale.
local kinds = {
  --- Huber 1964 (Annals of Mathematical Statistics 35:73), k = 1.345: 95 % as
  --- good as least squares where the errors are normal.
  huber = {
    weight = function(u) return math.min(1, 1.345 / math.max(u, 1e-300)) end,
    slope = function(u) return u <= 1.345 and 1 or 0 end,
  },
  --- Beaton & Tukey 1974 (Technometrics 16:147), c = 4.685, likewise.
  bisquare = {
    weight = function(u)
      return u < 4.685 and (1 - (u / 4.685) ^ 2) ^ 2 or 0
    end,
    slope = function(u)
      local part = (u / 4.685) ^ 2
      return part < 1 and (1 - part) * (1 - 5 * part) or 0
    end,
  },
}

--- The median of |residuals| by 0.6745: the scale about zero.
local function scale_of(residuals)
  local sizes = {}
  for i = 1, residuals.n do
    if residuals[i] ~= nil then sizes[#sizes + 1] = math.abs(residuals[i]) end
  end
  local sorted = core.stats.sorted(core.column.new(sizes, #sizes, "real"))
  return sorted:quantile(core.decimal.new(5, 1), 7) / 0.6745
end

local function weigh(kind, residuals, scale, prior)
  local weights = {}
  for i = 1, residuals.n do
    if residuals[i] ~= nil then
      local before = prior and numbers.float(prior[i]) or 1
      weights[i] = kind.weight(math.abs(residuals[i]) / scale) * before
    end
  end
  return core.column.new(weights, residuals.n, "real")
end

local function change(old, new)
  local moved, size = 0, 0
  for i = 1, old.n do
    if old[i] ~= nil and new[i] ~= nil then
      moved = moved + (old[i] - new[i]) ^ 2
      size = size + old[i] ^ 2
    end
  end
  return math.sqrt(moved / math.max(size, 1e-300))
end

--- Standard errors of the coefficients: Huber 1981 (Robust Statistics, p. 173,
--- formula 6.5), as MASS's summary.rlm has it.
local function spread_of(kind, residuals, scale, fit)
  local n, sum, squares, rest = 0, 0, 0, 0
  for i = 1, residuals.n do
    if residuals[i] ~= nil then
      local u = math.abs(residuals[i]) / scale
      local slope = kind.slope(u)
      n, sum, squares = n + 1, sum + slope, squares + slope * slope
      rest = rest + (residuals[i] * kind.weight(u)) ^ 2
    end
  end
  local mean = sum / n
  local var = (squares - n * mean * mean) / (n - 1)
  local kappa = 1 + fit.rank * var / (n * mean * mean)
  return math.sqrt(rest / (n - fit.rank)) * kappa / mean
end

--- The fitted values of the design at every row, and the residuals.
local function residuals_of(fit, y, design)
  local values = fit.handle:predict(design, #y)
  local residuals = { n = #y }
  for i = 1, #y do
    local value = y[i]
    if value ~= nil and values[i] ~= nil then
      residuals[i] = numbers.float(value) - values[i]
    end
  end
  return residuals, values
end

local function finish(fit, first, kind, scale, residuals, values)
  local unit = first.sigma
  local spread = spread_of(kind, residuals, scale, first)
  local function by_row(list)
    return function() return list end
  end
  fit.residuals, fit.fitted = by_row(residuals), by_row(values)
  for _, name in ipairs(fit.names) do
    local se = first.se[name]
    fit.se[name] = se and se / unit * spread
    fit.t[name] = se and fit.coef[name] / fit.se[name]
    fit.p_values[name] = nil
  end
  fit.sigma, fit.df, fit.n, fit.missing = scale, first.df, first.n,
    first.missing
  for _, name in ipairs { "r2", "adj_r2", "f", "p", "rss", "tss" } do
    fit[name] = nil
  end
  fit.note = "robust: sigma is the scale of the residuals; there is no R2, "
    .. "F or p of normal theory"
  return fit
end

--- An M-estimate of a design (see evalua.stats.regress): from least squares,
--- reweighted until the residuals stay; scale by the median of |residuals|.
---@return evalua.fit? fit
---@return string? message
---@return string? code
function M.fit(regress, y, design, model, levels, name, prior)
  local kind = kinds[name]
  if kind == nil then
    error(("robust is \"huber\" or \"bisquare\", not %s")
      :format(tostring(name)), 0)
  end
  local first, message, code = regress.fit(y, design, model, levels, prior)
  if first == nil then return nil, message, code end
  if first.df == 0 then
    return nil, "a robust fit needs more rows than coefficients", "data"
  end
  local residuals = residuals_of(first, y, design)
  for _ = 1, MOST_STEPS do
    local scale = scale_of(residuals)
    if scale <= NO_SCALE * first.sigma then
      return nil, "more than half of the rows are fitted exactly: there is no "
        .. "scale for the others", "data"
    end
    local fit
    fit, message, code = regress.fit(y, design, model, levels,
      weigh(kind, residuals, scale, prior))
    if fit == nil then return nil, message, code end
    local new, values = residuals_of(fit, y, design)
    if change(residuals, new) < ENOUGH then
      return finish(fit, first, kind, scale, new, values)
    end
    residuals = new
  end
  return nil, ("the robust fit does not settle in %d steps")
    :format(MOST_STEPS), "data"
end

return M

--- Regression and one-way analysis of variance.

local blame = require "evalua.blame"
local core = require "evalua.core"
local formula = require "evalua.stats.formula"
local numbers = require "evalua.stats.numbers"

local M = {}

local _, call = blame.new(debug.getinfo(1, "S").source)

--- A fit; its fields are told at regress.
---@class evalua.fit
---@field coef table<string, number>
---@field names string[]
local Fit = {}
Fit.__index = Fit

local function check_table(t)
  if core.table.is(t) then return end
  error(("t: a table of evalua was expected (ev.table makes one), not a %s")
    :format(type(t)), 0)
end

--- An array by number as a table by name.
local function by_name(names, values)
  local map = {}
  for i, name in ipairs(names) do map[name] = values[i] end
  return map
end

--- Model-wide figures from those of the core.
local function fill(fit, figures, names, model)
  for name, value in pairs(figures) do
    fit[name] = type(value) == "table" and by_name(names, value) or value
  end
  fit.names, fit.aliased = names, {}
  for _, name in ipairs(names) do
    if fit.coef[name] == nil then fit.aliased[#fit.aliased + 1] = name end
  end
  local tested = figures.rank - (model.intercept and 1 or 0)
  fit.df_model = tested
  if figures.f ~= nil then
    fit.p = core.stats.chance("f", figures.f, tested, figures.df)
  end
  local all = figures.n - (model.intercept and 1 or 0)
  if figures.df > 0 and figures.r2 ~= nil then
    fit.adj_r2 = 1 - (1 - figures.r2) * all / figures.df
  end
end

local notes = {
  aliased = "not estimated, since they follow from the terms before them: %s",
  exact = "the fit is exact: its errors are zero",
  full = "as many coefficients as rows: no error can be estimated",
}

local function note_of(fit)
  local list = {}
  if #fit.aliased > 0 then
    list[1] = notes.aliased:format(table.concat(fit.aliased, ", "))
  end
  if fit.df == 0 then list[#list + 1] = notes.full
  elseif fit.rss == 0 then list[#list + 1] = notes.exact end
  return #list > 0 and table.concat(list, "; ") or nil
end

local known = { weights = true, robust = true }

local function weights_of(t, weights)
  if weights == nil then return nil end
  if type(weights) == "string" then return formula.column(t, weights) end
  local column, message, code = numbers.column(weights, "weights")
  if column == nil then return nil, "weights: " .. message, code end
  if #column ~= t:nrows() then
    error(("t has %d rows and weights %d"):format(t:nrows(), #column), 0)
  end
  return column
end

--- Least squares of a formula over a table's rows: `ev.stats.regress(t, "y ~
--- x1 + x2")`; formulas as in evalua.stats.formula. Rows that lack a value are
--- left out (`missing` of them). Options: weights (a column's name, a column or
--- an array; rows of weight 0 are left out), robust ("huber" or "bisquare").
---
--- The result: names (formula order, the intercept first), and by name coef,
--- se, t, p_values, vif; n missing df sigma r2 (uncentred without intercept)
--- adj_r2 f p (of f) df_model rss tss durbin_watson; aliased (names of
--- terms that follow from those before them: no coefficient), note;
--- fit:fitted(), fit:residuals(), fit:leverage(), fit:predict(t, {level=}).
---
--- Every step in numbers of 32 digits: sources in src/stats/regress.h.
---@param t evalua.table
---@param text string
---@param opts { weights: any, robust: string? }?
---@return evalua.fit? fit
---@return string? message
---@return string? code
function M.regress(t, text, opts)
  check_table(t)
  opts = numbers.options(opts, known)
  local model, levels = formula.parse(text), {}
  local y, message, code = formula.column(t, model.response)
  if y == nil then return nil, message, code end
  local design
  design, message, code = formula.design(model, t, levels)
  if design == nil then return nil, message, code end
  local weights
  weights, message, code = weights_of(t, opts.weights)
  if opts.weights ~= nil and weights == nil then return nil, message, code end
  if opts.robust ~= nil then
    return require("evalua.stats.robust").fit(M, y, design, model, levels,
      opts.robust, weights)
  end
  return M.fit(y, design, model, levels, weights)
end

--- The fit of a design whose columns are there already.
---@return evalua.fit? fit
---@return string? message
---@return string? code
function M.fit(y, design, model, levels, weights)
  local handle, message, code = core.stats.fit(y, design, model.intercept,
    weights)
  if handle == nil then return nil, message, code end
  local names = {}
  for i, item in ipairs(design) do names[i] = item.name end
  local fit = setmetatable({ handle = handle, model = model, levels = levels },
    Fit)
  fill(fit, handle:figures(), names, model)
  fit.note = note_of(fit)
  return fit
end

local function rows_of(name)
  return function(self)
    self.rows = self.rows or self.handle:rows()
    return self.rows[name]
  end
end

--- The fitted value of each row of the data, nil where one was left out.
---@type fun(self: evalua.fit): number[]
Fit.fitted = rows_of "fitted"
--- What is left: the value less the fitted one.
---@type fun(self: evalua.fit): number[]
Fit.residuals = rows_of "residuals"
--- The diagonal of the hat matrix: how far a row draws the fit to itself.
---@type fun(self: evalua.fit): number[]
Fit.leverage = rows_of "leverage"

local function predict(fit, t, opts)
  check_table(t)
  local level = numbers.level(numbers.options(opts, { level = true }))
  local design, message, code = formula.design(fit.model, t, fit.levels)
  if design == nil then return nil, message, code end
  local values, spreads = fit.handle:predict(design, t:nrows())
  local order = { "fit", "se", "lwr", "upr", "pred_lwr", "pred_upr" }
  local columns, types = {}, {}
  for _, name in ipairs(order) do
    columns[name], types[name] = {}, "real"
  end
  local sigma = fit.sigma
  local wide = sigma and core.stats.quantile("t", (1 + level) / 2, fit.df)
  for i = 1, t:nrows() do
    local value = values[i]
    columns.fit[i] = value
    if value ~= nil and sigma ~= nil then
      local se = spreads[i] * sigma
      local half, new = wide * se, wide * math.sqrt(se * se + sigma * sigma)
      columns.se[i], columns.lwr[i], columns.upr[i] = se, value - half,
        value + half
      columns.pred_lwr[i], columns.pred_upr[i] = value - new, value + new
    end
  end
  return require("evalua.values").table { columns = columns, order = order,
    types = types, nrows = t:nrows() }
end

--- The fit at the rows of another table, with the bands of the mean (lwr, upr)
--- and of a new observation (pred_lwr, pred_upr) at `level` (0.95); a table of
--- these columns, NA where a row lacks a value. Draper & Smith 1998 (Applied
--- Regression Analysis, p. 82).
---@param t evalua.table
---@param opts { level: number? }?
---@return evalua.table? bands
---@return string? message
---@return string? code
function Fit:predict(t, opts)
  return call("predict", predict, self, t, opts)
end

local COLUMNS = { "coef", "se", "t", "p", "vif" }

--- The coefficients as a table: term, coef, se, t, p, vif.
---@return evalua.table
function Fit:table()
  local columns, types = { term = self.names }, { term = "text" }
  for _, name in ipairs(COLUMNS) do
    columns[name], types[name] = {}, "real"
    local from = name == "p" and self.p_values or self[name]
    for i, term in ipairs(self.names) do columns[name][i] = from[term] end
  end
  return require("evalua.values").table { columns = columns, types = types,
    order = { "term", table.unpack(COLUMNS) }, nrows = #self.names }
end

--- What print shows: the coefficients, then the model.
function Fit:__tostring()
  local lines = { tostring(self:table()), "" }
  local function add(text, ...)
    for i = 1, select("#", ...) do
      if select(i, ...) == nil then return end
    end
    lines[#lines + 1] = text:format(...)
  end
  add("n = %d, missing %d, sigma = %.6g on %d df", self.n, self.missing,
    self.sigma, self.df)
  add("R2 = %.6g, adjusted %.6g", self.r2, self.adj_r2)
  add("F = %.6g on %d and %d df, p = %.4g", self.f, self.df_model, self.df,
    self.p)
  add("Durbin-Watson %.4g", self.durbin_watson)
  add("%s", self.note)
  return table.concat(lines, "\n")
end

--- One-way analysis of variance: `ev.stats.anova(t, "y ~ group")`. Rows without
--- value or group are left out (`missing`). { n missing groups ssb ssw dfb dfw
--- msb msw f p r2 sigma }; nil, message with fewer than two groups, or no more
--- values than groups. Source: src/stats/anova.h.
---@param t evalua.table
---@param text string
---@return table? figures
---@return string? message
---@return string? code
function M.anova(t, text)
  check_table(t)
  local model = formula.parse(text)
  if #model.terms ~= 1 or model.terms[1].kind == "poly" then
    error(("formula '%s': one group was expected: y ~ group"):format(text), 0)
  end
  local y, message, code = formula.column(t, model.response)
  if y == nil then return nil, message, code end
  numbers.named(t, model.terms[1].name)
  local result
  result, message, code = core.stats.anova(y, t, model.terms[1].name)
  if result == nil then return nil, message, code end
  if result.groups < 2 then
    return nil, "an analysis of variance needs two groups with values", "data"
  elseif result.msw == nil then
    return nil, "an analysis of variance needs a group with two values", "data"
  end
  return result
end

return M

--- What summarise computes for each group: `ev.sum "amount"`, `ev.count()`.
--- Missing values are skipped; over no value a summary is NA, a count is 0.

local core = require "evalua.core"
local expr = require "evalua.expr"
local parse = require "evalua.parse"

local M = {}

---@class evalua.aggregate
---@field fn string
---@field of string|evalua.expr|nil a column's name, an expression, a tree
---@field p evalua.decimal|integer|nil of a quantile
---@field name string?
local Aggregate = {}
Aggregate.__index = Aggregate

local functions = {}
for name in parse.aggregate_names:gmatch "[%w_]+" do functions[name] = true end

--- Wrap {name=, fn=, column=|tree=|of=} so that it is known for what it is.
---@param item table
---@return evalua.aggregate
function M.new(item)
  return setmetatable(item, Aggregate)
end

---@param value any
---@return boolean
function M.is(value)
  return getmetatable(value) == Aggregate
end

local function check_of(fn, of)
  if of == nil and fn ~= "count" then
    error(("ev.%s needs a column or an expression"):format(fn), 3)
  end
  if of ~= nil and type(of) ~= "string" and not expr.is_tree(of) then
    error(("ev.%s takes the name of a column or an expression, not a %s")
      :format(fn, type(of)), 3)
  end
end

local function constructor(fn)
  return function(of)
    check_of(fn, of)
    return M.new { fn = fn, of = of }
  end
end

--- Σ of int, decimal or real; exact where the column is.
M.sum = constructor "sum"
--- Rows; with an argument the values that are not missing.
M.count = constructor "count"
--- The exact sum divided once, as a real.
M.mean = constructor "mean"
M.min = constructor "min"
M.max = constructor "max"
--- The first value that is not missing.
M.first = constructor "first"
--- The last value that is not missing.
M.last = constructor "last"
--- How many different values, missing ones apart.
M.n_distinct = constructor "n_distinct"

--- The middle value, or the mean of the two in the middle; a real.
M.median = constructor "median"
--- The sample variance (n - 1), a real; of one value it is NA.
M.var = constructor "var"
--- The sample standard deviation, a real; of one value it is NA.
M.sd = constructor "sd"
--- The group's sum in percent of the sum over all groups, with 6 decimals;
--- NA where that is zero.
M.share = constructor "share"

--- p as an exact number: a float is taken to 15 decimals (0.9 is 0.9).
local function exact_part(p)
  if math.type(p) ~= "float" or not (p >= 0 and p <= 1) then return p end
  return core.decimal.new(math.floor(p * 1e15 + 0.5), 15):trim()
end

local function is_part(p)
  local exact = core.decimal.is(p) or math.type(p) == "integer"
  return exact and p >= 0 and p <= 1
end

--- The p-quantile, 0 <= p <= 1, a real: `ev.quantile("amount", 0.9)`. Type 7
--- of Hyndman & Fan 1996, as in R, numpy and spreadsheets.
---@param of string|evalua.expr
---@param p number|evalua.decimal
---@return evalua.aggregate
function M.quantile(of, p)
  check_of("quantile", of)
  local part = exact_part(p)
  if not is_part(part) then
    error("ev.quantile takes a p from 0 to 1, not " .. tostring(p), 2)
  end
  return M.new { fn = "quantile", of = of, p = part }
end

--- What is aggregated, as a tree; nil for the rows. A text that is the name
--- of a column is that column, any other is an expression.
local function tree_of(item, t)
  if item.tree ~= nil then return item.tree end
  if item.column ~= nil then return expr.column(item.column) end
  if type(item.of) ~= "string" then return item.of end
  if t:has(item.of) then return expr.column(item.of) end
  return parse.expression(item.of, item.fn, 0)
end

--- An item of summarise's list for the core: {name=, fn=, tree=, p=}.
---@param item table
---@param t evalua.table
---@return table
function M.resolve(item, t)
  if type(item) == "string" then
    local list = parse.aggregates(item, 0)
    if #list ~= 1 then error("one summary was expected: " .. item, 0) end
    item = list[1]
  end
  if type(item) ~= "table" or type(item.fn) ~= "string" then
    error("a summary is made by ev.sum, ev.count, ... or a text such as "
      .. "\"sum(amount)\"", 0)
  end
  if not functions[item.fn] then
    error(("there is no summary '%s'; there are: %s"):format(item.fn,
      parse.aggregate_names), 0)
  end
  local tree = tree_of(item, t)
  return { name = item.name or parse.default_name(item.fn, tree, item.p),
    fn = item.fn, tree = tree, p = exact_part(item.p) }
end

--- Names of the map form: those of `order` first, the rest by name.
local function map_names(spec)
  local names, seen = {}, {}
  for _, name in ipairs(spec.order or {}) do
    if spec[name] == nil then
      error(("order names '%s', which is not there"):format(tostring(name)), 0)
    end
    if not seen[name] then names[#names + 1] = name end
    seen[name] = true
  end
  local rest = {}
  for name, item in pairs(spec) do
    local is_order = name == "order" and not M.is(item)
      and type(item) == "table"
    if type(name) == "string" and not is_order and not seen[name] then
      rest[#rest + 1] = name
    end
  end
  table.sort(rest)
  return table.move(rest, 1, #rest, #names + 1, names)
end

--- {{name=, fn=, tree=}, ...} for the core, from any form of summarise.
---@param spec table|string
---@param t evalua.table
---@return table[]
function M.list(spec, t)
  if type(spec) == "string" then return parse.aggregates(spec, 0) end
  if type(spec) ~= "table" then
    error("{name = ev.sum(...)} was expected, not a " .. type(spec), 0)
  end
  if M.is(spec) then spec = { spec } end
  local list = {}
  for i, item in ipairs(spec) do list[i] = M.resolve(item, t) end
  for _, name in ipairs(map_names(spec)) do
    local item = M.resolve(spec[name], t)
    item.name = name
    list[#list + 1] = item
  end
  return list
end

return M

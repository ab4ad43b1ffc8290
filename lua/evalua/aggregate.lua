--- What summarise computes for each group: `ev.sum "amount"`, `ev.count()`.
--- Missing values are skipped; over no value a summary is NA, a count is 0.

local expr = require "evalua.expr"
local parse = require "evalua.parse"

local M = {}

---@class evalua.aggregate
---@field fn string
---@field of string|evalua.expr|nil a column's name, an expression, a tree
---@field name string?
local Aggregate = {}
Aggregate.__index = Aggregate

local functions = { sum = true, count = true, mean = true, min = true,
  max = true, first = true, last = true, n_distinct = true }

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

local function constructor(fn)
  return function(of)
    if of == nil and fn ~= "count" then
      error(("ev.%s needs a column or an expression"):format(fn), 2)
    end
    if of ~= nil and type(of) ~= "string" and not expr.is_tree(of) then
      error(("ev.%s takes the name of a column or an expression, not a %s")
        :format(fn, type(of)), 2)
    end
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

--- What is aggregated, as a tree; nil for the rows. A text that is the name
--- of a column is that column, any other is an expression.
local function tree_of(item, t)
  if item.tree ~= nil then return item.tree end
  if item.column ~= nil then return expr.column(item.column) end
  if type(item.of) ~= "string" then return item.of end
  if t:has(item.of) then return expr.column(item.of) end
  return parse.expression(item.of, item.fn, 0)
end

--- An item of summarise's list for the core: {name=, fn=, tree=}.
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
  return { name = item.name or parse.default_name(item.fn, tree), fn = item.fn,
    tree = tree }
end

return M

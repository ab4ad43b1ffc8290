--- The nodes of column expressions, with their operators and methods.
--- A tree is plain data, {op="subtract", {op="column", name="executed"}, …};
--- which the core evaluates. Comparison is by :eq :ne :lt :le :gt :ge, logic by
--- & | ~, since Lua's own == and < give a boolean and cannot build a tree.

local core = require "evalua.core"

---@class evalua.expr
local Expr = {}

local methods = {}

--- Fields that a node may lack.
local fields = { op = true, name = true, value = true }

local function is_tree(value)
  return getmetatable(value) == Expr
end

local function node(tree)
  return setmetatable(tree, Expr)
end

--- A value as a tree: trees stay, anything else is a literal.
---@param value evalua.expr|evalua.decimal|number|string|boolean
---@param level integer? for error()
---@return evalua.expr
local function tree_of(value, level)
  if is_tree(value) then return value end
  local kind = type(value)
  if kind == "number" or kind == "string" or kind == "boolean"
    or core.decimal.is(value) or value == core.column.NA then
    return node { op = "literal", value = value }
  end
  error(("a %s cannot stand in a column expression%s"):format(kind,
    value == nil and " (a missing value is ev.NA)" or ""), (level or 1) + 1)
end

local function operator(op)
  return function(self, other)
    return node { op = op, tree_of(self, 2), tree_of(other, 2) }
  end
end

local function unary(op)
  return function(a) return node { op = op, tree_of(a, 2) } end
end

Expr.__add = operator "add"
Expr.__sub = operator "subtract"
Expr.__mul = operator "multiply"
Expr.__div = operator "divide"
Expr.__idiv = operator "floor_divide"
Expr.__mod = operator "modulo"
Expr.__pow = operator "power"
Expr.__concat = operator "concat"
Expr.__band = operator "and"
Expr.__bor = operator "or"
Expr.__unm = unary "negate"
Expr.__bnot = unary "not"

function Expr.__bxor()
  error("a ~ b means nothing for columns: ~a is not a, a:ne(b) is unequal", 2)
end

function Expr.__lt()
  error("Lua's < and > cannot build an expression: write a:lt(b) or a:gt(b)",
    2)
end

function Expr.__le()
  error("Lua's <= and >= cannot build an expression: write a:le(b) or a:ge(b)",
    2)
end

function Expr.__len()
  error("the length of a text is ev.col.x:len()", 2)
end

function Expr.__index(_, name)
  local method = methods[name]
  if method == nil and not fields[name] and math.type(name) == nil then
    error(("a column expression has no method '%s'"):format(tostring(name)), 2)
  end
  return method
end

--- The text that the parser reads back as the same tree; but for :eq(ev.NA)
--- and :ne(ev.NA), which it refuses.
function Expr.__tostring(self)
  return core.expr.print(self)
end

for _, name in ipairs { "eq", "ne", "lt", "le", "gt", "ge" } do
  methods[name] = operator(name)
end

--- Functions of the core, as methods of their first argument.
local functions = { "abs", "round", "floor", "min", "max", "lower", "upper",
  "len", "sub", "match", "is_na", "coalesce", "year", "quarter",
  "month", "percent" }

for _, name in ipairs(functions) do
  methods[name] = function(...)
    local call = { op = "call", name = name }
    for i = 1, select("#", ...) do
      call[i] = tree_of((select(i, ...)), 2)
    end
    return node(call)
  end
end

local M = { tree = tree_of, is_tree = is_tree }

--- The column of that name.
---@param name string
---@return evalua.expr
function M.column(name)
  if type(name) ~= "string" then
    error("a column has a string as name, not a " .. type(name), 2)
  end
  return node { op = "column", name = name }
end

--- Trees that the parser made get the operators too.
M.node = node

return M

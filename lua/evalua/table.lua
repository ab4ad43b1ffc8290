--- The verbs of evalua.table, and what turns a table into Lua values or text.
--- A verb gives a new table; the old one stays. Wrong use raises; what the
--- data cannot give (a sum that leaves 64 bits) is nil, message, code.
---
--- An expression is a text in Lua syntax (`"executed > 1.1 * original"`), a
--- tree of ev.col, or a constant (ev.decimal, number, boolean, ev.NA).

local blame = require "evalua.blame"
local core = require "evalua.core"
local expr = require "evalua.expr"
local grouped = require "evalua.grouped"
local parse = require "evalua.parse"

local verbs = core.verbs

---@class evalua.table
local Table = core.table.methods

local raise, call = blame.new(debug.getinfo(1, "S").source)

--- The tree of an expression that a verb was given.
local function tree_of(what, value)
  if type(value) == "string" then
    return call(what, parse.expression, value, nil, 0)
  end
  local ok, tree = pcall(expr.tree, value)
  if ok then return tree end
  raise(what, "an expression was expected, not a " .. type(value))
end

--- Names given as arguments or as one list.
local function names_of(what, ...)
  local names = { ... }
  if type(names[1]) == "table" then names = names[1] end
  if expr.is_tree(names) then
    raise(what, "names of columns were expected, not an expression")
  end
  for at, name in pairs(names) do
    if type(name) ~= "string" then
      raise(what, ("names of columns were expected, not a %s")
        :format(type(name)))
    elseif type(at) == "string" then
      raise(what, ("names of columns were expected, not '%s ='"):format(at))
    end
  end
  return names
end

-- Rows ----------------------------------------------------------------------

--- The rows for which `condition` is true; where it is false or NA they go.
---@param condition string|evalua.expr
---@return evalua.table? t
---@return string? message
---@return string? code
function Table:where(condition)
  if type(condition) == "boolean" then
    raise("where", ("an expression was expected, not %s: Lua's == and < "
      .. "cannot build one, write ev.col.x:eq(y) or the text \"x == y\"")
      :format(tostring(condition)))
  end
  return call("where", verbs.where, self, tree_of("where", condition))
end

--- Sorted by columns: `t:arrange("-total", "name")`, a minus sorts downwards.
--- Stable; missing values stand last either way.
---@param ... string
---@return evalua.table? t
function Table:arrange(...)
  return call("arrange", verbs.arrange, self, names_of("arrange", ...))
end

--- Each combination of the columns (none named: of all) once, in order of
--- first appearance.
---@param ... string
---@return evalua.table? t
function Table:distinct(...)
  local names = names_of("distinct", ...)
  if #names == 0 then names = self:names() end
  return call("distinct", verbs.distinct, self, names)
end

local function check_count(what, n)
  n = n == nil and 6 or n
  if math.type(n) ~= "integer" or n < 0 then
    raise(what, "a number of rows was expected, not " .. tostring(n))
  end
  return n
end

--- The first n rows (6).
---@param n integer?
---@return evalua.table? t
function Table:head(n)
  return core.table.slice(self, 1, check_count("head", n))
end

--- The last n rows (6).
---@param n integer?
---@return evalua.table? t
function Table:tail(n)
  n = math.min(check_count("tail", n), self:nrows())
  return core.table.slice(self, self:nrows() - n + 1, self:nrows())
end

--- This table's rows, then those of the others; columns by name.
---@param ... evalua.table
---@return evalua.table? t
---@return string? message
function Table:bind_rows(...)
  local all = { self, ... }
  for _, t in ipairs(all) do
    if not core.table.is(t) then
      raise("bind_rows", "a table was expected, not a " .. blame.kind_of(t))
    end
  end
  return core.table.bind_rows(all)
end

-- Columns -------------------------------------------------------------------

--- Only these columns, in this order.
---@param ... string
---@return evalua.table
function Table:select(...)
  return call("select", core.table.select, self, names_of("select", ...))
end

--- `t:rename { new = "old" }`.
---@param map table<string, string>
---@return evalua.table
function Table:rename(map)
  return call("rename", core.table.rename, self, map)
end

--- {{name, expr}, ...} from either form of mutate.
local function assignments(spec)
  local list = {}
  if spec[1] ~= nil then
    for i, item in ipairs(spec) do
      if type(item) ~= "table" or type(item[1]) ~= "string"
        or item[2] == nil then
        raise("mutate", ("item %d is not {name, expression}"):format(i))
      end
      list[i] = item
    end
    return list
  end
  for name, value in pairs(spec) do
    if type(name) ~= "string" then
      raise("mutate", "{name = expression} was expected")
    end
    list[#list + 1] = { name, value }
  end
  table.sort(list, function(a, b) return a[1] < b[1] end)
  return list
end

--- The values of a new column that are given as a list or by a function of
--- the row; nil for an expression.
local function values_of(t, name, given)
  if type(given) == "function" then
    local values = {}
    for i, row in t:rows() do values[i] = given(row) end
    return values
  end
  if type(given) ~= "table" or getmetatable(given) ~= nil
    or given.op ~= nil then
    return nil
  end
  for i in pairs(given) do
    if math.type(i) ~= "integer" or i < 1 or i > t:nrows() then
      raise("mutate", ("'%s': a list of %d values was expected, one for each "
        .. "row, and it has a place %s"):format(name, t:nrows(), tostring(i)))
    end
  end
  return given
end

local function with_values(t, name, values)
  local made, message, code = require("evalua.values").table {
    columns = { [name] = values }, nrows = t:nrows() }
  if made == nil then return nil, message, code end
  return core.table.with(t, name, made:column(name))
end

--- New or replaced columns: `t:mutate { diff = "executed - original" }`, done
--- in the order of their names; where the order matters (each one sees those
--- before it) `t:mutate { {"diff", "…"}, {"rate", "…"} }`. What no expression
--- says may be a list of values, one for each row, or a function of the row
--- (`function(row) return row.name:reverse() end`); nil is missing.
---@param spec table
---@return evalua.table? t
---@return string? message
---@return string? code
function Table:mutate(spec)
  if type(spec) ~= "table" or expr.is_tree(spec) then
    raise("mutate", "{name = expression} was expected")
  end
  local t = self
  for _, item in ipairs(assignments(spec)) do
    local message, code
    local values = values_of(t, item[1], item[2])
    if values ~= nil then
      t, message, code = with_values(t, item[1], values)
    else
      t, message, code = call("mutate", verbs.mutate, t, item[1],
        tree_of("mutate", item[2]))
    end
    if t == nil then return nil, message, code end
  end
  return t
end

-- Groups --------------------------------------------------------------------

--- Groups for summarise: `t:group_by("unit", "year"):summarise { … }`.
--- A missing key is a key of its own.
---@param ... string
---@return evalua.grouped
function Table:group_by(...)
  local keys = names_of("group_by", ...)
  for _, key in ipairs(keys) do call("group_by", self.column, self, key) end
  return grouped.new(self, keys)
end

--- The summaries over all rows: always one row.
---@param spec table|string
---@return evalua.table? t
---@return string? message
---@return string? code
function Table:summarise(spec)
  return grouped.new(self, {}):summarise(spec)
end

--- How many rows there are of each combination of the columns.
---@param ... string
---@return evalua.table? t
function Table:count(...)
  local keys = names_of("count", ...)
  return call("count", self.group_by, self, keys):count()
end

-- Out of the table ----------------------------------------------------------

--- `for i, row in t:rows() do`: rows as Lua tables, NA as nil.
---@return fun(): integer?, table?
function Table:rows()
  local i = 0
  return function()
    i = i + 1
    local row = self[i]
    if row ~= nil then return i, row end
  end
end

--- All rows as an array of Lua tables; decimals stay ev.decimal, NA is nil.
---@return table[]
function Table:to_rows()
  local rows = {}
  for i = 1, self:nrows() do rows[i] = self[i] end
  return rows
end

--- The values of an expression, one for each row.
---@param value string|evalua.expr
---@return evalua.column? column
---@return string? message
---@return string? code
function Table:eval(value)
  return call("eval", verbs.eval, self, tree_of("eval", value))
end

--- New columns that look at other rows of their group: see evalua.window.
---@param spec table
---@return evalua.table? t
---@return string? message
---@return string? code
function Table:window(spec)
  return call("window", core.window.apply, self,
    call("window", require("evalua.window").arguments, spec))
end

--- Variance of groups of rows: see evalua.variance.
---@param opts table
---@return evalua.table result
---@return table[] notes
function Table:variance(opts)
  return blame.outside(require("evalua.variance").variance, self, opts)
end

--- The table as aligned text, the first rows of a long one: what print shows.
---@return string
function Table:show() return require("evalua.show").text(self) end

--- Write by suffix: csv, json (every digit kept), md, html, txt. The file is
--- complete or not there.
---@param path string
---@return boolean? ok
---@return string? message
---@return string? code
function Table:write(path)
  return call("write", require("evalua.show").write, self, path)
end

-- Verbs of files that are loaded when one of them is used.
local later = { pivot_longer = "evalua.pivot", pivot_wider = "evalua.pivot",
  rollup = "evalua.rollup", ytd = "evalua.calendar", yoy = "evalua.calendar",
  rolling12 = "evalua.calendar", fiscal = "evalua.calendar",
  pefa = "evalua.pefa", flex = "evalua.decompose",
  decompose = "evalua.decompose", bridge = "evalua.bridge",
  execution_rate = "evalua.execution",
  trend = "evalua.trend", unusual = "evalua.unusual" }
for _, name in ipairs { "describe", "outliers", "xmr", "benford",
  "round_numbers", "duplicates", "pettitt", "regress" } do
  later[name] = "evalua.stats.tables"
end
later.trace = "evalua.trace_source"
later.forecast, later.backtest = "evalua.forecast", "evalua.forecast"
for _, word in ipairs { "audit", "foot", "cross_foot", "tie_out" } do
  later[word] = "evalua.audit.methods"
end
later.outturn, later.phase = "evalua.outturn", "evalua.phase"
for _, kind in ipairs { "left", "inner", "full", "right", "semi", "anti" } do
  later[kind .. "_join"] = "evalua.join"
end

return setmetatable(Table, { __index = function(_, name)
  if later[name] == nil then return nil end
  require(later[name])
  return rawget(Table, name)
end })

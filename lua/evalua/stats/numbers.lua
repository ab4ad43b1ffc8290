--- What every statistic is given, as a column of exact numbers where possible.

local blame = require "evalua.blame"
local core = require "evalua.core"
require "evalua.table"

local M = {}

local NA = core.column.NA
local Column = getmetatable(core.column.new({}, 0))

--- Whether a value is a column of a table.
---@param x any
---@return boolean
function M.is_column(x)
  return type(x) == "userdata" and getmetatable(x) == Column
end

local function none_there(x, n)
  for i = 1, n do
    if x[i] ~= nil and x[i] ~= NA then return false end
  end
  return true
end

local function from_array(x, arg)
  local n = math.tointeger(x.n) or #x
  if none_there(x, n) then return core.column.new({}, n, "int") end
  local ok, column, message, code = pcall(core.column.new, x, n)
  if not ok then error(arg .. ": " .. column, 0) end
  return column, message, code
end

--- An array of numbers or a numeric column as a column of ints or decimals,
--- of reals only where they are not decimals of at most 15 digits. Raises
--- "arg: …" for anything else; nil, message, code for a value that is infinite
--- or no number.
---@param x table|evalua.column
---@param arg string? the argument, for messages ("x")
---@return evalua.column? column
---@return string? message
---@return string? code
function M.column(x, arg)
  arg = arg or "x"
  local column = x
  if type(x) == "table" and getmetatable(x) == nil then
    local message, code
    column, message, code = from_array(x, arg)
    if column == nil then return nil, message, code end
  elseif not M.is_column(x) then
    error(("%s: an array of numbers or a column was expected, not a %s")
      :format(arg, type(x)), 0)
  end
  if not column:is_number() then
    error(("%s: numbers were expected, not %s"):format(arg, column:type()), 0)
  end
  return core.stats.exact(column)
end

--- Raises for a field of `opts` that is not among `known`.
---@param opts table?
---@param known table<string, boolean>
---@return table opts
function M.options(opts, known)
  if opts == nil then return {} end
  if type(opts) ~= "table" then
    error("a table of options was expected, not a " .. type(opts), 0)
  end
  local problem = blame.stranger(opts, known)
  if problem ~= nil then error(problem, 0) end
  return opts
end

--- The column of a table by its name; raises plain text where there is none.
---@param t evalua.table
---@param name string
---@return evalua.column
function M.named(t, name)
  local ok, column = pcall(t.column, t, name)
  if not ok then error(column, 0) end
  return column
end

--- The table with the column of a name as exact amounts: reals that all are
--- decimals of at most 15 digits are taken for these; raises for others.
---@param t evalua.table
---@param name string
---@return evalua.table? t
---@return string? message
---@return string? code
function M.with_exact(t, name)
  local column = M.named(t, name)
  local found = column
  if column:type() == "real" then
    local message, code
    found, message, code = core.stats.exact(column)
    if found == nil then return nil, ("'%s': %s"):format(name, message), code end
  end
  local kind = found:type()
  if kind ~= "int" and not kind:find "^decimal" then
    error(("'%s' is %s, not exact amounts"):format(name, kind), 0)
  end
  return found == column and t or core.table.with(t, name, found)
end

--- A cell of a numeric column as a float.
---@param value number|evalua.decimal
---@return number
function M.float(value)
  return type(value) == "number" and value + 0.0 or value:number()
end

--- Raises where a value is none of the words.
---@param what string
---@param value any
---@param words string[]
function M.one_of(what, value, words)
  for _, word in ipairs(words) do
    if word == value then return end
  end
  error(("%s is one of %s, not %s"):format(what, table.concat(words, ", "),
    tostring(value)), 0)
end

--- The level of an interval: opts.level, 0.95 unless said.
---@param opts table
---@return number
function M.level(opts)
  local level = opts.level or 0.95
  if type(level) == "number" and level > 0 and level < 1 then return level end
  error("level is a number between 0 and 1, not " .. tostring(level), 0)
end

return M

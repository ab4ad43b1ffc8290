--- The values that a script writes down: decimals, NA, small tables.

local blame = require "evalua.blame"
local core = require "evalua.core"

local raise = blame.new(debug.getinfo(1, "S").source)

local M = {}

--- What stands for a missing cell where nil cannot stand.
M.NA = core.column.NA

--- An exact number: `ev.decimal "1,050.30"`, `ev.decimal(12)`.
--- Arithmetic (+ - *) and comparison are exact; `a:divide(b, places)` says how
--- to round. Raises when the text is no number of at most 18 digits.
---@param value string|integer|evalua.decimal
---@return evalua.decimal
function M.decimal(value)
  if core.decimal.is(value) then return value end
  if math.type(value) == "integer" then return core.decimal.new(value, 0) end
  if math.type(value) == "float" then
    error("ev.decimal takes text or a whole number, since a float is not "
      .. "exact: write ev.decimal \"" .. tostring(value) .. "\"", 2)
  end
  if type(value) ~= "string" then
    error("ev.decimal takes text or a whole number, not a " .. type(value), 2)
  end
  local number, problem = core.decimal.parse(value)
  if number == nil then error(problem, 2) end
  return number
end

--- Names in the order asked for, then the others by name.
local function ordered_names(set, order)
  local names, seen = {}, {}
  for _, name in ipairs(order or {}) do
    if not seen[name] then names[#names + 1] = name end
    seen[name] = true
  end
  local rest = {}
  for name in pairs(set) do
    if not seen[name] then rest[#rest + 1] = name end
  end
  table.sort(rest)
  return table.move(rest, 1, #rest, #names + 1, names)
end

local function build(names, arrays, nrows, types)
  local columns = {}
  for i, name in ipairs(names) do
    local array = arrays[name] or {}
    local kind = types and types[name]
    local ok, column, message, code = pcall(core.column.new, array, nrows,
      kind)
    if not ok then raise("ev.table", ("column '%s': %s"):format(name, column)) end
    if column == nil then return nil, message, code end
    columns[i] = column
  end
  return core.table.new(names, columns, nrows)
end

local function from_rows(rows)
  local arrays, order = {}, rows.order
  for i, row in ipairs(rows) do
    if type(row) ~= "table" then
      raise("ev.table", ("row %d is a %s, not a table"):format(i, type(row)))
    end
    for name, value in pairs(row) do
      if type(name) ~= "string" then
        raise("ev.table", ("row %d: a column's name is a string"):format(i))
      end
      arrays[name] = arrays[name] or {}
      arrays[name][i] = value
    end
  end
  return build(ordered_names(arrays, order), arrays, #rows, rows.types)
end

local function longest(arrays)
  local n = 0
  for _, array in pairs(arrays) do n = math.max(n, array.n or #array) end
  return n
end

--- A table from Lua values: an array of rows `{ {name=…, …}, … }` or columns
--- `{ columns = { a = {…}, … } }`. `order` lists columns that come first, the
--- others follow by name; `types` may fix a type, `{ a = "decimal(2)" }`.
--- nil and ev.NA are missing. Strings stay text, unless the type is "year",
--- "quarter", "month" or "day".
---@param spec table
---@return evalua.table? t
---@return string? message
---@return string? code
function M.table(spec)
  if type(spec) ~= "table" then
    raise("ev.table", "a table was expected, not a " .. type(spec))
  end
  require "evalua.table"
  if spec.columns == nil then return from_rows(spec) end
  local names = ordered_names(spec.columns, spec.order)
  local nrows = spec.nrows or longest(spec.columns)
  return build(names, spec.columns, nrows, spec.types)
end

return M

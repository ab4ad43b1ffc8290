--- Tables as cells for charts: rows that share their keys are summed first,
--- exactly where the column is exact.
local amount = require "evalua.chart.amount"
local col = require "evalua.col"
local limit = require "evalua.chart.limit"

local M = {}

local function is_number(kind)
  return kind == "int" or kind == "real" or kind:find "^decimal"
end

--- Raise where a column is not there or not numbers. An empty one has no
--- type worth a word.
function M.check_amount(t, name)
  local column = t:column(name)
  local kind = column:type()
  if is_number(kind) or column:missing() == t:nrows() then return end
  limit(("column '%s' is %s, not numbers: it cannot be an amount"):format(name,
    kind), "data")
end

--- One role's sums by key, from a column, or from the rows of a version.
local function sums(t, keys, name, opts)
  local column = name
  if opts.phase then
    M.check_amount(t, opts.amount)
    column = opts.amount
    local kind = t:column(opts.phase):type()
    local value = kind == "int" and math.tointeger(tonumber(name)) or name
    t = t:where(col[opts.phase]:eq(value))
    if t:nrows() == 0 then M.no_version(opts.phase, name, opts.table) end
  else
    M.check_amount(t, name)
    if not is_number(t:column(name):type()) then return nil end
  end
  local result, message = t:group_by(keys):summarise {
    { name = "\1sum", fn = "sum", column = column } }
  if result == nil then limit(message, "data") end
  return result
end

--- Raise: the version is not among those of the column.
function M.no_version(phase, name, t)
  local there = {}
  for _, row in t:distinct(phase):rows() do
    there[#there + 1] = tostring(row[phase])
  end
  limit(("no row has %s '%s'; there are: %s"):format(phase, tostring(name),
    table.concat(there, ", ")), "data")
end

local function key_text(row, keys)
  local parts = {}
  for i, key in ipairs(keys) do
    local value = row[key]
    parts[i] = value == nil and "\2" or type(value) .. tostring(value)
  end
  return table.concat(parts, "\1")
end

---@class Cell
---@field keys any[] values of the keys; nil is missing
---@field [string] any a decimal under each role's name, nil is missing

--- A cell for every combination of keys, in order of first appearance, with
--- the sums of the roles' columns.
---@param keys string[]
---@param roles table<string, string> role -> column (or version with phase)
---@param opts { phase: string?, amount: string? }
---@return Cell[]
function M.cells(t, keys, roles, opts)
  for _, key in ipairs(keys) do t:column(key) end
  if opts.phase then t:column(opts.phase) end
  local context = { phase = opts.phase, amount = opts.amount, table = t }
  local cells, index = {}, {}
  for _, row in t:distinct(keys):rows() do
    local cell = { keys = {} }
    for i, key in ipairs(keys) do cell.keys[i] = row[key] end
    cells[#cells + 1] = cell
    index[key_text(row, keys)] = cell
  end
  local names = {}
  for role in pairs(roles) do names[#names + 1] = role end
  table.sort(names)
  for _, role in ipairs(names) do
    local result = sums(t, keys, roles[role], context)
    for i = 1, result and result:nrows() or 0 do
      local row = result[i]
      local cell = index[key_text(row, keys)]
      cell[role] = amount.decimal(row["\1sum"])
    end
  end
  return cells
end

return M

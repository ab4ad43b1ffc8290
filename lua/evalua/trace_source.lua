--- The figures of a variance, or a sum of a column, followed to the lines of
--- the source they are from.

local amount = require "evalua.variance.amount"
local blame = require "evalua.blame"
local core = require "evalua.core"
local origin = require "evalua.origin"
local trace = require "evalua.trace"

local M = {}

local raise = blame.new(debug.getinfo(1, "S").source)

--- Options that name a column or a version.
local known = { by = true, base = true, actual = true, value = true,
  phase = true, amount = true, row = true, unit = true }

local function check(o)
  for _, name in ipairs { "base", "actual" } do
    if o[name] == nil and o.value == nil then
      error("trace what? name --value COL, or --base COL and --actual COL", 0)
    end
  end
  if (o.phase == nil) ~= (o.amount == nil) then
    error("the long form needs both --phase and --amount", 0)
  end
  local by, row = o.by or {}, o.row
  if row ~= nil and #row ~= #by then
    error(("--row names %d keys, --by %d columns"):format(#row, #by), 0)
  end
end

local function text_of(value)
  return value == nil and "" or tostring(value)
end

--- Numbers of the rows that have the keys asked for; all without keys.
local function rows_with(t, by, keys)
  local rows = {}
  local columns = {}
  for i, name in ipairs(by) do columns[i] = t:column(name) end
  for r = 1, t:nrows() do
    local fits = true
    for i, column in ipairs(columns) do
      fits = fits and (keys == nil or text_of(column[r]) == keys[i])
    end
    if fits then rows[#rows + 1] = r end
  end
  return rows
end

--- The parts of a sum over a column, of the rows where `phase` is `version`.
local function parts_of(from, rows, column, phase, version)
  local values = from.table:column(column)
  local phases = phase and from.table:column(phase)
  local parts = {}
  for _, r in ipairs(rows) do
    local value = amount.of(values[r])
    if value ~= nil and type(value) == "string" then
      error(("%s: column \"%s\": \"%s\" is not a number"):format(
        from:place(r), column, value), 0)
    end
    if value ~= nil and (phases == nil or text_of(phases[r]) == version) then
      local part = from:part(r, column)
      part.value = value
      parts[#parts + 1] = part
    end
  end
  return parts
end

local function sum_of(parts)
  local values = {}
  for i, part in ipairs(parts) do values[i] = part.value end
  local sum = amount.sum(values, {})
  if sum == nil then error("the sum does not fit in 64 bits", 0) end
  return sum
end

--- A figure that is the sum of a column. Amounts that were written with
--- exponents are doubles: their sum is no promise.
local function add_sum(ledger, id, name, parts, unit)
  local sum = sum_of(parts)
  return ledger:add { id = id, name = name, value = sum, unit = unit,
    operation = type(sum) == "userdata" and "sum" or "sum of doubles",
    parts = parts }
end

local function percent(ledger, id, name, part, whole, formula, parts)
  return ledger:add { id = id, name = name, unit = "%",
    value = amount.percent(part, whole), operation = formula, parts = parts }
end

--- Figures of a variance: base, actual, variance, variance_pct, rate_pct.
local function add_variance(ledger, from, rows, o, unit)
  local sides = {}
  for _, side in ipairs { "base", "actual" } do
    local column = o.phase and o.amount or o[side]
    sides[side] = add_sum(ledger, side, o[side], parts_of(from, rows, column,
      o.phase, o[side]), unit)
  end
  local base, actual = sides.base.value, sides.actual.value
  local difference = amount.difference(actual, base)
  if difference == nil then error("the variance does not fit in 64 bits", 0) end
  ledger:add { id = "variance", name = ("%s − %s"):format(o.actual, o.base),
    value = difference, unit = unit,
    operation = type(difference) == "userdata" and "sum" or "actual - base",
    parts = { { figure = "actual", role = "actual" },
      { figure = "base", role = "base", weight = -1 } } }
  percent(ledger, "variance_pct", "variance %", difference, base,
    "100 * variance / base", { { figure = "variance", role = "variance" },
      { figure = "base", role = "base" } })
  percent(ledger, "rate_pct", "rate", actual, base, "100 * actual / base",
    { { figure = "actual", role = "actual" },
      { figure = "base", role = "base" } })
end

local function ledger_of(from, o)
  local rows = rows_with(from.table, o.by or {}, o.row)
  if #rows == 0 then
    error(("no row has the keys %s"):format(table.concat(o.row or {}, ", ")),
      0)
  end
  local ledger = trace.ledger()
  if o.value ~= nil then
    add_sum(ledger, "value", o.value, parts_of(from, rows, o.value), o.unit)
  else
    add_variance(ledger, from, rows, o, o.unit)
  end
  return ledger
end

local function guarded(f, ...)
  local ok, result = pcall(f, ...)
  if ok then return result end
  return nil, (tostring(result):gsub("^[^\n]-%.lua:%d+: ", "", 1)), "data"
end

--- The ledger of a source: figure "value", or those of a variance.
---@param path string
---@param opts table base= actual= [phase= amount=] or value=; by= and row=
---  (lists): only the rows with these keys; where=, options of source.open
---@return evalua.trace.ledger? ledger
---@return string? message
---@return string? code
function M.ledger(path, opts)
  local ok, message = pcall(check, opts)
  if not ok then return nil, message, "usage" end
  local from, problem, code = origin.open(path, opts)
  if from == nil then return nil, problem, code end
  return guarded(ledger_of, from, opts)
end

local function list_of(value)
  if value == nil or type(value) == "table" then return value end
  return { value }
end

--- `t:trace { by =, row =, base =, actual = }`: the figure's parts as a table;
--- places are rows of the table. `figure` picks one (variance; value).
---@param t evalua.table
---@param opts table
---@return evalua.table? result
---@return string? message
---@return string? code
function M.of_table(t, opts)
  local o = {}
  for name, value in pairs(opts) do
    if name ~= "figure" then o[name] = value end
  end
  blame.check_names(raise, "trace", o, known)
  o.figure = opts.figure
  o.by, o.row = list_of(o.by), list_of(o.row)
  local ok, message = pcall(check, o)
  if not ok then error("trace: " .. message, 3) end
  local ledger, problem, code = guarded(ledger_of, origin.of(t), o)
  if ledger == nil then return nil, problem, code end
  return trace.table(ledger, o.figure or (o.value and "value" or "variance"))
end

core.table.methods.trace = M.of_table

return M

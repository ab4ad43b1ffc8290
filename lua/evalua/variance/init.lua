--- Variance of actual against budget, line by line, with exact amounts.
---
--- variance = actual − base, always; what is favourable is judged by the kind
--- of account. Shares are recomputed at every level from the sums, never from
--- the shares below.

local core = require "evalua.core"
local amount = require "evalua.variance.amount"
local fields = require "evalua.variance.fields"
local leaves = require "evalua.variance.leaves"
local tree = require "evalua.variance.tree"

local M = {}

local known_options = {
  by = true, base = true, actual = true, kind = true, phase = true,
  amount = true, total = true, rollup = true, net = true, sort = true,
  top = true, depth = true, material_amount = true, material_pct = true,
  expense_sign = true,
}

local function check_options(opts)
  if type(opts) ~= "table" then
    error("variance: {base =, actual =, by =} was expected", 3)
  end
  for name in pairs(opts) do
    if not known_options[name] then
      error(("variance has no option '%s'"):format(tostring(name)), 3)
    end
  end
  for _, name in ipairs { "base", "actual" } do
    if opts[name] == nil then
      error(("variance needs the option '%s'"):format(name), 3)
    end
  end
  if (opts.phase == nil) ~= (opts.amount == nil) then
    error("the long form needs both 'phase' and 'amount'", 3)
  end
end

--- The result has columns of its own: a by-column cannot share their names.
local function check_names(by)
  local seen, own = {}, { level = true }
  for _, field in ipairs(fields) do own[field] = true end
  for _, name in ipairs(by) do
    if seen[name] then
      error(("--by names the column '%s' twice"):format(name), 0)
    end
    seen[name] = true
    if own[name] then
      error(("a by-column cannot be called '%s', since the report has a "
        .. "column of that name: rename it"):format(name), 0)
    end
  end
end

local function list_of(value)
  if value == nil then return {} end
  return type(value) == "table" and value or { value }
end

--- A threshold as an exact number.
local function threshold(opts, name)
  local value = opts[name]
  if value == nil then return nil end
  if math.type(value) == "float" then value = tostring(value) end
  local number = value
  if type(value) == "string" then number = core.decimal.parse(value) end
  if number == nil then
    error(("%s: '%s' is not a number"):format(name, value), 3)
  end
  if amount.sign(amount.of(number)) < 0 then
    error(("%s: '%s' is below zero"):format(name, value), 3)
  end
  return amount.of(number)
end

local function status_of(base, actual, difference)
  if base == 0 and actual == 0 then return "on" end
  if base == 0 then return "unbudgeted" end
  if actual == 0 then return "unspent" end
  return difference > 0 and "over" or difference < 0 and "under" or "on"
end

local function favourable_of(kind, difference)
  if difference == 0 or kind == "net" or kind == "mixed" then return nil end
  return (difference > 0) == (kind == "revenue")
end

--- Both thresholds must hold when both are given; where there is no percent,
--- the amount decides (any amount, when no amount was named).
local function material_of(row, limits)
  if limits.amount == nil and limits.pct == nil then return nil end
  local size = amount.magnitude(row.variance)
  local enough = limits.amount == nil and not amount.is_zero(size)
    or limits.amount ~= nil and amount.at_least(size, limits.amount)
  if limits.pct == nil or row.variance_pct == nil then return enough end
  local share = amount.magnitude(row.variance_pct)
  return enough and amount.at_least(share, limits.pct)
end

--- Everything about a row that follows from its base, actual and kind; false
--- when the variance does not fit.
local function judge(row, limits)
  local base, actual, difference
  row.variance, row.variance_pct, row.rate_pct, base, actual, difference =
    amount.compare(row.actual, row.base)
  if row.variance == nil then return false end
  row.status = status_of(base, actual, difference)
  row.favourable = favourable_of(row.kind, difference)
  row.material = material_of(row, limits)
  return true
end

--- Where one side is real, all amounts are.
local function make_real(rows)
  for _, row in ipairs(rows) do
    for i = 1, 5 do row[fields[i]] = amount.number(row[fields[i]]) end
  end
end

local function to_table(rows, by, types, with_level)
  if types.amount == "real" then make_real(rows) end
  local order = table.move(by, 1, #by, 1, {})
  table.move(fields, 1, #fields, #order + 1, order)
  if with_level then order[#order + 1] = "level" end
  local columns, fixed = {}, { status = "text", favourable = "bool",
    material = "bool", level = "int", variance_pct = types.percent,
    rate_pct = types.percent, base = types.amount, actual = types.amount,
    variance = types.amount }
  for i, name in ipairs(by) do fixed[name] = types.by[i] end
  for _, name in ipairs(order) do columns[name] = {} end
  for r, row in ipairs(rows) do
    for i, name in ipairs(by) do columns[name][r] = row.keys[i] end
    for _, name in ipairs(fields) do columns[name][r] = row[name] end
    if with_level then columns.level[r] = row.level end
  end
  local values = require "evalua.values"
  return values.table { columns = columns, order = order, types = fixed,
    nrows = #rows }
end

--- Variance of every group of rows.
---
--- Wide form: `base` and `actual` name columns. Long form: `phase` names the
--- column that tells the versions apart, `amount` the one with the amounts,
--- `base` and `actual` are versions in it. A side without any value stays NA
--- and counts 0. `kind` is "expense" (default), "revenue" or a column.
---
--- Options: by (name or list), total, rollup (subtotals for each leading part
--- of `by`), net (add revenue − expense), sort ("col" or "-col"), top, depth,
--- material_amount (in the source's unit), material_pct, expense_sign.
---
--- Columns of the result: those of `by`, then base actual variance
--- variance_pct rate_pct status favourable material, and with total or rollup
--- level (0 is the grand total). Percents have 6 decimals, half-even.
---@param t evalua.table
---@param opts table
---@return evalua.table result
---@return table[] notes each an English pattern and its values
function M.variance(t, opts)
  check_options(opts)
  local limits = { amount = threshold(opts, "material_amount"),
    pct = threshold(opts, "material_pct") }
  local by = list_of(opts.by)
  check_names(by)
  local found, notes = leaves.collect(t, by, opts)
  local rows = tree.rows(found.rows, #by, {
    total = opts.total, rollup = opts.rollup, net = opts.net,
    sort = opts.sort, top = opts.top, depth = opts.depth, by = by,
    base = tostring(opts.base), actual = tostring(opts.actual),
    judge = function(row) return judge(row, limits) end,
  }, notes)
  local with_level = opts.total or opts.rollup or opts.depth ~= nil
  local result, message = to_table(rows, by, found.types, with_level)
  if result == nil then error(message, 0) end
  return result, notes
end

return M

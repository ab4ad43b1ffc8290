--- Variance of actual against budget, line by line, with exact amounts.
---
--- variance = actual − base, always; what is favourable is judged by the kind
--- of account. Shares are recomputed at every level from the sums, never from
--- the shares below.

local blame = require "evalua.blame"
local core = require "evalua.core"
local leaves = require "evalua.variance.leaves"

local M = {}

--- What a variance says of every row, in the order of its columns.
local fields = { "base", "actual", "variance", "variance_pct", "rate_pct",
  "status", "favourable", "material" }

local known_options = { "by", "base", "actual", "kind", "phase", "amount",
  "total", "rollup", "net", "sort", "top", "depth", "material_amount",
  "material_pct", "expense_sign" }

local raise = blame.new(debug.getinfo(1, "S").source)

local function check_options(opts)
  if type(opts) ~= "table" then
    error("variance: {base =, actual =, by =} was expected", 3)
  end
  blame.check_names(raise, "variance", opts, known_options)
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
  if number < core.decimal.new(0, 0) then
    error(("%s: '%s' is below zero"):format(name, value), 3)
  end
  return number
end

--- The column to sort by, and whether downwards.
local function sort_of(sort, by)
  if sort == nil then return nil, false end
  local name = sort:gsub("^%-", "")
  local names = table.move(by, 1, #by, 1, {})
  table.move(fields, 1, #fields, #names + 1, names)
  for _, there in ipairs(names) do
    if there == name then return name, name ~= sort end
  end
  error(("cannot sort by '%s'; there are: %s"):format(name,
    table.concat(names, ", ")), 0)
end

--- What core.variance.rows says beside its rows, as notes.
local function add_notes(notes, found)
  if found.left_out ~= nil then
    local count = tostring(found.left_out)
    notes[#notes + 1] = found.vary_by == nil
      and { "rows not shown: %s", count }
      or { "rows not shown: %s; together they vary by %s", count,
        found.vary_by }
  end
  if found.mixed then
    notes[#notes + 1] = { "revenue and expense are not added up: ask for "
      .. "revenue minus expense with --net" }
  end
  if found.no_share then
    notes[#notes + 1] = { "a share beyond 9.2 trillion percent is not "
      .. "written out" }
  end
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
  local limit = threshold(opts, "material_amount")
  local share = threshold(opts, "material_pct")
  local by = list_of(opts.by)
  check_names(by)
  local sort, descending = sort_of(opts.sort, by)
  local lines, what, notes = leaves.collect(t, by, opts)
  what.by, what.sort, what.descending = by, sort, descending
  what.material_amount, what.material_pct = limit, share
  what.total, what.rollup = not not opts.total, not not opts.rollup
  what.net, what.flip = not not opts.net, opts.expense_sign == "negative"
  what.depth, what.top = opts.depth, opts.top
  what.level = what.total or what.rollup or opts.depth ~= nil
  what.base_name, what.actual_name = tostring(opts.base), tostring(opts.actual)
  local result, found = core.variance.rows(lines, what)
  if result == nil then error(found, 0) end
  add_notes(notes, found)
  return result, notes
end

return M

--- Bridges: the steps that lead from one sum to another, as rows for a
--- waterfall chart or a table.
---
---     t:bridge { levels = { "original", "adjusted", "executed" },
---       by = "nature" }
---     t:flex { … }:bridge { base = "static", actual = "actual",
---       steps = { "volume_variance", "flexible_variance" } }

local blame = require "evalua.blame"
local core = require "evalua.core"
local values = require "evalua.values"

local M = {}

---@class evalua.table
local Table = core.table.methods

local raise, call = blame.new(debug.getinfo(1, "S").source)

local WHAT = "bridge"

local function list_of(field, value)
  if value == nil then return nil end
  if type(value) == "string" then return { value } end
  if type(value) == "table" then return value end
  raise(WHAT, ("%s is the name of a column or a list of them, not a %s")
    :format(field, type(value)))
end

--- The levels, the by-column or the steps that were asked for.
local function read_options(t, opts)
  if type(opts) ~= "table" then
    raise(WHAT, "{base =, actual =, by =} was expected")
  end
  blame.check_names(raise, WHAT, opts, { "levels", "base", "actual", "by",
    "steps" })
  local levels = list_of("levels", opts.levels)
  if levels == nil and opts.base and opts.actual then
    levels = { opts.base, opts.actual }
  end
  if levels == nil or #levels < 2 then
    raise(WHAT, "base and actual, or two levels or more, were expected")
  end
  local steps = list_of("steps", opts.steps)
  if (opts.by == nil) == (steps == nil) then
    raise(WHAT, "by = \"column\" or steps = {columns} was expected")
  end
  if steps ~= nil and #levels ~= 2 then
    raise(WHAT, "steps lead from base to actual, so there are two levels")
  end
  if opts.by ~= nil then call(WHAT, t.column, t, opts.by) end
  return levels, steps
end

--- The sums of some columns by `keys`, as rows; a value that is missing on
--- every row counts nothing.
local function sums(t, keys, names)
  local items = {}
  for i, name in ipairs(names) do
    call(WHAT, t.column, t, name)
    items[i] = { name = "evalua: " .. i, fn = "sum", column = name }
  end
  local result, message, code = call(WHAT, core.verbs.group, t, keys,
    call(WHAT, require("evalua.aggregate").list, items, t))
  if result == nil then return nil, message, code end
  local rows, zero = {}, core.decimal.new(0, 0)
  for i, row in result:rows() do
    local amounts = {}
    for k = 1, #names do amounts[k] = row["evalua: " .. k] or zero end
    rows[i] = { label = keys[1] and row[keys[1]], amounts = amounts }
  end
  return rows
end

local function new_rows()
  local rows = { order = { "label", "role", "amount", "from", "to" },
    types = { label = "text", role = "text" } }
  local at = core.decimal.new(0, 0)
  return rows, function(label, role, amount)
    local from = role == "step" and at or core.decimal.new(0, 0)
    at = from + amount
    rows[#rows + 1] = { label = label ~= nil and tostring(label) or nil,
      role = role, amount = amount, from = from, to = at }
  end, function() return at end
end

--- Rows of a bridge: `label`, `role` ("total" of a level, "step" between two
--- of them), `amount`, and where its bar runs `from` and `to`. With `by` the
--- steps between neighbouring levels are the changes of its groups, in order
--- of first appearance; with `steps` they are columns whose sums must lead
--- from `base` to `actual`, or the result is nil and a message.
---@param opts {levels?: string[], base?: string, actual?: string,
---  by?: string, steps?: string|string[]}
---@return evalua.table? t
---@return string? message
---@return string? code
function Table:bridge(opts)
  local levels, steps = read_options(self, opts)
  local total, message, code = sums(self, {}, levels)
  if total == nil then return nil, message, code end
  local rows, add, reached = new_rows()
  add(levels[1], "total", total[1].amounts[1])
  if steps ~= nil then
    local parts
    parts, message, code = sums(self, {}, steps)
    if parts == nil then return nil, message, code end
    for i, name in ipairs(steps) do add(name, "step", parts[1].amounts[i]) end
    local goal = total[1].amounts[2]
    if reached() < goal or reached() > goal then
      return nil, ("the steps lead from %s to %s, but '%s' is %s"):format(
        total[1].amounts[1], reached(), levels[2], goal), "data"
    end
    add(levels[2], "total", goal)
    return values.table(rows)
  end
  local groups
  groups, message, code = sums(self, { opts.by }, levels)
  if groups == nil then return nil, message, code end
  for level = 2, #levels do
    for _, group in ipairs(groups) do
      add(group.label, "step",
        group.amounts[level] - group.amounts[level - 1])
    end
    add(levels[level], "total", total[1].amounts[level])
  end
  return values.table(rows)
end

return M

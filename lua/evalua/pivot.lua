--- Pivots: columns to rows and rows to columns.
---
---     long = wide:pivot_longer { cols = { "original", "executed" },
---       names_to = "version", values_to = "amount" }
---     wide = long:pivot_wider { names_from = "version",
---       values_from = "amount" }

local blame = require "evalua.blame"
local core = require "evalua.core"

local M = {}

---@class evalua.table
local Table = core.table.methods

local raise, call = blame.new(debug.getinfo(1, "S").source)

local function check_options(what, opts, known)
  if type(opts) ~= "table" then
    raise(what, ("{ %s = … } was expected, not a %s"):format(known[1],
      type(opts)))
  end
  blame.check_names(raise, what, opts, known)
end

local function text_option(what, opts, name, fallback)
  local value = opts[name]
  if value == nil then value = fallback end
  if type(value) == "string" then return value end
  raise(what, ("%s is the name of a column, not a %s"):format(name,
    type(value)))
end

--- A name, or a list of names, as a list.
local function names_option(what, opts, name)
  local value = opts[name]
  if type(value) == "string" then return { value } end
  if type(value) == "table" then return value end
  raise(what, ("%s is a list of columns, not a %s"):format(name, type(value)))
end

--- One row for each of the columns `cols`, in their order: the other columns,
--- the name in `names_to` ("name") and the cell in `values_to` ("value"). A
--- missing cell stays a row. Decimals take the largest scale; exact numbers
--- and reals do not mix, nor do other types.
---@param opts {cols: string|string[], names_to?: string, values_to?: string}
---@return evalua.table? t
---@return string? message
---@return string? code
function Table:pivot_longer(opts)
  local what = "pivot_longer"
  check_options(what, opts, { "cols", "names_to", "values_to" })
  return call(what, core.pivot.longer, self, names_option(what, opts, "cols"),
    text_option(what, opts, "names_to", "name"),
    text_option(what, opts, "values_to", "value"))
end

--- All columns but two.
local function other_names(t, a, b)
  local names = {}
  for _, name in ipairs(t:names()) do
    if name ~= a and name ~= b then names[#names + 1] = name end
  end
  return names
end

---@class evalua.pivot_wider
---@field names_from string
---@field values_from string
---@field id? string|string[]
---@field agg? "sum"

--- One row for each combination of the columns `id` (all the others), one
--- column for each value of `names_from`, both in order of first appearance.
--- Where the table has no such row the cell is NA, never zero. Two rows for
--- one cell are an error that names them, unless `agg = "sum"` adds them up.
---@param opts evalua.pivot_wider
---@return evalua.table? t
---@return string? message
---@return string? code
function Table:pivot_wider(opts)
  local what = "pivot_wider"
  check_options(what, opts, { "names_from", "values_from", "id", "agg" })
  local names = text_option(what, opts, "names_from")
  local values = text_option(what, opts, "values_from")
  if opts.agg ~= nil and opts.agg ~= "sum" then
    raise(what, ("agg may be \"sum\", not %s"):format(tostring(opts.agg)))
  end
  local id = opts.id == nil and other_names(self, names, values)
    or names_option(what, opts, "id")
  return call(what, core.pivot.wider, self, names, values, id,
    opts.agg == "sum")
end

return M

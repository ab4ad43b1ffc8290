--- The audit's words as methods of tables: t:foot, t:cross_foot, t:tie_out,
--- t:audit. Each gives findings in the columns of an audit.

local audit = require "evalua.audit"
local blame = require "evalua.blame"
local core = require "evalua.core"
local tables = require "evalua.audit.tables"

local Table = core.table.methods

local raise, call = blame.new(debug.getinfo(1, "S").source)

local function check(what, opts, known)
  blame.check_names(raise, what, opts, known)
end

local function list_of(value)
  if type(value) == "table" then return value end
  return { value }
end

--- Raises where a column is not there.
local function check_columns(what, t, names)
  for _, name in ipairs(names) do call(what, t.column, t, name) end
end

--- Totals of columns: `t:foot()` finds rows labelled 合计, 小计, total … itself;
--- `t:foot { label = "item", total = "Sum", columns = { "a" } }` is told.
---@param opts table?
---@return evalua.table? findings
---@return string? message
function Table:foot(opts)
  opts = opts or {}
  check("foot", opts, { label = true, total = true, columns = true,
    lang = true })
  if opts.total and not opts.label then
    raise("foot", "with 'total' the option 'label' names the column")
  end
  check_columns("foot", self, { opts.label })
  check_columns("foot", self, opts.columns or {})
  local sheet = tables.sheet(self, opts)
  tables.foot(sheet, opts)
  return audit.table(sheet.rows)
end

--- Totals of rows: `t:cross_foot { total = "sum", parts = { "a", "b" } }`; a
--- part with a minus before its name is taken away.
---@param opts table
---@return evalua.table? findings
---@return string? message
function Table:cross_foot(opts)
  check("cross_foot", opts, { total = true, parts = true, lang = true })
  local parts, signs = {}, {}
  for i, name in ipairs(list_of(opts.parts)) do
    local taken = not self:has(name) and name:match("^%-(.+)$")
    parts[i], signs[i] = taken or name, taken and -1 or 1
  end
  if #parts == 0 or opts.total == nil then
    raise("cross_foot", "the options 'total' and 'parts' are needed")
  end
  check_columns("cross_foot", self, parts)
  check_columns("cross_foot", self, { opts.total })
  local sheet = tables.sheet(self, opts)
  tables.cross_foot(sheet, opts.total, parts, signs)
  return audit.table(sheet.rows)
end

--- Two tables that should say the same: sums of `value` by key,
--- `t:tie_out(other, { by = "unit", value = "amount" })`.
---@param other evalua.table
---@param opts table by= value= other_value=
---@return evalua.table? findings
---@return string? message
function Table:tie_out(other, opts)
  if not core.table.is(other) then
    raise("tie_out", "a table was expected, not a " .. type(other))
  end
  check("tie_out", opts, { by = true, value = true, other_value = true,
    lang = true })
  if opts.by == nil or opts.value == nil then
    raise("tie_out", "the options 'by' and 'value' are needed")
  end
  local by = list_of(opts.by)
  check_columns("tie_out", self, by)
  check_columns("tie_out", other, by)
  check_columns("tie_out", self, { opts.value })
  check_columns("tie_out", other, { opts.other_value or opts.value })
  local sheet = tables.sheet(self, opts)
  tables.tie_out(sheet, other, { by = by, value = opts.value,
    other_value = opts.other_value })
  return audit.table(sheet.rows)
end

--- All checks that need no rules.
---@param opts { lang: string? }?
---@return evalua.table? findings
---@return string? message
function Table:audit(opts) return audit.of_table(self, opts) end

return Table

--- The lines of a variance: a table of amounts summed by group, kind and
--- version, with what core.variance asks of each line beside it.

local core = require "evalua.core"
local budget = require "evalua.budget"

local M = {}

--- The table with numbers in the column `name`: one that nobody filled in (an
--- adjusted budget still to come) is amounts that are missing.
local function need_amounts(t, name)
  local column, nrows = t:column(name), t:nrows()
  if column:is_number() then return t end
  if column:missing() < nrows then
    error(("column '%s' is %s, not numbers: it cannot be an amount")
      :format(name, column:type()), 0)
  end
  local empty = core.column.new({}, nrows, "int")
  return core.table.with(t, name, empty)
end

--- The constant kind of all rows, or the column that tells it.
local function resolve_kind(t, kind)
  if kind == nil then return "expense" end
  local word = budget.kind(kind)
  if word ~= nil then return word end
  if t:has(kind) then return nil, kind end
  error(("unknown kind '%s': expense, revenue, or the name of a column")
    :format(kind), 0)
end

local function text_of(value)
  return value == nil and "NA" or tostring(value)
end

--- What `f` says of the text of every value of a column, asked once of each.
local function map(column, f)
  local list, known = {}, {}
  for r = 1, #column do
    local text = text_of(column[r])
    if known[text] == nil then known[text] = f(text) end
    list[r] = known[text]
  end
  return list
end

--- Whether each line is revenue.
local function revenue_of(lines, name)
  local column = lines:column(name)
  local list = map(column, function(text)
    local kind = text ~= "NA" and budget.kind(text) or nil
    if kind ~= nil then return kind == "revenue" end
    error(("column '%s' holds '%s', which is neither revenue nor expense")
      :format(name, text), 0)
  end)
  return core.column.new(list, #column, "bool")
end

--- The by-columns and a further one, if any, each once.
local function with_key(by, name)
  local keys = table.move(by, 1, #by, 1, {})
  for _, there in ipairs(keys) do
    if there == name then return keys end
  end
  keys[#keys + 1] = name
  return keys
end

--- Sums by group, in order of first appearance.
local function sums(t, keys, aggregates)
  return assert(t:group_by(table.unpack(keys)):summarise(aggregates))
end

local function wide(t, by, opts, column)
  t = need_amounts(need_amounts(t, opts.base), opts.actual)
  return sums(t, with_key(by, column), {
    { name = "\1base", fn = "sum", column = opts.base },
    { name = "\1actual", fn = "sum", column = opts.actual },
  })
end

local function need_version(name, phase, list, there)
  if there[name] then return end
  error(("no row has %s '%s'; there are: %s"):format(phase, name,
    table.concat(list, ", ")), 0)
end

--- The lines of the two versions, which of them each line is of (1: base, 2:
--- actual), and the versions there are, in order of appearance.
local function long(t, by, opts, column)
  if tostring(opts.base) == tostring(opts.actual) then
    error(("base and actual are the same version '%s'"):format(
      tostring(opts.base)), 0)
  end
  t = need_amounts(t, opts.amount)
  local all = sums(t, with_key(with_key(by, column), opts.phase), {
    { name = "\1amount", fn = "sum", column = opts.amount },
  })
  local sides = { [tostring(opts.actual)] = 2, [tostring(opts.base)] = 1 }
  local list, there = {}, {}
  local side = map(all:column(opts.phase), function(text)
    list[#list + 1], there[text] = text, true
    return sides[text] or 0
  end)
  need_version(tostring(opts.base), opts.phase, list, there)
  need_version(tostring(opts.actual), opts.phase, list, there)
  local rows, used = {}, {}
  for r, which in ipairs(side) do
    if which > 0 then rows[#rows + 1], used[#used + 1] = r, which end
  end
  return core.table.gather(all, rows), core.column.new(used, #used, "int"),
    list
end

--- The adjusted budget is the one that the official rate is measured by; a
--- report against the original one says why.
local function note_missing_adjusted(base, others, notes)
  if budget.version(base) ~= "original" then return end
  for _, name in ipairs(others) do
    if budget.version(name) == "adjusted" then return end
  end
  notes[#notes + 1] = { "no adjusted budget is given: the original "
    .. "budget is the base" }
end

local function note_unused(versions, opts, notes)
  local unused = {}
  for _, name in ipairs(versions) do
    if name ~= tostring(opts.base) and name ~= tostring(opts.actual) then
      unused[#unused + 1] = name
    end
  end
  if #unused == 0 then return end
  notes[#notes + 1] = { "rows of other versions are not compared: %s",
    table.concat(unused, ", ") }
end

--- The lines, what core.variance.rows has to know of them, and the notes that
--- a reader must see.
---@param t evalua.table
---@param by string[]
---@param opts table as for variance
---@return evalua.table lines
---@return { base: string, actual: string, side: evalua.column?,
---  revenue: evalua.column?, is_revenue: boolean } what
---@return table[] notes
function M.collect(t, by, opts)
  for _, name in ipairs(by) do t:column(name) end
  local constant, column = resolve_kind(t, opts.kind)
  local what, notes = { is_revenue = constant == "revenue" }, {}
  local lines, versions
  if opts.phase ~= nil then
    t:column(opts.phase)
    what.base, what.actual = "\1amount", "\1amount"
    lines, what.side, versions = long(t, by, opts, column)
    note_unused(versions, opts, notes)
  else
    what.base, what.actual = "\1base", "\1actual"
    lines = wide(t, by, opts, column)
  end
  if column ~= nil then what.revenue = revenue_of(lines, column) end
  note_missing_adjusted(tostring(opts.base), versions or t:names(), notes)
  return lines, what, notes
end

return M

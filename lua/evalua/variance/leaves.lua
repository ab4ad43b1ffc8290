--- The lines of a variance: amounts summed by group, kinds resolved, versions
--- of the long form put side by side.

local core = require "evalua.core"
local amount = require "evalua.variance.amount"
local budget = require "evalua.budget"

local M = {}

--- Periods come out of a table as their text.
local period_names = { year = true, quarter = true, month = true, day = true }

--- The table with numbers in the column `name`: one that nobody filled in (an
--- adjusted budget still to come) is amounts that are missing.
local function need_amounts(t, name)
  local column, nrows = t:column(name), t:nrows()
  if column:is_number() then return t end
  if column:missing() < nrows then
    error(("column '%s' is %s, not numbers: it cannot be an amount")
      :format(name, column:type()), 0)
  end
  local empty = core.column.new({}, nrows, "decimal(2)")
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

local function kind_of_row(row, constant, column)
  if constant ~= nil then return constant end
  local value = row[column]
  local kind = value ~= nil and budget.kind(tostring(value)) or nil
  if kind ~= nil then return kind end
  error(("column '%s' holds '%s', which is neither revenue nor expense")
    :format(column, value == nil and "NA" or tostring(value)), 0)
end

local function append_missing(list, name)
  for _, there in ipairs(list) do
    if there == name then return end
  end
  list[#list + 1] = name
end

--- Group `t` and sum: rows as Lua tables, in order of first appearance.
local function sums(t, keys, aggregates)
  local grouped = assert(t:group_by(table.unpack(keys)):summarise(aggregates))
  return grouped:to_rows()
end

--- A text that two groups share only when all their keys are the same.
local function group_id(row, keys)
  local id = ""
  for _, key in ipairs(keys) do
    local value = row[key]
    local text = value == nil and "" or tostring(value)
    id = id .. type(value) .. #text .. ":" .. text
  end
  return id
end

local function add_side(line, side, value)
  if value == nil then return end
  line[side] = line[side] == nil and value or amount.add(line[side], value)
end

--- Lines of rows that are of one kind, each group standing there once.
local function each(rows, by, kind, sides)
  local lines = {}
  for r, row in ipairs(rows) do
    local line = { keys = {}, kind = kind }
    for i, key in ipairs(by) do line.keys[i] = row[key] end
    local base, actual = sides(row)
    line.base, line.actual = amount.of(base), amount.of(actual)
    lines[r] = line
  end
  return lines
end

--- Lines by group and kind, each with base and actual, from summed rows.
--- `sides(row)` gives the base and actual that the row adds.
local function gather(rows, by, constant, column, sides)
  local lines, index = {}, {}
  for _, row in ipairs(rows) do
    local kind = kind_of_row(row, constant, column)
    local group = group_id(row, by)
    local id = kind .. group
    local line = index[id]
    if line == nil then
      line = { keys = {}, kind = kind, group = group }
      for i, key in ipairs(by) do line.keys[i] = row[key] end
      index[id] = line
      lines[#lines + 1] = line
    end
    local base, actual = sides(row)
    add_side(line, "base", amount.of(base))
    add_side(line, "actual", amount.of(actual))
  end
  return lines
end

local function wide(t, by, opts, constant, column)
  t = need_amounts(need_amounts(t, opts.base), opts.actual)
  local keys = table.move(by, 1, #by, 1, {})
  if column ~= nil then append_missing(keys, column) end
  local rows = sums(t, keys, {
    { name = "\1base", fn = "sum", column = opts.base },
    { name = "\1actual", fn = "sum", column = opts.actual },
  })
  local function sides(row) return row["\1base"], row["\1actual"] end
  if column == nil then return each(rows, by, constant, sides) end
  return gather(rows, by, constant, column, sides)
end

local function text_of(value)
  return value == nil and "NA" or tostring(value)
end

--- The versions there are, in order of appearance.
local function versions_of(rows, phase)
  local list, seen = {}, {}
  for _, row in ipairs(rows) do
    local text = text_of(row[phase])
    if not seen[text] then list[#list + 1] = text end
    seen[text] = true
  end
  return list, seen
end

local function need_version(name, phase, list, seen)
  if seen[name] then return end
  error(("no row has %s '%s'; there are: %s"):format(phase, name,
    table.concat(list, ", ")), 0)
end

local function long(t, by, opts, constant, column)
  t = need_amounts(t, opts.amount)
  local phase, base = opts.phase, tostring(opts.base)
  local actual = tostring(opts.actual)
  local keys = table.move(by, 1, #by, 1, {})
  if column ~= nil then append_missing(keys, column) end
  append_missing(keys, phase)
  local rows = sums(t, keys, {
    { name = "\1amount", fn = "sum", column = opts.amount },
  })
  local list, seen = versions_of(rows, phase)
  need_version(base, phase, list, seen)
  need_version(actual, phase, list, seen)
  local used = {}
  for _, row in ipairs(rows) do
    local version = text_of(row[phase])
    if version == base or version == actual then used[#used + 1] = row end
  end
  local lines = gather(used, by, constant, column, function(row)
    local version, value = text_of(row[phase]), row["\1amount"]
    return version == base and value or nil,
      version == actual and value or nil
  end)
  return lines, list
end

--- A group as messages call it: "dept 'X', class NA"; nil without any key.
---@param by string[]
---@param keys table
---@param level integer how many of the keys count
---@return string?
function M.name_of(by, keys, level)
  local parts = {}
  for i = 1, level do
    local value = keys[i] ~= nil and ("'%s'"):format(keys[i]) or "NA"
    parts[i] = by[i] .. " " .. value
  end
  return #parts > 0 and table.concat(parts, ", ") or nil
end

--- Lines of one group that are of both kinds: revenue − expense when asked,
--- else an error, since their sum would mean nothing.
local function join_mixed(lines, net, by)
  local first, joined = {}, {}
  if #lines > 0 and lines[1].group == nil then return lines end -- one kind
  for _, line in ipairs(lines) do
    local other = first[line.group]
    if other == nil then
      first[line.group] = line
      joined[#joined + 1] = line
    elseif not net then
      error(("%s has revenue and expense: add the kind's column to --by, or "
        .. "ask for revenue minus expense with --net")
        :format(M.name_of(by, line.keys, #by) or "the table"), 0)
    else
      M.net_into(other, line)
    end
  end
  return joined
end

--- An amount as it counts in revenue − expense.
local function signed(value, kind)
  if value == nil or kind ~= "expense" then return value end
  return amount.negate(value)
end

--- Add `line` to `sum` as revenue − expense.
function M.net_into(sum, line)
  if sum.kind ~= "net" then
    sum.base, sum.actual = signed(sum.base, sum.kind),
      signed(sum.actual, sum.kind)
    sum.kind = "net"
  end
  add_side(sum, "base", signed(line.base, line.kind))
  add_side(sum, "actual", signed(line.actual, line.kind))
end

local function flip_expenses(lines)
  for _, line in ipairs(lines) do
    if line.kind == "expense" then
      line.base = amount.negate(line.base)
      line.actual = amount.negate(line.actual)
    end
  end
end

--- One type for all amounts, so that every row has the same decimals.
local function amount_types(t, by, names)
  local scale, real = 0, false
  for _, name in ipairs(names) do
    local kind = t:column(name):type()
    if kind == "real" then real = true end
    scale = math.max(scale, tonumber(kind:match("%((%d+)%)")) or 0)
  end
  local types = { amount = real and "real" or ("decimal(%d)"):format(scale),
    percent = real and "real" or "decimal(6)", by = {} }
  for i, name in ipairs(by) do
    local kind = t:column(name):type()
    types.by[i] = period_names[kind] and "text" or kind
  end
  return types
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

--- The lines with their types, and the notes that a reader must see.
---@param t evalua.table
---@param by string[]
---@param opts table as for variance
---@return { rows: table[], types: table } found
---@return table[] notes
function M.collect(t, by, opts)
  for _, name in ipairs(by) do t:column(name) end
  local constant, column = resolve_kind(t, opts.kind)
  local notes, lines, versions = {}
  if opts.phase ~= nil then
    t:column(opts.phase)
    lines, versions = long(t, by, opts, constant, column)
    note_unused(versions, opts, notes)
  else
    lines = wide(t, by, opts, constant, column)
  end
  note_missing_adjusted(tostring(opts.base), versions or t:names(), notes)
  if opts.expense_sign == "negative" then flip_expenses(lines) end
  lines = join_mixed(lines, opts.net, by)
  local names = opts.phase and { opts.amount } or { opts.base, opts.actual }
  return { rows = lines, types = amount_types(t, by, names) }, notes
end

return M

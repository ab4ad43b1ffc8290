--- Working out conditions over a unit's data.
---
--- Every figure that is used is noted down (`used`), every one that is not
--- there too (`missing`). A node that was worked out keeps its `value`, so that
--- the arithmetic can be written down with the numbers in it.

local describe = require "evalua.audit.describe"
local exact = require "evalua.exact"
local money = require "evalua.performance.money"
local values = require "evalua.audit.value"

local M = {}

---@class evalua.audit.context
---@field data evalua.audit.data
---@field defines table<string, table> trees of rules of the kind define
---@field names table<string, string> their names for people
---@field lang "en"|"zh"
---@field about evalua.exact how far 约 may be off
---@field printed boolean? figures stand for all that rounds to them
---@field used evalua.audit.row[] rows in order of use, with column and value
---@field missing string[] ids and conditions that gave nothing
---@field problems table[] {pattern, ...}: why something cannot be worked out

local one_percent = exact.of "1/100"

--- A context for one rule.
---@param data evalua.audit.data
---@param opts { defines: table?, names: table?, about: evalua.exact?,
---  printed: boolean?, lang: string? }
---@return evalua.audit.context
function M.context(data, opts)
  return { data = data, defines = opts.defines or {},
    names = opts.names or {}, lang = opts.lang or "en",
    about = opts.about or exact.of(5) * one_percent, printed = opts.printed,
    used = {}, missing = {}, problems = {} }
end

local function note_missing(ctx, name)
  name = ctx.names[name] or name
  for _, known in ipairs(ctx.missing) do
    if known == name then return end
  end
  ctx.missing[#ctx.missing + 1] = name
end

local function note_used(ctx, row, column, value)
  ctx.used[#ctx.used + 1] = { row = row, column = column, value = value }
end

-- Rows ------------------------------------------------------------------------

local function matches_any(cell, text, equals)
  for part in (text .. "|"):gmatch "([^|]*)|" do
    if equals(cell or "", part) then return true end
  end
  return false
end

local function same(cell, part) return cell == part end
local function holds(cell, part) return cell:find(part, 1, true) ~= nil end
local function starts(cell, part) return cell:sub(1, #part) == part end

local operators = {
  ["="] = function(cell, text) return matches_any(cell, text, same) end,
  ["!="] = function(cell, text) return not matches_any(cell, text, same) end,
  ["~"] = function(cell, text) return matches_any(cell, text, holds) end,
  ["^="] = function(cell, text) return matches_any(cell, text, starts) end,
}

--- All rows of a table; of a file of the folder's own when it is asked for.
local function rows_of(data, name)
  if data.tables[name] == nil and data.more then
    data.tables[name] = data.more(name)
  end
  return data.tables[name] or {}
end

--- The table or column of a call that is nowhere: a slip of the pen, by which
--- a count of 0 or a filter with != would hold.
---@param data evalua.audit.data
---@param call table { source=, column=, filters= }
---@return string?
function M.unknown(data, call)
  if data.columns == nil then return nil end
  rows_of(data, call.source)
  local known = data.columns[call.source]
  if known == nil then return call.source end
  for column in (call.column or ""):gmatch "[^.]+" do
    if not known[column] then return call.source .. "." .. column end
  end
  for _, filter in ipairs(call.filters) do
    if not known[filter.column] then
      return call.source .. "." .. filter.column
    end
  end
end

--- The rows of a table that pass the filters of a call.
---@param ctx evalua.audit.context
---@param call table { source=, filters= }
---@return evalua.audit.row[]
function M.rows(ctx, call)
  local found = {}
  for _, row in ipairs(rows_of(ctx.data, call.source)) do
    local passes = true
    for _, filter in ipairs(call.filters) do
      passes = passes and operators[filter.operator](row.cells[filter.column],
        filter.text)
    end
    if passes then found[#found + 1] = row end
  end
  return found
end

local qualified = { value = true, amount = true }
local measured = { value = true, amount = true, target = true }

--- The number in a cell of a row; nil when it is empty.
---@param ctx evalua.audit.context
---@param row evalua.audit.row
---@param column string
---@return evalua.audit.value?
function M.cell(ctx, row, column)
  local text = row.cells[column]
  if text == nil or not text:find("^%-?%d*%.?%d+$") then return nil end
  local value = values.of(text, measured[column] and row.cells.measure_unit,
    qualified[column] and row.cells.qualifier, ctx)
  note_used(ctx, row, column, value)
  return value
end

-- Nodes -----------------------------------------------------------------------

local work

--- The rows of a call; nil when it names what is nowhere.
local function call_rows(ctx, node)
  local unknown = M.unknown(ctx.data, node)
  if unknown ~= nil then
    note_missing(ctx, unknown)
    return nil
  end
  node.rows = M.rows(ctx, node)
  if #node.rows == 0 and node.op ~= "count" then
    note_missing(ctx, describe.rows(node, ctx.lang, ctx.data))
  end
  return node.rows
end

local function problem(ctx, ...)
  ctx.problems[#ctx.problems + 1] = { ... }
end

--- a + b or a − b, when they are of one kind.
local function add(ctx, a, b, minus)
  if not values.same_dims(a, b) then
    problem(ctx, "figures in %s and %s cannot be added", a.unit or "–",
      b.unit or "–")
    return nil
  end
  return values.add(a, minus and values.negate(b) or b)
end

local function extreme(pick)
  return function(ctx, node)
    local best
    for _, inner in ipairs(node) do
      local value = work(ctx, inner)
      if value == nil then return nil end
      if best == nil or values.compare(pick, value, best) then best = value end
    end
    return best
  end
end

local function binary(f)
  return function(ctx, node)
    local a, b = work(ctx, node[1]), work(ctx, node[2])
    if a == nil or b == nil then return nil end
    return f(ctx, a, b)
  end
end

--- Days from 1970-01-01 (H. Hinnant, chrono-compatible low-level date
--- algorithms, days_from_civil).
local function day_number(year, month, day)
  if month <= 2 then year = year - 1 end
  local era = year // 400
  local year_of_era = year - era * 400
  local day_of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
  return era * 146097 + year_of_era * 365 + year_of_era // 4
    - year_of_era // 100 + day_of_year
end

--- On which day of a year a date lies, and how many days the year has.
local function elapsed(date, year)
  local y, m, d = date:match("^(%d%d%d%d)%-(%d%d)%-(%d%d)$")
  year = math.tointeger(tonumber(year))
  if y == nil or year == nil then return nil end
  local start = day_number(year, 1, 1)
  local day = day_number(tonumber(y), tonumber(m), tonumber(d)) - start + 1
  return day, day_number(year + 1, 1, 1) - start
end

--- The first cell of a column of a table, "plan.year".
local function first_cell(ctx, name)
  local source, column = name:match("^([^.]+)%.(.+)$")
  local row = source and (ctx.data.tables[source] or {})[1]
  if row == nil or row.cells[column] == nil then
    note_missing(ctx, name)
    return nil
  end
  note_used(ctx, row, column)
  return row.cells[column]
end

--- The value of a define; one that cannot be worked out is missing by its own
--- name, not by what it lacks.
local function defined(ctx, id)
  local before = #ctx.missing
  local value = work(ctx, ctx.defines[id])
  if value == nil then
    for i = #ctx.missing, before + 1, -1 do ctx.missing[i] = nil end
    note_missing(ctx, id)
  end
  return value
end

--- The budget lines that add up to their total, as the reports count them.
local function adding(rows)
  local cells, by_cells, list = {}, {}, {}
  for i, row in ipairs(rows) do
    cells[i], by_cells[row.cells] = row.cells, row
  end
  for i, own in ipairs(money.adding(cells)) do list[i] = by_cells[own] end
  return list
end

local MOST_NAMED = 12 -- rows of a count that are named as its places

local nodes = {
  number = function(_, node)
    return values.point(exact.of(node.text), node.unit)
  end,
  figure = function(ctx, node)
    if ctx.defines[node.id] then return defined(ctx, node.id) end
    local row = (ctx.data.by_id.facts or {})[node.id]
    local value = row and M.cell(ctx, row, "value")
    node.row = row
    if value == nil then note_missing(ctx, node.id) end
    return value
  end,
  negate = function(ctx, node)
    local value = work(ctx, node[1])
    return value and values.negate(value)
  end,
  abs = function(ctx, node)
    local value = work(ctx, node[1])
    return value and values.abs(value)
  end,
  add = binary(function(ctx, a, b) return add(ctx, a, b) end),
  subtract = binary(function(ctx, a, b) return add(ctx, a, b, true) end),
  multiply = binary(function(_, a, b) return values.multiply(a, b) end),
  divide = binary(function(ctx, a, b)
    local value = values.divide(a, b)
    if value == nil then problem(ctx, "division by a figure that may be zero") end
    return value
  end),
  min = extreme "<",
  max = extreme ">",
  count = function(ctx, node)
    local rows = call_rows(ctx, node)
    if rows == nil then return nil end
    if #rows <= MOST_NAMED then
      for _, row in ipairs(rows) do note_used(ctx, row) end
    end
    return values.point(exact.of(#rows))
  end,
  distinct = function(ctx, node)
    local seen, n, rows = {}, 0, call_rows(ctx, node)
    if rows == nil then return nil end
    for _, row in ipairs(rows) do
      local parts = {}
      for column in (node.column or "id"):gmatch "[^.]+" do
        parts[#parts + 1] = row.cells[column] or ""
      end
      local key = table.concat(parts, "\0")
      if not seen[key] then seen[key], n = true, n + 1 end
    end
    return values.point(exact.of(n))
  end,
  first = function(ctx, node)
    local before = #ctx.missing
    for _, inner in ipairs(node) do
      local value = work(ctx, inner)
      if value ~= nil then
        for i = #ctx.missing, before + 1, -1 do ctx.missing[i] = nil end
        node.chosen = inner
        return value
      end
    end
  end,
  sum = function(ctx, node)
    local total
    local rows = call_rows(ctx, node)
    if rows == nil then return nil end
    if node.adding then
      rows = adding(rows)
      node.rows = rows
    end
    for _, row in ipairs(rows) do
      local value = M.cell(ctx, row, node.column or "amount")
      if value ~= nil and total ~= nil then total = add(ctx, total, value)
      elseif value ~= nil then total = value end
    end
    if total == nil then
      note_missing(ctx, describe.rows(node, ctx.lang, ctx.data))
    end
    return total
  end,
  value = function(ctx, node)
    local rows = call_rows(ctx, node)
    if rows == nil then return nil end
    if #rows > 1 then
      problem(ctx, "several rows are meant by: %s",
        describe.rows(node, ctx.lang, ctx.data))
      return nil
    end
    return rows[1] and M.cell(ctx, rows[1], node.column or "value")
  end,
  elapsed = function(ctx, node)
    local date, year = first_cell(ctx, node.date), first_cell(ctx, node.year)
    if date == nil or year == nil then return nil end
    local day, days = elapsed(date, year)
    if day == nil then return nil end
    node.day, node.days = day, days
    return values.point(exact.of(100) * exact.of(day) / exact.of(days), "%")
  end,
}

--- The value of a node; nil when a figure is missing.
function work(ctx, node)
  node.value = nodes[node.op](ctx, node)
  return node.value
end
M.value = work

local truth

local function kleene(stop)
  return function(ctx, node)
    local answer = not stop
    for _, inner in ipairs(node) do
      local found = truth(ctx, inner)
      if found == stop then answer = stop
      elseif found == nil and answer ~= stop then answer = nil end
    end
    return answer
  end
end

local conditions = {
  ["and"] = kleene(false),
  ["or"] = kleene(true),
  agree = function(ctx, node)
    local first, second = truth(ctx, node[1]), truth(ctx, node[2])
    if first == second then return first end
    if first ~= nil and second ~= nil then
      problem(ctx, "two sources of the same figures say different things")
    end
    return nil
  end,
  exists = function(ctx, node)
    local unknown = M.unknown(ctx.data, node)
    node.rows = unknown and {} or M.rows(ctx, node)
    if unknown ~= nil then
      note_missing(ctx, unknown)
      return nil
    end
    return #node.rows > 0
  end,
  compare = function(ctx, node)
    local a, b = work(ctx, node[1]), work(ctx, node[2])
    if a == nil or b == nil then return nil end
    if not (values.same_dims(a, b) or values.is_bare_zero(a)
      or values.is_bare_zero(b)) then
      problem(ctx, "figures in %s and %s cannot be compared", a.unit or "–",
        b.unit or "–")
      return nil
    end
    return values.compare(node.relation, a, b)
  end,
}

--- Whether a condition is true, false, or (nil) not decided by the figures.
function truth(ctx, node)
  node.truth = conditions[node.op](ctx, node)
  return node.truth
end
M.truth = truth

return M

--- A table as many series in order of time: what t:trend, t:unusual and others
--- of their kind begin with.
---
--- `period` names a column of periods, of whole numbers (years), or of what
--- evalua.series_times reads as periods, or two columns, "year,month" or
--- { "year", "month" } (evalua.series_pair); `value` a column of numbers, `by` the
--- columns that tell the series apart. The rows of a series come in order of
--- time, upwards or downwards, those of others between them; a missing period is
--- an error, and so are a row out of order and two rows for one period, unless
--- agg = "sum" adds up those of one period, in any order, first. Periods of the
--- calendar that have no row are gaps; a missing value is a value that is not
--- there, never 0.

local aggregate = require "evalua.aggregate"
local blame = require "evalua.blame"
local core = require "evalua.core"
local numbers = require "evalua.stats.numbers"
local series_pair = require "evalua.series_pair"
local series_times = require "evalua.series_times"
require "evalua.table"

local M = {}

--- Options of every verb over series.
M.options = { period = true, value = true, by = true, agg = true }

local time_types = { int = true, year = true, quarter = true, month = true,
  day = true }

local function names_of(by)
  if by == nil then return {} end
  if type(by) == "string" then return { by } end
  if type(by) == "table" then return by end
  error("by is the name of a column or a list of them, not a " .. type(by), 0)
end

--- Raises for options that are not there or wrong; `own` are those of the verb
--- besides M.options.
---@param opts table
---@param own table<string, boolean>
function M.check(opts, own)
  if type(opts) ~= "table" then
    error("{period = \"year\", value = \"amount\"} was expected", 0)
  end
  local known = {}
  for name in pairs(M.options) do known[name] = true end
  for name in pairs(own) do known[name] = true end
  local problem = blame.stranger(opts, known)
  if problem ~= nil then error(problem, 0) end
  if type(opts.period) ~= "string" and not series_pair.names(opts.period) then
    error("period: the name of a column was expected, or those of the columns "
      .. "of years and of months", 0)
  end
  if type(opts.value) ~= "string" then
    error("value: the name of a column was expected", 0)
  end
  if opts.agg ~= nil and opts.agg ~= "sum" then
    error("agg is \"sum\", not " .. tostring(opts.agg), 0)
  end
end

--- Keys that the result's own columns would hide.
local function check_keys(by, fields)
  for _, name in ipairs(by) do
    for _, field in ipairs(fields) do
      if name == field then
        error(("a by-column cannot be called '%s', since the result has a "
          .. "column of that name: rename it"):format(name), 0)
      end
    end
  end
end

--- Rows of one period added up, in all columns of `values`.
---@param t evalua.table
---@param by string[]
---@param period string
---@param values string[]
---@return evalua.table? t
---@return string? message
---@return string? code
function M.summed(t, by, period, values)
  local keys, items = table.move(by, 1, #by, 1, {}), {}
  keys[#keys + 1] = period
  for i, name in ipairs(values) do
    items[i] = aggregate.resolve(aggregate.sum(name), t)
    items[i].name = name
  end
  return core.verbs.group(t, keys, items)
end

--- The table with the column `name` as periods where it can be, see
--- evalua.series_times.
---@param t evalua.table
---@param name string
---@return evalua.table? t
---@return string? message
---@return string? code
function M.with_times(t, name)
  local column = numbers.named(t, name)
  local times, message, code = series_times.of(column)
  if times == nil then
    return nil, ("'%s': %s"):format(name, message), code
  end
  return times == column and t or core.table.with(t, name, times)
end

local function check_times(column, name)
  local kind = column:type()
  if time_types[kind] then return end
  for i = 1, kind == "text" and #column or 0 do
    if column[i] ~= nil then
      error(("'%s': periods such as 2023, 2023Q1, 2023-01 or 2023年1月 were "
        .. "expected, not '%s'"):format(name, column[i]), 0)
    end
  end
  error(("'%s': periods or whole numbers were expected, not %s"):format(name,
    kind), 0)
end

--- The series of a table: { table (rows rearranged), by, n, starts, gaps, step,
--- value (numbers.column's), times (the period column) }. Series i has the rows
--- starts[i] to starts[i + 1] - 1; gaps[i] periods of its calendar have none.
--- The options were M.check'ed; `fields` are the columns of the result.
---@param t evalua.table
---@param opts table
---@param fields string[]
---@return table? series
---@return string? message
---@return string? code
function M.of(t, opts, fields)
  local by = names_of(opts.by)
  check_keys(by, fields)
  local message, code
  local paired
  paired, opts, code = series_pair.join(t, opts)
  if paired == nil then return nil, opts, code end
  t = paired
  local kind = numbers.named(t, opts.value)
  if not kind:is_number() then
    error(("'%s': numbers were expected, not %s"):format(opts.value,
      kind:type()), 0)
  end
  t, message, code = M.with_times(t, opts.period)
  if t == nil then return nil, message, code end
  check_times(t:column(opts.period), opts.period)
  for _, name in ipairs(by) do numbers.named(t, name) end
  if opts.agg == "sum" then
    t, message, code = M.summed(t, by, opts.period, { opts.value })
    if t == nil then return nil, message, code end
  end
  local checked
  checked, message, code = numbers.column(t:column(opts.value))
  if checked == nil then
    return nil, ("'%s': %s"):format(opts.value, message), code
  end
  local series
  series, message, code = core.stats.series(t, by, opts.period,
    opts.agg == "sum")
  if series == nil then return nil, message, code end
  series.by, series.n = by, #series.starts - 1
  series.value = numbers.column(series.table:column(opts.value))
  series.times = series.table:column(opts.period)
  return series
end

--- The options of a verb on groups, with their keys as `by`.
---@param opts table
---@param keys string[]
---@return table
function M.with_keys(opts, keys)
  if type(opts) ~= "table" then return opts end
  if opts.by ~= nil then
    error("by: the groups tell the series apart already", 0)
  end
  local copy = { by = keys }
  for name, value in pairs(opts) do copy[name] = value end
  return copy
end

--- A result with one row for each series: the key columns, then `columns` (an
--- array of { name, type, values }).
---@param series table
---@param columns table[]
---@return evalua.table? t
---@return string? message
---@return string? code
function M.result(series, columns)
  local t, names, list = series.table, {}, {}
  for i, name in ipairs(series.by) do
    names[i] = name
    list[i] = core.stats.pick(t:column(name), series.starts)
  end
  for _, column in ipairs(columns) do
    local made, message, code = core.column.new(column[3], series.n, column[2])
    if made == nil then return nil, message, code end
    names[#names + 1], list[#list + 1] = column[1], made
  end
  return core.table.new(names, list, series.n)
end

--- Calls `each(i, n)` with a note on a terminal that says how far it is, for
--- works of many thousand series.
--- `every` (5000) series once; none where there are not four times as many.
---@param n integer
---@param each fun(i: integer)
---@param every integer?
function M.for_each(n, each, every)
  every = every or 5000
  local shows = n >= 4 * every and core.system.columns(2) ~= nil
  for i = 1, n do
    each(i)
    if shows and i % every == 0 then
      core.system.write(2, ("\r%d / %d"):format(i, n))
    end
  end
  if shows then core.system.write(2, "\r\27[K") end
end

return M

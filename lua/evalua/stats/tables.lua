--- Statistics of one column for each group of a table's rows, as tables:
---
---     t:describe { value = "amount", by = "unit" }
---     t:outliers { value = "amount", by = "unit", method = "tukey" }
---
--- One row for each group (of round_numbers and duplicates: for each unit or
--- value), the columns of `by` first; n is there always, and `note` says why
--- other figures are not.

local blame = require "evalua.blame"
local core = require "evalua.core"
local digits = require "evalua.stats.digits"
local grouped = require "evalua.grouped"
local models = require "evalua.stats.regress"
local numbers = require "evalua.stats.numbers"
local outliers = require "evalua.stats.outliers"
local series_of = require "evalua.series"
local summary = require "evalua.stats.summary"
local trend = require "evalua.stats.trend"

---@class evalua.table
local Table = core.table.methods
---@class evalua.grouped
local Grouped = grouped

local raise, call = blame.new(debug.getinfo(1, "S").source)

local ROW = "evalua: row" -- stands for time where there is none

--- Numbers that a list in a cell may hold.
local MOST_LISTED = 20

local function listed(values)
  if #values == 0 then return nil end
  local last = math.min(#values, MOST_LISTED)
  local parts = {}
  for i = 1, last do parts[i] = tostring(values[i]) end
  if #values > last then parts[last + 1] = "…" end
  return table.concat(parts, ", ")
end

--- The table with its rows numbered.
local function numbered(t)
  local rows = {}
  for i = 1, t:nrows() do rows[i] = i end
  return core.table.with(t, ROW, core.column.new(rows, #rows, "int"))
end

local function series(t, opts, own, fields)
  if type(opts) ~= "table" then
    error(own.period and "{period = \"year\", value = \"amount\"} was expected"
      or "{value = \"amount\"} was expected", 0)
  end
  local all = {}
  for name, value in pairs(opts) do all[name] = value end
  if not own.period then
    if all.period or all.agg then
      error(("no option '%s'"):format(all.period and "period" or "agg"), 0)
    end
    all.period, t = ROW, numbered(t)
  end
  series_of.check(all, own)
  return series_of.of(t, all, fields)
end

--- The result: `fields` are { name, type } (type nil: as it comes), rows tables
--- with `series`, the number of their series.
local function result(s, fields, rows)
  local names, columns = {}, {}
  local starts = {}
  for i, row in ipairs(rows) do starts[i] = s.starts[row.series] end
  starts[#rows + 1] = 1
  for i, name in ipairs(s.by) do
    names[i] = name
    columns[i] = core.stats.pick(s.table:column(name), starts)
  end
  for _, field in ipairs(fields) do
    local list, kind = {}, field[2]
    for i, row in ipairs(rows) do list[i] = row[field[1]] end
    if next(list) == nil then kind = kind or "real" end
    local column, message, code = core.column.new(list, #rows, kind)
    if column == nil then return nil, message, code end
    names[#names + 1], columns[#columns + 1] = field[1], column
  end
  return core.table.new(names, columns, #rows)
end

local function names_of(fields)
  local names = {}
  for i, field in ipairs(fields) do names[i] = field[1] end
  return names
end

local verbs = {}

--- A verb: its own options, its fields, and what gives the rows of one series
--- (first, last, options): a table of figures, a list of them, or nil, message.
local function verb(name, own, fields, rows_of)
  verbs[name] = function(t, opts)
    local s, message, code = series(t, opts, own, names_of(fields))
    if s == nil then return nil, message, code end
    local rows = {}
    series_of.for_each(s.n, function(i)
      local first, last = s.starts[i], s.starts[i + 1] - 1
      local found, why = rows_of(s, first, last, opts)
      if found == nil then
        local n = last - first + 1
        for row = first, last do
          if s.value[row] == nil then n = n - 1 end
        end
        found = { n = n, note = why }
      end
      local list = found[1] ~= nil and found or { found }
      for _, row in ipairs(list) do
        row.series = i
        rows[#rows + 1] = row
      end
    end)
    return result(s, fields, rows)
  end
end

--- Row numbers in the table, from places in a series.
local function places(s, first, at)
  local rows = {}
  for i, place in ipairs(at) do rows[i] = s.times[first + place - 1] end
  return rows
end

local SUMMARY = { { "n", "int" }, { "missing", "int" }, { "mean", "real" },
  { "sd", "real" }, { "min", "real" }, { "q1", "real" }, { "median", "real" },
  { "q3", "real" }, { "max", "real" }, { "skewness", "real" },
  { "kurtosis", "real" }, { "autocorrelation", "real" } }

verb("describe", {}, SUMMARY, function(s, first, last)
  return assert(summary.of(s.value, first, last))
end)

local OUTLIERS = { { "n", "int" }, { "method", "text" }, { "center", "real" },
  { "lower", "real" }, { "upper", "real" }, { "outliers", "int" },
  { "rows", "text" }, { "values", "text" }, { "note", "text" } }

verb("outliers", { method = true, k = true, alpha = true, max = true },
  OUTLIERS, function(s, first, last, opts)
    local found, message = outliers.find(s.value, first, last, {
      method = opts.method, k = opts.k, alpha = opts.alpha, max = opts.max })
    if found == nil then return nil, message end
    found.outliers = #found.at
    found.rows = listed(places(s, first, found.at))
    found.values = listed(found.values)
    return found
  end)

local XMR = { { "n", "int" }, { "center", "real" }, { "lower", "real" },
  { "upper", "real" }, { "mr", "real" }, { "mr_upper", "real" },
  { "signals", "int" }, { "periods", "text" }, { "note", "text" } }

verb("xmr", { period = true }, XMR, function(s, first, last)
  local found, message = outliers.limits(s.value, first, last)
  if found == nil then return nil, message end
  local at = {}
  for i, signal in ipairs(found.signals) do at[i] = signal.at end
  found.periods, found.signals = listed(places(s, first, at)), #at
  return found
end)

local PETTITT = { { "n", "int" }, { "last_before", "text" }, { "k", "real" },
  { "p", "real" }, { "note", "text" } }

--- Pettitt's change of level: the last period before it.
verb("pettitt", { period = true }, PETTITT, function(s, first, last)
  local found, message = trend.change(s.value, first, last)
  if found == nil then return nil, message end
  found.last_before = tostring(s.times[first + found.at - 1])
  return found
end)

local BENFORD = { { "n", "int" }, { "left_out", "int" }, { "mad", "real" },
  { "conformity", "text" }, { "chisq", "real" }, { "p", "real" },
  { "note", "text" } }

verb("benford", { digits = true }, BENFORD, function(s, first, last, opts)
  return digits.test(s.value, first, last, opts.digits or "first")
end)

local ROUND = { { "unit", "int" }, { "n", "int" }, { "count", "int" },
  { "share", "real" }, { "expected", "real" }, { "p", "real" },
  { "note", "text" } }

verb("round_numbers", {}, ROUND, function(s, first, last)
  return digits.roundness(s.value, first, last)
end)

local DUPLICATES = { { "value" }, { "count", "int" }, { "n", "int" },
  { "rows", "text" }, { "note", "text" } }

--- The values of rows first to last that occur more than once, the most
--- frequent first.
verb("duplicates", {}, DUPLICATES, function(s, first, last)
  local seen, order, n = {}, {}, 0
  for row = first, last do
    local value = s.value[row]
    if value ~= nil then
      local key = tostring(value)
      if seen[key] == nil then
        seen[key] = { value = value, count = 0, at = {} }
        order[#order + 1] = seen[key]
      end
      local item = seen[key]
      item.count, n = item.count + 1, n + 1
      item.at[item.count] = row - first + 1
    end
  end
  local list = {}
  for _, item in ipairs(order) do
    if item.count > 1 then
      item.n, item.rows = n, listed(places(s, first, item.at))
      list[#list + 1] = item
    end
  end
  table.sort(list, function(a, b)
    if a.count ~= b.count then return a.count > b.count end
    return a.value > b.value
  end)
  if #list == 0 then return { n = n, note = "no value occurs twice" } end
  return list
end)

local function check(name, opts)
  if name == "benford" and type(opts) == "table" then
    numbers.one_of("digits", opts.digits or "first",
      { "first", "second", "first_two" })
  elseif name == "outliers" and type(opts) == "table" then
    outliers.check { method = opts.method, k = opts.k, alpha = opts.alpha,
      max = opts.max }
  end
end

for name, f in pairs(verbs) do
  Table[name] = function(self, opts)
    call(name, check, name, opts)
    return call(name, f, self, opts)
  end
  Grouped[name] = function(self, opts)
    local all = call(name, series_of.with_keys, opts, self.keys)
    if type(all) ~= "table" then raise(name, "{value = …} was expected") end
    return self.table[name](self.table, all)
  end
end

-- Models ----------------------------------------------------------------------

local REGRESS = { { "term", "text" }, { "coef", "real" }, { "se", "real" },
  { "t", "real" }, { "p", "real" }, { "vif", "real" }, { "n", "int" },
  { "r2", "real" }, { "sigma", "real" }, { "note", "text" } }

--- The rows of one group's fit, one for each term.
local function terms_of(t, text, opts)
  local fit, message = models.regress(t, text, opts)
  if fit == nil then return { { n = t:nrows(), note = message } } end
  local list = fit:table():to_rows()
  for _, row in ipairs(list) do
    row.n, row.r2, row.sigma, row.note = fit.n, fit.r2, fit.sigma, fit.note
  end
  return list
end

local function regress(t, keys, text, opts)
  local by, message, code = core.stats.series(numbered(t), keys, ROW)
  if by == nil then return nil, message, code end
  by.by = keys
  local rows = {}
  series_of.for_each(#by.starts - 1, function(i)
    local part = core.table.slice(by.table, by.starts[i], by.starts[i + 1] - 1)
    for _, row in ipairs(terms_of(part, text, opts)) do
      row.series = i
      rows[#rows + 1] = row
    end
  end)
  return result(by, REGRESS, rows)
end

--- The fit of ev.stats.regress as a table: term, coef, se, t, p, vif, and on
--- each row n, r2, sigma, note of the model.
---@param text string
---@param opts table?
---@return evalua.table? t
---@return string? message
function Table:regress(text, opts)
  return call("regress", regress, self, {}, text, opts)
end

--- A fit for each group: the keys, then as t:regress.
---@param text string
---@param opts table?
---@return evalua.table? t
---@return string? message
function Grouped:regress(text, opts)
  return call("regress", regress, self.table, self.keys, text, opts)
end

return {}

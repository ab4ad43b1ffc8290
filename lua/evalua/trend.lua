--- Trends of many series at once: `t:trend { period = "year", value =
--- "amount", by = "unit" }` gives one row for each series.

local blame = require "evalua.blame"
local core = require "evalua.core"
local grouped = require "evalua.grouped"
local numbers = require "evalua.stats.numbers"
local series_of = require "evalua.series"
local tests = require "evalua.stats.trend"

local M = {}

---@class evalua.table
local Table = core.table.methods
---@class evalua.grouped
local Grouped = grouped

local _, call = blame.new(debug.getinfo(1, "S").source)

local own = { season = true, correct = true, level = true }

local FIELDS = { "n", "slope", "slope_lo", "slope_hi", "tau", "z", "p", "q",
  "method", "note" }

--- Values for which it is said that neighbours are alike.
local LEAST_NEIGHBOURS = 10

local notes = {
  gaps = "periods without a row: %d",
  missing = "missing values: %d",
  -- without "; ", which parts notes
  alike = "neighbours are alike (r = %.2f), p is too small (correct = "
    .. "\"hamed-rao\" allows for it)",
}

local function neighbour_note(series, first, last, slope, n)
  if n < LEAST_NEIGHBOURS then return nil end
  local r = core.stats.neighbours(series.value, first, last, series.times,
    slope)
  if r ~= nil and r > math.max(0.1, 1.959963984540054 / math.sqrt(n)) then
    return notes.alike:format(r)
  end
end

--- What there is to say of series i.
local function notes_of(series, i, test, sen, opts)
  local list = { test.note }
  if sen and sen.note and test.note == nil then list[#list + 1] = sen.note end
  if test.missing > 0 then
    list[#list + 1] = notes.missing:format(test.missing)
  end
  if series.gaps[i] > 0 then
    list[#list + 1] = notes.gaps:format(series.gaps[i])
  end
  if test.p ~= nil and opts.season == 1 and opts.correct == nil then
    list[#list + 1] = neighbour_note(series, series.starts[i],
      series.starts[i + 1] - 1, sen.slope, test.n)
  end
  return list
end

local function trend_of(series, i, opts)
  local first, last = series.starts[i], series.starts[i + 1] - 1
  local test = assert(tests.test(series.value, first, last, series.times,
    opts.season, opts.correct))
  local sen = tests.slope(series.value, first, last, series.times, opts.season,
    opts.level)
  test.notes = notes_of(series, i, test, sen, opts)
  test.slope = sen and sen.slope
  test.slope_lo, test.slope_hi = sen and sen.lo, sen and sen.hi
  return test
end

local function columns_of(series, rows)
  local columns, by_name = {}, {}
  for _, name in ipairs(FIELDS) do
    local kind = name == "n" and "int"
      or (name == "method" or name == "note") and "text" or "real"
    local values = {}
    for i = 1, series.n do values[i] = rows[i][name] end
    by_name[name] = { name, kind, values }
    if name ~= "q" or series.n > 1 then
      columns[#columns + 1] = by_name[name]
    end
  end
  by_name.p[3].n = series.n
  by_name.q[3] = tests.fdr(by_name.p[3])
  return columns
end

local function options_of(opts)
  local season = opts.season or 1
  if math.type(season) ~= "integer" or season < 1 or season > 1000 then
    error("season is a whole number from 1 to 1000, not " .. tostring(season),
      0)
  end
  return { season = season, correct = opts.correct,
    level = numbers.level(opts) }
end

local function trend(t, opts)
  series_of.check(opts, own)
  local rule, rows = options_of(opts), {}
  local series, message, code = series_of.of(t, opts, FIELDS)
  if series == nil then return nil, message, code end
  series_of.for_each(series.n, function(i)
    local row = trend_of(series, i, rule)
    row.note = #row.notes > 0 and table.concat(row.notes, "; ") or nil
    if row.exact then row.method = row.method .. " exact" end
    rows[i] = row
  end)
  return series_of.result(series, columns_of(series, rows))
end

--- The trend of each series: Mann and Kendall's test and Sen's slope. A row for
--- each combination of `by` (names, or a list): those columns, then n (values),
--- slope (per period: per year, month, … of the period column; per 1 of whole
--- numbers) with its bounds slope_lo and slope_hi, tau, z, p, with several
--- series q (p kept to the false discovery rate), method, note.
---
--- Where a figure is NA, `note` says why: below 4 values there is no p, below 5
--- no interval. Options: period, value, by, agg ("sum" adds up rows of one
--- period, which are an error otherwise), season (12 for months: by place in
--- the cycle of the period column), correct ("hamed-rao"), level (0.95).
---
--- Rows come in order of time, up or down; a missing value is skipped, and its
--- time stays what it is. Sources: src/stats/trend.h, slope.h; evalua.stats.trend.
---@param opts table
---@return evalua.table? t
---@return string? message
---@return string? code
function Table:trend(opts) return call("trend", trend, self, opts) end

--- As t:trend { by = … } with the groups' columns.
---@param opts table
---@return evalua.table? t
---@return string? message
---@return string? code
function Grouped:trend(opts)
  local all = call("trend", series_of.with_keys, opts, self.keys)
  return call("trend", trend, self.table, all)
end

return M

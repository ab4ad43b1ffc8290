--- Year-end outturn: from the months that are over to the whole year.
---
---     t:outturn { period = "month", actual = "amount", annual = "budget",
---       by = "unit" }
---
--- gives a row for each series and method, with how the method did in the
--- complete years before, a band from these errors, and the month in which the
--- budget will be used up.

local blame = require "evalua.blame"
local core = require "evalua.core"
local exact = require "evalua.exact"
local grouped = require "evalua.grouped"
local methods = require "evalua.outturn_methods"
local numbers = require "evalua.stats.numbers"
local places_of = require "evalua.year_places"
local series_of = require "evalua.series"
local series_pair = require "evalua.series_pair"

local M = {}

---@class evalua.table
local Table = core.table.methods
---@class evalua.grouped
local Grouped = grouped

local _, call = blame.new(debug.getinfo(1, "S").source)

local NA = core.column.NA

local known = { period = true, actual = true, by = true, agg = true,
  annual = true, plan = true, method = true, as_of = true, start = true,
  cumulative = true, level = true }

M.methods = methods.names

M.fields = { "method", "ytd", "elapsed_pct", "executed_pct", "outturn", "lo",
  "hi", "budget", "variance", "rate_pct", "used_up", "folds", "mape", "best",
  "note" }

-- Options ---------------------------------------------------------------------

local function check_name(opts, name, needed)
  local value = opts[name]
  if value == nil and not needed then return end
  if type(value) ~= "string" then
    error(("%s: the name of a column was expected"):format(name), 0)
  end
end

local function chosen_methods(opts)
  if opts.method == nil or opts.method == "all" then return methods.names end
  for _, name in ipairs(methods.names) do
    if name == opts.method then return { name } end
  end
  error(("there is no method '%s'; there are: %s"):format(
    tostring(opts.method), table.concat(methods.names, ", ")), 0)
end

local function check(opts)
  if type(opts) ~= "table" then
    error("{period = \"month\", actual = \"amount\"} was expected", 0)
  end
  local problem = blame.stranger(opts, known)
  if problem ~= nil then error(problem, 0) end
  if not series_pair.names(opts.period) then check_name(opts, "period", true) end
  check_name(opts, "actual", true)
  check_name(opts, "plan", false)
  local annual = opts.annual
  if math.type(annual) == "float" then
    error(("annual: %s is a binary fraction, not an exact amount: write it as "
      .. "text, \"%.14g\""):format(annual, annual), 0)
  end
  if annual ~= nil and type(annual) ~= "string"
    and math.type(annual) ~= "integer" and not core.decimal.is(annual) then
    error("annual: an exact amount or the name of a column was expected, not "
      .. tostring(annual), 0)
  end
  local start = opts.start or 1
  if math.type(start) ~= "integer" or start < 1 or start > 12 then
    error("start is the month in which the year begins, 1 to 12, not "
      .. tostring(opts.start), 0)
  end
  local level = opts.level or 80
  if type(level) ~= "number" or level <= 0 or level >= 100 then
    error("level is a percentage between 0 and 100, not "
      .. tostring(opts.level), 0)
  end
  return { start = start, level = level, methods = chosen_methods(opts) }
end

-- The grid of years and months ------------------------------------------------

local function amount_of(value)
  if value == nil or core.decimal.is(value) then return value end
  return core.decimal.new(value, 0)
end

--- Amounts of a column of the series' table by year and place.
local function grid_of(series, i, column, kind, start)
  local years = {}
  for row = series.starts[i], series.starts[i + 1] - 1 do
    local year, place = places_of.of(series.times[row], kind, start)
    years[year] = years[year] or {}
    years[year][place] = amount_of(column[row])
  end
  return years
end

--- What was added in each month, from what there was up to it.
local function undo_cumulation(years, places)
  for _, months in pairs(years) do
    local before = core.decimal.new(0, 0)
    for place = 1, places do
      local upto = months[place]
      if upto ~= nil then
        months[place] = upto - before
        before = upto
      end
    end
  end
end

local function is_complete(months, places)
  for place = 1, places do
    if months == nil or months[place] == nil then return false end
  end
  return true
end

--- Year and place of the last amount, not after `as_of`.
local function last_place(years, as_of)
  local year, place
  for y, months in pairs(years) do
    for p in pairs(months) do
      local is_over = as_of == nil or y < as_of[1]
        or y == as_of[1] and p <= as_of[2]
      local is_later = year == nil or y > year or y == year and p > place
      if is_over and is_later then year, place = y, p end
    end
  end
  return year, place
end

--- All amounts up to place k of a year as numbers, NA where there is none, and
--- behind which of them each year begins.
local function line_of(years, first, last, k, places)
  local line, before, n = {}, {}, 0
  for year = first, last do
    before[year] = n
    for place = 1, year == last and k or places do
      local amount = years[year] and years[year][place]
      n = n + 1
      line[n] = amount and amount:number() or NA
    end
  end
  line.n = n
  return line, before
end

--- The year going on, as evalua.outturn_methods wants it.
local function current_year(years, plans, as_of, places)
  local last, k = last_place(years, as_of)
  if last == nil then return nil, "there is no amount" end
  local first, months = last, years[last]
  for year in pairs(years) do first = math.min(first, year) end
  local line, before = line_of(years, first, last, k, places)
  local past, left_out = {}, 0
  for year = first, last - 1 do
    if is_complete(years[year], places) then
      past[#past + 1] = { months = years[year], before = before[year],
        plan = is_complete(plans[year], places) and plans[year] or nil }
    else
      left_out = left_out + 1
    end
  end
  local missing = 0
  for place = 1, k do if months[place] == nil then missing = missing + 1 end end
  return { year = last, k = k, places = places, months = months, past = past,
    ytd = methods.sum(months, 1, k), line = line, left_out = left_out,
    plan = is_complete(plans[last], places) and plans[last] or nil,
    missing = missing }
end

-- A row -------------------------------------------------------------------

--- The place at which what was spent, and what will be, reaches the budget;
--- nil of a budget of nothing, or of amounts below zero (income in a ledger).
local function used_up(year, budget, outturn, shape)
  if budget:sign() <= 0 then return nil end
  local spent = core.decimal.new(0, 0)
  for place = 1, year.k do
    spent = spent + (year.months[place] or 0)
    if spent >= budget then return place end
  end
  local total = 0
  for place = year.k + 1, year.places do total = total + shape[place] end
  if total <= 0 or outturn:compare(budget) < 0 then return nil end
  local rest, gone = tonumber((outturn - year.ytd):round(9)), 0
  local room = tonumber((exact.of(budget) - year.ytd):round(9))
  for place = year.k + 1, year.places do
    gone = gone + shape[place]
    -- the last month brings the whole outturn, whatever was rounded
    if place == year.places or rest * gone / total >= room then return place end
  end
end

--- lo and hi from the errors of the years before: Student's t with as many
--- degrees of freedom as there are errors, around the guess itself.
local function band(guess, errors, level, floor)
  local n, squares = #errors, 0
  if n < 2 then return nil end
  for _, e in ipairs(errors) do squares = squares + e * e end
  local t = core.stats.quantile("t", 0.5 + level / 200, n)
  local half = guess:abs() * exact.of(("%.12f"):format(
    t * math.sqrt(squares / n)))
  local lo = guess - half
  if floor ~= nil and lo:compare(floor) < 0 then lo = exact.of(floor) end
  return lo, guess + half
end

local function mean_size(errors)
  if #errors == 0 then return nil end
  local sum = 0
  for _, e in ipairs(errors) do sum = sum + math.abs(e) end
  return 100 * sum / #errors
end

--- Nothing was ever taken back: the year cannot end below what is spent.
local function floor_of(year)
  for _, value in ipairs(year.line) do
    if value ~= NA and value < 0 then return nil end
  end
  return year.ytd
end

local function percent(part, whole)
  if whole == nil or whole:sign() == 0 then return nil end
  return (exact.of(part) * 100 / whole):decimal(6)
end

local function row_of(name, year, budget, rule)
  local row = { method = name, ytd = year.ytd, budget = budget,
    elapsed_pct = (exact.of(100 * year.k) / year.places):decimal(6),
    executed_pct = percent(year.ytd, budget) }
  local guess, shape = methods[name](year)
  if guess == nil then
    row.note = shape
    return row
  end
  local errors = methods.errors(name, year)
  local lo, hi = band(guess, errors, rule.level, floor_of(year))
  row.outturn = guess:decimal(rule.scale)
  row.lo, row.hi = lo and lo:decimal(rule.scale), hi and hi:decimal(rule.scale)
  row.folds, row.mape = #errors, mean_size(errors)
  if lo == nil then
    row.note = ("a band needs 2 years to look back on, there are %d")
      :format(#errors)
  end
  if budget == nil then return row end
  row.variance = (guess - budget):decimal(rule.scale)
  row.rate_pct = percent(guess, budget)
  local place = used_up(year, budget, guess, shape)
  row.used_up = place and places_of.period(year.year, place,
    rule.kind, rule.start)
  return row
end

local function add_notes(row, year)
  local notes = { row.note }
  local function add(text, n)
    if n > 0 then notes[#notes + 1] = text:format(n) end
  end
  add("months of this year without an amount, counted as nothing: %d",
    year.missing)
  add("incomplete years before, not used: %d", year.left_out)
  row.note = #notes > 0 and table.concat(notes, "; ") or nil
end

--- The method with the least error, where at least two years say so.
local function mark_best(rows)
  local best
  for _, row in ipairs(rows) do
    if row.mape ~= nil then
      row.best = false
      if row.folds >= 2 and (best == nil or row.mape < best.mape) then
        best = row
      end
    end
  end
  if best ~= nil and #rows > 1 then best.best = true end
end

local function rows_of(year, budget, rule)
  local rows = {}
  for i, name in ipairs(rule.methods) do
    if year.k == year.places then
      rows[i] = row_of("linear", year, budget, rule)
      rows[i].method = name
    else
      rows[i] = row_of(name, year, budget, rule)
    end
    add_notes(rows[i], year)
  end
  mark_best(rows)
  return rows
end

-- The table ---------------------------------------------------------------

--- The budget of the year: what its last row says.
local function budget_of(series, i, opts, year, rule)
  if opts.annual == nil then
    return year.plan and methods.sum(year.plan, 1, year.places)
  end
  if core.decimal.is(opts.annual) or math.type(opts.annual) == "integer" then
    return amount_of(opts.annual)
  end
  local grid = grid_of(series, i, series.table:column(opts.annual), rule.kind,
    rule.start)
  for place = year.k, 1, -1 do
    local months = grid[year.year]
    if months and months[place] ~= nil then return months[place] end
  end
end

--- The table with exact amounts, and the columns of these.
local function amounts_of(t, opts)
  local names = { opts.actual }
  if opts.plan ~= nil then names[#names + 1] = opts.plan end
  if type(opts.annual) == "string" then names[#names + 1] = opts.annual end
  for _, name in ipairs(names) do
    local message, code
    t, message, code = numbers.with_exact(t, name)
    if t == nil then return nil, message, code end
  end
  return t, names
end

local function scale_of(t, names)
  local scale = 0
  for _, name in ipairs(names) do
    local places = t:column(name):type():match "%((%d+)%)"
    scale = math.max(scale, tonumber(places or 0))
  end
  return scale
end

local function as_of_place(opts, rule)
  if opts.as_of == nil then return nil end
  local text = tostring(opts.as_of)
  local shape = rule.kind == "quarter" and "^%d%d%d%d%-?Q[1-4]$"
    or "^%d%d%d%d%-%d%d$"
  local month = rule.kind == "month" and tonumber(text:match "%d%d$") or 1
  if not text:find(shape) or month < 1 or month > 12 then
    error(("'%s' is no %s to look back from (as_of): write %s"):format(text,
      rule.kind, rule.kind == "quarter" and "2022Q3" or "2022-09"), 0)
  end
  return { places_of.of(text, rule.kind, rule.start) }
end

--- The rows of series i; where nothing can be said one row with the reason.
local function series_rows(series, i, opts, rule)
  local years = grid_of(series, i, series.table:column(opts.actual), rule.kind,
    rule.start)
  local plans = {}
  if opts.plan ~= nil then
    plans = grid_of(series, i, series.table:column(opts.plan), rule.kind,
      rule.start)
  end
  if opts.cumulative then undo_cumulation(years, rule.places) end
  local year, message = current_year(years, plans, rule.as_of, rule.places)
  if year == nil then return { { note = message } } end
  return rows_of(year, budget_of(series, i, opts, year, rule), rule)
end

local types = { method = "text", folds = "int", mape = "real", best = "bool",
  note = "text", elapsed_pct = "decimal(6)", executed_pct = "decimal(6)",
  rate_pct = "decimal(6)" }

local function table_of(series, lists, rule)
  local names, columns = {}, {}
  local function put(name, values, n, kind)
    names[#names + 1] = name
    columns[#columns + 1] = assert(core.column.new(values, n, kind))
  end
  local owners, rows = {}, {}
  for i = 1, series.n do
    for _, row in ipairs(lists[i]) do
      rows[#rows + 1] = row
      owners[#rows] = series.starts[i]
    end
  end
  for _, name in ipairs(series.by) do
    local column, values = series.table:column(name), {}
    for r, owner in ipairs(owners) do values[r] = column[owner] end
    put(name, values, #rows, column:type())
  end
  for _, name in ipairs(M.fields) do
    local values = {}
    for r, row in ipairs(rows) do values[r] = row[name] end
    local kind = types[name] or name == "used_up" and rule.kind
      or ("decimal(%d)"):format(rule.scale)
    put(name, values, #rows, kind)
  end
  return core.table.new(names, columns, #rows)
end

--- The options with a text `annual` that is an amount, and not a column, as
--- one.
local function with_amount(t, opts)
  local amount = type(opts.annual) == "string" and not t:has(opts.annual)
    and core.decimal.parse(opts.annual)
  if not amount then return opts end
  local copy = {}
  for name, value in pairs(opts) do copy[name] = value end
  copy.annual = amount
  return copy
end

local function outturn(t, opts)
  local rule = check(opts)
  local by = opts.by or {}
  if type(by) == "string" then by = { by } end
  local amounts, message, code
  t, opts, code = series_pair.join(t, opts)
  if t == nil then return nil, opts, code end
  opts = with_amount(t, opts)
  t, amounts, code = amounts_of(t, opts)
  if t == nil then return nil, amounts, code end
  rule.scale = scale_of(t, amounts)
  if core.decimal.is(opts.annual) then
    rule.scale = math.max(rule.scale, opts.annual:scale())
  end
  t, message, code = series_of.with_times(t, opts.period)
  if t == nil then return nil, message, code end
  rule.kind = t:column(opts.period):type()
  if rule.kind ~= "month" and rule.kind ~= "quarter" then
    error(("'%s' is %s, not months or quarters"):format(opts.period,
      rule.kind), 0)
  end
  if rule.kind == "quarter" and (rule.start - 1) % 3 ~= 0 then
    error("quarters begin in the months 1, 4, 7 and 10", 0)
  end
  rule.places = places_of.counts[rule.kind]
  rule.as_of = as_of_place(opts, rule)
  if opts.agg == "sum" then
    t, message, code = series_of.summed(t, by, opts.period, amounts)
    if t == nil then return nil, message, code end
  elseif opts.agg ~= nil then
    error("agg is \"sum\", not " .. tostring(opts.agg), 0)
  end
  local series
  series, message, code = series_of.of(t, { period = opts.period,
    value = opts.actual, by = by }, M.fields)
  if series == nil then return nil, message, code end
  local lists = {}
  series_of.for_each(series.n, function(i)
    lists[i] = series_rows(series, i, opts, rule)
  end, 100)
  return table_of(series, lists, rule)
end

--- What each series' financial year will come to: the columns of `by`, then
--- method, ytd, elapsed_pct, executed_pct (of the budget), outturn, lo, hi,
--- budget, variance (outturn − budget), rate_pct, used_up (the month in which
--- the budget is, or will be, used up; NA: not in this year), folds (years the
--- method was tried on), mape (mean error there, percent), best, note.
---
--- Options: period, actual (a column of what was spent in each period; with
--- cumulative = true, up to it), by, agg ("sum"); annual (the year's budget: an
--- amount such as 4500 or "4500.50", or a column whose last cell holds), plan (a
--- column of what was planned for each period; without annual its sum is the
--- budget); method (all, or one of M.methods), as_of ("2022-09": later amounts are
--- not looked at), start (the month in which the year begins, 1), level (percent
--- of the band, 80). The methods are in evalua.outturn_methods; a band comes
--- from the errors of the same method, at the same month, in the complete years
--- before.
---@param opts table
---@return evalua.table? t
---@return string? message
---@return string? code
function Table:outturn(opts) return call("outturn", outturn, self, opts) end

--- As t:outturn { by = … } with the groups' columns.
---@param opts table
---@return evalua.table? t
---@return string? message
---@return string? code
function Grouped:outturn(opts)
  local all = call("outturn", series_of.with_keys, opts, self.keys)
  return call("outturn", outturn, self.table, all)
end

return M

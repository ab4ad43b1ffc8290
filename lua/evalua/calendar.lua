--- Words of the financial year: year to date, against the year before, the
--- last twelve months.
---
---     t:ytd { value = "amount", period = "month", by = "unit", start = 7 }
---     t:yoy { value = "amount", year = "year", month = "period" }
---
--- Periods are told by `period`, a column of months or quarters, or by `year`
--- and `month`, two columns of whole numbers. `start` (1) is the calendar month
--- in which the financial year begins. Month numbers 13 to 16 are closing
--- periods: they belong behind the twelfth month of their financial year, so
--- year and month are then the organisation's own and `start` has no place.
---
--- Everything goes by the calendar, not by rows: where March lacks, a year
--- before April is still April. Each period may stand once in a group; a row
--- without a period, or whose sum a missing month leaves incomplete, has NA.

local blame = require "evalua.blame"
local core = require "evalua.core"
local expr = require "evalua.expr"
local window = require "evalua.window"

local M = {}

---@class evalua.table
local Table = core.table.methods

local raise, call = blame.new(debug.getinfo(1, "S").source)

--- Closing periods: with them a year has so many places.
local PLACES, MONTHS = 16, 12

--- Names of columns that live during a verb only.
local YEAR, PLACE, AT, COUNTED = "evalua: year", "evalua: place",
  "evalua: at", "evalua: counted"

local known = { "value", "period", "year", "month", "by", "start" }
local rolling = { "value", "period", "year", "month", "by", "start", "partial" }
local fiscal = { "period", "year", "month", "start", "named" }

local function names_of(what, field, value)
  if value == nil then return {} end
  if type(value) == "string" then return { value } end
  if type(value) == "table" then return value end
  raise(what, ("%s is the name of a column or a list of them, not a %s")
    :format(field, type(value)))
end

local function check_options(what, opts, names)
  if type(opts) ~= "table" then
    raise(what, "{value = \"amount\", period = \"month\"} was expected")
  end
  blame.check_names(raise, what, opts, names)
  local by_parts = opts.year ~= nil or opts.month ~= nil
  if (opts.period ~= nil) == by_parts
    or by_parts and not (opts.year and opts.month) then
    raise(what, "period = \"column\", or year and month, was expected")
  end
  local start = opts.start or 1
  if math.type(start) ~= "integer" or start < 1 or start > MONTHS then
    raise(what, "start is the month in which the year begins, 1 to 12, not "
      .. tostring(opts.start))
  end
  return start
end

-- Where a row stands in its financial year ------------------------------------

local function column(name) return ("col%q"):format(name) end

--- The texts of the year and the month (from 1) of a row, by the calendar.
local function calendar(what, t, opts)
  if opts.year ~= nil then
    for _, name in ipairs { opts.year, opts.month } do
      local kind = call(what, t.column, t, name):type()
      if kind ~= "int" then
        raise(what, ("'%s' is %s, not whole numbers"):format(name, kind))
      end
    end
    return column(opts.year), column(opts.month), "month"
  end
  local kind = call(what, t.column, t, opts.period):type()
  if kind ~= "month" and kind ~= "quarter" then
    raise(what, ("'%s' is %s, not months or quarters"):format(opts.period,
      kind))
  end
  local name = column(opts.period)
  local month = kind == "month" and ("month(%s)"):format(name)
    or ("(3 * quarter(%s) - 2)"):format(name)
  return ("year(%s)"):format(name), month, kind
end

--- The first and the last month number of a column.
local function check_months(t, opts, start)
  local ends = assert(t:summarise(("first = min(%s), last = max(%s)"):format(
    column(opts.month), column(opts.month))))[1]
  if ends.first ~= nil and (ends.first < 1 or ends.last > PLACES) then
    local wrong = ends.first < 1 and ends.first or ends.last
    return nil, ("column '%s': there is no month %d: 1 to 12, and 13 to 16 "
      .. "for closing periods"):format(opts.month, wrong), "data"
  end
  if start > 1 and ends.last ~= nil and ends.last > MONTHS then
    return nil, ("column '%s' has closing periods (%d), which count within "
      .. "the financial year: leave start out"):format(opts.month, ends.last),
      "data"
  end
  return true
end

--- The table with YEAR (the calendar year in which the financial one begins),
--- PLACE (1 to 16) and AT, a number that goes on over the years; and how many
--- of AT make a year, and how many places a full one needs.
local function placed(what, t, opts, start)
  local year, month, kind = calendar(what, t, opts)
  if opts.year ~= nil then
    local ok, message, code = check_months(t, opts, start)
    if ok == nil then return nil, message, code end
  end
  if kind == "quarter" and start % 3 ~= 1 then
    raise(what, "a financial year of quarters begins in month 1, 4, 7 or 10")
  end
  local of_year, of_place = year, month
  if start > 1 then
    local months = ("(%s * 12 + %s - %d)"):format(year, month, start)
    of_year, of_place = months .. " // 12", months .. " % 12 + 1"
  end
  local size, needed = PLACES, MONTHS
  if kind == "quarter" then
    size, needed = 4, 4
    of_place = ("(%s - 1) // 3 + 1"):format("(" .. of_place .. ")")
  end
  local out, message, code = t:mutate { { YEAR, of_year }, { PLACE, of_place },
    { AT, ("%s * %d + %s"):format(column(YEAR), size, column(PLACE)) } }
  if out == nil then return nil, message, code end
  return out, size, needed
end

--- The first period that stands twice in a group, as an error.
local function check_single(t, by, opts)
  local keys = table.move(by, 1, #by, 1, {})
  keys[#keys + 1] = AT
  local twice = t:where("not is_na(" .. column(AT) .. ")"):count(
    table.unpack(keys))
  twice = twice:where "n > 1"
  if twice:nrows() == 0 then return true end
  local row, names = twice[1], {}
  for _, name in ipairs(by) do
    names[#names + 1] = ("%s = %s"):format(name, tostring(row[name]))
  end
  local at = t:where(expr.column(AT):eq(row[AT]))[1]
  for _, name in ipairs { opts.period or opts.year, opts.month } do
    names[#names + 1] = ("%s = %s"):format(name, tostring(at[name]))
  end
  return nil, ("%d rows for %s: sum them first"):format(row.n,
    table.concat(names, ", ")), "data"
end

--- The table with its places, checked; its values and groups.
local function prepare(what, t, opts, names)
  local start = check_options(what, opts, names)
  local values = names_of(what, "value", opts.value)
  if #values == 0 then raise(what, "value = \"column\" was expected") end
  local by = names_of(what, "by", opts.by)
  for _, name in ipairs(values) do
    local col = call(what, t.column, t, name)
    if not (col:type():find "^decimal" or col:type() == "int"
      or col:type() == "real") then
      raise(what, ("'%s' is %s, not numbers"):format(name, col:type()))
    end
  end
  for _, name in ipairs(by) do call(what, t.column, t, name) end
  local out, size, needed = placed(what, t, opts, start)
  if out == nil then return nil, size, needed end
  local ok, message, code = check_single(out, by, opts)
  if ok == nil then return nil, message, code end
  return { table = out, values = values, by = by, size = size,
    needed = needed, names = t:names() }
end

--- The columns of the table that came in, and the new ones.
local function finish(work, t, message, code)
  if t == nil then return nil, message, code end
  return t:select(table.unpack(work.names))
end

local function add_name(work, name)
  for _, other in ipairs(work.names) do
    if other == name then return name end
  end
  work.names[#work.names + 1] = name
  return name
end

-- The verbs --------------------------------------------------------------------

---@class evalua.calendar
---@field value string|string[] what is summed or compared
---@field period? string a column of months or quarters
---@field year? string
---@field month? string
---@field by? string|string[] groups
---@field start? integer the month in which the financial year begins (1)

--- `amount_ytd`: the sum from the beginning of the financial year up to the
--- row's period, exact. A missing amount is NA itself and skipped later on.
---@param opts evalua.calendar
---@return evalua.table? t
---@return string? message
---@return string? code
function Table:ytd(opts)
  local work, message, code = prepare("ytd", self, opts, known)
  if work == nil then return nil, message, code end
  local spec = { by = table.move(work.by, 1, #work.by, 2, { YEAR }),
    order = { AT } }
  for _, name in ipairs(work.values) do
    spec[#spec + 1] = { add_name(work, name .. "_ytd"), window.cumsum(name) }
  end
  return finish(work, work.table:window(spec))
end

--- `amount_prior`: the value of the same period a year before; `amount_yoy`:
--- the change; `amount_yoy_pct`: that in percent of the value before, with 6
--- decimals, NA where it is zero or missing.
---@param opts evalua.calendar
---@return evalua.table? t
---@return string? message
---@return string? code
function Table:yoy(opts)
  local work, message, code = prepare("yoy", self, opts, known)
  if work == nil then return nil, message, code end
  local spec, along = { by = work.by }, { along = AT }
  for _, name in ipairs(work.values) do
    for _, item in ipairs { { "_prior", window.lag },
      { "_yoy", window.diff }, { "_yoy_pct", window.pct_change } } do
      spec[#spec + 1] = { add_name(work, name .. item[1]),
        item[2](name, work.size, along) }
    end
  end
  return finish(work, work.table:window(spec))
end

--- `amount_rolling12`: the sum of the last twelve months (four quarters), this
--- one included, closing periods with the months they follow. NA where one of
--- the twelve lacks, unless `partial`.
---@param opts evalua.calendar
---@return evalua.table? t
---@return string? message
---@return string? code
function Table:rolling12(opts)
  local work, message, code = prepare("rolling12", self, opts, rolling)
  if work == nil then return nil, message, code end
  local t = work.table
  for _, name in ipairs(work.values) do
    local sum = add_name(work, name .. "_rolling12")
    -- a month that counts is 1, a closing period 0, a missing value NA
    t = t:mutate { { COUNTED, ("0 * floor(%s) + min(1, 12 // %s)"):format(
      column(name), column(PLACE)) } }
    t, message, code = t:window { by = work.by,
      { sum, window.rolling(name, work.size, { along = AT,
        partial = true }) },
      { COUNTED, window.rolling(COUNTED, work.size, { along = AT,
        partial = true }) } }
    if t == nil then return nil, message, code end
    if not opts.partial then
      -- x/0 is NA: less than a full count leaves no sum
      t, message, code = t:mutate { { sum, ("%s + 0 * (1 // (%s // %d))")
        :format(column(sum), column(COUNTED), work.needed) } }
      if t == nil then return nil, message, code end
    end
  end
  return finish(work, t)
end

--- `fiscal_year` and `fiscal_period` (1 to 12, 16 with closing periods; 1 to 4
--- of quarters). The year is called after the calendar year in which it ends
--- (Australia, the United States), or with named = "start" begins (India,
--- Japan).
---@param opts {period?: string, year?: string, month?: string,
---  start?: integer, named?: "start"|"end"}
---@return evalua.table? t
---@return string? message
---@return string? code
function Table:fiscal(opts)
  local start = check_options("fiscal", opts, fiscal)
  if opts.named ~= nil and opts.named ~= "start" and opts.named ~= "end" then
    raise("fiscal", "named may be \"start\" or \"end\", not "
      .. tostring(opts.named))
  end
  local t, message, code = placed("fiscal", self, opts, start)
  if t == nil then return nil, message, code end
  local later = start > 1 and opts.named ~= "start" and 1 or 0
  local work = { names = self:names() }
  t, message, code = t:mutate {
    { add_name(work, "fiscal_year"), ("%s + %d"):format(column(YEAR),
      later) },
    { add_name(work, "fiscal_period"), column(PLACE) } }
  return finish(work, t, message, code)
end

return M

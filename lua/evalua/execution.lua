--- Execution: how much of a budget has been spent, beside how much of the year
--- has gone by (预算执行率与序时进度).

local blame = require "evalua.blame"
local core = require "evalua.core"

local M = {}

---@class evalua.table
local Table = core.table.methods

local raise, call = blame.new(debug.getinfo(1, "S").source)

local WHAT = "execution_rate"

local function days_in(year, month)
  local last = os.time { year = year, month = month + 1, day = 0, hour = 12 }
  return os.date("*t", last).day
end

--- The days of a financial year up to the end of `month`, or to `day` in it.
local function days_gone(year, month, day, start)
  local days, m = 0, start
  local y = month >= start and year or year - 1
  while y ~= year or m ~= month do
    days = days + days_in(y, m)
    m = m + 1
    if m > 12 then y, m = y + 1, 1 end
  end
  return days + day
end

--- What part of its financial year has gone by at the end of a period: a
--- month counts as a twelfth, a day as itself. "2022-09" is 75 %.
---@param period string a month, a quarter or a day
---@param start integer? the month in which the year begins (1)
---@return integer? part
---@return integer|string whole or message
function M.elapsed(period, start)
  start = start or 1
  local year, month, day = period:match "^(%d%d%d%d)%-(%d%d)%-(%d%d)$"
  local quarter
  if year == nil then year, month = period:match "^(%d%d%d%d)%-(%d%d)$" end
  if year == nil then
    year, quarter = period:match "^(%d%d%d%d)%-?Q([1-4])$"
    month = quarter and 3 * tonumber(quarter)
  end
  year, month, day = math.tointeger(tonumber(year)),
    math.tointeger(tonumber(month)), math.tointeger(tonumber(day))
  local fits = year and month and month >= 1 and month <= 12
    and (day == nil or day >= 1 and day <= days_in(year, month))
  if not fits then
    return nil, ("'%s' is no month, quarter or day: write 2022-09 or "
      .. "2022-09-30"):format(period)
  end
  if day == nil then return (month - start) % 12 + 1, 12 end
  local last = (start + 10) % 12 + 1
  local last_year = month >= start and start > 1 and year + 1 or year
  return days_gone(year, month, day, start), days_gone(last_year, last,
    days_in(last_year, last), start)
end

local columns = { "base", "actual", "rate_pct", "elapsed_pct", "ahead_pct",
  "remaining", "level" }

local function check_options(t, opts)
  if type(opts) ~= "table" then
    raise(WHAT, "{base =, actual =, by =} was expected")
  end
  blame.check_names(raise, WHAT, opts, { "base", "actual", "by", "as_of",
    "start", "total" })
  for _, name in ipairs { "base", "actual" } do
    if type(opts[name]) ~= "string" then
      raise(WHAT, name .. " = \"column\" was expected")
    end
    local kind = call(WHAT, t.column, t, opts[name]):type()
    if kind ~= "int" and not kind:find "^decimal" then
      raise(WHAT, ("'%s' is %s, not exact amounts"):format(opts[name], kind))
    end
  end
end

local function keys_of(t, by)
  local keys = type(by) == "table" and by or { by }
  for _, name in ipairs(keys) do
    call(WHAT, t.column, t, name)
    for _, own in ipairs(columns) do
      if own == name then
        raise(WHAT, ("a by-column cannot be called '%s', since the result "
          .. "has a column of that name: rename it"):format(name))
      end
    end
  end
  return keys
end

--- Sums of both sides by `keys`, with the whole behind them where asked.
local function sums(t, keys, opts)
  local items = { { name = "base", fn = "sum", column = opts.base },
    { name = "actual", fn = "sum", column = opts.actual } }
  local groups = t:group_by(table.unpack(keys))
  if not opts.total or #keys == 0 then return groups:summarise(items) end
  local rows, message, code = groups:rollup(items)
  if rows == nil then return nil, message, code end
  return rows:where(("level == %d or level == 0"):format(#keys))
end

--- Budget, outturn and `rate_pct` = 100·actual/base of each group, computed of
--- the sums and NA where the base is zero or missing; `remaining` =
--- base − actual. With `as_of`, a month, quarter or day, also `elapsed_pct`,
--- the part of the financial year that has gone by then, and `ahead_pct`, by
--- how many points the rate is ahead of it (behind: negative).
---@param opts {base: string, actual: string, by?: string|string[],
---  as_of?: string, start?: integer, total?: boolean}
---@return evalua.table? t
---@return string? message
---@return string? code
function Table:execution_rate(opts)
  check_options(self, opts)
  local keys = keys_of(self, opts.by)
  local rows, message, code = sums(self, keys, opts)
  if rows == nil then return nil, message, code end
  local new = { { "rate_pct", "percent(actual, base)" },
    { "remaining", "coalesce(base, 0) - coalesce(actual, 0)" } }
  local shown = table.move(keys, 1, #keys, 1, {})
  table.move({ "base", "actual", "remaining", "rate_pct" }, 1, 4,
    #shown + 1, shown)
  if opts.as_of ~= nil then
    local part, whole = M.elapsed(tostring(opts.as_of), opts.start)
    if part == nil then raise(WHAT, "as_of: " .. whole) end
    new[3] = { "elapsed_pct", ("percent(%d, %d)"):format(part, whole) }
    new[4] = { "ahead_pct", "rate_pct - elapsed_pct" }
    table.move({ "elapsed_pct", "ahead_pct" }, 1, 2, #shown + 1, shown)
  end
  if opts.total and #keys > 0 then shown[#shown + 1] = "level" end
  rows, message, code = rows:mutate(new)
  if rows == nil then return nil, message, code end
  return rows:select(table.unpack(shown))
end

return M

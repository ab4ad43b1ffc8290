--- Periods of charts: order, gaps, names. A period is what a table gives for
--- it: "2024-08", "2024Q3", "2024-08-15", a year, or any text.

local M = {}

---@class Period
---@field kind string month, quarter, year, day, moon (a month without a year),
---  number or text
---@field index integer? for order and gaps
---@field year integer?
---@field part integer? month or quarter
---@field text string as the table has it

local english = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug",
  "Sep", "Oct", "Nov", "Dec" }

-- Gaps are filled up to this many periods: beyond, they are not a series.
local MOST_FILLED = 1200

local function month(year, part)
  return { kind = "month", index = year * 12 + part - 1, year = year,
    part = part, text = ("%04d-%02d"):format(year, part) }
end

local function quarter(year, part)
  return { kind = "quarter", index = year * 4 + part - 1, year = year,
    part = part, text = ("%04dQ%d"):format(year, part) }
end

--- Days since 1 March of the year 0, in the Gregorian calendar.
local function day_number(year, part, day)
  local early = part < 3 and 1 or 0 -- a year that begins with March
  local y, since = year - early, part - 3 + 12 * early
  return 365 * y + y // 4 - y // 100 + y // 400 + (153 * since + 2) // 5 + day
end

--- Is there such a day? 30 February is none.
local function is_day(year, part, day)
  return part >= 1 and part <= 12 and day >= 1 and day
    <= day_number(year + part // 12, part % 12 + 1, 1)
      - day_number(year, part, 1)
end

local function year_of(year)
  return { kind = "year", index = year, year = year,
    text = ("%d"):format(year) }
end

local function number(value, text)
  local whole = math.tointeger(value)
  if whole and whole >= 1800 and whole <= 2200 then return year_of(whole) end
  return { kind = "number", index = value, text = text }
end

--- A single value as a period.
---@return Period
function M.parse(value)
  local text = tostring(value)
  if type(value) == "number" then return number(value, text) end
  local y, m, d = text:match "^(%d%d%d%d)%-(%d%d)%-(%d%d)$"
  if y then
    y, m, d = math.tointeger(y), math.tointeger(m), math.tointeger(d)
    if not is_day(y, m, d) then return { kind = "text", text = text } end
    return { kind = "day", index = day_number(y, m, d), year = y, part = m,
      day = d, text = text }
  end
  y, m = text:match "^(%d%d%d%d)%-(%d%d)$"
  m = tonumber(m)
  if m and m >= 1 and m <= 12 then return month(tonumber(y), m) end
  y, m = text:match "^(%d%d%d%d)%-?[Qq]([1-4])$"
  if y then return quarter(tonumber(y), tonumber(m)) end
  y = text:match "^(%d%d%d%d)$"
  if y then return number(tonumber(y), text) end
  return { kind = "text", text = text }
end

--- Is it a column of bare months, by its name and its values?
local function are_moons(periods, name)
  name = tostring(name):lower()
  if not (name:find "month" or name:find "月") then return false end
  for _, period in ipairs(periods) do
    local index = math.tointeger(period.index or 0)
    if period.kind ~= "number" or not index or index < 1 or index > 12 then
      return false
    end
  end
  return true
end

--- The period `k` after (or before) one; nil where there is no such thing.
---@param k integer
---@return Period?
function M.next(period, k)
  local index = period.index and period.index + k
  if period.kind == "month" then
    return month(index // 12, index % 12 + 1)
  elseif period.kind == "quarter" then
    return quarter(index // 4, index % 4 + 1)
  elseif period.kind == "year" then
    return year_of(index)
  elseif period.kind == "moon" and index <= 12 then
    return { kind = "moon", index = index, part = index,
      text = ("%d"):format(index) }
  elseif period.kind == "number" and math.type(index) == "integer" then
    return { kind = "number", index = index, text = ("%d"):format(index) }
  end
end

local function fill(periods)
  local first, last = periods[1], periods[#periods]
  if not M.next(first, 0) or math.type(first.index) ~= "integer" then
    return periods
  end
  local span = last.index - first.index
  if first.kind == "number" or span > MOST_FILLED then return periods end
  local out = {}
  for k = 0, span do out[k + 1] = M.next(first, k) end
  return out
end

--- Months that a table writes as their first days.
local function months_of_days(periods)
  for _, period in ipairs(periods) do
    if period.kind ~= "day" or period.day ~= 1 then return false end
  end
  for _, period in ipairs(periods) do
    local as_month = month(period.year, period.part)
    for key, value in pairs(as_month) do period[key] = value end
  end
  return true
end

--- The periods of a column in their order, gaps filled, and for each value's
--- text its place among them.
---@param values any[] without nil
---@param name string? the column's
---@return Period[] periods
---@return table<string, integer> place by tostring(value)
function M.series(values, name)
  local periods, seen, kind = {}, {}, nil
  for _, value in ipairs(values) do
    local text = tostring(value)
    if not seen[text] then
      seen[text] = M.parse(value)
      periods[#periods + 1] = seen[text]
      kind = kind or seen[text].kind
      if kind ~= seen[text].kind then kind = "text" end
    end
  end
  if #periods == 0 then return {}, {} end
  if #periods > 1 and months_of_days(periods) then kind = "month" end
  if kind == "number" and are_moons(periods, name) then
    for _, period in ipairs(periods) do
      period.kind, period.part = "moon", period.index
    end
  end
  if kind == "text" then
    for _, period in ipairs(periods) do period.kind = "text" end
  else
    table.sort(periods, function(a, b) return a.index < b.index end)
    periods = fill(periods)
  end
  local at, place = {}, {}
  for i, period in ipairs(periods) do
    at[kind == "text" and period.text or period.index] = i
  end
  for text, period in pairs(seen) do
    place[text] = at[kind == "text" and period.text or period.index]
  end
  return periods, place
end

-- ---- names ----

local function part_name(period, lang)
  if period.kind == "month" or period.kind == "moon" then
    return lang == "zh" and ("%d月"):format(period.part)
      or english[period.part]
  elseif period.kind == "quarter" then
    return lang == "zh" and ("%d季度"):format(period.part)
      or ("Q%d"):format(period.part)
  elseif period.kind == "day" then
    return lang == "zh" and ("%d/%d"):format(period.part, period.day)
      or ("%d %s"):format(period.day, english[period.part] or period.part)
  end
  return period.text
end

local parted = { month = true, quarter = true, day = true }

--- What stands at the axis: the part of the year (or the whole text), and the
--- year where a new one begins and there are several.
---@param periods Period[]
---@return { text: string, year: string? }[] labels with season
function M.labels(periods, lang)
  local out, last = {}, nil
  local several = #periods > 0 and parted[periods[1].kind]
    and periods[1].year ~= periods[#periods].year
  out.season = M.season(periods)
  for i, period in ipairs(periods) do
    out[i] = { text = part_name(period, lang) }
    if several and period.year ~= last then
      out[i].year = ("%d"):format(period.year)
      last = period.year
    end
  end
  return out
end

--- A period in running text: "8 月", "Aug 2024".
---@param with_year boolean
function M.name(period, lang, with_year)
  local part = part_name(period, lang)
  if lang == "zh" then
    part = part:gsub("^(%d+)([月季])", "%1 %2")
      :gsub("^(%d+)/(%d+)$", "%1 月 %2 日")
  end
  if period.kind == "year" and lang == "zh" then return part .. " 年" end
  if not parted[period.kind] or not with_year then return part end
  if lang == "zh" then return ("%d 年 %s"):format(period.year, part) end
  return ("%s %d"):format(part, period.year)
end

--- From the first to the last: "2024 年 1–8 月", "Jan–Aug 2024".
function M.span(periods, lang)
  local first, last = periods[1], periods[#periods]
  if not first then return nil end
  if #periods == 1 then return M.name(first, lang, true) end
  local kind = first.kind
  if kind == "text" or kind == "number" then return nil end
  if kind == "year" then
    return lang == "zh" and ("%s–%s 年"):format(first.text, last.text)
      or ("%s–%s"):format(first.text, last.text)
  end
  local zh = lang == "zh"
  if first.year ~= last.year then
    return M.name(first, lang, true) .. "–" .. M.name(last, lang, true)
  end
  if zh and kind ~= "day" then
    local text = ("%d–%s"):format(first.part, M.name(last, lang, false))
    return first.year and ("%d 年 "):format(first.year) .. text or text
  end
  local text = part_name(first, lang) .. "–" .. part_name(last, lang)
  if not first.year then return text end
  return zh and ("%d 年 "):format(first.year) .. text
    or text .. (" %d"):format(first.year)
end

--- A part of a series within running text, without the year where one will
--- do: "Jan–Aug", "1–8 月".
---@param from integer
---@param to integer
function M.part(periods, from, to, lang)
  local first, last = periods[from], periods[to]
  local several = periods[1].year ~= periods[#periods].year
  local name = M.name(last, lang, several)
  if from == to then return name end
  if lang == "zh" and first.part and first.kind ~= "day" and not several then
    return ("%d–%s"):format(first.part, name)
  end
  return M.name(first, lang, several) .. "–" .. name
end

-- ---- years ----

--- Periods in a year: 12, 4, or 1.
function M.season(periods)
  local kind = periods[1] and periods[1].kind
  return (kind == "month" or kind == "moon") and 12 or kind == "quarter" and 4
    or 1
end

--- The first part of a year that begins in the month `start`.
local function first_part(period, start)
  start = start or 1
  return period.kind == "quarter" and (start + 2) // 3 or start
end

--- The year of a month or quarter, by the calendar year in which it begins.
---@param start integer? the month in which years begin, 1 unless said
---@return integer?
function M.year(period, start)
  if not (period.year and period.part) then return period.year end
  return period.part < first_part(period, start) and period.year - 1
    or period.year
end

--- Which part of its year a month or quarter is, from 1 on; nil for others.
---@return integer?
function M.place(period, start)
  local season = M.season { period }
  if season == 1 or not period.part then return nil end
  return (period.part - first_part(period, start)) % season + 1
end

--- The runs of one year each: { from, to }. What has no parts of a year is one
--- run.
---@param periods Period[]
---@return { from: integer, to: integer }[]
function M.years(periods, start)
  local runs, is_parted = {}, M.season(periods) > 1
  for i, period in ipairs(periods) do
    local year = is_parted and M.year(period, start)
    local run = runs[#runs]
    if run and run.year == year then
      run.to = i
    else
      runs[#runs + 1] = { from = i, to = i, year = year }
    end
  end
  return runs
end

return M

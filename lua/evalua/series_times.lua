--- The times of series from what tables have in place of periods: texts such
--- as "2023-01" (a table made in Lua has no others) or "2023年第1季度", whole
--- numbers such as 202301, and days that stand for their months, the first or
--- the last of each, as ledgers and statistics offices export them.

local core = require "evalua.core"

local M = {}

local NA = core.column.NA
local units = { "month", "quarter", "day", "year" }

--- Numerals of quarters, as they stand before 季度.
M.numerals = { ["一"] = 1, ["二"] = 2, ["三"] = 3, ["四"] = 4 }

--- Years and quarters in words as the core reads them.
local function plain(text)
  local year, rest = text:match "^(%d%d%d%d)(.+)$"
  if year == nil then return text end
  if rest == "年度" or rest == "财年" then return year end
  local quarter = rest:gsub("度$", ""):match "^年(.-)季$"
  quarter = quarter and quarter:gsub("^第", "")
  quarter = quarter and (M.numerals[quarter] or quarter:match "^[1-4]$")
  return quarter and year .. "Q" .. quarter or text
end

local function first_of(values)
  for i = 1, values.n do
    if values[i] ~= NA then return values[i] end
  end
end

local function unit_of(text)
  for _, unit in ipairs(units) do
    if core.column.new({ text }, 1, unit) ~= nil then return unit end
  end
end

--- Texts as periods of the first one's kind; nil where that is none; nil,
--- message where another is not.
local function from_texts(values)
  for i = 1, values.n do
    if values[i] ~= NA then values[i] = plain(values[i]) end
  end
  local first = first_of(values)
  local unit = first and unit_of(first)
  if unit == nil then return nil end
  return core.column.new(values, values.n, unit)
end

--- Whole numbers that all are a year and a month, as months; else nil.
local function from_numbers(values)
  local texts, any = {}, false
  for i = 1, values.n do
    local value = values[i]
    if value ~= NA then
      local month = value % 100
      if value < 190001 or value > 210012 or month < 1 or month > 12 then
        return nil
      end
      value, any = ("%d-%02d"):format(value // 100, month), true
    end
    texts[i] = value
  end
  return any and core.column.new(texts, values.n, "month") or nil
end

--- Is a day the last of its month? The core knows no later one.
local function is_last(month, day)
  local next_day = ("%s-%02d"):format(month, tonumber(day) + 1)
  return core.column.new({ next_day }, 1, "day") == nil
end

--- Days as months, where all are the first, or all the last, of different
--- months; else nil.
local function from_days(values)
  local texts, firsts, lasts, last_of, count = {}, true, true, {}, 0
  for i = 1, values.n do
    texts[i] = values[i]
    if values[i] ~= NA then
      local month, day = values[i]:match "^(.-)%-(%d%d)$"
      if last_of[month] == nil then
        last_of[month], count = is_last(month, day) and day, count + 1
      end
      firsts = firsts and day == "01"
      lasts = lasts and day == last_of[month]
      if not firsts and not lasts then return nil end
      texts[i] = month
    end
  end
  return count > 1 and core.column.new(texts, values.n, "month") or nil
end

--- The column as periods, or itself where it is no texts, numbers or days of
--- this kind; nil, message where one text among periods is none.
---@param column evalua.column
---@return evalua.column? column
---@return string? message
---@return string? code
function M.of(column)
  local kind = column:type()
  if kind ~= "text" and kind ~= "int" and kind ~= "day" then return column end
  local values = column:values(NA)
  values.n = #column
  if kind == "int" then return from_numbers(values) or column end
  if kind == "day" then return from_days(values) or column end
  local found, message, code = from_texts(values)
  if message ~= nil then return nil, message, code end
  if found ~= nil and found:type() == "day" then return M.of(found) end
  return found or column
end

return M

--- The times of series from what tables have in place of periods: texts such
--- as "2023-01" (a table made in Lua has no others), and whole numbers such as
--- 202301, as ledgers export them.

local core = require "evalua.core"

local M = {}

local NA = core.column.NA
local units = { "month", "quarter", "day", "year" }

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

--- The column as periods, or itself where it is no texts or numbers of this
--- kind; nil, message where one text among periods is none.
---@param column evalua.column
---@return evalua.column? column
---@return string? message
---@return string? code
function M.of(column)
  local kind = column:type()
  if kind ~= "text" and kind ~= "int" then return column end
  local values = column:values(NA)
  values.n = #column
  local found, message, code
  if kind == "text" then
    found, message, code = from_texts(values)
  else
    found = from_numbers(values)
  end
  if message ~= nil then return nil, message, code end
  return found or column
end

return M

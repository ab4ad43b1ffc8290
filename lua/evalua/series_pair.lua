--- A period in two columns, as ledgers keep it: a year, and a month or quarter
--- of it. They become one column of months or quarters.

local core = require "evalua.core"
local numbers = require "evalua.stats.numbers"
local series_times = require "evalua.series_times"

local M = {}

local NA = core.column.NA

--- The two names in "year,month" or { "year", "month" }; nil where there is one.
---@param period any
---@return string? year
---@return string? part
function M.names(period)
  if type(period) == "table" and #period == 2 then
    return period[1], period[2]
  end
  if type(period) ~= "string" then return nil end
  return period:match "^%s*([^,]-)%s*,%s*([^,]-)%s*$"
end

--- A text without the first of `ends` that it ends with; patterns see bytes, not
--- characters.
local function without(text, ends)
  for _, last in ipairs(ends) do
    if #text > #last and text:sub(-#last) == last then
      return text:sub(1, -#last - 1)
    end
  end
  return text
end

--- 2023 from 2023, "2023", "2023年", "2023年度".
local function year_of(value)
  local text = without(tostring(value), { "年度", "年" })
  local year = text:match "^%d%d%d%d$" and tonumber(text)
  return year and math.tointeger(year)
end

--- The place in the year from 3, "03", "3月", "Q3", "3季度", "第三季度".
local function part_of(value, most)
  local text = tostring(value):gsub("^第", ""):gsub("^[Qq]", "")
  text = without(text, { "季度", "季", "月份", "月" })
  local part = series_times.numerals[text] or (text:match "^%d%d?$" and tonumber(text))
  part = part and math.tointeger(part)
  return part and part >= 1 and part <= most and part or nil
end

local function is_quarter(name, column)
  if name:lower():find("quarter", 1, true) or name:find("季", 1, true) then
    return true
  end
  local first
  for i = 1, #column do
    if column[i] ~= nil then
      first = tostring(column[i])
      break
    end
  end
  return first ~= nil and (first:find "^[Qq]" or first:find("季", 1, true))
    ~= nil
end

local function bad_cell(text, name, row, value)
  return nil, text:format(name, row, tostring(value)), "data"
end

--- The rows' periods as texts; nil, message, code for a cell that is none.
local function texts_of(t, year, part)
  local years, parts = numbers.named(t, year), numbers.named(t, part)
  local quarters = is_quarter(part, parts)
  local most, form = 12, "%04d-%02d"
  local wrong = "'%s', row %d: '%s' is not a month from 1 to 12"
  if quarters then
    most, form = 4, "%04dQ%d"
    wrong = "'%s', row %d: '%s' is not a quarter from 1 to 4"
  end
  local texts = {}
  for i = 1, t:nrows() do
    if years[i] == nil or parts[i] == nil then
      texts[i] = NA
    else
      local y, p = year_of(years[i]), part_of(parts[i], most)
      if y == nil then
        return bad_cell("'%s', row %d: '%s' is not a year", year, i, years[i])
      end
      if p == nil then return bad_cell(wrong, part, i, parts[i]) end
      texts[i] = form:format(y, p)
    end
  end
  return texts, quarters and "quarter" or "month"
end

--- The table and the options, with the two columns of `period` as one where two
--- are named and no column is called so.
---@param t evalua.table
---@param opts table
---@return evalua.table? t
---@return table|string opts or message
---@return string? code
function M.join(t, opts)
  local year, part = M.names(opts.period)
  if year == nil or (type(opts.period) == "string" and t:has(opts.period)) then
    return t, opts
  end
  local texts, kind, code = texts_of(t, year, part)
  if texts == nil then return nil, kind, code end
  local column, message
  column, message, code = core.column.new(texts, t:nrows(), kind)
  if column == nil then return nil, message, code end
  local copy = {}
  for name, value in pairs(opts) do copy[name] = value end
  copy.period = year .. "," .. part
  return core.table.with(t, copy.period, column), copy
end

return M

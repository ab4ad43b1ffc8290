--- What is looked at when a table has been read, whatever it was read from:
--- rows that are sums of other rows, codes that lost their zeros, units.

local core = require "evalua.core"

local M = {}

--- Names of columns whose whole numbers are no amounts.
local code_words = { "code", "id", "no", "nr", "nummer", "number", "zip", "cd",
  "kod", "year", "jahr", "jaar", "année", "annee", "año", "fy", "month",
  "quarter", "day", "rank", "line", "row" }
local code_parts = { "编码", "代码", "编号", "序号", "科目", "年", "月", "編號",
  "代碼" }

local function is_code_name(name)
  local lower = name:lower()
  for _, part in ipairs(code_parts) do
    if lower:find(part, 1, true) then return true end
  end
  for word in lower:gmatch("[%w\128-\255]+") do
    for _, known in ipairs(code_words) do
      if word == known or (known == "code" and word:find("code$")) then
        return true
      end
    end
  end
  return false
end

local function are_years(t, name)
  local aggregate = require "evalua.aggregate"
  local ends = t:summarise { low = aggregate.min(name),
    high = aggregate.max(name) }
  local low, high = ends:column("low")[1], ends:column("high")[1]
  return low ~= nil and low >= 1900 and high < 2200
end

--- The columns that hold amounts: those that the roles call measures, else
--- decimals, and whole numbers that are neither years nor codes by name.
---@param t evalua.table
---@param info table
---@return string[]
function M.amounts(t, info)
  local list = {}
  for _, name in ipairs(t:names()) do
    local kind = t:column(name):type()
    local role = info.roles and info.roles[name]
    local exact = kind == "int" or kind:find("^decimal")
    if role ~= nil and role.role ~= nil then
      exact = exact and role.role == "measure"
    elseif kind == "int" then
      exact = not is_code_name(name) and not are_years(t, name)
    end
    if exact and (info.units or {})[name] ~= "%"
      and not require("evalua.source_units").is_ratio(name) then
      list[#list + 1] = name
    end
  end
  return list
end

-- Totals --------------------------------------------------------------------

local SHOWN = 5

--- The text of a row to know it by: its label, else the first one.
---@param t evalua.table
---@param row integer
---@return string
function M.label_of(t, row)
  local first = ""
  for _, name in ipairs(t:names()) do
    local value = t:column(name)[row]
    if type(value) == "string" then
      if core.totals.is_label(value) then return value end
      if first == "" then first = value end
    end
  end
  return first
end

local function note_totals(t, info, found, dropped)
  local what = dropped and "left out"
    or "kept, so sums count it twice (--totals drop leaves it out)"
  for i = 1, math.min(#found, SHOWN) do
    local item = found[i]
    local text = item.kind == "labelled"
      and "row %d ('%s') is a total of other rows: %s"
      or "row %d ('%s') is the sum of all other rows: %s"
    table.insert(info.notes, text:format(item.row, M.label_of(t, item.row), what))
  end
  if #found > SHOWN then
    table.insert(info.notes, ("%d more rows are totals of other rows: %s")
      :format(#found - SHOWN, dropped and "left out" or "kept"))
  end
end

local function check_totals(t, info, opts, amounts)
  local found, unproved, left = core.totals.find(t, amounts)
  if found == nil then return nil, unproved, left end
  local dropped = opts.totals == "drop"
  info.totals, info.subtotal_rows = found, #found
  info.unproved_totals = unproved
  note_totals(t, info, found, dropped)
  if dropped and unproved > 0 then
    table.insert(info.notes, ("rows that say they are totals, but are no sums "
      .. "of other rows: %d, kept"):format(unproved))
  end
  if info.explain ~= nil then
    table.insert(info.explain, ("rows that are totals of others: %d (%s); that "
      .. "only say so: %d"):format(#found, dropped and "left out" or "kept",
      unproved))
  end
  if not dropped then return t end
  info.rows = left:nrows()
  return left
end

-- Codes ---------------------------------------------------------------------

local CODES_MOST = 20000

--- How many codes there are of each number of digits, in all and of those that
--- begin with a zero, and whether they just count on; nil where some are none.
local function widths_of(t, name)
  local counts, zeros, total = {}, {}, 0
  local low, high = math.huge, -math.huge
  local codes = t:distinct(name)
  if codes:nrows() > CODES_MOST then return nil end
  for _, row in codes:rows() do
    local code = row[name]
    if code ~= nil then
      local text = tostring(code)
      if not text:find "^%d+$" then return nil end
      counts[#text] = (counts[#text] or 0) + 1
      zeros[#text] = (zeros[#text] or 0) + (text:find "^0" and 1 or 0)
      code, total = tonumber(text), total + 1
      low, high = math.min(low, code), math.max(high, code)
    end
  end
  return counts, zeros, total, high - low + 1 == total
end

--- How many codes are a digit or two short of nearly all others, in all, and
--- the others' digits; nil where none has lost anything. Shorter ones that
--- begin with a zero are a level of their own.
local function lost_zeros(t, name)
  local counts, zeros, total, counting = widths_of(t, name)
  if counts == nil then return nil end
  local most = 0
  for digits in pairs(counts) do most = math.max(most, digits) end
  local short, level = 0, 0
  for digits = most - 2, most - 1 do
    short = short + (counts[digits] or 0)
    level = level + (zeros[digits] or 0)
  end
  local long = counts[most] or 0
  if most < 3 or total < 5 or short == 0 or level > 0
    or counting and zeros[most] == 0 or long + short < total
    or long <= short then
    return nil
  end
  return short, total, most
end

--- Codes from which a spreadsheet took the zeros away, all of them or some.
--- Notes are added to info.notes.
---@param t evalua.table
---@param info table
function M.check_codes(t, info)
  for _, name in ipairs(t:names()) do
    local kind = t:column(name):type()
    if is_code_name(name)
      and (kind == "text" or kind == "int" and not are_years(t, name)) then
      local short, total, most = lost_zeros(t, name)
      if short ~= nil then
        table.insert(info.notes, ("column '%s': %d of %d codes are shorter than "
          .. "the others' %d digits: leading zeros may be lost"):format(name,
          short, total, most))
      end
    end
  end
end

--- Look a table over after reading: notes and explain lines are added to
--- `info`; `opts.totals == "drop"` leaves totals out, `opts.unit_column`
--- multiplies amounts out.
---@param t evalua.table
---@param info table
---@param opts table
---@return evalua.table? t
---@return table|string info or message
---@return string? code
function M.finish(t, info, opts)
  info.notes = info.notes or {}
  if t:nrows() == 0 then return t, info end
  local units = require "evalua.source_units"
  local amounts = M.amounts(t, info)
  units.state(info, amounts)
  if opts.unit_column ~= nil then
    local made, message, code = units.multiply(t, info, opts.unit_column,
      amounts)
    if made == nil then return nil, message, code end
    t = made
  else
    units.notice(t, info)
  end
  M.check_codes(t, info)
  local left, message, code = check_totals(t, info, opts, amounts)
  if left == nil then return nil, message, code end
  return left, info
end

return M

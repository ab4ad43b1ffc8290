--- Tables of statistics as reports: few digits for people, all of them in csv
--- and json; notes in the reader's language.

local core = require "evalua.core"
local format = require "evalua.report.format"
local labels = require "evalua.labels"
local lang = require "evalua.lang"

local M = {}

local NA = core.column.NA

--- A number with about `digits` significant digits (4), thousands apart.
---@param value number|evalua.decimal|nil
---@param digits integer?
---@return string
function M.number(value, digits)
  if value == nil then return format.MISSING end
  if math.type(value) ~= "float" then return format.amount(value) end
  digits = digits or 4
  if value == 0 then return "0" end
  local size = math.floor(math.log(math.abs(value), 10))
  if size < -4 or size > 14 or value ~= value or value - value ~= 0 then
    return (("%." .. digits .. "g"):format(value):gsub("^%-", format.MINUS))
  end
  return format.amount(value, { places = math.max(0, digits - 1 - size) })
end

--- A chance: three decimals, "<0.001" below.
---@param p number|nil
---@return string
function M.chance(p)
  if p == nil then return format.MISSING end
  if p < 0.001 then return "<0.001" end
  return ("%.3f"):format(p)
end

--- Notes joined by "; " in a language.
---@param text string
---@param name string
---@return string
function M.note(text, name)
  local parts = {}
  for part in (text .. "; "):gmatch("(.-); ") do
    parts[#parts + 1] = lang.message(name, part)
  end
  return table.concat(parts, name == "zh" and "；" or "; ")
end

--- The table with its column `note` in a language.
---@param t evalua.table
---@param name string
---@return evalua.table
function M.in_language(t, name)
  if name == "en" or not t:has("note") then return t end
  local notes = t:column("note"):values(NA)
  for i, note in ipairs(notes) do
    if note ~= NA then notes[i] = M.note(note, name) end
  end
  return core.table.with(t, "note", core.column.new(notes, #notes, "text"))
end

local function cell_of(value, kind, name)
  if kind == "p" then return M.chance(value) end
  if kind == "percent" then
    return value == nil and format.MISSING
      or format.percent(value, { plus = true }, name)
  end
  if kind == "number" then return M.number(value) end
  if kind == "word" and type(value) == "string" then
    return lang.message(name, value)
  end
  if type(value) == "boolean" then return value and "●" or "" end
  return format.text(value)
end

--- A table as a block of a report.
local function block_of(t, spec)
  local name = spec.lang
  local columns, rows, values = {}, {}, {}
  for i, column in ipairs(t:names()) do
    values[i] = t:column(column)
    local title = spec.titles[column]
    local is_number = values[i]:is_number()
    columns[i] = { align = is_number and "right" or nil,
      shrinks = not is_number,
      title = title and lang.text(name, title) or labels.find(name, column)
        or column }
  end
  for r = 1, t:nrows() do
    local cells = {}
    for i, column in ipairs(t:names()) do
      cells[i] = cell_of(values[i][r], spec.kinds[column], name)
    end
    rows[r] = { cells = cells }
  end
  return { kind = "table", columns = columns, rows = rows }
end

--- A report of a table of statistics: `spec` has title, notes (finished texts),
--- lang, for columns by name titles (English) and kinds ("number", "percent",
--- "p", "word"), and may have `more`, a table that people see below.
---@param t evalua.table
---@param spec table
---@return evalua.report
function M.report(t, spec)
  t = M.in_language(t, spec.lang)
  local function build()
    local blocks = { { kind = "title", text = spec.title }, block_of(t, spec) }
    if spec.more then blocks[3] = block_of(spec.more, spec) end
    for _, text in ipairs(spec.notes) do
      blocks[#blocks + 1] = { kind = "note", text = text }
    end
    return blocks
  end
  return require("evalua.report").of { data = t, notes = spec.notes,
    lang = spec.lang, build = build }
end

return M

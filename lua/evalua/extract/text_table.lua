--- Tables in a text: lines of cells between tabs, "|" or wide blanks, with a
--- header above and the unit in a note (单位：万元) or in the header's brackets.

local scan = require "evalua.extract.scan"
local units = require "evalua.audit.units"
local words = require "evalua.extract.words"

local M = {}

---@class evalua.extract.text_table
---@field header { text: string }[]? cells of the last line that holds no number
---@field unit string? of the note above
local TextTable = {}
TextTable.__index = TextTable

--- No table seen yet.
---@return evalua.extract.text_table
function M.new() return setmetatable({}, TextTable) end

--- Cells of a line with where they begin; nil when it is not a row of cells.
local function cells_of(line)
  local separator = line:find("|", 1, true) and "|" or line:find("\t") and "\t"
  local cells = {}
  if separator then
    local at = 1
    for cell, after in line:gmatch("([^" .. separator .. "]*)()") do
      local first = cell:match("^[%s]*()")
      local text = cell:match("^%s*(.-)%s*$")
      cells[#cells + 1] = { text = text, start = at + first - 1 }
      at = after + 1
    end
    if separator == "|" then
      if cells[1] and cells[1].text == "" then table.remove(cells, 1) end
      if cells[#cells] and cells[#cells].text == "" then cells[#cells] = nil end
    end
  else
    local marked = line:gsub("　", "   ")
    if not marked:find("%S%s%s+%S") then return nil end
    local at = marked:match("^%s*()")
    while at <= #marked do
      local stop = marked:find("%s%s", at) or #marked + 1
      cells[#cells + 1] = { text = marked:sub(at, stop - 1), start = at }
      at = marked:match("^%s*()", stop)
    end
  end
  return #cells >= 2 and cells or nil
end

--- The number that a whole cell is and its unit, or nil.
local function number_of(text)
  if not text:find("[%d\239]") then return nil end
  local found = scan.line(text)[1]
  if found == nil or found.text == nil or found.start ~= 1
    or found.stop ~= #text + 1 then return nil end
  local unit = found.unit and (found.size or "") .. found.unit or found.size
  return (found.sign and "-" or "") .. found.text, unit
end

--- Whether a text names a unit that is known: 万元, 亩, %.
local function is_unit(text)
  return units.all()[units.find(text).plain] ~= nil
end

--- A unit in brackets at the end of a header cell: 预算数（万元）.
local function bracketed_unit(text)
  local inner = text:match("（([^（）]+)）%s*$")
    or text:match("%(([^()]+)%)%s*$")
  if inner == "％" then inner = "%" end
  return inner and is_unit(inner) and inner or nil
end

local function without_brackets(text)
  return (text:gsub("（[^（）]*）%s*$", ""):gsub("%([^()]*%)%s*$", ""))
end

local function column_unit(self, header, own)
  if own then return own end
  if header then
    local unit = bracketed_unit(header)
    if unit then return unit end
    if header:find("率", 1, true) or header:find("占比", 1, true)
      or header:find("%%") then return "%" end
  end
  return self.unit
end

--- A column of ordinal numbers or years holds no figures.
local function is_index(header, value)
  if header and words.all().sets.index[header] then return true end
  return value:find("^20%d%d$") ~= nil and (header == nil
    or not header:find("数", 1, true))
end

local function row_figures(self, cells, numbers)
  local label
  for i, cell in ipairs(cells) do
    if numbers[i] == nil and cell.text ~= "" then
      label = label or cell.text
    end
  end
  local rows = {}
  for i, cell in ipairs(cells) do
    local header = self.header and #self.header == #cells
      and self.header[i].text or nil
    if numbers[i] and not is_index(header, numbers[i].value) then
      local name = label
      if header and header ~= "" then
        name = (label and label .. " " or "") .. without_brackets(header)
      end
      rows[#rows + 1] = { value = numbers[i].value,
        measure_unit = column_unit(self, header, numbers[i].unit),
        qualifier = "exact", name = name, phrase = cell.text,
        start = cell.start, in_table = true }
    end
  end
  return rows
end

--- The unit of a note: 单位：万元, （单位：万元）.
local function note_unit(line)
  local unit = line:match("单位[:%s]*([^%s)]+)")
  if unit == nil then return nil end
  unit = unit:gsub("^：", ""):gsub("）.*$", ""):gsub("，.*$", "")
  return is_unit(unit) and unit or nil
end

--- Figures of a line that is a table's row; an empty list for its header; nil
--- when the line is no row of cells.
---@param line string
---@return table[]?
function TextTable:line(line)
  if line:find("单位", 1, true) and #line < 200 then
    self.unit = note_unit(line) or self.unit
  end
  local cells = cells_of(line)
  if cells == nil then
    if line:find("%S") then self.header = nil end
    return nil
  end
  local numbers, count = {}, 0
  for i, cell in ipairs(cells) do
    local value, unit = number_of(cell.text)
    if value then
      numbers[i], count = { value = value, unit = unit }, count + 1
    end
  end
  if count == 0 then
    local short = true
    for _, cell in ipairs(cells) do short = short and #cell.text <= 60 end
    if not short then return nil end
    self.header = cells
    return line:find("[%d]") == nil and {} or nil
  end
  if count * 3 < #cells then return nil end
  return row_figures(self, cells, numbers)
end

return M

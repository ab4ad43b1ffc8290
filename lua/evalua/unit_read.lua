--- Files of a unit's folder, and workbooks of rules, as tables of text.

local core = require "evalua.core"
local nearest = require "evalua.nearest"
local unit_files = require "evalua.unit_files"
local unit_words = require "evalua.unit_words"

local M = {}

--- All cells as text: the schema says what they are, not the first rows.
local function read_as_text(path, bytes)
  local t, info, code = core.csv.read(path, bytes, {})
  if t == nil then return nil, info, code end
  local types = {}
  for _, name in ipairs(t:names()) do types[name] = "text" end
  return core.csv.read(path, bytes, { types = types,
    delimiter = info.delimiter, encoding = info.encoding })
end

--- The lines of a sheet on which its rows stand.
local function sheet_lines(path, info)
  local text, found, code = require("evalua.office").xlsx.text(path, info.sheet)
  if text == nil then return nil, found, code end
  return core.csv.lines(path, text, { delimiter = ",", encoding = "UTF-8",
    records = found.rows, sheet_cells = true })
end

--- Whether every cell of a row is empty.
local function is_blank(row)
  for _, cell in pairs(row) do
    if tostring(cell):find "%S" then return false end
  end
  return true
end

--- The file without blank rows, which spreadsheets leave behind, and with our
--- codes for words.
local function tidied(file)
  local keep, lines, n = {}, {}, file.rows:nrows()
  for i = 1, n do
    if not is_blank(file.rows[i]) then
      keep[#keep + 1] = i
      lines[#lines + 1] = file.lines and file.lines[i] or i + 1
    end
  end
  if #keep < n then
    file.rows = core.table.gather(file.rows, keep)
    file.lines = core.column.new(lines, #lines, "int")
  end
  file.rows = unit_words.coded(file.rows, file.spec.table)
  return file
end

--- A column that the schema asks for, written wrong.
local function check_columns(rows, spec, path)
  local known = {}
  for i, field in ipairs(unit_files.fields(spec.table) or {}) do
    known[i] = field.name
  end
  local name, meant = nearest.misspelt(rows:names(), known)
  if name == nil then return true end
  return nil, ("%s:1: unknown column '%s' (did you mean '%s'?)"):format(path,
    name, meant), "data"
end

--- The first sheet of a workbook, all cells as text.
local function workbook(path, spec, bytes)
  local read_xlsx = require "evalua.read_xlsx"
  local t, info, code = read_xlsx.read(path, {})
  if t == nil then return nil, info, code end
  local types, rows = {}
  for _, name in ipairs(t:names()) do types[name] = "text" end
  rows, info, code = read_xlsx.read(path, { types = types })
  if rows == nil then return nil, info, code end
  local lines = sheet_lines(path, info)
  return { spec = spec, path = path, rows = rows,
    sha256 = core.store.sha256(bytes),
    lines = lines and #lines == rows:nrows() and lines or nil }
end

--- A file of text.
local function text_file(path, spec, bytes)
  local rows, info, kind = read_as_text(path, bytes)
  if rows == nil then return nil, info, kind end
  local lines = core.store.lines(bytes, info.delimiter)
  return { spec = spec, path = path, rows = rows,
    sha256 = core.store.sha256(bytes),
    lines = lines and #lines == rows:nrows() and lines or nil }
end

--- A file of a unit's folder, or the workbook that stands for it there:
--- budget.xlsx, its first sheet, where there is no budget.csv.
---@param dir string
---@param spec { file: string }
---@return { spec: table, path: string, rows: evalua.table, sha256: string?,
---  lines: evalua.column? }|false|nil file path: the one that was read; false:
---  it is not there
---@return string? message
---@return string? code
function M.file(dir, spec)
  local path = dir .. "/" .. spec.file
  if core.system.kind(path) ~= "file" then
    path = path:gsub("%.csv$", ".xlsx")
    if core.system.kind(path) ~= "file" then return false end
  end
  local bytes, message, code = core.file.read(path)
  if bytes == nil then return nil, message, code end
  local read = path:lower():find "%.xlsx$" and workbook or text_file
  local file, problem, kind = read(path, spec, bytes)
  if file == nil then return nil, problem, kind end
  local ok, unknown, why = check_columns(file.rows, spec, path)
  if not ok then return nil, unknown, why end
  return tidied(file)
end

return M

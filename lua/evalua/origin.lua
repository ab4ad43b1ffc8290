--- On which line (sheet and row, record of a database) each row of a source
--- stands. Reading keeps no such thing, so that it stays fast; whoever asks has
--- the file read once more.

local core = require "evalua.core"
local source = require "evalua.source"

local M = {}

--- Name of the column that carries the number of the row through filters.
local ROW = "\1row"

---@class evalua.origin
---@field table evalua.table without the numbers
---@field info table what reading found
---@field path string
---@field rows integer[]|evalua.column numbers of the rows in the source
---@field lines evalua.column? line of each row of the source
---@field sheet string? of a workbook
---@field headers table<string, integer> column numbers of the source
local Origin = {}
Origin.__index = Origin

local function numbered(t)
  local numbers = {}
  for i = 1, t:nrows() do numbers[i] = i end
  return core.table.with(t, ROW, core.column.new(numbers, t:nrows(), "int"))
end

--- Lines of the rows of a delimited file or sheet.
local function lines_of(path, info, opts)
  local copy = {}
  for name, value in pairs(opts) do copy[name] = value end
  if info.sheet then
    local text, found, code = require("evalua.office").xlsx.text(path,
      info.sheet)
    if text == nil then return nil, found, code end
    copy.delimiter, copy.encoding = ",", "UTF-8"
    copy.records, copy.sheet_cells = found.rows, true
    return core.csv.lines(path, text, copy)
  end
  copy.delimiter, copy.encoding = info.delimiter, info.encoding
  local bytes, message, code = core.file.read(path)
  if bytes == nil then return nil, message, code end
  return core.csv.lines(path, bytes, copy)
end

--- Whether rows stand on lines of a text or rows of a sheet.
local function has_lines(path, info)
  return path ~= "-" and (info.sheet or source.kind(path) == "delimited")
end

--- The line (of a workbook its row, of a json file its object) on which row
--- `i` of a source stands that was just read whole.
---@param path string
---@param t evalua.table
---@param info table what reading found
---@param opts table? of source.open
---@return fun(i: integer): integer
function M.lines(path, t, info, opts)
  local lines = nil
  if has_lines(path, info) then
    lines = lines_of(path, info, opts or {})
  end
  local has_header = not path:lower():find("%.json$")
  return function(i)
    if lines and #lines == t:nrows() then return lines[i] end
    return has_header and i + 1 or i
  end
end

--- A source with the places of its rows, filtered by `opts.where`.
---@param path string
---@param opts table? of source.open, where=
---@return evalua.origin? origin
---@return string? message
---@return string? code
function M.open(path, opts)
  opts = opts or {}
  local t, info, code = source.open(path, opts)
  if t == nil then return nil, info, code end
  local headers = {}
  for i, name in ipairs(t:names()) do headers[name] = i end
  local origin = setmetatable({ info = info, path = path, headers = headers,
    sheet = info.sheet }, Origin)
  local names = t:names()
  if has_lines(path, info) then
    local lines, problem, kind = lines_of(path, info, opts)
    if lines == nil then return nil, problem, kind end
    if #lines == t:nrows() then origin.lines = lines end
  end
  t = numbered(t)
  if opts.where ~= nil then
    local filtered, problem, kind = t:where(opts.where)
    if filtered == nil then return nil, problem, kind end
    t = filtered
  end
  origin.rows = t:column(ROW)
  origin.table = t:select(names)
  return origin
end

--- A table that is in memory: its rows are their own places.
---@param t evalua.table
---@return evalua.origin
function M.of(t)
  local rows, headers = {}, {}
  for i = 1, t:nrows() do rows[i] = i end
  for i, name in ipairs(t:names()) do headers[name] = i end
  return setmetatable({ table = t, info = {}, path = "table", rows = rows,
    headers = headers }, Origin)
end

--- Letters of a sheet's column.
local function letters(n)
  local text = ""
  while n > 0 do
    local rest = (n - 1) % 26
    text, n = string.char(65 + rest) .. text, (n - 1) // 26
  end
  return text
end

--- Fields of evalua.trace.part for a cell of row `i` of the (filtered) table.
---@param i integer
---@param column string?
---@return evalua.trace.part
function Origin:part(i, column)
  local row = self.rows[i]
  local line = self.lines and self.lines[row]
  local part = { source = self.path, column = column, line = line or row }
  if self.sheet then
    part.sheet = self.sheet
    local number = column and self.headers[column]
    part.cell = number and letters(number) .. part.line or nil
  end
  return part
end

--- "budget.csv:17", for people.
---@param i integer
---@return string
function Origin:place(i)
  local part = self:part(i)
  local name = self.path:match "([^/]+)$" or self.path
  if self.sheet then
    return ("%s[%s]:%d"):format(name, self.sheet, part.line)
  end
  return ("%s:%d"):format(name, part.line)
end

return M

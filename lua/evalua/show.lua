--- Tables for people: what print(t) shows, and files by their suffix.

local core = require "evalua.core"

local M = {}

local MOST_ROWS = 40 -- print shows these many at the top

--- The columns, numbers to the right, and a function that makes row i.
local function grid_of(t)
  local format = require "evalua.report.format"
  local columns, values = {}, {}
  for i, name in ipairs(t:names()) do
    values[i] = t:column(name)
    local numeric = values[i]:is_number()
    columns[i] = { title = name, align = numeric and "right" or nil,
      shrinks = not numeric }
  end
  return columns, function(r)
    local cells = {}
    for i, column in ipairs(values) do cells[i] = format.text(column[r]) end
    return { cells = cells }
  end
end

--- A table as a report of one table.
---@param t evalua.table
---@return evalua.report
function M.report(t)
  local function build()
    local columns, make = grid_of(t)
    local rows = require("evalua.report.blocks").rows(t:nrows(), make)
    return { { kind = "table", columns = columns, rows = rows } }
  end
  return require("evalua.report").of { data = t, notes = {}, build = build }
end

--- The first rows as aligned text, with the types of the columns.
---@param t evalua.table
---@return string
function M.text(t)
  local grid = require "evalua.report.grid"
  local last = math.min(t:nrows(), MOST_ROWS)
  local columns, make = grid_of(t)
  local types = {}
  for i, column in ipairs(columns) do
    types[i] = t:column(column.title):type()
  end
  local rows = { { cells = types } }
  for r = 1, last do rows[r + 1] = make(r) end
  local lines = grid.lines(columns, rows, core.system.columns(1))
  lines[2], lines[3] = lines[3], lines[2] -- the types stand under the names
  if t:nrows() > last then
    lines[#lines + 1] = ("… %d more rows"):format(t:nrows() - last)
  end
  return table.concat(lines, "\n")
end

local formats = { csv = "csv", json = "json", md = "md", html = "html",
  txt = "text", xlsx = "xlsx" }

--- Write a table to a file: csv, json, md, html, txt or xlsx by its suffix.
---@param t evalua.table
---@param path string
---@return true? ok
---@return string? message
---@return string? code
function M.write(t, path)
  if type(path) ~= "string" then
    error("a path was expected, not a " .. type(path), 0)
  end
  if path:find("datapackage%.json$") then
    return require("evalua.package").write(path, t)
  end
  local format = formats[(path:match("%.(%w+)$") or ""):lower()]
  if format == nil then
    error(("'%s': a table is written as csv, json, md, html, txt or xlsx")
      :format(path), 0)
  end
  if format == "xlsx" then
    local bytes, message, code = require("evalua.report.xlsx").table(t)
    if bytes == nil then return nil, message, code end
    return core.file.write(path, bytes)
  end
  return core.file.write(path, M.report(t):render(format))
end

return M

--- Sheets of workbooks: the cells become the text that a CSV file would have,
--- and take the same way into a table.

local core = require "evalua.core"

local M = {}

local function office()
  local ok, module = pcall(require, "evalua.office")
  if ok then return module end
  return nil, "workbooks cannot be read: " .. tostring(module):match("[^\n]*"),
    "io"
end

--- The names of the sheets, in the order of the tabs.
---@param path string
---@return string[]? names
---@return string? message
---@return string? code
function M.sheets(path)
  local module, message, code = office()
  if module == nil then return nil, message, code end
  return module.xlsx.sheets(path)
end

--- `message` with the name that was meant, or those there are.
local function with_names(path, name, message)
  local names = M.sheets(path)
  if names == nil or not message:find("no sheet '", 1, true) then
    return message
  end
  local near, least = nil, math.max(2, (utf8.len(name) or #name) // 2 + 1)
  for _, other in ipairs(names) do
    local far = core.text.distance(name:lower(), other:lower())
    if far ~= nil and far < least then near, least = other, far end
  end
  if near then return ("%s (did you mean '%s'?)"):format(message, near) end
  return ("%s; there are: %s"):format(message, table.concat(names, ", "))
end

local function others_of(found)
  local others = {}
  for _, name in ipairs(found.sheets) do
    if name ~= found.sheet then others[#others + 1] = name end
  end
  return table.concat(others, ", ")
end

--- What is said of a sheet instead of a text's encoding and delimiter.
local function explain(info, found)
  table.remove(info.explain, 1)
  info.explain[1] = ("sheet: '%s', rows %d, columns %d, cells %d"):format(
    found.sheet, found.rows, found.columns, found.cells)
  table.insert(info.explain, 2, "numbers: rounded to 15 significant digits, "
    .. "as a spreadsheet shows them; lines are rows of the sheet")
  if #found.sheets > 1 then
    table.insert(info.notes, 1, ("sheet '%s' is read; the others: %s (--sheet)")
      :format(found.sheet, others_of(found)))
  end
  if found.filled > 0 then
    table.insert(info.notes, ("cells under merged ones that got their text: %d")
      :format(found.filled))
  end
end

--- A sheet as a table. Options of read_csv that make sense, and `sheet`, its
--- name (the first one when not given). Numbers are binary in a workbook: the
--- text of a cell is rounded to 15 significant digits, so 1234.5600000000001
--- is 1234.56; results of formulas with more decimals than 9 (6 in a column
--- that reaches 10) are rounded to these, which is said. Days are counted
--- there: what the cell's format shows as a date becomes a period.
---@param path string
---@param opts table? sheet no_header header_row columns skip skip_bad na types
---@return evalua.table? t
---@return table|string info what was found, or the message
---@return string? code
function M.read(path, opts)
  require "evalua.table"
  local module, message, code = office()
  if module == nil then return nil, message, code end
  local text, found, why = module.xlsx.text(path, opts.sheet)
  if text == nil then
    return nil, with_names(path, opts.sheet or "", found), why
  end
  if found.cells == 0 then
    local others = others_of(found)
    local hint = others == "" and "" or ("; the others: %s (--sheet)"):format(
      others)
    return nil, ("%s: sheet '%s' is empty%s"):format(path, found.sheet, hint),
      "data"
  end
  local copy = {}
  for name, value in pairs(opts) do copy[name] = value end
  copy.delimiter, copy.encoding = ",", "UTF-8"
  copy.records, copy.sheet_cells = found.rows, true
  local t, info
  t, info, code = core.csv.read(("%s[%s]"):format(path, found.sheet), text,
    copy)
  if t == nil then return nil, info, code end
  explain(info, found)
  info.sheet, info.sheets = found.sheet, found.sheets
  return t, info
end

return M

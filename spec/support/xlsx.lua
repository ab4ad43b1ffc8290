--- Workbooks for specs, part by part.

local zip = require "support.zip"

local M = {}

local head = '<?xml version="1.0" encoding="UTF-8"?>\n'
local office = "http://schemas.openxmlformats.org/officeDocument/2006/"
local main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'

local function relations(list)
  local lines = { head .. '<Relationships xmlns="http://schemas.openxmlformats'
    .. '.org/package/2006/relationships">' }
  for id, item in ipairs(list) do
    lines[#lines + 1] = ('<Relationship Id="rId%d" Type="%srelationships/%s" '
      .. 'Target="%s"/>'):format(id, office, item[1], item[2])
  end
  return table.concat(lines) .. "</Relationships>"
end

--- The parts of a workbook as zip.archive takes them.
---@param book table {sheets = {{name=, data= (inside sheetData), extra=}},
---  strings = (inside sst), styles = (inside styleSheet), date1904 = bool}
function M.parts(book)
  local sheets, links, parts = {}, {}, {}
  for i, sheet in ipairs(book.sheets) do
    sheets[i] = ('<sheet name="%s" sheetId="%d" r:id="rId%d"/>'):format(
      sheet.name, i, i)
    links[i] = { "worksheet", "worksheets/sheet" .. i .. ".xml" }
    parts[i] = { "xl/worksheets/sheet" .. i .. ".xml", head .. "<worksheet "
      .. main .. "><sheetData>" .. sheet.data .. "</sheetData>"
      .. (sheet.extra or "") .. "</worksheet>" }
  end
  if book.strings then
    links[#links + 1] = { "sharedStrings", "sharedStrings.xml" }
    parts[#parts + 1] = { "xl/sharedStrings.xml", head .. "<sst " .. main
      .. ">" .. book.strings .. "</sst>" }
  end
  if book.styles then
    links[#links + 1] = { "styles", "styles.xml" }
    parts[#parts + 1] = { "xl/styles.xml", head .. "<styleSheet " .. main
      .. ">" .. book.styles .. "</styleSheet>" }
  end
  table.insert(parts, { "_rels/.rels", relations {
    { "officeDocument", "xl/workbook.xml" } } })
  table.insert(parts, { "xl/workbook.xml", head .. "<workbook " .. main
    .. ' xmlns:r="' .. office .. 'relationships"><workbookPr'
    .. (book.date1904 and ' date1904="1"' or "") .. "/><sheets>"
    .. table.concat(sheets) .. "</sheets></workbook>" })
  table.insert(parts, { "xl/_rels/workbook.xml.rels", relations(links) })
  return parts
end

function M.bytes(book) return zip.archive(M.parts(book)) end

return M

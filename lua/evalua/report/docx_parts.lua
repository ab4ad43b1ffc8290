--- The parts of a Word document that are the same in every report: content
--- types, relationships, styles (ECMA-376, WordprocessingML).

local M = {}

local HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
local PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
local OFFICE =
  "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
local WORD = "application/vnd.openxmlformats-officedocument."
  .. "wordprocessingml."

M.types = HEAD .. ('<Types xmlns="%scontent-types">'
  .. '<Default Extension="rels" ContentType="application/vnd.openxmlformats-'
  .. 'package.relationships+xml"/>'
  .. '<Default Extension="xml" ContentType="application/xml"/>'
  .. '<Default Extension="png" ContentType="image/png"/>'
  .. '<Override PartName="/word/document.xml" ContentType="%sdocument.main'
  .. '+xml"/><Override PartName="/word/styles.xml" ContentType="%sstyles+xml"'
  .. "/></Types>"):format(PACKAGE, WORD, WORD)

M.root = HEAD .. ('<Relationships xmlns="%srelationships"><Relationship '
  .. 'Id="document" Type="%sofficeDocument" Target="word/document.xml"/>'
  .. "</Relationships>"):format(PACKAGE, OFFICE)

--- What the document refers to: its styles and so many pictures.
---@param pictures integer
---@return string
function M.links(pictures)
  local parts = { HEAD, ('<Relationships xmlns="%srelationships">'):format(
    PACKAGE), ('<Relationship Id="styles" Type="%sstyles" '
    .. 'Target="styles.xml"/>'):format(OFFICE) }
  for i = 1, pictures do
    parts[#parts + 1] = ('<Relationship Id="picture%d" Type="%simage" '
      .. 'Target="media/picture%d.png"/>'):format(i, OFFICE, i)
  end
  parts[#parts + 1] = "</Relationships>"
  return table.concat(parts)
end

--- Paragraph styles: name, half points, twentieths before and after, bold.
local paragraphs = {
  { "Title", "Title", 36, 0, 160, true }, { "Heading1", "heading 1", 26, 280,
    100, true }, { "Cell", "Cell", 19, 20, 20 }, { "FormCell", "Form cell", 18, 20, 20 },
  { "Note", "Note", 18, 60, 0 }, { "Finding", "Finding", 20, 40, 0 },
  { "Gap", "Gap", 12, 0, 0 },
}

local function paragraph_style(item)
  local id, name, size, before, after, is_bold = table.unpack(item)
  return ('<w:style w:type="paragraph" w:styleId="%s"><w:name w:val="%s"/>'
    .. '<w:basedOn w:val="Normal"/><w:pPr>%s<w:spacing w:before="%d" '
    .. 'w:after="%d"/>%s</w:pPr><w:rPr>%s%s<w:sz w:val="%d"/></w:rPr>'
    .. "</w:style>"):format(id, name, is_bold and "<w:keepNext/>" or "",
    before, after, id == "Heading1" and '<w:outlineLvl w:val="0"/>' or "",
    is_bold and "<w:b/>" or "", id == "Note" and '<w:color w:val="595959"/>'
    or "", size)
end

local function border(name, size)
  return ('<w:%s w:val="single" w:sz="%d" w:space="0" w:color="8C8C8C"/>')
    :format(name, size)
end

local function table_style(id, borders, margin)
  return ('<w:style w:type="table" w:styleId="%s"><w:name w:val="%s"/>'
    .. "<w:tblPr><w:tblBorders>%s</w:tblBorders><w:tblCellMar>"
    .. '<w:left w:w="%d" w:type="dxa"/><w:right w:w="%d" w:type="dxa"/>'
    .. "</w:tblCellMar></w:tblPr></w:style>"):format(id, id, borders, margin,
    margin)
end

--- The styles of a document in a language.
---@param lang string
---@return string
function M.styles(lang)
  local parts = { HEAD, '<w:styles xmlns:w="http://schemas.openxmlformats.org/'
    .. 'wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr>'
    .. '<w:rFonts w:ascii="Microsoft YaHei" w:hAnsi="Microsoft YaHei" '
    .. 'w:eastAsia="Microsoft YaHei" w:cs="Microsoft YaHei"/>'
    .. '<w:sz w:val="21"/>', ('<w:lang w:val="%s" w:eastAsia="zh-CN"/>')
    :format(lang == "zh" and "zh-CN" or "en-GB"),
    "</w:rPr></w:rPrDefault></w:docDefaults>",
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
    .. '<w:name w:val="Normal"/><w:pPr><w:spacing w:after="80"/></w:pPr>'
    .. "</w:style>" }
  for _, item in ipairs(paragraphs) do
    parts[#parts + 1] = paragraph_style(item)
  end
  parts[#parts + 1] = table_style("Report", border("top", 8)
    .. border("bottom", 8) .. border("insideH", 2), 80)
  parts[#parts + 1] = table_style("Form", border("top", 4)
    .. border("left", 4) .. border("bottom", 4) .. border("right", 4)
    .. border("insideH", 4) .. border("insideV", 4), 60)
  parts[#parts + 1] = "</w:styles>"
  return table.concat(parts)
end

return M

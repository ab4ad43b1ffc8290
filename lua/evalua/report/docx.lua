--- Blocks as a Word document: real headings, tables and forms with merged
--- cells, pictures of 300 dots an inch. The parts are those that ECMA-376
--- (WordprocessingML) asks for and nothing else; no date, no author.

local blocks = require "evalua.report.blocks"
local core = require "evalua.core"
local fixed = require "evalua.report.docx_parts"

local M = {}

--- A4 in twentieths of a point, and its margins; EMU in a millimetre.
local SHORT, LONG, MARGIN, EMU = 11906, 16838, 907, 36000

--- Twentieths of a point of a character that counts one (中 counts two) in a
--- cell, and of a cell's margins with something to spare; those of a form.
local CHARACTER, SPARE, IN_FORM, SPARE_IN_FORM = 108, 200, 94, 140

--- Characters of a cell beyond which its column need not hold it in a line.
local LONG_TEXT = 60

--- Columns from which a page lies on its side, of tables and of forms; and how
--- much wider than an upright page their text is then.
local MANY_COLUMNS, MANY_IN_FORM, CROWDED = 7, 10, 1.2

--- Lines of a table that are kept on one page, and rows at the end of every
--- table that are.
local SMALL, END = 16, 3

local entities = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;",
  ['"'] = "&quot;" }

--- Text for an element; what XML 1.0 cannot hold is a blank.
local function escape(text)
  return (text:gsub("%c", " "):gsub("[&<>\"]", entities))
end

-- Runs, paragraphs, cells -------------------------------------------------------

---@class evalua.docx.look
---@field style string? of the paragraph
---@field align "left"|"center"|"right"|nil
---@field bold boolean?
---@field colour string? hex
---@field size integer? half points
---@field keep boolean? on the page of what follows

local function paragraph(text, look)
  look = look or {}
  local properties, run = "", ""
  if look.style then
    properties = ('<w:pStyle w:val="%s"/>'):format(look.style)
  end
  if look.keep then properties = properties .. "<w:keepNext/>" end
  if look.align then
    properties = properties .. ('<w:jc w:val="%s"/>'):format(look.align)
  end
  if look.bold then run = "<w:b/>" end
  if look.colour then
    run = run .. ('<w:color w:val="%s"/>'):format(look.colour)
  end
  if look.size then run = run .. ('<w:sz w:val="%d"/>'):format(look.size) end
  return ('<w:p><w:pPr>%s</w:pPr><w:r><w:rPr>%s</w:rPr>'
    .. '<w:t xml:space="preserve">%s</w:t></w:r></w:p>'):format(properties,
    run, escape(text))
end

--- A cell of so many grid columns. `merge` is "restart" where it goes on
--- below, "continue" where it is covered from above.
local function cell(text, width, look, span, merge, fill)
  local properties = ('<w:tcW w:w="%d" w:type="dxa"/>'):format(width)
  if (span or 1) > 1 then
    properties = properties .. ('<w:gridSpan w:val="%d"/>'):format(span)
  end
  if merge then
    properties = properties .. ('<w:vMerge w:val="%s"/>'):format(merge)
  end
  if fill then
    properties = properties
      .. ('<w:shd w:val="clear" w:color="auto" w:fill="%s"/>'):format(fill)
  end
  return ('<w:tc><w:tcPr>%s<w:vAlign w:val="center"/></w:tcPr>%s</w:tc>')
    :format(properties, paragraph(text, look))
end

local function row(cells, is_head)
  return ("<w:tr><w:trPr><w:cantSplit/>%s</w:trPr>%s</w:tr>"):format(
    is_head and "<w:tblHeader/>" or "", table.concat(cells))
end

local function start_table(style, widths)
  local parts = { ('<w:tbl><w:tblPr><w:tblStyle w:val="%s"/>'
    .. '<w:tblW w:w="%d" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
    .. "</w:tblPr><w:tblGrid>"):format(style, widths.total) }
  for _, width in ipairs(widths) do
    parts[#parts + 1] = ('<w:gridCol w:w="%d"/>'):format(width)
  end
  parts[#parts + 1] = "</w:tblGrid>"
  return parts
end

--- Of the page's width each column gets what it needs, the narrowest first,
--- and at most its share of what is left: long texts break, short ones do not.
--- What nobody needs is dealt out by need.
local function widths_of(needed, page)
  local order, widths = {}, { total = page }
  for i in ipairs(needed) do order[i] = i end
  table.sort(order, function(a, b)
    if needed[a] ~= needed[b] then return needed[a] < needed[b] end
    return a < b
  end)
  local left, sum = page, 0
  for k, i in ipairs(order) do
    widths[i] = math.min(needed[i], left // (#order - k + 1))
    left, sum = left - widths[i], sum + widths[i]
  end
  local used = 0
  for i, width in ipairs(widths) do
    widths[i] = width + left * width // math.max(sum, 1)
    used = used + widths[i]
  end
  widths[#widths] = widths[#widths] + page - used
  return widths
end

--- Figures stand right, words left.
local function is_figure(text) return text:find "^[−+±(]?%d[%d,.]*%D*$" ~= nil end

--- Digits are the widest of a font that counts, and a figure must not break.
local function width_of(text)
  local width = core.text.width(text)
  return is_figure(text) and width + width // 4 + 1 or width
end

--- The width that a text needs to stand in one line.
local function need(text)
  return math.min(width_of(text or ""), LONG_TEXT) * CHARACTER + SPARE
end

--- The narrowest column, and a text that is no long one.
local NARROWEST, SHORT_TEXT = 5 * CHARACTER + SPARE, 24 * CHARACTER + SPARE

--- What a column needs that has cells of these needs: all of it where they are
--- short, else what four of five need.
local function column_need(needs, title)
  table.sort(needs)
  local most = needs[#needs] or 0
  if most > SHORT_TEXT then
    most = math.max(SHORT_TEXT, needs[(#needs * 4 + 4) // 5])
  end
  return math.max(most, title, NARROWEST)
end

local function needs_of(block)
  local cells, needed = {}, {}
  for i in ipairs(block.columns) do cells[i] = {} end
  for r, line in ipairs(block.rows) do
    local texts = line.cells
    for i, list in ipairs(cells) do list[r] = need(texts[i]) end
  end
  for i, column in ipairs(block.columns) do
    needed[i] = column_need(cells[i], need(column.title .. " ")) -- it is bold
  end
  return needed
end

-- Blocks -----------------------------------------------------------------------------

local colours = { bad = "B81C22", warn = "8A6100", good = "4E8310" }

local drawers = {}

--- Half points of a title, and the fewest to which one shrinks that would leave
--- a word or two for a second line; what a character that counts one needs of a
--- half point, in twentieths of a point, with the room between scripts.
local TITLE, SMALL_TITLE, TITLE_CHARACTER = 36, 28, 5.25

function drawers.title(page, block)
  local needed = core.text.width(block.text) * TITLE_CHARACTER
  local size = math.floor(page.width / math.max(needed, 1))
  local fits = size >= TITLE or size < SMALL_TITLE
  return paragraph(block.text, { style = "Title",
    size = not fits and size or nil })
end

function drawers.heading(_, block)
  return paragraph(block.text, { style = "Heading1" })
end

function drawers.paragraph(_, block) return paragraph(block.text) end

function drawers.note(_, block)
  return paragraph("* " .. block.text, { style = "Note" })
end

function drawers.findings(_, block)
  local parts = {}
  for i, item in ipairs(block.items) do
    parts[i] = paragraph("• " .. item.text, { colour = colours[item.level],
      style = "Finding" })
  end
  return table.concat(parts)
end

--- Whether a table has so few lines, those of its long texts counted.
local function is_short(block, widths)
  if #block.rows > SMALL then return false end
  local lines = 0
  for _, line in ipairs(block.rows) do
    local most = 1
    for i, width in ipairs(widths) do
      local whole = width_of(line.cells[i] or "") * CHARACTER + SPARE
      most = math.max(most, (whole + width - 1) // width)
    end
    lines = lines + most
  end
  return lines <= SMALL
end

function drawers.table(page, block)
  local widths = widths_of(page.needs[block], page.width)
  local parts, head = start_table("Report", widths), {}
  local is_small = is_short(block, widths)
  for i, column in ipairs(block.columns) do
    head[i] = cell(column.title, widths[i], { bold = true, style = "Cell",
      align = column.align, colour = "595959", keep = true })
  end
  parts[#parts + 1] = row(head, true)
  for r, line in ipairs(block.rows) do
    local cells = {}
    for i, column in ipairs(block.columns) do
      cells[i] = cell(line.cells[i] or "", widths[i], { style = "Cell",
        bold = line.strong, align = column.align,
        keep = r < #block.rows
          and (is_small or line.strong or r > #block.rows - END),
        colour = line.paint and colours[line.paint[i]] }, nil, nil,
        line.strong and "F3F4F6" or nil)
    end
    parts[#parts + 1] = row(cells)
  end
  return table.concat(parts) .. "</w:tbl>"
end

function drawers.figures(page, block)
  local needed, align = { 0, 0, 0 }, "right"
  for _, item in ipairs(block.items) do
    for i, text in ipairs { item.label, item.value, item.note or "" } do
      needed[i] = math.max(needed[i], need(text))
    end
    if not is_figure(item.value) then align = "left" end
  end
  local widths = widths_of(needed, page.width)
  local parts = start_table("Report", widths)
  for _, item in ipairs(block.items) do
    parts[#parts + 1] = row {
      cell(item.label, widths[1], { style = "Cell", colour = "595959" }),
      cell(item.value, widths[2], { style = "Cell", bold = true,
        align = align }),
      cell(item.note or "", widths[3], { style = "Cell",
        colour = "595959" }) }
  end
  return table.concat(parts) .. "</w:tbl>"
end

--- What a cell of a form needs: half of it where it is a heading or goes over
--- rows, since such a one may break.
local function form_need(item)
  local width = math.min(width_of(item.cell.text or ""), 36)
  if item.cell.head or item.last > item.first then width = width // 2 + 1 end
  return math.max(width, 5) * IN_FORM + SPARE_IN_FORM
end

--- Widths of a form's grid: of the cells that stand in one column.
local function form_widths(placed, ncolumns, page)
  local needed = {}
  for i = 1, ncolumns do needed[i] = 5 * IN_FORM + SPARE_IN_FORM end
  for _, item in ipairs(placed) do
    if item.from == item.to then
      needed[item.from] = math.max(needed[item.from], form_need(item))
    end
  end
  return widths_of(needed, page.width)
end

--- The cells of a form row by row, each once on every row it covers.
local function rows_of(form)
  local placed, ncolumns = blocks.place(form)
  local rows = {}
  for r = 1, #form.rows do rows[r] = {} end
  for _, item in ipairs(placed) do
    for r = item.first, item.last do
      table.insert(rows[r], item)
    end
  end
  for _, items in ipairs(rows) do
    table.sort(items, function(a, b) return a.from < b.from end)
  end
  return rows, placed, ncolumns
end

function drawers.form(page, block)
  local rows, placed, ncolumns = rows_of(block)
  local widths = form_widths(placed, ncolumns, page)
  local parts = start_table("Form", widths)
  for r, items in ipairs(rows) do
    local cells = {}
    for i, item in ipairs(items) do
      local width, merge = 0, nil
      for column = item.from, item.to do width = width + widths[column] end
      if item.last > item.first then
        merge = r == item.first and "restart" or "continue"
      end
      local content = item.cell
      local last_rows = r > #rows - 4 and r < #rows
      cells[i] = cell(r == item.first and content.text or "", width,
        { style = "FormCell", keep = last_rows, bold = content.head or content.strong,
          align = content.head and "center" or content.align },
        item.to - item.from + 1, merge, content.head and "F3F4F6" or nil)
    end
    parts[#parts + 1] = row(cells)
  end
  return table.concat(parts) .. "</w:tbl>"
end

local DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/"
local PICTURE = '<w:p><w:r><w:drawing><wp:inline distT="0" distB="0" '
  .. 'distL="0" distR="0"><wp:extent cx="$wide" cy="$high"/>'
  .. '<wp:docPr id="$n" name="$n"/><a:graphic xmlns:a="' .. DRAWING .. 'main">'
  .. '<a:graphicData uri="' .. DRAWING .. 'picture"><pic:pic xmlns:pic="'
  .. DRAWING .. 'picture"><pic:nvPicPr><pic:cNvPr id="$n" name="$n"/>'
  .. '<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="picture$n"/>'
  .. "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
  .. '<a:off x="0" y="0"/><a:ext cx="$wide" cy="$high"/></a:xfrm>'
  .. '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
  .. "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"

--- A picture as wide as the text; `page.pictures` collects the bytes.
function drawers.figure(page, block)
  local bytes = block.picture and block.picture("png")
  if bytes == nil then return nil end
  local width, height = string.unpack(">I4I4", bytes, 17)
  local n = #page.pictures + 1
  page.pictures[n] = bytes
  local wide = math.min(page.width * 635, 160 * EMU)
  local high = wide * height // width
  return (PICTURE:gsub("%$(%a+)", { wide = wide, high = high, n = n }))
end

-- Parts of the file ---------------------------------------------------------------------

--- What the columns of each table need.
local function needs_of_tables(report)
  local needs = {}
  for _, block in ipairs(report.blocks) do
    if block.kind == "table" then needs[block] = needs_of(block) end
  end
  return needs
end

--- Whether a table or form is too wide for an upright page.
local function is_wide(report, needs)
  for _, block in ipairs(report.blocks) do
    if block.kind == "table" then
      local sum = 0
      for _, width in ipairs(needs[block]) do sum = sum + width end
      if #block.columns >= MANY_COLUMNS
        or sum > CROWDED * (SHORT - 2 * MARGIN) then
        return true
      end
    end
    if block.kind == "form" then
      local _, ncolumns = blocks.place(block)
      if ncolumns >= MANY_IN_FORM then return true end
    end
  end
  return false
end

local function body_of(report, page)
  local parts, last = {}, nil
  for _, block in ipairs(report.blocks) do
    local draw = drawers[block.kind]
    local xml = draw and draw(page, block)
    if xml ~= nil then
      local is_table = xml:find "</w:tbl>$" ~= nil
      -- two tables in a row would be one; below text it needs room
      if is_table and last ~= nil then
        parts[#parts + 1] = paragraph("", { style = "Gap", keep = true })
      end
      parts[#parts + 1], last = xml, is_table
    end
  end
  if last then parts[#parts + 1] = paragraph("", { style = "Gap" }) end
  return table.concat(parts)
end

local DOCUMENT = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
  .. '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml'
  .. '/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/'
  .. '2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/'
  .. 'drawingml/2006/wordprocessingDrawing"><w:body>$body<w:sectPr>'
  .. '<w:pgSz w:w="$width" w:h="$height"$orient/><w:pgMar w:top="$margin" '
  .. 'w:right="$margin" w:bottom="$margin" w:left="$margin" w:header="600" '
  .. 'w:footer="600" w:gutter="0"/></w:sectPr></w:body></w:document>'

local function document(report, page)
  local body = body_of(report, page)
  return (DOCUMENT:gsub("%$(%a+)", { body = body,
    width = page.width + 2 * MARGIN, height = page.height, margin = MARGIN,
    orient = page.width > SHORT and ' w:orient="landscape"' or "" }))
end

--- The report as the bytes of a .docx file.
---@param report evalua.report
---@param options table
---@return string
function M.render(report, options)
  local needs = needs_of_tables(report)
  local wide = is_wide(report, needs)
  local page = { needs = needs, width = (wide and LONG or SHORT) - 2 * MARGIN,
    height = wide and SHORT or LONG, pictures = {} }
  local text = document(report, page)
  local files = { { "[Content_Types].xml", fixed.types },
    { "_rels/.rels", fixed.root },
    { "word/document.xml", text },
    { "word/styles.xml", fixed.styles(options.lang) },
    { "word/_rels/document.xml.rels", fixed.links(#page.pictures) } }
  for i, bytes in ipairs(page.pictures) do
    files[#files + 1] = { ("word/media/picture%d.png"):format(i), bytes }
  end
  return assert(require("evalua.office").zip.write(files))
end

return M

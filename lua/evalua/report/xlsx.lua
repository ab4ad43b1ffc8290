--- Blocks as a workbook: the report on a sheet as it reads, numbers as numbers
--- with the places that are shown; its data, every digit, on a second one.

local blocks = require "evalua.report.blocks"
local core = require "evalua.core"
local lang = require "evalua.lang"

local M = {}

--- Widths of columns, in characters, and the most of those of a form.
local NARROWEST, WIDEST, IN_FORM, POINTS = 8, 42, 28, 16

--- Rows of a table whose head is repeated on further pages.
local SEVERAL = 6

--- The highest row of a sheet, in points.
local HIGHEST = 409

--- A cell's text as a number and the format that shows it so; nil for text.
---@param text string
---@return evalua.decimal? value
---@return string? number
function M.number(text)
  -- a unit behind the number would be lost with the text
  if not text:gsub("−", "-"):gsub("±", "+"):find "^[%d,.+-]+%%?$" then
    return nil
  end
  local digits, is_percent = text:gsub("%%$", "")
  local value = core.decimal.parse(digits)
  if value == nil then return nil end
  local number = text:find(",", 1, true) and "#,##0" or "0"
  local places = value:scale()
  if places > 0 then number = number .. "." .. ("0"):rep(places) end
  if is_percent > 0 then
    number = number .. "%"
    if places > 16 then return nil end
    value = core.decimal.new(value:units(), places + 2)
  end
  if text:find "^%+" or text:find "^±" then
    number = ("+%s;-%s;±%s"):format(number, number, number)
  end
  return value, number
end

-- A sheet under way --------------------------------------------------------------

---@class evalua.report.sheet
local Sheet = {}
Sheet.__index = Sheet

--- The number of a style, made once for the same look.
function Sheet:style(look)
  local parts = {}
  for _, name in ipairs { "number", "bold", "wrap", "framed", "ruled", "indented",
    "align", "size", "fill", "colour" } do
    parts[#parts + 1] = tostring(look[name])
  end
  local key = table.concat(parts, "\0")
  self.styles[key] = self.styles[key] or assert(self.book:style(look))
  return self.styles[key]
end

--- Text without what no sheet can hold.
local function clean(text)
  return (text:gsub("%z", " "))
end

--- A cell; where its column is one of numbers and its text is one, a number.
function Sheet:put(row, column, text, look, wants_number)
  local value, number
  if wants_number then value, number = M.number(text) end
  if value ~= nil then
    local numeric = { number = number, align = "r" }
    for name, option in pairs(look) do numeric[name] = option end
    return assert(self.book:put(row, column, value, self:style(numeric)))
  end
  assert(self.book:put(row, column, clean(text), self:style(look)))
end

--- A line of text over the whole width, as high as it needs.
function Sheet:line(text, look)
  look.wrap = true
  local style, width = self:style(look), 0
  for _, characters in ipairs(self.widths) do width = width + characters end
  local size = (look.size or 11) / 11
  local lines = math.ceil(core.text.width(text) * 1.1 * size
    / math.max(width, 1))
  if #self.widths > 1 then
    assert(self.book:merge(self.row, 1, self.row, #self.widths, clean(text),
      style))
  else
    assert(self.book:put(self.row, 1, clean(text), style))
  end
  self.book:height(self.row, math.max(lines, 1) * POINTS * size + 2)
  self.row = self.row + 1
end

-- Blocks -----------------------------------------------------------------------------

local colours = { bad = 0xB81C22, warn = 0x8A6100, good = 0x4E8310 }

local drawers = {}

function drawers.title(sheet, block)
  sheet:line(block.text, { bold = true, size = 16 })
end

function drawers.heading(sheet, block)
  sheet:line(block.text, { bold = true, size = 13 })
end

function drawers.paragraph(sheet, block) sheet:line(block.text, {}) end

function drawers.note(sheet, block)
  sheet:line("* " .. block.text, { colour = 0x595959 })
end

--- How many lines a text needs in so many characters.
local function lines_of(text, width)
  return math.ceil(core.text.width(text or "") * 1.1 / math.max(width, 1))
end

--- A row as high as its longest cell needs: not every program works that out.
local function fit_row(sheet, cells)
  local lines = 1
  for i, text in ipairs(cells) do
    lines = math.max(lines, lines_of(text, sheet.widths[i] - 1))
  end
  if lines > 1 then sheet.book:height(sheet.row, lines * POINTS + 2) end
end

function drawers.table(sheet, block)
  for i, column in ipairs(block.columns) do
    sheet:put(sheet.row, i, column.title, { bold = true, ruled = true,
      wrap = true, align = column.align == "right" and "r" or nil,
      indented = i > 1 and column.align ~= "right", colour = 0x595959 })
  end
  for _, row in ipairs(block.rows) do
    sheet.row = sheet.row + 1
    fit_row(sheet, row.cells)
    for i, column in ipairs(block.columns) do
      local is_number = column.align == "right"
      sheet:put(sheet.row, i, row.cells[i] or "", { bold = row.strong,
        fill = row.strong and 0xF3F4F6 or nil, wrap = not is_number,
        colour = row.paint and colours[row.paint[i]],
        indented = i > 1 and not is_number,
        align = is_number and "r" or nil }, is_number)
    end
  end
  sheet.row = sheet.row + 1
end

function drawers.figures(sheet, block)
  for _, item in ipairs(block.items) do
    sheet:put(sheet.row, 1, item.label, { colour = 0x595959 })
    sheet:put(sheet.row, 2, item.value, { bold = true }, true)
    if item.note then
      sheet:put(sheet.row, 3, item.note, { colour = 0x595959 })
    end
    sheet.row = sheet.row + 1
  end
end

function drawers.findings(sheet, block)
  for _, item in ipairs(block.items) do
    sheet:line(item.text, { colour = colours[item.level] })
  end
end

--- The text that needs the most lines in its cell says how high a row is.
local function heights(sheet, placed)
  local lines = {}
  for _, item in ipairs(placed) do
    if item.first == item.last then
      local width = 0
      for column = item.from, item.to do
        width = width + sheet.widths[column]
      end
      local needed = lines_of(item.cell.text, width)
      lines[item.first] = math.max(lines[item.first] or 1, needed)
    end
  end
  return lines
end

function drawers.form(sheet, block)
  local placed = blocks.place(block)
  local top = sheet.row - 1
  for row, lines in pairs(heights(sheet, placed)) do
    sheet.book:height(top + row, lines * POINTS + 4)
  end
  for _, item in ipairs(placed) do
    local cell = item.cell
    local look = { framed = true, wrap = true,
      bold = cell.head or cell.strong, fill = cell.head and 0xF3F4F6 or nil,
      align = cell.head and "c" or cell.align and cell.align:sub(1, 1) }
    if item.from < item.to or item.first < item.last then
      assert(sheet.book:merge(top + item.first, item.from, top + item.last,
        item.to, clean(cell.text or ""), sheet:style(look)))
    else
      sheet:put(top + item.first, item.from, cell.text or "", look,
        cell.align == "right")
    end
  end
  sheet.row = sheet.row + #block.rows
end

-- The workbook -------------------------------------------------------------------------

--- Widths that hold the cells of every table and form, within bounds.
local function widths_of(report)
  local widths = {}
  local function widen(column, text, most)
    local width = math.min(core.text.width(text or "") * 1.1 + 2,
      most or WIDEST)
    widths[column] = math.max(widths[column] or NARROWEST, width)
  end
  for _, block in ipairs(report.blocks) do
    if block.kind == "table" then
      for i, column in ipairs(block.columns) do
        widen(i, column.title)
      end
      for _, row in ipairs(block.rows) do
        for i in ipairs(block.columns) do widen(i, row.cells[i]) end
      end
    elseif block.kind == "form" then
      for _, item in ipairs(blocks.place(block)) do
        if item.from == item.to then
          local text = item.cell.text or ""
          widen(item.from, text, IN_FORM)
        else
          widths[item.to] = widths[item.to] or NARROWEST
        end
      end
    elseif block.kind == "figures" then
      for _, item in ipairs(block.items) do
        widen(1, item.label)
        widen(2, item.value)
      end
    end
  end
  local n = 0
  for column in pairs(widths) do n = math.max(n, column) end
  for column = 1, math.max(n, 1) do
    widths[column] = widths[column] or (n == 0 and 100 or NARROWEST)
  end
  return widths
end

--- A sheet can repeat one head only, on all pages behind it: that of a table of
--- some length behind which nothing but notes comes.
local function final_table(report)
  for i = #report.blocks, 1, -1 do
    local block = report.blocks[i]
    if block.kind == "table" then
      return #block.rows >= SEVERAL and block or nil
    end
    if block.kind ~= "note" and block.kind ~= "findings" then return nil end
  end
end

local function add_blocks(book, report, name)
  assert(book:sheet(name))
  book:page()
  local sheet = setmetatable({ book = book, row = 1, styles = {},
    widths = widths_of(report) }, Sheet)
  for column, width in ipairs(sheet.widths) do book:width(column, width) end
  local last, final = nil, final_table(report)
  for _, block in ipairs(report.blocks) do
    local draw = drawers[block.kind]
    if draw ~= nil then
      local together = last == "note" and block.kind == "note"
      if last ~= nil and not together then sheet.row = sheet.row + 1 end
      if block == final then book:repeat_row(sheet.row) end
      draw(sheet, block)
      last = block.kind
    end
  end
end

--- Rows of data whose texts are looked at for how they print.
local MOST_ROWS = 2000

--- The widest text of each column, and the lines that each row needs, where
--- texts break: else a long one makes the printed page small.
local function put_broken(book, t)
  local widths, lines = {}, {}
  for column, name in ipairs(t:names()) do
    local cells, is_text = t:column(name), t:column(name):type() == "text"
    widths[column] = math.max(core.text.width(name) * 1.2, NARROWEST)
    for i = 1, t:nrows() do
      local width = cells[i] and core.text.width(tostring(cells[i])) * 1.1 or 0
      widths[column] = math.min(math.max(widths[column], width + 2), WIDEST)
      if is_text and width > WIDEST - 2 then
        lines[i] = math.max(lines[i] or 1, math.ceil(width / (WIDEST - 4)))
      end
    end
    book:width(column, widths[column])
  end
  for i, count in pairs(lines) do
    book:height(i + 1, math.min(count * POINTS + 2, HIGHEST))
  end
  return book:table(t, assert(book:style { wrap = true }))
end

--- A table on the sheet under way, its columns as wide as their names.
local function put_table(book, t)
  book:page(1)
  for column, name in ipairs(t:names()) do
    book:width(column, math.min(math.max(core.text.width(name) * 1.2 + 2, 13),
      WIDEST))
  end
  return book:table(t)
end

local function new_book()
  return assert(require("evalua.office").xlsx_write.new())
end

--- The report as the bytes of an .xlsx file.
---@param report evalua.report
---@param options table
---@return string
function M.render(report, options)
  local book = new_book()
  add_blocks(book, report, lang.text(options.lang, "Report"))
  if report.data ~= nil and report.data:nrows() > 0 then
    assert(book:sheet(lang.text(options.lang, "Data")))
    if report.data:nrows() > MOST_ROWS then put_table(book, report.data)
    else
      book:page(1)
      assert(put_broken(book, report.data))
    end
  end
  return assert(book:finish())
end

--- A table alone as the bytes of an .xlsx file; nil, message, code where it
--- has more rows than a sheet.
---@param t evalua.table
---@return string? bytes
---@return string? message
---@return string? code
function M.table(t)
  local book = new_book()
  assert(book:sheet("data"))
  local ok, message, code = put_table(book, t)
  if ok == nil then return nil, message, code end
  return book:finish()
end

return M

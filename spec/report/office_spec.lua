-- Reports as workbooks and Word documents: numbers stay numbers, text stays
-- text, forms keep their merged cells, the same input gives the same bytes.

local ev = require "evalua"
local report = require "evalua.report"
local support = require "support"
local xlsx = require "evalua.report.xlsx"

local d = ev.decimal
local NA = ev.NA

--- A part of a file, by an unzip that knows nothing of us; well-formed XML.
local function part(bytes, name)
  local path = support.write("file.zip", bytes)
  local out = support.run { "unzip", "-p", path, name }
  assert.equal(0, out.code, name .. out.err)
  local xml = support.write("part.xml", out.out)
  assert.equal(0, support.run { "xmllint", "--noout", xml }.code, name)
  return out.out
end

local function sample()
  return report.of { data = ev.table { columns = {
    name = { "=1+1", "<b>&\"'", "甲" }, amount = { d "2200.90", NA, d "-3.00" },
  }, order = { "name", "amount" } }, notes = {}, lang = "en",
    blocks = {
      { kind = "title", text = "Title & <more>" },
      { kind = "heading", text = "Heading" },
      { kind = "paragraph", text = "Text\0\1 with controls" },
      { kind = "table", columns = { { title = "Name" },
        { title = "Amount", align = "right" } }, rows = {
        { cells = { "=1+1", "2,200.90" }, paint = { [2] = "bad" } },
        { cells = { "0123", "−12.90%" } },
        { cells = { "Total", "n/a" }, strong = true } } },
      { kind = "figures", items = { { label = "Rate", value = "+54.73%",
        note = "of the budget" } } },
      { kind = "findings", items = { { level = "bad", text = "found" } } },
      { kind = "form", plain = {}, rows = {
        { { text = "Form", span = 3, head = true } },
        { { text = "left", down = 2 }, { text = "a" }, { text = "1,000.5",
          align = "right" } },
        { { text = "b" }, { text = "" } } } },
      { kind = "note", text = "a note" },
    } }
end

describe("a title in a document", function()
  --- Half points of the title's own size; nil where it has the style's.
  local function size(text)
    local xml = part(report.of({ blocks = { { kind = "title", text = text } },
      notes = {}, lang = "zh", data = ev.table { { a = 1 } } })
      :render("docx", { lang = "zh" }), "word/document.xml")
    return tonumber(xml:match '<w:rPr>[^/]*<w:sz w:val="(%d+)"/></w:rPr>')
  end

  it("shrinks where a character or two would stand in a line of their own",
    function()
      assert.is_nil(size(("题"):rep(20)))
      local near = size(("题"):rep(29))
      assert.is_true(near >= 28 and near < 36, tostring(near))
      assert.is_nil(size(("题"):rep(60)))
    end)
end)

describe("a number in a workbook", function()
  local cases = {
    { "2,200.90", "2200.90", "#,##0.00" }, { "−12.90%", "-0.1290", "0.00%" },
    { "+2,617.51", "2617.51", "+#,##0.00;-#,##0.00;±#,##0.00" },
    { "7", "7", "0" }, { "0.000001", "0.000001", "0.000000" },
  }
  for _, case in ipairs(cases) do
    it(("is %s shown as %s"):format(case[2], case[1]), function()
      local value, format = xlsx.number(case[1])
      assert.equal(case[2], tostring(value))
      assert.equal(case[3], format)
    end)
  end

  it("is not made of what is none", function()
    for _, text in ipairs { "n/a", "–", "", "12 万元", "1-2", "%" } do
      assert.is_nil((xlsx.number(text)))
    end
  end)
end)

describe("a report as a workbook", function()
  local bytes, sheet, strings

  setup(function()
    bytes = sample():render("xlsx", { lang = "en" })
    sheet = part(bytes, "xl/worksheets/sheet1.xml")
    strings = part(bytes, "xl/sharedStrings.xml")
  end)

  it("has numbers where the report shows numbers", function()
    assert.matches("<v>2200.9</v>", sheet, 1, true)
    assert.matches("<v>-0.129</v>", sheet, 1, true)
    assert.matches("<v>0.5473</v>", sheet, 1, true)
  end)

  it("never has a formula", function()
    assert.is_nil(sheet:find "<f>")
    assert.is_nil(part(bytes, "xl/worksheets/sheet2.xml"):find "<f>")
    assert.matches("<t>=1+1</t>", strings, 1, true)
    assert.matches("&lt;b&gt;&amp;\"'", strings, 1, true)
  end)

  it("keeps codes as text", function()
    assert.matches("<t>0123</t>", strings, 1, true)
  end)

  it("merges the cells of a form", function()
    assert.matches('<mergeCell ref="A%d+:C%d+"/>', sheet)
    assert.matches('<mergeCell ref="A(%d+):A(%d+)"/>', sheet)
  end)

  it("has the data with every digit on a second sheet", function()
    local data = part(bytes, "xl/worksheets/sheet2.xml")
    assert.matches("<v>2200.9</v>", data, 1, true)
    assert.is_nil(data:find('r="B3"', 1, true)) -- missing, not zero
    local book = part(bytes, "xl/workbook.xml")
    assert.matches('name="Report"', book, 1, true)
    assert.matches('name="数据"', part(sample():render("xlsx",
      { lang = "zh" }), "xl/workbook.xml"), 1, true)
  end)

  it("is the same each time", function()
    assert.is_true(bytes == sample():render("xlsx", { lang = "en" }))
  end)
end)

describe("a table as a workbook", function()
  it("writes what a double cannot hold as text", function()
    local path = support.tempdir() .. "/t.xlsx"
    assert(ev.table { columns = { a = { d "999999999999999.9",
      d "0.1" } } }:write(path))
    local bytes = support.read(path)
    assert.matches("<t>999999999999999.9</t>", part(bytes,
      "xl/sharedStrings.xml"), 1, true)
    assert.matches("<v>0.1</v>", part(bytes, "xl/worksheets/sheet1.xml"), 1,
      true)
  end)

  it("says when a sheet is too small", function()
    local wide = {}
    for i = 1, 17000 do wide["c" .. i] = { 1 } end
    local none, message = ev.table { columns = wide }:write(
      support.tempdir() .. "/t.xlsx")
    assert.is_nil(none)
    assert.equal("a sheet has at most 1048576 rows and 16384 columns: write "
      .. "csv instead", message)
  end)

  it("says when the disk will not take it", function()
    local none, message = ev.table { columns = { a = { 1 } } }:write
      "/nonexistent/t.xlsx"
    assert.is_nil(none)
    assert.matches("/nonexistent/t.xlsx", message)
  end)
end)

describe("a report as a Word document", function()
  local bytes, document

  setup(function()
    bytes = sample():render("docx", { lang = "en" })
    document = part(bytes, "word/document.xml")
  end)

  it("has every block's text, escaped", function()
    for _, text in ipairs { "Title &amp; &lt;more&gt;", "Heading",
      "Text   with controls", "=1+1", "2,200.90", "+54.73%", "of the budget",
      "• found", "* a note" } do
      assert.is_truthy(document:find(">" .. text .. "<", 1, true), text)
    end
  end)

  it("keeps a form's merged cells", function()
    assert.matches('<w:gridSpan w:val="3"/>', document, 1, true)
    assert.matches('<w:vMerge w:val="restart"/>', document, 1, true)
    assert.matches('<w:vMerge w:val="continue"/>', document, 1, true)
  end)

  it("has well-formed parts, and the same bytes each time", function()
    part(bytes, "word/styles.xml")
    part(bytes, "word/_rels/document.xml.rels")
    part(bytes, "_rels/.rels")
    part(bytes, "?Content_Types?.xml")
    assert.is_true(bytes == sample():render("docx", { lang = "en" }))
  end)

  it("holds the pictures of a report", function()
    local path = support.tempdir() .. "/r.docx"
    local result = support.evalua { "report", "variance",
      "data/dongfanghong-2022/budget.csv", "--phase", "version", "--amount",
      "amount", "--base", "original", "--actual", "executed", "--by",
      "nature", "--where", 'flow == "expense"', "--charts", "-o",
      path }
    assert.equal(0, result.code, result.err)
    local text = part(support.read(path), "word/document.xml")
    assert.equal(2, select(2, text:gsub("<a:blip ", "")))
    for i = 1, 2 do
      local picture = support.run { "unzip", "-p", path,
        ("word/media/picture%d.png"):format(i) }
      assert.matches("^\x89PNG", picture.out)
    end
  end)
end)

describe("a table that is too wide for a line", function()
  local long = ("算式"):rep(80)

  local function report_of(rows)
    local cells = {}
    for i = 1, rows do
      cells[i] = { cells = { "M" .. i, "1,234,567.89", long } }
    end
    return report.of { data = ev.table { { a = 1 } }, notes = {}, lang = "en",
      blocks = { { kind = "heading", text = "Checks" },
        { kind = "table", columns = { { title = "Id" }, { title = "Amount",
          align = "right" }, { title = "Arithmetic" } }, rows = cells } } }
  end

  it("leaves short columns what they need, in a document", function()
    local xml = part(report_of(2):render("docx", { lang = "en" }),
      "word/document.xml")
    local widths, sum = {}, 0
    for width in xml:gmatch '<w:gridCol w:w="(%d+)"/>' do
      widths[#widths + 1], sum = tonumber(width), sum + tonumber(width)
    end
    -- 9.5 pt: a digit is about 95 twentieths of a point wide, 80 are a margin
    assert.is_true(widths[1] >= 2 * 95 + 160, widths[1])
    assert.is_true(widths[2] >= 12 * 95 + 160, widths[2])
    assert.is_true(widths[3] > sum / 2, widths[3])
    local page, margin = xml:match '<w:pgSz w:w="(%d+)"', xml:match
      '<w:pgMar w:top="%d+" w:right="(%d+)"'
    assert.equal(page - 2 * margin, sum)
  end)

  it("is kept on one page with its heading where it is small", function()
    local function kept(rows)
      local xml = part(report_of(rows):render("docx", { lang = "en" }),
        "word/document.xml")
      return select(2, xml:gsub("<w:keepNext/>", ""))
    end
    -- the gap below the heading, three cells of the head and of row 1
    assert.equal(1 + 3 + 3, kept(2))
    -- two rows go over the page with the last one
    assert.equal(1 + 3 + 6, kept(40))
    assert.equal(1 + 3 + 6, kept(10)) -- few rows, of many lines
  end)

  it("has its head on every printed page in a workbook", function()
    local function titles(rows)
      local book = part(report_of(rows):render("xlsx", { lang = "en" }),
        "xl/workbook.xml")
      return book:match ">(Report!%$[^<]*)<"
    end
    assert.equal("Report!$3:$3", titles(40))
    assert.is_nil(titles(2))
  end)

  it("breaks long texts of the data, so that they print", function()
    local made = report_of(1)
    made.data = ev.table { { id = "a", text = long }, { id = "b", text = "c" } }
    local bytes = made:render("xlsx", { lang = "en" })
    local sheet = part(bytes, "xl/worksheets/sheet2.xml")
    for width in sheet:gmatch '<col [^>]*width="([%d.]+)"' do
      assert.is_true(tonumber(width) < 45, width)
    end
    local height = sheet:match '<row r="2"[^>]* ht="([%d.]+)"'
    assert.is_true(tonumber(height) >= 8 * 15, height)
    assert.is_nil(sheet:match '<row r="3"[^>]* ht=')
    assert.matches("Data!$1:$1", part(bytes, "xl/workbook.xml"), 1, true)
  end)

  it("has rows as high as its lines in a workbook", function()
    local sheet = part(report_of(1):render("xlsx", { lang = "en" }),
      "xl/worksheets/sheet1.xml")
    local height = sheet:match '<row r="4"[^>]* ht="([%d.]+)"'
    -- 320 columns of text in 42: eight lines at least
    assert.is_true(tonumber(height) >= 8 * 15, height)
  end)
end)

describe("a text longer than a workbook's cell", function()
  local most = ("长"):rep(32767)

  local function blocks_with(text, columns)
    return report.of { blocks = { { kind = "table", columns = columns,
      rows = { { cells = { "a", #columns > 1 and "b" or nil } } } },
      { kind = "paragraph", text = text } } }
  end

  --- All three ways into a cell: a cell, a merged one, the data's.
  local function ways(text)
    return {
      function()
        return blocks_with(text, { { title = "x" } }):render("xlsx", {})
      end,
      function()
        return blocks_with(text, { { title = "x" }, { title = "y" } })
          :render("xlsx", {})
      end,
      function()
        return assert(xlsx.table(ev.table { { id = "a", text = text } }))
      end,
    }
  end

  it("is refused, never cut", function()
    for i, write in ipairs(ways(most .. "末")) do
      local ok, message = pcall(write)
      assert.is_false(ok, i)
      assert.matches("holds at most 32767 characters, not 32768", message, 1,
        true)
    end
    -- counted as spreadsheets do: two for a character beyond 16 bits
    assert.is_false((pcall(ways(("𠮷"):rep(16384))[3])))
  end)

  it("is written whole where it just fits", function()
    for i, write in ipairs(ways(most)) do
      local sheet = part(write(), "xl/sharedStrings.xml")
      assert.is_truthy(sheet:find(most, 1, true), i)
    end
  end)
end)

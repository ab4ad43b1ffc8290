-- xlsx: sheets as tables. The cells are written here, so that every way that
-- programs write them can be tried.

local ev = require "evalua"
local core = require "evalua.core"
local support = require "support"
local xlsx = require "support.xlsx"

local function row(n, ...)
  local cells = {}
  for i, cell in ipairs { ... } do
    cells[i] = cell:gsub("^<c", ('<c r="%s%d"'):format(("ABCDEFG"):sub(i, i), n),
      1)
  end
  return ('<row r="%d">%s</row>'):format(n, table.concat(cells))
end

local function number(text, style)
  return ('<c%s><v>%s</v></c>'):format(style and (' s="%d"'):format(style) or "",
    text)
end

local function text(value)
  return ('<c t="inlineStr"><is><t>%s</t></is></c>'):format(value)
end

local function book(data, more)
  local one = { sheets = { { name = "S", data = data } } }
  for name, value in pairs(more or {}) do one[name] = value end
  if more and more.extra then one.sheets[1].extra = more.extra end
  return support.write("b.xlsx", xlsx.bytes(one))
end

local function read(data, more, opts)
  local t, info = ev.read_xlsx(book(data, more), opts)
  assert.is_truthy(t, info)
  return t, info
end

--- The table as CSV.
local function shown(data, more, opts)
  return core.csv.write((read(data, more, opts)))
end

local head = row(1, text "a", text "b")

describe("read_xlsx: texts", function()
  it("are shared, rich or inline, without phonetic runs", function()
    local strings = "<si><t>name</t></si><si><r><t>中</t></r><r><t>文 &lt;x&gt;"
      .. "</t></r><rPh sb='0' eb='1'><t>zhong</t></rPh></si><si><t/></si>"
    assert.equal('name,v\n中文 <x>,1\n,2\n"q"",\n",3\n', shown(
      row(1, '<c t="s"><v>0</v></c>', text "v")
      .. row(2, '<c t="s"><v>1</v></c>', number "1")
      .. row(3, '<c t="s"><v>2</v></c>', number "2")
      .. row(4, text 'q",\n', number "3"), { strings = strings }))
  end)

  it("of formulas are read, and their formulas are not", function()
    assert.equal("a,b\nxy,3\n", shown(head .. row(2,
      '<c t="str"><f>"x"&amp;"y"</f><v>xy</v></c>',
      "<c><f>1+2</f><v>3</v></c>")))
  end)

  it("may be truth values and errors", function()
    assert.equal("a,b,c\ntrue,1.5,x\nfalse,,#REF!\n", shown(
      row(1, text "a", text "b", text "c")
      .. row(2, '<c t="b"><v>1</v></c>', number "1.5", text "x")
      .. row(3, '<c t="b"><v>0</v></c>', '<c t="e"><v>#DIV/0!</v></c>',
        '<c t="e"><v>#REF!</v></c>')))
  end)

  it("that are numbers are numbers", function()
    assert.equal("a,b\nx,1234.50\n", shown(head .. row(2, text "x",
      text "1,234.50")))
  end)
end)

describe("read_xlsx: numbers", function()
  --- What the file says, and what was meant.
  local cases = {
    { "1234.5600000000001", "1234.56" }, { "0.30000000000000004", "0.3" },
    { "1234.5599999999999", "1234.56" }, { "-0.1", "-0.1" }, { "7", "7" },
    { "99305000", "99305000" }, { "1.2E3", "1200" }, { "5E-3", "0.005" },
    { "2.9999999999999998E-2", "0.03" }, { "123456789012345678",
      "123456789012345678" }, { "1.0000000000000001E+15", "1000000000000000" },
    { "0.99999999999999999", "1" }, { "-0", "0" }, { "00.50", "0.5" },
    { "1E+300", "1e+300" }, { "999999999999.995", "999999999999.995" },
  }
  for _, case in ipairs(cases) do
    it(case[1] .. " is " .. case[2], function()
      local t = read(head .. row(2, text "x", number(case[1])))
      local got = t:column("b")[1]
      assert.equal(case[2], math.type(got) == "float" and ("%.0e"):format(got)
        or tostring(got))
    end)
  end

  it("sum without a trace of binary", function()
    local rows = { head }
    for i = 2, 11 do
      rows[i] = row(i, text "x", number "0.10000000000000001")
    end
    local t = read(table.concat(rows))
    assert.equal("1.0", tostring(t:summarise { s = ev.sum "b" }:column("s")[1]))
  end)

  it("of formulas are rounded where their decimals would not fit, and that "
    .. "is said", function()
    local t, info = read(head .. row(2, text "x", number "33.333333333333336")
      .. row(3, text "y", number "123456789012.5"))
    assert.equal("33.333333", tostring(t:column("b")[1]))
    assert.equal("123456789012.500000", tostring(t:column("b")[2]))
    assert.same({ "column 'b': results of formulas are rounded to 6 decimals" },
      info.notes)
  end)

  it("are rounded to the decimals that were asked for", function()
    local t = read(head .. row(2, text "x", number "33.333333333333336"), nil,
      { types = { b = "decimal(2)" } })
    assert.equal("33.33", tostring(t:column("b")[1]))
  end)
end)

describe("read_xlsx: dates", function()
  local styles = '<numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;'
    .. 'm&quot;月&quot;"/><numFmt numFmtId="165" formatCode="[Red]0.00 '
    .. '&quot;days&quot;"/><numFmt numFmtId="166" formatCode="yyyy\\-mm\\-dd '
    .. 'hh:mm"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    .. '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/>'
    .. '<xf numFmtId="165"/><xf numFmtId="166"/></cellXfs>'
  local function date(serial, style, more)
    local all = { styles = styles }
    for name, value in pairs(more or {}) do all[name] = value end
    local t = read(head .. row(2, text "x", number(serial, style)), all)
    return tostring(t:column("b")[1])
  end

  it("are what the cell's style shows as such", function()
    assert.equal("2023-01-31", date("44957", 1))
    assert.equal("2023-01", date("44957", 2))
    assert.equal("44957", date("44957", 3))
    assert.equal("44957", date("44957", 0))
    assert.equal("2023-01-31 10:30:00", date("44957.4375", 4))
  end)

  it("count from 1900 with its false leap day", function()
    assert.equal("1900-01-01", date("1", 1))
    assert.equal("1900-02-28", date("59", 1))
    assert.equal("1900-02-29", date("60", 1))
    assert.equal("1900-03-01", date("61", 1))
    assert.equal("2000-02-29", date("36585", 1))
    assert.equal("9999-12-31", date("2958465", 1))
  end)

  it("count from 1904 where the workbook says so", function()
    assert.equal("1904-01-01", date("0", 1, { date1904 = true }))
    assert.equal("2023-01-31", date("43495", 1, { date1904 = true }))
  end)

  it("that are none stay numbers", function()
    assert.equal("-5", date("-5", 1))
    assert.equal("2958466", date("2958466", 1))
  end)
end)

describe("read_xlsx: the sheet", function()
  it("may have gaps, and cells and rows without a name", function()
    assert.equal("a,b,c\nx,,1\n,y,2\nz,,3\n", shown(
      "<row>" .. text "a" .. text "b" .. text "c" .. "</row>"
      .. '<row r="3"><c r="A3" t="inlineStr"><is><t>x</t></is></c>'
      .. '<c r="C3"><v>1</v></c></row>'
      .. '<row><c r="B4" t="inlineStr"><is><t>y</t></is></c><c><v>2</v></c></row>'
      .. "<row>" .. text "z" .. "<c/><c><v>3</v></c></row>"))
  end)

  it("has its header found, its notes and every row counted", function()
    local t, info = read(row(1, text "Budget 2022") .. row(3, text "dept",
      text "amount") .. row(4, text "x\ny", number "1.5") .. row(5, text "z",
      number "2") .. row(7, text "Source: City"))
    assert.equal(2, t:nrows())
    assert.equal(3, info.header_line)
    assert.equal(7, info.lines)
    assert.equal(2, info.junk)
    assert.equal(2, info.blank)
    assert.same({ "line 1 is not part of the table: 'Budget 2022,'",
      "line 7 is not part of the table: 'Source: City,'" }, info.notes)
  end)

  it("may have a header of merged cells", function()
    local t = read(row(1, text "dept", text "Budget", "<c/>", text "Actual")
      .. row(2, "<c/>", text "2021", text "2022", text "2021")
      .. row(3, text "x", number "10", number "2", number "3"),
      { extra = '<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B1:C1"/>'
        .. "</mergeCells>" })
    assert.same({ "dept", "Budget 2021", "Budget 2022", "Actual 2021" },
      t:names())
  end)

  it("gives text merged downwards to all its rows, but never a number",
    function()
      local t, info = read(head .. row(2, text "x", number "1.5")
        .. row(3, "<c/>", "<c/>") .. row(4, text "y", number "3"),
        { extra = '<mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="B2:B3"/>'
          .. "</mergeCells>" })
      assert.equal("a,b\nx,1.5\nx,\ny,3.0\n", core.csv.write(t))
      assert.same({ "cells under merged ones that got their text: 1" },
        info.notes)
    end)

  it("is chosen by its name", function()
    local path = support.write("b.xlsx", xlsx.bytes { sheets = {
      { name = "Notes", data = row(1, text "n", text "m") .. row(2, text "x",
        number "9") },
      { name = "预算", data = head .. row(2, text "x", number "1") },
      { name = "Empty", data = "" } } })
    local t, info = ev.read_xlsx(path, { sheet = "预算" })
    assert.same({ "a", "b" }, t:names())
    assert.equal("预算", info.sheet)
    t, info = ev.read_xlsx(path)
    assert.same({ "n", "m" }, t:names())
    assert.equal("sheet 'Notes' is read; the others: 预算, Empty (--sheet)",
      info.notes[1])
    local _, message = ev.read_xlsx(path, { sheet = "Notse" })
    assert.matches("no sheet 'Notse' %(did you mean 'Notes'%?%)$", message)
    _, message = ev.read_xlsx(path, { sheet = "Empty" })
    assert.matches("sheet 'Empty' is empty; the others: Notes, 预算", message)
  end)

  it("names the cell that is no number", function()
    local path = book(head .. row(2, text "x", number "1") .. row(3, text "y",
      text "1,23O.00"))
    local _, info = ev.read_xlsx(path)
    assert.equal(path .. '[S]:B3: column "b": "1,23O.00" is not a number '
      .. "(letter O?)", info.problems.b)
    local out = support.evalua { "variance", path, "--by", "a", "--base", "b",
      "--actual", "b" }
    assert.equal(2, out.code)
    assert.matches("b.xlsx%[S%]:B3: ", out.err)
  end)

  it("is read by every command", function()
    local out = support.evalua { "query", book(head .. row(2, text "x",
      number "1.25")), "--agg", "s=sum(b)", "-O", "csv" }
    assert.equal("s\n1.25\n", out.out)
  end)
end)

describe("read_xlsx refuses", function()
  local cases = {
    { "a shared text that is not there", row(1, '<c t="s"><v>5</v></c>'),
      "cell A1: its shared text does not exist" },
    { "a number that is none", row(1, number "12x"),
      "cell A1: its number cannot be read" },
    { "a cell beyond the sheet", '<row r="1"><c r="ZZZZ1"><v>1</v></c></row>',
      "outside of a sheet" },
    { "a row beyond the sheet", '<row r="9999999"/>', "row '9999999'" },
    { "broken XML", "<row", "its XML" },
    { "a far cell that would fill the memory", row(1, text "a")
      .. '<row r="1000000"><c r="XFD1000000"><v>1</v></c></row>', nil },
  }
  for _, case in ipairs(cases) do
    it(case[1], function()
      local t, message, code = ev.read_xlsx(book(case[2]))
      if case[3] == nil then return assert.is_truthy(t or code) end
      assert.is_nil(t)
      assert.equal("data", code)
      assert.matches(case[3], message, 1, true)
    end)
  end

  it("merged ranges that would take for ever", function()
    local merges = ('<mergeCell ref="A1:A1048576"/>'):rep(2000)
    local t = ev.read_xlsx(book(head .. row(2, text "x", number "1"),
      { extra = "<mergeCells>" .. merges .. "</mergeCells>" }))
    assert.equal(1, t:nrows())
    local _, message = ev.read_xlsx(book(head
      .. '<row r="1048576"><c r="B1048576"><v>1</v></c></row>',
      { extra = "<mergeCells>" .. merges .. "</mergeCells>" }))
    assert.matches("more than %d+ merged cells", message)
  end)

  it("the workbook of an old or wrong kind, in both languages", function()
    local path = support.write("b.xls", "\xD0\xCF\x11\xE0" .. ("\0"):rep(600))
    local out = support.evalua { "query", path, "--lang", "zh" }
    assert.equal(2, out.code)
    assert.matches("旧式 Office 文档", out.err)
    out = support.evalua { "query", support.write("c.xlsx", "a,b\n1,2\n") }
    assert.matches("give it the suffix .csv", out.err)
  end)
end)

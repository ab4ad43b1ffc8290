-- csv.read: files as they come, good and bad.

local core = require "evalua.core"
local support = require "support"

local function read(bytes, opts)
  return core.csv.read("f.csv", bytes, opts)
end

--- The table as CSV, which shows values, NA and empty text.
local function shown(bytes, opts)
  local t, message = read(bytes, opts)
  return t and core.csv.write(t) or message
end

describe("csv.read", function()
  --- Claim, bytes, options, the table as CSV (or the error).
  local cases = {
    { "reads LF", "a,b\n1,x\n", nil, "a,b\n1,x\n" },
    { "reads CRLF and leaves line ends in quotes alone", 'a,b\r\n1,"x\r\ny"\r\n',
      nil, 'a,b\n1,"x\r\ny"\n' },
    { "reads lone CRs", "a,b\r1,x\r2,y", nil, "a,b\n1,x\n2,y\n" },
    { "finds the semicolon beside decimal commas", "a;b\n1,5;2,5\n3,25;1\n", nil,
      "a,b\n1.50,2.5\n3.25,1.0\n" },
    { "finds the tab", "a b\tc,d\n1\t2\n", nil, 'a b,"c,d"\n1,2\n' },
    { "finds the bar", "a|b\n1,5|x, y\n", nil, 'a,b\n1.5,"x, y"\n' },
    { "finds the comma beside semicolons in texts", "a,b\nx; y,1\nx; z; u,2\n", nil,
      'a,b\n"x; y",1\n"x; z; u",2\n' },
    { "counts delimiters outside of quotes only", 'a;b\n"x,y,z";"u,v,w"\n', nil,
      'a,b\n"x,y,z","u,v,w"\n' },
    { "takes the delimiter it is told", "a;b,c\n1;2,3\n", { delimiter = "," },
      '"a;b",c\n"1;2",3\n' },
    { "passes over a title above the table", "title\na;b;c\n1;2;3\n", nil,
      "a,b,c\n1,2,3\n" },
    { "leaves out lines above the header", 'title, "\na;b;c\n1;2;3\n', { skip = 1 },
      "a,b,c\n1,2,3\n" },
    { "says when nothing is left", "a\n", { skip = 5 },
      "f.csv:2: nothing is left behind 5 skipped lines" },
    { "leaves out blank lines", "\n \na,b\n\n1,2\n\t\r\n\n", nil, "a,b\n1,2\n" },
    { "keeps rows of empty cells", "a,b\n,\n1,2\n", nil, "a,b\n,\n1,2\n" },
    { "takes blank lines of a single column for missing values",
      "a\n1\n\n3\n", nil, "a\n1\n\n3\n" },
    { "gives a header alone no rows", "a,b\n", nil, "a,b\n" },
    { "numbers columns without a header", "1,2\n3,4\n", { no_header = true },
      "column1,column2\n1,2\n3,4\n" },
    { "keeps a first blank row of a single column", "\n1\n", { no_header = true },
      "column1\n\n1\n" },
    { "takes names for a file without header", "1,2\n",
      { no_header = true, columns = { "x", "y" } }, "x,y\n1,2\n" },
    { "takes names instead of the header's", "a,b\n1,2\n", { columns = { "x", "y" } },
      "x,y\n1,2\n" },
    { "wants a name for each column", "a,b\n1,2\n", { columns = { "x" } },
      "f.csv:1: 1 column names are given for 2 columns" },
    { "takes blanks off names but not out of quotes", ' a ,"b "\n1,2\n', nil,
      'a,"b "\n1,2\n' },
    { "keeps a line end in a name", '"a\nb",c\n1,2\n', nil, '"a\nb",c\n1,2\n' },
    { "reads the texts given as missing", "a,b\n1,NA\n-99,x\nn.a.,\n",
      { na = { "NA", "-99", "n.a." } }, "a,b\n1,\n,x\n,\n" },
    { "reads one text given as missing", "a,b\n1,-\n2,x\n", { na = "-" },
      "a,b\n1,\n2,x\n" },
    { "reads decimal commas as told", 'a\n"1,234"\n',
      { decimal = "," }, "a\n1.234\n" },
    { "reads thousands commas as told", 'a\n"1,234"\n',
      { thousands = "," }, "a\n1234\n" },
    { "reads thousands points as told", "a\n1.234\n", { thousands = "." }, "a\n1234\n" },
    { "does not mind a thousands blank", "a\n1 234.5\n",
      { thousands = " " }, "a\n1234.5\n" },
    { "takes types", "a,b\n1,2\n", { types = { a = "text", b = "decimal(2)" } },
      "a,b\n1,2.00\n" },
    { "knows no type by another name", "a\n1\n", { types = { a = "money" } },
      "'money' is no type for column 'a'; there are: int decimal decimal(2) "
      .. "real text bool period year quarter month day" },
    { "wants scales within reason", "a\n1\n", { types = { a = "decimal(19)" } },
      "'decimal(19)' is no type for column 'a'; there are: int decimal "
      .. "decimal(2) real text bool period year quarter month day" },
    { "wants types for columns that exist", "amount\n1\n", { types = { amuont = "int" } },
      "f.csv:1: a type is given for 'amuont', no such column (did you mean 'amount'?)" },
    { "has no idea about far names", "amount\n1\n", { types = { xyz = "int" } },
      "f.csv:1: a type is given for 'xyz', no such column" },
    { "wants marks that make sense", "a\n1\n", { decimal = ";" },
      "the decimal mark must be . or , not ';'" },
    { "wants a separator that makes sense", "a\n1\n", { thousands = "x" },
      "the thousands separator must be . , ' or a blank, not 'x'" },
    { "wants marks that differ", "a\n1\n", { decimal = ",", thousands = "," },
      "the decimal mark and the thousands separator are the same" },
    { "wants lines that can be skipped", "a\n1\n", { skip = -1 },
      "the lines to skip cannot be less than 0" },
    { "refuses nothing", "", nil, "f.csv:1: the file is empty" },
    { "refuses blank lines only", "\n\r\n \n", nil, "f.csv:1: the file is empty" },
    { "refuses more columns than a table has", ("x,"):rep(16384) .. "y\n1\n",
      nil, "f.csv:1: a record of 16385 cells, and a table has at most 16384 "
        .. "columns (another --delimiter?)" },
    { "refuses a byte order mark only", "\xEF\xBB\xBF", nil,
      "f.csv:1: the file is empty" },
    { "refuses short records", "a,b,c\n1,2,3\n\n4,5\n", nil,
      "f.csv:4:3: found 2 instead of the header's 3 fields: '4,5'" },
    { "refuses long records", "a,b\n1,2\n预算,5,6\n", nil,
      "f.csv:3:6: found 3 instead of the header's 2 fields: '预算,5,6'" },
    { "refuses ragged records without header", "1,2\n3\n", { no_header = true },
      "f.csv:2:1: found 1 instead of the first record's 2 fields: '3'" },
    { "counts lines inside quotes", 'a,b\n"x\ny\r\nz",1\n2\n', nil,
      "f.csv:5:1: found 1 instead of the header's 2 fields: '2'" },
    { "counts skipped lines", "title\na,b\n1\n", { skip = 1 },
      "f.csv:3:1: found 1 instead of the header's 2 fields: '1'" },
    { "names where an open quote stands", 'a,b\n1,"x\n2,y\n', nil,
      'f.csv:2:3: this quote is never closed: "x?2,y?' },
  }
  for _, case in ipairs(cases) do
    local claim, bytes, opts, expected = table.unpack(case, 1, 4)
    it(claim, function() assert.equal(expected, shown(bytes, opts)) end)
  end

  it("raises when an option is of the wrong kind", function()
    for name, value in pairs { delimiter = 1, no_header = "yes", columns = 1,
      na = { 1 }, types = { "int" }, skip = "x", decimal = true } do
      assert.has_error(function() read("a\n", { [name] = value }) end)
    end
  end)

  it("has no file to read", function()
    local t, message, code = core.csv.read "/nonexistent/x.csv"
    assert.is_nil(t)
    assert.equal("cannot open '/nonexistent/x.csv' (No such file or directory)",
      message)
    assert.equal("io", code)
  end)

  it("does not read a directory", function()
    local t, message, code = core.csv.read(support.tempdir())
    assert.is_nil(t)
    assert.matches("%(Is a directory%)$", message)
    assert.equal("io", code)
  end)

  it("reads a file by its path, which then stands in errors", function()
    local path = support.write("b.csv", "a,b\n1\n")
    local _, message = core.csv.read(path)
    assert.equal(path .. ":2:1: found 1 instead of the header's 2 fields: '1'",
      message)
  end)

  it("reads names, hints and all of the amount with letters", function()
    local _, report = read(("x,amount\n"):rep(1) .. ("y,1\n"):rep(15)
      .. 'z,"1,23O.00"\n')
    assert.equal('f.csv:17: column "amount": "1,23O.00" is not a number '
      .. "(letter O?)", report.problems.amount)
  end)
end)

describe("column names", function()
  local cases = {
    { "get a number when they come again", "a,b,a,a\n", { "a", "b", "a_2", "a_3" },
      { "duplicate column name 'a': column 3 is called 'a_2'",
        "duplicate column name 'a': column 4 is called 'a_3'" } },
    { "keep what the file calls so itself", "a,a,a_2\n", { "a", "a_3", "a_2" },
      { "duplicate column name 'a': column 2 is called 'a_3'" } },
    { "are made where there are none", 'a,,""\n', { "a", "column2", "column3" },
      { "column 2 has no name: called 'column2'",
        "column 3 has no name: called 'column3'" } },
    { "do not clash with made ones", "column2,\n", { "column2", "column2_2" },
      { "column 2 has no name: called 'column2'",
        "duplicate column name 'column2': column 2 is called 'column2_2'" } },
  }
  for _, case in ipairs(cases) do
    it(case[1], function()
      local t, report = read(case[2])
      assert.same(case[3], t:names())
      assert.same(case[4], report.notes)
    end)
  end

  it("are told ten times, then counted", function()
    local t, report = read(("a,"):rep(9999) .. "a\n")
    assert.equal("a_10000", t:names()[10000])
    assert.equal(11, #report.notes)
    assert.equal("9989 more duplicate column names were numbered", report.notes[11])
  end)
end)

describe("the report", function()
  local function report(bytes, opts)
    local _, found = read(bytes, opts)
    return found
  end

  it("counts lines, blank ones, skipped ones and rows", function()
    local r = report('title\n\na,b\n1,"x\ny"\n\n2,z', { skip = 1 })
    assert.same({ 7, 2, 1, 2 }, { r.lines, r.blank, r.skipped, r.rows })
    assert.equal(7, report('t\n\na,b\n1,"x\ny"\n\n2,z\n', { skip = 1 }).lines)
  end)

  it("says what was found and why", function()
    assert.same({
      "encoding: UTF-8 (valid UTF-8)",
      "delimiter: ';' (2 fields in 3 of the first 3 records)",
      "header: line 1 (the first record)",
      "lines: 3 = skipped 0, header 1, data 2, blank 0, junk 0, bad 0; rows: 2",
      "column '名称': text (line 2: '基本' is not a number)",
      "column '金额': decimal(2) (decimal places: 2, decimal comma)",
    }, report("名称;金额\n基本;1.234,50\n项目;0,5\n").explain)
  end)

  it("says what was asked for", function()
    local r = report("1\t2\n", { no_header = true, delimiter = "tab",
      encoding = "GBK", types = { column1 = "real" } })
    assert.same({ "encoding: GB18030 (as asked)", "delimiter: tab (as asked)",
      "header: none (as asked)",
      "lines: 1 = skipped 0, header 0, data 1, blank 0, junk 0, bad 0; rows: 1",
      "column 'column1': real (as asked)", "column 'column2': int (whole numbers)" },
      r.explain)
    assert.same({ "\t", "GB18030", false }, { r.delimiter, r.encoding, r.header })
  end)

  it("says how many values each column misses", function()
    local r = report "a,b\n1,\n-,x\n"
    assert.same({ { name = "a", type = "int", reason = "whole numbers", missing = 1 },
      { name = "b", type = "text", reason = "line 3: 'x' is not a number",
        missing = 1 } }, r.columns)
  end)
end)

describe("large files", function()
  it("may have 10,000 columns", function()
    local names, cells = {}, {}
    for i = 1, 10000 do names[i], cells[i] = "c" .. i, i .. ".5" end
    local t = read(table.concat(names, ",") .. "\n"
      .. (table.concat(cells, ",") .. "\n"):rep(20))
    assert.equal(10000, #t:names())
    assert.equal("9999.5", tostring(t:column("c9999")[20]))
  end)

  it("may have a cell of 50 MB", function()
    local text = ("预算\n\"\"x"):rep(5000000)
    local t = read('a,b\n1,"' .. text .. '"\n')
    assert.equal(45000000, #t:column("b")[1]) -- 5,000,000 quotes fewer
  end)

  it("may have an open quote in front of 50 MB", function()
    local _, message = read('a,b\n1,"' .. ("x"):rep(50000000))
    assert.equal('f.csv:2:3: this quote is never closed: "' .. ("x"):rep(40) .. "…",
      message)
  end)

  it("may consist of quotes, delimiters or line ends", function()
    assert.is_truthy(read("a,b\n1," .. ('"'):rep(5000000) .. "\n"))
    assert.is_nil((read("a,b\n1" .. (","):rep(1000000) .. "\n")))
    assert.equal(1000000, select(2, read("a,b\n1,2\n" .. ("\n"):rep(1000000))).blank)
  end)
end)

--- Rows as Python's csv module counts them, and types.
describe("shared data", function()
  local cases = {
    { "fiscal_data_packages/au-budget/data/201505181230budget1516.csv", 1608,
      "text text text text text text text decimal(6) decimal(6) decimal(6) "
      .. "decimal(6) decimal(6) text text text" },
    { "fiscal_data_packages/al-treasury-spending/data/treasury.csv", 40,
      "text text text int day day int text text" },
    { "fiscal_data_packages/eu-funds-absorption-rate-2007-2013/data/"
      .. "2007-2013_Funds_Absoption_Rate.csv", 936,
      "text int text decimal(1) decimal(1) decimal(1) decimal(1)" },
    { "taiwan_budget/raw/tw2019ap.csv", 1177,
      "int text int text text text text text text text" },
    { "philadelphia/raw/city-collections.csv", 5266,
      "text int decimal(1) text int int int day text" },
    { "oakland_budget/raw/FY17-18__proposed.csv", 17099,
      "text text text int text decimal(1)" },
    { "m1/m1_yearly_test.csv", 181, "text decimal(5) decimal(5) decimal(5) "
      .. "decimal(5) decimal(5) decimal(5)" },
  }
  for _, case in ipairs(cases) do
    it("is read whole: " .. case[1], function()
      local _, report = core.csv.read(support.shared(case[1]))
      local types = {}
      for i, column in ipairs(report.columns) do types[i] = column.type end
      assert.equal(case[2], report.rows)
      assert.equal(case[3], table.concat(types, " "))
    end)
  end

  it("says that Australia's nfp is missing", function()
    local _, report = core.csv.read(support.shared(cases[1][1]))
    assert.matches("column '2015%-16': words like 'nfp' %(line 86%) are read "
      .. "as missing", table.concat(report.notes, "\n"))
  end)
end)

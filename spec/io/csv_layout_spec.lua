-- csv_layout: where the table lies in a file, and that every line is counted.

local core = require "evalua.core"

local function read(bytes, opts)
  local t, report = core.csv.read("f.csv", bytes, opts)
  assert.is_truthy(t, report)
  return t, report
end

local function check_lines(report)
  assert.equal(report.lines, report.skipped + report.header_lines
    + report.data_lines + report.blank + report.junk + report.bad)
end

describe("the header", function()
  --- Claim, bytes, names, rows, header line (0: none), junk lines.
  local cases = {
    { "is the first record of a plain file", "a,b\nx,1\n", "a b", 1, 1, 0 },
    { "may have years for names", "item,2019,2020\nx,1,2\ny,3,4\n",
      "item 2019 2020", 2, 1, 0 },
    { "may count months", "item,1,2,3\nx,10,20,30\n", "item 1 2 3", 1, 1, 0 },
    { "is not there when amounts come first", "x,2019,1.5\ny,2019,2.5\n",
      "column1 column2 column3", 2, 0, 0 },
    { "stands below a title", "City budget\n\na,b\nx,1\ny,2\n", "a b", 2, 3, 1 },
    { "stands below a title that a spreadsheet padded",
      "City budget,,\nPrinted 2021-03-01,,\n,,\ndept,year,amount\nx,2020,1.5\n",
      "dept year amount", 1, 4, 2 },
    { "stands below titles of two cells", "Report,Budget\nYear,2021\n\n"
      .. "dept,fund,amount\nx,y,1\nz,y,2\n", "dept fund amount", 2, 4, 2 },
    { "may have a nameless last column", "a,b,\nx,1,\ny,2,\n", "a b column3",
      2, 1, 0 },
    { "is found above rows without figures", "dept,amount\nParks,\nx,1\ny,2\n",
      "dept amount", 3, 1, 0 },
    { "is two records where the lower repeats itself",
      "dept,Budget,,Actual,\n,2021,2022,2021,2022\nx,10,2,3,4\n",
      "dept,Budget 2021,Budget 2022,Actual 2021,Actual 2022", 1, 1, 0 },
    { "is two records where the lower has holes",
      "项目,本年预算数,,备注\n,基本支出,项目支出,\n教育,1,2,x\n",
      "项目,本年预算数 基本支出,本年预算数 项目支出,备注", 1, 1, 0 },
    { "stands above numbers of the columns", "名称,预算,执行,合计\n栏次,1,2,3\n"
      .. "教育,10,20,30\n", "名称 预算 执行 合计", 1, 1, 1 },
    { "stands above rows whose figures are words", "City,,\n,,\ndept,unit,"
      .. "amount\nParks,a,none\nRoads,b,tbc\nFire,c,5\nWater,d,7\nTax,e,8\n",
      "dept unit amount", 5, 3, 1 },
    { "takes the row of units below it", "City,,\nDept,Budget,Actual\n"
      .. ",(£000),(£000)\nHealth,5,6\nRoads,7,6\n",
      "Dept,Budget (£000),Actual (£000)", 2, 2,
      1 },
    { "stands below names of groups that repeat nothing",
      "Organisation,,Finance,\nDept,Unit,Budget,Actual\nx,y,5,6\n",
      "Dept Unit Budget Actual", 1, 2, 1 },
    { "may be of codes that rise", "dept,101,102,205\nx,9,7,3.5\ny,1,5,2\n",
      "dept 101 102 205", 2, 1, 0 },
    { "is not a row of data that counts", "title\na;b;c\n1;2;3\n4;5;6\n",
      "a b c", 2, 2, 1 },
    { "is not a row of years", "title,,\n,,\ndept,year,amount\nx,2019,2020\n"
      .. "x,2019,5000\n", "dept year amount", 2, 3, 1 },
    { "of years stands below a title", "title,,\n,2019,2020\nx,5,6\n",
      "column1 2019 2020", 1, 2, 1 },
    { "of texts only is the first record", "a,b\nx,y\n", "a b", 1, 1, 0 },
    { "of texts only stands below a title", "title,,\n,,\na,b,c\nx,y,z\n",
      "a b c", 1, 3, 1 },
  }
  for _, case in ipairs(cases) do
    local claim, bytes, names, rows, line, junk = table.unpack(case)
    it(claim, function()
      local t, report = read(bytes)
      local got = t:names()
      assert.equal(names, table.concat(got, names:find(",") and "," or " "))
      assert.equal(rows, t:nrows())
      assert.equal(line, report.header_line)
      assert.equal(junk, report.junk)
      check_lines(report)
    end)
  end

  it("is where the user says", function()
    local t, report = read("x,1\nn,m\ny,2\n", { header_row = 2 })
    assert.same({ "n", "m" }, t:names())
    assert.equal(1, report.junk)
    check_lines(report)
    t = read("a,b\n1,2\n", { header_row = 1 })
    assert.equal(1, t:nrows())
    t = read("5,6\n1,2\n", { header_row = 1 })
    assert.same({ "5", "6" }, t:names())
  end)

  it("is an error on a line without a record", function()
    local t, message = core.csv.read("f.csv", "a,b\n\nx,1\n", { header_row = 2 })
    assert.is_nil(t)
    assert.equal("f.csv:2: the header is asked for here, but there is no "
      .. "record among the first ones", message)
  end)

  it("is a ragged record when it has another number of names", function()
    local t, message = core.csv.read("f.csv", "a,b\nx,1,5.5\ny,2,7.5\n")
    assert.is_nil(t)
    assert.matches("^f.csv:2:5: found 3 instead of the header's 2 fields",
      message)
  end)

  it("that stands again among the data is left out, and that is said",
    function()
      local t, report = read("a,b\nx,1\na,b\ny,2\na,b\n")
      assert.equal(2, t:nrows())
      assert.equal("int", t:column("b"):type())
      assert.equal(2, report.junk)
      assert.same({ "the header stands 2 more times among the data: left out" },
        report.notes)
      check_lines(report)
    end)
end)

describe("notes below the table", function()
  local head = "dept,fund,amount\nx,y,1\nz,y,2\n"
  --- Claim, text below, rows, junk, blank.
  local cases = {
    { "begin with a word of notes", "Source: City\n", 2, 1, 0 },
    { "may hold commas", "Note: of 2019, 2020, and later, 5\n", 2, 1, 0 },
    { "may be padded", '"Source: City, unaudited",,\n', 2, 1, 0 },
    { "stand behind a blank line", "\nFigures are unaudited\nand may change\n",
      2, 2, 1 },
    { "may be Chinese", "\n\n注：数据未经审计\n资料来源：财政局,,\n", 2, 2, 2 },
    { "do not hold figures", "\nTotal,,3\n", 3, 0, 1 },
    { "are no rows that lack their figures", "u,y,\nOther things,,\n", 4, 0, 0 },
    { "are no sections before more rows", "\nParks,,\nv,y,3\n", 4, 0, 1 },
    { "are not inside of quotes", 'v,"text\n\nSource: x\nmore",3\n', 3, 0, 0 },
  }
  for _, case in ipairs(cases) do
    local claim, below, rows, junk, blank = table.unpack(case)
    it(claim, function()
      local t, report = read(head .. below)
      assert.equal(rows, t:nrows())
      assert.equal(junk, report.junk)
      assert.equal(blank, report.blank)
      check_lines(report)
    end)
  end

  it("are said with line and text", function()
    local _, report = read(head .. "\nSource: City\n")
    assert.same({ "line 5 is not part of the table: 'Source: City'" },
      report.notes)
  end)

  it("are no excuse for a row that was cut off", function()
    local t, message = core.csv.read("f.csv", head .. "u,y\n")
    assert.is_nil(t)
    assert.matches("f.csv:4:3: found 2 instead", message)
    t, message = core.csv.read("f.csv", head .. "Poli")
    assert.is_nil(t)
    assert.matches("f.csv:4:1: found 1 instead", message)
  end)
end)

describe("ragged records", function()
  it("are left out when asked, counted and named", function()
    local t, report = read("a,b\nx,1\ny,2,3\nz,4\nw\n", { skip_bad = true })
    assert.equal(2, t:nrows())
    assert.equal(2, report.bad)
    assert.same({ "line 3 has another number of fields: left out",
      "line 5 has another number of fields: left out" }, report.notes)
    check_lines(report)
  end)
end)

describe("every line", function()
  it("is counted once, whatever the file", function()
    local pieces = { "a,b,c\n", "x,1,2\n", "\n", ",,\n", '"q\nr",1,2\n',
      "title\n", "Source: z\n", "x,-,n.a.\n", "z,5,6" }
    local state = 42
    local function random(n)
      state = (state * 1103515245 + 12345) & 0x7FFFFFFF
      return (state >> 8) % n + 1
    end
    for _ = 1, 400 do
      local parts = {}
      for i = 1, random(8) do parts[i] = pieces[random(#pieces)] end
      local text = table.concat(parts)
      local t, report = core.csv.read("f.csv", text, { skip_bad = true })
      if t then
        local ok, message = pcall(check_lines, report)
        assert.is_true(ok, ("%q: %s"):format(text, tostring(message)))
      end
    end
  end)
end)

describe("a last line without its end", function()
  it("is counted, in a record of several lines too", function()
    local _, report = read 'a,b\nx,"1\n2"'
    assert.equal(3, report.lines)
    check_lines(report)
    _, report = read 'a,"b\nc"'
    check_lines(report)
  end)
end)

describe("texts that mean zero", function()
  it("are zero among numbers, and said", function()
    local t, report = read("a,b\nx, - \ny,2.50\n", { zero = "-" })
    assert.equal("0.00", tostring(t:column("b")[1]))
    assert.same({ "column 'b': texts are read as zero, as asked (cells: 1)" },
      report.notes)
  end)

  it("are missing when nobody asked, and said", function()
    local t, report = read("a,b\nx, - \ny,2.50\n")
    assert.is_nil(t:column("b")[1])
    assert.same({ "column 'b': a lone '-' is read as missing (cells: 1)" },
      report.notes)
  end)

  it("stay texts among texts", function()
    local t = read("a,b\nx,-\ny,z\n", { zero = "-" })
    assert.equal("-", t:column("b")[1])
  end)
end)

-- Types of columns: what the cells say, and why.

local core = require "evalua.core"

--- The file's only column; NA as "NA".
local function column(cells, opts)
  local bytes = "a,b\n"
  for _, cell in ipairs(cells) do bytes = bytes .. cell .. ",x\n" end
  local t, report = core.csv.read("f.csv", bytes, opts)
  if t == nil then return nil, report end
  local values = t:column("a"):values "NA"
  for i, v in ipairs(values) do values[i] = tostring(v) end
  return t:column("a"):type(), values, report
end

describe("a column's type", function()
  --- Claim, cells, type, values, reason.
  local cases = {
    { "whole numbers", { "1", "-2", "0" }, "int", { "1", "-2", "0" },
      "whole numbers" },
    { "years are whole numbers", { "2022", "2023" }, "int", { "2022", "2023" },
      "whole numbers" },
    { "years with their character too", { "2022年", "2023年" }, "int",
      { "2022", "2023" }, "years" },
    { "a point makes a decimal of the largest scale", { "1", "2.5", "0.125" },
      "decimal(3)", { "1.000", "2.500", "0.125" }, "decimal places: 3" },
    { "trailing zeros count", { "12.00" }, "decimal(2)", { "12.00" },
      "decimal places: 2" },
    { "cents are exact", { "0.1", "0.2", "90071992547409.93" }, "decimal(2)",
      { "0.10", "0.20", "90071992547409.93" }, "decimal places: 2" },
    { "thousands separators, signs, parentheses, blanks",
      { '"1,234.50"', "(12.50)", "−3", " 4 ", "+5", "１２．５" }, "decimal(2)",
      { "1234.50", "-12.50", "-3.00", "4.00", "5.00", "12.50" },
      "decimal places: 2" },
    { "an exponent makes real", { "1", "1e5", "2.5" }, "real",
      { "1.0", "100000.0", "2.5" }, "line 3: '1e5' has an exponent" },
    { "a leading zero makes text", { "1", "007" }, "text", { "1", "007" },
      "line 3: '007' starts with a zero, as codes do" },
    { "codes of four digits are no years", { "0012", "0101" }, "text",
      { "0012", "0101" }, "line 2: '0012' starts with a zero, as codes do" },
    { "codes with a dash are no months", { "0101-05", "0102-11" }, "text",
      { "0101-05", "0102-11" }, "line 2: '0101-05' is not a number" },
    { "0 and 0.5 have no leading zero", { "0", "0.5", "-0.5" }, "decimal(1)",
      { "0.0", "0.5", "-0.5" }, "decimal places: 1" },
    { "18 digits are a number", { "999999999999999999" }, "int",
      { "999999999999999999" }, "whole numbers" },
    { "19 digits make text", { "1", "1000000000000000000" }, "text",
      { "1", "1000000000000000000" },
      "line 3: '1000000000000000000' has more than 18 digits" },
    { "so do digits and decimals that are more together",
      { "123456789012345678", "0.01" }, "text", { "123456789012345678", "0.01" },
      "line 3: with '0.01' the column needs more than 18 digits" },
    { "an exponent out of range makes text", { "1e400" }, "text", { "1e400" },
      "line 2: '1e400' is beyond the range of numbers" },
    { "letters make text", { "1", "1O" }, "text", { "1", "1O" },
      "line 3: '1O' is not a number" },
    { "months", { "2023-01", "2023-12" }, "month", { "2023-01", "2023-12" },
      "every cell is a month" },
    { "quarters", { "2023Q1", "2023-Q4" }, "quarter", { "2023Q1", "2023Q4" },
      "every cell is a quarter" },
    { "days", { "2023-01-31", "2024-02-29" }, "day",
      { "2023-01-31", "2024-02-29" }, "every cell is a day" },
    { "periods of two units make text", { "2023-01", "2023Q1" }, "text",
      { "2023-01", "2023Q1" }, "line 2: '2023-01' is not a number" },
    { "a day that does not exist makes text", { "2023-01-31", "2023-02-30" },
      "text", { "2023-01-31", "2023-02-30" },
      "line 2: '2023-01-31' is not a number" },
    { "true and false in any case", { "true", "FALSE" }, "bool",
      { "true", "false" }, "every cell is true or false" },
    { "an empty cell is missing", { "1", "", "3" }, "int", { "1", "NA", "3" },
      "whole numbers" },
    { 'quotes around nothing are empty text', { "1", '""' }, "text", { "1", "" },
      'line 3: "" is empty text' },
    { "but mean missing where every cell is quoted", { '"1"', '""' }, "int",
      { "1", "NA" }, "whole numbers" },
    { "empty text and missing stay apart in text", { "x", '""', "" }, "text",
      { "x", "", "NA" }, "line 2: 'x' is not a number" },
    { "nothing but empty texts", { '""', "" }, "text", { "", "NA" },
      'line 2: "" is empty text' },
    { "a lone dash is missing among numbers", { "1.5", "-", " － ", "—" },
      "decimal(1)", { "1.5", "NA", "NA", "NA" }, "decimal places: 1" },
    { "and text among texts", { "x", "-" }, "text", { "x", "-" },
      "line 2: 'x' is not a number" },
    { "blanks are missing among numbers", { "1", "  " }, "int", { "1", "NA" },
      "whole numbers" },
    { "nothing but dashes", { "-", "" }, "int", { "NA", "NA" },
      "nothing but dashes" },
    { "nothing at all", { "", "" }, "text", { "NA", "NA" },
      "every cell is empty" },
    { "no rows", {}, "text", {}, "no rows" },
    { "a unit that all share", { "1.5万元", "2 万元", "0", "" }, "decimal(1)",
      { "1.5", "2.0", "0.0", "NA" }, "decimal places: 1, in 万元" },
    { "percentages", { "12.5%", "3％" }, "decimal(1)", { "12.5", "3.0" },
      "decimal places: 1, in %" },
    { "different units of money are made one", { "1.5万元", "2元", "0.3亿元" },
      "int", { "15000", "2", "30000000" }, "whole numbers, in 元" },
    { "counts of money likewise", { '"1,5 miljoen"', "3 x1000", '"0,25 mln"' },
      "int", { "1500000", "3000", "250000" },
      "whole numbers, decimal comma" },
    { "but not money beside shares", { "1万元", "2%" }, "text",
      { "1万元", "2%" }, "line 2: '1万元' and line 3: '2%' differ in unit" },
    { "nor beside a bare amount", { "1万元", "2元", "5" }, "text",
      { "1万元", "2元", "5" }, "line 2: '1万元' and line 4: '5' differ in unit" },
    { "what has no room in 元 makes text", { "99999999999亿元", "1元" }, "text",
      { "99999999999亿元", "1元" },
      "line 2: with '99999999999亿元' the column needs more than 18 digits" },
    { "so does a bare amount beside one with a unit", { "1", "2元" }, "text",
      { "1", "2元" }, "line 2: '1' and line 3: '2元' differ in unit" },
    { "one cell can decide for the decimal comma", { '"1,234"', '"12,50"' },
      "decimal(3)", { "1.234", "12.500" },
      "decimal places: 3, decimal comma" },
    { "a point before three digits is then a separator",
      { '"1.234,5"', "1.234" }, "decimal(1)", { "1234.5", "1234.0" },
      "decimal places: 1, decimal comma" },
    { "a zero in front decides as well", { '"0,500"' }, "decimal(3)",
      { "0.500" }, "decimal places: 3, decimal comma" },
    { "undecided cells have a point", { '"1,234"', "5" }, "int",
      { "1234", "5" }, "whole numbers" },
    { "an exponent may have a comma", { '"1,5e3"', '"0,5"' }, "real",
      { "1500.0", "0.5" }, "line 2: '1,5e3' has an exponent" },
    { "each cell may show its own decimal mark",
      { '"1.234,50"', '"1,234.50"', "7", '"1,5"', '"-2,000,000"' }, "decimal(2)",
      { "1234.50", "1234.50", "7.00", "1.50", "-2000000.00" },
      "decimal places: 2, decimal comma" },
    { "one that shows none settles nothing", { '"1.234,50"', '"1,234.50"',
      '"1,234"' }, "text", { "1.234,50", "1,234.50", "1,234" },
      "line 4: '1,234' could mean two numbers, as decimal marks are mixed" },
    { "nor does one that came before", { '"1,234"', '"1.234,50"',
      '"1,234.50"' }, "text", { "1,234", "1.234,50", "1,234.50" },
      "line 3: '1.234,50' and line 4: '1,234.50' differ in decimal mark" },
    { "signs of one currency do not count", { '"$1,234.50"', '"($5.00)"', "-$3",
      "$ 2", "7" }, "decimal(2)", { "1234.50", "-5.00", "-3.00", "2.00", "7.00" },
      "decimal places: 2" },
    { "nor do codes, behind the number too", { '"1.234,50 €"', "EUR 5", "7 EUR" },
      "decimal(2)", { "1234.50", "5.00", "7.00" },
      "decimal places: 2, decimal comma" },
    { "two currencies make text", { "$5", "€6" }, "text", { "$5", "€6" },
      "line 2: '$5' and line 3: '€6' differ in unit" },
    { "words for no figure are missing among numbers",
      { "1.5", "NaN", "nfp", " n.a. ", "#N/A", ".." }, "decimal(1)",
      { "1.5", "NA", "NA", "NA", "NA", "NA" }, "decimal places: 1" },
    { "and words among words", { "NA", "ZA" }, "text", { "NA", "ZA" },
      "line 3: 'ZA' is not a number" },
    { "nothing but such words is text", { "NA", "n.a." }, "text",
      { "NA", "n.a." },
      "no figure, only words for missing (line 2: 'NA')" },
    { "nil and none may mean zero, and are asked about", { "1", "nil" }, "text",
      { "1", "nil" }, "line 3: 'nil' is not a number" },
  }
  for _, case in ipairs(cases) do
    local claim, cells, kind, values, reason = table.unpack(case)
    it(claim, function()
      local got, found, report = column(cells)
      assert.equal(kind, got)
      assert.same(values, found)
      assert.equal(reason, report.columns[1].reason)
    end)
  end
end)

describe("words for counts of money", function()
  it("are none of a decimal's", function()
    local ev = require "evalua"
    assert.is_false(pcall(ev.decimal, "5 million"))
    local value, message = core.decimal.parse "5 mln"
    assert.is_nil(value)
    assert.equal("'5 mln': it is not a number", message)
  end)
end)

describe("notes", function()
  local function notes(cells)
    local _, _, report = column(cells)
    return report.notes
  end

  it("tell of dashes read as missing", function()
    assert.same({ "column 'a': a lone '-' is read as missing (cells: 2)" },
      notes { "1", "-", "-" })
  end)

  it("tell of empty texts read as missing", function()
    assert.same({ "column 'a': \"\" is read as missing, as every cell is "
      .. "quoted (cells: 1)" }, notes { '"1"', '""' })
  end)

  it("tell of a decimal mark that nothing decides", function()
    assert.same({ "column 'a': '1,234' (line 3) could mean two numbers; "
      .. "read with a decimal point (--decimal , for the other)" },
      notes { "5", '"1,234"' })
  end)

  it("do not, where another column shows that the file has points", function()
    local _, report = core.csv.read("f", 'a,b\n"1,234",0.50\n')
    assert.same({}, report.notes)
  end)

  it("tell of a column without a value", function()
    assert.same({ "column 'a': every cell is empty" }, notes { "", "" })
    assert.same({ "column 'a': no figure, only words for missing (line 3: "
      .. "'N/A')" }, notes { "", "N/A" })
  end)

  it("say nothing of plain columns", function()
    assert.same({}, notes { "1", "", "3" })
    assert.same({}, notes {})
  end)
end)

describe("report.units", function()
  it("names the unit of a column's cells", function()
    local _, _, report = column { "1.5万元", "2万元" }
    assert.same({ a = "万元" }, report.units)
  end)
end)

describe("report.problems", function()
  local cases = {
    { "1,23O.00", 'is not a number (letter O?)' },
    { "l2", "is not a number (letter l?)" },
    { "1I", "is not a number (letter I?)" },
    { "$5x", "is not a number (currency sign?)" },
    { "abc", "is not a number" },
    { "007", "is not a number (a code? it starts with a zero)" },
    { "", "is not a number (empty text in quotes)" },
    { "1e400", "is beyond the range of amounts" },
    { "99999999999999999999", "has more than 18 digits" },
    { "1.2.3", "is not a number" },
    { "true", "is not a number" },
    { "2023-01", "is not a number" },
    { "5元", 'has another unit than "1" in line 2' },
  }
  for _, case in ipairs(cases) do
    it(("say what is wrong with '%s'"):format(case[1]), function()
      local _, _, report = column { "1", '"' .. case[1] .. '"', "zz" }
      assert.equal(('f.csv:3: column "a": "%s" %s'):format(case[1], case[2]),
        report.problems.a)
    end)
  end

  it("name an empty column", function()
    local _, _, report = column { "" }
    assert.equal('f.csv:1: column "a" is empty', report.problems.a)
  end)

  it("are absent for numbers", function()
    local _, _, report = column { "1", "-", "2.5" }
    assert.is_nil(report.problems.a)
  end)

  it("show long and broken cells on one line", function()
    local _, _, report = column { '"' .. ("预算\n"):rep(30) .. '"' }
    assert.equal('f.csv:2: column "a": "' .. ("预算?"):rep(8)
      .. '…" is not a number', report.problems.a)
  end)
end)

describe("types asked for", function()
  --- Type, cells, values; or an error behind the column's name.
  local cases = {
    { "text", { "007", "1.50" }, { "007", "1.50" } },
    { "int", { "007", "12.00" }, { "7", "12" } },
    { "int", { "1", "1.5" }, '"1.5" is not a whole number' },
    { "decimal(2)", { "1", "2.500" }, { "1.00", "2.50" } },
    { "decimal(2)", { "1", "2.505" }, '"2.505" has more than 2 decimals' },
    { "decimal(2)", { "1", "1e5" },
      '"1e5" is not an exact amount (it has an exponent)' },
    { "decimal(2)", { "1", "99999999999999999" },
      'with "99999999999999999" the column needs more than 18 digits' },
    { "decimal(2)", { "-", "" }, { "NA", "NA" } },
    { "decimal", { "1", "2.505" }, { "1.000", "2.505" } },
    { "decimal(2)", { "1", '""' }, '"" is not a number (empty text in quotes)' },
    { "real", { "1", "0.5" }, { "1.0", "0.5" } },
    { "real", { "1", "100000000000000000000" }, { "1.0", "1e+20" } },
    { "real", { "1", "1e400" }, '"1e400" is beyond the range of amounts' },
    { "bool", { "true", "TRUE" }, { "true", "true" } },
    { "bool", { "true", "yes" }, '"yes" is neither true nor false' },
    { "period", { "2022", "2023" }, { "2022", "2023" } },
    { "month", { "2022-01", "2023" }, '"2023" is not a month' },
    { "period", { "2022-01", "2023" }, '"2023" is not a month' },
    { "period", { "2022-01", "soon" }, '"soon" is not a month' },
  }
  for i, case in ipairs(cases) do
    local kind, cells, expected = table.unpack(case)
    it(("%s, case %d"):format(kind, i), function()
      local got, found = column(cells, { types = { a = kind } })
      if type(expected) == "table" then
        assert.same(expected, found)
      else
        assert.is_nil(got)
        assert.equal('f.csv:3: column "a": ' .. expected, found)
      end
    end)
  end

  it("give a hint where the decimal mark was told wrong", function()
    local _, message = column({ '"1.234,50"' },
      { types = { a = "decimal(2)" }, decimal = "." })
    assert.equal('f.csv:2: column "a": "1.234,50" is not a number '
      .. "(decimal comma? use --decimal ,)", message)
  end)
end)

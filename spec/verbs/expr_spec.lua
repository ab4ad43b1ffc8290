-- expr: whole columns computed exactly; missing stays missing.

local core = require "evalua.core"
local ev = require "evalua"
local nodes = require "evalua.expr"
require "evalua.table"

local d = ev.decimal
local NA = ev.NA

--- The values of an expression over columns, NA in their place.
local function eval(columns, expr)
  local t = ev.table { columns = columns }
  return assert(t:eval(expr)):values(NA)
end

--- A value as text, with its type's mark: 1 int, 1.0 real, 1.00 decimal.
local function show(value)
  return type(value) == "string" and ("%q"):format(value) or tostring(value)
end

local function shown(columns, expr)
  local out = eval(columns, expr)
  for i, value in ipairs(out) do out[i] = show(value) end
  return table.concat(out, " ")
end

--- The type and the value of a constant expression.
local function constant(expr)
  local t = ev.table { columns = { one = { 1 } } }
  local column = assert(t:eval(expr))
  local value = column[1]
  return column:type() .. " " .. show(value == nil and NA or value)
end

describe("expr arithmetic", function()
  local cases = {
    { "0.1 + 0.2 == 0.3", "bool true" },
    { "1 + 2", "int 3" },
    { "1 + 2.50", "decimal(2) 3.50" },
    { "10.25 - 0.5", "decimal(2) 9.75" },
    { "1.10 * 2.5", "decimal(3) 2.750" },
    { "7 // 2", "int 3" },
    { "-7 // 2", "int -4" },
    { "7 // -2", "int -4" },
    { "-7 % 3", "int 2" },
    { "7 % -3", "int -2" },
    { "7.5 // 2", "int 3" },
    { "-7.5 // 2", "int -4" },
    { "-7.5 % 2", "decimal(1) 0.5" },
    { "7.5 % 0.2", "decimal(1) 0.1" },
    { "1 / 4", "real 0.25" },
    { "0.3 / 0.1", "real 3.0" },
    { "1 / 3", "real " .. 1 / 3 },
    { "2 ^ 10", "real 1024.0" },
    { "4 ^ 0.5", "real 2.0" },
    { "1e3 + 1", "real 1001.0" },
    { "-(2.5)", "decimal(1) -2.5" },
    { "- -2", "int 2" },
    { "5.5e0 // 2", "real 2.0" },
    { "-5.5e0 % 2", "real 0.5" },
    { "1 / 0", "real NA" },
    { "1 // 0", "int NA" },
    { "1.5 % 0", "decimal(1) NA" },
    { "1e0 / 0", "real NA" },
    { "1e0 % 0", "real NA" },
    { "0 ^ -1", "real NA" },
    { "1 + nil", "int NA" },
    { "nil + 1.25", "decimal(2) NA" },
    { "9007199254740993 / 9007199254740993", "real 1.0" },
  }
  for _, case in ipairs(cases) do
    it(("%s is %s"):format(case[1], case[2]), function()
      assert.equal(case[2], constant(case[1]))
    end)
  end

  it("gives NA where an operand is NA, and nowhere else", function()
    local columns = { a = { 1, NA, 3, NA }, b = { d "0.5", d "1", NA, NA } }
    for _, op in ipairs { "+", "-", "*", "/", "//", "%", "^" } do
      local out = eval(columns, "a " .. op .. " b")
      assert.not_equal(NA, out[1])
      assert.same({ NA, NA, NA }, { out[2], out[3], out[4] })
    end
  end)

  it("keeps zero apart from missing", function()
    assert.equal("0.00 NA 0.00",
      shown({ a = { d "1.50", NA, d "0" } }, "a - a"))
    assert.equal("0 NA 0", shown({ a = { 1, NA, 0 } }, "a * 0"))
  end)

  it("says which row does not fit", function()
    local t = ev.table { columns = {
      a = { 1, NA, math.maxinteger, 1 }, b = { 1, 1, 2, 1 } } }
    for _, expr in ipairs { "a * b", "a + b", "-a - b - b" } do
      local column, message, code = t:eval(expr)
      assert.is_nil(column)
      assert.equal("data", code)
      assert.matches("^row 3: .* does not fit in 64 bits$", message)
    end
    local _, message = t:eval "b * 9223372036854775807"
    assert.equal("row 3: b * 9223372036854775807 does not fit in 64 bits",
      message)
  end)

  it("does not mind what missing rows would have given", function()
    local t = ev.table { columns = { a = { NA, 1 }, b = { NA, 2 } } }
    assert.same({ NA, math.mininteger + 2 },
      assert(t:eval "-9223372036854775807 - a + b"):values(NA))
  end)

  it("checks sums across scales in 128 bits", function()
    local big = d "92233720368547.58"
    local out = eval({ a = { big }, b = { d "-92233720368547.0000" } },
      "a + b")
    assert.equal("0.5800", tostring(out[1]))
    local t = ev.table { columns = { a = { d "99999999999999999" },
      b = { d "0.001" } } }
    local _, message = t:eval "a + b"
    assert.equal("row 1: a + b does not fit in 64 bits", message)
  end)

  it("refuses products with more than 18 digits after the point", function()
    local t = ev.table { columns = { a = { d "0.0000000001" } } }
    assert.error_matches(function() t:eval "a * a" end,
      "20 digits after the point, more than 18: use round%(x, n%)")
  end)

  it("reports a real that becomes infinite", function()
    local t = ev.table { columns = { a = { 1e300 } } }
    local _, message = t:eval "a * a"
    assert.equal("row 1: a * a is too large for a real", message)
  end)

  it("reports the smallest int where it cannot be negated", function()
    local t = ev.table { columns = { a = { math.mininteger } } }
    for _, expr in ipairs { "-a", "abs(a)", "a // -1" } do
      local column, message = t:eval(expr)
      assert.is_nil(column)
      assert.matches("does not fit in 64 bits", message)
    end
    assert.equal("0", shown({ a = { math.mininteger } }, "a % -1"))
  end)
end)

-- A float is not what was written --------------------------------------------

describe("a float beside a decimal", function()
  local t = ev.table { columns = { a = { d "1.50" }, n = { 3 },
    x = { 0.5 } } }

  it("is refused and the exact form named", function()
    for _, build in ipairs {
      function() return ev.col.a * 1.1 end,
      function() return 1.1 - ev.col.a end,
      function() return ev.col.a:gt(1.1) end,
      function() return ev.col.a / -1.1 end,
      function() return ev.col.a - (-nodes.tree(1.0) + 1):abs() end,
    } do
      assert.error_matches(function() t:eval(build()) end,
        "a float is not exact: write .* ev.decimal\"")
    end
  end)

  it("goes with ints and reals", function()
    assert.equal(4.5, t:eval(ev.col.n * 1.5)[1])
    assert.equal(1.0, t:eval(ev.col.x + 0.5)[1])
    assert.equal(2.0, t:eval(ev.col.a + ev.col.x)[1])
  end)

  it("is named in the text form too", function()
    assert.error_matches(function() t:eval "a * 1e3" end, "ev.decimal\"1000\"")
  end)
end)

-- Comparison -----------------------------------------------------------------

describe("expr comparison", function()
  local cases = {
    { "1 == 1.00", true }, { "1.5 < 1.50", false }, { "1.5 <= 1.50", true },
    { "2 > 1.99", true }, { "1 ~= 1.000", false },
    { "0.000000000000000001 > 0", true },
    { "9223372036854775807 > 0.5", true },
    { "9223372036854775807 == 9223372036854775806", false },
    { "9007199254740993 == 9007199254740992e0", false },
    { "9007199254740993 > 9007199254740992e0", true },
    { "1e300 > 9223372036854775807", true },
    { "-1e300 < 1", true }, { "2 < 2.5e0", true }, { "-2 > -2.5e0", true },
    { "'a' < 'b'", true }, { "'a' < 'B'", false }, { "'' == ''", true },
    { "'ab' > 'a'", true }, { "true == true", true }, { "true ~= false", true },
  }
  for _, case in ipairs(cases) do
    it(("%s is %s"):format(case[1], case[2]), function()
      assert.equal("bool " .. tostring(case[2]), constant(case[1]))
    end)
  end

  it("is missing where a side is missing", function()
    local columns = { a = { 1, NA, 3 }, s = { "x", NA, "y" } }
    for _, op in ipairs { "==", "~=", "<", "<=", ">", ">=" } do
      assert.equal(NA, eval(columns, "a " .. op .. " 2")[2])
      assert.equal(NA, eval(columns, "2 " .. op .. " a")[2])
      assert.equal(NA, eval(columns, "s " .. op .. " 'x'")[2])
      if op ~= "==" and op ~= "~=" then
        assert.same({ NA, NA, NA }, eval(columns, "a " .. op .. " nil"))
      end
    end
  end)

  it("compares a decimal with a real as the nearest double", function()
    assert.equal("true", shown({ x = { 0.1 }, a = { d "0.1" } }, "x == a"))
    assert.equal("false", shown({ x = { 0.1 }, a = { d "0.1" } }, "x > a"))
  end)

  it("holds nothing about NaN but that it differs", function()
    local columns = { x = { 0 / 0 } }
    for op, answer in pairs { ["=="] = false, ["~="] = true, ["<"] = false,
      [">="] = false } do
      assert.same({ answer }, eval(columns, "x " .. op .. " x"), op)
      assert.same({ answer }, eval(columns, "x " .. op .. " 1"), op)
    end
  end)

  it("compares texts of two columns", function()
    local columns = { a = { "x", "y", "z" }, b = { "y", "y", "x" } }
    assert.equal("true false false", shown(columns, "a < b"))
    assert.equal("false true false", shown(columns, "a == b"))
    assert.equal("true true false", shown(columns, "'y' >= a"))
  end)

  local t = ev.table { columns = { year = { 2022 }, code = { "2210" },
    flag = { true } } }
  local mistakes = {
    { 'year == "2022"',
      "year == \"2022\": column 'year' is int: write 2022 without quotes" },
    { "code == 2210",
      "code == 2210: column 'code' is text: write \"2210\" in quotes" },
    { "2210 ~= code", "column 'code' is text: write \"2210\" in quotes" },
    { "code < year",
      "column 'code' is text and column 'year' is int: they cannot be" },
    { "flag > false", "column 'flag' is bool and false is bool: they cannot" },
    { "flag == 1", "column 'flag' is bool and 1 is int: they cannot be" },
    { "code + 1 > 2", "code %+ 1: column 'code' is text, not a number" },
    { "not year", "not year: column 'year' is int, not true or false" },
    { "year and flag", "column 'year' is int, not true or false$" },
    { "code == B", "no column 'B'; there are: code, flag, year; a text is "
      .. "written in quotes: \"B\"" },
    { "year == B", "no column 'B'; there are: code, flag, year$" },
  }
  for _, mistake in ipairs(mistakes) do
    it("refuses " .. mistake[1], function()
      assert.error_matches(function() t:where(mistake[1]) end, mistake[2])
    end)

    for _, frame in ipairs { "flag and %s", "%s or flag", "nil or %s",
      "flag and 1 or (%s)", "not (flag and (%s))" } do
      local text = frame:format(mistake[1])
      it("refuses it within " .. text, function()
        assert.error(function() t:where(text) end)
      end)
    end
  end
end)

-- Logic -----------------------------------------------------------------------

describe("expr logic", function()
  -- Kleene, Introduction to Metamathematics (1952), section 64
  local values = { true, true, true, false, false, false, NA, NA, NA }
  local others = { true, false, NA, true, false, NA, true, false, NA }
  local columns = { a = values, b = others }

  it("follows Kleene's tables", function()
    assert.same({ true, false, NA, false, false, false, NA, false, NA },
      eval(columns, "a and b"))
    assert.same({ true, true, true, true, false, NA, true, NA, NA },
      eval(columns, "a or b"))
    assert.same({ false, false, false, true, true, true, NA, NA, NA },
      eval(columns, "not a"))
  end)

  it("is the same with constants and complete columns", function()
    assert.same({ NA, false, NA }, eval({ a = { true, false, NA } },
      "a and nil"))
    assert.same({ true, NA, NA }, eval({ a = { true, false, NA } }, "nil or a"))
    assert.same({ true, false }, eval({ a = { true, false } }, "a and true"))
    assert.same({ true, true }, eval({ a = { true, false } }, "true or a"))
    assert.same({ false, false }, eval({ a = { true, false },
      b = { false, true } }, "a and b"))
  end)

  it("builds the same from & | ~", function()
    local a, b = ev.col.a, ev.col.b
    assert.same(eval(columns, "a and not b or b"),
      eval(columns, a & ~b | b))
  end)
end)

-- Functions ---------------------------------------------------------------------

describe("expr functions", function()
  local cases = {
    { "abs(-2.50)", "decimal(2) 2.50" }, { "abs(3)", "int 3" },
    { "round(0.125, 2)", "decimal(2) 0.12" },
    { "round(0.135, 2)", "decimal(2) 0.14" },
    { "round(-2.5)", "decimal(0) -2" }, { "round(3.5)", "decimal(0) 4" },
    { "round(1234, -2)", "int 1200" }, { "round(1250, -2)", "int 1200" },
    { "round(1350.00, -2)", "decimal(0) 1400" },
    { "round(2.5, 4)", "decimal(1) 2.5" },
    { "round(2.5e0)", "real 2.0" }, { "round(2.675e0, 2)", "real 2.68" },
    { "floor(-1.5)", "int -2" }, { "floor(1.99)", "int 1" },
    { "floor(-1.5e0)", "real -2.0" }, { "floor(7)", "int 7" },
    { "min(3, 1.50, 2)", "decimal(2) 1.50" },
    { "max(3, 1.50)", "decimal(2) 3.00" }, { "min('b', 'a')", 'text "a"' },
    { "max(1, nil)", "int NA" }, { "min(1e0, 2)", "real 1.0" },
    { "coalesce(nil, 2, 3)", "int 2" },
    { "coalesce(nil, nil)", "text NA" },
    { "coalesce(nil, 1.5, 2)", "decimal(1) 1.5" },
    { "lower('ÄB甲')", 'text "äb甲"' }, { "upper('é甲b')", 'text "É甲B"' },
    { "len('项目 a')", "int 4" }, { "len('')", "int 0" },
    { "sub('基本支出', 1, 2)", 'text "基本"' },
    { "sub('基本支出', -2)", 'text "支出"' },
    { "sub('abc', 0)", 'text "abc"' }, { "sub('abc', 3, 2)", 'text ""' },
    { "sub('abc', 2, 99)", 'text "bc"' }, { "sub('abc', -99, 1)", 'text "a"' },
    { "sub('abc', 1, -9)", 'text ""' },
    { "match('A-17', '^%a%-%d+$')", "bool true" },
    { "match('x', 'y')", "bool false" }, { "match(nil, 'y')", "bool NA" },
    { "is_na(nil)", "bool true" }, { "is_na(0)", "bool false" },
    { "is_na('')", "bool false" }, { "year(2022)", "int 2022" },
    { "percent(1, 3)", "decimal(6) 33.333333" },
    { "percent(2, 3)", "decimal(6) 66.666667" },
    { "percent(-283.90, 2200.00)", "decimal(6) -12.904545" },
    { "percent(1, 0)", "decimal(6) NA" }, { "percent(0, 1)",
      "decimal(6) 0.000000" },
    { "percent(9000000000000, 0.01)", "decimal(6) NA" },
    { "percent(1, nil)", "decimal(6) NA" },
    { "percent(1e0, 4)", "real 25.0" },
    { "'a' .. 1 .. '-' .. 2.50", 'text "a1-2.50"' },
    { "'a' .. nil", "text NA" },
  }
  for _, case in ipairs(cases) do
    it(("%s is %s"):format(case[1], case[2]), function()
      assert.equal(case[2], constant(case[1]))
    end)
  end

  it("leave missing rows missing", function()
    local columns = { a = { d "1.5", NA }, s = { "x", NA }, x = { 1.5, NA } }
    for _, expr in ipairs { "abs(a)", "round(a)", "floor(a)", "min(a, 9)",
      "max(9, a)", "abs(x)", "round(x, 1)", "floor(x)", "lower(s)", "upper(s)",
      "len(s)", "sub(s, 1)", "match(s, 'x')", "percent(a, 2)",
      "percent(2, x)", "s .. '!'", "'!' .. s", "s .. s", "s .. a" } do
      local out = eval(columns, expr)
      assert.not_equal(NA, out[1], expr)
      assert.equal(NA, out[2], expr)
    end
    assert.equal("1.5 0.0", shown(columns, "coalesce(a, 0)"))
    assert.same({ false, true }, eval(columns, "is_na(s)"))
  end)

  it("choose among the rows of several columns", function()
    local columns = { a = { "x", NA, NA }, b = { "p", "q", NA } }
    assert.equal('"x" "q" "-"', shown(columns, "coalesce(a, b, '-')"))
    assert.equal('"p" NA NA', shown(columns, "min(a, b)"))
  end)

  it("see NaN as a result, not as missing", function()
    local columns = { x = { 0 / 0, 1 } }
    assert.same({ false, false }, eval(columns, "is_na(x)"))
    local least = eval(columns, "min(x, 0)")
    assert.is_true(least[1] ~= least[1])
    assert.equal(0.0, least[2])
  end)

  it("treat a column in which nothing stands as missing, of any type",
    function()
      local columns = { a = { NA, NA }, b = { d "1.00", d "2.00" } }
      assert.equal("NA NA", shown(columns, "a + b"))
      assert.equal("1.00 2.00", shown(columns, "coalesce(a, b)"))
      assert.equal("NA NA", shown(columns, "a > 3"))
      assert.equal("NA NA", shown(columns, "len(a)"))
    end)

  local t = ev.table { columns = { s = { "a" }, n = { 1 } } }
  local mistakes = {
    { "abs(s)", "abs%(s%): column 's' is text, not a number" },
    { "len(n)", "len%(n%): column 'n' is int, not text" },
    { "year(s)", "column 's' is text, not a period" },
    { "month(n)", "column 'n' is int, not a period" },
    { "sub(s, n)", "column 'n' is int, not a constant whole number" },
    { "sub(s, 1 + nil)", "is int, not a constant whole number" },
    { "round(n, n)", "not a constant whole number from %-18 to 18" },
    { "round(n, 19)", "19 is int, not a constant whole number from" },
    { "match(s, s)", "column 's' is text, not a constant text" },
    { "match(s, '[')", "malformed pattern" },
    { "min(s, n)", "column 's' is text and column 'n' is int: they do not" },
    { "coalesce(n, 'x')", "column 'n' is int and \"x\" is text: they do not" },
    { "frobnicate(n)", "no function 'frobnicate'; there are: abs, " },
    { "abs()", "abs%(%) was given 0 arguments and takes 1" },
    { "nn + 1", "no column 'nn'" },
  }
  for _, mistake in ipairs(mistakes) do
    it("refuse " .. mistake[1], function()
      assert.error_matches(function() t:eval(mistake[1]) end, mistake[2])
    end)
  end
end)

-- Trees from anywhere -------------------------------------------------------------

describe("core.expr", function()
  local function leaf() return { op = "column", name = "a" } end

  it("refuses what is no tree", function()
    for _, tree in ipairs {
      {}, { op = "add" }, { op = "add", leaf() }, { op = "column" },
      { op = "column", name = 3 }, { op = "column", name = "a\0b" },
      { op = "call", leaf() }, { op = "nothing", leaf(), leaf() },
      { op = "literal" }, { op = "literal", value = print },
      { op = "literal", value = 0 / 0 }, { op = "literal", value = 1 / 0 },
      { op = "add", leaf(), 3 }, { op = 3 }, { op = "call", name = "abs" },
    } do
      assert.error(function() core.expr.check(tree) end)
    end
    assert.error(function() core.expr.check "a" end)
    assert.error(function() core.expr.check() end)
  end)

  it("stops at a depth, in a circle and at shared trees", function()
    local deep = leaf()
    for _ = 1, 300 do deep = { op = "not", deep } end
    assert.error_matches(function() core.expr.check(deep) end,
      "nested more than 200 deep")
    local circle = { op = "not" }
    circle[1] = circle
    assert.error_matches(function() core.expr.check(circle) end, "200 deep")
    local shared = leaf()
    for _ = 1, 100 do shared = { op = "add", shared, shared } end
    assert.error_matches(function() core.expr.check(shared) end,
      "more than 20000 parts")
  end)

  it("lists the columns a tree needs, each once", function()
    local tree = ev.col.b + ev.col.a * ev.col.b - ev.col.c:abs()
    assert.same({ "b", "a", "c" }, core.expr.columns(tree))
    local circle = { op = "not", ev.col.b, "more than its operands" }
    circle[3] = circle
    assert.same({ "b" }, core.expr.columns(circle))
  end)
end)

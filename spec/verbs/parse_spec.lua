-- parse: Lua's syntax over column names, and errors that point at the place.

local core = require "evalua.core"
local ev = require "evalua"
local expr = require "evalua.expr"
local parse = require "evalua.parse"
require "evalua.table"

local function canonical(text) return tostring(parse.expression(text)) end

describe("parse.expression", function()
  local same = {
    { "a+b*c", "a + b * c" }, { "(a+b)*c", "(a + b) * c" },
    { "a-b-c", "a - b - c" }, { "a-(b-c)", "a - (b - c)" },
    { "a..b..c", "a .. b .. c" }, { "(a..b)..c", "(a .. b) .. c" },
    { "a^b^c", "a ^ b ^ c" }, { "(a^b)^c", "(a ^ b) ^ c" },
    { "-a^2", "-a ^ 2" }, { "(-a)^2", "(-a) ^ 2" }, { "-2^2", "-2 ^ 2" },
    { "(-2)^2", "(-2) ^ 2" }, { "2^-a", "2 ^ -a" }, { "2^-3", "2 ^ -3" },
    { "not a == b", "not a == b" }, { "not (a == b)", "not (a == b)" },
    { "a or b and c", "a or b and c" }, { "(a or b) and c", "(a or b) and c" },
    { "a//b%c", "a // b % c" }, { "- - a", "-(-a)" }, { "-(-3)", "3" },
    { "-9223372036854775808", "-9223372036854775808" },
    { "12.50", "12.50" }, { ".5", "0.5" }, { "12.", "12.0" }, { "1e3",
      "1000e0" }, { "1E-2", "0.01e0" }, { "-5", "-5" }, { "007", "7" },
    { "nil", "nil" }, { "true", "true" }, { "'a\\'b'", '"a\'b"' },
    { [["\65\x42\u{43}\z
        D"]], '"ABCD"' }, { "[[a\\n]]", '"a\\\\n"' }, { "[=[]]]=]", '"]]"' },
    { "预算数 > 100", "预算数 > 100" }, { 'col"项目 名称"', 'col"项目 名称"' },
    { 'col("and")', 'col"and"' }, { "col'plain'", "plain" },
    { "function + end", "function + end" }, { "sum + max", "sum + max" },
    { "lower'A'", 'lower("A")' }, { "is_na(a)", "is_na(a)" },
    { "round( a , 2 )", "round(a, 2)" }, { "\u{3000}a\u{A0}", "a" },
    { "a == (b == c)", "a == (b == c)" }, { "(a < b) == c", "(a < b) == c" },
  }
  for _, case in ipairs(same) do
    it(("reads %s"):format(case[1]), function()
      assert.equal(case[2], canonical(case[1]))
      assert.equal(case[2], canonical(case[2]), "its own text reads otherwise")
    end)
  end

  it("reads numbers exactly", function()
    local function value(text) return parse.expression(text).value end
    assert.equal("integer", math.type(value "12"))
    assert.equal(math.maxinteger, value "9223372036854775807")
    assert.equal("12.50", tostring(value "12.50"))
    assert.equal(2, value "12.50":scale())
    assert.equal("float", math.type(value "1e3"))
    assert.equal("0.100000000000000001", tostring(value "0.100000000000000001"))
  end)

  local mistakes = {
    { "year = 2022", 'near "= 2022" %(did you mean "=="%?%)' },
    { "a != b", 'near "!= b" %(did you mean "~="%?%)' },
    { "a && b", 'did you mean "and"' }, { "a || b", 'did you mean "or"' },
    { "!a", 'did you mean "not"' }, { "a <> b", 'did you mean "~="' },
    { "执行数 ＞ 3", 'near "＞ 3" %(did you mean ">"%?%)' },
    { "a ≥ 3", 'did you mean ">="' }, { "a == “x”", 'did you mean """' },
    { "（a）", 'did you mean "%("' }, { "a < b < c", "do not chain" },
    { "a == b ~= c", "do not chain" },
    { "", "at the end %(a column, a number or a text expected%)" },
    { "a +", "at the end" }, { "a b", 'near "b" %(an operator expected%)' },
    { "(a", '"%)" expected, to close what begins at "%(a"' },
    { "a)", 'near "%)" %(an operator expected%)' }, { "'abc", "never closed" },
    { "'a\nb'", "never closed" }, { "[[a", "never closed" },
    { "'\\q'", "no such escape" }, { "'\\300'", "no such escape" },
    { "0x1F", "not hexadecimal" }, { "12ab", "stick together" },
    { "1.2345678901234567891", "at most 18 digits" },
    { "9223372036854775808", "does not fit in 64 bits" },
    { "-9223372036854775808 ^ 2", "does not fit in 64 bits" },
    { "1e999", "too large" }, { "a @ b", "no such sign" },
    { "f(a", "expected" }, { "abs(a,)", "a column, a number or a text" },
    { "abz(a)", "no function 'abz' %(did you mean 'abs'%?%)" },
    { "IF(a > 1, 2, 3)", 'write x > 0 and "yes" or "no"' },
    { "if a > 1 then 2 else 3 end", 'write x > 0 and "yes" or "no"' },
    { "case when a > 1 then 2 end", 'near "when a.*write x > 0 and "yes"' },
    { "a > 1 ? 2 : 3", 'write x > 0 and "yes" or "no"' },
    { "a is null", "write is_na%(x%)" }, { "nvl(a, 0)", "write coalesce%(x, 0%)" },
    { "AND(a > 1, b > 2)", "write a and b" }, { "NOT(a)", "write not a" },
    { "IFERROR(a / b, 0)", "write coalesce%(x, 0%)" },
    { "(a in (1, 2))", "write x == 1 or x == 2" },
    { "a > 1 AND b > 2", 'near "AND b > 2" %(write and%)' },
    { "a >= 100,000", "numbers are written without commas" },
    { "sum(a)", "a summary of rows stands in %-%-agg or summarise only" },
    { "col(a)", "col takes the name of a column" }, { "a\255", "not UTF%-8" },
    { "a and", "at the end" }, { "and a", 'near "and a"' },
    { "- ", "at the end" }, { "a..", "at the end" }, { "a = = b", "did you" },
  }
  for _, mistake in ipairs(mistakes) do
    it(("refuses %s"):format((mistake[1]:gsub("[\n\255]", "?"))), function()
      assert.error_matches(function() parse.expression(mistake[1]) end,
        mistake[2])
    end)
  end

  it("puts a caret under the place, counting wide characters as two",
    function()
      local _, problem = pcall(parse.expression, "预算数 = 3", "where", 0)
      assert.equal('where: 预算数 = 3: near "= 3" (did you mean "=="?)\n'
        .. "  预算数 = 3\n         ^", problem)
    end)

  it("points into the right line of many", function()
    local _, problem = pcall(parse.expression, "a > 1\nand b = 2", nil, 0)
    assert.matches("\n  and b = 2\n        %^$", problem)
  end)

  it("takes only so much nesting and length", function()
    local deep = ("("):rep(5000) .. "a" .. (")"):rep(5000)
    assert.error_matches(function() parse.expression(deep) end, "nested more")
    assert.error_matches(function()
      parse.expression(("not "):rep(5000) .. "a")
    end, "nested more")
    assert.error_matches(function()
      parse.expression(("a + "):rep(20000) .. "a")
    end, "longer than 65536 bytes")
    assert.error_matches(function() parse.expression(3) end, "not a number")
  end)

  it("raises at the line of the caller", function()
    local _, problem = pcall(function() parse.expression "a =" end)
    assert.matches("parse_spec.lua:%d+: a =: near", problem)
  end)
end)

-- Against Lua itself -----------------------------------------------------------

--- A seeded generator of expressions over the variables a, b, c.
local function generator(seed)
  local below = require("support.random")(seed)
  local function random(n) return below(n) + 1 end
  local arithmetic = { "+", "-", "*", "//", "%" }
  local comparison = { "==", "~=", "<", "<=", ">", ">=" }
  local number, condition
  function number(depth)
    local pick = depth == 0 and random(2) or random(8)
    if pick == 1 then return ("abc"):sub(random(3)):sub(1, 1) end
    if pick == 2 then return tostring(random(9)) end
    if pick == 3 then return "- " .. number(depth - 1) end
    if pick == 4 then return "(" .. number(depth - 1) .. ")" end
    return ("%s %s %s"):format(number(depth - 1), arithmetic[random(5)],
      number(depth - 1))
  end
  function condition(depth)
    local pick = depth == 0 and 1 or random(5)
    if pick <= 2 then
      return ("%s %s %s"):format(number(2), comparison[random(6)], number(2))
    end
    if pick == 3 then return "not (" .. condition(depth - 1) .. ")" end
    return ("%s %s %s"):format(condition(depth - 1),
      pick == 4 and "and" or "or", condition(depth - 1))
  end
  return number, condition, random
end

describe("an expression", function()
  local number, condition, random = generator(20221123)
  local environment = { a = 7, b = -3, c = 2 }
  local t = ev.table { columns = { a = { 7 }, b = { -3 }, c = { 2 } } }

  --- What Lua computes; nil when it fails, as in 1 // 0.
  local function by_lua(text)
    local chunk = assert(load("return " .. text, "=x", "t", environment))
    local ok, value = pcall(chunk)
    return ok and value
  end

  it("has Lua's precedence, associativity and integer arithmetic", function()
    local compared = 0
    for _ = 1, 2000 do
      local text = number(3)
      local expected = by_lua(text)
      if expected then
        assert.equal(expected, t:eval(text)[1], text)
        local again = canonical(text)
        assert.equal(expected, t:eval(again)[1], text .. " as " .. again)
        assert.equal(again, canonical(again))
        compared = compared + 1
      end
    end
    assert.is_true(compared > 1000)
  end)

  it("has Lua's comparisons and logic", function()
    local compared = 0
    for _ = 1, 1000 do
      local text = condition(2)
      local chunk = load("return " .. text, "=x", "t", environment)
      local ok, expected = pcall(chunk)
      local found = t:eval(text)[1]
      if ok and found ~= nil then
        assert.equal(expected, found, text)
        compared = compared + 1
      end
    end
    assert.is_true(compared > 500)
  end)

  it("has Lua's choices of what is there", function()
    local compared = 0
    for _ = 1, 1000 do
      local parts = {}
      for i = 1, random(3) do
        parts[i] = ("(%s) and %s or "):format(condition(1), number(1))
      end
      local text = table.concat(parts) .. number(1)
      local expected = by_lua(text)
      if expected then
        assert.equal(expected, t:eval(text)[1], text)
        compared = compared + 1
      end
    end
    assert.is_true(compared > 500)
  end)

  it("reads any bytes without a crash", function()
    local bytes = [[ab预"'[]()=<>~+-*/%^.,0129eE\n and or not nil{}&|!]]
    for _ = 1, 3000 do
      local parts = {}
      for i = 1, random(12) do
        local at = random(#bytes)
        parts[i] = bytes:sub(at, at + random(3) - 1)
      end
      local ok, problem = pcall(parse.expression, table.concat(parts), nil, 0)
      assert.is_true(ok or type(problem) == "string"
        and not problem:find("%.lua:%d"), problem)
    end
  end)
end)

-- ev.col ------------------------------------------------------------------------

describe("ev.col", function()
  local col = ev.col

  it("builds the tree that the text builds", function()
    local pairs_ = {
      { col.a + 1, "a + 1" }, { 1 - col.a, "1 - a" },
      { -col.a ^ 2, "-a ^ 2" }, { col.a // 2 % 3, "a // 2 % 3" },
      { col.a .. "x", 'a .. "x"' }, { "x" .. col.a, '"x" .. a' },
      { col.a:eq(1) & ~col.b:is_na() | col.c, "a == 1 and not is_na(b) or c" },
      { col.a:ne(col.b), "a ~= b" }, { col.a:lt(1), "a < 1" },
      { col.a:le(1), "a <= 1" }, { col.a:gt(1), "a > 1" },
      { col.a:ge(1), "a >= 1" }, { col["项目 名称"]:eq "x",
        'col"项目 名称" == "x"' },
      { col.a * ev.decimal "1.10", "a * 1.10" },
      { col.a:round(2):max(0), "max(round(a, 2), 0)" },
      { col.a:coalesce(ev.NA), "coalesce(a, nil)" }, { col["end"], "end" },
      { col["nil"], 'col"nil"' }, { col["1a"], 'col"1a"' }, { col[""], 'col""' },
      { col["a\"\\\n\1"], [[col"a\"\\\n\001"]] }, { col.a:eq(true), "a == true" },
    }
    for _, pair in ipairs(pairs_) do
      assert.equal(pair[2], tostring(pair[1]))
      assert.equal(pair[2], canonical(pair[2]))
    end
  end)

  it("takes decimals on the left as on the right", function()
    assert.equal("1.1 * a", tostring(ev.decimal "1.1" * col.a))
    assert.equal("1.1 + a", tostring(ev.decimal "1.1" + col.a))
    assert.equal("1.1 - a", tostring(ev.decimal "1.1" - col.a))
    assert.equal("1.1 / a", tostring(ev.decimal "1.1" / col.a))
  end)

  it("says what Lua's own operators cannot do", function()
    assert.error_matches(function() return col.a < 1 end, "a:lt%(b%)")
    assert.error_matches(function() return col.a >= col.b end, "a:ge%(b%)")
    assert.error_matches(function() return col.a ~ col.b end, "a:ne%(b%)")
    assert.error_matches(function() return #col.a end, "col.x:len")
    assert.error_matches(function() col.a:frob() end, "no method 'frob'")
    assert.error_matches(function() return col.a + {} end, "a table cannot")
    assert.error_matches(function() return col.a:eq(nil) end, "ev.NA")
    assert.error_matches(function() col.x = 1 end, "ev.col holds nothing")
    assert.error_matches(function() return col[3] end, "a string as name")
  end)

  it("keeps a column called op, name or eq", function()
    for _, name in ipairs { "op", "name", "value", "eq", "tree" } do
      assert.equal(name .. " + 1", tostring(col[name] + 1))
    end
  end)

  it("is plain data for the core", function()
    assert.is_true(expr.is_tree(col.a))
    assert.same({ "a" }, core.expr.columns(col.a))
  end)
end)

describe("parse.aggregates", function()
  local function list(text)
    local out = {}
    for i, item in ipairs(parse.aggregates(text)) do
      out[i] = ("%s=%s(%s)"):format(item.name, item.fn,
        item.tree and tostring(item.tree) or "")
    end
    return table.concat(out, "; ")
  end

  it("reads names, functions and expressions", function()
    assert.equal("total=sum(amount); n=count(); m=mean(x * 2)",
      list "total=sum(amount), n=count(), m=mean(x*2)")
    assert.equal("合计=sum(金额); 'x y'=max(a)",
      (list "合计 = sum(金额), \"x y\" = max(a)":gsub("x y", "'x y'")))
  end)

  it("names what was given no name", function()
    assert.equal("sum_amount=sum(amount); n=count(); n=count(); "
      .. "count_x=count(x); mean(x * 2)=mean(x * 2)",
      list "sum(amount), count(), n(), count(x), mean(x*2)")
  end)

  local mistakes = {
    { "", "a summary expected" }, { "sum", '"%(" expected' },
    { "sum()", "sum%(%) needs a column" }, { "foo(x)", "a summary expected" },
    { "a=sum(x) b=sum(y)", "an operator expected" },
    { "sum(x),", "a summary expected" }, { "a==sum(x)", "a summary expected" },
    { "SUM(x)", 'did you mean "sum"' }, { "avg(x)", 'did you mean "mean"' },
    { "sum(x = 1)", 'did you mean "=="' }, { "total=amount", "a summary" },
  }
  for _, mistake in ipairs(mistakes) do
    it("refuses " .. mistake[1], function()
      assert.error_matches(function() parse.aggregates(mistake[1]) end,
        mistake[2])
    end)
  end
end)

-- The verbs of tables: rows, columns, groups; missing, zero and absent apart.

local ev = require "evalua"
local shown = require "support.rows"
require "evalua.table"

local d = ev.decimal
local NA = ev.NA

local function sample()
  return ev.table { columns = {
    unit = { "甲", "乙", "甲", NA, "乙", "甲" },
    year = { 2022, 2022, 2023, 2023, NA, 2022 },
    amount = { d "1.50", d "0.00", NA, d "-2.25", d "4.00", d "1.50" },
    x = { 0.5, NA, 1e10, -1.0, 2.0, 0.5 },
    ok = { true, false, NA, true, false, true },
  }, order = { "unit", "year", "amount", "x", "ok" } }
end

describe("table:where", function()
  it("keeps rows for which the condition is true, not those where NA", function()
    local t = sample()
    assert.equal("甲 1.50; 乙 4.00; 甲 1.50",
      shown(t:where "amount > 0", "unit", "amount"))
    assert.equal("乙 0.00; NA -2.25",
      shown(t:where "not (amount > 0)", "unit", "amount"))
    assert.equal(2, t:where "not ok":nrows())
    assert.error_matches(function() t:where "amount == nil" end,
      "nothing is equal to nil: write is_na")
    assert.error_matches(function() t:where "nil ~= amount" end,
      "nothing is unequal to nil: write not is_na")
  end)

  it("tells missing from zero and from absent", function()
    local t = sample()
    assert.equal("NA", shown(t:where "is_na(amount)", "amount"))
    assert.equal("0.00", shown(t:where "amount == 0", "amount"))
    assert.equal("", shown(t:where "amount == 99", "amount"))
  end)

  it("takes trees, constants in text, columns of bool", function()
    local t = sample()
    assert.equal(3, t:where(ev.col.unit:eq "甲"):nrows())
    assert.equal(6, t:where "true":nrows())
    assert.equal(0, t:where "false":nrows())
    assert.equal(0, t:where "nil":nrows())
    assert.equal(3, t:where "ok":nrows())
  end)

  it("leaves the table as it was, columns and types too", function()
    local t = sample()
    local none = t:where "false"
    assert.same(t:names(), none:names())
    assert.equal("decimal(2)", none:column("amount"):type())
    assert.equal(6, t:nrows())
  end)

  it("says why a boolean is no condition", function()
    local t = sample()
    for _, value in ipairs { true, false } do
      assert.error_matches(function() t:where(value) end,
        "^where: an expression was expected, not " .. tostring(value))
    end
    assert.error_matches(function() t:where(ev.col.unit == "甲") end,
      "cannot build one, write ev.col.x:eq%(y%)")
  end)

  it("raises at the caller's line what the caller got wrong", function()
    local t = sample()
    for _, wrong in ipairs { "amont > 1", "unit > 1", "amount", "year = 1",
      "foo(1)", {} } do
      local line = debug.getinfo(1, "l").currentline + 2
      local _, problem = pcall(function()
        local kept = t:where(wrong)
        return kept
      end)
      assert.matches("table_spec.lua:" .. line .. ": where: ", problem)
    end
    assert.error_matches(function() t:where() end, "where: an expression was")
    assert.error_matches(function() t:where {} end, "not a table")
  end)

  it("gives nil, message, code for what the data cannot hold", function()
    local t, message, code = ev.table { { a = math.maxinteger } }
      :where "a + 1 > 0"
    assert.is_nil(t)
    assert.equal("row 1: a + 1 does not fit in 64 bits", message)
    assert.equal("data", code)
  end)
end)

describe("table:mutate", function()
  it("takes a function of the row, or a list of values", function()
    local t = ev.table { { a = d "1.50" }, { a = ev.NA }, { a = d "3.00" } }
    local scored = t:mutate { { "points", function(row)
      return row.a and (row.a > d "2" and 10 or 5)
    end }, { "twice", "points * 2" }, { "mark", { "x", nil, "z" } } }
    local rows = scored:to_rows()
    assert.same({ 5, 10, "x" }, { rows[1].points, rows[1].twice, rows[1].mark })
    assert.same({ nil, nil, nil }, { rows[2].points, rows[2].twice,
      rows[2].mark })
    assert.same({ 10, 20, "z" }, { rows[3].points, rows[3].twice,
      rows[3].mark })
    assert.equal("int", scored:column "points":type())
    assert.equal(0, t:where "a > 9":mutate { b = function() return 1 end }
      :nrows())
  end)

  it("adds and replaces columns", function()
    local t = sample():mutate { amount = "amount * 2", half = "amount / 4" }
    assert.equal("decimal(2)", t:column("amount"):type())
    assert.same({ "unit", "year", "amount", "x", "ok", "half" }, t:names())
    assert.equal("3.00 0.75; 0.00 0.0; NA NA", shown(t:head(3), "amount",
      "half"))
  end)

  it("works in the order of a list, each seeing those before it", function()
    local t = ev.table { { a = 1 } }:mutate { { "b", "a + 1" },
      { "a", "b * 10" }, { "c", "a + b" } }
    assert.equal("20 2 22", shown(t, "a", "b", "c"))
  end)

  it("works in the order of the names of a map", function()
    local t = ev.table { { a = 1 } }:mutate { c = "b + 1", b = "a + 1" }
    assert.same({ "a", "b", "c" }, t:names())
    assert.equal("1 2 3", shown(t))
  end)

  it("takes constants", function()
    local t = ev.table { { a = 1 }, { a = 2 } }:mutate { n = 3, d = d "1.50",
      f = 0.5, b = false, m = NA }
    assert.equal("1 false 1.50 0.5 NA 3; 2 false 1.50 0.5 NA 3", shown(t))
  end)

  it("refuses what is no assignment", function()
    local t = sample()
    assert.error_matches(function() t:mutate "a" end, "mutate: {name = expression} was")
    assert.error_matches(function() t:mutate { b = { [9] = 1 } } end,
      "mutate: 'b': a list of %d values was expected, .* a place 9")
    assert.error_matches(function() t:mutate { b = { x = 1 } } end,
      "'b': a list of")
    assert.error_matches(function() t:arrange(ev.col.a) end,
      "arrange: names of columns were expected, not an expression")
    assert.error_matches(function() t:group_by { y = "year(a)" } end,
      "group_by: names of columns were expected, not 'y ='")
    assert.error_matches(function() t:mutate(ev.col.a) end, "mutate: ")
    assert.error_matches(function() t:mutate { { "a" } } end, "item 1 is not")
    assert.error_matches(function() t:mutate { a = io.stdout } end,
      "^mutate: an expression was expected, not a userdata")
    assert.error_matches(function() t:mutate { a = "zz + 1" } end,
      "mutate: no column 'zz'")
  end)
end)

describe("table:arrange", function()
  it("is stable, missing values last either way", function()
    local t = sample()
    assert.equal("-2.25 0.00 1.50 1.50 4.00 NA",
      (shown(t:arrange "amount", "amount"):gsub(";", "")))
    assert.equal("4.00 1.50 1.50 0.00 -2.25 NA",
      (shown(t:arrange "-amount", "amount"):gsub(";", "")))
    assert.equal("甲 2022; 乙 2022; 甲 2022; 甲 2023; NA 2023; 乙 NA",
      shown(t:arrange "year", "unit", "year"))
    assert.equal("甲 2023; NA 2023; 甲 2022; 乙 2022; 甲 2022; 乙 NA",
      shown(t:arrange "-year", "unit", "year"))
  end)

  it("uses later keys among equals", function()
    local t = ev.table { columns = { a = { 1, 1, 2, 2 },
      b = { "x", "y", "x", "y" }, n = { 1, 2, 3, 4 } } }
    assert.equal("3; 4; 1; 2", shown(t:arrange("-a", "b"), "n"))
    assert.equal("2; 4; 1; 3", shown(t:arrange("-b", "a"), "n"))
    assert.equal("1; 2; 3; 4", shown(t:arrange(), "n"))
  end)

  it("takes a name that begins with a minus for what it is", function()
    local t = ev.table { columns = { ["-a"] = { 2, 1 } } }
    assert.equal("1; 2", shown(t:arrange "-a"))
    assert.equal("2; 1", shown(t:arrange "--a"))
  end)

  it("names a column that is not there", function()
    assert.error_matches(function() sample():arrange "-yaer" end,
      "arrange: no column 'yaer' %(did you mean 'year'")
    assert.error_matches(function() sample():arrange(3) end, "not a number")
  end)

  it("sorts like a slow sort", function()
    local state = 7
    local values, model = {}, {}
    for i = 1, 500 do
      state = (state * 1103515245 + 12345) & 0x7fffffff
      local value = (state >> 8) % 40
      values[i] = value == 0 and NA or value
      model[i] = { key = value == 0 and math.huge or value, i = i }
    end
    table.sort(model, function(a, b)
      if a.key ~= b.key then return a.key < b.key end
      return a.i < b.i
    end)
    local index = {}
    for i = 1, 500 do index[i] = i end
    local t = ev.table { columns = { v = values, i = index } }:arrange "v"
    for r, row in t:rows() do assert.equal(model[r].i, row.i) end
  end)
end)

describe("table rows", function()
  it("are cut by head and tail", function()
    local t = sample()
    assert.equal("甲; 乙", shown(t:head(2), "unit"))
    assert.equal("乙; 甲", shown(t:tail(2), "unit"))
    assert.equal(6, t:head():nrows())
    assert.equal(0, t:head(0):nrows())
    assert.equal(0, t:tail(0):nrows())
    assert.equal(6, t:tail(99):nrows())
    assert.error_matches(function() t:head(-1) end, "not %-1")
    assert.error_matches(function() t:tail "x" end, "not x")
  end)

  it("are told apart by distinct, NA a value of its own", function()
    local t = sample()
    assert.equal("甲; 乙; NA", shown(t:distinct "unit"))
    assert.equal("甲 2022; 乙 2022; 甲 2023; NA 2023; 乙 NA",
      shown(t:distinct("unit", "year")))
    assert.equal(5, t:distinct():nrows())
    assert.equal(0, t:where "false":distinct "unit":nrows())
  end)

  it("are bound by name, absent columns missing", function()
    local t = ev.table { { a = 1, b = "x" } }
      :bind_rows(ev.table { { a = d "2.5" } }, ev.table { { c = true } })
    assert.equal("1.0 x NA; 2.5 NA NA; NA NA true", shown(t))
    assert.error_matches(function() sample():bind_rows(3) end, "not a number")
  end)

  it("come out as Lua tables", function()
    local rows = sample():to_rows()
    assert.equal(6, #rows)
    assert.is_nil(rows[3].amount)
    assert.equal("0.00", tostring(rows[2].amount))
    local n = 0
    for i, row in sample():rows() do
      n = n + 1
      assert.same(rows[i].year, row.year)
    end
    assert.equal(6, n)
  end)
end)

describe("table columns", function()
  it("are selected and renamed", function()
    local t = sample():select("x", "unit"):rename { ["单位"] = "unit" }
    assert.same({ "x", "单位" }, t:names())
    assert.same({ "year" }, sample():select { "year" }:names())
    assert.error_matches(function() t:select "nope" end,
      "^select: no column 'nope'")
    assert.error_matches(function() t:rename { a = "nope" } end, "no column")
    assert.error_matches(function() t:rename "a" end, "rename: ")
  end)
end)

-- Groups -----------------------------------------------------------------------

describe("summarise", function()
  it("skips missing values, and is NA over none", function()
    local t = ev.table { columns = { k = { "a", "a", "b" },
      v = { d "1.50", NA, NA } } }
    local s = t:group_by "k":summarise {
      { name = "n", fn = "count" }, { name = "nv", fn = "count", column = "v" },
      { name = "sum", fn = "sum", column = "v" },
      { name = "mean", fn = "mean", column = "v" },
      { name = "min", fn = "min", column = "v" },
      { name = "max", fn = "max", column = "v" },
      { name = "first", fn = "first", column = "v" },
      { name = "last", fn = "last", column = "v" },
      { name = "nd", fn = "n_distinct", column = "v" } }
    assert.equal("a 2 1 1.50 1.5 1.50 1.50 1.50 1.50 1; "
      .. "b 1 0 NA NA NA NA NA NA 0", shown(s))
  end)

  it("keeps a sum of zero apart from a sum of nothing and from no group",
    function()
      local t = ev.table { columns = { k = { "a", "b", "c", "c" },
        v = { 0, NA, 5, -5 } } }
      assert.equal("a 0; b NA; c 0", shown(t:group_by "k"
        :summarise { s = ev.sum "v" }))
      assert.equal("b NA", shown(t:where "k == 'b'":group_by "k"
        :summarise { s = ev.sum "v" }))
      assert.equal("", shown(t:where "k == 'z'":group_by "k"
        :summarise { s = ev.sum "v" }))
    end)

  it("gives one row without groups, also of no rows", function()
    local none = sample():where "false"
    assert.equal("0 0 NA NA NA", shown(none:summarise(
      "n(), c = count(amount), sum(amount), mean(x), min(unit)")))
    assert.equal("6 5", shown(sample():summarise "n(), c = count(amount)"))
    assert.equal(0, none:group_by "unit":summarise { n = ev.count() }:nrows())
  end)

  it("numbers groups by first appearance, NA a group of its own", function()
    assert.equal("甲 2022 3.00; 乙 2022 0.00; 甲 2023 NA; NA 2023 -2.25; "
      .. "乙 NA 4.00", shown(sample():group_by("unit", "year")
      :summarise { total = ev.sum "amount" }))
  end)

  it("takes expressions, trees and texts alike", function()
    local t = sample()
    local expected = "甲 6.00; 乙 8.00; NA -4.50"
    for _, spec in ipairs {
      { s = ev.sum "amount * 2" }, { s = ev.sum(ev.col.amount * 2) },
      { s = "sum(amount * 2)" }, "s = sum(amount * 2)",
      { { name = "s", fn = "sum", of = "amount * 2" } },
      { { name = "s", fn = "sum", tree = ev.col.amount * 2 } },
    } do
      assert.equal(expected, shown(t:group_by "unit":summarise(spec)))
    end
  end)

  it("takes the name of a column before an expression", function()
    local t = ev.table { columns = { ["a - b"] = { 7 }, a = { 5 }, b = { 1 } } }
    assert.equal("7", shown(t:summarise { s = ev.sum "a - b" }))
    assert.equal("4", shown(t:summarise { s = ev.sum(ev.col.a - ev.col.b) }))
  end)

  it("orders its columns: keys, then as listed or by name", function()
    local t = sample():group_by "unit"
    assert.same({ "unit", "a", "b" },
      t:summarise { b = ev.count(), a = ev.sum "x" }:names())
    assert.same({ "unit", "b", "a" }, t:summarise { b = ev.count(),
      a = ev.sum "x", order = { "b" } }:names())
    assert.same({ "unit", "sum_x", "n" },
      t:summarise { ev.sum "x", ev.count() }:names())
    assert.same({ "unit", "order" },
      t:summarise { order = ev.count() }:names())
  end)

  it("has min, max, first and last of texts and bools", function()
    local s = sample():summarise
      "min(unit), max(unit), first(unit), last(ok), min(ok), n_distinct(unit)"
    assert.equal("乙 甲 甲 true false 2", shown(s))
  end)

  it("counts groups", function()
    assert.equal("甲 3; 乙 2; NA 1", shown(sample():count "unit"))
    assert.equal("甲 3; 乙 2; NA 1", shown(sample():group_by "unit":count()))
    assert.equal("6", shown(sample():count()))
  end)

  it("names the keys of a sum that does not fit", function()
    local t = ev.table { columns = { unit = { "甲", "乙", "乙" },
      year = { 2022, NA, NA }, v = { 1, math.maxinteger, 1 } } }
    local s, message, code = t:group_by("unit", "year"):summarise {
      total = ev.sum "v" }
    assert.is_nil(s)
    assert.equal("sum(v): the sum of unit = 乙, year = NA does not fit in "
      .. "64 bits", message)
    assert.equal("data", code)
    assert.equal("sum(v): the sum does not fit in 64 bits",
      select(2, t:summarise { ev.sum "v" }))
  end)

  it("checks a sum once, at the end", function()
    local big = math.maxinteger
    local t = ev.table { columns = { v = { big, big, -big, -big, 7 } } }
    assert.equal("7", shown(t:summarise { s = ev.sum "v" }))
    assert.equal(big // 5 + 0.0, (ev.table { columns = {
      v = { big, 0, 0, 0, 0 } } }:summarise { m = ev.mean "v" })[1].m // 1)
  end)

  it("compensates sums of reals", function()
    local t = ev.table { columns = { x = { 1.0, 1e100, 1.0, -1e100 } } }
    assert.equal(2.0, t:summarise { s = ev.sum "x" }[1].s)
    local tenth = {}
    for i = 1, 10 do tenth[i] = 0.1 end
    assert.equal(1.0, ev.table { columns = { x = tenth } }
      :summarise { s = ev.sum "x" }[1].s)
  end)

  it("shows NaN as the sum, mean, min and max of anything with it", function()
    local s = ev.table { columns = { x = { 1.0, 0 / 0, 2.0 } } }
      :summarise "s = sum(x), m = mean(x), a = min(x), b = max(x)"[1]
    for name, value in pairs(s) do assert.is_true(value ~= value, name) end
  end)

  it("sums a column in which nothing stands to NA", function()
    local t = ev.table { columns = { k = { 1, 2 }, v = { NA, NA } } }
    assert.equal("NA NA 0", shown(t:summarise "sum(v), mean(v), count(v)"))
  end)

  local mistakes = {
    { { s = ev.sum "unit" }, "sum%(unit%): a sum needs numbers, not" },
    { { s = ev.mean "unit" }, "a mean needs numbers, not text" },
    { { s = ev.sum "nope" }, "no column 'nope'" },
    { { s = ev.sum "amount +" }, "at the end" },
    { { unit = ev.count() }, "'unit' is a key of the groups and a summary" },
    { { ev.count(), ev.count() }, "two summaries are called 'n'" },
    { { s = "amount" }, "a summary expected" },
    { { s = 3 }, "a summary is made by ev.sum" },
    { { { fn = "mode", name = "s" } }, "no summary 'mode'" },
    { { { fn = "sum", name = "s" } }, "sum%(%) needs a column" },
    { { s = ev.count(), order = { "z" } }, "order names 'z'" },
  }
  for i, mistake in ipairs(mistakes) do
    it("refuses wrong use, case " .. i, function()
      assert.error_matches(function()
        sample():group_by "unit":summarise(mistake[1])
      end, "^summarise: .*" .. mistake[2])
    end)
  end

  it("refuses columns that are not there, at group_by", function()
    assert.error_matches(function() sample():group_by "unti" end,
      "group_by: no column 'unti' %(did you mean 'unit'")
    assert.error_matches(function() sample():group_by("unit", "unit")
      :summarise { n = ev.count() } end, "key 'unit' is named twice")
    assert.error_matches(function() ev.sum() end, "ev.sum needs a column")
    assert.error_matches(function() ev.sum(3) end, "not a number")
  end)
end)

-- Text ---------------------------------------------------------------------------

describe("a table as text", function()
  it("is aligned, missing values a dash", function()
    local text = tostring(sample():select("unit", "amount"):head(3))
    local last = text:match "[^\n]*$"
    assert.matches("^甲%s+–$", last)
    assert.matches("\n乙%s+0%.00\n", text)
  end)

  it("is cut when it is long", function()
    local values = {}
    for i = 1, 100 do values[i] = i end
    assert.matches("… 60 more rows$",
      tostring(ev.table { columns = { a = values } }))
  end)

  it("is written by suffix", function()
    local support = require "support"
    local dir = support.tempdir()
    local t = sample():select("unit", "amount"):head(3)
    assert.is_true(t:write(dir .. "/t.csv"))
    assert.matches("unit,amount\r?\n甲,1.50\r?\n乙,0.00\r?\n甲,\r?\n",
      support.read(dir .. "/t.csv"))
    assert.is_true(t:write(dir .. "/t.json"))
    assert.matches('"amount": 1.50', support.read(dir .. "/t.json"))
    assert.error_matches(function() t:write(dir .. "/t.xyz") end, "t.xyz")
    local ok, message, code = t:write(dir .. "/no/t.csv")
    assert.is_nil(ok)
    assert.is_string(message)
    assert.equal("io", code)
  end)
end)

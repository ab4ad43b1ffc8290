-- Window columns: claims, then a slow model of integers in Lua.

local ev = require "evalua"
local random_from = require "support.random"
require "evalua.table"

local d = ev.decimal
local w = ev.window
local NA = ev.NA

local function sample()
  return ev.table { columns = {
    unit = { "甲", "乙", "甲", "乙", "甲" },
    month = { 3, 1, 1, 2, 2 },
    amount = { d "4.00", d "5.00", d "1.00", NA, d "2.50" },
    x = { 1.5, 0.0, 3.0, 2.0, -1.0 },
  }, order = { "unit", "month", "amount", "x" } }
end

--- A column as text: "1.00 NA 2.50".
local function shown(t, name)
  local cells = {}
  for i, row in t:rows() do
    cells[i] = row[name] == nil and "NA" or tostring(row[name])
  end
  return table.concat(cells, " ")
end

local function computed(item)
  return shown(sample():window { by = "unit", order = "month", out = item },
    "out")
end

describe("table:window", function()
  it("leaves rows and columns where they are and adds the new ones", function()
    local t = sample():window { by = { "unit" }, order = { "-month" },
      b = w.lag "amount", a = w.cumsum "amount" }
    assert.same({ "unit", "month", "amount", "x", "a", "b" }, t:names())
    assert.equal("3 1 1 2 2", shown(t, "month"))
    assert.equal("4.00 5.00 7.50 NA 6.50", shown(t, "a"))
  end)

  it("takes the rows as they stand, as one group, unless told", function()
    local t = sample():window { a = w.cumsum "amount" }
    assert.equal("4.00 9.00 10.00 NA 12.50", shown(t, "a"))
  end)

  it("keeps the order of the list form and any name in it", function()
    local t = sample():window { { "order", w.lag "x" }, { "by", w.lead "x" },
      by = "unit" }
    assert.same({ "unit", "month", "amount", "x", "order", "by" }, t:names())
  end)

  it("computes every column of the table's own columns", function()
    local t = sample():window { { "x", w.lag "month" }, { "y", w.lag "x" } }
    assert.equal("NA 3 1 1 2", shown(t, "x"))
    assert.equal("NA 1.5 0.0 3.0 2.0", shown(t, "y"))
  end)

  it("works on no rows and on columns of nothing but NA", function()
    local t = sample():where "false":window { by = "unit", a = w.rank "x",
      b = w.rolling("amount", 3), c = w.share "amount" }
    assert.equal(0, t:nrows())
    t = ev.table { columns = { x = { NA, NA } } }
      :window { a = w.cumsum "x", b = w.rolling("x", 1) }
    assert.equal("NA NA", shown(t, "a"))
  end)
end)

describe("window functions", function()
  it("look n rows back and ahead within the group", function()
    assert.equal("2.50 NA NA 5.00 1.00", computed(w.lag "amount"))
    assert.equal("1.00 NA NA NA NA", computed(w.lag("amount", 2)))
    assert.equal("NA NA 2.50 NA 4.00", computed(w.lead "amount"))
    assert.equal("甲 NA NA 乙 甲", computed(w.lag "unit"))
    assert.equal("NA NA NA NA NA", computed(w.lag("x", math.maxinteger)))
    assert.equal("1.5 0.0 3.0 2.0 -1.0", computed(w.lag("x", 0)))
  end)

  it("sum up to each row; a missing one has no sum and harms none", function()
    assert.equal("7.50 5.00 1.00 NA 3.50", computed(w.cumsum "amount"))
    assert.equal("3.5 0.0 3.0 2.0 2.0", computed(w.cumsum "x"))
  end)

  it("roll over the last n values, NA until there are n", function()
    assert.equal("6.50 NA NA NA 3.50", computed(w.rolling("amount", 2)))
    assert.equal("6.50 5.00 1.00 5.00 3.50",
      computed(w.rolling("amount", 2, { partial = true })))
    assert.equal("3.25 NA NA NA 1.75",
      computed(w.rolling("amount", 2, { fn = "mean" })))
    assert.equal("-1.0 NA NA 0.0 -1.0",
      computed(w.rolling("x", 2, { fn = "min" })))
    assert.equal("1.5 NA NA 2.0 3.0",
      computed(w.rolling("x", 2, { fn = "max" })))
  end)

  it("rank with ties sharing the least; missing has none", function()
    local t = ev.table { columns = { x = { 20, 10, NA, 20, 30 } } }
      :window { up = w.rank "x", down = w.rank "-x" }
    assert.equal("2 1 NA 2 4", shown(t, "up"))
    assert.equal("2 4 NA 2 1", shown(t, "down"))
  end)

  it("differ from the row before, exactly", function()
    assert.equal("1.50 NA NA NA 1.50", computed(w.diff "amount"))
    assert.equal("3.00 NA NA NA NA", computed(w.diff("amount", 2)))
  end)

  it("change in percent with 6 decimals, NA on zero or missing", function()
    assert.equal("60.000000 NA NA NA 150.000000",
      computed(w.pct_change "amount"))
    assert.equal("-250.0 NA NA NA -133.333333", computed(w.pct_change "x"))
  end)

  it("share the group's sum", function()
    assert.equal("53.333333 100.000000 13.333333 NA 33.333333",
      computed(w.share "amount"))
    local t = ev.table { columns = { x = { 5, -5 } } }
      :window { s = w.share "x" }
    assert.equal("NA NA", shown(t, "s"))
  end)

  it("say which row leaves 64 bits, and not before it does", function()
    local most = math.maxinteger
    local t = ev.table { columns = { x = { most, 1, -1 } } }
    local out, message, code = t:window { a = w.cumsum "x" }
    assert.is_nil(out)
    assert.equal("a: row 2: the sum does not fit in 64 bits", message)
    assert.equal("data", code)
    out, message = ev.table { columns = { x = { -2, most } } }
      :window { a = w.diff "x" }
    assert.is_nil(out)
    assert.equal("a: row 2: the difference does not fit in 64 bits", message)
    assert.equal("NA NA " .. most,
      shown(t:window { a = w.rolling("x", 3) }, "a"))
  end)
end)

describe("any rolling sum, running sum and rank", function()
  --- For row i the earlier rows of its group in order of m, itself last.
  local function history(rows, i)
    local list = {}
    for k, row in ipairs(rows) do
      local before = row.m < rows[i].m or row.m == rows[i].m and k <= i
      if row.g == rows[i].g and before then list[#list + 1] = { row, k } end
    end
    table.sort(list, function(a, b)
      if a[1].m ~= b[1].m then return a[1].m < b[1].m end
      return a[2] < b[2]
    end)
    return list
  end

  local function total(list, from)
    local sum, count = 0, 0
    for k = math.max(from, 1), #list do
      local x = list[k][1].x
      if x then sum, count = sum + x, count + 1 end
    end
    return sum, count
  end

  local function rank(rows, i)
    local result = 1
    for _, row in ipairs(rows) do
      if row.g == rows[i].g and row.x and row.x < rows[i].x then
        result = result + 1
      end
    end
    return result
  end

  it("agrees with the model", function()
    local random = random_from(11)
    for _ = 1, 30 do
      local rows, n = {}, random(6) + 1
      local columns = { g = {}, m = {}, x = {} }
      for i = 1, random(40) + 1 do
        local x = random(5) > 0 and random(100) - 50 or nil
        rows[i] = { g = random(3), m = random(8), x = x }
        columns.g[i], columns.m[i] = rows[i].g, rows[i].m
        columns.x[i] = x == nil and NA or x
      end
      local t = ev.table { columns = columns, types = { x = "int" } }
        :window { by = "g", order = "m", c = w.cumsum "x", k = w.rank "x",
          r = w.rolling("x", n), p = w.rolling("x", n, { partial = true }) }
      for i, row in t:rows() do
        local past = history(rows, i)
        local sum, count = total(past, #past - n + 1)
        assert.equal(rows[i].x and (total(past, 1)) or nil, row.c)
        assert.equal(count >= n and sum or nil, row.r)
        assert.equal(count >= 1 and sum or nil, row.p)
        assert.equal(rows[i].x and rank(rows, i) or nil, row.k)
      end
    end
  end)
end)

describe("a mistake in table:window", function()
  local mistakes = {
    { function(t) t:window { a = 1 } end, "'a' is made by ev.window.lag" },
    { function(t) t:window { a = w.lag "z" } end, "window: no column 'z'" },
    { function(t) t:window { by = "z" } end, "window: no column 'z'" },
    { function(t) t:window { a = w.cumsum "unit" } end,
      "window: a: a cumsum needs numbers, not text" },
    { function(t) t:window { order = w.lag "x" } end,
      "order is the name of a column or a list" },
    { function(t) t:window { a = w.rolling("x", 1001) } end,
      "a: a rolling window has 1 to 1000 rows" },
    { function(t) t:window { { "a", w.lag "x" }, a = w.lag "x" } end,
      "two new columns are called 'a'" },
    { function(t) t:window { w.lag "x" } end, "item 1 is not {name," },
    { function(t) t:window(w.lag "x") end, "was expected" },
    { function() w.lag("x", -1) end, "0 or more, not %-1" },
    { function() w.lag(1) end, "takes the name of a column, not a number" },
    { function() w.rolling("x", 0) end, "1 or more, not 0" },
    { function() w.rolling("x", 2, { fn = "mode" }) end, "no fn 'mode'" },
    { function() w.rolling("x", 2, { part = true }) end, "no option 'part'" },
  }
  for _, mistake in ipairs(mistakes) do
    it("is told at the caller's line: " .. mistake[2], function()
      local ok, problem = pcall(mistake[1], sample())
      assert.is_false(ok)
      assert.is_truthy(problem:find "^[%w_/.-]*window_spec.lua:%d+: ", problem)
      assert.is_truthy(problem:find(mistake[2]), problem)
      assert.is_nil(problem:find "/window.lua", problem)
    end)
  end
end)

-- Roll-ups: a subtotal is computed of its rows, and nothing is added twice.

local ev = require "evalua"
local shown = require "support.rows"

local d = ev.decimal
local NA = ev.NA

local function spending()
  return ev.table { columns = {
    region = { "north", "north", "south", "north", NA },
    unit = { "a", "b", "a", "a", "c" },
    amount = { d "1.10", d "2.00", d "3.00", NA, d "0.90" },
  }, order = { "region", "unit", "amount" } }
end

describe("rollup over columns", function()
  it("puts parts before their subtotal and the total last", function()
    local t = spending():rollup { levels = { "region", "unit" },
      total = ev.sum "amount" }
    assert.same({ "region", "unit", "total", "level" }, t:names())
    assert.equal("north a 1.10 2; north b 2.00 2; north NA 3.10 1; "
      .. "south a 3.00 2; south NA 3.00 1; NA c 0.90 2; NA NA 0.90 1; "
      .. "NA NA 7.00 0", shown(t))
  end)

  it("computes every summary of the rows, not of subtotals", function()
    local t = spending():rollup { levels = "region", mean = ev.mean "amount",
      mid = ev.median "amount", n = ev.count "amount", order = { "n" } }
    local last = t[t:nrows()]
    assert.equal(4, last.n)
    assert.equal(1.75, last.mean)
    assert.equal(1.55, last.mid)
  end)

  it("sums nothing across `by`", function()
    local t = spending():rollup { by = "region", levels = { "unit" },
      total = ev.sum "amount" }
    assert.equal("north a 1.10 1; north b 2.00 1; north NA 3.10 0; "
      .. "south a 3.00 1; south NA 3.00 0; NA c 0.90 1; NA NA 0.90 0",
      shown(t))
  end)

  it("is a verb of groups too", function()
    assert.equal(shown(spending():rollup { levels = { "region", "unit" },
      total = ev.sum "amount" }), shown(spending():group_by("region", "unit")
      :rollup { total = ev.sum "amount" }))
    assert.equal("7.00 0", shown(spending():group_by():rollup
      "total = sum(amount)"))
  end)

  it("of no rows is the total alone", function()
    local none = spending():head(0)
    assert.equal("NA NA NA 0", shown(none:rollup {
      levels = { "region", "unit" }, total = ev.sum "amount" }))
    assert.equal(0, none:rollup { by = "region", levels = "unit",
      total = ev.sum "amount" }:nrows())
  end)

  it("is on every level the sum of the leaves", function()
    math.randomseed(20221231)
    for _ = 1, 40 do
      local keys, arrays = { "k1", "k2", "k3" }, { amount = {} }
      local n = math.random(0, 60)
      for _, key in ipairs(keys) do
        arrays[key] = {}
        for i = 1, n do
          arrays[key][i] = math.random(6) == 1 and NA
            or "v" .. math.random(3)
        end
        arrays[key].n = n
      end
      for i = 1, n do
        arrays.amount[i] = math.random(5) == 1 and NA
          or d(("%d.%02d"):format(math.random(-99, 99), math.random(0, 99)))
      end
      arrays.amount.n = n
      local t = ev.table { columns = arrays,
        types = { k1 = "text", k2 = "text", k3 = "text",
          amount = "decimal(2)" } }
      local sums, seen = t:rollup { levels = keys,
        total = ev.sum "amount" }, {}
      local leaves = {}
      for _, row in sums:rows() do
        local id = { row.level }
        for i = 1, row.level do id[#id + 1] = tostring(row[keys[i]]) end
        id = table.concat(id, "/")
        assert.is_nil(seen[id])
        seen[id] = true
        if row.level == 3 then leaves[#leaves + 1] = row end
        local sum, any = d(0), false
        for _, leaf in ipairs(leaves) do
          local inside = true
          for i = 1, row.level do
            inside = inside and leaf[keys[i]] == row[keys[i]]
          end
          if inside and leaf.total ~= nil then
            sum, any = sum + leaf.total, true
          end
        end
        assert.is_true(any and row.total == sum or not any
          and row.total == nil)
      end
    end
  end)

  it("names the group whose sum has no room", function()
    local t = ev.table { columns = { k = { "甲", "甲", "乙" },
      v = { math.maxinteger, 1, -9 } } }
    local none, message, code = t:rollup { levels = "k", total = ev.sum "v" }
    assert.is_nil(none)
    assert.matches("甲", message)
    assert.equal("data", code)
  end)

  it("says what was written wrongly", function()
    local function problem(spec)
      return select(2, pcall(spending().rollup, spending(), spec))
    end
    assert.matches("levels = {columns} or code", problem {
      total = ev.sum "amount" })
    assert.matches("nothing to compute", problem { levels = "region" })
    assert.matches("regio'.*did you mean 'region'", problem {
      levels = "regio", total = ev.sum "amount" })
    assert.matches("called 'level'", problem { levels = "region",
      level = ev.sum "amount" })
    assert.matches("by is the name of a column", problem { levels = "region",
      by = ev.sum "amount" })
    assert.matches("was expected", problem(nil))
  end)
end)

-- The functional classes of the Chinese budget have 3, 5 and 7 digits; the
-- 2022 row states totals on two levels, 2023 has only one of them.
local function functional()
  return ev.table { columns = {
    year = { 2022, 2022, 2022, 2022, 2023, 2023 },
    func = { "201", "20101", "2010101", "202", "201", "203" },
    amount = { 100, 60, 40, d "5.5", 7, NA },
  }, order = { "year", "func", "amount" } }
end

describe("rollup over a tree of codes", function()
  it("reads the tree out of the codes' first characters", function()
    local t, report = functional():rollup { code = "func", by = "year",
      prefix = { 3, 5, 7 }, total = ev.sum "amount" }
    assert.same({ "year", "func", "parent", "level", "total" }, t:names())
    assert.equal("2022 2010101 20101 3 40.0; 2022 20101 201 2 40.0; "
      .. "2022 201 NA 1 40.0; 2022 202 NA 1 5.5; 2022 NA NA 0 45.5; "
      .. "2023 201 NA 1 7.0; 2023 203 NA 1 NA; 2023 NA NA 0 7.0", shown(t))
    assert.equal("2022 201 100.0; 2022 20101 60.0", shown(report.stated))
  end)

  it("adds amounts of inner codes only when they are lines", function()
    local t, report = functional():rollup { code = "func", inner = "line",
      prefix = { 3, 5, 7 }, total = ev.sum "amount" }
    assert.equal("2010101 20101 3 40.0; 20101 201 2 100.0; 201 NA 1 207.0; "
      .. "202 NA 1 5.5; 203 NA 1 NA; NA NA 0 212.5", shown(t))
    assert.is_nil(report.stated)
  end)

  it("takes codes that a file's reader made numbers of", function()
    local t = ev.table { columns = { c = { 201, 20101, 20102 },
      v = { 9, 4, 5 } } }:rollup { code = "c", prefix = { 3, 5 },
      total = ev.sum "v" }
    assert.equal("20101 201 2 4; 20102 201 2 5; 201 NA 1 9; NA NA 0 9",
      shown(t))
  end)

  it("cuts codes at a separator", function()
    local t = ev.table { columns = { c = { "1.2.3", "1.4", "2" },
      v = { 1, 2, 4 } } }:rollup { code = "c", separator = ".",
      total = ev.sum "v" }
    assert.equal("1.2.3 1.2 3 1; 1.2 1 2 1; 1.4 1 2 2; 1 NA 1 3; 2 NA 1 4; "
      .. "NA NA 0 7", shown(t))
  end)

  it("reads the tree out of a column", function()
    local t, report = ev.table { columns = { id = { "A", "B", "C", "D" },
      above = { NA, "A", "A", "C" }, v = { 10, 1, 99, 4 } } }:rollup {
      code = "id", parent = "above", total = ev.sum "v" }
    assert.equal("B A 2 1; D C 3 4; C A 2 4; A NA 1 5; NA NA 0 5", shown(t))
    assert.equal(2, report.stated:nrows())
  end)

  it("reads the tree out of a table", function()
    local units = ev.table { columns = { code = { "town", "village", "grid" },
      parent = { NA, "town", "village" } } }
    local lines = ev.table { columns = { unit = { "grid", "village", "town" },
      v = { d "0.10", d "0.20", d "0.30" } } }
    local t = lines:rollup { code = "unit", tree = units, inner = "line",
      total = ev.sum "v" }
    assert.equal("grid village 3 0.10; village town 2 0.30; town NA 1 0.60; "
      .. "NA NA 0 0.60", shown(t))
  end)

  it("shows rows without a code, so that the parts add up", function()
    local t = ev.table { columns = { c = { "101", NA, "10101" },
      v = { 1, 2, 4 } } }:rollup { code = "c", prefix = { 3, 5 },
      inner = "line", total = ev.sum "v" }
    assert.equal("10101 101 2 4; 101 NA 1 5; NA NA 1 2; NA NA 0 7", shown(t))
  end)

  it("has no limit on the depth", function()
    local ids, above = { "1" }, { NA }
    for i = 2, 60 do ids[i], above[i] = tostring(i), tostring(i - 1) end
    local t = ev.table { columns = { id = { "60" }, v = { 3 } } }:rollup {
      code = "id", tree = ev.table { columns = { code = ids,
        parent = above } }, total = ev.sum "v" }
    assert.equal(61, t:nrows())
    assert.equal(60, t[1].level)
    for _, row in t:rows() do assert.equal(3, row.total) end
  end)

  it("names what is wrong with a tree", function()
    local function problem(columns, spec)
      spec.total = ev.sum "v"
      local none, message, code = ev.table { columns = columns }:rollup(spec)
      assert.is_nil(none)
      assert.equal("data", code)
      return message
    end
    assert.equal("the codes stand above each other in a circle: "
      .. "'A' < 'B' < 'C' < 'A'", problem({ id = { "A", "B", "C" },
      up = { "B", "C", "A" }, v = { 1, 2, 3 } },
      { code = "id", parent = "up" }))
    assert.equal("the code 'A' has two parents: 'X' and 'Y'", problem({
      id = { "A", "A" }, up = { "X", "Y" }, v = { 1, 2 } },
      { code = "id", parent = "up" }))
    assert.equal("the code '2010' has 4 characters, not 3, 5, 7", problem({
      id = { "2010" }, v = { 1 } }, { code = "id", prefix = { 3, 5, 7 } }))
    assert.equal("the code 'Q' is not in the tree", problem({ id = { "Q" },
      v = { 1 } }, { code = "id", tree = ev.table { columns = {
        code = { "A" }, parent = { NA } }, types = { parent = "text" } } }))
    assert.equal("a row has no 'y': a roll-up of codes by it needs one on "
      .. "every row", problem({ id = { "201" }, y = { NA }, v = { 1 } },
      { code = "id", by = "y", prefix = { 3 } }))
  end)

  it("says what was written wrongly", function()
    local function wrong(spec)
      spec.total = spec.total or ev.sum "amount"
      local t = functional()
      return select(2, pcall(t.rollup, t, spec))
    end
    assert.matches("one of parent, prefix, separator and tree",
      wrong { code = "func" })
    assert.matches("one of parent", wrong { code = "func", prefix = { 3 },
      separator = "." })
    assert.matches("lengths, such as", wrong { code = "func",
      prefix = { 5, 3 } })
    assert.matches("inner may be", wrong { code = "func", prefix = { 3 },
      inner = "both" })
    assert.matches("no column 'fun'", wrong { code = "fun",
      prefix = { 3 } })
    assert.matches("cannot be called 'parent'", wrong { code = "func",
      prefix = { 3, 5, 7 }, parent = nil, { name = "parent", fn = "count" } })
  end)
end)

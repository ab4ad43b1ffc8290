-- Pivots: columns to rows and back; missing, zero and absent apart.

local ev = require "evalua"
local shown = require "support.rows"

local d = ev.decimal
local NA = ev.NA

local function wide()
  return ev.table { columns = { unit = { "甲", "乙" },
    original = { d "10.00", d "0.00" }, executed = { 9, NA } },
    order = { "unit", "original", "executed" } }
end

local function long()
  return ev.table { columns = {
    unit = { "甲", "甲", "乙", "丙" },
    version = { "original", "executed", "executed", "original" },
    amount = { d "10.00", d "9.50", d "0.00", NA },
  }, order = { "unit", "version", "amount" } }
end

describe("pivot_longer", function()
  it("reads across, and keeps missing cells as rows", function()
    local t = wide():pivot_longer { cols = { "original", "executed" },
      names_to = "version", values_to = "amount" }
    assert.same({ "unit", "version", "amount" }, t:names())
    assert.equal("甲 original 10.00; 甲 executed 9.00; "
      .. "乙 original 0.00; 乙 executed NA", shown(t))
  end)

  it("takes one name, the order given, and names of its own", function()
    local t = wide():pivot_longer { cols = { "executed", "original" } }
    assert.same({ "unit", "name", "value" }, t:names())
    assert.equal("executed", t[1].name)
    assert.equal("甲 10.00 executed 9; 乙 0.00 executed NA",
      shown(wide():pivot_longer { cols = "executed" }))
  end)

  it("widens exact numbers to the largest scale", function()
    local t = ev.table { columns = { a = { 1 }, b = { d "0.5" },
      c = { d "0.125" } } }:pivot_longer { cols = { "a", "b", "c" } }
    assert.equal("decimal(3)", t:column "value":type())
    assert.equal("a 1.000; b 0.500; c 0.125", shown(t))
    local none, message, code = ev.table { columns = {
      a = { math.maxinteger }, b = { d "0.5" } } }
      :pivot_longer { cols = { "a", "b" } }
    assert.is_nil(none)
    assert.matches("column 'value': row 1: the amount does not fit", message)
    assert.equal("data", code)
  end)

  it("may use names of columns that go", function()
    local t = ev.table { columns = { value = { 1 }, name = { 2 } } }
      :pivot_longer { cols = { "name", "value" } }
    assert.equal("name 2; value 1", shown(t))
  end)

  it("lets a column without any value go with every type", function()
    local t = ev.table { columns = { a = { NA, NA }, b = { "x", NA },
      c = { NA, NA } }, types = { a = "int", c = "real" } }
    assert.equal("a NA; b x; c NA; a NA; b NA; c NA",
      shown(t:pivot_longer { cols = { "a", "b", "c" } }))
    assert.equal("a NA; c NA; a NA; c NA", shown(t:select("a", "c")
      :pivot_longer { cols = { "a", "c" } }))
  end)

  it("works on no rows", function()
    local t = wide():where "false":pivot_longer { cols = "original" }
    assert.same({ "unit", "executed", "name", "value" }, t:names())
    assert.equal(0, t:nrows())
    assert.equal("decimal(2)", t:column "value":type())
  end)

  local mistakes = {
    { "original", "{ cols = … } was expected, not a string" },
    { {}, "cols is a list of columns, not a nil" },
    { { cols = {} }, "there is no column to turn" },
    { { cols = "orignal" }, "no column 'orignal' %(did you mean" },
    { { cols = { "original", "original" } }, "'original' is named twice" },
    { { cols = { 1 } }, "the name of a column is a string, not a number" },
    { { cols = "original", values_to = "unit" }, "a column 'unit' already" },
    { { cols = "original", names_to = "value" }, "a column 'value' already" },
    { { cols = "original", names_to = 3 }, "names_to is the name of a column" },
    { { cols = "original", into = "v" }, "no option 'into'; there are: cols" },
    { { cols = { "unit", "original" } }, "'unit' is text and 'original' is "
      .. "decimal%(2%): they cannot share one column" },
  }
  for i, case in ipairs(mistakes) do
    it("says what was wrong, case " .. i, function()
      assert.error_matches(function() wide():pivot_longer(case[1]) end,
        "^pivot_longer: .*" .. case[2])
    end)
  end

  it("raises at the caller's line what the caller got wrong", function()
    for _, cols in ipairs { "nope", {}, { "unit", "original" }, 3 } do
      local line = debug.getinfo(1, "l").currentline + 2
      local _, problem = pcall(function()
        local t = wide():pivot_longer { cols = cols }
        return t
      end)
      assert.matches("pivot_spec.lua:" .. line .. ": pivot_longer: ", problem)
    end
  end)

  it("does not put money into reals", function()
    local t = ev.table { columns = { a = { d "1.50" }, b = { 0.5 } } }
    assert.error_matches(function()
      t:pivot_longer { cols = { "a", "b" } }
    end, "'a' is decimal%(2%) and 'b' is real")
  end)
end)

describe("pivot_wider", function()
  local from = { names_from = "version", values_from = "amount" }

  it("gives NA where there is no row, never zero", function()
    local t = long():pivot_wider(from)
    assert.same({ "unit", "original", "executed" }, t:names())
    assert.equal("甲 10.00 9.50; 乙 NA 0.00; 丙 NA NA", shown(t))
    assert.equal("decimal(2)", t:column "executed":type())
  end)

  it("names the rows of one cell, unless it may add them", function()
    local t = long():bind_rows(long():head(1))
    local none, message, code = t:pivot_wider(from)
    assert.is_nil(none)
    assert.equal("unit = 甲, version = original: rows 1 and 5 stand for the "
      .. "same cell (agg = \"sum\" adds them up)", message)
    assert.equal("data", code)
    assert.equal("甲 20.00 9.50; 乙 NA 0.00; 丙 NA NA", shown(t:pivot_wider {
      names_from = "version", values_from = "amount", agg = "sum" }))
  end)

  it("refuses rows of one cell though one value is missing", function()
    local t = ev.table { columns = { k = { 1, 1 }, n = { "a", "a" },
      v = { NA, 5 } } }
    local how = { names_from = "n", values_from = "v" }
    assert.matches("rows 1 and 2", select(2, t:pivot_wider(how)))
    how.agg = "sum"
    assert.equal("1 5", shown(t:pivot_wider(how)))
  end)

  it("adds up exactly and names the keys of what does not fit", function()
    local t = ev.table { columns = { k = { 1, 1 }, n = { "a", "a" },
      v = { math.maxinteger, 1 } } }
    local none, message, code = t:pivot_wider { names_from = "n",
      values_from = "v", agg = "sum" }
    assert.is_nil(none)
    assert.matches("k = 1, n = a", message)
    assert.equal("data", code)
  end)

  it("keeps the id columns asked for, a missing id one of its own", function()
    local t = ev.table { columns = { k = { "x", NA, NA }, n = { 1, 1, 2 },
      v = { true, false, true }, other = { 1, 2, 3 } } }
    assert.equal("x true NA; NA false true", shown(t:pivot_wider {
      names_from = "n", values_from = "v", id = "k" }))
    assert.same({ "k", "other", "1", "2" }, t:pivot_wider {
      names_from = "n", values_from = "v" }:names())
  end)

  it("gives one row without id columns, none from no rows", function()
    local t = long():where "unit == '甲'":select("version", "amount")
    assert.equal("10.00 9.50", shown(t:pivot_wider(from)))
    local none = t:where "false":pivot_wider(from)
    assert.equal(0, none:nrows())
    assert.same({}, none:names())
  end)

  it("takes names from years, decimals and bools", function()
    local t = ev.table { columns = { k = { 1, 1 }, y = { 2022, 2023 },
      p = { d "0.50", d "1.00" }, b = { true, false }, v = { "a", "b" } } }
    for name, names in pairs { y = { "k", "2022", "2023" },
      p = { "k", "0.50", "1.00" }, b = { "k", "true", "false" } } do
      local w = t:pivot_wider { names_from = name, values_from = "v", id = "k" }
      assert.same(names, w:names())
      assert.equal("1 a b", shown(w))
    end
  end)

  it("names the row whose name is missing", function()
    local t = ev.table { columns = { n = { "a", NA }, v = { 1, 2 } } }
    local _, message, code = t:pivot_wider { names_from = "n",
      values_from = "v" }
    assert.equal("row 2: 'n' is missing, so that its value would have no "
      .. "column", message)
    assert.equal("data", code)
  end)

  it("does not cover an id column", function()
    local t = ev.table { columns = { n = { "k" }, k = { 1 }, v = { 2 } } }
    local none, message = t:pivot_wider { names_from = "n", values_from = "v" }
    assert.is_nil(none)
    assert.equal("'n' would give a column 'k', which there is already", message)
  end)

  it("stops at 10,000 new columns", function()
    local n = {}
    for i = 1, 10001 do n[i] = i end
    local t = ev.table { columns = { n = n, v = n } }
    local how = { names_from = "n", values_from = "v" }
    assert.equal("'n' has 10001 different values: a table gets at most 10000 "
      .. "new columns", select(2, t:pivot_wider(how)))
    assert.equal(10000, #t:head(10000):pivot_wider(how):names())
  end)

  local mistakes = {
    { "version", "{ names_from = … } was expected, not a string" },
    { { values_from = "amount" }, "names_from is the name of a column" },
    { { names_from = "version" }, "values_from is the name of a column" },
    { { names_from = "verson", values_from = "amount" },
      "no column 'verson' %(did you mean" },
    { { names_from = "unit", values_from = "unit" },
      "'unit' cannot give names and values" },
    { { names_from = "version", values_from = "amount", id = "amount" },
      "'amount' cannot be an id column, too" },
    { { names_from = "version", values_from = "amount", agg = "mean" },
      "agg may be \"sum\", not mean" },
    { { names_from = "version", values_from = "amount", id = 3 },
      "id is a list of columns, not a number" },
    { { names_from = "version", values_from = "amount", ids = "unit" },
      "no option 'ids' .did you mean 'id'.." },
    { { names_from = "version", values_from = "unit", agg = "sum" },
      "a sum needs numbers, not text" },
  }
  for i, case in ipairs(mistakes) do
    it("says what was wrong, case " .. i, function()
      assert.error_matches(function() long():pivot_wider(case[1]) end,
        "^pivot_wider: .*" .. case[2])
    end)
  end
end)

-- There and back -----------------------------------------------------------------

local function random(seed)
  return function(n)
    seed = (seed * 1103515245 + 12345) & 0x7fffffff
    return (seed >> 8) % n
  end
end

describe("pivots", function()
  for seed = 1, 8 do
    it("undo each other, seed " .. seed, function()
      local next_number = random(seed)
      local nrows, ncols = 1 + next_number(20), 1 + next_number(6)
      local columns, cols = { k = {} }, {}
      for i = 1, nrows do columns.k[i] = i * 7 end
      for c = 1, ncols do
        local cells = { n = nrows }
        for i = 1, nrows do
          local value = next_number(5)
          cells[i] = value == 0 and NA or d(value - 1 .. ".50")
        end
        cols[c] = "c" .. c
        columns[cols[c]] = cells
      end
      local t = ev.table { columns = columns, order = { "k" } }
      local there = t:pivot_longer { cols = cols }
      assert.equal(nrows * ncols, there:nrows())
      local back = there:pivot_wider { names_from = "name",
        values_from = "value" }
      assert.same(t:names(), back:names())
      assert.equal(shown(t), shown(back))
    end)
  end

  it("lose no value of rows in any order", function()
    local next_number = random(5)
    local k, n, v, total = {}, {}, {}, 0
    for i = 1, 500 do
      k[i], n[i] = next_number(30), "n" .. next_number(9)
      v[i] = next_number(1000)
      total = total + v[i]
    end
    local t = ev.table { columns = { k = k, n = n, v = v } }:pivot_wider {
      names_from = "n", values_from = "v", agg = "sum" }
    local sums = {}
    for i = 1, 500 do
      local key = k[i] .. n[i]
      sums[key] = (sums[key] or 0) + v[i]
    end
    local found = 0
    for _, row in t:rows() do
      for c = 0, 8 do
        assert.equal(sums[row.k .. "n" .. c], row["n" .. c])
        found = found + (row["n" .. c] or 0)
      end
    end
    assert.equal(total, found)
  end)
end)

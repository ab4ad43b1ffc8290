-- Joins: what matches, in which order, and what the report owns up to.

local ev = require "evalua"
local core = require "evalua.core"
local json_text = require "support.json_text"
local support = require "support"
local shown = require "support.rows"

local d = ev.decimal
local NA = ev.NA

local function report_text(r)
  return ("%d %d %d %d"):format(r.left_unmatched, r.right_unmatched,
    r.left_duplicates, r.right_duplicates)
end

local function budget()
  return ev.table { columns = {
    unit = { "甲", "乙", "丙", NA },
    year = { 2022, 2022, 2022, 2022 },
    amount = { d "10.00", d "0.00", NA, d "7.00" },
  }, order = { "unit", "year", "amount" } }
end

local function actual()
  return ev.table { columns = {
    unit = { "乙", "丁", "甲", NA },
    year = { 2022, 2022, 2022, 2022 },
    amount = { d "1.5", d "0.0", d "9.9", d "3.0" },
  }, order = { "unit", "year", "amount" } }
end

describe("joins", function()
  local expected = {
    left = "甲 2022 10.00 9.9; 乙 2022 0.00 1.5; 丙 2022 NA NA; NA 2022 7.00 NA",
    inner = "甲 2022 10.00 9.9; 乙 2022 0.00 1.5",
    full = "甲 2022 10.00 9.9; 乙 2022 0.00 1.5; 丙 2022 NA NA; "
      .. "NA 2022 7.00 NA; 丁 2022 NA 0.0; NA 2022 NA 3.0",
    right = "甲 2022 10.00 9.9; 乙 2022 0.00 1.5; 丁 2022 NA 0.0; "
      .. "NA 2022 NA 3.0",
    semi = "甲 2022 10.00; 乙 2022 0.00",
    anti = "丙 2022 NA; NA 2022 7.00",
  }
  for kind, rows in pairs(expected) do
    it(("keep, as a %s join, its rows, and report the rest"):format(kind),
      function()
        local t, report = budget()[kind .. "_join"](budget(), actual(),
          "unit", "year")
        assert.equal(rows, shown(t))
        assert.equal("2 2 0 0", report_text(report))
      end)
  end

  it("keep missing, zero and absent apart", function()
    local t = budget():full_join(actual(), { "unit", "year" })
    assert.equal("0.00", tostring(t[2].amount))
    assert.is_nil(t[3].amount)
    assert.equal(1, t:where "unit == '丁' and amount_2 == 0":nrows())
    assert.equal(0, t:where "unit == '戊'":nrows())
  end)

  it("match a missing key with nothing, in any part of the key", function()
    local a = ev.table { columns = { k = { 1, NA, 1 }, m = { NA, 2, 2 } } }
    local t, report = a:inner_join(a, "k", "m")
    assert.equal("1 2", shown(t))
    assert.equal("2 2 0 0", report_text(report))
    assert.equal(5, a:full_join(a, "k", "m"):nrows())
  end)

  it("take keys of different names, and drop the right one", function()
    local codes = ev.table { columns = { code = { "201", "205" },
      name = { "一般公共服务", "教育" } } }
    local lines = ev.table { columns = { func = { "205", "201", "205" } } }
    assert.equal("205 教育; 201 一般公共服务; 205 教育",
      shown(lines:left_join(codes, { func = "code" })))
    local both = ev.table { columns = { a = { 1 }, b = { 2 } } }
      :inner_join(ev.table { columns = { a = { 1 }, c = { 2 } } },
        { "a", b = "c" })
    assert.same({ "a", "b" }, both:names())
    assert.equal(1, both:nrows())
  end)

  it("number names that the left table has, as CSV files do", function()
    local a = ev.table { columns = { k = { 1 }, v = { 2 }, v_2 = { 3 } },
      order = { "k", "v", "v_2" } }
    local t = a:left_join(ev.table { columns = { k = { 1 }, v = { 4 },
      v_3 = { 5 } }, order = { "k", "v", "v_3" } }, "k")
    assert.same({ "k", "v", "v_2", "v_4", "v_3" }, t:names())
    assert.equal("1 2 3 4 5", shown(t))
  end)

  it("multiply what is repeated on both sides, and say so", function()
    local a = ev.table { columns = { k = { 1, 2, 1, 3 }, x = { 1, 2, 3, 4 } } }
    local b = ev.table { columns = { k = { 1, 3, 1, 4, 4 },
      y = { 1, 2, 3, 4, 5 } } }
    local t, report = a:inner_join(b, "k")
    assert.equal("1 1 1; 1 1 3; 1 3 1; 1 3 3; 3 4 2", shown(t))
    assert.equal("1 2 1 2", report_text(report))
    assert.equal("1 1; 1 3; 3 4", shown(a:semi_join(b, "k")))
  end)

  it("compare ints and decimals exactly, whatever the scale", function()
    local a = ev.table { columns = {
      k = { d "1.00", d "2.50", d "0.00", d "-3.00" } } }
    local b = ev.table { columns = { k = { -3, 0, 1, 2 }, n = { 1, 2, 3, 4 } } }
    assert.equal("1.00 3; 0.00 2; -3.00 1", shown(a:inner_join(b, "k")))
    assert.equal("1.00; 0.00; -3.00; 2.50",
      shown(b:right_join(a, "k"):select "k":arrange "k"
        :full_join(a, "k"):where "k == 1"
        :bind_rows(a:where "k == 0", a:where "k < 0", a:where "k > 2")))
    local big = ev.table { columns = { k = { math.maxinteger, 7 } } }
    assert.equal("7", shown(big:inner_join(ev.table { columns = {
      k = { d "7.000000" } } }, "k")))
  end)

  it("widen the keys of a full join to hold both sides", function()
    local a = ev.table { columns = { k = { 1 } } }
    local b = ev.table { columns = { k = { d "1.0", d "2.5" } } }
    assert.equal("1.0; 2.5", shown(a:full_join(b, "k")))
    assert.equal("int", a:left_join(b, "k"):column "k":type())
    local t, message, code = ev.table { columns = {
      k = { math.maxinteger } } }:full_join(b, "k")
    assert.is_nil(t)
    assert.matches("column 'k': row 1: the amount does not fit", message)
    assert.equal("data", code)
  end)

  it("join by bools, reals and texts of other dictionaries", function()
    local a = ev.table { columns = { x = { 0.5, 0 / 0, -0.0 }, n = { 1, 2, 3 } } }
    local b = ev.table { columns = { x = { 0.0, 0 / 0, 0.25 }, m = { 1, 2, 3 } } }
    assert.equal("2 2; 3 1", shown(a:inner_join(b, "x"):select("n", "m")))
    local t = ev.table { columns = { ok = { true, false } } }
    assert.equal("false", shown(t:semi_join(t:where "not ok", "ok")))
    local texts = ev.table { columns = { s = { "a", "", "b" } } }
    local other = ev.table { columns = { s = { "z", "b", "" } } }
    assert.equal("; b", shown(texts:semi_join(other, "s")))
  end)

  it("work on tables without rows", function()
    local none = budget():where "false"
    local t, report = none:full_join(actual(), "unit", "year")
    assert.equal(4, t:nrows())
    assert.equal("丁 2022 NA 0.0", shown(t:where "unit == '丁'"))
    assert.equal("0 4 0 0", report_text(report))
    assert.equal(0, budget():inner_join(none, "unit"):nrows())
    assert.equal(4, budget():anti_join(none, "unit"):nrows())
  end)

  it("let a key column without any value go with every type", function()
    local blank = ev.table { columns = { k = { NA } }, types = { k = "text" } }
    local a = ev.table { columns = { k = { 1 } } }
    assert.equal("1; NA", shown(a:full_join(blank, "k")))
    assert.equal("NA; 1", shown(blank:full_join(a, "k")))
    assert.equal("int", blank:full_join(a, "k"):column "k":type())
    assert.equal("NA; NA", shown(blank:full_join(blank:mutate {
      k = "len(k)" }, "k")))
  end)

  local valued = { text = { "x", "y", "x" }, int = { 1, 2, 1 },
    ["decimal(1)"] = { d "1.5", d "2.0", d "1.5" }, real = { 0.5, 1.5, 0.5 },
    bool = { true, false, true } }
  for kind, values in pairs(valued) do
    for other in pairs(valued) do
      it(("take %s keys beside %s ones without a value"):format(kind, other),
        function()
          local t = ev.table { columns = { k = values } }
          for _, nrows in ipairs { 0, 1, 2 } do
            local blank = ev.table { columns = { k = { NA, NA } },
              types = { k = other } }:head(nrows)
            local all, report = t:full_join(blank, "k")
            assert.equal(3 + nrows, all:nrows())
            assert.equal(3, report.left_unmatched)
            assert.equal(nrows, report.right_unmatched)
            assert.equal(1, report.left_duplicates)
            all, report = blank:full_join(t, "k")
            assert.equal(3 + nrows, all:nrows())
            assert.equal(1, report.right_duplicates)
            assert.equal(0, t:semi_join(blank, "k"):nrows())
            assert.equal(3, t:anti_join(blank, "k"):nrows())
          end
        end)
    end
  end

  it("name both types of keys that cannot be equal", function()
    local a = ev.table { columns = { year = { 2022 }, x = { 0.5 } } }
    local b = ev.table { columns = { fy = { "2022" }, y = { d "0.5" } } }
    assert.error_matches(function() a:left_join(b, { year = "fy" }) end,
      "^left_join: the key 'year' is int on the left and "
      .. "'fy' is text on the right: they cannot be equal")
    assert.error_matches(function() a:left_join(b, { x = "y" }) end,
      "'x' is real on the left and 'y' is decimal%(1%) on the right")
  end)

  it("raise at the caller's line what the caller got wrong", function()
    for _, by in ipairs { "unti", {}, { unit = 3 } } do
      local line = debug.getinfo(1, "l").currentline + 2
      local _, problem = pcall(function()
        local t = budget():left_join(actual(), by)
        return t
      end)
      assert.matches("join_spec.lua:" .. line .. ": left_join: ", problem)
    end
  end)

  local mistakes = {
    { { 3 }, "inner_join: the table to join was expected, not a number" },
    { { "actual" }, "inner_join: the table to join was expected, not a string" },
    { {}, "inner_join: the table to join was expected, not a nil" },
    { { actual() }, "inner_join: a join needs at least one key column" },
    { { actual(), {} }, "inner_join: a join needs at least one key column" },
    { { actual(), "unti" }, "inner_join: no column 'unti' %(did you mean" },
    { { actual(), { unit = "unti" } }, "inner_join: no column 'unti'" },
    { { actual(), { unit = 3 } }, "inner_join: the name of a column is a str" },
    { { actual(), 3 }, "inner_join: the name of a column is a string" },
    { { actual(), { [2] = "unit" } }, "inner_join: keys are names or pairs" },
    { { actual(), { [true] = "unit" } }, "inner_join: keys are names or pairs" },
  }
  for i, case in ipairs(mistakes) do
    it("say what was wrong, case " .. i, function()
      assert.error_matches(function()
        budget():inner_join(table.unpack(case[1]))
      end, "^" .. case[2])
    end)
  end
end)

-- Against a slow join --------------------------------------------------------

local function random(seed)
  return function(n)
    seed = (seed * 1103515245 + 12345) & 0x7fffffff
    return (seed >> 8) % n
  end
end

local function random_table(next_number, nrows, nkeys, value)
  local k, s, v = { n = nrows }, { n = nrows }, { n = nrows }
  for i = 1, nrows do
    local a, b = next_number(nkeys), next_number(4)
    k[i] = a == 0 and NA or a
    s[i] = b == 0 and NA or ("s" .. b)
    v[i] = i
  end
  return ev.table { columns = { k = k, s = s, [value] = v },
    order = { "k", "s", value }, types = { k = "int", s = "text",
      [value] = "int" } }
end

local function same_key(a, b)
  return a.k ~= nil and a.s ~= nil and a.k == b.k and a.s == b.s
end

--- Pairs of row numbers, 0 for none, as each kind of join has them.
local function slow_pairs(kind, left, right)
  local list, right_seen = {}, {}
  for i, a in ipairs(left) do
    local found = false
    for j, b in ipairs(right) do
      if same_key(a, b) then
        found, right_seen[j] = true, true
        list[#list + 1] = i .. ":" .. j
      end
    end
    if not found and (kind == "left" or kind == "full") then
      list[#list + 1] = i .. ":0"
    end
  end
  for j in ipairs(right) do
    if not right_seen[j] and (kind == "right" or kind == "full") then
      list[#list + 1] = "0:" .. j
    end
  end
  return table.concat(list, " ")
end

local function slow_report(left, right)
  local function unmatched(rows, others)
    local n = 0
    for _, a in ipairs(rows) do
      local found = false
      for _, b in ipairs(others) do found = found or same_key(a, b) end
      if not found then n = n + 1 end
    end
    return n
  end
  local function duplicates(rows)
    local count, n = {}, 0
    for _, row in ipairs(rows) do
      if row.k ~= nil and row.s ~= nil then
        local key = row.k .. row.s
        count[key] = (count[key] or 0) + 1
        if count[key] == 2 then n = n + 1 end
      end
    end
    return n
  end
  return ("%d %d %d %d"):format(unmatched(left, right), unmatched(right, left),
    duplicates(left), duplicates(right))
end

describe("joins of random tables", function()
  for seed = 1, 12 do
    it("are those of a slow loop, seed " .. seed, function()
      local next_number = random(seed)
      local nkeys = 2 + next_number(12)
      local a = random_table(next_number, next_number(40), nkeys, "x")
      local b = random_table(next_number, next_number(40), nkeys, "y")
      local left, right = a:to_rows(), b:to_rows()
      for _, kind in ipairs { "left", "inner", "right", "full" } do
        local t, report = a[kind .. "_join"](a, b, "k", "s")
        local list = {}
        for i, row in t:rows() do
          list[i] = (row.x or 0) .. ":" .. (row.y or 0)
          local from = left[row.x] or right[row.y]
          assert.equal(from.k, row.k)
          assert.equal(from.s, row.s)
        end
        assert.equal(slow_pairs(kind, left, right), table.concat(list, " "))
        assert.equal(slow_report(left, right), report_text(report))
      end
      local semi, anti = a:semi_join(b, "k", "s"), a:anti_join(b, "k", "s")
      assert.equal(shown(a), shown(semi:bind_rows(anti):arrange "x"))
      assert.equal(shown(semi), shown(a:inner_join(b, "k", "s")
        :distinct("k", "s", "x")))
    end)
  end

  it("do not depend on which table is on the left", function()
    local next_number = random(99)
    local a = random_table(next_number, 60, 6, "x")
    local b = random_table(next_number, 50, 6, "y")
    local one = a:inner_join(b, "k", "s"):arrange("x", "y")
    local other = b:inner_join(a, "k", "s"):select("k", "s", "x", "y")
      :arrange("x", "y")
    assert.equal(shown(one), shown(other))
  end)
end)

describe("Philadelphia's adopted and actual spending", function()
  --- Totals by year, from expected.json.
  local function expected()
    local path = support.shared "philadelphia/expected.json"
    local data = json_text(support.read(path))
    return data.answers.adopted_vs_actual_by_fiscal_year
  end

  local function read(name)
    return assert(ev.read_csv(support.shared("philadelphia/raw/" .. name)))
  end

  it("has the totals of every year after a full join", function()
    local years = expected()
    local both, report = read "budgeted-department-spending-adopted.csv"
      :full_join(read "actual-department-spending.csv",
        "dept_name", "fiscal_year")
    assert.equal(0, report.left_duplicates + report.right_duplicates)
    assert.equal(1293 + report.right_unmatched, both:nrows())
    assert.equal(1292 + report.left_unmatched, both:nrows())
    local totals = both:group_by "fiscal_year":summarise {
      adopted = ev.sum "total", actual = ev.sum "total_2" }
    local n = 0
    for _, row in totals:rows() do
      local year = years[tostring(row.fiscal_year)]
      if year then
        n = n + 1
        assert.is_true(row.adopted:eq(d(tostring(year.adopted))))
        assert.is_true(row.actual:eq(d(tostring(year.actual))))
      end
    end
    assert.equal(16, n)
  end)
end)

describe("core.join", function()
  it("refuses what is no kind of join", function()
    assert.error_matches(function()
      core.join.tables("cross", budget(), actual(), {}, {})
    end, "invalid option 'cross'")
  end)
end)

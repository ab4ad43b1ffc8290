-- variance: actual against budget, exact, judged by kind, summed by group.

local ev = require "evalua"
local D = ev.decimal

local function long_sample()
  local rows = { order = { "version", "flow", "nature", "amount" } }
  local function add(version, flow, nature, amount)
    rows[#rows + 1] = { version = version, flow = flow, nature = nature,
      amount = amount and D(amount) }
  end
  add("original", "income", nil, "4263.67")
  add("original", "expense", "basic", "2200.9")
  add("original", "expense", "project", "2062.77")
  add("executed", "expense", "basic", "1917")
  add("executed", "expense", "project", "4680.28")
  return ev.table(rows)
end

local function wide(rows)
  rows.order = { "line", "base_amount", "actual_amount" }
  rows.types = { base_amount = "decimal(2)", actual_amount = "decimal(2)" }
  return ev.table(rows)
end

--- Variance over `line` of {name, base, actual} triples.
local function by_line(triples, opts)
  local rows = {}
  for i, triple in ipairs(triples) do
    rows[i] = { line = triple[1], base_amount = triple[2] and D(triple[2]),
      actual_amount = triple[3] and D(triple[3]), kind = triple[4] }
  end
  opts = opts or {}
  opts.by = opts.by or "line"
  opts.base, opts.actual = "base_amount", "actual_amount"
  return wide(rows):variance(opts)
end

local function text(value) return value ~= nil and tostring(value) or nil end

describe("variance of the sample unit", function()
  local t, notes = long_sample():where "flow == 'expense'":variance {
    phase = "version", amount = "amount", base = "original",
    actual = "executed", by = "nature", total = true }

  -- Figures: the unit's published report of 2022, in 万元; the shares are
  -- recomputed with bc to six digits.
  local expected = {
    { "basic", "-283.90", "-12.899268", "87.100732", "under", true },
    { "project", "2617.51", "126.892964", "226.892964", "over", false },
    { nil, "2333.61", "54.732425", "154.732425", "over", false },
  }
  for i, row in ipairs(expected) do
    it("is right in row " .. i, function()
      assert.equal(row[1], t[i].nature)
      assert.equal(row[2], text(t[i].variance))
      assert.equal(row[3], text(t[i].variance_pct))
      assert.equal(row[4], text(t[i].rate_pct))
      assert.equal(row[5], t[i].status)
      assert.equal(row[6], t[i].favourable)
    end)
  end

  it("has the columns of the contract, in their order", function()
    assert.same({ "nature", "base", "actual", "variance", "variance_pct",
      "rate_pct", "status", "favourable", "material", "level" }, t:names())
    assert.same({ 1, 1, 0 }, t:column("level"):values())
  end)

  it("says that no adjusted budget is given", function()
    assert.matches("no adjusted budget", notes[1][1])
  end)

  it("does not say so when there is one", function()
    local rows = long_sample():to_rows()
    rows[#rows + 1] = { version = "adjusted", flow = "expense",
      nature = "basic", amount = D "1" }
    local _, said = ev.table(rows):where "flow == 'expense'":variance {
      phase = "version", amount = "amount", base = "original",
      actual = "executed", by = "nature" }
    assert.equal(1, #said)
    assert.equal("adjusted", said[1][2])
  end)

  it("names the versions there are when one is not", function()
    assert.error_matches(function()
      long_sample():variance { phase = "version", amount = "amount",
        base = "adjusted", actual = "executed" }
    end, "no row has version 'adjusted'; there are: original, executed")
  end)

  it("is not taken of a version and itself, where one side would be empty",
    function()
      assert.error_matches(function()
        long_sample():variance { phase = "version", amount = "amount",
          base = "executed", actual = "executed" }
      end, "base and actual are the same version 'executed'")
    end)
end)

describe("variance status", function()
  local cases = { -- base, actual, variance, pct, rate, status, favourable
    { "100", "120", "20.00", "20.000000", "120.000000", "over", false },
    { "100", "80", "-20.00", "-20.000000", "80.000000", "under", true },
    { "100", "100", "0.00", "0.000000", "100.000000", "on", nil },
    { nil, "5", "5.00", nil, nil, "unbudgeted", false },
    { "0", "5", "5.00", nil, nil, "unbudgeted", false },
    { nil, "-5", "-5.00", nil, nil, "unbudgeted", true },
    { "5", nil, "-5.00", "-100.000000", "0.000000", "unspent", true },
    { "5", "0", "-5.00", "-100.000000", "0.000000", "unspent", true },
    { nil, nil, "0.00", nil, nil, "on", nil },
    { "0", "0", "0.00", nil, nil, "on", nil },
    { nil, "0", "0.00", nil, nil, "on", nil },
    -- the signed base: a credit of 100 of which 50 came
    { "-100", "-50", "50.00", "-50.000000", "50.000000", "over", false },
    { "-100", "20", "120.00", "-120.000000", "-20.000000", "over", false },
    -- a refund: negative actual of a positive budget
    { "100", "-20", "-120.00", "-120.000000", "-20.000000", "under", true },
  }
  for _, case in ipairs(cases) do
    it(("of %s against %s is %s"):format(case[2], case[1], case[6]), function()
      local row = by_line({ { "a", case[1], case[2] } })[1]
      assert.equal(case[3], text(row.variance))
      assert.equal(case[4], text(row.variance_pct))
      assert.equal(case[5], text(row.rate_pct))
      assert.equal(case[6], row.status)
      assert.equal(case[7], row.favourable)
    end)
  end

  it("keeps a missing side missing, and a zero zero", function()
    local t = by_line { { "a", nil, "5" }, { "b", "0", "5" } }
    assert.is_nil(t[1].base)
    assert.equal("0.00", text(t[2].base))
  end)

  it("rounds shares half to even in the sixth decimal", function()
    -- 100·1/32·10⁶ has the digit 5 in the seventh place: 3.1250000 is exact
    -- there; 1/6400000 = 0.0000156250 % rounds to 0.000016
    local t = by_line { { "a", "64000.00", "64000.01" },
      { "b", "2000000.00", "2000000.05" } }
    assert.equal("0.000016", text(t[1].variance_pct))
    assert.equal("0.000002", text(t[2].variance_pct)) -- 0.0000025 to even
  end)
end)

describe("variance by kind of account", function()
  it("finds revenue above budget favourable", function()
    local row = by_line({ { "a", "100", "120" } }, { kind = "revenue" })[1]
    assert.is_true(row.favourable)
  end)

  -- Oracle Essbase, @VAR and @VARPER on Sample Basic: Sales 400855 against
  -- 373080, COGS 179336 against 158940.
  it("judges the documented example of Essbase", function()
    local t = by_line({ { "Sales", "373080", "400855", "income" },
      { "COGS", "158940", "179336", "expenditure" } }, { kind = "kind" })
    assert.equal("27775.00", text(t[1].variance))
    assert.equal("7.444784", text(t[1].variance_pct))
    assert.is_true(t[1].favourable)
    assert.equal("20396.00", text(t[2].variance))
    assert.equal("12.832515", text(t[2].variance_pct))
    assert.is_false(t[2].favourable)
  end)

  for _, word in ipairs { "收入", "Revenue", "income", "REVENUE" } do
    it("takes '" .. word .. "' for revenue", function()
      assert.is_true(by_line({ { "a", "1", "2" } },
        { kind = word })[1].favourable)
    end)
  end

  it("refuses an unknown word", function()
    assert.error_matches(function()
      by_line({ { "a", "1", "2" } }, { kind = "outlay" })
    end, "unknown kind 'outlay'")
    assert.error_matches(function()
      by_line({ { "a", "1", "2", "grant" } }, { kind = "kind" })
    end, "column 'kind' holds 'grant'")
  end)

  local mixed = { { "tax", "100", "110", "revenue" },
    { "pay", "60", "70", "expense" } }

  it("has no total of revenue and expense", function()
    local t, notes = by_line(mixed, { kind = "kind", total = true })
    assert.equal(2, t:nrows())
    assert.matches("--net", notes[1][1], 1, true)
  end)

  it("nets them when asked, and does not judge the net", function()
    local t = by_line(mixed, { kind = "kind", total = true, net = true })
    assert.equal("40.00", text(t[3].base))
    assert.equal("40.00", text(t[3].actual))
    assert.is_nil(t[3].favourable)
  end)

  it("does not add both kinds in one line unseen", function()
    assert.error_matches(function()
      by_line({ { "a", "1", "2", "revenue" }, { "a", "1", "2", "expense" } },
        { kind = "kind" })
    end, "line 'a' has revenue and expense")
  end)

  it("gives the same answer when expenses are stored as negative", function()
    local plain = by_line(mixed, { kind = "kind" }):to_rows()
    local flipped = by_line({ mixed[1], { "pay", "-60", "-70", "expense" } },
      { kind = "kind", expense_sign = "negative" }):to_rows()
    assert.equal(tostring(plain[2].variance), tostring(flipped[2].variance))
    assert.equal(plain[2].favourable, flipped[2].favourable)
    assert.equal(tostring(plain[2].base), tostring(flipped[2].base))
  end)
end)

describe("variance materiality", function()
  local function material(base, actual, opts)
    return by_line({ { "a", base, actual } }, opts)[1].material
  end

  it("is unknown without a threshold", function()
    assert.is_nil(material("100", "200"))
  end)

  it("needs both thresholds when both are given", function()
    local both = { material_amount = "10", material_pct = "10" }
    assert.is_true(material("100", "110", both))
    assert.is_false(material("1000", "1010", both))
    assert.is_false(material("10", "15", both))
  end)

  it("counts the threshold itself, and shortfalls", function()
    assert.is_true(material("100", "90", { material_amount = 10 }))
    assert.is_false(material("100", "90.01", { material_amount = 10 }))
    assert.is_true(material("100", "90", { material_pct = 10 }))
  end)

  it("is decided by the amount where there is no percent", function()
    assert.is_true(material(nil, "10", { material_amount = 10,
      material_pct = 50 }))
    assert.is_false(material(nil, "9", { material_amount = 10,
      material_pct = 50 }))
    assert.is_true(material("0", "0.01", { material_pct = 50 }))
    assert.is_false(material("0", "0", { material_pct = 50 }))
  end)
end)

describe("variance rows", function()
  local function tree(opts)
    local rows = { order = { "dept", "class", "b", "a" } }
    for i, item in ipairs { { "X", "p", "10", "12" }, { "X", "q", "20", "15" },
      { "Y", "p", nil, "7" }, { "Y", "q", "5", "9" } } do
      rows[i] = { dept = item[1], class = item[2], b = item[3] and D(item[3]),
        a = D(item[4]) }
    end
    opts.by = opts.by or { "dept", "class" }
    opts.base, opts.actual = "b", "a"
    return ev.table(rows):variance(opts)
  end

  it("puts subtotals behind their parts and the total last", function()
    local t = tree { rollup = true }
    assert.same({ 2, 2, 1, 2, 2, 1, 0 }, t:column("level"):values())
    assert.is_nil(t[3].class)
    assert.equal("X", t[3].dept)
    assert.is_nil(t[7].dept)
  end)

  it("sums leaves, unbudgeted ones included, and recomputes shares", function()
    local t = tree { rollup = true }
    assert.equal("5", text(t[6].base))
    assert.equal("16", text(t[6].actual))
    assert.equal("220.000000", text(t[6].variance_pct))
    assert.equal("35", text(t[7].base))
    assert.equal("43", text(t[7].actual))
  end)

  it("keeps totals whatever --top leaves out, and says what it left", function()
    local t, notes = tree { total = true, top = 1 }
    assert.equal(2, t:nrows())
    assert.equal("7", text(t[1].variance))
    assert.equal("43", text(t[2].actual))
    assert.equal("3", notes[1][2])
    assert.equal("1", text(notes[1][3]))
  end)

  it("sorts by a column, missing values last", function()
    local t = tree { sort = "-variance" }
    assert.same({ "7", "4", "2", "-5" }, (function()
      local list = {}
      for i = 1, 4 do list[i] = text(t[i].variance) end
      return list
    end)())
    t = tree { sort = "variance_pct" }
    assert.is_nil(t[4].variance_pct)
    t = tree { sort = "-variance_pct" }
    assert.is_nil(t[4].variance_pct)
  end)

  it("sorts groups by their sums under rollup", function()
    local t = tree { rollup = true, sort = "-variance" }
    assert.equal("Y", t[3].dept)
    assert.equal(1, t[3].level)
  end)

  it("shows only the first columns with --depth", function()
    local t = tree { depth = 1, total = true }
    assert.equal(3, t:nrows())
    assert.same({ 1, 1, 0 }, t:column("level"):values())
  end)

  it("says that a total does not fit, as people say it", function()
    local lines = {}
    for i = 1, 20 do
      lines[i] = { "l" .. i, "9000000000000000.00", "0" }
    end
    assert.error_matches(function() by_line(lines, { total = true }) end,
      "^the total: the sum of 'base_amount' does not fit in 64 bits$")
  end)

  it("does not add up what nobody asked for", function()
    local lines = {}
    for i = 1, 20 do lines[i] = { "l" .. i, "9000000000000000.00", "0" } end
    assert.equal(20, by_line(lines):nrows())
    assert.equal(20, by_line(lines, { sort = "-variance" }):nrows())
    assert.equal(1, by_line(lines, { top = 1 }):nrows())
  end)

  it("calls a missing key missing in its messages", function()
    local lines = {}
    for i = 1, 9 do
      lines[i] = { nil, "-9000000000000000.00", "9000000000000000.00" }
    end
    assert.error_matches(function() by_line(lines) end, "^line NA: ")
  end)

  it("checks a total once, at its end, and not on the way", function()
    local lines = {}
    for i = 1, 16 do
      local sign = i <= 11 and "" or "-"
      lines[i] = { "l" .. i, sign .. "9000000000000000.00", "1" }
    end
    for _, opts in ipairs { { total = true }, { rollup = true },
      { total = true, top = 1 } } do
      local t = by_line(lines, opts)
      assert.equal("54000000000000000.00", text(t[t:nrows()].base))
    end
  end)

  it("names the line whose variance does not fit", function()
    local lines = {}
    for i = 1, 9 do
      lines[i] = { "a", "-9000000000000000.00", "9000000000000000.00" }
    end
    assert.error_matches(function() by_line(lines) end,
      "^line 'a': 'actual_amount' less 'base_amount' does not fit")
  end)

  it("leaves out sums of mixed kinds at every depth", function()
    local rows = { { k = "x", t = "revenue", b = 1, a = 2 },
      { k = "y", t = "expense", b = 1, a = 2 } }
    for depth = 0, 2 do
      local t = ev.table(rows):variance { by = { "k", "t" }, base = "b",
        actual = "a", kind = "t", rollup = true, depth = depth }
      for _, row in t:rows() do assert.is_not_nil(row.status) end
    end
  end)

  it("has one total when no column is left to show", function()
    local t = tree { depth = 0, total = true }
    assert.same({ 0 }, t:column("level"):values())
  end)

  it("sums without any group", function()
    local t = tree { by = {} }
    assert.equal(1, t:nrows())
    assert.equal("43", text(t[1].actual))
  end)

  it("makes missing keys a group of their own", function()
    local t = by_line { { nil, "1", "2" }, { "a", "1", "2" }, { nil, "1", "2" } }
    assert.equal(2, t:nrows())
    assert.is_nil(t[1].line)
    assert.equal("2.00", text(t[1].base))
  end)

  it("compares whole numbers with reals", function()
    local row = ev.table { { b = 100, a = 1.5e2 } }:variance { base = "b",
      actual = "a" }[1]
    assert.equal(50.0, row.variance)
    assert.equal(150.0, row.rate_pct)
  end)

  it("takes a column that nobody filled in for amounts that are missing",
    function()
      local t = ev.table { columns = { x = { "p", "q" }, b = {}, a = { 1, 2 } },
        nrows = 2 }
      local row = t:variance { base = "b", actual = "a", by = "x" }[1]
      assert.is_nil(row.base)
      assert.equal("unbudgeted", row.status)
    end)

  it("refuses what is no options", function()
    local t = ev.table { { b = 1, a = 1 } }
    for _, opts in ipairs { false, "b" } do
      assert.error_matches(function() t:variance(opts or nil) end,
        "variance: {base =, actual =, by =} was expected", nil, true)
    end
  end)

  it("refuses what it does not know", function()
    assert.error_matches(function() tree { sort = "size" } end,
      "cannot sort by 'size'")
    assert.error_matches(function() tree { groups = 1 } end,
      "no option 'groups'")
    assert.error_matches(function() tree { by = { "dept", "dept" } } end,
      "names the column 'dept' twice")
    assert.error_matches(function() tree { material_pct = "-5" } end,
      "material_pct: '%-5' is below zero")
    assert.error_matches(function() tree { by = "clas" } end,
      "did you mean 'class'")
    assert.error_matches(function()
      ev.table { { b = "x", a = 1 } }:variance { base = "b", actual = "a" }
    end, "column 'b' is text")
  end)

  it("rolls up random tables to the sums of their leaves", function()
    math.randomseed(3)
    for _ = 1, 20 do
      local rows, base, actual = {}, D "0", D "0"
      for i = 1, math.random(1, 60) do
        local b = ev.decimal(tostring(math.random(-9999, 9999)) .. ".25")
        local a = ev.decimal(tostring(math.random(-9999, 9999)) .. ".5")
        rows[i] = { g = "g" .. math.random(4), h = math.random(3), b = b, a = a }
        base, actual = base + b, actual + a
      end
      local t = ev.table(rows):variance { by = { "g", "h" }, base = "b",
        actual = "a", rollup = true }
      local total = t[t:nrows()]
      assert.is_true(total.base == base)
      assert.is_true(total.variance == actual - base)
    end
  end)
end)

describe("variance of many groups", function()
  --- n lines in two kinds of account, their amounts by number.
  local function lines(n)
    local line, kind, base, actual = {}, {}, {}, {}
    for r = 1, n do
      line[r], kind[r] = r, r % 2 == 0 and "income" or "expense"
      base[r], actual[r] = 100, 100 + r % 7
    end
    return ev.table { columns = { line = line, kind = kind, base = base,
      actual = actual }, order = { "line", "kind", "base", "actual" } }
  end

  --- KiB that Lua would have to keep for it.
  local function memory_of(f)
    collectgarbage()
    collectgarbage "stop"
    local before = collectgarbage "count"
    local result = f()
    local used = collectgarbage "count" - before
    collectgarbage "restart"
    return used, result
  end

  it("keeps nothing in Lua for each group", function()
    local t = lines(20000)
    local used, result = memory_of(function()
      return (t:variance { by = "line", base = "base", actual = "actual",
        rollup = true, sort = "-variance", top = 15000 })
    end)
    assert.equal(15001, result:nrows())
    assert.is_true(used < 200, used .. " KiB")
  end)

  it("makes the cells of a report when they are asked for", function()
    local t = lines(20000)
    local used = memory_of(function()
      local report = require("evalua.report").run("variance", { table = t,
        by = { "kind", "line" }, kind = "kind", base = "base",
        actual = "actual", net = true, total = true })
      return report.build()
    end)
    assert.is_true(used < 2000, used .. " KiB")
  end)

  it("knows the kind of every line", function()
    local result = lines(1000):variance { by = { "kind", "line" },
      kind = "kind", base = "base", actual = "actual", net = true,
      rollup = true }
    for _, row in result:rows() do
      local rise = row.variance
      if row.level == 0 then assert.is_nil(row.favourable)
      elseif rise:eq(0) then assert.is_nil(row.favourable)
      else assert.equal(row.kind == "income", row.favourable) end
    end
  end)
end)

-- PEFA 2016: values recomputed, scores at the edges of their ranges.

local ev = require "evalua"
local pefa = require "evalua.pefa"
local support = require "support"

local d = ev.decimal
local NA = ev.NA

--- Amounts of ten COFOG functions, contingency and interest over three years,
--- with the values they give worked out by hand in exact fractions.
local heads = { "General public services", "Defence", "Order", "Economy",
  "Environment", "Housing", "Health", "Culture", "Education", "Protection",
  "contingency", "interest" }
local years = {
  [2020] = { { 120, 10, 80, 200, 40, 60, 150, 30, 220, 100, 20, 50 },
    { 118, 10, 83, 196, 41, 62, 149, 31, 221, 101, 4, 52 } },
  [2021] = { { 125, 10, 82, 210, 42, 64, 160, 31, 230, 106, 20, 55 },
    { 140, 10, 78, 165, 45, 80, 190, 27, 236, 139, 6, 58 } },
  [2022] = { { 130, 11, 85, 220, 44, 66, 170, 32, 240, 112, 25, 60 },
    { 131, 11, 86, 214, 46, 70, 176, 31, 243, 116, 22, 57 } },
}

local function worked_example()
  local rows = { order = { "year", "head", "budget", "actual" } }
  for year = 2020, 2022 do
    for i, head in ipairs(heads) do
      rows[#rows + 1] = { year = year, head = head,
        budget = years[year][1][i], actual = years[year][2][i] }
    end
  end
  return ev.table(rows)
end

local columns = { year = "year", head = "head", base = "budget",
  actual = "actual" }

local function with(more)
  local opts = {}
  for name, value in pairs(columns) do opts[name] = value end
  for name, value in pairs(more or {}) do opts[name] = value end
  return opts
end

--- "98.888889 103.436123 … A" of one indicator: its values, then its score.
local function of(t, indicator)
  local parts = {}
  for _, row in t:rows() do
    if row.indicator == indicator and row.year ~= nil then
      parts[#parts + 1] = row.value and tostring(row.value) or "NA"
    end
  end
  for _, row in t:rows() do
    if row.indicator == indicator and row.year == nil then
      parts[#parts + 1] = row.score or "NA"
      if row.note then parts[#parts + 1] = row.note end
    end
  end
  return table.concat(parts, " ")
end

--- Three years of one budget and the outturns given, in percent of it.
local function outturns(...)
  local rows = {}
  for i, percent in ipairs { ... } do
    rows[i] = { year = 2019 + i, head = "all", budget = d "1000000000.00",
      actual = d(percent) * 10000000 }
  end
  return ev.table(rows):pefa(with { no_contingency = true })
end

describe("pefa", function()
  it("gives the worked example's values and scores", function()
    local t = worked_example():pefa(with { contingency = "contingency",
      interest = "interest" })
    assert.same({ "indicator", "year", "value", "score", "note" }, t:names())
    assert.equal("98.888889 103.436123 100.669456 A", of(t, "PI-1"))
    assert.equal("1.571244 13.253442 1.967234 A", of(t, "PI-2.1"))
    assert.equal("0.370370 0.528634 1.841004 A", of(t, "PI-2.3"))
    local mean
    for _, row in t:rows() do
      if row.indicator == "PI-2.3" and row.year == nil then mean = row.value end
    end
    assert.equal("0.913336", tostring(mean))
  end)

  it("has the ends of PI-1's ranges belong to them", function()
    assert.equal("105.000000 95.000000 120.000000 A",
      of(outturns("105", "95", "120"), "PI-1"))
    assert.equal("105.000001 110.000000 120.000000 B",
      of(outturns("105.000001", "110", "120"), "PI-1"))
    assert.equal("85.000000 115.000000 200.000000 C",
      of(outturns("85", "115", "200"), "PI-1"))
    assert.equal("84.999999 115.000001 100.000000 D",
      of(outturns("84.999999", "115.000001", "100"), "PI-1"))
  end)

  it("compares what it rounds away", function()
    local t = ev.table {
      { year = 1, head = "a", budget = 10 ^ 15 // 1 | 0, actual = 105 * 10 ^ 13
        // 1 + 1 | 0 },
      { year = 2, head = "a", budget = 100, actual = 100 },
      { year = 3, head = "a", budget = 100, actual = 300 },
    }:pefa(with())
    assert.equal("105.000000 100.000000 300.000000 B", of(t, "PI-1"))
  end)

  it("averages the contingency over three years", function()
    -- 2 %, 4 %, 6 %: the published example (pefa.org node/4766)
    local rows = {}
    for i, part in ipairs { 2, 4, 6 } do
      rows[#rows + 1] = { year = 2010 + i, head = "works", budget = 100,
        actual = 90 }
      rows[#rows + 1] = { year = 2010 + i, head = "reserve", budget = 0,
        actual = part }
    end
    local t = ev.table(rows):pefa(with { contingency = "reserve" })
    assert.equal("2.000000 4.000000 6.000000 B", of(t, "PI-2.3"))
    assert.equal("NA needs to know the head of the contingency "
      .. "(--contingency), or that there is none (--no-contingency)",
      of(ev.table(rows):pefa(with()), "PI-2.3"))
    assert.matches(" A$", of(outturns("100", "100", "100"), "PI-2.3"))
  end)

  it("scores types of expenditure with interest and without contingency",
    function()
      local rows = {}
      for year = 1, 3 do
        for i, line in ipairs { { "works", "wages", 60, 40 },
          { "interest", "interest", 40, 60 },
          { "reserve", "other", 1000, 1 } } do
          rows[#rows + 1] = { year = year, head = line[1], type = line[2],
            budget = line[3], actual = line[4], n = i }
        end
      end
      local t = ev.table(rows):pefa(with { economic = "type",
        contingency = "reserve", interest = "interest" })
      assert.equal("0.000000 0.000000 0.000000 A", of(t, "PI-2.1"))
      assert.equal("40.000000 40.000000 40.000000 D", of(t, "PI-2.2"))
      assert.equal("D+", of(t, "PI-2"))
    end)

  it("scores revenue apart from expenditure", function()
    local rows = {}
    for year = 1, 3 do
      rows[#rows + 1] = { year = year, head = "tax", kind = "revenue",
        budget = 60, actual = 66 }
      rows[#rows + 1] = { year = year, head = "fees", kind = "收入",
        budget = 40, actual = 44 }
      rows[#rows + 1] = { year = year, head = "works", kind = "支出",
        budget = 100, actual = 100 }
    end
    local t = ev.table(rows):pefa(with { kind = "kind" })
    assert.equal("110.000000 110.000000 110.000000 B", of(t, "PI-3.1"))
    assert.equal("0.000000 0.000000 0.000000 A", of(t, "PI-3.2"))
    assert.equal("B+", of(t, "PI-3"))
    assert.equal("100.000000 100.000000 100.000000 A", of(t, "PI-1"))
  end)

  it("takes the largest heads that make three quarters, at least 20",
    function()
      -- heads of 10, then some of 2 of which one takes all of another's
      local function of_heads(large, small)
        local rows = {}
        for year = 1, 3 do
          for i = 1, large + small do
            local amount = i <= large and 10 or 2
            rows[#rows + 1] = { year = year, head = "h" .. i,
              budget = amount, actual = i == large + 1 and 4
                or i == large + 2 and 0 or amount }
          end
        end
        return of(ev.table(rows):pefa(with()), "PI-2.1")
      end
      -- the five small ones are one line, in which the changes cancel
      assert.equal("0.000000 0.000000 0.000000 A", of_heads(20, 5))
      -- of 20 heads none is joined with another: 4 / 184
      assert.equal("2.173913 2.173913 2.173913 A", of_heads(18, 2))
    end)

  it("scores the last three years and shows all", function()
    local rows = {}
    for year = 2015, 2019 do
      rows[#rows + 1] = { year = year, head = "a", budget = 100,
        actual = year < 2017 and 300 or 100 }
    end
    assert.equal("300.000000 300.000000 100.000000 100.000000 100.000000 A",
      of(ev.table(rows):pefa(with()), "PI-1"))
  end)

  it("says why there is no score", function()
    local two = worked_example():where "year > 2020":pefa(with())
    assert.equal("103.436123 100.669456 NA a score needs 3 years, there are 2",
      of(two, "PI-1"))
    local gap = ev.table { { year = 2018, head = "a", budget = 1, actual = 1 },
      { year = 2020, head = "a", budget = 1, actual = 1 },
      { year = 2021, head = "a", budget = 1, actual = 1 } }:pefa(with())
    assert.matches("the years 2018 and 2020 do not follow", of(gap, "PI-1"))
    local none = ev.table { { year = 1, head = "a", budget = 0, actual = 1 },
      { year = 2, head = "a", budget = NA, actual = 1 },
      { year = 3, head = "a", budget = 1, actual = NA } }:pefa(with())
    assert.matches("^NA NA 0.000000 NA 1: the budget or the outturn is not above zero",
      of(none, "PI-1"))
  end)

  it("names what is wrong", function()
    local t = worked_example()
    local none, message, code = t:pefa(with { contingency = "contigency" })
    assert.is_nil(none)
    assert.equal("--contingency: no head is called 'contigency' (did you mean "
      .. "'contingency'?)", message)
    assert.equal("data", code)
    assert.error_matches(function() t:pefa(with { year = "yaer" }) end,
      "no column 'yaer'")
    assert.error_matches(function() t:pefa { year = "year" } end,
      "head = \"column\" was expected")
    assert.error_matches(function() t:pefa(with { base = "head" }) end,
      "'head' is text, not exact amounts")
    t = ev.table { { year = 1, head = "a", budget = 1, actual = 1,
      kind = "gift" } }
    assert.equal("row 1: 'gift' is no kind of account: revenue or expense was "
      .. "expected", select(2, t:pefa(with { kind = "kind" })))
    t = ev.table { { year = 1, head = "a", budget = 1, actual = 1 },
      { year = NA, head = "a", budget = 1, actual = 1 } }
    assert.equal("row 2: there is no year", select(2, t:pefa(with())))
  end)
end)

describe("composition variance", function()
  local function of_heads(base, actual)
    local percent = pefa.composition_variance(base, actual)
    return percent and tostring(percent:decimal(6))
  end

  it("is nothing where all heads move alike", function()
    assert.equal("0.000000", of_heads({ 10, 20, 70 }, { 30, 60, 210 }))
  end)

  it("is 40 % where 60 and 40 change places", function()
    assert.equal("40.000000", of_heads({ 60, 40 }, { 40, 60 }))
  end)

  it("of the sample unit's two heads is 45.1248 %", function()
    assert.equal("45.124838", of_heads({ d "2200.90", d "2062.77" },
      { d "1917", d "4680.28" }))
  end)

  it("keeps every digit of products beyond 128 bits", function()
    local most = math.maxinteger // 2
    assert.equal("200.000000", of_heads({ most, most, 0, 0 },
      { 0, 0, most, most }))
  end)

  it("has no value where a whole is not above zero", function()
    assert.is_nil(of_heads({ 0 }, { 1 }))
    assert.is_nil(of_heads({ 1, -1 }, { 1, 1 }))
    assert.is_nil(of_heads({}, {}))
  end)
end)

describe("evalua pefa", function()
  local path

  setup(function()
    path = support.write("pefa.csv", "y,h,b,a\n2020,x,1000,1000\n"
      .. "2021,x,1000,1040\n2022,x,1000,960\n")
  end)

  local function run(...)
    return support.evalua { "pefa", path, "--year", "y", "--head", "h",
      "--base", "b", "--actual", "a", ... }
  end

  it("prints rows for programs", function()
    local result = run("-O", "csv", "--where", "y > 2019", "--no-contingency")
    assert.equal(0, result.code)
    assert.matches("PI%-1,2021,104.000000,,\n", result.out)
    assert.matches("PI%-1,,,A,\n", result.out)
  end)

  it("speaks Chinese in its notes and errors", function()
    assert.matches("需要一列经济分类", run("--lang", "zh").out)
    local result = run("--lang", "zh", "--interest", "z")
    assert.equal(2, result.code)
    assert.matches("没有名为“z”的预算科目", result.err)
  end)

  it("names the first cell that is no amount", function()
    local bad = support.write("bad.csv", "y,h,b,a\n2020,x,1,1\n2021,x,1,-\n"
      .. "2022,x,1,n/k\n")
    local function pefa_of(lang)
      return support.evalua { "pefa", bad, "--year", "y", "--head", "h",
        "--base", "b", "--actual", "a", "--lang", lang }
    end
    assert.equal(2, pefa_of("en").code)
    assert.matches('bad.csv:4: column "a": "n/k" is not a number',
      pefa_of("en").err, 1, true)
    assert.matches('bad.csv:4: 列“a”', pefa_of("zh").err, 1, true)
  end)

  it("agrees with the shared vectors", function()
    path = support.shared "../domain/vectors/pefa_input.csv"
    local result = support.evalua { "pefa", path, "--year", "year", "--head",
      "head", "--base", "budget", "--actual", "actual", "--contingency",
      "contingency", "--interest", "interest on debt", "-O", "csv" }
    assert.matches("PI%-2.1,2021,13.253442,", result.out)
    assert.matches("PI%-2.3,,0.913336,A", result.out)
  end)
end)

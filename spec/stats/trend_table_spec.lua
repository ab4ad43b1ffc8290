-- t:trend and `evalua trend`: many series of a table at once.

local digits = require "support.digits"
local ev = require "evalua"
local support = require "support"

local NA = ev.NA

local FIELDS = { "n", "slope", "slope_lo", "slope_hi", "tau", "z", "p",
  "method", "note" }

local function column(t, name)
  local list = {}
  for i, row in t:rows() do list[i] = row[name] end
  return list
end

--- Three series with rows in no order: 甲 rises, 乙 has holes, 丙 is short.
local function sample()
  local rows = {}
  for year = 2022, 2011, -1 do
    rows[#rows + 1] = { unit = "甲", year = year,
      spend = ev.decimal "0.10" * (year - 2000) }
    if year ~= 2015 then
      rows[#rows + 1] = { unit = "乙", year = year,
        spend = year == 2018 and NA or ev.decimal(tostring(year % 5)) }
    end
    if year > 2019 then
      rows[#rows + 1] = { unit = "丙", year = year, spend = ev.decimal "1" }
    end
  end
  return ev.table(rows)
end

describe("t:trend", function()
  local t = sample()
  local out = t:trend { period = "year", value = "spend", by = "unit" }

  it("gives a row for each series, in order of first appearance", function()
    assert.same({ "unit", "n", "slope", "slope_lo", "slope_hi", "tau", "z",
      "p", "q", "method", "note" }, out:names())
    assert.same({ "甲", "乙", "丙" }, column(out, "unit"))
    assert.same({ 12, 10, 3 }, column(out, "n"))
    assert.same({ "mann-kendall exact", "mann-kendall exact", "mann-kendall" },
      column(out, "method"))
  end)

  it("has the figures of the functions on arrays", function()
    assert.equal(0.1, out[1].slope)
    assert.equal(0.1, out[1].slope_lo)
    assert.equal(1.0, out[1].tau)
    local values, times = {}, {}
    for year = 2011, 2022 do
      if year ~= 2015 and year ~= 2018 then
        values[#values + 1], times[#times + 1] = year % 5, year
      end
    end
    local test = ev.stats.mann_kendall(values)
    local sen = ev.stats.theil_sen(values, times)
    for field, value in pairs { tau = test.tau, z = test.z, p = test.p,
      slope = sen.slope, slope_lo = sen.lo, slope_hi = sen.hi } do
      digits.check(value, out[2][field], 14, field)
    end
  end)

  it("says what lacks and why a figure does", function()
    assert.is_nil(out[1].note)
    assert.equal("missing values: 1; periods without a row: 1", out[2].note)
    assert.matches("^n = 3: a p%-value needs 4 values", out[3].note)
    assert.is_nil(out[3].p)
    assert.is_nil(out[3].q)
  end)

  it("keeps the false discovery rate over the series that have a p", function()
    local q = ev.stats.fdr { out[1].p, out[2].p }
    assert.same({ q[1], q[2] }, { out[1].q, out[2].q })
    local one = t:where 'unit == "甲"':trend { period = "year",
      value = "spend" }
    assert.same(FIELDS, one:names())
  end)

  it("is the same by group_by", function()
    local again = t:group_by "unit":trend { period = "year", value = "spend" }
    assert.same(out:to_rows(), again:to_rows())
    assert.error_matches(function()
      t:group_by "unit":trend { period = "year", value = "spend", by = "unit" }
    end, "trend: by: the groups tell the series apart already", 1, true)
  end)

  it("refuses two rows of one period, unless they are added up", function()
    local twice = t:bind_rows(t)
    assert.same({ nil,
      "unit = 甲: rows 25 and 51 are both for 2011 (--agg sum adds them up)",
      "data" }, { twice:trend { period = "year", value = "spend",
      by = "unit" } })
    local summed = twice:trend { period = "year", value = "spend",
      by = "unit", agg = "sum" }
    assert.equal(0.2, summed[1].slope)
  end)

  it("takes periods of any unit, and their place in a cycle", function()
    local lines = { "month,spend" }
    for i = 0, 47 do
      lines[#lines + 1] = ("%d-%02d,%d"):format(2019 + i // 12, i % 12 + 1,
        (i % 12) * 100 + i // 12)
    end
    local path = support.write("m.csv", table.concat(lines, "\n") .. "\n")
    local months = assert(ev.read_csv(path))
    local by_season = months:trend { period = "month", value = "spend",
      season = 12 }
    assert.equal("seasonal mann-kendall", by_season[1].method)
    assert.equal(1.0, by_season[1].tau)
    digits.check(1 / 12, by_season[1].slope, 14)
    assert.is_true(by_season[1].p < 1e-6)
  end)

  it("warns of neighbours that are alike, and corrects where asked", function()
    local rows, level = {}, 0
    local state = 5
    for year = 1950, 2019 do
      state = (state * 1103515245 + 12345) & 0x7fffffff
      level = level + (state >> 16) % 21 - 10
      rows[#rows + 1] = { y = year, v = level }
    end
    local walk = ev.table(rows)
    local plain = walk:trend { period = "y", value = "v" }
    assert.matches("neighbours are alike", plain[1].note, 1, true)
    assert.matches("^相邻值相似（r = %d.%d+），p 偏小", require(
      "evalua.stats.show").in_language(plain, "zh")[1].note)
    local better = walk:trend { period = "y", value = "v",
      correct = "hamed-rao" }
    assert.equal("mann-kendall hamed-rao", better[1].method)
    assert.is_true(better[1].p > plain[1].p)
  end)

  it("answers for no rows, one point and constant series", function()
    assert.equal(0, t:where "year == 1900":trend { period = "year",
      value = "spend", by = "unit" }:nrows())
    local one = t:where 'year == 2022 and unit == "甲"':trend {
      period = "year", value = "spend" }
    assert.same({ 1, nil }, { one[1].n, one[1].slope })
    local flat = ev.table { columns = { y = { 1, 2, 3, 4, 5, 6 },
      v = { 7, 7, 7, 7, 7, 7 } } }:trend { period = "y", value = "v" }
    assert.same({ 0.0, nil, "all values are equal" },
      { flat[1].slope, flat[1].p, flat[1].note })
  end)

  it("refuses infinities by their place", function()
    local bad = ev.table { columns = { y = { 2, 1 }, v = { 1.5, math.huge } } }
    assert.same({ nil, "'v': value 2 is infinite", "data" },
      { bad:trend { period = "y", value = "v" } })
  end)

  local mistakes = {
    { { value = "spend" }, "period: the name of a column was expected" },
    { { period = "year", value = "spent" }, "no column 'spent'" },
    { { period = "unit", value = "spend" }, "'unit': periods such as 2023" },
    { { period = "year", value = "unit" }, "'unit': numbers were expected" },
    { { period = "year", value = "spend", agg = "mean" }, 'agg is "sum"' },
    { { period = "year", value = "spend", colour = 1 }, "no option 'colour'" },
    { { period = "year", value = "spend", season = 0 }, "season is a whole" },
    { { period = "year", value = "spend", level = 95 }, "level is a number" },
    { { period = "year", value = "spend", by = "nobody" }, "no column" },
  }
  for i, mistake in ipairs(mistakes) do
    it("raises for wrong use " .. i, function()
      local ok, problem = pcall(function() t:trend(mistake[1]) end)
      assert.is_false(ok)
      assert.matches("trend_table_spec.lua:%d+: trend: ", problem)
      assert.matches(mistake[2], problem, 1, true)
    end)
  end

  it("works on many series", function()
    local unit, year, value, k = {}, {}, {}, 0
    for i = 1, 3000 do
      for j = 1, 8 do
        k = k + 1
        unit[k], year[k], value[k] = i, 2010 + j, i * j * 7919 % 101
      end
    end
    local many = ev.table { columns = { unit = unit, year = year,
      value = value } }
    assert.equal(3000, many:trend { period = "year", value = "value",
      by = "unit" }:nrows())
  end)
end)

describe("evalua trend", function()
  local path
  before_each(function()
    path = support.write("spend.csv", "unit,year,spend\n")
    sample():write(path)
  end)

  it("prints its fields as JSON", function()
    local got = support.evalua { "trend", path, "--period", "year", "--value",
      "spend", "--by", "unit", "-O", "json" }
    assert.equal(0, got.code, got.err)
    for _, field in ipairs(FIELDS) do
      assert.matches('"' .. field .. '": ', got.out, 1, true)
    end
    assert.matches('"unit": "甲", "n": 12, "slope": 0.1,', got.out, 1, true)
    assert.matches('"p": null', got.out, 1, true)
  end)

  it("prints a table with notes, in both languages", function()
    local args = { "trend", path, "--period", "year", "--value", "spend",
      "--by", "unit" }
    local got = support.evalua(args)
    assert.matches("Trend of spend by year", got.out, 1, true)
    assert.matches("* the slope is the change per 1 of 'year'", got.out, 1,
      true)
    args[#args + 1] = "--lang=zh"
    got = support.evalua(args)
    assert.matches("缺失值：1；没有数据行的期间：1", got.out, 1, true)
    assert.matches("至少要 4 个数值才有 p 值", got.out, 1, true)
  end)

  local wrong = {
    { { "--value", "spend" }, "trend needs --period COL" },
    { { "--period", "year", "--value", "spend" },
      "are both for 2011 (--agg sum adds them up)" },
    { { "--period", "year", "--value", "unit" },
      'spend.csv:2: column "unit"' },
    { { "--period", "year", "--value", "spend", "--level", "0" },
      "--level is a percentage between 0 and 100, not '0'" },
  }
  for i, case in ipairs(wrong) do
    it("ends with 2 and says why, case " .. i, function()
      local args = { "trend", path, table.unpack(case[1]) }
      local got = support.evalua(args)
      assert.same({ 2, "" }, { got.code, got.out })
      assert.matches(case[2], got.err, 1, true)
      assert.is_nil(got.err:find("stack traceback", 1, true))
    end)
  end
end)

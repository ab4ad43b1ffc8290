-- Year to date, year on year, the last twelve months: by the calendar.

local ev = require "evalua"

local d = ev.decimal
local NA = ev.NA

--- The values of a column as text, NA for missing.
local function cells(t, name)
  local list = {}
  for i, row in t:rows() do
    list[i] = row[name] == nil and "NA" or tostring(row[name])
  end
  return table.concat(list, " ")
end

local function months(list, values, more)
  local columns = { month = list, v = values }
  for name, array in pairs(more or {}) do columns[name] = array end
  return ev.table { columns = columns, types = { month = "month" } }
end

--- 2021-01 to 2022-12 with amounts 1, 2, 3 ... in the order of `skip`ping.
local function two_years(skip)
  local list, values = {}, {}
  for i = 1, 24 do
    local name = ("%d-%02d"):format(2021 + (i - 1) // 12, (i - 1) % 12 + 1)
    if name ~= skip then
      list[#list + 1], values[#values + 1] = name, i
    end
  end
  return months(list, values)
end

describe("ytd", function()
  it("begins anew with each year, whatever the order of the rows", function()
    local t = months({ "2022-02", "2021-12", "2022-01", "2021-11" },
      { d "0.10", d "5.00", d "0.20", d "7.00" })
    assert.equal("0.30 12.00 0.20 7.00", cells(t:ytd { value = "v",
      period = "month" }, "v_ytd"))
  end)

  it("begins in the month that `start` names", function()
    assert.equal("1 3 6 10 15 21 7 15 24 34 45 57 70 84 99 115 132 150 19 39 "
      .. "60 82 105 129", cells(two_years():ytd { value = "v",
      period = "month", start = 7 }, "v_ytd"))
  end)

  it("keeps groups apart, and a missing amount missing", function()
    local t = months({ "2022-01", "2022-01", "2022-02", "2022-02", "2022-03" },
      { 1, 10, NA, 20, 4 }, { unit = { "a", "b", "a", "b", "a" } })
    assert.equal("1 10 NA 30 5", cells(t:ytd { value = "v", by = "unit",
      period = "month" }, "v_ytd"))
  end)

  it("counts closing periods behind the twelfth month", function()
    local t = ev.table { columns = { year = { 2021, 2021, 2021, 2022 },
      period = { 13, 12, 16, 1 }, v = { 1, 10, 100, 1000 } } }
    assert.equal("11 10 111 1000", cells(t:ytd { value = "v", year = "year",
      month = "period" }, "v_ytd"))
  end)

  it("takes quarters, and financial years of them", function()
    local t = ev.table { columns = { q = { "2021Q3", "2021Q4", "2022Q1",
      "2022Q2", "2022Q3" }, v = { 1, 2, 4, 8, 16 } },
      types = { q = "quarter" } }
    assert.equal("1 3 4 12 28", cells(t:ytd { value = "v", period = "q" },
      "v_ytd"))
    assert.equal("1 3 7 15 16", cells(t:ytd { value = "v", period = "q",
      start = 7 }, "v_ytd"))
  end)

  it("ends the year with the sum of its rows", function()
    local t = two_years():ytd { value = "v", period = "month" }
    assert.equal(78, t[12].v_ytd)
    assert.equal(222, t[24].v_ytd)
  end)

  it("refuses two rows for one period, and names them", function()
    local t = months({ "2022-01", "2022-02", "2022-02" }, { 1, 2, 3 },
      { unit = { "甲", "甲", "甲" } })
    local none, message, code = t:ytd { value = "v", by = "unit",
      period = "month" }
    assert.is_nil(none)
    assert.equal("2 rows for unit = 甲, month = 2022-02: sum them first",
      message)
    assert.equal("data", code)
  end)

  it("names a month that does not exist", function()
    local t = ev.table { columns = { y = { 2022, 2022 }, m = { 1, 17 },
      v = { 1, 2 } } }
    local opts = { value = "v", year = "y", month = "m" }
    assert.matches("no month 17", select(2, t:ytd(opts)))
    opts.start = 4
    t = ev.table { columns = { y = { 2022 }, m = { 13 }, v = { 1 } } }
    assert.matches("leave start out", select(2, t:ytd(opts)))
  end)

  it("says what was written wrongly", function()
    local t = two_years()
    local function wrong(opts) return select(2, pcall(t.ytd, t, opts)) end
    assert.matches("period = \"column\", or year and month",
      wrong { value = "v" })
    assert.matches("start is the month", wrong { value = "v",
      period = "month", start = 13 })
    assert.matches("'month' is month, not numbers", wrong { value = "month",
      period = "month" })
    assert.matches("'v' is int, not months or quarters", wrong {
      value = "v", period = "v" })
    assert.matches("no option 'partial'", wrong { value = "v",
      period = "month", partial = true })
  end)
end)

describe("yoy", function()
  it("compares with the same month, not with twelve rows before", function()
    local t = two_years("2021-03"):yoy { value = "v", period = "month" }
    assert.equal("NA NA NA NA NA NA NA NA NA NA NA 1 2 NA 4 5 6 7 8 9 10 11 "
      .. "12", cells(t, "v_prior"))
    assert.equal(12, t[12].v_yoy)
    assert.equal(d "1200.000000", t[12].v_yoy_pct)
  end)

  it("has no percent of nothing", function()
    local t = months({ "2021-01", "2021-02", "2022-01", "2022-02" },
      { 0, NA, 5, 6 }):yoy { value = "v", period = "month" }
    assert.equal("NA NA 0 NA", cells(t, "v_prior"))
    assert.equal("NA NA 5 NA", cells(t, "v_yoy"))
    assert.equal("NA NA NA NA", cells(t, "v_yoy_pct"))
  end)
end)

describe("rolling12", function()
  it("adds up twelve months and no fewer", function()
    local t = two_years():rolling12 { value = "v", period = "month" }
    assert.equal("NA NA NA NA NA NA NA NA NA NA NA 78 90 102 114 126 138 150 "
      .. "162 174 186 198 210 222", cells(t, "v_rolling12"))
  end)

  it("has nothing while a month lacks, unless partial sums will do",
    function()
      local t = two_years("2021-03")
      local opts = { value = "v", period = "month" }
      assert.equal("NA NA NA NA NA NA NA NA NA NA NA NA NA 114 126",
        cells(t:rolling12(opts):head(15), "v_rolling12"))
      opts.partial = true
      assert.equal("1 3 7 12", cells(t:rolling12(opts):head(4),
        "v_rolling12"))
    end)

  it("takes closing periods in, without counting them as months", function()
    local t = { year = {}, month = {}, v = {} }
    for i = 1, 14 do
      t.year[i], t.month[i], t.v[i] = 2021, i, d "1.00"
    end
    t.year[15], t.month[15], t.v[15] = 2022, 1, d "1.00"
    local opts = { value = "v", year = "year", month = "month" }
    local out = ev.table { columns = t }:rolling12(opts)
    assert.equal("NA 12.00 13.00 14.00 14.00", cells(out:tail(5),
      "v_rolling12"))
  end)
end)

describe("fiscal", function()
  it("calls the year after its end or its beginning", function()
    local t = months({ "2021-09", "2021-10", "2022-09" }, { 1, 2, 3 })
    local late = t:fiscal { period = "month", start = 10 }
    assert.equal("2021 2022 2022", cells(late, "fiscal_year"))
    assert.equal("12 1 12", cells(late, "fiscal_period"))
    local early = t:fiscal { period = "month", start = 4, named = "start" }
    assert.equal("2021 2021 2022", cells(early, "fiscal_year"))
    assert.equal("6 7 6", cells(early, "fiscal_period"))
  end)
end)

describe("window along a column", function()
  local function along(fn, ...)
    local t = ev.table { columns = { at = { 5, 1, 3, NA, 6 },
      v = { 50, 10, 30, 99, 60 } } }
    local item = ev.window[fn]("v", ...)
    return cells(t:window { out = item }, "out")
  end

  it("counts steps, not rows", function()
    assert.equal("30 NA 10 NA NA", along("lag", 2, { along = "at" }))
    assert.equal("NA 30 50 NA NA", along("lead", 2, { along = "at" }))
    assert.equal("NA NA NA NA 10", along("diff", 1, { along = "at" }))
    assert.equal("80 10 40 NA 110", along("rolling", 3, { along = "at",
      partial = true }))
    assert.equal("NA NA NA NA 110", along("rolling", 2, { along = "at" }))
    assert.equal("30 10 10 NA 50", along("rolling", 3, { along = "at",
      fn = "min", partial = true }))
  end)

  it("wants each place once, and whole numbers", function()
    local t = ev.table { columns = { at = { 1, 2, 1 }, v = { 1, 2, 3 } } }
    local none, message = t:window { out = ev.window.lag("v", 1, {
      along = "at" }) }
    assert.is_nil(none)
    assert.equal("out: rows 1 and 3 of one group are both at 'at' 1: sum "
      .. "them first", message)
    t = ev.table { columns = { at = { 1.5 }, v = { 1 } } }
    assert.matches("'at' is real: steps need whole numbers", select(2,
      pcall(t.window, t, { out = ev.window.lag("v", 1, { along = "at" }) })))
    assert.matches("no option 'alongside' (did you mean 'along'?)", select(2,
      pcall(ev.window.lag, "v", 1, { alongside = "at" })), 1, true)
  end)

  it("reaches the ends of 64 bits", function()
    local t = ev.table { columns = { at = { math.mininteger, math.maxinteger },
      v = { 1, 2 } } }
    assert.equal("NA NA", cells(t:window { out = ev.window.lag("v", 5,
      { along = "at" }) }, "out"))
    assert.equal("1 2", cells(t:window { out = ev.window.rolling("v", 5,
      { along = "at", partial = true }) }, "out"))
  end)
end)

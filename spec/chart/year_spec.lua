--- Sums over a year begin anew with it, and a year may begin in any month.
local ev = require "evalua"
local texts = require("support.charts").texts

--- Months from January 2022 on, `count` of them with what was spent.
local function months(count, total)
  local lines = { "unit,month,plan,spent" }
  for i = 1, total or count do
    lines[i + 1] = ("u,%04d-%02d,100,%s"):format(2022 + (i - 1) // 12,
      (i - 1) % 12 + 1, i <= count and 100 + i or "")
  end
  return assert(ev.read_csv(require("support").write("months.csv",
    table.concat(lines, "\n") .. "\n")))
end

local function draw(kind, t, opts)
  opts.lang, opts.period = "en", opts.period or "month"
  return assert(assert(ev.chart[kind](t, opts)):display_list())
end

describe("a cumulative trend", function()
  --- Sums of i + 100 over months from `from` to `to`.
  local function sum(from, to)
    local out = 0
    for i = from, to do out = out + 100 + i end
    return tostring(out)
  end

  for _, case in ipairs { { nil, 13, "Jan–Dec 2023", 12 },
    { 7, 7, "Jul 2022–Jun 2023", 12 }, { 4, 4, "Apr 2022–Mar 2023", 12 } } do
    local start, from, span, count = table.unpack(case)
    it("sums from month " .. tostring(start or 1) .. " on, to the year's end",
      function()
      local list = draw("trend", months(15), { value = "spent",
        cumulative = true, start = start })
      local ac = table.concat(texts(list, "last.text"), " ")
        .. table.concat(texts(list, "end.text"), " ")
      assert.matches("AC " .. sum(from, 15), (ac:gsub(",", "")), 1, true)
      assert.equal(count, #list:find("circle", "dot"))
      assert.matches(span, texts(list, "when")[1], 1, true)
    end)
  end
end)

describe("a trend", function()
  it("looks ahead to the end of the year that begins in its month",
    function()
    for start, ahead in pairs { 9, [7] = 3, [4] = 12 } do
      local list = draw("trend", months(15), { value = "spent",
        start = start })
      assert.equal(15 + ahead, #list:find("circle", "dot"))
    end
  end)

  it("refuses a year of quarters that begins within one", function()
    local t = ev.table { { q = "2022Q1", x = 1 }, { q = "2022Q2", x = 2 } }
    local made, message = ev.chart.trend(t, { period = "q", value = "x",
      start = 5 })
    assert.is_nil(made)
    assert.matches("begins in month 1, 4, 7 or 10", message)
    assert.is_truthy(ev.chart.trend(t, { period = "q", value = "x",
      start = 4 }))
  end)

  it("refuses months of no year that begin in another month", function()
    local t = ev.table { { n = "u", ["月份"] = 1, b = 2, x = 1 },
      { n = "u", ["月份"] = 2, b = 2, x = 2 } }
    local function chart(start, kind, opts)
      opts.period, opts.cumulative, opts.start = "月份", true, start
      return ev.chart[kind](t, opts)
    end
    local _, message = chart(4, "trend", { value = "x" })
    assert.matches("begins in month 4 needs periods with their year", message)
    _, message = chart(4, "heatmap", { by = "n", base = "b", actual = "x" })
    assert.matches("begins in month 4 needs periods with their year", message)
    assert.is_truthy(chart(1, "trend", { value = "x" }))
  end)

  it("refuses a month that there is not", function()
    for _, start in ipairs { 0, 13, 1.5 } do
      assert.has_error(function()
        ev.chart.trend(months(15), { period = "month", value = "spent",
          start = start })
      end)
    end
  end)
end)

describe("a cumulative heatmap", function()
  --- Rates in percent of a year's budget of 1,200 after some months.
  local function rates(list)
    local found = {}
    for i, text in ipairs(texts(list, "rate.text")) do found[i] = text end
    return found
  end

  it("begins anew with every year", function()
    local list = draw("heatmap", months(14, 24), { by = "unit", base = "plan",
      actual = "spent", cumulative = true })
    local found = rates(list)
    assert.equal(14, #found)
    assert.equal("106", found[12]) -- 1278 of 1200: 106.5, half-even
    assert.equal("9", found[13]) -- 113 of 1200
    assert.equal("19", found[14])
  end)

  it("begins anew in the month that was named", function()
    local list = draw("heatmap", months(18, 24), { by = "unit", base = "plan",
      actual = "spent", cumulative = true, start = 7 })
    local found = rates(list)
    assert.equal("104", found[6]) -- 621 of 600: half a year only
    assert.equal("9", found[7]) -- 107 of 1200
    assert.equal("112", found[18]) -- 1350 of 1200
  end)

  it("says that a year without all its months has no whole plan", function()
    local function source(start)
      return texts(draw("heatmap", months(24), { by = "unit", base = "plan",
        actual = "spent", cumulative = true, start = start }), "source")[1]
    end
    assert.matches("Incomplete years: rates of what is planned", source(4), 1,
      true)
    assert.is_nil((source(1) or ""):find "Incomplete")
  end)
end)

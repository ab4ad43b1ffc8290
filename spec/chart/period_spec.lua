--- Periods: order, gaps and names.
local period = require "evalua.chart.period"

local function names(values, column)
  local series = period.series(values, column)
  local out = {}
  for i, label in ipairs(period.labels(series, "en")) do
    out[i] = (label.year and label.year .. " " or "") .. label.text
  end
  return out
end

describe("chart.period", function()
  it("sorts periods and fills the gaps", function()
    assert.same({ "2023 Nov", "Dec", "2024 Jan", "Feb" },
      names { "2024-02", "2023-11", "2024-01" })
    assert.same({ "2023 Q4", "2024 Q1", "Q2" }, names { "2024Q2", "2023Q4" })
    assert.same({ "2019", "2020", "2021" }, names { 2021, 2019 })
  end)

  it("keeps texts in the order in which they come", function()
    assert.same({ "plan", "now", "2024-01" }, names { "plan", "now",
      "2024-01" })
  end)

  it("counts days as the calendar does, and takes none that it has not",
    function()
    local function day(text) return period.parse(text).index end
    assert.equal(2, day "2024-03-01" - day "2024-02-28")
    assert.equal(1, day "1900-03-01" - day "1900-02-28")
    assert.equal(366, day "2025-01-01" - day "2024-01-01")
    for _, text in ipairs { "2023-02-29", "2024-02-30", "2024-04-31",
      "2024-13-01", "2024-00-10", "2024-12-32", "2024-01-00" } do
      assert.equal("text", period.parse(text).kind, text)
    end
  end)

  it("takes whole numbers of a column called month for months", function()
    assert.same({ "Jan", "Feb", "Mar" }, names({ 3, 1 }, "Month"))
    assert.same({ "1", "3" }, names({ 3, 1 }, "step"))
  end)

  it("places every value among the periods", function()
    local _, place = period.series { "2024-03", "2024-01" }
    assert.equal(1, place["2024-01"])
    assert.equal(3, place["2024-03"])
  end)

  it("names spans in both languages", function()
    local series = period.series { "2024-01", "2024-08" }
    assert.equal("Jan–Aug 2024", period.span(series, "en"))
    assert.equal("2024 年 1–8 月", period.span(series, "zh"))
    series = period.series { "2023Q3", "2024Q1" }
    assert.equal("Q3 2023–Q1 2024", period.span(series, "en"))
    assert.equal("2023 年 3 季度–2024 年 1 季度", period.span(series, "zh"))
    assert.equal("2019–2021 年", period.span(period.series { 2019, 2021 },
      "zh"))
    assert.is_nil(period.span(period.series { "a", "b" }, "en"))
  end)

  it("goes on over the end of the year", function()
    local series = period.series { "2024-12" }
    assert.equal("2025-02", period.next(series[1], 2).text)
    assert.is_nil(period.next(period.series { "x" }[1], 1))
  end)
end)

-- Expressions over periods: parts of them, and comparison with texts.

local ev = require "evalua"
local support = require "support"

local NA = ev.NA

describe("expr periods", function()
  local t

  setup(function()
    local path = support.write("p.csv", "m,q,d,y,v\n"
      .. "2023-01,2023Q1,2023-01-31,2023,1\n"
      .. "2022-12,2022Q4,2022-12-01,2022,2\n,,,,3\n")
    t = assert(ev.read_csv(path, { types = { m = "month", q = "quarter",
      d = "day", y = "year" } }))
  end)

  local function values(text)
    local out = assert(t:eval(text)):values(NA)
    for i, value in ipairs(out) do out[i] = tostring(value) end
    return table.concat(out, " ")
  end

  local cases = {
    { 'm == "2023-01"', "true false NA" }, { 'm < "2023-01"', "false true NA" },
    { '"2022-12" >= m', "false true NA" }, { 'q > "2022Q4"', "true false NA" },
    { 'd <= "2022-12-31"', "false true NA" }, { 'm ~= m', "false false NA" },
    { 'm == "2023年1月"', "true false NA" }, { "y == 2022", "false true NA" },
    { 'y == "2022"', "false true NA" }, { "2023 <= y", "true false NA" },
    { "year(m)", "2023 2022 NA" }, { "month(m)", "1 12 NA" },
    { "year(q)", "2023 2022 NA" }, { "month(d)", "1 12 NA" },
    { "quarter(m)", "1 4 NA" }, { "quarter(d)", "1 4 NA" },
    { "year(y) + 1", "2024 2023 NA" },
    { "min(m, m)", "2023-01 2022-12 NA" }, { "'p' .. m", "p2023-01 p2022-12 NA" },
    { "coalesce(m, m)", "2023-01 2022-12 NA" }, { "is_na(m)",
      "false false true" },
  }
  for _, case in ipairs(cases) do
    it(("%s is %s"):format(case[1], case[2]), function()
      assert.equal(case[2], values(case[1]))
    end)
  end

  it("aggregate like other values", function()
    local s = t:summarise "min(m), max(m), last(q), n_distinct(d)"
    assert.same({ min_m = "2022-12", max_m = "2023-01", last_q = "2022Q4",
      n_distinct_d = 2 }, s[1])
  end)

  local mistakes = {
    { 'm == "2023"', "column 'm' is month: compare it with a text such as "
      .. "\"2023%-01\"" },
    { 'd > "soon"', "such as \"2023%-01%-31\"" },
    { "m == q", "column 'm' is month and column 'q' is quarter: they cannot" },
    { "m > 3", "column 'm' is month and 3 is int: they cannot be compared" },
    { "m + 1", "column 'm' is month, not a number" },
    { "month(q)", "column 'q' is quarter, not a period with a month" },
    { "quarter(y)", "column 'y' is year, not a period with a quarter" },
    { "month(y)", "column 'y' is year, not a period with a month" },
  }
  for _, mistake in ipairs(mistakes) do
    it("refuse " .. mistake[1], function()
      assert.error_matches(function() t:eval(mistake[1]) end, mistake[2])
    end)
  end
end)

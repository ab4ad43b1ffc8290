-- What the verbs over series take for periods.

local ev = require "evalua"
local support = require "support"

--- 18 months of a line, named by `name_of(year, month)`.
local function months(name_of)
  local columns = { m = {}, v = {} }
  for i = 0, 17 do
    columns.m[i + 1] = name_of(2022 + i // 12, i % 12 + 1)
    columns.v[i + 1] = 100 + 2 * i
  end
  return ev.table { columns = columns }
end

local forms = {
  texts = function(year, month) return ("%d-%02d"):format(year, month) end,
  ["Chinese texts"] = function(year, month)
    return ("%d年%d月"):format(year, month)
  end,
  ["the first days of months"] = function(year, month)
    return ("%d-%02d-01"):format(year, month)
  end,
  ["the last days of months"] = function(year, month)
    local last = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 }
    return ("%d/%d/%d"):format(year, month, last[month])
  end,
  ["numbers like 202301"] = function(year, month) return 100 * year + month end,
}

describe("the periods of series", function()
  for name, name_of in pairs(forms) do
    it("may be " .. name, function()
      local t = months(name_of)
      assert.equal(2, t:trend { period = "m", value = "v" }[1].slope)
      local ahead = t:forecast { period = "m", value = "v", h = 7,
        method = "drift" }
      assert.same({ "2023-07", "2024-01" }, { tostring(ahead[1].period),
        tostring(ahead[7].period) })
      assert.equal("month", ahead:column("period"):type())
    end)
  end

  it("may be years and quarters in words", function()
    local cases = {
      { { "2021年度", "2022年度", "2023财年" }, "2024" },
      { { "2022年第3季度", "2022年4季度", "2023年一季度" }, "2023Q2" },
      { { "2021-12-31", "2022-12-31", "2023-12-31" }, "2024-12" },
    }
    for _, case in ipairs(cases) do
      local ahead = ev.table { columns = { m = case[1], v = { 1, 2, 3 } } }
        :forecast { period = "m", value = "v", h = 1, method = "naive" }
      assert.equal(case[2], tostring(ahead[1].period))
    end
  end)

  it("are days where one is neither the first nor the last of its month",
    function()
      local t = ev.table { columns = { m = { "2023-01-31", "2023-02-01" },
        v = { 1, 2 } } }
      assert.equal("2023-02-02", tostring(t:forecast { period = "m",
        value = "v", h = 1, method = "naive" }[1].period))
    end)

  it("are whole numbers where one of these is no month", function()
    local t = ev.table { columns = { m = { 202211, 202212, 202213, 202214 },
      v = { 1, 2, 3, 4 } } }
    local ahead = t:forecast { period = "m", value = "v", h = 1,
      method = "naive" }
    assert.equal(202215, ahead[1].period)
  end)

  it("are refused with the row and the text that is none", function()
    local t = months(function(year, month)
      return month == 5 and "foo" or ("%d-%02d"):format(year, month)
    end)
    assert.same({ nil, "'m': row 5: 'foo' is not a month", "data" },
      { t:trend { period = "m", value = "v" } })
    local names = ev.table { columns = { m = { "a", "b" }, v = { 1, 2 } } }
    assert.error_matches(function()
      names:trend { period = "m", value = "v" }
    end, "'m': periods such as 2023, 2023Q1, 2023%-01 or 2023年1月 were expected, "
      .. "not '")
  end)

  it("give the slope of numbers like 202301 per month", function()
    local path = support.write("months.csv", "m,v\n202211,1\n202212,2\n"
      .. "202301,3\n202302,4\n202303,5\n")
    local result = support.evalua { "trend", path, "--period", "m", "--value",
      "v" }
    assert.matches("the slope is the change per month", result.out, 1, true)
  end)
end)

describe("the order of the rows of series", function()
  local function series(years, more)
    local columns = { year = years, v = {} }
    for i = 1, #years do columns.v[i] = i end
    for name, values in pairs(more or {}) do columns[name] = values end
    return ev.table { columns = columns }
  end
  local line = { period = "year", value = "v" }

  it("is that of time, oldest or latest first", function()
    assert.equal(1, series({ 2019, 2020, 2021, 2022, 2023 }):trend(line)[1]
      .slope)
    assert.equal(-1, series({ 2023, 2022, 2021, 2020, 2019 }):trend(line)[1]
      .slope)
  end)

  it("is asked of each series, whatever stands between its rows", function()
    local t = series({ 2020, 2023, 2021, 2022, 2022, 2021 },
      { unit = { "a", "b", "a", "b", "a", "b" } })
    assert.equal(2, t:group_by("unit"):trend(line):nrows())
  end)

  local mixed = series { 2019, 2021, 2020, 2022, 2023 }
  for _, verb in ipairs { "trend", "forecast", "backtest", "unusual" } do
    it("is an error where it turns: " .. verb, function()
      assert.same({ nil, "row 3 is out of order: 2020 after 2021 (--agg sum "
        .. "takes rows in any order)", "data" },
        { mixed[verb](mixed, { period = "year", value = "v" }) })
    end)
  end

  it("is an error that names the series", function()
    local t = series({ 2020, 2021, 2023, 2024, 2022 },
      { unit = { "a", "a", "b", "b", "b" } })
    assert.same({ nil, "unit = b: row 5 is out of order: 2022 after 2024 "
      .. "(--agg sum takes rows in any order)", "data" },
      { t:group_by("unit"):trend(line) })
  end)

  it("does not matter where rows are added up", function()
    assert.equal(5, mixed:trend { period = "year", value = "v",
      agg = "sum" }[1].n)
  end)

  it("ends the command with 2", function()
    local path = support.write("mixed.csv", "year,v\n2019,1\n2021,2\n2020,3\n"
      .. "2022,4\n2023,5\n")
    local args = { "forecast", path, "--period", "year", "--value", "v", "--h",
      "1", "--lang", "zh" }
    local found = support.evalua(args)
    assert.equal(2, found.code)
    assert.matches("第 3 行次序不对：2020 在 2021 之后", found.err, 1, true)
    args[#args + 1], args[#args + 2] = "--agg", "sum"
    assert.equal(0, support.evalua(args).code)
  end)
end)

-- series_pair: years and months, or quarters, in two columns.

local ev = require "evalua"
local support = require "support"

local function table_of(header, rows)
  return assert(ev.read_csv(support.write("pairs.csv",
    header .. "\n" .. table.concat(rows, "\n") .. "\n")))
end

--- Two years of a series, its months written by `part`.
local function rows_of(count, part)
  local rows = {}
  for i = 0, 2 * count - 1 do
    rows[#rows + 1] = ("%d,%s,%d"):format(2022 + i // count,
      part(i % count + 1), 100 + i)
  end
  return rows
end

local function first_period(t, period)
  local found = assert(t:forecast { period = period, value = "amount", h = 1,
    method = "naive" })
  return found:column("period")[1]
end

describe("a period in two columns", function()
  local plain = rows_of(12, function(i) return i end)

  it("is named as a list or with a comma", function()
    local t = table_of("year,month,amount", plain)
    assert.equal("2024-01", first_period(t, { "year", "month" }))
    assert.equal("2024-01", first_period(t, "year,month"))
    assert.equal("2024-01", first_period(t, "year, month"))
  end)

  it("reads months and quarters as officers write them", function()
    local writings = {
      { "年份,月份,amount", 12, function(i) return i .. "月" end, "2024-01" },
      { "年份,m,amount", 12, function(i) return ("%02d"):format(i) end,
        "2024-01" },
      { "y,quarter,amount", 4, function(i) return i end, "2024Q1" },
      { "y,q,amount", 4, function(i) return "Q" .. i end, "2024Q1" },
      { "年度,季度,amount", 4, function(i)
        return "第" .. ({ "一", "二", "三", "四" })[i] .. "季度"
      end, "2024Q1" },
    }
    for _, case in ipairs(writings) do
      local t = table_of(case[1], rows_of(case[2], case[3]))
      local year, part = case[1]:match "^([^,]*),([^,]*)"
      assert.equal(case[4], first_period(t, { year, part }), case[1])
    end
  end)

  it("serves trends, unusual values and the outturn", function()
    local t = table_of("year,month,amount", plain)
    local pair = { "year", "month" }
    assert.equal(1, t:trend({ period = pair, value = "amount" })
      :column("slope")[1])
    assert.equal("2023-12", t:unusual({ period = pair, value = "amount" })
      :column("period")[1])
    assert.equal(5, t:outturn({ period = pair, actual = "amount",
      annual = "4500.50" }):nrows())
  end)

  it("is an error where a month is none, by column, row and text", function()
    local rows = rows_of(12, function(i) return i end)
    rows[5] = "2022,13,7"
    local t, message = table_of("year,month,amount", rows):forecast {
      period = { "year", "month" }, value = "amount" }
    assert.is_nil(t)
    assert.equal("'month', row 5: '13' is not a month from 1 to 12", message)
    rows[5] = "22,5,7"
    message = select(2, table_of("year,month,amount", rows):trend {
      period = "year,month", value = "amount" })
    assert.equal("'year', row 5: '22' is not a year", message)
  end)

  it("refuses two rows of one month and a missing month", function()
    local rows = rows_of(12, function(i) return i end)
    rows[25] = "2022,3,7"
    local found, message = table_of("year,month,amount", rows):trend {
      period = "year,month", value = "amount" }
    assert.is_nil(found)
    assert.is_truthy(message:find("2022-03", 1, true), message)
    rows[25] = "2024,,7"
    assert.is_nil((table_of("year,month,amount", rows):trend {
      period = "year,month", value = "amount" }))
  end)

  it("is an option of the commands", function()
    local path = support.write("ledger.csv", "year,month,amount\n"
      .. table.concat(plain, "\n") .. "\n")
    for _, words in ipairs { { "forecast", "--value", "amount", "--h", "2" },
      { "trend", "--value", "amount" }, { "unusual", "--value", "amount" },
      { "outturn", "--actual", "amount", "--annual", "1500" } } do
      table.insert(words, 2, path)
      words[#words + 1], words[#words + 2] = "--period", "year,month"
      local got = support.evalua(words)
      assert.equal(0, got.code, words[1] .. ": " .. got.err)
    end
    local got = support.evalua { "trend", path, "--period", "year,moon",
      "--value", "amount" }
    assert.equal(2, got.code)
    assert.is_truthy(got.err:find("no column 'moon'", 1, true), got.err)
  end)
end)

describe("the year's budget in Lua", function()
  local t = table_of("month,amount", { "2023-01,5", "2023-02,6" })
  local function annual(value)
    return t:outturn { period = "month", actual = "amount", annual = value }
  end

  it("is a whole number, a decimal or a text with digits", function()
    assert.equal("100", tostring(annual(100):column("budget")[1]))
    for _, value in ipairs { "100.50", ev.decimal "100.50" } do
      assert.equal("100.50", tostring(annual(value):column("budget")[1]))
    end
  end)

  it("is no binary fraction, and it is said what to write", function()
    local ok, message = pcall(annual, 4500.5)
    assert.is_false(ok)
    assert.is_truthy(message:find('write it as text, "4500.5"', 1, true),
      message)
  end)
end)

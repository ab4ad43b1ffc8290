-- cli.forecast: the command line, and the worked example of its help.

local support = require "support"
local data = require "stats.series_data"

local function air_file(extra)
  local lines = { "month,air" }
  for i, value in ipairs(data.air) do
    lines[#lines + 1] = ("%d-%02d,%d"):format(1949 + (i - 1) // 12,
      (i - 1) % 12 + 1, value)
  end
  return support.write("air.csv", table.concat(lines, "\n") .. "\n"
    .. (extra or ""))
end

local function run(path, ...)
  return support.evalua { "forecast", path, "--period", "month", "--value",
    "air", ... }
end

describe("evalua forecast", function()
  it("prints periods, forecasts and bounds", function()
    local got = run(air_file(), "--h", "2", "-O", "csv")
    assert.equal(0, got.code, got.err)
    local header, first = got.out:match("^(.-)\n(.-)\n")
    assert.equal("period,forecast,lo80,hi80,lo95,hi95", header)
    assert.matches("^1961%-01,4%d%d%.", first)
    local _, lines = got.out:gsub("\n", "")
    assert.equal(3, lines)
  end)

  it("names the bounds by their levels", function()
    local got = run(air_file(), "--h", "1", "--level", "50,99.9", "-O", "json",
      "--method", "naive")
    assert.matches('"lo50": %d+%.?%d*, "hi50": %d+%.?%d*, "lo99.9"', got.out)
    assert.matches('"forecast": 432', got.out, 1, true)
  end)

  it("prints a row for each method of a backtest, naive first", function()
    local got = run(air_file(), "--h", "12", "--backtest", "-O", "csv")
    assert.equal(0, got.code, got.err)
    assert.matches("^method,folds,smape,mase,rmse,note\nnaive,5,", got.out)
    assert.matches("\nauto,5,", got.out, 1, true)
    local naive = tonumber(got.out:match("\nnaive,5,([%d.]+)"))
    local auto = tonumber(got.out:match("\nauto,5,([%d.]+)"))
    assert.is_true(auto < naive / 3)
  end)

  it("forecasts each series of --by", function()
    local lines = { "unit,month,air" }
    for i = 1, 24 do
      local month = ("%d-%02d"):format(2022 + (i - 1) // 12, (i - 1) % 12 + 1)
      lines[#lines + 1] = "甲," .. month .. "," .. i
      lines[#lines + 1] = "乙," .. month .. "," .. 2 * i
    end
    local path = support.write("units.csv", table.concat(lines, "\n") .. "\n")
    local got = run(path, "--by", "unit", "--h", "1", "--method", "drift",
      "-O", "csv")
    assert.equal("unit,period,forecast,lo80,hi80,lo95,hi95,note\n"
      .. "甲,2024-01,25,25,25,25,25,\n"
      .. "乙,2024-01,50,50,50,50,50,\n", got.out)
  end)

  it("refuses duplicate periods, and sums them with --agg sum", function()
    local path = air_file("1960-12,1\n")
    local got = run(path, "--h", "1")
    assert.equal(2, got.code)
    assert.matches("1960%-12", got.err)
    assert.matches("sum", got.err)
    got = run(path, "--h", "1", "--agg", "sum", "--method", "naive", "-O",
      "json")
    assert.matches('"forecast": 433', got.out, 1, true)
  end)

  local mistakes = {
    { { "--h", "0" }, "--h takes a whole number from 1 to 100000, not '0'" },
    { { "--h", "1", "--season", "0" }, "--season takes a whole number" },
    { { "--h", "1", "--season", "100001" }, "--season takes a whole number" },
    { { "--h", "1", "--backtest", "--folds", "0" }, "--folds takes a whole" },
    { { "--h", "1", "--method", "magic" }, "--method is one of naive" },
    { { "--h", "1", "--level", "200" }, "--level is a percentage" },
    { {}, "forecast needs --h N" },
    { { "--h", "99999999" }, "evalua: --h takes a whole number from 1" },
  }
  for _, mistake in ipairs(mistakes) do
    it("says what is wrong: " .. mistake[2], function()
      local got = run(air_file(), table.unpack(mistake[1]))
      assert.equal(2, got.code)
      assert.matches(mistake[2], got.err, 1, true)
      assert.is_nil(got.err:find("traceback", 1, true))
      assert.is_nil(got.err:find("mistake in evalua", 1, true), got.err)
    end)
  end

  it("says in Chinese what stood in the way", function()
    local path = support.write("short.csv", "month,air\n2024-01,5\n")
    local got = run(path, "--h", "1", "--lang", "zh")
    assert.equal(2, got.code)
    assert.matches("auto 至少需要 5 个值，现有 1 个", got.err, 1, true)
  end)

  it("names an infinity by its place", function()
    local lines = { "month,air" }
    for i = 1, 12 do
      lines[#lines + 1] = ("2022-%02d,%s"):format(i, i == 4 and "1e999"
        or i .. "e0")
    end
    local path = support.write("inf.csv", table.concat(lines, "\n") .. "\n")
    local got = run(path, "--h", "1")
    assert.equal(2, got.code)
    assert.is_nil(got.err:find("mistake in evalua", 1, true), got.err)
  end)
end)

-- t:forecast, t:backtest: many series, their calendars and their notes.

local ev = require "evalua"
local data = require "stats.series_data"

--- Rows month, unit, amount of n months from 2020-01 for each unit's function.
local function months(n, units)
  local rows = { types = { month = "month" }, order = { "unit", "month" } }
  for unit, value in pairs(units) do
    for i = 1, n do
      rows[#rows + 1] = { unit = unit, amount = value(i),
        month = ("%d-%02d"):format(2020 + (i - 1) // 12, (i - 1) % 12 + 1) }
    end
  end
  return rows
end

local function wave(i) return 100 + i + 10 * math.sin(i * math.pi / 6) end

local function column(t, name) return t:column(name):values("NA") end

describe("table:forecast", function()
  it("goes on where the periods end, over the year", function()
    local f = ev.table(months(48, { a = wave })):forecast { period = "month",
      value = "amount", h = 2 }
    assert.same({ "period", "forecast", "lo80", "hi80", "lo95", "hi95", "note" },
      f:names())
    assert.same({ "2024-01", "2024-02" }, column(f, "period"))
    assert.equal("month", f:column "period":type())
    assert.is_true(math.abs(f[1].forecast - wave(49)) < 2)
  end)

  it("goes on with quarters and years", function()
    local rows = { types = { q = "quarter" } }
    for i = 0, 11 do
      rows[i + 1] = { q = ("%dQ%d"):format(2020 + i // 4, i % 4 + 1), x = i }
    end
    local f = ev.table(rows):forecast { period = "q", value = "x", h = 2,
      method = "drift" }
    assert.same({ "2023Q1", "2023Q2" }, column(f, "period"))
    assert.same({ 12.0, 13.0 }, column(f, "forecast"))
    f = ev.table { columns = { year = { 2019, 2020, 2021 }, x = { 1, 2, 3 } } }
      :forecast { period = "year", value = "x", h = 1, method = "drift" }
    assert.same({ 2022 }, column(f, "period"))
    assert.same({ 4.0 }, column(f, "forecast"))
  end)

  it("gives the same for rows with the latest first", function()
    local rows = months(30, { a = wave })
    local one = ev.table(rows):forecast { period = "month", value = "amount",
      h = 3 }
    for i = 1, 15 do rows[i], rows[31 - i] = rows[31 - i], rows[i] end
    local other = ev.table(rows):forecast { period = "month",
      value = "amount", h = 3 }
    assert.same(column(one, "forecast"), column(other, "forecast"))
  end)

  it("takes each group as a series of its own", function()
    local t = ev.table(months(24, { a = wave,
      b = function(i) return 5 * wave(i) end }))
    local f = t:group_by("unit"):forecast { period = "month",
      value = "amount", h = 2, method = "drift" }
    assert.equal(4, f:nrows())
    local by = t:forecast { by = "unit", period = "month", value = "amount",
      h = 2, method = "drift" }
    assert.same(column(f, "forecast"), column(by, "forecast"))
    local alone = t:where "unit == 'b'":forecast { period = "month",
      value = "amount", h = 2, method = "drift" }
    assert.same(column(f:where "unit == 'b'", "forecast"),
      column(alone, "forecast"))
  end)

  it("says of a short series in a group what it needs", function()
    local rows = months(24, { a = wave })
    rows[#rows + 1] = { unit = "b", month = "2020-01", amount = 1.0 }
    local f = ev.table(rows):forecast { by = "unit", period = "month",
      value = "amount", h = 2 }
    local short = f:where "unit == 'b'"
    assert.equal(1, short:nrows())
    assert.is_nil(short[1].forecast)
    assert.equal("auto needs 5 values, there are 1", short[1].note)
    local _, message = ev.table(rows):where "unit == 'b'":forecast {
      period = "month", value = "amount", h = 2 }
    assert.equal("auto needs 5 values, there are 1", message)
  end)

  it("takes months without a row for missing, and says so", function()
    local t = ev.table(months(36, { a = wave }))
      :where "month ~= '2021-05' and month ~= '2021-06'"
    local f = t:forecast { period = "month", value = "amount", h = 1 }
    assert.equal("2023-01", f[1].period)
    assert.matches("missing values inside the series, filled in: 2", f[1].note,
      1, true)
  end)

  it("refuses a series of more gaps than values", function()
    local rows = { types = { day = "day" } }
    for m = 1, 12 do
      rows[m] = { day = ("2023-%02d-28"):format(m), x = m }
    end
    local _, message = ev.table(rows):forecast { period = "day", value = "x",
      h = 2 }
    assert.equal("of 335 periods only 12 have a value: half of them must",
      message)
  end)

  it("refuses a season by the name that was written", function()
    local t = ev.table(months(24, { a = wave }))
    for _, verb in ipairs { "forecast", "backtest" } do
      assert.error_matches(function()
        t[verb](t, { period = "month", value = "amount", h = 1, season = 0 })
      end, verb .. ": season is a whole number from 1 to 100000, not 0")
    end
  end)

  it("begins behind the last value that is there", function()
    local rows = months(24, { a = wave })
    rows[23].amount, rows[24].amount = nil, nil
    local f = ev.table(rows):forecast { period = "month", value = "amount",
      h = 3 }
    assert.equal("2021-11", f[1].period)
    assert.matches("missing values at the end: 2", f[1].note, 1, true)
  end)

  it("refuses two rows of one period unless they are to be summed", function()
    local rows = months(24, { a = wave, b = wave })
    local t = ev.table(rows)
    local _, message = t:forecast { period = "month", value = "amount", h = 1 }
    assert.matches("rows %d+ and %d+", message)
    local f = t:forecast { period = "month", value = "amount", h = 1,
      agg = "sum", method = "naive" }
    assert.is_true(math.abs(f[1].forecast - 2 * wave(24)) < 1e-6)
  end)

  it("says when repeating the last value did better", function()
    local rows = {}
    for i = 1, 60 do rows[i] = { year = 1950 + i, x = math.min(i, 42) } end
    local f = ev.table(rows):forecast { period = "year", value = "x", h = 6,
      method = "holt" }
    assert.matches("naive did better on the past of the series", f[1].note, 1,
      true)
    f = ev.table(rows):forecast { period = "year", value = "x", h = 6,
      method = "holt", backtest = false }
    assert.is_nil(f[1].note)
  end)
end)

describe("a forecast by any method", function()
  local hostile = {
    constant = function() return 7.0 end,
    zero = function() return 0.0 end,
    negative = function(i) return -wave(i) end,
    mixed = function(i) return math.sin(i * 2.1) * 50 end,
    huge = function(i) return wave(i) * 1e15 end,
    tiny = function(i) return wave(i) * 1e-15 end,
    one_jump = function(i) return i < 20 and 1.0 or 1e6 end,
    alternating = function(i) return i % 2 == 0 and 1.0 or -1.0 end,
  }
  for name, value in pairs(hostile) do
    it("is finite, in order and repeatable: " .. name, function()
      local x = {}
      for i = 1, 40 do x[i] = value(i) end
      for _, method in ipairs(require("evalua.stats.forecast").methods) do
        local opts = { h = 15, period = 12, method = method, backtest = false }
        local f, message = ev.stats.forecast(x, opts)
        if f == nil then
          -- multiplicative models say why they do not suit
          assert.equal("holt_winters_mult", method, message)
        else
          local again = ev.stats.forecast(x, opts)
          assert.same(f.mean, again.mean)
          for i = 1, 15 do
            local low, mean, high = f.lower[95][i], f.mean[i], f.upper[95][i]
            assert.is_true(low - low == 0 and high - high == 0, method)
            assert.is_true(low <= mean and mean <= high, method)
          end
        end
      end
    end)
  end

  it("answers from 14 values on, whatever the period", function()
    local x = {}
    for i = 1, 14 do x[i] = wave(i) end
    for _, period in ipairs { 1, 4, 12, 52 } do
      assert.equal(6, #ev.stats.forecast(x, { h = 6, period = period }).mean)
    end
  end)

  it("keeps above zero what always was", function()
    local x = {}
    for i = 1, 30 do x[i] = i % 7 == 0 and 40.0 or 0.5 end
    local f = ev.stats.forecast(x, { h = 12, level = 99 })
    for i = 1, 12 do assert.is_true(f.lower[99][i] > 0) end
  end)
end)

describe("table:backtest", function()
  local function air()
    local rows = { types = { month = "month" } }
    for i, value in ipairs(data.air) do
      rows[i] = { air = value,
        month = ("%d-%02d"):format(1949 + (i - 1) // 12, (i - 1) % 12 + 1) }
    end
    return ev.table(rows)
  end

  it("judges naive whatever was asked for", function()
    local b = air():backtest { period = "month", value = "air", h = 12,
      methods = { "theta" } }
    assert.same({ "naive", "theta" }, column(b, "method"))
    assert.same({ 5, 5 }, column(b, "folds"))
  end)

  it("counts as by hand", function()
    local b = ev.stats.backtest({ 1, 2, 4, 7, 11, 16, 22 }, { h = 1, folds = 2,
      methods = { "naive" } })
    -- 11 -> 16 and 16 -> 22: e 5 and 6; steps before 1 2 3 4 | 1 2 3 4 5
    assert.equal(2, b[1].folds)
    assert.is_true(math.abs(b[1].rmse - math.sqrt((25 + 36) / 2)) < 1e-12)
    assert.is_true(math.abs(b[1].mase - (5 / 2.5 + 6 / 3) / 2) < 1e-12)
    assert.is_true(math.abs(b[1].smape
      - (200 * 5 / 27 + 200 * 6 / 38) / 2) < 1e-12)
  end)

  it("does not look beyond an origin", function()
    -- the value behind the gap must not help to fill it
    local x = { 1, 2, 3, 4, 5, 6, ev.NA, ev.NA, 100 }
    local b = ev.stats.backtest(x, { h = 1, folds = 1, methods = { "naive" } })
    assert.equal(94.0, b[1].rmse)
  end)

  it("says what is missing where the past is short", function()
    local b = ev.stats.backtest({ 1, 2, 3, 4 }, { h = 3 })
    assert.equal(0, b[1].folds)
    assert.is_nil(b[1].smape)
    assert.equal("a backtest needs 8 values: 5, and 3 to forecast", b[1].note)
  end)
end)

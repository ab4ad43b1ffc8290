-- stats.forecast with auto: what the combination does where single models
-- fail: two seasons in one series, counts near zero, short series, jumps.

local ev = require "evalua"
local simulate = require "support.simulate"

--- A week of hours: a day's shape that is another on two days of the seven,
--- with `noise` and an error that lasts.
local function hours(n, noise, e)
  local x, rest = {}, 0
  for i = 1, n do
    local hour, day = i % 24, i // 24 % 7
    rest = 0.8 * rest + noise * e()
    local work = day < 5 and 30 * math.sin(math.pi * hour / 24) or 0
    x[i] = 100 + work + 5 * math.cos(math.pi * hour / 6) + rest
  end
  return x
end

local function smape(actual, mean, first)
  local sum = 0
  for i = 1, #mean do
    local y = actual[first + i]
    sum = sum + 200 * math.abs(y - mean[i]) / (math.abs(y) + math.abs(mean[i]))
  end
  return sum / #mean
end

describe("auto on hourly values", function()
  local x = hours(840, 0.4, simulate.normal_from(5))
  local known = table.move(x, 1, 792, 1, {}) -- until Friday
  local function error_of(method, period)
    local f = ev.stats.forecast(known, { h = 48, period = period,
      method = method, backtest = false, level = {} })
    return smape(x, f.mean, 792)
  end

  it("finds the week that the day lies in", function()
    local found = error_of("auto", 24)
    assert.is_true(found < 0.5 * error_of("snaive", 24), tostring(found))
    assert.is_true(found < 0.5 * error_of("theta", 24), tostring(found))
  end)

  it("finds the day in the week as well", function()
    assert.equal(error_of("auto", 24), error_of("auto", 168))
  end)
end)

describe("auto", function()
  it("is never below zero where the series never was", function()
    local f = ev.stats.forecast({ 9, 7, 8, 5, 6, 3, 4, 2, 0, 1, 0, 1, 0, 0 },
      { h = 12 })
    for i = 1, 12 do
      assert.is_true(f.mean[i] >= 0 and f.lower[95][i] >= 0, tostring(i))
      assert.is_true(f.upper[95][i] > f.mean[i], tostring(i))
    end
  end)

  it("has no upper bound out of all proportion after a jump", function()
    local x = { 100, 98, 103, 101, 99, 97, 102, 100, 1000, 1003, 998 }
    local f = ev.stats.forecast(x, { h = 12 })
    for i = 1, 12 do
      assert.is_true(f.upper[95][i] < 10000, tostring(f.upper[95][i]))
      assert.is_true(f.upper[95][i] > f.mean[i])
    end
  end)

  it("goes below zero where the series did", function()
    local x = {}
    for i = 1, 30 do x[i] = 20 - i + i % 3 end
    assert.is_true(ev.stats.forecast(x, { h = 6 }).mean[6] < -10)
  end)

  it("answers from fourteen values on at every period", function()
    local e = simulate.normal_from(11)
    for n = 14, 20 do
      for _, period in ipairs { 1, 4, 12 } do
        local x = {}
        for i = 1, n do x[i] = 50 + i + 5 * (i % period) + 2 * e() end
        local f = assert(ev.stats.forecast(x, { h = 18, period = period }))
        for i = 1, 18 do
          assert.is_true(f.mean[i] > 0 and f.mean[i] < 400,
            ("n %d, period %d, %d: %g"):format(n, period, i, f.mean[i]))
        end
      end
    end
  end)

  it("does not depend on the unit", function()
    local e, x, y = simulate.normal_from(4), {}, {}
    for i = 1, 40 do
      x[i] = 100 + 10 * (i % 4) + 3 * e()
      y[i] = x[i] * 2 ^ 20
    end
    local f = ev.stats.forecast(x, { h = 8, period = 4 })
    local g = ev.stats.forecast(y, { h = 8, period = 4 })
    for i = 1, 8 do
      local ratio = g.mean[i] / 2 ^ 20 / f.mean[i]
      assert.is_true(math.abs(ratio - 1) < 1e-6, tostring(ratio))
    end
  end)

  it("widens its intervals where the past asks for it", function()
    local calm, wild, e = {}, {}, simulate.normal_from(8)
    for i = 1, 60 do
      local noise = e()
      calm[i] = 100 + noise
      -- the same noise, and a level that jumps where theta cannot see it
      wild[i] = calm[i] + (i % 20 < 10 and 15 or 0)
    end
    local function width(x)
      local f = ev.stats.forecast(x, { h = 6, level = 95, backtest = false })
      return f.upper[95][6] - f.lower[95][6]
    end
    assert.is_true(width(wild) > 3 * width(calm))
  end)
end)

describe("a constant series", function()
  it("is forecast as itself by every method, with nothing to say", function()
    local x = {}
    for i = 1, 30 do x[i] = 7.1 end
    for _, method in ipairs(require("evalua.stats.forecast").methods) do
      local f = ev.stats.forecast(x, { h = 5, period = 4, method = method })
      assert.same({ 7.1, 7.1, 7.1, 7.1, 7.1 }, f.mean, method)
      assert.same(f.mean, f.upper[95], method)
      assert.is_nil(f.note, method)
    end
  end)
end)

describe("a model that runs away", function()
  --- Steps of one jump, which Holt's trend takes for what goes on.
  local x = { 10, 10, 11, 10, 10, 12, 10, 11, 10, 10, 12, 10, 300, 900 }

  it("is held near the series, and it is said", function()
    local f = ev.stats.holt(x, { h = 24, backtest = false })
    assert.equal("the model ran away from the series: its forecast was held "
      .. "near it", f.note)
    for i = 1, 24 do assert.is_true(f.mean[i] < 10000, tostring(i)) end
  end)

  it("is left out of the combination", function()
    local f = ev.stats.forecast(x, { h = 24, backtest = false })
    assert.is_true(f.mean[24] < 2000, tostring(f.mean[24]))
    assert.is_nil(f.note)
  end)
end)

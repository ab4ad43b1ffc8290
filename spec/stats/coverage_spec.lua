-- Intervals hold what they promise on series whose law is known. A few series
-- of each law; the full table is spec/bench/coverage.lua (make bench-forecast).

local simulate = require "support.simulate"

local SERIES, AHEAD = 6, 12

--- The part of the values held over some laws, in percent; of so few series of
--- one law most values are missed or held together, so a law is given its
--- sampling error.
local function held(laws, n, count, method, interval)
  local sum, worst = 0, 100
  for _, law in ipairs(laws) do
    local found = assert(simulate.coverage(law, n, AHEAD, count, method, 95,
      interval))
    sum = sum + 100 * found.part
    worst = math.min(worst, 100 * (found.part + 2 * found.error))
  end
  return sum / #laws, worst
end

describe("95 % intervals of auto", function()
  for _, n in ipairs { 24, 36, 60 } do
    it(("hold 90 to 98 of 100 values over all laws, n = %d"):format(n),
      function()
        local part, worst = held(simulate.laws, n, SERIES, "auto")
        assert.is_true(part >= 90 and part <= 98, tostring(part))
        assert.is_true(worst >= 90, tostring(worst))
      end)
  end

  it("hold as much one step ahead, of two years of months", function()
    local sum, count = 0, 0
    for _, law in ipairs(simulate.laws) do
      if law.period > 1 then
        sum = sum + simulate.coverage(law, 24, AHEAD, 20, "auto", 95).ahead[1]
        count = count + 1
      end
    end
    assert.is_true(sum / count >= 0.9, tostring(sum / count))
  end)

  it("hold 80 of 100 where 80 are promised, about", function()
    local sum = 0
    for _, law in ipairs(simulate.laws) do
      sum = sum + simulate.coverage(law, 60, AHEAD, SERIES, "auto", 80).part
    end
    local part = 100 * sum / #simulate.laws
    assert.is_true(part >= 73 and part <= 90, tostring(part))
  end)

  it("are wider further ahead", function()
    local e = simulate.normal_from(3)
    for _, law in ipairs(simulate.laws) do
      local f = require("evalua").stats.forecast(law.make(60, e), { h = 12,
        period = law.period, backtest = false })
      -- in percent, since a season may bring less
      local first = f.upper[95][1] / f.lower[95][1]
      local last = f.upper[95][12] / f.lower[95][12]
      assert.is_true(last >= 0.99 * first, law.name)
    end
  end)
end)

describe("95 % intervals of a named method", function()
  -- laws that are the method's own, or nearly; with a season that it sees
  local own = { snaive = { 1, 5, 6, 7, 8 }, ses = { 1, 2, 4, 8 },
    holt = { 1, 3, 8 }, damped = { 1, 3, 4, 8 }, theta = { 1, 3, 4, 8 },
    dotm = { 1, 3, 4, 8 }, ces = { 1, 3, 8 }, ets = { 1, 2, 3, 4, 8 },
    arima = { 1, 2, 3, 4, 8 }, holt_winters = { 5, 6 } }
  for method, list in pairs(own) do
    local laws = {}
    for i, k in ipairs(list) do laws[i] = simulate.laws[k] end
    for _, n in ipairs { 24, 60 } do
      it(("hold 90 to 98 of 100 values, %s, n = %d"):format(method, n),
        function()
          local part, worst = held(laws, n, 12, method)
          assert.is_true(part >= 90 and part <= 98, tostring(part))
          assert.is_true(worst >= 88, tostring(worst))
        end)
    end
  end

  it("are the model's own when asked for, and hold less", function()
    local laws = { simulate.laws[1], simulate.laws[8] }
    for _, method in ipairs { "arima", "ets", "holt" } do
      local part = held(laws, 24, 12, method, "model")
      assert.is_true(part < held(laws, 24, 12, method) - 2, method)
      assert.is_true(part < 90, method)
    end
  end)
end)

-- Intervals hold what they promise on series whose law is known. A few series
-- of each law; the full table is spec/bench/coverage.lua (make bench-forecast).

local simulate = require "support.simulate"

local SERIES, AHEAD = 6, 12

-- Of so few series of one law most values are missed or held together: the
-- upper bound shows over all laws only, and a law is given its sampling error.
describe("95 % intervals of auto", function()
  for _, n in ipairs { 24, 60 } do
    it(("hold 90 to 98 of 100 values over all laws, n = %d"):format(n),
      function()
        local sum = 0
        for _, law in ipairs(simulate.laws) do
          local part, e = simulate.coverage(law, n, AHEAD, SERIES, "auto", 95)
          sum = sum + part
          assert.is_true(part + 2 * e >= 0.9, law.name .. " " .. part)
        end
        local part = 100 * sum / #simulate.laws
        assert.is_true(part >= 90 and part <= 98, tostring(part))
      end)
  end

  it("hold 80 of 100 where 80 are promised, about", function()
    local sum = 0
    for _, law in ipairs(simulate.laws) do
      sum = sum + simulate.coverage(law, 60, AHEAD, SERIES, "auto", 80)
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

describe("95 % intervals of a method", function()
  -- those of its model, as in R: they hold on long series of its own law
  local own = { naive = { 1, 8 }, ets = { 1, 2, 3, 5 }, arima = { 1, 2, 4 },
    theta = { 1, 3 } }
  for method, laws in pairs(own) do
    it(("hold 90 to 98 of 100 on its own laws, %s, n = 120"):format(method),
      function()
        local sum = 0
        for _, i in ipairs(laws) do
          sum = sum + simulate.coverage(simulate.laws[i], 120, AHEAD, 12,
            method, 95)
        end
        local part = 100 * sum / #laws
        assert.is_true(part >= 90 and part <= 98, tostring(part))
      end)
  end
end)

-- Intervals hold what they promise on series whose law is known. A few series
-- of each law; the full table is spec/bench/coverage.lua (make bench-forecast).

local simulate = require "support.simulate"

local SERIES, AHEAD = 6, 12

describe("95 % intervals of auto", function()
  for _, n in ipairs { 30, 60 } do
    it(("hold 90 to 98 of 100 values over all laws, n = %d"):format(n),
      function()
        local sum = 0
        for _, law in ipairs(simulate.laws) do
          sum = sum + simulate.coverage(law, n, AHEAD, SERIES, "auto", 95)
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

-- stats.stl: R's figures, and what a decomposition must be.
-- Reference: R 4.2.2, stats::stl(x, s.window, ...)$time.series and
-- stats::decompose(x), x = AirPassengers (or its first values as ts with the
-- frequency said), printed with 9 decimals.

local ev = require "evalua"
local data = require "stats.series_data"

local TOLERANCE = 1e-6

local function near(expected, found, tolerance)
  assert.is_true(math.abs(expected - found) <= (tolerance or TOLERANCE),
    ("expected %.12g, found %.12g"):format(expected, found))
end

local function first(n) return table.move(data.air, 1, n, 1, {}) end

--- { options of ours, R's call, number of values, { row, seasonal, trend,
--- remainder }, ... }
local cases = {
  { {}, "stl(x, \"periodic\")", 144,
    { 1, -25.497718340, 127.187348437, 10.310369903 },
    { 50, -35.220934802, 220.126339422, 11.094595380 },
    { 144, -31.740515502, 497.429905052, -33.689389550 } },
  { { s_window = 7, robust = true }, "stl(x, 7, robust = TRUE)", 144,
    { 1, -13.289400463, 122.877613465, 2.411786998 },
    { 50, -15.539353602, 214.235668572, -2.696314969 },
    { 144, -38.583657364, 500.288009539, -29.704352175 } },
  { { s_window = "periodic", robust = true },
    "stl(x, \"periodic\", robust = TRUE)", 144,
    { 2, -27.337881759, 123.421441845, 21.916439914 },
    { 143, -48.685997584, 473.794757865, -35.108760282 } },
  { { s_window = 13, t_window = 21, s_degree = 1, s_jump = 1, t_jump = 1,
      l_jump = 1 }, "stl(x, 13, t.window = 21, s.degree = 1, jumps of 1)", 144,
    { 1, -8.443117409, 121.035549203, -0.592431793 },
    { 2, 1.533735745, 122.024411408, -5.558147154 },
    { 143, -96.925267150, 491.118947226, -4.193680076 } },
  { { s_window = 11, s_jump = 5, t_jump = 7, l_jump = 3 },
    "stl(x, 11, s.jump = 5, t.jump = 7, l.jump = 3)", 144,
    { 1, -17.179601675, 122.997786082, 6.181815593 },
    { 50, -26.915711982, 218.167838229, 4.747873753 },
    { 144, -44.306620160, 496.799421391, -20.492801231 } },
  { { s_window = 8, t_window = 6, robust = true },
    "stl(x[1:30], 8, t.window = 6, robust = TRUE): even and short", 30,
    { 1, -12.742495908, 124.743497099, -0.001001191 },
    { 15, 6.828846434, 133.755105970, 0.416047596 },
    { 30, 9.415157646, 168.332544614, 0.252297740 } },
  { { period = 7, s_window = 5, robust = true, inner = 2, outer = 3 },
    "stl(ts(x[1:31], f = 7), 5, robust = TRUE, inner = 2, outer = 3)", 31,
    { 1, 3.630289119, 126.027145203, -17.657434322 },
    { 15, 5.470768044, 133.291848684, 2.237383272 },
    { 31, -3.704432469, 183.445111599, 19.259320869 } },
}

describe("ev.stats.stl", function()
  for _, case in ipairs(cases) do
    it("equals R's " .. case[2], function()
      local parts = ev.stats.stl(first(case[3]), case[1])
      for i = 4, #case do
        local row = case[i]
        near(row[2], parts.seasonal[row[1]])
        near(row[3], parts.trend[row[1]])
        near(row[4], parts.remainder[row[1]])
      end
    end)
  end

  it("has R's robustness weights", function()
    -- stl(x, 7, robust = TRUE)$weights
    local weights = ev.stats.stl(data.air, { s_window = 7, robust = true })
      .weights
    near(0.975667240, weights[1])
    near(0.969214395, weights[50])
    assert.equal(0, weights[144])
  end)

  it("adds up to the series", function()
    local parts = ev.stats.stl(data.air, { s_window = 9 })
    for i, value in ipairs(data.air) do
      near(value, parts.seasonal[i] + parts.trend[i] + parts.remainder[i],
        1e-9)
    end
  end)

  it("tells the strength of season and trend", function()
    -- fpp3 4.3 over stl(x, 11): 0.94067249031, 0.990955036767
    local parts = ev.stats.stl(data.air, { s_window = 11 })
    near(0.94067249031, parts.seasonal_strength)
    near(0.990955036767, parts.trend_strength)
    local noise, state = {}, 7
    for i = 1, 120 do
      state = (state * 1103515245 + 12345) % 2147483648
      noise[i] = state / 2147483648
    end
    assert.is_true(ev.stats.stl(noise).seasonal_strength < 0.4)
  end)

  it("is still when the series is", function()
    local same = {}
    for i = 1, 30 do same[i] = 5 end
    local parts = ev.stats.stl(same, { period = 4, robust = true })
    near(0, parts.seasonal[7])
    near(5, parts.trend[7])
    assert.equal(0, parts.seasonal_strength)
  end)

  it("refuses what it cannot take apart", function()
    local _, message = ev.stats.stl(first(24))
    assert.equal("a decomposition needs a period of at least 2 and more than "
      .. "two periods: 24 values, period 12", message)
    local holed = first(30)
    holed[7] = ev.NA
    _, message = ev.stats.stl(holed)
    assert.equal("value 7 is missing: a decomposition needs every one",
      message)
    assert.error_matches(function() ev.stats.stl(data.air, { period = 1 }) end,
      "ev.stats.stl: period is a whole number from 2 on")
    assert.error_matches(function() ev.stats.stl(data.air, { s_degree = 3,
      s_window = 7 }) end, "s_degree is 0 or 1")
    assert.error_matches(function() ev.stats.stl(data.air, { windo = 3 }) end,
      "no option 'windo'")
  end)
end)

describe("ev.stats.classical", function()
  it("equals R's decompose", function()
    local parts = ev.stats.classical(data.air)
    near(126.7916666667, parts.trend[7])
    near(-24.7487373737, parts.seasonal[1])
    near(-42.6224747475, parts.remainder[7])
    near(24.5555555556, parts.remainder[138])
    assert.is_nil(parts.trend[6])
    parts = ev.stats.classical(data.air, { multiplicative = true })
    near(0.9102303674, parts.seasonal[1])
    near(0.9516643164, parts.remainder[7])
    near(1.0120789574, parts.remainder[138])
  end)

  it("needs two periods", function()
    local _, message = ev.stats.classical({ 1, 2, 3 }, { period = 2 })
    assert.equal("a classical decomposition needs two periods: 3 values, "
      .. "period 2", message)
  end)
end)

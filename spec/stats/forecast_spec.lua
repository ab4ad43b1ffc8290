-- stats.forecast: the door, the gaps, and what each method must do.

local ev = require "evalua"

--- Monthly airline passengers 1949-1960 (Box and Jenkins 1976, series G).
local AIR = { 112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118, 115,
  126, 141, 135, 125, 149, 170, 170, 158, 133, 114, 140, 145, 150, 178, 163,
  172, 178, 199, 199, 184, 162, 146, 166, 171, 180, 193, 181, 183, 218, 230,
  242, 209, 191, 172, 194, 196, 196, 236, 235, 229, 243, 264, 272, 237, 211,
  180, 201, 204, 188, 235, 227, 234, 264, 302, 293, 259, 229, 203, 229, 242,
  233, 267, 269, 270, 315, 364, 347, 312, 274, 237, 278, 284, 277, 317, 313,
  318, 374, 413, 405, 355, 306, 271, 306, 315, 301, 356, 348, 355, 422, 465,
  467, 404, 347, 305, 336, 340, 318, 362, 348, 363, 435, 491, 505, 404, 359,
  310, 337, 360, 342, 406, 396, 420, 472, 548, 559, 463, 407, 362, 405, 417,
  391, 419, 461, 472, 535, 622, 606, 508, 461, 390, 432 }

local function near(expected, found, tolerance)
  assert.is_true(math.abs(expected - found) <= tolerance,
    ("expected %.10g, found %.10g"):format(expected, found))
end

describe("ev.stats.forecast", function()
  it("gives means and a lower and upper bound for each level", function()
    local f = ev.stats.forecast(AIR, { h = 12, period = 12 })
    assert.equal(12, #f.mean)
    assert.equal("auto", f.method)
    for i = 1, 12 do
      assert.is_true(f.lower[95][i] < f.lower[80][i])
      assert.is_true(f.lower[80][i] < f.mean[i])
      assert.is_true(f.mean[i] < f.upper[80][i])
      assert.is_true(f.upper[80][i] < f.upper[95][i])
    end
  end)

  it("says what the last value was, and the value of a year before", function()
    local f = ev.stats.naive({ 3, 1, 4, 1, 5 }, { h = 2 })
    assert.same({ 5, 5 }, f.mean)
    f = ev.stats.snaive({ 3, 1, 4, 1, 5 }, { h = 3, period = 2 })
    assert.same({ 1, 5, 1 }, f.mean)
    f = ev.stats.drift({ 1, 5, 3, 7 }, { h = 2 })
    assert.same({ 9, 11 }, f.mean)
  end)

  it("takes any level, one or a list", function()
    local f = ev.stats.naive({ 0, 1, 0, 1 }, { h = 1, level = 50 })
    -- qnorm(0.75) = 0.6744898 (R 4.2.2)
    near(1 + 0.6744898, f.upper[50][1], 1e-6)
    assert.is_nil(f.upper[80])
  end)

  it("takes the word for its intervals", function()
    local model = ev.stats.holt(AIR, { h = 3, interval = "model" })
    local wider = ev.stats.holt(AIR, { h = 3 })
    assert.same(model.mean, wider.mean)
    assert.same(wider, ev.stats.holt(AIR, { h = 3, interval = "calibrated" }))
    assert.is_true(wider.upper[95][3] > model.upper[95][3])
    assert.error_matches(function()
      ev.stats.holt(AIR, { interval = "wide" })
    end, "ev.stats.holt: interval is calibrated or model, not wide")
  end)

  it("refuses what is too short, and says what it needs", function()
    local f, message, code = ev.stats.forecast({ 1, 2, 3 }, { h = 2 })
    assert.is_nil(f)
    assert.equal("auto needs 5 values, there are 3", message)
    assert.equal("data", code)
  end)

  local wrong = { 0, 1.5, 100001, "3", true, {} }
  for _, name in ipairs { "h", "period" } do
    it("refuses what is no count as " .. name, function()
      for _, value in ipairs(wrong) do
        assert.error_matches(function()
          ev.stats.forecast({ 1, 2, 3, 4, 5 }, { [name] = value })
        end, "ev.stats.forecast: " .. name
          .. " is a whole number from 1 to 100000, not ")
      end
    end)
  end

  it("takes the name of one method to look back on", function()
    local rows = ev.stats.backtest(AIR, { h = 6, methods = "drift" })
    assert.same({ "naive", "drift" }, { rows[1].method, rows[2].method })
    assert.error_matches(function()
      ev.stats.backtest(AIR, { methods = "magic" })
    end, "there is no forecast method 'magic'")
  end)

  it("expects no further jump after one in the last values", function()
    for n = 8, 24, 8 do
      for jump = 1, 4 do
        local x = {}
        for i = 1, n do x[i] = (i > n - jump and 1000 or 10) + i % 3 end
        local found = ev.stats.forecast(x, { h = 12 })
        assert.is_true(found.mean[12] < 1500,
          ("n %d, jump %d: %g"):format(n, jump, found.mean[12]))
      end
    end
  end)

  it("follows steady growth", function()
    local x = {}
    for i = 1, 14 do x[i] = 100 * 1.3 ^ i * (1 + (i * 7 % 5 - 2) / 100) end
    local ratio = ev.stats.forecast(x, { h = 6 }).mean[6] / (100 * 1.3 ^ 20)
    assert.is_true(ratio > 0.75 and ratio < 1.1, tostring(ratio))
  end)

  it("gives a level that is named twice once", function()
    local found = ev.stats.forecast({ 1, 2, 4, 3, 5 }, { h = 1,
      method = "naive", level = { 80, 80, 95 } })
    local bounds = 0
    for _ in pairs(found.lower) do bounds = bounds + 1 end
    assert.equal(2, bounds)
  end)

  it("refuses what is too large to be squared", function()
    for _, method in ipairs { "naive", "auto" } do
      assert.same({ nil, "values beyond 1e140 cannot be forecast", "data" },
        { ev.stats.forecast({ 1e300, 2e300, 1e300, 3e300, 1e300 },
          { h = 1, method = method }) })
    end
  end)

  it("refuses an infinity by its place", function()
    local f, message = ev.stats.forecast({ 1, 2, 1 / 0, 4, 5, 6 }, { h = 2 })
    assert.is_nil(f)
    assert.equal("value 3 is infinite", message)
  end)

  it("uses the end of a very long series, and says so", function()
    local x = {}
    for i = 1, 6000 do x[i] = i <= 1000 and 1e9 or i % 3 end
    local f = ev.stats.ses(x, { h = 1, backtest = false })
    assert.equal("values used, the last ones: 5000", f.note)
    assert.is_true(f.mean[1] < 3)
    assert.is_nil(ev.stats.naive(x, { h = 1 }).note)
  end)

  it("leaves out what is missing before the first value", function()
    local x = { 4, 6, 5, 7, 6, 8, 7, 9 }
    local f = ev.stats.theta(x, { h = 3, backtest = false })
    local g = ev.stats.theta({ ev.NA, ev.NA, table.unpack(x) },
      { h = 3, backtest = false })
    assert.same(f.mean, g.mean)
    assert.is_nil(g.note)
  end)

  it("fills a gap with the season on it", function()
    local x = {}
    for i = 1, 48 do x[i] = 10 * (i % 4) end
    local whole = ev.stats.snaive(x, { h = 4, period = 4 })
    x[46] = ev.NA
    local holed = ev.stats.snaive(x, { h = 4, period = 4 })
    for i = 1, 4 do near(whole.mean[i], holed.mean[i], 1e-9) end
  end)

  it("says when the past is too short to look back on", function()
    local f = ev.stats.forecast({ 3, 5, 4, 6, 5, 7 }, { h = 4 })
    assert.equal("not tried on the past of the series, which takes 9 values",
      f.note)
  end)

  it("looks back beside the naive ones", function()
    local b = ev.stats.forecast(AIR, { h = 12, period = 12 }).backtest
    assert.equal(2, b.folds)
    assert.same({ "naive", "snaive" }, { b.rivals[1].method,
      b.rivals[2].method })
    assert.is_true(b.mase < b.rivals[2].mase)
  end)

  it("looks back beside those only that can forecast it, too", function()
    -- at its one origin the series has five values, and then a gap
    local x = {}
    for i = 1, 40 do x[i] = (i <= 5 or i > 24) and i + i % 12 or ev.NA end
    local f = assert(ev.stats.forecast(x, { h = 16, period = 12,
      method = "naive" }))
    assert.equal(1, #f.backtest.rivals)
    assert.equal("naive", f.backtest.rivals[1].method)
    assert.equal(16, #f.mean)
  end)
end)

-- stats.ets, stats.arima: fits against R's, by digits.
-- Reference: R 4.2.2 with forecast 8.20. ets(x, model = , damped = )$loglik;
-- Arima(x, order, seasonal, method = "ML") and its loglik; forecast(..., h,
-- level = 95).

local core = require "evalua.core"
local data = require "stats.series_data"
local numbers = require "evalua.stats.numbers"
local ev = require "evalua"

local function near(expected, found, tolerance)
  assert.is_true(math.abs(expected - found) <= tolerance,
    ("expected %.10g, found %.10g"):format(expected, found))
end

describe("the likelihood of a given exponential smoothing model", function()
  --- Where R's Nelder-Mead stops early a better one is right, a worse one
  --- never.
  local cases = {
    { "nile", "ANN", -726.39052, 1 }, { "nile", "MNN", -726.1509578, 1 },
    { "nile", "AAN", -725.9560622, 1 }, { "nile", "AAdN", -726.5020468, 1 },
    { "air", "MAM", -682.4036191, 12 }, { "air", "MAdM", -679.5832162, 12 },
    { "air", "AAA", -765.9358475, 12 }, { "air", "MNM", -715.6571969, 12 },
    { "deaths", "ANA", -555.072335, 12 }, { "deaths", "AAA", -555.924933, 12 },
    { "deaths", "MNA", -555.929566, 12 },
  }
  for _, case in ipairs(cases) do
    it(("is R's or better: %s, %s"):format(case[1], case[2]), function()
      local fit = core.forecast.ets(numbers.column(data[case[1]]), case[2],
        case[4])
      assert.is_true(fit.loglik >= case[3] - 1e-3,
        ("%.6f, R has %.6f"):format(fit.loglik, case[3]))
    end)
  end

  it("is R's to six digits where both find the top", function()
    local column = numbers.column(data.nile)
    near(-726.39052, core.forecast.ets(column, "ANN", 1).loglik, 1e-4)
    near(-726.15096, core.forecast.ets(column, "MNN", 1).loglik, 1e-4)
    near(20802.8, core.forecast.ets(column, "ANN", 1).sigma2, 0.2)
    near(0.24553, core.forecast.ets(column, "ANN", 1).alpha, 1e-3)
    near(1459.0310, core.forecast.ets(column, "ANN", 1).aicc, 1e-3)
  end)

  it("chooses what R's ets chooses, or one of a better AICc", function()
    -- R: ETS(M,Ad,M), 1400.638, having missed the top of ETS(M,A,M)
    assert.is_true(core.forecast.ets(numbers.column(data.air), nil, 12).aicc
      < 1400.638)
    assert.equal("ETS(A,N,A)",
      core.forecast.ets(numbers.column(data.deaths), nil, 12).model)
    assert.equal("ETS(M,N,N)",
      core.forecast.ets(numbers.column(data.nile), nil, 1).model)
  end)
end)

describe("the likelihood of a given ARIMA model", function()
  local function log_of(x)
    local y = {}
    for i, value in ipairs(x) do y[i] = math.log(value) end
    return y
  end
  local air_log = log_of(data.air)
  --- R's start is diffuse, ours is the differenced series': the same up to the
  --- third decimal.
  --- { name, values, order, seasonal, constant, period, R's loglik, within }
  local cases = {
    { "deaths (0,1,1)(0,1,1)", data.deaths, { 0, 1, 1 }, { 0, 1, 1 }, false,
      12, -425.439994, 5e-3 },
    { "air (2,1,1)(0,1,0)", data.air, { 2, 1, 1 }, { 0, 1, 0 }, false, 12,
      -504.923853, 1e-3 },
    { "air (1,0,0)(1,1,0) with drift", data.air, { 1, 0, 0 }, { 1, 1, 0 },
      true, 12, -509.36, 5e-3 },
    { "log air (0,1,1)(0,1,1)", air_log, { 0, 1, 1 }, { 0, 1, 1 }, false, 12,
      244.6995, 5e-3 },
    { "nile (1,0,1) with mean", data.nile, { 1, 0, 1 }, nil, true, 1,
      -637.0387846, 1e-4 },
    { "nile (0,1,1)", data.nile, { 0, 1, 1 }, nil, false, 1, -632.5456244,
      1e-4 },
    { "nile (0,1,0) with drift", data.nile, { 0, 1, 0 }, nil, true, 1,
      -647.32, 5e-3 },
    { "lh (3,0,0) with mean", data.lh, { 3, 0, 0 }, nil, true, 1,
      -27.09241106, 1e-4 },
  }
  for _, case in ipairs(cases) do
    it("is R's: " .. case[1], function()
      local fit = core.forecast.arima(numbers.column(case[2]), case[3],
        case[4], case[5], case[6])
      near(case[7], fit.loglik, case[8])
    end)
  end

  it("is R's near a unit root, where the likelihood has two tops", function()
    -- forecast 8.20, R 4.2.2: Arima(ts(x), order, method = "ML")$loglik
    local line = { 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 22, 24, 25, 27,
      28, 30, 31, 31, 33, 34, 36, 37, 37, 39, 40, 42, 43, 43, 45 }
    local walk = { 100, 98, 101, 104, 107, 103, 99, 95, 92, 96, 97, 93, 88, 85,
      87, 90, 94, 97, 101, 99, 103, 108, 111, 108, 104, 105, 109, 112, 115,
      111 }
    for _, case in ipairs { { line, { 2, 0, 0 }, -51.1927855 },
      { line, { 1, 0, 1 }, -53.8521996 }, { line, { 1, 0, 0 }, -56.1694239 },
      { walk, { 2, 0, 0 }, -75.3564261 },
      { walk, { 1, 0, 1 }, -75.4989415 } } do
      local fit = core.forecast.arima(numbers.column(case[1]), case[2], nil,
        true, 1)
      near(case[3], fit.loglik, 1e-5)
    end
  end)

  it("comes with R's coefficients", function()
    local fit = core.forecast.arima(numbers.column(data.deaths), { 0, 1, 1 },
      { 0, 1, 1 }, false, 12)
    near(-0.43028, fit.coef.ma1, 1e-3)
    near(-0.55277, fit.coef.sma1, 1e-3)
    fit = core.forecast.arima(numbers.column(data.lh), { 3, 0, 0 }, nil, true,
      1)
    near(0.6448027, fit.coef.ar1, 1e-3)
    near(-0.0633820, fit.coef.ar2, 1e-3)
    near(-0.2197984, fit.coef.ar3, 1e-3)
    near(2.3931188, fit.coef.constant, 1e-3)
  end)

  it("chooses what R's auto.arima chooses", function()
    local function chosen(x, period)
      return core.forecast.arima(numbers.column(x), nil, nil, false, period)
        .model
    end
    assert.equal("ARIMA(0,1,1)(0,1,1)[12]", chosen(data.deaths, 12))
    assert.equal("ARIMA(2,1,1)(0,1,0)[12]", chosen(data.air, 12))
    assert.equal("ARIMA(0,1,1)(0,1,1)[12]", chosen(air_log, 12))
    assert.equal("ARIMA(1,1,1)", chosen(data.nile, 1))
  end)

  it("refuses an order beyond its bounds", function()
    local column = numbers.column(data.nile)
    assert.error_matches(function()
      core.forecast.arima(column, { 9, 0, 0 }, nil, false, 1)
    end, "an ARIMA order has p, q up to 5")
    local _, message = core.forecast.arima(numbers.column { 1, 2, 3, 5 },
      { 2, 1, 2 }, nil, false, 1)
    assert.equal("this ARIMA order needs 10 values, there are 4", message)
  end)
end)

describe("forecasts of a given model", function()
  local function check(forecast, means, lowers, tolerance)
    for i, mean in pairs(means) do near(mean, forecast.mean[i], tolerance) end
    for i, lower in pairs(lowers) do
      near(lower, forecast.lower[95][i], 3 * tolerance)
    end
  end

  local function as_r(h, period)
    return { h = h, period = period, interval = "model" }
  end

  it("are R's forecast(Arima) with its intervals", function()
    check(ev.stats.arima(data.nile, as_r(3)), { 816.1812, 835.5593,
      840.4886 }, { 537.7772, 537.7089, 536.2601 }, 0.05)
    check(ev.stats.arima(data.air, as_r(14, 12)),
      { [1] = 445.6347, [14] = 454.1757 },
      { [1] = 423.0848, [14] = 404.5345 }, 0.05)
    check(ev.stats.arima(data.deaths, as_r(3, 12)), { 8336.0599,
      7531.8234, 8314.6403 }, { 7706.9538, 6807.8750, 7506.9101 }, 0.8)
  end)

  it("are R's ses, rwf and snaive", function()
    -- forecast(ets(Nile, "ANN"), h = 3, level = 95)
    check(ev.stats.ses(data.nile, as_r(3)), { 805.3813, 805.3813,
      805.3813 }, { 522.6922, 514.2957, 506.1347 }, 0.1)
    -- rwf(Nile, h = 3, drift = TRUE, level = 95)
    check(ev.stats.drift(data.nile, as_r(3)), { 736.161616, 732.323232,
      728.484848 }, { 404.968994, 261.610074, 149.134373 }, 1e-5)
    -- snaive(AirPassengers, h = 14, level = 95)
    check(ev.stats.snaive(data.air, as_r(14, 12)),
      { [14] = 391 }, { [1] = 345.822448, [14] = 290.339740 }, 1e-5)
  end)

  it("are R's thetaf, season included", function()
    check(ev.stats.theta(data.nile, { h = 3 }), { 799.812, 798.4548,
      797.0977 }, {}, 0.2)
    check(ev.stats.theta(data.air, { h = 3, period = 12 }), { 440.0782,
      428.3843, 489.7071 }, {}, 0.1)
  end)
end)

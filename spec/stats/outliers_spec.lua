-- Outliers, control limits, Benford, round numbers, duplicates.

local digits = require "support.digits"
local ev = require "evalua"

local NA = ev.NA
local stats = ev.stats
local d = ev.decimal

-- Rosner 1983 (Technometrics 25:165), as in the NIST/SEMATECH e-Handbook,
-- 1.3.5.17.3
local rosner = { -0.25, 0.68, 0.94, 1.15, 1.20, 1.26, 1.26, 1.34, 1.38, 1.43,
  1.49, 1.49, 1.55, 1.56, 1.58, 1.65, 1.69, 1.70, 1.76, 1.77, 1.81, 1.91, 1.94,
  1.96, 1.99, 2.06, 2.09, 2.10, 2.14, 2.15, 2.23, 2.24, 2.26, 2.35, 2.37, 2.40,
  2.47, 2.54, 2.62, 2.64, 2.90, 2.92, 2.92, 2.93, 3.21, 3.26, 3.30, 3.59, 3.68,
  4.30, 4.64, 5.34, 5.42, 6.01 }

-- the first twelve years of R's Nile
local nile = { 1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995,
  935 }

describe("ev.stats.outliers", function()
  it("has the statistics of Rosner's example", function()
    -- handbook: R and lambda to 3 decimals (cut off); three outliers
    local r = { 3.118, 2.942, 3.179, 2.810, 2.815, 2.848, 2.279, 2.310, 2.101,
      2.067 }
    local lambda = { 3.158, 3.151, 3.143, 3.136, 3.128, 3.120, 3.111, 3.103,
      3.094, 3.085 }
    local found = stats.outliers(rosner, { method = "esd" })
    for i = 1, 10 do
      assert.is_true(math.abs(found.r[i] - r[i]) < 0.001)
      assert.is_true(math.abs(found.lambda[i] - lambda[i]) < 0.001)
    end
    assert.same({ 6.01, 5.42, 5.34 }, found.values)
    assert.same({ 54, 53, 52 }, found.at)
    assert.same({ 54, 0 }, { found.n, found.missing })
  end)

  it("has the fences of R", function()
    -- R 4.2.2: quantile(x, c(.25, .75)) -/+ 1.5 IQR; median -/+ 3 mad
    local found = stats.outliers(nile, { method = "tukey" })
    assert.same({ 708.75, 1450.75 }, { found.lower, found.upper })
    found = stats.outliers(nile)
    digits.check(838.654, found.lower, 5)
    digits.check(1461.346, found.upper, 5)
    assert.same({ 7 }, found.at)
    assert.same({ 813.0 }, found.values)
  end)

  it("skips what is missing and names places in the sample", function()
    local found = stats.outliers { NA, 1, 2, NA, 3, 2, 99, n = 8 }
    assert.same({ 7 }, found.at)
    assert.same({ 5, 3 }, { found.n, found.missing })
  end)

  it("refuses samples that are too small", function()
    for method, least in pairs { hampel = 5, tukey = 5, esd = 15 } do
      local few = {}
      for i = 1, least - 1 do few[i] = i * i end
      assert.same({ nil, ("n = %d: %s needs %d values"):format(#few, method,
        least), "data" }, { stats.outliers(few, { method = method }) })
      few[least] = 7
      assert.is_table(stats.outliers(few, { method = method }))
    end
  end)

  it("says where a spread means nothing", function()
    assert.same({ nil, "more than half of the values are equal: their spread "
      .. "says nothing of the others", "data" },
      { stats.outliers { 1, 1, 1, 1, 5, 6 } })
    local constant = {}
    for i = 1, 20 do constant[i] = 4 end
    assert.same({}, stats.outliers(constant, { method = "esd" }).at)
  end)

  it("raises for wrong use", function()
    for message, opts in pairs {
      ["method is one of hampel, tukey, esd, not box"] = { method = "box" },
      ["k is a number above 0, not -1"] = { k = -1 },
      ["alpha is a number between 0 and 1, not 2"] = { alpha = 2 },
      ["max is a whole number above 0, not 0"] = { max = 0 },
    } do
      assert.error_matches(function() stats.outliers(rosner, opts) end,
        "ev.stats.outliers: " .. message, 1, true)
    end
  end)
end)

describe("ev.stats.xmr", function()
  it("has natural process limits", function()
    -- by hand: mean 1104.67; moving ranges 40 197 247 50 0 347 417 140 230
    -- 145 60, mean 1873 / 11
    local found = stats.xmr(nile)
    digits.check(13256 / 12, found.center, 14)
    digits.check(1873 / 11, found.mr, 14)
    digits.check(13256 / 12 - 2.66 * 1873 / 11, found.lower, 14)
    digits.check(3.268 * 1873 / 11, found.mr_upper, 14)
    assert.same({ {}, 12 }, { found.signals, found.n })
    assert.is_nil(found.note)
  end)

  it("signals values outside and runs of eight", function()
    local x = { 10, 11, 10, 11, 10, 11, 10, 30 }
    assert.same({ { at = 8, value = 30.0, rule = "limit" } },
      stats.xmr(x).signals)
    local runs = { 1, 2, 1, 2, 1, 2, 1, 2, 4, 5, 4, 5, 4, 5, 4, 5 }
    local found = {}
    for i, signal in ipairs(stats.xmr(runs).signals) do
      found[i] = signal.rule .. signal.at
    end
    assert.same({ "run8", "run16" }, found)
  end)

  it("refuses five values and calls the limits of eleven provisional",
    function()
      assert.same({ nil, "n = 5: xmr needs 6 values", "data" },
        { stats.xmr { 1, 2, 3, 4, 5 } })
      assert.equal("n = 6: limits of fewer than 12 values are provisional",
        stats.xmr({ 1, 2, 1, 2, 1, 2 }).note)
    end)
end)

--- The first digits of 2^0 to 2^999, which follow the law, as decimals.
local function powers_of_two()
  local list, value = {}, 1.0
  for i = 1, 1000 do
    local mantissa = ("%.15e"):format(value)
    list[i] = d(mantissa:sub(1, 8) .. "0") * 100
    value = value * 2
  end
  return list
end

describe("ev.stats.benford", function()
  it("finds the powers of two to follow the law, as R counts them", function()
    -- R 4.2.2: v <- 2^(0:999); first digits of formatC(v, format = "e",
    -- digits = 15) against log10(1 + 1/(1:9))
    local found = stats.benford(powers_of_two())
    local counts = {}
    for digit = 1, 9 do counts[digit] = found.digits[digit].count end
    assert.same({ 301, 176, 125, 97, 79, 69, 56, 52, 45 }, counts)
    digits.check(0.000678208512366478, found.mad, 10)
    digits.check(0.158550576292044, found.chisq, 10)
    digits.check(0.999998455337598, found.p, 10)
    assert.same({ "close conformity", 1000 }, { found.conformity, found.n })
    assert.is_nil(found.note)
  end)

  it("tests second and first two digits", function()
    local second = stats.benford(powers_of_two(), { digits = "second" })
    local first_two = stats.benford(powers_of_two(), { digits = "first_two" })
    assert.equal("close conformity", second.conformity)
    assert.equal("close conformity", first_two.conformity)
    local sum = 0
    for digit = 0, 9 do sum = sum + second.digits[digit].expected end
    digits.check(1, sum, 14)
    -- Nigrini 2012, p. 5: a second digit of 0 has 0.11968
    assert.is_true(math.abs(second.digits[0].expected - 0.11968) < 5e-6)
    digits.check(math.log(1.1, 10), first_two.digits[10].expected, 14)
  end)

  it("reads digits of any number exactly, signs and zeros aside", function()
    local list = {}
    for i = 1, 300 do list[i] = d "-0.0030" end
    for i = 301, 320 do list[i] = 0 end
    list[321] = NA
    local found = stats.benford(list)
    assert.same({ 300, 20, 1, 300 }, { found.n, found.left_out, found.missing,
      found.digits[3].count })
    assert.equal("nonconformity", found.conformity)
    local reals = {}
    for i = 1, 300 do reals[i] = 1.5 / 0.9 * 10.0 ^ (i % 200) end
    assert.equal(300, stats.benford(reals).digits[1].count)
    assert.equal(300, stats.benford(list, { digits = "first" }).n)
    assert.same({ nil,
      "n = 0: Benford's law needs 300 values of 10 and more", "data" },
      { stats.benford(list, { digits = "second" }) })
    local most = {}
    for i = 1, 300 do most[i] = math.mininteger end
    assert.equal(300, stats.benford(most).digits[9].count)
  end)

  it("refuses fewer than 300, and says what chance gives below 1000",
    function()
      local list = { table.unpack(powers_of_two(), 1, 299) }
      assert.same({ nil,
        "n = 299: Benford's law needs 300 values other than zero", "data" },
        { stats.benford(list) })
      list[300] = d "1"
      assert.matches("^n = 300: a MAD of 0.01%d%d is to be expected by chance",
        stats.benford(list).note)
      assert.error_matches(function()
        stats.benford(list, { digits = "third" })
      end, "digits is one of first, second, first_two, not third", 1, true)
    end)
end)

describe("ev.stats.round_numbers", function()
  it("counts multiples of powers of ten among values of that size", function()
    local list = {}
    for i = 1, 60 do list[i] = d "10.00" * i end -- all multiples of 10
    for i = 1, 40 do list[60 + i] = d "1.37" * (i + 8) end
    local found = stats.round_numbers(list)
    assert.same({ 10, 100, 60, 1 }, { found[1].unit, found[1].n,
      found[1].count, #found })
    digits.check(0.6, found[1].share, 15)
    -- R 4.2.2: pbinom(59, 100, 0.1, lower.tail = FALSE)
    assert.is_true(found[1].p < 1e-30)
  end)

  it("finds nothing in every number up to 600", function()
    local list = {}
    for i = 1, 600 do list[i] = i end
    local found = stats.round_numbers(list)
    assert.same({ 10, 591, 60 }, { found[1].unit, found[1].n, found[1].count })
    assert.same({ 100, 501, 6 }, { found[2].unit, found[2].n, found[2].count })
    assert.is_true(found[1].p > 0.4 and found[2].p > 0.3)
  end)

  it("refuses fewer than 50 values", function()
    assert.same({ nil, "n = 2: a test of round numbers needs 50 values of 10 "
      .. "and more", "data" }, { stats.round_numbers { 10, 20, 3 } })
  end)
end)

describe("ev.stats.duplicates", function()
  it("counts values that occur more than once", function()
    local found = stats.duplicates { 5, 5, 7, NA, 7, 7, 9 }
    assert.same({ 6, 1, 3, 5 }, { found.n, found.missing, found.distinct,
      found.repeated })
    assert.same({ { value = 7, count = 3 }, { value = 5, count = 2 } },
      found.values)
    digits.check(13 / 36, found.nff, 15)
    assert.equal(0, stats.duplicates({ 1, 2, 3 }).nff)
    assert.equal(0, stats.duplicates({}).n)
  end)

  it("keeps cents apart and equal amounts together", function()
    local found = stats.duplicates { d "1.10", d "1.1", d "1.11" }
    assert.equal(2, found.repeated)
  end)
end)

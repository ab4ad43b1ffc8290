-- MAD, IQR, CV, Gini, HHI and weighted figures.

local digits = require "support.digits"
local ev = require "evalua"

local NA = ev.NA
local d = ev.decimal
local stats = ev.stats

-- R 4.2.2: x <- c(2, 4, 4, 5, 7, 9, 11, 13, 20, 22)
local x = { 22, 4, 4, 5, 2, 9, 11, 13, 20, 7 }

describe("ev.stats", function()
  it("has R's mad, IQR and coefficient of variation", function()
    digits.check(5.9304, stats.mad(x), 14)
    digits.check(4, stats.mad(x, { constant = 1 }), 15)
    digits.check(8.25, stats.iqr(x), 15)
    digits.check(0.7076868849990976, stats.cv(x), 14)
  end)

  it("finds the median deviation of any number of values", function()
    local state = 4
    for n = 1, 40 do
      local values = {}
      for i = 1, n do
        state = state * 6364136223846793005 + 1442695040888963407
        values[i] = (state >> 40) % 30
      end
      local function median(list)
        local copy = { table.unpack(list) }
        table.sort(copy)
        local half = #copy // 2
        return #copy % 2 == 1 and copy[half + 1]
          or (copy[half] + copy[half + 1]) / 2
      end
      local center, far = median(values), {}
      for i, value in ipairs(values) do far[i] = math.abs(value - center) end
      assert.equal(median(far) + 0.0, stats.mad(values, { constant = 1 }))
    end
  end)

  it("has the Gini coefficient and the concentration index", function()
    -- by hand: sum (2i - n - 1) x[i] / (n sum x)
    digits.check(0.25, stats.gini { 1, 2, 3, 4 }, 15)
    digits.check(1 / 3, stats.gini({ 1, 2, 3, 4 }, { unbiased = true }), 15)
    digits.check(0, stats.gini { 5, 5, 5 }, 15)
    digits.check(0.75, stats.gini { 0, 0, 0, 9 }, 15)
    digits.check(0.3, stats.hhi { d "0.10", d "0.20", d "0.30", d "0.40" }, 15)
    digits.check(1, stats.hhi { 7, 0 }, 15)
    digits.check(0.25, stats.hhi { 1e200, 1e200, 1e200, 1e200 }, 15)
  end)

  it("says what there is no figure of", function()
    local shares = "shares need values that are not below zero, and a sum "
      .. "above it"
    for _, case in ipairs {
      { stats.mad, {}, "there is no value" },
      { stats.iqr, { NA }, "there is no value" },
      { stats.cv, { 1 }, "two values are needed" },
      { stats.cv, { -1, 1 }, "the mean is zero: there is nothing to compare "
        .. "the spread with" },
      { stats.gini, { 1, -1 }, shares }, { stats.gini, { 0, 0 }, shares },
      { stats.hhi, { -1, 5 }, shares }, { stats.hhi, {}, "there is no value" },
      { stats.hhi, { 1.5, math.huge }, "value 2 is infinite" },
    } do
      assert.same({ nil, case[3], "data" }, { case[1](case[2]) })
    end
  end)
end)

describe("ev.stats.weighted", function()
  it("has the figures of R", function()
    -- R 4.2.2: cov.wt(cbind(c(1.5, 2, 4, 7)), wt = c(1, 2, 3, 4) / 10):
    -- center 4.55, cov 6.746428571428572
    local found = stats.weighted({ 1.5, 2, 4, 7 }, { 1, 2, 3, 4 })
    digits.check(4.55, found.mean, 15)
    digits.check(6.746428571428572, found.var, 14)
    assert.same({ 4, 0, 10.0 }, { found.n, found.missing, found.weight })
  end)

  it("counts rows as often as their weight where these are frequencies",
    function()
      local spread = {}
      for i, value in ipairs { 3, 8, 9, 20 } do
        for _ = 1, i do spread[#spread + 1] = value end
      end
      local plain = stats.summary(spread)
      local found = stats.weighted({ 8, 20, 3, 9 }, { 2, 4, 1, 3 },
        { kind = "frequency", p = { 0.1, 0.9 } })
      digits.check(plain.mean, found.mean, 15)
      digits.check(plain.var, found.var, 15)
      local types = stats.quantile(spread, { 0.25, 0.5, 0.75, 0.1, 0.9 },
        { type = 2 })
      assert.same(types, { found.q1, found.median, found.q3,
        found.quantiles[1], found.quantiles[2] })
    end)

  it("keeps the digits of large decimals", function()
    local found = stats.weighted({ d "10000000.2", d "10000000.1",
      d "10000000.3" }, { 1, 1, 1 })
    assert.same({ 10000000.2, 0.1 }, { found.mean, found.sd })
  end)

  it("leaves out rows without value or weight", function()
    local found = stats.weighted({ 1, NA, 3, 4 }, { 1, 1, 0, NA })
    assert.same({ 1, 3, 1.0 }, { found.n, found.missing, found.mean })
    assert.is_nil(found.var)
    assert.same({ nil, "no row has a value and a weight above zero", "data" },
      { stats.weighted({ 1 }, { 0 }) })
    assert.same({ nil, "row 2: a weight is below zero", "data" },
      { stats.weighted({ 1, 2 }, { 1, -1 }) })
    assert.error_matches(function() stats.weighted({ 1 }, { 1, 2 }) end,
      "ev.stats.weighted: x has 1 values and weights 2", 1, true)
  end)
end)

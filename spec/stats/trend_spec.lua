-- Rank statistics: R's figures, slow models, and what small samples say.

local digits = require "support.digits"
local ev = require "evalua"
local random_from = require "support.random"

local NA = ev.NA
local stats = ev.stats

-- R's `Nile`: Cobb 1978 (Biometrika 65:243), annual flow 1871-1970
local nile = { 1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995,
  935, 1110, 994, 1020, 960, 1180, 799, 958, 1140, 1100, 1210, 1150, 1250,
  1260, 1220, 1030, 1100, 774, 840, 874, 694, 940, 833, 701, 916, 692, 1020,
  1050, 969, 831, 726, 456, 824, 702, 1120, 1100, 832, 764, 821, 768, 845, 864,
  862, 698, 845, 744, 796, 1040, 759, 781, 865, 845, 944, 984, 897, 822, 1010,
  771, 676, 649, 846, 812, 742, 801, 1040, 860, 874, 848, 890, 744, 749, 838,
  1050, 918, 986, 797, 923, 975, 815, 1020, 906, 901, 1170, 912, 746, 919, 718,
  714, 740 }

local function check(expected, found, least)
  for name, value in pairs(expected) do
    digits.check(value, found[name], least or 12, name)
  end
end

--- S, its tie-corrected variance and tau-b by looking at every pair.
local function slow_kendall(x)
  local s, ties, n = 0, {}, #x
  for i = 1, n do
    ties[x[i]] = (ties[x[i]] or 0) + 1
    for j = i + 1, n do
      s = s + (x[j] > x[i] and 1 or x[j] < x[i] and -1 or 0)
    end
  end
  local var, equal = n * (n - 1) * (2 * n + 5), 0
  for _, t in pairs(ties) do
    var = var - t * (t - 1) * (2 * t + 5)
    equal = equal + t * (t - 1) / 2
  end
  local all = n * (n - 1) / 2
  return s, var / 18, s / math.sqrt(all * (all - equal))
end

--- All orders of a list.
local function permutations(list, visit, k)
  k = k or #list
  if k == 1 then return visit(list) end
  for i = 1, k do
    list[i], list[k] = list[k], list[i]
    permutations(list, visit, k - 1)
    list[i], list[k] = list[k], list[i]
  end
end

describe("ev.stats.mann_kendall", function()
  it("has the figures of R", function()
    -- R 4.2.2, from the definitions (S, tie-corrected variance, tau-b; z and p
    -- with the correction for continuity); p also by cor.test(Nile, 1:100,
    -- method = "kendall", exact = FALSE, continuity = TRUE)
    local test = stats.mann_kendall(nile)
    check({ s = -1387, var_s = 112728.333333333, tau = -0.280741334724613,
      z = -4.12806652284410, p = 3.65826292166434e-05 }, test)
    assert.same({ 100, 0, "mann-kendall", false }, { test.n, test.missing,
      test.method, test.exact })
  end)

  it("sums over seasons", function()
    -- R 4.2.2: the same over split(Nile, 0:99 %% 4)
    local test = stats.mann_kendall(nile, { season = 4 })
    check({ s = -318, var_s = 7329.33333333333, z = -3.70277246426773,
      p = 2.13256133365849e-04 }, test)
    assert.equal("seasonal mann-kendall", test.method)
  end)

  it("allows for autocorrelation as Hamed and Rao", function()
    -- R 4.2.2: ranks of Nile less its Sen slope, acf of all lags, those beyond
    -- qnorm(.975) / 10
    local test = stats.mann_kendall(nile, { correct = "hamed-rao" })
    check({ factor = 2.14289832709872, var_s = 241565.356916626,
      z = -2.81997919564514 }, test)
    assert.equal("mann-kendall hamed-rao", test.method)
  end)

  it("counts p out for small samples, ties or not", function()
    -- R 4.2.2: cor.test(c(1,2,3,5,4), 1:5, method = "kendall")$p.value
    check({ p = 1 / 12 }, stats.mann_kendall { 1, 2, 3, 5, 4 })
    local random = random_from(3)
    for n = 4, 6 do
      for _ = 1, 6 do
        local x = {}
        for i = 1, n do x[i] = random(n - 1) end
        local test = stats.mann_kendall(x)
        local far, all = 0, 0
        permutations({ table.unpack(x) }, function(order)
          all = all + 1
          if math.abs(slow_kendall(order)) >= math.abs(test.s) then
            far = far + 1
          end
        end)
        if test.p ~= nil then
          assert.is_true(test.exact)
          digits.check(far / all, test.p, 12)
        end
      end
    end
  end)

  it("counts p out below 50 values without ties, as R", function()
    -- R 4.2.2: x <- (37 * (1:n)) %% 101 + (1:n) / 7
    -- cor.test(x, 1:n, method = "kendall", exact = TRUE)$p.value
    local expected = { [11] = 1, [20] = 0.542422144891093,
      [49] = 0.434824261796582 }
    local function sample(n)
      local x = {}
      for i = 1, n do x[i] = 37 * i % 101 + i / 7 end
      return x
    end
    for n, p in pairs(expected) do
      local test = stats.mann_kendall(sample(n))
      assert.is_true(test.exact)
      check({ p = p }, test)
    end
    local rising = {}
    for i = 1, 40 do rising[i] = i end
    local far = 2.0 -- by 40!
    for i = 2, 40 do far = far / i end
    check({ p = far }, stats.mann_kendall(rising))
    assert.is_false(stats.mann_kendall(sample(50)).exact)
    rising[40] = 39
    assert.is_false(stats.mann_kendall(rising).exact)
  end)

  it("agrees with a model that looks at every pair", function()
    local random = random_from(11)
    for _ = 1, 30 do
      local x, n = {}, random(120) + 11
      for i = 1, n do x[i] = random(40) end
      local s, var, tau = slow_kendall(x)
      local test = stats.mann_kendall(x)
      assert.equal(s, test.s)
      check({ var_s = var, tau = tau }, test)
    end
  end)

  it("is the same for floats, decimals and shifted values", function()
    local floats, decimals = {}, {}
    for i, value in ipairs(nile) do
      floats[i] = value / 10
      decimals[i] = ev.decimal(("%.2f"):format(1e9 + value / 100))
    end
    local test = stats.mann_kendall(nile)
    assert.same(test, stats.mann_kendall(floats))
    assert.same(test, stats.mann_kendall(decimals))
  end)

  it("skips missing values and keeps the order of time", function()
    local holes, k = { n = 0 }, 0
    for i, value in ipairs(nile) do
      k = k + 1
      holes[k] = value
      if i % 7 == 0 then k = k + 1 end
    end
    holes.n = k + 2
    local test = stats.mann_kendall(holes)
    assert.same({ -1387, 100, holes.n - 100 },
      { test.s, test.n, test.missing })
  end)

  it("says why there is no p", function()
    local few = stats.mann_kendall { 1, 2, 3 }
    assert.is_nil(few.p)
    assert.equal("n = 3: a p-value needs 4 values (even a perfect trend of 3 "
      .. "would have p = 0.33)", few.note)
    local flat = stats.mann_kendall { 5, 5, 5, 5, 5 }
    assert.same({ nil, "all values are equal", 0 },
      { flat.p, flat.note, flat.s })
    assert.equal(0, stats.mann_kendall({}).n)
    assert.equal("no season has two different values",
      stats.mann_kendall({ 1, 2, 1, 2 }, { season = 2 }).note)
    assert.equal("n = 5: a correction for autocorrelation needs 10 values",
      stats.mann_kendall({ 1, 2, 3, 4, 9 }, { correct = "hamed-rao" }).note)
  end)

  it("refuses wrong use and infinities", function()
    assert.same({ nil, "value 1 is infinite", "data" },
      { stats.mann_kendall { math.huge, 1.5 } })
    for message, opts in pairs {
      ["season is a whole number from 1 to 1000, not 0"] = { season = 0 },
      ['correct is "hamed-rao", not true'] = { correct = true },
      ["no option 'alpha'"] = { alpha = 0.1 },
    } do
      assert.error_matches(function() stats.mann_kendall({ 1, 2 }, opts) end,
        message, 1, true)
    end
  end)
end)

describe("ev.stats.theil_sen", function()
  it("has the figures of R", function()
    -- R 4.2.2: sorted slopes of Nile on 1:100; median; ranks round((k -/+
    -- qnorm(.975) sqrt(var S)) / 2), + 1; median(x) - slope * median(1:100)
    local sen = stats.theil_sen(nile)
    check({ slope = -2.6, lo = -3.62790697674419, hi = -1.42857142857143,
      intercept = 1024.8, pairs = 4950 }, sen)
    sen = stats.theil_sen(nile, nil, { season = 4 })
    check({ slope = -2.38397129186603, lo = -3.64583333333333, hi = -1.35 },
      sen)
  end)

  it("takes times of its own, equal ones too", function()
    local sen = stats.theil_sen({ 2, 4, 9, 6 }, { 2019, 2020, 2020, 2021 })
    -- slopes 2, 7, 4/2, 2, -3
    check({ slope = 2, pairs = 5, intercept = 5 - 2 * 2020 }, sen)
    check({ slope = 0.1, intercept = 0.2 },
      stats.theil_sen({ 0.3, 0.4, 0.5, 0.6, 0.7 }))
  end)

  --- How many slopes are below each value, and how many up to it, within
  --- rounding.
  local function places(x, values)
    local below, up_to, m = {}, {}, #values
    for k = 1, m do below[k], up_to[k] = 0, 0 end
    for i = 1, #x do
      for j = i + 1, #x do
        local slope = (x[j] - x[i]) / (j - i)
        for k = 1, m do
          local value = values[k]
          if slope < value - 1e-12 then below[k] = below[k] + 1 end
          if slope <= value + 1e-12 then up_to[k] = up_to[k] + 1 end
        end
      end
    end
    return below, up_to
  end

  it("finds in n log n the ranks among all slopes", function()
    local random = random_from(5)
    local kinds = {
      function() return random(1000000) / 1000 end, -- hardly any ties
      function() return random(10) end, -- slope 0 in a tenth of all pairs
      function(i) return -3 * i + (random(50) == 0 and random(9) or 0) end,
    }
    for _, kind in ipairs(kinds) do
      local x, n = {}, 2051
      for i = 1, n do x[i] = kind(i) end
      local count = n * (n - 1) // 2 -- odd: the median is one of the slopes
      local sen = stats.theil_sen(x)
      local wide = 1.959963984540054 * math.sqrt(stats.mann_kendall(x).var_s)
      local ranks = { (count + 1) // 2,
        math.floor((count - wide) / 2 + 0.5),
        math.floor((count + wide) / 2 + 0.5) + 1 }
      local below, up_to = places(x, { sen.slope, sen.lo, sen.hi })
      for k, rank in ipairs(ranks) do
        assert.is_true(below[k] < rank and rank <= up_to[k])
      end
    end
  end)

  it("finds them among times that are shared, too", function()
    local x, t = {}, {}
    for i = 1, 2400 do
      x[i], t[i] = (i * 7919) % 1009, i // 3
    end
    x[2399], x[2400] = -100000, 100000 -- the steepest, at the last time
    local sen = stats.theil_sen(x, t)
    local below, up_to, pairs = 0, 0, 0
    for i = 1, 2400 do
      for j = i + 1, 2400 do
        if t[i] ~= t[j] then
          local slope = (x[j] - x[i]) / (t[j] - t[i])
          pairs = pairs + 1
          if slope < sen.slope - 1e-12 then below = below + 1 end
          if slope <= sen.slope + 1e-12 then up_to = up_to + 1 end
        end
      end
    end
    assert.equal(pairs, sen.pairs)
    assert.is_true(below <= pairs / 2 and pairs / 2 <= up_to)
  end)

  it("holds the true slope as often as its level says", function()
    -- 95 % intervals of 600 series of 12 points: 93 to 98 % must hold it
    local random, held = random_from(21), 0
    for _ = 1, 600 do
      local x = {}
      for i = 1, 12 do
        local noise = 0
        for _ = 1, 6 do noise = noise + random(1000) end
        x[i] = 30 * i + noise
      end
      local sen = stats.theil_sen(x)
      if sen.lo <= 30 and 30 <= sen.hi then held = held + 1 end
    end
    assert.is_true(held >= 558 and held <= 588, held)
  end)

  it("says what is too small", function()
    assert.same({ nil, "a slope needs two values at different times", "data" },
      { stats.theil_sen { 1 } })
    assert.same({ nil, "a slope needs two values at different times", "data" },
      { stats.theil_sen({ 1, 2 }, { 5, 5 }) })
    local sen = stats.theil_sen { 1, 2, 4, 5 }
    assert.same({ nil, nil, "n = 4 is too small for an interval of 95 %" },
      { sen.lo, sen.hi, sen.note })
    assert.is_number(stats.theil_sen({ 1, 2, 4, 5, 7 }).lo)
    assert.error_matches(function() stats.theil_sen({ 1, 2 }, { 1 }) end,
      "ev.stats.theil_sen: x has 2 values and t 1", 1, true)
  end)

  it("skips what is missing", function()
    check({ slope = 1.5, n = 3, missing = 2, intercept = 1.5 },
      stats.theil_sen { NA, 4.5, NA, 7.5, 9, n = 5 })
  end)
end)

describe("ev.stats.pettitt", function()
  it("finds the change of the Nile in 1898", function()
    -- R 4.2.2: U = 2 cumsum(rank(Nile)) - t (n + 1), max |U|, which.max,
    -- 2 exp(-6 K^2 / (n^3 + n^2)); Cobb 1978: the dam of 1898
    local found = stats.pettitt(nile)
    check({ k = 1617, at = 28, p = 3.59102217693629e-07 }, found)
    assert.equal(1898, 1870 + found.at)
  end)

  it("needs 10 values that are not all equal", function()
    assert.same({ nil, "n = 9: a change of level needs 10 values", "data" },
      { stats.pettitt { 1, 2, 3, 4, 5, 6, 7, 8, 9 } })
    assert.same({ nil, "all values are equal", "data" },
      { stats.pettitt { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 } })
  end)
end)

describe("ev.stats.fdr", function()
  it("is p.adjust's BH", function()
    -- Benjamini & Hochberg 1995, p. 293, 15 p-values; R 4.2.2: p.adjust(p,
    -- "BH")
    local p = { .0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459,
      .3240, .4262, .5719, .6528, .7590, 1 }
    local q = stats.fdr(p)
    local expected = { 0.0015, 0.003, 0.0095, 0.035625, 0.0603,
      0.06385714285714286, 0.06385714285714286, 0.0645, 0.0765, 0.486,
      0.58118181818181819, 0.714875, 0.75323076923076926,
      0.81321428571428572, 1 }
    for i, value in ipairs(expected) do digits.check(value, q[i], 14) end
  end)

  it("leaves out series without p", function()
    assert.same({ [1] = 0.02, [3] = 0.5 },
      stats.fdr { [1] = 0.01, [3] = 0.5, n = 3 })
    assert.error_matches(function() stats.fdr { 2 } end,
      "ev.stats.fdr: value 1 is no p-value: 2", 1, true)
  end)
end)

describe("ev.stats.correlation", function()
  local x = { table.unpack(nile, 1, 12) }
  local y = { table.unpack(nile, 21, 32) }

  it("has the figures of R", function()
    -- R 4.2.2: cor.test(Nile[1:12], Nile[21:32], method = ...); both have ties
    local expected = {
      pearson = { 0.147198502418128, 0.648016950313260 },
      spearman = { 0.310409988692382, 0.326113067575730 },
      kendall = { 0.218776707771298, 0.331737894586735 } }
    for method, pair in pairs(expected) do
      local found = stats.correlation(x, y, { method = method })
      check({ r = pair[1], p = pair[2], n = 12 }, found)
    end
  end)

  it("counts p out for small samples without ties", function()
    -- R 4.2.2: cor.test(c(2,1,4,3,6,5,8,7), 1:8, method = ...)
    local a, b = { 2, 1, 4, 3, 6, 5, 8, 7 }, { 1, 2, 3, 4, 5, 6, 7, 8 }
    check({ r = 0.904761904761905, p = 0.00456349206349206 },
      stats.correlation(a, b, { method = "spearman" }))
    check({ r = 0.714285714285714, p = 0.0141369047619048 },
      stats.correlation(a, b, { method = "kendall" }))
  end)

  it("has R's series for rankings of more than nine without ties", function()
    -- R 4.2.2: cor.test(1:12, b, method = "spearman")
    local a, b = {}, { 3, 9, 1, 7, 12, 4, 10, 2, 11, 6, 5, 8 }
    for i = 1, 12 do a[i] = i end
    check({ r = 0.174825174825175, p = 0.588259894923335 },
      stats.correlation(a, b, { method = "spearman" }))
    -- where R's series says 0, no chance at all, t does not
    local p = stats.correlation(a, { 2, 1, 4, 3, 6, 5, 8, 7, 12, 9, 10, 11 },
      { method = "spearman" }).p
    assert.is_true(p > 0 and p < 1e-4, tostring(p))
  end)

  it("keeps the digits of large numbers with small differences", function()
    local a, b = {}, {}
    for i, value in ipairs(x) do
      a[i] = 1000000000000000 + value
      b[i] = y[i]
    end
    digits.check(0.147198502418128, stats.correlation(a, b).r, 13)
  end)

  it("says what there is no correlation of", function()
    assert.same({ nil, "there is no correlation with a constant", "data" },
      { stats.correlation({ 1, 2, 3 }, { 5, 5, 5 }) })
    assert.same({ nil, "a correlation needs two rows with both values",
      "data" }, { stats.correlation({ 1, NA }, { NA, 2 }) })
    assert.error_matches(function() stats.correlation({ 1 }, { 1, 2 }) end,
      "x has 1 values and y 2", 1, true)
    assert.error_matches(function()
      stats.correlation({ 1 }, { 1 }, { method = "rank" })
    end, "method is one of pearson, spearman, kendall, not rank", 1, true)
  end)
end)

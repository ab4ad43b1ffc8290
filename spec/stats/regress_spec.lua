-- ev.stats.regress: NIST's certified values, R's, then rules.

local both_ways = require "support.both_ways"
local data = require "stats.nist_data"
local digits = require "support.digits"
local ev = require "evalua"
local support = require "support"

local stats = ev.stats

local function check_fit(columns, formula, certified, least)
  for way, t in pairs(both_ways(columns)) do
    local fit = assert(stats.regress(t, formula))
    for i, name in ipairs(fit.names) do
      digits.check(certified.coef[i], fit.coef[name], least, way .. name)
      digits.check(certified.se[i], fit.se[name], least, way .. " se " .. name)
    end
    assert.equal(#certified.coef, #fit.names)
    digits.check(certified.sigma, fit.sigma, least, way .. " sigma")
    digits.check(certified.r2, fit.r2, least, way .. " r2")
    if certified.f then digits.check(certified.f, fit.f, least, way .. " f") end
  end
end

local function ones(n)
  local list = {}
  for i = 1, n do list[i] = 1 end
  return list
end

local function wampler(scale)
  local delta = { 759, -2048, 2048, -2048, 2523, -2048, 2048, -2048, 1838,
    -2048, 2048, -2048, 1838, -2048, 2048, -2048, 2523, -2048, 2048, -2048,
    759 }
  local x, y = {}, {}
  for i = 0, 20 do
    x[i + 1] = i
    y[i + 1] = 1 + i + i ^ 2 + i ^ 3 + i ^ 4 + i ^ 5 + scale * delta[i + 1]
  end
  return { x = x, y = y }
end

describe("ev.stats.regress on NIST StRD", function()
  it("Norris to 13 digits", function()
    local x, y = {}, {}
    local n = 0
    for line in io.lines(support.shared "nist_strd/Norris.dat") do
      n = n + 1
      local a, b = line:match "^%s*([%d.]+)%s+([%d.]+)%s*$"
      if n > 60 then y[#y + 1], x[#x + 1] = tonumber(a), tonumber(b) end
    end
    check_fit({ x = x, y = y }, "y ~ x", {
      coef = { -0.262323073774029, 1.00211681802045 },
      se = { 0.232818234301152, 0.429796848199937E-03 },
      sigma = 0.884796396144373, r2 = 0.999993745883712,
      f = 5436385.54079785 }, 13)
  end)

  it("Pontius to 13 digits", function()
    check_fit(data.pontius, "y ~ poly(x, 2)", {
      coef = { 0.673565789473684E-03, 0.732059160401003E-06,
        -0.316081871345029E-14 },
      se = { 0.107938612033077E-03, 0.157817399981659E-09,
        0.486652849992036E-16 },
      sigma = 0.205177424076185E-03, r2 = 0.999999900178537,
      f = 185330865.995752 }, 13)
  end)

  it("Filip, degree 10, to 13 digits", function()
    check_fit(data.filip, "y ~ poly(x, 10)", {
      coef = { -1467.48961422980, -2772.17959193342, -2316.37108160893,
        -1127.97394098372, -354.478233703349, -75.1242017393757,
        -10.8753180355343, -1.06221498588947, -0.670191154593408E-01,
        -0.246781078275479E-02, -0.402962525080404E-04 },
      se = { 298.084530995537, 559.779865474950, 466.477572127796,
        227.204274477751, 71.6478660875927, 15.2897178747400,
        2.23691159816033, 0.221624321934227, 0.142363763154724E-01,
        0.535617408889821E-03, 0.896632837373868E-05 },
      sigma = 0.334801051324544E-02, r2 = 0.996727416185620,
      f = 2162.43954511489 }, 13)
  end)

  it("Longley to 13 digits", function()
    check_fit(data.longley, "y ~ x1 + x2 + x3 + x4 + x5 + x6", {
      coef = { -3482258.63459582, 15.0618722713733, -0.358191792925910E-01,
        -2.02022980381683, -1.03322686717359, -0.511041056535807E-01,
        1829.15146461355 },
      se = { 890420.383607373, 84.9149257747669, 0.334910077722432E-01,
        0.488399681651699, 0.214274163161675, 0.226073200069370,
        455.478499142212 },
      sigma = 304.854073561965, r2 = 0.995479004577296,
      f = 330.285339234588 }, 13)
  end)

  -- Wampler 1970 (Journal of the American Statistical Association 65:549)
  local se = { 2152.32624678170, 2363.55173469681, 779.343524331583,
    101.475507550350, 5.64566512170752, 0.112324854679312 }
  local wanted = {
    Wampler3 = { 1, 0.999995559025820, 675524.458240122 },
    Wampler4 = { 100, 0.957478440825662, 67.5524458240122 },
    Wampler5 = { 10000, 0.224668921574940E-02, 6.75524458240122E-03 },
  }
  for name, set in pairs(wanted) do
    it(name .. " to 13 digits", function()
      local scaled = {}
      for i, value in ipairs(se) do scaled[i] = value * set[1] end
      check_fit(wampler(set[1]), "y ~ poly(x, 5)", { coef = ones(6),
        se = scaled, sigma = 2360.14502379268 * set[1], r2 = set[2],
        f = set[3] }, 13)
    end)
  end

  it("Wampler1 and 2 exactly, and says so", function()
    local second = { x = {}, y = {} }
    for i = 0, 20 do
      second.x[i + 1] = i
      second.y[i + 1] = tonumber(("%.5f"):format(1 + i / 10 + (i / 10) ^ 2
        + (i / 10) ^ 3 + (i / 10) ^ 4 + (i / 10) ^ 5))
    end
    for base, columns in pairs { [1] = wampler(0), [0.1] = second } do
      for _, t in pairs(both_ways(columns)) do
        local fit = stats.regress(t, "y ~ poly(x, 5)")
        for i, name in ipairs(fit.names) do
          digits.check(base ^ (i - 1), fit.coef[name], 14, name)
          assert.equal(0.0, fit.se[name])
        end
        assert.same({ 0.0, 1.0, math.huge }, { fit.sigma, fit.r2, fit.f })
        assert.equal("the fit is exact: its errors are zero", fit.note)
      end
    end
  end)

  it("NoInt1 and NoInt2, R2 about zero, to 13 digits", function()
    local x, y = {}, {}
    for i = 0, 10 do x[i + 1], y[i + 1] = 60 + i, 130 + i end
    check_fit({ x = x, y = y }, "y ~ 0 + x", { coef = { 2.07438016528926 },
      se = { 0.165289256198347E-01 }, sigma = 3.56753034006338,
      r2 = 0.999365492298663, f = 15750.25 }, 13)
    check_fit({ x = { 4, 5, 6 }, y = { 3, 4, 4 } }, "y ~ x - 1",
      { coef = { 0.727272727272727 }, se = { 0.420827318078432E-01 },
        sigma = 0.369274472937998, r2 = 0.993348115299335,
        f = 298.666666666667 }, 13)
  end)
end)

local small = ev.table { columns = {
  g = { "a", "a", "b", "b", "c", "c", "c" }, x = { 1, 2, 3, 4, 5, 6, 8 },
  y = { 2.1, 3.9, 6.2, 7.7, 11.1, 12.4, 15.8 }, w = { 1, 2, 1, 2, 1, 2, 1 },
  twice = { 2, 4, 6, 8, 10, 12, 16 }, flat = { 5, 5, 5, 5, 5, 5, 5 },
  rough = { 0.1 + 0.2, 0.7, 1e-17 + 0.3, 0.4, 1 / 3, 2 / 3, 0.9 },
} }

local function check_list(expected, found, least, what)
  for i, value in ipairs(expected) do
    digits.check(value, found[i], least, ("%s[%d]"):format(what, i))
  end
end

describe("ev.stats.regress", function()
  -- R 4.2.2: g, x, y, w as above; summary(lm(y ~ x + g))
  it("codes factors as R does", function()
    local fit = stats.regress(small, "y ~ x + g")
    assert.same({ "(Intercept)", "x", "gb", "gc" }, fit.names)
    local expected = {
      { 0.604411764705879, 0.146338924207395, 0.0257472786221798 },
      { 1.59705882352941, 0.0649061073256291, 0.000147159517781249 },
      { 0.755882352941177, 0.201801288628869, 0.0332147432374965 },
      { 2.38088235294118, 0.343961544952335, 0.00618132281346850 },
    }
    for i, name in ipairs(fit.names) do
      check_list(expected[i], { fit.coef[name], fit.se[name],
        fit.p_values[name] }, 12, name)
      digits.check(fit.coef[name] / fit.se[name], fit.t[name], 15)
    end
    check_list({ 0.154507440013967, 0.999500215805906, 0.999000431611812,
      1999.86359636257, 1.89652033793247e-05 },
      { fit.sigma, fit.r2, fit.adj_r2, fit.f, fit.p }, 11, "model")
    assert.same({ 7, 0, 3, 3 }, { fit.n, fit.missing, fit.df, fit.df_model })
  end)

  it("codes all levels of the first factor without intercept", function()
    -- R 4.2.2: coef(lm(y ~ 0 + g + x)), and its R2, which is about zero
    local fit = stats.regress(small, "y ~ 0 + g + x")
    assert.same({ "ga", "gb", "gc", "x" }, fit.names)
    check_list({ 0.604411764705884, 1.36029411764705, 2.98529411764706,
      1.59705882352941 }, { fit.coef.ga, fit.coef.gb, fit.coef.gc,
      fit.coef.x }, 12, "coef")
    digits.check(0.999888785565782, fit.r2, 14)
  end)

  it("is printed as a table of coefficients, then the model", function()
    local fit = stats.regress(small, "y ~ x + g")
    local t = fit:table()
    assert.same({ "term", "coef", "se", "t", "p", "vif" }, t:names())
    assert.same({ "gb", fit.coef.gb }, { t[3].term, t[3].coef })
    local text = tostring(fit)
    assert.matches("F = 1999.86 on 3 and 3 df, p = 1.897e-05", text, 1, true)
    assert.matches("n = 7, missing 0, sigma = 0.154507 on 3 df", text, 1, true)
  end)

  it("weighs rows as R does", function()
    -- R 4.2.2: summary(lm(y ~ x, weights = w)); hatvalues
    local fit = stats.regress(small, "y ~ x", { weights = "w" })
    check_list({ -0.0405594405594417, 2.03916083916084 },
      { fit.coef["(Intercept)"], fit.coef.x }, 12, "coef")
    check_list({ 0.397986930789080, 0.0866418233231710 },
      { fit.se["(Intercept)"], fit.se.x }, 12, "se")
    check_list({ 0.567487407826779, 0.991054191258640 },
      { fit.sigma, fit.r2 }, 12, "model")
    check_list({ 0.324009324009324, 0.405594405594406, 0.128205128205128,
      0.200466200466200, 0.118881118881119, 0.368298368298368,
      0.454545454545455 }, fit:leverage(), 12, "leverage")
    local again = stats.regress(small, "y ~ x",
      { weights = { 1, 2, 1, 2, 1, 2, 1 } })
    assert.same(fit.coef, again.coef)
  end)

  it("refuses weights that are not one for each row", function()
    for _, weights in ipairs { { 1, 2 }, {}, { 1, 1, 1, 1, 1, 1, 1, 1 } } do
      assert.error_matches(function()
        stats.regress(small, "y ~ x", { weights = weights })
      end, ("t has 7 rows and weights %d"):format(#weights))
    end
  end)

  it("takes a term that is named twice once", function()
    local once = stats.regress(small, "y ~ x")
    local twice = stats.regress(small, "y ~ x + x")
    assert.same(once.names, twice.names)
    assert.equal(once.coef.x, twice.coef.x)
  end)

  it("leaves out rows of weight zero, and refuses weights below", function()
    local fit = stats.regress(small, "y ~ x",
      { weights = { 1, 1, 1, 0, 1, 1, 1 } })
    assert.same({ 6, 1 }, { fit.n, fit.missing })
    assert.same({ nil, "row 2: a weight is below zero", "data" },
      { stats.regress(small, "y ~ x", { weights = { 1, -1, 1, 1, 1, 1, 1 } }) })
  end)

  it("has leverage, Durbin-Watson, VIF and both bands of R", function()
    -- R 4.2.2: m <- lm(y ~ x); hatvalues(m); lmtest::dwtest(m)$statistic;
    -- predict(m, data.frame(x = c(0, 10)), interval = "confidence");
    -- predict(..., interval = "prediction", level = .9)
    local fit = stats.regress(small, "y ~ x")
    check_list({ 0.426229508196721, 0.274590163934426, 0.180327868852459,
      0.143442622950820, 0.163934426229508, 0.241803278688525,
      0.569672131147541 }, fit:leverage(), 12, "leverage")
    digits.check(2.401715388063524, fit.durbin_watson, 12)
    local new = ev.table { columns = { x = { 0, 10, ev.NA } } }
    local bands = fit:predict(new)
    check_list({ 0.0967213114754074, -0.965090183060569, 1.15853280601138 },
      { bands[1].fit, bands[1].lwr, bands[1].upr }, 12, "confidence")
    bands = fit:predict(new, { level = 0.9 })
    check_list({ 20.2770491803279, 18.7539811782418, 21.8001171824140 },
      { bands[2].fit, bands[2].pred_lwr, bands[2].pred_upr }, 12, "prediction")
    assert.is_nil(bands[3].fit)
    -- R: sapply(1:6, function(i) 1 / (1 - R2 of x[i] on the others)), longley
    local long = stats.regress(ev.table { columns = data.longley },
      "y ~ x1 + x2 + x3 + x4 + x5 + x6")
    check_list({ 135.532438280004, 1788.51348271794, 33.6188905960502,
      3.58893019344554, 399.151022312650, 758.980597406861 }, { long.vif.x1,
      long.vif.x2, long.vif.x3, long.vif.x4, long.vif.x5, long.vif.x6 }, 10,
      "vif")
  end)

  it("names what is collinear and estimates the rest", function()
    local fit = stats.regress(small, "y ~ x + twice + flat")
    assert.same({ "twice", "flat" }, fit.aliased)
    assert.is_nil(fit.coef.twice)
    assert.equal("not estimated, since they follow from the terms before "
      .. "them: twice, flat", fit.note)
    local plain = stats.regress(small, "y ~ x")
    assert.same({ plain.coef.x, plain.sigma, plain.df },
      { fit.coef.x, fit.sigma, fit.df })
    -- sums of rounded doubles, too
    local sum = {}
    for i = 1, 7 do sum[i] = small[i].rough + 1 / small[i].x end
    local inverse = {}
    for i = 1, 7 do inverse[i] = 1 / small[i].x end
    local t = ev.table { columns = { y = { 1, 2, 4, 3, 5, 7, 6 }, a = inverse,
      b = { 0.1 + 0.2, 0.7, 0.3, 0.4, 1 / 3, 2 / 3, 0.9 }, s = sum } }
    assert.same({ "s" }, stats.regress(t, "y ~ a + b + s").aliased)
  end)

  it("skips rows that lack a value, and keeps the others' places", function()
    local t = ev.table { columns = { x = { 1, ev.NA, 3, 4 },
      y = { 2, 1, ev.NA, 8 }, n = { 1, 2, 3, 4 } } }
    local fit = stats.regress(t, "y ~ x")
    assert.same({ 2, 2, 0 }, { fit.n, fit.missing, fit.df })
    assert.equal("as many coefficients as rows: no error can be estimated",
      fit.note)
    assert.is_nil(fit.sigma)
    assert.same({ [1] = 2.0, [4] = 8.0, n = 4 }, fit:fitted())
  end)

  it("takes names that are no identifiers, and factor()", function()
    local t = ev.table { columns = { ["拨款 总额"] = { 1, 2, 4 },
      ["支出"] = { 1, 2, 4 }, year = { 2020, 2021, 2021 } } }
    assert.equal(1.0, stats.regress(t, '支出 ~ col"拨款 总额"')
      .coef["拨款 总额"])
    assert.same({ "(Intercept)", "factor(year)2021" },
      stats.regress(t, "支出 ~ factor(year)").names)
  end)

  it("counts periods in their unit, and takes what is true or false", function()
    local path = support.write("m.csv", "month,on,y\n2023-11,true,1\n"
      .. "2023-12,false,3\n2024-01,true,5\n2024-02,false,8\n")
    local t = assert(ev.read_csv(path))
    local fit = stats.regress(t, "y ~ month")
    digits.check(2.3, fit.coef.month, 14)
    assert.same({ "(Intercept)", "ontrue" },
      stats.regress(t, "y ~ on").names)
    -- slopes 2 2 2 7/3 5/2 3
    digits.check(13 / 6,
      stats.theil_sen(t:column "y", t:column "month").slope, 14)
  end)

  it("is robust where asked, as MASS has it", function()
    -- R 4.2.2, MASS: rlm(stack.loss ~ ., stackloss, acc = 1e-12, maxit = 300),
    -- and with psi = psi.bisquare; Brownlee 1965
    local t = ev.table { columns = {
      air = { 80, 80, 75, 62, 62, 62, 62, 62, 58, 58, 58, 58, 58, 58, 50, 50,
        50, 50, 50, 56, 70 },
      water = { 27, 27, 25, 24, 22, 23, 24, 24, 23, 18, 18, 17, 18, 19, 18, 18,
        19, 19, 20, 20, 20 },
      acid = { 89, 88, 90, 87, 87, 87, 93, 93, 87, 80, 89, 88, 82, 93, 89, 86,
        72, 79, 80, 82, 91 },
      loss = { 42, 37, 37, 28, 18, 18, 19, 20, 15, 14, 14, 13, 11, 12, 8, 7, 8,
        8, 9, 15, 15 } } }
    local expected = {
      huber = { { -41.0264853732949, 9.80687229435669 },
        { 0.829385770253742, 0.111174962319967 },
        { 0.926059415549027, 0.303393403349665 },
        { -0.127846317965440, 0.128846345686859 }, 2.44048904599445 },
      bisquare = { { -42.2853215364908, 9.53138566149059 },
        { 0.927558992802354, 0.108051926237793 },
        { 0.650711198390329, 0.294870724088237 },
        { -0.112333123035646, 0.125226899561227 }, 2.28185331456713 },
    }
    for name, rows in pairs(expected) do
      local fit = assert(stats.regress(t, "loss ~ air + water + acid",
        { robust = name }))
      for i, term in ipairs(fit.names) do
        check_list(rows[i], { fit.coef[term], fit.se[term] }, 8, term)
      end
      digits.check(rows[5], fit.sigma, 8)
      assert.is_nil(fit.r2)
    end
  end)

  it("says what a robust fit cannot do", function()
    local t = ev.table { columns = { x = { 1, 2, 3, 4, 5 },
      y = { 1, 2, 3, 4, 9 } } }
    -- MASS: 'rlm' failed to converge in 200 steps
    assert.same({ nil, "the robust fit does not settle in 200 steps", "data" },
      { stats.regress(t, "y ~ x", { robust = "huber" }) })
    t = ev.table { columns = { x = { 1, 2, 3, 4 }, y = { 1, 2, 3, 4 } } }
    assert.same({ nil, "more than half of the rows are fitted exactly: there "
      .. "is no scale for the others", "data" },
      { stats.regress(t, "y ~ x", { robust = "huber" }) })
    t = ev.table { columns = { x = { 1, 2 }, y = { 1, 2 } } }
    assert.same({ nil, "a robust fit needs more rows than coefficients",
      "data" }, { stats.regress(t, "y ~ x", { robust = "huber" }) })
  end)

  local mistakes = {
    { "y", "'~' expected before the end" },
    { "y ~ x +", "the name of a column expected" },
    { "y ~ x * g", "'* g' is not understood" },
    { "y ~ 2 + x", "only 0 or 1 may stand among the terms" },
    { "y ~ poly(x, 0)", "poly takes a degree from 1 to 30" },
    { "y ~ x g", "'+' expected before 'g'" },
    { "y ~ z", "no column 'z'" },
    { "y ~ 0", "nothing is left to fit" },
    { "g ~ x", "'g': numbers were expected, not text" },
    { "y ~ poly(g, 2)", "'g': numbers were expected, not text" },
  }
  for _, mistake in ipairs(mistakes) do
    it("refuses " .. mistake[1], function()
      assert.error_matches(function() stats.regress(small, mistake[1]) end,
        "ev.stats.regress: .*" .. mistake[2]:gsub("%p", "%%%0"))
    end)
  end

  it("does not take an unknown level for the base", function()
    local fit = stats.regress(small, "y ~ g")
    assert.same({ nil, "'g': there was no 'd' among the rows that were fitted",
      "data" }, { fit:predict(ev.table { { g = "a" }, { g = "d" } }) })
    digits.check(3, fit:predict(ev.table { { g = "a" } })[1].fit, 14)
  end)

  it("takes names with dots, and tables to predict that have its columns",
    function()
      local t = ev.table { columns = { ["a.b"] = { 1, 2, 3 },
        y = { 1, 3, 4 } } }
      local fit = stats.regress(t, "y ~ a.b")
      digits.check(1.5, fit.coef["a.b"], 15)
      for message, other in pairs {
        ["predict: no column 'a.b'"] = ev.table { { c = 1 } },
        ["predict: t: a table of evalua was expected"] = 5,
      } do
        local ok, problem = pcall(function() fit:predict(other) end)
        assert.is_false(ok)
        assert.matches("regress_spec.lua:%d+: ", problem)
        assert.matches(message, problem, 1, true)
      end
    end)

  it("refuses fewer rows than coefficients, and infinities", function()
    local t = ev.table { columns = { x = { 1, 2 }, y = { 1.5, math.huge } } }
    assert.same({ nil, "'y': value 2 is infinite", "data" },
      { stats.regress(t, "y ~ x") })
    assert.same({ nil, "2 rows with all values cannot give 4 coefficients",
      "data" }, { stats.regress(t, "x ~ poly(x, 3)") })
  end)
end)

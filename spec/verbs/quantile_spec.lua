-- median, quantile, var, sd and share: published values, then a slow model.

local ev = require "evalua"
local support = require "support"
local random_from = require "support.random"
require "evalua.table"

local d = ev.decimal
local NA = ev.NA

local function one(values, item, kind)
  local t = ev.table { columns = { x = values }, types = { x = kind } }
  return t:summarise({ out = item })[1].out
end

local function near(expected, found, digits)
  local error_of = math.abs(found - expected) / math.abs(expected)
  assert.is_true(error_of < 10.0 ^ -digits,
    ("%.17g is not %.17g to %d digits"):format(found, expected, digits))
end

describe("quantile", function()
  it("is type 7 of Hyndman & Fan, as in R", function()
    -- R: quantile(c(1, 3, 4, 8, 10), c(0, .1, .25, .5, .75, .9, 1))
    local expected = { [0] = 1, [0.1] = 1.8, [0.25] = 3, [0.5] = 4,
      [0.75] = 8, [0.9] = 9.2, [1] = 10 }
    for p, value in pairs(expected) do
      assert.equal(value, one({ 8, 1, 10, 3, 4 }, ev.quantile("x", p)))
    end
    -- R: quantile(1:10, c(.25, .9))
    local ten = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 }
    assert.equal(3.25, one(ten, ev.quantile("x", 0.25)))
    assert.equal(9.1, one(ten, ev.quantile("x", 0.9)))
  end)

  it("of decimals is the double nearest to the exact value", function()
    local values = { d "0.10", d "0.20", d "0.70", d "0.40" }
    assert.equal(0.3, one(values, ev.median "x"))
    assert.equal(0.61, one(values, ev.quantile("x", d "0.9")))
  end)

  it("stands on a value where the place is whole", function()
    -- 0.3 * 10 is 3.0000000000000004 or 3 by luck in doubles
    local values = {}
    for i = 0, 10 do values[i + 1] = i * i end
    for i = 0, 10 do
      assert.equal(i * i + 0.0, one(values, ev.quantile("x", i / 10)))
    end
  end)

  it("keeps the largest whole numbers in order", function()
    local most = math.maxinteger
    assert.equal(most + 0.0, one({ most, most }, ev.median "x"))
    assert.equal(-0.5, one({ most, math.mininteger }, ev.median "x"))
  end)

  it("skips missing values and is NA over none", function()
    assert.equal(2.0, one({ NA, 1, NA, 3 }, ev.median "x"))
    assert.is_nil(one({ NA, NA }, ev.median "x", "int"))
    assert.is_nil(one({}, ev.quantile("x", 0.9), "int"))
    assert.is_nil(one({ NA }, ev.median "x"))
  end)

  it("of NaN is NaN", function()
    local value = one({ 1.0, 0 / 0, 2.0 }, ev.median "x")
    assert.is_true(value ~= value)
  end)

  it("agrees with a model in Lua by group", function()
    local random = random_from(7)
    for _ = 1, 40 do
      local n, p = random(60) + 1, random(101)
      local keys, values, model, order = {}, {}, {}, {}
      for i = 1, n do
        local key, value = random(4), random(2001) - 1000
        keys[i], values[i] = key, value
        if model[key] == nil then
          model[key] = {}
          order[#order + 1] = key
        end
        table.insert(model[key], value)
      end
      local t = ev.table { columns = { k = keys, x = values } }
        :group_by "k":summarise { q = ev.quantile("x", p / 100) }
      for i, row in t:rows() do
        local sorted = model[order[i]]
        table.sort(sorted)
        local place = (#sorted - 1) * p
        local at, rest = place // 100, place % 100
        local low = sorted[at + 1]
        local high = sorted[at + 2] or low
        assert.equal((low * 100 + rest * (high - low)) / 100, row.q)
      end
    end
  end)

  it("is read from text and named by its p", function()
    local t = ev.table { columns = { x = { 1, 2, 3 } } }
    local s = t:summarise "median(x), q = quantile(x, 0.5), quantile(x, 0.25)"
    assert.same({ "median_x", "q", "quantile_x_0.25" }, s:names())
    assert.same({ median_x = 2.0, q = 2.0, ["quantile_x_0.25"] = 1.5 }, s[1])
  end)

  local t = ev.table { columns = { x = { 1 }, name = { "a" } } }
  local mistakes = {
    { "quantile(x)", "a p from 0 to 1 expected" },
    { "quantile(x, 2)", "a p from 0 to 1 expected" },
    { "quantile(x, y)", "a p from 0 to 1 expected" },
    { "median(x, 1)", '"%)" expected' },
    { "median(name)", "median%(name%): a median needs numbers, not text" },
    { "sd(name)", "a standard deviation needs numbers" },
  }
  for _, mistake in ipairs(mistakes) do
    it("refuses " .. mistake[1], function()
      assert.error_matches(function() t:summarise(mistake[1]) end, mistake[2])
    end)
  end

  it("refuses a p that is none where it is made", function()
    for _, p in ipairs { -0.1, 1.5, 0 / 0, "0.9", d "1.01", 7 } do
      assert.error_matches(function() ev.quantile("x", p) end,
        "^ev.quantile takes a p from 0 to 1, not")
    end
    assert.error_matches(function()
      t:summarise { { name = "q", fn = "quantile", column = "x" } }
    end, "a quantile needs its p, from 0 to 1")
  end)
end)

describe("var and sd", function()
  it("agree with NIST's certified values for Lottery", function()
    -- NIST StRD, univariate: Lottery, n = 218
    local path, values = support.shared "nist_strd/Lottery.txt", {}
    for line in io.lines(path) do
      local number = line:match "^%s+(%d+)%s*$"
      if number then values[#values + 1] = math.tointeger(number) end
    end
    assert.equal(218, #values)
    near(518.958715596330, one(values, ev.mean "x"), 14)
    near(291.699727470969, one(values, ev.sd "x"), 14)
  end)

  it("lose nothing to a large common part", function()
    -- the idea of NIST StRD NumAcc4: 10000000.2 and .1, .3 around it
    local values = { d "10000000.2" }
    for _ = 1, 500 do
      values[#values + 1] = d "10000000.1"
      values[#values + 1] = d "10000000.3"
    end
    assert.equal(0.1, one(values, ev.sd "x"))
    local reals = {}
    for i, value in ipairs(values) do reals[i] = value:number() end
    near(0.1, one(reals, ev.sd "x"), 7) -- what doubles hold of it
  end)

  it("divide by n - 1, and are NA of one value or none", function()
    -- R: var(c(2, 4, 4, 4, 5, 5, 7, 9)) is 32/7
    assert.equal(32 / 7, one({ 2, 4, 4, 4, 5, 5, 7, 9 }, ev.var "x"))
    assert.equal(0.0, one({ 3, 3, NA }, ev.var "x"))
    assert.is_nil(one({ 3, NA }, ev.var "x"))
    assert.is_nil(one({}, ev.sd "x", "real"))
  end)

  it("go on where 128 bits do not", function()
    local least, most = math.mininteger, math.maxinteger
    near(2.0 ^ 127, one({ least, most }, ev.var "x"), 14)
  end)
end)

describe("share", function()
  it("is the group's part of the whole in exact percent", function()
    local t = ev.table { columns = { k = { "a", "b", "a", "c" },
      x = { d "1.00", d "1.00", NA, d "1.00" } } }
      :group_by "k":summarise { s = ev.share "x" }
    assert.equal("decimal(6)", t:column("s"):type())
    for _, row in t:rows() do
      assert.equal("33.333333", tostring(row.s))
    end
  end)

  it("is NA where the whole is zero or the group has no value", function()
    local t = ev.table { columns = { k = { "a", "b" }, x = { 5, -5 } } }
    assert.is_nil(t:group_by "k":summarise({ s = ev.share "x" })[1].s)
    t = ev.table { columns = { k = { "a", "b" }, x = { 5, NA } } }
    t = t:group_by "k":summarise { s = ev.share "x" }
    assert.equal("100.000000", tostring(t[1].s))
    assert.is_nil(t[2].s)
  end)

  it("has room where the whole leaves 64 bits", function()
    local most = math.maxinteger
    local t = ev.table { columns = { k = { 1, 2 }, x = { most, most } } }
      :group_by "k":summarise { s = ev.share "x" }
    assert.equal("50.000000", tostring(t[2].s))
  end)
end)

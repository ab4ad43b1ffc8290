-- exact: fractions without rounding, against decimals and plain integers.

local ev = require "evalua"
local exact = require "evalua.exact"

local E = exact.of

describe("exact", function()
  it("adds, multiplies and divides without rounding", function()
    assert.equal(E(1), E "0.1" + E "0.2" + E "0.7")
    assert.equal(E "1/3", E(1) / E(3))
    assert.equal(E(1), E "1/3" * E(3))
    assert.equal(E "-0.5", E "0.25" - E "0.75")
  end)

  it("holds numbers beyond 64 bits", function()
    local big = E "99999999999999999999999999"
    assert.equal("9999999999999999999999999800000000000000000000000001",
      (big * big):round(0))
    assert.equal(big, big * big / big)
  end)

  it("rounds half to even, from the exact value", function()
    local cases = { { "0.125", 2, "0.12" }, { "0.135", 2, "0.14" },
      { "2/3", 4, "0.6667" }, { "-2.5", 0, "-2" }, { "0.04", 1, "0.0" },
      { "-0.04", 1, "0.0" }, { "99.995", 2, "100.00" }, { "7", 3, "7.000" } }
    for _, case in ipairs(cases) do
      local value = E(case[1])
      assert.equal(case[3], value:round(case[2]), case[1])
    end
  end)

  it("agrees with decimals on random numbers", function()
    math.randomseed(7)
    for _ = 1, 300 do
      local a = ev.decimal(("%d.%02d"):format(math.random(-99999, 99999),
        math.random(0, 99)))
      local b = ev.decimal(tostring(math.random(1, 99999)))
      assert.equal(E(a + b), E(a) + E(b))
      assert.equal(E(a * b), E(a) * E(b))
      assert.equal(tostring(a:divide(b, 4)), (E(a) / E(b)):round(4))
      assert.equal(a < b, E(a) < E(b))
    end
  end)

  it("finds whole numbers below and above", function()
    assert.equal(-3, E("-2.5"):floor():integer())
    assert.equal(-2, E("-2.5"):ceil():integer())
    assert.equal(3, E("7/3"):ceil():integer())
    assert.is_true(E("3.00"):is_whole())
    assert.is_nil(E("7/3"):integer())
  end)

  it("refuses what is no number, and division by zero", function()
    assert.has_error(function() E "1,5" end, "'1,5' is no exact number")
    assert.has_error(function() return E(1) / E(0) end, "division by zero")
  end)
end)

describe("exact fractions", function()
  local D = ev.decimal

  it("give the rates of the sample unit to any digit", function()
    local rate = exact.ratio(D "6597.28", D "4263.67")
    assert.equal("1.547324", tostring(rate:decimal(6)))
    assert.equal("154.73", tostring((rate * 100):decimal(2)))
  end)

  it("mix with decimals and whole numbers", function()
    assert.is_true(exact.of(3) - D "0.5" == exact.of "2.5")
    assert.is_true(D "0.5" - exact.of(3) == exact.of "-2.5")
    assert.is_true(exact.of "2.5" < 3)
    assert.equal(0, exact.of "2.5":compare(D "2.50"))
  end)

  it("round a tie to even, or up and away from zero", function()
    local cases = { { 1, "0.12", "0.13" }, { 3, "0.38", "0.38" },
      { -1, "-0.12", "-0.13" } }
    for _, case in ipairs(cases) do
      local eighths = exact.ratio(case[1], 8)
      assert.equal(case[2], tostring(eighths:decimal(2)))
      assert.equal(case[3], tostring(eighths:decimal(2, "half-up")))
    end
  end)

  it("round what lies just beside a tie to the nearer side", function()
    local tie, least = exact.ratio(1, 8), exact.ratio(1, 1000000000000000)
    assert.equal("0.13", tostring((tie + least):decimal(2)))
    assert.equal("0.12", tostring((tie - least):decimal(2, "half-up")))
  end)

  it("know which of them are decimals", function()
    assert.equal("0.375", tostring(exact.ratio(3, 8):as_decimal()))
    assert.is_nil(exact.ratio(1, 3):as_decimal())
  end)

  it("have none over zero, and take no floats", function()
    assert.is_nil(exact.ratio(1, D "0.00"))
    assert.has_error(function() exact.of(0.5) end)
  end)
end)

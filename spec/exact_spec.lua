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

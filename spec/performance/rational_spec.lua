-- rational: fractions stay exact until they are printed.

local ev = require "evalua"
local rational = require "evalua.rational"
local D = ev.decimal

--- A small generator, so that every run tries the same numbers.
local function numbers(seed)
  local state = seed
  return function(most)
    state = (state * 6364136223846793005 + 1442695040888963407)
    return ((state >> 11) % most)
  end
end

describe("rational", function()
  it("gives the rates of the sample unit to any digit", function()
    local rate = rational.ratio(D "6597.28", D "4263.67")
    assert.equal("1.547324", tostring(rate:round(6)))
    assert.equal("154.73", tostring((rate * 100):round(2)))
  end)

  it("agrees with whole-number arithmetic", function()
    local next_number = numbers(7)
    for _ = 1, 300 do
      local a, b = next_number(2000000) - 1000000, next_number(999) + 1
      local c, d = next_number(2000000) - 1000000, next_number(999) + 1
      local x, y = rational.ratio(a, b), rational.ratio(c, d)
      assert.is_true(x + y == rational.ratio(a * d + c * b, b * d))
      assert.is_true(x - y == rational.ratio(a * d - c * b, b * d))
      assert.is_true(x * y == rational.ratio(a * c, b * d))
      assert.equal(a * d < c * b, x < y)
      assert.equal(a // b, x:floor())
    end
  end)

  it("rounds a tie to even, or up and away from zero", function()
    assert.equal("0.12", tostring(rational.ratio(1, 8):round(2)))
    assert.equal("0.13", tostring(rational.ratio(1, 8):round(2, "half-up")))
    assert.equal("0.38", tostring(rational.ratio(3, 8):round(2)))
    assert.equal("-0.13", tostring(rational.ratio(-1, 8):round(2, "half-up")))
    assert.equal("-0.12", tostring(rational.ratio(-1, 8):round(2)))
  end)

  it("rounds what lies just beside a tie to the nearer side", function()
    local tie = rational.ratio(1, 8)
    local least = rational.ratio(1, 1000000000000000)
    assert.equal("0.13", tostring((tie + least):round(2)))
    assert.equal("0.12", tostring((tie - least):round(2, "half-up")))
  end)

  it("does not overflow where 64 bits would", function()
    local huge = rational.of(D "999999999999999999")
    local product = huge * huge * huge
    assert.is_true(rational.ratio(product, huge * huge) == huge)
    assert.is_nil(product:round(0))
    assert.is_nil(product:floor())
    assert.equal("999999999999999999", tostring(huge:round(0)))
  end)

  it("has no fraction over zero", function()
    assert.is_nil(rational.ratio(1, 0))
    assert.is_nil(rational.ratio(D "1", D "0.00"))
  end)

  it("knows which fractions are decimals", function()
    assert.equal("0.375", tostring(rational.ratio(3, 8)))
    assert.equal("≈0.333333", tostring(rational.ratio(1, 3)))
    assert.is_nil(rational.ratio(1, 3):exact())
  end)

  it("refuses floats", function()
    assert.has_error(function() rational.of(0.5) end)
  end)
end)

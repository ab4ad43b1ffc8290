-- interval: 余, 约 and 至少 carried as what the figure can be.

local ev = require "evalua"
local interval = require "evalua.interval"
local D = ev.decimal

local function text(value, qualifier, pct)
  return interval.of(D(value), qualifier, pct and D(pct))
    :text(function(bound) return tostring(bound) end)
end

describe("interval.of", function()
  -- the reading used in domain/checks.md, section 7
  it("reads 余 as open, up to the last digit's place", function()
    for value, expected in pairs { ["15"] = "(15, 16)", ["260"] = "(260, 270)",
      ["40"] = "(40, 50)", ["5800"] = "(5800, 5900)", ["300"] = "(300, 400)",
      ["6000"] = "(6000, 7000)", ["13.72"] = "(13.72, 13.73)",
      ["1.50"] = "(1.5, 1.6)" } do
      assert.equal(expected, text(value, "approx_above"))
    end
  end)

  it("knows no interval of 约 unless it is told one", function()
    assert.is_true(interval.of(D "220", "approx").unknown)
    assert.equal("[209, 231]", text("220", "approx", "5"))
  end)

  it("leaves 至少 open above", function()
    assert.equal("[3, ∞)", text("3", "at_least"))
  end)

  it("writes no interval of an exact figure", function()
    assert.is_nil(text("3", "exact"))
  end)

  it("knows nothing of 0余", function()
    assert.is_true(interval.of(D "0", "approx_above").unknown)
  end)
end)

describe("an interval", function()
  it("adds up, and is unknown where one part is", function()
    local sum = interval.sum { interval.of(D "340", "approx_above"),
      interval.of(D "180", "approx_above") }
    assert.equal("(520, 540)", sum:text(tostring))
    assert.is_true(interval.sum { interval.of(D "1"),
      interval.of(D "2", "approx") }.unknown)
  end)

  it("reaches a limit always, never, or perhaps", function()
    local above = interval.of(D "40", "approx_above")
    assert.is_true(above:reaches(40))
    assert.is_nil(above:reaches(45))
    assert.is_false(above:reaches(50)) -- 50 itself is not in (40, 50)
    assert.is_true(above:stays_within(50))
    assert.is_false(above:stays_within(40))
    assert.is_nil(above:stays_within(45))
    assert.is_nil(interval.of(D "3", "at_least"):reaches(4))
    assert.is_nil(interval.of(D "3", "approx"):reaches(1))
  end)
end)

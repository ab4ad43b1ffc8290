--- Whole percents that add up to 100.
require "evalua"

local whole = require("evalua.chart.largest_remainder").whole

local function sum(list)
  local total = 0
  for _, value in ipairs(list) do total = total + (value or 0) end
  return total
end

describe("whole percents", function()
  it("are the nearest ones where these add up", function()
    local parts, changed = whole { 25.2, 50.4, 24.4 }
    assert.same({ 25, 51, 24 }, parts)
    assert.is_true(changed) -- 50.4 is shown as 51
    parts, changed = whole { 25.2, 50.6, 24.2 }
    assert.same({ 25, 51, 24 }, parts)
    assert.is_false(changed)
  end)

  it("give what is missing to those that lost most", function()
    local parts, changed = whole { 100 / 3, 100 / 3, 100 / 3 }
    assert.same({ 34, 33, 33 }, parts)
    assert.is_true(changed)
  end)

  it("take back what rounding gives too much", function()
    local parts, changed = whole { 12.5, 12.5, 12.5, 12.5, 16.6, 16.7, 16.7 }
    assert.equal(100, sum(parts))
    assert.is_true(changed)
  end)

  it("keep what is missing missing", function()
    assert.same({ 60, false, 40 }, (whole { 60, false, 40 }))
    assert.same({ false, false }, (whole { false, false }))
  end)

  it("add up to 100 and are never a whole point off, whatever the parts",
    function()
      math.randomseed(7)
      for _ = 1, 500 do
        local parts, total = {}, 0
        for i = 1, math.random(1, 12) do
          parts[i] = math.random() ^ 4
          total = total + parts[i]
        end
        for i, part in ipairs(parts) do parts[i] = 100 * part / total end
        local found = whole(parts)
        assert.equal(100, sum(found))
        for i, part in ipairs(parts) do
          assert.is_true(math.abs(found[i] - part) < 1)
        end
      end
    end)
end)

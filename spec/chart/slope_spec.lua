--- What the figures of a slope chart show.
local ev = require "evalua"

local function texts(rows, tag)
  local list = assert(assert(ev.chart.slope(ev.table(rows), { by = "name",
    base = "base", actual = "actual", lang = "en" })):display_list())
  local found = {}
  for _, item in ipairs(list:find("text", tag)) do
    found[#found + 1] = item.text
  end
  return table.concat(found, " ")
end

describe("ev.chart.slope", function()
  it("has decimals enough to show the largest change", function()
    local message = texts({ { name = "a", base = 1200000, actual = 1200300 },
      { name = "b", base = 1000000, actual = 1000000 } }, "message")
    assert.matches("from 1,200.0 to 1,200.3", message, 1, true)
  end)

  it("has no more than that", function()
    local message = texts({ { name = "a", base = 1200000, actual = 1300000 },
      { name = "b", base = 1000000, actual = 1000400 } }, "message")
    assert.matches("from 1,200 to 1,300", message, 1, true)
  end)

  it("does not draw a small change as a plunge", function()
    local list = assert(assert(ev.chart.slope(ev.table {
      { name = "a", base = 1412, actual = 1363 } }, { by = "name",
      base = "base", actual = "actual" })):display_list())
    local axis = list:find("line", "axis")[1]
    local points = list:find("polyline", "slope")[1].points
    local part = (points[4] - points[2]) / (axis.y1 - axis.y0)
    assert.is_true(part > 0.05 and part < 0.25, part)
  end)

  it("says so where nothing changes", function()
    assert.matches("a: 12 to 12", texts({ { name = "a", base = 12,
      actual = 12 } }, "message"), 1, true)
  end)
end)

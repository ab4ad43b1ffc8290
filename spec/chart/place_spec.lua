--- Where labels go: apart from each other, and off the marks.
local display = require "evalua.chart.display"
local place = require "evalua.chart.layout.place"
local plot = require "evalua.chart.layout.plot"
local relax = require "evalua.chart.layout.relax"
local text_fit = require "evalua.chart.text_fit"

describe("relax.apart", function()
  it("leaves alone what does not collide", function()
    assert.same({ 10, 50, 90 }, relax.apart({ 10, 50, 90 }, 20, 0, 100))
  end)

  it("pushes neighbours apart about their middle", function()
    assert.same({ 40, 60 }, relax.apart({ 50, 50 }, 20, 0, 100))
    local at = relax.apart({ 10, 50, 51, 52, 90 }, 10, 0, 100)
    assert.same({ 10, 41, 51, 61, 90 }, at)
  end)

  it("keeps gaps, order and bounds whatever is wanted", function()
    local state = 11
    local function random(most)
      state = (state * 1103515245 + 12345) % 2147483648
      return state % most
    end
    for _ = 1, 200 do
      local wanted, n = {}, 1 + random(12)
      for i = 1, n do wanted[i] = random(400) end
      table.sort(wanted)
      local at = relax.apart(wanted, 20, 0, 300)
      for i = 1, n do
        assert.is_true(at[i] >= -1e-9 and at[i] <= 300 + 1e-9)
        assert.is_true(i == 1 or at[i] - at[i - 1] >= 20 - 1e-9)
      end
    end
  end)
end)

describe("place", function()
  local function box(x0, y0, x1, y1)
    return { x0 = x0, y0 = y0, x1 = x1, y1 = y1 }
  end

  it("knows what touches a box", function()
    local b = box(10, 10, 20, 20)
    assert.is_true(place.segment_hits(b, 0, 0, 30, 30))
    assert.is_false(place.segment_hits(b, 0, 25, 30, 25))
    assert.is_true(place.touches({ kind = "polygon",
      points = { 0, 0, 50, 0, 50, 50, 0, 50 } }, b))
    assert.is_false(place.touches({ kind = "polygon",
      points = { 30, 0, 50, 0, 50, 50, 30, 50 } }, b))
    assert.is_true(place.touches({ kind = "circle", x = 22, y = 15,
      radius = 3 }, b))
    assert.is_true(place.touches({ kind = "polyline",
      points = { 0, 15, 30, 15 } }, b))
  end)

  it("takes the first place that is free and on the canvas", function()
    local measure = assert(text_fit.measure "Noto Sans CJK SC")
    local list = display.new(100, 100, measure)
    list:rect { x0 = 0, y0 = 0, x1 = 100, y1 = 50, tag = "bar" }
    local at = place.first(list, { { x = 50, y = 20, anchor = "center" },
      { x = 99, y = 80, anchor = "left" }, { x = 50, y = 80,
        anchor = "center" } }, 40, 10, {})
    assert.equal(50, at.x)
    assert.equal(80, at.y)
    assert.is_nil(place.first(list, { { x = 50, y = 20,
      anchor = "center" } }, 40, 10, {}))
  end)
end)

describe("plot.ticks", function()
  it("gives round numbers, and the decimals that tell them apart", function()
    local cases = { { 0, 6597, 6, { 0, 2000, 4000, 6000 }, 0 },
      { 0, 0.9, 4, { 0, 0.5 }, 1 }, { -30, 70, 6, { -20, 0, 20, 40, 60 }, 0 },
      { 5, 5, 4, { 5 }, 0 } }
    for _, case in ipairs(cases) do
      local ticks, places = plot.ticks(case[1], case[2], case[3])
      assert.equal(#case[4], #ticks)
      for i, tick in ipairs(ticks) do assert.near(case[4][i], tick, 1e-9) end
      assert.equal(case[5], places)
    end
  end)
end)

--- Names at the ends of a plot's lines.
local ev = require "evalua"

--- An svg of lines that end in these values; ends[i] is of group i.
local function draw(ends, opts)
  local t = { x = {}, y = {}, g = {} }
  for i, value in ipairs(ends) do
    for x = 1, 5 do
      t.x[#t.x + 1], t.g[#t.g + 1] = x, "name" .. i
      t.y[#t.y + 1] = x == 5 and value or i * 7
    end
  end
  local all = { x = "x", y = "y", group = "g", lang = "en" }
  for key, value in pairs(opts or {}) do all[key] = value end
  return assert(assert(ev.chart.plot(ev.table { columns = t }, all))
    :render "svg")
end

--- Where the names stand, by their numbers; gnuplot moves a text down by a
--- third of its size.
local function places(svg)
  local found = {}
  for y, size, i in svg:gmatch(
    'translate%([%d.]+,([%d.]+)%)" [^\n]*font%-size="([%d.]+)"[^\n]*\n'
      .. "[^\n]*>name(%d)<") do
    found[tonumber(i)] = tonumber(y) - tonumber(size) / 3
  end
  return found
end

--- Where the last points are, by the order of the groups.
local function last_points(svg, count)
  local most, found = 0, {}
  for x, y in svg:gmatch "<circle cx='([%d.]+)' cy='([%d.]+)'" do
    x = tonumber(x)
    if x > most then most, found = x, {} end
    if x == most then found[#found + 1] = tonumber(y) end
  end
  assert.equal(count, #found)
  return found
end

describe("names beside the lines of a plot", function()
  it("stand at their lines' last points", function()
    local svg = draw { 300, 10, 170 }
    local names, points = places(svg), last_points(svg, 3)
    for i = 1, 3 do assert.near(points[i], names[i], 3) end
  end)

  it("are told apart where the lines end together", function()
    local names = places(draw { 100, 101, 100, 99, 500 })
    local order = {}
    for i, y in pairs(names) do order[#order + 1] = { y, i } end
    table.sort(order, function(a, b) return a[1] < b[1] end)
    assert.equal(5, #order)
    assert.equal(5, order[1][2])
    assert.equal(2, order[2][2])
    assert.equal(4, order[5][2])
    for i = 2, 5 do assert.is_true(order[i][1] - order[i - 1][1] > 24) end
  end)

  it("know where small, large and equal values lie", function()
    for _, ends in ipairs { { 1e-6, 3e-6 }, { 4e11, -2e11 }, { 7, 14 } } do
      local svg = draw(ends)
      local names, points = places(svg), last_points(svg, 2)
      local shift = math.abs(points[1] - names[1])
        + math.abs(points[2] - names[2])
      assert.is_true(shift < 40, shift)
    end
  end)

  it("are left to a key on a logarithmic axis, and for points", function()
    for _, opts in ipairs { { log = "y" }, { style = "points" } } do
      local names = places(draw({ 300, 10 }, opts))
      assert.near(32, names[2] - names[1], 12) -- lines of a key
    end
  end)
end)

-- Plots: what is drawn is what the data have, whatever their number.

local ev = require "evalua"
local core = require "evalua.core"
local support = require "support"

local d = ev.decimal
local NA = ev.NA
local points = core.points

local function reals(...)
  return assert(core.column.new({ ... }, select("#", ...), "real"))
end

--- Numbers as text; a break is "|".
local function shown(list)
  local out = {}
  for i, x in ipairs(list) do
    out[i] = x ~= x and "|" or ("%g"):format(x)
  end
  return table.concat(out, " ")
end

describe("points.position", function()
  it("has numbers as they are, and periods in seconds", function()
    local t = ev.table { columns = { n = { d "1.25", NA }, i = { 3, 4 },
      m = { "1970-01", "1970-02" }, b = { true, false } },
      types = { m = "month" } }
    local function of(name) return points.position(t:column(name)) end
    assert.equal(1.25, of("n")[1])
    assert.is_nil(of("n")[2])
    assert.equal(4, of("i")[2])
    assert.equal(0, of("m")[1])
    assert.equal(31 * 86400, of("m")[2])
    assert.equal(1, of("b")[1])
    assert.has_error(function()
      points.position(core.column.new({ "a" }, 1))
    end)
  end)

  it("has no place for what is not finite", function()
    local column = points.position(reals(1 / 0, -1 / 0, 0 / 0, 1))
    assert.equal(3, column:missing())
  end)
end)

describe("points.thin", function()
  it("keeps few points as they are, breaks included", function()
    local x, y = points.thin(reals(1, 2, 3, 4), reals(5, NA, NA, 6))
    assert.equal("1 | 4", shown(x))
    assert.equal("5 | 6", shown(y))
  end)

  it("keeps first, lowest, highest and last of a pixel column", function()
    local x, y = points.thin(reals(0, 0.1, 0.2, 0.3, 0.4, 0.5, 9),
      reals(3, 1, 2, 8, 2, 4, 0), { width = 2 })
    assert.equal("0 0.1 0.3 0.5 9", shown(x))
    assert.equal("3 1 8 4 0", shown(y))
  end)

  it("never loses an extreme and is never longer than four a column",
    function()
      math.randomseed(7)
      for _ = 1, 20 do
        local n, xs, ys = math.random(1, 3000), {}, {}
        for i = 1, n do xs[i], ys[i] = i, math.random() end
        ys[math.random(n)], ys[math.random(n)] = 5.0, -5.0
        local width = math.random(1, 50)
        local _, y = points.thin(core.column.new(xs, n, "real"),
          core.column.new(ys, n, "real"), { width = width })
        assert.is_true(#y <= 4 * width)
        assert.equal(math.max(table.unpack(ys)), math.max(table.unpack(y)))
        assert.equal(math.min(table.unpack(ys)), math.min(table.unpack(y)))
      end
    end)

  it("keeps one point of a cloud's cell", function()
    local x = points.thin(reals(0, 0.001, 1, 1, NA), reals(0, 0, 1, 1, 2),
      { cloud = true, width = 10, height = 10 })
    assert.equal("0 1", shown(x))
  end)

  it("leaves out what a log axis cannot show", function()
    assert.equal("1 | 3", shown((points.thin(reals(1, 2, 3), reals(1, 0, 9),
      { log_y = true }))))
  end)
end)

describe("points.count", function()
  it("counts each value once, the upper end in the last bin", function()
    assert.equal("2 1 2", shown(points.count(reals(0, 0.9, 1, 2.5, 3, NA, -1),
      0, 1, 3)))
  end)
end)

local function sample()
  return ev.table { columns = {
    m = { "2022-03", "2022-01", "2022-02", "2022-01" },
    v = { 3, 1, d "2.5", NA }, g = { "甲", "甲", "甲", "乙" },
  }, types = { m = "month" } }
end

describe("ev.chart.plot", function()
  it("sorts a line by x and keeps groups apart", function()
    local plot = assert(ev.chart.plot(sample(), { x = "m", y = "v",
      group = "g" }))
    assert.equal("1 2.5 3", shown(plot.series[1].y))
    assert.equal("甲", plot.series[1].label)
    assert.equal(0, #plot.series[2].y)
    assert.equal(1, plot.lost)
    assert.matches("set xdata time", plot:script "svg", 1, true)
  end)

  it("adds up bars that share their x", function()
    local plot = assert(ev.chart.plot(sample(), { x = "g", y = "v",
      style = "bars" }))
    assert.same({ "甲", "乙" }, plot.labels)
    assert.equal("6.5", shown(plot.series[1].y))
    assert.equal(1, plot.lost)
  end)

  it("counts every value of a histogram", function()
    local t = { v = {} }
    for i = 1, 500 do t.v[i] = (i * 37 % 101) / 7 end
    local plot = assert(ev.chart.plot(ev.table { columns = t },
      { x = "v", style = "histogram" }))
    local sum = 0
    for _, n in ipairs(plot.series[1].y) do sum = sum + n end
    assert.equal(500, sum)
  end)

  it("has Tukey's whiskers and what lies beyond", function()
    local t = ev.table { columns = { v = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 100 } } }
    local box = assert(ev.chart.plot(t, { y = "v", style = "box" })).series[1]
    assert.equal(3.25, box.q1)
    assert.equal(5.5, box.q2)
    assert.equal(7.75, box.q3)
    assert.equal(1, box.low)
    assert.equal(9, box.high)
    assert.same({ 100 }, box.beyond)
  end)

  it("draws the line of a fit", function()
    local t = ev.table { columns = { x = { 1, 2, 3, 4 },
      y = { 3, 5, 7, 9 } } }
    local fit = assert(ev.chart.plot(t, { x = "x", y = "y", fit = true,
      style = "points" })).series[1].fit
    assert.is_true(math.abs(fit[1][2] - 3) < 1e-12)
    assert.is_true(math.abs(fit[#fit][2] - 9) < 1e-12)
    local two = ev.table { columns = { x = { 1, 2 }, y = { 3, 5 } } }
    assert.is_nil(assert(ev.chart.plot(two, { x = "x", y = "y",
      fit = true })).series[1].fit)
  end)

  it("takes a million points", function()
    local t = assert(ev.read_csv(support.write("many.csv", (function()
      local lines = { "x,y" }
      for i = 1, 100000 do
        lines[i + 1] = ("%d,%d"):format(i, i * 7919 % 1000)
      end
      return table.concat(lines, "\n") .. "\n"
    end)())))
    for _ = 1, 3 do t = t:bind_rows(t) end
    assert.equal(800000, t:nrows())
    local svg = assert(assert(ev.chart.plot(t, { x = "x", y = "y" }))
      :render "svg")
    assert.is_true(#svg < 400000)
  end)

  it("draws one dot of a large cloud at each place", function()
    math.randomseed(11)
    local lines = { "x,y" }
    for i = 1, 60000 do
      lines[i + 1] = ("%.4f,%.4f"):format(math.random(), math.random())
    end
    local t = assert(ev.read_csv(support.write("cloud.csv",
      table.concat(lines, "\n") .. "\n")))
    local plot = assert(ev.chart.plot(t, { x = "x", y = "y",
      style = "points" }))
    -- of 480 x 270 places 1 - exp(-60000 / 129600) are taken: 48,022
    assert.near(48022, #plot.series[1].x, 500)
    plot = assert(ev.chart.plot(t:head(9000), { x = "x", y = "y",
      style = "points" }))
    assert.is_true(#plot.series[1].x > 8900) -- each has its own pixel
  end)

  it("is well-formed with any title and names", function()
    local bad = "a\1\27[31m\xff]]>\"<script>"
    local t = ev.table { columns = { x = { 1, 2 }, [bad] = { 2, 4 } } }
    local svg = assert(assert(ev.chart.plot(t, { x = "x", y = bad,
      title = bad, source = bad })):render "svg")
    local path = support.write("bad.svg", svg)
    assert.equal("", support.run({ "xmllint", "--noout", path }).err)
    assert.is_nil(svg:find("<script", 1, true))
  end)

  it("says that its source is one, and keeps it on the canvas", function()
    local t = ev.table { columns = { x = { 1, 2 }, y = { 2, 4 } } }
    local svg = assert(assert(ev.chart.plot(t, { x = "x", y = "y",
      lang = "en", source = ("accounts "):rep(60) })):render "svg")
    local text = assert(svg:match ">(Source: [^<]*)<")
    assert.is_true(#text < 260)
  end)

  it("draws its points as circles that need no definition", function()
    local t = assert(ev.read_csv(support.write("p.csv",
      "x,y\n1,2\n2,3\n3,5\n4,2\n5,3\n6,2\n7,90\n")))
    for style, count in pairs { points = 7, lines = 7, box = 1 } do
      local svg = assert(assert(ev.chart.plot(t, { x = style ~= "box" and "x"
        or nil, y = "y", style = style })):render "svg")
      assert.is_nil(svg:find("xlink", 1, true), style)
      local _, found = svg:gsub("<circle ", "")
      assert.equal(count, found, style)
    end
  end)

  it("draws every style in every format", function()
    local opts = { lines = { x = "m", y = "v" }, points = { x = "m",
      y = "v" }, steps = { x = "m", y = "v" }, bars = { x = "g", y = "v" },
      histogram = { x = "v" }, box = { y = "v", group = "g" } }
    for style, opt in pairs(opts) do
      opt.style, opt.title = style, "a'b`c$(d)\"\\"
      local plot = assert(ev.chart.plot(sample(), opt))
      for _, format in ipairs { "svg", "png", "pdf" } do
        assert(plot:render(format))
      end
    end
  end)

  it("says what is wrong", function()
    local function wrong(opts)
      return select(2, pcall(ev.chart.plot, sample(), opts))
    end
    assert.matches("no style 'pie'", wrong { style = "pie" })
    assert.matches("x = \"column\" was expected", wrong { y = "v" })
    assert.matches("'g' is text", wrong { x = "g", y = "v" })
    assert.matches("every cell of 'e' is empty", select(2, pcall(ev.chart.plot,
      ev.table { columns = { e = { NA }, v = { 1 } } }, { x = "v", y = "e" })))
    assert.matches("no column 'w'", wrong { x = "m", y = "w" })
    assert.matches("fit goes with lines or points", wrong { x = "g", y = "v",
      style = "bars", fit = true })
    local none = ev.table { columns = { x = { NA }, y = { 1 } },
      types = { x = "int" } }
    assert.equal("there is nothing to draw", select(2, ev.chart.plot(none,
      { x = "x", style = "histogram" })))
    for _, group in ipairs { false, "y" } do
      assert.equal("there is nothing to draw", select(2, ev.chart.plot(none,
        { x = "y", y = "x", group = group or nil })))
    end
  end)
end)

describe("evalua chart plot", function()
  local path

  setup(function()
    path = support.write("p.csv", "m,v\n2022-01,1\n2022-02,\n2022-03,-3\n")
  end)

  it("draws a file and says what it left out", function()
    local out = support.tempdir() .. "/p.svg"
    local result = support.evalua { "chart", "plot", path, "--x", "m", "--y",
      "v", "--log", "y", "-o", out }
    assert.equal(0, result.code)
    assert.matches("rows without a place in the picture: 2 ", result.err)
    assert.matches("^<%?xml", support.read(out))
  end)

  it("speaks Chinese and names the columns", function()
    local result = support.evalua { "chart", "plot", path, "--x", "mm", "--y",
      "v", "-o", support.tempdir() .. "/none.svg", "--lang", "zh" }
    assert.equal(2, result.code)
    assert.matches("没有列“mm”", result.err)
  end)
end)

describe("ev.chart.plot: names and axes", function()
  local function svg_of(t, opts)
    return assert(assert(ev.chart.plot(t, opts)):render("svg"))
  end

  local function texts_of(svg)
    local texts = {}
    for text in svg:gmatch "<text.-</text>" do
      texts[#texts + 1] = (text:gsub("<[^>]*>", ""):gsub("%s+$", "")
        :gsub("^%s+", ""))
    end
    return texts
  end

  local function has(list, wanted)
    for _, text in ipairs(list) do
      if text == wanted then return true end
    end
    return false
  end

  local function bars(n, name)
    local t = { x = {}, amount = {} }
    for i = 1, n do t.x[i], t.amount[i] = name(i), i * 1000000 end
    return ev.table { columns = t, order = { "x", "amount" } }
  end

  it("draws bars over months", function()
    local t = bars(3, function(i) return ("2024-%02d"):format(i) end)
    assert.is_true(has(texts_of(svg_of(t, { x = "x", y = "amount",
      style = "bars" })), "2024-02"))
    local path = support.write("m.csv", "month,amount\n2024-01,3\n2024-02,4\n")
    assert.is_true(has(texts_of(svg_of(assert(ev.read_csv(path)), {
      x = "month", y = "amount", style = "bars" })), "2024-02"))
  end)

  it("labels months alike in every time zone", function()
    local lines = { "m,v" }
    for i = 1, 12 do lines[i + 1] = ("2022-%02d,%d"):format(i, i) end
    local path = support.write("y.csv", table.concat(lines, "\n"))
    local function drawn_in(zone)
      local out = support.tempdir() .. "/y.svg"
      support.evalua({ "chart", "plot", path, "--x", "m", "--y", "v", "-o", out },
        { env = { TZ = zone } })
      return support.read(out)
    end
    assert.equal(drawn_in "UTC", drawn_in "CET-1CEST,M3.5.0,M10.5.0/3")
  end)

  it("leaves out names that have no room", function()
    local found = texts_of(svg_of(bars(100, function(i)
      return "n" .. i
    end), { x = "x", y = "amount", style = "bars", size = "slide" }))
    local count = 0
    for _, text in ipairs(found) do
      if text:find "^n%d" then count = count + 1 end
    end
    assert.is_true(count >= 15 and count <= 60)
  end)

  it("cuts slanted names, so that they stay in the picture", function()
    local found = texts_of(svg_of(bars(12, function(i)
      return "一个非常非常长的部门名称" .. i
    end), { x = "x", y = "amount", style = "bars", size = "slide" }))
    local cut = 0
    for _, text in ipairs(found) do
      if text:find "^一个" then
        assert.is_true(utf8.len(text) <= 10)
        cut = cut + 1
      end
    end
    assert.equal(12, cut)
  end)

  it("says a power of ten in words, in the reader's language", function()
    local t = bars(3, function(i) return "n" .. i end)
    assert.is_true(has(texts_of(svg_of(t, { x = "x", y = "amount",
      style = "bars", lang = "zh" })), "金额，百万"))
    assert.is_true(has(texts_of(svg_of(t, { x = "x", y = "amount",
      style = "bars", lang = "en" })), "amount, million"))
  end)

  it("has a true minus sign", function()
    local t = ev.table { columns = { x = { 1, 2, 3 }, y = { -5, 3, 5 } },
      order = { "x", "y" } }
    local svg = svg_of(t, { x = "x", y = "y" })
    assert.matches("\u{2212}", svg, 1, true)
    assert.is_false(has(texts_of(svg), "-4"))
  end)

  it("counts rows in a histogram, whatever else is named", function()
    local t = ev.table { columns = { v = { 1, 2, 2, 3 } }, order = { "v" } }
    assert.is_true(has(texts_of(svg_of(t, { x = "v", y = "v",
      style = "histogram", lang = "zh" })), "行数"))
  end)
end)

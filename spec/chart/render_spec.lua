--- The whole way: pictures of every kind, the same bytes each time, files.
local support = require "support"

local cases = require "chart.cases"
local chart = require "evalua.chart"
local words = require "evalua.chart.words"

local heads = { svg = "^<%?xml", png = "^\x89PNG\r\n", pdf = "^%%PDF" }

describe("a chart", function()
  it("is the same bytes every time, in every format", function()
    local function render_all()
      local all = {}
      for _, kind in ipairs { "variance", "bridge" } do
        for format, head in pairs(heads) do
          local bytes = assert(cases.chart(kind, "groups", "zh", "doc")
            :render(format))
          assert.matches(head, bytes)
          all[kind .. "." .. format] = bytes
        end
      end
      return all
    end
    local first = render_all()
    os.execute "sleep 1.1" -- the clock must not show in a file
    for name, bytes in pairs(render_all()) do
      assert.is_true(first[name] == bytes, name)
    end
  end)

  it("has the pixels of its size as png", function()
    for size, pixels in pairs { slide = { 1920, 1080 }, doc = { 1860, nil },
      ["640x480"] = { 640, 480 } } do
      local png = assert(cases.chart("variance", "sample", "zh", size)
        :render "png")
      local w, h = (">I4I4"):unpack(png, 17)
      assert.equal(pixels[1], w)
      if pixels[2] then assert.equal(pixels[2], h) end
    end
  end)

  it("is a document of 16 cm and a slide of 13.33 in as pdf", function()
    for size, points in pairs { slide = 960, doc = 16 / 2.54 * 72 } do
      local pdf = assert(cases.chart("bridge", "sample", "en", size)
        :render "pdf")
      local width = pdf:match "/MediaBox %[ 0 0 ([%d.]+)"
      assert.near(points, tonumber(width), 0.6)
    end
  end)

  it("is an svg without ids, script, generator and unused definitions",
    function()
    local svg = assert(cases.chart("variance", "groups", "en", "slide")
      :render "svg")
    for _, text in ipairs { "<script", " id=", "GNUPLOT", "<defs", "xlink",
      "<title" } do
      assert.is_nil(svg:find(text, 1, true), text)
    end
    assert.matches('<svg [^>]*role="img" aria%-label="[^"]+"', svg)
    assert.matches("Microsoft YaHei", svg)
    local path = support.write("chart.svg", svg)
    assert.equal(0, support.run({ "xmllint", "--noout", path }).code)
  end)

  it("has no group that holds nothing; boxes of a style share theirs",
    function()
    local made = cases.chart("variance", "groups", "en", "slide")
    local svg = assert(made:render "svg")
    assert.is_nil(svg:find "<g[^>]*>%s*</g>")
    local boxes = 0
    for _, item in ipairs(made:display_list().items) do
      if item.kind == "rect" then boxes = boxes + 1 end
    end
    local _, groups = svg:gsub("<g [^>]*crispEdges", "")
    assert.is_true(groups < boxes / 2, groups .. " of " .. boxes)
  end)

  it("changes tags, never a text that looks like one", function()
    local words_of_tags = 'g id="gnuplot_plot_1" > font-family="A" /g tspan '
      .. 'font-family="B" text xml:space="preserve"'
    local svg = assert(chart.new { kind = "variance", lang = "en",
      rows = { cases.row("leaf", 1, "a", "10", "12") },
      title = { source = words_of_tags } }:render "svg")
    local shown = svg:gsub("<[^>]*>", ""):gsub("&quot;", '"')
      :gsub("&gt;", ">")
    assert.is_truthy(shown:find(words_of_tags, 1, true), shown)
  end)

  it("keeps the blanks between regular and bold text", function()
    local svg = assert(cases.chart("variance", "sample", "en", "slide")
      :render "svg")
    for tag in svg:gmatch "<text[^>]*>" do
      assert.matches('xml:space="preserve"', tag)
    end
  end)

  it("draws a bar of less than a pixel as a line of one", function()
    local rows = { cases.row("leaf", 1, "a", "1000000.00", "1000000.01") }
    local script = chart.new { kind = "bridge", rows = rows,
      magnify = false }:script "svg"
    local thin = 0
    for x0, x1 in script:gmatch "\n[%d.]+ [%d.]+ ([%d.]+) ([%d.]+) " do
      assert.is_true(tonumber(x1) - tonumber(x0) >= 1)
      if tonumber(x1) - tonumber(x0) == 1 then thin = thin + 1 end
    end
    assert.equal(2, thin)
  end)

  it("tells its figures to those who cannot see it", function()
    local svg = assert(cases.chart("variance", "sample", "zh", "slide")
      :render "svg")
    local text = svg:match "<desc>(.-)</desc>"
    assert.matches("基本支出: PL 2,201 AC 1,917 ΔPL −284 −12.9%%", text)
  end)

  it("gives a full name that was cut to those who cannot see it", function()
    local made = cases.chart("variance", "long_names", "en", "slide")
    local svg = assert(made:render "svg")
    assert.matches("Telecommunications A:", svg:match "<desc>(.-)</desc>")
  end)

  it("is saved in the format of the suffix", function()
    local made = cases.chart("variance", "sample", "en", "slide")
    for format, head in pairs(heads) do
      local path = support.tempdir() .. "/chart." .. format:upper()
      assert(made:save(path))
      assert.matches(head, support.read(path))
    end
  end)

  it("is not saved under another suffix or where nothing can be written",
    function()
    local made = cases.chart("variance", "sample", "en", "slide")
    local ok, message, code = made:save "chart.gif"
    assert.is_nil(ok)
    assert.matches("svg, png or pdf", message)
    assert.equal("data", code)
    ok, message, code = made:save "/nonexistent/chart.svg"
    assert.is_nil(ok)
    assert.matches("/nonexistent/chart.svg", message)
    assert.equal("io", code)
  end)

  it("fails within its deadline", function()
    local bytes, message, code = cases.chart("variance", "forty", "zh",
      "slide"):render("png", { deadline_ms = 1 })
    assert.is_nil(bytes)
    assert.matches("took longer than 0.001 s", message)
    assert.equal("child", code)
  end)

  it("needs rows", function()
    local list, message, code = chart.new { kind = "variance", rows = {} }
      :display_list()
    assert.is_nil(list)
    assert.equal("there are no rows to draw", message)
    assert.equal("data", code)
  end)

  it("raises on a kind, size or theme that there is not", function()
    for _, wrong in ipairs { { kind = "pie" }, { size = "huge" },
      { size = "10x10" }, { size = "8000x300" }, { theme = "none" } } do
      local spec = { kind = wrong.kind or "variance", rows = cases.sample(),
        size = wrong.size, theme = wrong.theme }
      assert.has_error(function() chart.new(spec) end)
    end
  end)

  it("refuses a theme whose colour or font is no colour or font", function()
    for key, value in pairs { ["color.band"] = 'red"; system("x") #',
      ["font.family"] = 'Noto Sans CJK SC"; system("x") #' } do
      assert.has_error(function()
        cases.chart("variance", "sample", "en", "slide",
          { theme = { [key] = value } })
      end, ("theme: '%s' of '%s' is not %s"):format(value, key,
        key == "color.band" and "a colour like #2E75B6"
          or "the name of a font"))
    end
  end)

  it("has other colours for those who cannot tell red from green", function()
    local list = cases.chart("variance", "sample", "en", "slide",
      { theme = "cvd" }):display_list()
    local bars = list:find("rect", "variance.bar")
    assert.equal("#2E75B6", bars[2].fill)
    assert.matches("blue", list:find("text", "source")[1].text)
  end)

  it("boxes what no font can draw, except in svg", function()
    local rows = { cases.row("leaf", 1, "a\u{10FFFD}b", "1", "2") }
    local made = chart.new { kind = "variance", rows = rows }
    assert.matches("a\u{25A1}b", made:script "png")
    assert.matches("a\u{10FFFD}b", made:script "svg")
  end)
end)

describe("an svg", function()
  it("has a circle where the list has one, with its ring", function()
    local made = cases.chart("trend", "forty", "en", "slide")
    local wanted = {}
    for _, item in ipairs(made:display_list():find "circle") do
      local half = item.stroke and item.width / 2 or 0
      wanted[#wanted + 1] = { item.x, item.y, item.radius + half }
      if half > 0 then
        wanted[#wanted + 1] = { item.x, item.y, item.radius - half }
      end
    end
    assert.is_true(#wanted > 40)
    local found = {}
    for x, y, r in assert(made:render "svg"):gmatch
      "<circle cx='([%d.]+)' cy='([%d.]+)' r='([%d.]+)'" do
      found[#found + 1] = { tonumber(x), tonumber(y), tonumber(r) }
    end
    assert.equal(#wanted, #found)
    for i, circle in ipairs(found) do
      for k = 1, 3 do assert.near(wanted[i][k], circle[k], 0.02) end
    end
  end)
end)

describe("the charts' words", function()
  it("are all translated", function()
    local missing = {}
    local pipe = io.popen "ls lua/evalua/chart/*.lua lua/evalua/chart/*/*.lua"
    for path in pipe:lines() do
      local source = path:find "/words%.lua$" and ""
        or support.read(path):gsub('"%s*%.%.%s*"', "")
      for text in source:gmatch 'words%.%l+%(%s*[%w_.]+,%s*"([^"]+)"' do
        if not words.has(text) then missing[#missing + 1] = text end
      end
      for text in source:gmatch '"([^"\n]*{%d}[^"\n]*)"' do
        if not words.has(text) then missing[#missing + 1] = text end
      end
    end
    pipe:close()
    assert.same({}, missing)
  end)
end)

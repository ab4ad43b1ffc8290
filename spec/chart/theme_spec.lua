--- Themes are files: read, checked line by line, and seen in the picture.
local support = require "support"
local cases = require "chart.cases"
local chart = require "evalua.chart"
local text_fit = require "evalua.chart.text_fit"
local theme = require "evalua.chart.theme"

local function file(lines)
  return support.write("house.csv", "key,value\n" .. lines)
end

describe("a theme", function()
  it("changes what its file names and keeps the rest", function()
    local made = assert(theme.get(file "color.bad,#112233\nslide.margin,90\n"))
    assert.equal("#112233", made.bad)
    assert.equal(90, made.slide.margin)
    assert.equal("#6AA51E", made.good)
    assert.equal(12, made.doc.margin)
  end)

  it("is seen in the chart", function()
    local list = cases.chart("variance", "sample", "en", "slide", {
      theme = file 'color.bad,#112233\nnumber.group," "\nnumber.decimal,","\n'
    }):display_list()
    assert.equal("#112233", list:find("rect", "variance.bar")[1].fill)
    assert.equal("4 680", list:find("text", "actual.text")[1].text)
    assert.equal("+126,9%", list:find("text", "percent.text")[1].text)
  end)

  it("decides how scenarios are drawn", function()
    local list = cases.chart("columns", "groups", "en", "slide", {
      theme = { mark = { AC = "hatch", FC = "solid" } } }):display_list()
    local hatched = {}
    for _, item in ipairs(list:find("hatch", "actual.bar.hatch")) do
      hatched[item.row] = true
    end
    assert.is_true(hatched[1])
    assert.is_nil(hatched[8])
  end)

  it("calls its colours by their names at the foot", function()
    local list = cases.chart("variance", "sample", "zh", "slide",
      { theme = "cvd" }):display_list()
    assert.matches("低于预算为有利（蓝）", list:find("text", "source")[1].text)
  end)

  local wrong = {
    { "color.god,#112233\n", ":2: there is no 'color.god' in a theme (did you "
      .. "mean 'color.good'?)" },
    { "color.good,green\n", ":2: 'green' of 'color.good' is not a colour like "
      .. "#2E75B6" },
    { "color.good,#123456\nslide.font.label,0\n", ":3: '0' of "
      .. "'slide.font.label' is not a number above 0 and up to 4000" },
    { "slide.font.label,12\n", ": 'slide.font.label' is below "
      .. "'slide.min_font'" },
    { "slide.min_font,8\n", ": 'slide.min_font' is below 10 pt (20)" },
    { "doc.min_font,20\n", ": 'doc.min_font' is below 8 pt (22)" },
    { "color.muted,#F0F0F0\n", ": text of 'color.muted' hardly stands out from "
      .. "'color.paper'" },
    { "mark.AC,dotted\n", ":2: 'dotted' of 'mark.AC' is not one of hatch, "
      .. "outline, solid" },
    { "number.group,abc\n", ":2: 'abc' of 'number.group' is not one character "
      .. "or nothing" },
    { "font.family,\"x\"\"; system('id') #\"\n", "is not the name of a font" },
    { "script,rm\n", ":2: there is no 'script' in a theme" },
  }
  for _, case in ipairs(wrong) do
    it("refuses " .. case[1]:gsub("\n", " "), function()
      local path = file(case[1])
      local made, message, code = theme.get(path)
      assert.is_nil(made)
      assert.matches(path:match "[^/]*$", message, 1, true)
      assert.matches(case[2], message, 1, true)
      assert.equal("data", code)
    end)
  end

  it("needs the columns key and value, and a file that is there", function()
    local made, message = theme.get(support.write("house.csv", "a,b\n1,2\n"))
    assert.is_nil(made)
    assert.matches("a theme has the columns key and value", message)
    made, message = theme.get "./nowhere.csv"
    assert.is_nil(made)
    assert.matches("nowhere.csv", message)
    made, message = theme.get "nowhere"
    assert.is_nil(made)
    assert.equal("there is no theme 'nowhere': default, cvd, or a csv file",
      message)
  end)

  it("says which font is not installed, and what would be used", function()
    local made = cases.chart("variance", "sample", "en", "slide",
      { theme = { ["font.family"] = "No Such Family" } })
    local list, message, code = made:display_list()
    assert.is_nil(list)
    assert.matches("'No Such Family' is not installed", message)
    assert.matches("fc%-list", message)
    assert.equal("io", code)
  end)

  it("keeps good and bad apart for colour-blind readers", function()
    -- blue and red differ in the blue channel, which both see
    local cvd = assert(theme.get "cvd")
    local blue = tonumber(cvd.good:sub(6), 16)
    local other = tonumber(cvd.bad:sub(6), 16)
    assert.is_true(math.abs(blue - other) > 100)
  end)
end)

describe("text colours", function()
  it("stand out from the paper in every shipped theme", function()
    for _, name in ipairs { "default", "cvd" } do
      local made = assert(theme.get(name))
      for _, ink in ipairs { "text", "second", "muted", "good_text",
        "bad_text", "neutral_text", "calm_text" } do
        assert.is_true(theme.contrast(made[ink], made.paper) >= 4.4, ink)
      end
    end
  end)

  it("have the contrast that WCAG gives for black and white", function()
    assert.near(21, theme.contrast("#000000", "#FFFFFF"), 1e-9)
  end)
end)

describe("the font of the charts", function()
  it("has a glyph for every character that charts write", function()
    local measure = assert(text_fit.measure "Noto Sans CJK SC")
    local seen = {}
    for _, kind in ipairs(chart.kinds) do
      local list = assert(cases.chart(kind, "groups", "zh", "slide")
        :display_list())
      for _, item in ipairs(list:find "text") do
        for _, run in ipairs(item.runs) do
          seen[#seen + 1] = run.text
        end
      end
    end
    local words = support.read "lua/evalua/chart/words.lua"
    seen[#seen + 1] = words:gsub("%s", "")
    for _, bold in ipairs { false, true } do
      assert.equal("", measure:missing(table.concat(seen), bold))
    end
  end)
end)

--- What went wrong in charts of hard data, kind by kind.
local chart = require "evalua.chart"
local core = require "evalua.core"
local ev = require "evalua"
local texts = require("support.charts").texts
local lang = require "evalua.lang"
local support = require "support"
local text_fit = require "evalua.chart.text_fit"

local function draw(kind, lines, opts)
  local t = assert(ev.read_csv(support.write("hard.csv",
    table.concat(lines, "\n") .. "\n")))
  opts.lang = opts.lang or "en"
  return assert(assert(chart[kind](t, opts)):display_list())
end

describe("charts over time of columns that are empty", function()
  for _, kind in ipairs { "columns", "trend" } do
    it("draw the periods of a " .. kind .. " chart, and no figure", function()
      local path = support.write("na.csv", "month,x\n2024-01,\n2024-02,\n")
      local got = support.evalua { "chart", kind, path, "--period", "month",
        kind == "trend" and "--value" or "--actual", "x" }
      assert.equal(0, got.code, got.err)
      assert.matches("No figures", got.out, 1, true)
      if kind == "columns" then
        assert.equal(2, select(2, got.out:gsub("–%s", "")))
      end
    end)
  end
end)

describe("names in narrow columns", function()
  local measure = assert(text_fit.measure "Noto Sans CJK SC")

  it("break between words, or are cut, never inside a word of several",
    function()
    for em = 40, 55 do
      local lines = measure:fill("Employee benefits", 10, false, em, 2)
      local first = lines[1]
      assert.is_true(first == "Employee" or first:find "%.%.%.$" ~= nil, first)
    end
    assert.equal(2, #measure:fill("Donaudampfschifffahrt", 10, false, 70, 2))
  end)

  it("need their longest word", function()
    assert.near(measure:width("benefits", 10), measure:longest_word(
      "The benefits of", 10), 1e-9)
    assert.near(10, measure:longest_word("财政", 10), 1e-9)
  end)

  it("have columns of a pareto wide enough for their words", function()
    local lines = { "n,v" }
    for i = 1, 13 do lines[i + 1] = ("Employee %d,%d"):format(i, i) end
    local list = draw("pareto", lines, { by = "n", value = "v", size = "doc" })
    for _, text in ipairs(texts(list, "label")) do
      assert.is_nil(text:find "^Employe$" or text:find "%.%.%.", text)
    end
  end)
end)

describe("a pareto", function()
  it("has no share that the 80 percent line strikes through", function()
    local list = draw("pareto", { "n,v", "a,27", "b,20", "c,16", "d,7", "e,6",
      "f,5", "g,5", "h,4", "i,10" }, { by = "n", value = "v" })
    local line = list:find("line", "most")[1]
    for _, item in ipairs(list:find("text", "share.text")) do
      assert.is_false(item.box.y0 < line.y0 and line.y0 < item.box.y1,
        item.text)
    end
  end)
end)

describe("a bullet chart", function()
  local columns = { by = "n", base = "t", actual = "r" }

  it("shows large figures without units in millions", function()
    local list = draw("bullet", { "n,t,r", "a,1411963002,900000000",
      "b,200000000,300000000" }, columns)
    assert.same({ "1,412", "200" }, texts(list, "base.text"))
    assert.matches("figures in million", texts(list, "subject")[1])
    list = draw("bullet", { "n,t,r", "a,1411963002,900000000", "b,2,3" },
      columns)
    assert.same({ "1,411,963,002", "2" }, texts(list, "base.text"))
  end)

  it("does not count where there is one only", function()
    local list = draw("bullet", { "n,t,r", "passed,10,8" }, columns)
    assert.equal("passed is off target (−20.0%)", texts(list, "message")[1])
  end)
end)

describe("a trend of days", function()
  local lines = { "d,v", "2024-02-27,10", "2024-02-28,20", "2024-03-01,30",
    "2024-03-11,5" }

  it("has every day where it is in time", function()
    local list = draw("trend", lines, { period = "d", value = "v" })
    local x = {}
    for i, dot in ipairs(list:find("circle", "dot")) do x[i] = dot.x end
    local day = (x[4] - x[1]) / 13 -- 2024 is a leap year
    assert.near(1, (x[2] - x[1]) / day, 1e-6)
    assert.near(2, (x[3] - x[2]) / day, 1e-6)
    assert.near(10, (x[4] - x[3]) / day, 1e-6)
  end)

  it("names them in both languages", function()
    for language, message in pairs { en = "^5 on 11 Mar, ", zh = "^3 月 11 日 5" } do
      local list = draw("trend", lines, { period = "d", value = "v",
        lang = language })
      assert.matches(message, texts(list, "message")[1])
    end
  end)
end)

describe("a heatmap", function()
  it("speaks of the last period that has a rate", function()
    local list = draw("heatmap", { "u,m,p,a", "x,2024-01,10,5", "y,2024-01,10,9",
      "x,2024-02,,5", "y,2024-02,,9" }, { by = "u", period = "m", base = "p",
      actual = "a" })
    assert.matches("^x is ", texts(list, "message")[1])
    assert.same({ "y", "x", "Total" }, texts(list, "label"))
    assert.matches("Sorted by rate in Jan", texts(list, "source")[1])
  end)
end)

describe("a slope", function()
  it("has no line for others that would squash the rest", function()
    local lines = { "n,p,a" }
    for i = 1, 40 do lines[i + 1] = ("n%d,%d,%d"):format(i, 500 + i, 600 - i) end
    local list = draw("slope", lines, { by = "n", base = "p", actual = "a" })
    local highest = math.huge
    for _, line in ipairs(list:find("polyline", "slope")) do
      highest = math.min(highest, line.points[2], line.points[4])
    end
    local axis = list:find("line", "axis")[1]
    assert.is_true(highest < axis.y0 + 0.2 * (axis.y1 - axis.y0))
    assert.matches("Others", table.concat(texts(list, "label"), " "))
  end)

  it("has one where the others are no larger than the rest", function()
    local list = draw("slope", { "n,p,a", "a,50,60", "b,5,6", "c,6,5" },
      { by = "n", base = "p", actual = "a", top = 1 })
    assert.equal(2, #list:find("polyline", "slope"))
  end)
end)

describe("a bridge", function()
  it("of nothing but missing amounts shows no zeros", function()
    local list = draw("bridge", { "n,p,a", "a,,", "b,," },
      { by = "n", base = "p", actual = "a" })
    for _, item in ipairs(list:find("text")) do
      assert.is_nil(item.text:find "0", item.text)
    end
  end)
end)

describe("a trend", function()
  it("names its last value below the titles", function()
    local lines = { "q,v" }
    for year = 2021, 2023 do
      for q = 1, 4 do
        lines[#lines + 1] = ("%dQ%d,%d"):format(year, q, 190 + 26 * q)
      end
    end
    for _, size in ipairs { "doc", "slide" } do
      local list = draw("trend", lines, { period = "q", value = "v",
        size = size })
      local least = 0
      for _, tag in ipairs { "message", "title" } do
        for _, item in ipairs(list:find("text", tag)) do
          least = math.max(least, item.box.y1)
        end
      end
      assert.is_true(least > 0)
      for _, item in ipairs(list:find("text", "last.text")) do
        assert.is_true(item.box.y0 >= least, size)
      end
    end
  end)
end)

describe("a preview of rates", function()
  for _, columns in ipairs { 80, 120, 158 } do
    it("shows the figures in " .. columns .. " columns", function()
      local lines = { "u,m,p,a" }
      for month = 1, 10 do
        lines[#lines + 1] = ("财政所,2022-%02d,100,%d"):format(month, 70 + month)
      end
      local t = assert(ev.read_csv(support.write("rates.csv",
        table.concat(lines, "\n") .. "\n")))
      local text = assert(assert(chart.heatmap(t, { by = "u", period = "m",
        base = "p", actual = "a", lang = "zh" })):preview { columns = columns })
      local row = text:match "[^\n]*财政所[^\n]*71[^\n]*"
      assert.is_truthy(row, text)
      for rate = 71, 80 do
        assert.is_truthy(row:find(tostring(rate), 1, true), row)
      end
      for line in text:gmatch "[^\n]+" do
        assert.is_true(core.text.width(line) <= columns)
      end
    end)
  end
end)

describe("a gnuplot that is too old", function()
  local path = support.tempdir() .. "/old-gnuplot"
  local old = { env = { EVALUA_GNUPLOT = path } }

  setup(function()
    local file = assert(io.open(path, "w"))
    file:write("#!/bin/sh\n[ \"$1\" = --version ] && echo 'gnuplot 4.6 "
      .. "patchlevel 6' && exit\necho 'line 0: invalid command' >&2\nexit 1\n")
    file:close()
    os.execute("chmod +x " .. path)
  end)

  it("is named as the cause, and by doctor", function()
    local csv = support.write("old.csv", "n,v\na,1\n")
    local got = support.evalua({ "chart", "pareto", csv, "--by", "n",
      "--value", "v", "-o", support.tempdir() .. "/x.svg" }, old)
    assert.equal(2, got.code)
    assert.matches("gnuplot 4.6 patchlevel 6' is too old", got.err, 1, true)
    assert.matches("✗ gnuplot", support.evalua({ "doctor" }, old).out, 1,
      true)
  end)
end)

describe("errors of charts in Chinese", function()
  it("name options as they are written", function()
    assert.equal("chart variance 需要 --base COL",
      lang.message("zh", "chart variance needs --base COL"))
  end)

  it("are so for options too, wherever --lang stands", function()
    for _, args in ipairs { { "--h", "-3", "--lang", "zh" },
      { "--lang=zh", "--style", "x" } } do
      local got = support.evalua { "chart", "trend", "x.csv",
        table.unpack(args) }
      assert.equal(2, got.code)
      assert.matches("^evalua：[^\n]*\n$", got.err)
    end
  end)

  it("say that a plot takes no text", function()
    local path = support.write("text.csv", "x,y\n1,a\n2,b\n")
    local got = support.evalua { "chart", "plot", path, "--x", "x", "--y",
      "y", "--lang", "zh", "-o", support.tempdir() .. "/x.svg" }
    assert.equal(2, got.code)
    assert.equal("evalua：plot：“y”是文本，不是数字或期间\n", got.err)
  end)
end)

-- evalua chart, and reports that are asked for a picture.

local support = require "support"

local LONG = { "data/dongfanghong-2022/budget.csv", "--phase", "version",
  "--amount", "amount", "--base", "original", "--actual", "executed", "--by",
  "nature", "--where", 'flow == "expense"' }

local function evalua(before, after, opts)
  local args = table.move(before, 1, #before, 1, {})
  table.move(LONG, 1, #LONG, #args + 1, args)
  table.move(after, 1, #after, #args + 1, args)
  return support.evalua(args, opts)
end

local magic = { svg = "^<%?xml", png = "^\137PNG", pdf = "^%%PDF" }

describe("evalua chart", function()
  for _, kind in ipairs { "variance", "bridge" } do
    for suffix, pattern in pairs(magic) do
      it("writes a " .. kind .. " chart as " .. suffix, function()
        local path = support.tempdir() .. "/c." .. suffix
        local got = evalua({ "chart", kind }, { "-o", path })
        assert.equal(0, got.code, got.err)
        assert.matches(pattern, support.read(path))
      end)
    end
  end

  for suffix, pattern in pairs(magic) do
    it("writes " .. suffix .. " to standard output by -O", function()
      local got = evalua({ "chart", "variance" }, { "-O", suffix })
      assert.equal(0, got.code, got.err)
      assert.matches(pattern, got.out)
    end)
  end

  it("draws text with -O text as without", function()
    assert.equal(evalua({ "chart", "variance" }, {}).out,
      evalua({ "chart", "variance" }, { "-O", "text" }).out)
  end)

  for _, case in ipairs {
    { { "chart", "pie" }, { "-o", "x.svg" }, "there is no chart 'pie'" },
    { { "chart", "variance" }, { "-o", "x.csv" }, "svg, png or pdf" },
    { { "chart", "variance" }, { "-O", "csv" }, "svg, png or pdf" },
    { { "chart", "variance" }, { "-o", "/" }, "'/' is a folder" },
    { { "chart", "variance" }, { "-o", "/nonexistent/x.svg" },
      "/nonexistent" },
    { { "chart", "variance" }, { "-o", "x.svg", "--size", "10x10" },
      "size" },
    { { "chart", "variance" }, { "-o", "x.svg", "--size", "huge" }, "huge" },
    { { "chart", "variance" }, { "--h", "3" },
      "--h is not for chart variance but for trend" },
    { { "chart", "variance" }, { "--highlight", "basics" },
      "highlight: no item 'basics'" },
    { { "chart", "variance" }, { "--resource", "x" },
      "--resource is for a datapackage.json" },
    { { "chart", "variance" }, { "--hihglight", "a" },
      "did you mean '--highlight'?" },
  } do
    it("refuses " .. table.concat(case[1], " ") .. " "
      .. table.concat(case[2], " "), function()
        local got = evalua(case[1], case[2])
        assert.equal(2, got.code)
        assert.matches(case[3], got.err, 1, true)
        assert.is_nil(got.err:find("%.lua:%d"))
      end)
  end
end)

describe("the help of a kind of chart", function()
  it("has the options of that kind only, those that Lua takes", function()
    local options = require "evalua.chart.options"
    for _, kind in ipairs(require("evalua.chart").kinds) do
      local help = support.evalua({ "chart", kind, "--help" }).out
        :gsub("\nExamples:.*", "")
      for _, option in ipairs(options.list) do
        local is_there = help:find("  --" .. option.name .. " ", 1, true)
          ~= nil
        local name = option.lua or option.name:gsub("-", "_")
        assert.equal(options.names(kind)[name] == true, is_there,
          kind .. " " .. option.name)
      end
    end
  end)
end)

local MONTHS = [[
month,unit,plan,actual,forecast,last
2024-01,a,100.00,90.00,,80
2024-01,b,50.00,60.50,,40
2024-02,a,100.00,120.00,,90
2024-02,b,50.00,,,40
2024-03,a,110.00,130.00,,95
2024-03,b,50.00,55.00,,45
2024-04,a,110.00,,140.00,95
2024-04,b,50.00,,60.00,45
]]

--- What each kind is asked for, over MONTHS.
local asked = {
  variance = { "--by", "unit", "--base", "plan", "--actual", "actual" },
  bridge = { "--by", "unit", "--base", "plan", "--actual", "actual" },
  columns = { "--period", "month", "--base", "plan", "--actual", "actual",
    "--forecast", "forecast", "--prior", "last" },
  trend = { "--period", "month", "--value", "actual" },
  bullet = { "--by", "unit", "--base", "plan", "--actual", "actual" },
  heatmap = { "--by", "unit", "--period", "month", "--base", "plan",
    "--actual", "actual" },
  multiples = { "--by", "unit", "--period", "month", "--value", "actual",
    "--base", "plan" },
  slope = { "--by", "unit", "--base", "plan", "--actual", "actual" },
  share = { "--by", "unit", "--base", "plan", "--actual", "actual" },
  pareto = { "--by", "unit", "--value", "actual" },
}

--- Draw over a file with MONTHS; the result and the picture's bytes, or nil.
local function draw(kind, args, text)
  local source = support.write("months.csv", text or MONTHS)
  local path = support.tempdir() .. "/out.svg"
  local all = { "chart", kind, source, "-o", path }
  table.move(args, 1, #args, #all + 1, all)
  local got = support.evalua(all)
  local ok, bytes = pcall(support.read, path)
  return got, ok and bytes or nil
end

describe("evalua chart trend", function()
  it("sums from the month on in which the year begins", function()
    local cumulative = { "--lang", "en", "--cumulative",
      table.unpack(asked.trend) }
    local _, calendar = draw("trend", cumulative)
    assert.matches("Jan–Mar 2024", calendar, 1, true)
    local got, fiscal = draw("trend", { "--start", "3",
      table.unpack(cumulative) })
    assert.equal(0, got.code, got.err)
    assert.matches(">Mar 2024  ", fiscal, 1, true)
  end)
end)

describe("evalua chart of every kind", function()
  for _, kind in ipairs(require("evalua.chart").kinds) do
    it("draws " .. kind .. " from a few columns, in both languages",
      function()
      for _, lang in ipairs { "en", "zh" } do
        local args = { "--lang", lang, "--size", "doc" }
        table.move(asked[kind], 1, #asked[kind], #args + 1, args)
        local got, svg = draw(kind, args)
        assert.equal(0, got.code, got.err)
        assert.matches("^<%?xml", svg)
      end
    end)

    it("leaves out what describes the data and " .. kind .. " does not draw",
      function()
      local options = require "evalua.chart.options"
      local args = { "--size", "doc", table.unpack(asked[kind]) }
      local _, alone = draw(kind, args)
      local said = {}
      for _, option in ipairs(options.needless(kind)) do
        table.move({ "--" .. option.name,
          option.integer and "3" or "nothing" }, 1, 2, #args + 1, args)
        said[#said + 1] = ("chart %s has no use for --%s"):format(kind,
          option.name)
      end
      local got, svg = draw(kind, args)
      assert.equal(0, got.code, got.err)
      assert.equal(alone, svg)
      for _, line in ipairs(said) do
        assert.matches(line, got.err, 1, true)
      end
    end)

    it("names what " .. kind .. " cannot do without", function()
      local got, svg = draw(kind, {})
      assert.equal(2, got.code)
      assert.matches("needs", got.err)
      assert.is_nil(svg)
    end)

    it("asks for the column that was meant in " .. kind, function()
      local args = { table.unpack(asked[kind]) }
      local last = args[#args]
      args[#args] = last:sub(1, -2)
      local got, svg = draw(kind, args)
      assert.equal(2, got.code)
      assert.matches("did you mean '" .. last .. "'?", got.err, 1, true)
      assert.is_nil(svg)
    end)
  end

  local wrong = {
    { "columns", { "--period", "month", "--actual", "unit" },
      'column "unit": "a" is not a number' },
    { "share", { "--by", "unit" }, "'base' and 'actual'" },
    { "pareto", { "--by", "unit", "--value", "actual", "--where",
      "actual < 0" }, "there are no rows to draw" },
    { "trend", { "--period", "month", "--value", "actual", "--budget", "x" },
      "budget: 'x' is not a number" },
    { "heatmap", { "--by", "unit", "--period", "month", "--base", "plan",
      "--actual", "actual", "--bands", "8,3,15" }, "bands are three numbers" },
    { "bullet", { "--by", "unit", "--base", "plan", "--actual", "actual",
      "--kind", "nobody" }, "unknown kind 'nobody'" },
    { "variance", { "--by", "unit", "--base", "plan", "--actual", "actual",
      "--theme", "none" }, "there is no theme 'none'" },
    { "variance", { "--by", "unit", "--base", "plan", "--actual", "actual",
      "--neutral", "-1" }, "--neutral: '-1' is not a number of percent" },
    { "columns", { "--period", "month", "--actual", "actual", "--phase",
      "unit" }, "both --phase and --amount" },
  }
  for _, case in ipairs(wrong) do
    it("refuses " .. case[1] .. " " .. table.concat(case[2], " "), function()
      local got, svg = draw(case[1], case[2])
      assert.equal(2, got.code, got.out)
      assert.matches(case[3], got.err, 1, true)
      assert.is_nil(got.err:find("%.lua:%d"))
      assert.is_nil(svg)
    end)
  end

  it("refuses a share below zero and a pareto of nothing", function()
    local text = "name,a,b\nx,1,2\ny,-3,4\n"
    local got = draw("share", { "--by", "name", "--base", "a", "--actual",
      "b" }, text)
    assert.equal(2, got.code)
    assert.matches("'y' is below zero: it has no share", got.err, 1, true)
    got = draw("pareto", { "--by", "name", "--value", "a", "--where",
      "a < 0" }, text)
    assert.equal(2, got.code)
    assert.matches("there is nothing above zero", got.err, 1, true)
  end)

  it("loses no amount of one file to another that has only NA", function()
    local without = support.write("na.csv", "dept,plan,actual\na,10,NA\n")
    local with = support.write("some.csv", "dept,plan,actual\nb,10,5\n")
    local path = support.tempdir() .. "/two.svg"
    local args = { "--by", "dept", "--base", "plan", "--actual", "actual",
      "-o", path }
    for _, files in ipairs { { without, with }, { with, without } } do
      local got = support.evalua(table.move(args, 1, #args, 5,
        { "chart", "variance", table.unpack(files) }))
      assert.equal(2, got.code)
      assert.matches('na.csv:2: column "actual": no figure', got.err, 1, true)
    end
    local alone = support.evalua(table.move(args, 1, #args, 5,
      { "chart", "variance", without, support.write("na2.csv",
        "dept,plan,actual\nb,10,\n") }))
    assert.equal(0, alone.code, alone.err)
  end)

  it("reads the long form over time", function()
    local text = "month,version,amount\n2024-01,plan,10\n2024-01,done,11\n"
      .. "2024-02,plan,10\n2024-02,done,15\n"
    local got, svg = draw("columns", { "--period", "month", "--phase",
      "version", "--amount", "amount", "--base", "plan", "--actual", "done" },
      text)
    assert.equal(0, got.code, got.err)
    assert.matches("6 over budget in total", svg, 1, true)
    got = draw("columns", { "--period", "month", "--phase", "version",
      "--amount", "amount", "--base", "plan", "--actual", "spent" }, text)
    assert.equal(2, got.code)
    assert.matches("no row has version 'spent'; there are: plan, done",
      got.err, 1, true)
  end)
end)

describe("a missing gnuplot", function()
  local without = { env = { EVALUA_GNUPLOT = "/nonexistent/gnuplot" } }

  it("is said, and the report still prints", function()
    local path = support.tempdir() .. "/v.svg"
    local got = evalua({ "variance" }, { "-o", path }, without)
    assert.equal(2, got.code)
    assert.matches("2,617.51", got.out, 1, true)
    assert.matches("gnuplot", got.err)
    assert.has_error(function() support.read(path) end)
  end)

  it("leaves an html report without its charts, and says so", function()
    local path = support.tempdir() .. "/v.html"
    local got = evalua({ "report", "variance" }, { "--charts", "-o", path },
      without)
    assert.equal(2, got.code)
    assert.matches("gnuplot", got.err)
    local page = support.read(path)
    assert.matches("2,617.51", page, 1, true)
    assert.is_nil(page:find("<svg"))
  end)

  it("is named by doctor, which takes no words", function()
    local more = support.evalua { "doctor", "extra" }
    assert.equal(2, more.code)
    assert.matches("doctor takes no 'extra'", more.err, 1, true)
    local got = support.evalua({ "doctor" }, without)
    assert.equal(1, got.code)
    assert.matches("✗ gnuplot", got.out, 1, true)
  end)
end)

describe("evalua report variance --charts", function()
  it("is one page that loads nothing", function()
    local path = support.tempdir() .. "/v.html"
    local got = evalua({ "report", "variance" }, { "--charts", "--total",
      "-o", path })
    assert.equal(0, got.code, got.err)
    local page = support.read(path)
    local _, count = page:gsub("<svg", "")
    assert.equal(2, count)
    assert.is_nil(page:find("<script"))
    assert.is_nil(page:find(' src='))
    for svg in page:gmatch("<figure>(.-)</figure>") do
      local file = support.write("figure.svg", svg)
      assert.equal("", support.run({ "xmllint", "--noout", file }).err)
    end
  end)
end)

describe("evalua chart: what it is asked for", function()
  local function chart(kind, text, options, opts)
    local args = { "chart", kind, support.write("t.csv", text) }
    return support.evalua(table.move(options, 1, #options, #args + 1, args),
      opts)
  end

  local rows = "name,base,actual\na,1,2\nb,3,2\n"

  for _, case in ipairs {
    { "variance", { "--top", "0" }, "--top takes a whole number from 1 to" },
    { "variance", { "--top", "2000" }, "--top takes a whole number from 1 to" },
    { "slope", { "--top", "0" }, "--top takes a whole number from 1 to" },
    { "share", { "--top", "0" }, "--top takes a whole number from 1 to" },
  } do
    it("refuses " .. case[1] .. " " .. table.concat(case[2], " "), function()
      local got = chart(case[1], rows, { "--by", "name", "--base", "base",
        "--actual", "actual", table.unpack(case[2]) })
      assert.equal(2, got.code)
      assert.matches(case[3], got.err, 1, true)
    end)
  end

  it("refuses a horizon that would take minutes, at once", function()
    local got = chart("trend", "month,x\n2024-01,1\n2024-02,2\n2024-03,2\n",
      { "--period", "month", "--value", "x", "--h", "100000" })
    assert.equal(2, got.code)
    assert.matches("--h takes a whole number from 0 to 500, not '100000'",
      got.err, 1, true)
  end)

  for _, kind in ipairs { "variance", "bridge", "bullet", "slope", "share" } do
    it("draws a " .. kind .. " of a column that says only NA", function()
      local got = chart(kind, "name,base,actual\na,NA,2\nb,NA,3\n", { "--by",
        "name", "--base", "base", "--actual", "actual" })
      assert.equal(0, got.code, got.err)
    end)
  end

  it("still refuses a column of other words", function()
    local got = chart("variance", "name,base,actual\na,NA,2\nb,x,3\n", { "--by",
      "name", "--base", "base", "--actual", "actual" })
    assert.equal(2, got.code)
    assert.matches('"x" is not a number', got.err, 1, true)
  end)

  for head, word in pairs { actual = "实际数", amount = "金额", spent = "支出" } do
    it("says " .. word .. " for a column called " .. head, function()
      local got = chart("pareto", "name," .. head .. "\na,1\nb,2\n", { "--by",
        "name", "--value", head, "--lang", "zh" })
      assert.matches(word, got.out, 1, true)
      assert.is_nil(got.out:lower():find(head, 1, true))
    end)
  end

  it("names the deadline that a slow gnuplot missed, not another one",
    function()
      local slow = support.write("gnuplot", "#!/bin/sh\nexec /bin/sleep 30\n")
      support.run { "chmod", "+x", slow }
      local got = support.evalua({ "-e", [[
        local ev = require "evalua"
        local t = ev.table { { name = "a", base = 1, actual = 2 } }
        print(ev.chart.variance(t, { by = "name", base = "base",
          actual = "actual" }):render("svg", { deadline_ms = 300 }))]] },
        { env = { EVALUA_GNUPLOT = slow } })
      assert.matches("took longer than 0.3 s and was stopped", got.out, 1, true)
    end)
end)

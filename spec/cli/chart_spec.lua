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

  for _, case in ipairs {
    { { "chart", "pie" }, { "-o", "x.svg" }, "there is no chart 'pie'" },
    { { "chart", "variance" }, {}, "-o FILE.svg" },
    { { "chart", "variance" }, { "-o", "x.csv" }, "svg, png or pdf" },
    { { "chart", "variance" }, { "-o", "/nonexistent/x.svg" },
      "/nonexistent" },
    { { "chart", "variance" }, { "-o", "x.svg", "--size", "10x10" },
      "size" },
    { { "chart", "variance" }, { "-o", "x.svg", "--size", "huge" }, "huge" },
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

  it("is named by doctor", function()
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

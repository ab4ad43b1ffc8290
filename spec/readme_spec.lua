-- The README is true: its commands and its ten lines of Lua are run.

local support = require "support"

local readme = support.read(support.root .. "/README.md")

local LONG = { "data/dongfanghong-2022/budget.csv", "--phase", "version",
  "--amount", "amount", "--base", "original", "--actual", "executed", "--by",
  "nature", "--where", 'flow == "expense"' }

local function words(...)
  local list = { ... }
  table.move(LONG, 1, #LONG, #list + 1, list)
  return list
end

describe("the README", function()
  it("shows what the main command prints", function()
    local args = words "variance"
    args[#args + 1] = "--total"
    local got = support.evalua(args)
    assert.equal(0, got.code, got.err)
    assert.matches(got.out, readme, 1, true)
  end)

  it("has ten lines of Lua that do the same", function()
    local dir = support.tempdir()
    local code = readme:match("```lua\n(.-)```")
    local script = support.write("my.lua", code)
    local source = support.root .. "/data/dongfanghong-2022/budget.csv"
    local got = support.evalua({ "run", script, source }, { cwd = dir })
    assert.equal(0, got.code, got.err)
    assert.matches("2617.51", got.out, 1, true)
    assert.matches("^nature,base,actual", support.read(dir .. "/variance.csv"))
    assert.matches("</svg>%s*$", support.read(dir .. "/variance.svg"))
  end)

  it("shows pictures that the program draws", function()
    for _, name in ipairs { "variance-en", "bridge-zh" } do
      local kind, lang = name:match("(%a+)%-(%a+)")
      local path = support.tempdir() .. "/chart.svg"
      local args = words("chart", kind)
      for _, word in ipairs { "--lang", lang, "--size", "doc", "-o", path } do
        args[#args + 1] = word
      end
      local got = support.evalua(args)
      assert.equal(0, got.code, got.err)
      support.golden("chart-" .. name .. ".svg", support.read(path))
    end
  end)

  it("shows a picture of the gallery", function()
    local path = support.tempdir() .. "/chart.svg"
    local got = support.evalua { "run", "scripts/gallery/columns.lua", path,
      "en", "doc" }
    assert.equal(0, got.code, got.err)
    support.golden("chart-columns-en.svg", support.read(path))
  end)

  it("quotes an error as it is printed", function()
    local path = support.write("budget.csv", "b,amount\n" .. ("1,2\n"):rep(15)
      .. '1,"1,23O.00"\n')
    local got = support.evalua { "variance", path, "--base", "b", "--actual",
      "amount" }
    assert.equal(2, got.code)
    local line = readme:match('budget.csv:17: [^\n]+')
    assert.matches(line, got.err, 1, true)
  end)

  it("has every command in its table, and a heading for each link", function()
    local rows = readme:match "\n## Commands\n(.-)\n## "
    for _, name in ipairs(require("evalua.cli").commands) do
      assert.matches("`" .. name .. "`", rows, 1, true)
    end
    local anchors = {}
    for heading in readme:gmatch "\n#+ ([^\n]+)" do
      local anchor = heading:lower():gsub("[^%w ]", ""):gsub(" ", "-")
      anchors[anchor] = true
    end
    for anchor in readme:gmatch "%]%(#([^)]+)%)" do
      assert.is_true(anchors[anchor], anchor)
    end
  end)

  it("names only targets and files that there are", function()
    local makefile = support.read(support.root .. "/Makefile")
    for target in readme:gmatch("`?make ([%l%-]+)") do
      assert.matches("\n" .. target .. ":", makefile, 1, true)
    end
    for path in readme:gmatch("%]%(([^)#]+)%)") do
      assert.is_string(support.read(support.root .. "/" .. path))
    end
  end)
end)

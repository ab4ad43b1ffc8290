--- Every script of the gallery draws its chart, and the data behind them add
--- up.
local ev = require "evalua"
local support = require "support"

describe("the gallery", function()
  local kinds = { "plot", "variance-prior",
    table.unpack(require("evalua.chart").kinds) }
  for _, kind in ipairs(kinds) do
    it("draws " .. kind .. " by a script of ten lines", function()
      local script = "scripts/gallery/" .. kind .. ".lua"
      local _, lines = support.read(script):gsub("\n", "")
      assert.is_true(lines <= 10)
      local path = support.tempdir() .. "/out.svg"
      local got = support.evalua { "run", script, path, "zh", "doc" }
      assert.equal(0, got.code, got.err)
      assert.matches("^<%?xml", support.read(path))
    end)
  end

  it("is one page of all kinds in both languages", function()
    local folder = support.tempdir()
    local got = support.evalua { "run", "scripts/gallery/page.lua", folder }
    assert.equal(0, got.code, got.err)
    local page = support.read(folder .. "/index.html")
    assert.equal(2 * #kinds, select(2, page:gsub("<svg ", "")))
    assert.is_nil(page:find("<script", 1, true))
  end)

  -- expected.json of shared/data/philadelphia, fiscal year 2021
  it("has the published totals of Philadelphia", function()
    local t = assert(ev.read_csv "data/gallery/departments.csv")
      :summarise { a = ev.sum "adopted", b = ev.sum "actual", order = { "a",
        "b" } }
    assert.equal("4804851000", tostring(t[1].a))
    assert.equal("4717753548", tostring(t[1].b))
    local classes = assert(ev.read_csv "data/gallery/classes.csv")
      :where "year == 2021":summarise { ev.sum "actual" }
    assert.equal("4717753548", tostring(classes[1].sum_actual))
  end)
end)

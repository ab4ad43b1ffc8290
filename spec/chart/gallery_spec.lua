--- Every script of the gallery draws its chart, and the data behind them add
--- up.
local ev = require "evalua"
local support = require "support"

describe("the gallery", function()
  for _, kind in ipairs(require("evalua.chart").kinds) do
    it("draws " .. kind .. " by a script of ten lines", function()
      local script = "gallery/" .. kind .. ".lua"
      local _, lines = support.read(script):gsub("\n", "")
      assert.is_true(lines <= 10)
      local path = support.tempdir() .. "/out.svg"
      local got = support.evalua { "run", script, path, "zh", "doc" }
      assert.equal(0, got.code, got.err)
      assert.matches("^<%?xml", support.read(path))
    end)
  end

  -- expected.json of shared/data/philadelphia, fiscal year 2021
  it("has the published totals of Philadelphia", function()
    local t = assert(ev.read_csv "gallery/data/departments.csv")
      :summarise { a = ev.sum "adopted", b = ev.sum "actual", order = { "a",
        "b" } }
    assert.equal("4804851000", tostring(t[1].a))
    assert.equal("4717753548", tostring(t[1].b))
    local classes = assert(ev.read_csv "gallery/data/classes.csv")
      :where "year == 2021":summarise { ev.sum "actual" }
    assert.equal("4717753548", tostring(classes[1].sum_actual))
  end)
end)

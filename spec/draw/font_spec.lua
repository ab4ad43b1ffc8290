--- Text is measured with the advances of the font that fontconfig names.
local core = require "evalua.core"

local wanted = "Noto Sans CJK SC"

describe("core.draw.font", function()
  local font = assert(core.draw.font { family = wanted })

  it("finds the family in both weights", function()
    assert.same({ wanted, true }, { font:family() })
    assert.same({ wanted, true }, { font:family(true) })
  end)

  -- Advances in thousandths of an em as PIL read them from the same files
  -- (charts/recipes/metrics_noto_sans_cjk_sc.csv).
  local advances = { { "0", 555, 590 }, { " ", 224, 227 }, { "%", 921, 963 },
    { "支", 1000, 1000 }, { "−", 555, 590 } }
  for _, case in ipairs(advances) do
    it("knows the advance of '" .. case[1] .. "'", function()
      assert.near(case[2] / 1000, font:advance(case[1]), 0.0006)
      assert.near(case[3] / 1000, font:advance(case[1], true), 0.0006)
    end)
  end

  it("adds advances up and counts marks nothing", function()
    assert.near(font:advance "a" + font:advance "支", font:advance "a支", 1e-9)
    assert.equal(font:advance "e", font:advance "e\u{301}")
    assert.equal(0, font:advance "")
    assert.equal(font:advance "ab", font:advance "a\u{200B}b")
  end)

  it("counts the marks that take place", function()
    assert.is_true(font:advance "हि" >= 2 * font:advance "ह")
    assert.equal(font:advance "ह", font:advance "ह्")
  end)

  it("takes a character without glyph for a wide one", function()
    assert.is_true(font:advance "😀" > 1.2)
    assert.equal("😀", font:missing "支出😀a")
    assert.equal("", font:missing "预算执行率（%）“引号”é−±Δ–…")
  end)

  it("counts bytes that are no text as replacement characters", function()
    assert.equal(2 * font:advance "\u{FFFD}", font:advance "\xFF\xFE")
  end)

  it("says when fontconfig found another family", function()
    local other = assert(core.draw.font { family = "No Such Family" })
    local family, exact = other:family()
    assert.is_string(family)
    assert.is_false(exact)
  end)

  it("can be closed", function()
    local other <close> = assert(core.draw.font { family = wanted })
    getmetatable(other).__close(other)
    assert.has_error(function() other:advance "a" end)
  end)
end)

--- Text that must fit: measured, broken where a reader would, cut.
local text_fit = require "evalua.chart.text_fit"

local measure = assert(text_fit.measure "Noto Sans CJK SC")

--- Lines of `text` in a width of `em` at size 1.
local function wrap(text, em, most)
  return measure:wrap(text, 1, false, em, most or 2)
end

describe("chart.text_fit", function()
  it("leaves alone what fits", function()
    assert.same({ "项目支出" }, (wrap("项目支出", 4)))
  end)

  local breaks = {
    { "质控样品采购/运行维护", 7, { "质控样品采购/", "运行维护" } },
    { "质控样品\u{200B}采购", 5, { "质控样品", "采购" } },
    { "公用经费与人员经费", 6, { "公用经费", "与人员经费" } },
    { "Meetings and training", 7, { "Meetings", "and training" } },
    { "Space Rentals - Utilities", 9, { "Space Rentals -", "Utilities" } },
    { "一二三四五六七八九十", 7, { "一二三四五", "六七八九十" } },
    { "补助（二期）资金安排", 7, { "补助（二期）", "资金安排" } },
  }
  for _, case in ipairs(breaks) do
    it("breaks '" .. case[1] .. "' where a reader would", function()
      local lines, cut = wrap(case[1], case[2])
      assert.same(case[3], lines)
      assert.is_false(cut)
    end)
  end

  it("leaves no mark of closing at the start of a line", function()
    for em = 3, 12 do
      for _, text in ipairs { "支出（万元）合计，其中：项目支出。",
        "一二三，四五六。七八九" } do
        for _, line in ipairs((wrap(text, em))) do
          assert.is_nil(line:match "^，")
          assert.is_nil(line:match "^。")
          assert.is_nil(line:match "^）")
          assert.is_nil(line:match "（$")
        end
      end
    end
  end)

  it("cuts with the ellipsis of the script", function()
    local lines, cut = wrap("一二三四五六七八", 4.5, 1)
    assert.same({ "一二三…" }, lines)
    assert.is_true(cut)
    assert.matches("^Depart.*[^.]%.%.%.$",
      wrap("Department of Records", 6, 1)[1])
  end)

  it("never parts a letter from its marks", function()
    local text = ("e\u{301}"):rep(20)
    for em = 1, 12 do
      for _, line in ipairs((wrap(text, em))) do
        assert.is_nil(line:match "^\u{301}")
        local bare = line:gsub("%.%.%.$", "")
        assert.equal(0, #bare % 3)
      end
    end
  end)

  it("keeps every line within the width", function()
    local texts = { "Department of Public Property, Space Rentals and Utilities",
      "生态环境监测网络运行维护与质量控制样品采购", ("x"):rep(80),
      "混合 mixed 文本 text 长度 length/测试" }
    for _, text in ipairs(texts) do
      for em = 2, 30 do
        for _, line in ipairs((wrap(text, em))) do
          assert.is_true(measure:width(line, 1) <= em + 1e-6, line)
        end
      end
    end
  end)

  it("fills lines of running text and loses nothing", function()
    local text = "Source: final accounts. Over budget = unfavourable (red), "
      .. "under = favourable (green). Sorted by variance."
    local lines, cut = measure:fill(text, 1, false, 24, 9)
    assert.is_false(cut)
    assert.equal(text, table.concat(lines, " "))
    for _, line in ipairs(lines) do
      assert.is_true(measure:width(line, 1) <= 24)
    end
  end)

  it("refuses a font that is not installed", function()
    local none, message = text_fit.measure "No Such Family"
    assert.is_nil(none)
    assert.matches("'No Such Family' is not installed.*fc%-list", message)
  end)
end)

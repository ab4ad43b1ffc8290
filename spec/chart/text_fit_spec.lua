--- Text that must fit: measured, broken where a reader would, cut.
local text_fit = require "evalua.chart.text_fit"

local measure = assert(text_fit.measure "Noto Sans CJK SC")

--- Lines of `text` in a width of `em` at size 1.
local function wrap(text, em, most)
  return measure:wrap(text, 1, false, em, most or 2)
end

describe("a text of two lines", function()
  it("breaks between clauses where both fit", function()
    assert.same({ "Benefits fall from 1,412 to 1,363;",
      "Police rises from 741 to 774" }, (measure:wrap("Benefits fall from "
        .. "1,412 to 1,363; Police rises from 741 to 774", 10, true, 240, 2)))
    assert.same({ "合计超预算 1.15 亿，", "财政局与市政办公室两项共 1.05 亿" },
      (measure:wrap("合计超预算 1.15 亿，财政局与市政办公室两项共 1.05 亿", 10,
        true, 190, 2)))
    -- not for the sake of a short one
    assert.are_not.equal("Fire,", (measure:wrap("Fire, police and prisons of "
      .. "the whole city", 10, true, 190, 2))[1])
  end)
end)

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

describe("names that look alike", function()
  local function cut(names, i, em)
    local own = assert(text_fit.measure "Noto Sans CJK SC")
    own:tell_apart(names)
    return own:wrap(names[i], 10, false, em * 10, 1)[1]
  end

  it("are cut in the middle, so that their ends tell them apart", function()
    local names = { "大型仪器设备更新改造专项经费项目一",
      "大型仪器设备更新改造专项经费项目二" }
    assert.equal("大型仪器设备…一", cut(names, 1, 8))
    assert.equal("大型仪器设备…二", cut(names, 2, 8))
  end)

  it("keep the whole number at their end", function()
    local names = {}
    for i = 8, 11 do names[#names + 1] = "Department of public works " .. i end
    local seen = {}
    for i = 1, #names do
      local text = cut(names, i, 9)
      assert.is_nil(seen[text])
      seen[text] = true
      assert.matches("%.%.%. ?" .. (i + 7) .. "$", text)
    end
  end)

  it("are cut as others where they differ early, or nowhere", function()
    assert.matches("…$", cut({ "大型仪器设备更新改造专项经费",
      "小型仪器设备更新改造专项经费" }, 1, 8))
    assert.matches("…$", cut({ "大型仪器设备更新改造专项经费",
      "大型仪器设备更新改造专项经费" }, 1, 8))
  end)

  it("are told apart in a chart of them", function()
    local rows = {}
    for i = 1, 6 do
      rows[i] = { name = ("设备更新与维护专项经费"):rep(7) .. "项目" .. i,
        base = i, actual = 2 * i }
    end
    local list = assert(require("evalua").chart.slope(require("evalua").table(
      rows), { by = "name", base = "base", actual = "actual" }))
      :display_list()
    local seen, count = {}, 0
    for _, item in ipairs(list:find "text") do
      local tail = item.text:match "…(%d)$"
      if tail and item.anchor == "right" then
        assert.is_nil(seen[tail])
        seen[tail], count = true, count + 1
      end
    end
    assert.equal(6, count)
  end)

  it("fit however they are cut", function()
    math.randomseed(3)
    local own = assert(text_fit.measure "Noto Sans CJK SC")
    for _ = 1, 200 do
      local head = ("维修e\u{301}x "):rep(math.random(2, 8))
      local names = {}
      for i = 1, 3 do
        names[i] = head .. ("号"):rep(i) .. math.random(100)
      end
      own:tell_apart(names)
      for _, name in ipairs(names) do
        local em = math.random(2, 14)
        for _, bold in ipairs { true, false } do
          for _, line in ipairs(own:wrap(name, 20, bold, em * 20, 2)) do
            assert.is_true(own:width(line, 20, bold) <= em * 20 + 0.01)
          end
        end
      end
    end
  end)
end)

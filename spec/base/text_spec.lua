-- text: UTF-8 as people see it.

local text = require("evalua.core").text

describe("text.width", function()
  for _, case in ipairs { { "abc", 3 }, { "基本支出", 8 }, { "é", 1 },
    { "e\u{301}", 1 }, { "−–…±", 4 }, { "（）", 4 }, { "\255a", 2 }, { "", 0 },
    { "ｱ", 1 }, { "한국", 4 } } do
    it("of '" .. case[1] .. "' is " .. case[2], function()
      assert.equal(case[2], text.width(case[1]))
    end)
  end
end)

describe("text.prefix", function()
  it("never cuts a character", function()
    local whole = "a基é本"
    for n = 0, 8 do
      local part = text.prefix(whole, n)
      assert.is_true(text.is_utf8(part))
      assert.is_true(text.width(part) <= n)
    end
    assert.equal("a基", text.prefix(whole, 3))
  end)
end)

describe("text.distance", function()
  it("counts edits, letter case apart", function()
    assert.equal(0, text.distance("Amount", "amount"))
    assert.equal(1, text.distance("amont", "amount"))
    assert.equal(1, text.distance("通号岭绣苑", "通号领绣苑"))
    assert.equal(3, text.distance("", "abc"))
  end)

  it("does not compare long texts", function()
    assert.is_nil(text.distance(("a"):rep(65), "a"))
  end)
end)

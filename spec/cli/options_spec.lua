-- options: one table feeds parsing and help.

local options = require "evalua.cli.options"

local list = {
  { name = "by", value = "COL", list = true, help = "columns" },
  { name = "top", value = "N", integer = true, help = "rows" },
  { name = "limit", value = "X", number = true, help = "a limit" },
  { name = "total", help = "a total" },
  { name = "output", short = "o", value = "FILE", help = "a file" },
  { name = "lang", value = "L", choices = { "en", "zh" }, help = "language" },
}

describe("options.parse", function()
  it("takes values with a blank or with =", function()
    local values, rest = options.parse(list, { "a.csv", "--by", "x,y",
      "--top=3", "--total", "-o", "f", "b" })
    assert.same({ by = { "x", "y" }, top = 3, total = true, output = "f" },
      values)
    assert.same({ "a.csv", "b" }, rest)
  end)

  it("keeps the digits of a number", function()
    assert.equal("1.50", options.parse(list, { "--limit", "1.50" }).limit)
  end)

  it("takes a value glued to a short option", function()
    assert.equal("f.csv", options.parse(list, { "-of.csv" }).output)
  end)

  it("leaves all behind -- alone, and a lone dash", function()
    local _, rest = options.parse(list, { "-", "--", "--total" })
    assert.same({ "-", "--total" }, rest)
  end)

  for _, case in ipairs {
    { { "--tota" }, "unknown option '--tota' (did you mean '--total'?)" },
    { { "--xyzzy" }, "unknown option '--xyzzy'; see --help" },
    { { "--top", "x" }, "--top takes a whole number, not 'x'" },
    { { "--top", "-1" }, "--top takes a whole number, not '-1'" },
    { { "--limit", "1,5x" }, "--limit takes a number, not '1,5x'" },
    { { "--top" }, "--top needs a value: N" },
    { { "--total=1" }, "--total takes no value" },
    { { "--lang", "fr" }, "--lang is one of en, zh, not 'fr'" },
  } do
    it("refuses " .. table.concat(case[1], " "), function()
      local values, message = options.parse(list, case[1])
      assert.is_nil(values)
      assert.equal(case[2], message)
    end)
  end
end)

describe("options.split_list", function()
  for _, case in ipairs {
    { "a,b", { "a", "b" } }, { "a", { "a" } }, { '"a,b",c', { "a,b", "c" } },
    { 'x,"say ""hi""",y', { "x", 'say "hi"', "y" } }, { "a,,b",
      { "a", "", "b" } }, { "项目 名称,金额", { "项目 名称", "金额" } },
    { "", { "" } },
  } do
    it("splits " .. case[1], function()
      assert.same(case[2], options.split_list(case[1]))
    end)
  end
end)

-- decimal: exact from the text read to the text written.

local core = require "evalua.core"
local ev = require "evalua"
local parse = core.decimal.parse
local D = ev.decimal

describe("decimal.parse", function()
  local cases = {
    { "1050.30", "1050.30" }, { "4,263.67", "4263.67" }, { "1917", "1917" },
    { "+5", "5" }, { "-5", "-5" }, { "−5.5", "-5.5" }, { "- 5", "-5" },
    { "(12.50)", "-12.50" }, { "（12.5）", "-12.5" }, { "１２．５", "12.5" },
    { "1 234 567", "1234567" }, { "1\u{A0}234,5", "1234.5", "," },
    { "1\u{202F}234", "1234" }, { "1'234.5", "1234.5" },
    { "1.234.567,89", "1234567.89", "," }, { "12,50", "12.50", "," },
    { " 99,305,000 ", "99305000" }, { "000123", "123" }, { "12.", "12" },
    { ".5", "0.5" }, { "0.000000000000000001", "0.000000000000000001" },
    { "999999999999999999", "999999999999999999" },
    { "－３", "-3" }, { "-0", "0" },
  }
  for _, case in ipairs(cases) do
    it("reads '" .. case[1] .. "' as " .. case[2], function()
      local value = parse(case[1], { point = case[3] })
      assert.equal(case[2], tostring(value))
    end)
  end

  for _, case in ipairs { { "6597.28 万元", "万元" }, { "5元", "元" },
    { "1.2亿元", "亿元" }, { "64.63%", "%" }, { "64.63％", "%" },
    { "3 百万元", "百万元" } } do
    it("keeps the value of '" .. case[1] .. "' and tells its unit", function()
      local value, unit = parse(case[1])
      assert.equal(case[2], unit)
      assert.equal(case[1]:match("^[%d%.]+"), tostring(value))
    end)
  end

  for _, text in ipairs { "", " ", "-", "abc", "1,23O.00", "1,2,3", "1,234,56",
    "12 34", "--5", "5-", "(5", "5)", ".", ",", "1.2.3", "0x10", "inf", "nan",
    "1e400", "1.5e3", "99999999999999999999", "0.1234567890123456789", "元",
    "万元", "￥5", "5 5元", "1 234,567.5", ("1"):rep(500), "1\0002" } do
    it("refuses '" .. text:sub(1, 24):gsub("%c", "?") .. "'", function()
      local value, message = parse(text)
      assert.is_nil(value)
      assert.is_string(message)
    end)
  end
end)

describe("decimal arithmetic", function()
  it("adds a tenth and two tenths to three tenths", function()
    assert.is_true(D "0.1" + D "0.2" == D "0.3")
  end)

  it("brings scales together", function()
    assert.equal("1.005", tostring(D "1" + D "0.005"))
    assert.equal("-283.90", tostring(D "1917" - D "2200.90"))
    assert.equal("0.0050", tostring(D "0.1" * D "0.050"))
  end)

  it("compares across scales, and with whole numbers", function()
    assert.is_true(D "1.50" == D "1.5")
    assert.is_true(D "1.5" < D "1.51")
    assert.is_true(D "2" <= 2)
    assert.is_true(D "2.0":eq(2))
    assert.is_false(D "2.0":eq("2.0"))
  end)

  it("raises instead of wrapping", function()
    local most = D "999999999999999999"
    assert.has_error(function() return most * most end,
      "the result does not fit in a decimal of 18 digits")
    local big = core.decimal.new(math.maxinteger, 0)
    assert.has_error(function() return big + 1 end)
    assert.has_error(function() return -core.decimal.new(math.mininteger, 0) end)
  end)

  it("does not mix with floats", function()
    assert.has_error(function() return D "1" + 0.5 end)
    assert.has_error(function() return D "1" < 0.5 end)
    assert.has_error(function() return D(0.5) end)
  end)

  it("divides only with a rounding rule", function()
    assert.has_error(function() return D "1" / D "3" end)
    assert.equal("0.333333", tostring(D "1":divide(D "3", 6)))
    assert.has_error(function() return D "1":divide(D "0", 2) end,
      "division of a decimal by zero")
  end)
end)

describe("decimal rounding", function()
  local cases = { -- value, half-even, half-up
    { "0.125", "0.12", "0.13" }, { "0.135", "0.14", "0.14" },
    { "-0.125", "-0.12", "-0.13" }, { "2.675", "2.68", "2.68" },
    { "1.0049", "1.00", "1.00" }, { "-1.005", "-1.00", "-1.01" },
  }
  for _, case in ipairs(cases) do
    it("rounds " .. case[1] .. " by both rules", function()
      assert.equal(case[2], tostring(D(case[1]):round(2)))
      assert.equal(case[3], tostring(D(case[1]):round(2, "half-up")))
    end)
  end

  it("agrees with long division on random fractions", function()
    math.randomseed(7)
    for _ = 1, 2000 do
      local a, b = math.random(-10 ^ 9, 10 ^ 9), math.random(1, 10 ^ 6)
      local got = core.decimal.new(a, 0):divide(core.decimal.new(b, 0), 3)
      local scaled = a * 1000
      local floor, rest = scaled // b, scaled % b
      local up = rest * 2 > b or (rest * 2 == b and floor % 2 ~= 0)
      assert.equal(up and floor + 1 or floor, got:units())
    end
  end)
end)

describe("decimal text", function()
  it("groups, signs and pads", function()
    local value = D "-1234567.5"
    assert.equal("-1234567.5", tostring(value))
    assert.equal("−1,234,567.50", value:format { places = 2, group = ",",
      minus = "−" })
    assert.equal("+5", D "5":format { plus = true })
    assert.equal("±0", D "0.4":format { places = 0, plus = true })
    assert.equal("0.05", tostring(D "0.05"))
    assert.equal("-0.05", tostring(D "-0.05"))
  end)

  it("comes back the same from its text", function()
    math.randomseed(11)
    for _ = 1, 2000 do
      local value = core.decimal.new(math.random(-10 ^ 17, 10 ^ 17),
        math.random(0, 18))
      local text = tostring(value)
      local digits = text:gsub("[^%d]", ""):gsub("^0+", "")
      if #digits <= 18 then
        local back = assert(parse(text))
        assert.equal(text, tostring(back))
      end
    end
  end)

  it("is the nearest double when a double is asked for", function()
    assert.equal(4263.67, D "4263.67":number())
    assert.equal(9007199254740993 + 0.0,
      core.decimal.new(9007199254740993, 0):number())
  end)
end)

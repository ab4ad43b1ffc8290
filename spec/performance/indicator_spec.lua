-- indicator: targets with what was reached.

local ev = require "evalua"
local yinghua = require "support.yinghua"
local D = ev.decimal

--- The only indicator of a table of one row.
local function one(row, opts)
  row.name_zh, row.level1 = row.name_zh or "甲", row.level1 or "产出"
  row.measure_unit = row.measure_unit or "次"
  local items = assert(ev.indicator(assert(ev.table { row }), opts))
  return items[1]
end

local function text(value) return value and tostring(value) end

describe("ev.indicator", function()
  it("compares upwards, downwards and exactly", function()
    local item = one { direction = "ge", target = D "40", actual = D "50" }
    assert.is_true(item.met)
    assert.equal("1.25", text(item.ratio))
    item = one { direction = "le", target = D "100", actual = D "125" }
    assert.is_false(item.met)
    assert.equal("0.8", text(item.ratio))
    item = one { direction = "eq", target = D "100", actual = D "90" }
    assert.is_false(item.met)
    assert.equal("0.9", text(item.ratio))
  end)

  it("knows targets of zero", function()
    local item = one { direction = "le", target = D "0", actual = D "0" }
    assert.is_true(item.met)
    item = one { direction = "le", target = D "0", actual = D "2" }
    assert.is_false(item.met)
    assert.equal("0", text(item.ratio))
    item = one { direction = "ge", target = D "0", actual = D "-1" }
    assert.equal("0", text(item.ratio))
  end)

  it("gives nothing for less than nothing", function()
    local item = one { direction = "ge", target = D "10", actual = D "-3" }
    assert.equal("0", text(item.ratio))
  end)

  it("reads 余, 约 and 至少 in a cell", function()
    local item = one { direction = "ge", target = D "45", actual = "40余" }
    assert.equal("approx_above", item.qualifier)
    assert.is_nil(item.met) -- 41 to 49: perhaps
    assert.equal("40", text(item.worst))
    item = one { direction = "le", target = D "45", actual = "40余" }
    assert.equal("50", text(item.worst))
    item = one { direction = "ge", target = D "200", actual = "约220" }
    assert.matches("approximate", item.problem)
    item = one({ direction = "ge", target = D "200", actual = "约220" },
      { approx_pct = D "5" })
    assert.is_nil(item.problem)
    assert.is_true(item.met)
    item = one { direction = "le", target = D "5", actual = "至少3" }
    assert.matches("no bound", item.problem)
  end)

  it("takes the official form's headers and signs", function()
    local items = assert(ev.indicator(assert(ev.table { {
      ["一级指标"] = "产出指标", ["三级指标"] = "培训",
      ["指标性质"] = "≥", ["年度指标值"] = D "5", ["度量单位"] = "次",
      ["实际完成值"] = D "6", ["分值"] = D "8" } })))
    assert.equal("ge", items[1].direction)
    assert.equal("8", text(items[1].weight))
    assert.is_true(items[1].met)
  end)

  it("needs a unit of measure beside a number", function()
    local items, message = ev.indicator(assert(ev.table { { name_zh = "甲",
      level1 = "产出", target = D "5", direction = "ge" } }), { name = "x.csv" })
    assert.is_nil(items)
    assert.equal("x.csv:2: the indicator '甲' has no unit: fill in measure_unit",
      message)
  end)

  it("says what it cannot read, and where", function()
    local cases = {
      { { target = "many" }, "column \"target\": 'many' is not a number" },
      { { direction = "up" }, "column \"direction\": 'up' is none of ge, le, "
        .. "eq, qual, info (≥, ≤, =, 定性)" },
      { { qualifier = "maybe", actual = D "1" }, "column \"qualifier\": "
        .. "'maybe' is none of exact, approx_above, approx, at_least" },
      { { weight = D "-1" }, "a weight cannot be below zero" },
      { { qual_pct = D "101" }, "column \"qual_pct\" is 0 to 100" },
    }
    for _, case in ipairs(cases) do
      local row = case[1]
      row.name_zh, row.level1, row.measure_unit = "甲", "产出", "次"
      local items, message = ev.indicator(assert(ev.table { row }),
        { name = "x.csv" })
      assert.is_nil(items)
      assert.equal("x.csv:2: " .. case[2], message)
    end
  end)

  it("wants to know which column holds the names", function()
    local items, message = ev.indicator(assert(ev.table { { a = 1 } }))
    assert.is_nil(items)
    assert.matches("there is no column 'name_zh'", message, 1, true)
  end)
end)

describe("indicators of a unit's year", function()
  it("bring their figure, its interval and its place", function()
    local items = assert(ev.indicator(yinghua.year()))
    assert.equal(7, #items)
    local helped = items[5]
    assert.equal("5800", text(helped.actual))
    assert.equal("(5800, 5900)", helped.interval:text(tostring))
    assert.same({ "yinghua-2023/indicators.csv:6",
      "yinghua-2023/facts.csv:5" }, helped.places)
  end)

  it("are not compared where target and figure have different units",
    function()
      local year = yinghua.year { ["facts.csv"] = function(text_)
        return (text_:gsub("5800,人次", "5800,万人次"))
      end }
      local items = assert(ev.indicator(year))
      assert.equal("target and actual value are in different units",
        items[5].problem)
    end)

  it("need a unit of measure as well", function()
    local year = yinghua.year { ["indicators.csv"] = function(text_)
      return (text_:gsub("ge,4,次", "ge,4,"))
    end }
    local items, message = ev.indicator(year)
    assert.is_nil(items)
    assert.equal("yinghua-2023/indicators.csv:2: the indicator '培训次数' has no "
      .. "unit: fill in measure_unit", message)
  end)
end)

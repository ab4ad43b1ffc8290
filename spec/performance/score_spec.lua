-- score: points by a rubric, nothing shared out, nothing made up.

local ev = require "evalua"
local exact = require "evalua.exact"
local support = require "support"
local yinghua = require "support.yinghua"
local D = ev.decimal

local function sample() return assert(ev.unit_year {}) end

--- The line whose indicator or row has this Chinese name.
local function line(result, name)
  for _, item in ipairs(result.lines) do
    if not item.heading and (item.item or item.row).name_zh == name then
      return item
    end
  end
  error("no line " .. name)
end

local function has_flag(item, name)
  for _, flag in ipairs(item.flags) do
    if flag[1] == name then return true end
  end
  return false
end

local function score(from, rubric, opts)
  opts = opts or {}
  opts.rubric = rubric
  return assert(ev.score(from, opts))
end

--- A table of indicators whose weights suit mof10.
local function table_of(changes)
  local rows = { order = { "name_zh" } }
  local function add(name, level1, target, actual, weight)
    rows[#rows + 1] = { name_zh = name, level1 = level1, direction = "ge",
      target = D(target), actual = D(actual), weight = D(weight),
      measure_unit = "件" }
    for key, value in pairs(changes and changes[name] or {}) do
      rows[#rows][key] = value
    end
  end
  add("甲", "产出", "100", "100", "25")
  add("乙", "产出", "100", "75", "25")
  add("丙", "效益", "100", "200", "30")
  add("丁", "满意度", "90", "99", "10")
  return assert(ev.table(rows))
end

local FUNDS = { "original=100万元", "adjusted=110万元", "executed=99万元" }

describe("the sample unit", function()
  it("has its execution capped and flagged, against the original budget",
    function()
      local found = line(score(sample(), "mof10"), "预算执行率")
      assert.equal("10.00", tostring(found.points))
      assert.equal("154.7324", tostring(found.value:decimal(4)))
      assert.is_true(has_flag(found, "capped"))
      assert.is_true(has_flag(found, "against_original"))
    end)

  it("has no score that can be reproduced", function()
    local result = score(sample(), "mof10")
    assert.equal("10.00", tostring(result.total))
    assert.equal("10", tostring(result.scored))
    assert.equal("90", tostring(result.unscored))
    assert.is_nil(result.grade)
    assert.equal("差", result.grade_low.zh)
    assert.equal("优", result.grade_high.zh)
  end)

  it("accounts for all 100 points by every rubric", function()
    for _, name in ipairs(ev.rubric.names()) do
      local result = score(sample(), name)
      assert.is_true((result.scored + result.unscored):eq(D "100"), name)
      assert.is_true(result.total <= result.scored, name)
    end
  end)

  it("has its satisfaction judged by Hunan's bands", function()
    local found = line(score(sample(), "hunan2017"), "12345满意率")
    assert.equal("6.00", tostring(found.points))
  end)

  it("changes its outcome with one figure", function()
    local year = sample()
    for _, row in ipairs(year.budget) do
      if row.version == "executed" and row.nature == "project" then
        row.amount = D "100.00"
      end
    end
    local found = line(score(year, "mof10"), "预算执行率")
    -- 2017 / 4263.67 = 47.306…%
    assert.equal("4.73", tostring(found.points))
    assert.is_true(has_flag(found, "no_reason_below"))
  end)
end)

describe("ev.score", function()
  it("adds up the points of the lines", function()
    local result = score(table_of(), "mof10", { funds = FUNDS })
    assert.equal("9.00", tostring(line(result, "预算执行率").points))
    assert.equal("25.00", tostring(line(result, "甲").points))
    assert.equal("18.75", tostring(line(result, "乙").points))
    assert.equal("30.00", tostring(line(result, "丙").points))
    assert.equal("92.75", tostring(result.total))
    assert.equal("优", result.grade.zh)
  end)

  it("flags what is far above its target, and pays no more for it",
    function()
      local result = score(table_of(), "mof10", { funds = FUNDS })
      assert.is_true(has_flag(line(result, "丙"), "over"))
      assert.is_false(has_flag(line(result, "丁"), "over"))
    end)

  it("wants an explanation below full marks", function()
    local result = score(table_of(), "mof10", { funds = FUNDS })
    assert.is_true(has_flag(line(result, "乙"), "no_reason"))
    result = score(table_of { ["乙"] = { reason = "设备故障" } }, "mof10",
      { funds = FUNDS })
    assert.is_false(has_flag(line(result, "乙"), "no_reason"))
  end)

  it("leaves out what cannot be scored and shares nothing out", function()
    local all = score(table_of(), "mof10", { funds = FUNDS })
    local without = score(table_of { ["乙"] = { actual = ev.NA } }, "mof10",
      { funds = FUNDS })
    assert.equal("there is no actual value", line(without, "乙").why)
    assert.equal(tostring(all.total - D "18.75"), tostring(without.total))
    assert.equal("25", tostring(without.unscored))
    for _, name in ipairs { "甲", "丙", "丁", "预算执行率" } do
      assert.equal(tostring(line(all, name).points),
        tostring(line(without, name).points))
    end
  end)

  it("gives a grade only when the missing points cannot change it",
    function()
      local result = score(table_of { ["丁"] = { actual = ev.NA } }, "mof10",
        { funds = FUNDS })
      assert.equal("82.75", tostring(result.total))
      assert.is_nil(result.grade) -- 82.75 to 92.75: 良 or 优
      result = score(table_of { ["丁"] = { actual = ev.NA },
        ["乙"] = { actual = D "50" } }, "mof10", { funds = FUNDS })
      assert.equal("76.50", tostring(result.total))
      assert.is_nil(result.grade)
      result = score(table_of { ["丁"] = { actual = ev.NA },
        ["乙"] = { actual = D "10" } }, "mof10", { funds = FUNDS })
      assert.equal("中", result.grade.zh) -- 66.50 to 76.50
    end)

  it("refuses weights that are not the row's", function()
    local result, message = ev.score(table_of { ["甲"] = {
      weight = D "24.99" } }, { rubric = "mof10" })
    assert.is_nil(result)
    assert.equal("data/rubrics/mof10.csv:4: the indicators' weights under "
      .. "'产出指标' add up to 49.99, the rubric gives it 50", message)
  end)

  it("loses no indicator that the rubric has no row for", function()
    local result = score(table_of { ["丁"] = { level1 = "服务" } }, "mof10")
    assert.equal(1, #result.unplaced)
    assert.equal("丁", result.unplaced[1].name_zh)
    assert.equal(7, #score(sample(), "hunan2017").unplaced)
  end)

  it("makes up no weight", function()
    local result = score(table_of { ["甲"] = { weight = ev.NA } }, "mof10",
      { funds = FUNDS })
    assert.equal("no weight is given", line(result, "甲").why)
    assert.equal("25", tostring(result.unscored))
  end)

  it("names the money that is missing", function()
    local result = score(table_of(), "mof10")
    assert.equal("there are no amounts", line(result, "预算执行率").why)
    result = score(table_of(), "mof10", { funds = { "original=100万元" } })
    assert.equal("there is no executed amount",
      line(result, "预算执行率").why)
    result = score(table_of(), "mof10", { funds = { "adjusted=0元",
      "executed=5元" } })
    assert.equal("the budget is zero", line(result, "预算执行率").why)
  end)

  it("wants a unit beside an amount", function()
    local result, message = ev.score(table_of(), { rubric = "mof10",
      funds = { "original=100", "executed=90万元" } })
    assert.is_nil(result)
    assert.equal("the amount '100' has no unit: write 元, 万元 or 亿元 behind it",
      message)
  end)

  it("brings amounts to one unit", function()
    local result = score(table_of(), "mof10", { funds = {
      "adjusted=110万元", "executed=990000元" } })
    assert.equal("9.00", tostring(line(result, "预算执行率").points))
  end)

  it("counts a range by the end with fewer points", function()
    local found = line(score(table_of { ["乙"] = {
      qualifier = "approx_above", actual = D "70" } }, "mof10"), "乙")
    assert.equal("17.50", tostring(found.points)) -- (70, 80): 70 of 100
    assert.is_true(has_flag(found, "worst_case"))
  end)

  it("rounds as the rubric says", function()
    local rows = "seq,path,name_zh,weight,rule,params\n"
      .. "0,,甲,100,,rounding=%s; places=0\n1,产出,产出,50,prop,\n"
      .. "2,效益,效益,30,prop,\n3,满意度,满意度,20,prop,\n"
    local function points(rounding)
      local rubric = assert(ev.rubric.load(support.write("r.csv",
        rows:format(rounding))))
      local found = line(score(table_of { ["甲"] = { actual = D "50" },
        ["丁"] = { weight = D "20" } }, rubric), "甲")
      return tostring(found.points)
    end
    assert.equal("13", points "half-up") -- 12.5
    assert.equal("12", points "half-even")
  end)

  it("refuses to be called without a rubric", function()
    assert.has_error(function() ev.score(table_of(), {}) end)
  end)
end)

describe("what if the adjusted budget were …", function()
  local scores = require "evalua.score"

  it("changes the execution's points alone", function()
    local result = score(table_of(), "mof10", { funds = FUNDS })
    local what = scores.if_adjusted(result, D "198")
    assert.equal("5.00", tostring(what.points))
    assert.equal("88.75", tostring(what.total))
    assert.equal("良", what.grade.zh)
    assert.equal("10.00", tostring(scores.if_adjusted(result,
      D "50").points))
    assert.is_nil(scores.if_adjusted(result, D "0"))
  end)

  it("tells which indicator costs most", function()
    local losses = scores.losses(score(table_of { ["丁"] = {
      actual = ev.NA } }, "mof10", { funds = FUNDS }))
    assert.equal("乙", losses[1].line.item.name_zh)
    assert.equal("6.25", tostring(losses[1].lost))
    assert.equal("1.00", tostring(losses[2].lost))
    assert.is_false(losses[3].certain) -- what has no points stands last
  end)
end)

describe("a unit with everything", function()
  --- Weights for Hunan's form, which gives the benefits 16.
  local HUNAN = { ["indicators.csv"] = function(text)
    return (text:gsub("yh%-F4,20", "yh-F4,10"):gsub(",10,85", ",6,85"))
  end }

  it("is scored by the adjusted budget", function()
    local result = score(yinghua.year(), "mof10")
    local found = line(result, "预算执行率")
    assert.equal("adjusted", found.base)
    assert.equal("9.50", tostring(found.points)) -- 104.5 / 110
    assert.is_false(has_flag(found, "against_original"))
    -- 24 × 90/95, 8 × 100/125, 10 × 85 %
    assert.equal("22.74", tostring(line(result, "合格率").points))
    assert.equal("6.40", tostring(line(result, "完工天数").points))
    assert.equal("8.50", tostring(line(result, "环境改善").points))
    assert.equal("85.14", tostring(result.total))
    assert.is_true(result.unscored:eq(10)) -- 约30亩
  end)

  it("has indicators of one level beside each other", function()
    local names = {}
    for _, item in ipairs(score(yinghua.year(), "mof10").lines) do
      if item.item then names[#names + 1] = item.item.name_zh end
    end
    assert.equal("培训次数 绿化面积 合格率 完工天数 惠及人次 环境改善 满意率",
      table.concat(names, " "))
  end)

  it("has its 约 scored when told how far it may be off", function()
    local year = yinghua.year(nil, { approx_pct = D "5" })
    assert.equal("10.00", tostring(line(score(year, "mof10"),
      "绿化面积").points)) -- [28.5, 31.5] is at least 25
  end)

  it("is scored by Hunan's form from its base figures", function()
    local result = score(yinghua.year(HUNAN), "hunan2017")
    local expected = {
      ["在职人员控制率"] = "3.50", -- 31/30 = 103.33: 3 steps of 0.5
      ["“三公经费”变动率"] = "5.00", -- 7 against 8
      ["预算完成率"] = "5.00", -- 106.5/112 = 95.09: no whole step of 5
      ["预算控制率"] = "4.00", -- 8/100
      ["公用经费控制率"] = "3.00", -- 105 %: 5 × 1
      ["“三公经费”控制率"] = "7.00", -- 5.6/7
      ["政府采购执行率"] = "2.00", -- 90 %: 2 × 2
    }
    for name, points in pairs(expected) do
      assert.equal(points, tostring(line(result, name).points), name)
    end
    assert.same({ "building_area_actual", "building_area_approved" },
      line(result, "楼堂馆所面积控制率").result.missing)
  end)

  it("refuses two answers to one row, with their lines", function()
    local path = support.write("answers.csv",
      "填报表,\nseq,value\n2,98\n\n2,99\n")
    local result, message, code = ev.score(yinghua.year(HUNAN), {
      rubric = "hunan2017", answers = path })
    assert.is_nil(result)
    assert.equal("data", code)
    assert.matches("answers%.csv:5: row 2 of the rubric is answered twice, "
      .. "here and in .*answers%.csv:3$", message)
  end)

  it("takes the assessor's answers", function()
    local path = support.write("a.csv", "seq,value,reason\n8,full,\n"
      .. "14,是|否|是,制度未汇编\n15,2,票据不全\n16,80,\n18,95,\n")
    local result = score(yinghua.year(HUNAN), "hunan2017", { answers = path })
    assert.equal("5.00", tostring(line(result, "楼堂馆所面积控制率").points))
    assert.equal("6.00", tostring(line(result, "管理制度健全性").points))
    assert.equal("4.00", tostring(line(result, "资金使用合规性").points))
    assert.equal("4.00", tostring(line(result, "预决算信息公开性").points))
    assert.equal("7.60", tostring(line(result, "重点工作实际完成率").points))
    assert.is_true(has_flag(line(result, "预决算信息公开性"), "no_reason"))
  end)

  it("says which answer is wrong", function()
    local cases = { { "99,1", "the rubric 'hunan2017' has no row 99" },
      { "14,是|否", "the checklist has 3 items, not 2" },
      { "14,maybe", "'maybe' is not yes or no" },
      { "15,1.5", "'1.5' is no number of cases" },
      { "16,120", "120 is not between 0 and 100" },
      { "8,half", "'half' is not a number" } }
    for _, case in ipairs(cases) do
      local path = support.write("a.csv", "seq,value\n" .. case[1] .. "\n")
      local result, message = ev.score(yinghua.year(), {
        rubric = "hunan2017", answers = path })
      assert.is_nil(result)
      assert.equal(path .. ":2: " .. case[2], message)
    end
  end)

  it("may bring its own rubric", function()
    local year = yinghua.year { ["rubric.csv"] =
      "rubric_id,seq,path,name_zh,weight,rule,formula,params\n"
      .. "own,1,预算执行,执行,60,exec_rate,,\n"
      .. "own,2,投入,人员,40,step,staff_ctrl,cut=1\n" }
    local result = score(year, "own")
    -- 60 × 0.95 + (40 − 3)
    assert.equal("94.00", tostring(result.total))
  end)
end)

it("the rate's exactness survives large amounts", function()
  local rate = exact.ratio(D "999999999999999.99", D "1000000000000000.00")
  assert.equal("100.0000", tostring((rate * 100):decimal(4)))
  assert.is_true(rate < 1)
end)

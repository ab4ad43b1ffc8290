-- audit: one unit and one year of several; rules in a workbook; long texts.

local audit = require "evalua.audit"
local extract_text = require "evalua.audit.text"
local support = require "support"
local work = require "support.work"
local xlsx = require "support.xlsx"
local yinghua = require "support.yinghua"

local HEAD = "unit,year,period,version,flow,nature,amount,measure_unit\n"

--- Spending of 90 of 100 in one year, of 120 of 100 in the next.
local function budget(unit)
  local lines = { HEAD }
  for _, row in ipairs { "2022,Y,original,expense,basic,100",
    "2022,Y,executed,expense,basic,90", "2023,Y,original,expense,basic,100",
    "2023,Y,executed,expense,basic,120" } do
    lines[#lines + 1] = ("%s,%s,万元\n"):format(unit, row)
  end
  return table.concat(lines)
end

local none = { ["facts.csv"] = false, ["indicators.csv"] = false }

local function folder(id)
  return yinghua.folder({ ["budget.csv"] = budget(id),
    ["units.csv"] = "id,kind,name_zh,alias\n" .. id .. ",office,单位" .. id
      .. ",简称" .. id .. "\n", ["facts.csv"] = none["facts.csv"],
    ["indicators.csv"] = none["indicators.csv"] }, id)
end

local function outcome_of(t, id)
  for _, row in t:rows() do
    if row.id == id then return row.outcome .. " " .. row.arithmetic end
  end
end

describe("an audit of several years", function()
  it("takes the last one and says so, or the one that is named", function()
    local dir = folder "a"
    local t, notes = audit.run(dir)
    assert.matches("^flag 120 / 100 = 120%%", outcome_of(t, "U2"))
    assert.matches("audited is 2023, the last of the years 2022, 2023",
      table.concat(notes, "\n"), 1, true)
    t = assert(audit.run(dir, { year = 2022 }))
    assert.matches("^holds 90 / 100 = 90%%", outcome_of(t, "U2"))
    local _, message = audit.run(dir, { year = 2019 })
    assert.matches("has nothing of 2019; there are: 2022, 2023", message, 1,
      true)
  end)

  it("leaves rules of one's own all years", function()
    local dir = folder "a"
    local rules = support.write("own.csv", "id,kind,check\nA,equal,"
      .. "\"sum(budget.amount, year=2022, version=executed) + 30万元 = "
      .. "sum(budget.amount, year=2023, version=executed)\"\n")
    assert.equal("holds", assert(audit.run(dir, { rules = rules }))[1].outcome)
  end)

  it("finds the unit's document in a database, by any of its names",
    function()
      local db = support.tempdir() .. "/u.db"
      for _, id in ipairs { "a", "b" } do
        local got = support.evalua { "import", folder(id), "--db", db }
        assert.equal(0, got.code, got.err)
      end
      for _, name in ipairs { "b", "单位b", "简称b" } do
        local got = support.evalua { "report", "audit", "--db", db, "--unit",
          name, "--year", "2022", "-O", "csv" }
        assert.equal(0, got.code, got.err)
        assert.matches("U2,holds,medium,\"budget.csv:2,3\",\"90 / 100 = 90%",
          got.out, 1, true)
      end
      local t, message = audit.run(db)
      assert.is_nil(t)
      assert.matches("several documents", message)
      t, message = audit.run(db, { unit = "nobody" })
      assert.is_nil(t)
      assert.equal("there is no unit 'nobody'; there are: a (单位a), b (单位b)",
        message)
    end)

  it("is only of a unit's folder or database", function()
    local got = support.evalua { "audit", support.write("r.txt", "支出5万元。\n"),
      "--unit", "a" }
    assert.equal(2, got.code)
    assert.matches("--unit and --year are for a unit's folder or database",
      got.err, 1, true)
    assert.matches("仅用于单位的文件夹或数据库", support.evalua { "audit",
      support.write("r.txt", "支出5万元。\n"), "--year", "2022", "--lang", "zh" }
      .err, 1, true)
  end)
end)

describe("totals in rules", function()
  --- Outcome and arithmetic of a check on yinghua's year 2023.
  local function checked(check, changes)
    local rules = support.write("r.csv", "id,kind,check\nA,derived,\"" .. check
      .. "\"\n")
    local t, message = audit.run(yinghua.folder(changes), { rules = rules,
      year = 2023 })
    return t and t[1].outcome .. " " .. t[1].arithmetic or message
  end

  local cases = {
    -- basic and project, not the "of which" rows of tags
    ["total(budget, version=original, flow=expense) = 100万元"] =
      "holds 60 + 40 = 100万元",
    -- the last version that is there
    ["total(budget, flow=income) = 112万元"] = "holds 112 = 112万元",
    ["total(budget, flow=carry_in) = 4万元"] = "holds 4 = 4万元",
    ["total(budget, flow=interest) >= 0"] =
      "undecided ? ≥ 0",
    ["first(total(budget, flow=x), total(budget, flow=carry_out), 1万元) = "
      .. "5.5万元"] = "holds 5.5 = 5.5万元",
    ["first(total(budget, flow=x), 1万元) = 2万元"] =
      "fails 1 ≠ 2万元 (difference −1万元)",
  }
  for check, expected in pairs(cases) do
    it("are " .. check, function() assert.equal(expected, checked(check)) end)
  end

  it("count years before the months they are made of", function()
    local rows = "unit,year,period,version,flow,nature,amount,measure_unit\n"
      .. "yh,2023,Y,executed,expense,basic,12,万元\n"
      .. "yh,2023,M01,executed,expense,basic,5,万元\n"
      .. "yh,2023,M02,executed,expense,basic,7,万元\n"
    assert.equal("holds 12 = 12万元", checked(
      "total(budget, flow=expense) = 12万元", { ["budget.csv"] = rows }))
    assert.equal("holds 5 + 7 = 12万元", checked(
      "total(budget, flow=expense) = 12万元", { ["budget.csv"] =
        rows:gsub("[^\n]*,Y,[^\n]*\n", "") }))
    assert.equal("holds 5 − 7 = −2 = 0 − 2 = −2万元", checked(
      "total(budget, flow=expense) = 0万元 - 2万元", { ["budget.csv"] =
        rows:gsub("[^\n]*,Y,[^\n]*\n", ""):gsub(",7,", ",-7,") }))
  end)

  it("make the rules for any unit say what the reports say", function()
    local t, seen = assert(audit.run(yinghua.folder())), {}
    for _, row in t:rows() do
      seen[row.id] = row.outcome .. " "
        .. tostring(row.arithmetic):match "^[^;]*"
    end
    assert.equal("holds (61 + 43.5) / (62 + 48) = 95% ≤ 100%", seen.U1)
    assert.equal("flag (61 + 43.5) / (60 + 40) = 104.5% > 100%", seen.U2)
    assert.equal("holds 112 + 4 = 116 ≥ 61 + 43.5 = 104.5万元", seen.U3)
    assert.matches("^flag 8 %+ 24 %+ 8 %+ 10 %+ 20 %+ 10 = 80 ≠ 100", seen.U4)
  end)
end)

describe("rules in a workbook", function()
  local function row(cells)
    local list = {}
    for i, text in ipairs(cells) do
      text = text:gsub("&", "&amp;"):gsub("<", "&lt;")
      list[i] = ('<c t="inlineStr"><is><t>%s</t></is></c>'):format(text)
    end
    return "<row>" .. table.concat(list) .. "</row>"
  end

  local function book(check)
    return xlsx.bytes { sheets = { { name = "规则", data =
      row { "id", "kind", "check" }
      .. row { "A", "ratio-bound", check } } } }
  end

  it("are read as a csv file is", function()
    local check = "sum(budget.amount, year=2022, version=executed) <= 90万元"
    local file = support.write("rules.xlsx", book(check))
    local t = assert(audit.run(folder "a", { rules = file }))
    assert.equal("holds", t[1].outcome)
  end)

  it("may be the folder's own, and errors name the sheet's row", function()
    local dir = folder "a"
    local core = require "evalua.core"
    assert(core.file.write(dir .. "/rules.xlsx", book "1 + = 2"))
    local t, message = audit.run(dir)
    assert.is_nil(t)
    assert.matches("rules.xlsx:2: column \"check\": a condition was expected",
      message, 1, true)
  end)
end)

describe("conditions with the marks of a Chinese keyboard", function()
  local text

  setup(function()
    text = support.write("r.txt", "总额100万元，其中：甲（局）60万元、乙40万元。\n")
  end)

  local function outcome(check)
    local rules = support.write("rules.csv", "id,kind,check\nA,derived,\""
      .. check .. "\"\n")
    local t, message = audit.run(text, { rules = rules })
    return t and t[1].outcome or message:match "rules.csv:2: .*"
  end

  for check, expected in pairs {
    ["（X2＋X3）＝X1"] = "holds", ["X2／X1≤６０％"] = "holds",
    ["X1－X2 = X3"] = "holds", ["X1 ＞ １万元"] = "holds",
    ["max（X2，X3） ＝ X3"] = "fails",
    ["count（facts，measure_unit=万元）= 3"] = "holds",
  } do
    it("mean the same: " .. check, function()
      assert.equal(expected, outcome(check))
    end)
  end

  it("stay what they are in the text of a filter", function()
    local tree = assert(require("evalua.audit.grammar").condition
      "count(facts, name_zh=因公出国（境）费) = 1")
    assert.equal("因公出国（境）费", tree[1].filters[1].text)
  end)

  it("are shown as they are read where they cannot be read", function()
    assert.equal("rules.csv:2: column \"check\": a condition was expected, not "
      .. "understood from here on: (X1 = X2", outcome "（X1 ＝ X2")
  end)
end)

describe("units in rules", function()
  local function audited(check)
    local text = support.write("r.txt", "辖区总面积21.83平方公里，装机容量3兆瓦。\n")
    local rules = support.write("rules.csv", "id,kind,check\nA,equal,\""
      .. check .. "\"\n")
    local t, message = audit.run(text, { rules = rules })
    return t and t[1].outcome or message
  end

  for check, outcome in pairs {
    ["X1 = 21.83km²"] = "holds", ["X1 = 21830000m²"] = "holds",
    ["X1 = 2183公顷"] = "holds", ["X2 = 3000kW"] = "holds",
    ["X1 = 21.84km²"] = "fails", ["X1 / 1km² = 21.83"] = "holds",
  } do
    it(("are known in Latin letters: %s %s"):format(check, outcome), function()
      assert.equal(outcome, audited(check))
    end)
  end
end)

describe("a long text", function()
  --- Work of an audit of n figures in one sentence.
  local function work_of(n)
    local parts = {}
    for i = 1, n do parts[i] = ("项目%d万元、支出%d个，"):format(i, i) end
    local text = table.concat(parts)
    return work(function()
      extract_text.run(text, { lang = "en", name = "x" })
    end)
  end

  it("takes work by its length, even without a full stop", function()
    work_of(50) -- words and units are read once
    local short, long = work_of(500), work_of(4000)
    assert.is_true(long < 12 * short, short .. ", then " .. long)
  end)

  it("has a total after many parts, up to 100", function()
    local parts = {}
    for i = 1, 60 do parts[i] = ("项目%s1万元"):format(("甲"):rep(i % 5 + 1)) end
    local text = table.concat(parts, "、") .. "，合计61万元。\n"
    local found = extract_text.run(text, { lang = "en", name = "x" })
    assert.equal("fails", found[1].outcome)
    assert.equal("60万元", found[1].found)
  end)
end)

describe("a unit that has money only", function()
  it("is told what nobody could look at, and that nothing holds there",
    function()
      local t, seen = assert(audit.run(folder "a", { year = 2022 })), {}
      for _, row in t:rows() do
        seen[row.id] = row.outcome .. ": " .. tostring(row.reason)
      end
      assert.equal("undecided: there are no lists", seen.U5)
      assert.equal("undecided: there are no lists", seen.U6)
      assert.equal("undecided: no names are given as written", seen.U7)
      assert.equal("undecided: there are no headings", seen.U8)
      assert.matches("^undecided", seen.U9)
    end)
end)

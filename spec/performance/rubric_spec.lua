-- rubric: files of scoring rules, checked before anything is scored.

local ev = require "evalua"
local support = require "support"

local HEAD = "seq,path,name_zh,name_en,weight,rule,formula,params,source\n"

local function load(rows, head)
  return ev.rubric.load(support.write("r.csv", (head or HEAD) .. rows))
end

--- The message for rows that are no rubric, without the folder.
local function problem(rows, head)
  local rubric, message, code = load(rows, head)
  assert.is_nil(rubric)
  assert.equal("data", code)
  return (message:gsub("^/[^:]*/r%.csv", "r.csv"))
end

describe("the shipped rubrics", function()
  local weights = { mof10 = "10 50 30 10", ["mof101-cost"] = "10 20 40 20 10",
    ["mof101-nosat"] = "10 50 40", sichuan2023 = "10 60 30",
    dazhou = "25 30 45" }

  it("are all valid", function()
    local names = ev.rubric.names()
    assert.is_true(#names >= 7)
    for _, name in ipairs(names) do
      local rubric, message = ev.rubric.load(name)
      assert.is_table(rubric, message)
      assert.is_string(rubric.name_en, name)
    end
  end)

  it("have the published weights", function()
    for name, expected in pairs(weights) do
      local found = {}
      for i, row in ipairs(ev.rubric.load(name).rows) do
        found[i] = tostring(row.weight)
      end
      assert.equal(expected, table.concat(found, " "))
    end
  end)

  -- jinchutou 560805309 and wenku365 50355167; glj.yueyang.gov.cn 1705915
  it("have the headings of Hunan's forms", function()
    local expected = { hunan2017 = { ["投入"] = "10", ["过程"] = "60",
      ["预算执行"] = "20", ["产出及效率"] = "30" },
      ["hunan-yueyang"] = { ["投入"] = "15", ["过程"] = "40",
        ["预算执行"] = "15", ["产出及效果"] = "45" } }
    for name, headings in pairs(expected) do
      local found = {}
      for _, row in ipairs(ev.rubric.load(name).all) do
        if row.rule == nil then found[row.name_zh] = tostring(row.weight) end
      end
      for heading, weight in pairs(headings) do
        assert.equal(weight, found[heading], name .. " " .. heading)
      end
    end
  end)

  it("say where each row was read", function()
    for _, name in ipairs(ev.rubric.names()) do
      for _, row in ipairs(ev.rubric.load(name).all) do
        assert.is_string(row.source, name .. " " .. row.seq)
      end
    end
  end)
end)

describe("a rubric's weights", function()
  it("must add up to 100 exactly", function()
    assert.equal("r.csv: the weights add up to 99.99, not to 100 (0.01 is "
      .. "missing)", problem("1,a,甲,,49.99,prop,,,\n2,b,乙,,50,prop,,,\n"))
    assert.equal("r.csv: the weights add up to 100.001, not to 100 (0.001 is "
      .. "too much)", problem("1,a,甲,,50.001,prop,,,\n2,b,乙,,50,prop,,,\n"))
    -- thirds do not add up, and nobody makes them
    assert.equal("r.csv: the weights add up to 99.9, not to 100 (0.1 is missing)",
      problem("1,a,甲,,33.3,prop,,,\n2,b,乙,,33.3,prop,,,\n"
        .. "3,c,丙,,33.3,prop,,,\n"))
  end)

  it("must be those of the heading", function()
    assert.equal("r.csv:2: the weights below '投入' add up to 15, not to 10",
      problem("1,投入,投入,,10,,,,\n2,投入/配置,甲,,15,prop,,,\n"
        .. "3,过程,乙,,85,prop,,,\n"))
  end)

  -- 棠溪镇 2022 (anthempetcare.com 502364): 8+8+8+8+8+10 = 50
  it("need not be equal shares", function()
    local rows = { "1,产出,产出,,50,,,," }
    for i = 1, 6 do
      rows[#rows + 1] = ("%d,产出/数量,指标%d,,%d,prop,done,,"):format(i + 1, i,
        i == 6 and 10 or 8)
    end
    rows[#rows + 1] = "8,其他,其他,,50,qual,,,"
    assert.is_table((load(table.concat(rows, "\n") .. "\n")))
  end)

  it("must be numbers", function()
    assert.equal("r.csv:2: column \"weight\": 'ten' is not a number",
      problem("1,a,甲,,ten,prop,,,\n"))
    assert.equal('r.csv:2: column "weight" is empty',
      problem("1,a,甲,,,prop,,,\n"))
    assert.equal("r.csv:2: a weight cannot be below zero",
      problem("1,a,甲,,-5,prop,,,\n2,b,乙,,105,prop,,,\n"))
  end)
end)

describe("a rubric's rows", function()
  it("have a rule that there is", function()
    assert.equal("r.csv:2: column \"rule\": unknown rule kind 'magic'; there "
      .. "are: prop, inv, band, step, slope, checklist, penalty, qual, "
      .. "exec_rate",
      problem("1,a,甲,,100,magic,,,\n"))
  end)

  it("are no parents of each other in a circle", function()
    local head = "seq,parent,name_zh,weight,rule,params\n"
    assert.equal("r.csv:2: the rows 1 → 2 → 3 → 1 are parents of each other in "
      .. "a circle", problem("1,2,甲,100,,\n2,3,乙,100,,\n3,1,丙,100,prop,\n",
      head))
    assert.equal("r.csv:3: there is no row 9 to be the parent",
      problem("1,,甲,100,,\n2,9,乙,100,prop,\n", head))
  end)

  it("may hang below a parent instead of a path", function()
    local rubric = assert(load("1,,投入,40,,\n2,1,配置,40,prop,\n"
      .. "3,,产出,60,prop,\n", "seq,parent,name_zh,weight,rule,params\n"))
    assert.equal("投入", rubric.rows[1].path)
    assert.equal("产出", rubric.rows[2].path)
  end)

  it("have something below where they have no rule", function()
    assert.equal("r.csv:2: row 1 has neither a rule nor rows below it",
      problem("1,a,甲,,100,,,,\n2,b,乙,,100,prop,,,\n"))
  end)

  it("name a formula that there is", function()
    assert.matches("r.csv:2: column \"formula\": there is no common indicator "
      .. "'carryover'; there are: staff_ctrl",
      problem("1,a,甲,,100,step,carryover,cut=1,\n"), 1, true)
  end)

  it("give no more than their weight", function()
    assert.equal("r.csv:2: a band gives 101, more than the row's 100",
      problem('1,a,甲,,100,band,,"bands=[90,):101 (,90):0",\n'))
    assert.equal("r.csv:2: the items of the checklist add up to 6, not to 100",
      problem("1,a,甲,,100,checklist,,items=x 2|y 4,\n"))
  end)

  it("have numbers of their own", function()
    assert.equal("r.csv:3: the number 1 stands twice in the column seq",
      problem("1,a,甲,,50,prop,,,\n1,b,乙,,50,prop,,,\n"))
    assert.equal("r.csv:2: column \"seq\": 'x' is not a whole number",
      problem("x,a,甲,,100,prop,,,\n"))
  end)
end)

describe("a rubric's file", function()
  it("has the line in its messages on which the row stands", function()
    assert.matches("r.csv:5: column \"rule\": unknown rule kind 'magic'",
      problem('0,,"two\nlines",,100,,,,\n\n1,a,甲,,100,magic,,,\n'), 1, true)
    assert.matches("r.csv:4: column \"rule\": unknown rule kind 'magic'",
      problem("1,a,甲,,100,magic,,,\n", "评分标准,,,,,,,,\n,,,,,,,,\n"
        .. HEAD),
      1, true)
  end)

  it("may be typed with the marks of Chinese", function()
    local rubric = assert(load('0,,甲,,１００,,,places＝１；rounding＝half-even,\n'
      .. '1,a,甲,,５０,band,,"bands＝［９０，）：５０ （， ９０）：６０％",\n'
      .. "2,b,乙,,50,checklist,,items=制度（三项）　20｜执行　30,\n"))
    assert.equal(1, rubric.places)
    assert.equal("half-even", rubric.rounding)
    local bands = rubric.rows[1].params.bands
    assert.equal("90", tostring(bands[2].low))
    assert.is_true(bands[1].share)
    local items = rubric.rows[2].params.items
    assert.equal("制度（三项）", items[1].name)
    assert.equal("30", tostring(items[2].points))
  end)

  it("has the columns that are needed", function()
    assert.equal("r.csv:1: a rubric needs the column 'weight'",
      problem("1,a,甲,prop,\n", "seq,path,name_zh,rule,params\n"))
  end)

  it("has no column written wrong, which would pass unseen", function()
    assert.equal("r.csv:1: unknown column 'formla' (did you mean 'formula'?)",
      problem("1,a,甲,100,prop,,\n",
        "seq,path,name_zh,weight,rule,formla,params\n"))
    assert.is_table((load("1,a,甲,100,prop,,,备注\n",
      "seq,path,name_zh,weight,rule,formula,params,remark\n")))
  end)

  it("has rows", function()
    assert.matches("has a header but no rows", problem "", 1, true)
  end)

  it("has settings that are known", function()
    assert.equal("r.csv:2: params: a rubric has no 'colour'",
      problem("0,,甲,,100,,,colour=red,\n1,a,甲,,100,prop,,,\n"))
    assert.equal("r.csv:2: params: rounding is half-up or half-even",
      problem("0,,甲,,100,,,rounding=up,\n1,a,甲,,100,prop,,,\n"))
    assert.equal("r.csv:2: there is no grade scheme 'abc' in "
      .. "data/rubrics/grades.csv",
      problem("0,,甲,,100,,,grades=abc,\n1,a,甲,,100,prop,,,\n"))
    assert.equal("r.csv:2: row 0 is the whole: its weight is 100, not 90",
      problem("0,,甲,,90,,,,\n1,a,甲,,100,prop,,,\n"))
  end)

  it("is named, or one of those shipped", function()
    local rubric, message = ev.rubric.load "mof99"
    assert.is_nil(rubric)
    assert.matches("there is no rubric 'mof99'; there are: dazhou, ", message,
      1, true)
    assert.is_nil((ev.rubric.load "grades"))
    assert.is_nil((ev.rubric.load "/nowhere/r.csv"))
  end)
end)

describe("grades", function()
  -- dz-gczx.com articleDetails 1290 prints 90–100, 80–89, 60–79, 0–59
  it("are half-open, so that 89.5 has one", function()
    for total, expected in pairs { ["100"] = "优", ["90"] = "优",
      ["89.99"] = "良", ["89.5"] = "良", ["80"] = "良", ["79.99"] = "中",
      ["60"] = "中", ["59.99"] = "差", ["0"] = "差" } do
      assert.equal(expected, ev.grade(ev.decimal(total)).zh)
    end
  end)

  it("are of a scheme that there is", function()
    local grade, message = ev.grade(ev.decimal "1", "abc")
    assert.is_nil(grade)
    assert.matches("no grade scheme 'abc'", message, 1, true)
  end)
end)

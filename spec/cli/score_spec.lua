-- evalua score, and the reports on a unit's year, through the program.

local support = require "support"
local yinghua = require "support.yinghua"

local README = "data/rubrics/README.md"

--- The files of the worked example, in a folder.
local function example()
  local dir, text = support.tempdir(), support.read(README)
  for name, body in text:gmatch "`([%w%.]+%.csv)`:\n\n```csv\n(.-)```" do
    local file = assert(io.open(dir .. "/" .. name, "w"))
    file:write(body)
    file:close()
  end
  return dir, text
end

--- The words of the command in the worked example.
local function command(text)
  local line = text:match "```console\n%$ (evalua score .-)\n```"
  local words = {}
  for word in line:gsub("\\\n", ""):gmatch "%S+" do words[#words + 1] = word end
  assert(table.remove(words, 1) == "evalua")
  return words
end

local function cells(line)
  local list = {}
  for cell in line:gmatch "|%s*([^|]-)%s*%f[|]" do list[#list + 1] = cell end
  return list
end

describe("the official form as a table", function()
  local FORM = "部门整体支出绩效自评表,,,,,,,\n"
    .. "一级指标,二级指标,三级指标,指标性质,年度指标值,度量单位,实际完成值,分值\n"
    .. "产出指标,数量指标,培训,≥,6,次,5,20\n,,走访,≥,10,户,12,15\n"
    .. ",质量指标,合格率,=,100,%,100,15\n效益指标,社会效益,覆盖,≥,95,%,96,30\n"
    .. "满意度指标,服务对象满意度,满意率,≥,90,%,99,10\n总 分,,,,,,,90\n"

  it("has a title, levels that stand once and a total", function()
    local path = support.write("form.csv", FORM)
    local got = support.evalua { "score", path, "--rubric", "mof10", "-O",
      "csv" }
    assert.equal(0, got.code, got.err)
    local found = {}
    for line in got.out:gmatch "[^\n]+" do
      local level1, level2, name, points = line:match(
        "^indicator,[^,]*,[^,]*,[^,]*,([^,]*),([^,]*),([^,]*),prop,[%d.]+,"
          .. "([%d.]+),")
      if name then
        found[#found + 1] = table.concat({ level1, level2, name, points }, " ")
      end
    end
    assert.same({ "产出指标 数量指标 培训 16.67", "产出指标 数量指标 走访 15.00",
      "产出指标 质量指标 合格率 15.00", "效益指标 社会效益 覆盖 30.00",
      "满意度指标 服务对象满意度 满意率 10.00" }, found)
    assert.matches("form.csv:5\n", got.out, 1, true) -- 合格率
  end)

  it("has a name for every other row", function()
    local got = support.evalua { "score", support.write("form.csv",
      (FORM:gsub("走访", ""))), "--rubric", "mof10" }
    assert.equal(2, got.code)
    assert.matches("form.csv:4: an indicator has no name", got.err, 1, true)
  end)
end)

describe("the worked example of data/rubrics/README.md", function()
  it("gives the points of its table", function()
    local dir, text = example()
    local got = support.evalua(command(text), { cwd = dir })
    assert.equal(0, got.code, got.err)
    local found = {}
    for line in got.out:gmatch "[^\n]+" do
      local name, points = line:match(
        "^%a+,[^\n]-,([^,]+),[%w_]*,[%d%.]+,([%d%.]+),scored")
      if name then found[name] = points end
    end
    local rows = 0
    local block = text:match "(| line | worked out | points |.-)\n\n"
    for line in block:gmatch "[^\n]+" do
      local row = cells(line)
      local points = row[3] and row[3]:match "^%**([%d%.]+)%**$"
      if points and row[1] ~= "**total**" then
        rows = rows + 1
        local name = row[1]
        local english = { ["预算执行率"] = "Budget execution rate",
          ["在职人员控制率"] = "Staff control rate",
          ["管理制度健全性"] = "Management rules",
          ["资金使用合规性"] = "Compliance" }
        assert.equal(points, found[english[name] or name], name)
      elseif points then
        assert.equal(points, found["Total points"])
      end
    end
    assert.equal(8, rows)
  end)
end)

describe("evalua score", function()
  local function score(...) return support.evalua { "score", ... } end

  it("lists the rubrics", function()
    local got = score "--list"
    assert.equal(0, got.code)
    assert.matches("mof10 +MoF self%-evaluation", got.out)
  end)

  it("scores a folder, a database and a table alike", function()
    local dir = yinghua.folder()
    local db = support.tempdir() .. "/u.db"
    assert.equal(0, support.evalua({ "import", dir, "--db", db }).code)
    local from_dir = score(dir, "--rubric", "mof10", "-O", "json")
    local from_db = score(db, "--rubric", "mof10", "--unit", "樱花街道",
      "--year", "2023", "-O", "json")
    assert.equal(0, from_dir.code, from_dir.err)
    assert.equal(from_dir.out, from_db.out)
    assert.matches('"kind": "total"[^\n]-"points": 85.14', from_dir.out)
    assert.matches("no score can be reproduced: 90 of 100 points", from_dir.err,
      1, true)
  end)

  it("scores the folder that a file belongs to", function()
    local dir = yinghua.folder()
    local got = score(dir .. "/indicators.csv", "--rubric", "mof10")
    assert.equal(0, got.code, got.err)
    assert.matches("is part of a unit's folder", got.err, 1, true)
    assert.equal(score(dir, "--rubric", "mof10").out, got.out)
  end)

  it("says what it had to assume about a folder", function()
    local dir = yinghua.folder { ["budget.csv"] = function(text)
      return (text:gsub(",万元\n", "\n"):gsub(",measure_unit\n", "\n"))
    end }
    local got = score(dir, "--rubric", "mof10", "-O", "json")
    assert.equal(0, got.code, got.err)
    assert.matches("no column measure_unit, so the amounts are taken to be in",
      got.err, 1, true)
    dir = yinghua.folder { ["budget.csv"] = function(text)
      return (text:gsub("basic,,60,万元", "basic,,60,"))
    end }
    got = score(dir, "--rubric", "mof10")
    assert.equal(2, got.code)
    assert.matches("budget.csv:%d+: column \"amount\": \"60\" has no unit of "
      .. "money", got.err)
  end)

  it("scores the sample, whose score cannot be reproduced", function()
    local got = score("data/dongfanghong-2022", "--rubric", "mof10",
      "--lang", "zh")
    assert.equal(0, got.code, got.err)
    assert.matches("自评得分无法复核", got.out, 1, true)
    assert.matches("154.73% 超过 100%", got.out, 1, true)
  end)

  it("tries other budgets", function()
    local got = score(yinghua.folder(), "--rubric", "mof10", "--if-adjusted",
      "2090000元")
    assert.matches("209.00  the amount asked for +50.00%% +5.00 +80.64",
      got.out)
    got = score(yinghua.folder(), "--rubric", "mof10", "--if-adjusted",
      "209万元", "-O", "json")
    assert.matches('"kind": "if_adjusted"[^\n]-"points": 5.00[^\n]-'
      .. '"total": 80.64', got.out)
    got = score(yinghua.folder(), "--rubric", "mof10", "--if-adjusted", "209")
    assert.equal(2, got.code)
    assert.matches("the amount '209' has no unit", got.err, 1, true)
  end)

  it("says that the missing points cannot change the grade, where so",
    function()
      local rubric = support.write("r.csv",
        "seq,path,name_zh,weight,rule,params\n1,产出,甲,95,prop,\n"
        .. "2,满意度,乙,5,prop,\n")
      local file = support.write("i.csv", "level1,name_zh,direction,target,"
        .. "measure_unit,actual,reason\n产出,甲,ge,100,次,70,停工\n")
      local got = score(file, "--rubric", rubric) -- 66.50, 71.50 at most
      assert.matches("the grade is Fair however the missing points fall",
        got.out, 1, true)
      assert.is_nil(got.out:find("grade is open", 1, true))
      assert.matches("等次均为“中”", score(file, "--rubric", rubric, "--lang",
        "zh").out, 1, true)
    end)

  it("prints the project's form when asked", function()
    local got = score(yinghua.folder(), "--rubric", "mof10", "--form",
      "project", "--lang", "zh", "--goal", "办好实事", "-O", "html")
    assert.matches("项目支出绩效自评表", got.out, 1, true)
    assert.matches("其中：上年结转", got.out, 1, true)
    assert.matches("办好实事", got.out, 1, true)
  end)

  it("is in no need of luck with bad input", function()
    local rubric = support.write("bad.csv",
      "seq,path,name_zh,weight,rule,params\n1,a,甲,99.99,prop,\n")
    local indicators = support.write("i.csv", "level1,name_zh,target\n产出,甲,5\n")
    local good = support.write("g.csv",
      "level1,name_zh,target,measure_unit\n产出,甲,5,次\n")
    local cases = {
      { { "x.csv" }, "score needs --rubric" },
      { { "--rubric", "mof10" }, "score what?" },
      { { "/nowhere/i.csv", "--rubric", "mof10" }, "cannot open" },
      { { "data/dongfanghong-2022", "--rubric", "mof11" },
        "there is no rubric 'mof11'" },
      { { "data/dongfanghong-2022", "--rubric", rubric },
        "the weights add up to 99.99, not to 100 (0.01 is missing)" },
      { { indicators, "--rubric", "mof10" },
        "i.csv:2: the indicator '甲' has no unit: fill in measure_unit" },
      { { "data/dongfanghong-2022", "--rubric", "mof10", "--funds",
        "executed=5元" }, "--funds is for a table" },
      { { good, "--rubric", "mof10", "--funds", "spent=5元" },
        "--funds: 'spent=5元' is not original=AMOUNT" },
      { { "data/dongfanghong-2022", "--rubric", "mof10", "--year", "1999" },
        "unit 'dfh' has nothing of 1999" },
      { { "data/dongfanghong-2022", "--rubric", "mof10", "--unit", "x" },
        "there is no unit 'x'" },
    }
    for _, case in ipairs(cases) do
      local got = support.evalua { "score", table.unpack(case[1]) }
      assert.equal(2, got.code, case[2])
      assert.equal("", got.out)
      assert.matches(case[2], got.err, 1, true)
      assert.is_nil(got.err:find("traceback", 1, true))
      local words = { "score", "--lang", "zh", table.unpack(case[1]) }
      local chinese = support.evalua(words).err
      assert.is_nil(chinese:gsub("“.-”", ""):find "%l+ %l+ %l+", chinese)
    end
  end)

  it("says it in Chinese as well", function()
    local rubric = support.write("bad.csv",
      "seq,path,name_zh,weight,rule,params\n1,a,甲,99.99,prop,\n")
    local got = score("data/dongfanghong-2022", "--rubric", rubric, "--lang",
      "zh")
    assert.matches("分值合计 99.99，不等于 100（少 0.01）", got.err, 1, true)
    got = score("data/dongfanghong-2022", "--rubric", "mof11", "--lang", "zh")
    assert.matches("没有评分标准“mof11”", got.err, 1, true)
  end)
end)

describe("evalua report on a unit", function()
  local function report(...) return support.evalua { "report", ... } end

  it("says that it shows the sample unit", function()
    local got = report("execution", "-O", "json")
    assert.equal(0, got.code, got.err)
    assert.matches("this is the shipped sample unit", got.err, 1, true)
    assert.matches('"value": 154.732425', got.out, 1, true)
    assert.matches("自带的示例单位", report("plan", "--lang", "zh").err, 1, true)
  end)

  it("reads --db, a folder, or a database as argument", function()
    local dir = yinghua.folder()
    local db = support.tempdir() .. "/u.db"
    assert.equal(0, support.evalua({ "import", dir, "--db", db }).code)
    local one = report("execution", "--db", db, "--unit", "yh", "--year",
      "2023")
    local two = report("execution", dir)
    local three = report("execution", db)
    assert.equal(0, one.code, one.err)
    assert.equal("", one.err)
    assert.equal(one.out, two.out)
    assert.equal(one.out, three.out)
    local got = report("execution", "--db", db, dir)
    assert.equal(2, got.code)
  end)

  it("writes every format by its suffix", function()
    local dir = support.tempdir()
    for _, suffix in ipairs { "txt", "md", "html", "csv", "json" } do
      local got = report("selfeval", "-o", dir .. "/r." .. suffix)
      assert.equal(0, got.code, got.err)
      assert.equal("", got.out)
    end
  end)

  it("is listed, and explains its options", function()
    local list = report "--list"
    for _, name in ipairs { "profile", "grid", "execution", "targets",
      "results", "situation", "plan", "selfeval", "indicators" } do
      assert.matches("\n" .. name .. " ", "\n" .. list.out, 1, true)
      local got = report(name, "--help")
      assert.equal(0, got.code)
      for _, option in ipairs { "--db", "--unit", "--year" } do
        assert.matches(option, got.out, 1, true)
      end
    end
  end)

  it("takes a variant of an indicator", function()
    local got = report("indicators", yinghua.folder(), "--variant",
      "carry:executed", "-O", "csv")
    assert.matches("carry:executed,[^\n]-,5.263158,", got.out)
    got = report("indicators", "--variant", "carry:moon")
    assert.equal(2, got.code)
    assert.matches("there is no common indicator 'carry:moon'", got.err, 1,
      true)
  end)

  it("names wrong options", function()
    local cases = { { { "execution", "--as-of", "31.8." },
      "--as-of is no such time: '31.8.' is no month" },
      { { "results", "--approx-pct", "much" }, "--approx-pct takes" },
      { { "profile", "--year", "x" }, "--year takes a whole number" },
      { { "profile", "--db", "/nowhere/x.db" }, "cannot open" },
      { { "selfeval", "--if-adjusted", "7000" }, "has no unit" },
      { { "selfeval", "--rubric", "nothing" }, "there is no rubric" } }
    for _, case in ipairs(cases) do
      local got = report(table.unpack(case[1]))
      assert.equal(2, got.code, case[2])
      assert.matches(case[2], got.err, 1, true)
    end
  end)
end)

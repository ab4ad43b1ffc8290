-- the reports on a unit's year: every figure that domain/model.md lists, both
-- languages, every format, and a unit that is not the sample.

local ev = require "evalua"
local lang = require "evalua.lang"
local support = require "support"
local yinghua = require "support.yinghua"

local REPORTS = { "profile", "grid", "execution", "targets", "results",
  "situation", "plan", "selfeval", "indicators" }

local sample

local function run(name, lang_, data, more)
  sample = sample or assert(ev.unit_year {})
  local params = { data = data or sample, lang = lang_ }
  for key, value in pairs(more or {}) do params[key] = value end
  return assert(ev.report.run(name, params))
end

--- The value of a figure of the report's data, as text with all its digits.
local function figure(report, id)
  for _, row in report.data:rows() do
    if row.id == id then return row.value and tostring(row.value:trim()), row end
  end
  error("no figure " .. id)
end

local function figures(name, expected, data, more)
  local report = run(name, "en", data, more)
  for id, value in pairs(expected) do
    assert.equal(value, (figure(report, id)), name .. " " .. id)
  end
end

describe("the sample unit's reports", function()
  it("have the profile's figures", function()
    figures("profile", { F001 = "21.83", F002 = "3", F003 = "3",
      estate_commercial = "16", ["estate_commercial.completed"] = "5",
      ["estate_commercial.under_construction"] = "9",
      ["estate_commercial.partly_delivered"] = "2", F012 = "10",
      ["units.office"] = "10", ["offices.called"] = "6",
      ["communities.stated"] = "3", ["communities.named"] = "2" })
  end)

  it("have the grid's figures", function()
    figures("grid", { F013 = "6", F014 = "33", F015 = "132",
      F014_F015 = "4", F013_F014 = "5.5", ["grid.people"] = "481",
      ["grid.people_per_grid"] = "3.643939", -- 481/132
      ["F092.agrees"] = "120" })
    local _, row = figure(run("grid", "en"), "F092.agrees")
    assert.equal("dfh-report-2022/facts.csv:17|dfh-report-2022/facts.csv:18",
      row.from) -- 96 + 24
  end)

  it("have the execution's figures", function()
    figures("execution", { ["execution.basic.rate_original"] = "87.100732",
      ["execution.project.rate_original"] = "226.892964",
      ["execution.total.rate_original"] = "154.732425",
      ["execution.basic.variance_original"] = "-283.9",
      ["execution.project.variance_original"] = "2617.51",
      ["execution.total.variance_original"] = "2333.61",
      ["execution.composition_variance"] = "45.124838", -- checks.md M15
      ["execution.basic.share_original"] = "51.619849",
      ["execution.project.share_executed"] = "70.94257",
      ["income.gap"] = "-2333.61", ["execution.elapsed"] = "100" })
    -- a share is of all the rows of its own version, and of no other's
    local _, share = figure(run("execution", "en"),
      "execution.basic.share_original")
    assert.equal("dfh-report-2022/budget.csv:3|dfh-report-2022/budget.csv:4",
      share.from)
    local text = run("execution", "en"):render "text"
    assert.matches("versions that the data do not have: adjusted budget", text,
      1, true)
  end)

  it("say of every figure where it is from", function()
    local of_dates = { ["execution.elapsed"] = true, ["plan.signed_day"] = true,
      ["plan.year_gone"] = true }
    for _, name in ipairs { "profile", "execution", "targets", "results",
      "grid", "situation", "plan" } do
      for _, row in run(name, "en").data:rows() do
        local is_nothing = row.value == nil or row.value == ev.decimal "0"
        assert.is_true(is_nothing or row.from ~= nil or of_dates[row.id],
          name .. " " .. row.id)
      end
    end
    local _, all = figure(run("targets", "en"), "targets.results")
    assert.equal(64, select(2, all.from:gsub("[^|]+", "")))
    local _, share = figure(run("targets", "en"), "coverage.executed")
    assert.equal("dfh-report-2022/facts.csv:30|dfh-report-2022/budget.csv:5|"
      .. "dfh-report-2022/budget.csv:6", share.from)
  end)

  it("have the targets' figures", function()
    figures("targets", { ["coverage.original"] = "100",
      ["coverage.executed"] = "64.627695", ["coverage.outside"] = "2333.61",
      ["targets.results"] = "64", ["targets.stated"] = "1",
      ["targets.claims"] = "6", ["targets.none"] = "57" })
  end)

  it("list every indicator and its evidence when asked", function()
    local text = run("targets", "zh", nil, { all = true }):render "text"
    assert.matches("产出 +数量 +青苗丈量面积 +383亩 +– +青苗丈量383亩", text)
    assert.matches("10余次 +%(10; 20%)", text)
  end)

  it("have the results by field", function()
    figures("results", { ["results.r1_party"] = "12",
      ["results.r2_economy"] = "9", ["results.r3_urban"] = "13",
      ["results.r4_livelihood"] = "20", ["results.r5_safety"] = "10",
      ["results.all"] = "64" })
    local _, row = figure(run("results", "en"), "F058")
    assert.equal("300 400", tostring(row.low:trim()) .. " "
      .. tostring(row.high:trim()))
  end)

  it("have the situation's figures", function()
    local report = run("situation", "en")
    assert.equal("100", (figure(report, "situation.land_use")))
    local _, row = figure(report, "situation.density")
    assert.equal("6871.278058", tostring(row.low)) -- 150000/21.83
    assert.equal("7329.363262", tostring(row.high)) -- 160000/21.83
    for _, id in ipairs { "F099", "F100", "F101", "F102", "F107", "F108" } do
      assert.equal("1", (figure(report, id .. ".restated")), id)
    end
  end)

  it("have the plan's figures", function()
    figures("plan", { ["plan.directions"] = "5", ["plan.themes"] = "15",
      ["plan.items"] = "25", ["plan.signed_day"] = "298",
      ["plan.year_gone"] = "81.643836" }) -- 298/365
  end)

  it("have the self-evaluation's points and what is missing", function()
    local rows = run("selfeval", "en").data:to_rows()
    local total = rows[#rows]
    assert.equal("total", total.kind)
    assert.equal("10.00", tostring(total.points))
    assert.equal("incomplete", total.status)
    assert.is_nil(total.grade)
    assert.equal("100 * executed / original", rows[1].formula)
    assert.equal("dfh-report-2022/budget.csv:3|dfh-report-2022/budget.csv:4|"
      .. "dfh-report-2022/budget.csv:5|dfh-report-2022/budget.csv:6",
      rows[1].from)
    assert.equal("against_original|capped", rows[1].flags)
    local text = run("selfeval", "zh"):render "text"
    assert.matches("自评得分无法复核：100 分中只有 10 分", text, 1, true)
    assert.matches("等次用语为“优”", text, 1, true)
  end)

  it("change with one figure of the data", function()
    local changed = assert(ev.unit_year {})
    for _, fact in ipairs(changed.facts) do
      if fact.id == "F101" then fact.value = ev.decimal "4" end
    end
    assert.equal("0", (figure(run("situation", "en", changed),
      "F101.restated")))
  end)

  it("stand in the golden files", function()
    for _, name in ipairs(REPORTS) do
      for _, lang_ in ipairs { "en", "zh" } do
        local report = run(name, lang_)
        support.golden(("report-%s-%s.text"):format(name, lang_),
          report:render("text", { lang = lang_ }))
      end
    end
    for _, lang_ in ipairs { "en", "zh" } do
      for _, name in ipairs { "selfeval", "execution" } do
        support.golden(("report-%s-%s.html"):format(name, lang_),
          run(name, lang_):render("html", { lang = lang_ }))
      end
      support.golden(("report-selfeval-%s.md"):format(lang_),
        run("selfeval", lang_):render("md", { lang = lang_ }))
    end
    support.golden("report-execution-en.csv",
      run("execution", "en"):render "csv")
    support.golden("report-selfeval-en.json",
      run("selfeval", "en"):render "json")
  end)

  it("render in every format", function()
    for _, name in ipairs(REPORTS) do
      for _, format in ipairs { "text", "md", "html", "csv", "json" } do
        assert.is_true(#run(name, "zh"):render(format) > 80, name .. format)
      end
    end
  end)

  it("know where each figure comes from", function()
    for _, name in ipairs { "profile", "grid", "execution", "targets",
      "results", "situation" } do
      for _, row in run(name, "en").data:rows() do
        if row.value and row.formula ~= "count(indicators)"
          and row.formula ~= "count(indicators with a target)" then
          local derived = row.from or row.id:find "all$"
            or row.id:find "elapsed" or row.formula:find "count%(project"
          assert.is_truthy(derived, name .. " " .. row.id)
        end
      end
    end
  end)
end)

describe("a made-up unit's reports", function()
  local year

  setup(function() year = yinghua.year() end)

  it("compare with each version that is there", function()
    figures("execution", { ["execution.total.original"] = "100",
      ["execution.total.adjusted"] = "110",
      ["execution.total.executed"] = "104.5",
      ["execution.total.rate_original"] = "104.5",
      ["execution.total.rate_adjusted"] = "95",
      ["execution.project.variance_adjusted"] = "-4.5",
      ["execution.ahead"] = "-5" }, year)
    local text = run("execution", "en", year):render "text"
    assert.is_nil(text:find("do not have", 1, true))
    assert.matches("execution is 95.00% of the adjusted budget", text, 1, true)
  end)

  it("say which amounts are not exact", function()
    local inexact = yinghua.year { ["budget.csv"] = function(text)
      return (text:gsub("measure_unit\n", "measure_unit,qualifier\n", 1)
        :gsub("万元\n", "万元,exact\n")
        :gsub("(basic,,61,万元),exact", "%1,approx"))
    end }
    assert.matches("not exact are taken as they stand: yinghua-2023/budget.csv:15",
      run("execution", "en", inexact):render "text", 1, true)
  end)

  it("compare with the day that is asked for", function()
    figures("execution", { ["execution.elapsed"] = "66.575342", -- 243/365
      ["execution.ahead"] = "28.424658" }, year, { as_of = "2023-08-31" })
    figures("execution", { ["execution.elapsed"] = "75" }, year,
      { as_of = "2023-09" })
    for _, day in ipairs { "2023-02-29", "2023-13-01", "today" } do
      assert.has_error(function()
        run("execution", "en", year, { as_of = day })
      end, "--as-of is no such time: '" .. day .. "' is no month, quarter or day: write "
        .. "2022-09 or 2022-09-30")
    end
    assert.has_error(function()
      run("execution", "en", year, { as_of = "2022-08-31" })
    end, "--as-of is a time in 2023, not '2022-08-31'")
  end)

  it("name what the unit does not have", function()
    local expected = { profile = "there are no figures of the section",
      grid = "no figure says how many people", targets = "cannot be computed",
      situation = "there is no density", plan = "there is no plan" }
    for name, text in pairs(expected) do
      assert.matches(text, run(name, "en", year):render "text", 1, true)
    end
  end)

  it("count the units below by either parent", function()
    figures("grid", { grid1 = "1" }, year)
    figures("profile", { ["units.village"] = "1", ["units.office"] = "2" },
      year)
  end)

  it("score it by its weights", function()
    local rows = run("selfeval", "en", year).data:to_rows()
    assert.equal("85.14", tostring(rows[#rows].points))
    local text = run("selfeval", "zh", year):render "text"
    assert.matches("未得满分而缺少原因说明：完工天数", text, 1, true)
    assert.matches("惠及人次：为目标值的 145.00%", text, 1, true)
  end)

  it("work without indicators, facts or money", function()
    for _, missing in ipairs { "indicators.csv", "facts.csv", "budget.csv" } do
      local changes = { [missing] = false }
      if missing == "facts.csv" then changes["indicators.csv"] = false end
      local less = yinghua.year(changes, { year = 2023 })
      for _, name in ipairs(REPORTS) do
        for _, format in ipairs { "text", "html", "json" } do
          assert.is_string(run(name, "zh", less):render(format))
        end
      end
    end
  end)

  it("judge income with the carry-over, and months by what they cover",
    function()
      local head = "unit,year,period,version,flow,nature,tag,amount,"
        .. "measure_unit\n"
      local function text(rows)
        local data = yinghua.year({ ["budget.csv"] = head .. rows,
          ["facts.csv"] = false, ["indicators.csv"] = false }, { year = 2024 })
        return run("execution", "en", data):render("text", { lang = "en" })
      end
      local spent = "yh,2024,Y,executed,expense,basic,,105,万元\n"
        .. "yh,2024,Y,executed,income,,,100,万元\n"
      local carry = "yh,2024,Y,executed,carry_in,,,%s,万元\n"
      assert.matches("does not cover what was spent: 5.00 are missing",
        text(spent), 1, true)
      assert.matches("do not cover what was spent: 2.00 are missing",
        text(spent .. carry:format "3"), 1, true)
      assert.matches("covers what was spent above income: 5.00",
        text(spent .. carry:format "5"), 1, true)
      local months = ""
      for month = 1, 2 do
        months = months .. ("yh,2024,M0%d,original,expense,basic,,10,万元\n"
          .. "yh,2024,M0%d,executed,expense,basic,,9,万元\n"):format(month,
          month)
      end
      assert.matches("the budget is given for 2 of 12 months", text(months),
        1, true)
      assert.matches("income is given in parts only", text(months
        .. "yh,2024,Y,original,income,,general,9,万元\n"), 1, true)
    end)

  it("name both units above, and explain ranges only where there are any",
    function()
      local changes = { ["units.csv"] = function(text)
        return text:gsub("yh,,,subdistrict", "yh,top,zone,subdistrict") ..
          "top,,,subdistrict,某区,A district,,\n"
          .. "zone,,,subdistrict,高新区,,,\n"
      end }
      local two = yinghua.year(changes, { year = 2023 })
      local text = run("profile", "zh", two):render("text", { lang = "zh" })
      assert.matches("上级单位 +某区、高新区", text)
      assert.is_nil(text:find("所示区间", 1, true))
      assert.matches("Units above +A district; 高新区",
        run("profile", "en", two):render("text", { lang = "en" }))
      assert.matches("所示区间", run("results", "zh", two):render("text",
        { lang = "zh" }), 1, true)
    end)

  it("name what no rate tells: money without a budget, amounts below zero",
    function()
      local odd = yinghua.year { ["budget.csv"] = "unit,year,period,version,"
        .. "flow,nature,amount,measure_unit\n"
        .. "yh,2023,Y,adjusted,expense,basic,0,万元\n"
        .. "yh,2023,Y,executed,expense,basic,7,万元\n"
        .. "yh,2023,Y,adjusted,expense,project,9,万元\n"
        .. "yh,2023,Y,executed,expense,project,-2,万元\n" }
      local text = run("execution", "en", odd):render("text", { lang = "en" })
      assert.matches("! Basic expenditure: 7.00 were spent without a budget",
        text, 1, true)
      assert.matches("? Project expenditure: the executed amount is below zero "
        .. "(−2.00)", text, 1, true)
      assert.is_nil(text:find("Total: ", 1, true))
    end)

  it("print money of the base-data form with two decimals", function()
    local text = run("indicators", "zh", year):render("text", { lang = "zh" })
    assert.matches("公用经费 +– +20%.00 +21%.00", text)
    assert.matches("实际在职人数 +31\n", text)
  end)

  it("have one line for many results far above their targets", function()
    local rows = { order = { "name_zh" } }
    for i = 1, 60 do
      rows[i] = { name_zh = "指标" .. i, level1 = "产出", direction = "ge",
        target = ev.decimal "10", actual = ev.decimal "20", measure_unit = "件",
        weight = ev.decimal(i == 60 and "20.5" or "0.5") }
    end
    local path = support.tempdir() .. "/many.csv"
    assert(assert(ev.table(rows)):write(path))
    local got = support.evalua { "score", path, "--rubric", "mof10", "-O",
      "csv" }
    assert.equal(0, got.code, got.err)
    assert.matches("60 results are far above their targets: 指标1 200.00%; ",
      got.err, 1, true)
    assert.matches("; 指标6 200.00%, and 54 more\n", got.err, 1, true)
    assert.is_nil(got.err:find("指标7", 1, true))
  end)

  it("speak Chinese throughout", function()
    for _, name in ipairs(REPORTS) do
      for _, data in ipairs { year, sample } do
        local text = run(name, "zh", data):render("text", { lang = "zh" })
        -- ids, a group without a name, and what has a Latin name only
        text = text:gsub("\n[%l_]+ ", "\n"):gsub("PEFA", "")
          :gsub("yinghua%-2023", "")
          :gsub("\nwork\n", "\n"):gsub("（%l+）", "")
        for line in text:gmatch "[^\n]+" do
          assert.is_nil(line:find "%a%a%a+", name .. ": " .. line)
        end
      end
    end
  end)
end)

it("every report's parameters are explained in Chinese", function()
  local zh = require "evalua.lang.zh"
  for _, name in ipairs(REPORTS) do
    local script = assert(ev.report.find(name))
    assert.is_string(zh[script.title], script.title)
    for _, param in ipairs(script.params) do
      assert.is_string(zh[param.help], param.help)
    end
  end
  assert.equal("en", lang.current)
end)

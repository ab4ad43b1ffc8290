--- Charts from tables: the sample unit, groups, units, titles.
local ev = require "evalua"
local texts = require("support.charts").texts
local D = ev.decimal

local function labels(list)
  local names = {}
  for _, item in ipairs(list:find("text", "label")) do
    names[item.row] = item.text
  end
  return names
end

local function sample()
  return assert(ev.read_csv "data/dongfanghong-2022/budget.csv")
    :where "flow == 'expense'"
end

local long = { phase = "version", amount = "amount", base = "original",
  actual = "executed", by = "nature" }

local function with(base, extra)
  local opts = {}
  for key, value in pairs(base) do opts[key] = value end
  for key, value in pairs(extra or {}) do opts[key] = value end
  return opts
end

describe("a chart of the sample unit", function()
  it("shows the published figures under their Chinese names", function()
    local list = ev.chart.variance(sample(), with(long, { lang = "zh" }))
      :display_list()
    assert.same({ "项目支出", "基本支出", "合计" }, labels(list))
    assert.same({ "+2,618", "−284", "+2,334" }, texts(list, "variance.text"))
    assert.same({ "+126.9%", "−12.9%", "+54.7%" },
      texts(list, "percent.text"))
    assert.equal("东方红街道办事处 | 支出（万元）", texts(list, "subject")[1])
    assert.equal("2022 年  全年执行数 AC 对年初预算数 PL",
      texts(list, "when")[1])
  end)

  it("says in English what it says in Chinese", function()
    local list = ev.chart.bridge(sample(), with(long, { lang = "en" }))
      :display_list()
    assert.same({ "Original budget PL", "Project expenditure",
      "Basic expenditure", "Executed AC", "Variance ΔPL" }, labels(list))
    assert.equal("Dongfanghong Sub-district Office | Expenditure in 10k CNY",
      texts(list, "subject")[1])
    assert.equal("Project expenditure: 2,618 over budget, the only overrun",
      texts(list, "message")[1])
  end)

  it("names the missing adjusted budget beside the figures", function()
    local list = ev.chart.variance(sample(), with(long, { lang = "en" }))
      :display_list()
    assert.matches("^No adjusted budget", texts(list, "source")[1])
  end)

  it("takes the result of a variance as well as the table", function()
    local result = sample():variance(with(long, { total = true }))
    local list = ev.chart.variance(result, { lang = "zh" }):display_list()
    assert.same({ "项目支出", "基本支出", "合计" }, labels(list))
  end)

  it("shows the unit asked for", function()
    local list = ev.chart.variance(sample(), with(long, { lang = "zh",
      unit = "亿元" })):display_list()
    assert.equal("东方红街道办事处 | 支出（亿元）", texts(list, "subject")[1])
    assert.same({ "+0.26", "−0.03", "+0.23" }, texts(list, "variance.text"))
  end)

  it("names a currency in Chinese", function()
    local t = ev.table { { name = "a", base = 300000000, actual = 420000000 } }
    for unit, name in pairs { USD = "万美元", CNY = "万元" } do
      local list = ev.chart.variance(t, { by = "name", base = "base",
        actual = "actual", amount_unit = unit, lang = "zh" }):display_list()
      assert.equal("支出（" .. name .. "）", texts(list, "subject")[1])
    end
  end)

  it("has no thousands of thousands", function()
    local t = ev.table { { name = "a", base = 300000000, actual = 420000000 } }
    for unit, name in pairs { ["AUD thousand"] = "AUD billion",
      ["USD million"] = "USD billion", thousand = "billion" } do
      local list = ev.chart.variance(t, { by = "name", base = "base",
        actual = "actual", amount_unit = unit, lang = "en" }):display_list()
      assert.equal("Expenditure in " .. name, texts(list, "subject")[1])
    end
    local list = ev.chart.variance(t, { by = "name", base = "base",
      actual = "actual", amount_unit = "千美元", lang = "zh" }):display_list()
    assert.equal("支出（亿美元）", texts(list, "subject")[1])
  end)

  it("refuses a unit that it cannot get to", function()
    local made, message, code = ev.chart.variance(sample(),
      with(long, { unit = "吨" }))
    assert.is_nil(made)
    assert.matches("unknown unit '吨'", message)
    assert.equal("data", code)
  end)

  it("has title, who, when and source as given", function()
    local list = ev.chart.variance(sample(), with(long, { lang = "zh",
      title = "自定标题", who = "某单位", when = "二〇二二",
      source = "决算表" }))
      :display_list()
    assert.equal("自定标题", texts(list, "message")[1])
    assert.equal("某单位 | 支出（万元）", texts(list, "subject")[1])
    assert.matches("^二〇二二  ", texts(list, "when")[1])
    assert.matches("^来源：决算表。", texts(list, "source")[1])
  end)
end)

--- Lines of {group, name, base, actual, kind}.
local function lines(list)
  local rows = { order = { "group", "name", "b", "a", "kind" },
    types = { b = "decimal(2)", a = "decimal(2)" } }
  for i, item in ipairs(list) do
    rows[i] = { group = item[1], name = item[2], b = item[3] and D(item[3]),
      a = item[4] and D(item[4]), kind = item[5] or "expense" }
  end
  return ev.table(rows)
end

describe("a chart of a table", function()
  local columns = { by = { "group", "name" }, base = "b", actual = "a",
    lang = "en" }

  it("puts subtotals behind their lines and the total last", function()
    local list = ev.chart.variance(lines { { "g1", "x", "10", "11" },
      { "g1", "y", "10", "15" }, { "g2", "z", "1", "2" } }, columns)
      :display_list()
    assert.same({ "y", "x", "g1", "z", "g2", "Total" }, labels(list))
  end)

  it("names the group of a line where the name alone is not unique",
    function()
    local list = ev.chart.bridge(lines { { "g1", "pay", "10", "15" },
      { "g2", "pay", "10", "12" } }, columns):display_list()
    assert.same({ "Budget PL", "g1 / pay", "g2 / pay", "Actual AC",
      "Variance ΔPL" }, labels(list))
  end)

  it("is one bar without by-columns", function()
    local list = ev.chart.variance(lines { { "g", "x", "10", "15" } },
      { base = "b", actual = "a", lang = "en" }):display_list()
    assert.same({ "Total" }, labels(list))
    assert.equal(1, #list:find("rect", "actual.bar"))
  end)

  it("shows a line without a name, and a missing side", function()
    local list = ev.chart.variance(lines { { nil, nil, "10", nil },
      { nil, "y", nil, "15" } }, with(columns, { by = "name" }))
      :display_list()
    assert.same({ "y", "(none)", "Total" }, labels(list))
    assert.same({ "–", "10", "10" }, texts(list, "base.text"))
    assert.same({ "15", "–", "15" }, texts(list, "actual.text"))
  end)

  it("judges revenue and expense by their kinds, without a total", function()
    local list = ev.chart.variance(lines {
      { "g", "tax", "10", "15", "revenue" },
      { "g", "pay", "10", "30", "expense" } },
      with(columns, { by = "name", kind = "kind" })):display_list()
    assert.same({ "pay", "tax" }, labels(list))
    local bars = list:find("rect", "variance.bar")
    assert.equal("#D3292E", bars[1].fill)
    assert.equal("#6AA51E", bars[2].fill)
  end)

  it("folds what is beyond the top into one exact line", function()
    local list = ev.chart.variance(lines { { "g", "a", "10", "30" },
      { "g", "b", "10", "12.5" }, { "g", "c", "10", "11.25" } },
      with(columns, { by = "name", top = 1 })):display_list()
    assert.same({ "a", "Others (2)", "Total" }, labels(list))
    assert.same({ "+20.0", "+3.8", "+23.8" }, texts(list, "variance.text"))
  end)

  for _, case in ipairs { { "whole numbers", { 10, 20 }, { 12, 19 } },
    { "reals", { 10.0, 20.0 }, { 12.0, 19.0 } } } do
    it("draws " .. case[1] .. " too", function()
      local t = ev.table { columns = { n = { "x", "y" }, b = case[2],
        a = case[3] }, order = { "n", "b", "a" } }
      local list = ev.chart.variance(t, { by = "n", base = "b", actual = "a",
        lang = "en" }):display_list()
      assert.same({ "+2", "−1", "+1" }, texts(list, "variance.text"))
    end)
  end

  local years = { { "g1", "x", "p", 8 }, { "g1", "x", "b", 10 },
    { "g1", "x", "a", 12 }, { "g2", "z", "b", 5 }, { "g2", "z", "a", 4 },
    { "g1", "gone", "p", 3 }, { "g3", "closed", "p", 2 } }

  --- A long table of these, as rows of group, name, version, amount.
  local function versions(list)
    local rows = { order = { "group", "name", "version", "amount" } }
    for i, item in ipairs(list) do
      rows[i] = { group = item[1], name = item[2], version = item[3],
        amount = item[4] }
    end
    return ev.table(rows)
  end

  local three = { by = "name", phase = "version", amount = "amount",
    base = "b", actual = "a", prior = "p", lang = "en", sort = "none" }

  it("stands beside budget and prior year", function()
    local list = ev.chart.variance(versions(years), three):display_list()
    assert.same({ "x", "z", "gone", "closed", "Total" }, labels(list))
    assert.same({ "8", "–", "3", "2", "13" }, texts(list, "prior.text"))
    assert.same({ "10", "5", "–", "–", "15" }, texts(list, "base.text"))
    assert.same({ "+2", "−1", "–", "–", "+1" }, texts(list, "variance.text"))
    assert.same({ "+4", "+4", "−3", "−2", "+3" },
      texts(list, "prior.variance.text"))
    assert.same({ "+50.0%", "–", "−100.0%", "−100.0%", "+23.1%" },
      texts(list, "prior.percent.text"))
    assert.equal("Actual AC vs prior year PY and budget PL",
      texts(list, "when")[1])
    assert.matches("^Over prior year or budget = unfavourable %(red%)",
      texts(list, "source")[1])
    local bars = list:find("rect", "prior.variance.bar")
    assert.equal("#D3292E", bars[1].fill)
    assert.equal("#6AA51E", bars[3].fill)
  end)

  it("shows digits of what is very small", function()
    local list = ev.chart.variance(ev.table { { n = "x", b = D "0.004",
      a = D "0.012" }, { n = "y", b = D "0.030", a = D "0.008" } },
      { by = "n", base = "b", actual = "a", sort = "none", lang = "en" })
      :display_list()
    assert.same({ "0.004", "0.030", "0.034" }, texts(list, "base.text"))
    assert.same({ "+0.008", "−0.022", "−0.014" },
      texts(list, "variance.text"))
  end)

  it("is no prior year of itself", function()
    for _, name in ipairs { "base", "actual" } do
      for _, kind in ipairs { "variance", "bridge" } do
        local chart, message, code = ev.chart[kind](versions(years),
          with(three, { prior = three[name] }))
        assert.is_nil(chart)
        assert.equal(("prior and %s are the same: '%s'"):format(name,
          three[name]), message)
        assert.equal("data", code)
      end
    end
  end)

  it("puts what only the prior year had into its group", function()
    local list = ev.chart.variance(versions(years), with(three,
      { by = { "group", "name" } })):display_list()
    assert.same({ "x", "gone", "g1", "z", "g2", "closed", "g3", "Total" },
      labels(list))
    assert.same({ "8", "3", "11", "–", "–", "2", "2", "13" },
      texts(list, "prior.text"))
  end)

  it("shows rows of which only one has a prior year", function()
    local past = { base = 8, actual = 12 }
    for first = 1, 2 do
      local rows = { { label = "x", role = "leaf", base = 10, actual = 12 },
        { label = "y", role = "leaf", base = 5, actual = 4 } }
      rows[first].past = past
      local list = ev.chart.new { kind = "variance", lang = "en", rows = rows }
        :display_list()
      local shown = texts(list, "prior.text")
      assert.equal("8", table.remove(shown, first))
      assert.same({ "–" }, shown)
    end
  end)

  it("folds the prior year with the rest, exactly", function()
    local list = ev.chart.variance(versions(years), with(three, { top = 1,
      sort = "size" })):display_list()
    assert.same({ "x", "Others (3)", "Total" }, labels(list))
    assert.same({ "+4", "−1", "+3" }, texts(list, "prior.variance.text"))
  end)

  it("says what each step of a magnified bridge comes to", function()
    local list = ev.chart.bridge(ev.table {
      { name = "x", p = 5000, b = 5020, a = 5050 },
      { name = "y", p = 3000, b = 3010, a = 2995 } }, { by = "name",
      base = "b", actual = "a", prior = "p", lang = "en" }):display_list()
    local names = labels(list)
    assert.matches("^Differences × %d", table.remove(names, 4))
    assert.same({ "Prior year PY", "Budget PL", "Actual AC", "x", "y",
      "PY to PL", "x", "y", "PL to AC", "Variance ΔPY" }, names)
    assert.same({ "+30  (+0.38%)", "+15  (+0.19%)" },
      texts(list, "subtotal.text"))
    assert.same({ "+45  (+0.56%)" }, texts(list, "total.text"))
    assert.matches("Over prior year or budget", texts(list, "source")[1])
  end)

  it("says that a variance already made has no prior year", function()
    local made, message = ev.chart.variance(lines { { "g", "x", "1", "2" } }
      :variance { by = "name", base = "b", actual = "a" }, { prior = "p" })
    assert.is_nil(made)
    assert.matches("no prior year", message)
  end)

  it("says a single line once", function()
    local list = ev.chart.variance(lines { { "g", "x", "10", "15" } },
      with(columns, { by = "name" })):display_list()
    assert.same({ "x" }, labels(list))
    assert.same({ "x: 5 over budget" }, texts(list, "message"))
  end)

  it("raises on a column that is not there", function()
    assert.has_error(function()
      ev.chart.variance(lines { { "g", "x", "1", "2" } },
        with(columns, { base = "bb" }))
    end)
  end)

  it("hand on whether slivers may be magnified", function()
    local t = require("evalua").table { { name = "a", base = 1000000,
      actual = 1000100 } }
    for _, magnify in ipairs { true, false } do
      local list = assert(require("evalua").chart.variance(t, { by = "name",
        base = "base", actual = "actual", magnify = magnify }))
        :display_list()
      local bar = list:find("rect", "variance.bar")[1]
      assert.equal(magnify and "magnified" or "amount", bar.measure)
    end
  end)
end)

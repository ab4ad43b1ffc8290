--- What each kind shows of a table: sums, holes, forecasts, rates, shares.
local ev = require "evalua"
local texts = require("support.charts").texts
local support = require "support"
local D = ev.decimal

local function table_of(text)
  return assert(ev.read_csv(support.write("data.csv", text)))
end

local function draw(kind, t, opts)
  opts.lang = opts.lang or "en"
  local made = assert(ev.chart[kind](t, opts))
  return assert(made:display_list())
end

local function message(list) return table.concat(texts(list, "message"), " ") end

local function foot(list) return table.concat(texts(list, "source"), " ") end

local MONTHS = [[
month,plan,done,ahead,last
2024-01,100,90,,80
2024-01,10,10,,5
2024-02,100,120,,90
2024-03,100,,,90
2024-04,100,150,,95
2024-05,120,,140,95
2024-06,,,,95
2024-07,,,,
]]

describe("ev.chart.columns", function()
  local columns = { period = "month", base = "plan", actual = "done",
    forecast = "ahead" }

  it("sums rows that share a period, and shows a hole as missing", function()
    local list = draw("columns", table_of(MONTHS), columns)
    assert.same({ "100", "120", "–", "150", "140" }, texts(list,
      "actual.text"))
    assert.same({ "−10", "+20", "+50", "+20" }, texts(list, "variance.text"))
  end)

  it("does not draw what trails without values", function()
    local list = draw("columns", table_of(MONTHS), columns)
    assert.same({ "Jan", "Feb", "Mar", "Apr", "May" }, texts(list, "period"))
  end)

  it("takes the forecast only where there is no actual, and hatches it",
    function()
    local list = draw("columns", table_of(MONTHS), columns)
    local hatched = {}
    for _, item in ipairs(list:find("hatch", "actual.bar.hatch")) do
      hatched[#hatched + 1] = item.row
    end
    assert.same({ 5 }, hatched)
    assert.matches("forecast included", message(list))
    assert.matches("actual AC %(Jan–Apr%) and forecast FC %(May%)", texts(list,
      "when")[1])
  end)

  it("compares with the prior year where there is no budget", function()
    local list = draw("columns", table_of(MONTHS), { period = "month",
      actual = "done", prior = "last" })
    assert.same({ "+15", "+30", "+55" }, texts(list, "variance.text"))
    assert.matches("above prior year", message(list))
    assert.same({ "ΔPY", "ΔPY %", "PY", "AC" }, texts(list, "header"))
  end)

  it("leaves gaps where months are missing in the table", function()
    local list = draw("columns", table_of "month,v\n2024-01,1\n2024-04,2\n",
      { period = "month", actual = "v" })
    assert.same({ "1", "–", "–", "2" }, texts(list, "actual.text"))
  end)

  it("judges revenue the other way round", function()
    for kind, color in pairs { expense = "#D3292E", revenue = "#6AA51E" } do
      local list = draw("columns", table_of "m,p,a\n2024-01,10,20\n",
        { period = "m", base = "p", actual = "a", kind = kind })
      assert.equal(color, list:find("rect", "variance.bar")[1].fill)
    end
  end)

  it("greys variances within the neutral zone", function()
    local t = table_of "m,p,a\n2024-01,100,102\n2024-02,100,120\n"
    local list = draw("columns", t, { period = "m", base = "p", actual = "a",
      neutral = 5 })
    local bars = list:find("rect", "variance.bar")
    assert.equal("#B3B3B3", bars[1].fill)
    assert.equal("#D3292E", bars[2].fill)
  end)

  it("refuses to add revenue and expense", function()
    local t = table_of "m,k,a\n2024-01,revenue,1\n2024-01,expense,2\n"
    local made, text, code = ev.chart.columns(t, { period = "m", actual = "a",
      kind = "k" })
    assert.is_nil(made)
    assert.matches("cannot add revenue and expense", text)
    assert.equal("data", code)
  end)

  it("takes first days of months for months", function()
    local t = table_of "day,a\n2023-12-01,1\n2024-02-01,3\n"
    local list = draw("columns", t, { period = "day", actual = "a" })
    assert.same({ "Dec", "Jan", "Feb" }, texts(list, "period"))
    assert.same({ "2023", "2024" }, texts(list, "year"))
  end)
end)

--- Months of 2024 with a plan for all and actuals for the first `done`.
local function year(done)
  local lines = { "month,plan,spent" }
  for i = 1, 12 do
    lines[i + 1] = ("2024-%02d,100,%s"):format(i, i <= done
      and ("%d"):format(100 + 10 * i) or "")
  end
  return table_of(table.concat(lines, "\n") .. "\n")
end

describe("ev.chart.trend", function()
  it("draws a fan of 80 and 95 percent to the end of the year", function()
    local list = draw("trend", year(8), { period = "month", value = "spent" })
    assert.equal(1, #list:find("polygon", "fan80"))
    assert.equal(1, #list:find("polygon", "fan95"))
    local ends = texts(list, "end.text")
    assert.matches("^FC ", ends[1])
    assert.matches("^80%%  .*–", ends[2])
    assert.matches("expected in Dec", message(list))
    -- eight actuals as dots, four forecasts hollow
    assert.equal(12, #list:find("circle", "dot"))
  end)

  it("agrees with ev.stats.forecast", function()
    local x = {}
    for i = 1, 8 do x[i] = 100 + 10 * i end
    local found = ev.stats.forecast(x, { h = 4, period = 12, method = "auto",
      level = { 80, 95 } })
    local list = draw("trend", year(8), { period = "month", value = "spent" })
    assert.equal(("FC %.0f"):format(found.mean[4]), texts(list,
      "end.text")[1])
  end)

  it("has no fan of too few points, and says so", function()
    local list = draw("trend", year(2), { period = "month", value = "spent" })
    assert.same({}, list:find("polygon", "fan80"))
    assert.matches("No forecast", foot(list))
  end)

  it("says when the budget will be used up, and marks it", function()
    local list = draw("trend", year(8), { period = "month", value = "spent",
      base = "plan", cumulative = true })
    assert.matches("^The budget will be used up in %u%l%l; ", message(list))
    assert.matches("^Expected to be used up in %u%l%l$", texts(list,
      "passing.text")[1])
    local level = list:find("line", "level")[1]
    assert.is_true(level ~= nil)
    assert.matches("Expenditure, cumulative", texts(list, "subject")[1])
  end)

  it("says when it was used up", function()
    local list = draw("trend", year(8), { period = "month", value = "spent",
      budget = "500", cumulative = true })
    -- 110 120 130 140 150: 500 is reached in April
    assert.matches("^The budget was used up in Apr", message(list))
  end)

  it("takes one's own forecast instead, without a fan", function()
    local list = draw("trend", table_of(MONTHS), { period = "month",
      value = "done", forecast = "ahead" })
    assert.same({}, list:find("polygon", "fan80"))
    assert.equal("FC 140", texts(list, "end.text")[1])
  end)

  it("breaks the line at a hole", function()
    local list = draw("trend", table_of(MONTHS), { period = "month",
      value = "done" })
    local lines = list:find("polyline", "actual.line")
    assert.equal(1, #lines)
    assert.equal(4, #lines[1].points) -- January to February; April is alone
  end)

  it("does not add the next year to the sums of a year", function()
    local lines = { "m,x" }
    for y = 2022, 2023 do
      for month = 1, 12 do
        lines[#lines + 1] = ("%d-%02d,%d"):format(y, month, 100 + month)
      end
    end
    local t = table_of(table.concat(lines, "\n") .. "\n")
    for _, h in ipairs { 0, 6 } do
      local list = draw("trend", t, { period = "m", value = "x", h = h > 0 and h
        or nil, cumulative = true, budget = 2000 })
      assert.same({}, list:find("polygon", "fan80"))
      assert.is_nil(message(list):find("used up", 1, true))
    end
    local list = draw("trend", t:where "m < '2023-11'", { period = "m",
      value = "x", h = 6, cumulative = true })
    assert.equal(12, #list:find("circle", "dot")) -- ten months and two ahead
  end)
end)

describe("ev.chart.bullet", function()
  local KPI = [[
name,target,result,measure_unit,way
on time,95,79.8,%,ge
complaints,20,31,件,le
trained,320,356,人次,ge
no target,,5,个,info
]]
  local opts = { by = "name", base = "target", actual = "result",
    kind = "way" }

  it("judges by the direction of each indicator", function()
    local list = draw("bullet", table_of(KPI), opts)
    local by = {}
    for _, item in ipairs(list:find("text", "percent.text")) do
      by[item.row] = { item.text, item.color }
    end
    assert.same({ { "−16.0%", "#B81C22" }, { "+55.0%", "#B81C22" },
      { "+11.2%", "#4E8310" }, { "–", "#767676" } }, by)
    assert.equal("1 of 3 indicators on target; complaints is furthest from "
      .. "it (+55.0%)", message(list))
  end)

  it("writes each figure in its own unit and decimals", function()
    local list = draw("bullet", table_of(KPI), opts)
    assert.same({ "79.8%", "31", "356", "5" }, texts(list, "actual.text"))
    assert.same({ "95%", "20", "320", "–" }, texts(list, "base.text"))
    assert.same({ "on time", "complaints (件)", "trained (人次)",
      "no target (个)" }, texts(list, "label"))
  end)

  it("judges a target of zero, which has no percent", function()
    local list = draw("bullet", table_of "n,t,r\na,0,0\nb,0,3\n",
      { by = "n", base = "t", actual = "r", kind = "le" })
    local found = list:find("text", "percent.text")
    assert.equal("±0", found[1].text)
    assert.equal("#4E8310", found[1].color)
    assert.equal("+3", found[2].text)
    assert.equal("#B81C22", found[2].color)
    assert.same({}, list:find("rect", "actual.bar"))
  end)

  it("draws no bar without a target", function()
    local list = draw("bullet", table_of(KPI), opts)
    assert.equal(3, #list:find("rect", "actual.bar"))
    assert.equal(3, #list:find("rect", "target"))
  end)

  it("cuts what is far beyond the target and marks it", function()
    local list = draw("bullet", table_of "n,t,r\na,1,900\nb,10,9\n",
      { by = "n", base = "t", actual = "r" })
    assert.equal(1, #list:find("polygon", "bar.cut"))
    assert.equal("+89,900.0%", texts(list, "percent.text")[1])
    assert.matches("Arrow", foot(list))
  end)

  it("refuses bands that are none", function()
    local made = ev.chart.bullet(table_of(KPI), { by = "name",
      base = "target", actual = "result", bands = { "100", "80" } })
    local list, text = made:display_list()
    assert.is_nil(list)
    assert.matches("bands are two percents", text)
  end)
end)

local UNITS = [[
unit,month,plan,done
a,2024-01,100,50
a,2024-02,100,150
b,2024-01,100,100
b,2024-02,100,
c,2024-01,200,100
c,2024-02,200,200
d,2024-01,0,5
d,2024-02,10,10
]]

describe("ev.chart.heatmap", function()
  local opts = { by = "unit", period = "month", base = "plan",
    actual = "done" }

  local function rates(list)
    local by = {}
    for _, item in ipairs(list:find("text", "rate.text")) do
      by[item.row] = by[item.row] or {}
      table.insert(by[item.row], item.text)
    end
    return by
  end

  it("shows missing as missing, and totals of what was reported", function()
    local list = draw("heatmap", table_of(UNITS), opts)
    assert.same({ "a", "c", "d", "b", "Total" }, texts(list, "label"))
    -- total: (50+100+100+5)/(100+100+200+0), (150+200+10)/(100+200+10)
    assert.same({ { "50", "150" }, { "50", "100" }, { "–", "100" },
      { "100", "–" }, { "64", "116" } }, rates(list))
    assert.equal(2, #list:find("rect", "cell.missing"))
    assert.matches("– = not reported", foot(list))
  end)

  it("sums up over the year, unknown behind a hole", function()
    local list = draw("heatmap", table_of(UNITS), { by = "unit",
      period = "month", base = "plan", actual = "done", cumulative = true })
    -- d: plan of the year 10, done 5 then 15; the total of January is
    -- (50+100+100+5)/(200+200+400+10), of February without b
    -- (200+300+15)/(200+400+10)
    assert.same({ { "50", "150" }, { "25", "100" }, { "25", "75" },
      { "50", "–" }, { "31", "84" } }, rates(list))
  end)

  it("colours by classes of the gap to the plan", function()
    local list = draw("heatmap", table_of(UNITS), { by = "unit",
      period = "month", base = "plan", actual = "done",
      bands = { "5", "15", "30" } })
    local cells = {}
    for _, item in ipairs(list:find("rect", "cell")) do
      cells[item.row] = cells[item.row] or {}
      table.insert(cells[item.row], item.fill)
    end
    assert.same({ "#B35806", "#2166AC" }, cells[1])
    assert.same({ "#B35806", "#F2F2F2" }, cells[2])
  end)

  it("folds units into exact sums", function()
    local list = draw("heatmap", table_of(UNITS), { by = "unit",
      period = "month", base = "plan", actual = "done", top = 1 })
    assert.same({ "a", "Others (3)", "Total" }, texts(list, "label"))
    -- others: (100+100+5)/(100+200+0), (200+10)/(200+10)
    assert.same({ "68", "100" }, rates(list)[2])
  end)
end)

describe("ev.chart.multiples", function()
  it("draws all charts on one scale, and what exceeds the plan", function()
    local list = draw("multiples", table_of(UNITS), { by = "unit",
      period = "month", value = "done", base = "plan" })
    assert.same({ "c", "d", "a", "b" }, texts(list, "label"))
    assert.same({ "300", "15", "200", "100" }, texts(list, "actual.text"))
    -- of b only January has both sides
    assert.same({ "−100", "(−25%)", "+5", "(+50%)", "±0", "(±0%)", "±0",
      "(±0%)" }, texts(list, "variance.text"))
  end)

  it("shows others as one chart of exact sums", function()
    local list = draw("multiples", table_of(UNITS), { by = "unit",
      period = "month", value = "done", top = 1 })
    assert.same({ "c", "Others (3)" }, texts(list, "label"))
    assert.same({ "300", "315" }, texts(list, "actual.text"))
  end)
end)

local ITEMS = "item,plan,done\nx,30,60\ny,60,20\nz,10,\nw,,20\n"

describe("ev.chart.slope", function()
  it("shows shares of the total where asked", function()
    local list = draw("slope", table_of(ITEMS), { by = "item", base = "plan",
      actual = "done", percent = true })
    assert.same({ "30.0", "60.0", "10.0", "–" }, texts(list, "base.text"))
    assert.same({ "60.0", "20.0", "–", "20.0" }, texts(list, "actual.text"))
    assert.equal("Share of y falls from 60.0% to 20.0%; share of x rises "
      .. "from 30.0% to 60.0%", message(list))
  end)

  it("joins only what has both sides", function()
    local list = draw("slope", table_of(ITEMS), { by = "item", base = "plan",
      actual = "done" })
    assert.equal(2, #list:find("polyline", "slope"))
  end)

  it("folds small items into exact sums", function()
    local list = draw("slope", table_of(ITEMS), { by = "item", base = "plan",
      actual = "done", top = 2 })
    assert.same({ "30", "60", "10" }, texts(list, "base.text"))
    assert.same({ "60", "20", "20" }, texts(list, "actual.text"))
  end)
end)

describe("ev.chart.share", function()
  it("fills every bar to 100 percent, in the order of the last", function()
    local list = draw("share", table_of "i,p,a\nx,25,50\ny,75,10\nz,,40\n",
      { by = "i", base = "p", actual = "a" })
    local sums, ends = {}, {}
    for _, bar in ipairs(list:find("rect", "share.bar")) do
      sums[bar.row] = (sums[bar.row] or 0) + bar.share
      ends[bar.row] = math.max(ends[bar.row] or 0, bar.x1)
    end
    assert.near(100, sums[1], 1e-9)
    assert.near(100, sums[2], 1e-9)
    assert.near(ends[1], ends[2], 0.01)
    assert.same({ "x", "z", "y" }, texts(list, "part"))
    assert.same({ "25", "75", "50", "40", "10" }, texts(list, "share.text"))
    assert.same({ "100", "100" }, texts(list, "total.text"))
    assert.equal("Share of y falls from 75% to 10%", message(list))
  end)

  it("joins the ends of the same part", function()
    local list = draw("share", table_of "i,p,a\nx,25,50\ny,75,50\n",
      { by = "i", base = "p", actual = "a" })
    local bars, link = list:find("rect", "share.bar"),
      list:find("line", "link")
    assert.equal(1, #link)
    assert.near(bars[1].span[2], link[1].x0, 0.01)
    assert.near(bars[3].span[2], link[1].x1, 0.01)
  end)

  it("stands bars of periods below each other", function()
    local list = draw("share", table_of(UNITS), { by = "unit",
      period = "month", value = "done" })
    assert.same({ "Jan 2024", "Feb 2024" }, texts(list, "label"))
    assert.same({ "255", "360" }, texts(list, "total.text"))
  end)

  it("keeps five parts and folds the rest", function()
    local lines = { "i,p,a" }
    for i = 1, 9 do lines[i + 1] = ("n%d,%d,%d"):format(i, i, i) end
    local list = draw("share", table_of(table.concat(lines, "\n") .. "\n"),
      { by = "i", base = "p", actual = "a" })
    assert.same({ "n9", "n8", "n7", "n6", "n5", "Others (4)" }, texts(list,
      "part"))
  end)
end)

describe("ev.chart.pareto", function()
  it("puts 100 percent at the height of all columns together", function()
    local list = draw("pareto", table_of "n,v\na,60\nb,30\nc,10\nd,-5\n",
      { by = "n", value = "v" })
    local axis = list:find("line", "axis")[1].y0
    local sum, last = 0, nil
    for _, bar in ipairs(list:find("rect", "actual.bar")) do
      sum = sum + bar.y1 - bar.y0
    end
    for _, dot in ipairs(list:find("circle", "dot")) do last = dot end
    assert.near(sum, axis - last.y, 0.01)
    assert.equal("2 of 3 make up 90%", message(list))
    assert.matches("Left out as not above zero: 1 %(\u{2212}5%)", foot(list))
  end)

  it("sums rows of the same name first", function()
    local list = draw("pareto", table_of "n,v\na,1.5\na,2.5\nb,1\n",
      { by = "n", value = "v" })
    assert.same({ "4", "1" }, texts(list, "actual.text"))
  end)

  it("puts the others last, as their exact sum", function()
    local list = draw("pareto", table_of
      "n,v\na,5\nb,0.01\nc,0.02\nd,0.03\n", { by = "n", value = "v",
        top = 1 })
    assert.same({ "a", "Others (3)" }, texts(list, "label"))
    local bars = list:find("rect", "actual.bar")
    assert.near(0.06, bars[2].value, 1e-12)
  end)
end)

describe("a table that no chart can be made of", function()
  local t = table_of "n,v,w\na,1,x\n"

  it("raises on an unknown column, with the one that was meant", function()
    assert.has_error(function()
      ev.chart.pareto(t, { by = "n", value = "vv" })
    end, "no column 'vv' (did you mean 'v'?)")
  end)

  it("gives nil and why for a column that is not numbers", function()
    local made, text, code = ev.chart.pareto(t, { by = "n", value = "w" })
    assert.is_nil(made)
    assert.equal("column 'w' is text, not numbers: it cannot be an amount",
      text)
    assert.equal("data", code)
  end)

  it("names the option that is missing", function()
    assert.has_error(function() ev.chart.trend(t, { value = "v" }) end,
      "a chart trend needs the option 'period'")
  end)

  it("refuses what no decimal holds", function()
    local real = ev.table { columns = { n = { "a" }, v = { 1e300 } },
      order = { "n", "v" } }
    local made, text = ev.chart.pareto(real, { by = "n", value = "v" })
    assert.is_nil(made)
    assert.matches("too large to draw", text)
  end)
end)

describe("reals", function()
  it("are drawn as well as decimals", function()
    local t = table_of "n,v\na,1e3\nb,2.5e2\n"
    local list = draw("pareto", t, { by = "n", value = "v" })
    assert.same({ "1,000", "250" }, texts(list, "actual.text"))
    assert.is_true(D "1":eq(1))
  end)
end)

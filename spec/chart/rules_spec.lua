--- The notation rules of variance and bridge charts, on the display list, over
--- all languages, sizes and data of cases.lua; all_kinds_spec has those of
--- every kind.
local cases = require "chart.cases"
local decimal = require("evalua.core").decimal

local survey = require "chart.survey"

local function by_row(list, kind, tag)
  local found = {}
  for _, item in ipairs(list:find(kind, tag)) do found[item.row] = item end
  return found
end

local function claim(...) return it(...) end
local variance_rule = survey.new({ "variance" }, claim)
local bridge_rule = survey.new({ "bridge" }, claim)

describe("charts: the variance chart", function()
  variance_rule("starts every bar at the zero line", function(list, found)
    local axes = { ["base.bar"] = "axis.bars", ["actual.bar"] = "axis.bars",
      ["variance.bar"] = "axis.variance", pin = "axis.percent",
      ["prior.variance.bar"] = "prior.axis.variance",
      ["prior.pin"] = "prior.axis.percent" }
    for tag, axis in pairs(axes) do
      local line = list:find("line", axis)[1]
      for _, bar in ipairs(list:find("rect", tag)) do
        if math.abs(bar.x0 - line.x0) > 0.01
          and math.abs(bar.x1 - line.x0) > 0.01 then
          found(tag .. " of row " .. bar.row)
        end
      end
    end
  end)

  --- What the header of variances says: how many times they are magnified.
  local function lens_of(list)
    for _, item in ipairs(list:find("text", "header")) do
      local times = item.text:match "^Δ%u%u × ([%d,]+)$"
      if times then return tonumber((times:gsub(",", ""))) end
    end
    return 1
  end

  variance_rule("draws variances at the pixels per unit of the bars, or says how "
    .. "many times they are magnified", function(list, found)
    local lens = lens_of(list)
    local base, actual = by_row(list, "rect", "base.bar"),
      by_row(list, "rect", "actual.bar")
    local axis = (list:find("line", "axis.bars")[1] or {}).x0
    local zero = (list:find("line", "axis.variance")[1] or {}).x0
    local function length(bar, from)
      if not bar then return 0 end
      return math.abs(bar.x0 - from) < 0.01 and bar.x1 - from
        or bar.x0 - from
    end
    for row, bar in pairs(by_row(list, "rect", "variance.bar")) do
      local bars = actual[row] or base[row] -- "others" may have none
      local difference = length(actual[row], axis)
        - length(base[row], axis)
      local drawn = length(bar, zero) / lens
      if bars and math.abs(drawn - difference) > 0.05 then
        found(("row %d: %.2f is not %.2f"):format(row, drawn, difference))
      end
    end
  end)

  variance_rule("has one scale for the variances from budget and prior year",
    function(list, found)
    local bars, px, longest = list:find("rect", "prior.variance.bar"), 0, 0
    for _, bar in ipairs(list:find("rect", "variance.bar")) do
      bars[#bars + 1] = bar
    end
    for _, bar in ipairs(bars) do
      if math.abs(bar.value) > longest then
        longest = math.abs(bar.value)
        px = (bar.x1 - bar.x0) / longest
      end
    end
    for _, bar in ipairs(bars) do
      if math.abs(bar.x1 - bar.x0 - math.abs(bar.value) * px) > 0.05 then
        found(("%s of row %d"):format(bar.tag, bar.row))
      end
    end
  end)

  variance_rule("outlines the plan, fills the actual, offset the same way",
    function(list, found, spec)
    local actual = by_row(list, "rect", "actual.bar")
    for row, bar in pairs(by_row(list, "rect", "base.bar")) do
      if bar.fill ~= "#FFFFFF" or bar.stroke ~= spec.theme.plan then
        found "plan"
      end
      local other = actual[row]
      if other and (other.stroke or other.fill ~= spec.theme.actual
        or other.y0 <= bar.y0) then
        found "actual"
      end
    end
  end)

  variance_rule("gives every variance a sign and every column one number of decimals",
    function(list, found)
    for _, tag in ipairs { "base.text", "actual.text", "prior.text",
      "variance.text", "percent.text", "prior.variance.text",
      "prior.percent.text" } do
      local places
      for _, item in ipairs(list:find("text", tag)) do
        local text = item.text
        local signed = text:find "^%+" or text:find "^\u{2212}"
          or text:find "^±"
        if tag:find "%a%.text$" and (tag:find "variance" or tag:find "percent")
          and text ~= "–" and not signed then
          found(text)
        end
        if text ~= "–" then
          local mine = #(text:match "%.(%d+)" or "")
          places = places or mine
          if mine ~= places then found(tag .. " " .. text) end
        end
      end
    end
  end)

  it("colours by favourable or not, never by sign alone", function()
    for _, better in ipairs { -1, 1 } do
      local list = cases.chart("variance", "sample", "zh", "slide", { rows = {
        cases.row("leaf", 1, "a", "10", "15", better),
        cases.row("leaf", 1, "b", "10", "7", better) } }):display_list()
      local bars = list:find("rect", "variance.bar")
      local over = better > 0 and "#6AA51E" or "#D3292E"
      local under = better > 0 and "#D3292E" or "#6AA51E"
      assert.equal(over, bars[1].fill)
      assert.equal(under, bars[2].fill)
    end
  end)

  it("greys what is within the neutral zone, of either sign", function()
    local list = cases.chart("variance", "sample", "zh", "slide", {
      neutral = 5, sort = "none", rows = {
        cases.row("leaf", 1, "a", "100", "105"),
        cases.row("leaf", 1, "b", "100", "96"),
        cases.row("leaf", 1, "c", "100", "106") } }):display_list()
    local bars = list:find("rect", "variance.bar")
    assert.equal("#B3B3B3", bars[1].fill)
    assert.equal("#B3B3B3", bars[2].fill)
    assert.equal("#D3292E", bars[3].fill)
    local foot = {}
    for i, item in ipairs(list:find("text", "source")) do foot[i] = item.text end
    assert.matches("±5% 以内不作判断（灰）", table.concat(foot), 1, true)
  end)

  it("leaves a variance that nobody judged blue", function()
    local rows = { cases.row("leaf", 1, "a", "10", "15") }
    rows[1].favourable = nil
    local list = cases.chart("variance", "sample", "zh", "slide",
      { rows = rows }):display_list()
    assert.equal("#2E75B6", list:find("rect", "variance.bar")[1].fill)
  end)

  it("shows what is missing as missing", function()
    local list = cases.chart("variance", "half_missing", "en", "slide",
      { sort = "none" }):display_list()
    local text = {}
    for _, tag in ipairs { "base", "actual", "variance", "percent" } do
      text[tag] = by_row(list, "text", tag .. ".text")
    end
    assert.equal("–", text.base[1].text)
    assert.equal("–", text.percent[1].text)
    assert.equal("+5", text.variance[1].text)
    assert.equal("0", text.base[2].text)
    assert.equal("–", text.percent[2].text)
    assert.equal("–", text.actual[3].text)
    assert.equal("−100.0%", text.percent[3].text)
    assert.equal("–", text.variance[4].text)
    assert.equal("−150.0%", text.percent[5].text)
    local bars = by_row(list, "rect", "base.bar")
    assert.is_nil(bars[1])
    assert.is_nil(bars[4])
  end)

  it("writes ±0 for zero, and a sign for what only rounds to it", function()
    local list = cases.chart("variance", "sample", "en", "slide", { rows = {
      cases.row("leaf", 1, "a", "5000.00", "5000.00"),
      cases.row("leaf", 1, "b", "5000.00", "5000.40"),
      cases.row("leaf", 1, "c", "5000.00", "4999.60"),
      cases.row("leaf", 1, "d", "5000.00", "6000.00") },
      sort = "none" }):display_list()
    local texts = by_row(list, "text", "variance.text")
    assert.equal("±0", texts[1].text)
    assert.equal("+0", texts[2].text)
    assert.equal("−0", texts[3].text)
  end)

  it("gives small variances places of their own", function()
    local list = cases.chart("variance", "sample", "en", "slide", { rows = {
      cases.row("leaf", 1, "a", "5000.00", "5000.40"),
      cases.row("leaf", 1, "b", "5000.00", "4999.96") },
      sort = "none" }):display_list()
    assert.equal("5,000", by_row(list, "text", "base.text")[1].text)
    assert.equal("+0.40", by_row(list, "text", "variance.text")[1].text)
    assert.equal("−0.04", by_row(list, "text", "variance.text")[2].text)
    assert.equal("+0.01%", by_row(list, "text", "percent.text")[1].text)
  end)

  it("keeps the sign of what the unit rounds away", function()
    local list = cases.chart("variance", "sample", "en", "slide", { rows = {
      cases.row("leaf", 1, "a", "3.50", "2.50"),
      cases.row("leaf", 1, "b", "1000000000", "9000000000") },
      sort = "none" }):display_list()
    assert.equal("−0", by_row(list, "text", "variance.text")[1].text
      :gsub("%.0+$", ""))
  end)

  for _, kind in ipairs { "variance", "columns" } do
    it("magnifies slivers of a " .. kind .. " chart, and says so twice",
      function()
        local rows = {}
        local points = {}
        for i = 1, 4 do
          local amount = tostring(1000000 + (i % 2 == 0 and 600 or -300))
          rows[i] = cases.row("leaf", 1, "r" .. i, "1000000", amount)
          points[i] = { base = 1000000, actual = tonumber(amount) }
        end
        local chart = require("evalua.chart").new { kind = kind, rows = rows,
          points = points, polarity = -1, lang = "en", size = "slide",
          periods = { "2024-01", "2024-02", "2024-03", "2024-04" } }
        local list = assert(chart:display_list())
        assert.equal(500, lens_of(list))
        local foot = {}
        for _, item in ipairs(list:find("text", "source")) do
          foot[#foot + 1] = item.text
        end
        assert.matches("Differences × 500", table.concat(foot, " "), 1, true)
        for _, bar in ipairs(list:find("rect", "variance.bar")) do
          assert.equal("magnified", bar.measure)
        end
        chart = require("evalua.chart").new { kind = kind, rows = rows,
          points = points, polarity = -1, lang = "en", size = "slide",
          magnify = false, periods = { "2024-01", "2024-02", "2024-03",
            "2024-04" } }
        assert.equal(1, lens_of(assert(chart:display_list())))
      end)
  end

  it("puts subtotals on bands, in bold, without bars", function()
    local list = cases.chart("variance", "groups", "zh", "slide")
      :display_list()
    local bands, bars = by_row(list, "rect", "band"),
      by_row(list, "rect", "actual.bar")
    for _, row in ipairs { 3, 10, 11 } do
      assert.is_truthy(bands[row])
      assert.is_nil(bars[row])
      assert.is_true(by_row(list, "text", "label")[row].runs[1].bold)
    end
  end)

  it("sorts inside groups by size of variance and says so", function()
    local list = cases.chart("variance", "groups", "zh", "slide")
      :display_list()
    local labels = {}
    for _, item in ipairs(list:find("text", "label")) do
      labels[#labels + 1] = item.text
    end
    assert.same({ "人员经费", "公用经费", "基本支出", "设备购置", "委托业务",
      "信息化建设", "其他项目", "维修维护", "会议与培训", "项目支出",
      "支出合计" }, labels)
    assert.matches("由大到小", list:find("text", "source")[1].text)
  end)

  it("cuts a relative outlier, marks it, and prints its value", function()
    local list = cases.chart("variance", "outlier", "en", "slide")
      :display_list()
    local cut = list:find("polygon", "pin.cut")
    assert.equal(1, #cut)
    local row = cut[1].row
    assert.equal("+89,900%", by_row(list, "text", "percent.text")[row].text)
    assert.is_nil(by_row(list, "rect", "pin.head")[row])
    assert.matches("Arrow", list:find("text", "source")[1].text)
  end)

  it("cuts nothing where no row squashes the others", function()
    local list = cases.chart("variance", "groups", "en", "slide")
      :display_list()
    assert.same({}, list:find("polygon", "pin.cut"))
  end)
end)

describe("charts: the bridge", function()
  bridge_rule("hands every step's end to the next and ends at the actual",
    function(list, found)
    local bars = {}
    for _, item in ipairs(list:find "rect") do
      if item.tag:find "%.bar$" then bars[item.row] = item end
    end
    for _, link in ipairs(list:find("line", "link")) do
      for _, bar in ipairs { bars[link.row], bars[link.row + 1] } do
        local at_end = math.abs(bar.x0 - link.x0) < 0.01
          or math.abs(bar.x1 - link.x0) < 0.01
        if not at_end then found("link of row " .. link.row) end
      end
    end
    local links, count = list:find("line", "link"), 0
    local magnified = list:find("polygon", "lens")[1] ~= nil
    for _, bar in pairs(bars) do
      if not magnified or bar.measure == "magnified" then count = count + 1 end
    end
    if #links ~= count - 1 then found(#links .. " links") end
  end)

  bridge_rule("starts and ends on the zero line; the last row is the total variance",
    function(list, found)
    local axis = list:find("line", "axis")[1].x0
    for _, tag in ipairs { "start.bar", "end.bar" } do
      local bar = list:find("rect", tag)[1]
      if math.abs(bar.x0 - axis) > 0.01 and math.abs(bar.x1 - axis) > 0.01
      then found(tag) end
    end
    local first, last, total = list:find("rect", "start.bar")[1],
      list:find("rect", "end.bar")[1], list:find("rect", "total.bar")[1]
    if total.measure == "magnified" then
      local difference = last.value - first.value
      if math.abs(math.abs(difference) - total.value) > 1e-6 then
        found "the total variance is not end less start"
      end
      return
    end
    local function tip(bar)
      return math.abs(bar.x0 - axis) < 0.01 and bar.x1 or bar.x0
    end
    local ends = { math.min(tip(first), tip(last)),
      math.max(tip(first), tip(last)) }
    if math.abs(total.x0 - ends[1]) > 0.02
      or math.abs(total.x1 - ends[2]) > 0.02 then
      found "the total variance does not join both ends"
    end
  end)

  it("magnifies steps that would be slivers, and says how many times",
    function()
    local list = cases.chart("bridge", "sample", "en", "slide", { rows = {
      cases.row("leaf", 1, "a", "500000", "500400"),
      cases.row("leaf", 1, "b", "300000", "299900") } }):display_list()
    local step, start = list:find("rect", "step.bar")[1],
      list:find("rect", "start.bar")[1]
    local function upx(bar) return (bar.x1 - bar.x0) / bar.value end
    local times = upx(step) / upx(start)
    local label
    for _, item in ipairs(list:find("text", "label")) do
      label = label or item.text:match "^Differences × (%d+)$"
    end
    assert.is_true(times > 100)
    assert.near(1, tonumber(label) / times, 0.05)
  end)

  it("shows what each group comes to, and joins it to the next", function()
    local list = cases.chart("bridge", "groups", "zh", "slide")
      :display_list()
    local bars = list:find("rect", "subtotal.bar")
    assert.equal(2, #bars)
    local texts = list:find("text", "subtotal.text")
    assert.matches("^\u{2212}284", texts[1].text)
    assert.matches("^%+2,618", texts[2].text)
    -- the second group begins where the first ends
    assert.near(bars[1].x0, bars[2].x0, 0.01)
  end)

  it("goes from the prior year over the budget to the actual", function()
    local made = cases.chart("bridge", "sample", "en", "slide", {
      rows = { cases.row("leaf", 1, "a", "120", "150"),
        cases.row("leaf", 1, "b", "80", "70") },
      before = { cases.row("leaf", 1, "a", "100", "120"),
        cases.row("leaf", 1, "b", "90", "80") } })
    local list = assert(made:display_list())
    local figures = {}
    for _, item in ipairs(list:find "text") do
      if item.row and item.tag ~= "label" then
        figures[item.row] = item.text
      end
    end
    assert.same({ "190", "+20  (+20%)", "−10  (−11%)", "200", "+30  (+25%)",
      "−10  (−12%)", "220", "+30  (+15.8%)" }, figures)
  end)

  it("refuses to add revenue and expense", function()
    local list, message, code = cases.chart("bridge", "sample", "en", "slide",
      { rows = { cases.row("leaf", 1, "tax", "10", "15", 1),
        cases.row("leaf", 1, "pay", "10", "15", -1) } }):display_list()
    assert.is_nil(list)
    assert.matches("revenue and expense", message)
    assert.equal("data", code)
  end)
end)

describe("charts: too many rows", function()
  local function labels(list)
    local texts = {}
    for _, item in ipairs(list:find("text", "label")) do
      texts[item.row] = item.text
    end
    return texts
  end

  it("keeps the largest variances and folds the rest into an exact sum",
    function()
    local rows = cases.many(40, "Line %d")
    local made = cases.chart("variance", "sample", "en", "slide",
      { rows = rows, top = 10, divisor = decimal.new(1, 0) })
    local list = made:display_list()
    local found = labels(list)
    assert.equal(11, #found)
    assert.equal("Others (30)", found[11])
    local sorted = {}
    for i, item in ipairs(rows) do
      local size = item.variance < 0 and -item.variance or item.variance
      sorted[i] = { item, size }
    end
    table.sort(sorted, function(a, b) return a[2] > b[2] end)
    local base, rest = decimal.new(0, 2), decimal.new(0, 2)
    for i = 11, 40 do
      base, rest = base + sorted[i][1].base, rest + sorted[i][1].variance
    end
    local text = by_row(list, "text", "base.text")[11].text
    assert.equal(base:format { places = 0, group = "," }, text)
    local sign = rest < 0 and "−" or "+"
    if rest < 0 then rest = -rest end
    assert.equal(sign .. rest:format { places = 0, group = "," },
      by_row(list, "text", "variance.text")[11].text)
  end)

  it("folds inside each group and keeps the subtotals", function()
    local found = table.concat(labels(cases.chart("variance", "forty_grouped",
      "en", "slide"):display_list()), "\n")
    for group = 1, 5 do assert.matches("Group " .. group, found) end
    assert.matches("Others", found)
  end)

  it("shows groups as lines where even the groups hardly fit", function()
    local found = labels(cases.chart("variance", "many_groups", "en", "slide")
      :display_list())
    assert.matches("^Group", found[1])
    assert.equal("Total", found[#found])
  end)

  it("shows all of forty rows in a document", function()
    local list = cases.chart("variance", "forty", "en", "doc"):display_list()
    assert.equal(41, #labels(list))
  end)
end)

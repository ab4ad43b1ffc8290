--- Data for the charts' specs: the sample unit, a demonstration with groups,
--- and data that break charts.
local chart = require "evalua.chart"
local decimal = require("evalua.core").decimal
local kinds = require "chart.cases_kinds"

local M = {}

local function amount(text)
  return text and assert(decimal.parse(text))
end

--- A row as t:variance would give it. `better` is -1 where more is worse.
function M.row(role, level, label, base, actual, better)
  base, actual, better = amount(base), amount(actual), better or -1
  local variance = (actual or 0) - (base or decimal.new(0, 0))
  if base == nil and actual == nil then variance = nil end
  local percent = base and not base:eq(0)
    and (variance * 100):divide(base, 6) or nil
  local favourable
  if variance and not variance:eq(0) then
    favourable = (variance > 0) == (better > 0)
  end
  return { role = role, level = level, label = label, base = base,
    actual = actual, variance = variance, variance_pct = percent,
    favourable = favourable }
end

local row = M.row

local function sum(rows, name)
  local total = decimal.new(0, 0)
  for _, item in ipairs(rows) do
    if item.role == "leaf" then total = total + (item[name] or 0) end
  end
  return tostring(total)
end

local function with_total(rows, label)
  rows[#rows + 1] = row("total", 0, label or "Total", sum(rows, "base"),
    sum(rows, "actual"))
  return rows
end

--- The sample unit's published figures of 2022.
function M.sample()
  return { row("leaf", 1, "基本支出", "2200.9", "1917"),
    row("leaf", 1, "项目支出", "2062.77", "4680.28"),
    row("total", 0, "合计", "4263.67", "6597.28") }
end

--- Two groups with subtotals; the items are invented, their sums are not.
function M.groups()
  return {
    row("leaf", 2, "人员经费", "1812.40", "1602.15"),
    row("leaf", 2, "公用经费", "388.50", "314.85"),
    row("subtotal", 1, "基本支出", "2200.90", "1917.00"),
    row("leaf", 2, "设备购置", "438.27", "1324.55"),
    row("leaf", 2, "委托业务", "512.00", "1186.40"),
    row("leaf", 2, "信息化建设", "296.50", "742.18"),
    row("leaf", 2, "其他项目", "273.00", "685.25"),
    row("leaf", 2, "维修维护", "345.00", "598.63"),
    row("leaf", 2, "会议与培训", "198.00", "143.27"),
    row("subtotal", 1, "项目支出", "2062.77", "4680.28"),
    row("total", 0, "支出合计", "4263.67", "6597.28") }
end

--- `count` rows whose amounts follow from a fixed sequence.
function M.many(count, name, seed)
  local rows, state = {}, seed or 7
  local function next_number(most)
    state = (state * 1103515245 + 12345) % 2147483648
    return state % most
  end
  for i = 1, count do
    rows[i] = row("leaf", 1, name:format(i),
      ("%d.%02d"):format(next_number(9000), next_number(100)),
      ("%d.%02d"):format(next_number(9000), next_number(100)))
  end
  return rows
end

local function grouped(groups, each)
  local rows = {}
  for g = 1, groups do
    local leaves = M.many(each, "Line %d of group " .. g, g)
    for _, leaf in ipairs(leaves) do
      leaf.level = 2
      rows[#rows + 1] = leaf
    end
    rows[#rows + 1] = row("subtotal", 1, "Group " .. g, sum(leaves, "base"),
      sum(leaves, "actual"))
  end
  return with_total(rows)
end

local function same(count, base, actual)
  local rows = {}
  for i = 1, count do rows[i] = row("leaf", 1, "Line " .. i, base, actual) end
  return rows
end

local long = {
  "Department of Public Property, Space Rentals, Utilities and Telecommunications A",
  "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
  "生态环境监测网络运行维护与质量控制样品采购及实验室仪器设备更新改造项目支出预算执行情况"
    .. "说明（含上年结转结余资金安排的支出以及年中追加的专项经费和其他各类补助资金等）",
  "质控样品采购/运行维护", "Meetings & training / travel / hospitality / other",
}

local odd = { "café crème ñandú", "cafe\u{301} cre\u{300}me", "שלום עולם",
  "مرحبا بالعالم", "😀👨\u{200D}👩\u{200D}👧 family", "Z\u{335}\u{321}a\u{31B}\u{349}lgo",
  "", " ", "\u{200B}\u{200B}", "a\nb\tc", "\xFF\xFE bytes" }

local function named(names)
  local rows = M.many(#names, "%d")
  for i, name in ipairs(names) do rows[i].label = name end
  return with_total(rows)
end

--- Data by name; each call makes new rows.
M.data = {
  sample = M.sample,
  groups = M.groups,
  one = function() return { row("leaf", 0, "Total", "12.5", "13.75") } end,
  forty = function() return with_total(M.many(40, "Line %d")) end,
  forty_grouped = function() return grouped(5, 8) end,
  many_groups = function() return grouped(30, 3) end,
  zero = function() return with_total(same(5, "0", "0")) end,
  on = function() return with_total(same(5, "10.00", "10.00")) end,
  missing = function() return same(4) end,
  half_missing = function()
    return with_total { row("leaf", 1, "no budget", nil, "5.00"),
      row("leaf", 1, "zero budget", "0.00", "3.00"),
      row("leaf", 1, "no actual", "8.00", nil),
      row("leaf", 1, "neither", nil, nil),
      row("leaf", 1, "refund", "4.00", "-2.00") }
  end,
  negative = function()
    return with_total { row("leaf", 1, "a", "-120.00", "-80.00"),
      row("leaf", 1, "b", "-50.00", "-95.00"),
      row("leaf", 1, "c", "30.00", "12.00") }
  end,
  small_big = function()
    return with_total { row("leaf", 1, "big", "1000000000.00", "999999999.99"),
      row("leaf", 1, "small", "0.01", "0.02"),
      row("leaf", 1, "middle", "1234.50", "2469.00") }
  end,
  huge = function()
    return with_total(same(3, "111111111111.11", "222222222222.22"))
  end,
  long_names = function() return named(long) end,
  odd_names = function() return named(odd) end,
  outlier = function()
    local rows = M.many(12, "Line %d")
    for i, item in ipairs(rows) do
      rows[i] = row("leaf", 1, item.label, "100.00",
        ("%d.00"):format(100 + i))
    end
    rows[3] = row("leaf", 1, "Line 3", "1.00", "900.00")
    return with_total(rows)
  end,
}

--- The same lines beside a prior year, which had the budget of the line before.
local function aged(rows)
  for i, item in ipairs(rows) do
    local base = rows[(i - 2) % #rows + 1].base
    item.past = row(item.role, item.level, item.label, base and tostring(base),
      item.actual and tostring(item.actual))
  end
  return rows
end

-- With two comparisons the variance chart has hardly room for its figures.
local with_past = { "groups", "one", "missing", "half_missing", "small_big",
  "long_names", "outlier" }
for _, name in ipairs(with_past) do
  M.data["past_" .. name] = function() return aged(M.data[name]()) end
end

M.names = {}
for name in pairs(M.data) do M.names[#M.names + 1] = name end
table.sort(M.names)

local titles = {
  zh = { who = "某市生态监测中心", what = "支出", unit = "万元",
    when = "2022 年", source = "部门决算表" },
  en = { who = "City Ecology Monitoring Centre", what = "Expenditure",
    unit = "10k CNY", when = "2022", source = "final accounts" },
}

--- A chart of one of the data sets, in the shape that its kind needs.
---@param opts table? fields of the spec to set
function M.chart(kind, name, lang, size, opts)
  local rows = M.data[name]()
  local spec = kinds.shape(kind, rows) or { rows = rows }
  spec.kind, spec.lang, spec.size, spec.title = kind, lang, size, titles[lang]
  for key, value in pairs(opts or {}) do spec[key] = value end
  return chart.new(spec)
end

M.titles = titles

--- Sizes that all kinds and data are laid out in; the two kinds whose columns
--- are hardest to fit in two more.
local sizes = { "slide", "doc" }
local more = { variance = { "900x900", "1280x720" }, columns = { "900x900" },
  bridge = { "900x900" }, share = { "1280x720" }, slope = { "900x900" } }

--- A few are enough where garbage is collected all the time (make check-gc).
local few = { groups = true, odd_names = true, half_missing = true }
local is_stressed = debug.gethook() ~= nil

--- Call `check(list, label, spec)` for every data set, language and size of
--- these kinds. What a kind rightly refuses must be refused.
function M.each(kinds_, check)
  local function lay_out(kind, name, lang, size)
    local made = M.chart(kind, name, lang, size)
    local label = table.concat({ kind, name, lang, size }, " ")
    local list, message = made:display_list()
    if kinds.refused[kind .. " " .. name] then
      assert(list == nil, label .. " should have been refused")
      return
    end
    assert(list, label .. ": " .. tostring(message))
    check(list, label, made.spec)
  end
  for _, kind in ipairs(kinds_) do
    for _, name in ipairs(kinds.names(kind, M.names)) do
      if is_stressed and not few[name] then goto continue end
      for _, lang in ipairs { "zh", "en" } do
        for _, size in ipairs(sizes) do lay_out(kind, name, lang, size) end
      end
      for _, size in ipairs(more[kind] or {}) do
        lay_out(kind, name, "zh", size)
      end
      ::continue::
    end
  end
end

return M

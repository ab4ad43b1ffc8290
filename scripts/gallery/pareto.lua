-- Which few departments make up most of the spending? (Philadelphia)
local ev = require "evalua"
local out, lang, size = table.unpack(arg)
local t = assert(ev.read_csv(ev.root() .. "/data/gallery/departments.csv"))
local chart = assert(ev.chart.pareto(t:where "name_en ~= 'All others'", {
  by = "name_" .. lang, value = "actual", lang = lang, size = size,
  amount_unit = "USD", who = lang == "zh" and "费城" or "Philadelphia",
  what = lang == "zh" and "支出" or "Expenditure", when = "FY2021",
  source = "phl-budget-data" }))
assert(chart:save(out))

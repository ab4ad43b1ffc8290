-- Against the budget and the year before, in one chart (Philadelphia)
local ev = require "evalua"
local out, lang, size = table.unpack(arg)
local t = assert(ev.read_csv(ev.root() .. "/data/gallery/years.csv")):window {
  by = { "name_en" }, order = { "year" }, before = ev.window.lag "actual" }
local chart = assert(ev.chart.variance(t:where "year == 2021", {
  by = "name_" .. lang, base = "adopted", actual = "actual", prior = "before",
  lang = lang, size = size, amount_unit = "USD", source = "phl-budget-data",
  who = lang == "zh" and "费城" or "Philadelphia", when = "FY2021" }))
assert(chart:save(out))

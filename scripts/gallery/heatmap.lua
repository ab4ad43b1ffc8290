-- Who spends its budget, year by year? (Philadelphia)
local ev = require "evalua"
local out, lang, size = table.unpack(arg)
local t = assert(ev.read_csv(ev.root() .. "/data/gallery/years.csv"))
local chart = assert(ev.chart.heatmap(t, { by = "name_" .. lang,
  period = "year", base = "adopted", actual = "actual", lang = lang,
  size = size, bands = { 3, 8, 15 }, source = "phl-budget-data",
  who = lang == "zh" and "费城" or "Philadelphia" }))
assert(chart:save(out))

-- The same years on one scale, and what exceeds the budget (Philadelphia)
local ev = require "evalua"
local out, lang, size = table.unpack(arg)
local t = assert(ev.read_csv(ev.root() .. "/data/gallery/years.csv"))
local chart = assert(ev.chart.multiples(t, { by = "name_" .. lang,
  period = "year", base = "adopted", value = "actual", top = 7, lang = lang,
  size = size, amount_unit = "USD", source = "phl-budget-data",
  who = lang == "zh" and "费城" or "Philadelphia" }))
assert(chart:save(out))

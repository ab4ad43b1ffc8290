-- Which departments lead from the budget to what was spent? (Philadelphia)
local ev = require "evalua"
local out, lang, size = table.unpack(arg)
local t = assert(ev.read_csv(ev.root() .. "/data/gallery/departments.csv"))
local chart = assert(ev.chart.bridge(t, { by = { "group_" .. lang,
  "name_" .. lang }, base = "adopted", actual = "actual", lang = lang,
  size = size, amount_unit = "USD", who = lang == "zh" and "费城" or
  "Philadelphia", when = "FY2021", source = "phl-budget-data" }))
assert(chart:save(out))

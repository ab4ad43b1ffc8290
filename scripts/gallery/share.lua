-- What is the money spent on, year by year? (Philadelphia)
local ev = require "evalua"
local out, lang, size = table.unpack(arg)
local t = assert(ev.read_csv(ev.root() .. "/data/gallery/classes.csv"))
local chart = assert(ev.chart.share(t, { by = "name_" .. lang, period = "year",
  value = "actual", what = lang == "zh" and "支出结构" or "Spending by class",
  lang = lang, size = size, amount_unit = "USD", source = "phl-budget-data",
  who = lang == "zh" and "费城" or "Philadelphia" }))
assert(chart:save(out))

-- A quick look at many series: lines, coloured by group. (Philadelphia)
local ev = require "evalua"
local out, lang, size = table.unpack(arg)
local t = assert(ev.read_csv(ev.root() .. "/data/gallery/collections.csv"))
local chart = assert(ev.chart.plot(t, { x = "month", y = "amount",
  group = lang == "zh" and "name_zh" or "name_en", lang = lang, size = size,
  title = lang == "zh" and "费城五项税收，美元" or "Five taxes, USD",
  source = "phl-budget-data" }))
assert(chart:save(out))

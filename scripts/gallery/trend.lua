-- What may be expected in the next months? (Philadelphia)
local ev = require "evalua"
local out, lang, size = table.unpack(arg)
local t = assert(ev.read_csv(ev.root() .. "/data/gallery/collections.csv"))
local chart = assert(ev.chart.trend(t:where "name_en == 'Wage tax'", {
  period = "month", value = "amount", h = 12, lang = lang, size = size,
  amount_unit = "USD", who = lang == "zh" and "费城" or "Philadelphia",
  what = lang == "zh" and "工资税" or "Wage tax", source = "phl-budget-data" }))
assert(chart:save(out))

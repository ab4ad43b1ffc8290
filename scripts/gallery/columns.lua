-- How do the months compare with those of the year before? (Philadelphia)
local ev = require "evalua"
local out, lang, size = table.unpack(arg)
local t = assert(ev.read_csv(ev.root() .. "/data/gallery/months.csv"))
local chart = assert(ev.chart.columns(t, { period = "month", actual = "amount",
  prior = "year_before", kind = "revenue", lang = lang, size = size,
  amount_unit = "USD", who = lang == "zh" and "费城" or "Philadelphia",
  source = "phl-budget-data" }))
assert(chart:save(out))

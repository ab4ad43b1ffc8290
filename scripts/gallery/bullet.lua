-- Which departments have filled their positions? (Philadelphia)
local ev = require "evalua"
local out, lang, size = table.unpack(arg)
local t = assert(ev.read_csv(ev.root() .. "/data/gallery/positions.csv"))
local chart = assert(ev.chart.bullet(t, { by = "name_" .. lang, base = "budget",
  actual = "filled", sort = "gap", lang = lang, size = size, when = "2023-03-31",
  who = lang == "zh" and "费城" or "Philadelphia", source = "phl-budget-data",
  what = lang == "zh" and "全职岗位" or "Full-time positions" }))
assert(chart:save(out))

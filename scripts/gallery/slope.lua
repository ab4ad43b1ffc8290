-- What rose and what fell between two years? (Philadelphia)
local ev = require "evalua"
local out, lang, size = table.unpack(arg)
local t = assert(ev.read_csv(ev.root() .. "/data/gallery/classes.csv"))
local chart = assert(ev.chart.slope(t, { by = "name_" .. lang, phase = "year",
  amount = "actual", base = "2017", actual = "2021", percent = true,
  scenario = { base = "PY", base_name = "2017", actual_name = "2021" },
  lang = lang, size = size, who = lang == "zh" and "费城" or "Philadelphia",
  source = "phl-budget-data" }))
assert(chart:save(out))

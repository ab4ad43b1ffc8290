-- Where did a year end over and under its budget? (sample unit)
local ev = require "evalua"
local out, lang, size = table.unpack(arg)
local t = assert(ev.read_csv(ev.root() .. "/data/dongfanghong-2022/budget.csv"))
  :where "flow == 'expense'"
local chart = assert(ev.chart.variance(t, { by = "nature", phase = "version",
  amount = "amount", base = "original", actual = "executed", lang = lang,
  size = size, source = "report-2022.txt" }))
assert(chart:save(out))

-- blame: wrong use is raised at the user's line, whichever of our files found
-- it, and says what was expected.

local ev = require "evalua"

local HERE = "spec/blame_spec.lua:%d+: "

local t = ev.table { columns = { name = { "a", "b" }, plan = { 1, 2 },
  spent = { 2, 1 }, year = { 2021, 2022 } },
  order = { "name", "plan", "spent", "year" } }

local mistakes = {
  { "ev.table: a table was expected, not a nil",
    function() ev.table() end },
  { "ev.table: row 2 is a number, not a table",
    function() ev.table { {}, 2 } end },
  { "ev.table: column 'a': 'perid' is no type; there are: int decimal(2) real "
    .. "text bool year quarter month day",
    function() ev.table { { a = 1 }, types = { a = "perid" } } end },
  { "read_csv: the path of a file was expected, not a nil",
    function() ev.read_csv() end },
  { "read_csv: no option 'delimeter' (did you mean 'delimiter'?)",
    function() ev.read_csv("x.csv", { delimeter = ";" }) end },
  { "read_xlsx: a table of options was expected, not a string",
    function() ev.read_xlsx("x.xlsx", "Sheet1") end },
  { "read_json: the path of a file was expected, not a table",
    function() ev.read_json {} end },
  { "scan: no option 'colums' (did you mean 'columns'?)",
    function() ev.scan("x.csv", { colums = { "a" } }) end },
  { "open: the path of a database was expected, not a nil",
    function() ev.open() end },
  { "open: no option 'readonly'; there are: create",
    function() ev.open("x.db", { readonly = true }) end },
  { "variance needs the option 'actual'",
    function() t:variance { base = "plan" } end },
  { "variance: no option 'bye' (did you mean 'by'?)", function()
    t:variance { base = "plan", actual = "spent", bye = "name" } end },
  { "no column 'spend' (did you mean 'spent'?)",
    function() t:variance { base = "plan", actual = "spend" } end },
  { "material_pct: 'x' is not a number", function() t:variance {
    base = "plan", actual = "spent", material_pct = "x" } end },
  { "a chart share needs the option 'by'",
    function() ev.chart.share(t, {}) end },
  { "no column 'spend' (did you mean 'spent'?)", function()
    ev.chart.columns(t, { period = "year", actual = "spend" }) end },
  { "by and period are the same column 'year'", function() ev.chart.heatmap(t,
    { by = "year", period = "year", base = "plan", actual = "spent" }) end },
  { "by is the name of a column or a list of them, not a number", function()
    ev.chart.pareto(t, { by = 5, value = "spent" }) end },
  { "a chart trend: a table was expected, not a nil",
    function() ev.chart.trend() end },
  { "the name of a report was expected, not a nil",
    function() ev.report.run() end },
  { "the report needs table = or source =",
    function() ev.report.run "variance" end },
  { "report 'execution': no option 'yaer' (did you mean 'year'?)",
    function() ev.report.run("execution", { yaer = 2022 }) end },
  { "report 'variance': no option 'basis' (did you mean 'base'?)",
    function() ev.report.run("variance", { table = t, basis = "plan" }) end },
  { "a chart trend: no option 'perod' (did you mean 'period'?)", function()
    ev.chart.trend(t, { perod = "year", period = "year", value = "spent" }) end },
  { "audit: a path or a table was expected, not a number",
    function() ev.audit(5) end },
  { "audit: a table of options was expected, not a string",
    function() ev.audit("data/dongfanghong-2022", "x") end },
  { "audit: no option 'rule' (did you mean 'rules'?)",
    function() ev.audit("data/dongfanghong-2022", { rule = "x.csv" }) end },
  { "audit: no option 'lng' (did you mean 'lang'?)",
    function() ev.audit(t, { lng = "zh" }) end },
  { "unit_year: {folder =} or {db =, unit =, year =} was expected",
    function() ev.unit_year() end },
}

describe("wrong use is raised at the line of", function()
  for _, mistake in ipairs(mistakes) do
    it(mistake[1], function()
      local ok, message = pcall(mistake[2])
      assert.is_false(ok)
      assert.matches(HERE, message)
      assert.equal(mistake[1], (message:gsub("^.-" .. HERE, "")))
    end)
  end
end)

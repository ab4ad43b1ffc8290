--- Budget variance: the canned report. An analyst's own report starts as a
--- copy of this file.

local amounts = require "evalua.amounts"
local blocks = require "evalua.report.blocks"
local budget = require "evalua.budget"
local core = require "evalua.core"
local expr = require "evalua.expr"
local format = require "evalua.report.format"
local labels = require "evalua.labels"
local lang = require "evalua.lang"
local source = require "evalua.source"

local params = {
  { name = "by", value = "COL[,COL]", list = true,
    help = "group the rows by these columns" },
  { name = "base", value = "COL", required = true,
    help = "the budget to compare with: a column, or a version with --phase" },
  { name = "actual", value = "COL", required = true,
    help = "what happened: a column, or a version with --phase" },
  { name = "phase", value = "COL",
    help = "long form: the column that tells budget and actual apart" },
  { name = "amount", value = "COL",
    help = "long form: the column with the amounts" },
  { name = "kind", value = "expense|revenue|COL",
    help = "kind of account, or the column that tells it (default expense)" },
  { name = "total", help = "add a row with the grand total" },
  { name = "rollup",
    help = "add subtotals for each leading part of --by, and the total" },
  { name = "net", help = "add up revenue and expense as revenue − expense" },
  { name = "sort", value = "[-]COL", help = "order of the rows" },
  { name = "top", value = "N", integer = true,
    help = "only the first N rows; without --sort the largest variances" },
  { name = "depth", value = "N", integer = true,
    help = "only the first N columns of --by" },
  { name = "material-amount", value = "X", number = true,
    help = "a variance of X or more, in the source's unit, is material" },
  { name = "material-pct", value = "P", number = true,
    help = "a variance of P percent or more is material" },
  { name = "expense-sign", value = "positive|negative",
    choices = { "positive", "negative" },
    help = "how the source writes expenses (default positive)" },
  { name = "unit", value = "UNIT",
    help = "show amounts in 元, 万元, 亿元 or divided by a number" },
  { name = "amount-unit", value = "UNIT", help = "the source's unit" },
  { name = "charts",
    help = "draw the variance and the bridge chart into an html report" },
}

--- What the report compares, as text for people.
local function side_name(params_, name, lang_)
  local column = params_.phase or "version"
  return labels.find(lang_, column, name) or labels.find(lang_, "version", name)
    or name
end

--- The source's unit, the name of the unit to show, and what amounts are
--- divided by for it.
local function choose_unit(t, info, p)
  local from = amounts.unit(t, info, p.phase and { p.amount }
    or { p.actual, p.base }, p.amount_unit)
  local shown, factor, problem = budget.shown_unit(from, p.unit, p.lang)
  if problem ~= nil then error(problem, 0) end
  return from, shown, factor
end

local function columns_of(p, by, with_material)
  local function text(word) return lang.text(p.lang, word) end
  local columns = {}
  for i, name in ipairs(by) do
    columns[i] = { title = labels.find(p.lang, name) or name, shrinks = true }
  end
  local function add(title, rank)
    columns[#columns + 1] = { title = title, align = "right", rank = rank }
  end
  add(side_name(p, p.base, p.lang))
  add(side_name(p, p.actual, p.lang))
  add(text("Variance"))
  add(text("Variance %"), 2)
  add(text("Rate"), 3)
  columns[#columns + 1] = { title = text("Status"), rank = 4 }
  if with_material then
    columns[#columns + 1] = { title = text("Material"), rank = 1 }
  end
  return columns
end

local function key_cells(row, by, level, p)
  local cells = {}
  for i, name in ipairs(by) do
    if i <= level then
      cells[i] = row[name] == nil and lang.text(p.lang, "(missing)")
        or labels.find(p.lang, name, tostring(row[name]))
        or format.text(row[name])
    elseif i == level + 1 then
      cells[i] = lang.text(p.lang, level == 0 and "Total" or "Subtotal")
    else
      cells[i] = ""
    end
  end
  return cells
end

local function row_of(row, by, p, factor, scale, with_material)
  local level = row.level or #by
  local cells, n = key_cells(row, by, level, p), #by
  local plain = { places = factor and 2 or scale, factor = factor }
  local signed = { places = plain.places, factor = factor, plus = true }
  cells[n + 1] = format.amount(row.base, plain)
  cells[n + 2] = format.amount(row.actual, plain)
  cells[n + 3] = format.amount(row.variance, signed)
  cells[n + 4] = format.percent(row.variance_pct, signed, p.lang)
  cells[n + 5] = format.percent(row.rate_pct, nil, p.lang)
  cells[n + 6] = lang.text(p.lang, row.status)
  if with_material then cells[n + 7] = row.material and "●" or "" end
  local colour = row.favourable == false and "bad"
    or row.favourable and "good" or nil
  return { cells = cells, strong = level < #by, rule = level == 0 and #by > 0,
    paint = { [n + 3] = colour, [n + 4] = colour } }
end

local function table_block(t, by, p, factor)
  local with_material = p.material_amount ~= nil or p.material_pct ~= nil
  local scale = tonumber(t:column("variance"):type():match("%((%d+)%)")) or 2
  return { kind = "table", columns = columns_of(p, by, with_material),
    rows = blocks.rows(t:nrows(), function(i)
      return row_of(t[i], by, p, factor, scale, with_material)
    end) }
end

local function title_of(p, unit)
  local title = lang.text(p.lang, "Variance: %s against %s",
    side_name(p, p.actual, p.lang), side_name(p, p.base, p.lang))
  if unit == nil then return title end
  return title .. lang.text(p.lang, " (%s)", unit)
end

--- Notes as text; decimals in them look like those of the table.
local function note_texts(notes, p, factor)
  local texts = {}
  for i, note in ipairs(notes) do
    local parts = { table.unpack(note, 2) }
    for k, part in ipairs(parts) do
      if core.decimal.is(part) then
        parts[k] = format.amount(part, { plus = true, factor = factor })
      end
    end
    texts[i] = lang.text(p.lang, note[1], table.unpack(parts))
  end
  return texts
end

--- Whether a share is missing because its base is (and not for its size).
local function has_no_rate(t)
  return t:column("base"):missing() > 0
    or t:where(expr.column("base"):eq(0)):nrows() > 0
end

--- A function that draws the report: kind "variance" or "bridge", format
--- "svg", "png" or "pdf"; gives bytes, or nil and a message.
local function painter(t, p, unit)
  local name = p.info and p.info.name
  return function(kind, picture_format, size)
    local chart, message = require("evalua.chart")[kind](t, {
      by = p.by, base = p.base, actual = p.actual, phase = p.phase,
      amount = p.amount, kind = p.kind, net = p.net,
      expense_sign = p.expense_sign, unit = p.unit, top = p.top,
      amount_unit = unit, lang = p.lang, title = p.title, theme = p.theme,
      source = name and name:match("[^/]*$"),
      who = p.who, when = p.when, size = p.size or size,
    })
    if chart == nil then return nil, message end
    return chart:render(picture_format)
  end
end

--- Both charts as blocks; what cannot be drawn is the report's problem.
local function add_figures(report, list)
  for _, kind in ipairs { "variance", "bridge" } do
    local svg, message = report.picture(kind, "svg", "doc")
    if svg == nil then
      report.problem = message
      return
    end
    list[#list + 1] = { kind = "figure", svg = svg,
      picture = function(as) return report.picture(kind, as, "doc") end }
  end
end

local function blocks_of(report, p, title, rows)
  local list = { { kind = "title", text = title }, rows }
  for _, text in ipairs(report.notes) do
    list[#list + 1] = { kind = "note", text = text }
  end
  if p.charts then add_figures(report, list) end
  return list
end

local function run(p)
  p.lang = p.lang or lang.current
  local t, info = p.table, p.info or {}
  if t == nil and p.source == nil then
    error("the report needs table = or source =", 0)
  end
  if t == nil then t, info = assert(source.open(p.source, p)) end
  local names = p.phase and { p.amount } or { p.base, p.actual }
  amounts.check(t, names, info.problems or {})
  amounts.check_units(t, names, info.units or {}, p.amount_unit)
  if p.where ~= nil then t = t:where(p.where) end
  local from, unit, factor = choose_unit(t, info, p)
  local result, notes = t:variance {
    by = p.by, base = p.base, actual = p.actual, phase = p.phase,
    amount = p.amount, kind = p.kind, total = p.total, rollup = p.rollup,
    net = p.net, sort = p.sort, top = p.top, depth = p.depth,
    material_amount = p.material_amount, material_pct = p.material_pct,
    expense_sign = p.expense_sign,
  }
  if has_no_rate(result) then
    notes[#notes + 1] = { "n/a: there is no share of a base that is zero or "
      .. "missing" }
  end
  local by = type(p.by) == "string" and { p.by } or p.by or {}
  if factor ~= nil then
    notes[#notes + 1] = { "amounts are shown in %s, rounded to 2 decimals; csv "
      .. "and json keep the source's", unit }
  end
  local report = { data = result, notes = note_texts(notes, p, factor),
    lang = p.lang, picture = painter(t, p, from) }
  report.build = function()
    return blocks_of(report, p, title_of(p, unit),
      table_block(result, by, p, factor))
  end
  return report
end

return { name = "variance", title = "Budget variance", params = params,
  also = { "title", "who", "when", "size", "theme" }, run = run }

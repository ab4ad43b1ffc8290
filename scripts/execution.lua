--- Budget execution (预算执行情况): by nature and version, the rate against
--- each version of the budget that is there, against the elapsed time of the
--- year, and how the composition moved.

local execution = require "evalua.execution"
local funds_of = require "evalua.performance.funds"
local labels = require "evalua.labels"
local money = require "evalua.performance.money"
local pages = require "evalua.performance.page"
local exact = require "evalua.exact"
local terms = require "evalua.performance.terms"
local unit_year = require "evalua.performance.year"

local params = { { name = "as-of", value = "YYYY-MM[-DD]",
  help = "compare with the time elapsed by this day, or this month's end" },
  table.unpack(pages.params) }

local function label(page, column, value)
  return labels.find(page.lang, column, value) or value
end

--- The same within a sentence.
local function in_sentence(page, version)
  local word = label(page, "version", version)
  return page.lang == "en" and word:lower() or word
end

local function cell(page, version, nature)
  local amount, rows = money.amount(page.year.budget, { flow = "expense",
    version = version, nature = nature })
  return { amount = amount, rows = rows }
end

--- Lines of the table: natures, and the total of all expense rows.
local function lines_of(page)
  local lines = {}
  for _, nature in ipairs(money.natures(page.year.budget)) do
    lines[#lines + 1] = { id = nature, name = label(page, "nature", nature),
      nature = nature }
  end
  lines[#lines + 1] = { id = "total", name = page:text "Total", total = true }
  for _, line in ipairs(lines) do
    for _, version in ipairs(money.versions) do
      line[version] = cell(page, version, line.nature)
    end
  end
  return lines
end

local function join(a, b)
  return table.move(b, 1, #b, #a + 1, table.move(a, 1, #a, 1, {}))
end

--- Figures of a line against one base: variance and rate.
local function add_against(page, line, base)
  local b, e = line[base], line.executed
  local id = "execution." .. line.id
  if b.amount == nil or e.amount == nil then return end
  local from = join(b.rows, e.rows)
  page:figure { id = id .. ".variance_" .. base, value = e.amount - b.amount,
    name = line.name .. ": " .. page:text("variance against %s",
      in_sentence(page, base)), unit = page.year.money_unit,
    formula = "executed - " .. base, from = from }
  local rate = funds_of.percent(e.amount, b.amount)
  page:figure { id = id .. ".rate_" .. base, value = rate, unit = "%",
    name = line.name .. ": " .. page:text("rate against %s",
      in_sentence(page, base)), formula = "100 * executed / " .. base, from = from,
    note = rate == nil and "base is zero" or nil }
end

local function add_amounts(page, line, present)
  for _, version in ipairs(present) do
    page:figure { id = ("execution.%s.%s"):format(line.id, version),
      name = line.name .. ": " .. label(page, "version", version),
      value = line[version].amount, unit = page.year.money_unit,
      formula = "sum", from = line[version].rows,
      note = line[version].amount == nil and "no row" or nil }
  end
end

local function difference(a, b)
  return a and b and a - b or nil
end

local function row_of(page, line, present, bases)
  local cells = { line.name }
  for _, version in ipairs(present) do
    cells[#cells + 1] = terms.amount(line[version].amount)
  end
  local paint = {}
  for _, base in ipairs(bases) do
    local off = difference(line.executed.amount, line[base].amount)
    cells[#cells + 1] = terms.amount(off, true)
    if off and off:sign() > 0 then paint[#cells], paint[#cells + 1] = "bad", "bad" end
    cells[#cells + 1] = terms.percent(funds_of.percent(line.executed.amount,
      line[base].amount), page.lang)
  end
  return { cells = cells, strong = line.total, rule = line.total,
    paint = paint }
end

--- Versions that have expense rows, and those of them to compare with.
local function versions_of(lines)
  local present, bases = {}, {}
  for _, version in ipairs(money.versions) do
    if lines[#lines][version].amount then
      present[#present + 1] = version
      if version ~= "executed" then bases[#bases + 1] = version end
    end
  end
  return present, bases
end

local function main_table(page, lines, present, bases)
  local titles, rows = { "Nature" }, {}
  for _, version in ipairs(present) do
    titles[#titles + 1] = ">" .. (label(page, "version", version))
  end
  for _, base in ipairs(bases) do
    local word = in_sentence(page, base)
    titles[#titles + 1] = ">" .. page:text("Variance against %s", word)
    titles[#titles + 1] = ">" .. page:text("Rate against %s", word)
  end
  for i, line in ipairs(lines) do
    rows[i] = row_of(page, line, present, bases)
    add_amounts(page, line, present)
    for _, base in ipairs(bases) do add_against(page, line, base) end
  end
  page:table(titles, rows)
end

--- Amounts are added up as they stand, also those with 余 or 约.
local function name_inexact(page)
  local places = {}
  for _, row in ipairs(page.year.budget) do
    if row.qualifier and row.qualifier ~= "exact" then
      places[#places + 1] = unit_year.place(row)
    end
  end
  if #places == 0 then return end
  page:finding("warn", "amounts that are not exact are taken as they stand: %s",
    table.concat(places, page.lang == "zh" and "、" or ", "))
end

local function name_missing(page, lines)
  local missing = {}
  for _, version in ipairs(money.versions) do
    if lines[#lines][version].amount == nil then
      missing[#missing + 1] = in_sentence(page, version)
    end
  end
  if #missing > 0 then
    page:finding("warn", "versions that the data do not have: %s",
      table.concat(missing, page.lang == "zh" and "、" or ", "))
  end
end

--- What the rate means: the adjusted budget is the base of the official rate.
local function judge_rate(page, line)
  local base = line.adjusted.amount and "adjusted" or "original"
  local rate = funds_of.percent(line.executed.amount, line[base].amount)
  if rate == nil then return end
  local word = in_sentence(page, base)
  local text = terms.percent(rate, page.lang)
  if rate > 100 then
    page:finding("bad", "execution is %s of the %s: %s more than it allows",
      text, word, terms.amount(line.executed.amount - line[base].amount))
  else
    page:finding("info", "execution is %s of the %s", text, word)
  end
  if base == "original" then
    page:finding("warn", "the rate is against the original budget, since no "
      .. "adjusted budget is given")
  end
end

--- Amounts that no rate tells of: spent without a budget, or below zero.
local function judge_amounts(page, lines)
  for i, line in ipairs(lines) do
    if line.total and i == 2 then return end -- the only line again
    local base = line.adjusted.amount or line.original.amount
    local spent = line.executed.amount
    local has_budget = base == nil and line.total or base and base:sign() ~= 0
    if spent and spent:sign() < 0 then
      page:finding("warn", "%s: the executed amount is below zero (%s)",
        line.name, terms.amount(spent))
    elseif spent and spent:sign() > 0 and not has_budget then
      page:finding("bad", "%s: %s were spent without a budget", line.name,
        terms.amount(spent))
    end
  end
end

-- Elapsed time ----------------------------------------------------------

--- Share of the year that has gone, in percent, and how it was counted.
local function elapsed(page, as_of)
  local part, whole = money.months(page.year.budget), 12
  if as_of then
    part, whole = execution.elapsed(as_of)
    if part == nil then error("--as-of is no such time: " .. whole, 0) end
    if as_of:sub(1, 4) ~= tostring(page.year.year) then
      error(("--as-of is a time in %d, not '%s'"):format(page.year.year,
        as_of), 0)
    end
  end
  if part == nil then return nil end
  local how = whole == 12 and "%d of 12 months" or "day %d of %d"
  return exact.ratio(100 * part, whole), page:text(how, part, whole)
end

local function add_elapsed(page, line, as_of)
  local share, how = elapsed(page, as_of)
  local base = line.adjusted.amount and "adjusted" or "original"
  local rate = funds_of.percent(line.executed.amount, line[base].amount)
  if share == nil or rate == nil then return end
  local gap = rate - share
  page:heading "Against the elapsed time of the year"
  local covered = money.months(page.year.budget, base)
  if covered < 12 then
    page:finding("warn", "the budget is given for %d of 12 months: it is not "
      .. "held against the time of the year", covered)
    return
  end
  page:add { kind = "figures", items = {
    { label = page:text("Time elapsed"), note = how,
      value = terms.percent(share, page.lang) },
    { label = page:text("Executed"), note = label(page, "version", base),
      value = terms.percent(rate, page.lang) },
    { label = page:text("Ahead of time (points)"),
      value = terms.points(gap) } } }
  page:figure { id = "execution.elapsed", name = page:text("Time elapsed"),
    value = share, unit = "%", formula = how }
  page:figure { id = "execution.ahead", value = gap, unit = "%",
    name = page:text("Ahead of time (points)"),
    formula = "execution.total.rate_" .. base .. " - execution.elapsed",
    from = join(line[base].rows, line.executed.rows) }
end

-- Composition -----------------------------------------------------------

--- Shares of the natures in both versions, and the variance of composition:
--- Σ|a_i/Σa − b_i/Σb|, the identity of PEFA PI-2.1 (Field guide, 2.1:3).
--- Contingency and interest are left out, as there.
local function composition(lines, base)
  local heads, sum_b, sum_a = {}, exact.of(0), exact.of(0)
  for _, line in ipairs(lines) do
    if line.nature and line.nature ~= "contingency"
      and line.nature ~= "interest" then
      local b = exact.of(line[base].amount or 0)
      local a = exact.of(line.executed.amount or 0)
      heads[#heads + 1] = { line = line, b = b, a = a }
      sum_b, sum_a = sum_b + b, sum_a + a
    end
  end
  if #heads < 2 or sum_b:sign() <= 0 or sum_a:sign() <= 0 then return nil end
  local total = exact.of(0)
  for _, head in ipairs(heads) do
    head.before = exact.ratio(head.b, sum_b) * 100
    head.after = exact.ratio(head.a, sum_a) * 100
    local shift = head.after - head.before
    head.shift = shift
    total = total + (shift:sign() < 0 and -shift or shift)
  end
  return heads, total
end

--- Rows behind all natures of one version.
local function rows_of(heads, version)
  local rows = {}
  for _, head in ipairs(heads) do rows = join(rows, head.line[version].rows) end
  return rows
end

local function add_composition(page, lines, bases)
  local base = bases[1]
  if base == nil then return end
  local heads, total = composition(lines, base)
  if heads == nil then return end
  local rows, before = {}, rows_of(heads, base)
  local after = rows_of(heads, "executed")
  for i, head in ipairs(heads) do
    rows[i] = { head.line.name, terms.percent(head.before, page.lang),
      terms.percent(head.after, page.lang),
      terms.points(head.shift) }
    page:figure { id = "execution." .. head.line.id .. ".share_" .. base,
      name = head.line.name .. ": " .. page:text("share before"),
      value = head.before, unit = "%", formula = base .. " / total",
      from = before }
    page:figure { id = "execution." .. head.line.id .. ".share_executed",
      name = head.line.name .. ": " .. page:text("share after"),
      value = head.after, unit = "%", formula = "executed / total",
      from = after }
  end
  rows[#rows + 1] = { cells = { page:text "Composition variance", "", "",
    terms.percent(total, page.lang) }, strong = true, rule = true }
  page:figure { id = "execution.composition_variance", value = total,
    unit = "%", name = page:text "Composition variance",
    formula = "sum |share executed - share " .. base .. "|",
    from = join(before, after) }
  page:heading("Composition: %s against executed", in_sentence(page, base))
  page:table({ "Nature", ">Share before", ">Share after", ">Shift (points)" },
    rows)
  page:note("composition variance: the sum of the shifts without their sign, "
    .. "the formula of PEFA PI-2.1 applied to the natures; one year gives no "
    .. "PEFA score")
end

-- Income ----------------------------------------------------------------

local function amount_of(page, flow, version)
  local amount, rows = money.amount(page.year.budget, { flow = flow,
    version = version })
  return amount, rows
end

--- Whether there is any income row, be it an "of which" only.
local function has_income(page)
  for _, row in ipairs(page.year.budget) do
    if row.flow == "income" then return true end
  end
  return false
end

--- What is to be said where income is less than what was spent.
local function judge_gap(page, gap)
  local carried = amount_of(page, "carry_in")
  if carried == nil then
    page:finding("bad", "income does not cover what was spent: %s are missing",
      terms.amount(gap))
    page:finding("warn", "no carry-over from last year, no addition and no "
      .. "other income is given that could cover it")
  elseif carried < gap then
    page:finding("bad", "income and the carry-over from last year do not cover "
      .. "what was spent: %s are missing", terms.amount(gap - carried))
  else
    page:finding("info", "the carry-over from last year covers what was spent "
      .. "above income: %s", terms.amount(gap))
  end
end

local function add_income(page, line)
  local income, rows, version
  for _, v in ipairs { "executed", "adjusted", "original" } do
    income, rows = amount_of(page, "income", v)
    if income then version = v break end
  end
  page:heading "Income against expenditure"
  if income == nil then
    page:finding("warn", has_income(page)
      and "income is given in parts only: a row without a tag is its total"
      or "no income row is given")
    return
  end
  local unit, items = page.year.money_unit, {}
  local function add(id, name, value, from, formula, plus)
    page:figure { id = id, name = name, value = value, unit = unit,
      formula = formula, from = from }
    items[#items + 1] = { label = name, value = terms.amount(value, plus) }
  end
  add("income." .. version, page:text("Income") .. page:text(" (%s)",
    label(page, "version", version)), income, rows, "sum")
  for _, flow in ipairs { "carry_in", "carry_out" } do
    local amount, own = amount_of(page, flow)
    if amount then add(flow, label(page, "flow", flow), amount, own, "sum") end
  end
  local spent = line.executed.amount
  if spent then
    add("income.gap", page:text "Income less executed expenditure",
      income - spent, join(rows, line.executed.rows), "income - executed",
      true)
  end
  page:add { kind = "figures", items = items }
  if spent and income < spent then judge_gap(page, spent - income) end
end

local function run(p)
  local page = pages.new(p, "Budget execution")
  if #page.year.budget == 0 then
    page:finding("bad", "the unit has no budget lines in this year")
    return page:report()
  end
  local lines = lines_of(page)
  local present, bases = versions_of(lines)
  page:paragraph("Amounts in %s", terms.money(page.lang, page.year.money_unit))
  if #present > 0 then main_table(page, lines, present, bases) end
  name_missing(page, lines)
  name_inexact(page)
  judge_rate(page, lines[#lines])
  judge_amounts(page, lines)
  add_elapsed(page, lines[#lines], p.as_of)
  add_composition(page, lines, bases)
  add_income(page, lines[#lines])
  return page:report()
end

return { name = "execution", title = "Budget execution", params = params,
  of_unit = true, run = run }

--- A score as a report: the form, what could not be scored, where points are
--- lost, what another budget would change; and its rows for csv and json.

local ev_values = require "evalua.values"
local form = require "evalua.performance.form"
local funds_of = require "evalua.performance.funds"
local line_text = require "evalua.performance.line_text"
local exact = require "evalua.exact"
local scores = require "evalua.score"
local terms = require "evalua.performance.terms"

local M = {}

--- Parameters of everything that scores.
M.params = {
  { name = "rubric", value = "NAME|FILE",
    help = "the rubric: shipped, the unit's, or a file (how: data/rubrics/README.md)" },
  { name = "answers", value = "FILE",
    help = "what only an assessor can say: columns seq, value, reason, "
      .. "evidence" },
  { name = "if-adjusted", value = "AMOUNT[,AMOUNT]", list = true,
    help = "what if the adjusted budget were so much, e.g. 7000万元" },
  { name = "form", value = "unit|project", choices = { "unit", "project" },
    help = "the form: of the whole unit (default) or of a project" },
  { name = "goal", value = "TEXT", help = "the goals of the year, expected" },
  { name = "achieved", value = "TEXT", help = "the goals, as achieved" },
}

-- Data ------------------------------------------------------------------

local order = { "kind", "seq", "path", "id", "level1", "level2", "name",
  "rule", "weight", "points", "status", "target", "actual", "qualifier",
  "measure_unit", "low", "high", "value", "why", "flags", "reason",
  "evidence", "grade", "total", "formula", "from" }

local types = { weight = "decimal(3)", points = "decimal(2)", seq = "int",
  target = nil, value = "decimal(6)", low = "decimal(6)",
  high = "decimal(6)", status = "text", why = "text", flags = "text",
  reason = "text", evidence = "text", grade = "text", formula = "text",
  from = "text", id = "text", level1 = "text", level2 = "text",
  rule = "text", path = "text", qualifier = "text", measure_unit = "text",
  kind = "text", name = "text" }

local function bound(value)
  return value and (value:as_decimal() or value:decimal(6))
end

local function kind_of(line)
  if line.heading then return "heading" end
  if line.item then return "indicator" end
  return line.rest and "rest" or "row"
end

local function flag_codes(line)
  local codes = {}
  for i, flag in ipairs(line.flags) do codes[i] = flag[1] end
  return #codes > 0 and table.concat(codes, "|") or nil
end

local function joined(list) return #list > 0 and table.concat(list, "|") or nil end

--- How the value beside the points came about.
local function formula_of(line)
  if line.item then
    return line.item.direction == "qual" and "assessed"
      or "100 * actual / target"
  end
  if line.base then return "100 * executed / " .. line.base end
  if line.result then
    return ("100 * (%s) / (%s)"):format(line.result.row.numerator,
      line.result.row.denominator)
  end
  return line.answer and "assessed" or nil
end

local function id_of(line)
  if line.item then return line.item.id end
  return ("row%d%s"):format(line.row.seq, line.rest and ".rest" or "")
end

local function data_row(page, line, funds)
  local item, row = line.item, line.row
  local value = line.value or item and item.completion and item.completion * 100
  local range = item and item.interval
  return { kind = kind_of(line), seq = row.seq, path = row.path,
    id = id_of(line), level1 = item and item.level1
      or row.path:match("^[^/]*"), level2 = item and item.level2
      or row.path:match("/(.*)$"), name = page:name(item or row),
    rule = row.rule, weight = line.weight, points = line.points,
    status = line.heading and "heading" or line.points and "scored"
      or "not_scorable", target = item and item.target,
    actual = item and item.actual, qualifier = item and item.qualifier,
    measure_unit = item and item.measure_unit, low = range
      and bound(range.low), high = range and bound(range.high),
    value = value and value:decimal(6), why = line_text.why(page, line),
    flags = flag_codes(line), reason = line.reason,
    evidence = item and item.evidence or line.evidence,
    formula = not line.heading and formula_of(line) or nil,
    from = joined(line_text.places(line, funds)) }
end

local function unplaced_row(page, item)
  return { kind = "unplaced", id = item.id,
    level1 = item.level1, level2 = item.level2, name = page:name(item),
    weight = item.weight, status = "not_scorable", target = item.target,
    actual = item.actual, qualifier = item.qualifier,
    measure_unit = item.measure_unit, from = joined(item.places),
    why = page:text("the rubric has no row for it") }
end

local function total_row(page, result)
  local is_complete = result.unscored:sign() == 0
  return { kind = "total", id = "total", name = page:text("Total points"),
    weight = ev_values.decimal(100), points = result.total,
    status = is_complete and "scored" or "incomplete",
    why = not is_complete and page:text("%s points cannot be scored",
      line_text.points(result.unscored)) or nil,
    grade = result.grade and result.grade.zh }
end

local function what_if_rows(page, result, asked)
  local rows = {}
  for i, text in ipairs(asked or {}) do
    local amount, problem = funds_of.amount_in(text, result.funds.unit)
    if amount == nil then error(problem, 0) end
    local what = scores.if_adjusted(result, amount)
    rows[#rows + 1] = what and { kind = "if_adjusted",
      id = "if_adjusted." .. i, name = page:text("If the adjusted budget were"),
      target = amount, measure_unit = result.funds.unit,
      value = what.rate:decimal(6), points = what.points, total = what.total,
      formula = "100 * executed / if_adjusted", grade = what.grade and what.grade.zh }
  end
  return rows
end

--- The rows: headings, lines, indicators without a row, other budgets that
--- were asked for, and a last one of the kind total.
---@param page table
---@param result evalua.score
---@param asked string[]? amounts for the adjusted budget
---@return evalua.table
function M.data(page, result, asked)
  local rows = {}
  for i, line in ipairs(result.lines) do
    rows[i] = data_row(page, line, result.funds)
  end
  for _, item in ipairs(result.unplaced) do
    rows[#rows + 1] = unplaced_row(page, item)
  end
  local others = result.funds and result.funds.executed
    and what_if_rows(page, result, asked) or {}
  table.move(others, 1, #others, #rows + 1, rows)
  rows[#rows + 1] = total_row(page, result)
  local columns = {}
  for _, name in ipairs(order) do
    columns[name] = { n = #rows }
    for i, row in ipairs(rows) do columns[name][i] = row[name] end
  end
  local own = setmetatable({}, { __index = types })
  own.points = ("decimal(%d)"):format(result.rubric.places)
  own.total = own.points
  return assert(ev_values.table { columns = columns, order = order,
    nrows = #rows, types = own })
end

-- Findings --------------------------------------------------------------

local function add_verdict(page, result)
  local total, _ = form.total(page, result)
  if result.unscored:sign() == 0 then
    page:finding("info", "total %s, grade %s", total, form.grade(page, result))
    return
  end
  page:finding("bad", "no score can be reproduced: %s of 100 points can be "
    .. "worked out from the data, %s points cannot; they are not shared out "
    .. "among the others", line_text.points(result.scored),
    line_text.points(result.unscored))
  if result.grade then
    page:finding("info", "the grade is %s however the missing points fall",
      result.grade[page.lang])
    return
  end
  page:finding("warn", "the grade is open: %s if every missing point is lost, "
    .. "%s if none is", result.grade_low[page.lang],
    result.grade_high[page.lang])
end

local function add_execution(page, result)
  for _, line in ipairs(result.lines) do
    if line.row.rule == "exec_rate" and line.counts then
      for _, text in ipairs(line_text.flags(page, line)) do
        page:finding("bad", "%s", page:colon(page:name(line.row), text))
      end
    end
  end
end

local MOST_FLAGS, MOST_NAMES = 6, 10

--- Names beside each other; of many the first, and how many more there are.
local function listed(page, names, most)
  local shown = table.move(names, 1, math.min(#names, most), 1, {})
  local text = table.concat(shown, page.lang == "zh" and "、" or "; ")
  if #names <= most then return text end
  return page:text("%s, and %d more", text, #names - most)
end

--- Each result far above its target; of many only some, the form has all.
local function add_over(page, result)
  local found, names = {}, {}
  for _, line in ipairs(result.lines) do
    for _, flag in ipairs(line.flags) do
      if flag[1] == "over" then
        local name = page:name(line.item)
        found[#found + 1] = page:colon(name,
          line_text.flags(page, { flags = { flag } })[1])
        names[#names + 1] = ("%s %s"):format(name,
          terms.percent(flag[2], page.lang))
      end
    end
  end
  if #found > MOST_FLAGS then
    page:finding("warn", "%d results are far above their targets: %s", #found,
      listed(page, names, MOST_FLAGS))
    return
  end
  for _, text in ipairs(found) do page:finding("warn", "%s", text) end
end

--- Lines below full marks that nobody explained.
local function add_unexplained(page, result)
  local names = {}
  for _, line in ipairs(result.lines) do
    for _, flag in ipairs(line.flags) do
      if flag[1] == "no_reason" or flag[1] == "no_reason_below" then
        names[#names + 1] = page:name(line.item or line.row)
      end
    end
  end
  if #names == 0 then return end
  page:finding("warn", "explanations are missing: %s",
    listed(page, names, MOST_NAMES))
end

local function add_unplaced(page, result)
  local names = {}
  for i, item in ipairs(result.unplaced) do names[i] = page:name(item) end
  if #names == 0 then return end
  page:finding("bad", "indicators that the rubric has no row for, which no "
    .. "points can be given to: %s", listed(page, names, MOST_NAMES))
end

--- What the findings say first.
---@param page table
---@param result evalua.score
function M.findings(page, result)
  add_verdict(page, result)
  add_unplaced(page, result)
  add_execution(page, result)
  add_over(page, result)
  add_unexplained(page, result)
end

--- The form, and what its stars mean.
---@param page table
---@param result evalua.score
---@param what table kind= "unit"|"project" year= goal= achieved=
function M.form(page, result, what)
  local block = form.block(page, { result = result, kind = what.kind or "unit",
    name = page:name(page.year.unit), year_text = tostring(page.year.year),
    year = what.year, goal = what.goal, achieved = what.achieved })
  page:add(block)
  if block.starred then
    page:note(result.funds.adjusted
      and "rates with * are against the original budget: the line has no "
        .. "adjusted one"
      or "rates with * are against the original budget: no adjusted one is given")
  end
end

-- What could not be scored, and what costs most --------------------------

local function add_unscored(page, result)
  local rows = {}
  for _, line in ipairs(result.lines) do
    if line.points == nil and not line.heading then
      local level1, level2, name = line_text.levels(page, line)
      rows[#rows + 1] = { level1, level2, name,
        line_text.points(line.weight), line_text.why(page, line) or "" }
    end
  end
  if #rows == 0 then return end
  rows[#rows + 1] = { cells = { page:text("Total"), "", "",
    line_text.points(result.unscored), "" }, strong = true, rule = true }
  page:heading "Not scorable"
  page:table({ "Level 1", "Level 2", "Level 3", ">Points at most", "Why" },
    rows)
end

local MOST_LOSSES = 10

local function add_losses(page, result)
  local rows = {}
  for _, loss in ipairs(scores.losses(result)) do
    if loss.certain and #rows < MOST_LOSSES then
      local _, _, name = line_text.levels(page, loss.line)
      rows[#rows + 1] = { name, line_text.points(loss.line.weight),
        line_text.points(loss.line.points, result.rubric.places),
        "−" .. line_text.points(loss.lost, result.rubric.places),
        loss.line.reason or "" }
    end
  end
  page:heading "Where points are lost"
  if #rows == 0 then
    page:finding("info", "no scored line loses points")
    return
  end
  page:table({ "Indicator", ">Points at most", ">Points", ">Lost", "Reason" },
    rows)
end

-- What if ---------------------------------------------------------------

--- Budgets to try: those asked for, else the ones that matter by themselves.
local function candidates(page, result, asked)
  local funds, list = result.funds, {}
  for _, text in ipairs(asked or {}) do
    local amount, problem = funds_of.amount_in(text, funds.unit)
    if amount == nil then error(problem, 0) end
    list[#list + 1] = { amount, page:text("the amount asked for") }
  end
  if funds.original then
    list[#list + 1] = { funds.original, page:text("as the original budget") }
  end
  if funds.adjusted then
    list[#list + 1] = { funds.adjusted, page:text("as it is") }
  end
  list[#list + 1] = { funds.executed, page:text("as what was spent") }
  for _, line in ipairs(result.lines) do
    local limit = line.row.rule == "exec_rate" and line.row.params.reason_below
    if limit and limit:sign() > 0 then
      local most = exact.ratio(exact.of(funds.executed) * 100, limit)
      list[#list + 1] = { most:decimal(2), page:text(
        "the most without an explanation (rate %s%%)", terms.number(limit)) }
    end
  end
  for i, item in ipairs(list) do item.at = i end
  table.sort(list, function(a, b)
    if a[1] == b[1] then return a.at < b.at end
    return a[1] < b[1]
  end)
  return list
end

local function add_what_if(page, result, asked)
  if result.funds == nil or result.funds.executed == nil then
    if asked then
      error("--if-adjusted needs what was executed, which the data do not have",
        0)
    end
    return
  end
  local rows, places = {}, result.rubric.places
  for _, item in ipairs(candidates(page, result, asked)) do
    local what = scores.if_adjusted(result, item[1])
    if what then
      rows[#rows + 1] = { terms.amount(item[1]), item[2],
        terms.percent(what.rate, page.lang),
        line_text.points(what.points, places),
        line_text.points(what.total, places) }
    end
  end
  if #rows == 0 then return end
  page:heading("If the adjusted budget were … (%s)", terms.money(page.lang,
    result.funds.unit))
  page:table({ ">Adjusted budget", "", ">Rate", ">Points for execution",
    ">Total points" }, rows)
  page:note("the totals hold the other points as they are; a rate above 100%% "
    .. "earns no more than 100%%")
end

--- The parts behind the form.
---@param page table
---@param result evalua.score
---@param asked string[]? amounts for the adjusted budget
function M.details(page, result, asked)
  add_unscored(page, result)
  add_losses(page, result)
  add_what_if(page, result, asked)
end

return M

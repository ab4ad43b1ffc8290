--- The standard form: 部门整体支出绩效自评表 or 项目支出绩效自评表. Header, funds
--- (年初预算数, 全年预算数 A, 全年执行数 B, 执行率), yearly goals, indicators, total;
--- as one form with merged cells and as plain tables.

local funds_of = require "evalua.performance.funds"
local labels = require "evalua.labels"
local line_text = require "evalua.performance.line_text"
local money = require "evalua.performance.money"
local terms = require "evalua.performance.terms"

local M = {}

local COLUMNS = 8

local function head(text, span, down)
  return { text = text, head = true, span = span, down = down }
end

local function cell(text, align, span)
  return { text = text, align = align, span = span }
end

-- Funds -----------------------------------------------------------------

--- Amounts of the three versions for some rows of the unit's budget.
local function amounts(year, what)
  local out = {}
  for _, version in ipairs(money.versions) do
    out[version] = money.amount(year.budget, { flow = what.flow,
      version = version, nature = what.nature, tag = what.tag })
  end
  return out
end

local function has_any(row)
  return row.original or row.adjusted or row.executed
end

--- 按支出性质: the natures there are.
local function by_nature(page, year)
  local rows = {}
  for _, nature in ipairs(money.natures(year.budget)) do
    local row = amounts(year, { flow = "expense", nature = nature })
    row.name = page:text("of which %s", labels.find(page.lang, "nature",
      nature))
    rows[#rows + 1] = row
  end
  return rows
end

local sources = {
  unit = { { "general", "General public budget" },
    { "fund", "Government funds" }, { "capital", "State capital" },
    { "other", "Other income" } },
  project = { { "fiscal", "Fiscal appropriation" },
    { nil, "Carried in from last year" }, { "other", "Other funds" } },
}

--- 按收入性质: rows of income by tag; the whole income where none is tagged.
local function by_source(page, year, kind)
  local rows = {}
  for _, source in ipairs(sources[kind]) do
    local row = amounts(year, source[1] and { flow = "income",
      tag = source[1] } or { flow = "carry_in" })
    row.name = page:text("of which %s", page:text(source[2]))
    if has_any(row) or kind == "project" then rows[#rows + 1] = row end
  end
  if kind == "unit" and #rows == 0 then
    local row = amounts(year, { flow = "income" })
    row.name = page:text("Income of the year")
    if has_any(row) then rows[1] = row end
  end
  return rows
end

--- Rows of the funds block: the first one, the year's total, has the points.
local function fund_rows(page, what)
  local funds, line = what.result.funds, what.execution
  if funds == nil then return {} end
  local rows = { { name = page:text("Total funds of the year"), total = true,
    original = funds.original, adjusted = funds.adjusted,
    executed = funds.executed, line = line } }
  if what.year == nil then return rows end
  for _, list in ipairs { by_source(page, what.year, what.kind),
    what.kind == "unit" and by_nature(page, what.year) or {} } do
    table.move(list, 1, #list, #rows + 1, rows)
  end
  return rows
end

--- A star: the rate is against the original budget.
local function rate_text(page, row)
  local rate, base = funds_of.rate(row)
  if rate == nil then return page:text("n/a") end
  local text = terms.percent(rate, page.lang)
  return base == "original" and text .. "*" or text
end

local function fund_cells(page, row, places)
  local line = row.line
  return { row.name, terms.amount(row.original), terms.amount(row.adjusted),
    terms.amount(row.executed), row.total
      and (line and line_text.points(line.weight) or "–") or "/",
    rate_text(page, row), row.total
      and (line and line_text.points(line.points, places) or "–") or "/" }
end

local fund_titles = { "Funds", ">Original budget", ">Adjusted budget (A)",
  ">Executed (B)", ">Points at most", ">Rate (B/A)", ">Points" }

-- Indicators ------------------------------------------------------------

local titles = { "Level 1", "Level 2", "Level 3", "Target", "Actual",
  ">Points at most", ">Points", "Reason for deviation, improvement" }

local function indicator_cells(page, line, places)
  local level1, level2, name = line_text.levels(page, line)
  return { level1, level2, name, line_text.target(page, line),
    line_text.actual(page, line), line_text.points(line.weight),
    line.points and line_text.points(line.points, places)
      or line.counts and page:text("not scored") or "–",
    line_text.remarks(page, line) }
end

--- Lines of the indicator table: all but headings and the execution row,
--- which stands in the funds block.
local function indicator_lines(what)
  local lines = {}
  for _, line in ipairs(what.result.lines) do
    if not line.heading and line ~= what.execution then
      lines[#lines + 1] = line
    end
  end
  return lines
end

--- How many rows from `i` have the same text in the columns up to `column`.
local function run_length(rows, i, column)
  local n = 1
  while rows[i + n] do
    for c = 1, column do
      if rows[i + n][c] ~= rows[i][c] then return n end
    end
    n = n + 1
  end
  return n
end

local function is_first(rows, i, column)
  if i == 1 then return true end
  for c = 1, column do
    if rows[i - 1][c] ~= rows[i][c] then return true end
  end
  return false
end

local function merged_rows(rows)
  local out = {}
  for i, cells in ipairs(rows) do
    local line = {}
    for column = 1, 2 do
      if is_first(rows, i, column) then
        line[#line + 1] = { text = cells[column], align = "center",
          down = run_length(rows, i, column) }
      end
    end
    for column = 3, COLUMNS do
      line[#line + 1] = cell(cells[column],
        (column == 6 or column == 7) and "right" or nil)
    end
    out[i] = line
  end
  return out
end

-- The form --------------------------------------------------------------

local form_titles = {
  unit = "Self-evaluation form of the unit's whole expenditure",
  project = "Self-evaluation form of project expenditure",
}

local function header_rows(page, what)
  local name_title = what.kind == "unit" and "Unit" or "Project"
  return {
    { head(page:text(form_titles[what.kind]), COLUMNS) },
    { head(page:text(name_title), 2), cell(what.name, nil, 3),
      head(page:text("Year")), cell(what.year_text, nil, 2) },
    { head(page:text("Rubric"), 2), cell(page:name(what.result.rubric), nil,
      COLUMNS - 2) },
  }
end

local function plain_title(title) return (title:gsub("^>", "")) end

local function fund_form_rows(page, rows, unit, places)
  if #rows == 0 then return {} end
  local first = { head(page:text("Funds (%s)", terms.money(page.lang, unit)),
    1, #rows + 1) }
  for i, title in ipairs(fund_titles) do
    first[#first + 1] = head(i == 1 and "" or page:text(plain_title(title)))
  end
  local out = { first }
  for _, row in ipairs(rows) do
    local line = {}
    for i, text in ipairs(fund_cells(page, row, places)) do
      line[i] = cell(text, i > 4 and "center" or i > 1 and "right" or nil)
    end
    out[#out + 1] = line
  end
  return out
end

local function goal_rows(page, what)
  return {
    { head(page:text("Goals of the year"), 1, 2),
      head(page:text("Expected"), 4), head(page:text("Achieved"), 3) },
    { cell(what.goal or page:text("not given"), nil, 4),
      cell(what.achieved or page:text("not given"), nil, 3) },
  }
end

--- "10.00 (10 of 100 points could be scored)".
---@param page table
---@param result evalua.score
---@return string total
---@return string remark
function M.total(page, result)
  local places = result.rubric.places
  local remark = result.unscored:sign() == 0 and "" or page:text(
    "only %s of 100 points could be scored", line_text.points(result.scored))
  return line_text.points(result.total, places), remark
end

--- The grade, or that the missing points leave it open.
---@param page table
---@param result evalua.score
---@return string
function M.grade(page, result)
  if result.grade then return result.grade[page.lang] end
  return page:text("open (%s to %s, as the missing points fall)",
    result.grade_low[page.lang], result.grade_high[page.lang])
end

local function separator(page) return page.lang == "zh" and "；" or "; " end

local function total_row(page, result)
  local total, remark = M.total(page, result)
  local grade = page:text("Grade: %s", M.grade(page, result))
  return { head(page:text("Total points"), 5), { text = "100", align = "right",
    strong = true }, { text = total, align = "right", strong = true },
    cell(remark == "" and grade or grade .. separator(page) .. remark) }
end

local function table_block(page, list, rows)
  local columns = {}
  for i, title in ipairs(list) do
    local right, text = title:match("^(>?)(.*)$")
    columns[i] = { title = page:text(text), align = right == ">" and "right"
      or nil, wraps = right == "" }
  end
  return { kind = "table", columns = columns, rows = rows }
end

local function plain_blocks(page, what, funds, indicators)
  local result = what.result
  local blocks = { { kind = "figures", items = {
    { label = page:text(what.kind == "unit" and "Unit" or "Project"),
      value = what.name },
    { label = page:text("Year"), value = what.year_text },
    { label = page:text("Rubric"), value = page:name(result.rubric) },
    { label = page:text("Goals of the year: expected"),
      value = what.goal or page:text("not given") },
    { label = page:text("Goals of the year: achieved"),
      value = what.achieved or page:text("not given") } } } }
  if #funds > 0 then
    local rows = {}
    for i, row in ipairs(funds) do
      rows[i] = { cells = fund_cells(page, row, result.rubric.places),
        strong = row.total }
    end
    blocks[#blocks + 1] = { kind = "heading", text = page:text("Funds (%s)",
      terms.money(page.lang, result.funds.unit)) }
    blocks[#blocks + 1] = table_block(page, fund_titles, rows)
  end
  local rows = {}
  for i, cells in ipairs(indicators) do rows[i] = { cells = cells } end
  local total, remark = M.total(page, result)
  rows[#rows + 1] = { cells = { page:text("Total points"), "", "", "", "",
    "100", total, page:text("Grade: %s", M.grade(page, result))
      .. (remark == "" and "" or separator(page) .. remark) }, strong = true,
    rule = true }
  blocks[#blocks + 1] = { kind = "heading", text = page:text("Indicators") }
  blocks[#blocks + 1] = table_block(page, titles, rows)
  return blocks
end

local function append(all, rows)
  table.move(rows, 1, #rows, #all + 1, all)
end

--- Whether a rate of the form has a star.
local function has_star(funds)
  for _, row in ipairs(funds) do
    local rate, base = funds_of.rate(row)
    if rate and base == "original" then return true end
  end
  return false
end

--- The form as a block; `starred` where a note must tell what a star means.
---@param page table
---@param what table result= (evalua.score), kind= "unit"|"project", name=,
---  year_text=, year= (evalua.year), goal=, achieved=
---@return table block
function M.block(page, what)
  for _, line in ipairs(what.result.lines) do
    if line.row.rule == "exec_rate" then what.execution = line end
  end
  if what.result.funds == nil then what.execution = nil end
  local places = what.result.rubric.places
  local funds = fund_rows(page, what)
  local indicators = {}
  for i, line in ipairs(indicator_lines(what)) do
    indicators[i] = indicator_cells(page, line, places)
  end
  local rows = header_rows(page, what)
  append(rows, fund_form_rows(page, funds, what.result.funds
    and what.result.funds.unit, places))
  append(rows, goal_rows(page, what))
  local header = {}
  for i, title in ipairs(titles) do
    header[i] = head(page:text(plain_title(title)))
  end
  append(rows, { header })
  append(rows, merged_rows(indicators))
  append(rows, { total_row(page, what.result) })
  return { kind = "form", rows = rows, starred = has_star(funds),
    plain = plain_blocks(page, what, funds, indicators) }
end

return M

--- Checks that need no rules file, on the text of a report: figures that are
--- stated twice, parts and totals in a sentence, rates, lists of names, heading
--- numbers, what a word processor left. They work on the rows of
--- evalua.extract, with the sentences around them.

local exact = require "evalua.exact"
local extract = require "evalua.extract"
local lang = require "evalua.lang"
local names = require "evalua.audit.names"
local numbers = require "evalua.audit.numbers"
local render = require "evalua.audit.render"
local tables = require "evalua.audit.tables"
local figures = require "evalua.audit.text_figures"
local text_lists = require "evalua.audit.text_lists"
local text_parts = require "evalua.audit.text_parts"
local text_rates = require "evalua.audit.text_rates"
local units = require "evalua.audit.units"
local values = require "evalua.audit.value"
local words = require "evalua.extract.words"

local M = {}

-- Sentences ------------------------------------------------------------------

local ends = { "。", "！", "？" }
local semicolons = { "；", ";" }

local function has_mark(text, marks)
  for _, mark in ipairs(marks) do
    if text:find(mark, 1, true) then return true end
  end
  return false
end

--- Rows of one line in sentences, and in their pieces between semicolons.
local function sentences(line, rows)
  local whole, pieces, last = { {} }, { {} }, 1
  for _, row in ipairs(rows) do
    local between = line:sub(last, row.start - 1)
    -- 支出100万元。其中：… goes on
    local is_end = has_mark(between, ends)
      and not words.inside("parts", between)
    if is_end then whole[#whole + 1] = {} end
    if is_end or has_mark(between, semicolons) then pieces[#pieces + 1] = {} end
    table.insert(whole[#whole], row)
    table.insert(pieces[#pieces], row)
    last = row.stop
  end
  return whole, pieces
end

-- Stated twice ---------------------------------------------------------------

local SHORT, LONG = 12, 15 -- bytes of a name: 4 and 5 characters

--- Whether two figures say the same; where their units differ the rougher one
--- counts: 0.43亿元 is 4263.67万元. nil: it cannot be told.
local function same_figure(a, b)
  if a.value == b.value and a.measure_unit == b.measure_unit
    and a.qualifier == b.qualifier then return true end
  local same = values.compare("=", figures.value(a), figures.value(b))
  if same ~= false or a.measure_unit == b.measure_unit then return same end
  if a.qualifier ~= "exact" or b.qualifier ~= "exact" then return same end
  return values.compare("=", figures.value(a, true), figures.value(b, true))
end

--- What is done can be done twice; what a place or a unit has is one number.
local function is_activity(name)
  return words.at("name_verb", name, 1) ~= nil
end

--- A bound is a target, which need not be what is: 控制在7.5天以内.
local function is_bound(row)
  return row.qualifier == "at_most" or row.qualifier == "at_least"
end

--- What is planned need not be what came: a figure below 绩效目标.
local function is_aim(row)
  return row.heading ~= nil and words.inside("aim", row.heading)
end

--- The year that a figure's sentence names last before it.
local function note_years(line, rows)
  local year, at = nil, 1
  for _, row in ipairs(rows) do
    local between = line:sub(at, row.start - 1)
    if has_mark(between, ends) then year = nil end
    year = between:match("^.*(%d%d%d%d)年") or year
    row.year, at = year, row.stop
  end
end

local function add_restated(sheet, a, b)
  local same = same_figure(a, b)
  local outcome = same and "holds" or same == nil and "undecided" or "flag"
  if same == false and #a.name >= LONG and not is_activity(a.name)
    and not (is_bound(a) or is_bound(b)) and a.whole == b.whole
    and not (is_aim(a) or is_aim(b)) then
    outcome = "fails"
  end
  local sign = same and "=" or same == nil and "≈" or "≠"
  local first, second = figures.text(a, sheet), figures.text(b, sheet)
  tables.add(sheet, "restated", { outcome = outcome, severity = "medium",
    name = a.name, place = figures.place(sheet, a, b),
    expected = first, found = second,
    arithmetic = ("%s %s %s"):format(first, sign, second) })
end

local function top_of(section) return (section or ""):match "^[^.]*" end

--- Short names say little, so they are compared across main sections only.
local function are_comparable(a, b)
  if a.section == b.section or figures.is_relative(a) then return false end
  -- parts of different totals, or figures of different years
  if a.whole and b.whole and a.whole ~= b.whole then return false end
  if a.year and b.year and a.year ~= b.year then return false end
  if #a.name <= SHORT and top_of(a.section) == top_of(b.section) then
    return false
  end
  return figures.is_like(a, b)
end

local function restatements(sheet, rows)
  local first = {}
  for _, row in ipairs(rows) do
    if row.name and not row.in_table then
      local other = first[row.name]
      if other == nil then first[row.name] = row
      elseif are_comparable(other, row) then
        add_restated(sheet, other, row)
      end
    end
  end
end

-- Rates ----------------------------------------------------------------------

local hundred = exact.of(100)

--- A share of people or things above 100 %.
local function is_over(row)
  return row.measure_unit == "%" and row.name ~= nil
    and words.ending("share", row.name) ~= nil
    and row.qualifier ~= "at_most" and tonumber(row.value) > 100
end

--- The count that a rate directly behind it may be of.
local function base_of(row)
  local n = row and row.qualifier == "exact" and not row.in_table
    and math.tointeger(tonumber(row.value))
  if not n or n < 1 then return nil end
  local unit = units.all()[row.measure_unit]
  return unit and unit.discrete and n or nil
end

--- Counts before a rate in its sentence, the nearest first.
local function bases_before(rows, i)
  local list = {}
  for k = i - 1, math.max(1, i - 4), -1 do
    local n = base_of(rows[k])
    if n then list[#list + 1] = { n = n, row = rows[k] } end
  end
  return list
end

--- One count as a share of another that is the rate: 209 of 216.
local function pair_of(rate, bases)
  for _, part in ipairs(bases) do
    for _, whole in ipairs(bases) do
      local first, last = numbers.whole_counts(rate, whole.n)
      if part ~= whole and first <= part.n and part.n <= last then
        return part, whole
      end
    end
  end
end

--- A rate behind counts: a share of one of them, or at least possible for one.
local function check_share(sheet, row, bases)
  local part, whole = pair_of(row.value, bases)
  local possible, line
  if part then
    local share = hundred * exact.of(part.n) / exact.of(whole.n)
    possible, line = true, ("%d / %d = %s%%"):format(part.n, whole.n,
      share:text(4))
  else
    for _, base in ipairs(bases) do
      local fits, text = numbers.feasible(row.value, base.n, sheet.text)
      if fits or line == nil then
        possible, line, whole = fits, text, base
      end
      if fits then break end
    end
  end
  tables.add(sheet, "rate-feasible", { name = row.name,
    outcome = possible and "holds" or "fails", severity = "medium",
    place = figures.place(sheet, whole.row, row), expected = "k / " .. whole.n,
    found = row.value .. "%", arithmetic = line })
end

local function check_rates(sheet, rows)
  for i, row in ipairs(rows) do
    local share = row.measure_unit == "%" and row.name
      and words.ending("share", row.name) and row.qualifier == "exact"
    local bases = share and bases_before(rows, i) or {}
    if is_over(row) then
      tables.add(sheet, "rate-feasible", { outcome = "fails",
        severity = "medium", name = row.name, place = figures.place(sheet, row),
        expected = "≤ 100%", found = row.value .. "%",
        arithmetic = row.value .. "% > 100%" })
    elseif #bases > 0 and base_of(rows[i - 1]) then
      check_share(sheet, row, bases)
    end
  end
end

-- Spending against the budget of one paragraph -------------------------------

--- A name without the kind of budget that an account belongs to: 一般公共预算
--- 收入 is no budget.
local function without_fund(name)
  for _, fund in ipairs(words.all().lists.fund) do
    local first, last = name:find(fund, 1, true)
    if first then return name:sub(1, first - 1) .. name:sub(last + 1) end
  end
  return name
end

local function check_execution(sheet, rows)
  local budget
  for _, row in ipairs(rows) do
    local name = figures.is_money(row) and without_fund(row.name or "") or ""
    if words.ending("spent", name) and budget then
      local rate = values.divide(figures.value(row), figures.value(budget))
      local over = values.compare(">", figures.value(row), figures.value(budget))
      if rate == nil then return end
      tables.add(sheet, "ratio-bound", { severity = "high", name = row.name,
        outcome = over and "flag" or "holds",
        place = figures.place(sheet, budget, row), expected = "≤ 100%",
        found = render.value(rate, { percent = true }),
        arithmetic = ("%s / %s = %s"):format(figures.text(row, sheet),
          figures.text(budget, sheet), render.value(rate, { percent = true })),
        reason = over and sheet.text(
          "spending above “%s”, the only budget named", budget.name) or nil })
      return
    end
    if words.ending("budget", name) then budget = budget or row end
  end
end

-- The whole text -------------------------------------------------------------

--- Note on which levels a style of heading number stands. 1. stands below 一、
--- where there is no （一）, and says nothing.
local function check_heading(number, path, line, seen)
  local style = names.number_of(number)
  if style:find "1" then return end
  local _, level = path:gsub("%.", ".")
  seen.levels[style] = seen.levels[style] or {}
  if not seen.levels[style][level] then
    seen.levels[style][level] = line
    seen.count[style] = (seen.count[style] or 0) + 1
    if seen.count[style] == 2 then seen.repeated[#seen.repeated + 1] = style end
  end
end

local function add_numbering(sheet, seen)
  for _, style in ipairs(seen.repeated) do
    local levels, lines = {}, {}
    for level in pairs(seen.levels[style]) do levels[#levels + 1] = level end
    table.sort(levels)
    for i, level in ipairs(levels) do
      lines[i], levels[i] = seen.levels[style][level], tostring(level + 1)
    end
    table.sort(lines)
    tables.add(sheet, "numbering", { outcome = "flag", severity = "low",
      place = sheet.name .. ":" .. table.concat(lines, ","),
      name = sheet.text "Heading numbers",
      arithmetic = sheet.text("numbers like “%s” stand on the levels %s",
        style, table.concat(levels, ", ")) })
  end
end

local function add_astray(sheet, number, after, line)
  tables.add(sheet, "numbering", { outcome = "flag", severity = "low",
    place = sheet.name .. ":" .. line, name = sheet.text "Heading numbers",
    arithmetic = sheet.text("“%s” follows “%s”", number, after) })
end

local function add_residue(sheet, line, number)
  for _, start in ipairs(words.all().lists.residue) do
    if line:find(start, 1, true) then
      tables.add(sheet, "text", { outcome = "fails", severity = "low",
        name = sheet.text "Clean text", place = sheet.name .. ":" .. number,
        found = start, arithmetic = sheet.text(
          "residue of a word processor: %s", start) })
      return
    end
  end
end

--- The figures of a line that stand in its sentences, not in a table's cells.
local function in_sentences(rows)
  local found = {}
  for _, row in ipairs(rows) do
    if row.stop then found[#found + 1] = row end
  end
  return found
end

--- The checks of one line.
local function check_line(sheet, line, seen)
  local number = line.number
  add_residue(sheet, line.raw, number)
  if line.heading then
    check_heading(line.heading, line.sections.path, number, seen)
    if line.sections.after then
      add_astray(sheet, line.heading, line.sections.after, number)
    end
  end
  local found = in_sentences(line.rows)
  if #found > 0 then
    note_years(line.text, found)
    local whole, pieces = sentences(line.text, found)
    text_parts.check(sheet, line.text, whole, pieces)
    for _, piece in ipairs(pieces) do
      text_rates.check(sheet, line.text, piece)
    end
    for _, piece in ipairs(pieces) do check_rates(sheet, piece) end
    check_execution(sheet, found)
  end
  text_lists.check(sheet, line.text, number, found)
  -- a report of 50 MB has millions of figures: what is not asked for again goes
  for _, row in ipairs(line.rows) do row.exact, row.phrase = nil, nil end
end

--- Findings on a text: rows with the fields of an audit.
---@param text string UTF-8
---@param opts { lang: string, name: string }
---@return table[] findings
function M.run(text, opts)
  local sheet = { lang = opts.lang, name = opts.name, rows = {}, counts = {},
    text = setmetatable({ lang = opts.lang }, { __call = function(_, ...)
      return lang.text(opts.lang, ...)
    end }) }
  local seen = { levels = {}, count = {}, repeated = {} }
  local rows = extract.rows(text, 0, function(line)
    check_line(sheet, line, seen)
  end)
  restatements(sheet, rows)
  add_numbering(sheet, seen)
  return sheet.rows
end

return M

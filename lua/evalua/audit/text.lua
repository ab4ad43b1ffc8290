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
local text_lists = require "evalua.audit.text_lists"
local units = require "evalua.audit.units"
local values = require "evalua.audit.value"
local words = require "evalua.extract.words"

local M = {}

local about = exact.of "1/20"

local function value_of(row, printed)
  if printed then
    return values.of(row.value, row.measure_unit, row.qualifier,
      { about = about, printed = true })
  end
  row.exact = row.exact or values.of(row.value, row.measure_unit,
    row.qualifier, { about = about })
  return row.exact
end

--- Words that count people.
local people = { ["人"] = true, ["名"] = true, ["位"] = true }

--- Whether two figures can be added: of one kind, and counts of the same kind
--- of thing: 人 and 名, not 人 and 户.
local function is_like(a, b)
  if a.measure_unit == b.measure_unit then return true end
  local x, y = units.find(a.measure_unit or ""), units.find(b.measure_unit or "")
  if next(x.dims) == nil and x.plain ~= y.plain then
    return people[x.plain] and people[y.plain]
  end
  return values.same_dims(x, y)
end

local function figure_text(row, sheet)
  return render.figure(row.value, row.measure_unit, row.qualifier, sheet.lang)
end

local function place_of(sheet, ...)
  local lines, seen = {}, {}
  for _, row in ipairs { ... } do
    if not seen[row.line] then lines[#lines + 1] = tostring(row.line) end
    seen[row.line] = true
  end
  return sheet.name .. ":" .. table.concat(lines, ",")
end

-- Stated twice ---------------------------------------------------------------

local SHORT, LONG = 12, 15 -- bytes of a name: 4 and 5 characters

--- Whether two figures say the same; where their units differ the rougher one
--- counts: 0.43亿元 is 4263.67万元. nil: it cannot be told.
local function same_figure(a, b)
  if a.value == b.value and a.measure_unit == b.measure_unit
    and a.qualifier == b.qualifier then return true end
  local same = values.compare("=", value_of(a), value_of(b))
  if same ~= false or a.measure_unit == b.measure_unit then return same end
  if a.qualifier ~= "exact" or b.qualifier ~= "exact" then return same end
  return values.compare("=", value_of(a, true), value_of(b, true))
end

--- What is done can be done twice; what a place or a unit has is one number.
local function is_activity(name)
  return words.at("name_verb", name, 1) ~= nil
end

--- A bound is a target, which need not be what is: 控制在7.5天以内.
local function is_bound(row)
  return row.qualifier == "at_most" or row.qualifier == "at_least"
end

local function add_restated(sheet, a, b)
  local same = same_figure(a, b)
  local outcome = same and "holds" or same == nil and "undecided" or "flag"
  if same == false and #a.name >= LONG and not is_activity(a.name)
    and not (is_bound(a) or is_bound(b)) then
    outcome = "fails"
  end
  local sign = same and "=" or same == nil and "≈" or "≠"
  local first, second = figure_text(a, sheet), figure_text(b, sheet)
  tables.add(sheet, "restated", { outcome = outcome, severity = "medium",
    name = a.name, place = place_of(sheet, a, b),
    expected = first, found = second,
    arithmetic = ("%s %s %s"):format(first, sign, second) })
end

local function top_of(section) return (section or ""):match "^[^.]*" end

--- Short names say little, so they are compared across main sections only.
local function are_comparable(a, b)
  if a.section == b.section then return false end
  if #a.name <= SHORT and top_of(a.section) == top_of(b.section) then
    return false
  end
  return is_like(a, b)
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

-- Parts and totals of a sentence ---------------------------------------------

local ends = { "。", "；", "！", "？", ";" }

--- Rows of one line in sentences.
local function sentences(line, rows)
  local list, current, last = {}, {}, 1
  for _, row in ipairs(rows) do
    local between = line:sub(last, row.start - 1)
    for _, mark in ipairs(ends) do
      if between:find(mark, 1, true) then
        list[#list + 1], current = current, {}
        break
      end
    end
    current[#current + 1], last = row, row.stop
  end
  list[#list + 1] = current
  return list
end

local function sum_of(rows)
  local sum
  for _, row in ipairs(rows) do
    local value = value_of(row)
    sum = sum and values.add(sum, value) or value
  end
  return sum
end

local function sum_text(rows, sheet)
  local parts = {}
  for i, row in ipairs(rows) do parts[i] = figure_text(row, sheet) end
  return table.concat(parts, " + ")
end

local function add_parts(sheet, total, parts, complete)
  local sum, whole = sum_of(parts), value_of(total)
  local same = values.compare("=", sum, whole)
  local outcome, reason = "holds", nil
  if same == nil then outcome = "undecided"
  elseif not same then
    local over = values.compare(">", sum, whole)
    outcome = (complete or over) and "fails" or "flag"
    reason = not (complete or over)
      and sheet.text "the parts named may not be all" or nil
  end
  local sign = same and "=" or same == nil and "≈" or "≠"
  tables.add(sheet, "parts", { outcome = outcome,
    severity = outcome == "flag" and "low" or "high",
    name = total.name, place = place_of(sheet, total, parts[1]),
    reason = reason, expected = figure_text(total, sheet),
    found = render.value(sum, { like = whole }),
    arithmetic = ("%s%s %s %s"):format(sum_text(parts, sheet), same and ""
      or " = " .. render.value(sum, { like = whole }), sign,
      figure_text(total, sheet)) })
end

local MOST_PARTS = 100 -- figures of a sentence that may be parts of another

--- "总额A，其中：甲B、乙C": what follows 其中 in the same kind of unit.
local function find_parts(sheet, line, rows)
  for i = 1, #rows - 2 do
    local between = line:sub(rows[i].stop, rows[i + 1].start - 1)
    local marked = false
    for _, word in ipairs(words.all().lists.parts) do
      marked = marked or between:find(word, 1, true)
    end
    if marked and rows[i].measure_unit ~= "%" then
      local parts = {}
      for k = i + 1, math.min(#rows, i + MOST_PARTS) do
        if not is_like(rows[i], rows[k]) then break end
        parts[#parts + 1] = rows[k]
      end
      if #parts >= 2 then add_parts(sheet, rows[i], parts, false) end
    end
  end
end

--- "甲A、乙B，合计C": all of the sentence before 合计, unless something is said
--- of each.
local function is_total(line, rows, i)
  local before = line:sub(rows[i - 1].stop, rows[i].start - 1)
  local word = words.ending("total", before)
  if word ~= "合计" and word ~= "共计" and word ~= "总计" then return false end
  for k = 1, i - 1 do
    if not is_like(rows[k], rows[i]) then return false end
  end
  local text = line:sub(math.max(1, rows[1].start - 60), rows[i].start)
  for _, each in ipairs(words.all().lists.each) do
    if text:find(each, 1, true) then return false end
  end
  return true
end

local function find_total(sheet, line, rows)
  for i = 3, math.min(#rows, MOST_PARTS + 1) do
    if is_total(line, rows, i) then
      add_parts(sheet, rows[i], table.move(rows, 1, i - 1, 1, {}), true)
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
    place = place_of(sheet, whole.row, row), expected = "k / " .. whole.n,
    found = row.value .. "%", arithmetic = line })
end

local function check_rates(sheet, rows)
  for i, row in ipairs(rows) do
    local share = row.measure_unit == "%" and row.name
      and words.ending("share", row.name) and row.qualifier == "exact"
    local bases = share and bases_before(rows, i) or {}
    if is_over(row) then
      tables.add(sheet, "rate-feasible", { outcome = "fails",
        severity = "medium", name = row.name, place = place_of(sheet, row),
        expected = "≤ 100%", found = row.value .. "%",
        arithmetic = row.value .. "% > 100%" })
    elseif #bases > 0 and base_of(rows[i - 1]) then
      check_share(sheet, row, bases)
    end
  end
end

-- Spending against the budget of one paragraph -------------------------------

local function check_execution(sheet, rows)
  local budget
  for _, row in ipairs(rows) do
    local is_money = row.qualifier == "exact"
      and units.find(row.measure_unit or "").dims.money
    local name = is_money and row.name or ""
    if words.ending("spent", name) and budget then
      local rate = values.divide(value_of(row), value_of(budget))
      local over = values.compare(">", value_of(row), value_of(budget))
      if rate == nil then return end
      tables.add(sheet, "ratio-bound", { severity = "high", name = row.name,
        outcome = over and "flag" or "holds",
        place = place_of(sheet, budget, row), expected = "≤ 100%",
        found = render.value(rate, { percent = true }),
        arithmetic = ("%s / %s = %s"):format(figure_text(row, sheet),
          figure_text(budget, sheet), render.value(rate, { percent = true })),
        reason = over and sheet.text(
          "spending above “%s”, the only budget named", budget.name) or nil })
      return
    end
    if words.ending("budget", name) then budget = budget or row end
  end
end

-- The whole text -------------------------------------------------------------

--- Note on which levels a style of heading number stands.
local function check_heading(number, path, line, seen)
  local style = names.number_of(number)
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
    for _, sentence in ipairs(sentences(line.text, found)) do
      find_parts(sheet, line.text, sentence)
      find_total(sheet, line.text, sentence)
      check_rates(sheet, sentence)
    end
    check_execution(sheet, found)
  end
  text_lists.check(sheet, line.text, number, found)
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

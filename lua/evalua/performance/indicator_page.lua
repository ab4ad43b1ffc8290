--- The common indicators and the base-data form (基础数据表) as parts of
--- reports.

local common = require "evalua.performance.common"
local exact = require "evalua.exact"
local terms = require "evalua.performance.terms"

local M = {}

--- A formula with the names of its parts for people.
local function formula_text(page, row)
  local function names(text)
    return (text:gsub("[%l_][%w_]*", function(part)
      return common.part_names({ part }, page.lang)
    end))
  end
  local function bracket(text)
    return text:find("[%+%-%*]") and "(" .. text .. ")" or text
  end
  local text = names(bracket(row.numerator)) .. " / "
    .. names(bracket(row.denominator))
  return (text:gsub(" %- ", " − "):gsub(" %* ", " × "))
end

local function why(page, result)
  if result.zero then return page:text("the denominator is zero") end
  return common.part_names(result.missing, page.lang)
end

local function key_of(row)
  return row.variant and row.id .. ":" .. row.variant or row.id
end

local function add_figure(page, result)
  page:figure { id = key_of(result.row), name = page:name(result.row),
    value = result.value, unit = "%", formula = ("100 * (%s) / (%s)"):format(
      result.row.numerator, result.row.denominator), from = result.from,
    note = result.value == nil and why(page, result) or nil }
end

--- The results in the file's order; `variants`: all of them, else the first
--- of each indicator, or the one that `chosen` names.
local function results_of(page, variants, chosen)
  local results, seen = {}, {}
  for _, row in ipairs(common.list()) do
    local wanted = chosen and chosen[row.id]
    local is_it = variants or wanted == (row.variant or "")
      or wanted == nil and not seen[row.id]
    if is_it then
      results[#results + 1] = common.compute(row, page.year)
      seen[row.id] = true
    end
  end
  return results
end

--- Those that can be computed, and one line of those that cannot.
---@param page table
function M.summary(page)
  local rows, without = {}, {}
  for _, result in ipairs(results_of(page, true)) do
    if result.value then
      rows[#rows + 1] = { page:name(result.row),
        terms.percent(result.value, page.lang), formula_text(page, result.row) }
    elseif result.row.variant == nil then
      without[#without + 1] = page:name(result.row)
    end
  end
  page:heading "Common indicators"
  if #rows > 0 then
    page:table({ "Indicator", ">Value", "Formula" }, rows, { [3] = 1 })
  end
  if #without > 0 then
    page:finding("warn", "not computable, %d of them (the report 'indicators' "
      .. "names what is missing): %s", #without, table.concat(without,
        page.lang == "zh" and "、" or ", "))
  end
end

--- All common indicators with formula and what is missing.
---@param page table
---@param variants boolean?
---@param chosen table<string, string>? variant by indicator
function M.all(page, variants, chosen)
  local rows = {}
  for i, result in ipairs(results_of(page, variants, chosen)) do
    rows[i] = { key_of(result.row), page:name(result.row),
      terms.percent(result.value, page.lang), formula_text(page, result.row),
      why(page, result) }
    add_figure(page, result)
  end
  page:heading "Common indicators"
  page:table({ "Id", "Indicator", ">Value", "Formula", "Missing" }, rows,
    { [1] = 2, [4] = 1 })
end

-- The base-data form ----------------------------------------------------

local function cell_text(cell, places)
  if cell == nil then return "" end
  if cell.value == nil then return "–" end
  local value = places and cell.value:decimal(places)
  return value and terms.number(value) or terms.fraction(cell.value, 2)
end

local columns = { "last", "budget", "final" }

local function form_figures(page, row)
  for _, column in ipairs(columns) do
    local cell = row[column]
    if cell then
      page:figure { id = ("base.%d.%s"):format(row.row.seq, column),
        name = page:name(row.row), value = cell.value,
        formula = row.row[column], from = cell.from,
        note = cell.value == nil and page:text("missing: %s",
          common.part_names(cell.missing, page.lang)) or nil }
    end
  end
end

--- 基础数据表: what is missing is a dash.
---@param page table
function M.base_form(page)
  local rows, missing = {}, 0
  for i, row in ipairs(common.base_form(page.year)) do
    local cells = { ("  "):rep(row.row.level - 1) .. page:name(row.row) }
    for _, column in ipairs(columns) do
      cells[#cells + 1] = cell_text(row[column], row.row.places)
      if row[column] and row[column].value == nil then missing = missing + 1 end
    end
    rows[i] = { cells = cells, strong = row.row.level == 1 }
    form_figures(page, row)
  end
  page:heading("Base data (%s)", terms.money(page.lang, page.year.money_unit))
  page:table({ "Item", ">Last year, final", ">This year, budget",
    ">This year, final" }, rows)
  if missing > 0 then
    page:finding("warn", "%d cells of the base-data form are empty", missing)
  end
end

local levels = { fails = "bad", holds = "info", undecided = "warn" }

local function check_text(page, check)
  if check.outcome == "undecided" then
    return page:text("missing: %s", common.part_names(check.missing,
      page.lang))
  end
  return ("%s %s %s"):format(terms.fraction(check.stated, 6),
    check.outcome == "holds" and "=" or "≠", terms.fraction(check.computed, 6))
end

--- The form's own arithmetic.
---@param page table
function M.checks(page)
  local rows = {}
  for i, check in ipairs(common.base_checks(page.year)) do
    rows[i] = { cells = { check.row.id, page:name(check.row),
      page:text(check.outcome), check_text(page, check) },
      paint = { [3] = levels[check.outcome] == "bad" and "bad" or nil } }
    page:figure { id = "check." .. check.row.id, name = page:name(check.row),
      value = check.outcome ~= "undecided" and exact.of(
        check.outcome == "holds" and 1 or 0) or nil,
      formula = ("%s = %s"):format(check.row.stated, check.row.computed),
      from = check.from, note = check.outcome }
    if check.outcome == "fails" then
      page.failed = page.failed or {}
      table.insert(page.failed, page:name(check.row))
    end
  end
  page:heading "Arithmetic of the form"
  page:table({ "Id", "Check", "Result", "Arithmetic" }, rows)
  if page.failed then
    page:finding("bad", "the form does not add up: %s",
      table.concat(page.failed, page.lang == "zh" and "、" or ", "))
  end
end

return M

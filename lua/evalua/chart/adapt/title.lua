--- What every chart says about its figures: who, what, in which unit, when,
--- and what the scenarios are called.
local labels = require "evalua.labels"
local limit = require "evalua.chart.limit"
local words = require "evalua.chart.words"

local M = {}

--- The name that people use for a code of a column.
function M.name(column, value, lang)
  if value == nil then return words.text(lang, "(none)") end
  return labels.find(lang, column, tostring(value)) or tostring(value)
end

--- The name of a combination of the by-columns: their values' names, one
--- behind the other.
---@param values any[] in the order of `by`, nil is missing
function M.label(values, by, lang)
  local parts = {}
  for i, name in ipairs(by) do parts[i] = M.name(name, values[i], lang) end
  return table.concat(parts, " / ")
end

--- What another column says about every combination of the by-columns, by
--- its label.
---@return table<string, any>
function M.by_label(t, by, column, lang)
  local keys = table.move(by, 1, #by, 1, {})
  keys[#keys + 1] = column
  local found = {}
  for _, row in t:distinct(keys):rows() do
    local values = {}
    for i, name in ipairs(by) do values[i] = row[name] end
    found[M.label(values, by, lang)] = row[column]
  end
  return found
end

--- The only value of a column, or nil.
local function only_value(t, name)
  if not t:has(name) then return nil end
  local rows = t:distinct(name):to_rows()
  if #rows == 1 then return rows[1][name] end
end

--- Who and when, where the table's own columns say it in one value each.
---@return { who: string?, when: string? }
function M.context(t, lang)
  local who, year = only_value(t, "unit"), only_value(t, "year")
  local name = who and labels.find(lang, "unit", tostring(who))
  if who and not name and not tostring(who):find("^[%l%d_-]+$") then
    name = tostring(who) -- not a code
  end
  local when
  if year and tostring(year):find("^%d%d%d%d$") then
    when = lang == "zh" and words.text(lang, "year %s", tostring(year))
      or tostring(year)
  end
  return { who = name, when = when }
end

local kinds = { expense = "Expenditure", revenue = "Revenue" }

--- What is measured, where one kind of account was asked for.
function M.what(opts)
  local kind = require("evalua.budget").kind(tostring(opts.kind or "expense"))
  return kind and words.text(opts.lang, kinds[kind])
end

--- What is measured by a column (or by a version of the long form): its name
--- for people.
function M.what_column(opts, role)
  local column = tostring(opts[role])
  local name = opts.phase and labels.find(opts.lang, opts.phase, column)
    or labels.find(opts.lang, column) or words.column(opts.lang, column)
  return name
end

--- The unit on the chart, and what amounts are divided by when it was asked
--- for; `limit` where the two do not fit.
---@param amount string|false|nil the column with the amounts
function M.unit(t, opts, amount)
  local from, problem = opts.amount_unit, nil
  if not from and amount then
    from, problem = require("evalua.source").unit_of(t, {}, amount)
  end
  if problem then limit(problem, "data") end
  local unit, divisor, message = require("evalua.budget").shown_unit(from,
    opts.unit, opts.lang)
  if message then limit(message, "data") end
  return unit, divisor
end

--- What the source calls a scenario, where that is a version of the budget.
local function version_name(opts, name)
  if name == nil then return nil end
  local found = opts.phase and labels.find(opts.lang, opts.phase, name)
    or labels.find(opts.lang, "version", name)
  if found and opts.lang == "en" then
    found = found:gsub("^%u", string.lower)
  end
  return found
end

--- Codes and names of the scenarios.
function M.scenario(opts)
  local codes = opts.scenario or {}
  local out = { base = codes.base or "PL", actual = codes.actual or "AC",
    prior = codes.prior or "PY", forecast = codes.forecast or "FC" }
  for _, role in ipairs { "base", "actual", "prior", "forecast" } do
    out[role .. "_name"] = codes[role .. "_name"]
      or version_name(opts, opts[role])
  end
  return out
end

--- opts.title is the message, or a table with the parts of the title.
---@param t evalua.table|false|nil what may say who and when
---@param when string? better than what the table's year says
function M.of(t, opts, unit, what, when)
  local given = opts.title
  if type(given) ~= "table" then given = { message = given } end
  local context = t and M.context(t, opts.lang) or {}
  return { message = given.message,
    who = given.who or opts.who or context.who,
    what = given.what or opts.what or what,
    when = given.when or opts.when or when or context.when,
    source = given.source or opts.source,
    unit = given.unit or unit }
end

-- Options that a chart's spec takes over as they are.
local passed = { "lang", "size", "theme", "sort", "top", "highlight",
  "neutral", "magnify", "cumulative", "percent", "start" }

--- The notes given, and one on rows that have no period.
---@param undated integer how many periods are missing
function M.notes(opts, undated)
  local given = opts.notes or {}
  local notes = table.move(given, 1, #given, 1, {})
  if undated > 0 then
    notes[#notes + 1] = words.text(opts.lang, "Rows without a period are left "
      .. "out")
  end
  return notes
end

--- Raise where years of quarters would begin within one.
function M.check_start(start, series)
  local kind = series[1] and series[1].kind
  if start and start ~= 1 and kind == "moon" then
    limit(("a year that begins in month %d needs periods with their year, such "
      .. "as 2023-04"):format(start), "data")
  elseif start and kind == "quarter" and start % 3 ~= 1 then
    limit("a financial year of quarters begins in month 1, 4, 7 or 10", "data")
  end
end

--- A spec with what the options say about its looks.
function M.complete(opts, spec)
  for _, name in ipairs(passed) do
    if spec[name] == nil then spec[name] = opts[name] end
  end
  spec.notes = spec.notes or opts.notes
  return spec
end

return M

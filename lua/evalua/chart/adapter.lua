--- From tables to chart specs: rows of a variance, with the names that people
--- use for the codes in them.
local amount = require "evalua.chart.amount"
local labels = require "evalua.labels"
local language = require "evalua.lang"
local limit = require "evalua.chart.limit"
local words = require "evalua.chart.words"

local M = {}

-- ---- the variance ----

--- Options that `t:variance` takes from ours.
local passed = { "by", "base", "actual", "kind", "phase", "amount", "net",
  "expense_sign" }

--- Is it the result of a variance already?
local function is_variance(t)
  for _, name in ipairs { "base", "actual", "variance", "variance_pct",
    "favourable" } do
    if not t:has(name) then return false end
  end
  return true
end

--- The by-columns of a result: those in front of its base.
local function keys_of(t)
  local keys = {}
  for _, name in ipairs(t:names()) do
    if name == "base" then return keys end
    keys[#keys + 1] = name
  end
end

--- The rows with subtotals and total, the by-columns, and notes.
local function variance_of(t, opts)
  if is_variance(t) then return t, keys_of(t), opts.notes or {} end
  local options = { total = true }
  for _, name in ipairs(passed) do options[name] = opts[name] end
  local by = options.by or {}
  if type(by) == "string" then by = { by } end
  options.by = by
  options.rollup = #by > 1
  local result, notes = t:variance(options)
  local texts = {}
  for i, note in ipairs(notes) do texts[i] = M.note(note, opts.lang) end
  return result, by, table.move(opts.notes or {}, 1, #(opts.notes or {}),
    #texts + 1, texts)
end

--- A note { english, values... } as text.
function M.note(note, lang)
  local parts = { table.unpack(note, 2) }
  for i, part in ipairs(parts) do
    if type(part) == "userdata" then
      parts[i] = amount.signed(part, part:scale())
    end
  end
  return language.text(lang, note[1], table.unpack(parts))
end

-- ---- rows ----

local function name_of(row, key, lang)
  local value = row[key]
  if value == nil then return words.text(lang, "(none)") end
  return labels.find(lang, key, tostring(value)) or tostring(value)
end

--- Names of leaves that occur in several groups get their group's name.
local function label_leaves(rows, by, lang)
  local seen, last = {}, by[#by]
  for _, row in ipairs(rows) do
    if row.role == "leaf" then seen[row.label] = (seen[row.label] or 0) + 1 end
  end
  for _, row in ipairs(rows) do
    if row.role == "leaf" and seen[row.label] > 1 and #by > 1 then
      row.label = name_of(row.source, by[#by - 1], lang) .. " / "
        .. name_of(row.source, last, lang)
    end
  end
end

--- The level of the leaves: the deepest there is.
local function deepest(rows, nkeys)
  local level = 0
  for _, row in ipairs(rows) do
    level = math.max(level, row.level or nkeys)
  end
  return level
end

--- Rows of a plain spec from those of a variance. Without by-columns the only
--- row is a leaf, else the chart would be empty.
local function rows_of(t, by, opts)
  local source, rows = t:to_rows(), {}
  local leaf = deepest(source, #by)
  for i, row in ipairs(source) do
    local level = row.level or #by
    local role = level == leaf and "leaf" or level == 0 and "total"
      or "subtotal"
    rows[i] = { role = role, level = level, base = row.base, source = row,
      actual = row.actual, variance = row.variance,
      variance_pct = row.variance_pct, favourable = row.favourable,
      label = level == 0 and words.text(opts.lang, "Total")
        or name_of(row, by[level], opts.lang) }
  end
  label_leaves(rows, by, opts.lang)
  return rows
end

-- ---- titles ----

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
local function what_of(opts)
  local kind = require("evalua.budget").kind(tostring(opts.kind or "expense"))
  return kind and words.text(opts.lang, kinds[kind])
end

--- The unit on the chart, and what amounts are divided by when it was asked
--- for; nil, nil, message where the two do not fit.
local function unit_of(t, opts)
  local from, problem = opts.amount_unit, nil
  if not from and not is_variance(t) then
    from, problem = require("evalua.source").unit_of(t, {},
      opts.amount or opts.actual)
  end
  if problem then return nil, nil, problem end
  return require("evalua.budget").shown_unit(from, opts.unit, opts.lang)
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

local function scenario_of(opts)
  local codes = opts.scenario or {}
  return { base = codes.base or "PL", actual = codes.actual or "AC",
    base_name = codes.base_name or version_name(opts, opts.base),
    actual_name = codes.actual_name or version_name(opts, opts.actual) }
end

--- opts.title is the message, or a table with the parts of the title.
local function title_of(t, opts, unit)
  local given = opts.title
  if type(given) ~= "table" then given = { message = given } end
  local context = is_variance(t) and {} or M.context(t, opts.lang)
  return { message = given.message,
    who = given.who or opts.who or context.who,
    what = given.what or opts.what or what_of(opts),
    when = given.when or opts.when or context.when,
    source = given.source or opts.source,
    unit = given.unit or unit }
end

--- A plain spec from a table: the result of a variance, or any table with
--- `by`, `base` and `actual` as t:variance takes them.
---@param kind string
---@param t evalua.table
---@param opts table? by base actual kind phase amount net expense_sign,
---  amount_unit unit, title who what when source notes, lang size theme sort
---  top scenario
---@return table spec
function M.spec(kind, t, opts)
  local all = setmetatable({ lang = opts and opts.lang or language.current },
    { __index = opts or {} })
  local unit, divisor, message = unit_of(t, all)
  if message then limit(message, "data") end
  local result, by, notes = variance_of(t, all)
  return { kind = kind, rows = rows_of(result, by, all),
    title = title_of(t, all, unit), scenario = scenario_of(all),
    notes = notes, divisor = divisor, lang = all.lang, size = all.size,
    theme = all.theme, sort = all.sort, top = all.top }
end

return M

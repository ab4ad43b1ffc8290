--- From tables to the specs of variance and bridge charts: rows of a
--- variance, with the names that people use for the codes in them.
local amount = require "evalua.chart.amount"
local col = require "evalua.col"
local language = require "evalua.lang"
local limit = require "evalua.chart.limit"
local title = require "evalua.chart.adapt.title"
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
  return title.name(key, row[key], lang)
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
  return rows
end

--- A year is no year before itself.
local function check_prior(opts)
  for _, name in ipairs { "base", "actual" } do
    if opts.prior ~= nil and tostring(opts.prior) == tostring(opts[name]) then
      limit(("prior and %s are the same: '%s'"):format(name,
        tostring(opts.prior)), "data")
    end
  end
end

--- The long form without the prior year's rows, which else would be said to be
--- of no use.
local function without_prior(t, opts)
  local prior = opts.prior
  if prior == nil or opts.phase == nil or not t:has(opts.phase) then
    return t
  end
  local value = prior
  if t:column(opts.phase):type() == "int" then
    value = math.tointeger(tonumber(prior) or prior)
    if not value then return t end -- no such version: the variance says so
  end
  return t:where(col[opts.phase]:ne(value))
end

--- Rows of another pair of scenarios, by the same lines.
local function rows_between(t, opts, base, actual)
  local shifted = setmetatable({ base = base, actual = actual, notes = {} },
    { __index = opts })
  local result, by = variance_of(t, shifted)
  return rows_of(result, by, opts)
end

--- What tells the lines of a level apart: the values of the first `depth`
--- by-columns.
local function place_of(row, by, depth)
  local parts = {}
  for i = 1, depth do
    local value = row.source[by[i]]
    parts[i] = value == nil and "\2" or type(value) .. tostring(value)
  end
  return table.concat(parts, "\1")
end

--- Rows with their comparisons with the prior year. Lines that only that year
--- has stand at the end of their group.
local function with_past(rows, pasts, by)
  local at, gone, out = {}, {}, {}
  for _, row in ipairs(rows) do at[place_of(row, by, row.level)] = row end
  for _, past in ipairs(pasts) do
    local known = at[place_of(past, by, past.level)]
    if known then
      known.past = past
    elseif past.level > 0 then
      local parent = place_of(past, by, past.level - 1)
      gone[parent] = gone[parent] or {}
      table.insert(gone[parent], { role = past.role, level = past.level,
        label = past.label, source = past.source, past = past })
    end
  end
  local function put(row)
    local place = place_of(row, by, row.level)
    for _, lost in ipairs(gone[place] or {}) do put(lost) end
    gone[place] = nil
    out[#out + 1] = row
  end
  for _, row in ipairs(rows) do put(row) end
  for _, lost in ipairs(gone[""] or {}) do put(lost) end -- there is no total
  return out
end

--- A plain spec of a variance or bridge chart from a table: the result of a
--- variance, or any table with `by`, `base` and `actual` as t:variance takes
--- them.
---@param t evalua.table
---@param opts table
---@param kind string
---@return table spec
function M.spec(t, opts, kind)
  local given = is_variance(t)
  local unit, divisor = title.unit(t, opts, not given
    and (opts.amount or opts.actual))
  if given and opts.prior ~= nil then
    limit("a table of variances has no prior year: draw the table that it was "
      .. "made from", "data")
  end
  check_prior(opts)
  local result, by, notes = variance_of(without_prior(t, opts), opts)
  local rows, before = rows_of(result, by, opts), nil
  if opts.prior ~= nil and kind == "bridge" then
    before = rows_between(t, opts, opts.prior, opts.base)
  elseif opts.prior ~= nil then
    rows = with_past(rows, rows_between(t, opts, opts.prior, opts.actual), by)
  end
  label_leaves(rows, by, opts.lang)
  label_leaves(before or {}, by, opts.lang)
  return title.complete(opts, { rows = rows, before = before,
    notes = notes, divisor = divisor,
    title = title.of(not given and t, opts, unit, title.what(opts)),
    scenario = title.scenario(opts) })
end

return M

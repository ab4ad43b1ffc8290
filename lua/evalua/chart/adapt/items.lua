--- From tables to the specs of bullet, slope, share and pareto charts: one
--- item for each combination of the by-columns.
local budget = require "evalua.budget"
local data = require "evalua.chart.data"
local limit = require "evalua.chart.limit"
local periods = require "evalua.chart.period"
local title = require "evalua.chart.adapt.title"
local words = require "evalua.chart.words"

local M = {}

local function list_of(value)
  return type(value) == "table" and value or { value }
end

local function label_of(cell, by, lang)
  return title.label(cell.keys, by, lang)
end

-- ---- what is good ----

local directions = { ge = 1, higher = 1, revenue = 1, le = -1, lower = -1,
  expense = -1, eq = 0, info = false, qual = false }

--- More is better (1), worse (-1), neither (0); false: nobody says.
local function direction(word)
  word = tostring(word):lower()
  local found = directions[word]
  if found == nil then found = directions[budget.kind(word) or ""] end
  return found
end

--- A function from a row's key to its direction.
local function directions_of(t, by, opts)
  if opts.kind == nil then return function() return 1 end end
  local same = direction(opts.kind)
  if same ~= nil then return function() return same end end
  if not t:has(opts.kind) then
    limit(("unknown kind '%s': ge, le, eq, or the name of a column")
      :format(opts.kind), "data")
  end
  local found = title.by_label(t, by, opts.kind, opts.lang)
  for label, word in pairs(found) do
    found[label] = direction(word)
    if found[label] == nil then
      limit(("column '%s' holds '%s', which is none of ge, le, eq, info")
        :format(opts.kind, tostring(word)), "data")
    end
  end
  return function(label) return found[label] end
end

local function bullet(t, opts, by)
  local cells = data.cells(t, by, { base = opts.base, actual = opts.actual },
    opts)
  local way = directions_of(t, by, opts)
  local units = t:has "measure_unit"
    and title.by_label(t, by, "measure_unit", opts.lang) or {}
  local rows = {}
  for i, cell in ipairs(cells) do
    local label = label_of(cell, by, opts.lang)
    rows[i] = { label = label, base = cell.base, actual = cell.actual,
      better = way(label), unit = units[label] }
  end
  return { rows = rows, bands = opts.bands,
    title = title.of(t, opts, nil, words.text(opts.lang,
      "Performance indicators")) }
end

local function structure_of(what, lang)
  local name = what:gsub("^%u", string.lower)
  return words.say(lang, "Structure of {1}", name)
end

local function slope(t, opts, by)
  local cells = data.cells(t, by, { base = opts.base, actual = opts.actual },
    opts)
  local rows = {}
  for i, cell in ipairs(cells) do
    rows[i] = { label = label_of(cell, by, opts.lang), base = cell.base,
      actual = cell.actual }
  end
  local unit, divisor = title.unit(t, opts, opts.amount or opts.actual)
  local what = title.what(opts)
  if opts.percent and what then
    what = structure_of(what, opts.lang)
  end
  return { rows = rows, divisor = divisor,
    title = title.of(t, opts, unit, what) }
end

local function pareto(t, opts, by)
  local rows = {}
  for i, cell in ipairs(data.cells(t, by, { value = opts.value }, opts)) do
    rows[i] = { label = label_of(cell, by, opts.lang), value = cell.value }
  end
  local unit, divisor = title.unit(t, opts, opts.amount or opts.value)
  return { rows = rows, divisor = divisor,
    title = title.of(t, opts, unit, title.what_column(opts, "value")) }
end

-- ---- shares ----

--- A bar for each scenario that is asked for.
local function scenario_bars(t, opts, by)
  local roles = { base = opts.base, actual = opts.actual, prior = opts.prior }
  local rows = data.cells(t, by, roles, opts)
  local bars, scenario = {}, title.scenario(opts)
  for _, role in ipairs { "prior", "base", "actual" } do
    if opts[role] then
      local bar = { role = role, code = scenario[role], values = {} }
      for i, row in ipairs(rows) do bar.values[i] = row[role] end
      bars[#bars + 1] = bar
    end
  end
  return rows, bars
end

--- A bar for each period.
local function period_bars(t, opts, by)
  local keys = table.move(by, 1, #by, 1, {})
  keys[#keys + 1] = opts.period
  local cells = data.cells(t, keys, { value = opts.value }, opts)
  local seen, rows, times = {}, {}, {}
  for _, cell in ipairs(cells) do
    local time = cell.keys[#keys]
    if time ~= nil then times[#times + 1] = time end
  end
  local series, place = periods.series(times, opts.period)
  local bars = {}
  for i, period in ipairs(series) do
    bars[i] = { label = periods.name(period, opts.lang, true), code = "AC",
      values = {} }
  end
  for _, cell in ipairs(cells) do
    local label = label_of(cell, by, opts.lang)
    if not seen[label] then
      rows[#rows + 1] = cell
      seen[label] = #rows
    end
    local at = place[tostring(cell.keys[#keys])]
    if at then bars[at].values[seen[label]] = cell.value end
  end
  return rows, bars, periods.span(series, opts.lang)
end

local function share(t, opts, by)
  local by_time = opts.period ~= nil
  if by_time and opts.value == nil or not by_time and opts.actual == nil then
    error("a chart share needs the options 'base' and 'actual', or 'period' "
      .. "and 'value'", 0)
  end
  local cells, bars, when = (by_time and period_bars or scenario_bars)(t,
    opts, by)
  local rows = {}
  for i, cell in ipairs(cells) do
    rows[i] = { label = label_of(cell, by, opts.lang) }
  end
  local unit, divisor = title.unit(t, opts, opts.amount or opts.actual
    or opts.value)
  local what = by_time and title.what_column(opts, "value")
    or title.what(opts)
  return { rows = rows, bars = bars, divisor = divisor,
    title = title.of(t, opts, unit, what and structure_of(what, opts.lang),
      when) }
end

local makers = { bullet = bullet, slope = slope, pareto = pareto,
  share = share }

--- A plain spec of a bullet, slope, share or pareto chart.
---@param t evalua.table
---@param opts table
---@param kind string
---@return table spec
function M.spec(t, opts, kind)
  local spec = makers[kind](t, opts, list_of(opts.by))
  spec.scenario = title.scenario(opts)
  return title.complete(opts, spec)
end

return M

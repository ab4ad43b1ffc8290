--- From tables to the specs of heatmaps and multiples: a row of cells for each
--- combination of the by-columns, a cell for each period.
local data = require "evalua.chart.data"
local periods = require "evalua.chart.period"
local polarity_of = require("evalua.chart.adapt.series").polarity_of
local title = require "evalua.chart.adapt.title"

local M = {}

local function times_of(cells, at)
  local times, undated = {}, 0
  for _, cell in ipairs(cells) do
    if cell.keys[at] == nil then undated = undated + 1 end
    times[#times + 1] = cell.keys[at]
  end
  return times, undated
end

--- Rows by label in order of appearance, their cells by period.
local function rows_of(cells, by, place, count, lang)
  local rows, seen = {}, {}
  for _, cell in ipairs(cells) do
    local at = place[tostring(cell.keys[#by + 1])]
    local label = title.label(cell.keys, by, lang)
    if at then
      local row = seen[label]
      if not row then
        row = { label = label, cells = {} }
        for i = 1, count do row.cells[i] = {} end
        rows[#rows + 1], seen[label] = row, row
      end
      row.cells[at] = { base = cell.base, actual = cell.actual }
    end
  end
  return rows
end

--- The last period in which anything was done; later ones are not drawn.
local function last_used(rows, count)
  for i = count, 1, -1 do
    for _, row in ipairs(rows) do
      if row.cells[i].actual ~= nil then return i end
    end
  end
  return 0
end

--- A plain spec of a heatmap or of small multiples.
---@param t evalua.table
---@param opts table
---@param kind string
---@return table spec
function M.spec(t, opts, kind)
  local by = type(opts.by) == "table" and opts.by or { opts.by }
  local keys = table.move(by, 1, #by, 1, {})
  keys[#keys + 1] = opts.period
  local heat = kind == "heatmap"
  local roles = { base = opts.base,
    actual = heat and opts.actual or opts.value }
  local cells = data.cells(t, keys, roles, opts)
  local times, undated = times_of(cells, #keys)
  local series, place = periods.series(times, opts.period)
  title.check_start(opts.start, series)
  local rows = rows_of(cells, by, place, #series, opts.lang)
  local last = last_used(rows, #series)
  local unit, divisor = title.unit(t, opts, opts.amount or roles.actual)
  local what = opts.base and title.what(opts)
    or title.what_column(opts, "value")
  return title.complete(opts, { periods = series, rows = rows, last = last,
    bands = opts.bands, divisor = divisor,
    notes = title.notes(opts, undated),
    has_base = opts.base ~= nil, scenario = title.scenario(opts),
    polarity = polarity_of(t, opts),
    title = title.of(t, opts, unit, what, periods.span(
      table.move(series, 1, math.max(last, 1), 1, {}), opts.lang)) })
end

return M

--- An audit of one unit and one year, out of a folder or a database that has
--- several: which document is meant, and which of its rows.

local which = require "evalua.performance.which"

local M = {}

local function fail(message, ...) return nil, message:format(...), "usage" end

local function cells_of(rows)
  local list = {}
  for i, row in ipairs(rows or {}) do list[i] = row.cells end
  return list
end

--- The ids of the unit that is named and of all below it; false when none is.
local function inside_of(rows, name)
  if name == nil then return false end
  local units = cells_of(rows)
  local found = which.called(units, name)
  if #found == 1 then return which.below(units, found[1]) end
  if #found == 0 then
    return fail("there is no unit '%s'; there are: %s", name,
      which.names_of(units))
  end
  return fail("several units are called '%s': name one by its id: %s", name,
    which.names_of(found))
end

--- The year of a figure's period: 2022, to_2022.
local function year_of(cells)
  return math.tointeger(tonumber(cells.year
    or (cells.period or ""):match("%d%d%d%d$")))
end

--- Tables whose rows are of one year; the others are kept whole.
local of_years = { budget = true, indicators = true, facts = true }

--- Figures of the plan are dated by the year that it is for.
local function is_of_year(name, cells, year)
  local own = year_of(cells)
  if not of_years[name] or own == nil or own == year then return true end
  return name == "facts" and cells.section == "plan" and own == year + 1
end

local function is_wanted(name, cells, inside, year)
  if inside and cells.unit ~= nil and not inside[cells.unit] then
    return false
  end
  return year == nil or is_of_year(name, cells, year)
end

local function years_of(data)
  local years = {}
  for name in pairs(of_years) do
    for _, row in ipairs(data.tables[name] or {}) do
      local year = year_of(row.cells)
      if year then years[year] = true end
    end
  end
  return years
end

--- The last year with money, where there are several.
---@param data evalua.audit.data
---@return integer? year
---@return string? years all of them
function M.last_year(data)
  local years = {}
  for _, row in ipairs(data.tables.budget or {}) do
    local year = year_of(row.cells)
    if year then years[year] = true end
  end
  local list = which.sorted_keys(years)
  if #list > 1 then return list[#list], table.concat(list, ", ") end
end

local function keep(rows, name, inside, year)
  local kept = {}
  for _, row in ipairs(rows) do
    if is_wanted(name, row.cells, inside, year) then kept[#kept + 1] = row end
  end
  return kept
end

--- Leave only the rows of a unit (and of those below it) and of a year.
---@param data evalua.audit.data
---@param opts { unit: string?, year: integer? }
---@return evalua.audit.data? data
---@return string? message
---@return string? code
function M.rows(data, opts)
  local inside, message, code = inside_of(data.tables.units, opts.unit)
  if inside == nil then return nil, message, code end
  local years = years_of(data)
  if opts.year and not years[opts.year] then
    return fail("'%s' has nothing of %d; there are: %s", data.path, opts.year,
      table.concat(which.sorted_keys(years), ", "))
  end
  for name, rows in pairs(data.tables) do
    data.tables[name] = keep(rows, name, inside, opts.year)
    data.by_id[name] = {}
    for _, row in ipairs(data.tables[name]) do
      if row.cells.id then data.by_id[name][row.cells.id] = row end
    end
  end
  return data
end

--- The documents of a database that speak of the unit in the year: those to
--- which an amount, an indicator or a figure of it belongs.
---@param tables table<string, evalua.audit.row[]> units, budget, indicators,
---  facts of the whole database
---@param opts { unit: string?, year: integer? }
---@return table<string, true>? ids
---@return string? message
---@return string? code
function M.documents(tables, opts)
  local inside, message, code = inside_of(tables.units, opts.unit)
  if inside == nil then return nil, message, code end
  local ids = {}
  for name in pairs(of_years) do
    for _, row in ipairs(tables[name]) do
      if row.cells.source_id
        and is_wanted(name, row.cells, inside, opts.year) then
        ids[row.cells.source_id] = true
      end
    end
  end
  return ids
end

return M

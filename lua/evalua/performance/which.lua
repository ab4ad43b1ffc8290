--- Which unit and which year are meant, out of all rows of a database; and who
--- is above and below whom.

local M = {}

local function keep(rows, condition)
  local kept = {}
  for _, row in ipairs(rows) do
    if condition(row) then kept[#kept + 1] = row end
  end
  return kept
end

-- Which unit ------------------------------------------------------------

local function has_alias(row, name)
  for alias in (row.alias or ""):gmatch("[^|]+") do
    if alias == name then return true end
  end
  return false
end

local function is_called(row, name)
  return row.id == name or row.name_zh == name or row.name_en == name
    or has_alias(row, name)
end

--- The units of a list that an id, a name or a short form means.
---@param units table[]
---@param name string
---@return table[]
function M.called(units, name)
  return keep(units, function(row) return is_called(row, name) end)
end

local MOST_NAMES = 8

--- "dfh (东方红街道办事处), …" for messages.
---@param rows table[] units
---@return string
function M.names_of(rows)
  local names = {}
  for i = 1, math.min(#rows, MOST_NAMES) do
    names[i] = ("%s (%s)"):format(rows[i].id, rows[i].name_zh)
  end
  if #rows > MOST_NAMES then names[#names + 1] = "…" end
  return table.concat(names, ", ")
end
local names_of = M.names_of

--- Units that report: those with money or indicators of their own.
local function reporting(all)
  local seen = {}
  for _, name in ipairs { "budget_line", "indicator" } do
    for _, row in all.large[name]:distinct("unit"):rows() do
      seen[row.unit] = true
    end
  end
  local found = keep(all.unit, function(row) return seen[row.id] end)
  if #found > 0 then return found end
  return keep(all.unit, function(row)
    return row.parent_id == nil and row.parent2_id == nil
  end)
end

--- The unit that is named, or the only one that reports.
---@param all table rows by table, larger tables in `large`
---@param name string?
---@param where string what messages call the database
---@return table? unit
---@return string? message
function M.unit(all, name, where)
  if #all.unit == 0 then
    return nil, ("'%s' has no unit: load a unit's folder with evalua import")
      :format(where)
  end
  if name ~= nil then
    local found = M.called(all.unit, name)
    if #found == 1 then return found[1] end
    if #found > 1 then
      return nil, ("several units are called '%s': name one by its id: %s")
        :format(name, names_of(found))
    end
    return nil, ("there is no unit '%s'; there are: %s"):format(name,
      names_of(reporting(all)))
  end
  local found = reporting(all)
  if #found == 1 then return found[1] end
  return nil, ("which unit? name one with --unit: %s"):format(names_of(found))
end

--- Two parents are allowed, a circle is not: nobody is above himself.
---@param by_id table<string, table>
---@param unit table
---@return true? ok
---@return string? message
function M.check_circle(by_id, unit)
  local function above(row, way, on_way)
    if on_way[row.id] then
      return nil, ("the units %s are above each other in a circle")
        :format(table.concat(way, ", "))
    end
    on_way[row.id], way[#way + 1] = true, row.id
    for _, key in ipairs { "parent_id", "parent2_id" } do
      local parent = by_id[row[key]]
      if parent ~= nil then
        local ok, message = above(parent, way, on_way)
        if not ok then return nil, message end
      end
    end
    on_way[row.id], way[#way] = nil, nil
    return true
  end
  return above(unit, {}, {})
end

--- The unit and all below it, by either parent.
---@param units table[]
---@param unit table
---@return table<string, boolean> ids
function M.below(units, unit)
  local inside, grown = { [unit.id] = true }, true
  while grown do
    grown = false
    for _, row in ipairs(units) do
      if not inside[row.id]
        and (inside[row.parent_id] or inside[row.parent2_id]) then
        inside[row.id], grown = true, true
      end
    end
  end
  return inside
end

-- Which year ------------------------------------------------------------

local function add_years(rows, years)
  for _, row in ipairs(rows) do
    local year = math.tointeger(tonumber(row.year
      or row.period and row.period:match("%d%d%d%d$")))
    if year then years[year] = true end
  end
end

--- The keys of a set in order.
---@param set table
---@return any[]
function M.sorted_keys(set)
  local keys = {}
  for key in pairs(set) do keys[#keys + 1] = key end
  table.sort(keys)
  return keys
end

--- The year asked for; else the last one with money, indicators or figures.
---@param all table the unit's own rows by table
---@param unit table
---@param wanted integer?
---@return integer? year
---@return string? message
function M.year(all, unit, wanted)
  local years, known = {}, {}
  for _, name in ipairs { "budget_line", "indicator", "fact" } do
    local own = {}
    add_years(all[name], own)
    known[#known + 1] = M.sorted_keys(own)
    for year in pairs(own) do years[year] = true end
  end
  if wanted ~= nil then
    if years[wanted] or next(years) == nil then return wanted end
    return nil, ("unit '%s' has nothing of %d; there are: %s"):format(unit.id,
      wanted, table.concat(M.sorted_keys(years), ", "))
  end
  for _, list in ipairs(known) do
    if #list > 0 then return list[#list] end
  end
  return nil, ("unit '%s' has no money, no indicators and no figures: name the "
    .. "year with --year"):format(unit.id)
end

return M

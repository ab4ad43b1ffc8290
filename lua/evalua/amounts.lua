--- Columns of amounts in a source: are they numbers, are they in one unit.

local source = require "evalua.source"

local M = {}

local function is_empty(t, name)
  return t:column(name):missing() == t:nrows()
end

--- Raise the first cell that keeps a column from being numbers.
---@param t evalua.table
---@param names string[]
---@param problems table<string, string> what reading found
function M.check(t, names, problems)
  for _, name in ipairs(names) do
    if problems[name] ~= nil and not is_empty(t, name) then
      error(problems[name], 0)
    end
  end
end

--- Amounts in different units are not compared. Where cells say nothing,
--- `unit` does; a side without any value has no unit to differ in.
---@param t evalua.table
---@param names string[]
---@param units table<string, string> what reading found
---@param unit string? that of the rest
function M.check_units(t, names, units, unit)
  for _, name in ipairs(names) do
    if is_empty(t, name) then return end
  end
  for i = 2, #names do
    local one, other = units[names[1]] or unit, units[names[i]] or unit
    if one ~= other then
      error(("column '%s' is in %s and column '%s' in %s: bring them to one "
        .. "unit"):format(names[1], one or "no unit", names[i],
        other or "no unit"), 0)
    end
  end
end

--- The unit that the source itself says the first of these columns that has
--- one is in, else `unit`; raises where both say one and differ.
---@param t evalua.table
---@param info table what reading found
---@param names string[]
---@param unit string?
---@return string? unit
function M.unit(t, info, names, unit)
  local from = nil
  for _, name in ipairs(names) do
    local found, problem = source.unit_of(t, info, name)
    if problem ~= nil then error(problem, 0) end
    from = from or found
  end
  from = from or unit
  if from ~= (unit or from) then
    error(("the source is in %s, not in %s as --amount-unit says")
      :format(from, unit), 0)
  end
  return from
end

return M

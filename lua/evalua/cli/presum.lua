--- Sums that a source tells instead of its rows: for reports that sum anyway.

local core = require "evalua.core"

local M = {}

local exact = { int = true, decimal = true }

local function is_exact(outline, name)
  return exact[outline:column(name):type():match("^%a+")] ~= nil
end

--- The query of the sums of `amounts` by `keys`, under the names of their
--- columns; nil where the rows themselves are needed: sums of reals depend on
--- their order, a table is there already.
---@param query evalua.query
---@param keys string[]
---@param amounts string[]
---@return evalua.query?
function M.of(query, keys, amounts)
  local outline = query.outline
  if outline == nil or query.source.table ~= nil then return nil end
  local by, taken, items = {}, {}, {}
  for _, name in ipairs(keys) do
    if not taken[name] then by[#by + 1] = name end
    taken[name] = true
  end
  -- The unit that rows say they are in is asked for later.
  if outline:has "measure_unit" and not taken.measure_unit then
    by[#by + 1] = "measure_unit"
    taken.measure_unit = true
  end
  for _, name in ipairs(amounts) do
    if not is_exact(outline, name) then return nil end
    if not taken[name] then
      items[#items + 1] = { name = name, fn = "sum", column = name }
    elseif taken[name] ~= items then
      return nil -- a key cannot be summed as well
    end
    taken[name] = items
  end
  return query:group_by(by):summarise(items)
end

--- `t` with the outline's other columns, without any value: whether a column
--- is there is asked too.
---@param t evalua.table
---@param outline evalua.table
---@return evalua.table
function M.with_others(t, outline)
  for _, name in ipairs(outline:names()) do
    if not t:has(name) then
      local empty = core.column.new({}, t:nrows(), "int")
      t = core.table.with(t, name, empty)
    end
  end
  return t
end

return M

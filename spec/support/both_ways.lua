--- The same numbers on both ways into a table: as floats of a Lua array, and
--- through a CSV file, where columns become decimal.

local ev = require "evalua"
local support = require "support"

--- { floats = table, csv = table } of columns by name.
---@param columns table<string, number[]>
---@return table<string, evalua.table>
return function(columns)
  local lines, names = {}, {}
  for name in pairs(columns) do names[#names + 1] = name end
  table.sort(names)
  lines[1] = table.concat(names, ",")
  for i = 1, #columns[names[1]] do
    local cells = {}
    for c, name in ipairs(names) do cells[c] = tostring(columns[name][i]) end
    lines[i + 1] = table.concat(cells, ",")
  end
  local path = support.write("t.csv", table.concat(lines, "\n") .. "\n")
  return { floats = ev.table { columns = columns },
    csv = assert(ev.read_csv(path)) }
end

--- The rows of a table as text, "甲 2022 1.50; 乙 2022 NA".

---@param t evalua.table
---@param ... string the columns, all without (what else a verb gave is none)
---@return string
return function(t, ...)
  local lines = {}
  local names = type((...)) == "string" and { ... } or t:names()
  for i, row in t:rows() do
    local cells = {}
    for k, name in ipairs(names) do
      local value = row[name]
      cells[k] = value == nil and "NA" or tostring(value)
    end
    lines[i] = table.concat(cells, " ")
  end
  return table.concat(lines, "; ")
end

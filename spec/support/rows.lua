--- The rows of a table as text, "甲 2022 1.50; 乙 2022 NA".

---@param t evalua.table
---@param ... string the columns, all without
---@return string
return function(t, ...)
  local names, lines = { ... }, {}
  if #names == 0 then names = t:names() end
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

--- What specs ask of a chart's display list.
local M = {}

--- Its texts of a tag, in the order they are drawn.
---@param list DisplayList
---@param tag string
---@return string[]
function M.texts(list, tag)
  local found = {}
  for _, item in ipairs(list:find("text", tag)) do
    found[#found + 1] = item.text
  end
  return found
end

return M

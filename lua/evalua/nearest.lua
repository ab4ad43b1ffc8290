--- The name that was meant: what stands behind "there is no 'x'".

local core = require "evalua.core"

local M = {}

--- The candidate nearest to what was typed, or nil where none is near: up to
--- a third of its letters and one more may differ.
---@param typed string
---@param names string[]
---@return string?
function M.name(typed, names)
  local best, least = nil, #typed // 3 + 2
  for _, name in ipairs(names) do
    local far = core.text.distance(typed, name)
    if far ~= nil and far < least then best, least = name, far end
  end
  return best
end

--- A column that is not known where a known one that is written alike is not
--- there: what it says would pass unseen. Further columns are no mistake.
---@param names string[] those that are there
---@param known string[]
---@return string? name
---@return string? meant
function M.misspelt(names, known)
  local is_there, is_known = {}, {}
  for _, name in ipairs(names) do is_there[name] = true end
  for _, name in ipairs(known) do is_known[name] = true end
  for _, name in ipairs(names) do
    for _, meant in ipairs(known) do
      local far = not (is_known[name] or is_there[meant])
        and core.text.distance(name, meant)
      if far and far <= (#meant < 5 and 1 or 2) then return name, meant end
    end
  end
end

--- " (did you mean 'y'?)", or "; there are: y, z" where no name is near.
---@param typed string
---@param names string[]
---@return string
function M.hint(typed, names)
  local near = M.name(typed, names)
  if near ~= nil then return (" (did you mean '%s'?)"):format(near) end
  return "; there are: " .. table.concat(names, ", ")
end

return M

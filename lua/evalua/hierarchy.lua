--- Trees of codes: which codes stand above a code, from the top down to
--- itself. A tree is told by the codes themselves (their first characters, or
--- their parts), by a column of the same table, or by a table of its own.

local values = require "evalua.values"

local M = {}

--- The steps of a tree: the parent of a code, false at the top; nil and a
--- message where it cannot be told.
---@alias evalua.hierarchy fun(code: string): string|false|nil, string?

--- A code's parent is what its first characters say: 2010101 stands below
--- 20101 below 201 with the lengths {3, 5, 7} (the functional classes of
--- Chinese budgets).
---@param lengths integer[] ascending, in characters
---@return evalua.hierarchy
function M.by_prefix(lengths)
  local allowed = table.concat(lengths, ", ")
  return function(code)
    local length = utf8.len(code) or #code
    for i, n in ipairs(lengths) do
      if n == length then
        if i == 1 then return false end
        local cut = utf8.offset(code, lengths[i - 1] + 1)
        return code:sub(1, (cut or lengths[i - 1] + 1) - 1)
      end
    end
    return nil, ("the code '%s' has %d characters, not %s"):format(code,
      length, allowed)
  end
end

--- A code's parent is the code without its last part: 1.2.3 below 1.2.
---@param separator string
---@return evalua.hierarchy
function M.by_part(separator)
  return function(code)
    local at, from = nil, code:find(separator, 1, true)
    while from ~= nil do
      at, from = from, code:find(separator, from + #separator, true)
    end
    return at ~= nil and code:sub(1, at - 1)
  end
end

local function text_of(value) return value ~= nil and tostring(value) or nil end

--- Codes with their parents, as two columns of a table have them. A missing
--- parent, or a code that is its own, is the top. nil and a message where a
--- code has two parents.
---@param t evalua.table
---@param code string
---@param parent string
---@param is_whole boolean whether a code that is not among them is an error
---@return evalua.hierarchy?
---@return string? message
function M.by_column(t, code, parent, is_whole)
  local parents = {}
  for _, row in t:distinct(code, parent):rows() do
    local child, above = text_of(row[code]), text_of(row[parent])
    if child ~= nil then
      above = above ~= child and above or false
      if parents[child] ~= nil and parents[child] ~= above then
        return nil, ("the code '%s' has two parents: '%s' and '%s'"):format(
          child, parents[child] or "", above or "")
      end
      parents[child] = above
    end
  end
  return function(name)
    if parents[name] == nil and is_whole then
      return nil, ("the code '%s' is not in the tree"):format(name)
    end
    return parents[name] or false
  end
end

local function say_cycle(upwards, code)
  local names = {}
  for _, name in ipairs(upwards) do
    if #names > 0 or name == code then names[#names + 1] = "'" .. name .. "'" end
  end
  return ("the codes stand above each other in a circle: %s < '%s'"):format(
    table.concat(names, " < "), code)
end

--- The codes from the top of the tree down to `code`.
---@param parent_of evalua.hierarchy
---@param code string
---@return string[]? path
---@return string? message
function M.path(parent_of, code)
  local upwards, seen, at = {}, {}, code
  while at do
    if seen[at] then return nil, say_cycle(upwards, at) end
    seen[at] = true
    upwards[#upwards + 1] = at
    local above, message = parent_of(at)
    if above == nil then return nil, message end
    at = above
  end
  local path = {}
  for i = #upwards, 1, -1 do path[#path + 1] = upwards[i] end
  return path
end

--- The paths of all codes of a column as a table: the codes as they are,
--- then the columns `names[1]`, `names[2]` ... with the code on each level (NA
--- below the code itself); `names` grows to the depth of the tree. The second
--- table has each code of the tree (as `code`, text) with its `parent`.
---@param t evalua.table
---@param code string
---@param parent_of evalua.hierarchy
---@param names string[]
---@return evalua.table? paths
---@return evalua.table|string nodes or message
function M.paths(t, code, parent_of, names)
  local NA = values.NA
  local codes, paths, nodes, parents, known = {}, {}, {}, {}, {}
  for _, row in t:distinct(code):rows() do
    if row[code] ~= nil then
      local path, message = M.path(parent_of, tostring(row[code]))
      if path == nil then return nil, message end
      codes[#codes + 1], paths[#paths + 1] = row[code], path
      for level, name in ipairs(path) do
        if not known[name] then
          known[name] = true
          nodes[#nodes + 1] = name
          parents[#parents + 1] = path[level - 1] or NA
        end
        names[level] = names[level] or ("%s/%d"):format(code, level)
      end
    end
  end
  local columns, order = { [code] = codes }, { code }
  for level, name in ipairs(names) do
    local cells = {}
    for i, path in ipairs(paths) do cells[i] = path[level] or NA end
    columns[name], order[level + 1] = cells, name
  end
  return values.table { columns = columns, order = order },
    values.table { columns = { code = nodes, parent = parents },
      order = { "code", "parent" } }
end

return M

--- Several files as one table: columns are bound by name, whatever their order.

local core = require "evalua.core"

local M = {}

local function base_name(path) return path:match("[^/]+$") or path end

local function is_all_missing(t, name)
  return t:nrows() > 0 and t:column(name):missing() == t:nrows()
end

--- Columns that are text in one file and something else in another: they are
--- read as text in all of them. A column without any value has no type.
local function mixed_columns(parts)
  local text, other = {}, {}
  for _, part in ipairs(parts) do
    for _, name in ipairs(part.t:names()) do
      if not is_all_missing(part.t, name) and part.t:nrows() > 0 then
        local kind = part.t:column(name):type()
        local set = kind == "text" and text or other
        set[name] = true
      end
    end
  end
  local mixed = {}
  for name in pairs(text) do
    if other[name] then mixed[#mixed + 1] = name end
  end
  table.sort(mixed)
  return mixed
end

local function copy_of(opts)
  local copy = {}
  for name, value in pairs(opts) do copy[name] = value end
  return copy
end

--- Read again what has a column that must be text.
local function reread(parts, mixed, opts, open)
  for _, part in ipairs(parts) do
    local types, needed = copy_of(opts.types or {}), false
    for _, name in ipairs(mixed) do
      if part.t:has(name) and part.t:column(name):type() ~= "text" then
        types[name], needed = "text", true
      end
    end
    if needed then
      local again = copy_of(opts)
      again.types = types
      local t, info, code = open(part.path, again)
      if t == nil then return nil, info, code end
      info.problems = part.info.problems
      info.no_figure = part.info.no_figure
      part.t, part.info = t, info
    end
  end
  return true
end

--- The types asked for that a file has columns for: a set may differ in them.
local function only_there(types, t)
  if types == nil then return nil end
  local some = {}
  for name, kind in pairs(types) do
    if t:has(name) then some[name] = kind end
  end
  return some
end

local function without_empty(t)
  local names = {}
  for _, name in ipairs(t:names()) do
    if not is_all_missing(t, name) then names[#names + 1] = name end
  end
  if #names == 0 or #names == #t:names() then return t end
  return t:select(table.unpack(names))
end

local function order_of(parts)
  local order, seen = {}, {}
  for _, part in ipairs(parts) do
    for _, name in ipairs(part.t:names()) do
      if not seen[name] then
        seen[name] = true
        order[#order + 1] = name
      end
    end
  end
  return order
end

local function same_order(a, b)
  return table.concat(a, "\0") == table.concat(b, "\0")
end

--- What differs between the files' columns, for people.
local function note_columns(parts, order, notes)
  local first = parts[1].t:names()
  for i, part in ipairs(parts) do
    local names = part.t:names()
    for _, name in ipairs(order) do
      if not part.t:has(name) then
        notes[#notes + 1] = ("%s: no column '%s': missing in its rows"):format(
          base_name(part.path), name)
      end
    end
    if i > 1 and #names == #first and not same_order(names, first) then
      notes[#notes + 1] = ("%s: its columns stand in another order: bound by "
        .. "name"):format(base_name(part.path))
    end
  end
end

--- The columns that have a figure in none of the parts.
local function join_no_figure(parts)
  local found = {}
  for name in pairs(parts[1].info.no_figure or {}) do
    found[name] = true
    for _, part in ipairs(parts) do
      if not (part.info.no_figure or {})[name] then found[name] = nil end
    end
  end
  return found
end

--- A file that a pattern and its name both gave would be counted twice.
local function note_twice(parts, notes)
  local seen = {}
  for _, part in ipairs(parts) do
    if seen[part.path] then
      notes[#notes + 1] = ("'%s' is named twice: its rows are there twice")
        :format(part.path)
    end
    seen[part.path] = true
  end
end

local function join_info(parts, order)
  local info = { notes = {}, explain = {}, problems = {}, units = {}, rows = 0,
    sources = {}, columns = {}, no_figure = join_no_figure(parts) }
  for i, part in ipairs(parts) do
    local name = base_name(part.path)
    for _, kind in ipairs { "notes", "explain" } do
      for _, line in ipairs(part.info[kind] or {}) do
        table.insert(info[kind], name .. ": " .. line)
      end
    end
    for column, problem in pairs(part.info.problems or {}) do
      if info.problems[column] == nil then info.problems[column] = problem end
    end
    for column, unit in pairs(part.info.units or {}) do
      info.units[column] = info.units[column] or unit
      if info.units[column] ~= unit then
        return nil, ("column '%s' is in %s in '%s' and in %s before: bring them "
          .. "to one unit"):format(column, unit, part.path, info.units[column]),
          "data"
      end
    end
    info.rows = info.rows + part.t:nrows()
    info.sources[i] = { path = part.path, rows = part.t:nrows() }
  end
  note_twice(parts, info.notes)
  note_columns(parts, order, info.notes)
  return info
end

--- Read all files by `open` and put them into one table.
---@param paths string[]
---@param opts table source_column: a column that names each row's file
---@param open fun(path: string, opts: table): evalua.table?, table|string, string?
---@return evalua.table? t
---@return table|string info or message
---@return string? code
function M.open(paths, opts, open)
  local parts = {}
  for i, path in ipairs(paths) do
    local some = copy_of(opts)
    some.types = nil
    local t, info, code = open(path, some)
    if t == nil then return nil, info, code end
    if opts.types ~= nil then
      some.types = only_there(opts.types, t)
      t, info, code = open(path, some)
      if t == nil then return nil, info, code end
    end
    parts[i] = { path = path, t = t, info = info }
  end
  local ok, message, code = reread(parts, mixed_columns(parts), opts, open)
  if not ok then return nil, message, code end
  local order = order_of(parts)
  local info, problem, why = join_info(parts, order)
  if info == nil then return nil, problem, why end
  local tables = {}
  for i, part in ipairs(parts) do tables[i] = without_empty(part.t) end
  local t
  t, message, code = core.table.bind_rows(tables)
  if t == nil then return nil, message, code end
  return t, info
end

--- `t` with a column of `text` in every row.
---@param t evalua.table
---@param name string
---@param text string
---@return evalua.table
function M.with_source(t, name, text)
  return t:mutate { [name] = require("evalua.expr").tree(text) }
end

M.base_name = base_name

return M

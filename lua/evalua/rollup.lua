--- Roll-ups: sums on every level of a list of columns or of a tree of codes.
---
---     t:rollup { levels = { "region", "unit" }, total = ev.sum "amount" }
---     t:rollup { code = "function", prefix = { 3, 5, 7 }, by = "year",
---       total = ev.sum "amount" }
---     t:rollup { code = "account", parent = "belongs_to", n = ev.count() }
---     t:rollup { code = "unit", tree = units, total = ev.sum "amount" }
---
--- The result has the columns, the summaries and `level`: 0 for the total,
--- more for its parts; parts stand before their subtotal. Every subtotal is
--- computed of the rows themselves, so that a mean or a median is right too
--- and no total is ever summed again.

local aggregate = require "evalua.aggregate"
local blame = require "evalua.blame"
local core = require "evalua.core"
local grouped = require "evalua.grouped"
local hierarchy = require "evalua.hierarchy"

local M = {}

---@class evalua.table
local Table = core.table.methods

local raise, call = blame.new(debug.getinfo(1, "S").source)

local WHAT = "rollup"

--- Names that are options, so that no summary can be called so.
local reserved = { levels = true, by = true, code = true, parent = true,
  prefix = true, separator = true, tree = true, tree_code = true,
  tree_parent = true, inner = true }

local function names_of(field, value)
  if value == nil then return {} end
  if type(value) == "string" then return { value } end
  if type(value) == "table" and not aggregate.is(value) then return value end
  raise(WHAT, ("%s is the name of a column or a list of them, so no summary "
    .. "can be called so"):format(field))
end

local function summaries_of(spec)
  local list = {}
  for key, value in pairs(spec) do
    if not reserved[key] then list[key] = value end
  end
  if next(list) == nil then
    raise(WHAT, "nothing to compute: name a summary, e.g. "
      .. "total = ev.sum \"amount\"")
  end
  return list
end

local function compute(t, keys, nfixed, is_ragged, list)
  return call(WHAT, core.verbs.rollup, t, keys, list, nfixed, is_ragged)
end

local function join_names(first, second)
  local all = table.move(first, 1, #first, 1, {})
  return table.move(second, 1, #second, #all + 1, all)
end

-- Levels that are columns ----------------------------------------------------

local function by_levels(t, spec)
  local fixed = names_of("by", spec.by)
  local keys = join_names(fixed, names_of("levels", spec.levels))
  local list = call(WHAT, aggregate.list, summaries_of(spec), t)
  return compute(t, keys, #fixed, false, list)
end

-- Trees of codes -------------------------------------------------------------

local function ascending(lengths)
  for i, n in ipairs(lengths) do
    if math.type(n) ~= "integer" or n <= (lengths[i - 1] or 0) then
      raise(WHAT, "prefix is a list of lengths, such as {3, 5, 7}")
    end
  end
  return lengths
end

local function by_tree_table(spec)
  if not core.table.is(spec.tree) then
    raise(WHAT, "tree is a table, not a " .. type(spec.tree))
  end
  local code = spec.tree_code
    or spec.tree:has(spec.code) and spec.code or "code"
  return call(WHAT, hierarchy.by_column, spec.tree, code,
    spec.tree_parent or "parent", true)
end

--- The one way of the four in which the tree is told.
local function hierarchy_of(t, spec)
  local given = {}
  for _, name in ipairs { "parent", "prefix", "separator", "tree" } do
    if spec[name] ~= nil then given[#given + 1] = name end
  end
  if #given ~= 1 then
    raise(WHAT, "a tree of codes is told by one of parent, prefix, separator "
      .. "and tree")
  end
  if spec.prefix ~= nil then
    if type(spec.prefix) ~= "table" then ascending { spec.prefix } end
    return hierarchy.by_prefix(ascending(spec.prefix))
  end
  if spec.separator ~= nil then
    if type(spec.separator) ~= "string" or spec.separator == "" then
      raise(WHAT, "separator is the text between the parts of a code")
    end
    return hierarchy.by_part(spec.separator)
  end
  if spec.tree ~= nil then return by_tree_table(spec) end
  return call(WHAT, hierarchy.by_column, t, spec.code, spec.parent, false)
end

--- The keys of the rows whose code has others below it among the rows with
--- the same `fixed` columns; nil, message, code where one of those is missing.
local function inner_keys(t, fixed, code, names)
  local keys, above, levels = join_names(fixed, { code }), {}, {}
  local rows = t:distinct(table.unpack(join_names(keys, names)))
  local place_of = {}
  for i, row in rows:rows() do
    local group = {}
    for k, name in ipairs(fixed) do
      if row[name] == nil then
        return nil, ("a row has no '%s': a roll-up of codes by it needs one "
          .. "on every row"):format(name), "data"
      end
      group[k] = tostring(row[name])
    end
    local key = table.concat(group, "\0")
    local depth = #names
    while depth > 0 and row[names[depth]] == nil do depth = depth - 1 end
    levels[i] = key .. "\0\0" .. (row[names[depth]] or "")
    place_of[i] = row[code] ~= nil
    for level = 1, depth - 1 do
      above[key .. "\0\0" .. row[names[level]]] = true
    end
  end
  local inner = {}
  for i, key in ipairs(levels) do
    if place_of[i] and above[key] then inner[#inner + 1] = i end
  end
  return core.table.gather(rows, inner):select(table.unpack(keys))
end

--- One column with the code of each row, and its parent, for the level
--- columns.
local function with_codes(result, fixed, names, nodes, code, list)
  local deepest = {}
  for i = #names, 1, -1 do deepest[#deepest + 1] = ("col%q"):format(names[i]) end
  local kept = join_names(fixed, { code, "parent", "level" })
  for _, item in ipairs(list) do kept[#kept + 1] = item.name end
  local t = assert(result:mutate {
    { code, #names == 0 and core.column.NA
      or "coalesce(" .. table.concat(deepest, ", ") .. ")" } })
  t = assert(t:left_join(nodes, { [code] = "code" }))
  return t:select(table.unpack(kept))
end

local function check_names(t, fixed, spec, list)
  local taken = { parent = true, [spec.code] = true }
  for _, name in ipairs(fixed) do taken[name] = true end
  for _, item in ipairs(list) do
    if taken[item.name] then
      raise(WHAT, ("a summary cannot be called '%s': that is a column of the "
        .. "result"):format(item.name))
    end
  end
  call(WHAT, t.column, t, spec.code)
end

local function by_tree(t, spec)
  local fixed = names_of("by", spec.by)
  local list = call(WHAT, aggregate.list, summaries_of(spec), t)
  check_names(t, fixed, spec, list)
  local parent_of, problem = hierarchy_of(t, spec)
  if parent_of == nil then return nil, problem, "data" end
  local names = {}
  local paths, nodes = hierarchy.paths(t, spec.code, parent_of, names)
  if paths == nil then return nil, nodes, "data" end
  local placed = assert(t:left_join(paths, spec.code))
  local report = {}
  if spec.inner ~= "line" then
    local inner, message, code = inner_keys(placed, fixed, spec.code, names)
    if inner == nil then return nil, message, code end
    local keys = join_names(fixed, { spec.code })
    report.stated = assert(t:semi_join(inner, keys))
    placed = assert(placed:anti_join(inner, keys))
  end
  local result, message, code = compute(placed, join_names(fixed, names),
    #fixed, true, list)
  if result == nil then return nil, message, code end
  return with_codes(result, fixed, names, nodes, spec.code, list), report
end

-- The verb -------------------------------------------------------------------

---@class evalua.rollup_report
---@field stated evalua.table? rows that state the total of other rows

--- Summaries on every level. Over columns (`levels`, from the outermost
--- inwards) or over a tree of codes: `code` is the column, and the tree is told
--- by `prefix` (lengths of the levels, in characters), `separator` (between
--- the parts of a code), `parent` (the column with the code above), or `tree`
--- (a table with `tree_code`, unless said `code`'s name or "code", and
--- `tree_parent`, unless said "parent"). Nothing is summed across `by`.
---
--- A row whose code has other codes below it states a total that its parts
--- give as well: it is left out of the sums and handed back as report.stated,
--- unless `inner = "line"` says that it is an amount of its own. A code's
--- level column is text; a subtotal's code is the one that the tree names.
---@param spec table options and summaries
---@return evalua.table? t the columns, level, and the summaries
---@return evalua.rollup_report|string|nil report or message
---@return string? code
function Table:rollup(spec)
  if type(spec) ~= "table" then
    raise(WHAT, "{levels = {…}, total = ev.sum \"amount\"} was expected")
  end
  if (spec.levels == nil) == (spec.code == nil) then
    raise(WHAT, "levels = {columns} or code = \"column\" was expected")
  end
  if spec.inner ~= nil and spec.inner ~= "line" and spec.inner ~= "total" then
    raise(WHAT, ("inner may be \"total\" or \"line\", not %s"):format(
      tostring(spec.inner)))
  end
  if spec.levels ~= nil then return by_levels(self, spec) end
  return by_tree(self, spec)
end

--- t:group_by("region", "unit"):rollup { … }: those columns are the levels.
---@param spec table|string summaries, as for summarise
---@return evalua.table? t
---@return string? message
---@return string? code
function grouped:rollup(spec)
  local list = call(WHAT, aggregate.list, spec, self.table)
  return compute(self.table, self.keys, 0, false, list)
end

return M

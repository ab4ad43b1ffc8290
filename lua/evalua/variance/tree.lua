--- From lines to rows: subtotals, order, top, depth. A subtotal is the sum of
--- its leaves and stands behind them; totals are never summed again.

local amount = require "evalua.variance.amount"
local fields = require "evalua.variance.fields"
local leaves = require "evalua.variance.leaves"

local M = {}

local none = {}    -- of a node that cannot have any
local missing = {} -- stands for a key that is missing

--- The node for the first `level` of a line's keys; `depth` is how many there
--- are.
local function new_node(keys, level, depth)
  if level == depth then
    return { keys = keys, level = level, children = none }
  end
  return { keys = table.move(keys, 1, level, 1, {}), level = level,
    children = {}, index = {} }
end

--- What tells a key from the others of its column: decimals are told apart by
--- their text, everything else by itself.
local function child_id(value)
  if value == nil then return missing end
  if value ~= value then return "nan" end
  return type(value) == "userdata" and tostring(value) or value
end

--- All lines below one root, one floor per by-column.
local function grow(lines, depth)
  local root = new_node(none, 0, depth)
  for _, line in ipairs(lines) do
    local node = root
    for level = 1, depth do
      local id = child_id(line.keys[level])
      local child = node.index[id]
      if child == nil then
        child = new_node(line.keys, level, depth)
        node.index[id] = child
        node.children[#node.children + 1] = child
      end
      node = child
    end
    node.line = line
  end
  return root
end

--- All lines below a node, and the one kind of all of them or "mixed".
local function lines_of(node)
  local lines, kind = { node.line }, node.line and node.line.kind
  for _, child in ipairs(node.children) do
    table.move(child.lines, 1, #child.lines, #lines + 1, lines)
    kind = (kind == nil or kind == child.below) and child.below or "mixed"
  end
  return lines, kind
end

--- The sum of one side over the lines of a node, in a net less the expenses;
--- nil without any value.
local function side_of(node, side, options)
  local plus, minus = {}, {}
  for _, line in ipairs(node.lines) do
    local is_less = node.kind == "net" and line.kind == "expense"
    local list = is_less and minus or plus
    list[#list + 1] = line[side]
  end
  if #plus + #minus == 0 then return nil end
  local sum = amount.sum(plus, minus)
  if sum ~= nil then return sum end
  error(("%s: the sum of '%s' does not fit in 64 bits"):format(
    leaves.name_of(options.by, node.keys, node.level) or "the total",
    options[side]), 0)
end

local function add_up(node, options)
  if #node.lines == 1 then
    node.base, node.actual = node.lines[1].base, node.lines[1].actual
  else
    node.base = side_of(node, "base", options)
    node.actual = side_of(node, "actual", options)
  end
  if options.judge(node) then return end
  error(("%s: '%s' less '%s' does not fit in 64 bits"):format(
    leaves.name_of(options.by, node.keys, node.level) or "the total",
    options.actual, options.base), 0)
end

--- Sums of the nodes that `is_shown(level)` asks for, each from its lines, so
--- that no partial sum has to fit. A node of mixed kinds has no sum unless
--- netted.
local function fill(node, options, is_shown)
  for _, child in ipairs(node.children) do fill(child, options, is_shown) end
  node.lines, node.below = lines_of(node)
  node.kind = node.below == "mixed" and options.net and "net" or node.below
  for _, child in ipairs(node.children) do child.lines = nil end
  if node.kind ~= "mixed" and is_shown(node.level) then
    add_up(node, options)
  end
end

--- Order of two values of one column; missing ones last either way.
local function value_before(a, b, descending)
  if a == nil or b == nil then return a ~= nil and b == nil end
  if descending then a, b = b, a end
  if type(a) == "string" or type(b) == "string" then
    return tostring(a) < tostring(b)
  end
  if type(a) == "boolean" then return not a and b end
  return amount.before(a, b)
end

--- A function that gives a node's value in the column to sort by.
local function key_of(name, by)
  for level, column in ipairs(by) do
    if column == name then
      return function(node) return node.keys[level] end
    end
  end
  for _, field in ipairs(fields) do
    if field == name then return function(node) return node[name] end end
  end
  local names = table.move(by, 1, #by, 1, {})
  table.move(fields, 1, #fields, #names + 1, names)
  error(("cannot sort by '%s'; there are: %s"):format(name,
    table.concat(names, ", ")), 0)
end

local function size_of_variance(node)
  return node.variance and amount.magnitude(node.variance)
end

--- The order asked for: by a column, or for a top list by size of variance;
--- nil keeps the order of the source.
local function comparison(options)
  if options.sort == nil then
    if options.top == nil then return nil end
    return size_of_variance, true
  end
  local descending = options.sort:sub(1, 1) == "-"
  return key_of(options.sort:gsub("^%-", ""), options.by), descending
end

--- Sort in place and keep the order of equals.
local function sort_nodes(nodes, options)
  local key, descending = comparison(options)
  if key == nil then return end
  local place = {}
  for i, node in ipairs(nodes) do place[node] = i end
  table.sort(nodes, function(a, b)
    local x, y = key(a), key(b)
    if value_before(x, y, descending) then return true end
    if value_before(y, x, descending) then return false end
    return place[a] < place[b]
  end)
end

--- All nodes of one level below `node`, in order.
local function nodes_at(node, level, list)
  if node.level == level then
    list[#list + 1] = node
    return list
  end
  for _, child in ipairs(node.children) do nodes_at(child, level, list) end
  return list
end

local function without_sum(node, notes)
  if node.kind ~= "mixed" then return false end
  notes.mixed = true
  return true
end

--- Subtotals behind their parts; false when nothing below is shown.
local function emit_tree(node, shown, level, rows, options, notes)
  if node.level == level then
    if shown[node] and not without_sum(node, notes) then
      rows[#rows + 1] = node
    end
    return shown[node] ~= nil
  end
  sort_nodes(node.children, options)
  local any = false
  for _, child in ipairs(node.children) do
    any = emit_tree(child, shown, level, rows, options, notes) or any
  end
  if any and node.level > 0 and not without_sum(node, notes) then
    rows[#rows + 1] = node
  end
  return any
end

--- The first `top` of the lines; what is left out goes into a note.
local function choose(nodes, options, notes)
  local shown, hidden = {}, {}
  for i, node in ipairs(nodes) do
    if options.top == nil or i <= options.top then
      shown[node] = true
    elseif node.variance ~= nil then
      hidden[#hidden + 1] = node.variance
    end
  end
  if #hidden == 0 then return shown end
  local count, sum = tostring(#nodes - options.top), amount.sum(hidden, {})
  notes[#notes + 1] = sum == nil and { "rows not shown: %s", count }
    or { "rows not shown: %s; together they vary by %s", count, sum }
  return shown
end

local function note_no_percent(rows, notes)
  for _, row in ipairs(rows) do
    local whole = row.base
    if whole ~= nil and not amount.is_zero(whole) and row.rate_pct == nil then
      notes[#notes + 1] = { "a share beyond 9.2 trillion percent is not "
        .. "written out" }
      return
    end
  end
end

--- Rows in the order of the report. `lines` come from leaves.lua.
---@param lines table[]
---@param nkeys integer number of by-columns
---@param options table
---@param notes table[] notes are appended
---@return table[]
function M.rows(lines, nkeys, options, notes)
  local root = grow(lines, nkeys)
  local level = math.min(options.depth or nkeys, nkeys)
  local wants_total = options.total or options.rollup
  fill(root, options, function(at)
    return at == level or at == 0 and wants_total
      or at < level and options.rollup
  end)
  local nodes = nodes_at(root, level, {})
  sort_nodes(nodes, options)
  local shown, rows = choose(nodes, options, notes), {}
  if options.rollup then
    emit_tree(root, shown, level, rows, options, notes)
  else
    for _, node in ipairs(nodes) do
      if shown[node] and not without_sum(node, notes) then
        rows[#rows + 1] = node
      end
    end
  end
  if wants_total and level > 0 and not without_sum(root, notes) then
    rows[#rows + 1] = root
  end
  if notes.mixed then
    notes[#notes + 1] = { "revenue and expense are not added up: ask for "
      .. "revenue minus expense with --net" }
    notes.mixed = nil
  end
  note_no_percent(rows, notes)
  return rows
end

return M

--- From lines to rows: subtotals, order, top, depth. A subtotal is the sum of
--- its leaves and stands behind them; totals are never summed again.

local amount = require "evalua.variance.amount"
local leaves = require "evalua.variance.leaves"

local M = {}

local function new_node(keys, depth)
  return { keys = table.move(keys, 1, depth, 1, {}), level = depth,
    children = {}, index = {} }
end

local function child_id(value)
  return type(value) .. ":" .. tostring(value)
end

--- All lines below one root, one floor per by-column.
local function grow(lines, depth)
  local root = new_node({}, 0)
  for _, line in ipairs(lines) do
    local node = root
    for level = 1, depth do
      local id = child_id(line.keys[level])
      local child = node.index[id]
      if child == nil then
        child = new_node(line.keys, level)
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

--- A node as messages call it: its keys, or the total.
local function name_of(node, by)
  local parts = {}
  for level = 1, node.level do
    parts[level] = ("%s '%s'"):format(by[level], tostring(node.keys[level]))
  end
  return #parts > 0 and table.concat(parts, ", ") or "the total"
end

--- The sum of one side over the lines of a node; nil without any value.
local function side_of(node, side, options)
  local values = {}
  for _, line in ipairs(node.lines) do
    local value = line[side]
    if node.kind == "net" then value = leaves.signed(value, line.kind) end
    values[#values + 1] = value
  end
  if #values == 0 then return nil end
  local sum = amount.sum(values)
  if sum ~= nil then return sum end
  error(("%s: the sum of '%s' does not fit in 64 bits")
    :format(name_of(node, options.by), options[side]), 0)
end

local function judge(node, options)
  local ok, problem = pcall(options.judge, node)
  if ok then return end
  if tostring(problem):find("does not fit in a decimal", 1, true) then
    error(("%s: '%s' less '%s' does not fit in 64 bits"):format(
      name_of(node, options.by), options.actual, options.base), 0)
  end
  error(problem, 0)
end

--- Sums of all nodes, each from its lines, so that no partial sum has to fit.
--- A node of mixed kinds has no sum unless netted.
local function fill(node, options)
  for _, child in ipairs(node.children) do fill(child, options) end
  node.lines, node.below = lines_of(node)
  node.kind = node.below == "mixed" and options.net and "net" or node.below
  for _, child in ipairs(node.children) do child.lines = nil end
  if node.kind == "mixed" then return end
  node.base = side_of(node, "base", options)
  node.actual = side_of(node, "actual", options)
  judge(node, options)
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

local sortable = { base = true, actual = true, variance = true,
  variance_pct = true, rate_pct = true, status = true, favourable = true,
  material = true }

--- A function that gives a node's value in the column to sort by.
local function key_of(name, by)
  for level, column in ipairs(by) do
    if column == name then
      return function(node) return node.keys[level] end
    end
  end
  if sortable[name] then return function(node) return node[name] end end
  local names = { "base", "actual", "variance", "variance_pct", "rate_pct",
    "status", "favourable", "material" }
  error(("cannot sort by '%s'; there are: %s"):format(name,
    table.concat(table.move(names, 1, #names, #by + 1,
      table.move(by, 1, #by, 1, {})), ", ")), 0)
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
  local count, sum = tostring(#nodes - options.top), amount.sum(hidden)
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
  fill(root, options)
  local level = math.min(options.depth or nkeys, nkeys)
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
  local wants_total = options.total or options.rollup
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

--- The lazy query: `ev.scan(source):where(…):group_by(…):summarise(…)` notes
--- down its steps and does them at `:collect()`, reading only what they need.
---
--- A query has the verbs of a table. The first steps (conditions, then groups
--- with their summaries) become one plan, plain data that the source runs:
--- {where = tree?, keys = {names}, items = {summaries}?}, with items one row
--- for each group, without them the rows of these columns. What follows is
--- done on the table that comes back. Each step is tried at once on a table
--- without rows, so that wrong use raises where it was written.

local aggregate = require "evalua.aggregate"
local blame = require "evalua.blame"
local core = require "evalua.core"
local expr = require "evalua.expr"
local parse = require "evalua.parse"

---@class evalua.query
---@field source table see evalua.query_sources
---@field steps table[] {verb, arguments…}
---@field outline evalua.table? what is there so far, without rows
---@field info table? what reading found, after collect
local Query = {}
Query.__index = Query

local _, call = blame.new(debug.getinfo(1, "S").source)

--- An error of a table's verb without its place and verb: the query says both.
local function bare(problem)
  if type(problem) ~= "string" then return problem end
  return (problem:gsub("^[^\n]-%.lua:%d+: ", "", 1)
    :gsub("^[%l_]+: ", "", 1))
end

--- A verb tried on the outline; what it gives is the next outline.
local function try(what, f)
  return call(what, function()
    local results = table.pack(pcall(f))
    if not results[1] then error(bare(results[2]), 0) end
    return table.unpack(results, 2, results.n)
  end)
end

local function apply(t, step)
  if step[1] == "grouped" then
    local groups = t:group_by(table.unpack(step[2], 1, step[2].n))
    return groups[step[3]](groups, table.unpack(step, 4, step.n))
  end
  return t[step[1]](t, table.unpack(step, 2, step.n))
end

local function finish(t, steps, first)
  for i = first, #steps do
    local message, code
    t, message, code = apply(t, steps[i])
    if t == nil then return nil, message, code end
  end
  return t
end

--- The query over what its source has, all of it read: a file's outline only
--- presumes the types that a sample of the rows has.
local function certain(query)
  local source, outline = query.source, nil
  source.whole = true
  local t, info = source:load()
  if t ~= nil then
    source = require("evalua.query_sources").of_table(t, info)
    outline = finish(source:outline(), query.steps, 1)
  end
  return setmetatable({ source = source, steps = query.steps,
    outline = outline }, Query)
end

--- The query with one more step.
local function with(query, what, step)
  local function outline_of()
    if query.outline == nil then return nil end
    return apply(query.outline, step)
  end
  if query.source.presumed then
    local ok, problem = pcall(outline_of)
    local is_name = type(problem) == "string" and problem:find("no column '", 1,
      true)
    if not ok and not is_name then query = certain(query) end
  end
  local outline = try(what, outline_of)
  local steps = table.move(query.steps, 1, #query.steps, 1, {})
  steps[#steps + 1] = step
  return setmetatable({ source = query.source, steps = steps,
    outline = outline }, Query)
end

--- Verbs whose result needs nothing but a table: noted down, done at collect.
local verbs = { "where", "select", "rename", "mutate", "arrange", "distinct",
  "head", "tail", "count", "window", "summarise", "pivot_wider",
  "pivot_longer", "left_join", "inner_join", "full_join", "right_join",
  "semi_join", "anti_join", "bind_rows", "rollup", "ytd", "yoy", "rolling12",
  "fiscal" }

for _, verb in ipairs(verbs) do
  Query[verb] = function(self, ...)
    return with(self, verb, table.pack(verb, ...))
  end
end

--- A table's other methods need the rows.
setmetatable(Query, { __index = function(_, name)
  if core.table.methods[name] == nil then return nil end
  error(("a query has no '%s', a table has: collect() it first"):format(name),
    2)
end })

-- Groups --------------------------------------------------------------------

---@class evalua.query_groups
local Groups = {}
Groups.__index = Groups

--- Groups for summarise, rollup or count.
---@param ... string
---@return evalua.query_groups
function Query:group_by(...)
  local arguments = table.pack(...)
  local groups = try("group_by", function()
    if self.outline == nil then return nil end
    return self.outline:group_by(table.unpack(arguments, 1, arguments.n))
  end)
  return setmetatable({ query = self, arguments = arguments,
    outline = groups }, Groups)
end

for _, verb in ipairs { "summarise", "count", "rollup" } do
  Groups[verb] = function(self, ...)
    return with(self.query, verb,
      table.pack("grouped", self.arguments, verb, ...))
  end
end

-- From steps to a plan ------------------------------------------------------

local function keys_of(arguments)
  local keys = type(arguments[1]) == "table" and arguments[1] or arguments
  return table.move(keys, 1, #keys, 1, {})
end

local function tree_of(condition)
  if type(condition) == "string" then
    return parse.expression(condition, nil, 0)
  end
  return expr.tree(condition)
end

--- The keys and the specification of a step that makes groups; nil for others.
local function grouping(step)
  if step == nil then return nil end
  local verb = step[1]
  if verb == "summarise" then return {}, step[2] end
  if verb == "count" then
    return keys_of { table.unpack(step, 2, step.n) }, { aggregate.count() }
  end
  if verb ~= "grouped" or step[3] == "rollup" then return nil end
  if step[3] == "count" then
    return keys_of(step[2]), { aggregate.count() }
  end
  return keys_of(step[2]), step[4]
end

--- The names of the columns that the source's rows need for the steps from
--- `first` on; nil when that may be all of them.
local function names_needed(steps, first, outline)
  local used, open = {}, true
  local function use(names)
    for _, name in ipairs(names) do used[name:gsub("^%-", "")] = true end
    for _, name in ipairs(names) do used[name] = true end
  end
  for i = first, #steps do
    local step = steps[i]
    local verb = step[1]
    if verb == "where" then use(core.expr.columns(tree_of(step[2])))
    elseif verb == "arrange" then use(keys_of { table.unpack(step, 2, step.n) })
    elseif verb == "select" then
      use(keys_of { table.unpack(step, 2, step.n) })
      open = false
    elseif verb ~= "head" and verb ~= "tail" then
      return nil
    end
    if not open then break end
  end
  if open then return nil end
  local list = {}
  for _, name in ipairs(outline:names()) do
    if used[name] then list[#list + 1] = name end
  end
  return list
end

--- The plan of the first steps (at most `most` conditions in it), and the
--- first step that is left.
local function plan_of(query, outline, most)
  local plan, at = {}, 1
  while at <= #query.steps and at <= most and query.steps[at][1] == "where" do
    local tree = tree_of(query.steps[at][2])
    plan.where = plan.where == nil and tree
      or expr.node { op = "and", plan.where, tree }
    at = at + 1
  end
  local keys, spec = grouping(query.steps[at])
  if keys ~= nil then
    plan.keys, plan.items = keys, aggregate.list(spec, outline)
    return plan, at + 1
  end
  plan.keys = names_needed(query.steps, at, outline) or outline:names()
  return plan, at
end

-- Doing it ------------------------------------------------------------------

--- The plan run by the source. A condition that stands behind another one is
--- asked only of the rows that passed that: when the plan of all fails, the
--- steps are done one after the other.
local function run_plan(query)
  local outline = query.source:outline()
  if outline == nil then return nil end
  local plan, first = plan_of(query, outline, math.huge)
  local ok, t, info, code = pcall(query.source.run, query.source, plan)
  if ok and t ~= nil then return t, info, code, first end
  if ok and info == nil then return nil end
  local most = first > 2 and plan.where ~= nil and 1 or math.huge
  if most == 1 then
    plan, first = plan_of(query, outline, most)
    ok, t, info, code = pcall(query.source.run, query.source, plan)
  end
  if not ok then error(bare(t), 0) end
  return t, info, code, first
end

--- Read what is needed, do all steps: the table, and what reading found
--- ({notes =, explain =, units =, rows =, …}).
---@return evalua.table? t
---@return table|string info or the message
---@return string? code
function Query:collect()
  local t, info, code, first = call("collect", run_plan, self)
  if t == nil and info == nil then
    t, info, code = self.source:load()
    if t == nil then return nil, info, code end
    local loaded = require("evalua.query_sources").of_table(t, info)
    t, info, code, first = call("collect", run_plan,
      setmetatable({ source = loaded, steps = self.steps }, Query))
  end
  if t == nil then return nil, info, code end
  local done, message, kind = call("collect", function()
    local results = table.pack(pcall(finish, t, self.steps, first))
    if not results[1] then error(bare(results[2]), 0) end
    return table.unpack(results, 2, results.n)
  end)
  if done == nil then return nil, message, kind end
  return done, info
end

--- As collect, if the source can run the first steps itself without any
--- trouble; else nothing.
---@return evalua.table? t
---@return table? info
function Query:try()
  local ok, t, info, _, first = pcall(run_plan, self)
  if not ok or t == nil then return nil end
  local done = finish(t, self.steps, first)
  if done ~= nil then return done, info end
end

--- Print what collect will read, and how; also returned.
---@return string
function Query:explain()
  local lines = self.source:describe()
  local outline = self.source:outline()
  if outline == nil then
    lines[#lines + 1] = "read: everything, cell by cell"
  else
    local plan, first = plan_of(self, outline, math.huge)
    for _, line in ipairs(require("evalua.query_sources").plan_lines(plan,
      outline)) do
      lines[#lines + 1] = line
    end
    for i = first, #self.steps do
      local step = self.steps[i]
      lines[#lines + 1] = "then: " .. (step[1] == "grouped"
        and "group_by, " .. step[3] or step[1])
    end
  end
  local text = table.concat(lines, "\n")
  print(text)
  return text
end

function Query:__tostring()
  return ("evalua.query of %s (collect() reads it)"):format(self.source.name)
end

local M = {}

--- A query over a source: a table, the path of a delimited file ("-" is
--- standard input), of a database (`opts.table` names the table).
---@param source evalua.table|string
---@param opts table? reading options, as for read_csv; table=
---@return evalua.query? query
---@return string? message
---@return string? code
function M.scan(source, opts)
  local made, message, code = blame.outside(
    require("evalua.query_sources").new, source, opts)
  if made == nil then return nil, message, code end
  return M.of(made)
end

--- A query over an object with the methods of a source.
---@param source table
---@return evalua.query
function M.of(source)
  return setmetatable({ source = source, steps = {},
    outline = source:outline() }, Query)
end

return M

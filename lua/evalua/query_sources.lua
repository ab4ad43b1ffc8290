--- What a query can read. A source answers
---   outline()   a table without rows that has its columns, of the types that
---               they seem to have; nil when nothing is known before reading;
---   run(plan)   the plan's table and what reading found; nothing when the
---               source cannot tell, so that everything must be loaded; or nil,
---               message, code;
---   load()      everything: table and info, or nil, message, code;
---   describe()  lines for people: what it is, how it is read;
--- and has a `name`; `presumed` is set where the outline's types are those of
--- some rows only, so that others may show other ones.

local core = require "evalua.core"

local M = {}

-- Tables --------------------------------------------------------------------

local TableSource = {}
TableSource.__index = TableSource

function TableSource:outline() return core.table.slice(self.table, 1, 0) end

function TableSource:load() return self.table, self.info end

function TableSource:describe()
  return { ("source: a table of %d rows, in memory"):format(
    self.table:nrows()) }
end

local function run_on_table(t, plan)
  local message, code
  if plan.where ~= nil then
    t, message, code = core.verbs.where(t, plan.where)
    if t == nil then return nil, message, code end
  end
  if plan.items == nil then return core.table.select(t, plan.keys) end
  return core.verbs.group(t, plan.keys, plan.items)
end

local needs_numbers = { sum = true, mean = true, share = true, median = true,
  quantile = true, var = true, sd = true }

--- What keeps a column from being the numbers that a summary needs: the cell
--- that reading found, if any.
---@param t evalua.table
---@param items table[]? {fn=, tree=}
---@param problems table<string, string> by column
---@return string?
function M.problem_of(t, items, problems)
  for _, item in ipairs(items or {}) do
    local name = item.tree and item.tree.op == "column" and item.tree.name
    local problem = needs_numbers[item.fn] and problems[name]
    if problem and t:column(name):missing() < t:nrows() then return problem end
  end
end

function TableSource:run(plan)
  local problem = M.problem_of(self.table, plan.items, self.info.problems or {})
  if problem ~= nil then return nil, problem, "data" end
  local t, message, code = run_on_table(self.table, plan)
  if t == nil then return nil, message, code end
  return t, self.info
end

--- A table, with what reading found of it.
---@param t evalua.table
---@param info table?
---@return table
function M.of_table(t, info)
  return setmetatable({ name = "a table", table = t, info = info or {} },
    TableSource)
end

-- Delimited files -----------------------------------------------------------

local CsvSource = {}
CsvSource.__index = CsvSource

function CsvSource:outline()
  if self.table ~= nil then return TableSource.outline(self) end
  if self.whole then return nil end
  return self.handle:schema()
end

function CsvSource:run(plan)
  if self.table ~= nil then return TableSource.run(self, plan) end
  local totals, outline = require "evalua.query_totals", self:outline()
  local extended, amounts = totals.extend(plan, outline)
  local t, info, code = self.handle:run(extended)
  if t == nil then return t, info, code end
  return totals.look(t, info, plan, amounts, outline, function(other)
    return (self.handle:run(other))
  end), info
end

function CsvSource:load()
  if self.table == nil then
    local t, info, code = self.handle:load()
    if t == nil then return nil, info, code end
    t, info, code = require("evalua.source").finish(t, info, self.opts)
    if t == nil then return nil, info, code end
    self.table, self.info = t, info
  end
  return self.table, self.info
end

function CsvSource:describe()
  return { ("source: %s, %d bytes, %s"):format(self.name, self.handle:size(),
    self:outline() and "read in pieces on all processors"
    or "read as a whole") }
end

local function new_csv(path, opts)
  local source = require "evalua.source"
  local handle, message, code = source.open_csv(path, opts)
  if handle == nil then return nil, message, code end
  local made = setmetatable({ name = path, handle = handle,
    whole = opts.whole, presumed = true, opts = opts }, CsvSource)
  local is_small = handle:size() < source.SMALL
  if is_small and not opts.whole and handle:schema() == nil then
    local t, problem, why = made:load() -- at once: steps are tried on it
    if t == nil then return nil, problem, why end
    made.presumed = nil
  end
  return made
end

-- Databases and other files -------------------------------------------------

--- `open` gives the table; `run`, when there is one, a plan's answer.
local Other = {}
Other.__index = Other

function Other:outline()
  if self.schema == nil then return nil end
  return self.schema()
end

function Other:run(plan)
  if self.answer ~= nil then return self.answer(plan) end
end

function Other:load() return self.open() end

function Other:describe()
  return { ("source: %s%s"):format(self.name, self.schema
    and ", read by column" or ", read as a whole") }
end

--- A table of an open database.
---@param db evalua.db
---@param name string
---@return table
function M.database(db, name)
  local source = { name = name, open = function() return db:table(name) end }
  if db.outline ~= nil then
    source.schema = function() return db:outline(name) end
    source.answer = function(plan) return db:run(name, plan) end
    source.describe = function() return db:describe(name) end
  end
  return setmetatable(source, Other)
end

local function new_database(path, opts)
  local store = require "evalua.store"
  if opts.table == nil then return store.unnamed(path) end
  local db, message, code = store.open(path)
  if db == nil then return nil, message, code end
  local source = M.database(db, opts.table)
  source.name = path .. " " .. opts.table
  return source
end

--- The source for a table or a path; see evalua.query.
---@param source evalua.table|string
---@param opts table? `whole`: read everything at once
---@return table? source
---@return string? message
---@return string? code
function M.new(source, opts)
  require "evalua.table"
  opts = opts or {}
  if core.table.is(source) then
    return M.of_table(source)
  end
  if type(source) ~= "string" then
    error("scan: a table or the path of a file was expected, not a "
      .. type(source), 3)
  end
  require("evalua.source").check("scan", source, opts)
  local kind = require("evalua.source").kind(source)
  local tidied = opts.map or opts.unit_column or opts.source_column
    or opts.totals == "drop"
  if kind == "delimited" and not tidied then return new_csv(source, opts) end
  if kind == "database" then return new_database(source, opts) end
  return setmetatable({ name = source, open = function()
    return require("evalua.source").open(source, opts)
  end }, Other)
end

-- For explain ---------------------------------------------------------------

local function list(names)
  return #names == 0 and "(none)" or table.concat(names, ", ")
end

--- What a plan reads and does, in lines.
---@param plan table
---@param outline evalua.table
---@return string[]
function M.plan_lines(plan, outline)
  local used = {}
  local function use(names)
    for _, name in ipairs(names) do used[name] = true end
  end
  use(plan.keys)
  if plan.where ~= nil then use(core.expr.columns(plan.where)) end
  for _, item in ipairs(plan.items or {}) do
    if item.tree ~= nil then use(core.expr.columns(item.tree)) end
  end
  local read, all = {}, outline:names()
  for _, name in ipairs(all) do
    if used[name] then
      read[#read + 1] = ("%s %s"):format(name, outline:column(name):type())
    end
  end
  local lines = { ("read: %d of %d columns: %s"):format(#read, #all,
    list(read)) }
  if plan.where ~= nil then
    lines[#lines + 1] = "where: " .. core.expr.print(plan.where)
  end
  if plan.items == nil then return lines end
  lines[#lines + 1] = "group by: " .. list(plan.keys)
  local items = {}
  for i, item in ipairs(plan.items) do
    items[i] = ("%s = %s(%s)"):format(item.name, item.fn,
      item.tree and core.expr.print(item.tree) or "")
  end
  lines[#lines + 1] = "summarise: " .. list(items)
  return lines
end

return M

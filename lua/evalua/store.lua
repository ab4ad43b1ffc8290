--- Databases: a handle over core.store that reads and imports tables.

local blame = require "evalua.blame"
local core = require "evalua.core"
local unit_files = require "evalua.unit_files"

local M = {}

local raise = blame.new(debug.getinfo(1, "S").source)

---@class evalua.db
---@field path string
---@field store userdata? the open file; nil when closed, or not there yet
---@field missing boolean? the file is to be made by the first import
---@field refused table<string, boolean> tables whose segments could not be made
---@field made boolean? the file was made by this handle
local Db = {}
Db.__index = Db

function Db:__tostring()
  local open = self.store or self.missing
  return ("evalua.db (%s)"):format(open and self.path or "closed")
end

function Db:__close() self:close() end

--- Close the file; what was not committed is gone.
function Db:close()
  if self.store then self.store:close() end
  self.store, self.missing = nil, nil
end

--- The open file, or nil and why there is none; raises when it was closed.
local function reader(self)
  if self.store ~= nil then return self.store end
  if not self.missing then error("the database was closed", 3) end
  return nil, ("cannot open '%s' (No such file or directory)")
    :format(self.path), "io"
end

--- The file opened for writing. Until something is imported it is open for
--- reading only, and a file that is to be made is not there.
---@return userdata? store
---@return string? message
---@return string? code
function Db:writer()
  local old = not self.missing and reader(self) or nil
  if old and not old:is_readonly() then return old end
  local store, message, code = core.store.open(self.path,
    { create = self.missing })
  if store == nil then return nil, message, code end
  if old then old:close() end
  self.store, self.made, self.missing = store, self.missing, nil
  return store
end

--- Take back the file that a failed first import made. It stays where another
--- program has imported something meanwhile.
local function discard(self)
  if not self.made then return end
  self.store:discard()
  self.store, self.made = core.store.open(self.path, { readonly = true }), nil
  self.missing = self.store == nil
end

local function split_lines(text)
  local lines = {}
  for line in text:gmatch "[^\n]+" do lines[#lines + 1] = line end
  return lines
end

local function append(list, more)
  return table.move(more, 1, #more, #list + 1, list)
end

--- The side table's rows for a table, in order.
local function entries_of(store, name)
  local list = {}
  if not store:is_own() then return list end
  local columns = store:read("table_column")
  for i = 1, columns and columns:nrows() or 0 do
    local row = columns[i]
    if row.table_name:lower() == name:lower() then list[#list + 1] = row end
  end
  return list
end

--- Unit of each of the columns that has one, and what should be said of those
--- that have another name than when they were imported.
---@param names string[] all columns of the table
local function side_info(store, name, names)
  local entries, units, notes, there = entries_of(store, name), {}, {}, {}
  for _, column in ipairs(names) do there[column] = true end
  for i, entry in ipairs(entries) do
    local column = entry.name
    if not there[column] and #entries == #names then
      column = names[i]
      notes[#notes + 1] = ("column '%s': it stands where '%s' was imported, "
        .. "and is read as %s"):format(column, entry.name, entry.type)
    end
    units[column] = entry.unit
  end
  return units, notes
end

--- Make segments of a table where they would be of use, if this database can
--- be written now: whether they are there.
local function renew(self, store, name)
  if self.refused[name] or not store:is_due(name) then return false end
  local writer = store
  if store:is_readonly() then
    writer = core.store.open(self.path, { if_free = true })
  end
  local done = writer ~= nil and writer:compact(name, true) == true
  if writer ~= nil and writer ~= store then writer:close() end
  self.refused[name] = not done -- asked once, not by every report
  return done
end

local states = { none = true, stale = true, damaged = true }

--- What `read(store)` gives out of the segments of a table, which are made
--- anew when they must be; nil where the rows must be read, with what should
--- be said then, or nil, nil, message, code.
local function from_segments(self, name, read)
  local store, problem, kind = reader(self)
  if store == nil then return nil, nil, problem, kind end
  if not store:is_own() or unit_files.reading(name) then return nil end
  local t, more, code = read(store)
  if t ~= nil then return t, more end
  if not states[more] then return nil, nil, more, code end
  local said = more == "damaged" and ("the column segments of table '%s' are "
    .. "damaged: its rows are read instead"):format(name) or nil
  if not renew(self, store, name) then return nil, said end
  t, more = read(store)
  if t == nil then return nil, said end
  more = more or {}
  more.said = said
  return t, more
end

--- A table or view. Tables of the schema have the columns of the folder's
--- files; amounts are decimals in 元. An imported table comes back in its
--- types; any other is read by what is stored. A large imported table is read
--- from its column segments while they are up to date.
---@param name string
---@return evalua.table? t
---@return table|string info {notes = {lines}, units = {column = unit}, explain =
---  {lines}}, or the message
---@return string? code
function Db:table(name)
  local store, problem, kind = reader(self)
  if store == nil then return nil, problem, kind end
  local fields = store:is_own() and unit_files.reading(name) or nil
  local t, said, message, code = from_segments(self, name, function(from)
    return from:read_segments(name)
  end)
  if code ~= nil then return nil, message, code end
  local notes, whole = "", t ~= nil
  if t == nil then
    t, notes, code = store:read(name, fields)
    if t == nil then return nil, notes, code end
  else
    said = said and said.said
  end
  local units, lines = side_info(store, name, t:names())
  for _, field in ipairs(fields or {}) do
    if field.kind == "fen" then units[field.name] = "元" end
  end
  append(lines, split_lines(notes))
  if said then table.insert(lines, 1, said) end
  return t, { notes = lines, units = units, explain = {
    (whole and "table '%s': all of its column segments were read"
      or "table '%s': its rows were read one by one"):format(name) } }
end

--- The columns of an imported table as a table without rows; nil for others,
--- which must be read to know their types.
---@param name string
---@return evalua.table?
function Db:outline(name)
  local store = reader(self)
  if store == nil or not store:is_own() or unit_files.reading(name) then
    return nil
  end
  return (store:outline(name))
end

--- How a plan would be run on a table now, in lines for people.
---@param name string
---@return string[]
function Db:describe(name)
  local store = reader(self)
  local rows, blocks = nil, nil
  if store ~= nil then rows, blocks = store:segments(name) end
  local what = ("source: table '%s' of %s, "):format(name, self.path)
  if rows == nil then return { what .. "row by row" } end
  return { what .. ("%d rows in %d blocks of column segments"):format(rows,
    blocks) }
end

--- The columns that a plan needs, each once.
local function columns_of(plan)
  local names, known = {}, {}
  local function add(list)
    for _, name in ipairs(list) do
      if not known[name] then names[#names + 1] = name end
      known[name] = true
    end
  end
  add(plan.keys)
  if plan.where ~= nil then add(core.expr.columns(plan.where)) end
  for _, item in ipairs(plan.items or {}) do
    if item.tree ~= nil then add(core.expr.columns(item.tree)) end
  end
  return names
end

--- The plan over the rows themselves, of which the columns it needs are read.
local function run_on_rows(store, name, plan)
  local t, notes, code = store:read(name, nil, columns_of(plan))
  if t == nil then return nil, notes, code end
  local info = { rows = t:nrows(), notes = split_lines(notes) }
  if plan.where ~= nil then
    local problem, kind
    t, problem, kind = core.verbs.where(t, plan.where)
    if t == nil then return nil, problem, kind end
  end
  if plan.items == nil then return core.table.select(t, plan.keys), info end
  local made, message, what = core.verbs.group(t, plan.keys, plan.items)
  if made == nil then return nil, message, what end
  return made, info
end

--- Run a plan of evalua.query on an imported table: only the columns that it
--- needs are read, from the column segments block by block on all processors
--- while they are up to date, else from the rows.
---@param name string
---@param plan table
---@return evalua.table? t
---@return table|string info {notes =, units =, explain =, rows =} and, from segments,
---  blocks = and read =; or the message
---@return string? code
function Db:run(name, plan)
  local t, info, message, code = from_segments(self, name, function(store)
    return store:run_segments(name, plan)
  end)
  if code ~= nil then return nil, message, code end
  local said = t == nil and info or t ~= nil and info.said
  if t == nil then
    t, info, code = run_on_rows(self.store, name, plan)
    if t == nil then return nil, info, code end
  end
  local outline = self.store:outline(name)
  local units, notes = side_info(self.store, name,
    outline and outline:names() or {})
  if said then table.insert(notes, 1, said) end
  append(notes, info.notes or {})
  info.notes, info.units, info.said = notes, units, nil
  info.explain = { info.blocks
    and ("table '%s': %d of %d blocks of its column segments were read")
    :format(name, info.read, info.blocks)
    or ("table '%s': its rows were read one by one"):format(name) }
  return t, info
end

--- The tables and views there are: columns name, kind, origin (evalua,
--- import or other).
---@return evalua.table? t
---@return string? message
---@return string? code
function Db:tables()
  local store, message, code = reader(self)
  if store == nil then return nil, message, code end
  return store:tables()
end

--- Put the rows of a table into the table `name`, made when it is not there.
--- The same file (by `sha256`) is taken in once.
---@param name string
---@param t evalua.table
---@param opts table? sha256= path= title= date= (ISO) of the file;
---  units={column=unit}; replace=true makes the table anew; compact=true
---  makes column segments of a large one that is new
---@return "imported"|"already"|nil done
---@return string? message
---@return string? code
function Db:import(name, t, opts)
  return self:transaction(function(store)
    return store:import(name, t, opts or {})
  end)
end

local function finish(self, store, ok, result, message, code)
  if ok and result ~= nil then
    local committed, refused, kind = store:commit()
    if committed then
      self.made = nil
      return result
    end
    result, message, code = nil, refused, kind
  end
  store:rollback()
  discard(self)
  if not ok then error(result, 0) end
  return nil, message, code
end

--- Run `work(store)` in one transaction: committed when it returns a value,
--- rolled back when it returns nil or raises.
---@param work fun(store: userdata): any
---@return any
---@return string? message
---@return string? code
function Db:transaction(work)
  local store, message, code = self:writer()
  if store == nil then return nil, message, code end
  local begun, problem, kind = store:begin()
  if not begun then return nil, problem, kind end
  return finish(self, store, pcall(work, store))
end

--- Make the column segments of an imported table: what reports on it read
--- instead of its rows, as long as no row changes.
---@param name string
---@return true? done
---@return string? message
---@return string? code
function Db:compact(name)
  local store, message, code = self:writer()
  if store == nil then return nil, message, code end
  return store:compact(name)
end

--- Whether it is a database of evalua, or a file without any table.
---@return boolean
function Db:may_be_ours()
  local store = reader(self)
  return store ~= nil and (store:is_own() or store:tables():nrows() == 0)
end

--- Drop the column segments of a table, or of all (nil); the rows stay.
---@param name string?
---@return boolean? dropped whether there were any
---@return string? message
---@return string? code
function Db:drop_segments(name)
  local now = reader(self)
  if now ~= nil and not now:is_own() and self:may_be_ours() then
    return false -- an empty file stays one
  end
  return self:transaction(function(store)
    return store:drop_segments(name)
  end)
end

--- Load a unit's folder (budget.csv, units.csv, ...) in one transaction.
---@param dir string
---@param opts table? replace=, date=, amount_unit=
---@return table? result {document=, files={{file=, table=, rows=, present=,
---  already=}}, notes={lines}}
---@return string? message
---@return string? code
function Db:import_unit(dir, opts)
  return require("evalua.unit_import").run(self, dir, opts or {})
end

--- Open a database file. For reading any SQLite file will do; evalua writes
--- only to its own. With `create` a file that is not there is made by the
--- first import.
---@param path string
---@param opts table? create=
---@return evalua.db? db
---@return string? message
---@return string? code
function M.open(path, opts)
  if type(path) ~= "string" then
    error("open: the path of a database was expected, not a " .. type(path), 2)
  end
  if opts ~= nil then blame.check_names(raise, "open", opts, { "create" }) end
  require "evalua.table"
  local create = opts and opts.create
  if create and core.system.kind(path) == nil then
    return setmetatable({ path = path, missing = true, refused = {} }, Db)
  end
  local store, message, code = core.store.open(path, { readonly = true })
  if store == nil then return nil, message, code end
  return setmetatable({ path = path, store = store, refused = {} }, Db)
end

--- Why nothing is read of a database without the name of a table.
---@param path string
---@return nil
---@return string message
---@return string code
function M.unnamed(path)
  local db <close>, message, code = M.open(path)
  local t
  if db ~= nil then t, message, code = db:tables() end
  if t == nil then return nil, message, code end
  local names, own = {}, {}
  for _, row in t:rows() do
    local list = row.origin == "evalua" and own or names
    list[#list + 1] = row.name
  end
  return nil, ("'%s' is a database: name a table with --table; there are: %s")
    :format(path, table.concat(names[1] and names or own, ", ")), "data"
end

--- A new database that lives in memory until it is closed.
---@param name string what messages call it
---@return evalua.db? db
---@return string? message
---@return string? code
function M.in_memory(name)
  require "evalua.table"
  local store, message, code = core.store.open(name, { memory = true })
  if store == nil then return nil, message, code end
  return setmetatable({ path = name, store = store, refused = {} }, Db)
end

return M

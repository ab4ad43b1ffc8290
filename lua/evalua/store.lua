--- Databases: a handle over core.store that reads and imports tables.

local core = require "evalua.core"
local unit_files = require "evalua.unit_files"

local M = {}

---@class evalua.db
---@field path string
---@field store userdata? the open file; nil when closed, or not there yet
---@field missing boolean? the file is to be made by the first import
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

--- A database with what SQLite may have left beside it.
local function remove_file(path)
  for _, suffix in ipairs { "", "-journal", "-wal", "-shm" } do
    os.remove(path .. suffix)
  end
end

--- The file opened for writing. Until something is imported it is open for
--- reading only, and a file that is to be made is not there.
---@return userdata? store
---@return string? message
---@return string? code
function Db:writer()
  local old = not self.missing and reader(self) or nil
  if old and not old:is_readonly() then return old end
  local new = core.system.kind(self.path) == nil
  local store, message, code = core.store.open(self.path,
    { create = self.missing })
  if store == nil then
    if self.missing and new then remove_file(self.path) end
    return nil, message, code
  end
  if old then old:close() end
  self.store, self.made, self.missing = store, self.missing and new, nil
  return store
end

--- Take back the file that a failed first import made.
local function discard(self)
  if not self.made then return end
  local sources = self.store:read "source"
  if sources == nil or sources:nrows() > 0 then return end
  self.store:close()
  self.store, self.made, self.missing = nil, nil, true
  remove_file(self.path)
end

local function split_lines(text)
  local lines = {}
  for line in text:gmatch "[^\n]+" do lines[#lines + 1] = line end
  return lines
end

--- Unit of each column that has one, from the side table.
local function units_of(store, name)
  local units = {}
  if not store:is_own() then return units end
  local columns = store:read("table_column")
  for i = 1, columns and columns:nrows() or 0 do
    local row = columns[i]
    if row.unit and row.table_name:lower() == name:lower() then
      units[row.name] = row.unit
    end
  end
  return units
end

--- A table or view. Tables of the schema have the columns of the folder's
--- files; amounts are decimals in 元. An imported table comes back in its
--- types; any other is read by what is stored.
---@param name string
---@return evalua.table? t
---@return table|string info {notes = {lines}, units = {column = unit}}, or
---  the message
---@return string? code
function Db:table(name)
  local store, problem, kind = reader(self)
  if store == nil then return nil, problem, kind end
  local fields = store:is_own() and unit_files.reading(name) or nil
  local t, notes, code = store:read(name, fields)
  if t == nil then return nil, notes, code end
  local units = units_of(store, name)
  for _, field in ipairs(fields or {}) do
    if field.kind == "fen" then units[field.name] = "元" end
  end
  return t, { notes = split_lines(notes), units = units }
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
---  units={column=unit}; replace=true makes the table anew
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
  local create = opts and opts.create
  if create and core.system.kind(path) == nil then
    return setmetatable({ path = path, missing = true }, Db)
  end
  local store, message, code = core.store.open(path, { readonly = true })
  if store == nil then return nil, message, code end
  return setmetatable({ path = path, store = store }, Db)
end

--- A new database that lives in memory until it is closed.
---@param name string what messages call it
---@return evalua.db? db
---@return string? message
---@return string? code
function M.in_memory(name)
  local store, message, code = core.store.open(name, { memory = true })
  if store == nil then return nil, message, code end
  return setmetatable({ path = name, store = store }, Db)
end

return M

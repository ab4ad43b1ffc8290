--- What the specs of the store share: databases, tables as text, and the
--- sqlite3 shell as the other program that looks at our files.
local core = require "evalua.core"
local lfs = require "lfs"
local support = require "support"

local M = {}

--- A path for a database in a new folder.
function M.path(name)
  return support.tempdir() .. "/" .. (name or "x.db")
end

--- A new database of ours: the core's handle, and its path.
function M.new()
  local path = M.path()
  return assert(core.store.open(path, { create = true })), path
end

--- What the sqlite3 shell prints for some SQL; fails when it does.
function M.sql(path, sql)
  local result = support.run { "sqlite3", path, sql }
  assert(result.code == 0, result.err)
  return (result.out:gsub("\n$", ""))
end

--- A database that somebody else made.
function M.foreign(sql)
  local path = M.path "other.db"
  M.sql(path, sql)
  return path
end

--- A table out of CSV text.
function M.table(csv, types)
  return assert(core.csv.read("x.csv", csv, { types = types }))
end

--- A table as CSV text.
function M.csv(t) return assert(core.csv.write(t)) end

--- "name:type name:type ..."
function M.types(t)
  local parts = {}
  for i, name in ipairs(t:names()) do
    parts[i] = name .. ":" .. t:column(name):type()
  end
  return table.concat(parts, " ")
end

--- Numbers of the rows in all tables: what a failed import must not change.
function M.counts(path)
  return M.sql(path, "SELECT group_concat(name || ' ' || n) FROM ("
    .. "SELECT 'source' name, count(*) n FROM source UNION ALL "
    .. "SELECT 'sums', count(*) FROM source_sum UNION ALL "
    .. "SELECT 'columns', count(*) FROM table_column UNION ALL "
    .. "SELECT 'units', count(*) FROM unit UNION ALL "
    .. "SELECT 'lines', count(*) FROM budget_line UNION ALL "
    .. "SELECT 'tables', count(*) FROM sqlite_schema)")
end

--- The sqlite3 shell in a transaction that writes to the database, until the
--- pipe is closed.
function M.writer(path)
  local mark = support.tempdir() .. "/mark"
  local writer = assert(io.popen("sqlite3 " .. support.quote(path), "w"))
  writer:write("BEGIN IMMEDIATE;\n.once ", mark, "\nSELECT 1;\n")
  writer:flush()
  assert(support.comes_true(function()
    local file = io.open(mark)
    local text = file and file:read "a"
    if file then file:close() end
    return text == "1\n"
  end))
  return writer
end

--- Whether the kernel lists a lock of the database by the device and inode that
--- stat gives; btrfs has other devices there.
function M.is_locked(path)
  local file = io.open "/proc/locks"
  if file == nil then return false end
  local locks = file:read "a"
  file:close()
  for _, suffix in ipairs { "", "-shm" } do
    local info = lfs.attributes(path .. suffix)
    local id = info and (" %02x:%02x:%d "):format(info.dev >> 8 & 0xfff,
      info.dev & 0xff | info.dev >> 12 & 0xfff00, info.ino)
    if id and locks:find(id, 1, true) then return true end
  end
  return false
end

return M

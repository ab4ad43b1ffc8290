--- Where tables come from: a file by its suffix, a table of a database.

local blame = require "evalua.blame"
local core = require "evalua.core"

local M = {}

local raise = blame.new(debug.getinfo(1, "S").source)

--- Reading options of a delimited file (the long options with `_`).
M.csv_options = { "delimiter", "encoding", "no_header", "header_row",
  "columns", "decimal", "thousands", "skip", "skip_bad", "na", "zero",
  "types" }

local function suffix_of(path)
  return (path:match("%.([%w]+)$") or ""):lower()
end

--- `opts` with the texts of `na` that mean zero moved to `zero`.
local function with_zeros(opts)
  local na, zero = {}, { table.unpack(opts.zero or {}) }
  if type(opts.na) ~= "table" then return opts end
  for _, text in ipairs(opts.na) do
    local before = type(text) == "string" and text:match("^(.+)=0$")
    table.insert(before and zero or na, before or text)
  end
  local copy = {}
  for name, value in pairs(opts) do copy[name] = value end
  copy.na, copy.zero = na, zero
  return copy
end

--- The readers as they are, without what is looked over behind them.
local readers = {}

--- A smaller file is read as a whole, with all that the careful path finds out
--- about it.
M.SMALL = 8 << 20

--- A delimited file, looked at: a handle of core.scan.
---@param path string
---@param opts table as for read_csv; `tuning` is for tests
---@return userdata? handle
---@return string? message
---@return string? code
function M.open_csv(path, opts)
  return core.scan.open(path, with_zeros(opts), opts.tuning or { least = M.SMALL })
end

function readers.csv(path, opts)
  local handle <close>, message, code = M.open_csv(path, opts)
  if handle == nil then return nil, message, code end
  local outline = handle:schema()
  if outline ~= nil then
    local t, info, kind = handle:run { keys = outline:names() }
    if t ~= nil or info ~= nil then return t, info, kind end
  end
  return handle:load()
end

function readers.xlsx(path, opts)
  return require("evalua.read_xlsx").read(path, with_zeros(opts))
end

function readers.json(path, opts)
  return require("evalua.read_json").read(path, with_zeros(opts))
end

function readers.package(path, opts)
  return require("evalua.package").read(path, with_zeros(opts))
end

--- `opts` with what their mapping file says.
local function mapped(opts)
  if opts.map == nil then return opts end
  return require("evalua.mapping").apply(opts)
end

--- Every option of a reader. `tuning` is for tests, `whole` for who explains:
--- everything at once.
M.options = table.move({ "table", "sheet", "resource", "totals",
  "unit_column", "source_column", "map", "tuning", "whole" }, 1, 9,
  #M.csv_options + 1, { table.unpack(M.csv_options) })

--- Raise where a path or the options of a reader are none.
---@param what string
---@param path any
---@param opts any
function M.check(what, path, opts)
  if type(path) ~= "string" then
    raise(what, "the path of a file was expected, not a " .. type(path))
  end
  blame.check_names(raise, what, opts or {}, M.options)
end

local function looked_over(what, path, opts)
  M.check("read_" .. what, path, opts)
  require "evalua.table"
  local problem, why
  opts, problem, why = mapped(opts or {})
  if opts == nil then return nil, problem, why end
  local t, info, code = readers[what](path, opts)
  if t == nil then return nil, info, code end
  return M.finish(t, info, opts)
end

--- A delimited file, "-" is standard input.
---@param path string
---@param opts table? delimiter encoding no_header header_row columns decimal
---  thousands skip skip_bad na zero types (an `na` of "TEXT=0" is one of zero);
---  totals unit_column map, as for all readers (see M.open)
---@return evalua.table? t
---@return table|string info what was detected, or the message
---@return string? code
function M.read_csv(path, opts) return looked_over("csv", path, opts) end

local function read_database(path, opts)
  local store = require "evalua.store"
  if opts.table == nil then return store.unnamed(path) end
  local db, message, code = store.open(path)
  if db == nil then return nil, message, code end
  return db:table(opts.table)
end

--- A sheet of a workbook; see evalua.read_xlsx.
---@param path string
---@param opts table? sheet, and options of read_csv
---@return evalua.table? t
---@return table|string info what was found, or the message
---@return string? code
function M.read_xlsx(path, opts) return looked_over("xlsx", path, opts) end

--- An array of objects; see evalua.read_json.
---@param path string
---@param opts table? columns na types
---@return evalua.table? t
---@return table|string info what was found, or the message
---@return string? code
function M.read_json(path, opts) return looked_over("json", path, opts) end

--- A Fiscal Data Package; see evalua.package.
---@param path string of its datapackage.json
---@param opts table? resource, and options of read_csv
---@return evalua.table? t
---@return table|string info what was found, with the roles of the columns
---@return string? code
function M.read_package(path, opts)
  return looked_over("package", path, opts)
end

local databases = { db = true, sqlite = true, sqlite3 = true }
local workbooks = { xlsx = true, xlsm = true, xls = true }

local delimited = { csv = true, tsv = true, tab = true, txt = true, [""] = true }

--- What kind of source a path is: "delimited", "database", "other".
---@param path string
---@return string
function M.kind(path)
  local suffix = suffix_of(path)
  if databases[suffix] then return "database" end
  return delimited[suffix] and "delimited" or "other"
end

--- One file, not looked over: what packages and sets of files are made of.
---@param path string
---@param opts table
---@return evalua.table? t
---@return table|string info or the message
---@return string? code
function M.read_file(path, opts)
  local suffix = suffix_of(path)
  if databases[suffix] then return read_database(path, opts) end
  local reader = readers.csv
  if path:find("datapackage%.json$") then reader = readers.package
  elseif workbooks[suffix] then reader = readers.xlsx
  elseif suffix == "json" then reader = readers.json end
  return reader(path, opts)
end

--- `read_file`, with the column that names the source.
local function open_part(path, opts)
  local t, info, code = M.read_file(path, opts)
  if t == nil or opts.source_column == nil then return t, info, code end
  local files = require "evalua.source_files"
  if t:has(opts.source_column) then
    return nil, ("'%s' has a column '%s' already"):format(path,
      opts.source_column), "data"
  end
  return files.with_source(t, opts.source_column, files.base_name(path)), info
end

--- Any source by its suffix: a delimited file, a sheet of a workbook, an array
--- of objects, a data package, a database with `opts.table`; or several of
--- them, bound by the names of their columns. The options are those of the
--- readers, and `map`, the path of a mapping file, `totals` ("drop" leaves out
--- rows that are sums of others), `unit_column`, `source_column`.
---@param path string|string[]
---@param opts table?
---@return evalua.table? t
---@return table|string info or the message
---@return string? code
function M.open(path, opts)
  require "evalua.table"
  local problem, why
  opts, problem, why = mapped(opts or {})
  if opts == nil then return nil, problem, why end
  local paths = type(path) == "table" and path or { path }
  local t, info, code
  if #paths == 1 then t, info, code = open_part(paths[1], opts)
  else t, info, code = require("evalua.source_files").open(paths, opts, open_part)
  end
  if t == nil then return nil, info, code end
  local is_stored = #paths == 1 and M.kind(paths[1]) == "database"
  if is_stored and opts.totals ~= "drop" and opts.unit_column == nil
    and opts.map_of == nil then
    return t, info or {}
  end
  return M.finish(t, info or {}, opts)
end

--- What is looked over when a table has been read; see evalua.source_tidy.
---@param t evalua.table
---@param info table
---@param opts table
---@return evalua.table? t
---@return table|string info or message
---@return string? code
function M.finish(t, info, opts)
  if opts.map_of ~= nil then require("evalua.mapping").roles(t, info, opts) end
  return require("evalua.source_tidy").finish(t, info, opts)
end

--- The unit in which the rows say their amounts are: the only value of the
--- column measure_unit, or of `amount`'s cells; nil when nothing says it.
---@param t evalua.table
---@param info table what reading found
---@param amount string?
---@return string? unit
---@return string? message when the rows are in different units
function M.unit_of(t, info, amount)
  if not t:has("measure_unit") then
    return info.units and amount and info.units[amount] or nil
  end
  local unit = nil
  for _, row in t:distinct("measure_unit"):rows() do
    if unit ~= nil and row.measure_unit ~= unit then
      return nil, ("the rows are in different units (%s and %s): choose one "
        .. "with --where"):format(unit, tostring(row.measure_unit))
    end
    unit = row.measure_unit
  end
  return unit
end

return M

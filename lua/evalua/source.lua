--- Where tables come from: a file by its suffix, a table of a database.

local core = require "evalua.core"

local M = {}

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

--- A delimited file, "-" is standard input.
---@param path string
---@param opts table? delimiter encoding no_header header_row columns decimal
---  thousands skip skip_bad na zero types; an `na` of "TEXT=0" is one of zero
---@return evalua.table? t
---@return table|string info what was detected, or the message
---@return string? code
function M.read_csv(path, opts)
  require "evalua.table"
  return core.csv.read(path, nil, with_zeros(opts or {}))
end

--- `opts` as core.csv and core.scan take them.
M.reading = with_zeros

local function read_database(path, opts)
  if opts.table == nil then
    return nil, ("'%s' is a database: name a table with --table"):format(path),
      "data"
  end
  local db, message, code = require("evalua.store").open(path)
  if db == nil then return nil, message, code end
  return db:table(opts.table)
end

--- A sheet of a workbook; see evalua.read_xlsx.
---@param path string
---@param opts table? sheet, and options of read_csv
---@return evalua.table? t
---@return table|string info what was found, or the message
---@return string? code
function M.read_xlsx(path, opts)
  return require("evalua.read_xlsx").read(path, with_zeros(opts or {}))
end

--- An array of objects; see evalua.read_json.
---@param path string
---@param opts table? columns na types
---@return evalua.table? t
---@return table|string info what was found, or the message
---@return string? code
function M.read_json(path, opts)
  return require("evalua.read_json").read(path, with_zeros(opts or {}))
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

--- Any source by its suffix: a delimited file, a database with `opts.table`.
---@param path string
---@param opts table?
---@return evalua.table? t
---@return table|string info or the message
---@return string? code
function M.open(path, opts)
  require "evalua.table"
  opts = opts or {}
  local suffix = suffix_of(path)
  if databases[suffix] then return read_database(path, opts) end
  if workbooks[suffix] then return M.read_xlsx(path, opts) end
  if suffix == "json" then return M.read_json(path, opts) end
  return M.read_csv(path, opts)
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

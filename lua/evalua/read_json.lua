--- Arrays of objects: each object a row, each key a column, in the order in
--- which the keys come up.

local core = require "evalua.core"

local M = {}

--- A file with an array of objects as a table. Numbers keep every digit; null,
--- and a key that an object lacks, are missing; a string is read as a CSV cell
--- in quotes is, so a column of "1,234.50" is one of numbers. An object or
--- array as a value is an error that names its key. Lines in messages count
--- objects, but in those about broken JSON lines of the file.
---@param path string
---@param opts table? columns (names instead of the keys) na types decimal
---  thousands
---@return evalua.table? t
---@return table|string info what was found, or the message
---@return string? code
function M.read(path, opts)
  require "evalua.table"
  local text, names, count = core.json.rows(path)
  if text == nil then return nil, names, count end
  if count == 0 or #names == 0 then
    return nil, ("%s: the array holds %s"):format(path,
      count == 0 and "no objects" or "objects without keys"), "data"
  end
  local t, info, code = core.csv.read(path, text, {
    delimiter = ",", encoding = "UTF-8", no_header = true,
    columns = opts.columns or names, na = opts.na, zero = opts.zero,
    types = opts.types, decimal = opts.decimal, thousands = opts.thousands,
    records = count, whole_text = true })
  if t == nil then return nil, info, code end
  for _ = 1, 3 do table.remove(info.explain, 1) end
  info.explain[1] = ("objects: %d, keys: %d"):format(count, #names)
  return t, info
end

return M

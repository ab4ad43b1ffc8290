--- The figures of canned reports, audits and extractions, followed to their
--- files. A report's data have `id`, `value`, `formula` and `from` ("folder/
--- budget.csv:3|…"), or it brings a ledger in `figures`.

local core = require "evalua.core"
local exact = require "evalua.exact"
local report = require "evalua.report"
local trace = require "evalua.trace"
local unit_read = require "evalua.unit_read"
local units = require "evalua.audit.units"

local M = {}

--- The column of a file that its figures stand in.
local columns = { ["budget.csv"] = "amount", ["facts.csv"] = "value",
  ["facts_counted.csv"] = "value", ["indicators.csv"] = "target",
  ["plan.csv"] = "text_zh", ["claims.csv"] = "phrase",
  ["list_items.csv"] = "as_written", ["rubric.csv"] = "weight",
  ["lists.csv"] = "stated_value" }

---@class evalua.trace.reader
---@field paths table<string, string> file id → path
---@field folder string
---@field files table<string, table|false>

--- Where the files of a unit's folder are: beside each other, or where the
--- database says that they were imported from.
local function reader_of(params)
  local root = require("evalua").root()
  local reader = { paths = {}, sums = {}, files = {}, notes = {},
    folder = params.folder or root .. "/data/dongfanghong-2022" }
  if params.db == nil then return reader end
  reader.folder = "."
  local db = require("evalua.store").open(params.db)
  local sources = db and db:table "source"
  for i = 1, sources and sources:nrows() or 0 do
    local row = sources[i]
    if row.path ~= nil then reader.paths[row.id] = row.path end
    reader.sums[row.id] = row.sha256
  end
  if db then db:close() end
  return reader
end

--- The rows of a file by the line they stand on; nil when it is not there, or
--- not what was imported, which is noted.
local function rows_by_line(reader, id)
  if reader.files[id] ~= nil then return reader.files[id] or nil end
  local path = reader.paths[id] or reader.folder .. "/" .. id:match "[^/]*$"
  local dir, name = path:match("^(.*)/([^/]*)$")
  local file = unit_read.file(dir or ".", { file = name or path })
  reader.files[id] = false
  local sum = reader.sums[id]
  if sum and not file then
    table.insert(reader.notes, ("'%s' is not there: places are named, but not "
      .. "what stands in them"):format(path))
    return nil
  elseif sum and file.sha256 ~= sum then
    table.insert(reader.notes, ("'%s' is not what was imported: places are "
      .. "named, but not what stands in them"):format(path))
    return nil
  end
  if not file then return nil end
  local rows = { path = file.path,
    name = (name or path):gsub("%.xlsx$", ".csv") }
  for i = 1, file.rows:nrows() do
    rows[file.lines and file.lines[i] or i + 1] = file.rows[i]
  end
  reader.files[id] = rows
  return rows
end

--- A cell's amount in another unit of money, exactly; any other number, or text,
--- as it is.
local function in_unit(text, from, to)
  local value = core.decimal.parse(text or "")
  if value == nil or from == nil or to == nil or from == to then
    return value or text
  end
  local a, b = units.find(from), units.find(to)
  if not (a.dims.money and b.dims.money) then return value end
  return (exact.of(value) * a.factor / b.factor):decimal(6)
end

local function part_of(reader, place, unit)
  local id, line = place:match("^(.*):(%d+)$")
  if id == nil then return { source = place } end
  local part = { source = id, line = math.tointeger(tonumber(line)) }
  local rows = rows_by_line(reader, id)
  local row = rows and rows[part.line]
  if rows == nil then part.unread = true end
  if row == nil then return part end
  part.source, part.column = rows.path, columns[rows.name]
  part.phrase = row.phrase or row.as_written
  part.role = row.version or row.basis or row.target_basis or row.id
  if part.column and row[part.column] ~= nil then
    part.value = in_unit(row[part.column], row.measure_unit, unit)
    part.measure_unit = row.measure_unit
  end
  return part
end

--- Parts of a ratio are in one unit: 万元 and 元 in that of the first.
local function in_one_unit(parts)
  local first = nil
  for _, part in ipairs(parts) do
    local unit = part.measure_unit
    first = first or unit
    if unit ~= nil then
      part.value = in_unit(tostring(part.value), unit, first)
    end
  end
end

local function trimmed(value)
  return core.decimal.is(value) and value:trim() or value
end

--- The ledger of a report's data.
local function ledger_of(data, reader)
  local ledger, seen, scored = trace.ledger(), {}, {}
  for i, row in data:rows() do
    local id = row.id or row.path or tostring(i)
    if seen[id] then id = id .. "#" .. i end
    seen[id] = true
    local figure = { id = id, name = row.name or row.name_zh or id,
      value = trimmed(row.value or row.points), unit = row.measure_unit,
      operation = row.formula or row.rule or "stated", parts = {} }
    for place in (row.from or ""):gmatch "[^|]+" do
      table.insert(figure.parts, part_of(reader, place, row.measure_unit))
    end
    if row.measure_unit == nil or row.measure_unit == "%" then
      in_one_unit(figure.parts)
    end
    if row.kind == "total" then -- of a score: the points above
      figure.operation, figure.parts = "sum", scored
    elseif row.points ~= nil then
      local place = figure.parts[1] or {}
      scored[#scored + 1] = { role = id, phrase = figure.name,
        value = trimmed(row.points), source = place.source, line = place.line }
    end
    ledger:add(figure)
  end
  return ledger
end

--- The ledger of a canned report on a unit.
---@param name string
---@param params table of the report; folder= or db= as evalua report has them
---@return evalua.trace.ledger? ledger
---@return string? message
---@return string? code
function M.ledger(name, params)
  local result, message = report.run(name, params)
  if result == nil then return nil, message, "data" end
  if result.figures then return result.figures end
  if result.data == nil or not result.data:has "from" then
    return nil, ("the report '%s' does not say where its figures are from")
      :format(name), "data"
  end
  local reader = reader_of(params)
  local ledger = ledger_of(result.data, reader)
  ledger.notes = reader.notes
  return ledger
end

--- The ledger of the figures of a report's text, by their numbers from 1.
---@param path string
---@param encoding string?
---@return evalua.trace.ledger? ledger
---@return string? message
---@return string? code
function M.text(path, encoding)
  local extract = require "evalua.extract"
  local text, base, code = extract.read(path, encoding)
  if text == nil then return nil, base, code end
  local ledger = trace.ledger()
  for i, row in ipairs(extract.rows(text, base)) do
    ledger:add { id = tostring(i), name = row.name or row.phrase,
      value = row.value, unit = row.measure_unit, operation = "as written",
      parts = { { source = path, line = row.line, offset = row.offset,
        phrase = row.phrase, value = row.value, role = row.qualifier } } }
  end
  return ledger
end

--- The rows of the data that a rule used, each cell once; a row that was only
--- looked at, when none of its cells was used.
local function parts_of_rule(used_rows)
  local parts, seen = {}, {}
  for _, used in ipairs(used_rows) do
    if used.column then seen[used.row] = true end
  end
  for _, used in ipairs(used_rows) do
    local cells = used.row.cells
    local key = used.column and ("%s:%d:%s"):format(used.row.file,
      used.row.line, used.column) or used.row
    if not seen[key] then
      parts[#parts + 1] = { source = used.row.file, line = used.row.line,
        column = used.column, phrase = cells.phrase or cells.as_written,
        role = cells.id or cells.version,
        value = used.column and cells[used.column] }
    end
    seen[key] = true
  end
  return parts
end

--- The ledger of rules that were worked out, by their ids.
---@param judged table[] of evalua.audit
---@return evalua.trace.ledger
function M.ledger_of_rules(judged)
  local ledger = trace.ledger()
  for _, item in ipairs(judged) do
    local row = item.row
    ledger:add { id = row.id, name = row.name or row.id, value = row.outcome,
      operation = row.arithmetic or row.kind, parts = parts_of_rule(item.used) }
  end
  return ledger
end

--- The ledger of the audit of a unit's folder.
---@param path string
---@param opts { rules: string?, lang: string? }?
---@return evalua.trace.ledger? ledger
---@return string? message
---@return string? code
function M.audit(path, opts)
  local judged, message, code = require("evalua.audit").judged(path, opts)
  if judged == nil then return nil, message, code end
  return M.ledger_of_rules(judged)
end

return M

--- A unit's folder as the audit sees it: rows with the file and line they
--- stand on.

local core = require "evalua.core"
local exact = require "evalua.exact"
local narrow = require "evalua.audit.narrow"
local unit_files = require "evalua.unit_files"
local unit_read = require "evalua.unit_read"
local units = require "evalua.audit.units"

local M = {}

---@class evalua.audit.row
---@field cells table<string, string> empty cells are nil
---@field file string
---@field line integer physical line of the file

---@class evalua.audit.data
---@field path string
---@field document string? name of the report that lines refer to
---@field tables table<string, evalua.audit.row[]> by the names that rules use
---@field by_id table<string, table<string, evalua.audit.row>>
---@field columns table<string, table<string, true>>? columns that a rule may
---  name, by table: those of the schema and those that are there
---@field more (fun(name: string): evalua.audit.row[]?)? rows of a file of the
---  folder that evalua does not know

--- Files that share a table have its name, the others their own.
local shared = { offices = "units", estates = "projects",
  facts_counted = "facts" }

local function fail(row, message)
  return nil, ("%s:%d: %s"):format(row.file, row.line, message), "data"
end

--- Columns that must hold plain numbers.
local numeric = { value = true, amount = true, target = true, weight = true,
  stated_value = true }

--- Cells of a row without empty ones; numbers checked and in plain digits.
local function cells_of(row, place)
  local cells = {}
  for name, text in pairs(row) do
    if text ~= "" then cells[name] = text end
    if numeric[name] and text ~= "" then
      local number, unit = core.decimal.parse(text)
      if number == nil or unit ~= nil then
        return fail(place, ("column \"%s\": \"%s\" is not a number"):format(
          name, text))
      end
      cells[name] = tostring(number)
    end
  end
  return cells
end

local function rows_of(file, path)
  local rows = {}
  for i = 1, file.rows:nrows() do
    local row = { file = path, line = file.lines and file.lines[i] or i + 1 }
    local cells, message, code = cells_of(file.rows[i], row)
    if cells == nil then return nil, message, code end
    row.cells = cells
    rows[i] = row
  end
  return rows
end

--- A column or a cell that the schema asks for is missing.
local function check_required(rows, file, path, fields)
  for _, field in ipairs(fields) do
    if field.required then
      if not file.rows:has(field.name) then
        return fail({ file = path, line = 1 }, ("no column '%s'"):format(
          field.name))
      end
      for _, row in ipairs(rows) do
        if row.cells[field.name] == nil then
          return fail(row, ("column \"%s\" must not be empty"):format(
            field.name))
        end
      end
    end
  end
  return true
end

--- Amounts need a unit: in the column, or nowhere, which means 万元.
local function check_unit(rows, file)
  local has_column = file.rows:has "measure_unit"
  for _, row in ipairs(rows) do
    if not has_column then
      row.cells.measure_unit = "万元"
    elseif row.cells.measure_unit == nil then
      return fail(row, "column \"measure_unit\" must not be empty")
    end
  end
  return true
end

--- Periods say which lines add up, so each must be one.
local function check_periods(rows)
  for _, row in ipairs(rows) do
    local period = row.cells.period or "Y"
    if not (period == "Y" or period:find "^Q[1-4]$" or period:find "^M0[1-9]$"
      or period:find "^M1[0-6]$") then
      return fail(row, ('column "period": "%s" is not one of: %s'):format(period,
        "Y, Q1 to Q4, M01 to M16"))
    end
  end
  return true
end

local function add_columns(data, name, columns)
  local known = data.columns[name] or {}
  data.columns[name] = known
  for _, column in ipairs(columns) do known[column] = true end
end

--- Columns of the schema, whether a file of the folder has them or not.
local function add_fields(data, name, fields)
  local columns = {}
  for i, field in ipairs(fields) do columns[i] = field.name end
  add_columns(data, name, columns)
end

local function add_rows(data, name, rows)
  local all = data.tables[name] or {}
  data.tables[name] = table.move(rows, 1, #rows, #all + 1, all)
  local index = data.by_id[name] or {}
  data.by_id[name] = index
  for _, row in ipairs(rows) do
    local id = row.cells.id
    if id ~= nil and index[id] ~= nil then
      return fail(row, ("id '%s' stands in line %d of %s already"):format(id,
        index[id].line, index[id].file))
    end
    if id ~= nil then index[id] = row end
  end
  return true
end

--- Rows of NAME.csv of the folder; an empty list when there is no such file.
local function other_file(data)
  return function(name)
    local spec = { file = name .. ".csv" }
    local file = not name:find("/", 1, true) and unit_read.file(data.path, spec)
    if not file then return {} end
    add_columns(data, name, file.rows:names())
    return rows_of(file, file.path) or {}
  end
end

local function load_file(data, spec)
  local name = spec.file:match("^(.*)%.csv$")
  name = shared[name] or name
  local fields = spec.table and unit_files.fields(spec.table) or {}
  add_fields(data, name, fields)
  local file, message, code = unit_read.file(data.path, spec)
  if not file then return file, message, code end
  local path = file.path
  local rows, problem, kind = rows_of(file, path)
  if rows == nil then return nil, problem, kind end
  add_columns(data, name, file.rows:names())
  local ok, why, what = check_required(rows, file, path, fields)
  if ok and spec.table == "budget_line" then
    ok, why, what = check_unit(rows, file)
    if ok then ok, why, what = check_periods(rows) end
  end
  if not ok then return nil, why, what end
  return add_rows(data, name, rows)
end

--- Read the folder.
---@param path string
---@return evalua.audit.data? data
---@return string? message
---@return string? code
function M.load(path)
  path = path:gsub("(.)/+$", "%1")
  local listed, message, code = core.system.list(path)
  if listed == nil then return nil, message, code end
  local data = { path = path, tables = {}, by_id = {}, columns = {} }
  data.more = other_file(data)
  local found = false
  for _, spec in ipairs(unit_files.files) do
    local ok, problem, kind = load_file(data, spec)
    if ok == nil then return nil, problem, kind end
    found = found or ok
  end
  if not found then
    return nil, ("'%s' has no file of a unit's folder (budget.csv, units.csv "
      .. "...)"):format(path), "data"
  end
  local ok, problem, kind = load_file(data, { file = "sources.csv" })
  if ok == nil then return nil, problem, kind end
  local sources = data.tables.sources
  data.document = sources and sources[1] and sources[1].cells.path
  return data
end

-- The same from a database -----------------------------------------------------

--- Names that rules use for the tables of a database.
local names = { unit = "units", code = "codes", project = "projects",
  fact_group = "groups", fact = "facts", budget_line = "budget",
  rubric = "rubric", indicator = "indicators", plan_item = "plan",
  heading = "headings", mention = "mentions", claim = "claims",
  name_list = "lists", list_item = "list_items" }

--- Amounts are kept in 元: back to the unit that they were published in.
local function published(cells)
  local unit = cells.published_unit
  if cells.amount == nil or unit == nil or unit == "元" then return end
  local factor = units.find(unit).factor
  local value = exact.of(cells.amount) / factor
  local text, whole = value:text(12)
  if whole then cells.amount, cells.measure_unit = text, unit end
end

local function database_rows(t)
  local rows, columns = {}, t:names()
  for i = 1, t:nrows() do
    local row, cells = t[i], {}
    for _, name in ipairs(columns) do
      local value = row[name]
      if core.decimal.is(value) then value = value:trim() end
      if value ~= nil and value ~= "" then cells[name] = tostring(value) end
    end
    published(cells)
    rows[i] = { file = cells.file_id or "database",
      line = math.tointeger(tonumber(cells.file_line)) or i, cells = cells }
  end
  return rows
end

--- The documents of a database: what folders were imported from.
local function documents_of(rows)
  local list = {}
  for _, row in ipairs(rows) do
    if row.cells.document_id == nil and row.cells.table_name == nil then
      list[#list + 1] = row
    end
  end
  return list
end

local function load_tables(db, data, document)
  for table_name, name in pairs(names) do
    local t, message, code = db:table(table_name)
    if t == nil then return nil, message, code end
    add_columns(data, name, t:names())
    add_fields(data, name, unit_files.fields(table_name))
    local rows = {}
    for _, row in ipairs(database_rows(t)) do
      local from = row.cells.source_id
      if from == nil or from == document then rows[#rows + 1] = row end
    end
    local ok, problem, kind = add_rows(data, name, rows)
    if ok == nil then return nil, problem, kind end
  end
  return true
end

--- The tables of the whole database that say whose a document is.
local function tables_of_units(db)
  local tables = {}
  for table_name, name in pairs { unit = "units", budget_line = "budget",
    indicator = "indicators", fact = "facts" } do
    local t, message, code = db:table(table_name)
    if t == nil then return nil, message, code end
    tables[name] = database_rows(t)
  end
  return tables
end

--- The documents that are meant: all, or those of a unit or year.
local function meant(db, documents, opts)
  if opts.document or not (opts.unit or opts.year) then return documents end
  local tables, message, code = tables_of_units(db)
  if tables == nil then return nil, message, code end
  local ids
  ids, message, code = narrow.documents(tables, opts)
  if ids == nil then return nil, message, code end
  local list = {}
  for _, row in ipairs(documents) do
    if ids[row.cells.id] then list[#list + 1] = row end
  end
  return #list > 0 and list or documents
end

--- The one document, or what is wrong.
local function choose(db, path, documents, opts)
  if #documents == 0 then
    return nil, ("'%s' holds no unit: name a table of it with --table, or "
      .. "import a unit's folder"):format(path), "data"
  end
  local list, message, code = meant(db, documents, opts)
  if list == nil then return nil, message, code end
  local known = {}
  for i, row in ipairs(list) do known[i] = row.cells.id end
  if opts.document == nil then
    if #list == 1 then return list[1] end
    return nil, ("'%s' holds several documents, name one with --document: %s")
      :format(path, table.concat(known, ", ")), "usage"
  end
  for _, row in ipairs(list) do
    if row.cells.id == opts.document then return row end
  end
  return nil, ("there is no document '%s'; there are: %s"):format(
    opts.document, table.concat(known, ", ")), "data"
end

--- Read a unit from a database that its folder was imported into.
---@param path string
---@param opts { document: string?, unit: string?, year: integer? }? the
---  document's id, or whose it is, where there are several
---@return evalua.audit.data? data
---@return string? message
---@return string? code
function M.load_database(path, opts)
  local db <close>, message, code = require("evalua.store").open(path)
  if db == nil then return nil, message, code end
  local sources, problem, kind = db:table "source"
  if sources == nil then return nil, problem, kind end
  local row, why, what = choose(db, path, documents_of(database_rows(sources)),
    opts or {})
  if row == nil then return nil, why, what end
  local data = { path = path, tables = { sources = { row } }, by_id = {},
    columns = {}, document = row.cells.path }
  add_columns(data, "sources", sources:names())
  local ok
  ok, why, what = load_tables(db, data, row.cells.id)
  if not ok then return nil, why, what end
  return data
end

return M

--- Loading a unit's folder: every file is read and hashed first, then all of
--- them go in in one transaction, then references are checked. A mistake
--- anywhere names its file and line and leaves nothing behind.

local core = require "evalua.core"
local unit_files = require "evalua.unit_files"
local unit_read = require "evalua.unit_read"
local unit_words = require "evalua.unit_words"
local which = require "evalua.performance.which"

local M = {}

--- Amounts without a unit: what published reports count in.
local DEFAULT_UNIT = "万元"

-- Reading ---------------------------------------------------------------

--- Files of the folder that are there; nil and a message when one cannot be
--- read, or when none is known.
local function read_files(dir)
  local listed, problem, kind = core.system.list(dir)
  if listed == nil then return nil, problem, kind end
  local files = {}
  for _, spec in ipairs(unit_files.files) do
    local file, message, code = unit_read.file(dir, spec)
    if file == nil then return nil, message, code end
    if file then files[#files + 1] = file end
  end
  if #files > 0 then return files end
  return nil, ("'%s' has no file of a unit's folder (budget.csv, units.csv "
    .. "...)"):format(dir), "data"
end

--- Files of rows in the folder that nothing here reads.
local function unknown_files(dir)
  local known, notes = { ["sources.csv"] = true, ["rules.csv"] = true }, {}
  for _, spec in ipairs(unit_files.files) do known[spec.file] = true end
  local names = core.system.list(dir) or {}
  table.sort(names)
  local is_there = {}
  for _, name in ipairs(names) do is_there[name] = true end
  for _, name in ipairs(names) do
    local csv = name:gsub("%.xlsx$", ".csv")
    local is_read = known[csv] and (name == csv or not is_there[csv])
    if csv:lower():match "%.csv$" and not is_read
      and not name:find "^~%$" then
      notes[#notes + 1] = ("%s: not a file of a unit's folder, left out")
        :format(name)
    end
  end
  return notes
end

--- Give every amount a unit where the file has no column for it.
local function add_unit(file, amount_unit, notes)
  if file.spec.table ~= "budget_line" or file.rows:has "measure_unit" then
    return
  end
  local unit = amount_unit or DEFAULT_UNIT
  if amount_unit == nil then
    notes[#notes + 1] = ("%s: no column measure_unit, so the amounts are "
      .. "taken to be in %s"):format(file.spec.file, unit)
  end
  local cells, n = {}, file.rows:nrows()
  for i = 1, n do cells[i] = unit end
  file.rows = core.table.with(file.rows, "measure_unit",
    core.column.new(cells, n, "text"))
end

--- What is wrong with no row is wrong with the header.
local function place(file, message, line)
  return ("%s:%d: %s"):format(file.path, line or 1, message)
end

--- Nobody is above himself, by either parent: nil and a message that names the
--- row where a circle begins.
local function check_circles(files)
  local by_id, places = {}, {}
  for _, file in ipairs(files) do
    for i = 1, file.spec.table == "unit" and file.rows:nrows() or 0 do
      local row = file.rows[i]
      if row.id then
        by_id[row.id] = row
        places[#places + 1] = { row = row, file = file, i = i }
      end
    end
  end
  for _, item in ipairs(places) do
    local ok, message = which.check_circle(by_id, item.row)
    if not ok then
      local lines = item.file.lines
      return nil, place(item.file, message, lines and lines[item.i]
        or item.i + 1), "data"
    end
  end
  return true
end

-- The document behind the folder ----------------------------------------

--- The folder's own name; of "." that of the directory one stands in.
local function name_of(dir)
  local name = dir:match "([^/]+)$" or dir
  if name ~= "." then return name end
  return (os.getenv "PWD" or ""):match "([^/]+)/*$" or name
end

--- Rows of sources.csv; one of the folder's own name when there is none.
local function read_documents(dir)
  local file, message, code = unit_read.file(dir, { file = "sources.csv" })
  if file == nil then return nil, message, code end
  local documents = {}
  for i = 1, file and file.rows:nrows() or 0 do
    local row = file.rows[i]
    if row.id == nil or row.id == "" then
      return nil, ("%s:%d: column \"id\" must not be empty"):format(file.path,
        file.lines and file.lines[i] or i + 1), "data"
    end
    documents[i] = row
  end
  if #documents == 0 then
    local name = name_of(dir)
    documents[1] = { id = name, title = name }
  end
  return documents
end

-- What is in the database already ---------------------------------------

--- sha256 of each file of the document, by its id in `source`.
local function known_files(store, document)
  local known, sources = {}, assert(store:read "source")
  for i = 1, sources:nrows() do
    local row = sources[i]
    if row.document_id == document then known[row.id] = row.sha256 end
  end
  return known
end

--- Mark what is there; nil and a message when a file is not what it was.
local function compare(files, known, document)
  for _, file in ipairs(files) do
    file.id = document .. "/" .. file.spec.file
    file.already = known[file.id] == file.sha256
    if known[file.id] ~= nil and not file.already then
      return nil, ("%s has changed since it was imported: --replace loads "
        .. "the folder anew"):format(file.path), "data"
    end
  end
  return true
end

-- Loading ---------------------------------------------------------------

local function origin_of(file, document, date)
  return { id = file.id, document = document, sha256 = file.sha256,
    path = file.path, date = date, lines = file.lines }
end

--- A message on a word that a column does not take, with our words for codes.
local function with_words(file, message)
  local column = message:match '^column "([^"]+)": ".*" is not one of: '
  local words = column and unit_words.allowed(file.spec.table, column)
  return words and ("%s (%s)"):format(message, words) or message
end

local function insert_file(store, file, origin)
  local inserted, present, code, line = store:insert(file.spec.table,
    file.rows, unit_files.fields(file.spec.table), origin)
  if inserted == nil then
    if code == "data" then
      present = place(file, with_words(file, present), line)
    end
    return nil, present, code
  end
  file.inserted, file.present = inserted, present
  return true
end

local function check_references(store, file, origin)
  local fields = { unit_files.source_field,
    table.unpack(unit_files.fields(file.spec.table)) }
  for _, field in ipairs(fields) do
    if field.refers then
      local ok, message, code, line = store:refer(file.rows, field.name,
        field.refers, origin, field.list)
      if not ok then return nil, place(file, message, line), code end
    end
  end
  return true
end

--- `step` for each file that is not in the database yet.
local function each_new(store, files, document, date, step)
  for _, file in ipairs(files) do
    if not file.already then
      local ok, message, code = step(store, file,
        origin_of(file, document, date))
      if not ok then return nil, message, code end
    end
  end
  return true
end

local function load(store, files, documents, opts)
  local document = documents[1].id
  local known = {}
  if opts.replace then
    local ok, message, code = store:remove(document)
    if not ok then return nil, message, code end
  else
    known = known_files(store, document)
  end
  local ok, message, code = compare(files, known, document)
  if not ok then return nil, message, code end
  for _, row in ipairs(documents) do
    ok, message, code = store:document(row.id, row)
    if not ok then return nil, message, code end
  end
  ok, message, code = each_new(store, files, document, opts.date, insert_file)
  if not ok then return nil, message, code end
  return each_new(store, files, document, opts.date, check_references)
end

local function summary(files)
  local lines = {}
  for i, file in ipairs(files) do
    lines[i] = { file = file.spec.file, table = file.spec.table,
      rows = file.inserted or 0, present = file.present or 0,
      already = file.already }
  end
  return lines
end

--- See Db:import_unit.
---@param db evalua.db
---@param dir string
---@param opts table replace= date= amount_unit=
---@return table? result
---@return string? message
---@return string? code
function M.run(db, dir, opts)
  dir = dir:gsub("(.)/+$", "%1")
  local files, message, code = read_files(dir)
  if files == nil then return nil, message, code end
  local documents, problem, kind = read_documents(dir)
  if documents == nil then return nil, problem, kind end
  local sound, circle, how = check_circles(files)
  if not sound then return nil, circle, how end
  local notes = unknown_files(dir)
  for _, file in ipairs(files) do add_unit(file, opts.amount_unit, notes) end
  local ok, why, what = db:transaction(function(store)
    return load(store, files, documents, opts)
  end)
  if not ok then return nil, why, what end
  return { document = documents[1].id, files = summary(files), notes = notes }
end

return M

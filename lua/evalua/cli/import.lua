--- `evalua import`: files, or a unit's folder, into a database.

local core = require "evalua.core"
local input = require "evalua.cli.input"
local options = require "evalua.cli.options"
local store = require "evalua.store"

local own = {
  { name = "db", value = "FILE", required = true,
    help = "the database; made when it is not there" },
  { name = "table", value = "NAME",
    help = "the table that the rows go into; made when it is not there" },
  { name = "replace",
    help = "make the table, or load the folder, anew" },
  { name = "from-table", value = "NAME",
    help = "the table of a source that is a database itself" },
  { name = "amount-unit", value = "UNIT",
    help = "unit of the amounts of a folder whose budget.csv names none" },
}

--- The reading options: --table is where to, and rows are never left out, or
--- the same file would not be the same import.
local reading = {}
for _, option in ipairs(input.options) do
  if option.name ~= "table" and option.name ~= "where" then
    reading[#reading + 1] = option
  end
end

local function today() return os.date "%Y-%m-%d" end

local function say_notes(ctx, info)
  for _, line in ipairs(info.notes or {}) do ctx.note(line) end
  if ctx.options.explain then
    for _, line in ipairs(info.explain or {}) do ctx.note(line) end
  end
end

--- The digests of sources that are databases, by path. They are made before any
--- database is opened: reading one as a file drops the locks that this process
--- has to it (sqlite.org/howtocorrupt, 2.2), and it may be the one to write.
local function digests_of(ctx)
  local digests = {}
  for _, path in ipairs(ctx.options.from_table and ctx.args or {}) do
    if core.system.kind(path) == "file" then
      local sha256, message = core.store.sha256_file(path)
      if sha256 == nil then ctx.fail(message) end
      digests[path] = core.store.sha256(sha256 .. ":"
        .. ctx.options.from_table)
    end
  end
  return digests
end

--- Table, report and sha256 of a source; nil, message, code. What is no
--- regular file can be read only once, so its bytes are kept.
local function read_source(ctx, path, digests)
  local opts = input.reading(ctx)
  opts.table = ctx.options.from_table
  if opts.table == nil
    and require("evalua.source").kind(path) == "database" then
    return nil, ("'%s' is a database: name its table with --from-table")
      :format(path), "data"
  end
  if core.system.kind(path) == "file" then
    -- beside the reading; waited for when it is needed
    local sha256 = digests[path] or core.store.sha256_start(path)
    opts.whole = ctx.options.explain and true or nil
    local query, problem, what = require("evalua.query").scan(path, opts)
    if query == nil then return nil, problem, what end
    local t, info, kind = query:collect()
    return t, info, t and sha256 or kind
  end
  local bytes, message, code = core.file.read(path)
  if bytes == nil then return nil, message, code end
  local t, info, kind = core.csv.read(path, bytes, opts)
  return t, info, t and core.store.sha256(bytes) or kind
end

--- A file as {path=, t=, info=, sha256=}; nil, message, code.
local function read_file(ctx, path, digests)
  local t, info, sha256 = read_source(ctx, path, digests)
  if t == nil then return nil, info, sha256 end
  say_notes(ctx, info)
  if t:nrows() == 0 then
    return nil, ("'%s' has a header but no rows"):format(path), "data"
  end
  return { path = path, t = t, info = info, sha256 = sha256 }
end

local function import_file(ctx, handle, file, replace)
  local done, message, code = handle:import(ctx.options.table, file.t,
    { sha256 = file.sha256, path = file.path, date = today(),
      units = file.info.units, replace = replace, compact = true })
  if done == nil then
    if code == "data" then message = ("%s:1: %s"):format(file.path, message) end
    return nil, message, code
  end
  return { path = file.path, rows = file.t:nrows(), done = done }
end

--- All files go in, or none: the first one replaces the table, if asked to. It
--- is read before the database is locked, or made: others wait less, and a file
--- that cannot be read makes none.
local function import_files(ctx, db, digests)
  local o = ctx.options
  local file, wrong = read_file(ctx, ctx.args[1], digests)
  if file == nil then ctx.fail(wrong) end
  local results, message = db:transaction(function(handle)
    local all = {}
    for i, path in ipairs(ctx.args) do
      local result, problem, code
      if i > 1 then file, problem, code = read_file(ctx, path, digests) end
      if file == nil then return nil, problem, code end
      result, problem, code = import_file(ctx, handle, file,
        o.replace and i == 1)
      if result == nil then return nil, problem, code end
      all[i], file = result, nil
    end
    return all
  end)
  if results == nil then ctx.fail(message) end
  for _, result in ipairs(results) do
    if result.done == "already" then
      ctx.note(("%s: imported already, nothing changed"):format(result.path))
    else
      ctx.note(("%s: %d rows into table '%s'"):format(result.path,
        result.rows, o.table))
    end
  end
end

local function import_folder(ctx, db, dir)
  local o = ctx.options
  local result, message = db:import_unit(dir, { replace = o.replace,
    date = today(), amount_unit = o.amount_unit })
  if result == nil then ctx.fail(message) end
  for _, line in ipairs(result.notes) do ctx.note(line) end
  for _, file in ipairs(result.files) do
    if file.already then
      ctx.note(("%s: imported already, nothing changed"):format(file.file))
    else
      ctx.note(("%s: %d rows into table '%s'"):format(file.file, file.rows,
        file.table))
    end
    if file.present > 0 then
      ctx.note(("%s: %d rows were there already"):format(file.file,
        file.present))
    end
  end
end

--- The folder among the arguments, which then stands alone.
local function find_folder(ctx)
  for _, path in ipairs(ctx.args) do
    if core.system.kind(path) == "directory" then
      if #ctx.args > 1 or ctx.options.table then
        ctx.fail(("'%s' is a folder: import it alone, without --table")
          :format(path))
      end
      return path
    end
  end
end

local function run(ctx)
  if #ctx.args == 0 then
    ctx.fail("import what? name a file, or a unit's folder")
  end
  local dir = find_folder(ctx)
  if dir == nil and ctx.options.table == nil then
    ctx.fail("which table should the rows go into? --table NAME")
  end
  for _, path in ipairs(dir == nil and ctx.args or {}) do
    input.check_kind(ctx, path)
  end
  local digests = digests_of(ctx)
  local db, message = store.open(ctx.options.db, { create = true })
  if db == nil then ctx.fail(message) end
  local closing <close> = db -- luacheck: ignore
  if dir ~= nil then import_folder(ctx, db, dir)
  else import_files(ctx, db, digests) end
end

return { name = "import",
  usage = "import SOURCE... --db FILE --table NAME | import DIR --db FILE",
  summary = "Put files, or a unit's folder, into a database.",
  options = options.join(own, reading), run = run }

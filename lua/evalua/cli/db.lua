--- `evalua db`: looks after the column segments of a database.

local store = require "evalua.store"

local own = {
  { name = "table", value = "NAME", help = "only this table" },
}

--- Names of the tables that an import made.
local function imported(db, ctx)
  local tables, message = db:tables()
  if tables == nil then ctx.fail(message) end
  local names = {}
  for _, row in tables:rows() do
    if row.origin == "import" then names[#names + 1] = row.name end
  end
  return names
end

local function compact(ctx, db)
  local names = ctx.options.table and { ctx.options.table }
    or imported(db, ctx)
  for _, name in ipairs(names) do
    local done, message = db:compact(name)
    if not done then ctx.fail(message) end
    ctx.note(("table '%s': column segments are made"):format(name))
  end
  if #names == 0 then
    if not db:may_be_ours() then
      local _, message = db:writer()
      ctx.fail(message)
    end
    ctx.note(("'%s' has no table that was imported"):format(db.path))
  end
end

local function drop_segments(ctx, db)
  local name = ctx.options.table
  local dropped, message = db:drop_segments(name)
  if dropped == nil then ctx.fail(message) end
  if dropped then
    ctx.note(name and ("table '%s': column segments are dropped"):format(name)
      or ("'%s': all column segments are dropped"):format(db.path))
  else
    ctx.note(name and ("table '%s' has no column segments"):format(name)
      or ("'%s' has no column segments"):format(db.path))
  end
end

local actions = { compact = compact, ["drop-segments"] = drop_segments }

local function run(ctx)
  local action, path = ctx.args[1], ctx.args[2]
  if actions[action] == nil then
    ctx.fail(action == nil and "db does what? compact or drop-segments"
      or ("db has no '%s': compact or drop-segments"):format(action))
  end
  if path == nil then ctx.fail("which database? name its file") end
  if ctx.args[3] ~= nil then
    ctx.fail(("one database at a time, not also '%s'"):format(ctx.args[3]))
  end
  local db, message = store.open(path)
  if db == nil then ctx.fail(message) end
  local closing <close> = db -- luacheck: ignore
  actions[action](ctx, db)
end

return { name = "db",
  usage = "db compact|drop-segments FILE [--table NAME]",
  summary = "Make or drop what speeds up reports on large tables of a database.",
  options = own, run = run }

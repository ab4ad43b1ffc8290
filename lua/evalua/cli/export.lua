--- `evalua export`: a table of a database as a file.

local input = require "evalua.cli.input"
local options = require "evalua.cli.options"
local output = require "evalua.cli.output"
local store = require "evalua.store"

local own = {
  { name = "db", value = "FILE", required = true, help = "the database" },
  { name = "table", value = "NAME", required = true,
    help = "the table or view" },
  input.option "where",
}

local function run(ctx)
  if #ctx.args > 0 then
    ctx.fail(("export takes no file but --db and -o, not '%s'"):format(
      ctx.args[1]))
  end
  local o = ctx.options
  local format = output.file_format(ctx)
  if output.pictures[format] then
    ctx.fail(("'%s': a table is no picture"):format(o.output))
  end
  if format == nil and o.format == nil then o.format = "csv" end
  local db, message = store.open(o.db)
  if db == nil then ctx.fail(message) end
  local closing <close> = db -- luacheck: ignore
  local t, info = db:table(o.table)
  if t == nil then ctx.fail(info) end
  for _, line in ipairs(info.notes) do ctx.note(line) end
  t = input.filtered(ctx, t)
  if output.package(ctx, t, info) then return end
  output.write(ctx, require("evalua.show").report(t))
end

return { name = "export", usage = "export --db FILE --table NAME [-o FILE]",
  summary = "Write a table of a database, as csv where nothing else is asked.",
  options = options.join(own, output.options), run = run }

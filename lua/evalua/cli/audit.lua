--- `evalua audit`: do the figures of a unit's folder, a report or a table hold
--- together?

local audit = require "evalua.audit"
local input = require "evalua.cli.input"
local join = require("evalua.cli.options").join
local output = require "evalua.cli.output"
local report = require "evalua.audit.report"

local own = {
  { name = "rules", value = "FILE",
    help = "rules to audit by: csv or xlsx (how: data/audit/README.md)" },
  { name = "unit", value = "NAME",
    help = "the unit: its id, name or short form" },
  { name = "year", value = "Y", integer = true,
    help = "the year, of a folder or database with several" },
  { name = "document", value = "ID",
    help = "of a database with several units: the document of one" },
}

local function run(ctx)
  output.file_format(ctx)
  if #ctx.args == 0 then
    ctx.fail("audit what? name a unit's folder, a report or a table")
  end
  if #ctx.args > 1 then
    ctx.fail(("one source at a time, not also '%s'"):format(ctx.args[2]))
  end
  local path = ctx.args[1]
  local opts = input.reading(ctx)
  opts.rules, opts.lang, opts.where = ctx.options.rules, ctx.lang,
    ctx.options.where
  opts.document, opts.unit, opts.year = ctx.options.document,
    ctx.options.unit, ctx.options.year
  local t, notes, data = audit.run(path, opts)
  if t == nil then ctx.fail(notes) end
  local is_text = (ctx.options.format or "text") == "text"
  local width = is_text and ctx.options.output == nil and ctx.width or nil
  output.write(ctx, report.of(t, { lang = ctx.lang, notes = notes,
    name = report.name(path, data, ctx.lang), width = width }))
  return report.counts(t).fails > 0 and 1 or 0
end

return { name = "audit",
  usage = "audit DIR|DB|REPORT.txt|SOURCE [--rules FILE] [options]",
  summary = "Do the figures hold together? Totals, counts, restated figures, "
    .. "rates, claims; exit 1 when something fails.",
  options = join(own, input.options, output.options), run = run }

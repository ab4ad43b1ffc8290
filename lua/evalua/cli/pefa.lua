--- `evalua pefa`: PEFA scores of budget reliability.

local amounts = require "evalua.amounts"
local core = require "evalua.core"
local input = require "evalua.cli.input"
local message = require("evalua.lang").message
local options = require "evalua.cli.options"
local output = require "evalua.cli.output"
local show = require "evalua.show"

local NA = core.column.NA

local own = {
  { name = "year", value = "COL", required = true,
    help = "the column of the years" },
  { name = "head", value = "COL", required = true,
    help = "budget heads or functions; of revenue: its types" },
  { name = "base", value = "COL", required = true,
    help = "the originally approved budget" },
  { name = "actual", value = "COL", required = true, help = "the outturn" },
  { name = "kind", value = "COL",
    help = "revenue or expense; without it all rows are expense" },
  { name = "economic", value = "COL", help = "economic types, for PI-2.2" },
  { name = "contingency", value = "VALUE",
    help = "the head of the contingency, for PI-2.3" },
  { name = "no-contingency", help = "there is no contingency" },
  { name = "interest", value = "VALUE",
    help = "the head of interest on debt, which PI-2.1 leaves out" },
}

--- The notes in the reader's language.
local function in_language(t, lang)
  local notes = t:column("note"):values(NA)
  for i, note in ipairs(notes) do
    if note ~= NA then notes[i] = message(lang, note) end
  end
  return core.table.with(t, "note", core.column.new(notes, #notes, "text"))
end

local function run(ctx)
  local o = ctx.options
  if o.contingency and o.no_contingency then
    ctx.fail("--contingency and --no-contingency contradict each other")
  end
  output.file_format(ctx)
  local t, info = input.open(ctx, { o.year, o.head, o.base, o.actual })
  amounts.check(t, { o.base, o.actual }, info.problems or {})
  local result, problem = t:pefa { year = o.year, head = o.head,
    base = o.base, actual = o.actual, kind = o.kind, economic = o.economic,
    contingency = o.contingency, no_contingency = o.no_contingency,
    interest = o.interest }
  if result == nil then ctx.fail(problem) end
  output.write(ctx, show.report(in_language(result, ctx.lang)))
end

return { name = "pefa", usage = "pefa SOURCE --year COL --head COL --base COL "
  .. "--actual COL [options]",
  summary = "PEFA PI-1, PI-2 and PI-3: how far budgets can be relied on.",
  options = options.join(own, input.options, output.options), run = run }

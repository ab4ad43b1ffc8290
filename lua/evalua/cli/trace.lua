--- `evalua trace`: where a figure comes from.

local core = require "evalua.core"
local input = require "evalua.cli.input"
local options = require "evalua.cli.options"
local output = require "evalua.cli.output"
local report = require "evalua.report"
local show = require "evalua.show"
local trace = require "evalua.trace"

local own = {
  { name = "figure", value = "ID",
    help = "of a variance base, actual, variance or rate_pct; else the id, or "
      .. "the number" },
  { name = "by", value = "COL[,COL]", list = true,
    help = "group the rows by these columns" },
  { name = "row", value = "KEY[,KEY]", list = true,
    help = "the group: a value for each column of --by (default: all rows)" },
  { name = "value", value = "COL", help = "the sum of this column" },
  { name = "base", value = "COL",
    help = "the budget to compare with: a column, or a version with --phase" },
  { name = "actual", value = "COL",
    help = "what happened: a column, or a version with --phase" },
  { name = "phase", value = "COL",
    help = "long form: the column that tells budget and actual apart" },
  { name = "amount", value = "COL",
    help = "long form: the column with the amounts" },
  { name = "db", value = "FILE",
    help = "of a report: a database; without it the shipped sample unit" },
  { name = "folder", value = "DIR", help = "of a report: a unit's folder" },
  { name = "unit", value = "NAME",
    help = "the unit: its id, name or short form" },
  { name = "year", value = "Y", integer = true,
    help = "the year (default: the last one with money)" },
  { name = "rules", value = "FILE",
    help = "rules to audit by: csv or xlsx (how: data/audit/README.md)" },
}

local function is_text(path)
  return (path:match("%.(%w+)$") or ""):lower() == "txt"
end

--- The ledger of whatever was named, and the figure to show without --figure.
local function ledger_of(ctx, name)
  local o = ctx.options
  local reports = require "evalua.trace_report"
  if core.system.kind(name) == "directory" then
    return reports.audit(name, { rules = o.rules, lang = ctx.lang })
  end
  local named = core.system.kind(name) == nil and report.find(name)
  if named then
    if not named.of_unit then
      return nil, ("name the report's source instead of '%s'"):format(name)
    end
    return reports.ledger(name, { db = o.db, folder = o.folder,
      unit = o.unit, year = o.year, lang = ctx.lang })
  end
  if core.system.kind(name) == nil and not name:find("[./]") then
    return nil, ("there is no file or report '%s'"):format(name)
  end
  if is_text(name) and not (o.value or o.base) then
    return reports.text(name, o.encoding)
  end
  local opts = input.reading(ctx)
  for _, key in ipairs { "by", "row", "value", "base", "actual", "phase",
    "amount", "where" } do opts[key] = o[key] end
  local ledger, message = require("evalua.trace_source").ledger(name, opts)
  return ledger, message, o.value and "value" or "variance"
end

--- All figures of a ledger, when none was asked for.
local function overview(ledger)
  local rows = { order = { "figure", "name", "value", "unit", "operation" },
    types = { figure = "text", name = "text", value = "text", unit = "text",
      operation = "text" } }
  for i, id in ipairs(ledger.order) do
    local figure = ledger.figures[id]
    rows[i] = { figure = id, name = figure.name, unit = figure.unit,
      value = figure.value ~= nil and tostring(figure.value) or nil,
      operation = figure.operation }
  end
  return require("evalua.values").table(rows)
end

--- For people without the columns that are empty; data keep them all.
local function report_of(t)
  local kept = {}
  for _, name in ipairs(t:names()) do
    if t:column(name):missing() < t:nrows() then kept[#kept + 1] = name end
  end
  local result = show.report(t)
  result.build = function() return show.report(t:select(kept)).build() end
  return result
end

local function run(ctx)
  output.file_format(ctx)
  if #ctx.args == 0 then
    ctx.fail("trace what? name a source, a report, a unit's folder or a text")
  end
  if #ctx.args > 1 then
    ctx.fail(("one source at a time, not also '%s'"):format(ctx.args[2]))
  end
  local ledger, message, usual = ledger_of(ctx, ctx.args[1])
  if ledger == nil then ctx.fail(message) end
  for _, note in ipairs(ledger.notes or {}) do ctx.note(note) end
  local id = ctx.options.figure or usual
  local t, problem
  if id == nil then t, problem = overview(ledger)
  else t, problem = trace.table(ledger, id) end
  if t == nil then ctx.fail(problem) end
  output.write(ctx, report_of(t))
end

return { name = "trace",
  usage = "trace SOURCE --base COL --actual COL [--by COLS --row KEYS]\n"
    .. "       evalua trace SOURCE --value COL [--by COLS --row KEYS]\n"
    .. "       evalua trace REPORT [--figure ID] | DIR [--figure RULE] | "
    .. "TEXT.txt [--figure N]",
  summary = "Where a figure comes from: file, line, cell or phrase, and what "
    .. "was done with it.",
  options = options.join(own, input.options, output.options), run = run }

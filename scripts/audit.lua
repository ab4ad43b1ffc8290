--- Audit (勾稽核对) of a unit as a canned report, for every format: what
--- `evalua audit DIR` works out, with the rows that each rule used for trace.

local audit = require "evalua.audit"
local audit_report = require "evalua.audit.report"
local lang = require "evalua.lang"

local params = {
  { name = "db", value = "FILE",
    help = "a database of evalua; without it the shipped sample unit" },
  { name = "rules", value = "FILE",
    help = "rules to audit by: csv or xlsx (how: data/audit/README.md)" },
  { name = "unit", value = "NAME",
    help = "the unit: its id, name or short form" },
  { name = "year", value = "Y", integer = true,
    help = "the year, of a folder or database with several" },
  { name = "document", value = "ID",
    help = "of a database with several units: the document of one" },
}

local function run(p)
  local language = p.lang or lang.current
  local path = p.folder or p.db
    or require("evalua").root() .. "/data/dongfanghong-2022"
  local judged, notes = audit.judged(path, { lang = language, rules = p.rules,
    document = p.document, unit = p.unit, year = p.year })
  if judged == nil then error(notes, 0) end
  local t = assert(audit.rows_of(judged))
  local result = audit_report.of(t, { lang = language, notes = notes,
    name = audit_report.name(path, judged.data, language) })
  result.figures = require("evalua.trace_report").ledger_of_rules(judged)
  return result
end

return { name = "audit", title = "Audit of the figures", params = params,
  of_unit = true, run = run }

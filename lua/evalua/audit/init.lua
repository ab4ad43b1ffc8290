--- Audit (勾稽核对): whether the figures of a report hold together.
---
--- Rules are rows of a file (data/audit/README.md); each gives one of holds,
--- fails, undecided (the report does not give what is needed) and flag (no
--- contradiction, but a reader must be told), with its arithmetic.

local blame = require "evalua.blame"
local core = require "evalua.core"
local evaluate = require "evalua.audit.evaluate"
local folder = require "evalua.audit.folder"
local kinds = require "evalua.audit.kinds"
local lang = require "evalua.lang"
local narrow = require "evalua.audit.narrow"
local render = require "evalua.audit.render"
local rules = require "evalua.audit.rules"

local raise = blame.new(debug.getinfo(1, "S").source)

---@overload fun(source: string|evalua.table, opts: table?): evalua.table?
local M = {}

--- Columns of an audit, those of the contract first.
M.fields = { "id", "outcome", "severity", "place", "arithmetic", "expected",
  "found", "name", "reason", "kind" }

--- Texts in one language: say("…", …), say.lang.
local function speaker(lang_)
  return setmetatable({ lang = lang_ }, { __call = function(_, english, ...)
    return lang.text(lang_, english, ...)
  end })
end

--- The text of a cell in the language, else in the other.
local function choose(cells, name, lang_)
  local other = lang_ == "zh" and "en" or "zh"
  return cells[name .. "_" .. lang_] or cells[name .. "_" .. other]
end

-- Places ------------------------------------------------------------------------

--- Where a row's figure stands: a line of the report, else of its file.
local function place_of(used, data)
  local cells = used.row.cells
  local line = cells.line
  local fact = cells.fact_id and (data.by_id.facts or {})[cells.fact_id]
  if line == nil and fact ~= nil then line = fact.cells.line end
  if line ~= nil and data.document then
    return data.document, math.tointeger(tonumber(line))
  end
  return used.row.file:match "[^/]*$", used.row.line
end

local MOST_PLACES, MOST_FILES = 8, 3

--- "report.txt:10,12": the lines that a rule looked at.
local function places(ctx)
  local files, lines = {}, {}
  for _, used in ipairs(ctx.used) do
    local file, line = place_of(used, ctx.data)
    if lines[file] == nil then
      files[#files + 1], lines[file] = file, {}
    end
    local known = false
    for _, other in ipairs(lines[file]) do known = known or other == line end
    if not known and line then table.insert(lines[file], line) end
  end
  local texts = {}
  for i, file in ipairs(files) do
    if i > MOST_FILES then
      texts[i] = "…"
      break
    end
    local list = lines[file]
    table.sort(list)
    local more = #list > MOST_PLACES and "…" or ""
    texts[i] = file .. ":" .. table.concat(list, ",", 1,
      math.min(#list, MOST_PLACES)) .. more
  end
  return #texts > 0 and table.concat(texts, "; ") or nil
end

--- What a rule's subject names is looked at, whatever its kind.
local function note_subject(rule, ctx)
  for id in (rule.cells.subject or ""):gmatch "[^|]+" do
    for _, name in ipairs { "claims", "mentions", "facts" } do
      local row = (ctx.data.by_id[name] or {})[id]
      if row ~= nil then ctx.used[#ctx.used + 1] = { row = row } end
    end
  end
end

-- One rule ----------------------------------------------------------------------

--- "fails: … | undecided: …": the part for this outcome, and parts for all.
local function written_reasons(text, outcome, reasons)
  for part in ((text or "") .. "|"):gmatch "([^|]*)|" do
    part = part:match("^%s*(.-)%s*$")
    local wanted, rest = part:match("^(%l+):%s*(.*)$")
    if wanted == nil and part ~= "" then reasons[#reasons + 1] = part
    elseif wanted == outcome then reasons[#reasons + 1] = rest end
  end
end

local function computed_reasons(ctx, outcome, say, reasons)
  if #ctx.missing > 0 and outcome == "undecided" then
    table.insert(reasons, 1, say("not given: %s",
      table.concat(ctx.missing, ", ")))
  end
  for _, problem in ipairs(ctx.problems) do
    reasons[#reasons + 1] = say(table.unpack(problem))
  end
end

local function outcome_of(rule, result, must)
  if must == false then return "fails" end
  if result.forced then return result.forced end
  if result.truth == true then return rule.cells["then"] or "holds" end
  if result.truth == false then return rule.cells["else"] or "fails" end
  return "undecided"
end

local function add_must(rule, ctx, result, say)
  if rule.must == nil then return nil end
  local must = evaluate.truth(ctx, rule.must)
  local lines = result.lines
  lines[#lines + 1] = render.condition(rule.must, ctx, say.lang)
  if must == false then
    result.expected, result.found = render.expected(
      render.deciding(rule.must), say.lang)
  end
  return must
end

local function add_shown(rule, ctx, result, say)
  for _, item in ipairs(rule.show) do
    evaluate.value(ctx, item.tree)
    local label = item[say.lang]
    local text = render.sum(item.tree, ctx, say.lang, item.percent)
    result.lines[#result.lines + 1] = label == "" and text
      or say("%s: %s", label, text)
  end
end

local function joined(texts, say)
  return #texts > 0 and table.concat(texts, say "; ") or nil
end

local function context_of(rule, set, data, say)
  local defines, names = {}, {}
  for id, define in pairs(set.defines) do
    defines[id], names[id] = define.tree, choose(define.cells, "name", say.lang)
  end
  for id, row in pairs(set.named) do
    names[id] = choose(row.cells, "name", say.lang)
  end
  return evaluate.context(data, { defines = defines, names = names,
    lang = say.lang, about = set.about,
    printed = rule.cells.rounding == "printed" })
end

--- The row of one rule.
local function judge(rule, set, data, say)
  local ctx = context_of(rule, set, data, say)
  note_subject(rule, ctx)
  local result = kinds.all[rule.kind].run(rule, ctx, say)
  result.lines = result.lines or {}
  local missing = #ctx.missing
  local must = add_must(rule, ctx, result, say)
  local outcome = outcome_of(rule, result, must)
  for i = #ctx.missing, missing + 1, -1 do ctx.missing[i] = nil end
  add_shown(rule, ctx, result, say)
  for i = #ctx.missing, missing + 1, -1 do ctx.missing[i] = nil end
  local reasons = {}
  computed_reasons(ctx, outcome, say, reasons)
  table.move(result.reasons or {}, 1, #(result.reasons or {}), #reasons + 1,
    reasons)
  written_reasons(choose(rule.cells, "reason", say.lang), outcome, reasons)
  return { id = rule.id, outcome = outcome, severity = rule.severity,
    place = places(ctx),
    arithmetic = joined(result.lines, say),
    expected = result.expected, found = result.found,
    name = choose(rule.cells, "name", say.lang),
    reason = joined(reasons, say),
    kind = rule.kind }, ctx
end

-- All rules ---------------------------------------------------------------------

--- The share by which 约 may be off, from the row `about` of the kind setting.
local function about_of(set, data)
  local setting = set.settings.about
  if setting == nil then return nil end
  local value = evaluate.value(evaluate.context(data, {}), setting.tree)
  return value and value.lo
end

--- Names of figures, tables and columns in the rules that the folder has not.
local function unknown_names(set, data, notes)
  local facts = data.by_id.facts or {}
  local function visit(node, rule)
    local unknown = node.source and evaluate.unknown(data, node)
    if unknown then
      notes[#notes + 1] = ("%s:%d: there is no table or column '%s'"):format(
        rule.file, rule.line, unknown)
    end
    if node.op == "figure" and not node.optional and not facts[node.id]
      and not set.defines[node.id] then
      notes[#notes + 1] = ("%s:%d: '%s' is a figure of no table"):format(
        rule.file, rule.line, node.id)
    end
    for _, inner in ipairs(node) do visit(inner, rule) end
  end
  for _, rule in ipairs(set.list) do
    if rule.tree then visit(rule.tree, rule) end
    if rule.must then visit(rule.must, rule) end
    for _, item in ipairs(rule.show) do visit(item.tree, rule) end
  end
end

--- Each rule of `path` worked out over the data: its row, and the rows of the
--- data that it used.
---@param data evalua.audit.data
---@param path string
---@param lang_ "en"|"zh"
---@return { row: table, used: table[] }[]? judged
---@return string[]|string notes or message
---@return string? code
function M.apply(data, path, lang_)
  local set, message, code = rules.load(path)
  if set == nil then return nil, message, code end
  set.about = about_of(set, data)
  local judged, notes, say = {}, {}, speaker(lang_)
  for i, rule in ipairs(set.list) do
    local row, ctx = judge(rule, set, data, say)
    judged[i] = { row = row, used = ctx.used }
  end
  unknown_names(set, data, notes)
  return judged, notes
end

--- The rows as a table.
---@param rows table[]
---@return evalua.table? t
---@return string? message
---@return string? code
function M.table(rows)
  local list = { order = M.fields, types = {} }
  for _, name in ipairs(M.fields) do list.types[name] = "text" end
  table.move(rows, 1, #rows, 1, list)
  return require("evalua.values").table(list)
end

--- The folder's own file of rules: rules.csv, or a workbook.
local function own_rules(dir)
  for _, name in ipairs { "/rules.csv", "/rules.xlsx" } do
    if core.system.kind(dir .. name) ~= nil then return dir .. name end
  end
end

local function load_data(path, opts, is_folder)
  if is_folder then return folder.load(path) end
  return folder.load_database(path, opts)
end

--- The rules of a unit's folder, or of a database that it was imported into
--- (those for any unit where there are none), worked out; see M.apply. Of
--- several years the rules for any unit take the last one.
---@param path string
---@param opts { rules: string?, lang: string?, document: string?,
---  unit: string?, year: integer? }?
---@return table[]? judged with `data`
---@return string[]|string notes or message
---@return string? code
function M.judged(path, opts)
  opts = opts or {}
  local is_folder = core.system.kind(path) == "directory"
  local data, message, code = load_data(path, opts, is_folder)
  if data == nil then return nil, message, code end
  local file = opts.rules or is_folder and own_rules(data.path) or nil
  local own, year, years = file ~= nil, opts.year, nil
  if not own then
    file = require("evalua").root() .. "/data/audit/unit.csv"
    if year == nil then year, years = narrow.last_year(data) end
  end
  data, message, code = narrow.rows(data, { unit = opts.unit, year = year })
  if data == nil then return nil, message, code end
  local judged, notes, kind = M.apply(data, file, opts.lang or "en")
  if judged == nil then return nil, notes, kind end
  if not own then
    notes[#notes + 1] = ("'%s' has no rules.csv: audited by the rules for any "
      .. "unit"):format(data.path)
  end
  judged.data = data
  if years then
    notes[#notes + 1] = ("audited is %d, the last of the years %s (--year)")
      :format(year, years)
  end
  return judged, notes
end

--- The table of rules that were worked out.
---@param judged table[]
---@return evalua.table? t
---@return string? message
---@return string? code
function M.rows_of(judged)
  local rows = {}
  for i, item in ipairs(judged) do rows[i] = item.row end
  return M.table(rows)
end

--- Audit a unit's folder by rules; `opts.rules` names a file, else the folder's
--- own rules.csv.
---@param path string
---@param opts { rules: string?, lang: string? }?
---@return evalua.table? t
---@return string[]|string notes or message
---@return evalua.audit.data|string? data or code
function M.folder(path, opts)
  local judged, notes, code = M.judged(path, opts)
  if judged == nil then return nil, notes, code end
  local t, problem, what = M.rows_of(judged)
  if t == nil then return nil, problem, what end
  return t, notes, judged.data
end

--- The generic checks on a table; `place(i)` names a row.
---@param t evalua.table
---@param opts { lang: string?, place: (fun(i: integer): string)? }
---@return evalua.table? findings
---@return string[]|string notes why there is no finding; or message
---@return string? code
local function generic(t, opts)
  local sheet = require("evalua.audit.tables").sheet(t, opts)
  local checks = require "evalua.audit.generic"
  checks.run(sheet)
  local findings, message, code = M.table(sheet.rows)
  if findings == nil then return nil, message, code end
  return findings, #sheet.rows == 0 and checks.not_found(t) or {}
end

--- Audit a table without rules.
---@param t evalua.table
---@param opts { lang: string? }?
---@return evalua.table? findings
---@return string[]|string notes why there is no finding; or message
---@return string? code
function M.of_table(t, opts)
  return generic(t, { lang = opts and opts.lang })
end

local function file_table(path, opts)
  local origin = require "evalua.origin"
  local from, message, code = origin.open(path, opts)
  if from == nil then return nil, message, code end
  local t, why, kind = generic(from.table, { lang = opts.lang,
    place = function(i) return from:place(i) end })
  if t == nil then return nil, why, kind end
  local notes = table.move(why, 1, #why, 1, {})
  return t, table.move(from.info.notes or {}, 1, #(from.info.notes or {}),
    #notes + 1, notes)
end

--- A text is a report unless its first lines are cells of a table.
local function is_report(path)
  local suffix = (path:match("%.(%w+)$") or ""):lower()
  if suffix == "md" then return true end
  if suffix ~= "txt" then return false end
  local bytes = core.file.read(path)
  local text = bytes and core.file.decode(bytes)
  local lines, cells = 0, 0
  for line in (text or ""):gmatch "[^\r\n]+" do
    lines = lines + 1
    cells = cells + (line:find("[,\t|]") and not line:find("。", 1, true)
      and 1 or 0)
    if lines == 10 then break end
  end
  return lines == 0 or cells * 10 < lines * 7
end

--- The figures of a text as the data that rules speak of: facts X1, X2 …
local function facts_of(text, name)
  local rows = {}
  for i, row in ipairs(require("evalua.extract").rows(text)) do
    rows[i] = { file = name, line = row.line, cells = { id = "X" .. i,
      value = row.value, measure_unit = row.measure_unit,
      qualifier = row.qualifier, name_zh = row.name, section = row.section,
      phrase = row.phrase, line = tostring(row.line) } }
  end
  local data = { path = name, document = name, tables = { facts = rows },
    by_id = { facts = {} } }
  for _, row in ipairs(rows) do data.by_id.facts[row.cells.id] = row end
  return data
end

local function report_table(path, opts)
  local text, base, code = require("evalua.extract").read(path, opts.encoding)
  if text == nil then return nil, base, code end
  local name = path:match "([^/]+)$" or path
  local language = opts.lang or "en"
  local rows, notes = require("evalua.audit.text").run(text, {
    lang = language, name = name }), {}
  if opts.rules then
    local judged, message, kind = M.apply(facts_of(text, name), opts.rules,
      language)
    if judged == nil then return nil, message, kind end
    rows, notes = {}, message
    for i, item in ipairs(judged) do rows[i] = item.row end
  end
  local t, problem, kind = M.table(rows)
  if t == nil then return nil, problem, kind end
  return t, notes
end

--- A database of which no table was named: the unit in it is meant.
local function is_unit_database(path, opts)
  return opts.table == nil
    and require("evalua.source").kind(path) == "database"
end

--- Audit whatever `path` is: a unit's folder by its rules, the text of a report
--- (.txt, .md) or a table by the generic checks. `opts.rules` names rules.
---@param path string
---@param opts table? rules= lang= where= and options of source.open
---@return evalua.table? t
---@return string[]|string notes or message
---@return string? code
function M.run(path, opts)
  opts = opts or {}
  if core.system.kind(path) == "directory" or is_unit_database(path, opts) then
    return M.folder(path, opts)
  end
  if opts.unit or opts.year then
    return nil, ("--unit and --year are for a unit's folder or database, '%s' "
      .. "is none"):format(path), "usage"
  end
  if is_report(path) then return report_table(path, opts) end
  if opts.rules then
    return nil, ("--rules are for a unit's folder or a report's text, '%s' is "
      .. "a table"):format(path), "usage"
  end
  return file_table(path, opts)
end

local of_table = { "lang" }
local of_path = { "lang", "rules", "document", "unit", "year", "where" }

--- `ev.audit(path)` or `ev.audit(t)`.
local function audit(_, source, opts)
  local is_table = core.table.is(source)
  if not is_table and type(source) ~= "string" then
    raise("audit", "a path or a table was expected, not a "
      .. blame.kind_of(source))
  end
  local known = is_table and of_table or of_path
  if not is_table then
    local readers = require("evalua.source").options
    known = table.move(readers, 1, #readers, #known + 1,
      table.move(known, 1, #known, 1, {}))
  end
  -- audit(read_csv(path)) hands on what reading found: no options
  if not is_table or type(opts) ~= "table" or opts.rows == nil then
    blame.check_names(raise, "audit", opts or {}, known)
  end
  if is_table then return M.of_table(source, opts) end
  return M.run(source, opts)
end

return setmetatable(M, { __call = audit })

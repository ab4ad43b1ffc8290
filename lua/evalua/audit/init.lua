--- Audit (勾稽核对): whether the figures of a report hold together.
---
--- Rules are rows of a file (data/audit/README.md); each gives one of holds,
--- fails, undecided (the report does not give what is needed) and flag (no
--- contradiction, but a reader must be told), with its arithmetic.

local core = require "evalua.core"
local evaluate = require "evalua.audit.evaluate"
local folder = require "evalua.audit.folder"
local kinds = require "evalua.audit.kinds"
local lang = require "evalua.lang"
local render = require "evalua.audit.render"
local rules = require "evalua.audit.rules"

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

local MOST_PLACES = 8

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
      or ("%s: %s"):format(label, text)
  end
end

--- The row of one rule.
local function judge(rule, set, data, say)
  local defines, names = {}, {}
  for id, define in pairs(set.defines) do
    defines[id], names[id] = define.tree, choose(define.cells, "name", say.lang)
  end
  local ctx = evaluate.context(data, { defines = defines, names = names,
    about = set.about, printed = rule.cells.rounding == "printed" })
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
    arithmetic = #result.lines > 0 and table.concat(result.lines, "; ") or nil,
    expected = result.expected, found = result.found,
    name = choose(rule.cells, "name", say.lang),
    reason = #reasons > 0 and table.concat(reasons, "; ") or nil,
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

--- Names of figures in the rules that no table of the folder has.
local function unknown_figures(set, data, notes)
  local facts = data.by_id.facts or {}
  local function visit(node, rule)
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
  unknown_figures(set, data, notes)
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

--- The rules of a unit's folder worked out; see M.apply.
---@param path string
---@param opts { rules: string?, lang: string? }?
---@return table[]? judged
---@return string[]|string notes or message
---@return string? code
function M.judged(path, opts)
  opts = opts or {}
  local data, message, code = folder.load(path)
  if data == nil then return nil, message, code end
  local file = opts.rules or data.path .. "/rules.csv"
  if core.system.kind(file) == nil then
    return nil, ("cannot open '%s' (no such file)"):format(file), "io"
  end
  return M.apply(data, file, opts.lang or "en")
end

--- Audit a unit's folder by rules; `opts.rules` names a file, else the folder's
--- own rules.csv.
---@param path string
---@param opts { rules: string?, lang: string? }?
---@return evalua.table? t
---@return string[]|string notes or message
---@return string? code
function M.folder(path, opts)
  local judged, notes, code = M.judged(path, opts)
  if judged == nil then return nil, notes, code end
  local rows = {}
  for i, item in ipairs(judged) do rows[i] = item.row end
  local t, problem, what = M.table(rows)
  if t == nil then return nil, problem, what end
  return t, notes
end

--- Audit whatever `path` is.
---@param path string
---@param opts table rules=, lang=
---@return evalua.table? t
---@return string[]|string notes or message
---@return string? code
function M.run(path, opts)
  return M.folder(path, opts)
end

return M

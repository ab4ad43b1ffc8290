--- Rules as data: a csv file whose columns data/audit/README.md explains.
--- Every mistake in it is said with file, line, column and what is allowed.

local grammar = require "evalua.audit.grammar"
local kinds = require "evalua.audit.kinds"
local nearest = require "evalua.nearest"
local unit_read = require "evalua.unit_read"

local M = {}

---@class evalua.audit.rule
---@field id string
---@field kind string
---@field severity string high, medium or low
---@field cells table<string, string>
---@field tree table? of the column check
---@field must table?
---@field show { zh: string, en: string, tree: table, percent: boolean }[]
---@field file string
---@field line integer

local severities = { high = true, medium = true, low = true }
local outcomes = { holds = true, fails = true, undecided = true, flag = true }

local function keys(set)
  local list = {}
  for name in pairs(set) do list[#list + 1] = name end
  table.sort(list)
  return list
end

--- Raise a message with the rule's place; M.load turns it into a result.
local function fail(rule, column, message, ...)
  if select("#", ...) > 0 then message = message:format(...) end
  local place = column and ("column \"%s\": "):format(column) or ""
  error({ text = ("%s:%d: %s%s"):format(rule.file, rule.line, place,
    message) }, 0)
end

local function check_kind(rule)
  local kind = rule.cells.kind
  if kind == nil then fail(rule, "kind", "must not be empty") end
  if kinds.all[kind] ~= nil then return kinds.all[kind] end
  fail(rule, "kind", "unknown rule kind '%s'%s", kind,
    nearest.hint(kind, keys(kinds.all)))
end

local function check_words(rule)
  local severity = rule.cells.severity or "medium"
  if not severities[severity] then
    fail(rule, "severity", "'%s' is none of high, medium, low", severity)
  end
  rule.severity = severity
  for _, name in ipairs { "then", "else" } do
    local outcome = rule.cells[name]
    if outcome ~= nil and not outcomes[outcome] then
      fail(rule, name, "'%s' is none of holds, fails, undecided, flag",
        outcome)
    end
  end
  local rounding = rule.cells.rounding
  if rounding ~= nil and rounding ~= "exact" and rounding ~= "printed" then
    fail(rule, "rounding", "'%s' is none of exact, printed", rounding)
  end
end

--- An outcome is worked out, never written down: both ways to the same one
--- would be that. Only a judgement has its outcome, and then with a reason.
local function check_outcomes(rule)
  local cells = rule.cells
  if rule.kind == "judgement" then
    local outcome = cells["then"]
    if outcome ~= "undecided" and outcome ~= "flag" then
      fail(rule, "then", "a judgement is undecided or flag, not '%s': what "
        .. "holds or fails must be worked out", outcome or "")
    end
    if not (cells.reason_zh or cells.reason_en) then
      fail(rule, "reason_zh", "a judgement needs its reason")
    end
  elseif (cells["then"] or "holds") == (cells["else"] or "fails") then
    fail(rule, "else", "then and else are both '%s', so that nothing would "
      .. "be worked out", cells["else"] or "fails")
  end
end

local function parse(rule, column, text, read)
  local tree, message = read(text)
  if tree == nil then fail(rule, column, "%s", message) end
  return tree
end

--- "超出/excess: F026 - F023 | F026 / F023 in %"
local function parse_show(rule)
  local shown = {}
  for part in ((rule.cells.show or "") .. "|"):gmatch "([^|]*)|" do
    local label, text = part:match("^%s*([^:]-)%s*:%s*(.-)%s*$")
    text = text or part:match("^%s*(.-)%s*$")
    if text ~= "" then
      local sum, percent = text:match("^(.-)%s+in%s+%%$")
      local zh, en = (label or ""):match("^(.-)/(.*)$")
      shown[#shown + 1] = { zh = zh or label or "", en = en or label or "",
        tree = parse(rule, "show", sum or text, grammar.sum),
        percent = percent or sum ~= nil }
    end
  end
  return shown
end

local function parse_rule(rule, kind)
  for _, column in ipairs(kind.needs) do
    if rule.cells[column] == nil then
      fail(rule, column, "must not be empty for a rule of the kind '%s'",
        rule.kind)
    end
  end
  local check = rule.cells.check
  if check ~= nil and kind.reads then
    rule.tree = parse(rule, "check", check, grammar[kind.reads])
    local problem = kind.shape and kind.shape(rule.tree)
    if problem then fail(rule, "check", problem) end
  end
  if rule.cells.must ~= nil then
    rule.must = parse(rule, "must", rule.cells.must, grammar.condition)
  end
  rule.show = parse_show(rule)
end

--- The figures that a tree names.
local function names_in(node, found)
  if node.op == "figure" then found[#found + 1] = node.id end
  for _, inner in ipairs(node) do names_in(inner, found) end
  return found
end

--- Rules of the kind define may use each other, but none itself.
local function check_cycles(defines)
  local state = {}
  local function visit(rule, path)
    path = path .. rule.id
    if state[rule.id] == "open" then
      fail(rule, "check", "'%s' is defined by itself: %s", rule.id, path)
    end
    if state[rule.id] == "done" then return end
    state[rule.id] = "open"
    for _, id in ipairs(names_in(rule.tree, {})) do
      if defines[id] then visit(defines[id], path .. " → ") end
    end
    state[rule.id] = "done"
  end
  for _, id in ipairs(keys(defines)) do visit(defines[id], "") end
end

local needed = { "id", "kind" }

local columns = { "id", "kind", "severity", "subject", "check", "must", "then",
  "else", "rounding", "show", "name_zh", "name_en", "reason_zh", "reason_en" }

local function read_rows(file, path)
  local top = { file = path, line = 1 }
  local unknown, meant = nearest.misspelt(file.rows:names(), columns)
  if unknown then
    fail(top, nil, "unknown column '%s' (did you mean '%s'?)", unknown, meant)
  end
  for _, column in ipairs(needed) do
    if not file.rows:has(column) then
      fail(top, nil, "no column '%s'", column)
    end
  end
  local rules = {}
  for i = 1, file.rows:nrows() do
    local cells = {}
    for name, text in pairs(file.rows[i]) do
      if text ~= "" then cells[name] = text end
    end
    rules[i] = { cells = cells, id = cells.id, kind = cells.kind,
      file = path, line = file.lines and file.lines[i] or i + 1 }
  end
  return rules
end

local function read_rules(file, path)
  local set = { list = {}, defines = {}, settings = {}, named = {} }
  local seen = {}
  for _, rule in ipairs(read_rows(file, path)) do
    if rule.id == nil then fail(rule, "id", "must not be empty") end
    if seen[rule.id] then
      fail(rule, "id", "'%s' stands in line %d already", rule.id,
        seen[rule.id])
    end
    seen[rule.id] = rule.line
    local kind = check_kind(rule)
    check_words(rule)
    parse_rule(rule, kind)
    if rule.kind == "define" then set.defines[rule.id] = rule
    elseif rule.kind == "setting" then
      if rule.id ~= "about" then
        fail(rule, "id", "there is no setting '%s', only 'about'", rule.id)
      end
      set.settings[rule.id] = rule
    elseif rule.kind == "name" then
      if not (rule.cells.name_zh or rule.cells.name_en) then
        fail(rule, "name_zh", "a row of the kind 'name' needs a name")
      end
      set.named[rule.id] = rule
    else
      check_outcomes(rule)
      set.list[#set.list + 1] = rule
    end
  end
  check_cycles(set.defines)
  if #set.list == 0 then
    fail({ file = path, line = 1 }, nil, "there is no rule in this file")
  end
  return set
end

--- Read a file of rules.
---@param path string
---@return { list: evalua.audit.rule[], defines: table, settings: table,
---  named: table }? set
---@return string? message
---@return string? code
function M.load(path)
  local dir, name = path:match("^(.*)/([^/]*)$")
  local file, message, code = unit_read.file(dir or ".",
    { file = name or path })
  if file == nil then return nil, message, code end
  if not file then
    return nil, ("cannot open '%s' (no such file)"):format(path), "io"
  end
  local ok, result = pcall(read_rules, file, path)
  if ok then return result end
  if type(result) ~= "table" or result.text == nil then error(result, 0) end
  return nil, result.text, "data"
end

return M

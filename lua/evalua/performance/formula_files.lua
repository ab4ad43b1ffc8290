--- The files of data/indicators: parts of formulas, common indicators, the
--- base-data form and its checks. An officer writes rows of her own there, so
--- each is looked over when it is read; a mistake is raised with its place.

local core = require "evalua.core"
local full_width = require "evalua.full_width"
local nearest = require "evalua.nearest"
local origin = require "evalua.origin"
local parse = require "evalua.parse"
local source = require "evalua.source"

local M = {}

local function fail(row, column, message, ...)
  error(("%s: column \"%s\": %s"):format(row.at, column, message:format(...)),
    0)
end

--- Rows of a file, each with its place.
local function read(name, columns)
  local shown = "data/indicators/" .. name
  local path = require("evalua").root() .. "/" .. shown
  local t, info = source.read_csv(path, {})
  if t == nil then error(info, 0) end
  local unknown, meant = nearest.misspelt(t:names(), columns)
  if unknown then
    error(("%s:1: unknown column '%s' (did you mean '%s'?)"):format(shown,
      unknown, meant), 0)
  end
  local line, rows = origin.lines(path, t, info), t:to_rows()
  for i, row in ipairs(rows) do row.at = ("%s:%d"):format(shown, line(i)) end
  return rows
end

local function check_once(rows, column, key_of)
  local seen = {}
  for _, row in ipairs(rows) do
    local key = key_of(row)
    if seen[key] then
      fail(row, column, "'%s' stands in %s already", key, seen[key])
    end
    seen[key] = row.at
  end
end

-- Parts -------------------------------------------------------------------

--- What a sum of budget.csv may be told by, and the words where there are few.
local selectors = { nature = true, tag = true,
  flow = { "income", "expense", "carry_in", "carry_out" },
  version = { "original", "adjusted", "executed" }, year = { "-1" } }

local function keys(map)
  local list = {}
  for name in pairs(map) do list[#list + 1] = name end
  table.sort(list)
  return list
end

local function check_word(row, key, value)
  local allowed = selectors[key]
  if allowed == nil then
    fail(row, "select", "unknown '%s'%s", key, nearest.hint(key,
      keys(selectors)))
  end
  if allowed == true then return end
  for _, word in ipairs(allowed) do
    if word == value then return end
  end
  fail(row, "select", "%s is not '%s'%s", key, value, nearest.hint(value,
    allowed))
end

--- "flow=expense version=original" as a table.
local function selection(row)
  local what = {}
  local text = full_width.narrowed(row.select or ""):gsub("[;,]", " ")
  for word in text:gmatch("%S+") do
    local key, value = word:match("^([%l_]+)=(.+)$")
    if key == nil then fail(row, "select", "'%s' is not KEY=VALUE", word) end
    check_word(row, key, value)
    what[key] = value
  end
  if what.flow == nil then fail(row, "select", "flow= is missing") end
  return what
end

local function check_base(row)
  local text = row.select or ""
  for place in (text .. "|"):gmatch("([^|]*)|") do
    if not place:find("^[%w_]+/[%w_]+$") then
      fail(row, "select", "'%s' is not SECTION/GROUP", place)
    end
  end
end

--- The parts by name: kind= and, of money, what= {flow=, version=, …}.
---@return table<string, table>
function M.parts()
  local rows = read("parts.csv", { "part", "name_zh", "name_en", "kind",
    "select" })
  check_once(rows, "part", function(row) return row.part or "" end)
  local parts = {}
  for _, row in ipairs(rows) do
    if not (row.part or ""):find("^[%a_][%w_]*$") then
      fail(row, "part", "'%s' is no name: letters, digits and _", row.part
        or "")
    end
    if row.kind == "money" then row.what = selection(row)
    elseif row.kind == "base" then check_base(row)
    else fail(row, "kind", "'%s' is neither money nor base", row.kind or "") end
    parts[row.part] = row
  end
  return parts
end

-- Formulas ----------------------------------------------------------------

local operators = { add = true, subtract = true, multiply = true,
  divide = true }

local function check_tree(row, column, tree, parts)
  if tree.op == "literal" then
    if not core.decimal.is(tree.value)
      and math.type(tree.value) ~= "integer" then
      fail(row, column, "'%s' is no exact number", tostring(tree.value))
    end
    return
  elseif tree.op == "column" then
    if parts[tree.name] == nil then
      fail(row, column, "there is no part '%s'%s", tree.name,
        nearest.hint(tree.name, keys(parts)))
    end
    return
  elseif not operators[tree.op] then
    fail(row, column, "a formula over parts has no '%s'", tree.op)
  end
  check_tree(row, column, tree[1], parts)
  check_tree(row, column, tree[2], parts)
end

--- Put the trees of the formulas into `row.trees`.
local function check_formulas(rows, columns, parts, must)
  for _, row in ipairs(rows) do
    row.trees = {}
    for _, column in ipairs(columns) do
      local text = row[column]
      if text == nil and must then fail(row, column, "must not be empty") end
      if text ~= nil then
        local ok, tree = pcall(parse.expression,
          full_width.narrowed(tostring(text)))
        if not ok then
          fail(row, column, "%s", (tostring(tree):match("^[^\n]*")))
        end
        check_tree(row, column, tree, parts)
        row.trees[column] = tree
      end
    end
  end
  return rows
end

--- The common indicators in the order of the file, variants too.
---@param parts table<string, table>
---@return table[]
function M.common(parts)
  local rows = read("common.csv", { "id", "variant", "name_zh", "name_en",
    "numerator", "denominator", "source" })
  for _, row in ipairs(rows) do
    if row.id == nil then fail(row, "id", "must not be empty") end
    if row.name_zh == nil then fail(row, "name_zh", "must not be empty") end
  end
  check_once(rows, "id", function(row)
    return row.variant and row.id .. ":" .. row.variant or row.id
  end)
  return check_formulas(rows, { "numerator", "denominator" }, parts, true)
end

--- The lines of the base-data form.
---@param parts table<string, table>
---@return table[]
function M.base_form(parts)
  return check_formulas(read("base_form.csv", { "seq", "level", "name_zh",
    "name_en", "last", "budget", "final", "places" }),
    { "last", "budget", "final" }, parts)
end

--- The checks of the base-data form.
---@param parts table<string, table>
---@return table[]
function M.base_checks(parts)
  return check_formulas(read("base_checks.csv", { "id", "name_zh", "name_en",
    "stated", "computed" }), { "stated", "computed" }, parts, true)
end

return M

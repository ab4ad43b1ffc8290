--- Rubrics: who gets how many points for what. A rubric is a file of rows
--- (data/rubrics/README.md has its columns), or comes with a unit's folder.
---
--- Rows without a rule are headings of the tree: they hold what the rows below
--- them must add up to. Row 0, without a path, is the rubric itself.

local core = require "evalua.core"
local full_width = require "evalua.full_width"
local nearest = require "evalua.nearest"
local origin = require "evalua.origin"
local rules = require "evalua.performance.rules"
local source = require "evalua.source"

local M = {}

---@class evalua.rubric
---@field id string
---@field name_zh string
---@field name_en string?
---@field rows table[] the rows that give points, in order
---@field all table[] headings too
---@field rounding "half-up"|"half-even"
---@field places integer decimals of points
---@field scheme table[] the grades, best first
---@field over_flag evalua.decimal percent of the target, flagged above it
---@field from string where it was read

local HUNDRED = core.decimal.new(100, 0)

local function fail(row, message)
  return nil, ("%s: %s"):format(row.at, message), "data"
end

-- Reading ---------------------------------------------------------------

local function text_of(value)
  if value == nil then return nil end
  local text = tostring(value):match("^%s*(.-)%s*$")
  return text ~= "" and text or nil
end

--- The whole number that a text is, or nil.
local function whole(text)
  return math.tointeger(tonumber(full_width.narrowed(text)))
end

local function weight_of(row)
  local value = core.decimal.parse(row.weight or "")
  if row.weight == nil then return fail(row, 'column "weight" is empty') end
  if value == nil then
    return fail(row, ('column "weight": \'%s\' is not a number'):format(
      row.weight))
  end
  if value < 0 then return fail(row, "a weight cannot be below zero") end
  return value
end

local columns = { "seq", "parent", "path", "name_zh", "name_en", "weight",
  "rule", "formula", "params", "source" }

--- Rows of a table as text fields, each with its place.
local function raw_rows(t, name, line)
  local rows = {}
  for i = 1, t:nrows() do
    local cells, row = t[i], { at = ("%s:%d"):format(name, line(i)) }
    for _, column in ipairs(columns) do
      row[column] = text_of(cells[column])
    end
    rows[i] = row
  end
  return rows
end

local needed = { "seq", "path", "name_zh", "weight", "rule", "params" }

local function check_columns(t, name)
  local unknown, meant = nearest.misspelt(t:names(), columns)
  if unknown then
    return nil, ("%s:1: unknown column '%s' (did you mean '%s'?)"):format(name,
      unknown, meant), "data"
  end
  for _, column in ipairs(needed) do
    local is_there = t:has(column) or column == "path" and t:has("parent")
    if not is_there then
      return nil, ("%s:1: a rubric needs the column '%s'"):format(name,
        column), "data"
    end
  end
  if t:nrows() == 0 then
    return nil, ("'%s' has a header but no rows"):format(name), "data"
  end
  return true
end

local function check_seq(rows)
  local by_seq = {}
  for _, row in ipairs(rows) do
    local seq = whole(row.seq or "")
    if seq == nil then
      return fail(row, ('column "seq": \'%s\' is not a whole number'):format(
        row.seq or ""))
    end
    if by_seq[seq] then
      return fail(row, ("the number %d stands twice in the column seq")
        :format(seq))
    end
    row.seq, by_seq[seq] = seq, row
  end
  return by_seq
end

-- The tree --------------------------------------------------------------

--- Each row's way up by `parent`; a circle or a parent that is not there ends
--- it.
local function link_parents(rows, by_seq)
  for _, row in ipairs(rows) do
    if row.parent then
      row.above = by_seq[whole(row.parent) or false]
      if row.above == nil then
        return fail(row, ("there is no row %s to be the parent"):format(
          row.parent))
      end
    end
  end
  for _, row in ipairs(rows) do
    local way, seen, at = {}, {}, row
    while at ~= nil do
      way[#way + 1] = tostring(at.seq)
      if seen[at] then
        return fail(row, ("the rows %s are parents of each other in a circle")
          :format(table.concat(way, " → ")))
      end
      seen[at], at = true, at.above
    end
  end
  return true
end

--- The path of a row that has only a parent: the names above it.
local function add_paths(rows)
  local function path_of(row)
    if row.path then return row.path end
    if row.above == nil then return row.name_zh end
    local above = path_of(row.above)
    return row.rule and above or above .. "/" .. row.name_zh
  end
  for _, row in ipairs(rows) do
    if row.path == nil and row.seq ~= 0 then row.path = path_of(row) end
  end
end

local function is_below(row, heading)
  local at = row.above
  while at ~= nil do
    if at == heading then return true end
    at = at.above
  end
  if row.parent then return false end
  return row.path == heading.path
    or row.path:sub(1, #heading.path + 1) == heading.path .. "/"
end

local function sum_of(rows)
  local weights = {}
  for i, row in ipairs(rows) do weights[i] = row.weight end
  return core.decimal.sum(weights) or core.decimal.new(0, 0)
end

local function check_headings(all, leaves)
  for _, heading in ipairs(all) do
    if heading.rule == nil then
      local below = {}
      for _, row in ipairs(leaves) do
        if is_below(row, heading) then below[#below + 1] = row end
      end
      if #below == 0 then
        return fail(heading, ("row %d has neither a rule nor rows below it")
          :format(heading.seq))
      end
      local sum = sum_of(below)
      if not sum:eq(heading.weight) then
        return fail(heading, ("the weights below '%s' add up to %s, not to %s")
          :format(heading.name_zh, tostring(sum), tostring(heading.weight)))
      end
    end
  end
  return true
end

local function check_total(rubric)
  local sum = sum_of(rubric.rows)
  if sum:eq(HUNDRED) then return true end
  local off = HUNDRED - sum
  local message = off < 0
    and "%s: the weights add up to %s, not to 100 (%s is too much)"
    or "%s: the weights add up to %s, not to 100 (%s is missing)"
  return nil, message:format(rubric.from, tostring(sum),
    tostring(off < 0 and -off or off)), "data"
end

-- Rules -----------------------------------------------------------------

local function check_band_points(row)
  for _, band in ipairs(row.params.bands or {}) do
    local most = band.share and HUNDRED or row.weight
    if band.points > most then
      return fail(row, ("a band gives %s, more than the row's %s"):format(
        tostring(band.points), tostring(most)))
    end
  end
  return true
end

local function check_items(row)
  if row.params.items == nil then return true end
  local points = {}
  for i, item in ipairs(row.params.items) do points[i] = item.points end
  local sum = core.decimal.sum(points)
  if sum ~= nil and sum:eq(row.weight) then return true end
  return fail(row, ("the items of the checklist add up to %s, not to %s")
    :format(tostring(sum), tostring(row.weight)))
end

local function check_rule(row)
  local known_rule, unknown = rules.check_kind(row.rule)
  if not known_rule then return fail(row, 'column "rule": ' .. unknown) end
  local params, problem = rules.params(row.rule, row.params)
  if params == nil then return fail(row, problem) end
  row.params = params
  if row.formula then
    local known, message = require("evalua.performance.common").find(
      row.formula)
    if known == nil then return fail(row, 'column "formula": ' .. message) end
  end
  local ok, message, code = check_band_points(row)
  if not ok then return nil, message, code end
  return check_items(row)
end

-- Grades and settings ---------------------------------------------------

local function grade_rows()
  local path = require("evalua").root() .. "/data/rubrics/grades.csv"
  local t, message, code = source.read_csv(path, {})
  if t == nil then return nil, message, code end
  return t:to_rows()
end

--- The grades of a scheme of data/rubrics/grades.csv, best first: {zh, en,
--- from}. A grade begins at `from` and ends below the next better one.
---@param name string
---@return table[]? scheme
---@return string? message
---@return string? code
function M.scheme(name)
  local rows, message, code = grade_rows()
  if rows == nil then return nil, message, code end
  local scheme = {}
  for _, row in ipairs(rows) do
    if row.scheme == name then
      scheme[#scheme + 1] = { zh = row.zh, en = row.en,
        from = core.decimal.parse(tostring(row.from)) }
    end
  end
  table.sort(scheme, function(a, b) return a.from > b.from end)
  if #scheme > 0 then return scheme end
  return nil, ("there is no grade scheme '%s' in data/rubrics/grades.csv")
    :format(name), "data"
end

local settings = { rounding = "half-up", places = "2", grades = "mof",
  over_flag = "130" }

local function read_settings(rubric, root)
  local given, problem = rules.split(root and root.params)
  if given == nil then return fail(root, problem) end
  for key in pairs(given) do
    if settings[key] == nil then
      return fail(root, ("params: a rubric has no '%s'"):format(key))
    end
  end
  local function setting(name) return given[name] or settings[name] end
  rubric.rounding = setting "rounding"
  if rubric.rounding ~= "half-up" and rubric.rounding ~= "half-even" then
    return fail(root, "params: rounding is half-up or half-even")
  end
  rubric.places = whole(setting "places")
  if rubric.places == nil or rubric.places < 0 or rubric.places > 6 then
    return fail(root, "params: places is a whole number from 0 to 6")
  end
  rubric.over_flag = core.decimal.parse(setting "over_flag")
  if rubric.over_flag == nil then
    return fail(root, "params: over_flag is a number")
  end
  local scheme, message, code = M.scheme(setting "grades")
  if scheme == nil then
    if root then return fail(root, message) end
    return nil, message, code
  end
  rubric.scheme = scheme
  return true
end

local function take_root(rubric, rows)
  for i, row in ipairs(rows) do
    if row.seq == 0 then
      if not row.weight:eq(HUNDRED) then
        return fail(row, ("row 0 is the whole: its weight is 100, not %s")
          :format(tostring(row.weight)))
      end
      rubric.name_zh = row.name_zh or rubric.id
      rubric.name_en, rubric.source = row.name_en, row.source
      table.remove(rows, i)
      return true, row
    end
  end
  rubric.name_zh = rubric.id
  return true
end

-- Together --------------------------------------------------------------

local function build(rows, id, from)
  local rubric = { id = id, from = from, rows = {}, all = rows }
  local by_seq, message, code = check_seq(rows)
  if by_seq == nil then return nil, message, code end
  for _, row in ipairs(rows) do
    row.weight, message, code = weight_of(row)
    if row.weight == nil then return nil, message, code end
  end
  local ok, root
  ok, root, code = take_root(rubric, rows)
  if not ok then return nil, root, code end
  ok, message, code = read_settings(rubric, root)
  if not ok then return nil, message, code end
  ok, message, code = link_parents(rows, by_seq)
  if not ok then return nil, message, code end
  for _, row in ipairs(rows) do
    if row.name_zh == nil then return fail(row, 'column "name_zh" is empty') end
  end
  add_paths(rows)
  for _, row in ipairs(rows) do
    if row.rule then
      ok, message, code = check_rule(row)
      if not ok then return nil, message, code end
      rubric.rows[#rubric.rows + 1] = row
    end
  end
  ok, message, code = check_headings(rows, rubric.rows)
  if not ok then return nil, message, code end
  ok, message, code = check_total(rubric)
  if not ok then return nil, message, code end
  return rubric
end

--- A rubric from a table of rows; `from` is what messages call it.
---@param t evalua.table
---@param id string
---@param from string
---@param line fun(i: integer): integer where row `i` stands
---@return evalua.rubric? rubric
---@return string? message file:row: what is wrong
---@return string? code
function M.from_table(t, id, from, line)
  local ok, message, code = check_columns(t, from)
  if not ok then return nil, message, code end
  return build(raw_rows(t, from, line), id, from)
end

--- Names of the shipped rubrics.
---@return string[]
function M.names()
  local names = {}
  local folder = require("evalua").root() .. "/data/rubrics"
  for _, file in ipairs(core.system.list(folder) or {}) do
    local name = file:match("^([%w_%-]+)%.csv$")
    if name and name ~= "grades" then names[#names + 1] = name end
  end
  table.sort(names)
  return names
end

--- Rows of table `rubric` that came with a unit's folder.
local function from_unit(rows, name)
  local own = {}
  for _, row in ipairs(rows) do
    if row.rubric_id == name then
      own[#own + 1] = { at = ("%s:%s"):format(row.file_id or "rubric",
        row.file_line or row.seq) }
      for _, key in ipairs { "seq", "path", "name_zh", "weight", "rule",
        "formula", "params" } do
        own[#own][key] = text_of(row[key])
      end
    end
  end
  if #own > 0 then return build(own, name, "rubric.csv " .. name) end
end

local function is_file(name)
  return name:find("[/.]") ~= nil
end

--- A rubric by the name of a shipped one, by a name that `year` brought with
--- it, or by the path of a file.
---@param name string
---@param year evalua.year?
---@return evalua.rubric? rubric
---@return string? message
---@return string? code
function M.load(name, year)
  require "evalua.table"
  if year and year.rubric then
    local own, message, code = from_unit(year.rubric, name)
    if own or message then return own, message, code end
  end
  local path = name
  if not is_file(name) then
    path = ("%s/data/rubrics/%s.csv"):format(require("evalua").root(), name)
    if core.system.kind(path) ~= "file" or name == "grades" then
      return nil, ("there is no rubric '%s'; there are: %s (or name a file)")
        :format(name, table.concat(M.names(), ", ")), "data"
    end
  end
  local t, info, code = source.open(path, {})
  if t == nil then return nil, info, code end
  local shown = is_file(name) and name or "data/rubrics/" .. name .. ".csv"
  return M.from_table(t, (path:match("([^/]+)%.%w+$") or name), shown,
    origin.lines(path, t, info))
end

--- The grade of a total: half-open bands, so that 89.995 has one.
---@param total evalua.decimal
---@param scheme table[] of M.scheme
---@return table grade {zh=, en=, from=}
function M.grade(total, scheme)
  for _, grade in ipairs(scheme) do
    if total >= grade.from then return grade end
  end
  return scheme[#scheme]
end

return M

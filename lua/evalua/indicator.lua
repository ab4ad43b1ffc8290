--- Indicators: a target with what was reached. Nothing is judged here beyond
--- how much of the target that is; points are evalua.score's.

local core = require "evalua.core"
local interval = require "evalua.interval"
local exact = require "evalua.exact"
local unit_year = require "evalua.performance.year"

local M = {}

---@class evalua.indicator
---@field id string
---@field name_zh string
---@field name_en string?
---@field level1 string
---@field level2 string?
---@field direction "ge"|"le"|"eq"|"qual"|"info"
---@field target evalua.decimal?
---@field actual evalua.decimal?
---@field qualifier string?
---@field interval evalua.interval?
---@field measure_unit string?
---@field weight evalua.decimal?
---@field qual_pct integer?
---@field reason string?
---@field evidence string?
---@field problem string? why it cannot be compared
---@field met boolean? nil: not known, or nothing to compare with
---@field ratio evalua.exact? share of the target that counts, 1 is all
---@field completion evalua.exact? actual / target, for people
---@field worst evalua.exact? the number inside the interval that is used
---@field places string[] where it stands

local directions = { ge = "ge", le = "le", eq = "eq", qual = "qual",
  info = "info", ["≥"] = "ge", [">="] = "ge", [">"] = "ge", ["≤"] = "le",
  ["<="] = "le", ["<"] = "le", ["="] = "eq", ["＝"] = "eq",
  ["定性"] = "qual", ["正向"] = "ge", ["反向"] = "le" }

--- The word for a direction, whatever the file calls it.
---@param word string
---@return string?
function M.direction(word) return directions[word] end

-- Comparison ------------------------------------------------------------

--- Which end of what the actual figure can be counts: the one that gives the
--- fewest points.
local function worst_case(item)
  local range = item.interval
  if range.unknown then return nil end
  if item.direction == "le" then return range.high end
  return range.low
end

--- Share of the target. Above a target (ge, eq) and below one (le) the roles
--- change; where the divisor is not above zero there is no share.
local function share(item, value)
  local target = exact.of(item.target)
  if item.direction == "le" then
    if value:sign() > 0 and target:sign() >= 0 then
      return exact.ratio(target, value)
    end
  elseif target:sign() > 0 then
    if value:sign() < 0 then return exact.of(0) end
    return exact.ratio(value, target)
  end
end

local function compare(item)
  local range = item.interval
  if item.direction == "le" then item.met = range:stays_within(item.target)
  else item.met = range:reaches(item.target) end
  item.worst = worst_case(item)
  if range.unknown then
    item.problem = "the actual value is approximate (约) and no interval is set"
  elseif item.worst == nil then
    item.problem = "the actual value has no bound on the side that counts"
  else
    item.ratio = share(item, item.worst)
    if item.ratio == nil and not item.met then item.ratio = exact.of(0) end
    if item.target:sign() ~= 0 then
      item.completion = exact.ratio(item.worst, item.target)
    end
  end
end

--- Why there is nothing to compare, in the order a reader would ask.
local function find_problem(item)
  if item.direction == "qual" then
    if item.qual_pct == nil then return "no percentage was assessed" end
    return nil
  end
  if item.target == nil then return "there is no target" end
  if item.actual == nil then return "there is no actual value" end
  if item.actual_unit and item.actual_unit ~= item.measure_unit then
    return "target and actual value are in different units"
  end
end

local function judge(item)
  item.problem = find_problem(item)
  if item.problem == nil and item.direction ~= "qual" then compare(item) end
  return item
end

-- From a unit's year ----------------------------------------------------

local function check_unit(item, at)
  if item.measure_unit or item.direction == "qual" then return true end
  if item.target == nil and item.actual == nil then return true end
  return nil, ("%s: the indicator '%s' has no unit: fill in measure_unit")
    :format(at, item.name_zh), "data"
end

local function from_row(row, year)
  local fact = year.fact_by_id[row.fact_id]
  local item = { id = row.id, name_zh = row.name_zh, name_en = row.name_en,
    field = row.field, level1 = row.level1, level2 = row.level2,
    direction = row.direction, measure_unit = row.measure_unit,
    basis = row.target_basis, weight = row.weight, qual_pct = row.qual_pct,
    reason = row.reason_zh, fact = fact, row = row, rubric_seq = row.rubric_seq,
    rubric_id = row.rubric_id, places = { unit_year.place(row) } }
  if row.target then
    item.target = row.target:round(row.target_scale or row.target:scale())
  end
  if fact then
    item.actual, item.qualifier = fact.value, fact.qualifier
    item.interval, item.actual_unit = fact.interval, fact.measure_unit
    item.evidence = fact.phrase
    item.places[#item.places + 1] = unit_year.place(fact)
  end
  return item
end

--- The indicators of a unit's year, in order.
---@param year evalua.year
---@return evalua.indicator[]? items
---@return string? message
---@return string? code
function M.of_year(year)
  local items = {}
  for i, row in ipairs(year.indicators) do
    local item = from_row(row, year)
    local ok, message, code = check_unit(item, unit_year.place(row) or row.id)
    if not ok then return nil, message, code end
    items[i] = judge(item)
  end
  return items
end

-- From a table ----------------------------------------------------------

--- Headers of the official form, and what they mean.
local headers = { id = { "id", "编号", "序号" },
  level1 = { "level1", "一级指标" }, level2 = { "level2", "二级指标" },
  name_zh = { "name_zh", "name", "三级指标", "指标名称" },
  name_en = { "name_en" }, direction = { "direction", "指标性质" },
  target = { "target", "年度指标值", "指标值" },
  actual = { "actual", "实际完成值", "完成值" },
  qualifier = { "qualifier", "限定" },
  measure_unit = { "measure_unit", "度量单位", "计量单位" },
  weight = { "weight", "分值", "权重" },
  qual_pct = { "qual_pct", "评定百分比" },
  reason = { "reason", "reason_zh", "偏差原因分析及改进措施", "偏差原因" },
  evidence = { "evidence", "phrase", "佐证" } }

local function columns_of(t)
  local columns = {}
  for field, names in pairs(headers) do
    for _, name in ipairs(names) do
      if t:has(name) and columns[field] == nil then columns[field] = name end
    end
  end
  return columns
end

--- A cell as a decimal, for which "40余" is 40 with a qualifier; nil and the
--- text where it is none.
local function number_of(cell)
  if cell == nil then return nil end
  if core.decimal.is(cell) then return cell:trim() end
  if math.type(cell) == "integer" then return core.decimal.new(cell, 0) end
  local text = tostring(cell):match("^%s*(.-)%s*$")
  if text == "" then return nil end
  local qualifier = nil
  local marks = { { "^约", "approx" }, { "^至少", "at_least" },
    { "余$", "approx_above" } }
  for _, mark in ipairs(marks) do
    local rest, n = text:gsub(mark[1], "")
    if n > 0 then text, qualifier = rest, mark[2] end
  end
  local value, unit = core.decimal.parse(text)
  if value == nil then return nil, text end
  return value, qualifier, unit
end

local qualifiers = { exact = true, approx_above = true, approx = true,
  at_least = true }

local function read_number(item, field, cell, at)
  local value, rest, unit = number_of(cell)
  if value == nil and rest then
    return nil, ("%s: column \"%s\": '%s' is not a number"):format(at, field,
      rest), "data"
  end
  item[field] = value
  if unit and item.measure_unit == nil then item.measure_unit = unit end
  if field == "actual" and rest then item.qualifier = item.qualifier or rest end
  return true
end

local function take_text(item, cells, columns, field)
  local cell = columns[field] and cells[columns[field]]
  if cell == nil then return end
  local text = tostring(cell):match("^%s*(.-)%s*$")
  if text ~= "" then item[field] = text end
end

local function check_item(item, at)
  if item.name_zh == nil then
    return nil, at .. ": an indicator has no name", "data"
  end
  if item.direction == nil then
    item.direction = item.target and "ge" or "info"
  elseif directions[item.direction] == nil then
    return nil, ("%s: column \"direction\": '%s' is none of ge, le, eq, qual, "
      .. "info (≥, ≤, =, 定性)"):format(at, item.direction), "data"
  end
  item.direction = directions[item.direction] or item.direction
  if item.qualifier and not qualifiers[item.qualifier] then
    return nil, ("%s: column \"qualifier\": '%s' is none of exact, "
      .. "approx_above, approx, at_least"):format(at, item.qualifier), "data"
  end
  if item.weight and item.weight < 0 then
    return nil, at .. ": a weight cannot be below zero", "data"
  end
  if item.qual_pct and (item.qual_pct < 0 or item.qual_pct > 100) then
    return nil, at .. ": column \"qual_pct\" is 0 to 100", "data"
  end
  return check_unit(item, at)
end

local function from_cells(cells, columns, at, opts)
  local item = { places = { at } }
  for _, field in ipairs { "id", "level1", "level2", "name_zh", "name_en",
    "direction", "qualifier", "measure_unit", "reason", "evidence" } do
    take_text(item, cells, columns, field)
  end
  for _, field in ipairs { "target", "actual", "weight", "qual_pct" } do
    local ok, message, code = read_number(item, field,
      columns[field] and cells[columns[field]], at)
    if not ok then return nil, message, code end
  end
  local ok, message, code = check_item(item, at)
  if not ok then return nil, message, code end
  item.id = item.id or at
  item.level1 = item.level1 or ""
  if item.actual then
    item.qualifier = item.qualifier or "exact"
    item.interval = interval.of(item.actual, item.qualifier, opts.approx_pct)
  end
  return judge(item)
end

local totals = { ["总分"] = true, ["合计"] = true, ["总计"] = true,
  ["得分合计"] = true }

local function is_blank(cell) return cell == nil or tostring(cell) == "" end

--- The rows of the official form as a table: its total is no indicator, and a
--- level that stands once for several rows (a merged cell) is said in each.
local function tidied(t, columns)
  local rows, level1, level2 = {}, columns.level1, columns.level2
  local above = {}
  for i = 1, t:nrows() do
    local cells = t[i]
    local is_total = is_blank(cells[columns.name_zh])
      and totals[tostring(cells[level1] or ""):gsub("%s", "")]
    if is_blank(cells[level1]) and not is_blank(cells[columns.name_zh]) then
      cells[level1] = above[level1]
      if level2 and is_blank(cells[level2]) then
        cells[level2] = above[level2]
      end
    end
    if not is_total then
      rows[#rows + 1], above = { cells = cells, row = i }, cells
    end
  end
  return rows
end

--- The indicators of a table, with our columns' names or the official form's
--- (一级指标, 年度指标值 …); "40余" and "约220" may stand in the cells.
---@param t evalua.table
---@param name string what messages call the source
---@param opts table? approx_pct= line= (fun(i): line of row i)
---@return evalua.indicator[]? items
---@return string? message file:row: what is wrong
---@return string? code
function M.of_table(t, name, opts)
  local columns, items = columns_of(t), {}
  for _, field in ipairs { "name_zh", "level1" } do
    if columns[field] == nil then
      return nil, ("%s:1: there is no column '%s' (%s)"):format(name,
        headers[field][1], table.concat(headers[field], ", ", 2)), "data"
    end
  end
  opts = opts or {}
  for i, row in ipairs(tidied(t, columns)) do
    local at = ("%s:%d"):format(name, opts.line and opts.line(row.row)
      or row.row + 1)
    local item, message, code = from_cells(row.cells, columns, at, opts)
    if item == nil then return nil, message, code end
    items[i] = item
  end
  return items
end

-- For people ------------------------------------------------------------

--- Whether something was promised: a number, or a quality (定性).
---@param item evalua.indicator
---@return boolean
function M.has_target(item)
  return item.target ~= nil or item.direction == "qual"
end

--- The indicators of a year or a table: `ev.indicator(db_or_table, opts)`.
---@param from evalua.year|evalua.table
---@param opts table? name= approx_pct=
---@return evalua.indicator[]? items
---@return string? message
---@return string? code
function M.of(from, opts)
  if core.table.is(from) then
    return M.of_table(from, opts and opts.name or "table", opts)
  end
  return M.of_year(from)
end

return setmetatable(M, { __call = function(_, ...) return M.of(...) end })

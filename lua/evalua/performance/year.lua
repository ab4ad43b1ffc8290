--- A unit's year: everything that a database, or a unit's folder, has on one
--- organisation in one year, as Lua rows. The reports and the scoring read
--- only this; nothing in it is computed.

local col = require "evalua.col"
local core = require "evalua.core"
local interval = require "evalua.interval"
local store = require "evalua.store"
local unit_files = require "evalua.unit_files"
local which = require "evalua.performance.which"

local M = {}

---@class evalua.year
---@field unit table the organisation's row
---@field year integer
---@field units table[] all organisations of the database
---@field facts table[] figures of the unit in the year, each with `interval`
---@field fact_by_id table<string, table> every figure of the database
---@field budget table[] amounts in `money_unit`
---@field previous table[] the same of the year before
---@field indicators table[]
---@field plan table[] items of the year after, or the next one there is
---@field plan_year integer?
---@field plan_facts table[] figures in the plan
---@field inside table<string, boolean> ids of the unit and all below it
---@field projects table[] of the unit and of those below it
---@field claims table[]
---@field lists table[] each with `items`
---@field groups table<string, table> by "section/grp"
---@field rubric table[] rows that came with the unit
---@field document table? row of `source`: title, doc_date
---@field notes string[] what reading a folder had to assume, in English
---@field money_unit string unit in which the amounts were published
local Year = {}
Year.__index = Year

--- "folder/budget.csv:3", where a row stands.
---@param row table
---@return string?
function M.place(row)
  if row.file_id == nil then return nil end
  return row.file_id .. (row.file_line and ":" .. row.file_line or "")
end

-- Rows ------------------------------------------------------------------

--- Tables whose rows belong to a unit, which may be many: they stay tables
--- until it is known which unit is meant.
local of_units = { "fact", "budget_line", "indicator", "plan_item" }

local others = { "unit", "project", "claim", "name_list", "list_item",
  "fact_group", "rubric", "source" }

--- All rows of the smaller tables, and the larger ones as tables in `large`.
local function read_all(db)
  local all = { large = {} }
  for _, name in ipairs(others) do
    local t, message, code = db:table(name)
    if t == nil then return nil, message, code end
    all[name] = t:to_rows()
  end
  for _, name in ipairs(of_units) do
    local t, message, code = db:table(name)
    if t == nil then return nil, message, code end
    all.large[name] = t
  end
  return all
end

local function rows_where(t, column, value)
  return assert(t:where(col[column]:eq(value))):to_rows()
end

--- The unit's own rows of the larger tables.
local function take_own(all, unit)
  for name, t in pairs(all.large) do
    all[name] = rows_where(t, "unit", unit.id)
  end
end

local function index(rows)
  local by_id = {}
  for _, row in ipairs(rows) do by_id[row.id] = row end
  return by_id
end

local function keep(rows, condition)
  local kept = {}
  for _, row in ipairs(rows) do
    if condition(row) then kept[#kept + 1] = row end
  end
  return kept
end

--- A figure comes with the digits it was written with.
local function add_value(fact, approx_pct)
  fact.value = fact.value:round(fact.scale)
  fact.interval = interval.of(fact.value, fact.qualifier, approx_pct)
  return fact
end

--- Figures by id: the unit's own, and another's when a row refers to it.
local function figures_by_id(all, approx_pct)
  local facts = all.large.fact
  return setmetatable(index(all.fact), { __index = function(self, id)
    local row = id and rows_where(facts, "id", id)[1]
    if row then self[id] = add_value(row, approx_pct) end
    return row
  end })
end

-- The year --------------------------------------------------------------

--- Powers of ten of the units of money against 元.
local exponents = { ["元"] = 0, ["千元"] = 3, ["万元"] = 4, ["百万元"] = 6,
  ["亿元"] = 8 }

--- An amount in 元 in another unit, exactly.
---@param amount evalua.decimal
---@param unit string
---@return evalua.decimal
function M.in_unit(amount, unit)
  local trimmed = core.decimal.new(amount:units(), amount:scale()
    + exponents[unit])
  return trimmed:round(math.max(2, M.places(trimmed)))
end

--- Decimals that a number needs.
---@param value evalua.decimal
---@return integer
function M.places(value)
  local units, scale = value:units(), value:scale()
  while scale > 0 and units % 10 == 0 do units, scale = units // 10, scale - 1 end
  return scale
end

--- The unit that all amounts were published in; 元 where they differ.
local function published_unit(rows)
  local unit = nil
  for _, row in ipairs(rows) do
    local this = exponents[row.published_unit] and row.published_unit or "元"
    if unit ~= nil and unit ~= this then return "元" end
    unit = this
  end
  return unit
end

local function take_budget(all, year)
  local rows = keep(all.budget_line, function(row)
    return row.year == year
  end)
  table.sort(rows, function(a, b)
    if a.file_id ~= b.file_id then return (a.file_id or "") < (b.file_id or "") end
    return (a.file_line or 0) < (b.file_line or 0)
  end)
  return rows
end

local function set_unit(rows, unit)
  for _, row in ipairs(rows) do
    row.amount = M.in_unit(row.amount, unit)
  end
end

local function take_money(self, all)
  self.budget = take_budget(all, self.year)
  self.previous = take_budget(all, self.year - 1)
  self.money_unit = published_unit(self.budget)
    or published_unit(self.previous) or "万元"
  set_unit(self.budget, self.money_unit)
  set_unit(self.previous, self.money_unit)
end

local function take_plan(self, all)
  local years = {}
  for _, row in ipairs(all.plan_item) do
    if row.year > self.year then years[row.year] = true end
  end
  self.plan_year = which.sorted_keys(years)[1]
  self.plan = keep(all.plan_item, function(row)
    return row.year == self.plan_year
  end)
  self.plan_facts = keep(all.fact, function(row)
    return row.section == "plan" and row.basis ~= "counted"
      and row.period == tostring(self.plan_year)
  end)
end

--- Claims, lists and group names belong to a document, not to a unit.
local function take_document(self, all)
  local documents = {}
  for _, list in ipairs { self.budget, self.indicators, self.facts } do
    for _, row in ipairs(list) do
      if row.source_id then documents[row.source_id] = true end
    end
  end
  local function own(rows)
    return keep(rows, function(row) return documents[row.source_id] end)
  end
  self.claims, self.lists = own(all.claim), own(all.name_list)
  self.groups = {}
  for _, row in ipairs(own(all.fact_group)) do
    self.groups[row.section .. "/" .. row.grp] = row
  end
  local lists = index(self.lists)
  for _, list in ipairs(self.lists) do list.items = {} end
  for _, item in ipairs(all.list_item) do
    local list = lists[item.list_id]
    if list then list.items[#list.items + 1] = item end
  end
  for _, row in ipairs(all.source) do
    if documents[row.id] and self.document == nil then self.document = row end
  end
end

local function year_of(all, unit, year)
  local self = setmetatable({ unit = unit, year = year, units = all.unit,
    rubric = all.rubric, fact_by_id = all.fact_by_id }, Year)
  local own_period = { [tostring(year)] = true, ["to_" .. year] = true }
  self.facts = keep(all.fact, function(row)
    return own_period[row.period]
  end)
  self.indicators = keep(all.indicator, function(row)
    return row.year == year
  end)
  self.inside = which.below(all.unit, unit)
  self.projects = keep(all.project, function(row)
    return self.inside[row.unit]
  end)
  take_money(self, all)
  take_plan(self, all)
  take_document(self, all)
  return self
end

--- Figures of a section, of a group in it when named.
---@param section string
---@param grp string?
---@return table[]
function Year:figures(section, grp)
  return keep(self.facts, function(row)
    return row.section == section and (grp == nil or row.grp == grp)
  end)
end

--- Units right below this one, by either parent.
---@param kind string?
---@return table[]
function Year:children(kind)
  return keep(self.units, function(row)
    return (row.parent_id == self.unit.id or row.parent2_id == self.unit.id)
      and (kind == nil or row.kind == kind)
  end)
end

--- Units of a kind anywhere below this one.
---@param kind string
---@return table[]
function Year:below(kind)
  return keep(self.units, function(row)
    return row.kind == kind and self.inside[row.id]
  end)
end

--- The kind of an organisation by its id.
---@param id string?
---@return string?
function Year:kind_of(id)
  for _, row in ipairs(self.units) do
    if row.id == id then return row.kind end
  end
end

--- A row's name in a language; the Chinese one where it has no English.
---@param row table
---@param lang "en"|"zh"
---@return string
function M.name(row, lang)
  return lang == "en" and row.name_en or row.name_zh
end

local function open_database(opts)
  if opts.db ~= nil then return store.open(opts.db) end
  local dir = opts.folder or M.sample()
  local db, message, code = store.in_memory(dir)
  if db == nil then return nil, message, code end
  local result, problem, kind = db:import_unit(dir, {})
  if result then return db, result.notes end
  db:close()
  return nil, problem, kind
end

--- The unit's folder that a path means: the path itself, or the folder of one
--- of its files, which is little without the files beside it; nil for others.
---@param path string
---@return string? folder
function M.folder_of(path)
  if core.system.kind(path) == "directory" then return path end
  local dir, name = path:match("^(.*)/([^/]+)$")
  if dir == nil then dir, name = ".", path end
  local has_units = core.system.kind(dir .. "/units.csv") == "file"
    or core.system.kind(dir .. "/units.xlsx") == "file"
  for _, file in ipairs(unit_files.files) do
    if has_units and file.file == name:gsub("%.xlsx$", ".csv") then
      return dir
    end
  end
end

--- The folder of the shipped sample unit.
---@return string
function M.sample()
  return require("evalua").root() .. "/data/dongfanghong-2022"
end

local function load(db, opts, where)
  if not db.store:is_own() then
    return nil, ("'%s' is not a database of evalua: make one with evalua "
      .. "import DIR --db FILE"):format(where), "data"
  end
  local all, message, code = read_all(db)
  if all == nil then return nil, message, code end
  local unit, problem = which.unit(all, opts.unit, where)
  if unit == nil then return nil, problem, "data" end
  local ok, circle = which.check_circle(index(all.unit), unit)
  if not ok then return nil, circle, "data" end
  take_own(all, unit)
  local year, why = which.year(all, unit, opts.year)
  if year == nil then return nil, why, "data" end
  for _, fact in ipairs(all.fact) do add_value(fact, opts.approx_pct) end
  all.fact_by_id = figures_by_id(all, opts.approx_pct)
  return year_of(all, unit, year)
end

--- A unit's year out of a database (`db`), a unit's folder (`folder`), or,
--- when neither is named, out of the shipped sample.
---@param opts table db= folder= unit= (id, name or alias) year= approx_pct=
---  (how many percent 约 may be off; nothing is known when it is not given)
---@return evalua.year? year
---@return string? message
---@return string? code
function M.load(opts)
  if type(opts) ~= "table" then
    error("unit_year: {folder =} or {db =, unit =, year =} was expected", 2)
  end
  require "evalua.table"
  local db, notes, code = open_database(opts)
  if db == nil then return nil, notes, code end
  local ok, year, problem, kind = pcall(load, db, opts,
    opts.db or opts.folder or M.sample())
  db:close()
  if not ok then error(year, 0) end
  if year then year.notes = notes or {} end
  return year, problem, kind
end

return M

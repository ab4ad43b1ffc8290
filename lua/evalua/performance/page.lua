--- A report on a unit's year while it is being written: blocks for people,
--- and every figure with its formula and the rows it is from, for csv, json
--- and trace.

local ev_values = require "evalua.values"
local core = require "evalua.core"
local lang = require "evalua.lang"
local exact = require "evalua.exact"
local terms = require "evalua.performance.terms"
local unit_year = require "evalua.performance.year"

local M = {}

---@class evalua.page
---@field lang "en"|"zh"
---@field year evalua.year
---@field blocks table[]
---@field figures table[] rows of the report's data
---@field notes string[]
local Page = {}
Page.__index = Page

--- The note below figures with a qualifier.
local RANGE_NOTE = "a figure “over” a number lies in the range shown; no range is "
  .. "known of one that is “about” a number"

--- Parameters of every report on a unit.
M.params = {
  { name = "db", value = "FILE",
    help = "a database of evalua; without it the shipped sample unit" },
  { name = "unit", value = "NAME",
    help = "the unit: its id, name or short form" },
  { name = "year", value = "Y", integer = true,
    help = "the year (default: the last one with money)" },
  { name = "approx-pct", value = "P",
    help = "how many percent a figure with 约 may be off (default: not known)" },
}

--- The value of --approx-pct; raises when it is none.
---@param text string?
---@return evalua.decimal?
function M.approx(text)
  if text == nil then return nil end
  local value = core.decimal.parse(text)
  if value ~= nil and value >= 0 then return value end
  error(("--approx-pct takes a number of percent, not '%s'"):format(text), 0)
end

--- The unit's year that the parameters name; raises what is wrong.
---@param p table
---@return evalua.year
function M.load(p)
  if p.data then return p.data end
  local year, message = unit_year.load { db = p.db, folder = p.folder,
    unit = p.unit, year = math.tointeger(tonumber(p.year)),
    approx_pct = M.approx(p.approx_pct) }
  if year == nil then error(message, 0) end
  return year
end

--- A page for a report, titled "TITLE: UNIT (YEAR)".
---@param p table parameters
---@param title string
---@param year evalua.year?
---@param shown integer? the year in the title, where it is not the unit's
---@return evalua.page
function M.new(p, title, year, shown)
  local self = setmetatable({ lang = p.lang or lang.current, blocks = {},
    figures = {}, notes = {}, year = year or M.load(p) }, Page)
  self:add { kind = "title", text = self:title(self:text(title), shown
    or self.year.year) }
  return self
end

--- "Budget execution: UNIT (2022)", "UNIT2022年度预算执行情况".
function Page:title(what, year)
  local name = self:name(self.year.unit)
  if self.lang == "zh" then
    local is_year = math.type(year) == "integer"
    return name .. (is_year and year .. "年度" or " ") .. what
  end
  return ("%s: %s (%s)"):format(what, name, tostring(year))
end

--- "name: text" with the language's colon.
function Page:colon(name, text)
  return name .. (self.lang == "zh" and "：" or ": ") .. text
end

--- An English text in the page's language.
---@param english string
---@return string
function Page:text(english, ...) return lang.text(self.lang, english, ...) end

--- A row's name in the page's language.
---@param row table
---@return string
function Page:name(row) return unit_year.name(row, self.lang) end

--- A figure as text: with its qualifier; its unit; what it can be; and with
--- qualifier and unit. A dash for a figure that is not there.
function Page:value(fact)
  return terms.qualified(self.lang, fact.value, fact.qualifier,
    fact.measure_unit)
end

function Page:unit(fact) return terms.unit(self.lang, fact.measure_unit) end

function Page:range(fact)
  return terms.range(self.lang, fact.interval, fact.measure_unit)
end

function Page:measured(fact)
  return terms.measured(self.lang, fact and fact.value,
    fact and fact.qualifier, fact and fact.measure_unit)
end

function Page:add(block) self.blocks[#self.blocks + 1] = block end

function Page:heading(english, ...)
  self:add { kind = "heading", text = self:text(english, ...) }
end

function Page:paragraph(english, ...)
  self:add { kind = "paragraph", text = self:text(english, ...) }
end

--- A note below; csv and json have it on standard error.
function Page:note(english, ...)
  self.notes[#self.notes + 1] = self:text(english, ...)
end

--- What 余 and 约 mean, where a figure of the page has one.
function Page:range_note()
  for _, figure in ipairs(self.figures) do
    if figure.qualifier ~= nil and figure.qualifier ~= "exact" then
      self:note(RANGE_NOTE)
      return
    end
  end
end

--- Something the reader must be told, in a list with its neighbours.
---@param level "bad"|"warn"|"info"
---@param english string
function Page:finding(level, english, ...)
  local last = self.blocks[#self.blocks]
  if last.kind ~= "findings" then
    last = { kind = "findings", items = {} }
    self:add(last)
  end
  last.items[#last.items + 1] = { level = level,
    text = self:text(english, ...) }
end

--- A table of texts: columns are English titles, a leading ">" aligns right.
---@param titles string[]
---@param rows table[] lists of cells, or {cells=, strong=, rule=}
---@param ranks table<integer, integer>? columns that may be left out first
function Page:table(titles, rows, ranks)
  local columns = {}
  for i, title in ipairs(titles) do
    local right, text = title:match("^(>?)(.*)$")
    columns[i] = { title = text == "" and "" or self:text(text),
      align = right == ">" and "right" or nil, rank = ranks and ranks[i],
      wraps = right == "" }
  end
  local list = {}
  for i, row in ipairs(rows) do
    list[i] = row.cells and row or { cells = row }
  end
  self:add { kind = "table", columns = columns, rows = list }
end

local function exact_or_rounded(value)
  if not exact.is(value) then return value end
  local whole = value:as_decimal()
  if whole and whole:scale() <= 6 then return whole end
  return value:decimal(6)
end

local function places_of(rows)
  local list, seen = {}, {}
  for _, row in ipairs(rows or {}) do
    local place = type(row) == "string" and row or unit_year.place(row)
    if place and not seen[place] then list[#list + 1] = place end
    seen[place or ""] = true
  end
  return #list > 0 and table.concat(list, "|") or nil
end

--- A figure of the report's data. `value` is a decimal, a whole number or a
--- fraction; `from` rows (or places) it is made of; `formula` how.
---@param figure table id= name= value= unit= qualifier= interval= formula=
---  from= note=
function Page:figure(figure)
  local range = figure.interval
  local value = exact_or_rounded(figure.value)
  if math.type(value) == "integer" then value = core.decimal.new(value, 0) end
  self.figures[#self.figures + 1] = { id = figure.id, name = figure.name,
    value = value, measure_unit = figure.unit,
    qualifier = figure.qualifier,
    low = range and range.low and exact_or_rounded(range.low) or nil,
    high = range and range.high and exact_or_rounded(range.high) or nil,
    formula = figure.formula, from = places_of(figure.from),
    note = figure.note }
end

--- A figure as the data state it.
---@param fact table
---@param id string?
function Page:fact(fact, id)
  self:figure { id = id or fact.id, name = self:name(fact),
    value = fact.value, unit = fact.measure_unit, qualifier = fact.qualifier,
    interval = fact.interval, formula = fact.basis or "stated",
    from = { fact } }
end

local order = { "id", "name", "value", "measure_unit", "qualifier", "low",
  "high", "formula", "from", "note" }

local function data_of(figures)
  local columns = {}
  for _, name in ipairs(order) do columns[name] = { n = #figures } end
  for i, figure in ipairs(figures) do
    for _, name in ipairs(order) do columns[name][i] = figure[name] end
  end
  return assert(ev_values.table { columns = columns, order = order,
    nrows = #figures, types = { measure_unit = "text", qualifier = "text",
      formula = "text", from = "text", note = "text", low = "decimal(6)",
      high = "decimal(6)" } })
end

--- The finished report for evalua.report.
---@param data evalua.table? instead of the figures
---@return table
function Page:report(data)
  for _, text in ipairs(self.year.notes or {}) do
    self.notes[#self.notes + 1] = lang.message(self.lang, text)
  end
  for _, text in ipairs(self.notes) do
    self:add { kind = "note", text = text }
  end
  local said = {}
  for _, block in ipairs(self.blocks) do
    for _, item in ipairs(block.kind == "findings" and block.items or {}) do
      said[#said + 1] = item.text
    end
  end
  table.move(self.notes, 1, #self.notes, #said + 1, said)
  return { lang = self.lang, blocks = self.blocks,
    data = data or data_of(self.figures), notes = said }
end

return M

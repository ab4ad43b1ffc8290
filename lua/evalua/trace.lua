--- trace: where a figure comes from, down to line, cell or phrase.
---
--- A figure is { id, name, value, unit, operation, parts }. A part is a place
--- in a file, or another figure:
---
---     local trace = require "evalua.trace"
---     local ledger = trace.ledger()
---     local basic = ledger:add { id = "basic.original",
---       name = "Basic expenditure, original budget", value = sum,
---       unit = "元", operation = "sum",
---       parts = { trace.of_row(row, "amount"), … } }
---     ledger:add { id = "basic.rate", name = "Execution rate", value = rate,
---       unit = "%", operation = "100 * executed / original",
---       parts = { { figure = "basic.executed", role = "executed" },
---                 { figure = "basic.original", role = "original" } } }
---
--- A canned report that can be traced returns its ledger in the field
--- `figures` beside `data` and `notes`; a cell of a table block may name the
--- figure in `row.trace = { [column index] = "basic.rate" }`. Then
--- `evalua trace REPORT --figure basic.rate` answers for it.
---
--- Operation "sum" is a promise: Σ weight · value of the parts is the value.
--- `ledger:add` raises when it is not so, since that is a mistake in a report.

local core = require "evalua.core"

---@overload fun(source: string|evalua.table, opts: table): evalua.table?
local M = {}

---@class evalua.trace.part
---@field source string? file, or document
---@field line integer? physical line of the file, from 1
---@field sheet string? of a workbook
---@field cell string? "C7" of the sheet
---@field column string? of the file
---@field offset integer? byte in the file, from 0
---@field phrase string? the words that stand there
---@field value evalua.decimal|integer|string|nil what was read there
---@field weight integer? in a sum: 1 (when not given) or -1
---@field role string? in any other operation: what it stands for
---@field figure string? id of another figure instead of a place

---@class evalua.trace.figure
---@field id string
---@field name string
---@field value any
---@field unit string?
---@field operation string "sum", or a formula over the parts' roles
---@field parts evalua.trace.part[]

---@class evalua.trace.ledger
---@field order string[] ids as they were added
---@field figures table<string, evalua.trace.figure>
local Ledger = {}
Ledger.__index = Ledger

--- An empty ledger.
---@return evalua.trace.ledger
function M.ledger()
  return setmetatable({ order = {}, figures = {} }, Ledger)
end

local function exact(value)
  if math.type(value) == "integer" then return core.decimal.new(value, 0) end
  return core.decimal.is(value) and value or nil
end

--- Value of a part: its own, or that of the figure it names.
---@param part evalua.trace.part
function Ledger:value_of(part)
  if part.figure == nil then return part.value end
  local other = self.figures[part.figure]
  return other and other.value
end

--- Σ weight · value of the parts; nil when a part has no exact value, or the
--- sum has no room.
---@param figure evalua.trace.figure
---@return evalua.decimal?
function Ledger:sum(figure)
  local plus, minus = {}, {}
  for _, part in ipairs(figure.parts) do
    local value = exact(self:value_of(part))
    if value == nil then return nil end
    local side = (part.weight or 1) < 0 and minus or plus
    side[#side + 1] = value
  end
  return core.decimal.sum(plus, minus)
end

--- Whether a file of a part could not be read again.
local function has_unread(figure)
  for _, part in ipairs(figure.parts) do
    if part.unread then return true end
  end
  return false
end

--- Put a figure into the ledger; its parts that are figures must be there.
---@param figure evalua.trace.figure
---@return evalua.trace.figure
function Ledger:add(figure)
  for _, name in ipairs { "id", "name", "operation", "parts" } do
    if figure[name] == nil then
      error(("a figure needs the field '%s'"):format(name), 2)
    end
  end
  if self.figures[figure.id] ~= nil then
    error(("the figure '%s' is there already"):format(figure.id), 2)
  end
  for _, part in ipairs(figure.parts) do
    if part.figure ~= nil and self.figures[part.figure] == nil then
      error(("the figure '%s' has a part '%s' that is not there")
        :format(figure.id, part.figure), 2)
    end
  end
  local value = exact(figure.value)
  if figure.operation == "sum" and value ~= nil and not has_unread(figure)
  then
    local sum = self:sum(figure)
    if sum == nil or sum ~= value then
      error(("the figure '%s' is %s, but its parts add to %s"):format(
        figure.id, tostring(value), tostring(sum)), 2)
    end
  end
  self.figures[figure.id] = figure
  self.order[#self.order + 1] = figure.id
  return figure
end

--- The part that a row of a unit's database is: the file
--- and line that it was imported from.
---@param row table a row with file_id and file_line
---@param column string whose value counts
---@param more table? weight=, role=
---@return evalua.trace.part
function M.of_row(row, column, more)
  local part = { source = row.file_id, line = row.file_line, column = column,
    value = row[column], phrase = row.phrase }
  for name, value in pairs(more or {}) do part[name] = value end
  return part
end

-- Out of the ledger -----------------------------------------------------------

--- Columns of what trace prints. `level` 0 is the figure, 1 its parts, 2 the
--- parts of those; `operation` stands with a figure, `role` and `weight` with
--- a part.
M.fields = { "level", "figure", "name", "value", "unit", "operation", "role",
  "weight", "source", "line", "sheet", "cell", "column", "offset", "phrase" }

local function add_figure(ledger, id, level, part, rows)
  local figure = ledger.figures[id]
  rows[#rows + 1] = { level = level, figure = id, name = figure.name,
    value = figure.value, unit = figure.unit, operation = figure.operation,
    role = part and part.role, weight = part and (part.weight or 1) }
  for _, inner in ipairs(figure.parts) do
    if inner.figure ~= nil then
      add_figure(ledger, inner.figure, level + 1, inner, rows)
    else
      rows[#rows + 1] = { level = level + 1, figure = id,
        value = inner.value, role = inner.role, weight = inner.weight or 1,
        source = inner.source, line = inner.line, sheet = inner.sheet,
        cell = inner.cell, column = inner.column, offset = inner.offset,
        phrase = inner.phrase }
    end
  end
end

--- The figure and everything it is made of as rows with the fields M.fields.
--- Values are text, with the digits they have.
---@param ledger evalua.trace.ledger
---@param id string
---@return table[]? rows
---@return string? message
---@return string? code
function M.rows(ledger, id)
  if ledger.figures[id] == nil then
    return nil, ("there is no figure '%s'; there are: %s"):format(id,
      table.concat(ledger.order, ", ")), "data"
  end
  local rows = {}
  add_figure(ledger, id, 0, nil, rows)
  for _, row in ipairs(rows) do
    if row.value ~= nil then row.value = tostring(row.value) end
  end
  return rows
end

--- The same as a table.
---@param ledger evalua.trace.ledger
---@param id string
---@return evalua.table? t
---@return string? message
---@return string? code
function M.table(ledger, id)
  local rows, message, code = M.rows(ledger, id)
  if rows == nil then return nil, message, code end
  rows.order = M.fields
  rows.types = { level = "int", weight = "int", line = "int", offset = "int" }
  for _, name in ipairs(M.fields) do
    rows.types[name] = rows.types[name] or "text"
  end
  return require("evalua.values").table(rows)
end

--- `ev.trace(path, { base =, actual =, by =, row = })`, or of a table: the
--- parts of a variance (or, with value =, of a sum); see evalua.trace_source.
local function trace_source(_, source, opts)
  local sources = require "evalua.trace_source"
  opts = opts or {}
  if core.table.is(source) then return sources.of_table(source, opts) end
  if type(source) ~= "string" then
    error("trace: a path or a table was expected, not a " .. type(source), 2)
  end
  local ledger, message, code = sources.ledger(source, opts)
  if ledger == nil then return nil, message, code end
  return M.table(ledger, opts.figure or opts.value and "value" or "variance")
end

return setmetatable(M, { __call = trace_source })

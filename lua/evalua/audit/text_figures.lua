--- The figures of a report's text for its audit: their values with units, which
--- of them can be added, and how they are printed.

local exact = require "evalua.exact"
local render = require "evalua.audit.render"
local units = require "evalua.audit.units"
local values = require "evalua.audit.value"
local words = require "evalua.extract.words"

local M = {}

local about = exact.of "1/20"

--- The value of a figure; `printed`: all that rounds to it.
---@param row table of evalua.extract
---@param printed boolean?
function M.value(row, printed)
  if printed then
    return values.of(row.value, row.measure_unit, row.qualifier,
      { about = about, printed = true })
  end
  row.exact = row.exact or values.of(row.value, row.measure_unit,
    row.qualifier, { about = about })
  return row.exact
end

--- Words that count people.
local people = { ["人"] = true, ["名"] = true, ["位"] = true }

--- Whether two figures can be added: of one kind, and counts of the same kind
--- of thing: 人 and 名, not 人 and 户.
function M.is_like(a, b)
  if a.measure_unit == b.measure_unit then return true end
  local x, y = units.find(a.measure_unit or ""), units.find(b.measure_unit or "")
  if next(x.dims) == nil and x.plain ~= y.plain then
    return people[x.plain] and people[y.plain]
  end
  return values.same_dims(x, y)
end

--- Whether a figure is one of money that is said to be exact.
function M.is_money(row)
  return row.qualifier == "exact"
    and units.find(row.measure_unit or "").dims.money ~= nil
end

--- Whether a figure is said against another (占, 支出比上年增加): it has no
--- meaning without that one.
function M.is_relative(row)
  return row.name ~= nil and (words.at("relative", row.name, 1)
    or words.ending("relative", row.name)) ~= nil
end

--- A figure for people.
function M.text(row, sheet)
  return render.figure(row.value, row.measure_unit, row.qualifier, sheet.lang)
end

--- "report.txt:3,7" of figures.
function M.place(sheet, ...)
  local lines, seen = {}, {}
  for _, row in ipairs { ... } do
    if not seen[row.line] then lines[#lines + 1] = tostring(row.line) end
    seen[row.line] = true
  end
  return sheet.name .. ":" .. table.concat(lines, ",")
end

return M

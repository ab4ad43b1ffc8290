--- Groups of a table's rows: what t:group_by gives, and the verbs that give
--- one row, or one answer, for each group.

local aggregate = require "evalua.aggregate"
local blame = require "evalua.blame"
local core = require "evalua.core"

---@class evalua.grouped
---@field table evalua.table
---@field keys string[]
local Grouped = {}

local _, call = blame.new(debug.getinfo(1, "S").source)

function Grouped:__tostring()
  return ("table of %d rows grouped by %s"):format(self.table:nrows(),
    table.concat(self.keys, ", "))
end

local function summarise(what, t, keys, spec)
  return call(what, core.verbs.group, t, keys,
    call(what, aggregate.list, spec, t))
end

--- One row for each group: the keys, then the summaries, groups in order of
--- first appearance. Forms: `{ total = ev.sum "amount", n = ev.count() }`
--- (columns by name, or as the field `order` lists them), a list
--- `{ ev.sum "amount", {name="n", fn="count"} }` (in that order), or a text
--- `"total = sum(amount), n = count()"`.
---@param spec table|string
---@return evalua.table? t
---@return string? message
---@return string? code
function Grouped:summarise(spec)
  return summarise("summarise", self.table, self.keys, spec)
end

--- How many rows each group has, in the column n.
---@return evalua.table? t
function Grouped:count()
  return summarise("count", self.table, self.keys,
    { aggregate.count() })
end

--- Verbs of files that are loaded when one of them is used: each file puts
--- its methods into this class.
local later = { rollup = "evalua.rollup", trend = "evalua.trend",
  unusual = "evalua.unusual" }
later.forecast, later.backtest = "evalua.forecast", "evalua.forecast"
later.outturn = "evalua.outturn"
for _, name in ipairs { "describe", "outliers", "xmr", "benford",
  "round_numbers", "duplicates", "pettitt", "regress" } do
  later[name] = "evalua.stats.tables"
end

function Grouped.__index(_, name)
  local method = rawget(Grouped, name)
  if method == nil and later[name] ~= nil then
    require(later[name])
    method = rawget(Grouped, name)
  end
  return method
end

--- The groups of `t` by `keys`, names of its columns.
---@param t evalua.table
---@param keys string[]
---@return evalua.grouped
function Grouped.new(t, keys)
  return setmetatable({ table = t, keys = keys }, Grouped)
end

return Grouped

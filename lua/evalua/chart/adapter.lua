--- From tables to chart specs: which options a kind takes, and who makes its
--- spec.
local language = require "evalua.lang"

local M = {}

-- Kind -> the module that makes its spec, and the options that it needs.
local kinds = {
  variance = { "variance", "base", "actual" },
  bridge = { "variance", "base", "actual" },
  columns = { "series", "period", "actual" },
  trend = { "series", "period", "value" },
  bullet = { "items", "by", "base", "actual" },
  slope = { "items", "by", "base", "actual" },
  share = { "items", "by" },
  pareto = { "items", "by", "value" },
  heatmap = { "grid", "by", "period", "base", "actual" },
  multiples = { "grid", "by", "period", "value" },
}

--- The options that a kind cannot do without.
---@return string[]
function M.needs(kind)
  return { table.unpack(kinds[kind], 2) }
end

--- Raise where `by` is no name or list of names, or `period` no other name.
local function check_keys(opts)
  local by, period = opts.by or {}, opts.period
  if type(by) == "string" then by = { by } end
  for _, name in ipairs(type(by) == "table" and by or { by }) do
    if type(name) ~= "string" then
      error("by is the name of a column or a list of them, not a "
        .. type(name), 0)
    end
    if name == period then
      error(("by and period are the same column '%s'"):format(name), 0)
    end
  end
  if period ~= nil and type(period) ~= "string" then
    error("period is the name of a column, not a " .. type(period), 0)
  end
end

--- Whole numbers, and what they may be: what no picture has room for would
--- only take long.
local whole = { top = { 1, 1000 }, h = { 0, 500 }, season = { 1, 1000 },
  start = { 1, 12 } }

local function check_whole(opts)
  for name, range in pairs(whole) do
    local value = opts[name]
    if value ~= nil and (math.type(value) ~= "integer" or value < range[1]
      or value > range[2]) then
      error(("--%s takes a whole number from %d to %d, not '%s'"):format(name,
        range[1], range[2], tostring(value)), 0)
    end
  end
end

--- A plain spec from a table.
---@param kind string
---@param t evalua.table
---@param opts table? columns: by base actual prior forecast value period, kind
---  phase amount net expense_sign; amount_unit unit, title who what when source
---  notes, lang size theme sort top highlight neutral magnify
---  scenario
---@return table spec
function M.spec(kind, t, opts)
  local all = setmetatable({ lang = opts and opts.lang or language.current },
    { __index = opts or {} })
  local is_variance = kinds[kind][1] == "variance" -- t:variance says it
  for _, name in ipairs(is_variance and {} or M.needs(kind)) do
    if all[name] == nil or (type(all[name]) == "table" and #all[name] == 0) then
      error(("a chart %s needs the option '%s'"):format(kind, name), 0)
    end
  end
  check_whole(all)
  if (all.phase == nil) ~= (all.amount == nil) then
    error("the long form needs both 'phase' and 'amount'", 0)
  end
  check_keys(all)
  local make = require("evalua.chart.adapt." .. kinds[kind][1])
  local spec = make.spec(t, all, kind)
  spec.kind = kind
  return spec
end

return M

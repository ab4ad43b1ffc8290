--- evalua: tables of budgets and statistics for Lua.
--- `local ev = require "evalua"`: everything below is loaded when first used.

local _, place = ... -- where `require` found this file

---@class evalua
local M = {}

M.version = "0.1.0"

--- Where each name lives: module, and field in it (nil: the module itself).
local homes = {
  NA = { "evalua.values", "NA" },
  decimal = { "evalua.values", "decimal" },
  table = { "evalua.values", "table" },
  read_csv = { "evalua.source", "read_csv" },
  read_xlsx = { "evalua.source", "read_xlsx" },
  read_json = { "evalua.source", "read_json" },
  read_package = { "evalua.source", "read_package" },
  scan = { "evalua.query", "scan" },
  open = { "evalua.store", "open" },
  col = { "evalua.col" },
  sum = { "evalua.aggregate", "sum" },
  count = { "evalua.aggregate", "count" },
  mean = { "evalua.aggregate", "mean" },
  min = { "evalua.aggregate", "min" },
  max = { "evalua.aggregate", "max" },
  first = { "evalua.aggregate", "first" },
  last = { "evalua.aggregate", "last" },
  n_distinct = { "evalua.aggregate", "n_distinct" },
  median = { "evalua.aggregate", "median" },
  quantile = { "evalua.aggregate", "quantile" },
  var = { "evalua.aggregate", "var" },
  sd = { "evalua.aggregate", "sd" },
  share = { "evalua.aggregate", "share" },
  window = { "evalua.window" },
  stats = { "evalua.stats" },
  chart = { "evalua.chart" },
  report = { "evalua.report" },
  audit = { "evalua.audit" },
  extract = { "evalua.extract" },
  trace = { "evalua.trace" },
  unit_year = { "evalua.performance.year", "load" },
  indicator = { "evalua.indicator" },
  rubric = { "evalua.rubric" },
  score = { "evalua.score" },
  grade = { "evalua.score", "grade" },
}

--- The folder that holds lua/, scripts/ and data/ of this installation.
---@return string
function M.root()
  local source = place or debug.getinfo(1, "S").source
  local root = source:gsub("^@", ""):gsub("lua/evalua/init%.lua$", "")
  return root == "" and "." or (root:gsub("(.)/$", "%1"))
end

setmetatable(M, {
  __index = function(module, name)
    local home = homes[name]
    if home == nil then return nil end
    local value = require(home[1])
    require "evalua.table"
    if home[2] ~= nil then value = value[home[2]] end
    rawset(module, name, value)
    return value
  end,
})

return M

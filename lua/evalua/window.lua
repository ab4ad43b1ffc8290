--- Columns whose cells look at other rows of their group:
---
---     t:window { by = { "unit" }, order = { "month" },
---       ytd = ev.window.cumsum "amount",
---       prior = ev.window.lag("amount", 12),
---       avg = ev.window.rolling("amount", 3, { fn = "mean" }) }
---
--- The rows stay where they are; `order` only says in which order those of a
--- group are gone through. A missing cell stays missing and is skipped by the
--- sums of others. Every column is computed of the table's own columns.

local blame = require "evalua.blame"

local M = {}

---@class evalua.window
---@field fn string
---@field column string
---@field n integer?
---@field partial boolean?
---@field along string?
local Window = {}
Window.__index = Window

local function check_column(fn, column)
  if type(column) == "string" then return end
  error(("ev.window.%s takes the name of a column, not a %s")
    :format(fn, type(column)), 3)
end

local function check_n(fn, n, least)
  if math.type(n) == "integer" and n >= least then return end
  error(("ev.window.%s takes a number of rows, %d or more, not %s")
    :format(fn, least, tostring(n)), 3)
end

local function make(fn, column, n, opts)
  return setmetatable({ fn = fn, column = column, n = n,
    partial = opts and opts.partial == true, along = opts and opts.along },
    Window)
end

--- The third argument, a table that has no options but those of `known`.
local function check_options(fn, opts, known)
  if opts == nil then return {} end
  if type(opts) ~= "table" then
    error(("ev.window.%s takes {%s=}, not a %s"):format(fn,
      table.concat(known, "=, "), type(opts)), 3)
  end
  local problem = blame.stranger(opts, known)
  if problem ~= nil then error(("ev.window.%s: %s"):format(fn, problem), 3) end
  if opts.along ~= nil then check_column(fn, opts.along) end
  return opts
end

--- One of lag, lead, diff, pct_change: n rows away, one unless said.
local function shifting(fn)
  return function(column, n, opts)
    check_column(fn, column)
    n = n == nil and 1 or n
    check_n(fn, n, 0)
    return make(fn, column, n, check_options(fn, opts, { "along" }))
  end
end

local function plain(fn)
  return function(column)
    check_column(fn, column)
    return make(fn, column)
  end
end

---@alias evalua.window.shift fun(column: string, n: integer?,
---  opts: { along: string }?): evalua.window

--- The value n (1) rows before, of any type; NA where the group begins. With
--- `{ along = "month" }`, here and below, n counts steps of that column (int
--- or period): twelve months before, whatever months the file lacks.
---@type evalua.window.shift
M.lag = shifting "lag"
--- The value n (1) rows after.
---@type evalua.window.shift
M.lead = shifting "lead"
--- The value less the one n (1) rows before, exact.
---@type evalua.window.shift
M.diff = shifting "diff"
--- That difference in percent of the value before, 6 decimals; NA where it
--- is zero or missing.
---@type evalua.window.shift
M.pct_change = shifting "pct_change"
--- The exact sum of the group's rows up to this one.
---@type fun(column: string): evalua.window
M.cumsum = plain "cumsum"
--- 1 for the smallest of the group; equal values share the least rank. With
--- a minus before the name 1 is the largest.
---@type fun(column: string): evalua.window
M.rank = plain "rank"
--- The value in percent of the group's sum, 6 decimals; NA where that is 0.
---@type fun(column: string): evalua.window
M.share = plain "share"

local rolling = { sum = true, mean = true, min = true, max = true }

--- Over the last n rows (at most 1000), this one included: opts.fn is "sum"
--- (unless said), "mean", "min" or "max". NA where there are fewer than n
--- values, unless opts.partial. With opts.along over the last n steps of that
--- column.
---@param column string
---@param n integer
---@param opts { fn: string?, partial: boolean?, along: string? }?
---@return evalua.window
function M.rolling(column, n, opts)
  check_column("rolling", column)
  check_n("rolling", n, 1)
  opts = check_options("rolling", opts, { "fn", "partial", "along" })
  local fn = opts.fn or "sum"
  if not rolling[fn] then
    error(("ev.window.rolling has no fn '%s'; there are: sum, mean, min, max")
      :format(tostring(fn)), 2)
  end
  return make("rolling_" .. fn, column, n, opts)
end

-- The verb ------------------------------------------------------------------

--- by or order: a name or a list of names.
local function name_list(spec, field)
  local value = spec[field]
  if value == nil then return {} end
  if type(value) == "string" then return { value } end
  if type(value) == "table" and getmetatable(value) ~= Window then
    return value
  end
  error(("%s is the name of a column or a list of them, so no new column "
    .. "can be called so"):format(field), 0)
end

local function item_of(name, value)
  if type(name) ~= "string" then
    error("a new column's name was expected, not a " .. type(name), 0)
  end
  if getmetatable(value) ~= Window then
    error(("'%s' is made by ev.window.lag, ev.window.cumsum, ..., not a %s")
      :format(name, type(value)), 0)
  end
  return { name = name, fn = value.fn, column = value.column, n = value.n,
    partial = value.partial, along = value.along }
end

--- Items of the list form in order, then those of the map form by name.
local function items_of(spec)
  local items, names = {}, {}
  for i, pair in ipairs(spec) do
    if type(pair) ~= "table" or getmetatable(pair) == Window then
      error(("item %d is not {name, ev.window...}"):format(i), 0)
    end
    items[i] = item_of(pair[1], pair[2])
  end
  for name in pairs(spec) do
    local reserved = name == "by" or name == "order"
    if type(name) == "string" and not reserved then names[#names + 1] = name end
  end
  table.sort(names)
  for _, name in ipairs(names) do
    items[#items + 1] = item_of(name, spec[name])
  end
  return items
end

--- What t:window's table means, for the core: names of group columns, names
--- to order by, the items. `by` and `order` are reserved names; the list form
--- `{ {"a", ev.window.lag "x"}, ... }` keeps its order and may use any name.
---@param spec table
---@return string[] by
---@return string[] order
---@return table[] items
function M.arguments(spec)
  if type(spec) ~= "table" or getmetatable(spec) == Window then
    error("{name = ev.window.cumsum \"column\"} was expected", 0)
  end
  return name_list(spec, "by"), name_list(spec, "order"), items_of(spec)
end

return M

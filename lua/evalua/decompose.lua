--- Why the actual is not what was planned: the variance of each line split
--- into parts that add up to it, to the cent, on every row and in the total.
---
---     t:flex { by = "service", volume = { "planned_cases", "cases" },
---       price = "unit_cost", actual = "spent", fixed = "fixed_cost" }
---     t:decompose { method = "price_efficiency", by = "material",
---       price = { "standard_price", "price" },
---       quantity = { "allowed", "used" } }
---     t:decompose { method = "mix_quantity", by = "fee",
---       price = "unit_fee", quantity = { "planned", "sold" } }
---
--- Every part is actual less plan, as variance is; `favourable` judges the
--- whole by its kind. A pair names the planned column, then the actual one.
--- Source of the formulas: Horngren, Datar & Rajan, Cost Accounting, 14th ed.,
--- chapters 7 (static, flexible, price, efficiency) and 14 (mix, quantity).

local blame = require "evalua.blame"
local budget = require "evalua.budget"
local core = require "evalua.core"
local exact = require "evalua.exact"

local M = {}

---@class evalua.table
local Table = core.table.methods

local raise, call = blame.new(debug.getinfo(1, "S").source)

local WHOLE = "total"

-- The columns that go in ---------------------------------------------------------

local function check_options(what, opts, known)
  if type(opts) ~= "table" then
    raise(what, "a table of options was expected, not a " .. type(opts))
  end
  blame.check_names(raise, what, opts, known)
end

local function column(what, opts, name)
  if type(opts[name]) == "string" then return opts[name] end
  raise(what, name .. " = \"column\" was expected")
end

--- {planned, actual}: the names of two columns.
local function pair(what, opts, name)
  local value = opts[name]
  if type(value) == "table" and type(value[1]) == "string"
    and type(value[2]) == "string" then
    return value[1], value[2]
  end
  raise(what, name .. " = {\"planned column\", \"actual column\"} was expected")
end

local function list_of(value)
  if value == nil then return {} end
  return type(value) == "table" and value or { value }
end

local function q(name) return ("col%q"):format(name) end

--- The column that an input is copied to, so that no result is computed of
--- another result that happens to have its name.
local function copy_of(name) return "evalua: " .. name end

local function input(name) return q(copy_of(name)) end

--- The table with a copy of each input ({name, column}), which has an exact
--- number on every row; nil, message, code where one is missing.
local function with_inputs(what, t, inputs)
  local copies = {}
  for i, item in ipairs(inputs) do
    local name = item[2]
    local kind = call(what, t.column, t, name):type()
    if kind ~= "int" and not kind:find "^decimal" then
      raise(what, ("'%s' is %s, not exact numbers"):format(name, kind))
    end
    for row, value in ipairs(t:column(name):values(core.column.NA)) do
      if value == core.column.NA then
        return nil, ("row %d has no '%s': a line cannot be split without it")
          :format(row, name), "data"
      end
    end
    copies[i] = { copy_of(item[1]), q(name) }
  end
  return t:mutate(copies)
end

--- The kind of account of all lines.
local function kind_of(what, opts)
  local kind = budget.kind(opts.kind or "expense")
  if kind ~= nil then return kind end
  raise(what, ("kind is revenue or expense, not '%s'"):format(
    tostring(opts.kind)))
end

-- The rows that come out ---------------------------------------------------------

--- Sums of the new columns by `by`, and over all, then what is judged of them.
local function finish(t, by, names, kind, wants_total)
  local items = {}
  for i, name in ipairs(names) do
    items[i] = { name = name, fn = "sum", column = name }
  end
  local groups = t:group_by(table.unpack(by))
  local rows, message, code
  if wants_total and #by > 0 then
    rows, message, code = groups:rollup(items)
    if rows == nil then return nil, message, code end
    rows = rows:where(("level == %d or level == 0"):format(#by))
  else
    rows, message, code = groups:summarise(items)
    if rows == nil then return nil, message, code end
  end
  -- ±1 by the sign, and NA where nothing varies
  local better = kind == "revenue" and ">" or "<"
  rows, message, code = rows:mutate {
    { "favourable", ("variance // abs(variance) %s 0"):format(better) } }
  if rows == nil then return nil, message, code end
  local shown = table.move(by, 1, #by, 1, {})
  table.move(names, 1, #names, #shown + 1, shown)
  shown[#shown + 1] = "favourable"
  if wants_total and #by > 0 then shown[#shown + 1] = "level" end
  return rows:select(table.unpack(shown))
end

--- New columns by expressions, in order.
local function compute(t, list)
  local names = {}
  for i, item in ipairs(list) do names[i] = item[1] end
  local out, message, code = t:mutate(list)
  if out ~= nil then return out, names end
  -- without what the copies are called: planned price * planned
  return nil, (tostring(message):gsub('col"evalua: (.-)"', "%1")), code
end

local function check_by(what, t, by, new)
  for _, name in ipairs(by) do
    call(what, t.column, t, name)
    for _, other in ipairs(new) do
      if name == other then
        raise(what, ("a by-column cannot be called '%s', since the result "
          .. "has a column of that name: rename it"):format(name))
      end
    end
  end
end

-- Flexible budget ------------------------------------------------------------------

local flex_columns = { "static", "flexible", "actual", "variance",
  "volume_variance", "flexible_variance", "favourable", "level" }

---@class evalua.flex
---@field by? string|string[]
---@field volume string[] planned and actual volume
---@field price string the planned price of a unit of volume
---@field actual string the actual amount
---@field fixed? string the planned amount that does not follow the volume
---@field kind? string revenue or expense (unless said)
---@field total? boolean with a row for the whole

--- The flexible budget: what the actual volume should have cost. Rows `static`
--- (planned price × planned volume + fixed), `flexible` (planned price × actual
--- volume + fixed), `actual`, `variance` (actual − static) and its two parts:
--- volume_variance (flexible − static) and flexible_variance
--- (actual − flexible).
---@param opts evalua.flex
---@return evalua.table? t
---@return string? message
---@return string? code
function Table:flex(opts)
  local what = "flex"
  check_options(what, opts, { "by", "volume", "price", "actual", "fixed",
    "kind", "total" })
  local planned, done = pair(what, opts, "volume")
  local price, actual = column(what, opts, "price"), column(what, opts,
    "actual")
  local by = list_of(opts.by)
  local inputs = { { "planned", planned }, { "done", done },
    { "price", price }, { "actual", actual } }
  if opts.fixed ~= nil then
    inputs[5] = { "fixed", column(what, opts, "fixed") }
  end
  check_by(what, self, by, flex_columns)
  local kind = kind_of(what, opts)
  local t, message, code = with_inputs(what, self, inputs)
  if t == nil then return nil, message, code end
  local fixed = opts.fixed and " + " .. input "fixed" or ""
  local names
  t, names, code = compute(t, {
    { "static", input "price" .. " * " .. input "planned" .. fixed },
    { "flexible", input "price" .. " * " .. input "done" .. fixed },
    { "actual", input "actual" },
    { "variance", "actual - static" },
    { "volume_variance", "flexible - static" },
    { "flexible_variance", "actual - flexible" } })
  if t == nil then return nil, names, code end
  return finish(t, by, names, kind, opts.total)
end

-- Price, efficiency; mix, quantity -----------------------------------------------------

--- price_efficiency: the price at what was used, the use at the planned price,
--- so that what both did together counts as price.
local function price_efficiency(what, t, opts)
  local planned_price, price = pair(what, opts, "price")
  local planned, used = pair(what, opts, "quantity")
  local priced, message, code = with_inputs(what, t, {
    { "planned price", planned_price }, { "price", price },
    { "planned", planned }, { "used", used } })
  if priced == nil then return nil, message, code end
  return compute(priced, {
    { "base", input "planned price" .. " * " .. input "planned" },
    { "actual", input "price" .. " * " .. input "used" },
    { "variance", "actual - base" },
    { "price_variance", ("(%s - %s) * %s"):format(input "price",
      input "planned price", input "used") },
    { "efficiency_variance", ("(%s - %s) * %s"):format(input "used",
      input "planned", input "planned price") } })
end

local function sum_of(t, name)
  local row, message = t:summarise { { name = WHOLE, fn = "sum",
    column = name } }
  return row and row[1][WHOLE], message
end

--- Σ actual · planned share of each row, less the planned quantity, at the
--- planned price; rounded to the digits of the price, at least two.
local function quantity_variances(t, price, planned, sold)
  local places = math.max(2, tonumber(t:column(price):type()
    :match "%((%d+)%)") or 0)
  local kind = ("decimal(%d)"):format(places)
  if t:nrows() == 0 then return core.column.new({}, 0, kind) end
  local all_planned, message = sum_of(t, planned)
  if all_planned == nil then return nil, message end
  local all_sold
  all_sold, message = sum_of(t, sold)
  if all_sold == nil then return nil, message end
  local growth = exact.ratio(all_sold, all_planned)
  if growth == nil then
    return nil, ("the sum of '%s' is zero: there is no planned mix"):format(
      planned)
  end
  local prices = t:column(price):values()
  local list = {}
  for i, quantity in ipairs(t:column(planned):values()) do
    local part = (growth - 1) * quantity * prices[i]
    list[i] = part:decimal(places)
    if list[i] == nil then
      return nil, ("row %d: the quantity variance does not fit in 18 digits")
        :format(i)
    end
  end
  return core.column.new(list, #list, kind)
end

--- mix_quantity: what another total would have brought with the planned mix,
--- and what the other mix did; the first is rounded on each row and the second
--- is the rest, so that they add up.
local function mix_quantity(what, t, opts)
  local price = column(what, opts, "price")
  local planned, sold = pair(what, opts, "quantity")
  local priced, message, code = with_inputs(what, t, { { "price", price },
    { "planned", planned }, { "sold", sold } })
  if priced == nil then return nil, message, code end
  local quantity
  quantity, message = quantity_variances(t, price, planned, sold)
  if quantity == nil then return nil, message, "data" end
  return compute(core.table.with(priced, copy_of "quantity", quantity), {
    { "base", input "price" .. " * " .. input "planned" },
    { "actual", input "price" .. " * " .. input "sold" },
    { "variance", "actual - base" },
    { "quantity_variance", input "quantity" },
    { "mix_variance", "variance - quantity_variance" } })
end

local methods = { price_efficiency = price_efficiency,
  mix_quantity = mix_quantity }

local decompose_columns = { "base", "actual", "variance", "price_variance",
  "efficiency_variance", "quantity_variance", "mix_variance", "favourable",
  "level" }

---@class evalua.decompose
---@field method "price_efficiency"|"mix_quantity"
---@field by? string|string[]
---@field price string|string[] planned (and actual) price of a unit
---@field quantity string[] planned (or allowed) and actual quantity
---@field kind? string revenue or expense (unless said)
---@field total? boolean with a row for the whole

--- The variance of price × quantity in two parts.
---
--- "price_efficiency": price_variance = (actual price − planned price) × actual
--- quantity; efficiency_variance = (actual quantity − quantity allowed for the
--- output) × planned price.
---
--- "mix_quantity", all at the planned price: with A and B the sums of actual
--- and planned quantities, quantity_variance = (A·b/B − b)·p for a row that
--- planned b, and mix_variance = (a − A·b/B)·p; the quantity variance is
--- rounded half-even on each row, the mix variance is the exact rest.
---@param opts evalua.decompose
---@return evalua.table? t base, actual, variance, the two parts, favourable
---@return string? message
---@return string? code
function Table:decompose(opts)
  local what = "decompose"
  check_options(what, opts, { "method", "by", "price", "quantity", "kind",
    "total" })
  local split = methods[opts.method]
  if split == nil then
    raise(what, ("method is \"price_efficiency\" or \"mix_quantity\", not %s")
      :format(tostring(opts.method)))
  end
  local by = list_of(opts.by)
  check_by(what, self, by, decompose_columns)
  local kind = kind_of(what, opts)
  local t, names, code = split(what, self, opts)
  if t == nil then return nil, names, code end
  return finish(t, by, names, kind, opts.total)
end

return M

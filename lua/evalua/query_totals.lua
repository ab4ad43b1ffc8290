--- What a scan of a large file finds out on its way about rows that are sums
--- of other rows, and codes that lost their zeros: a smaller file is looked
--- over as a whole (evalua.source_tidy), here only what the plan reads is.
---
--- A hidden grand total is half of every sum, since it doubles them; amounts
--- that are no less than nothing make it the largest value as well, and where
--- they are no more, the least. So the plan gets the largest and the least of
--- each amount that it sums; only when all of them are halves, a second scan
--- looks for the row.

local core = require "evalua.core"
local expr = require "evalua.expr"

local M = {}

--- Fewer rows than these are sums of each other by accident.
local LEAST_ROWS = 10

--- The columns whose plain sums the plan has, exact ones only.
local function summed(plan, outline)
  local list, seen = {}, {}
  for _, item in ipairs(plan.items or {}) do
    local name = item.fn == "sum" and item.tree and item.tree.op == "column"
      and item.tree.name
    local kind = name and outline:has(name) and outline:column(name):type()
    if kind and (kind == "int" or kind:find "^decimal") and not seen[name] then
      list[#list + 1] = { name = name, sum = item.name }
      seen[name] = true
    end
  end
  return list
end

--- The plan with what has to be known of its amounts, and which these are.
---@param plan table
---@param outline evalua.table
---@return table plan
---@return table[] amounts {name=, sum= the column with its sums}
function M.extend(plan, outline)
  local amounts = summed(plan, outline)
  if #amounts == 0 then return plan, amounts end
  local items = table.move(plan.items, 1, #plan.items, 1, {})
  for _, amount in ipairs(amounts) do
    for _, fn in ipairs { "max", "min" } do
      amount[fn] = "\1" .. fn .. "\1" .. amount.name
      items[#items + 1] = { name = amount[fn], fn = fn,
        tree = expr.column(amount.name) }
    end
  end
  return { where = plan.where, keys = plan.keys, items = items }, amounts
end

--- Whether a value is half of a sum; neither side can leave 64 bits.
local function is_half(value, sum)
  return value ~= nil and (value < 0) == (sum < 0) and sum - value == value
end

--- The value that a hidden total would have of every amount, over all groups;
--- nil where there can be none.
local function halves(t, amounts)
  local spec = {}
  for i, amount in ipairs(amounts) do
    spec[#spec + 1] = { name = "sum" .. i, fn = "sum", column = amount.sum }
    spec[#spec + 1] = { name = "max" .. i, fn = "max", column = amount.max }
    spec[#spec + 1] = { name = "min" .. i, fn = "min", column = amount.min }
  end
  local all = t:summarise(spec)
  all = all and all[1] -- nil: a sum does not fit
  if all == nil then return nil end
  local values, counted = {}, false
  for i in ipairs(amounts) do
    local sum, high, low = all["sum" .. i], all["max" .. i], all["min" .. i]
    local value = sum ~= nil
      and (is_half(high, sum) and high or is_half(low, sum) and low)
    if not value then return nil end
    values[i] = value
    counted = counted or value < 0 or value > 0
  end
  return counted and values or nil
end

local function all_of(where, more)
  return where and expr.node { op = "and", where, more } or more
end

--- Whether enough rows have an amount other than zero: among few, one is the
--- sum of the others by accident.
local function are_many(run, plan, amounts)
  local column = expr.column(amounts[1].name)
  local count = run { where = all_of(plan.where, column:ne(0)), keys = {},
    items = { { name = "n", fn = "count" } } }
  return count ~= nil and count[1].n >= LEAST_ROWS
end

--- The rows of a condition, in the columns that a scan can read: what the plan
--- has read, and texts. Others need not be what they seemed: 'Total' may stand
--- among the years.
local function run_readable(run, where, plan, amounts, outline)
  local names, has = {}, {}
  for _, name in ipairs(plan.keys) do has[name] = true end
  for _, amount in ipairs(amounts) do has[amount.name] = true end
  for _, name in ipairs(outline:names()) do
    local is_text = outline:column(name):type() == "text"
    if has[name] or is_text and run { where = where, keys = { name } } then
      names[#names + 1] = name
    end
  end
  return run { where = where, keys = names }
end

--- The only row that has these values; nil where others have them, too, or
--- there are few rows.
local function find_row(run, plan, amounts, values, outline)
  if not are_many(run, plan, amounts) then return nil end
  local where = plan.where
  for i, amount in ipairs(amounts) do
    where = all_of(where, expr.column(amount.name):eq(values[i]))
  end
  local rows = run { where = where, keys = outline:names() }
    or run_readable(run, where, plan, amounts, outline)
  if rows ~= nil and rows:nrows() == 1 then return rows end
end

local function note_hidden(run, t, plan, amounts, outline, notes)
  local values = halves(t, amounts)
  local row = values and find_row(run, plan, amounts, values, outline)
  if row == nil then return end
  local label = require("evalua.source_tidy").label_of(row, 1)
  notes[#notes + 1] = ("a row ('%s') is the sum of all other rows that are "
    .. "counted: kept, so sums count it twice (--totals drop leaves it out)")
    :format(label)
end

--- Keys that say of themselves that they are totals.
local function note_labels(t, plan, notes)
  for _, name in ipairs(plan.keys) do
    if t:column(name):type() == "text" then
      for _, value in ipairs(t:distinct(name):column(name):values(false)) do
        if value and core.totals.is_label(value) then
          notes[#notes + 1] = ("column '%s': the rows of '%s' say that they "
            .. "are totals of other rows: kept, so sums may count them twice "
            .. "(--totals drop leaves out those that are)"):format(name, value)
          break
        end
      end
    end
  end
end

--- What the plan's table `t` (of the extended plan) tells; notes are added to
--- info.notes. `run(plan)` asks the source once more.
---@param t evalua.table
---@param info table
---@param plan table as it was before
---@param amounts table[]
---@param outline evalua.table
---@param run fun(plan: table): evalua.table?
---@return evalua.table t what the plan asked for
function M.look(t, info, plan, amounts, outline, run)
  if plan.items == nil then return t end
  local notes = info.notes or {}
  info.notes = notes
  if #amounts > 0 then
    note_hidden(run, t, plan, amounts, outline, notes)
    local names = table.move(plan.keys, 1, #plan.keys, 1, {})
    for _, item in ipairs(plan.items) do names[#names + 1] = item.name end
    t = core.table.select(t, names)
  end
  note_labels(t, plan, notes)
  require("evalua.source_tidy").check_codes(core.table.select(t, plan.keys),
    info)
  notes[#notes + 1] = "a large file: only the columns of this report were "
    .. "looked over for totals and lost zeros (--explain looks over all)"
  return t
end

return M

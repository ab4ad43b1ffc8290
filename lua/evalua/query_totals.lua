--- What a scan of a large file finds out on its way about rows that are sums
--- of other rows, and codes that lost their zeros: a smaller file is looked
--- over as a whole (evalua.source_tidy), here only what the plan reads is.
---
--- A hidden grand total is half of every sum, since it doubles them, or a third
--- where subtotals are counted, too; amounts that are no less than nothing make
--- it the largest value as well, and where they are no more, the least. So the
--- plan gets the largest and the least of each amount that it sums; only when
--- one of them is such a part, a second scan looks for the row, in which the
--- others are empty.

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
        tree = expr.column(amount.name), overall = true }
    end
  end
  return { where = plan.where, keys = plan.keys, items = items }, amounts
end

--- Whether a value is a half (2) or a third (3) of a sum; no step of this can
--- leave 64 bits.
local function is_part(value, sum, times)
  if value == nil or sum == nil or (value < 0) ~= (sum < 0) then return false end
  local rest = sum - value
  return (times == 2 and rest or rest - value) == value
end

--- The sums, the largest and the least values over all groups; nil where a sum
--- does not fit.
local function over_all(t, amounts)
  local spec = {}
  for i, amount in ipairs(amounts) do
    spec[#spec + 1] = { name = "sum" .. i, fn = "sum", column = amount.sum }
    spec[#spec + 1] = { name = "max" .. i, fn = "max", column = amount.max }
    spec[#spec + 1] = { name = "min" .. i, fn = "min", column = amount.min }
  end
  local all = t:summarise(spec)
  return all and all[1]
end

--- The values that a hidden total would have, false where its cell would be
--- empty; nil where there can be none.
local function parts(all, amounts, times)
  local values, counted = {}, nil
  for i, amount in ipairs(amounts) do
    local sum, high, low = all["sum" .. i], all["max" .. i], all["min" .. i]
    values[i] = is_part(high, sum, times) and high
      or is_part(low, sum, times) and low
    local value = values[i]
    if value and (value < 0 or value > 0) then counted = counted or amount end
  end
  return counted and values, counted
end

local function all_of(where, more)
  return where and expr.node { op = "and", where, more } or more
end

--- Whether enough rows have an amount other than zero: among few, one is the
--- sum of the others by accident.
local function are_many(run, plan, amount)
  local column = expr.column(amount.name)
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
  local where = plan.where
  for i, amount in ipairs(amounts) do
    local column = expr.column(amount.name)
    where = all_of(where, values[i] and column:eq(values[i]) or column:is_na())
  end
  local rows = run { where = where, keys = outline:names() }
    or run_readable(run, where, plan, amounts, outline)
  if rows ~= nil and rows:nrows() == 1 then return rows end
end

local hidden = {
  [2] = "a row ('%s') is the sum of all other rows that are counted: kept, so "
    .. "sums count it twice (--totals drop leaves it out)",
  [3] = "a row ('%s') is a third of all that is counted, as a total of "
    .. "subtotals is: kept, so sums may count it three times (--totals drop "
    .. "leaves out totals)",
}

local function note_hidden(run, t, plan, amounts, outline, notes)
  local all = over_all(t, amounts)
  for times = 2, all and 3 or 0 do
    local values, counted = parts(all, amounts, times)
    local row = values and are_many(run, plan, counted)
      and find_row(run, plan, amounts, values, outline)
    if row then
      local label = require("evalua.source_tidy").label_of(row, 1)
      notes[#notes + 1] = hidden[times]:format(label)
      return
    end
  end
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

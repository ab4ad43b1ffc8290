--- The rows of a chart: exact values, order, and what is folded away when
--- there are more of them than fit.
local amount = require "evalua.chart.amount"
local clean = require "evalua.chart.clean"

---@class Row
---@field label string
---@field level integer 0 is the grand total
---@field role string "leaf", "subtotal" (behind its leaves) or "total"
---@field base any decimal or nil
---@field actual any decimal or nil
---@field variance any decimal; nil where neither side is there
---@field percent any decimal or nil
---@field favourable boolean?
---@field past Row? the same line against the prior year, which is its base

local M = {}

local roles = { leaf = true, subtotal = true, total = true }

--- variance = actual - base, a missing side counting 0.
local function variance_of(row, base, actual)
  if base == nil and actual == nil then return nil end
  if row.variance ~= nil then return amount.decimal(row.variance) end
  return (actual or 0) - (base or amount.zero)
end

--- A row of a plain spec with its amounts as decimals.
---@param compared boolean? other rows have a `past`
---@return Row
local function take(row, i, compared)
  if type(row) ~= "table" or not roles[row.role or "leaf"] then
    error(("row %d of the chart has no role leaf, subtotal or total"):format(i),
      0)
  end
  local base, actual = amount.decimal(row.base), amount.decimal(row.actual)
  local past = row.past or compared and { role = row.role }
  return {
    past = past and take(past, i) or nil,
    label = clean.text(tostring(row.label or "")),
    level = row.level,
    role = row.role or "leaf",
    base = base,
    actual = actual,
    variance = variance_of(row, base, actual),
    percent = amount.decimal(row.variance_pct),
    favourable = row.favourable,
  }
end

---@param rows table[] rows of a plain spec
---@return Row[]
function M.take(rows)
  local out, compared = {}, false
  for _, row in ipairs(rows) do
    compared = compared or type(row) == "table" and row.past ~= nil
  end
  for i, row in ipairs(rows) do out[i] = take(row, i, compared) end
  return out
end

function M.is_leaf(row)
  return row.role == "leaf"
end

---@return Row[]
function M.leaves(rows)
  local out = {}
  for _, row in ipairs(rows) do
    if M.is_leaf(row) then out[#out + 1] = row end
  end
  return out
end

--- The last row with role total, or nil.
function M.total(rows)
  for i = #rows, 1, -1 do
    if rows[i].role == "total" then return rows[i] end
  end
end

--- Does more than the base mean good? 1 yes (revenue), -1 no (expense), 0
--- both occur, nil nobody says.
function M.polarity(rows)
  local seen
  for _, row in ipairs(rows) do
    local sign = amount.sign(row.variance)
    if sign ~= 0 and row.favourable ~= nil then
      local this = (sign > 0) == row.favourable and 1 or -1
      if seen and seen ~= this then return 0 end
      seen = this
    end
  end
  return seen
end

-- ---- order ----

local keys = {
  --- largest variance of either sign first
  size = function(row)
    return amount.abs(row.variance)
  end,
  --- from the most over to the most under
  variance = function(row)
    return row.variance
  end,
}

--- Sort every run of neighbouring leaves by "size" or "variance" ("none"
--- leaves all as it is); equal rows keep their order, missing ones go last.
---@return Row[]
function M.sort(rows, by)
  local key = keys[by]
  local out, from = {}, 1
  for i, row in ipairs(rows) do out[i] = row end
  if not key then return out end
  for i = 1, #out + 1 do
    if not out[i] or not M.is_leaf(out[i]) then
      M.sort_range(out, from, i - 1, key)
      from = i + 1
    end
  end
  return out
end

--- Stable: positions break ties.
function M.sort_range(rows, from, to, key)
  local run = {}
  for i = from, to do
    run[#run + 1] = { row = rows[i], value = key(rows[i]), at = i }
  end
  table.sort(run, function(a, b)
    if a.value == nil or b.value == nil then
      if (a.value == nil) ~= (b.value == nil) then return b.value == nil end
      return a.at < b.at
    end
    if a.value:eq(b.value) then return a.at < b.at end
    return a.value > b.value
  end)
  for i, item in ipairs(run) do rows[from + i - 1] = item.row end
end

--- Items by a number, largest first; equal ones keep their order, those
--- without a number go last.
---@param items table[]
---@param key fun(item: table): number?
---@return table[] sorted
function M.ordered(items, key)
  local run, out = {}, {}
  for i, item in ipairs(items) do
    run[i] = { item = item, at = i, value = key(item) or -math.huge }
  end
  table.sort(run, function(a, b)
    if a.value ~= b.value then return a.value > b.value end
    return a.at < b.at
  end)
  for i, entry in ipairs(run) do out[i] = entry.item end
  return out
end

--- The items that a chart points at come first: they are never folded away.
local function pinned(spec, key)
  local lit = {}
  for _, name in ipairs(spec.highlight or {}) do lit[name] = true end
  return function(item)
    if lit[item.label] then return math.huge end
    return key(item)
  end
end

--- The `count` items of largest key (and those pointed at), and the rest, both
--- in the items' order.
---@param spec { highlight: string[]? }
---@return table[] kept
---@return table[] rest
function M.split(spec, items, count, key)
  local chosen, kept, rest = {}, {}, {}
  for i, item in ipairs(M.ordered(items, pinned(spec, key))) do
    chosen[item] = i <= count
  end
  for _, item in ipairs(items) do
    local to = chosen[item] and kept or rest
    to[#to + 1] = item
  end
  return kept, rest
end

-- ---- folding ----

local function column(rows, name)
  local out = { n = #rows }
  for i, row in ipairs(rows) do out[i] = row[name] end
  return out
end

M.column = column

--- The comparisons of many rows with the prior year; nil where they have none.
---@return Row[]?
local function pasts_of(rows)
  local out = {}
  for i, row in ipairs(rows) do
    if row.past == nil then return nil end
    out[i] = row.past
  end
  return out
end

--- One row for many: exact sums, the percentage of the sums.
---@param hidden Row[]
---@param label string
---@return Row
function M.combine(hidden, label)
  local out = { label = label, role = "leaf", level = hidden[1].level,
    others = true }
  for _, name in ipairs { "base", "actual", "variance" } do
    local values = column(hidden, name)
    out[name] = amount.sum(values, values.n)
  end
  out.percent = amount.percent_of(out.variance, out.base)
  out.favourable = amount.favourable(out.variance, M.polarity(hidden))
  local pasts = pasts_of(hidden)
  out.past = pasts and M.combine(pasts, label)
  return out
end

--- The leaves of largest variance: a set of `most` rows.
local function largest(spec, rows, most)
  local leaves, kept = M.leaves(rows), {}
  M.sort_range(leaves, 1, #leaves, keys.size)
  local place = {}
  for i, row in ipairs(leaves) do place[row] = -i end
  for _, row in ipairs((M.split(spec, leaves, most, function(row)
    return place[row]
  end))) do
    kept[row] = true
  end
  return kept
end

--- Keep the `most` leaves of largest variance; the rest of every run becomes
--- one row "others". A single row is not worth folding.
---@param spec { highlight: string[]? }
---@param name fun(count: integer): string
---@return Row[]
function M.keep(spec, rows, most, name)
  local kept, out, hidden = largest(spec, rows, most), {}, {}
  local function flush()
    if #hidden == 1 then out[#out + 1] = hidden[1] end
    if #hidden > 1 then out[#out + 1] = M.combine(hidden, name(#hidden)) end
    hidden = {}
  end
  for _, row in ipairs(rows) do
    if not M.is_leaf(row) then flush() end
    if M.is_leaf(row) and not kept[row] then
      hidden[#hidden + 1] = row
    else
      out[#out + 1] = row
    end
  end
  flush()
  return out
end

local function count_runs(rows)
  local bands, runs, inside = 0, 0, false
  for _, row in ipairs(rows) do
    local leaf = M.is_leaf(row)
    if leaf and not inside then runs = runs + 1 end
    if not leaf then bands = bands + 1 end
    inside = leaf
  end
  return bands, runs
end

--- Without the leaves; the deepest subtotals take their place.
local function promote(rows)
  local deepest
  for _, row in ipairs(rows) do
    if row.role == "subtotal" then
      deepest = math.max(deepest or 0, row.level or 1)
    end
  end
  if not deepest then return nil end
  local out = {}
  for _, row in ipairs(rows) do
    if row.role == "subtotal" and (row.level or 1) == deepest then
      local leaf = {}
      for key, value in pairs(row) do leaf[key] = value end
      leaf.role = "leaf"
      out[#out + 1] = leaf
    elseif not M.is_leaf(row) then
      out[#out + 1] = row
    end
  end
  return out
end

--- At most `most` rows: first the small leaves of each group are folded, then
--- whole groups.
---@return Row[]
function M.fold(spec, rows, most, name)
  if #rows <= most then return rows end
  local bands, runs = count_runs(rows)
  local room = most - bands - runs
  if room < runs then
    local groups = promote(rows)
    if groups then return M.fold(spec, groups, most, name) end
  end
  return M.keep(spec, rows, math.max(room, 1), name)
end

return M

--- What can be asked of any table without being told anything about it. Which
--- columns belong together is found by what most of the rows do; the rows that
--- do otherwise are the findings. Where no such thing is found nothing is said.

local exact = require "evalua.exact"
local grid = require "evalua.report.grid"
local tables = require "evalua.audit.tables"

local M = {}

--- Whether the rows are in units of their own, so that they are not added.
local function has_several_units(t)
  return t:has "measure_unit" and t:distinct("measure_unit"):nrows() > 1
end

--- Enough rows do it: four of five, and more than one where there are more.
local function most(agree, differ)
  local all = agree + differ
  return agree > 0 and agree * 5 >= all * 4 and (agree > 1 or all == 1)
end

-- Totals beside their parts --------------------------------------------------

--- Amount columns between column `at` and the next total on one side.
local function run_of(names, at, step)
  local parts = {}
  local i = at + step
  while names[i] and not tables.named("column_total", names[i]) do
    table.insert(parts, step > 0 and #parts + 1 or 1, names[i])
    i = i + step
  end
  return parts
end

local function cross_foot(sheet)
  local t = sheet.table
  local names = tables.amount_columns(t)
  for at, name in ipairs(names) do
    if tables.named("column_total", name) then
      local total = t:column(name)
      for _, step in ipairs { -1, 1 } do
        local parts = run_of(names, at, step)
        local found = #parts >= 2
          and { tables.tally(tables.columns_of(t, parts), total, t:nrows()) }
        if found and found[1] > 0 and found[1] >= found[2] then
          tables.cross_foot(sheet, name, parts)
          break
        end
      end
    end
  end
end

-- Differences ----------------------------------------------------------------

--- The pair of columns whose difference most rows of a column are.
local function find_pair(t, name, names)
  local column = t:column(name)
  for _, a in ipairs(names) do
    for _, b in ipairs(names) do
      if a ~= b and a ~= name and b ~= name then
        local parts = tables.columns_of(t, { a, b }, { 1, -1 })
        local agree, differ = tables.tally(parts, column, t:nrows())
        if agree > 1 and most(agree, differ) then return { a, b } end
      end
    end
  end
end

local MOST_COLUMNS, MOST_REPEATED = 12, 1000000

local function differences(sheet)
  local names = tables.amount_columns(sheet.table)
  if #names > MOST_COLUMNS then return end
  for _, name in ipairs(names) do
    if tables.named("column_difference", name) then
      local pair = find_pair(sheet.table, name, names)
      if pair then tables.cross_foot(sheet, name, pair, { 1, -1 }) end
    end
  end
end

-- Rates ----------------------------------------------------------------------

local hundred = exact.of(100)

local function decimals_of(value) return math.max(0, value:scale()) end

--- Whether 100·a/b rounds to the rate, half up or half to even.
local function is_rate(rate, a, b)
  if rate == nil or a == nil or b == nil or b:sign() == 0 then return nil end
  local places = decimals_of(rate)
  local half = exact.of("0." .. ("0"):rep(places) .. "5")
  local off = (hundred * exact.of(a) / exact.of(b) - exact.of(rate)):abs()
  return off <= half
end

local function tally_rates(t, rate, a, b)
  local agree, differ = 0, 0
  for i = 1, math.min(t:nrows(), 500) do
    local answer = is_rate(tables.exact(rate[i]), tables.exact(a[i]),
      tables.exact(b[i]))
    if answer then agree = agree + 1
    elseif answer == false then differ = differ + 1 end
  end
  return agree, differ
end

local function rate_row(sheet, i, name, names, values)
  local rate, a, b = values[1], values[2], values[3]
  local share = (hundred * exact.of(a) / exact.of(b)):round(
    decimals_of(rate) + 2)
  tables.add(sheet, "rate", { outcome = "fails", severity = "medium",
    place = sheet.place(i), name = ("%s = %s / %s"):format(name, names[1],
      names[2]), expected = share .. "%", found = tostring(rate) .. "%",
    arithmetic = ("%s / %s = %s%% ≠ %s%%"):format(tostring(a), tostring(b),
      share, tostring(rate)) })
end

--- Findings of a rate column that is a/b in most rows.
local function report_rates(sheet, name, names)
  local t = sheet.table
  local rate, a, b = t:column(name), t:column(names[1]), t:column(names[2])
  local held, first = 0, nil
  for i = 1, t:nrows() do
    local values = { tables.exact(rate[i]), tables.exact(a[i]),
      tables.exact(b[i]) }
    local answer = is_rate(values[1], values[2], values[3])
    if answer then
      held = held + 1
      first = first or ("%s / %s = %s%%"):format(tostring(values[2]),
        tostring(values[3]), tostring(values[1]))
    elseif answer == false then
      rate_row(sheet, i, name, names, values)
    end
  end
  tables.add(sheet, "rate", { outcome = "holds", severity = "medium",
    name = ("%s = %s / %s"):format(name, names[1], names[2]),
    found = tostring(held),
    arithmetic = sheet.text("rows whose rate is right: %d; the first: %s",
      held, first) })
end

local function find_rate_pair(t, rate, names)
  for _, a in ipairs(names) do
    for _, b in ipairs(names) do
      if a ~= b then
        local agree, differ = tally_rates(t, rate, t:column(a), t:column(b))
        if agree > 1 and most(agree, differ) then return { a, b } end
      end
    end
  end
end

--- A single base beside the rate: the count behind it must be whole.
local function rates(sheet)
  local t = sheet.table
  local names = tables.amount_columns(t)
  if #names > MOST_COLUMNS then return end
  for _, name in ipairs(t:names()) do
    local kind = t:column(name):type()
    local is_number = kind == "int" or kind:find("^decimal")
    if is_number and tables.named("column_rate", name) then
      local pair = find_rate_pair(t, t:column(name), names)
      if pair then report_rates(sheet, name, pair) end
    end
  end
end

-- Duplicates -----------------------------------------------------------------

--- Groups of rows with the same cells in the columns.
local function repeated(t, names)
  local columns, seen, groups = tables.columns_of(t, names), {}, {}
  for i = 1, t:nrows() do
    local cells, empty = {}, true
    for k, column in ipairs(columns) do
      local value = column[i]
      cells[k] = value == nil and "\0" or tostring(value)
      empty = empty and value == nil
    end
    local key = table.concat(cells, "\1")
    local group = seen[key]
    if group == nil then seen[key] = i
    elseif not empty then
      if type(group) == "number" then
        group = { group }
        seen[key], groups[#groups + 1] = group, group
      end
      group[#group + 1] = i
    end
  end
  return groups
end

local function add_repeated(sheet, groups, severity, outcome, english, name)
  for g, group in ipairs(groups) do
    if g > 20 then
      tables.add(sheet, "duplicate", { outcome = outcome, severity = severity,
        arithmetic = sheet.text("%d more groups of rows are the same",
          #groups - 20), name = name })
      return
    end
    local places = {}
    for i = 1, math.min(#group, 5) do places[i] = sheet.place(group[i]) end
    tables.add(sheet, "duplicate", { outcome = outcome, severity = severity,
      place = table.concat(places, "; "), name = name, expected = "1",
      found = tostring(#group), arithmetic = sheet.text(english, #group) })
  end
end

local function duplicates(sheet)
  local t = sheet.table
  local names = t:names()
  add_repeated(sheet, repeated(t, names), "medium", "flag",
    "%d rows are the same in every column", sheet.text "rows named once")
  for _, name in ipairs(names) do
    if tables.named("column_id", name) and t:column(name):type() ~= "real" then
      local groups = repeated(t, { name })
      -- a column in which most values come back is no id
      if #groups * 5 <= t:nrows() then
        add_repeated(sheet, groups, "high", "fails",
          "the same id in %d rows", name)
      end
    end
  end
end

--- Columns that say what a row is about: texts, periods, years.
local function key_columns(t)
  local names = {}
  for _, name in ipairs(t:names()) do
    local kind = t:column(name):type()
    local tells = kind == "text" or kind == "period" or kind == "bool"
      or tables.is_index(name)
    if tells and not tables.named("column_id", name) then
      names[#names + 1] = name
    end
  end
  return names
end

local MOST_NAME = 60 -- columns of a terminal

--- What a row is about, as its key columns have it.
local function name_of(columns, i)
  local parts = {}
  for _, column in ipairs(columns) do
    if column[i] ~= nil then parts[#parts + 1] = tostring(column[i]) end
  end
  return grid.cut(table.concat(parts, " / "), MOST_NAME)
end

--- Rows about the same thing that say different things. Where most things come
--- back, rows are not told apart by these columns.
local function restated(sheet)
  local t = sheet.table
  local names = key_columns(t)
  if #names == 0 or #names == #t:names() then return end
  local groups, whole = repeated(t, names), {}
  for _, group in ipairs(repeated(t, t:names())) do whole[group[1]] = #group end
  local again = 0
  for _, group in ipairs(groups) do again = again + #group end
  if again * 5 > t:nrows() * 2 then return end
  local label, columns = t:column(names[1]), tables.columns_of(t, names)
  for _, group in ipairs(groups) do
    local rank = tables.rank_of(label[group[1]])
    if whole[group[1]] ~= #group and rank == 0 then
      local places = {}
      for i = 1, math.min(#group, 5) do places[i] = sheet.place(group[i]) end
      tables.add(sheet, "restated", { outcome = "flag", severity = "medium",
        place = table.concat(places, "; "), expected = "1",
        found = tostring(#group), name = name_of(columns, group[1]),
        arithmetic = sheet.text("%d rows about the same, with other figures",
          #group) })
    end
  end
end

-- What was looked for ----------------------------------------------------------

local roles = { "column_total", "column_difference", "column_rate" }

--- The first column whose name promises that others make it up.
local function made_up(t)
  for _, name in ipairs(t:names()) do
    for _, role in ipairs(roles) do
      if tables.named(role, name) then return name end
    end
  end
end

local function has_id(t)
  for _, name in ipairs(t:names()) do
    if tables.named("column_id", name) then return true end
  end
  return false
end

--- Why nothing came out: what was looked for, and not found.
---@param t evalua.table
---@return string[] notes
function M.not_found(t)
  local notes, column = {}, made_up(t)
  local function add(note, ...) notes[#notes + 1] = note:format(...) end
  if has_several_units(t) then
    add "the rows are in several units: rows of totals were not looked for"
  elseif tables.label_column(t) == nil then
    add("no row is labelled as a total (total, subtotal, 合计, 小计 ...): no "
      .. "column was added up")
  else
    add("rows are labelled as totals, but there is no amount in them or "
      .. "beside them to add up")
  end
  if column == nil then
    add("no column is named as a total, a difference or a rate of others: no "
      .. "row was added up")
  else
    add("no other columns make up column '%s' in most rows", column)
  end
  if t:nrows() > MOST_REPEATED then
    add("more than %d rows: repeated rows were not looked for", MOST_REPEATED)
  else
    add(has_id(t) and "no two rows are the same, and no id comes back"
      or "no two rows are the same; no column is named as an id")
  end
  return notes
end

--- Everything above on a sheet of tables.sheet.
---@param sheet evalua.audit.sheet
function M.run(sheet)
  if not has_several_units(sheet.table) then tables.foot(sheet, {}) end
  cross_foot(sheet)
  differences(sheet)
  rates(sheet)
  if sheet.table:nrows() <= MOST_REPEATED then
    duplicates(sheet)
    restated(sheet)
  end
end

return M

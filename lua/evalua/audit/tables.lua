--- Checks that need no rules file, on any table: totals of columns (foot), of
--- rows (cross_foot), two tables against each other (tie_out). All sums are
--- exact decimals.

local core = require "evalua.core"
local lang = require "evalua.lang"
local words = require "evalua.extract.words"

local M = {}

local MOST_FAILS = 20 -- rows that one check names

---@class evalua.audit.sheet
---@field table evalua.table
---@field place fun(i: integer): string
---@field text fun(english: string, ...: any): string
---@field rows table[] findings
---@field counts table<string, integer> findings of each kind so far

--- What checks write their findings to.
---@param t evalua.table
---@param opts { lang: string?, place: (fun(i: integer): string)? }
---@return evalua.audit.sheet
function M.sheet(t, opts)
  local language = opts.lang or lang.current
  return { table = t, rows = {}, counts = {},
    place = opts.place or function(i)
      return lang.text(language, "row %d", i)
    end,
    text = function(english, ...) return lang.text(language, english, ...) end }
end

--- Add a finding: outcome, severity, arithmetic, expected, found, place, name.
---@param sheet evalua.audit.sheet
---@param kind string
---@param row table
function M.add(sheet, kind, row)
  sheet.counts[kind] = (sheet.counts[kind] or 0) + 1
  row.id, row.kind = kind .. "-" .. sheet.counts[kind], kind
  sheet.rows[#sheet.rows + 1] = row
end

-- Numbers --------------------------------------------------------------------

local function minus(text) return (text:gsub("^%-", "−")) end

--- A cell as a decimal; nil when it is missing or no exact number.
local function exact(value)
  if math.type(value) == "integer" then return core.decimal.new(value, 0) end
  return core.decimal.is(value) and value or nil
end
M.exact = exact

local MOST_NAMED = 6

--- "1.50 + 2.00 = 3.50", or "Σ12 = 18.00" where there are many.
local function sum_text(values, sum)
  if #values > MOST_NAMED then
    return ("Σ%d = %s"):format(#values, minus(tostring(sum)))
  end
  local parts = {}
  for i, value in ipairs(values) do
    local text = minus(tostring(value))
    parts[i] = i > 1 and text:find("^−") and "(" .. text .. ")" or text
  end
  if #parts == 1 then return parts[1] end
  return table.concat(parts, " + ") .. " = " .. minus(tostring(sum))
end

--- Whether a column holds exact numbers.
local function is_amount(column)
  local kind = column:type()
  return kind == "int" or kind:find("^decimal") ~= nil
end

--- Whether a column's name is, holds, or ends in a word of a role.
local function named(role, name)
  for _, word in ipairs(words.all().lists[role] or {}) do
    if name == word then return true end
    local is_ascii = word:find("^[%w%-]+$")
    if not is_ascii and name:find(word, 1, true) then return true end
    if is_ascii and name:lower():find("%f[%w]" .. word:lower():gsub("%-", "%%-")
      .. "%f[%W]") and #word > 2 then return true end
  end
  return false
end
M.named = named

--- Whether a column numbers rows or tells when: 序号, 预算年度, dept_id; not
--- 全年 or paid, which only end in the same letters.
local function is_index(name)
  for _, word in ipairs(words.all().lists.column_index or {}) do
    if name == word then return true end
    local is_ascii = word:find("^%w+$")
    if is_ascii and name:lower():find("%f[%w]" .. word:lower() .. "$") then
      return true
    end
    if not is_ascii and utf8.len(word) > 1 and name:sub(-#word) == word then
      return true
    end
  end
  return false
end
M.is_index = is_index

--- Names of the columns with amounts that may be added.
local function amount_columns(t)
  local names = {}
  for _, name in ipairs(t:names()) do
    local skip = named("column_rate", name) or is_index(name)
    if is_amount(t:column(name)) and not skip then names[#names + 1] = name end
  end
  return names
end
M.amount_columns = amount_columns

-- Foot: totals below (or above) their rows -----------------------------------

--- The rank of a label: 0 a row, 1 a subtotal, 2 a total, 3 a grand total; nil
--- for a part (其中) of the row above.
local function rank_of(label)
  if label == nil then return 0 end
  local plain = tostring(label):gsub("%s", ""):gsub("　", "")
  plain = plain:gsub("[:：]$", "")
  if words.at("row_part", plain, 1) then return nil end
  local sets = words.all().sets.row_total
  if sets[plain] then return tonumber(sets[plain]) end
  local word = words.ending("row_total", plain)
  return word and not word:find("%a") and tonumber(sets[word]) or 0
end
M.rank_of = rank_of

--- The first column of texts with a total among its labels.
---@param t evalua.table
---@return string?
function M.label_column(t)
  for _, name in ipairs(t:names()) do
    local column = t:column(name)
    if column:type() == "text" then
      for i = 1, t:nrows() do
        local rank = rank_of(column[i])
        if rank and rank > 0 then return name end
      end
    end
  end
end

--- Rows that may make up the total in row `at`: for each lower rank the rows of
--- it since the last total of this rank or more; with none above, those below.
local function members(ranks, at)
  local sets, order = {}, {}
  local function collect(from, to, step)
    for i = from, to, step do
      local rank = ranks[i]
      if rank and rank >= ranks[at] then break end
      if rank then
        if sets[rank] == nil then sets[rank], order[#order + 1] = {}, rank end
        table.insert(sets[rank], step > 0 and #sets[rank] + 1 or 1, i)
      end
    end
  end
  collect(at - 1, 1, -1)
  if #order == 0 then collect(at + 1, #ranks, 1) end
  table.sort(order)
  local list = {}
  for i, rank in ipairs(order) do list[i] = sets[rank] end
  return list
end

--- Values of a column in some rows, their sum, and whether any is missing.
local function add_up(column, rows)
  local values, missing = {}, false
  for _, i in ipairs(rows) do
    local value = exact(column[i])
    if value == nil then missing = true else values[#values + 1] = value end
  end
  return values, core.decimal.sum(values), missing
end

--- The total of one column in one row against the rows that may make it up:
--- a finding, nil where there is nothing to compare.
local function foot_cell(sheet, column, name, label, at, sets)
  local total = exact(column[at])
  if total == nil or #sets == 0 then return nil end
  local best
  for _, rows in ipairs(sets) do
    local values, sum, missing = add_up(column, rows)
    if sum ~= nil and #values > 0 then
      local agrees = sum == total
      if best == nil or agrees then
        best = { values = values, sum = sum, missing = missing,
          agrees = agrees }
      end
      if agrees then break end
    end
  end
  if best == nil then return nil end
  local outcome = best.agrees and "holds" or best.missing and "undecided"
    or "fails"
  local line = sum_text(best.values, best.sum)
  if not best.agrees then
    line = line .. " ≠ " .. minus(tostring(total)) .. sheet.text(
      " (difference %s)", minus(tostring(total - best.sum)))
  elseif #best.values == 1 then
    line = line .. " = " .. minus(tostring(total))
  end
  return { outcome = outcome, severity = "high", column = name,
    arithmetic = line, place = sheet.place(at), expected = tostring(best.sum),
    found = tostring(total), name = ("%s: %s"):format(label, name),
    is_zero = best.sum:sign() == 0 and total:sign() == 0,
    reason = best.missing and sheet.text "a part is missing" or nil }
end

--- Total rows that cannot be a mistake each: where as many of a column differ as
--- agree, they are not the totals of the rows beside them.
local FEW = 2

--- How many findings of each column agree and differ; nothing of nothing says
--- neither.
local function count_columns(list)
  local counts = {}
  for _, row in ipairs(list) do
    local count = counts[row.column] or { holds = 0, fails = 0 }
    counts[row.column] = count
    if count[row.outcome] and not row.is_zero then
      count[row.outcome] = count[row.outcome] + 1
    end
  end
  return counts
end

--- Add the findings of total rows; a column whose totals are not understood
--- gets one line instead.
local function add_foot(sheet, list, all)
  local counts, said = count_columns(list), {}
  for _, row in ipairs(list) do
    local count = counts[row.column]
    local is_strange = not all and count.fails > FEW
      and count.fails >= count.holds
    if not is_strange then M.add(sheet, "foot", row)
    elseif not said[row.column] then
      said[row.column] = true
      M.add(sheet, "foot", { outcome = "undecided", severity = "low",
        place = row.place, name = row.name, arithmetic = sheet.text(
          "%d total rows do not add up to the rows beside them, %d do",
          count.fails, count.holds),
        reason = sheet.text "they may be totals of other rows" })
    end
  end
end

--- Check every total row of a table. Unless a label, columns or the word of the
--- total are given, a column is checked only where its totals are understood.
---@param sheet evalua.audit.sheet
---@param opts { label: string?, columns: string[]?, total: string? }
function M.foot(sheet, opts)
  local t = sheet.table
  local label = opts.label or M.label_column(t)
  if label == nil then return end
  local labels, ranks = t:column(label), {}
  for i = 1, t:nrows() do
    if opts.total ~= nil then
      ranks[i] = labels[i] == opts.total and 2 or 0
    else
      ranks[i] = rank_of(labels[i]) or false
    end
  end
  local found = {}
  for at = 1, t:nrows() do
    if ranks[at] and ranks[at] > 0 then
      local sets = members(ranks, at)
      for _, name in ipairs(opts.columns or amount_columns(t)) do
        if name ~= label then
          found[#found + 1] = foot_cell(sheet, t:column(name), name,
            tostring(labels[at]), at, sets)
        end
      end
    end
  end
  add_foot(sheet, found, opts.label or opts.columns or opts.total)
end

-- Cross-foot: totals beside their parts --------------------------------------

--- How a row's parts stand to its total: "=", "≠", "?" (a part is missing) or
--- nil where there is nothing to compare.
local function compare_row(parts, total, i)
  local stated = exact(total[i])
  if stated == nil then return nil end
  local values, missing = {}, false
  for k, column in ipairs(parts) do
    local value = exact(column[i])
    if value == nil then missing = true else values[#values + 1] = value end
    if value ~= nil and parts.signs and parts.signs[k] < 0 then
      values[#values] = -value
    end
  end
  local sum = core.decimal.sum(values)
  if #values == 0 or sum == nil then return nil end
  if sum == stated then return "=", values, sum, stated end
  return missing and "?" or "≠", values, sum, stated
end

--- How many rows agree, and how many do not.
local function tally(parts, total, nrows)
  local agree, differ = 0, 0
  for i = 1, nrows do
    local sign = compare_row(parts, total, i)
    if sign == "=" then agree = agree + 1
    elseif sign == "≠" then differ = differ + 1 end
  end
  return agree, differ
end
M.tally = tally

local function columns_of(t, names, signs)
  local columns = { signs = signs }
  for i, name in ipairs(names) do columns[i] = t:column(name) end
  return columns
end
M.columns_of = columns_of

local function formula_of(names, signs)
  local text = names[1]
  for i = 2, #names do
    text = text .. (signs and signs[i] < 0 and " − " or " + ") .. names[i]
  end
  return text
end

--- Findings of a total column: one for each row that fails, one for the rest.
---@param sheet evalua.audit.sheet
---@param total string
---@param parts string[]
---@param signs integer[]? 1 or -1 for each part
function M.cross_foot(sheet, total, parts, signs)
  local t = sheet.table
  local columns, stated = columns_of(t, parts, signs), t:column(total)
  local name = ("%s = %s"):format(total, formula_of(parts, signs))
  local held, fails, first = 0, 0, nil
  for i = 1, t:nrows() do
    local sign, values, sum, value = compare_row(columns, stated, i)
    if sign == "=" then
      held, first = held + 1, first or sum_text(values, sum)
    elseif sign then
      fails = fails + 1
      if fails <= MOST_FAILS then
        M.add(sheet, "cross-foot", { severity = "high", place = sheet.place(i),
          outcome = sign == "≠" and "fails" or "undecided", name = name,
          expected = tostring(sum), found = tostring(value),
          arithmetic = ("%s ≠ %s%s"):format(sum_text(values, sum),
            minus(tostring(value)), sheet.text(" (difference %s)",
              minus(tostring(value - sum)))),
          reason = sign == "?" and sheet.text "a part is missing" or nil })
      end
    end
  end
  if fails > MOST_FAILS then
    M.add(sheet, "cross-foot", { severity = "high", outcome = "fails",
      name = name, arithmetic = sheet.text("%d more rows do not add up",
        fails - MOST_FAILS) })
  end
  if held > 0 then
    M.add(sheet, "cross-foot", { severity = "high", outcome = "holds",
      name = name, found = tostring(held),
      arithmetic = sheet.text("rows that add up: %d; the first: %s", held,
        first) })
  end
end

-- Tie-out: two tables that say the same --------------------------------------

local function key_of(columns, i)
  local parts = {}
  for k, column in ipairs(columns) do parts[k] = tostring(column[i]) end
  return table.concat(parts, " / ")
end

--- Sums of `value` by key, in order of first appearance.
local function totals(t, by, value)
  local keys, column = columns_of(t, by), t:column(value)
  local sums, order, first = {}, {}, {}
  for i = 1, t:nrows() do
    local key, number = key_of(keys, i), exact(column[i])
    if sums[key] == nil then
      sums[key], order[#order + 1], first[key] = {}, key, i
    end
    if number then table.insert(sums[key], number) end
  end
  for _, key in ipairs(order) do
    sums[key] = #sums[key] > 0 and core.decimal.sum(sums[key]) or nil
  end
  return sums, order, first
end

--- The sums of `value` in this table and of `other_value` in the other, by key.
---@param sheet evalua.audit.sheet
---@param other evalua.table
---@param opts { by: string[], value: string, other_value: string? }
function M.tie_out(sheet, other, opts)
  local mine, order, first = totals(sheet.table, opts.by, opts.value)
  local theirs, their_order = totals(other, opts.by,
    opts.other_value or opts.value)
  local known = {}
  for _, key in ipairs(order) do known[key] = true end
  local function add(key, a, b, place)
    local same = a and b and a == b
    local outcome = same and "holds" or a and b and "fails" or "undecided"
    M.add(sheet, "tie-out", { outcome = outcome, severity = "high", name = key,
      place = place, expected = b and tostring(b), found = a and tostring(a),
      arithmetic = ("%s %s %s%s"):format(a and minus(tostring(a)) or "–",
        same and "=" or "≠", b and minus(tostring(b)) or "–",
        a and b and not same and sheet.text(" (difference %s)",
          minus(tostring(a - b))) or ""),
      reason = not (a and b) and sheet.text "only in one of the two" or nil })
  end
  for _, key in ipairs(order) do
    add(key, mine[key], theirs[key], sheet.place(first[key]))
  end
  for _, key in ipairs(their_order) do
    if not known[key] then add(key, nil, theirs[key], nil) end
  end
end

return M

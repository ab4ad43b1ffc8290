--- Parts and totals in the sentences of a report: what follows 其中, what stands
--- before 合计, and the shares (占93.54%) of parts that add up.
---
--- A sentence says which figures are parts in more ways than one: in brackets,
--- behind 主要是, between semicolons. Each reading is tried; only where none adds
--- up and the sentence has but one reading is that said.

local figures = require "evalua.audit.text_figures"
local render = require "evalua.audit.render"
local tables = require "evalua.audit.tables"
local values = require "evalua.audit.value"
local naming = require "evalua.extract.naming"
local words = require "evalua.extract.words"

local M = {}

local MOST_PARTS = 100 -- figures of a sentence that may be parts of another

local function sum_of(rows)
  local sum
  for _, row in ipairs(rows) do
    local value = figures.value(row)
    sum = sum and values.add(sum, value) or value
  end
  return sum
end

local function sum_text(rows, sheet)
  local parts = {}
  for i, row in ipairs(rows) do parts[i] = figures.text(row, sheet) end
  return table.concat(parts, " + ")
end

--- Money has its parts once; of people some may be in two of them (党员, 女性),
--- and not all need be named: no more is said than that.
---@param sheet table
---@param total table
---@param parts table[]
---@param how { complete: boolean?, doubt: string? } all of them are named; why
---  one may be none
local function add_parts(sheet, total, parts, how)
  local sum, whole = sum_of(parts), figures.value(total)
  local same = values.compare("=", sum, whole)
  local outcome, reason = "holds", nil
  local is_exclusive = how.complete or figures.is_money(total)
  if same == nil then outcome = "undecided"
  elseif not same then
    local over = values.compare(">", sum, whole)
    if not (over or is_exclusive) then return end
    outcome = is_exclusive and not how.doubt and (how.complete or over)
      and "fails" or "flag"
    reason = outcome == "flag" and sheet.text(
      not over and "the parts named may not be all" or how.doubt
        or "some may be counted in more than one part") or nil
  end
  local sign = same and "=" or same == nil and "≈" or "≠"
  tables.add(sheet, "parts", { outcome = outcome,
    severity = outcome == "flag" and "low" or "high",
    name = total.name, place = figures.place(sheet, total, parts[1]),
    reason = reason, expected = figures.text(total, sheet),
    found = render.value(sum, { like = whole }),
    arithmetic = ("%s%s %s %s"):format(sum_text(parts, sheet), same and ""
      or " = " .. render.value(sum, { like = whole }), sign,
      figures.text(total, sheet)) })
end

-- 其中 -------------------------------------------------------------------------

local function count(text, mark) return select(2, text:gsub(mark, "")) end

--- How many more brackets open than close.
local function brackets(gap)
  return count(gap, "（") + count(gap, "%(") - count(gap, "）")
    - count(gap, "%)")
end

--- What follows 其中 behind the figure `i`: each figure with the number of its
--- piece between semicolons, how deep in brackets it stands, and whether it is
--- said of the one before (主要是), which ends with the brackets it stands in.
local function followers(line, rows, i)
  local list, piece, depth, nested = {}, 1, 0, nil
  for k = i + 1, math.min(#rows, i + MOST_PARTS) do
    local gap = line:sub(rows[k - 1].stop, rows[k].start - 1)
    if gap:find("；", 1, true) or gap:find(";", 1, true) then
      piece, nested = piece + 1, nil
    end
    depth = depth + brackets(gap)
    if k == i + 1 then depth = math.max(0, depth) end -- （较上年…），其中：
    if nested and depth < nested then nested = nil end
    if k > i + 1 then
      nested = nested or words.inside("nested", gap) and depth or nil
      if words.inside("row_total", gap) then break end
    end
    if depth < 0 then break end
    list[#list + 1] = { row = rows[k], piece = piece, depth = depth,
      nested = nested ~= nil }
  end
  return list
end

local function is_part(total, row)
  return figures.is_like(total, row)
    and (figures.is_relative(total) or not figures.is_relative(row))
end

--- The readings of a list: `plain`, the figures up to the first that is none of
--- the kind; `level`, those outside of brackets and asides; `first` of each
--- piece. And whether there is but one.
local function readings(total, list)
  local plain, level, first = {}, {}, {}
  local at_piece, simple, running = 0, true, true
  for _, item in ipairs(list) do
    local row = item.row
    if is_part(total, row) then
      if running and item.piece == 1 then plain[#plain + 1] = row end
      if item.nested or item.depth > 0 and #level == 0 then simple = false
      elseif item.depth == 0 then
        level[#level + 1] = row
        if item.piece > at_piece then first[#first + 1] = row end
        at_piece = item.piece
      end
    elseif row.measure_unit ~= "%" then
      running = running and figures.is_relative(row)
    end
  end
  -- in one piece, or one in each
  simple = simple and (#first == 1 or #first == #level)
  return { plain, level, first }, simple
end

--- The reading, or the beginning of one, that adds up to the total.
local function adding_up(total, lists)
  local whole = figures.value(total)
  for _, list in ipairs(lists) do
    local sum, most = nil, nil
    for n, row in ipairs(list) do
      local value = figures.value(row)
      sum = sum and values.add(sum, value) or value
      if n >= 2 and values.compare("=", sum, whole) then most = n end
    end
    if most then return table.move(list, 1, most, 1, {}) end
  end
end

--- The figure `i`, or where the gap behind it closes a bracket the one before
--- what stands in that: of 12个（含跨年4个），其中 the first.
local function outside(line, rows, i, gap)
  local depth = brackets(gap)
  while depth < 0 and i > 1 do
    depth = depth + brackets(line:sub(rows[i - 1].stop, rows[i].start - 1))
    i = i - 1
  end
  return i
end

--- The total that 其中 behind the figure `i` is of: that one, or the one before
--- what is said against it (支出6.12万元，完成预算的72%。其中：…).
local function total_at(line, rows, i)
  local gap = line:sub(rows[i].stop, rows[i + 1].start - 1)
  if not words.inside("parts", gap) then return nil end
  local is_change = figures.is_relative(rows[i + 1])
  local nearest = outside(line, rows, i, gap)
  for k = nearest, math.max(1, nearest - 3), -1 do
    local row = rows[k]
    local is_bound = row.qualifier == "at_most" or row.qualifier == "at_least"
    if row.measure_unit ~= "%" and not is_bound
      and (is_change or not figures.is_relative(row)) then return row end
  end
end

--- The share said of a figure, directly behind it.
local function share_behind(line, rows, k)
  local share = rows[k + 1]
  if share and share.measure_unit == "%" and share.qualifier == "exact"
    and words.inside("share_of", line:sub(rows[k].stop, share.start - 1)) then
    return share
  end
end

--- Whether a share is that of the part in the total, or, where the total has a
--- share of its own (支出8万元，占总支出的80%，其中：…), in what that is of.
local function is_share(share, part, total, of_total)
  local said = figures.value(share, true)
  local rate = values.divide(figures.value(part, true),
    figures.value(total, true))
  if rate == nil or values.compare("=", rate, said) ~= false then return true end
  return of_total ~= nil and values.compare("=", values.multiply(rate,
    figures.value(of_total, true)), said) ~= false
end

--- The shares said of the parts.
local function add_shares(sheet, line, total, parts, rows)
  local is_among, wrong, n, of_total = {}, false, 0, nil
  for _, part in ipairs(parts) do is_among[part] = true end
  for k, part in ipairs(rows) do
    local share = share_behind(line, rows, k)
    if part == total then of_total = share end
    if is_among[part] and share then
      n = n + 1
      if not is_share(share, part, total, of_total) then
        wrong = true
        local rate = render.value(values.divide(figures.value(part),
          figures.value(total)), { percent = true })
        tables.add(sheet, "share", { outcome = "fails", severity = "medium",
          name = part.name, place = figures.place(sheet, total, share),
          expected = rate, found = figures.text(share, sheet),
          arithmetic = ("%s / %s = %s ≠ %s"):format(figures.text(part, sheet),
            figures.text(total, sheet), rate, figures.text(share, sheet)) })
      end
    end
  end
  if n > 0 and not wrong then
    tables.add(sheet, "share", { outcome = "holds", severity = "medium",
      name = total.name, place = figures.place(sheet, total),
      arithmetic = sheet.text("%d shares, each its part of %s", n,
        figures.text(total, sheet)) })
  end
end

--- Whether every part has a share said of it.
local function have_shares(line, rows, parts)
  local without = {}
  for _, part in ipairs(parts) do without[part] = true end
  for k, row in ipairs(rows) do
    if share_behind(line, rows, k) then without[row] = nil end
  end
  return next(without) == nil
end

local DOUBT <const> = "what stands behind a semicolon may be no part"

--- What does not add up, where the sentence has but one reading. Behind a
--- semicolon the sentence may have gone on to something else (预算5万元，
--- 其中财政3万元；支出4万元), unless a list is announced, or shares are said.
local function add_misfit(sheet, line, rows, i, total, lists)
  local parts = lists[2]
  if #lists[3] > 1 and not have_shares(line, rows, parts) then
    local gap = line:sub(rows[i].stop, rows[i + 1].start - 1)
    local is_list = gap:find("其中：", 1, true) or gap:find("其中:", 1, true)
    if not is_list or values.compare("=", figures.value(parts[1]),
      figures.value(total)) then return end
    return add_parts(sheet, total, parts, { doubt = DOUBT })
  end
  add_parts(sheet, total, parts, {})
end

--- "总额A，其中：甲B、乙C": what follows 其中 in the same kind of unit.
local function find_parts(sheet, line, rows)
  for i = 1, #rows - 1 do
    local total = total_at(line, rows, i)
    if total then
      local list = followers(line, rows, i)
      for _, item in ipairs(list) do
        item.row.whole = item.row.whole or total.name or ""
      end
      local lists, simple = readings(total, list)
      local parts = adding_up(total, lists)
      if parts then
        add_parts(sheet, total, parts, {})
        add_shares(sheet, line, total, parts, rows)
      elseif simple and #lists[2] >= 2 then
        add_misfit(sheet, line, rows, i, total, lists)
      end
    end
  end
end

-- 合计 -------------------------------------------------------------------------

--- "甲A、乙B，合计C": all of the sentence before 合计, unless something is said
--- of each.
local function is_total(line, rows, i)
  local before = line:sub(rows[i - 1].stop, rows[i].start - 1)
  local word = words.ending("total", before)
  if word ~= "合计" and word ~= "共计" and word ~= "总计" then return false end
  for k = 1, i - 1 do
    if not figures.is_like(rows[k], rows[i]) then return false end
  end
  local text = line:sub(math.max(1, rows[1].start - 60), rows[i].start)
  return not words.inside("each", text)
end

--- What is added up, of "收入A。…。加甲B、乙C，总计D": A too, where that fits; nil
--- where the sentence adds to something that cannot be found.
local function addends(line, rows, i, earlier)
  local parts = table.move(rows, 1, i - 1, 1, {})
  local whole = figures.value(rows[i])
  if values.compare("=", sum_of(parts), whole) ~= false then return parts end
  local from = naming.clause_start(line, rows[1].start, 1)
  if not words.at("adding", line, from) then return parts end
  for k = #earlier, 1, -1 do
    if figures.is_like(earlier[k], rows[i]) then
      local more = table.move(parts, 1, #parts, 2, { earlier[k] })
      if values.compare("=", sum_of(more), whole) then return more end
    end
  end
end

local function find_total(sheet, line, rows, earlier)
  for i = 3, math.min(#rows, MOST_PARTS + 1) do
    if is_total(line, rows, i) then
      local parts = addends(line, rows, i, earlier)
      if parts then add_parts(sheet, rows[i], parts, { complete = true }) end
    end
  end
end

local MOST_EARLIER = 40 -- figures of a line that a sentence may add to

--- The checks of one line.
---@param sheet table
---@param line string
---@param whole table[][] its figures, sentence by sentence
---@param pieces table[][] those between semicolons
function M.check(sheet, line, whole, pieces)
  for _, rows in ipairs(whole) do find_parts(sheet, line, rows) end
  local earlier = {}
  for _, rows in ipairs(pieces) do
    find_total(sheet, line, rows, earlier)
    local first = math.max(1, #earlier + #rows - MOST_EARLIER + 1)
    table.move(rows, 1, #rows, #earlier + 1, earlier)
    earlier = table.move(earlier, first, #earlier, 1, {})
  end
end

return M

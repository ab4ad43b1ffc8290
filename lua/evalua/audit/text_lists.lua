--- Lists of names in a text: counted against the number beside them, and names
--- that stand twice in one list.

local lpeg = require "lpeg"
local tables = require "evalua.audit.tables"
local words = require "evalua.extract.words"

local M = {}

local pairs_of = { ["（"] = "）", ["("] = ")", ["["] = "]", ["【"] = "】",
  ["“"] = "”", ["《"] = "》", ["〔"] = "〕" }
local closing = {}
for _, close in pairs(pairs_of) do closing[close] = true end

local split_mark = lpeg.P "、"
for open, close in pairs(pairs_of) do
  split_mark = split_mark + lpeg.P(open) + lpeg.P(close)
end
--- Where the next 、 or bracket stands.
local next_mark = (1 - split_mark) ^ 0 * lpeg.Cp() * split_mark

--- Split at 、 outside brackets and quotes.
local function split(text)
  if not text:find("、", 1, true) then return { text } end
  local items, depth, start, at = {}, 0, 1, 1
  while true do
    local stop = next_mark:match(text, at)
    if stop == nil then break end
    local character = text:sub(stop, stop + (text:byte(stop) < 0x80 and 0 or 2))
    at = stop + #character
    if pairs_of[character] then depth = depth + 1
    elseif closing[character] then depth = math.max(0, depth - 1)
    elseif depth == 0 then
      items[#items + 1] = text:sub(start, stop - 1)
      start = at
    end
  end
  items[#items + 1] = text:sub(start)
  return items
end
M.split = split

--- The text in the bracket that opens at byte `at`, and where it ends.
local function bracket_at(line, at)
  for open, close in pairs { ["（"] = "）", ["("] = ")" } do
    if line:sub(at, at + #open - 1) == open then
      local depth, i = 1, at + #open
      while i <= #line and i < at + 6000 do
        if line:sub(i, i + #open - 1) == open then depth = depth + 1 end
        if line:sub(i, i + #close - 1) == close then
          depth = depth - 1
          if depth == 0 then return line:sub(at + #open, i - 1), i + #close end
        end
        i = i + 1
      end
    end
  end
end

--- A list that ends in 等 does not name all.
local function is_open(text)
  local last = text:gsub("%s+$", "")
  return words.ending("open_list", last) ~= nil
end

local function add_count(sheet, row, n, open, items)
  local stated = math.tointeger(tonumber(row.value))
  local outcome = n == stated and "holds" or "fails"
  if open and n <= stated then outcome = "undecided" end
  local sign = n == stated and "=" or "≠"
  tables.add(sheet, "list-count", { outcome = outcome, severity = "medium",
    name = row.name, place = sheet.name .. ":" .. row.line,
    expected = tostring(stated), found = tostring(n),
    arithmetic = sheet.text("%s: %d counted %s %s stated", row.name or "", n,
      sign, tostring(stated)) .. sheet.text(" (%s … %s)", items[1],
      items[#items]) })
end

local MOST_BACK = 3000 -- bytes of a list

local function is_plain_count(row)
  return row.qualifier == "exact" and row.measure_unit ~= "%"
    and math.tointeger(tonumber(row.value)) ~= nil
end

--- "商业楼盘16个（甲、乙、…）".
local function count_bracket(sheet, line, row, rows)
  if not is_plain_count(row) then return end
  local inner, stop = bracket_at(line, row.stop)
  if inner == nil or not utf8.len(inner) then return end
  -- 57项（国家级2项、省级11项）: parts, no names
  for _, other in ipairs(rows) do
    if other.start > row.stop and other.start < stop then return end
  end
  local items = split(inner)
  if #items < 2 then return end
  for _, mark in ipairs { "。", "；", "，" } do
    if inner:find(mark, 1, true) then return end
  end
  add_count(sheet, row, #items, is_open(inner), items)
end

local MOST_NOUN = 36 -- bytes between a number and its list: 12 characters

--- "设有5个科室：甲科、乙科、…。": names without figures or further clauses.
local function count_colon(sheet, line, row)
  if not is_plain_count(row) then return end
  local near = line:sub(row.stop, row.stop + MOST_NOUN + 3)
  if not near:find("：", 1, true) then return end
  local noun, list = line:sub(row.stop, row.stop + MOST_BACK):match("^(.-)：(.*)$")
  if noun == nil or noun == "" or #noun > MOST_NOUN then return end
  list = list:match("^(.-)。") or list
  for _, mark in ipairs { "，", "。", "；", "、", "：", "（" } do
    if noun:find(mark, 1, true) then return end
    if mark ~= "、" and mark ~= "（" and list:find(mark, 1, true) then return end
  end
  if list:find("%d") or not utf8.len(list) then return end
  local items = split(list)
  if #items >= 3 then add_count(sheet, row, #items, is_open(list), items) end
end

local clause_mark = lpeg.P "。" + "；" + "，" + "：" + "\t"
local behind_last = ((1 - clause_mark) ^ 0 * clause_mark) ^ 0 * lpeg.Cp()

--- The clause in front of byte `stop`: from the last mark on.
local function clause_before(line, stop)
  local text = line:sub(math.max(1, stop - MOST_BACK), stop - 1)
  return text:sub(behind_last:match(text))
end

local LONGEST = 30 -- bytes of a word before a total

--- "甲办公室、乙办公室、丙所共3个办公室".
local function count_before(sheet, line, row)
  if not is_plain_count(row) then return end
  local near = line:sub(math.max(1, row.start - LONGEST), row.start - 1)
  if not words.ending("total", near) then return end
  local clause = clause_before(line, row.start)
  local word = words.ending("total", clause)
  if word == nil or not utf8.len(clause) then return end
  local list = clause:sub(1, -#word - 1)
  local items = split(list)
  if #items < 3 or list:find("%d") then return end
  add_count(sheet, row, #items, is_open(list), items)
end

-- Named twice ----------------------------------------------------------------

local LEAST = 12 -- bytes: 4 characters

local stop = lpeg.P "。" + "；" + "，" + "：" + "（" + "）"
--- Clauses with a 、 in them, without what stands in brackets.
local listed = (1 - stop - "、") ^ 0 * "、" * (1 - stop) ^ 0
local clauses = lpeg.Ct((lpeg.C(listed) + (1 - stop) ^ 1 + stop) ^ 0)

--- The first item may have a verb before it, the last one words behind 等.
local function bare_items(clause)
  local items = split(clause)
  local last = items[#items]
  local at = last:find("等", 1, true)
  if at then items[#items] = last:sub(1, at - 1) end
  return items
end

local function find_twice(items)
  for i = 2, #items do
    for k = 1, i - 1 do
      local a, b = items[k], items[i]
      local same = a == b or k == 1 and a:sub(-#b) == b
      if #b >= LEAST and same then return b, k, i end
    end
  end
end

--- The checks of one line.
---@param sheet table
---@param line string
---@param number integer
---@param rows table[] figures of the line
function M.check(sheet, line, number, rows)
  for _, row in ipairs(rows) do
    count_bracket(sheet, line, row, rows)
    count_before(sheet, line, row)
    count_colon(sheet, line, row)
  end
  if not line:find("、", 1, true) or not utf8.len(line) then return end
  for _, clause in ipairs(clauses:match(line)) do
    local items = bare_items(clause)
    local name, i, k = nil, nil, nil
    if #items >= 3 and #items <= 200 then name, i, k = find_twice(items) end
    if name then
      tables.add(sheet, "list-unique", { outcome = "fails",
        severity = "medium", name = name,
        place = sheet.name .. ":" .. number, expected = tostring(#items),
        found = tostring(#items - 1), arithmetic = sheet.text(
          "“%s” stands twice: items %d and %d", name, i, k) })
    end
  end
end

return M

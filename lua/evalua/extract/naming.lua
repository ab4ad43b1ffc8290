--- What a figure counts: the noun before it in its clause, or behind its unit.

local lpeg = require "lpeg"
local words = require "evalua.extract.words"

local M = {}

--- Marks that end a clause.
local stops = { "，", "。", "；", "：", "、", "（", "）", "！", "？", ",", ";", ":",
  "(", ")", "|", "\t", "　", "《", "》", "【", "】", "?", "!" }

local MOST = 90 -- bytes that are looked at on either side

local any_stop = lpeg.P(false)
for _, mark in ipairs(stops) do any_stop = any_stop + mark end
local behind_last = ((1 - any_stop) ^ 0 * any_stop) ^ 0 * lpeg.Cp()
local before_first = (1 - any_stop) ^ 0 * lpeg.Cp()

--- Behind the last mark in line[from, to].
local function last_stop(line, from, to)
  return from + behind_last:match(line:sub(from, to)) - 1
end

local function first_stop(text) return before_first:match(text) end

--- Bytes of whole characters only: from the first lead byte on.
local function whole_characters(line, from)
  while from <= #line and line:byte(from) >= 0x80 and line:byte(from) < 0xC0 do
    from = from + 1
  end
  return from
end

local quotes = { "“", "”", "‘", "’", "\"" }

local function strip_outer(text)
  -- most texts have nothing to strip, and patterns cost
  if text:find("^[%s/%-]") or text:find("%s", -1) then
    text = text:match("^[%s/%-]*(.-)%s*$")
  end
  for _, quote in ipairs(quotes) do
    if text == quote then return "" end
  end
  return text
end

--- Without the words that only lead to the number (共计, 达, …).
local function strip_tail(text)
  while true do
    local word = words.ending("name_tail", text)
    local before, value = words.ending("before", text)
    if before and #before > #(word or "") then
      if value == "" then return text end
      word = before
    end
    if word == nil or #word >= #text then return text end
    text = strip_outer(text:sub(1, -#word - 1))
  end
end

--- Without a number of an item: ①开展培训.
local function strip_item(text)
  return (text:gsub("^\xE2[\x91-\x93][\x80-\xBF]%s*", ""))
end

--- 2022年度, 2020-2021年, 1-9月, 12月31日: when, not what.
local function strip_dates(text)
  for _, pattern in ipairs { "年度", "年底", "年末", "年", "月底", "月", "日" } do
    local rest = text:match("^[%d%-]+" .. pattern .. "(.+)$")
    text = rest and strip_outer(rest) or text
  end
  return text
end

local function strip_head(text)
  text = strip_dates(strip_item(text))
  if words.all().sets.name_tail[text] then return text end
  while true do
    local word = words.at("name_head", text, 1)
    if word == nil or #word >= #text then return text end
    text = strip_dates(strip_outer(text:sub(#word + 1)))
  end
end

--- Without 和, 及 at either end.
local function strip_joints(text)
  local word = words.ending("joint", text)
  if word and #text >= #word + 6 then text = text:sub(1, -#word - 1) end
  word = words.at("joint", text, 1)
  if word then text = text:sub(#word + 1) end
  return text
end

--- The clause before a number: from the last stop, or the figure before it.
---@param line string
---@param start integer of the number
---@param after_last integer behind the last figure of the line
---@return integer from
function M.clause_start(line, start, after_last)
  local from = math.max(after_last, start - MOST)
  from = whole_characters(line, from)
  return last_stop(line, from, start - 1)
end

--- The noun behind the unit, up to a stop, a digit or the line's end.
local function noun_after(line, stop)
  local text = line:sub(stop, stop + MOST)
  local last = first_stop(text) - 1
  local digit = text:find("%d")
  if digit and digit - 1 < last then last = digit - 1 end
  text = text:sub(1, last)
  local cut = utf8.len(text) and utf8.offset(text, 17)
  if not utf8.len(text) then
    text = text:gsub("[\192-\255][\128-\191]*$", "")
  elseif cut then
    text = text:sub(1, cut - 1)
  end
  return strip_joints(strip_outer(text))
end

--- A noun alone, without what leads to a number; of the first of a list also
--- without dates and items. nil: nothing is left, or it holds a number.
---@param text string
---@param is_first boolean?
---@return string? name
function M.plain(text, is_first)
  local name = strip_tail(strip_outer(text))
  if is_first then name = strip_head(name) end
  if name == "" or name:find "%d" or words.all().sets.name_tail[name] then
    return nil
  end
  return utf8.len(name) and name or nil
end

local brackets = { { "（", "）" }, { "(", ")" } }

--- Where the bracket opens that closes right before `from`; nil: none does.
local function opening_before(line, from, pair)
  local open, close = pair[1], pair[2]
  if line:sub(from - #close, from - 1) ~= close then return nil end
  for at = from - #close, math.max(1, from - MOST), -1 do
    if line:sub(at, at + #open - 1) == open then return at end
  end
end

--- Where a figure has nothing before it but a bracket or a colon, the words in
--- front of that: 企业数量多（6000余家）, 楼栋长（含片区长）96名, 成本：50万元.
local function name_before_mark(line, from)
  for _, colon in ipairs { "：", ":" } do
    if line:sub(from - #colon, from - 1) == colon then
      local first = M.clause_start(line, from - #colon, 1)
      local name = strip_head(strip_outer(line:sub(first, from - #colon - 1)))
      if name ~= "" and utf8.len(name) then return name end
    end
  end
  for _, pair in ipairs(brackets) do
    local open = pair[1]
    local at = opening_before(line, from, pair)
    if line:sub(from - #open, from - 1) == open then at = from - #open end
    if at then
      local first = M.clause_start(line, at, 1)
      local name = strip_head(strip_tail(strip_outer(line:sub(first, at - 1))))
      -- 新增12个（其中新建8个）: the figure before is no noun
      local tail = name:match("%d([\128-\255%%]*)$")
      local is_figure = tail ~= nil and #tail <= 9
      if name ~= "" and utf8.len(name) and not is_figure then return name end
    end
  end
end

local SHORT = 6 -- bytes: two characters

--- A short word behind a bracket with what it belongs to: 因公出国（境）费.
local function with_bracket(line, from, name)
  for _, pair in ipairs(brackets) do
    local at = opening_before(line, from, pair)
    if at then
      local first = M.clause_start(line, at, 1)
      local head = strip_head(strip_outer(line:sub(first, at - 1)))
      if head == "" or not utf8.len(head) then return name end
      return head .. line:sub(at, from - 1) .. name
    end
  end
  return name
end

--- What the figure at line[start, stop) counts.
---@param line string
---@param start integer
---@param stop integer
---@param from integer where its clause begins
---@param spelled boolean? the number is in words
---@return string? name
---@return boolean after it stands behind the unit
function M.name(line, start, stop, from, spelled)
  local before = strip_outer(strip_joints(strip_outer(
    line:sub(from, start - 1))))
  local sets = words.all().sets
  if (sets.before[before] or "") ~= "" or sets.name_head[before] then
    before = ""
  end
  local name = strip_head(strip_tail(before))
  local is_verb = sets.name_verb[before] or sets.name_verb[name]
    or sets.duration[before]
  local after = noun_after(line, stop)
  -- 甲、乙等7家市场, 甲、乙共3个科室, 甲、乙三个小区: the noun is behind
  local follows = spelled or words.ending("total", before)
    or words.ending("open_list", before)
  if name ~= "" and not is_verb and not (follows and after ~= "") then
    if #name <= SHORT then name = with_bracket(line, from, name) end
    return name, false
  end
  if after ~= "" and utf8.len(after) then return after, true end
  name = name_before_mark(line, from)
  if name ~= nil or before == "" then return name, false end
  local own = strip_head(strip_tail(before))
  return own ~= "" and own or before, false
end

return M

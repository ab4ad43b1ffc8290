--- Numbers that have a unit together: 3-5天, 30%至40%, 分别为100、200、300万元.

local naming = require "evalua.extract.naming"
local words = require "evalua.extract.words"

local M = {}

local dashes = { "-", "－", "—", "~", "～", "–", "至", "到" }

--- Where the dash before byte `at` begins; nil when there is none.
local function dash_before(line, at)
  for _, dash in ipairs(dashes) do
    if line:sub(at - #dash, at - 1) == dash then return at - #dash end
  end
end

--- A number without a unit that a range ends behind: 3 of 3-5天 gets 天.
---@param line string
---@param candidates table[] of evalua.extract.scan
---@param i integer
---@param is_date fun(line: string, found: table): boolean
function M.join_range(line, candidates, i, is_date)
  local low, high = candidates[i], candidates[i + 1]
  if low.text == nil or high == nil or high.text == nil then return end
  local start = high.sign and high.start + #high.sign or high.start
  local dash = dash_before(line, start)
  if dash == nil or dash ~= low.stop then return end
  high.sign, high.start = nil, start
  if high.unit == nil then return end
  if low.unit == nil and low.size == nil then
    low.unit, low.size = high.unit, high.size
  end
  if low.unit ~= high.unit or is_date(line, high) then return end
  low.bound, high.bound, high.second = "at_least", "at_most", true
  low.range_stop = high.stop
end

local between_shared = { ["、"] = true, [","] = true, ["，"] = true,
  ["和"] = true }

--- The last number of 分别为100、200、300万元 has the unit of all.
---@param line string
---@param candidates table[] of evalua.extract.scan
---@param i integer
function M.share_unit(line, candidates, i)
  local first = candidates[i]
  if first.text == nil or first.unit or first.size then return end
  local clause = line:sub(naming.clause_start(line, first.start, 1),
    first.start - 1)
  if not words.inside("shared", clause) then return end
  local last = i
  repeat
    local this, behind = candidates[last], candidates[last + 1]
    if behind == nil or behind.text == nil
      or not between_shared[line:sub(this.stop, behind.start - 1)] then
      return
    end
    last = last + 1
  until candidates[last].unit or candidates[last].size
  for k = i, last - 1 do
    candidates[k].unit, candidates[k].size = candidates[last].unit,
      candidates[last].size
    candidates[k + 1].shares = true
  end
end

-- 甲、乙分别为1、2 ------------------------------------------------------------

local APART <const> = "分别"

--- The items of a list, "甲、乙和丙"; 和 separates the last one only.
local function items_of(text, count)
  local items = {}
  for item in text:gsub("、", "\n"):gmatch "[^\n]+" do
    items[#items + 1] = item
  end
  if #items ~= count - 1 then return items end
  for _, joint in ipairs { "以及", "和", "与", "及" } do
    local head, tail = items[#items]:match("^(.+)" .. joint .. "(.+)$")
    if head then
      items[#items], items[count] = head, tail
      return items
    end
  end
  return items
end

local clause_ends = { "，", "。", "；", "：", "（", "）", "！", "？", ",", ";",
  ":", "(", ")", "\t", "　" }

--- The clause up to byte `last`, lists in it whole.
local function clause_with_list(line, from, last)
  local text, start = line:sub(from, last), 1
  for _, mark in ipairs(clause_ends) do
    local at, stop = text:find(mark, start, true)
    while at do
      start = stop + 1
      at, stop = text:find(mark, start, true)
    end
  end
  return text:sub(start)
end

--- The figures from the `i`th on of one 分别: those that only marks part.
local function run_from(line, rows, i)
  local last = i
  while rows[last + 1] and between_shared[line:sub(rows[last].stop,
    rows[last + 1].start - 1)] do
    last = last + 1
  end
  return last
end

--- The names of so many figures before which `gap` stands; nil where it has
--- not as many.
local function names_in(line, from, gap, count)
  local at, stop = gap:find(APART, 1, true)
  local list = clause_with_list(line, from, from + at - 2)
  local items, names = items_of(list, count), {}
  if #items ~= count then return nil end
  local said = naming.plain(gap:sub(stop + 1)) or ""
  for k, item in ipairs(items) do
    local name = naming.plain(item, k == 1)
    if name == nil then return nil end
    names[k] = name .. said
  end
  return names
end

--- Each figure of 甲、乙分别增长1%、2% by its own name, where there are as many
--- names as figures.
---@param line string
---@param rows table[] figures
---@param first integer the first of the line
function M.name_apart(line, rows, first)
  local i = first
  while i <= #rows do
    local from = i > first and rows[i - 1].stop or 1
    local gap, last = line:sub(from, rows[i].start - 1), i
    if gap:find(APART, 1, true) then last = run_from(line, rows, i) end
    local names = last > i and names_in(line, from, gap, last - i + 1)
    for k, name in ipairs(names or {}) do rows[i + k - 1].name = name end
    i = last + 1
  end
end

return M

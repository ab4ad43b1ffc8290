--- Where in a report a line stands: its headings by 一、 （一） 1. （1） as a
--- path like 4.1.2. Numbers of one style may come back deeper down, so a
--- heading goes on where its number follows the last one; a first one opens a
--- level.

local names = require "evalua.audit.names"

local M = {}

---@class evalua.extract.sections
---@field stack { style: string, ordinal: integer, number: string }[]
---@field path string
---@field after string? the number that the last heading does not follow on
---@field title string?
local Sections = {}
Sections.__index = Sections

--- At the beginning of a report.
---@return evalua.extract.sections
function M.new()
  return setmetatable({ stack = {}, path = "" }, Sections)
end

local numerals = "一二三四五六七八九十"

--- A numeral's characters are three bytes each.
local function leading_numeral(text, at)
  local stop = at
  while true do
    local character = text:sub(stop, stop + 2)
    if #character < 3 or not numerals:find(character, 1, true) then break end
    stop = stop + 3
  end
  return stop > at and text:sub(at, stop - 1) or nil, stop
end

local function starts(text, at, mark) return text:sub(at, at + #mark - 1) == mark end

--- The headings that divide a whole report, the widest first.
local divisions = { "部分", "篇", "章", "节" }

--- "第二部分" before a blank, a colon or the line's end: the number and where it
--- ends. 第一部分资金用于 is a sentence.
local function division_at(line, at)
  if not starts(line, at, "第") then return nil end
  local word, stop = leading_numeral(line, at + 3)
  if word == nil then word, stop = line:match("^(%d%d?)()", at + 3) end
  for _, name in ipairs(divisions) do
    if word and starts(line, stop, name) then
      local behind = line:sub(stop + #name)
      if behind == "" or behind:find("^%s") or starts(behind, 1, "　")
        or starts(behind, 1, "：") then
        return line:sub(at, stop + #name - 1), stop + #name
      end
    end
  end
end

--- Number of a heading at the beginning of a line: "一、", "（二）", "3." "3、"
--- "（4）" "第五部分"; and where the title begins.
---@param line string
---@return string? number
---@return integer? title
function M.number_at(line)
  local at = line:match("^[%s]*()")
  while starts(line, at, "　") do at = at + 3 end
  local number, behind = division_at(line, at)
  if number ~= nil then return number, behind end
  local first = at
  for _, mark in ipairs { "（", "(" } do
    if starts(line, at, mark) then
      local inner = at + #mark
      local word, stop = leading_numeral(line, inner)
      if word == nil then
        word, stop = line:match("^(%d%d?)()", inner)
      end
      for _, close in ipairs { "）", ")" } do
        if word and starts(line, stop, close) then
          return line:sub(first, stop + #close - 1), stop + #close
        end
      end
      return nil
    end
  end
  local word, stop = leading_numeral(line, at)
  if word ~= nil then
    if starts(line, stop, "、") then
      return line:sub(first, stop + 2), stop + 3
    end
    return nil
  end
  word, stop = line:match("^(%d%d?)()", at)
  if word == nil then return nil end
  for _, mark in ipairs { "、", "．", "." } do
    -- "1.5万元" is no heading, nor is "1.2" of a table
    if starts(line, stop, mark) and not line:find("^%d", stop + #mark) then
      return line:sub(first, stop + #mark - 1), stop + #mark
    end
  end
end

--- The title: what stands before the first stop, at most 40 characters.
local function title_of(text)
  local title = text
  for _, mark in ipairs { "。", "；", "：", "\t", "，" } do
    local at = title:find(mark, 1, true)
    if at then title = title:sub(1, at - 1) end
  end
  local stop = utf8.offset(title, 41)
  if stop then title = title:sub(1, stop - 1) end
  return title:match("^%s*(.-)%s*$")
end

local widths = {}
for i, name in ipairs(divisions) do widths["第一" .. name] = i end

--- The level of a heading; true where it does not go on from the last of its
--- style, nor begins anew. Parts and chapters stand below wider ones only.
local function place(self, style, ordinal)
  local stack = self.stack
  if widths[style] then
    local level = 1
    while stack[level] and (widths[stack[level].style] or math.huge)
      < widths[style] do level = level + 1 end
    return level
  end
  for level = #stack, 1, -1 do
    if stack[level].style == style and stack[level].ordinal == ordinal - 1 then
      return level
    end
  end
  if ordinal == 1 then return #stack + 1 end
  for level = #stack, 1, -1 do
    if stack[level].style == style then return level, true end
  end
  return #stack + 1
end

local MOST_LEVELS = 12

--- Take notice of a line; gives the number when it is a heading.
---@param line string
---@return string? number
---@return integer? title_at
function Sections:line(line)
  local number, at = M.number_at(line)
  if number == nil then return nil end
  local style, ordinal = names.number_of(number)
  if ordinal == nil then return nil end
  local level, astray = place(self, style, ordinal)
  level = math.min(level, MOST_LEVELS)
  self.after = astray and self.stack[level].number or nil
  for deeper = #self.stack, level, -1 do self.stack[deeper] = nil end
  self.stack[level] = { style = style, ordinal = ordinal,
    number = number }
  local parts = {}
  for i, item in ipairs(self.stack) do parts[i] = item.ordinal end
  self.path = table.concat(parts, ".")
  self.title = title_of(line:sub(at))
  return number, at
end

return M

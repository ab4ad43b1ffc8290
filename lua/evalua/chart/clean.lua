--- Text from data as it may be drawn: valid UTF-8, one line, nothing that
--- changes direction or has no shape. Measured and drawn text are the same.
local M = {}

local MOST = 500 -- characters; no label is longer, and no title shows more

local blanks = { [0x85] = true, [0x2028] = true, [0x2029] = true }
for point = 0x09, 0x0D do blanks[point] = true end

--- Characters without a shape of their own that may reorder others, break
--- XML, or mean something to a terminal.
local function is_dropped(point)
  return point < 0x20 or (point >= 0x7F and point < 0xA0)
    or point == 0x200E or point == 0x200F
    or (point >= 0x202A and point <= 0x202E)
    or (point >= 0x2066 and point <= 0x2069)
    or point == 0xFEFF or (point & 0xFFFE) == 0xFFFE
    or (point >= 0xFDD0 and point <= 0xFDEF)
end

--- Bytes that are not UTF-8 become U+FFFD, one each.
---@param text string
---@return string
local function repair(text)
  local parts, from = {}, 1
  while true do
    local count, bad = utf8.len(text, from)
    if count then break end
    parts[#parts + 1] = text:sub(from, bad - 1)
    parts[#parts + 1] = "\u{FFFD}"
    from = bad + 1
    if from > #text then return table.concat(parts) end
  end
  if from == 1 then return text end
  return table.concat(parts) .. text:sub(from)
end

--- What every dropped or replaced character holds as bytes (and a few others:
--- these only take the longer way).
local suspicious = { "[\0-\x1F\x7F]", "\xC2[\x80-\x9F]", "\xE2[\x80\x81]",
  "\xEF[\xB7\xBB]", "\xBF[\xBE\xBF]" }

--- Is there nothing to change?
local function is_clean(text)
  if not text:find("[^ -~]") then return #text <= MOST end
  local count = utf8.len(text)
  if count == nil or count > MOST then return false end
  for _, pattern in ipairs(suspicious) do
    if text:find(pattern) then return false end
  end
  return true
end

--- The text as it will be drawn; cleaning twice changes nothing.
---@param text string
---@return string
function M.text(text)
  if is_clean(text) then return text end
  local out, count = {}, 0
  for _, point in utf8.codes(repair(text)) do
    if count == MOST then break end
    if blanks[point] then point = 0x20 end
    if not is_dropped(point) then
      count = count + 1
      out[count] = utf8.char(point)
    end
  end
  return table.concat(out)
end

return M

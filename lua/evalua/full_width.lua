--- Text as it is typed in Chinese, with the marks that a machine expects.

local M = {}

--- The characters of half width; a full-width form stands FIRST above its own.
local FIRST <const> = 0xFEE0

local marks = { ["　"] = " ", ["【"] = "[", ["】"] = "]" }
for code = 0x21, 0x7E do
  marks[utf8.char(FIRST + code)] = string.char(code)
end

--- The text with letters, digits and marks of half width: （９０，） is (90,).
---@param text string
---@return string
function M.narrowed(text)
  return (text:gsub("[\xE3\xEF][\x80-\xBF][\x80-\xBF]", marks))
end

return M

--- JSON out, every digit kept: decimals are written as they are, never
--- through a double.

local core = require "evalua.core"

local M = {}

local escapes = { ['"'] = '\\"', ["\\"] = "\\\\", ["\b"] = "\\b",
  ["\f"] = "\\f", ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t" }

local function escape(char)
  return escapes[char] or ("\\u%04x"):format(char:byte())
end

--- A string in quotes; bytes that are not UTF-8 become U+FFFD.
---@param text string
---@return string
function M.string(text)
  if not core.text.is_utf8(text) then
    text = text:gsub("[\128-\255]", "\u{FFFD}")
  end
  return '"' .. text:gsub('[%c"\\\127]', escape) .. '"'
end

--- The shortest digits that give the same double back.
local function float(value)
  if value ~= value or value == math.huge or value == -math.huge then
    return "null"
  end
  for digits = 15, 17 do
    local text = ("%." .. digits .. "g"):format(value)
    if tonumber(text) == value then return text end
  end
end

--- One scalar: nil and NA are null.
---@param value any
---@return string
function M.scalar(value)
  local kind = type(value)
  if value == nil or value == core.column.NA then return "null" end
  if kind == "string" then return M.string(value) end
  if kind == "boolean" then return tostring(value) end
  if kind == "number" then
    return math.type(value) == "integer" and tostring(value) or float(value)
  end
  if core.decimal.is(value) then return tostring(value) end
  error("a " .. kind .. " has no place in JSON", 2)
end

--- A table as an array of objects, in row order, one object a line.
---@param t evalua.table
---@return string
function M.rows(t)
  return assert(core.json.write(t))
end

return M

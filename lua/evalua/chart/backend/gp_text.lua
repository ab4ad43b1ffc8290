--- The only way text enters a gnuplot script: octal in double quotes, so that
--- no quote, backtick, @, $, #, ! or newline is ever seen by gnuplot's lexer,
--- with what enhanced text mode would interpret escaped before.
local clean = require "evalua.chart.clean"

local M = {}

--- Four digits after a leading 0, else three: gnuplot reads `%4o` after \0.
local function octal(byte)
  return ("\\%s%03o"):format(byte < 64 and "0" or "", byte)
end

local octals = {}
for byte = 0, 255 do octals[string.char(byte)] = octal(byte) end

--- Letters, digits, blanks and bytes from 0x80 stand as they are.
local function encode(text)
  return (text:gsub("[^0-9A-Za-z \x80-\xFF]", octals))
end

--- The text for enhanced mode. "\\U" would make "\U+00e9" a letter.
local function escape(text)
  text = clean.text(text):gsub("[\\_^{}@&~]", "\\%0")
  return (text:gsub("\\\\U", "\\\\{}U"))
end

--- A gnuplot string that draws `text` unaltered.
---@param text string
---@return string
function M.quote(text)
  return '"' .. encode(escape(text)) .. '"'
end

--- The same for runs of regular and bold text; the braces are ours.
---@param runs { text: string, bold?: boolean }[]
---@return string
function M.quote_runs(runs)
  local parts = {}
  for i, run in ipairs(runs) do
    local body = escape(run.text)
    parts[i] = run.bold and "{/:Bold " .. body .. "}" or body
  end
  return '"' .. encode(table.concat(parts)) .. '"'
end

return M

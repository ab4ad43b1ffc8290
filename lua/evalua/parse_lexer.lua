--- Tokens of the expression language: {kind=, value=, first=} with kind name,
--- number, string, sign (words such as `and` too) or end. A token of kind "bad"
--- carries a hint. Written by hand, since a short run has no time to load LPeg
--- for one condition.

local core = require "evalua.core"

local M = {}

local MAX_BYTES = 65536

--- Signs of other alphabets and languages, and what to write for them.
local foreign = {
  ["＝"] = "==", ["＞"] = ">", ["＜"] = "<", ["≥"] = ">=", ["≤"] = "<=",
  ["≠"] = "~=", ["＋"] = "+", ["－"] = "-", ["−"] = "-", ["×"] = "*",
  ["÷"] = "/", ["＊"] = "*", ["／"] = "/", ["（"] = "(", ["）"] = ")",
  ["，"] = ",", ["、"] = ",", ["“"] = "\"", ["”"] = "\"", ["‘"] = "'",
  ["’"] = "'", ["％"] = "%", ["&&"] = "and", ["||"] = "or", ["!="] = "~=",
  ["<>"] = "~=", ["!"] = "not", ["&"] = "and", ["|"] = "or", ["="] = "==",
  ["**"] = "^",
}

--- A name's character beyond ASCII: no sign, no blank (as in expr_print.c).
local function is_name_point(point)
  if point < 0xC0 or point >= 0x2000 and point <= 0x206F then return false end
  if point >= 0x3000 and point <= 0x3020 then return point == 0x3007 end
  if point >= 0xFF00 and point <= 0xFF65 then
    return point >= 0xFF10 and point <= 0xFF19
      or point >= 0xFF21 and point <= 0xFF3A
      or point >= 0xFF41 and point <= 0xFF5A
  end
  return point ~= 0xD7 and point ~= 0xF7 and point ~= 0xFEFF
    and not (point >= 0x2190 and point <= 0x22FF)
end

--- The character beyond ASCII at `at`, if there is one.
local function wide_at(text, at)
  return text:match("^[\xC2-\xF4][\x80-\xBF]+", at)
end

--- The letter of a name at `at`, if there is one.
local function letter_at(text, at)
  local char = text:match("^[A-Za-z_]", at)
  if char ~= nil then return char end
  char = wide_at(text, at)
  return char and is_name_point(utf8.codepoint(char)) and char or nil
end

--- Where the name that begins at `at` ends.
local function name_end(text, at)
  local char
  repeat
    at = text:match("^[A-Za-z0-9_]*()", at)
    char = letter_at(text, at)
    if char ~= nil then at = at + #char end
  until char == nil
  return at
end

--- The first place from `at` on that is no blank.
local function skip_blanks(text, at)
  while true do
    local stop = text:match("^[ \t\r\n\f\v]*()", at)
    local wide = wide_at(text, stop)
    if wide ~= "\u{3000}" and wide ~= "\u{A0}" then return stop end
    at = stop + #wide
  end
end

-- Numbers -------------------------------------------------------------------

--- Where the number that begins at `at` ends; nil when none does. Two points
--- are a sign, and end it.
local function number_end(text, at)
  local stop = text:match("^%d+()", at)
  if stop == nil then stop = text:match("^%.%d+()", at)
  elseif text:find("^%.[^.]", stop) or stop == #text and text:find("%.$") then
    stop = text:match("^%d*()", stop + 1)
  end
  return stop and (text:match("^[eE][+-]?%d+()", stop) or stop)
end

--- An integer where it is one, else a decimal; a float with an exponent.
--- nil and a reason when it has no room.
local function number_value(text)
  if text:find "[eE]" then
    local value = tonumber(text)
    if value == math.huge then return nil, "the number is too large" end
    return value
  end
  if not text:find(".", 1, true) then
    local value = math.tointeger(tonumber(text))
    if value then return value end
    return nil, "the whole number does not fit in 64 bits"
  end
  local plain = text:gsub("^%.", "0."):gsub("%.$", ".0")
  local value = core.decimal.parse(plain)
  if value then return value end
  return nil, "a decimal holds at most 18 digits"
end

-- Texts ---------------------------------------------------------------------

local escapes = { a = "\a", b = "\b", f = "\f", n = "\n", r = "\r", t = "\t",
  v = "\v", ["\\"] = "\\", ['"'] = '"', ["'"] = "'", ["\n"] = "\n" }

--- One escape of Lua 5.4 behind its backslash, at `at`: the bytes it stands
--- for and where the text goes on; nil when it is none.
local function unescape(text, at)
  local char = text:sub(at, at)
  if escapes[char] then return escapes[char], at + 1 end
  if char == "z" then return "", text:match("^%s*()", at + 1) end
  local hex, after = text:match("^x(%x%x)()", at)
  if hex then return string.char(tonumber(hex, 16)), after end
  local digits, behind = text:match("^(%d%d?%d?)()", at)
  if digits and tonumber(digits) < 256 then
    return string.char(tonumber(digits)), behind
  end
  local code, past = text:match("^u{(%x+)}()", at)
  if code and #code <= 6 and tonumber(code, 16) <= 0x10FFFF then
    return utf8.char(tonumber(code, 16)), past
  end
end

--- A text in quotes that opens at `first`: its value and the place behind it,
--- or nil, a hint and the place of the mistake.
local function quoted(text, first)
  local quote, parts, at = text:sub(first, first), {}, first + 1
  while true do
    local run, stop = text:match("^([^\\\"'\n]*)()", at)
    parts[#parts + 1] = run
    local char = text:sub(stop, stop)
    if char == quote then return table.concat(parts), stop + 1 end
    if char == "" or char == "\n" then
      return nil, ("a text is never closed: %s expected"):format(quote), first
    end
    if char == "\\" then
      local bytes, after = unescape(text, stop + 1)
      if bytes == nil then return nil, "no such escape", stop end
      parts[#parts + 1], at = bytes, after
    else
      parts[#parts + 1], at = char, stop + 1
    end
  end
end

--- [[...]] and [=[...]=], the first line break left out as in Lua.
local function bracketed(text, first)
  local level, body = text:match("^%[(=*)%[\n?()", first)
  local from, to = text:find("]" .. level .. "]", body, true)
  if from == nil then
    return nil, ("a text is never closed: ]%s] expected"):format(level), first
  end
  return text:sub(body, from - 1), to + 1
end

-- Tokens --------------------------------------------------------------------

local words = { ["and"] = true, ["or"] = true, ["not"] = true,
  ["true"] = true, ["false"] = true, ["nil"] = true }

local wrong = { ["&&"] = true, ["||"] = true, ["!="] = true, ["<>"] = true,
  ["**"] = true }
local long_signs = { ["=="] = true, ["~="] = true, ["<="] = true,
  [">="] = true, ["//"] = true, [".."] = true }

--- What stands at `at`: its kind, its text and the place behind it; of a number
--- also the letter that sticks to it.
local function next_token(text, at)
  local two = text:sub(at, at + 1)
  if wrong[two] then return "bad", two, at + 2 end
  local stop = number_end(text, at)
  if stop ~= nil then
    local tail = letter_at(text, stop)
    return "number", text:sub(at, stop - 1), stop + (tail and #tail or 0), tail
  end
  stop = name_end(text, at)
  if stop > at then return "name", text:sub(at, stop - 1), stop end
  local char = text:sub(at, at)
  if char == "" then return "end", "", at end
  if char == '"' or char == "'" then return "quoted", char, at end
  if text:find("^%[=*%[", at) then return "bracketed", char, at end
  if long_signs[two] then return "sign", two, at + 2 end
  if char:find "[-+*/%%^<>(),=]" then return "sign", char, at + 1 end
  char = wide_at(text, at) or char
  return "bad", char, at + #char
end

--- The beginning of a text, at most `most` columns wide.
---@param text string
---@param most integer
---@return string
function M.cut(text, most)
  if core.text.width(text) <= most then return text end
  return core.text.prefix(text, most - 1) .. "…"
end

local read = {}

function read.number(token, text, tail)
  if tail then
    token.kind, token.hint = "bad", "a number and a letter stick together"
    if text == "0" and tail:find "[xX]" then
      token.hint = "numbers are decimal, not hexadecimal"
    end
    return
  end
  if text == "9223372036854775808" then -- an int only behind a minus
    token.value, token.least_int = math.mininteger, true
    return
  end
  local value, hint = number_value(text)
  token.value = value
  if value == nil then token.kind, token.hint = "bad", hint end
end

function read.name(token, text)
  token.value = text
  if words[text] then token.kind = "sign" end
end

function read.bad(token, text)
  token.value = text
  local meant = foreign[text]
  token.hint = meant and ("did you mean \"%s\"?"):format(meant)
    or "no such sign"
end

function read.sign(token, text)
  token.value = text
  if text == "=" then token.hint = 'did you mean "=="?' end
end

read["end"] = function() end

local function check(text, fail)
  if #text > MAX_BYTES then
    fail({ first = 1 }, ("longer than %d bytes"):format(MAX_BYTES))
  end
  if not core.text.is_utf8(text) then
    fail({ first = 1 }, "the text is not UTF-8")
  end
end

--- The tokens of a text, the last of kind "end". `fail(token, hint)` raises.
---@param text string
---@param fail fun(token: table, hint: string)
---@return table[]
function M.tokens(text, fail)
  check(text, fail)
  local tokens, at = {}, 1
  repeat
    at = skip_blanks(text, at)
    local kind, value, stop, tail = next_token(text, at)
    local token = { first = at, kind = kind }
    at = stop
    if kind == "quoted" or kind == "bracketed" then
      local f = kind == "quoted" and quoted or bracketed
      local after, place
      value, after, place = f(text, token.first)
      if value == nil then fail({ first = place }, after) end
      token.kind, token.value, at = "string", value, after
    else
      read[kind](token, value, tail)
    end
    tokens[#tokens + 1] = token
  until token.kind == "end"
  return tokens
end

return M

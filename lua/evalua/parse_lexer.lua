--- Tokens of the expression language, by LPeg: {kind=, value=, first=} with
--- kind name, number, string, sign (words such as `and` too) or end. A token
--- of kind "bad" carries a hint.

local core = require "evalua.core"
local lpeg = require "lpeg"

local P, R, S, C, Cc, Cp, Ct = lpeg.P, lpeg.R, lpeg.S, lpeg.C, lpeg.Cc,
  lpeg.Cp, lpeg.Ct

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

local any_char = R "\0\127" + R "\194\244" * R "\128\191" ^ 1
local wide = lpeg.Cmt(R "\194\244" * R "\128\191" ^ 1, function(text, at)
  local first = utf8.offset(text, -1, at)
  return is_name_point(utf8.codepoint(text, first)) and at
end)

local digit = R "09"
local letter = R("az", "AZ") + "_" + wide
local name = letter * (letter + digit) ^ 0
local space = S " \t\r\n\f\v" + "\u{3000}" + "\u{A0}"

-- Numbers -------------------------------------------------------------------

local exponent = S "eE" * S "+-" ^ -1 * digit ^ 1
local point = P "." * -P "."
local number = (digit ^ 1 * (point * digit ^ 0) ^ -1 + point * digit ^ 1)
  * exponent ^ -1

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

local sign = P "==" + "~=" + "<=" + ">=" + "//" + ".." + S "+-*/%^<>(),="
local wrong = P "&&" + "||" + "!=" + "<>" + "**"

local pattern = space ^ 0 * Ct(Cp() * (
  Cc "bad" * C(wrong)
  + Cc "number" * C(number) * (C(letter) + Cc(false))
  + Cc "name" * C(name)
  + Cc "quoted" * #S "\"'"
  + Cc "bracketed" * #(P "[" * P "=" ^ 0 * "[")
  + Cc "sign" * C(sign)
  + Cc "end" * -P(1)
  + Cc "bad" * C(any_char)
) * Cp())

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
    local found = pattern:match(text, at)
    local token = { first = found[1], kind = found[2] }
    at = found[#found]
    if token.kind == "quoted" or token.kind == "bracketed" then
      local f = token.kind == "quoted" and quoted or bracketed
      local value, after, place = f(text, token.first)
      if value == nil then fail({ first = place }, after) end
      token.kind, token.value, at = "string", value, after
    else
      read[token.kind](token, found[3], found[4])
    end
    tokens[#tokens + 1] = token
  until token.kind == "end"
  return tokens
end

return M

--- Languages: English is what the code says; other languages are catalogues
--- from the English text to theirs, with the same %s places in order.

local M = {}

--- The language of messages that nobody asked in a certain language for.
---@type "en"|"zh"
M.current = "en"

--- The language that the environment asks for.
---@param getenv fun(name: string): string?
---@return "en"|"zh"
function M.from_environment(getenv)
  for _, name in ipairs { "LC_ALL", "LC_MESSAGES", "LANG" } do
    local value = getenv(name)
    if value ~= nil and value ~= "" then
      return value:find("^zh") and "zh" or "en"
    end
  end
  return "en"
end

local function catalogue(lang)
  if lang == "en" then return nil end
  return require("evalua.lang." .. lang)
end

--- `english` (a string.format pattern of %s and %d) in `lang`, filled in.
---@param lang "en"|"zh"
---@param english string
---@return string
function M.text(lang, english, ...)
  local words = catalogue(lang)
  local pattern = words and words[english] or english
  if select("#", ...) == 0 then return (pattern:gsub("%%%%", "%%")) end
  return pattern:format(...)
end

--- An English pattern as a Lua pattern that captures what was filled in;
--- `strict`: what stands in quotes holds none.
local function matcher(english, strict)
  local escaped = english:gsub("%%%%", "\0")
  escaped = escaped:gsub("%%%.?[%d%*]*[a-zA-Z]+", "\1")
  escaped = escaped:gsub("[%^%$%(%)%.%[%]%*%+%-%?%%]", "%%%0")
  if strict then
    escaped = escaped:gsub("'\1'", "'([^']-)'"):gsub('"\1"', '"([^"]-)"')
  end
  return "^" .. escaped:gsub("\0", "%%%%"):gsub("\1", "(.-)") .. "$"
end

--- Which places of a pattern stand in quotes, name an option or are a list of
--- names (there are: …): what the user wrote or has to write, which no language
--- changes.
local function quoted_places(english)
  local quoted = {}
  local text = english:gsub("%%%%", "")
  for before in text:gmatch("(.-)%%%.?[%d%*]*[a-zA-Z]+") do
    quoted[#quoted + 1] = before:find("['\"-]$") ~= nil
      or before:find("there are: $") ~= nil or before:find("others: $") ~= nil
  end
  return quoted
end

--- Whether a pattern says next to nothing itself, as "%s is %s": it is taken
--- only where the words know what was filled in last.
local function is_bare(english)
  local text = english:gsub("%%%.?[%d%*]*[a-zA-Z]+", "")
  return #text:gsub("%A", "") <= 2
end

--- Longer patterns first: they say more.
local function matchers_of(words)
  local list = {}
  for english, other in pairs(words) do
    if type(english) == "string" and english:find("%%[^%%]") then
      list[#list + 1] = { english, { matcher(english, true),
        matcher(english) }, other, quoted_places(english), is_bare(english) }
    end
  end
  table.sort(list, function(a, b)
    if #a[1] ~= #b[1] then return #a[1] > #b[1] end
    return a[1] < b[1]
  end)
  return list
end

local matchers = {}

--- A finished English message in `lang`. The core's errors come as text, so
--- the catalogue is asked which pattern made it; a message that no pattern
--- made stays as it is. What was filled in is translated in its turn.
---@param lang "en"|"zh"
---@param message string
---@return string
function M.message(lang, message)
  local words = catalogue(lang)
  if words == nil then return message end
  if words[message] then return words[message] end
  local place, rest = message:match("^([^'\"]-:%u*%d+:[%d:]*%s)(.+)$")
  if place ~= nil then return place .. M.message(lang, rest) end
  place, rest = message:match("^([^'\":]+%.%a%w*[^'\":]*: )(.+)$")
  if place ~= nil then
    local told = M.message(lang, rest)
    if told ~= rest then return place .. told end
  end
  local first, more = message:match("^([^\n]*)(\n.*)$")
  if first ~= nil then return M.message(lang, first) .. more end
  local verb, problem = message:match("^([%l%d_%.]+): (.+)$")
  if verb ~= nil then
    local pattern = words[verb .. ": %s"] or verb .. "：%s"
    local told = M.message(lang, problem)
    if told ~= problem then return pattern:format(told) end
  end
  matchers[lang] = matchers[lang] or matchers_of(words)
  for at = 1, 2 * #matchers[lang] do
    local pass = at <= #matchers[lang] and 1 or 2
    local item = matchers[lang][(at - 1) % #matchers[lang] + 1]
    local found = { message:match(item[2][pass]) }
    local fits = found[1] ~= nil and (not item[5] or words[found[#found]])
    if fits then
      for i, part in ipairs(found) do
        if part ~= message and not item[4][i] then
          found[i] = M.message(lang, part)
        end
      end
      local pattern = item[3]:gsub("%%%.?[%d%*]*[a-zA-Z]+", "%%s")
      return pattern:format(table.unpack(found))
    end
  end
  return message
end

return M

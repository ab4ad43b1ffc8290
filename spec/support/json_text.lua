--- Reads JSON whose values are strings, numbers, lists and objects: what the
--- expectations beside shared data hold. Numbers are given as their text.

local escapes = { n = "\n", r = "\r", t = "\t", b = "\b", f = "\f" }

local value

local function string_at(text, at)
  local stop = at
  repeat
    stop = assert(text:find('["\\]', stop), "unfinished string")
    local quote = text:sub(stop, stop) == '"'
    stop = stop + (quote and 1 or 2)
  until quote
  local body = text:sub(at, stop - 2)
  body = body:gsub("\\u(%x%x%x%x)", function(hex)
    return utf8.char(tonumber(hex, 16))
  end)
  return (body:gsub("\\(.)", function(c) return escapes[c] or c end)), stop
end

local function list_at(text, at, closing, keyed)
  local list = {}
  at = text:match("^%s*()", at)
  while text:sub(at, at) ~= closing do
    local key = #list + 1
    if keyed then
      key, at = value(text, at)
      at = assert(text:match("^%s*:()", at), "no colon")
    end
    local item, stop = value(text, at)
    list[key] = item
    at = text:match("^%s*,?%s*()", stop)
  end
  return list, at + 1
end

function value(text, at)
  at = text:match("^%s*()", at)
  local first = text:sub(at, at)
  if first == '"' then return string_at(text, at + 1) end
  if first == "[" then return list_at(text, at + 1, "]") end
  if first == "{" then return list_at(text, at + 1, "}", true) end
  local word, stop = text:match("^([%w.+-]+)()", at)
  return assert(word, "no value"), stop
end

return function(text) return (value(text, 1)) end

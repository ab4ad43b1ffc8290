--- The conditions of rules as trees: "F024 + F025 = F023 and F030 = 100%".
---
--- A condition is { op = "and"|"or", … } of comparisons { op = "compare",
--- relation, left, right }; `a <= b <= c` is two of them. `exists(…)` is a
--- condition too, and `agree(a, b)`: so when both are, not so when neither is,
--- not known where two sources say different things. `total` is a sum of the
--- rows that add up. A sum is of figures (ids),
--- numbers with a unit, functions. An id may hold "-" (yh23-F001), so minus
--- stands between blanks.

local full_width = require "evalua.full_width"
local lpeg = require "lpeg"

local P, R, S, V, C, Ct, Cc, Cp = lpeg.P, lpeg.R, lpeg.S, lpeg.V, lpeg.C,
  lpeg.Ct, lpeg.Cc, lpeg.Cp

local M = {}

local blank = (S " \t\r\n" + P "　") ^ 0
local function token(pattern) return pattern * blank end

local wide_operator = P "×" + "÷" + "≤" + "≥" + "≠" + "−" + "　" + "，" + "％"
  + "＝" + "＋" + "－" + "＊" + "／" + "（" + "）" + "＜" + "＞" + "．" + "！" + "？"
  + "｜" + P "\239\188" * R "\144\153" -- ０ to ９
local wide = R "\194\244" * R "\128\191" ^ 1 - wide_operator
local letter = R("az", "AZ") + "_" + wide
local word = letter * (letter + R "09" + ".") ^ 0
  * (P "-" * (letter + R "09" + ".") ^ 1) ^ 0
local number = R "09" ^ 1 * (P "." * R "09" ^ 1) ^ -1
--- 万元, km², m3, 元/m²
local unit_name = (R("az", "AZ") + wide) ^ 1 * S "23" ^ -1
local unit = P "％" * Cc "%"
  + C(P "%" + P "‰" + unit_name * (P "/" * unit_name) ^ -1)

local relation = token(P "<=" / "≤" + P "≤" / "≤" + P ">=" / "≥" + P "≥" / "≥"
  + P "!=" / "≠" + P "~=" / "≠" + P "≠" / "≠" + P "==" / "=" + P "=" / "="
  + P "<" / "<" + P ">" / ">")

local function keyword(text) return token(P(text) * -(letter + R "09")) end

local function left_to_right(first, ...)
  local rest = { ... }
  for i = 1, #rest, 2 do first = { op = rest[i], first, rest[i + 1] } end
  return first
end

local function comparisons(...)
  local parts = { ... }
  local list = {}
  for i = 1, #parts - 2, 2 do
    list[#list + 1] = { op = "compare", relation = parts[i + 1], parts[i],
      parts[i + 2] }
  end
  if #list == 1 then return list[1] end
  list.op, list.chain = "and", #list == 2
  return list
end

local function joined(op)
  return function(first, ...)
    if select("#", ...) == 0 then return first end
    return { op = op, first, ... }
  end
end

local function filter(column, operator, text)
  return { column = column, operator = operator,
    text = text:match("^%s*(.-)%s*$") }
end

local filter_pattern = token(C(word)) * token(C(P "!=" + "^=" + "~" + "="))
  * C((1 - S ",)") ^ 0) / filter

local rules = {
  condition = V "both" * (keyword "or" * V "both") ^ 0 / joined "or",
  both = V "test" * (keyword "and" * V "test") ^ 0 / joined "and",
  test = V "compared" + V "exists" + V "agree"
    + token(P "(") * V "condition" * token(P ")"),
  compared = V "sum" * (relation * V "sum") ^ 1 / comparisons,
  exists = P "exists" * blank * V "rows" / function(rows)
    rows.op = "exists"
    return rows
  end,
  agree = P "agree" * blank * token(P "(") * V "condition" * token(P ",")
    * V "condition" * token(P ")") / function(first, second)
      return { op = "agree", first, second }
    end,
  sum = V "product" * (token(P "+" / "add" + P "−" / "subtract"
    + P "-" / "subtract") * V "product") ^ 0 / left_to_right,
  product = V "factor" * (token(P "*" / "multiply" + P "×" / "multiply"
    + P "/" / "divide" + P "÷" / "divide") * V "factor") ^ 0
    / left_to_right,
  factor = token(P "-" + P "−") * V "factor"
      / function(inner) return { op = "negate", inner } end
    + V "number" + V "call" + V "figure"
    + token(P "(") * V "sum" * token(P ")"),
  number = token(C(number) * (unit + Cc(nil)) / function(text, name)
    return { op = "number", text = text, unit = name }
  end),
  figure = token(C(P "?" ^ -1 * word) / function(id)
    return { op = "figure", id = (id:gsub("^%?", "")),
      optional = id:sub(1, 1) == "?" }
  end),
  call = V "calculation" + V "elapsed" + V "table_call",
  elapsed = P "elapsed" * blank * token(P "(") * token(C(word)) * token(P ",")
    * token(C(word)) * token(P ")") / function(date, year)
      return { op = "elapsed", date = date, year = year }
    end,
  calculation = C(P "abs" + "min" + "max" + "first") * blank * token(P "(") * V "sum"
    * (token(P ",") * V "sum") ^ 0 * token(P ")") / function(op, ...)
      return { op = op, ... }
    end,
  table_call = C(P "count" + "sum" + "total" + "distinct" + "value") * blank
    * V "rows" / function(op, rows)
      rows.op, rows.adding = op == "total" and "sum" or op, op == "total"
      return rows
    end,
  rows = token(P "(") * token(C(word)) * Ct((token(P ",") * filter_pattern) ^ 0)
    * token(P ")") / function(name, filters)
      local source, column = name:match("^([^.]+)%.(.+)$")
      return { source = source or name, column = column, filters = filters }
    end,
}

--- The grammar from one of its rules on; gives the tree and where it ends.
local function from(start)
  local grammar = { "all", all = blank * V(start) * Cp() }
  for name, pattern in pairs(rules) do grammar[name] = pattern end
  return P(grammar)
end

local conditions, sums = from "condition", from "sum"

local MOST = 2000 -- bytes of a cell that holds a condition

--- How far a text could be read that could not be read to its end.
local function furthest(text, pattern)
  for stop = #text, 1, -1 do
    local _, at = pattern:match(text:sub(1, stop))
    if at ~= nil then return at end
  end
  return 1
end

local function parse(text, pattern, what)
  if #text > MOST then
    return nil, ("a condition has at most %d bytes"):format(MOST)
  end
  local ok, tree, at = pcall(pattern.match, pattern, text)
  if not ok then return nil, "too many brackets inside each other" end
  if tree ~= nil and at == #text + 1 then return tree end
  -- not before: a filter's text may hold such marks, 因公出国（境）费;
  -- a minus stands between blanks
  local plain = full_width.narrowed((text:gsub("－", " - ")))
  if plain ~= text then return parse(plain, pattern, what) end
  return nil, what:format(text:sub(at or furthest(text, pattern)))
end

--- The tree of a condition, or nil and what is wrong.
---@param text string
---@return table? tree
---@return string? message
function M.condition(text)
  return parse(text, conditions,
    "a condition was expected, not understood from here on: %s")
end

--- The tree of a sum (no comparison), or nil and what is wrong.
---@param text string
---@return table? tree
---@return string? message
function M.sum(text)
  return parse(text, sums,
    "a figure or a sum was expected, not understood from here on: %s")
end

return M

--- Column expressions from text: Lua's syntax over column names.
---
---     year == 2022 and executed > 1.1 * original
---     kind ~= "基本支出" and not is_na(col"项目 名称")
---     rate >= 90 and "优" or rate >= 80 and "良" or "中"
---
--- LPeg cuts the text into tokens, a precedence climber as in Lua's own parser
--- (lparser.c, subexpr) builds the tree. Names may hold any letters of any
--- script; a name before ( or a text is a function, else a column. Numbers
--- are exact: 12 is an int, 12.50 a decimal; only 1e3 is a float.

local core = require "evalua.core"
local expr = require "evalua.expr"

local M = {}

--- LPeg and its grammar are loaded when a text is there to be cut.
local function lexer() return require "evalua.parse_lexer" end

local MAX_DEPTH = 180 -- nodes; the core takes 200

M.aggregate_names = "sum, count, mean, min, max, first, last, n_distinct, "
  .. "median, quantile, var, sd, share"

local aggregates = { n = "count" }
for name in M.aggregate_names:gmatch "[%w_]+" do aggregates[name] = name end

---@class evalua.parser
---@field text string
---@field what string? what the text is for: "where", "mutate", ...
---@field tokens table[]
---@field at integer
---@field depth integer
local Parser = {}
Parser.__index = Parser

-- Errors --------------------------------------------------------------------

--- The line of the text that holds a byte, and a caret under it.
local function point_at(text, first)
  local begin = 1
  for at in text:gmatch "()\n" do
    if at < first then begin = at + 1 end
  end
  local line = text:match("^[^\n]*", begin)
  local before = text:sub(begin, first - 1)
  return ("  %s\n  %s^"):format(line:gsub("%c", " "),
    (" "):rep(core.text.width(before)))
end

--- Raise: what, the text in one line, the place and a hint.
function Parser:fail(token, hint)
  local rest = self.text:sub(token.first):gsub("%s+", " ")
  local near = rest == "" and "at the end"
    or ("near \"%s\""):format(lexer().cut(rest, 20))
  local message = ("%s: %s%s"):format(
    lexer().cut(self.text:gsub("%s+", " "), 60), near,
    hint and (" (%s)"):format(hint) or "")
  if self.what then message = self.what .. ": " .. message end
  local place = #self.text > 0
    and "\n" .. point_at(self.text, token.first) or ""
  error({ parse_error = message .. place }, 0)
end

--- What another language's word, here or just before, is written as here.
function Parser:word_hint()
  local hints = require "evalua.parse_hints"
  local here, before = self.tokens[self.at], self.tokens[self.at - 1]
  if here.value == "," and before and before.kind == "number" then
    return "numbers are written without commas"
  end
  for at = self.at, math.max(1, self.at - 1), -1 do
    local word = self.tokens[at].value
    local meant = type(word) == "string" and hints.words[word:lower()]
    if meant and meant ~= word then return ("write %s"):format(meant) end
  end
end

-- Tokens --------------------------------------------------------------------

function Parser:peek() return self.tokens[self.at] end

function Parser:next()
  local token = self.tokens[self.at]
  self.at = self.at + 1
  return token
end

--- Whether the next token is that sign or word; takes it then.
function Parser:take(sign)
  local token = self:peek()
  if token.kind ~= "sign" or token.value ~= sign then return false end
  self.at = self.at + 1
  return true
end

function Parser:need(sign, opened)
  if self:take(sign) then return end
  local hint = ("\"%s\" expected"):format(sign)
  if opened then
    hint = ("\"%s\" expected, to close what begins at \"%s\""):format(sign,
      lexer().cut(self.text:sub(opened.first), 12))
  end
  local token = self:peek()
  self:fail(token, self:word_hint() or token.hint or hint)
end

-- Nodes ---------------------------------------------------------------------

local function literal(value)
  return expr.node { op = "literal", value = value }
end

--- Precedence of lparser.c: left and right, higher binds tighter.
local binary = {
  ["or"] = { "or", 1, 1 }, ["and"] = { "and", 2, 2 },
  ["=="] = { "eq", 3, 3 }, ["~="] = { "ne", 3, 3 }, ["<"] = { "lt", 3, 3 },
  ["<="] = { "le", 3, 3 }, [">"] = { "gt", 3, 3 }, [">="] = { "ge", 3, 3 },
  [".."] = { "concat", 9, 8 }, ["+"] = { "add", 10, 10 },
  ["-"] = { "subtract", 10, 10 }, ["*"] = { "multiply", 11, 11 },
  ["/"] = { "divide", 11, 11 }, ["//"] = { "floor_divide", 11, 11 },
  ["%"] = { "modulo", 11, 11 }, ["^"] = { "power", 14, 13 },
}
local unary = { ["-"] = "negate", ["not"] = "not" }
local UNARY, COMPARISON = 12, 3

local constants = { ["true"] = true, ["false"] = false,
  ["nil"] = core.column.NA }

--- Raises what the core says against a call of `n` arguments.
function Parser:check_call(token, n)
  local call = { op = "call", name = token.value }
  for i = 1, n do call[i] = { op = "literal", value = 0 } end
  local ok, problem = pcall(core.expr.check, call)
  if ok then return end
  local name = token.value:lower()
  local meant = require("evalua.parse_hints").functions[name]
  if meant then self:fail(token, ("write %s"):format(meant)) end
  if aggregates[name] then
    self:fail(token, "a summary of rows stands in --agg or summarise only")
  end
  self:fail(token, problem)
end

--- Arguments behind a name: (a, b) or one text.
function Parser:arguments(token)
  local args = { op = "call", name = token.value }
  local opening = self:peek()
  if opening.kind == "string" then
    args[1] = literal(self:next().value)
    return args
  end
  self:need "("
  if self:take ")" then return args end
  repeat args[#args + 1] = self:expression(0) until not self:take ","
  self:need(")", opening)
  return args
end

function Parser:call(token)
  local args = self:arguments(token)
  if token.value == "col" then
    local name = args[1]
    if #args ~= 1 or name.op ~= "literal" or type(name.value) ~= "string" then
      self:fail(token, "col takes the name of a column: col\"项目 名称\"")
    end
    return expr.column(name.value)
  end
  self:check_call(token, #args)
  return expr.node(args)
end

function Parser:name(token)
  local after = self:peek()
  local is_call = after.kind == "string"
    or after.kind == "sign" and after.value == "("
  if is_call then return self:call(token) end
  return expr.column(token.value)
end

function Parser:primary()
  local token = self:next()
  if token.least_int then
    self:fail(token, "the whole number does not fit in 64 bits")
  end
  if token.kind == "number" or token.kind == "string" then
    return literal(token.value)
  end
  if token.kind == "name" then return self:name(token) end
  if token.kind == "sign" and constants[token.value] ~= nil then
    return literal(constants[token.value])
  end
  if token.kind == "sign" and token.value == "(" then
    local inner = self:expression(0)
    self:need(")", token)
    self.enclosed[inner] = true
    return inner
  end
  self:fail(token, token.hint or "a column, a number or a text expected")
end

--- Whether -9223372036854775808 stands in its own right: its digits alone
--- have no room.
function Parser:is_least_int()
  if not self:peek().least_int then return false end
  local after = self.tokens[self.at + 1]
  return not (after.kind == "sign" and after.value == "^")
end

function Parser:unary()
  local token = self:peek()
  local op = token.kind == "sign" and unary[token.value]
  if not op then return self:primary() end
  self:next()
  if op == "negate" and self:is_least_int() then
    return literal(self:next().value)
  end
  return expr.node { op = op, self:expression(UNARY) }
end

local comparisons = { eq = true, ne = true, lt = true, le = true, gt = true,
  ge = true }

function Parser:refuse_chain(token, left)
  if left.op == nil or not comparisons[left.op] or self.enclosed[left] then
    return
  end
  self:fail(token, "comparisons do not chain: write a < b and b < c")
end

local function is_nil(node)
  return node.op == "literal" and node.value == core.column.NA
end

--- `a == nil` would be missing for every row, and so be true for none.
function Parser:refuse_nil(token, op)
  if op == "eq" then
    self:fail(token, "nothing is equal to nil: write is_na(a)")
  elseif op == "ne" then
    self:fail(token, "nothing is unequal to nil: write not is_na(a)")
  end
end

--- Operators that bind tighter than `limit`, and their operands.
function Parser:expression(limit)
  self.depth = self.depth + 1
  if self.depth > MAX_DEPTH then
    self:fail(self:peek(), ("nested more than %d deep"):format(MAX_DEPTH))
  end
  local left = self:unary()
  while true do
    local token = self:peek()
    local rule = token.kind == "sign" and binary[token.value]
    if not rule or rule[2] <= limit then break end
    if rule[2] == COMPARISON then self:refuse_chain(token, left) end
    self:next()
    local right = self:expression(rule[3])
    if is_nil(left) or is_nil(right) then self:refuse_nil(token, rule[1]) end
    left = expr.node { op = rule[1], left, right }
  end
  self.depth = self.depth - 1
  return left
end

-- Doors ---------------------------------------------------------------------

local function parser_of(text, what)
  local self = setmetatable({ text = text, what = what, at = 1, depth = 0,
    enclosed = {} }, Parser)
  self.tokens = lexer().tokens(text, function(token, hint)
    self:fail(token, hint)
  end)
  return self
end

function Parser:finish()
  local token = self:peek()
  if token.kind ~= "end" then
    self:fail(token, self:word_hint() or token.hint or "an operator expected")
  end
end

--- Run f; a parse error becomes nil and its message.
local function attempt(f, ...)
  local ok, result = pcall(f, ...)
  if ok then return result end
  if type(result) == "table" and result.parse_error then
    return nil, result.parse_error
  end
  error(result, 0)
end

local function check_text(text, level)
  if type(text) ~= "string" then
    error("an expression is a text, not a " .. type(text), level + 1)
  end
end

--- The tree of an expression. Raises with the place of the mistake.
---@param text string
---@param what string? what it is for, put before the message
---@param level integer? of error(); 0 without place in the code
---@return evalua.expr
function M.expression(text, what, level)
  level = level or 2
  check_text(text, level == 0 and -1 or level)
  local tree, problem = attempt(function()
    local parser = parser_of(text, what)
    local result = parser:expression(0)
    parser:finish()
    return result
  end)
  if tree == nil then error(problem, level == 0 and 0 or level) end
  return tree
end

-- Aggregates ----------------------------------------------------------------

--- `name =` before a summary: an identifier, a text or col"...".
function Parser:summary_name()
  local first, second = self.tokens[self.at], self.tokens[self.at + 1]
  local named = second and second.kind == "sign" and second.value == "="
  if not named or (first.kind ~= "name" and first.kind ~= "string") then
    return nil
  end
  self.at = self.at + 2
  return first.value
end

--- What a summary is called that was given no name.
---@param fn string
---@param tree evalua.expr?
---@param p evalua.decimal|number|nil
---@return string
function M.default_name(fn, tree, p)
  if tree == nil then return "n" end
  if tree.op == "column" then
    local name = fn .. "_" .. tree.name
    return p == nil and name or name .. "_" .. tostring(p)
  end
  local of = core.expr.print(tree)
  return ("%s(%s)"):format(fn, p == nil and of or of .. ", " .. tostring(p))
end

--- The `, p` of a quantile: a number from 0 to 1.
function Parser:quantile_part()
  local hint = "a p from 0 to 1 expected, such as quantile(x, 0.9)"
  if not self:take "," then self:fail(self:peek(), hint) end
  local token = self:next()
  local p = token.kind == "number" and token.value
  local exact = core.decimal.is(p) or math.type(p) == "integer"
  if not exact or p < 0 or p > 1 then self:fail(token, hint) end
  return p
end

local function summary_hint(token)
  local name = token.kind == "name" and token.value:lower()
  local meant = aggregates[name]
    or require("evalua.parse_hints").summaries[name]
  return meant and ("did you mean \"%s\"?"):format(meant)
    or "a summary expected, such as sum(amount); there are: "
      .. M.aggregate_names
end

--- fn ( [expression] ), or quantile ( expression , p )
function Parser:summary()
  local name = self:summary_name()
  local token = self:next()
  local fn = token.kind == "name" and aggregates[token.value]
  if not fn then
    self:fail(token, token.hint or summary_hint(token))
  end
  local opening = self:peek()
  self:need "("
  local tree, p = nil, nil
  if not self:take ")" then
    tree = self:expression(0)
    if fn == "quantile" then p = self:quantile_part() end
    self:need(")", opening)
  end
  if tree == nil and fn ~= "count" then
    self:fail(token, ("%s() needs a column or an expression"):format(fn))
  end
  return { name = name or M.default_name(fn, tree, p), fn = fn, tree = tree,
    p = p }
end

--- The list `total = sum(amount), n = count(), mean(x * 2)`; a summary without
--- a name is called sum_amount, `n` or by its text. n() is count().
---@param text string
---@param level integer? of error()
---@return table[] {name=, fn=, tree=, p=}
function M.aggregates(text, level)
  level = level or 2
  check_text(text, level == 0 and -1 or level)
  local list, problem = attempt(function()
    local parser, result = parser_of(text), {}
    repeat result[#result + 1] = parser:summary() until not parser:take ","
    parser:finish()
    return result
  end)
  if list == nil then error(problem, level == 0 and 0 or level) end
  return list
end

return M

--- Formulas of models: `y ~ x1 + x2`, as Wilkinson & Rogers 1973 (Applied
--- Statistics 22:392) wrote them and R has them, the part that a budget needs:
---
---     y ~ x                 a line; y ~ 1 is the mean
---     y ~ 0 + x, y ~ x - 1  without intercept
---     y ~ poly(x, 3)        x, x^2 and x^3, raw powers
---     y ~ unit + x          a text column is a factor: treatment coding, the
---                           first level (by bytes) is the base
---     y ~ factor(year)      a column of numbers or periods as a factor
---     y ~ col"拨款 总额"     a name that is no identifier

local core = require "evalua.core"
local numbers = require "evalua.stats.numbers"

local M = {}

local MOST_POWER = 30

local function fail(text, problem)
  error(("formula '%s': %s"):format(text, problem), 0)
end

local kinds = {
  { "name", "^[%a_\128-\255][%w_.\128-\255]*" },
  { "number", "^%d+" },
  { "text", '^"[^"]*"' },
  { "mark", "^[~+%-(),]" },
}

local function tokens_of(text)
  local list, at = {}, 1
  while true do
    at = text:find("%S", at)
    if at == nil then return list end
    local found = nil
    for _, kind in ipairs(kinds) do
      local from, to = text:find(kind[2], at)
      if from ~= nil and found == nil then
        found = { kind = kind[1], text = text:sub(from, to) }
        at = to + 1
      end
    end
    if found == nil then
      fail(text, ("'%s' is not understood"):format(text:sub(at)))
    end
    list[#list + 1] = found
  end
end

--- A reader of tokens that says what it expected.
local function reader(text)
  local list, at, self = tokens_of(text), 1, {}
  function self.peek(what) return list[at] and list[at].text == what end
  function self.take(what)
    if not self.peek(what) then return false end
    at = at + 1
    return true
  end
  function self.need(what)
    if self.take(what) then return end
    local got = list[at] and "'" .. list[at].text .. "'" or "the end"
    fail(text, ("'%s' expected before %s"):format(what, got))
  end
  function self.kind(kind)
    local token = list[at]
    if token == nil or token.kind ~= kind then return nil end
    at = at + 1
    return token.text
  end
  function self.is_end() return list[at] == nil end
  return self
end

local function read_column(read, text)
  local name = read.kind "name"
  if name == nil then fail(text, "the name of a column expected") end
  if name ~= "col" or read.peek "+" or read.is_end() then return name end
  local quoted = read.kind "text"
  return quoted and quoted:sub(2, -2) or name
end

local function read_term(read, text)
  if read.peek "poly" or read.peek "factor" then
    local name = read.kind "name"
    if not read.take "(" then return { kind = "column", name = name } end
    local term = { kind = name, name = read_column(read, text) }
    if name == "poly" then
      read.need ","
      term.degree = math.tointeger(tonumber(read.kind "number" or ""))
      if term.degree == nil or term.degree < 1
        or term.degree > MOST_POWER then
        fail(text, ("poly takes a degree from 1 to %d"):format(MOST_POWER))
      end
    end
    read.need ")"
    return term
  end
  return { kind = "column", name = read_column(read, text) }
end

--- Adds a term unless it stands there already: `x + x` is x, as in R.
local function add_term(terms, term)
  for _, other in ipairs(terms) do
    if other.kind == term.kind and other.name == term.name
      and other.degree == term.degree then
      return
    end
  end
  terms[#terms + 1] = term
end

--- A formula as { response =, intercept =, terms = { {kind=, name=, degree=},
--- … } }; raises for what it does not understand.
---@param text string
---@return table
function M.parse(text)
  if type(text) ~= "string" then
    error("a formula such as \"y ~ x\" was expected, not a " .. type(text), 0)
  end
  local read = reader(text)
  local model = { response = read_column(read, text), intercept = true,
    terms = {} }
  read.need "~"
  local minus = read.take "-"
  repeat
    local number = read.kind "number"
    if number == "0" or number == "1" then
      model.intercept = (number == "1") ~= minus
    elseif number ~= nil or minus then
      fail(text, "only 0 or 1 may stand among the terms as numbers, and only "
        .. "1 may be taken off")
    else
      add_term(model.terms, read_term(read, text))
    end
    minus = read.take "-"
  until not minus and not read.take "+"
  if not read.is_end() then read.need "+" end
  if #model.terms == 0 and not model.intercept then
    fail(text, "nothing is left to fit")
  end
  return model
end

-- Terms as columns ----------------------------------------------------------

--- Levels of a text column in order of their bytes.
local function levels_of(t, column)
  local levels = {}
  local one = core.table.new({ "f" }, { column }, t:nrows())
  for _, row in one:distinct("f"):rows() do levels[#levels + 1] = row.f end
  table.sort(levels)
  return levels
end

--- Numbers and periods as text, in the order of their values.
local function as_factor(t, column)
  local texts, order, seen = {}, {}, {}
  for i = 1, t:nrows() do
    local value = column[i]
    if value ~= nil then
      texts[i] = tostring(value)
      if not seen[texts[i]] then
        seen[texts[i]] = true
        order[#order + 1] = { value, texts[i] }
      end
    end
  end
  local is_bool = column:type() == "bool"
  table.sort(order, function(a, b)
    if is_bool then return a[2] < b[2] end -- "false" before "true"
    return a[1] < b[1]
  end)
  local levels = {}
  for i, pair in ipairs(order) do levels[i] = pair[2] end
  return core.column.new(texts, t:nrows(), "text"), levels
end

local function factor_of(t, term)
  local column = numbers.named(t, term.name)
  local kind = column:type()
  if kind == "text" then return column, levels_of(t, column) end
  if term.kind == "factor" or kind == "bool" then
    return as_factor(t, column)
  end
  return nil
end

local periods = { year = true, quarter = true, month = true, day = true }

--- The numeric column of a name, periods counted in their unit; raises for one
--- of another type.
---@param t evalua.table
---@param name string
---@return evalua.column? column
---@return string? message
---@return string? code
function M.column(t, name)
  local found = numbers.named(t, name)
  if periods[found:type()] then
    return core.column.new(core.stats.ticks(found), #found, "int")
  end
  local column, message, code = numbers.column(found, "'" .. name .. "'")
  if column == nil then return nil, ("'%s': %s"):format(name, message), code end
  return column
end

local function first_not_in(list, others)
  local known = {}
  for _, level in ipairs(others) do known[level] = true end
  for _, level in ipairs(list) do
    if not known[level] then return level end
  end
end

local function add_factor(list, name, column, levels, first)
  for i = first, #levels do
    list[#list + 1] = { name = name .. levels[i], column = column,
      level = levels[i] }
  end
end

--- The columns of a model's design over a table: an array of { name=, column=,
--- power= or level= }, the intercept first. `levels` keeps the levels of the
--- factors from the table that was fitted to the one that is predicted.
---@param model table from M.parse
---@param t evalua.table
---@param levels table<integer, string[]>
---@return table[]? design
---@return string? message
---@return string? code
function M.design(model, t, levels)
  local list, full = {}, not model.intercept
  if model.intercept then list[1] = { name = "(Intercept)" } end
  for i, term in ipairs(model.terms) do
    local column, found = factor_of(t, term)
    if column ~= nil and term.kind ~= "poly" then
      levels[i] = levels[i] or found
      local stranger = first_not_in(found, levels[i])
      if stranger ~= nil then
        return nil, ("'%s': there was no '%s' among the rows that were fitted")
          :format(term.name, stranger), "data"
      end
      local name = term.kind == "factor" and ("factor(%s)"):format(term.name)
        or term.name
      add_factor(list, name, column, levels[i], full and 1 or 2)
      full = false
    else
      local message, code
      column, message, code = M.column(t, term.name)
      if column == nil then return nil, message, code end
      if term.kind == "column" then
        list[#list + 1] = { name = term.name, column = column, power = 1 }
      end
      for power = 1, term.degree or 0 do
        list[#list + 1] = { column = column, power = power,
          name = ("poly(%s, %d)%d"):format(term.name, term.degree, power) }
      end
    end
  end
  return list
end

return M

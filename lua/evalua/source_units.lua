--- Units of amounts that a source states outside of its cells: in the names of
--- columns, in a line above the table, in a column of its own.

local core = require "evalua.core"

local M = {}

--- What people write around a count of money.
local currencies = { "eur", "euro", "euros", "usd", "gbp", "chf", "pln", "czk",
  "aud", "cad", "nzd", "dollar", "dollars", "pounds", "zł", "kč", "kr", "us",
  "€", "$", "£", "¥", "in", "of" }

--- Thousands as forms abbreviate them.
local thousands = { ["'000"] = true, ["’000"] = true, ["000s"] = true,
  ["'000s"] = true, ["000"] = true, ["k"] = true }

local function without_currency(text)
  text = text:gsub("[€$£¥]", " ")
  local words = {}
  for word in text:gmatch("%S+") do
    local is_currency = false
    for _, known in ipairs(currencies) do
      is_currency = is_currency or word:lower() == known
    end
    if not is_currency then words[#words + 1] = word end
  end
  return table.concat(words, " ")
end

--- The unit that a text names: its name, power of ten, and whether it only
--- counts; nil when it names none. "EUR x1000", "$ million", "千元", "1000".
---@param text string
---@return string? name
---@return integer? exponent
---@return boolean? counts
function M.parse(text)
  local name, exponent, counts = core.decimal.unit(text)
  if name ~= nil then return name, exponent, counts end
  local bare = without_currency(text)
  name, exponent, counts = core.decimal.unit(bare)
  if name ~= nil then return name, exponent, counts end
  if thousands[bare:lower()] then return "thousand", 3, true end
  local zeros = bare:match("^1(0*)$")
  if zeros ~= nil then return "1" .. zeros, #zeros, true end
  if bare == "" and text:find("%S") then return "1", 0, true end
  return nil
end

--- The unit of money (元 千元 万元 百万元 亿元) that a column's name carries:
--- "预算数（万元）".
local function of_name(name)
  for inner in name:gsub("（", "("):gsub("）", ")"):gmatch("%(([^()]*)%)") do
    local unit, _, counts = core.decimal.unit(inner)
    if unit ~= nil and not counts and unit ~= "%" then return unit end
  end
end

--- Does a column's name say that it holds shares, not amounts?
---@param name string
---@return boolean
function M.is_ratio(name)
  local lower = name:lower()
  for _, word in ipairs { "%", "％", "percent", "ratio", "比例", "比率", "占比",
    "完成率", "执行率", "增长率" } do
    if lower:find(word, 1, true) then return true end
  end
  return false
end

--- The unit that a line outside of the table states: "单位：万元".
local function of_lines(lines)
  for _, line in ipairs(lines or {}) do
    local text = line.text:gsub("：", ":"):gsub("%s", "")
    local word = text:match("单位:([^,，;；)）]+)") or text:match("單位:([^,，;；)）]+)")
    local unit, _, counts
    if word ~= nil then unit, _, counts = core.decimal.unit(word) end
    if unit ~= nil and not counts and unit ~= "%" then return unit, line.line end
  end
end

--- Put what is stated into info.units, for the amounts without a unit.
---@param info table
---@param amounts string[]
function M.state(info, amounts)
  info.units = info.units or {}
  local general, line = of_lines(info.junk_lines)
  for _, name in ipairs(amounts) do
    local unit = of_name(name) or general
    if info.units[name] == nil and unit ~= nil then info.units[name] = unit end
  end
  if general ~= nil and info.explain ~= nil then
    table.insert(info.explain, ("unit: %s (line %d)"):format(general, line))
  end
end

local function factor_of(exponent)
  return core.decimal.new(math.tointeger(10 ^ exponent), 0)
end

--- Multiply the amounts by the unit that stands in a column of each row.
---@param t evalua.table
---@param info table
---@param column string
---@param amounts string[]
---@return evalua.table? t
---@return string? message
---@return string? code
function M.multiply(t, info, column, amounts)
  local rows, kinds, named = {}, {}, 0
  if not t:has(column) then
    return nil, ("unit_column: no column '%s'%s"):format(column,
      require("evalua.nearest").hint(column, t:names())), "data"
  end
  for _, row in t:distinct(column):rows() do
    local text = row[column]
    if text ~= nil then
      local _, exponent, counts = M.parse(tostring(text))
      if exponent == nil or exponent < 0 then
        return nil, ("column '%s': '%s' is no unit of money"):format(column,
          tostring(text)), "data"
      end
      rows[#rows + 1] = { unit = text, factor = factor_of(exponent) }
      kinds[counts and "count" or "yuan"] = true
      named = named + 1
    end
  end
  if named == 0 then
    return nil, ("column '%s' names no unit"):format(column), "data"
  end
  if kinds.count and kinds.yuan then
    return nil, ("column '%s' mixes units of 元 with others"):format(column),
      "data"
  end
  local factors = require("evalua.values").table(rows)
  factors = factors:rename { [column] = "unit", ["\1factor"] = "factor" }
  local names = t:names()
  t = t:left_join(factors, column)
  for _, name in ipairs(amounts) do
    local col = require "evalua.col"
    local product, message, code = t:mutate { [name] = col[name]
      * col["\1factor"]:coalesce(1) }
    if product == nil then return nil, message, code end
    t = product
    info.units[name] = kinds.yuan and "元" or nil
  end
  table.insert(info.notes, ("amounts were multiplied by the units in column "
    .. "'%s': %s"):format(column, table.concat(amounts, ", ")))
  return t:select(table.unpack(names))
end

--- Say it when a column names units that differ and nobody used it.
---@param t evalua.table
---@param info table
function M.notice(t, info)
  for _, name in ipairs(t:names()) do
    local labels = t:column(name):labels(12)
    local kinds, n = {}, 0
    for _, label in ipairs(labels or {}) do
      local unit, exponent = M.parse(label)
      if unit == nil then n = -100 end
      if unit ~= nil and kinds[exponent] == nil then
        kinds[exponent], n = unit, n + 1
      end
    end
    if n > 1 then
      table.insert(info.notes, ("column '%s' names different units: amounts "
        .. "are not comparable before --unit-column multiplies them out")
        :format(name))
    end
  end
end

return M

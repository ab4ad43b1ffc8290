--- Labels of exact amounts. Text comes from decimals only; `number` is for
--- lengths on the canvas.
local decimal = require("evalua.core").decimal
local limit = require "evalua.chart.limit"

local M = {}

M.MINUS = "\u{2212}"
M.MISSING = "\u{2013}" -- en dash: the CJK em dash would be two em wide

local zero = decimal.new(0, 0)
M.zero = zero
M.least_above, M.least_below = decimal.new(1, 12), decimal.new(-1, 12)

--- A decimal from a decimal or a Lua number, to 14 digits; nil and NaN are
--- missing. What no decimal can hold is nothing to draw: an error.
function M.decimal(value)
  if value == nil or decimal.is(value) then return value end
  if math.type(value) == "integer" then return decimal.new(value, 0) end
  if type(value) ~= "number" then
    error(("an amount is a number, not a %s"):format(type(value)), 2)
  end
  if value ~= value then return nil end
  local size = math.abs(value)
  if size >= 9e17 then
    limit(("an amount of %g is too large to draw"):format(value), "data")
  end
  local digits = size > 0 and math.ceil(math.log(size, 10)) or 0
  local places = math.max(0, math.min(12, 14 - digits))
  local text = ("%." .. places .. "f"):format(value):gsub(",", ".")
  return decimal.parse(text):trim()
end

--- Is the text a number by itself ("1000")?
function M.is_number(text)
  return decimal.parse(text) ~= nil
end

--- For lengths: a float, or nil where missing.
function M.number(value)
  if value == nil then return nil end
  return value:number()
end

--- -1, 0 or 1; missing counts as 0.
function M.sign(value)
  if value == nil or value:eq(zero) then return 0 end
  return value < zero and -1 or 1
end

--- The value without its sign.
function M.abs(value)
  return M.sign(value) < 0 and -value or value
end

--- Is a variance good, where more is good (polarity 1) or bad (-1)? nil where
--- there is none, or nobody says.
---@return boolean?
function M.favourable(variance, polarity)
  local sign = M.sign(variance)
  if sign == 0 or polarity ~= 1 and polarity ~= -1 then return nil end
  return sign == polarity
end

--- Is a percentage within the neutral zone?
---@param neutral number? percent
function M.is_calm(percent, neutral)
  return neutral ~= nil and percent ~= nil
    and math.abs(percent:number()) <= neutral
end

--- Sum of what is there; nil when nothing is.
function M.sum(values, n)
  local sum
  for i = 1, n or #values do
    local value = values[i]
    if value ~= nil then sum = sum and sum + value or value end
  end
  return sum
end

--- 100 * part / whole in six places, as in the table of variances: the whole
--- keeps its sign; nil where it is missing or zero.
function M.percent_of(part, whole)
  if part == nil or M.sign(whole) == 0 then return nil end
  local ok, percent = pcall(function()
    return (part * 100):divide(whole, 6)
  end)
  return ok and percent or nil -- beyond 9.2 trillion percent
end

---@class NumberStyle
---@field group string between groups of three digits
---@field decimal string before the decimals

--- The size of a value in fixed places, grouped: "2,618".
---@param style NumberStyle?
local function digits(value, places, style)
  local text = M.abs(value):format { places = places, group = "," }
  if not style or (style.group == "," and style.decimal == ".") then
    return text
  end
  return (text:gsub("[,.]", { [","] = style.group, ["."] = style.decimal }))
end

--- "2,618", "−284"; missing is an en dash.
---@param places integer
---@param style NumberStyle?
function M.plain(value, places, style)
  if value == nil then return M.MISSING end
  local text = digits(value, places, style)
  local negative = M.sign(value) < 0 and text:find("[1-9]")
  return (negative and M.MINUS or "") .. text
end

--- "+2,618", "−284", "±0" for exactly zero ("+0" is a small rest).
function M.signed(value, places, style)
  if value == nil then return M.MISSING end
  local sign = M.sign(value)
  local mark = sign < 0 and M.MINUS or sign > 0 and "+" or "±"
  return mark .. digits(value, places, style)
end

--- "+126.9%"; missing is an en dash.
function M.percent(value, places, style)
  if value == nil then return M.MISSING end
  return M.signed(value, places, style) .. "%"
end

--- A share of a whole: "47%", without a sign.
function M.share(value, places, style)
  if value == nil then return M.MISSING end
  return M.plain(value, places, style) .. "%"
end

-- Units that stand for powers of ten of each other, small to large.
local ladders = {
  { { "元", 0 }, { "万元", 4 }, { "亿元", 8 } },
  { { "千元", 0 }, { "百万元", 3 }, { "亿元", 5 } },
  { { "人民币元", 0 }, { "人民币万元", 4 }, { "人民币亿元", 8 } },
  { { "CNY", 0 }, { "10k CNY", 4 }, { "100m CNY", 8 } },
  { { "yuan", 0 }, { "10k yuan", 4 }, { "100m yuan", 8 } },
}

-- Powers of ten that a unit may have in words: "AUD thousand", "千美元".
local counted = { { "^(.+) thousand$", 3 }, { "^(.+) million$", 6 },
  { "^(.+) billion$", 9 }, { "^千(.+)$", 3 }, { "^百万(.+)$", 6 },
  { "^万(.+)$", 4 }, { "^亿(.+)$", 8 } }

local alone = { thousand = 3, million = 6, billion = 9 }

--- A unit without its power of ten, and the power.
local function counted_unit(unit)
  if alone[unit] then return nil, alone[unit] end
  for _, pattern in ipairs(unit and counted or {}) do
    local rest = unit:match(pattern[1])
    if rest then return rest, pattern[2] end
  end
  return unit, 0
end

--- The steps above `unit`: { {text, power of ten}, ... } from the unit up.
local function steps(unit, lang)
  for _, ladder in ipairs(ladders) do
    for i, step in ipairs(ladder) do
      if step[1] == unit then
        local out = {}
        for k = i, #ladder do
          out[#out + 1] = { ladder[k][1], ladder[k][2] - step[2] }
        end
        return out
      end
    end
  end
  local out = { { unit, 0 } }
  local names = lang == "zh" and { { "万", 4 }, { "亿", 8 } }
    or { { "thousand", 3 }, { "million", 6 }, { "billion", 9 } }
  if unit and unit:find("%d") then return out end -- "1000 t": leave alone
  local single, power = counted_unit(unit)
  for _, step in ipairs(names) do
    local text = step[1]
    if single and lang == "zh" then
      text = text .. (single:find("%a") and " " or "") .. single
    elseif single then
      text = single .. " " .. text
    end
    if step[2] > power then out[#out + 1] = { text, step[2] - power } end
  end
  return out
end

--- Places that leave about four digits, never more than the data have.
local function places_for(most, scale)
  local places = most >= 100 and 0 or most >= 10 and 1 or 2
  if most > 0 and most < 0.1 then -- else nothing but zeros
    places = 2 - math.floor(math.log(most, 10) + 1)
  end
  return math.min(places, scale)
end

--- A size in running text: "2,618 万元", "USD 156 million", or the bare
--- number where the title says the unit better.
---@param text string the number
---@param unit string?
---@param lang string
function M.phrase(text, unit, lang)
  if not unit then return text end
  if lang == "zh" then return text .. " " .. unit end
  local code, power = unit:match("^(%u%u%u)( ?%l*)$")
  if code then return code .. " " .. text .. power end
  if unit == "thousand" or unit == "million" or unit == "billion" then
    return text .. " " .. unit
  end
  return text
end

---@class Scaling
---@field divisor any decimal: labels show the value divided by it
---@field unit string?
---@field places integer decimals of all labels
---@field most_places integer that there is something to show in

--- How to show a set of amounts in at most five digits: by a power of ten of
--- their unit, or in the unit asked for.
---@param values table decimals, nil allowed between (n in values.n)
---@param unit string? the unit of the values
---@param lang string
---@param divisor any? keep the unit: labels show the values divided by this
---@return Scaling
function M.scaling(values, unit, lang, divisor)
  local most, scale = 0, 0
  for i = 1, values.n do
    if values[i] ~= nil then
      most = math.max(most, math.abs(values[i]:number()))
      scale = math.max(scale, values[i]:trim():scale())
    end
  end
  local chosen = { unit, 0 }
  if not divisor then
    for _, step in ipairs(steps(unit, lang)) do
      chosen = step
      if most < 10.0 ^ (step[2] + 5) then break end
    end
    divisor = decimal.new(math.tointeger(10 ^ chosen[2]), 0)
  end
  local by = divisor:number()
  local most_places = by > 1 and 2 or scale
  return { divisor = divisor, unit = chosen[1], most_places = most_places,
    places = places_for(most / by, most_places) }
end

--- The value in the unit of a scaling; six more digits are more than any
--- label shows.
---@param scaling Scaling
function M.scaled(scaling, value)
  if value == nil then return nil end
  for _, places in ipairs { 6, 2, 0 } do
    local ok, result = pcall(value.divide, value, scaling.divisor, places)
    if ok then return result end
  end
  return value
end

return M

--- Cells as people read them: missing, zero and absent stay apart.

local core = require "evalua.core"
local lang = require "evalua.lang"

local M = {}

M.MISSING = "–"
M.MINUS = "−"

--- Digits of `value` with grouping; missing is a dash.
---@param value evalua.decimal|number|nil
---@param opts { places: integer?, plus: boolean?, factor: evalua.decimal? }?
---@return string
function M.amount(value, opts)
  opts = opts or {}
  if value == nil then return M.MISSING end
  if math.type(value) == "float" then
    local text = ("%." .. (opts.places or 2) .. "f"):format(value)
    value = core.decimal.parse(text)
    if value == nil then return text end
  elseif math.type(value) == "integer" then
    value = core.decimal.new(value, 0)
  end
  if opts.factor ~= nil then
    value = value:divide(opts.factor, opts.places or 2)
  end
  return value:format { places = opts.places, group = ",", minus = M.MINUS,
    plus = opts.plus }
end

--- A share that holds percent already, with two decimals and its sign.
---@param value evalua.decimal|number|nil
---@param opts { plus: boolean? }?
---@param lang_ string
---@return string
function M.percent(value, opts, lang_)
  if value == nil then return lang.text(lang_, "n/a") end
  return M.amount(value, { places = 2, plus = opts and opts.plus }) .. "%"
end

--- Any value as text; missing is a dash.
---@param value any
---@return string
function M.text(value)
  if value == nil then return M.MISSING end
  if value ~= value then return "nan" end -- 0 / 0 has a sign on some machines
  if value == 0 then return tostring(value + 0) end -- and -0.0 is no amount
  if core.decimal.is(value) or math.type(value) then
    return (tostring(value):gsub("^%-", M.MINUS))
  end
  return tostring(value)
end

return M

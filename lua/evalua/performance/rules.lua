--- The rule kinds of rubrics: what parameters each takes, and how many points
--- it gives. Points are exact fractions here; the rubric says how they are
--- rounded. No weight, threshold or band stands in this file.
---
--- `w` is the weight. `x.value` is what is judged, in percent where it is a
--- rate, and `x.range` where that is not one number; `x.met` whether the target
--- is reached; `x.ratio` how much of it (1 is all). A rule gives points, or nil
--- and why there are none.

local core = require "evalua.core"
local exact = require "evalua.exact"
local full_width = require "evalua.full_width"

local M = {}

local function number(text)
  local value, unit = core.decimal.parse(text)
  if value == nil or type(unit) == "string" and #unit > 0 then return nil end
  return value
end

-- Parameters ------------------------------------------------------------

--- "key=value; key=value" as a table; nil and a message.
---@param text string?
---@return table<string, string>? params
---@return string? message
function M.split(text)
  local params = {}
  local plain_text = (text or ""):gsub("；", ";"):gsub("　", " ")
  for part in plain_text:gmatch("[^;]+") do
    part = part:gsub("^(%s*[%l_]+%s*)＝", "%1=")
    local key, value = part:match("^%s*([%l_]+)%s*=%s*(.-)%s*$")
    if key == nil then
      if part:find("%S") then
        return nil, ("params: '%s' is not KEY=VALUE"):format(
          part:match("^%s*(.-)%s*$"))
      end
    elseif params[key] ~= nil then
      return nil, ("params: '%s' is given twice"):format(key)
    else
      params[key] = value
    end
  end
  return params
end

local function positive(text)
  local value = number(text)
  if value and value > 0 then return value end
  return nil, "a number above zero"
end

local function plain(text)
  local value = number(text)
  if value then return value end
  return nil, "a number"
end

local function one_of(...)
  local words = { ... }
  return function(text)
    for _, word in ipairs(words) do
      if word == text then return text end
    end
    return nil, "one of " .. table.concat(words, ", ")
  end
end

--- One band: "[90,):5", "(0,10]:4", ":80%" of the weight.
local function read_band(text)
  local open, low, high, close, points, share =
    text:match("^([%[%(])([^,]*),([^,]*)([%]%)]):([%d%.]+)(%%?)$")
  if open == nil then return nil end
  local band = { low_open = open == "(", high_open = close == ")",
    share = share == "%", points = number(points) }
  if low ~= "" then band.low = number(low) end
  if high ~= "" then band.high = number(high) end
  if band.points == nil or low ~= "" and band.low == nil
    or high ~= "" and band.high == nil then
    return nil
  end
  return band
end

--- Bands must cover every number once: a value between two bands would have
--- no points, one in two bands two answers.
local function check_cover(bands)
  table.sort(bands, function(a, b)
    if a.low == nil or b.low == nil then return a.low == nil and b.low ~= nil end
    return a.low < b.low
  end)
  if bands[1].low ~= nil then
    return ("below %s there is no band"):format(tostring(bands[1].low))
  end
  for i = 2, #bands do
    local before, this = bands[i - 1], bands[i]
    if before.high == nil or this.low == nil or before.high > this.low
      or before.high:eq(this.low) and not before.high_open
        and not this.low_open then
      return ("two bands overlap at %s"):format(tostring(this.low
        or before.low))
    end
    if before.high < this.low or before.high_open and this.low_open then
      return ("there is a gap between the bands at %s"):format(
        tostring(before.high))
    end
  end
  if bands[#bands].high ~= nil then
    return ("above %s there is no band"):format(tostring(bands[#bands].high))
  end
end

local function read_bands(text)
  local bands = {}
  text = full_width.narrowed(text):gsub("%s*([,:])%s*", "%1")
    :gsub("([%[%(])%s+", "%1"):gsub("%s+([%]%)])", "%1")
  for part in text:gmatch("%S+") do
    local band = read_band(part)
    if band == nil then
      return nil, "bands like [90,):5 [60,90):3 (,60):0"
    end
    bands[#bands + 1] = band
  end
  if #bands == 0 then return nil, "bands like [90,):5 [60,90):3 (,60):0" end
  local problem = check_cover(bands)
  if problem then return nil, problem, true end
  return bands
end

--- "①制度健全 1|②执行有效 1": what is checked, each with its points.
local function read_items(text)
  local items = {}
  text = text:gsub("｜", "|")
  for part in text:gmatch("[^|]+") do
    local name, points = part:match("^%s*(.-)%s+([%d%.]+)%s*$")
    if name == nil or number(points) == nil then
      return nil, "items like NAME POINTS|NAME POINTS"
    end
    items[#items + 1] = { name = name, points = number(points) }
  end
  if #items == 0 then return nil, "items like NAME POINTS|NAME POINTS" end
  return items
end

local deduction = { limit = { read = plain, default = "100" },
  step = { read = positive, default = "1" }, cut = { read = positive },
  side = { read = one_of("above", "below", "both"), default = "above" } }

--- What may come with any rule: which indicators the row takes, from where
--- on a result is flagged as far above target, and what is then taken away.
local common = { match = { read = function(text) return text end,
  optional = true }, over_from = { read = positive, optional = true },
  over_cut = { read = positive, optional = true } }

--- Parameters of each rule.
M.kinds = {
  prop = {}, inv = {}, band = { bands = { read = read_bands } },
  step = deduction,
  slope = { limit = deduction.limit, cut = deduction.cut,
    side = deduction.side },
  checklist = { items = { read = read_items } },
  penalty = { cut = { read = positive } },
  qual = {},
  exec_rate = { reason_below = { read = plain, optional = true } },
}

--- The rule kinds in the order of the documentation.
M.names = { "prop", "inv", "band", "step", "slope", "checklist", "penalty",
  "qual", "exec_rate" }

local function read_one(name, spec, text)
  if text == nil and spec.default then text = spec.default end
  if text == nil then
    if spec.optional then return nil end
    return nil, ("params: %s is missing"):format(name)
  end
  local value, expected, told = spec.read(text)
  if value ~= nil then return value end
  if told then return nil, ("params: %s: %s"):format(name, expected) end
  return nil, ("params: %s: '%s' is not %s"):format(name, text, expected)
end

--- Whether there is such a rule; nil and a message naming those there are.
---@param rule string
---@return boolean? known
---@return string? message
function M.check_kind(rule)
  if M.kinds[rule] ~= nil then return true end
  return nil, ("unknown rule kind '%s'; there are: %s"):format(rule,
    table.concat(M.names, ", "))
end

--- Parameters of a rule as values; nil and a message when the rule is not
--- known, a parameter is missing, unknown or cannot be read.
---@param rule string
---@param text string?
---@return table? params
---@return string? message
function M.params(rule, text)
  local is_known, unknown_kind = M.check_kind(rule)
  if not is_known then return nil, unknown_kind end
  local specs = M.kinds[rule]
  local given, problem = M.split(text)
  if given == nil then return nil, problem end
  local params = {}
  for _, list in ipairs { specs, common } do
    for name, spec in pairs(list) do
      local value, message = read_one(name, spec, given[name])
      if message then return nil, message end
      params[name], given[name] = value, nil
    end
  end
  local unknown = next(given)
  if unknown then
    return nil, ("params: the rule '%s' has no '%s'"):format(rule, unknown)
  end
  return params
end

-- Points ----------------------------------------------------------------

local function at_most(points, w)
  if points < 0 then return exact.of(0) end
  return points > w and w or points
end

--- w·min(ratio, 1): the ratio is actual/target, or target/actual for `inv`,
--- as the indicator's direction has it.
local function proportional(w, x)
  if x.met then return w end
  if x.ratio == nil then return nil, "there is no ratio to the target" end
  return at_most(w * x.ratio, w)
end

local function in_band(band, value)
  if band.low then
    local order = value:compare(band.low)
    if order < 0 or order == 0 and band.low_open then return false end
  end
  if band.high then
    local order = value:compare(band.high)
    if order > 0 or order == 0 and band.high_open then return false end
  end
  return true
end

local function points_of_band(band, w)
  local points = exact.of(band.points)
  if band.share then return exact.ratio(w * points, 100) end
  return at_most(points, w)
end

--- Whether a number of the range lies in the band.
local function meets(band, range)
  if band.high and range.low then
    local order = range.low:compare(band.high)
    if order > 0 or order == 0 and (band.high_open or range.low_open) then
      return false
    end
  end
  if band.low and range.high then
    local order = range.high:compare(band.low)
    if order < 0 or order == 0 and (band.low_open or range.high_open) then
      return false
    end
  end
  return true
end

--- The points of the band that the value lies in; of a range the fewest.
local function by_band(w, x, params)
  local fewest = nil
  for _, band in ipairs(params.bands) do
    local is_in = x.range and meets(band, x.range)
      or not x.range and in_band(band, x.value)
    if is_in then
      local points = points_of_band(band, w)
      if fewest == nil or points < fewest then fewest = points end
    end
  end
  return fewest
end

local function excess_of(value, params)
  local over = value - params.limit
  if params.side == "below" then over = -over
  elseif params.side == "both" and over:sign() < 0 then over = -over end
  return over
end

--- How far beyond the limit, on the side that costs points; of a range the
--- end that is further, and whether it is no number of the range itself; or nil
--- where that has none.
---@return evalua.exact? over
---@return boolean|string? open or why there is none
local function excess(x, params)
  local range = x.range
  if range == nil then return excess_of(x.value, params) end
  if params.side == "below" then
    return excess_of(range.low, params), range.low_open
  end
  if range.high == nil then
    return nil, "the actual value has no bound on the side that counts"
  end
  local low = excess_of(range.low, params)
  local high = excess_of(range.high, params)
  if low > high or low == high and range.high_open then
    return low, range.low_open
  end
  return high, range.high_open
end

--- w − ⌊excess/step⌋·cut: only whole steps cost. At an open end the last step
--- is not whole.
local function by_step(w, x, params)
  local over, open = excess(x, params)
  if over == nil then return nil, open end
  local whole = exact.ratio(over, params.step):floor()
  local steps = whole:integer()
  if steps == nil then return exact.of(0) end
  if open and whole * params.step == over then steps = steps - 1 end
  if steps <= 0 then return w end
  return at_most(w - exact.of(params.cut) * steps, w)
end

--- w − excess·cut.
local function by_slope(w, x, params)
  local over, why = excess(x, params)
  if over == nil then return nil, why end
  if over:sign() <= 0 then return w end
  return at_most(w - over * params.cut, w)
end

local function by_checklist(w, x, params)
  if x.items == nil then return nil, "the checklist is not answered" end
  local points = exact.of(0)
  for i, item in ipairs(params.items) do
    if x.items[i] == nil then
      return nil, ("item %d of the checklist is not answered"):format(i)
    end
    if x.items[i] then points = points + item.points end
  end
  return at_most(points, w)
end

local function by_penalty(w, x, params)
  if x.cases == nil then return nil, "the number of cases is not given" end
  return at_most(w - exact.of(params.cut) * x.cases, w)
end

local function by_assessment(w, x)
  if x.percent == nil then return nil, "no percentage was assessed" end
  return at_most(exact.ratio(w * x.percent, 100), w)
end

local function by_execution(w, x)
  return at_most(exact.ratio(w * x.value, 100), w)
end

local points_of = { prop = proportional, inv = proportional, band = by_band,
  step = by_step, slope = by_slope, checklist = by_checklist,
  penalty = by_penalty, qual = by_assessment, exec_rate = by_execution }

--- Rules that judge a value, and have nothing to say without one.
local needs_value = { band = true, step = true, slope = true,
  exec_rate = true }

--- Points of a rule, 0 to w, or nil and why there are none.
---@param rule string
---@param w evalua.exact
---@param x table value= range= met= ratio= items= cases= percent=
---@param params table of M.params
---@return evalua.exact? points
---@return string? why
function M.points(rule, w, x, params)
  if needs_value[rule] and x.value == nil then
    return nil, "there is no value"
  end
  local points, why = points_of[rule](w, x, params)
  if points == nil then return nil, why end
  if params.over_from and params.over_cut and x.over
    and x.over:compare(params.over_from) > 0 then
    points = at_most(points - exact.ratio(w * params.over_cut, 100), w)
  end
  return points
end

return M

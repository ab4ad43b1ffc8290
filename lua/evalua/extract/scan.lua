--- Numbers with their units in a line of Chinese text, by LPeg: one pass, no
--- backtracking beyond a number. What a number means is not decided here.

local lpeg = require "lpeg"
local units = require "evalua.audit.units"
local words = require "evalua.extract.words"

local P, R, S, C, Cc, Cp, Ct, Cg = lpeg.P, lpeg.R, lpeg.S, lpeg.C, lpeg.Cc,
  lpeg.Cp, lpeg.Ct, lpeg.Cg

local M = {}

--- One of many texts, the longest that fits.
local function any_of(texts)
  table.sort(texts, function(a, b)
    if #a ~= #b then return #a > #b end
    return a < b
  end)
  local pattern = P(false)
  for _, text in ipairs(texts) do pattern = pattern + P(text) end
  return pattern
end

-- Digits ------------------------------------------------------------------------

local wide_digit = P "\239\188" * R "\144\153"
local digit = R "09" + wide_digit
local comma = P "," + "，" * #wide_digit
local point = P "." + "．"

--- 1,234,567 has groups of three; 1,2,3 is three numbers.
local three = digit * digit * digit
local grouped = digit * digit ^ -2 * (comma * three) ^ 1 * -digit
local digits = (grouped + digit ^ 1) * (point * digit ^ 1) ^ -1

local plain_of = {}
for i = 0, 9 do plain_of["\239\188" .. string.char(144 + i)] = tostring(i) end

--- "４，２６３．６７" as "4263.67".
local function plain(text)
  text = text:gsub("\239\188[\144-\153]", plain_of)
  text = text:gsub("．", "."):gsub(",", ""):gsub("，", "")
  return (text:gsub("^0+(%d)", "%1"))
end

-- Chinese numerals ----------------------------------------------------------------

local worth = { ["零"] = 0, ["〇"] = 0, ["一"] = 1, ["二"] = 2, ["两"] = 2,
  ["三"] = 3, ["四"] = 4, ["五"] = 5, ["六"] = 6, ["七"] = 7, ["八"] = 8,
  ["九"] = 9 }
local power = { ["十"] = 10, ["百"] = 100, ["千"] = 1000 }

local function keys(map)
  local list = {}
  for name in pairs(map) do list[#list + 1] = name end
  return list
end

local numeral = any_of(keys(worth)) + any_of(keys(power))

--- The whole number of 二百三十五, 十二, 两; nil for what is none (三五, 百).
local function whole_of(text)
  local total, last, least = 0, nil, 10000
  for _, code in utf8.codes(text) do
    local word = utf8.char(code)
    if power[word] then
      if power[word] >= least then return nil end
      if last == nil and (word ~= "十" or total > 0) then return nil end
      total, least = total + (last or 1) * power[word], power[word]
      last = nil
    elseif worth[word] == 0 then
      if last ~= nil or least == 10000 then return nil end
    else
      if last ~= nil then return nil end
      last = worth[word]
    end
  end
  total = total + (last or 0)
  return total > 0 and total or nil
end
M.whole_of = whole_of

-- Figures ---------------------------------------------------------------------------

--- The grammar, made from the tables of units and words when first used.
local function build()
  local blank = (P " " + "　" + "\194\160") ^ -2
  local names, latin_names, worded, counted = {}, {}, {}, {}
  local thousands = {} -- 千瓦 is no thousand of anything
  for name, unit in pairs(units.all()) do
    if name:find "^千" then thousands[#thousands + 1] = name end
    if name:find("^%a") then latin_names[#latin_names + 1] = name
    elseif name ~= "%" and name ~= "‰" then names[#names + 1] = name end
    if unit.worded then worded[#worded + 1] = name end
    if unit.discrete then counted[#counted + 1] = name end
  end
  local per = P "/" * any_of { "月", "年", "人", "天", "日", "平方米", "亩",
    "户", "次", "平方公里", "公里", "立方米", "升", "小时", "吨", "件", "套" }
  local latin_per = P "/" * any_of { "h", "s", "min", "d", "a", "kg", "t", "L",
    "m2", "m²", "m3", "m³", "km" } * -R("az", "AZ", "09")
  local sizes = any_of { "万亿", "千万", "百万", "亿", "万", "千" }
  local percent = (P "%" + "％") * Cc "%" + C "‰"
    + (P "个百分点" + "百分点") * Cc "百分点"
  local above = words.all().lists.middle
  local qualified = Cg(C(any_of { table.unpack(above) }), "middle") ^ -1
  -- m and km are units, the m of 5mg is none
  local unit = C(any_of(names) * per ^ -1)
    + C(any_of(latin_names) * latin_per ^ -1) * -R("az", "AZ", "09")
  local months = (P "个多月" + "个余月") * Cg(Cc "个月", "unit")
    * Cg(Cc "多", "middle")
  local measure = Cg(percent, "unit") + months
    + Cg(C(any_of(thousands) * per ^ -1), "unit")
    + Cg(C(sizes), "size") * qualified * blank * Cg(unit, "unit") ^ -1
    + Cg(unit, "unit")
  local tail = Cg(blank * Cp(), "after_number") * qualified * blank
    * measure ^ -1 * Cg(Cp(), "stop")
  local sign = Cg(C(P "-" + "−" + "－"), "sign") ^ -1
  local digital = Ct(Cg(Cp(), "start") * sign * Cg(C(digits) / plain, "text")
    * tail)
  local spelled = Ct(Cg(Cp(), "start") * Cg(C(numeral ^ 1), "numeral")
    * qualified * (Cg(C(sizes), "size") * qualified) ^ -1
    * Cg(C(any_of(worded)), "unit") * Cg(Cp(), "stop"))
  local hundredths = Ct(Cg(Cp(), "start") * "百分之"
    * Cg(C(numeral ^ 1) * (P "点" * C(numeral ^ 1)) ^ -1
      / function(whole, part) return whole .. (part and "点" .. part or "") end,
      "hundredths") * Cg(Cp(), "stop"))
  -- two letters or more before a count are a noun: CT1台
  local behind_letters = R "AZ" ^ 2 * #(digits * any_of(counted))
    * Ct(Cg(Cp(), "start") * Cg(Cc(true), "behind_letters")
      * Cg(C(digits) / plain, "text") * tail)
  local latin = R("az", "AZ") * (R("az", "AZ", "09") + S "-._/") ^ 0
  local character = R "\0\127" + R "\194\223" * 1 + R "\224\239" * 2
    + R "\240\244" * 3 + 1
  -- What holds digits but is no figure: A4, H1N1, PM2.5.
  return Ct((behind_letters + latin + digital + hundredths + spelled
    + character) ^ 0) * Cc(true)
end

local grammar = nil

--- Candidates of a line in order: start and stop (bytes, from 1, stop behind),
--- text (digits) or numeral or hundredths, sign, middle (余), size (万), unit.
---@param line string
---@return table[]
function M.line(line)
  grammar = grammar or build()
  return (grammar:match(line))
end

return M

--- The arithmetic of a rule as text, with the figures in it:
--- "2200.9 + 2062.77 = 4263.67万元".

local describe = require "evalua.audit.describe"
local lang = require "evalua.lang"
local values = require "evalua.audit.value"

local M = {}

local PLACES = 4 -- decimals of a quotient

local marks = {
  zh = { approx = "约%s%s", approx_above = "%s余%s", at_least = "至少%s%s",
    at_most = "至多%s%s" },
  en = { approx = "about %s%s", approx_above = "%s+%s",
    at_least = "at least %s%s", at_most = "at most %s%s" },
}

local function minus(text) return (text:gsub("^%-", "−")) end

--- A figure of the report, as written.
---@param text string
---@param unit string?
---@param qualifier string?
---@param lang_ "en"|"zh"
function M.figure(text, unit, qualifier, lang_)
  local mark = marks[lang_][qualifier or "exact"] or "%s%s"
  return mark:format(minus(text), unit or "")
end

local function number(value, factor)
  return minus((value / factor):text(PLACES))
end

local one_percent = require("evalua.exact").of "1/100"

--- A value that was worked out. `percent` shows plain numbers so; `like` lends
--- its unit to a value without one; `bare` leaves the unit out.
---@param value evalua.audit.value
---@param opts { percent: boolean?, like: evalua.audit.value?, bare: boolean? }
---@return string
function M.value(value, opts)
  local factor, tail, like = value.factor, value.unit or "", opts.like
  if tail == "" and like and like.unit and values.same_dims(value, like) then
    factor, tail = like.factor, like.unit
  end
  if opts.percent and next(value.dims) == nil then
    factor, tail = one_percent, "%"
  end
  if opts.bare and tail ~= "%" then tail = "" end
  local lo, hi = value.near.lo, value.near.hi
  if lo and hi and lo == hi then return number(lo, factor) .. tail end
  if lo and hi then
    return number(lo, factor) .. "…" .. number(hi, factor) .. tail
  end
  if lo then return "≥ " .. number(lo, factor) .. tail end
  return hi and "≤ " .. number(hi, factor) .. tail or "?"
end

-- Which figures a tree names ----------------------------------------------------

local function units_in(node, state, found)
  if node.op == "first" then node = node.chosen or {} end
  local define = node.op == "figure" and state.defines[node.id]
  if define then return units_in(define, state, found) end
  local is_leaf = node.op == "figure" or node.op == "sum"
    or node.op == "number" or node.op == "value"
  local unit = is_leaf and node.value and node.value.unit
  if unit and unit ~= "%" then found[unit] = true end
  for _, inner in ipairs(node) do units_in(inner, state, found) end
  return found
end

--- The unit that all figures have, which is then written once, at the end of
--- the line; nil and false where there are several.
local function common_unit(node, state)
  local found = units_in(node, state, {})
  local first = next(found)
  if first == nil then return nil, true end
  if next(found, first) == nil then return first, true end
  return nil, false
end

local signs = { add = " + ", subtract = " − ", multiply = " × ",
  divide = " / " }
local ranks = { add = 1, subtract = 1, multiply = 2, divide = 2 }

local leaf

local function sum_text(node, state, rank)
  local sign = signs[node.op]
  if sign == nil then return leaf(node, state, rank) end
  local own = ranks[node.op]
  local text = sum_text(node[1], state, own) .. sign
    .. sum_text(node[2], state, own + 1)
  return own < rank and "(" .. text .. ")" or text
end

local function rows_label(node, state)
  local pattern = state.lang == "zh" and "（%s）" or "[%s]"
  return pattern:format(describe.rows(node, state.lang, state.data))
end

local leaves = {
  number = function(node, state)
    local unit = node.unit
    -- a unit that stands at the end of the line is not said here
    if state.bare and (state.tail or "") ~= "" and unit ~= "%" then
      unit = nil
    end
    return node.text .. (unit or "")
  end,
  figure = function(node, state, rank)
    local define = state.defines[node.id]
    if define ~= nil then return sum_text(define, state, rank) end
    if node.value == nil then return "?" end
    local cells = node.row.cells
    local unit = cells.measure_unit
    if state.bare and unit ~= "%" then unit = nil end
    return M.figure(cells.value, unit, cells.qualifier, state.lang)
  end,
  negate = function(node, state)
    return "−" .. sum_text(node[1], state, 2)
  end,
  abs = function(node, state)
    return "|" .. sum_text(node[1], state, 0) .. "|"
  end,
  sum = function(node, state, rank)
    if node.value == nil then return "?" end
    local parts, column = {}, node.column or "amount"
    for _, row in ipairs(node.rows) do
      if row.cells[column] then
        local unit = not state.bare and row.cells.measure_unit or nil
        parts[#parts + 1] = M.figure(row.cells[column], unit,
          row.cells.qualifier, state.lang)
      end
    end
    if #parts == 1 then return parts[1] end
    if #parts > 6 then
      return ("Σ%d %s"):format(#parts, M.value(node.value, {}))
    end
    local text = table.concat(parts, " + "):gsub("%+ −", "− ")
    return rank > 0 and "(" .. text .. ")" or text
  end,
  elapsed = function(node)
    if node.value == nil then return "?" end
    return ("%d / %d"):format(node.day, node.days)
  end,
}

local function counted(node, state)
  if node.value == nil then return "?" .. rows_label(node, state) end
  return M.value(node.value, {}) .. rows_label(node, state)
end
leaves.count, leaves.distinct, leaves.value = counted, counted, counted

local function extreme(node, state)
  local parts = {}
  for i, inner in ipairs(node) do parts[i] = sum_text(inner, state, 0) end
  return node.op .. "(" .. table.concat(parts, ", ") .. ")"
end
leaves.min, leaves.max = extreme, extreme

function leaves.first(node, state, rank)
  return node.chosen and sum_text(node.chosen, state, rank) or "?"
end

function leaf(node, state, rank) return leaves[node.op](node, state, rank) end

--- Whether a node's text is its value already.
local function is_plain(node, state)
  if node.op == "figure" and state.defines[node.id] then
    return is_plain(state.defines[node.id], state)
  end
  if node.op == "first" then
    return node.chosen == nil or is_plain(node.chosen, state)
  end
  if node.op == "sum" then return #(node.rows or {}) <= 1 end
  return node.op == "figure" or node.op == "number" or node.op == "count"
    or node.op == "distinct" or node.op == "value"
end

local opposite = { ["="] = "≠", ["≠"] = "=", ["<"] = "≥", ["≥"] = "<",
  [">"] = "≤", ["≤"] = ">" }

local function has_percent(node)
  if node.op == "number" and node.unit == "%" then return true end
  if node.op == "figure" and node.row
    and node.row.cells.measure_unit == "%" then return true end
  for _, inner in ipairs(node) do
    if has_percent(inner) then return true end
  end
  return false
end

--- "a + b = c" for a side of a comparison; only the value for a plain one, and
--- only the sum where the other side repeats its value.
local function side_text(node, other, state)
  local text = sum_text(node, state, 0)
  if is_plain(node, state) or node.value == nil or state.repeated then
    return text
  end
  return text .. " = " .. M.value(node.value, { like = other.value,
    percent = state.percent, bare = state.tail ~= "" })
end

--- The sign between two sides: what is so, with a question mark where that is
--- not known.
local function sign_of(node)
  if node.truth == false then return opposite[node.relation] end
  local known = node[1].value and node[2].value
  return node.relation .. (node.truth == nil and known and "?" or "")
end

--- How far the two sides of an equation are apart.
local function gap_text(node, state)
  local a, b = node[1].value, node[2].value
  if node.truth ~= false or node.relation ~= "=" then return "" end
  local off = values.add(a, values.negate(b))
  return lang.text(state.lang, " (difference %s)", M.value(off,
    { like = b, percent = state.percent }))
end

local texts

local function joined(word)
  return function(node, state)
    local parts = {}
    for _, inner in ipairs(node) do
      local text = texts[inner.op](inner, state)
      if text ~= parts[#parts] then parts[#parts + 1] = text end
    end
    return table.concat(parts, lang.text(state.lang, word))
  end
end

--- "85% ≤ a / b = 90% ≤ 115%": two bounds of one figure.
local function chain_text(node, state)
  local low, high = node[1], node[2]
  state.bare = select(2, common_unit(node, state))
  state.percent, state.tail, state.repeated = has_percent(node), "", false
  return sum_text(low[1], state, 0) .. " " .. sign_of(low) .. " "
    .. side_text(low[2], low[1], state) .. " " .. sign_of(high) .. " "
    .. sum_text(high[2], state, 0)
end

local all_of = joined "; "

texts = {
  ["and"] = function(node, state)
    return node.chain and chain_text(node, state) or all_of(node, state)
  end,
  ["or"] = joined " or ",
  agree = joined "; ",
  exists = function(node, state)
    return #node.rows .. rows_label(node, state)
  end,
  compare = function(node, state)
    local left, right = node[1], node[2]
    local unit, bare = common_unit(node, state)
    state.bare, state.percent, state.tail = bare, has_percent(node), ""
    if unit and left.value and left.value.unit == unit
      and right.value and right.value.unit == unit then
      state.tail = unit
    end
    state.repeated = node.truth and node.relation == "="
      and is_plain(right, state)
    local before = side_text(left, right, state)
    state.repeated = false
    local after = side_text(right, left, state) .. state.tail
    return before .. " " .. sign_of(node) .. " " .. after
      .. gap_text(node, state)
  end,
}

--- The text of a condition that was worked out.
---@param node table
---@param ctx evalua.audit.context
---@param lang_ "en"|"zh"
---@return string
function M.condition(node, ctx, lang_)
  return texts[node.op](node, { lang = lang_, defines = ctx.defines,
    data = ctx.data })
end

--- The text of a sum that was worked out, "name: a / b = c".
---@param node table
---@param ctx evalua.audit.context
---@param lang_ "en"|"zh"
---@param percent boolean?
---@return string
function M.sum(node, ctx, lang_, percent)
  local state = { lang = lang_, defines = ctx.defines, data = ctx.data,
    percent = percent }
  state.bare = select(2, common_unit(node, state))
  local text = sum_text(node, state, 0)
  if node.value == nil then return text .. " = ?" end
  if is_plain(node, state) then
    return M.value(node.value, { percent = percent })
  end
  return text .. " = " .. M.value(node.value, { percent = percent })
end

local function comparisons(node, all)
  if node.op == "compare" then all[#all + 1] = node end
  if node.op == "and" or node.op == "or" or node.op == "agree" then
    for _, inner in ipairs(node) do comparisons(inner, all) end
  end
  return all
end

--- The comparison that decides a condition: the first that is not so, else
--- the first that is not known, else the first.
---@param node table
---@return table?
function M.deciding(node)
  local all = comparisons(node, {})
  for _, wanted in ipairs { "false", "nil" } do
    for _, inner in ipairs(all) do
      if tostring(inner.truth) == wanted then return inner end
    end
  end
  return all[1]
end

local turned = { ["<"] = ">", [">"] = "<", ["≤"] = "≥", ["≥"] = "≤" }

--- What a comparison expects and what was found.
---@param node table?
---@param lang_ "en"|"zh"
---@return string? expected
---@return string? found
function M.expected(node, lang_)
  if node == nil then return nil, nil end
  local left, right, sign = node[1], node[2], node.relation
  if left.op == "number" then
    left, right, sign = right, left, turned[sign] or sign
  end
  local a, b = left.value, right.value
  local percent, unknown = has_percent(node), lang.text(lang_, "not given")
  local expected = b and (sign == "=" and "" or sign .. " ")
    .. M.value(b, { percent = percent, like = a })
  return expected or unknown,
    a and M.value(a, { percent = percent, like = b }) or unknown
end

return M

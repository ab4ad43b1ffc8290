--- The sentence above a chart, made from its rows. It says only what follows
--- from the figures by arithmetic.
local amount = require "evalua.chart.amount"
local rows_of = require "evalua.chart.rows"
local words = require "evalua.chart.words"

local M = {}

-- How to say more and less than the base scenario.
local verbs = {
  budget = {
    [1] = { "%s: %s over %s", ", the only line over",
      "%s: slightly over %s" },
    [-1] = { "%s: %s under %s", ", the only line under",
      "%s: slightly under %s" },
  },
  other = {
    [1] = { "%s: %s above %s", ", the only line above",
      "%s: slightly above %s" },
    [-1] = { "%s: %s below %s", ", the only line below",
      "%s: slightly below %s" },
  },
}

--- Chinese leaves a blank between its own script and another.
local function spaced(name, lang)
  if lang ~= "zh" then return name end
  return (name:gsub("^%w", " %0"):gsub("[%w%)]$", "%0 "))
end

--- Is it too little for a digit in the chart's unit?
local function is_slight(context, value)
  return not context.amount(value):find("[1-9]")
end

--- What the message may speak of: the groups where there are any, else the
--- leaves.
local function items_of(rows)
  local top
  for _, row in ipairs(rows) do
    if row.role == "subtotal" then
      top = math.min(top or math.huge, row.level or 1)
    end
  end
  if not top then return rows_of.leaves(rows) end
  local out = {}
  for _, row in ipairs(rows) do
    if row.role == "subtotal" and (row.level or 1) == top then
      out[#out + 1] = row
    end
  end
  return out
end

--- Items whose variance has this sign, in their order.
local function on_side(items, sign)
  local side = {}
  for _, row in ipairs(items) do
    if amount.sign(row.variance) == sign then side[#side + 1] = row end
  end
  return side
end

---@class MessageContext
---@field lang string
---@field base string the base scenario's name
---@field is_budget boolean
---@field polarity integer? of the rows
---@field amount fun(value: any): string size with unit

--- "X: 2,618 over budget", and the words for "nobody else is".
---@param context MessageContext
local function say(context, row, sign)
  local verb = verbs[context.is_budget and "budget" or "other"][sign]
  local only = verb[2]
  if context.is_budget and sign > 0 and context.polarity == -1 then
    only = ", the only overrun"
  end
  local size = context.amount(row.variance)
  local name, base = spaced(row.label, context.lang), context.base
  local text
  if is_slight(context, row.variance) then
    text = words.text(context.lang, verb[3], name, base)
  elseif context.lang == "zh" then
    text = words.text("zh", verb[1], name, base, size)
  else
    text = words.text(context.lang, verb[1], name, size, base)
  end
  return (text:gsub("^ ", "")), only
end

--- Of a single line, or without a total of one kind: the largest variance.
local function about_largest(context, items)
  local row = items[1]
  return (say(context, row, amount.sign(row.variance)))
end

--- The first one or two of a side, and what they come to.
local function names_of(context, side, names)
  local lang = context.lang
  if #side == 0 or is_slight(context, side[1].variance) then return "" end
  local first = spaced(side[1].label, lang)
  if names < 2 or #side < 2 then
    return words.text(lang, ", %s alone by %s", first,
      context.amount(side[1].variance))
  end
  local sum = side[1].variance + side[2].variance
  local text = words.text(lang, ", %s and %s together by %s", first,
    spaced(side[2].label, lang), context.amount(sum))
  return (text:gsub("^， ", "，"))
end

--- Is there no line of this sign but in the group `only` (or it itself)?
local function is_only(rows, items, only, sign)
  local is_item, others = {}, false
  for _, item in ipairs(items) do is_item[item] = true end
  for _, row in ipairs(rows) do
    if rows_of.is_leaf(row) then
      others = others or row ~= only and amount.sign(row.variance) == sign
    end
    if is_item[row] and row.role == "subtotal" then
      if others and row ~= only then return false end
      others = false
    end
  end
  return not others
end

--- The total's variance and who is behind it.
local function about_total(context, rows, items, total, names)
  local sign = amount.sign(total.variance)
  local side = on_side(items, sign)
  if #side == 1 and is_only(rows, items, side[1], sign) then
    local text, only = say(context, side[1], sign)
    return text .. words.text(context.lang, only)
  end
  return say(context, total, sign) .. names_of(context, side, names)
end

--- The total, where the rows have one polarity: what nets revenue against
--- expense is not the sum of its lines.
local function total_of(rows, items, context)
  if context.polarity == 0 then return nil end
  return rows_of.total(rows)
    or rows_of.combine(items, words.text(context.lang, "Total"))
end

--- Items by the size of their variances.
local function largest_first(items)
  local sorted = rows_of.sort(items, "none")
  rows_of.sort_range(sorted, 1, #sorted, function(row)
    return amount.abs(row.variance)
  end)
  return sorted
end

---@param rows Row[] all of them, before any folding
---@param names integer how many of the largest items to name, 1 or 2
---@return string
function M.make(rows, context, names)
  local items = largest_first(items_of(rows))
  if #items > 0 and amount.sign(items[1].variance) == 0 then
    items = largest_first(rows_of.leaves(rows)) -- which may be off within groups
  end
  if #items == 0 or items[1].variance == nil then
    return words.text(context.lang, "No figures")
  end
  if amount.sign(items[1].variance) == 0 then
    return words.text(context.lang, "Every line is exactly on %s",
      context.base)
  end
  local total = #items > 1 and total_of(rows, items, context)
  if not total then return about_largest(context, items) end
  if amount.sign(total.variance) == 0 then
    return words.text(context.lang, "The total is exactly on %s",
      context.base)
  end
  return about_total(context, rows, items, total, names)
end

return M

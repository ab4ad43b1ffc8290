--- Rules over lists of names (lists.csv, list_items.csv): counted against the
--- number given, named twice, the same list in two places.

local evaluate = require "evalua.audit.evaluate"
local render = require "evalua.audit.render"

local M = {}

--- The items of a list in their order; they count as used.
local function items_of(ctx, id)
  local items = {}
  for _, row in ipairs(ctx.data.tables.list_items or {}) do
    if row.cells.list_id == id then
      items[#items + 1] = row
      ctx.used[#ctx.used + 1] = { row = row, column = "as_written" }
    end
  end
  return items
end

local function title_of(row, lang)
  local cells = row.cells
  return lang == "zh" and cells.name_zh or cells.name_en or cells.name_zh
    or cells.id
end

local function each_list(rule, ctx, say, reasons)
  if rule.cells.subject == "*" then
    local all = ctx.data.tables.lists or {}
    if #all == 0 then reasons[#reasons + 1] = say "there are no lists" end
    return all
  end
  local found = {}
  for id in rule.cells.subject:gmatch "[^|]+" do
    local row = (ctx.data.by_id.lists or {})[id]
    if row == nil then reasons[#reasons + 1] = say("there is no list '%s'", id)
    else found[#found + 1] = row end
  end
  return found
end

--- The number that the report gives for a list.
local function stated_number(ctx, row)
  local fact = (ctx.data.by_id.facts or {})[row.cells.stated_fact_id or ""]
  if fact ~= nil then
    evaluate.cell(ctx, fact, "value")
    return tonumber(fact.cells.value)
  end
  return tonumber(row.cells.stated_value or "")
end

--- What is to be said of the word that the items are said to be.
local function noun_reason(row, items, say)
  local noun, k = row.cells.noun, 0
  if noun == nil or #items == 0 then return nil end
  for _, item in ipairs(items) do
    if item.cells.as_written:sub(-#noun) == noun then k = k + 1 end
  end
  if k == #items or k == 0 then return nil end
  return say("%d of %d names end in “%s”", k, #items, noun)
end

--- Whether a list agrees with its number, by its form: only a full list can
--- contradict it by having too few names.
local function agrees(form, n, stated)
  if stated == nil or form == "none" then return nil end
  if n == stated then return true end
  if form == "full" or n > stated then return false end
  return nil
end

local function counted_text(row, n, stated, truth, say)
  local name = title_of(row, say.lang)
  if row.cells.form == "none" then
    return say("%s: %s stated, no names given", name, tostring(stated or "?"))
  end
  local sign = truth and "=" or truth == false and "≠" or "<"
  return say("%s: %d counted %s %s stated", name, n, sign,
    tostring(stated or "?"))
end

local function count_list(row, ctx, say, result)
  local items = items_of(ctx, row.cells.id)
  local stated = stated_number(ctx, row)
  local truth = agrees(row.cells.form, #items, stated)
  if not (result.all and truth) then
    result.lines[#result.lines + 1] = counted_text(row, #items, stated, truth,
      say)
  end
  if truth ~= true or result.found == nil then
    result.expected = stated and tostring(stated) or say "not given"
    result.found = row.cells.form == "none" and say "not given"
      or tostring(#items)
  end
  local counted = (ctx.data.by_id.facts or {})[row.cells.counted_fact_id or ""]
  if counted ~= nil and tonumber(counted.cells.value) ~= #items then
    evaluate.cell(ctx, counted, "value")
    truth = false
    result.lines[#result.lines + 1] = say("%s is said to be %s, counted: %d",
      counted.cells.id, counted.cells.value, #items)
  end
  if truth == nil and row.cells.form ~= "none" and stated then
    result.reasons[#result.reasons + 1] = say("%d of %d are not named",
      stated - #items, stated)
  end
  result.reasons[#result.reasons + 1] = noun_reason(row, items, say)
  return truth
end

--- All three-valued: one false makes false, else one unknown unknown.
local function both(a, b)
  if a == false or b == false then return false end
  if a == nil or b == nil then return nil end
  return true
end

--- list-count: subject names lists ("a|b", "*" all); `check` may ask for more. A rule
--- with a check may have "-" as its subject.
function M.run_count(rule, ctx, say)
  local result = { lines = {}, reasons = {}, all = rule.cells.subject == "*" }
  local truth = true
  if rule.cells.subject ~= "-" then
    local found = each_list(rule, ctx, say, result.reasons)
    if #found == 0 then truth = nil end
    for _, row in ipairs(found) do
      local answer = count_list(row, ctx, say, result)
      truth = both(truth, answer)
    end
  end
  if rule.tree ~= nil then
    local more = evaluate.truth(ctx, rule.tree)
    result.lines[#result.lines + 1] = render.condition(rule.tree, ctx,
      say.lang)
    if result.found == nil or more ~= true then
      result.expected, result.found = render.expected(
        render.deciding(rule.tree), say.lang)
    end
    truth = both(truth, more)
  end
  if result.all and truth and #result.lines == 0 then
    result.lines[1] = say "every list agrees with its number"
  end
  result.truth = truth
  return result
end

--- list-unique: no name stands twice in a list.
function M.run_unique(rule, ctx, say)
  local result = { lines = {}, reasons = {}, truth = true }
  local found = each_list(rule, ctx, say, result.reasons)
  if #found == 0 then result.truth = nil end
  for _, row in ipairs(found) do
    local items, first, distinct = items_of(ctx, row.cells.id), {}, 0
    for i, item in ipairs(items) do
      local name = item.cells.as_written
      if first[name] then
        result.truth = false
        result.lines[#result.lines + 1] = say(
          "“%s” stands twice: items %d and %d", name, first[name], i)
      else
        first[name], distinct = i, distinct + 1
      end
    end
    if rule.cells.subject ~= "*" or distinct < #items then
      table.insert(result.lines, 1, say("%s: %d names, %d different",
        title_of(row, say.lang), #items, distinct))
      result.expected, result.found = tostring(#items), tostring(distinct)
    end
  end
  if #found > 0 and #result.lines == 0 then
    result.lines[1] = say("%d lists without a name twice", #found)
  end
  return result
end

local function joined(items)
  local texts = {}
  for i, item in ipairs(items) do texts[i] = item.cells.as_written end
  return table.concat(texts, "、")
end

--- list-equal: two lists name the same things in the same order.
function M.run_equal(rule, ctx, say)
  local result = { lines = {}, reasons = {} }
  local found = each_list(rule, ctx, say, result.reasons)
  if #found < 2 then return result end
  local first = joined(items_of(ctx, found[1].cells.id))
  result.truth = true
  for i = 2, #found do
    local other = joined(items_of(ctx, found[i].cells.id))
    local same = other == first
    if not same then result.truth = false end
    result.lines[#result.lines + 1] = ("%s: %s %s %s: %s"):format(
      title_of(found[1], say.lang), first, same and "=" or "≠",
      title_of(found[i], say.lang), other)
    result.expected, result.found = first, other
  end
  return result
end

return M

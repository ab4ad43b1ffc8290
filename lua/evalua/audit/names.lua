--- Rules over spellings and numbering: mentions against the names in use,
--- heading numbers against the places where they stand.

local core = require "evalua.core"

local M = {}

-- Aliases -----------------------------------------------------------------------

--- A name without the dots and blanks that some write inside it.
local function bare(name) return (name:gsub("·", ""):gsub("%s", "")) end

--- How a name as written fits its entity: "name", "alias" or "other".
local function fit(written, entity)
  if bare(written) == bare(entity.cells.name_zh) then return "name" end
  for alias in (entity.cells.alias or ""):gmatch "[^|]+" do
    if bare(alias) == bare(written) then return "alias" end
  end
  return "other"
end

local function entity_of(ctx, row)
  local id = row.cells.entity_id or ""
  local by_id = ctx.data.by_id
  return (by_id.projects or {})[id] or (by_id.units or {})[id]
end

local function spelling_text(written, entity, how, say)
  local name = entity.cells.name_zh
  if how == "name" then return ("“%s” = %s"):format(name, written) end
  if how == "alias" then return say("“%s” is short for %s", written, name) end
  local far = core.text.distance(bare(written), bare(name))
  return say("“%s” ≠ “%s” (characters that differ: %s)", written, name,
    tostring(far or "?"))
end

--- Rows of mentions.csv by id, or the items of a list; "*": all that mean a
--- unit or a project.
local function subjects(rule, ctx, say, reasons)
  local rows = {}
  if rule.cells.subject == "*" then
    for _, name in ipairs { "mentions", "list_items" } do
      for _, row in ipairs(ctx.data.tables[name] or {}) do
        local kind = row.cells.entity_kind
        local is_name = kind == "unit" or kind == "project"
        if is_name and row.cells.entity_id then rows[#rows + 1] = row end
      end
    end
    return rows
  end
  for id in rule.cells.subject:gmatch "[^|]+" do
    local mention = (ctx.data.by_id.mentions or {})[id]
    local list = (ctx.data.by_id.lists or {})[id]
    if mention ~= nil then rows[#rows + 1] = mention end
    for _, item in ipairs(list and ctx.data.tables.list_items or {}) do
      if item.cells.list_id == id then rows[#rows + 1] = item end
    end
    if mention == nil and list == nil then
      reasons[#reasons + 1] = say("there is no mention or list '%s'", id)
    end
  end
  return rows
end

local function stands_in(ctx, list, entity_id)
  for _, item in ipairs(ctx.data.tables.list_items or {}) do
    if item.cells.list_id == list and item.cells.entity_id == entity_id then
      return true
    end
  end
  return false
end

--- alias: names as written are the names (or, with check "alias", the short
--- forms) of what they mean; "in LIST" asks that it stand in that list too. A
--- spelling that is neither always fails.
function M.run_alias(rule, ctx, say)
  local result = { lines = {}, reasons = {}, truth = true }
  local check = rule.cells.check or "alias"
  local mode, list = check:match("^(%l+)%s*i?n?%s*([%w_]*)$")
  local rows, full = subjects(rule, ctx, say, result.reasons), 0
  if #rows == 0 then result.truth = nil end
  for _, row in ipairs(rows) do
    local written, entity = row.cells.as_written, entity_of(ctx, row)
    ctx.used[#ctx.used + 1] = { row = row, column = "as_written" }
    local text
    if entity == nil then
      text = say("“%s” is no name that the tables have", written)
      result.truth = result.truth and nil
    else
      ctx.used[#ctx.used + 1] = { row = entity, column = "name_zh" }
      local how = fit(written, entity)
      if how == "name" then full = full + 1 end
      text = spelling_text(written, entity, how, say)
      if how == "other" then
        result.truth, result.forced = false, "fails"
        result.expected = result.expected or entity.cells.name_zh
        result.found = result.found or written
      elseif how == "alias" and mode == "name" then
        result.truth = false
      end
      if rule.cells.subject == "*" and how ~= "other" then text = nil end
      if text and list and list ~= "" and not stands_in(ctx, list,
        row.cells.entity_id) then
        result.truth, result.forced = false, "fails"
        text = text .. say(", not in the list '%s'", list)
      end
    end
    result.lines[#result.lines + 1] = text
  end
  if #rows > 0 and #result.lines == 0 then
    result.lines[1] = say("%d names, all as in the tables", #rows)
  end
  if #rows == 0 then
    result.reasons = result.reasons or {}
    table.insert(result.reasons, say "no names are given as written")
    return result
  end
  result.expected = result.expected or say "names of the tables"
  result.found = result.found or say("%d of %d are the full name", full, #rows)
  return result
end

-- Heading numbers ---------------------------------------------------------------

local digits = { ["一"] = 1, ["二"] = 2, ["三"] = 3, ["四"] = 4, ["五"] = 5,
  ["六"] = 6, ["七"] = 7, ["八"] = 8, ["九"] = 9 }

--- The whole number that 十二, 二十, 3 or ３ means; nil for anything else.
---@param text string
---@return integer?
function M.ordinal(text)
  text = text:gsub("０", "0"):gsub("\239\188([\144-\153])", function(byte)
    return tostring(byte:byte() - 144)
  end)
  if text:find("^%d+$") then return math.tointeger(tonumber(text)) end
  local tens, ones = text:match("^(.-)十(.*)$")
  if tens ~= nil then
    local ten = tens == "" and 1 or digits[tens]
    local one = ones == "" and 0 or digits[ones]
    return ten and one and ten * 10 + one
  end
  return digits[text]
end

local openings, closings = { "（", "(" }, { "）", ")", "、", "．", "." }

--- `text` without the first of `marks` that it begins (or ends) with.
local function without(text, marks, at_end)
  for _, mark in ipairs(marks) do
    if not at_end and text:sub(1, #mark) == mark then
      return text:sub(#mark + 1), mark
    elseif at_end and text:sub(-#mark) == mark then
      return text:sub(1, -#mark - 1), mark
    end
  end
  return text, ""
end

--- Style and ordinal of a heading's number: "（二）" is "（一）" and 2, "3." is
--- "1." and 3, "第二章" is "第一章" and 2.
---@param text string
---@return string style
---@return integer? ordinal
function M.number_of(text)
  for _, suffix in ipairs { "部分", "篇", "章", "节" } do
    local ordinal = text:match("^第(.+)" .. suffix .. "$")
    if ordinal then return "第一" .. suffix, M.ordinal(ordinal) end
  end
  local word, before = without(text, openings, false)
  local after
  word, after = without(word, closings, true)
  local sample = word:find("^%d") and "1" or "一"
  return before .. sample .. after, M.ordinal(word)
end

local function last_of(path) return math.tointeger(tonumber(path:match "%d+$")) end

--- Note that a style of number stands on a level.
local function add_level(levels, order, style, level)
  if levels[style] == nil then
    levels[style], order[#order + 1] = {}, style
  end
  for _, known in ipairs(levels[style]) do
    if known == level then return end
  end
  table.insert(levels[style], level)
end

--- numbering: each style of number belongs to one level, and numbers under a
--- heading run 1, 2, 3 …
function M.run_numbering(_, ctx, say)
  local result = { lines = {}, reasons = {}, truth = true }
  local levels, order = {}, {}
  local rows = ctx.data.tables.headings or {}
  if #rows == 0 then
    return { reasons = { say "there are no headings" } }
  end
  for _, row in ipairs(rows) do
    ctx.used[#ctx.used + 1] = { row = row, column = "number" }
    local style, ordinal = M.number_of(row.cells.number or "")
    add_level(levels, order, style, row.cells.level)
    if ordinal ~= last_of(row.cells.path) then
      result.truth = false
      result.lines[#result.lines + 1] = say("“%s” stands at %s",
        row.cells.number or "", row.cells.path)
    end
  end
  local repeated = 0
  for _, style in ipairs(order) do
    if #levels[style] > 1 then
      result.truth, repeated = false, repeated + 1
      result.lines[#result.lines + 1] = say(
        "numbers like “%s” stand on the levels %s", style,
        table.concat(levels[style], ", "))
    end
  end
  result.expected = say "one level for each style of number"
  result.found = say("styles on several levels: %d", repeated)
  if #result.lines == 0 then
    result.lines[1] = say("%d headings, numbered in order", #rows)
  end
  return result
end

return M

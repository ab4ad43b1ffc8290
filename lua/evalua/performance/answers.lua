--- What only an assessor can say: checklists, numbers of cases, percentages
--- of qualitative rows, rates that the data do not have, and reasons. A file
--- with the columns seq, value, reason, evidence; data/rubrics/README.md.

local core = require "evalua.core"
local full_width = require "evalua.full_width"
local nearest = require "evalua.nearest"
local origin = require "evalua.origin"
local source = require "evalua.source"

local M = {}

local yes_no = { yes = true, y = true, ["1"] = true, ["是"] = true, ["√"] = true,
  ["true"] = true, no = false, n = false, ["0"] = false, ["否"] = false,
  ["×"] = false, ["false"] = false }

local function read_items(answer, text, row)
  local items = {}
  for word in (text .. "|"):gmatch("([^|]*)|") do
    local said = yes_no[word:match("^%s*(.-)%s*$"):lower()]
    if said == nil then
      return ("'%s' is not yes or no"):format(word)
    end
    items[#items + 1] = said
  end
  if #items ~= #row.params.items then
    return ("the checklist has %d items, not %d"):format(#row.params.items,
      #items)
  end
  answer.items = items
end

local function read_number(text, low, high)
  local value = core.decimal.parse((text:gsub("%%$", "")))
  if value == nil then return nil, ("'%s' is not a number"):format(text) end
  if low and value < low or high and value > high then
    return nil, ("%s is not between %s and %s"):format(text, tostring(low),
      high and tostring(high) or "∞")
  end
  return value
end

--- Put the text into the field that the row's rule asks for.
local function read_value(answer, text, row)
  local problem
  if row.rule == "checklist" then return read_items(answer, text, row) end
  if row.rule == "penalty" then
    answer.cases, problem = read_number(text, 0)
    if answer.cases and answer.cases:trim():scale() > 0 then
      return ("'%s' is no number of cases"):format(text)
    end
  elseif row.rule == "qual" then
    answer.percent, problem = read_number(text, 0, 100)
  elseif text == "full" or text == "满分" then
    answer.full = true
  else
    answer.value, problem = read_number(text)
  end
  return problem
end

local function text_of(value)
  local text = value ~= nil and tostring(value):match("^%s*(.-)%s*$") or ""
  return text ~= "" and text or nil
end

--- Answers of a table by the rubric's row numbers.
---@param t evalua.table
---@param name string
---@param rubric evalua.rubric
---@param line fun(i: integer): integer where row `i` stands
---@return table<integer, table>? answers
---@return string? message
---@return string? code
function M.of_table(t, name, rubric, line)
  local by_seq, answers = {}, {}
  for _, row in ipairs(rubric.rows) do by_seq[row.seq] = row end
  local unknown, meant = nearest.misspelt(t:names(), { "seq", "value",
    "reason", "evidence" })
  if unknown then
    return nil, ("%s:1: unknown column '%s' (did you mean '%s'?)"):format(name,
      unknown, meant), "data"
  end
  for _, column in ipairs { "seq", "value" } do
    if not t:has(column) then
      return nil, ("%s:1: answers need the column '%s'"):format(name, column),
        "data"
    end
  end
  for i = 1, t:nrows() do
    local cells, at = t[i], ("%s:%d"):format(name, line(i))
    local seq = full_width.narrowed(text_of(cells.seq) or "")
    local row = by_seq[math.tointeger(tonumber(seq))]
    if row == nil then
      return nil, ("%s: the rubric '%s' has no row %s"):format(at, rubric.id,
        text_of(cells.seq) or "(empty)"), "data"
    end
    if answers[row.seq] then
      return nil, ("%s: row %d of the rubric is answered twice, here and in %s")
        :format(at, row.seq, answers[row.seq].at), "data"
    end
    local answer = { reason = text_of(cells.reason),
      evidence = text_of(cells.evidence), at = at }
    local text = text_of(cells.value)
    local problem = text and read_value(answer, text, row)
    if problem then return nil, ("%s: %s"):format(at, problem), "data" end
    answers[row.seq] = answer
  end
  return answers
end

--- The same out of a file.
---@param path string
---@param rubric evalua.rubric
---@return table<integer, table>? answers
---@return string? message
---@return string? code
function M.load(path, rubric)
  local t, info, code = source.open(path, {})
  if t == nil then return nil, info, code end
  return M.of_table(t, path, rubric, origin.lines(path, t, info))
end

return M

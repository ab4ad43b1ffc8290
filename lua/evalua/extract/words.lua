--- The words by which reports are read, from data/extract/words.csv: columns
--- role, text, value. data/extract/README.md tells what each role does.

local core = require "evalua.core"
local lpeg = require "lpeg"
local nearest = require "evalua.nearest"

local M = {}

---@class evalua.extract.words
---@field sets table<string, table<string, string>> role → text → value
---@field lists table<string, string[]> role → texts, longest first
---@field at table<string, userdata> role → pattern of the longest text
---@field last table<string, table<string, string[]>> role → last character →
---  texts that end with it, longest first

local loaded = nil

--- The last character of a text; of three bytes at most, as Chinese ones have.
local function last_character(text)
  local byte = text:byte(-1)
  if byte == nil then return "" end
  if byte < 0x80 then return text:sub(-1) end
  local lead = text:byte(-2)
  return lead and lead >= 0xC2 and lead < 0xE0 and text:sub(-2)
    or text:sub(-3)
end

--- The roles that something reads.
local roles = { "before", "after", "middle", "skip_before", "caption",
  "refers", "vague", "skip_after", "skip_unit", "skip_phrase", "idiom",
  "idiom_after", "duration", "within", "residue", "name_head", "name_tail",
  "joint", "name_verb", "total", "parts", "nested", "index", "share",
  "share_of", "relative", "budget", "spent", "fund", "aim", "each", "shared",
  "open_list", "adding", "change_up", "change_down", "before_year", "completion",
  "budget_word", "row_total", "row_part", "column_total", "column_rate",
  "column_difference", "column_index", "column_id" }

local is_role = {}
for _, role in ipairs(roles) do is_role[role] = true end

local qualifies = { before = true, after = true, middle = true, within = true }
local qualifiers = { approx = true, approx_above = true, at_least = true,
  at_most = true }

--- A row that nothing would read, or that would qualify in no way, is a
--- mistake.
local function check(row, line)
  local problem
  if not is_role[row.role or ""] then
    problem = ("column \"role\": unknown '%s'%s"):format(row.role or "",
      nearest.hint(row.role or "", roles))
  elseif row.text == nil then
    problem = 'column "text": must not be empty'
  elseif qualifies[row.role] and row.value and not qualifiers[row.value] then
    problem = ("column \"value\": '%s' is none of approx, approx_above, "
      .. "at_least, at_most"):format(row.value)
  end
  if problem then
    error(("data/extract/words.csv:%d: %s"):format(line, problem), 0)
  end
end

local function load_words()
  local path = require("evalua").root() .. "/data/extract/words.csv"
  local t = assert(core.csv.read(path, nil, { types = { role = "text",
    text = "text", value = "text" } }))
  local words = { sets = {}, lists = {}, at = {}, last = {} }
  for i = 1, t:nrows() do
    local row = t[i]
    check(row, i + 1)
    local set = words.sets[row.role] or {}
    local list = words.lists[row.role] or {}
    words.sets[row.role], words.lists[row.role] = set, list
    set[row.text] = row.value or ""
    list[#list + 1] = row.text
  end
  for _, list in pairs(words.lists) do
    table.sort(list, function(a, b)
      if #a ~= #b then return #a > #b end
      return a < b
    end)
  end
  for role, list in pairs(words.lists) do
    local pattern, last = lpeg.P(false), {}
    for _, text in ipairs(list) do
      pattern = pattern + lpeg.P(text)
      local ending = last_character(text)
      last[ending] = last[ending] or {}
      table.insert(last[ending], text)
    end
    words.at[role], words.last[role] = lpeg.C(pattern), last
  end
  return words
end

--- All words; read once.
---@return evalua.extract.words
function M.all()
  loaded = loaded or load_words()
  return loaded
end

local none = {}

--- The longest word of a role with which `text` ends, and its value.
---@param role string
---@param text string
---@return string? word
---@return string? value
function M.ending(role, text)
  local words = loaded or M.all()
  local index = words.last[role] or none
  local list = index[last_character(text)]
  if list == nil then return nil end
  for _, word in ipairs(list) do
    if text:sub(-#word) == word then return word, words.sets[role][word] end
  end
end

--- Whether a word of a role stands anywhere in `text`.
---@param role string
---@param text string
---@return boolean
function M.inside(role, text)
  for _, word in ipairs(M.all().lists[role] or none) do
    if text:find(word, 1, true) then return true end
  end
  return false
end

--- The longest word of a role that stands at byte `at` of `text`.
---@param role string
---@param text string
---@param at integer
---@return string? word
---@return string? value
function M.at(role, text, at)
  local words = loaded or M.all()
  local pattern = words.at[role]
  local word = pattern and pattern:match(text, at)
  if word then return word, words.sets[role][word] end
end

return M

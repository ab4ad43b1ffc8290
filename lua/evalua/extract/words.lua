--- The words by which reports are read, from data/extract/words.csv: columns
--- role, text, value. data/extract/README.md tells what each role does.

local core = require "evalua.core"

local M = {}

---@class evalua.extract.words
---@field sets table<string, table<string, string>> role → text → value
---@field lists table<string, string[]> role → texts, longest first
---@field first table<string, table<string, string[]>> role → first character →
---  texts that begin with it, longest first
---@field last table<string, table<string, string[]>> the same by the last one

local loaded = nil

--- The character at a byte, near enough to look words up by: three bytes of
--- what is not ASCII.
local function first_of(text, at)
  local byte = text:byte(at)
  return text:sub(at, byte and byte >= 0x80 and at + 2 or at)
end

local function last_of(text)
  local byte = text:byte(-1)
  return text:sub(byte and byte >= 0x80 and -3 or -1)
end

local function add_to(index, key, text)
  index[key] = index[key] or {}
  table.insert(index[key], text)
end

local function load_words()
  local path = require("evalua").root() .. "/data/extract/words.csv"
  local t = assert(core.csv.read(path, nil, { types = { role = "text",
    text = "text", value = "text" } }))
  local words = { sets = {}, lists = {}, first = {}, last = {} }
  for i = 1, t:nrows() do
    local row = t[i]
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
    words.first[role], words.last[role] = {}, {}
    for _, text in ipairs(list) do
      add_to(words.first[role], first_of(text, 1), text)
      add_to(words.last[role], last_of(text), text)
    end
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
  for _, word in ipairs(index[last_of(text)] or none) do
    if text:sub(-#word) == word then return word, words.sets[role][word] end
  end
end

--- The longest word of a role that stands at byte `at` of `text`.
---@param role string
---@param text string
---@param at integer
---@return string? word
---@return string? value
function M.at(role, text, at)
  local words = loaded or M.all()
  local index = words.first[role] or none
  for _, word in ipairs(index[first_of(text, at)] or none) do
    if text:sub(at, at + #word - 1) == word then
      return word, words.sets[role][word]
    end
  end
end

return M

--- Words that may stand in a unit's folder for our codes (年初预算数 for
--- original), and what an empty cell means where it means something, from
--- data/classifications/unit_words.csv (table, column, word, value).

local core = require "evalua.core"

local M = {}

local loaded = nil

local function load_words()
  local path = require("evalua").root()
    .. "/data/classifications/unit_words.csv"
  local t = assert(core.csv.read(path, nil, {}))
  local words = { codes = {}, order = {} }
  for i = 1, t:nrows() do
    local row = t[i]
    if not (row.table and row.column and row.value) then
      error(("data/classifications/unit_words.csv:%d: table, column and value "
        .. "are needed"):format(i + 1), 0)
    end
    local columns, key = words.codes[row.table] or {},
      row.table .. "." .. row.column
    words.codes[row.table] = columns
    columns[row.column] = columns[row.column] or {}
    columns[row.column][row.word or ""] = row.value
    words.order[key] = words.order[key] or {}
    table.insert(words.order[key], row.word)
  end
  return words
end

--- The words that a column takes for its codes, "a, b", in the file's order;
--- nil where there are none.
---@param name string of a table
---@param column string
---@return string?
function M.allowed(name, column)
  loaded = loaded or load_words()
  local words = loaded.order[name .. "." .. column]
  return words and table.concat(words, ", ")
end

--- The rows of a table's file with codes for words, without blanks around.
---@param rows evalua.table of text
---@param name string? of the table; nil: none of the schema's
---@return evalua.table
function M.coded(rows, name)
  loaded = loaded or load_words()
  for column, codes in pairs(loaded.codes[name] or {}) do
    if rows:has(column) then
      local n, changed = rows:nrows(), false
      local cells = rows:column(column):values(core.column.NA)
      for i = 1, n do
        local cell = cells[i] ~= core.column.NA and cells[i] or ""
        local word = cell:gsub("　", " "):match "^%s*(.-)%s*$"
        local code = codes[word] or word
        if code ~= cell then cells[i], changed = code, true end
      end
      if changed then
        rows = core.table.with(rows, column, core.column.new(cells, n, "text"))
      end
    end
  end
  return rows
end

return M

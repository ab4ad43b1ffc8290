--- Rows that a rule asks for, as people read them: "mentions: role=residue",
--- in Chinese by the words of data/audit/words.csv.

local core = require "evalua.core"
local labels = require "evalua.labels"

local M = {}

local loaded = nil

local function load_words()
  local path = require("evalua").root() .. "/data/audit/words.csv"
  local t = assert(core.csv.read(path, nil, { types = { kind = "text",
    key = "text", zh = "text" } }))
  local words = {}
  for i = 1, t:nrows() do
    local row = t[i]
    words[row.kind .. "\0" .. row.key] = row.zh
  end
  return words
end

local function word(kind, key)
  loaded = loaded or load_words()
  return loaded[kind .. "\0" .. key]
end

--- Tables in which the row that an id means is found, for its name.
local named = { "lists", "units", "projects", "facts", "indicators" }

local function name_of(id, data)
  for _, source in ipairs(named) do
    local row = (data.by_id[source] or {})[id]
    if row and row.cells.name_zh then return row.cells.name_zh end
  end
end

local function value_text(column, text, data)
  local parts = {}
  for part in text:gmatch "[^|]+" do
    parts[#parts + 1] = labels.find("zh", column, part) or word("value", part)
      or (column == "id" or column == "unit" or column:find "_id$")
        and name_of(part, data) or part
  end
  return table.concat(parts, "或")
end

local operators = { ["="] = "%s为%s", ["!="] = "%s不是%s", ["~"] = "%s含%s",
  ["^="] = "%s以%s开头" }

local function filter_text(filter, data)
  local column = word("column", filter.column) or filter.column
  if filter.text == "" then
    return column .. (filter.operator == "!=" and "不为空" or "为空")
  end
  return operators[filter.operator]:format(column, value_text(filter.column,
    filter.text, data))
end

local function in_chinese(call, data)
  local parts = {}
  for i, filter in ipairs(call.filters) do
    parts[i] = filter_text(filter, data)
  end
  local name = word("table", call.source) or call.source
  local columns = {}
  for column in (call.column or ""):gmatch "[^.]+" do
    columns[#columns + 1] = word("column", column) or column
  end
  if #columns > 0 then name = name .. "的" .. table.concat(columns, "、") end
  if #parts == 0 then return name end
  return name .. "：" .. table.concat(parts, "，")
end

--- The rows and the column that a call names.
---@param call { source: string, column: string?, filters: table[] }
---@param lang "en"|"zh"
---@param data evalua.audit.data
---@return string
function M.rows(call, lang, data)
  if lang == "zh" then return in_chinese(call, data) end
  local parts = {}
  for i, filter in ipairs(call.filters) do
    parts[i] = filter.column .. filter.operator .. filter.text
  end
  local name = call.source .. (call.column and "." .. call.column or "")
  if #parts == 0 then return name end
  return name .. ": " .. table.concat(parts, ", ")
end

return M

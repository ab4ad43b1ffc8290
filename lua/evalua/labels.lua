--- Names for people of the codes that files use, from
--- data/classifications/labels.csv (column, value, zh, en). Only text, md,
--- html and charts show them; csv and json keep the codes.

local core = require "evalua.core"

local M = {}

local loaded = nil

local function load_labels()
  local path = require("evalua").root() .. "/data/classifications/labels.csv"
  local t = core.csv.read(path, nil, {})
  local labels = {}
  if t == nil then return labels end
  for i = 1, t:nrows() do
    local row = t[i]
    labels[(row.column or "") .. "\0" .. (row.value or "")] = row
  end
  return labels
end

--- The name of `value` in `column`, or nil when there is none.
---@param lang "en"|"zh"
---@param column string
---@param value string?
---@return string?
function M.find(lang, column, value)
  loaded = loaded or load_labels()
  local row = loaded[column .. "\0" .. (value or "")]
  return row and row[lang] or nil
end

return M

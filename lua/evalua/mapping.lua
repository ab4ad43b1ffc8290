--- Mapping files: how a source is to be read, kept for the next time. A JSON
--- object of the reading options under their long names, and of `roles`:
---
---     { "encoding": "GB18030", "header_row": 4, "na": ["nfp"], "zero": ["-"],
---       "types": { "code": "text" }, "totals": "drop",
---       "roles": { "执行数": { "role": "measure", "unit": "万元",
---                              "phase": "executed" },
---                  "科目": { "role": "dimension" } } }
---
--- What the command line says comes before what the file says.

local core = require "evalua.core"
local nearest = require "evalua.nearest"

local M = {}

--- What may stand in a mapping file, and of what kind.
M.fields = {
  delimiter = "text", encoding = "text", sheet = "text", table = "text",
  resource = "text", no_header = "truth", header_row = "count",
  skip = "count", skip_bad = "truth", columns = "texts", decimal = "text",
  thousands = "text", na = "texts", zero = "texts", types = "map",
  totals = "text", unit_column = "text", source_column = "text",
  amount_unit = "text", roles = "roles",
}

--- What may stand in the role of a column (after the Fiscal Data Package).
M.role_fields = { role = "text", unit = "text", factor = "number",
  currency = "text", phase = "text", direction = "text", type = "text",
  title = "text", parent = "text", label = "text", measure = "text",
  dimension = "text", attribute = "text", key = "truth" }

local kinds = {
  text = function(v) return type(v) == "string" end,
  truth = function(v) return type(v) == "boolean" end,
  count = function(v) return math.type(v) == "integer" and v >= 0 end,
  number = function(v) return type(v) == "number" or core.decimal.is(v) end,
  texts = function(v)
    if type(v) ~= "table" then return false end
    for key, text in pairs(v) do
      if math.type(key) ~= "integer" or type(text) ~= "string" then
        return false
      end
    end
    return true
  end,
  map = function(v)
    if type(v) ~= "table" then return false end
    for key, text in pairs(v) do
      if type(key) ~= "string" or type(text) ~= "string" then return false end
    end
    return true
  end,
}

local says = { text = "a text", truth = "true or false",
  count = "a whole number", number = "a number", texts = "a list of texts",
  map = "an object of texts", roles = "an object of objects" }

local function names_of(fields)
  local list = {}
  for name in pairs(fields) do list[#list + 1] = name end
  table.sort(list)
  return list
end

--- nil when `value` is as `fields` has it, else the sentence about what is not.
local function check(value, fields, where)
  for name, item in pairs(value) do
    local kind = fields[name]
    if kind == nil then
      return ("%sno option '%s'%s"):format(where, tostring(name),
        nearest.hint(tostring(name), names_of(fields)))
    end
    if kind == "roles" then
      if type(item) ~= "table" then
        return ("%s'%s' must be %s"):format(where, name, says[kind])
      end
      for column, role in pairs(item) do
        if type(role) ~= "table" then
          return ("%s'%s' must be %s"):format(where, name, says[kind])
        end
        local problem = check(role, M.role_fields,
          ("%scolumn '%s': "):format(where, tostring(column)))
        if problem ~= nil then return problem end
      end
    elseif not kinds[kind](item) then
      return ("%s'%s' must be %s"):format(where, name, says[kind])
    end
  end
end

local function check_words(map)
  if map.totals ~= nil and map.totals ~= "keep" and map.totals ~= "drop" then
    return ("'totals' must be keep or drop, not '%s'"):format(map.totals)
  end
  for column, role in pairs(map.roles or {}) do
    if role.role ~= nil and role.role ~= "measure" and role.role ~= "dimension"
      then
      return ("column '%s': 'role' must be measure or dimension, not '%s'")
        :format(column, role.role)
    end
  end
end

--- The mapping in a file, checked.
---@param path string
---@return table? map
---@return string? message
---@return string? code
function M.read(path)
  local map, message, code = core.json.parse(path)
  if map == nil then return nil, message, code end
  if type(map) ~= "table" or #map > 0 then
    return nil, path .. ": a mapping is one object of options", "data"
  end
  local problem = check(map, M.fields, "") or check_words(map)
  if problem ~= nil then return nil, path .. ": " .. problem, "data" end
  return map
end

--- `opts` with what its mapping says where it says nothing itself.
---@param opts table map = path
---@return table? opts
---@return string? message
---@return string? code
function M.apply(opts)
  local map, message, code = M.read(opts.map)
  if map == nil then return nil, message, code end
  local all = { map_of = map }
  for name, value in pairs(map) do all[name] = value end
  for name, value in pairs(opts) do all[name] = value end
  all.map = nil
  return all
end

--- Put the roles of a mapping into `info`: they come before those of a package.
---@param t evalua.table
---@param info table
---@param opts table as M.apply gives it
function M.roles(t, info, opts)
  local map = opts.map_of
  info.roles, info.units = info.roles or {}, info.units or {}
  for column, role in pairs(map.roles or {}) do
    if t:has(column) then
      info.roles[column] = role
      info.units[column] = role.unit or info.units[column]
    else
      info.notes = info.notes or {}
      table.insert(info.notes, ("the mapping has a role for '%s', no such "
        .. "column"):format(column))
    end
  end
  if map.amount_unit == nil then return end
  for _, column in ipairs(require("evalua.source_tidy").amounts(t, info)) do
    info.units[column] = info.units[column] or map.amount_unit
  end
end

-- Out -----------------------------------------------------------------------

local function role_of(info, name, amounts)
  local role = {}
  for key, value in pairs(info.roles and info.roles[name] or {}) do
    role[key] = value
  end
  role.role = role.role or (amounts[name] and "measure" or "dimension")
  role.unit = role.unit or (info.units or {})[name]
  return role
end

local kept = { "sheet", "table", "resource", "delimiter", "encoding",
  "no_header", "header_row", "skip", "skip_bad", "columns", "decimal",
  "thousands", "na", "zero", "totals", "unit_column", "source_column" }

--- The mapping that reads this source so again: what was asked for, what was
--- detected, the columns' types and roles.
---@param t evalua.table
---@param info table
---@param opts table
---@return table
function M.of(t, info, opts)
  local map = { types = {}, roles = {} }
  for _, name in ipairs(kept) do map[name] = opts[name] end
  if not info.mixed then map.encoding = map.encoding or info.encoding end
  map.delimiter = map.delimiter or info.delimiter
  if map.delimiter == "\t" then map.delimiter = "tab" end
  if map.skip == nil and map.header_row == nil and info.header
    and (info.header_line or 1) > 1 and info.sheet == nil then
    map.header_row = info.header_line
  end
  if info.header == false and info.delimiter ~= nil then map.no_header = true end
  if info.sheet ~= nil then
    map.sheet, map.encoding, map.delimiter = info.sheet, nil, nil
  end
  local amounts = {}
  for _, name in ipairs(require("evalua.source_tidy").amounts(t, info)) do
    amounts[name] = true
  end
  for _, name in ipairs(t:names()) do
    if name ~= opts.source_column then
      map.types[name] = t:column(name):type()
      map.roles[name] = role_of(info, name, amounts)
    end
  end
  return map
end

local json = require "evalua.json"

local function encode(value, indent)
  if type(value) ~= "table" or core.decimal.is(value) then
    return json.scalar(value)
  end
  local inner, parts = indent .. "  ", {}
  if #value > 0 then
    for i, item in ipairs(value) do parts[i] = encode(item, inner) end
    return "[" .. table.concat(parts, ", ") .. "]"
  end
  local names = {}
  for name in pairs(value) do names[#names + 1] = name end
  if #names == 0 then return "{}" end
  table.sort(names)
  for i, name in ipairs(names) do
    parts[i] = inner .. json.string(name) .. ": " .. encode(value[name], inner)
  end
  return "{\n" .. table.concat(parts, ",\n") .. "\n" .. indent .. "}"
end

--- A value as JSON for people: keys in order, two blanks a level.
---@param value any
---@return string
function M.encode(value) return encode(value, "") .. "\n" end

--- Write the mapping of a table that was read.
---@param path string
---@param t evalua.table
---@param info table
---@param opts table
---@return boolean? ok
---@return string? message
---@return string? code
function M.save(path, t, info, opts)
  return core.file.write(path, M.encode(M.of(t, info, opts)))
end

return M

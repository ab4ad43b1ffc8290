--- Fiscal Data Packages (specs.frictionlessdata.io/fiscal-data-package): a
--- datapackage.json that says of a CSV file beside it what each column is.
--- Read are 0.3 (`model`, and `mapping` before it) and 1.0 (`columnType`);
--- written are both at once, so that readers of either find what they know.
---
--- What is said of a column becomes its role in `info.roles`:
---   role       "measure" or "dimension"
---   currency, factor, phase, direction      of a measure; amounts stay as they
---              are written, `factor` says what to multiply them by
---   type       dimensionType or columnType; dimension, attribute: its names
---   key        true for a part of the dimension's primary key
---   parent     the column one level up in a hierarchy
---   label      for a column of codes, the column with their names
--- `info.package` has name, title, countryCode, fiscalPeriod, granularity.

local core = require "evalua.core"

local M = {}

local function fail(path, message) return nil, path .. ": " .. message, "data" end

-- In ------------------------------------------------------------------------

--- null counts as absent.
local function field(t, name)
  local value = type(t) == "table" and t[name] or nil
  if value == core.column.NA then return nil end
  return value
end

local function names_of(resources)
  local names = {}
  for i, item in ipairs(resources) do names[i] = field(item, "name") or "?" end
  return table.concat(names, ", ")
end

local function find_resource(package, path, name)
  local resources = field(package, "resources")
  if type(resources) ~= "table" or #resources == 0 then
    return fail(path, "the package has no resources")
  end
  if name == nil then return resources[1], resources end
  for _, item in ipairs(resources) do
    if field(item, "name") == name then return item, resources end
  end
  return fail(path, ("no resource '%s'; there are: %s"):format(name,
    names_of(resources)))
end

--- A resource's file must lie in the package's folder or below.
local function check_path(base, name, path)
  if type(name) ~= "string" or name == "" then
    return fail(path, "a resource has no path to a file")
  end
  if name:find("^%a[%w+.-]*://") then
    return fail(path, ("'%s' lies on the network: fetch it and name the file")
      :format(name))
  end
  if name:find("^/") or name:find("^~") or ("/" .. name .. "/"):find("/../", 1,
    true) then
    return fail(path, ("'%s' lies outside of the package"):format(name))
  end
  return base .. name
end

local function paths_of(resource, path)
  local base = path:match("^(.*/)") or ""
  local given = field(resource, "path")
  if type(given) ~= "table" then given = { given or field(resource, "url") } end
  local paths = {}
  for i, name in ipairs(given) do
    local full, message, code = check_path(base, name, path)
    if full == nil then return nil, message, code end
    paths[i] = full
  end
  if #paths == 0 then return fail(path, "a resource has no path to a file") end
  return paths
end

local texts = { string = true, uri = true, email = true, binary = true,
  uuid = true, any = false }

local function fields_of(resource)
  local fields = field(field(resource, "schema"), "fields")
  return type(fields) == "table" and fields or {}
end

--- Reading options that the resource says: texts stay texts (codes keep their
--- zeros); whether numbers are whole is left to the cells, which know better.
local function reading(resource, opts)
  local all = {}
  local dialect, schema = field(resource, "dialect"), field(resource, "schema")
  all.delimiter = field(dialect, "delimiter")
  all.no_header = field(dialect, "header") == false or nil
  all.encoding = field(resource, "encoding")
  local na, types, marks = {}, {}, {}
  local missing = field(schema, "missingValues")
  for _, text in ipairs(type(missing) == "table" and missing or {}) do
    if text ~= "" then na[#na + 1] = text end
  end
  if #na > 0 then all.na = na end
  for _, item in ipairs(fields_of(resource)) do
    local name, mark = field(item, "name"), field(item, "decimalChar")
    if texts[field(item, "type")] and name ~= nil then types[name] = "text" end
    if mark ~= nil then marks[mark] = true end
  end
  if next(marks) ~= nil and next(marks, next(marks)) == nil then
    all.decimal = next(marks)
  end
  all.types = types
  for name, value in pairs(opts) do all[name] = value end
  if opts.types ~= nil then
    all.types = types
    for name, kind in pairs(opts.types) do types[name] = kind end
  end
  return all
end

-- Roles, 0.3: model.measures and model.dimensions ----------------------------

local function source_of(item)
  local source = field(item, "source")
  -- "resource/field" in older packages
  return type(source) == "string" and source or nil
end

local function measure_roles(measures, roles)
  for name, item in pairs(measures) do
    local source = source_of(item)
    if source ~= nil then
      roles[source] = { role = "measure", measure = name,
        currency = field(item, "currency"), factor = field(item, "factor"),
        phase = field(item, "phase"), direction = field(item, "direction") }
    end
  end
end

local function is_key(primary, name)
  if type(primary) ~= "table" then return primary == name or nil end
  for _, key in ipairs(primary) do
    if key == name then return true end
  end
end

local function dimension_roles(dimensions, roles, constants)
  for name, item in pairs(dimensions) do
    local attributes = field(item, "attributes") or {}
    for attribute, detail in pairs(attributes) do
      local source = source_of(detail)
      if source ~= nil then
        local up = field(detail, "parent")
        roles[source] = { role = "dimension", dimension = name,
          attribute = attribute, type = field(item, "dimensionType"),
          key = is_key(field(item, "primaryKey"), attribute),
          parent = up and source_of(attributes[up]) or nil }
      elseif field(detail, "constant") ~= nil then
        constants[name] = field(detail, "constant")
      end
    end
    for _, detail in pairs(attributes) do
      local labelled = field(detail, "labelfor")
      local code = labelled and source_of(attributes[labelled])
      if code and roles[code] then roles[code].label = source_of(detail) end
    end
  end
end

-- Roles, 1.0: fields with a columnType ---------------------------------------

local function is_label(kind)
  return kind:find(":label$") or kind:find(":name$") or kind:find(":title$")
end

--- "administrative-classification:generic:level2:code:part": the hierarchy it
--- belongs to, and its level.
local function level_of(kind)
  local tree, level = kind:match("^(.-):level(%d+)")
  return tree, tonumber(level)
end

local function type_roles(fields, roles)
  local codes, labels = {}, {}
  for _, item in ipairs(fields) do
    local name, kind = field(item, "name"), field(item, "columnType")
    if name ~= nil and kind ~= nil then
      local is_value = kind == "value" or kind:find("^value:")
      local role = { role = is_value and "measure" or "dimension", type = kind,
        currency = field(item, "currency"), factor = field(item, "factor"),
        phase = field(item, "phase"), direction = field(item, "direction") }
      if not is_value then role.dimension = kind:match("^[^:]+") end
      roles[name] = role
      local tree, level = level_of(kind)
      if tree ~= nil then
        local set = is_label(kind) and labels or codes
        set[tree] = set[tree] or {}
        set[tree][level] = set[tree][level] or name
      end
    end
  end
  for tree, levels in pairs(codes) do
    for level, name in pairs(levels) do
      roles[name].parent = levels[level - 1]
      roles[name].label = labels[tree] and labels[tree][level]
    end
  end
end

--- Constants beside the columns: the direction or phase of all rows.
local function extra_constants(resource, roles, constants)
  local schema = field(resource, "schema")
  for _, item in ipairs(field(schema, "extraFields") or {}) do
    local kind, value = field(item, "columnType"), field(item, "constant")
    if kind ~= nil and value ~= nil then
      constants[kind] = value
      local what = kind:match("^(%a+)")
      for _, role in pairs(roles) do
        if role.role == "measure" and (what == "direction" or what == "phase")
          then
          role[what] = role[what] or value
        end
      end
    end
  end
end

--- The roles that a package gives the columns of a resource.
local function roles_of(package, resource)
  local roles, constants = {}, {}
  local model = field(package, "model") or field(package, "mapping")
  if type(model) == "table" then
    measure_roles(field(model, "measures") or {}, roles)
    dimension_roles(field(model, "dimensions") or {}, roles, constants)
  end
  local typed = {}
  type_roles(fields_of(resource), typed)
  for name, role in pairs(typed) do
    local old = roles[name] or {}
    for key, value in pairs(old) do
      local plain = key == "type" and role.type:find("^unknown:")
      if role[key] == nil or key == "dimension" or plain then
        role[key] = value
      end
    end
    roles[name] = role
  end
  extra_constants(resource, roles, constants)
  return roles, constants
end

local kept = { "name", "title", "countryCode", "fiscalPeriod", "granularity",
  "homepage", "version" }

--- What the package says of itself, and what of it does not fit the file.
local function add_package(t, info, package, resource)
  local roles, constants = roles_of(package, resource)
  info.package, info.roles, info.constants = {}, {}, constants
  for _, name in ipairs(kept) do info.package[name] = field(package, name) end
  for column, role in pairs(roles) do
    if t:has(column) then info.roles[column] = role end
  end
  for _, item in ipairs(fields_of(resource)) do
    local name = field(item, "name")
    if name ~= nil and not t:has(name) then
      table.insert(info.notes, ("the package describes a column '%s', which the "
        .. "file does not have"):format(name))
    end
  end
end

local function explain(info)
  local names = {}
  for name in pairs(info.roles) do names[#names + 1] = name end
  table.sort(names)
  for _, name in ipairs(names) do
    local role, parts = info.roles[name], {}
    for _, key in ipairs { "type", "currency", "factor", "phase", "direction",
      "parent" } do
      if role[key] ~= nil then parts[#parts + 1] = tostring(role[key]) end
    end
    table.insert(info.explain, ("role of '%s': %s%s"):format(name, role.role,
      #parts > 0 and " (" .. table.concat(parts, ", ") .. ")" or ""))
  end
end

--- A package as a table: one resource of it, with the roles of its columns in
--- `info`.
---@param path string of its datapackage.json
---@param opts table? resource (its name; else the first), and read_csv's
---@return evalua.table? t
---@return table|string info with roles, package and constants, or the message
---@return string? code
function M.read(path, opts)
  local package, message, code = core.json.parse(path)
  if package == nil then return nil, message, code end
  if type(package) ~= "table" then
    return fail(path, "a package is an object")
  end
  local resource, resources
  resource, resources, code = find_resource(package, path, opts.resource)
  if resource == nil then return nil, resources, code end
  local paths
  paths, message, code = paths_of(resource, path)
  if paths == nil then return nil, message, code end
  local source = require "evalua.source"
  local asked = reading(resource, opts)
  local t, info
  if #paths == 1 then
    t, info, code = source.read_file(paths[1], asked)
  else
    t, info, code = require("evalua.source_files").open(paths, asked,
      source.read_file)
  end
  if t == nil then return nil, info, code end
  info.notes, info.explain = info.notes or {}, info.explain or {}
  add_package(t, info, package, resource)
  explain(info)
  if #resources > 1 then
    table.insert(info.notes, 1, ("resource '%s' is read, of: %s (--resource)")
      :format(field(resource, "name") or "?", names_of(resources)))
  end
  return t, info
end

-- Out -----------------------------------------------------------------------

--- The CSV file that is written beside datapackage.json.
M.DATA = "datapackage-data.csv"

local schema_types = { int = "integer", real = "number", text = "string",
  bool = "boolean", year = "year", month = "yearmonth", day = "date",
  quarter = "string" }

local function schema_type(kind)
  return kind:find("^decimal") and "number" or schema_types[kind] or "string"
end

local function column_type(kind, role, is_measure)
  if is_measure then return "value" end
  if role.type ~= nil and role.type:find(":") then return role.type end
  if kind == "day" or kind == "month" or kind == "quarter" then
    return "date:generic"
  end
  if kind == "year" then return "date:fiscal-year" end
  return "unknown:string"
end

--- Letters that names in a model may have; numbered where that makes two one.
local function slug(text, taken)
  local name = text:lower():gsub("[^%w\128-\255]+", "-"):gsub("^-+", "")
    :gsub("-+$", "")
  if name == "" then name = "column" end
  local base, n = name, 1
  while taken[name] do
    n = n + 1
    name = base .. "-" .. n
  end
  taken[name] = true
  return name
end

local function measure_of(name, role)
  return { source = name, currency = role.currency, factor = role.factor,
    phase = role.phase, direction = role.direction }
end

--- Group the columns into the dimensions that their roles name.
local function dimensions_of(columns, roles)
  local dimensions, first, taken, attributes = {}, {}, {}, {}
  for _, name in ipairs(columns) do
    local role = roles[name] or {}
    local dimension = role.dimension or slug(name, taken)
    local attribute = role.attribute or slug(name, {})
    attributes[name] = attribute
    local made = dimensions[dimension]
    if made == nil then
      made = { dimensionType = role.type and not role.type:find(":")
        and role.type or "other", attributes = {}, primaryKey = {} }
      dimensions[dimension], first[made] = made, attribute
    end
    made.attributes[attribute] = { source = name }
    if role.key or role.attribute == nil then
      table.insert(made.primaryKey, attribute)
    end
  end
  for _, name in ipairs(columns) do
    local role = roles[name] or {}
    local own = role.dimension and dimensions[role.dimension]
    if own ~= nil then
      local me = own.attributes[attributes[name]]
      local up = role.parent and attributes[role.parent]
      if up and own.attributes[up] then me.parent = up end
      local label = role.label and attributes[role.label]
      if label and own.attributes[label] then
        own.attributes[label].labelfor = attributes[name]
      end
    end
  end
  for _, made in pairs(dimensions) do
    if #made.primaryKey == 0 then made.primaryKey = { first[made] } end
  end
  return dimensions
end

--- The descriptor of a table.
local function describe(t, info, bytes)
  local roles, amounts = info.roles or {}, {}
  for _, name in ipairs(require("evalua.source_tidy").amounts(t, info)) do
    amounts[name] = true
  end
  local fields, measures, columns, taken = {}, {}, {}, {}
  for i, name in ipairs(t:names()) do
    local role, kind = roles[name] or {}, t:column(name):type()
    fields[i] = { name = name, type = schema_type(kind),
      columnType = column_type(kind, role, amounts[name]),
      currency = role.currency, factor = role.factor, phase = role.phase,
      direction = role.direction }
    if amounts[name] then
      measures[role.measure or slug(name, taken)] = measure_of(name, role)
    else
      columns[#columns + 1] = name
    end
  end
  local package = { profile = "fiscal-data-package",
    name = "evalua-export", resources = { { name = "data", path = M.DATA,
      format = "csv", mediatype = "text/csv", encoding = "utf-8",
      bytes = #bytes, hash = "sha256:" .. core.store.sha256(bytes),
      schema = { fields = fields, missingValues = { "" } } } },
    model = { measures = measures, dimensions = dimensions_of(columns, roles) } }
  for _, name in ipairs(kept) do
    local said = info.package and info.package[name]
    if said ~= nil then package[name] = said end
  end
  return package
end

--- Is this the path of a package's descriptor?
---@param path string?
---@return boolean
function M.is_package(path)
  return path ~= nil and path:find("datapackage%.json$") ~= nil
end

--- Write a table as a package: its descriptor to `path`, whose name must end in
--- datapackage.json, and datapackage-data.csv beside it. Roles in `info` are
--- carried over; columns without one are measures where they hold amounts.
---@param path string
---@param t evalua.table
---@param info table? as reading gave it: roles, units, package
---@return boolean? ok
---@return string? message
---@return string? code
function M.write(path, t, info)
  if not M.is_package(path) then
    return nil, ("'%s': a package is called datapackage.json"):format(path),
      "data"
  end
  local bytes, message, code = core.csv.write(t)
  if bytes == nil then return nil, message, code end
  local ok
  ok, message, code = core.file.write((path:match("^(.*/)") or "") .. M.DATA,
    bytes)
  if not ok then return nil, message, code end
  return core.file.write(path, require("evalua.mapping").encode(describe(t,
    info or {}, bytes)))
end

return M

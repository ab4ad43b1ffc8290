-- What editors are told: everything that a script may call is annotated, in
-- lua/evalua/meta.lua or where it stands, with the parameters it has.

local ev = require "evalua"
local core = require "evalua.core"

local function read(path)
  local file <close> = assert(io.open(path))
  return file:read "a"
end

local source = {}

local function lines_of(path)
  if source[path] == nil then
    source[path] = {}
    for line in io.lines(path) do table.insert(source[path], line) end
  end
  return source[path]
end

--- The fields of the classes in meta.lua: {class = {name = type and words}}.
local function declared()
  local classes, at = {}, nil
  for _, line in ipairs(lines_of "lua/evalua/meta.lua") do
    at = line:match "^%-%-%-@class (%S+)" or at
    classes[at or ""] = classes[at or ""] or {}
    local field, rest = line:match "^%-%-%-@field ([%w_]+) (.+)$"
    if field ~= nil then classes[at][field] = rest end
  end
  return classes
end

local meta = declared()

--- What a loader's __index holds under that name.
local function upvalue(f, name)
  for i = 1, 50 do
    local found, value = debug.getupvalue(f, i)
    if found == name then return value end
  end
end

local function names_of(...)
  local names, seen = {}, {}
  for _, set in ipairs { ... } do
    for name in pairs(set) do
      if not seen[name] then names[#names + 1] = name end
      seen[name] = true
    end
  end
  table.sort(names)
  return names
end

local function parameters(f)
  local names, info = {}, debug.getinfo(f, "u")
  for i = 1, info.nparams do
    local name = debug.getlocal(f, i)
    if name ~= "_" and name ~= "self" then names[#names + 1] = name end
  end
  return names, info.isvararg
end

--- The annotation of a function in its own file.
local function annotation(f)
  local info = debug.getinfo(f, "S")
  local lines, doc = lines_of(info.source:sub(2)), {}
  local at = info.linedefined - 1
  while at > 0 and lines[at]:find "^%-%-%-" do
    table.insert(doc, 1, lines[at])
    at = at - 1
  end
  local body = table.concat(lines, "\n", info.linedefined,
    info.lastlinedefined)
  return table.concat(doc, "\n"), body:find "return [^\n]" ~= nil
end

--- What is wrong with the annotation of a function, "" when nothing is.
local function fault(f, field)
  local names, is_vararg = parameters(f)
  if field ~= nil then
    if is_vararg and #names == 0 then return "" end
    for _, name in ipairs(names) do
      if not field:find("[(%s]" .. name .. ": ") then
        return "its field has no " .. name
      end
    end
    return ""
  end
  local doc, gives = annotation(f)
  if not ("\n" .. doc):find "\n%-%-%- *[^@%s]" then return "no sentence" end
  for _, name in ipairs(names) do
    if not doc:find("@param " .. name .. "[ ?]") then
      return "no @param " .. name
    end
  end
  if gives and not doc:find "@return" then return "no @return" end
  return ""
end

--- Methods or functions by name, each annotated.
local function check(what, functions, fields)
  for _, name in ipairs(names_of(functions)) do
    local f = functions[name]
    local is_public = type(f) == "function" and not name:find "^__"
    if is_public and debug.getinfo(f, "S").what == "C" then
      assert.is_string(fields[name], what .. name .. " is of C")
    elseif is_public then
      assert.equal("", fault(f, fields[name]), what .. name)
    end
  end
end

describe("an annotation", function()
  it("is there for every name of ev, and for no other", function()
    local homes = upvalue(getmetatable(ev).__index, "homes")
    assert.is_true(#names_of(homes) > 30)
    for _, name in ipairs(names_of(homes, meta.evalua)) do
      assert.is_table(homes[name], "ev." .. name .. " is not there")
      assert.is_string(meta.evalua[name], "ev." .. name)
      if type(ev[name]) == "function" then
        assert.equal("", fault(ev[name], meta.evalua[name]), "ev." .. name)
      end
    end
  end)

  it("is there for every statistic, and for no other", function()
    local homes = upvalue(getmetatable(ev.stats).__index, "homes")
    local fields = meta["evalua.stats"]
    for _, name in ipairs(names_of(homes, fields)) do
      assert.is_string(homes[name], "ev.stats." .. name .. " is not there")
      local f = require(homes[name])[name]
      assert.is_string(fields[name], "ev.stats." .. name)
      assert.equal("", fault(f, fields[name]), "ev.stats." .. name)
    end
  end)

  it("is there for every method of a table, and of its groups", function()
    local methods = core.table.methods
    local later = upvalue(getmetatable(methods).__index, "later")
    for _, name in ipairs(names_of(later)) do
      assert.is_function(methods[name])
    end
    check("t:", methods, meta["evalua.table"])
    local groups = ev.table { { a = 1 } }:group_by "a"
    check("groups:", getmetatable(groups), meta["evalua.grouped"])
  end)

  it("is there for the methods of queries and databases", function()
    local query = ev.scan(ev.table { { a = 1 } })
    check("query:", getmetatable(query), meta["evalua.query"])
    check("query groups:", getmetatable(query:group_by "a"),
      meta["evalua.query_groups"])
    check("db:", getmetatable(require("evalua.store").in_memory "x"), {})
  end)

  it("is there for the methods of columns, decimals and expressions",
    function()
      local column = debug.getmetatable(ev.table { { a = 1 } }:column "a")
      local _, methods = debug.getupvalue(column.__index, 1)
      check("column:", methods, meta["evalua.column"])
      check("decimal:", debug.getmetatable(ev.decimal "1").__index,
        meta["evalua.decimal"])
      check("expr:", upvalue(debug.getmetatable(ev.col.a).__index, "methods"),
        meta["evalua.expr"])
    end)

  it("is there for what modules, reports and charts have", function()
    local t = ev.table { { by = "x", base = 1, actual = 2 } }
    for name, class in pairs { window = "evalua.windows", chart = "",
      report = "", extract = "", trace = "", audit = "", rubric = "",
      indicator = "", score = "" } do
      check("ev." .. name .. ".", ev[name], meta[class] or {})
    end
    check("report:", getmetatable(ev.report.run("variance",
      { table = t, base = "base", actual = "actual" })), {})
    check("chart:", getmetatable(ev.chart.pareto(t,
      { by = "by", value = "actual" })), {})
    check("plot:", getmetatable(ev.chart.plot(t,
      { x = "base", y = "actual" })), {})
  end)
end)

describe("meta.lua", function()
  it("is no code", function()
    for line in read("lua/evalua/meta.lua"):gmatch "[^\n]+" do
      assert.matches("^%-%-%-", line)
    end
  end)
end)

--- Errors of wrong use, raised at the line that is at fault: the first one
--- outside the file that found it (tail calls and pcall make counting levels
--- useless), or outside all of our files.

local M = {}

local OWN = debug.getinfo(1, "S").source

--- The level, for the caller, of the first Lua line that is in no file which
--- is ours; of nothing where there is none.
local function level_outside(is_ours)
  local level = 3 -- behind this function and its caller
  local info = debug.getinfo(level, "S")
  while info and (info.what == "C" or is_ours(info.source)) do
    level = level + 1
    info = debug.getinfo(level, "S")
  end
  return level - 1
end

local OUR_FILE = "lua/evalua/[%w_/]+%.lua"

local function reraise(problem)
  if type(problem) ~= "string" then error(problem, 0) end
  local level = level_outside(function(there)
    return there:find(OUR_FILE .. "$") ~= nil
  end)
  local info = debug.getinfo(level, "Sl")
  local place = info and ("%s:%d: "):format(info.short_src, info.currentline)
  if place and problem:sub(1, #place) == place then error(problem, 0) end
  error((problem:gsub("^[^\n]-" .. OUR_FILE .. ":%d+: ", "", 1)), level)
end

--- Calls f; what it raises, whichever of our files does, is raised at the line
--- that came in from outside.
---@param f function
---@return any
function M.outside(f, ...)
  local results = table.pack(pcall(f, ...))
  if not results[1] then reraise(results[2]) end
  return table.unpack(results, 2, results.n)
end

--- The two functions for the file whose source is given:
--- `local raise, call = blame.new(debug.getinfo(1, "S").source)`.
--- raise(what, problem) raises "what: problem"; call(what, f, ...) calls f and
--- raises so what it raises.
---@param source string
---@return fun(what: string, problem: any) raise
---@return fun(what: string, f: function, ...: any): any call
function M.new(source)
  local function raise(what, problem)
    local level = level_outside(function(there)
      return there == source or there == OWN
    end)
    error(("%s: %s"):format(what, tostring(problem)), level)
  end

  local function call(what, f, ...)
    local results = table.pack(pcall(f, ...))
    if results[1] then return table.unpack(results, 2, results.n) end
    raise(what, results[2])
  end

  return raise, call
end

--- Calls f; what a C function, or one that blames its caller's line, raises
--- comes without a place.
---@param f function
---@return any
function M.plainly(f, ...)
  local results = table.pack(pcall(f, ...))
  if not results[1] then error(results[2], 0) end
  return table.unpack(results, 2, results.n)
end

--- What a value is that should have been a table of data.
---@param value any
---@return string
function M.kind_of(value)
  local is_query = type(value) == "table" and getmetatable(value) ~= nil
    and type(value.collect) == "function"
  return is_query and "query that is still to be read: call collect() on it"
    or type(value)
end

--- "no option 'x' (did you mean 'y'?)" where `opts` has a name that is none of
--- `known`, a list or a set; else nil.
---@param opts table
---@param known string[]|table<string, any>
---@return string?
function M.stranger(opts, known)
  local names, is_known = {}, {}
  for key, value in pairs(known) do
    names[#names + 1] = type(key) == "string" and key or value
    is_known[names[#names]] = true
  end
  table.sort(names)
  for name in pairs(opts) do
    if not is_known[name] then
      local hint = require("evalua.nearest").hint(tostring(name), names)
      return ("no option '%s'%s"):format(tostring(name), hint)
    end
  end
end

--- Raise where `opts` is no table, or has a name that is none of `known`.
---@param raise fun(what: string, problem: any) of M.new
---@param what string
---@param opts any
---@param known string[]|table<string, any>
function M.check_names(raise, what, opts, known)
  if type(opts) ~= "table" then
    raise(what, "a table of options was expected, not a " .. type(opts))
  end
  local problem = M.stranger(opts, known)
  if problem ~= nil then raise(what, problem) end
end

return M

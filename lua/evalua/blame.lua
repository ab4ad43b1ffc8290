--- Errors of wrong use, raised at the line that is at fault: the first one
--- outside the file that found it (tail calls and pcall make counting levels
--- useless).

local M = {}

local OWN = debug.getinfo(1, "S").source

--- The two functions for the file whose source is given:
--- `local raise, call = blame.new(debug.getinfo(1, "S").source)`.
--- raise(what, problem) raises "what: problem"; call(what, f, ...) calls f and
--- raises so what it raises.
---@param source string
---@return fun(what: string, problem: any) raise
---@return fun(what: string, f: function, ...: any): any call
function M.new(source)
  local function raise(what, problem)
    local level = 2
    local info = debug.getinfo(level, "S")
    while info and (info.source == source or info.source == OWN
      or info.what == "C") do
      level = level + 1
      info = debug.getinfo(level, "S")
    end
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

--- Raise where a table of options has a name that is none of `known`.
---@param raise fun(what: string, problem: any) of M.new
---@param what string
---@param opts table
---@param known string[]
function M.check_names(raise, what, opts, known)
  for name in pairs(opts) do
    local found = false
    for _, other in ipairs(known) do found = found or name == other end
    if not found then
      raise(what, ("no option '%s'; there are: %s"):format(tostring(name),
        table.concat(known, ", ")))
    end
  end
end

return M

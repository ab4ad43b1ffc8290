--- `evalua run SCRIPT.lua [ARGS]` and `evalua -e CODE`: a script gets `arg`
--- as lua does and the whole of Lua; its own globals are strict.

local core = require "evalua.core"
local lang = require "evalua.lang"

local M = {}

local SCRIPT_ERROR, INTERRUPTED = 3, 130

--- An environment over _G in which reading a name that nobody set raises.
--- It belongs to the script alone; _G stays as it is.
local function strict_environment(args)
  local arg = table.move(args, 2, #args, 1, { [0] = args[1] })
  return setmetatable({ arg = arg }, {
    __index = function(_, name)
      local value = _G[name]
      if value == nil then
        error(("the variable '%s' has no value"):format(tostring(name)), 2)
      end
      return value
    end,
  })
end

local function with_trace(problem)
  local message = problem
  if type(problem) ~= "string" then
    local meta = debug.getmetatable(problem)
    message = meta and meta.__tostring and tostring(problem)
      or ("(an error that is a %s)"):format(type(problem))
  end
  return { message = message, trace = debug.traceback(message, 2) }
end

local function load_script(name, args, tools)
  if name == "-e" then
    if args[1] == nil then tools.fail("-e needs Lua code") end
    return load(args[1], "=(-e)", "t", strict_environment(args))
  end
  if args[1] == nil then tools.fail("which script? evalua run SCRIPT.lua") end
  if core.system.kind(args[1]) == nil then
    tools.fail(("cannot open '%s' (no such file)"):format(args[1]))
  end
  return loadfile(args[1], "t", strict_environment(args))
end

--- Options of evalua that stand before the script's name.
local function take_own_options(args)
  local debugging = false
  while args[1] == "--debug" do
    debugging = true
    table.remove(args, 1)
  end
  return debugging
end

--- Run a script or a piece of code; gives the exit code.
---@param name "run"|"-e"
---@param args string[]
---@param tools table note, fail
---@return integer
function M.run_script(name, args, tools)
  if name == "run" and (args[1] == "--help" or args[1] == "-h") then
    core.system.write(1, require("evalua.cli").usage(M))
    return 0
  end
  local debugging = take_own_options(args)
  local chunk, problem = load_script(name, args, tools)
  if chunk == nil then
    tools.note("evalua: " .. problem)
    return SCRIPT_ERROR
  end
  local ok, failure = xpcall(chunk, with_trace, table.unpack(args, 2))
  io.stdout:flush()
  if ok then return 0 end
  if failure.message:find("interrupted", 1, true) then
    tools.note("evalua: interrupted")
    return INTERRUPTED
  end
  tools.note("evalua: " .. lang.message(lang.current, failure.message))
  if debugging then tools.note(failure.trace) end
  return SCRIPT_ERROR
end

M.name = "run"
M.usage = "run [--debug] SCRIPT.lua [ARGS]"
M.summary = "Run a Lua script with `require \"evalua\"`; "
  .. "evalua -e 'CODE' runs a piece of code."
M.options = {}
M.run = function() error("run is passed through", 0) end

return M

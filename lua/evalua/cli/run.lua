--- `evalua run SCRIPT.lua [ARGS]` and `evalua -e CODE`: a script gets `arg`
--- as lua does and the whole of Lua; its own globals are strict.

local core = require "evalua.core"
local lang = require "evalua.lang"
local options = require "evalua.cli.options"

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
  local kind = core.system.kind(args[1])
  if kind == nil or kind == "directory" then
    tools.fail(("cannot open '%s' (%s)"):format(args[1],
      kind and "Is a directory" or "No such file or directory"))
  end
  return loadfile(args[1], "t", strict_environment(args))
end

--- Before CODE, which may begin with a comment, only --debug and --lang are
--- options.
local function is_own(name, word)
  if word == nil or word == "--" then return false end
  if name == "run" then return word:find "^%-." ~= nil end
  return word == "--debug" or word == "--lang" or word:find "^%-%-lang=" ~= nil
end

--- Options of evalua that stand before the script's name, or CODE.
local function take_own_options(name, args, tools)
  local own = {}
  while is_own(name, args[1]) do
    local word = table.remove(args, 1)
    own[#own + 1] = word
    if word == "--lang" then own[#own + 1] = table.remove(args, 1) end
  end
  if args[1] == "--" then table.remove(args, 1) end
  local values, problem = options.parse(require("evalua.cli").common, own)
  if values == nil then tools.fail(problem) end
  lang.current = values.lang or lang.current
  return values
end

--- Run a script or a piece of code; gives the exit code.
---@param name "run"|"-e"
---@param args string[]
---@param tools table note, fail, debug
---@return integer
function M.run_script(name, args, tools)
  local own = take_own_options(name, args, tools)
  if own.help then
    core.system.write(1, require("evalua.cli").usage(M))
    return 0
  end
  local chunk, problem = load_script(name, args, tools)
  if chunk == nil then
    tools.note("evalua: " .. problem)
    return SCRIPT_ERROR
  end
  local ok, failure = xpcall(chunk, with_trace, table.unpack(args, 2))
  io.stdout:flush()
  if ok then return 0 end
  if require("evalua.cli").was_interrupted() then
    tools.note("evalua: interrupted")
    return INTERRUPTED
  end
  tools.note("evalua: " .. lang.message(lang.current, failure.message))
  if own.debug or tools.debug then tools.note(failure.trace) end
  return SCRIPT_ERROR
end

M.name = "run"
M.usage = "run [--debug] [--lang en|zh] SCRIPT.lua [ARGS]"
M.summary = "Run a Lua script with `require \"evalua\"`; "
  .. "evalua -e 'CODE' runs a piece of code."
M.options = {}
M.run = function() error("run is passed through", 0) end

return M

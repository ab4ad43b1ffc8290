--- The command line: finds the command, parses its options, runs it, and
--- turns every outcome into a message for people and an exit code.

local core = require "evalua.core"
local lang = require "evalua.lang"
local options = require "evalua.cli.options"

local M = {}

local DONE, USAGE, SCRIPT, INTERRUPTED = 0, 2, 3, 130

--- Commands in the order of the help; each is a file of this folder.
M.commands = {
  "variance",
  "trend",
  "forecast",
  "outturn",
  "phase",
  "unusual",
  "chart",
  "report",
  "score",
  "import",
  "export",
  "db",
  "query",
  "pefa",
  "audit",
  "extract",
  "trace",
  "run",
  "doctor",
  "help",
}

--- A mistake of the user, or the world's refusal: no stack trace.
local UserError = {}
UserError.__index = UserError
UserError.__tostring = function(self) return self.message end

local function fail(message, code)
  error(setmetatable({ message = message, code = code or USAGE }, UserError),
    0)
end

--- Options of every command.
M.common = {
  { name = "lang", value = "en|zh", choices = { "en", "zh" }, group = "common",
    help = "language of messages, reports and charts" },
  { name = "debug", group = "common",
    help = "show where in the program an error arose" },
  { name = "help", short = "h", group = "common", help = "this help" },
}

local function write_out(text)
  local ok, message, code = core.system.write(1, text)
  if ok then return end
  if code == "pipe" then fail("", DONE) end
  fail(message)
end

local function note(text)
  core.system.write(2, lang.message(lang.current, text) .. "\n")
end

--- The command of that name, or of its further words (`chart plot`).
---@param name string
---@param args string[]
---@return table command
function M.find(name, args)
  for _, known in ipairs(M.commands) do
    if known == name then
      local command = require("evalua.cli." .. name)
      return command.command_for and command.command_for(args) or command
    end
  end
  if name:find "^%-" then
    fail(("unknown option '%s'; see --help"):format(name))
  end
  fail(("unknown command '%s'%s"):format(name,
    require("evalua.nearest").hint(name, M.commands)))
end

--- Options of a command and of all commands.
---@param command table
---@return table[]
function M.all_options(command)
  return options.join(command.options, M.common)
end

--- The help of a command.
---@param command table
---@return string
function M.usage(command)
  local function text(english) return lang.text(lang.current, english) end
  local lines = { text("usage: ") .. "evalua " .. command.usage, "",
    text(command.summary), "",
    options.describe(M.all_options(command), text) }
  local examples = require("evalua.cli.examples").of(command.usage)
  if examples[1] ~= nil then lines[#lines + 1] = text("Examples:") end
  for _, example in ipairs(examples) do
    lines[#lines + 1] = "  " .. example
  end
  return table.concat(lines, "\n") .. (examples[1] and "\n" or "")
end

--- The width to print in: the terminal's, or COLUMNS; nil when a file reads.
local function output_width()
  return core.system.columns(1) or math.tointeger(tonumber(
    os.getenv("COLUMNS") or ""))
end

local function wants_colour()
  return core.system.columns(1) ~= nil and os.getenv("NO_COLOR") == nil
    and os.getenv("TERM") ~= "dumb"
end

--- The language of complaints about the other options.
local function asked_language(args)
  for i, arg in ipairs(args) do
    local value = arg == "--lang" and args[i + 1] or arg:match "^%-%-lang=(.*)"
    if value == "zh" or value == "en" then return value end
  end
end

--- The program has stopped the collector for its start. It is not to begin
--- before there is something to collect: most commands end with less.
local function start_collecting()
  collectgarbage "restart"
  collectgarbage("step", -4096) -- as if 4 MiB had been freed
end

--- "variance needs --base COL; 'b.csv' has the columns: dept, plan, spent".
---@param who string the command
---@param option table {name=, value=}
---@param values table options that were given
---@param path string? the source
---@return string
function M.lacking(who, option, values, path)
  local problem = ("%s needs --%s %s"):format(who, option.name, option.value)
  local names = option.value:find "^COL" and path and path ~= "-"
    and require("evalua.cli.input").columns_of(path, values)
  if not names then return problem end
  return ("%s; '%s' has the columns: %s"):format(problem, path,
    table.concat(names, ", "))
end

local function run_command(command, args)
  local values, positional = options.parse(
    options.join(M.all_options(command), command.needless or {}), args,
    command.why_unknown)
  if values == nil then fail(positional) end
  lang.current = values.lang or lang.current
  if values.help then
    write_out(M.usage(command))
    return DONE
  end
  for _, option in ipairs(command.options) do
    if option.required and values[option.name:gsub("%-", "_")] == nil then
      fail(M.lacking(command.name, option, values, positional[1]))
    end
  end
  start_collecting()
  return command.run {
    options = values, args = positional, lang = lang.current,
    out = write_out, note = note, fail = fail, width = output_width(),
    colour = wants_colour(),
  } or DONE
end

--- Commands whose arguments belong to somebody else's script.
local pass_through = { run = true, ["-e"] = true }

--- Takes --lang and --debug off the front of `args`: they may stand before
--- the command, too.
local function take_leading(args)
  local at = 1
  while args[at] == "--debug" or args[at] and args[at]:find "^%-%-lang" do
    at = at + (args[at] == "--lang" and 2 or 1)
  end
  local values, problem = options.parse(M.common,
    table.move(args, 1, math.min(at - 1, #args), 1, {}))
  if values == nil then fail(problem) end
  lang.current = values.lang or lang.current
  return table.move(args, at, #args, 1, {}), values
end

local function dispatch(args)
  local leading
  args, leading = take_leading(args)
  local name = args[1]
  if name == nil or name == "--help" or name == "-h" then name = "help" end
  if name == "--version" then
    write_out("evalua " .. require("evalua").version .. "\n")
    return DONE
  end
  local rest = table.move(args, 2, #args, 1, {})
  if pass_through[name] then
    start_collecting()
    return require("evalua.cli.run").run_script(name, rest, {
      note = note, fail = fail, debug = leading.debug })
  end
  lang.current = asked_language(rest) or lang.current
  return run_command(M.find(name, rest), rest)
end

--- Where in the core's own Lua a message arose, taken off for users.
local function without_place(message)
  return (message:gsub("^[^\n]-%.lua:%d+: ", "", 1))
end

--- Lua's own words, behind no more than the place and a verb: a name in the
--- data may have them, too.
local function is_bug(message)
  local text = without_place(message):gsub("^[%l_%.]+: ", "")
  text = without_place(text)
  return text:find "^attempt to " ~= nil or text:find "^bad argument #" ~= nil
    or text:find "^C? ?stack overflow" ~= nil
end

local function on_error(problem)
  if getmetatable(problem) == UserError then return problem end
  local message = tostring(problem)
  return setmetatable({ message = message, raw = true,
    trace = debug.traceback(message, 2) }, UserError)
end

--- Whether there was a ^C: the program's hook notes it in the registry.
---@return boolean
function M.was_interrupted()
  return debug.getregistry()["evalua.interrupted"] ~= nil
end

local function report(problem, debugging)
  local message = problem.message
  if M.was_interrupted() then
    note("evalua: interrupted")
    return INTERRUPTED
  end
  if message == "" then return problem.code end
  if problem.raw then
    if is_bug(message) then
      note("evalua: this is a mistake in evalua itself, please report it "
        .. "(--debug shows more): " .. without_place(message))
    else
      note("evalua: " .. lang.message(lang.current, without_place(message)))
    end
  else
    note("evalua: " .. lang.message(lang.current, message))
  end
  if debugging and problem.trace then note(problem.trace) end
  return problem.code or USAGE
end

local function asks_for_debug(args)
  for _, arg in ipairs(args) do
    if arg == "--debug" then return true end
  end
  return false
end

--- Run the program with its arguments; gives the exit code.
---@param args string[]
---@return integer
function M.main(args)
  lang.current = lang.from_environment(os.getenv)
  local ok, result = xpcall(dispatch, on_error, args)
  if ok then return result end
  return report(result, asks_for_debug(args))
end

M.DONE, M.USAGE, M.SCRIPT = DONE, USAGE, SCRIPT

return M

--- `evalua report NAME SOURCE [--PARAM VALUE]`: a canned report, its options
--- taken from the parameters that the script declares.

local core = require "evalua.core"
local input = require "evalua.cli.input"
local lang = require "evalua.lang"
local options = require "evalua.cli.options"
local output = require "evalua.cli.output"
local report = require "evalua.report"

local M = { name = "report",
  usage = "report NAME SOURCE [--PARAM VALUE] [-o FILE]",
  summary = "Run a canned report; --list names them.",
}

local function list_reports(ctx)
  local folder = require("evalua").root() .. "/scripts"
  local names = assert(core.system.list(folder))
  table.sort(names)
  for _, file in ipairs(names) do
    local name = file:match("^([%w_%-]+)%.lua$")
    local script = name and report.find(name)
    if type(script) == "table" and script.params then
      ctx.out(("%-12s %s\n"):format(name, lang.text(ctx.lang, script.title)))
    end
  end
end

M.options = { { name = "list", help = "the reports there are" } }

--- The report's own option table for the command line's parser.
---@param args string[]
---@return table command
function M.command_for(args)
  local name = args[1]
  if name == nil or name:sub(1, 1) == "-" then
    return { name = "report", usage = M.usage, summary = M.summary,
      options = M.options, run = function(ctx)
        if not ctx.options.list then
          ctx.fail("which report? evalua report --list names them")
        end
        list_reports(ctx)
      end }
  end
  local script, message = report.find(name)
  if script == nil then error(message, 0) end
  return { name = name, summary = script.title,
    usage = "report " .. name .. " SOURCE [--PARAM VALUE] [-o FILE]",
    options = options.join(script.params, input.options, output.options),
    run = function(ctx)
      table.remove(ctx.args, 1)
      return M.run_report(ctx, script)
    end }
end

--- Run a report over the only SOURCE in ctx.args and write it.
function M.run_report(ctx, script)
  local t, info = input.open(ctx)
  local result = assert(report.run(script.name, input.params(ctx, t, info)))
  output.write(ctx, result)
end

return M

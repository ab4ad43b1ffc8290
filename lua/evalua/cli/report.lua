--- `evalua report NAME SOURCE [--PARAM VALUE]`: a canned report, its options
--- taken from the parameters that the script declares.

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
  for _, name in ipairs(report.names()) do
    local script = assert(report.find(name))
    ctx.out(("%-12s %s\n"):format(name, lang.text(ctx.lang, script.title)))
  end
end

M.options = { { name = "list", help = "the reports there are" } }

--- A unit's folder or database may stand where other reports have SOURCE.
local function take_source(ctx)
  if #ctx.args > 1 then
    ctx.fail(("one source at a time, not also '%s'"):format(ctx.args[2]))
  end
  local path = ctx.args[1]
  if path == nil then return end
  if ctx.options.db then
    ctx.fail(("--db names the source already: what is '%s'?"):format(path))
  end
  local folder = require("evalua.performance.year").folder_of(path)
  if folder == nil then
    ctx.options.db = path
  elseif folder ~= path then
    ctx.note(("'%s' is part of a unit's folder: the folder is read")
      :format(path))
  end
  return folder
end

--- Run a report on a unit's year: over --db, or a folder, or the sample.
local function run_unit_report(ctx, script)
  output.file_format(ctx)
  local folder = take_source(ctx)
  if ctx.options.db == nil and folder == nil then
    ctx.note("no --db FILE is given: this is the shipped sample unit")
  end
  local params = { lang = ctx.lang, folder = folder }
  for _, param in ipairs(script.params) do
    local name = param.name:gsub("-", "_")
    params[name] = ctx.options[name]
  end
  output.write(ctx, assert(report.run(script.name, params)))
end

local function unit_command(script, name)
  return { name = name, summary = script.title,
    usage = "report " .. name .. " [DIR] [--db FILE] [--unit NAME] "
      .. "[--year Y] [-o FILE]",
    options = options.join(script.params, output.options),
    run = function(ctx)
      table.remove(ctx.args, 1)
      run_unit_report(ctx, script)
    end }
end

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
  if script.of_unit then return unit_command(script, name) end
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

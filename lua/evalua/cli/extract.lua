--- `evalua extract`: the figures of a report in Chinese.

local core = require "evalua.core"
local extract = require "evalua.extract"
local input = require "evalua.cli.input"
local options = require "evalua.cli.options"
local output = require "evalua.cli.output"
local show = require "evalua.show"

local own = { input.option "where", input.option "encoding" }

local function run(ctx)
  output.file_format(ctx)
  if #ctx.args == 0 then
    ctx.fail("extract from what? name a report as a text file, or - for "
      .. "standard input")
  end
  if #ctx.args > 1 then
    ctx.fail(("one source at a time, not also '%s'"):format(ctx.args[2]))
  end
  local path = ctx.args[1]
  if core.system.kind(path) == "directory" then
    ctx.fail(("'%s' is a folder, not a report"):format(path))
  end
  local t, notes = extract.file(path, { encoding = ctx.options.encoding })
  if t == nil then ctx.fail(notes) end
  for _, note in ipairs(notes) do ctx.note(note) end
  if t:nrows() == 0 then
    ctx.note(("'%s' holds no figure with a unit"):format(path))
  end
  output.write(ctx, show.report(input.filtered(ctx, t)))
end

return { name = "extract", usage = "extract REPORT.txt [-o FILE]",
  summary = "The figures of a report in Chinese: number, unit, qualifier, what "
    .. "it counts, where it stands.",
  options = options.join(own, output.options), run = run }

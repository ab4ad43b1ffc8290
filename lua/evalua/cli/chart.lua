--- `evalua chart KIND SOURCE …`: the variance of a source as a picture.

local input = require "evalua.cli.input"
local join = require("evalua.cli.options").join
local output = require "evalua.cli.output"
local report = require "evalua.report"

local kinds = { "variance", "bridge" }

local own = {
  { name = "title", value = "TEXT", help = "the message above a chart" },
  { name = "who", value = "TEXT",
    help = "whose figures these are, for the line under the message" },
  { name = "when", value = "TEXT",
    help = "the period, for the line under the message" },
  { name = "size", value = "slide|doc|WxH",
    help = "of a chart: slide (1920x1080), doc (16 cm wide) or WxH pixels" },
}

local function need_kind(ctx)
  local kind = table.remove(ctx.args, 1)
  for _, known in ipairs(kinds) do
    if kind == known then return kind end
  end
  local there = table.concat(kinds, ", ")
  if kind == nil then
    ctx.fail(("which chart? there are: %s"):format(there))
  end
  ctx.fail(("there is no chart '%s'; there are: %s"):format(kind, there))
end

local function run(ctx)
  local o = ctx.options
  local kind = need_kind(ctx)
  if o.output == nil then
    ctx.fail("where to? a chart needs -o FILE.svg, FILE.png or FILE.pdf")
  end
  local format = output.file_format(ctx)
  if not output.pictures[format] then
    ctx.fail(("a chart is written as svg, png or pdf, not as %s")
      :format(format))
  end
  local t, info = input.open(ctx)
  local result = assert(report.run("variance", input.params(ctx, t, info)))
  local bytes, message = result.picture(kind, format)
  if bytes == nil then ctx.fail(message) end
  output.save(ctx, bytes)
end

return { name = "chart",
  usage = "chart variance|bridge SOURCE --base COL --actual COL "
    .. "[--by COL[,COL]] -o FILE.svg|png|pdf",
  summary = "Draw a chart of a source: variance or bridge.",
  options = join(assert(report.find("variance")).params, own, input.options,
    output.options),
  run = run }

--- `evalua chart plot SOURCE --x COL --y COL`: an analyst's own look.

local core = require "evalua.core"
local input = require "evalua.cli.input"
local options = require "evalua.cli.options"
local output = require "evalua.cli.output"
local plot = require "evalua.chart.plot"

local own = {
  { name = "x", value = "COL", help = "numbers or periods; of bars any column" },
  { name = "y", value = "COL", help = "numbers; a histogram has none" },
  { name = "group", value = "COL",
    help = "a series, or a box, for each of its values" },
  { name = "style", value = table.concat(plot.styles, "|"),
    choices = plot.styles, help = "how the points are drawn (lines)" },
  { name = "log", value = "x|y|xy", choices = { "x", "y", "xy" },
    help = "logarithmic axes" },
  { name = "fit", help = "a straight line with its 95 % band" },
  { name = "bins", value = "N", integer = true, help = "bars of a histogram" },
  { name = "title", value = "TEXT", help = "the message above a chart" },
  { name = "size", value = "slide|doc|WxH",
    help = "of a chart: slide (1920x1080), doc (16 cm wide) or WxH pixels" },
  { name = "theme", value = "NAME|FILE",
    help = "colours, fonts and sizes: default, cvd, or a csv file of them" },
}

local passed = { "x", "y", "group", "style", "log", "fit", "bins", "title",
  "size", "theme" }

local function run(ctx)
  local o = ctx.options
  table.remove(ctx.args, 1)
  local format = output.picture_format(ctx)
  if format == nil then
    ctx.fail("where to? a chart needs -o FILE.svg, FILE.png or FILE.pdf")
  end
  local started = core.draw.start() -- what it lacks is said by render
  local t, info = input.open(ctx, { o.x, o.y, o.group })
  local opts = { lang = ctx.lang, source = info.name
    and info.name:match "[^/]*$" }
  for _, name in ipairs(passed) do opts[name] = o[name] end
  local made, message = plot.plot(t, opts)
  local bytes
  if made ~= nil then
    bytes, message = made:render(format, { started = started })
  end
  if bytes == nil then ctx.fail(message) end
  if made.lost > 0 then
    ctx.note(("rows without a place in the picture: %d (a value is missing, "
      .. "or not above zero on a logarithmic axis)"):format(made.lost))
  end
  if o.output ~= nil then return output.save(ctx, bytes) end
  output.print(ctx, bytes, format)
end

return { name = "chart", usage = "chart plot SOURCE [--x COL] [--y COL] "
  .. "[--group COL] [--style STYLE] -o FILE.svg|png|pdf",
  summary = "Look at data: lines, points, steps, bars, boxes, histograms.",
  options = options.join(own, input.options, output.picture_options), run = run }

--- The display list as a gnuplot script: numbers printed here, text through
--- gp_text only, no variable, no formula, no file name but the fixed one.
---
--- Marks are plot elements, since these are painted in their order; texts are
--- labels in front. gnuplot's coordinates are our pixels: x to the right from
--- 0 to the width, y down from 0 to the height, over the whole canvas (in a
--- png gnuplot's range ends half a pixel inside it, measured).
local gp_text = require "evalua.chart.backend.gp_text"
local core = require "evalua.core"

local M = {}

-- Measured on gnuplot 5.4: what an em, a line width and a dot's radius of n px
-- are called. pdf counts in points of a page of `inches`; a line width of 1 is
-- 0.5 pt; a dot of size 1 has a radius of 9 px, 3 px of the png, 3 pt.
local calibrations = {
  svg = function() return { font = 1, line = 1, pixel = 1, dot = 1 / 9 } end,
  png = function(sizes)
    return { font = 0.75 * sizes.scale, line = sizes.scale,
      pixel = sizes.scale, dot = sizes.scale / 3 }
  end,
  pdf = function(sizes)
    local points = 72 / sizes.px_per_inch
    return { font = points, line = 2 * points, pixel = 1, dot = points / 3 }
  end,
}

--- A finite number as text, whatever the locale.
---@param value number
---@return string
function M.number(value)
  if value ~= value or value == math.huge or value == -math.huge then
    error("the layout made a number that is not finite", 0)
  end
  if value % 1 == 0 and math.abs(value) < 1e15 then
    return ("%d"):format(value) -- most of them: edges lie on whole pixels
  end
  local text = ("%.3f"):format(value):gsub(",", ".")
  return (text:gsub("%.?0+$", ""))
end

local num = M.number

--- A colour as gnuplot reads it.
---@param value string
---@return string
function M.color(value)
  if not value:find("^#%x%x%x%x%x%x$") then
    error(("'%s' is not a colour like #2E75B6"):format(value), 0)
  end
  return '"' .. value .. '"'
end

local color = M.color

--- The same as a number in a row of data.
local function color_number(value)
  return tonumber(color(value):sub(3, -2), 16)
end

local function family(name)
  if not name:find("^[%w\x80-\xFF][%w\x80-\xFF %-]*$") then
    error(("'%s' is not a font's name"):format(name), 0)
  end
  return name
end

---@class Script
---@field parts string[] lines of the script
---@field plots string[] elements of the plot command
---@field unit { font: number, line: number, pixel: number }
local Script = {}
Script.__index = Script

function Script:line(...)
  self.parts[#self.parts + 1] = table.concat { ... }
end

--- A datablock of one row of numbers per entry; returns its name.
function Script:data(rows)
  self.blocks = self.blocks + 1
  local name = "$D" .. self.blocks
  self:line(name, " << E")
  for _, row in ipairs(rows) do
    for i, value in ipairs(row) do row[i] = num(value) end
    self:line(table.concat(row, " "))
  end
  self:line("E")
  return name
end

function Script:plot(...)
  self:end_rows()
  self.plots[#self.plots + 1] = table.concat { ... }
end

--- On the pixel grid of the picture, so that edges are sharp.
function Script:snap(value)
  local pixel = self.unit.pixel
  return math.floor(value * pixel + 0.5) / pixel
end

local function width_of(self, item)
  return num((item.width or 1) * self.unit.line)
end

local function dash_of(item)
  if not item.dash then return "" end
  local parts = {}
  for i, length in ipairs(item.dash) do parts[i] = num(length) end
  return " dt (" .. table.concat(parts, ",") .. ")"
end

local function style_of(self, item)
  if not item.stroke then return " fs solid noborder" end
  return " fs solid border lc rgb " .. color(item.stroke) .. " lw "
    .. width_of(self, item)
end

--- A row of an element of the plot: boxes or dots that follow each other in one
--- style are one element, each with its colour in its row, since an element
--- costs gnuplot more than a box.
---@param how string
function Script:add(how, row)
  if self.rows and self.rows.how ~= how then self:end_rows() end
  self.rows = self.rows or { how = how }
  self.rows[#self.rows + 1] = row
end

function Script:end_rows()
  local rows = self.rows
  if rows == nil then return end
  self.rows = nil
  self:plot(self:data(rows), rows.how)
end

local draw = {}

function draw.rect(self, item)
  local x0, x1 = self:snap(item.x0), self:snap(item.x1)
  local y0, y1 = self:snap(item.y0), self:snap(item.y1)
  if item.x1 > item.x0 and x1 == x0 then -- thin, not gone
    x1 = x0 + 1 / self.unit.pixel
  end
  self:add(" with boxxyerror fc rgb variable" .. style_of(self, item), {
    (x0 + x1) / 2, (y0 + y1) / 2, x0, x1, y0, y1,
    color_number(item.fill or "#FFFFFF") })
end

--- Points in a flat array as data rows.
local function points_of(points)
  local rows = {}
  for i = 1, #points, 2 do rows[#rows + 1] = { points[i], points[i + 1] } end
  return rows
end

function draw.polyline(self, item)
  local name = self:data(points_of(item.points))
  self:plot(name, " with lines lw ", width_of(self, item), " lc rgb ",
    color(item.color), dash_of(item))
end

--- An upright or level line is a thin box: whole pixels, square ends.
function draw.line(self, item)
  local half = (item.width or 1) / 2
  local pixel = 0.5 / self.unit.pixel
  half = math.max(pixel, math.floor(half / pixel + 0.5) * pixel)
  if item.dash or (item.x0 ~= item.x1 and item.y0 ~= item.y1) then
    draw.polyline(self, { points = { item.x0, item.y0, item.x1, item.y1 },
      width = item.width, color = item.color, dash = item.dash })
  elseif item.x0 == item.x1 then
    draw.rect(self, { x0 = item.x0 - half, x1 = item.x0 + half,
      y0 = item.y0, y1 = item.y1, fill = item.color })
  else
    draw.rect(self, { x0 = item.x0, x1 = item.x1, y0 = item.y0 - half,
      y1 = item.y0 + half, fill = item.color })
  end
end

function draw.polygon(self, item)
  local rows = points_of(item.points)
  rows[#rows + 1] = { item.points[1], item.points[2] }
  self:plot(self:data(rows), " with filledcurves closed fc rgb ",
    color(item.fill), style_of(self, item))
end

--- In an svg a circle would be a polygon of 2 KB: there it is a dot, or two, the
--- inner one as its fill.
local function draw_dots(self, item)
  local half = item.stroke and (item.width or 1) / 2 or 0
  local function dot(radius, ink)
    self:add(" with points pt 7 ps variable lc rgb variable", { item.x, item.y,
      radius * self.unit.dot, color_number(ink) })
  end
  local fill = item.fill or "#FFFFFF"
  if item.stroke then dot(item.radius + half, item.stroke) end
  if item.radius > half then dot(item.radius - half, fill) end
end

function draw.circle(self, item)
  if self.format == "svg" then return draw_dots(self, item) end
  self:plot(self:data { { item.x, item.y, item.radius } },
    " with circles fc rgb ", color(item.fill or "#FFFFFF"),
    style_of(self, item))
end

--- Lines from the lower left to the upper right, `step` apart along the box.
function draw.hatch(self, item)
  local w, h = item.x1 - item.x0, item.y1 - item.y0
  for offset = item.step - h, w, item.step do
    local from, to = math.max(0, offset), math.min(w, offset + h)
    if to > from then
      draw.line(self, { x0 = item.x0 + from, x1 = item.x0 + to,
        y0 = item.y1 - (from - offset), y1 = item.y1 - (to - offset),
        color = item.color, width = item.width })
    end
  end
end

--- A viewer of an svg may have the glyphs that this machine lacks; cairo
--- draws them as giant boxes in the others.
function Script:drawable(text)
  if self.format == "svg" or not text:find("[\x80-\xFF]") then return text end
  return self.measure:drawable(text)
end

function draw.text(self, item)
  if item.text == "" then return end
  self.labels = self.labels + 1
  local bold, runs = #item.runs == 1 and item.runs[1].bold, {}
  for i, run in ipairs(item.runs) do
    runs[i] = { text = self:drawable(run.text), bold = run.bold and not bold }
  end
  local text = gp_text.quote_runs(runs)
  self:line("set label ", self.labels, " ", text, " at first ", num(item.x),
    ",", num(item.y), " ", item.anchor, " front font \"", self.family,
    bold and ":Bold" or "", ",", num(item.size * self.unit.font),
    "\" tc rgb ", color(item.color))
end

--- Whole points of a page, as inches; gnuplot cuts off what is behind them.
local function inches(pixels, sizes)
  local points = math.floor(pixels / sizes.px_per_inch * 72 + 0.5)
  return (("%.5f"):format((points + 0.01) / 72):gsub(",", "."))
end

--- `set terminal`: the canvas in the format's own measure.
local function terminal(format, list, sizes, name, unit)
  local font = (' font "%s,%s" enhanced background "#FFFFFF" butt')
    :format(name, num(24 * unit.font))
  if format == "svg" then
    return ("set terminal svg size %s,%s dynamic"):format(num(list.width),
      num(list.height)) .. font
  elseif format == "png" then
    return ("set terminal pngcairo size %d,%d"):format(
      math.floor(list.width * sizes.scale + 0.5),
      math.floor(list.height * sizes.scale + 0.5)) .. font
  end
  return ("set terminal pdfcairo size %sin,%sin fontscale 0.75"):format(
    inches(list.width, sizes), inches(list.height, sizes)) .. font
end

--- The beginning of a script: encoding, terminal and file of a canvas.
---@param canvas { width: number, height: number }
---@param sizes table
---@param name string the font's name
---@param format string "svg", "png" or "pdf"
---@param output string? the file's name, one that core.draw reads
---@return string[] lines
---@return { font: number, line: number, pixel: number, dot: number } unit
function M.head(canvas, sizes, name, format, output)
  local unit = calibrations[format](sizes)
  return { "set encoding utf8",
    terminal(format, canvas, sizes, family(name), unit),
    'set output "' .. (output or core.draw.output()) .. '"' }, unit
end

--- The script that draws `list`.
---@param list DisplayList
---@param spec { sizes: table, theme: table }
---@param format string "svg", "png" or "pdf"
---@param output string? the file's name, one that core.draw reads
---@return string
function M.script(list, spec, format, output)
  local name = spec.theme.family
  local lines, unit = M.head(list, spec.sizes, name, format, output)
  local self = setmetatable({ parts = lines, plots = {}, blocks = 0, labels = 0,
    unit = unit, family = name, format = format, measure = list.measure },
    Script)
  self:line("unset key; unset border; unset tics")
  self:line("set lmargin at screen 0; set rmargin at screen 1")
  self:line("set bmargin at screen 0; set tmargin at screen 1")
  local inset = format == "png" and 0.5 / unit.pixel or 0
  self:line("set xrange [", num(inset), ":", num(list.width - inset), "]")
  self:line("set yrange [", num(list.height - inset), ":", num(inset), "]")
  for _, item in ipairs(list.items) do draw[item.kind](self, item) end
  self:end_rows()
  if #self.plots == 0 then self.plots[1] = "NaN" end
  self:line("plot ", table.concat(self.plots, ", \\\n  "))
  self:line("set output")
  return table.concat(self.parts, "\n") .. "\n"
end

return M

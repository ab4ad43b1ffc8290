--- Where a command's result goes: -o FILE by its suffix, -O FORMAT on stdout.

local core = require "evalua.core"
local report = require "evalua.report"

local M = {}

M.options = {
  { name = "output", short = "o", value = "FILE", group = "result",
    help = "write to FILE, in the format of its suffix" },
  { name = "format", short = "O", value = "FORMAT", group = "result",
    help = "format on standard output: text md html csv json xlsx docx" },
}

--- The same for commands whose result is a picture.
M.picture_options = { M.options[1],
  { name = "format", short = "O", value = "FORMAT", group = "result",
    help = "format on standard output: svg png pdf, or text where it can be" },
}

--- Suffixes of pictures.
M.pictures = { svg = true, png = true, pdf = true }

--- The format that a file's suffix names; raises when it names none.
---@param ctx table
---@param there_are string? the suffixes that the command has, for the error
---@return string? format
function M.file_format(ctx, there_are)
  local path = ctx.options.output
  if path == nil then return nil end
  if core.system.kind(path) == "other" then
    return ctx.options.format or "text"
  end
  if core.system.kind(path) == "directory" then
    ctx.fail(("'%s' is a folder: name a file in it"):format(path))
  end
  local suffix = (path:match("%.(%w+)$") or ""):lower()
  if suffix == "txt" then return "text" end
  for _, format in ipairs(report.formats) do
    if suffix == format then return format end
  end
  if M.pictures[suffix] then return suffix end
  ctx.fail(("'%s': no format has the suffix '%s'; there are: %s"):format(path,
    suffix, there_are
      or "txt, md, html, csv, json, xlsx, docx, svg, png, pdf"))
end

--- The format of a picture by -o or -O, nil for text; raises when it is
--- another one.
---@param ctx table
---@return string? format
function M.picture_format(ctx)
  local format = M.file_format(ctx, "svg, png, pdf") or ctx.options.format
  if format == nil or M.pictures[format] then return format end
  if format == "text" and ctx.options.output == nil then return nil end
  ctx.fail(("a chart is written as svg, png or pdf, not as %s"):format(format))
end

--- The format for standard output; raises when there is no such format.
---@param ctx table
---@return string
function M.stdout_format(ctx)
  local name = ctx.options.format or "text"
  for _, format in ipairs(report.formats) do
    if name == format then return format end
  end
  ctx.fail(("unknown format '%s'; there are: %s"):format(name,
    table.concat(report.formats, ", ")))
end

--- A terminal is no place for a file of other than text.
local function refuse_terminal(ctx, format)
  if core.system.columns(1) == nil then return end
  ctx.fail(("%s is not for a terminal: give -o FILE.%s"):format(format, format))
end

local is_binary = { xlsx = true, docx = true, png = true, pdf = true }

--- Bytes of a format to standard output.
---@param ctx table
---@param bytes string
---@param format string
function M.print(ctx, bytes, format)
  if is_binary[format] then refuse_terminal(ctx, format) end
  ctx.out(bytes)
end

--- Write bytes to the file that -o names.
function M.save(ctx, bytes)
  local ok, message = core.file.write(ctx.options.output, bytes)
  if not ok then ctx.fail(message) end
end

--- `-o datapackage.json` writes a Fiscal Data Package: true when it was asked.
---@param ctx table
---@param t evalua.table
---@param info table what reading found
---@return boolean
function M.package(ctx, t, info)
  local path = ctx.options.output
  if path == nil or not path:find("datapackage%.json$") then return false end
  local ok, message = require("evalua.package").write(path, t, info)
  if not ok then ctx.fail(message) end
  return true
end

--- csv and json carry data only: the notes go to standard error.
local function notes_aside(ctx, result, format)
  if not report.is_data(format) then return end
  for _, text in ipairs(result.notes or {}) do ctx.note(text) end
end

local function print_report(ctx, result)
  local format = M.stdout_format(ctx)
  notes_aside(ctx, result, format)
  M.print(ctx, result:render(format, { lang = ctx.lang, width = ctx.width,
    colour = ctx.colour }), format)
end

--- The report as a picture. Where it cannot be drawn, the figures are still
--- printed before the reason is.
local function save_picture(ctx, result, format)
  if result.picture == nil then
    ctx.fail(("this report is no picture: it cannot be written as %s")
      :format(format))
  end
  local bytes, message = result.picture(ctx.options.chart or "variance",
    format)
  if bytes ~= nil then return M.save(ctx, bytes) end
  if ctx.options.format == nil then print_report(ctx, result) end
  ctx.fail(message)
end

--- Put a report where -o and -O say; on standard output when neither does.
---@param ctx table
---@param result evalua.report
function M.write(ctx, result)
  local format = M.file_format(ctx)
  if format == nil or ctx.options.format ~= nil then
    print_report(ctx, result)
  end
  if format == nil then return end
  if M.pictures[format] then return save_picture(ctx, result, format) end
  notes_aside(ctx, result, format)
  M.save(ctx, result:render(format, { lang = ctx.lang }))
  if result.problem ~= nil then ctx.fail(result.problem) end
end

return M

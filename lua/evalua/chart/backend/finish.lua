--- What gnuplot wrote, made fit to hand on: the same bytes for the same
--- chart, and an SVG that can stand inside a page.
local clean = require "evalua.chart.clean"

local M = {}

local FALLBACKS = "'Microsoft YaHei','PingFang SC',sans-serif"

local entities = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;",
  ['"'] = "&quot;", ["'"] = "&#39;" }

local function xml(text)
  return (clean.text(text):gsub("[&<>\"']", entities))
end

--- The pieces of a text between occurrences of `mark`, found as it is.
local function pieces(bytes, mark)
  local list, from = {}, 1
  while true do
    local at = bytes:find(mark, from, true)
    list[#list + 1] = bytes:sub(from, (at or 0) - 1)
    if at == nil then return list end
    from = at + #mark
  end
end

--- Points refer to definitions of gnuplot's by ids; these are the two that a
--- plot has, a ring and a dot.
local function draw_points(bytes)
  local list = pieces(bytes, "<use xlink:href='#gpPt")
  for i = 2, #list do
    list[i] = list[i]:gsub("^([56])' transform='translate%(([%d.-]+),([%d.-]+)%)"
      .. " scale%(([%d.]+)%)' color='([^']*)'", function(kind, x, y, radius, ink)
      return ("<circle cx='%s' cy='%s' r='%s' %s"):format(x, y, radius,
        kind == "6" and ("fill='%s' stroke='none'"):format(ink)
        or ("fill='none' stroke='%s' stroke-width='%.2f'"):format(ink,
          radius / 5):gsub(",", "."))
    end)
  end
  return table.concat(list)
end

--- gnuplot leaves ">" as it is, which XML forbids behind "]]".
local function escape_end(bytes)
  return table.concat(pieces(bytes, "]]>"), "]]&gt;")
end

--- Name what stands in for a missing font, in what follows `mark`.
local function stack_fonts(bytes, mark)
  local list = pieces(bytes, mark)
  for i = 2, #list do
    list[i] = list[i]:gsub('^([^"\'>]*)"', "'%1'," .. FALLBACKS .. '"', 1)
  end
  return table.concat(list, mark)
end

--- Some viewers drop the blanks between regular and bold runs unless told.
local function keep_blanks(bytes)
  local told = '<text xml:space="preserve"'
  bytes = table.concat(pieces(bytes, told), "<text")
  return table.concat(pieces(bytes, "<text"), told)
end

--- Groups without ids and titles of data, and none that holds nothing. Text
--- may hold any words, but never a "<": so what begins a piece is a tag.
local function change_groups(bytes)
  local out = {}
  for i, piece in ipairs(pieces(bytes, "<g ")) do
    local byte = piece:byte()
    if i > 1 and byte == 0x69 then -- id=
      piece = piece:gsub('^id="[^"]*"%s*>%s*', ">", 1)
        :gsub("^><title>[^<]*</title>%s*", ">", 1)
    elseif i > 1 and byte == 0x74 then -- transform=
      piece = piece:gsub('^([^>]- font%-family=")([^"\'>]*)"', function(tag,
        name)
        return tag .. "'" .. name .. "'," .. FALLBACKS .. '"'
      end, 1)
    end
    out[#out + 1] = piece
    local rest = #out > 1 and piece:match "^[^>]*>%s*</g>%s*(.*)"
    while rest do -- and with it what held only this group
      out[#out] = nil
      out[#out] = out[#out] .. rest
      rest = #out > 1 and out[#out]:match "^[^>]*>%s*</g>%s*(.*)"
    end
  end
  return table.concat(out, "<g ")
end

--- The opening tag: a picture with a name, of a known size.
local function open_svg(list, sizes)
  local size = sizes.name == "doc"
    and ('width="16cm" height="%.2fcm"'):format(16 * list.height / list.width)
    or ('width="%.0f" height="%.0f"'):format(sizes.width * sizes.scale,
      list.height * sizes.scale)
  return ('<svg %s viewBox="0 0 %.0f %.0f" xmlns="http://www.w3.org/2000/svg" '
    .. 'role="img" aria-label="%s">'):format((size:gsub(",", ".")),
      list.width, list.height, xml(list.description[1] or ""))
end

--- Strip the generator, titles of data, empty groups, definitions that
--- nothing uses and ids (two pictures share a page); name the fallback fonts.
function M.svg(bytes, list, sizes)
  bytes = bytes:gsub("<title>[^<]*</title>%s*", "", 1)
    :gsub("<desc>[^<]*</desc>%s*", "", 1):gsub("<defs>.-</defs>%s*", "", 1)
  bytes = stack_fonts(keep_blanks(change_groups(draw_points(escape_end(
    bytes)))), '<tspan font-family="')
  local lines = {}
  for i, line in ipairs(list.description) do lines[i] = xml(line) end
  local description = table.concat(lines, "\n")
  return (bytes:gsub("<svg[^>]*>%s*", function()
    return open_svg(list, sizes) .. "\n<desc>" .. description .. "</desc>\n"
  end, 1))
end

local DATE = "20000101000000"

--- cairo notes when the file was made; the same length of text keeps the
--- offsets of the file true.
function M.pdf(bytes)
  return (bytes:gsub("/CreationDate %(D:(%d+)", function(date)
    return "/CreationDate (D:" .. DATE:sub(1, #date)
  end))
end

--- cairo writes neither a date nor a text into a png.
function M.png(bytes)
  return bytes
end

return M

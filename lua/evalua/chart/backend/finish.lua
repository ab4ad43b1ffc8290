--- What gnuplot wrote, made fit to hand on: the same bytes for the same
--- chart, and an SVG that can stand inside a page.
local M = {}

local FALLBACKS = "'Microsoft YaHei','PingFang SC',sans-serif"

local entities = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;",
  ['"'] = "&quot;", ["'"] = "&#39;" }

local function xml(text)
  return (text:gsub("[&<>\"']", entities))
end

--- A font-family attribute with what stands in for a missing font.
local function font_stack(name)
  return "font-family=\"'" .. name .. "'," .. FALLBACKS .. '"'
end

--- Only tags are changed: text may hold the same words, but never a "<".
--- Some viewers drop the blanks between regular and bold runs unless told.
local function change_tag(tag)
  if not tag:find("id=", 1, true) and not tag:find("<text", 1, true)
    and not tag:find("font-family", 1, true) then
    return nil -- most tags: stays as it is
  end
  if tag:find("^<text") and not tag:find("xml:space", 1, true) then
    tag = '<text xml:space="preserve"' .. tag:sub(6)
  end
  return (tag:gsub('%s+font%-family="([^"\']+)"', function(name)
    return " " .. font_stack(name)
  end):gsub('%s+id="[^"]*"', ""))
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

--- Groups that hold nothing, innermost first.
local function drop_empty(bytes)
  local count
  repeat
    bytes, count = bytes:gsub("<g[^>]*>%s*</g>%s*", "")
  until count == 0
  return bytes
end

--- Strip the generator, titles of data, empty groups, definitions that
--- nothing uses and ids (two pictures share a page); name the fallback fonts.
function M.svg(bytes, list, sizes)
  bytes = bytes:gsub("<title>[^<]*</title>%s*", "")
    :gsub("<desc>[^<]*</desc>%s*", "", 1):gsub("<defs>.-</defs>%s*", "", 1)
  bytes = drop_empty(bytes):gsub("<[^!?/][^>]*>", change_tag)
  local description = xml(table.concat(list.description, "\n"))
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

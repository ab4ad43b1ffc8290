--- Themes as data: colours, marks of scenarios, how numbers are written, and
--- sizes for the two formats in logical pixels. A slide is 1920 x 1080 (2 px =
--- 1 pt at 13.33 in), a document picture 1240 wide (16 cm, 2.73 px = 1 pt) and
--- as high as its content. data/themes/README.md says what the keys mean;
--- data/themes/default.csv has them all.
local core = require "evalua.core"

local M = {}

---@class Theme: table<string, string> colours by name
---@field family string
---@field number { group: string, decimal: string }
---@field mark table<string, string> scenario code -> solid, outline, hatch
---@field word table<string, string> good, bad, neutral -> a colour's name
---@field slide table sizes
---@field doc table sizes

-- ---- what a value may be ----

local choices = {
  mark = { solid = true, outline = true, hatch = true },
  word = { green = true, blue = true, red = true, grey = true },
}

local function colour(value)
  if value:find "^#%x%x%x%x%x%x$" then return value end
  return nil, "a colour like #2E75B6"
end

local function family(value)
  if value:find "^[%w\x80-\xFF][%w\x80-\xFF %-]*$" and #value <= 80 then
    return value
  end
  return nil, "the name of a font"
end

local function separator(value)
  if utf8.len(value) and utf8.len(value) <= 1
    and not value:find "[%w%c+\\-]" then
    return value
  end
  return nil, "one character or nothing"
end

local function size(value)
  local number = core.decimal.parse(value)
  if number and number > 0 and number <= 4000 then return number:number() end
  return nil, "a number above 0 and up to 4000"
end

local function choice(section)
  return function(value)
    if choices[section][value] then return value end
    local names = {}
    for name in pairs(choices[section]) do names[#names + 1] = name end
    table.sort(names)
    return nil, "one of " .. table.concat(names, ", ")
  end
end

local checks = { color = colour, font = family, number = separator,
  mark = choice "mark", word = choice "word", slide = size, doc = size }

-- ---- reading ----

--- What is wrong with a file, with its name and line.
local function fault(where, message)
  return nil, where .. ": " .. message, "data"
end

--- The keys of `over` by name, checked against those of `known` (nil: any).
---@param over table[] { key, value, where }
local function accept(over, known)
  local flat = {}
  for _, item in ipairs(over) do
    local key, value, where = item[1], item[2], item[3]
    local check = checks[key:match "^(%l+)%." or ""]
    if not check or (known and known[key] == nil) then
      return fault(where, M.unknown_key(key, known))
    end
    local found, wanted = check(value)
    if found == nil then
      return fault(where, ("'%s' of '%s' is not %s"):format(value, key,
        wanted))
    end
    flat[key] = found
  end
  return flat
end

--- "there is no 'color.god' in a theme (did you mean …?)"
function M.unknown_key(key, known)
  local names = {}
  for name in pairs(known or {}) do names[#names + 1] = name end
  table.sort(names)
  local near = require("evalua.nearest").name(key, names)
  local text = ("there is no '%s' in a theme"):format(key)
  return near and ("%s (did you mean '%s'?)"):format(text, near) or text
end

--- Rows of a theme's file as { key, value, "file:line" }, or nil, message.
local function read_file(path)
  local t, message, code = core.csv.read(path, nil, { delimiter = "," })
  if t == nil then return nil, message, code end
  if not (t:has "key" and t:has "value") then
    return fault(path, "a theme has the columns key and value")
  end
  local rows = {}
  for i = 1, t:nrows() do
    local row = t[i]
    rows[i] = { tostring(row.key or ""), tostring(row.value or ""),
      ("%s:%d"):format(path, i + 1) }
  end
  return rows
end

local function folder()
  return require("evalua").root() .. "/data/themes/"
end

local base = nil -- the default theme's keys, read once

local function base_keys()
  if base then return base end
  local rows, message = read_file(folder() .. "default.csv")
  if not rows then error(message, 0) end
  base = assert(accept(rows))
  return base
end

--- A Lua table of keys, nested or not, as rows.
local function rows_of(over, prefix, rows)
  for key, value in pairs(over) do
    key = prefix .. tostring(key)
    if type(value) == "table" then
      rows_of(value, key .. ".", rows)
    else
      rows[#rows + 1] = { key, tostring(value), "theme" }
    end
  end
  table.sort(rows, function(a, b) return a[1] < b[1] end)
  return rows
end

-- ---- what holds for all themes together ----

local function channel(hex)
  local c = tonumber(hex, 16) / 255
  return c <= 0.03928 and c / 12.92 or ((c + 0.055) / 1.055) ^ 2.4
end

local luminances = {} -- of the few colours of a theme

local function luminance(color)
  if luminances[color] == nil then
    local r, g, b = color:match "#(%x%x)(%x%x)(%x%x)"
    luminances[color] = 0.2126 * channel(r) + 0.7152 * channel(g)
      + 0.0722 * channel(b)
  end
  return luminances[color]
end

--- Contrast of two colours, 1 to 21 (WCAG 2.1, "contrast ratio").
function M.contrast(a, b)
  local x, y = luminance(a), luminance(b)
  return (math.max(x, y) + 0.05) / (math.min(x, y) + 0.05)
end

--- The ink that reads best on `fill`: the theme's text or its paper.
---@param theme Theme
function M.ink_on(theme, fill)
  local dark, light = M.contrast(theme.text, fill),
    M.contrast(theme.paper, fill)
  return dark >= light and theme.text or theme.paper
end

local inks = { "text", "second", "muted", "good_text", "bad_text",
  "neutral_text", "calm_text", "accent_text" }

--- 10 pt on a slide, 8 pt in print; text that can be read.
local function check_whole(theme, where)
  for _, name in ipairs(inks) do
    if M.contrast(theme[name], theme.paper) < 3 then
      return fault(where, ("text of 'color.%s' hardly stands out from "
        .. "'color.paper'"):format(name))
    end
  end
  for name, points in pairs { slide = 10, doc = 8 } do
    local sizes = theme[name]
    local least = points / 72 * sizes.px_per_inch - 0.01
    if sizes.min_font < least then
      return fault(where, ("'%s.min_font' is below %d pt (%d)"):format(name,
        points, math.ceil(least)))
    end
    for key, pixels in pairs(sizes.font) do
      if pixels < sizes.min_font then
        return fault(where, ("'%s.font.%s' is below '%s.min_font'"):format(
          name, key, name))
      end
    end
  end
  return theme
end

local function copy(from, over)
  local out = {}
  for key, value in pairs(from) do out[key] = value end
  for key, value in pairs(over or {}) do out[key] = value end
  return out
end

--- Keys "slide.font.label" as tables; colours stand at the top.
local function nest(flat)
  local theme = { family = flat["font.family"] }
  for key, value in pairs(flat) do
    local section, rest = key:match "^(%l+)%.(.+)$"
    if section == "color" then
      theme[rest] = value
    elseif section ~= "font" then
      local home = theme[section] or {}
      theme[section] = home
      local inner, name = rest:match "^(%l+)%.(.+)$"
      if inner then
        home[inner] = home[inner] or {}
        home = home[inner]
      end
      home[name or rest] = value
    end
  end
  theme.slide.name, theme.doc.name = "slide", "doc"
  theme.slide.scale = 1
  return theme
end

--- The theme of a name in data/themes, of a csv file, or from a Lua table of
--- keys; nil is the default.
---@return Theme? theme nil, message, code where there is none or it is wrong
function M.get(name)
  local rows, where = {}, tostring(name)
  if type(name) == "table" then
    rows, where = rows_of(name, "", {}), "theme"
  elseif name ~= nil and name ~= "default" then
    local is_file = name:find "[/.]"
    local message, code
    rows, message, code = read_file(is_file and name
      or folder() .. name .. ".csv")
    if not rows and not is_file then
      return nil, ("there is no theme '%s': default, cvd, or a csv file")
        :format(name), "data"
    end
    if not rows then return nil, message, code end
  end
  local over, message, code = accept(rows, base_keys())
  if not over then return nil, message, code end
  return check_whole(nest(copy(base_keys(), over)), where)
end

-- ---- sizes ----

--- Sizes for "slide", "doc" or "WxH": pixels of the picture. Wide ones are
--- laid out as a slide, the others as a document, and scaled to the pixels.
---@param theme Theme
---@return table? sizes nil and a message for a size that is none
function M.size(theme, wanted)
  if wanted == nil or wanted == "slide" then return theme.slide end
  if wanted == "doc" then return theme.doc end
  local slide, doc = theme.slide, theme.doc
  local w, h = tostring(wanted):match("^(%d+)x(%d+)$")
  w, h = tonumber(w), tonumber(h)
  if not w then
    return nil, ("size '%s' is not slide, doc or WxH, as in 1280x720")
      :format(tostring(wanted))
  end
  if w < 200 or h < 150 or w > 8000 or h > 8000 or w > 4 * h or h > 4 * w then
    return nil, ("size %s: width and height must be 200 to 8000 pixels and "
      .. "not differ more than fourfold"):format(wanted)
  end
  if w >= 1.3 * h then
    return copy(slide, { scale = w / slide.width, height = slide.width * h / w })
  end
  return copy(doc, { scale = w / doc.width, height = doc.width * h / w,
    pitch_max = doc.pitch_two, bar_max = 30 })
end

return M

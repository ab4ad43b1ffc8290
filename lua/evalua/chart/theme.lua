--- Themes as data: colours, and sizes for the two formats in logical pixels.
--- A slide is 1920 x 1080 (2 px = 1 pt at 13.33 in), a document picture
--- 1240 wide (16 cm, 2.73 px = 1 pt) and as high as its content.
local M = {}

local colors = {
  text = "#1A1A1A", second = "#595959", muted = "#767676",
  axis = "#404040", grid = "#E4E4E4", band = "#F3F4F6", paper = "#FFFFFF",
  actual = "#404040", prior = "#A6A6A6", plan = "#404040",
  good = "#6AA51E", bad = "#D3292E", neutral = "#2E75B6",
  good_text = "#4E8310", bad_text = "#B81C22", neutral_text = "#1F5C93",
}

local slide = {
  name = "slide", width = 1920, height = 1080, scale = 1,
  px_per_inch = 144, min_font = 20,
  margin = 72, band_over = 10,
  font = { message = 46, title = 28, header = 26, label = 26, number = 25,
    source = 20 },
  message_y = 74, message_line = 58, title_y = 60, title_line = 38,
  body_gap = 60, source_y = 44, source_gap = 46,
  header_gap = 36, header_rows = 34, names_share = 0.28,
  pitch_max = 116, bar_max = 48,
  bridge_max = 64, band_max = 76,
  number_gap = 26, axis_gap = 28, panel_gap = 40, percent_share = 0.27,
  label_gap = 11, pin_gap = 17, pin = 5, head = 6.5,
  axis_width = 2.5, plan_width = 2, link_width = 1.6,
}

local doc = {
  name = "doc", width = 1240, height = nil, scale = 1.5,
  px_per_inch = 1240 * 2.54 / 16, min_font = 22, height_max = 1780,
  margin = 12, band_over = 10,
  font = { message = 34, title = 25, header = 24, label = 24, number = 23,
    source = 22 },
  message_y = 34, message_line = 44, title_y = 44, title_line = 32,
  body_gap = 40, source_y = 22, source_gap = 34,
  header_gap = 26, header_rows = 28, names_share = 0.28,
  pitch_max = 47, pitch_two = 66,
  bar_max = 24, bridge_max = 30, band_max = 60,
  number_gap = 20, axis_gap = 26, panel_gap = 16, percent_share = 0.285,
  label_gap = 10, pin_gap = 14, pin = 4.5, head = 5,
  axis_width = 2.5, plan_width = 2, link_width = 1.6,
}

local themes = {
  default = {},
  -- green and red differ little to one man in twelve; blue and red do not
  cvd = { good = "#2E75B6", good_text = "#1F5C93", neutral = "#8C8C8C",
    neutral_text = "#595959",
    reading = {
      [-1] = "Over %s = unfavourable (red), under = favourable (blue)",
      [1] = "Over %s = favourable (blue), under = unfavourable (red)",
      [0] = "Blue = favourable, red = unfavourable",
    } },
}

local function copy(from, over)
  local out = {}
  for key, value in pairs(from) do out[key] = value end
  for key, value in pairs(over or {}) do out[key] = value end
  return out
end

--- Sizes for "slide", "doc" or "WxH": pixels of the picture. Wide ones are
--- laid out as a slide, the others as a document, and scaled to the pixels.
---@return table? sizes nil and a message for a size that is none
function M.size(size)
  if size == nil or size == "slide" then return slide end
  if size == "doc" then return doc end
  local w, h = tostring(size):match("^(%d+)x(%d+)$")
  w, h = tonumber(w), tonumber(h)
  if not w then
    return nil, ("size '%s' is not slide, doc or WxH, as in 1280x720")
      :format(tostring(size))
  end
  if w < 200 or h < 150 or w > 8000 or h > 8000 or w > 4 * h or h > 4 * w then
    return nil, ("size %s: width and height must be 200 to 8000 pixels and "
      .. "not differ more than fourfold"):format(size)
  end
  if w >= 1.3 * h then
    return copy(slide, { scale = w / slide.width, height = slide.width * h / w })
  end
  return copy(doc, { scale = w / doc.width, height = doc.width * h / w,
    pitch_max = doc.pitch_two, bar_max = 30 })
end

--- The theme of that name (nil: the default), or a table of its own tokens.
---@return table? theme nil and a message for an unknown name
function M.get(name)
  local over = name
  if type(name) ~= "table" then
    over = themes[name or "default"]
    if not over then
      return nil, ("there is no theme '%s': default or cvd"):format(name)
    end
  end
  local theme = copy(colors, over)
  theme.family = theme.family or "Noto Sans CJK SC"
  return theme
end

return M

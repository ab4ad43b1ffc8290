--- Rows down the page: how high and how large, and how many fit.
local limit = require "evalua.chart.limit"
local rows_of = require "evalua.chart.rows"
local words = require "evalua.chart.words"

local M = {}

-- Lines of the smallest font stand at least this many em apart.
local LEAST_PITCH = 1.3

-- From this pitch on text grows with the rows: a slide of few rows is read
-- from further away.
local LARGE_PITCH = 100

---@class RowFit
---@field pitch number pixels from row to row
---@field size number of labels
---@field number number size of figures
---@field top number first pixel of the rows: few rows stand a little lower

--- Where the height is free, names of two lines get the room for them.
local function wanted_pitch(list, sizes, rows)
  if list.height then return sizes.pitch_max end
  for _, row in ipairs(rows) do
    local width = list.measure:width(row.label, sizes.font.label,
      row.role ~= "leaf")
    if width > sizes.names_share * list.width then return sizes.pitch_two end
  end
  return sizes.pitch_max
end

--- The size of labels at a pitch.
local function size_of(sizes, pitch)
  local font = sizes.font
  if pitch <= LARGE_PITCH or sizes.pitch_max <= LARGE_PITCH then
    return math.min(font.label, math.max(sizes.min_font, pitch / 1.35))
  end
  local part = (pitch - LARGE_PITCH) / (sizes.pitch_max - LARGE_PITCH)
  return font.label + math.min(1, part) * (font.large - font.label)
end

---@return RowFit
local function fit_of(sizes, count, room, wanted, top)
  local pitch = math.min(wanted, room / count)
  local size = size_of(sizes, pitch)
  return { pitch = pitch, size = size,
    number = math.max(math.min(size, sizes.font.number),
      size - (sizes.font.label - sizes.font.number)),
    top = top + 0.3 * math.max(0, room - count * pitch) }
end

--- How many rows there is room for between `top` and the foot.
function M.most(list, spec, top, foot_height)
  local sizes = spec.sizes
  local room = (list.height or sizes.height_max) - foot_height - top
  return room // (sizes.min_font * LEAST_PITCH)
end

--- Rows until they fit between `top` and the foot: those beyond `spec.top`
--- and beyond the room become exact sums.
---@param around integer rows that the layout adds to these
---@return Row[]
function M.fold(list, spec, rows, top, foot_height, around)
  local most = M.most(list, spec, top, foot_height) - around
  local function name(count)
    return words.text(spec.lang, "Others (%s)", count)
  end
  if spec.top then rows = rows_of.keep(spec, rows, spec.top, name) end
  rows = rows_of.fold(spec, rows, most, name)
  if #rows > most then
    limit(("a chart of this size has no room for %d rows"):format(#rows
      + around))
  end
  return rows
end

--- The geometry of rows that fit; settles the height of a page that has none.
---@param around integer rows that the layout adds to these
---@return RowFit fit
function M.fit(list, spec, rows, top, foot_height, around)
  local sizes = spec.sizes
  local room = (list.height or sizes.height_max) - foot_height - top
  local count = #rows + around
  local wanted = wanted_pitch(list, sizes, rows)
  if not list.height then
    room = math.min(room, count * wanted)
    list.height = math.ceil(top + room + foot_height)
  end
  return fit_of(sizes, count, room, wanted, top)
end

--- Number the rows and set their middles.
function M.stack(rows, fit)
  for i, row in ipairs(rows) do
    row.at = i
    row.y = fit.top + (i - 0.5) * fit.pitch
  end
end

return M

--- Rows down the page: how high and how large, and how many fit.
local limit = require "evalua.chart.limit"
local rows_of = require "evalua.chart.rows"
local words = require "evalua.chart.words"

local M = {}

-- Lines of the smallest font stand at least this many em apart.
local LEAST_PITCH = 1.3

---@class RowFit
---@field pitch number pixels from row to row
---@field size number of labels
---@field number number size of figures

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

---@return RowFit
local function fit_of(sizes, count, room, wanted)
  local pitch = math.min(wanted, room / count)
  local size = math.min(sizes.font.label,
    math.max(sizes.min_font, pitch / 1.35))
  return { pitch = pitch, size = size,
    number = math.min(sizes.font.number, size) }
end

--- Fold rows until they fit between `top` and the foot, give each its number
--- `at` and its middle `y`, and settle the height of a page that has none.
---@param around integer rows that the layout adds to these
---@return Row[] rows
---@return RowFit fit
function M.fit(list, spec, rows, top, foot_height, around)
  local sizes = spec.sizes
  local room = (list.height or sizes.height_max) - foot_height - top
  local most = room // (sizes.min_font * LEAST_PITCH) - around
  local function name(count)
    return words.text(spec.lang, "Others (%s)", count)
  end
  if spec.top then rows = rows_of.keep(rows, spec.top, name) end
  rows = rows_of.fold(rows, most, name)
  local count = #rows + around
  if #rows > most then
    limit(("a chart of this size has no room for %d rows"):format(count))
  end
  local fit = fit_of(sizes, count, room, wanted_pitch(list, sizes, rows))
  if not list.height then
    list.height = math.ceil(top + count * fit.pitch + foot_height)
  end
  return rows, fit
end

--- Number the rows and set their middles.
function M.stack(rows, top, fit)
  for i, row in ipairs(rows) do
    row.at = i
    row.y = top + (i - 0.5) * fit.pitch
  end
end

return M

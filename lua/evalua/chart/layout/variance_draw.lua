--- Drawing a variance chart whose columns are placed.
local frame = require "evalua.chart.layout.frame"
local mark = require "evalua.chart.layout.mark"

---@class VarianceDrawing
---@field list DisplayList
---@field spec table
---@field rows Row[]
---@field fit RowFit
---@field top number first pixel of the rows
---@field sides VarianceSide[]
---@field columns table[] of figures
---@field at table numbers (right edges of the columns), x1 (zero line of the
---  bars), sides (their zero lines x2 x3), upx delta_upx percent_px (scales)
---  bars magnified cap label_width
local Drawing = {}
Drawing.__index = Drawing

local M = {}

local function is_band(row)
  return row.role ~= "leaf"
end

--- Length of a pin in percent, and whether it was cut.
---@return number, boolean
function M.pin_length(row, cap)
  local percent = row.length.percent
  if not cap or math.abs(percent) <= cap then return percent, false end
  return percent < 0 and -cap or cap, true
end

function Drawing:draw_headers(at, y)
  local list, sizes, theme = self.list, self.spec.sizes, self.spec.theme
  local function header(text, x, anchor)
    list:text { tag = "header", x = x, y = y, text = text, anchor = anchor,
      size = sizes.font.header, bold = true, color = theme.second }
  end
  for i, column in ipairs(at.numbers and self.columns or {}) do
    header(column.code, at.numbers[i], "right")
    self:draw_swatch(column.code, at.numbers[i], y)
  end
  for i, side in ipairs(self.sides) do
    header(side.delta, at.sides[i].x2, "center")
    header(side.percent, at.sides[i].x3, "center")
  end
end

--- The scenario's notation under its header: no legend is needed.
function Drawing:draw_swatch(code, right, y)
  mark.swatch(self.list, self.spec, code, right - 60, y + 17, right, y + 23)
end

--- Half the height of a band: rows may be much higher than their text.
function Drawing:band_half()
  return math.min(self.fit.pitch - 4, self.spec.sizes.band_max) / 2
end

function Drawing:draw_bands()
  local sizes, half = self.spec.sizes, self:band_half()
  for _, row in ipairs(self.rows) do
    if is_band(row) then
      self.list:rect { tag = "band", row = row.at,
        x0 = sizes.margin - sizes.band_over,
        x1 = self.list.width - sizes.margin + sizes.band_over,
        y0 = row.y - half, y1 = row.y + half, fill = self.spec.theme.band }
    end
  end
end

--- PL behind and above, AC in front and below; the offset never changes.
function Drawing:draw_scenario(row, at, half)
  for _, name in ipairs { "base", "actual" } do
    local length = row.length[name]
    local shift = (name == "base" and -0.57 or 0.57) * half
    if length then
      mark.box(self.list, self.spec, self.spec.scenario[name], {
        tag = name .. ".bar", row = row.at, x0 = at.x1,
        x1 = at.x1 + length * at.upx, y0 = row.y - half + shift,
        y1 = row.y + half + shift, value = length, measure = "amount",
        along = "x", zero = at.x1 })
    end
  end
end

function Drawing:draw_bars(row, at)
  local half = math.min(0.42 * self.fit.pitch, self.spec.sizes.bar_max) / 2
  if at.bars and not row.barless then self:draw_scenario(row, at, half) end
  for i, side in ipairs(self.sides) do
    local view, x = side.of(row), at.sides[i].x2
    if view.length.variance ~= 0 then
      self.list:rect { tag = side.tag .. "variance.bar", row = row.at, x0 = x,
        x1 = x + view.length.variance * at.delta_upx, y0 = row.y - half,
        y1 = row.y + half, fill = self.spec.theme[view.color],
        value = view.length.variance, along = "x", zero = x,
        measure = at.magnified and "magnified" or "amount" }
    end
  end
end

--- A thin line with a head; beyond the cap an arrow head.
function Drawing:draw_pin(row, side, at, zero)
  local list, theme, sizes = self.list, self.spec.theme, self.spec.sizes
  local view = side.of(row)
  local length, cut = M.pin_length(view, at.cap)
  if view.percent == nil then return end
  local x, half = zero + length * at.percent_px, sizes.pin / 2
  list:rect { tag = side.tag .. "pin", row = row.at, x0 = zero, x1 = x,
    y0 = row.y - half, y1 = row.y + half, fill = theme[view.color] }
  local head = sizes.head
  if cut then
    local way = length < 0 and -1 or 1
    list:polygon { tag = side.tag .. "pin.cut", row = row.at,
      fill = theme.actual, points = { x + way * head, row.y,
        x - way * 2 * head, row.y - 1.3 * head, x - way * 2 * head,
        row.y + 1.3 * head } }
  else
    list:rect { tag = side.tag .. "pin.head", row = row.at, x0 = x - head,
      x1 = x + head, y0 = row.y - head, y1 = row.y + head,
      fill = theme.actual }
  end
end

--- Zero lines from one row to another; bands have no bars to stand on one.
function Drawing:draw_axes(from, to, at)
  local band = is_band(from)
  local half = band and self:band_half() or self.fit.pitch / 2
  local function axis(x, name)
    self.list:line { tag = name, row = from.at, x0 = x, x1 = x,
      y0 = from.y - half, y1 = to.y + half,
      color = self.spec.theme.axis, width = self.spec.sizes.axis_width }
  end
  if at.bars and not band then axis(at.x1, "axis.bars") end
  for i, side in ipairs(self.sides) do
    if not band then axis(at.sides[i].x2, side.tag .. "axis.variance") end
    axis(at.sides[i].x3, side.tag .. "axis.percent")
  end
end

--- Neighbouring leaves share their zero lines.
function Drawing:draw_all_axes(at)
  local from
  for i, row in ipairs(self.rows) do
    from = from or row
    local below = self.rows[i + 1]
    if is_band(row) or not below or is_band(below) then
      self:draw_axes(from, row, at)
      from = nil
    end
  end
end

function Drawing:draw_numbers(row, at)
  local theme, bold = self.spec.theme, is_band(row)
  for i, column in ipairs(at.numbers and self.columns or {}) do
    self.list:text { tag = (column.tag or column.role) .. ".text",
      row = row.at, x = at.numbers[i], y = row.y, anchor = "right",
      text = column.of(row).text[column.role], bold = bold,
      size = self.fit.number,
      color = column.role == "base" and theme.second or theme.text }
  end
end

--- The figures beside the marks of a comparison.
function Drawing:draw_figures(row, side, at, zero)
  local theme, sizes, bold = self.spec.theme, self.spec.sizes, is_band(row)
  local view = side.of(row)
  local length = view.length.variance
  local color = bold and theme[view.color .. "_text"] or theme.text
  local way = length < 0 and -1 or 1
  self.list:text { tag = side.tag .. "variance.text", row = row.at, y = row.y,
    x = bold and zero.x2 or zero.x2 + length * at.delta_upx
      + way * sizes.label_gap,
    anchor = bold and "center" or way < 0 and "right" or "left",
    text = view.text.variance, size = self.fit.number, bold = bold,
    color = view.variance ~= nil and color or theme.muted }
  local pin = M.pin_length(view, at.cap)
  way = pin < 0 and -1 or 1
  self.list:text { tag = side.tag .. "percent.text", row = row.at, y = row.y,
    x = zero.x3 + pin * at.percent_px + way * sizes.pin_gap,
    anchor = way < 0 and "right" or "left", text = view.text.percent,
    size = self.fit.number, bold = bold,
    color = view.percent ~= nil and theme.text or theme.muted }
end

--- A row for those who read the picture by ear.
function Drawing:describe(row)
  local parts = {}
  for _, column in ipairs(self.columns) do
    parts[#parts + 1] = column.code
    parts[#parts + 1] = column.of(row).text[column.role]
  end
  for _, side in ipairs(self.sides) do
    local text = side.of(row).text
    table.move({ side.delta, text.variance, text.percent }, 1, 3, #parts + 1,
      parts)
  end
  frame.describe(self.list, row.label .. ":", table.unpack(parts))
end

function Drawing:draw()
  local at = self.at
  self:draw_headers(at, self.top - self.spec.sizes.header_rows)
  self:draw_bands()
  for _, row in ipairs(self.rows) do
    if not is_band(row) then self:draw_bars(row, at) end
    for i, side in ipairs(self.sides) do
      self:draw_pin(row, side, at, at.sides[i].x3)
    end
  end
  self:draw_all_axes(at)
  for _, row in ipairs(self.rows) do
    frame.row_label(self.list, self.spec, row, row.y, {
      width = at.label_width, size = self.fit.size, pitch = self.fit.pitch })
    self:draw_numbers(row, at)
    for i, side in ipairs(self.sides) do
      self:draw_figures(row, side, at, at.sides[i])
    end
    self:describe(row)
  end
end

--- Draw everything between title and foot.
---@param drawing VarianceDrawing fields as above
function M.draw(drawing)
  setmetatable(drawing, Drawing):draw()
end

return M

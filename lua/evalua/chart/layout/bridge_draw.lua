--- Drawing a bridge whose rows are placed.
local frame = require "evalua.chart.layout.frame"
local mark = require "evalua.chart.layout.mark"

local M = {}

-- Between a figure and the end of its bar.
M.INSIDE_GAP = 14

---@class BridgeDrawing
---@field list DisplayList
---@field spec table
---@field rows Row[]
---@field fit RowFit
---@field names number width of the names
---@field x0 number
---@field upx number
---@field lens table?
local Drawing = {}

M.Drawing = Drawing

--- "25", "3.5": two digits.
function M.factor_text(factor)
  if factor >= 10 then
    local power = 10 ^ math.floor(math.log(factor, 10) - 1)
    return ("%.0f"):format(math.floor(factor / power + 0.5) * power)
  end
  return (("%.1f"):format(factor):gsub("%.0$", ""))
end

--- Where a value of this row's scale is.
function Drawing:x(row, value)
  if row.magnified then
    return self.lens.x0 + (value - self.lens.lo) * self.lens.upx
  end
  return self.x0 + value * self.upx
end

function Drawing:draw_bar(row, half)
  local theme, sizes = self.spec.theme, self.spec.sizes
  local box = { tag = row.kind .. ".bar", row = row.at,
    x0 = self:x(row, row.lo), x1 = self:x(row, row.hi), y0 = row.y - half,
    y1 = row.y + half, value = row.hi - row.lo, along = "x",
    measure = row.magnified and "magnified" or "amount" }
  if row.is_level then
    box.value, box.zero = row.ahead and row.hi or row.lo, self.x0
    mark.box(self.list, self.spec, self.spec.scenario[row.scenario], box)
  elseif row.kind == "subtotal" then
    box.fill, box.stroke, box.width = theme.paper, theme[row.color],
      sizes.plan_width
    self.list:rect(box)
  else
    box.fill = theme[row.color]
    self.list:rect(box)
  end
end

--- From the end of a bar to the next row: what one step hands to the next.
function Drawing:draw_link(row, below, half)
  local x = self:x(row, row.ahead and row.hi or row.lo)
  -- no bar to pass it on
  local gone = row.kind == "step" and row.hi == row.lo
  self.list:line { tag = "link", row = row.at, x0 = x, x1 = x,
    y0 = row.y + (gone and -half or half), y1 = below.y - half,
    color = self.spec.theme.axis, width = self.spec.sizes.link_width }
end

--- Where a figure goes: inside a long bar of a scenario, else to the right.
function Drawing:figure_place(row, half)
  local theme = self.spec.theme
  local lo, hi = self:x(row, row.lo), self:x(row, row.hi)
  if row.is_level and 2 * half >= 1.2 * self.fit.number
    and hi - lo >= row.figure_width + 2 * M.INSIDE_GAP then
    local code = self.spec.scenario[row.scenario]
    local is_solid = theme.mark[code] == "solid"
    local fill = is_solid and mark.color(theme, code) or theme.paper
    local color = require("evalua.chart.theme").ink_on(theme, fill)
    if not row.ahead then return lo + M.INSIDE_GAP, "left", color end
    return hi - M.INSIDE_GAP, "right", color
  end
  local color = (row.kind == "total" or row.kind == "subtotal")
    and theme[row.color .. "_text"] or theme.text
  return hi + M.INSIDE_GAP, "left", color
end

function Drawing:draw_figure(row, half)
  local x, anchor, color = self:figure_place(row, half)
  return self.list:text { tag = row.kind .. ".text", row = row.at, x = x,
    y = row.y, text = row.figure, anchor = anchor, size = self.fit.number,
    bold = row.strong, color = color }
end

--- The zero line beside the levels and what stands between them.
function Drawing:draw_axis()
  local rows, half = self.rows, self.fit.pitch / 2
  local last = rows[1]
  for _, row in ipairs(rows) do
    if row.is_level then last = row end
  end
  self.list:line { tag = "axis", x0 = self.x0, x1 = self.x0,
    y0 = rows[1].y - half, y1 = last.y + half,
    color = self.spec.theme.axis, width = self.spec.sizes.axis_width }
end

--- A dotted line down at `x`; figures that stand in its way interrupt it.
function Drawing:dotted(x, from, to, figures_drawn)
  local function piece(y0, y1)
    if y1 <= y0 then return end
    self.list:line { tag = "guide", x0 = x, x1 = x, y0 = y0, y1 = y1,
      color = self.spec.theme.muted, width = self.spec.sizes.link_width,
      dash = { 4, 4 } }
  end
  for _, item in ipairs(figures_drawn) do
    local box = item.box
    if box.x0 - 4 < x and x < box.x1 + 4 and box.y1 > from
      and box.y0 < to then
      piece(from, box.y0)
      from = box.y1
    end
  end
  piece(from, to)
end

--- Where the base stands, down to the total variance.
function Drawing:draw_guide(drawn, half)
  local rows = self.rows
  local last = rows[#rows]
  if self.lens then
    for i, row in ipairs(rows) do
      if row.kind == "lens" then
        self:dotted(self:x(last, self.lens.origin), rows[i + 1].y - half,
          last.y - half, drawn)
      end
    end
    return
  end
  local first = rows[1]
  self:dotted(self:x(first, first.ahead and first.hi or first.lo),
    rows[2].y + half, last.y - half, drawn)
end

--- The magnified part of the levels' scale, widening to the steps' scale.
function Drawing:draw_lens(row, half)
  local lens = self.lens
  local above, below = self.rows[row.at - 1], self.rows[row.at + 1]
  local last = self.rows[#self.rows]
  half = math.max(half, 0.6 * self.fit.number)
  local y0, y1 = above.y + half + 2, below.y - half - 4
  self.list:polygon { tag = "lens", row = row.at, fill = self.spec.theme.band,
    points = { self.x0 + lens.lo * self.upx, y0,
      self.x0 + lens.hi * self.upx, y0,
      self:x(last, lens.hi), y1, self:x(last, lens.lo), y1 } }
end

function Drawing:draw_band(row)
  local sizes = self.spec.sizes
  local half = math.min(self.fit.pitch - 4, sizes.band_max) / 2
  self.list:rect { tag = "band", row = row.at, x0 = sizes.margin
    - sizes.band_over, x1 = self.list.width - sizes.margin + sizes.band_over,
    y0 = row.y - half, y1 = row.y + half, fill = self.spec.theme.band }
end

--- Draw everything between title and foot.
---@param self BridgeLayout
function M.draw(self)
  local half = math.min(0.58 * self.fit.pitch, self.spec.sizes.bridge_max) / 2
  local rows, drawn = self.rows, {}
  for _, row in ipairs(rows) do
    if row.kind == "subtotal" then self:draw_band(row) end
    if row.kind == "lens" then self:draw_lens(row, half) end
  end
  for _, row in ipairs(rows) do
    if row.kind ~= "lens" then
      drawn[#drawn + 1] = self:draw_figure(row, half)
    end
  end
  self:draw_axis()
  self:draw_guide(drawn, half)
  for i, row in ipairs(rows) do
    local below = rows[i + 1]
    if row.kind ~= "lens" then self:draw_bar(row, half) end
    local is_joined = below and (not self.lens
      or row.magnified and below.magnified)
    if is_joined then self:draw_link(row, below, half) end
    frame.row_label(self.list, self.spec, row, row.y, { width = self.names,
      size = self.fit.size, pitch = self.fit.pitch })
    frame.describe(self.list, row.label .. ":", row.figure)
  end
end

return M

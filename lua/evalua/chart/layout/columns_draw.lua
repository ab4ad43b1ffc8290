--- Drawing a columns chart whose tiers are placed.
local frame = require "evalua.chart.layout.frame"
local mark = require "evalua.chart.layout.mark"
local periods = require "evalua.chart.period"
local plot = require "evalua.chart.layout.plot"
local totals = require "evalua.chart.layout.columns_total"

local M = {}

---@class ColumnsDrawing
---@field list DisplayList
---@field spec table
---@field points table[]
---@field fit table tier -> size, marks, shown, all
---@field zero number axis of the values; delta_zero and pin_zero of the others
---@field upx number pixels per unit; delta_upx of variances; pin_px per percent
local Drawing = {}

M.Drawing = Drawing

--- A column from its zero line; what is shorter than a pixel is drawn as one.
function Drawing:column(tag, i, role, code, shift, zero, color)
  local point = self.points[i]
  local value = point.length[role]
  local is_variance = role == "variance"
  if value == nil or (is_variance and value == 0) then return end
  local px = is_variance and self.delta_upx or self.upx
  mark.box(self.list, self.spec, code, { tag = tag, row = i, value = value,
    measure = is_variance and self.lens > 1 and "magnified" or "amount",
    zero = zero, along = "y",
    x0 = self:x(i) - self.bar / 2 + shift,
    x1 = self:x(i) + self.bar / 2 + shift, y0 = zero - value * px,
    y1 = zero }, color)
end

function Drawing:triangle_size()
  return self.reference == "base" and math.min(9, 0.16 * self.pitch) or 0
end

--- The prior year beside a budget: a triangle that points at its height.
function Drawing:triangle(i)
  local value = self.points[i].length.prior
  if value == nil then return end
  local x = self:x(i) - self.bar / 2 - self.offset
  local y, size = self.zero - value * self.upx, self:triangle_size()
  self.list:polygon { tag = "prior.mark", row = i, fill = self.spec.theme.prior,
    points = { x, y, x - 1.6 * size, y - size, x - 1.6 * size, y + size } }
end

function Drawing:draw_values()
  local codes = self.spec.scenario
  for i, point in ipairs(self.points) do
    local shift = self.offset
    if self.reference then
      self:column("base.bar", i, self.reference, codes[self.reference],
        -shift, self.zero)
    end
    self:column("actual.bar", i, "value", point.code, shift, self.zero)
    if self.reference == "base" then self:triangle(i) end
  end
end

local value_fields = { "value", "base", "prior" }

--- Does the figure stand near its own column? Where not all figures fit, one
--- that others would lift far above it is not worth having.
function Drawing:is_clear(i, lo, hi)
  if self.fit.value.all then return true end
  local own = 0
  for _, name in ipairs(value_fields) do
    local value = self.points[i].length[name] or 0
    own = math.abs(value) > math.abs(own) and value or own
  end
  local far = own < 0 and own - lo or hi - own
  return far * self.upx < self.lab
end

--- Does a figure of column i stand over the triangle of another column?
function Drawing:meets_triangle(fit, i, k)
  local size = self:triangle_size()
  if size == 0 or self.points[k].length.prior == nil then return false end
  local half, x = fit.marks[i].width / 2, fit.marks[i].x + self.offset
  local tip = self:x(k) - self.bar / 2 - self.offset
  return x + half > tip - 1.6 * size - 2 and x - half < tip + 2
end

--- How low and high the columns reach that a figure of column i stands over.
function Drawing:extent(fit, i, fields)
  local lo, hi = 0, 0
  local half = fit.all and 0 or fit.marks[i].width / 2
    + self.bar + self.offset + 2 * self:triangle_size()
  for k, point in ipairs(self.points) do
    local near = k == i or math.abs(self:x(k) - fit.marks[i].x) < half
    if near or fields == value_fields and self:meets_triangle(fit, i, k) then
      for _, name in ipairs(near and fields or { "prior" }) do
        local value = point.length[name] or 0
        local more = name == "prior" and value ~= 0 and self.upx > 0
          and self:triangle_size() / self.upx or 0
        lo, hi = math.min(lo, value - more), math.max(hi, value + more)
      end
    end
  end
  return lo, hi
end

--- Above what stands in the column, below it where the value is negative.
function Drawing:draw_value_texts()
  local theme, fit = self.spec.theme, self.fit.value
  for i, point in ipairs(self.points) do
    local lo, hi = self:extent(fit, i, value_fields)
    local below = (point.length.value or 0) < 0
    if fit.shown[i] and self:is_clear(i, lo, hi) then
      self.list:text { tag = "actual.text", row = i, text = point.text.value,
        x = fit.all and self:inside(self:x(i) + self.offset,
          fit.marks[i].width) or fit.marks[i].x,
        anchor = "center", size = fit.size,
        y = self.zero - (below and lo or hi) * self.upx
          + (below and 0.55 or -0.55) * self.lab,
        color = point.value and theme.text or theme.muted }
    end
  end
end

--- The figure of a tier beyond its mark, and beyond those it stands over.
---@param field string the length of the marks
---@param px number pixels per unit of it
function Drawing:tier_text(i, tier, zero, field, px, gap)
  local fit, point = self.fit[tier], self.points[i]
  if not fit.shown[i] or point.text[tier] == "" then return end
  local lo, hi = self:extent(fit, i, { field })
  local below = (point.length[tier] or 0) < 0
  self.list:text { tag = tier .. ".text", row = i, x = fit.marks[i].x,
    text = point.text[tier], anchor = "center", size = fit.size,
    y = zero - (below and lo or hi) * px + (below and gap or -gap),
    color = point[tier] ~= nil and self.spec.theme.text
      or self.spec.theme.muted }
end

function Drawing:draw_variances()
  for i, point in ipairs(self.points) do
    self:column("variance.bar", i, "variance", point.code, 0, self.delta_zero,
      self.spec.theme[point.color])
    self:tier_text(i, "variance", self.delta_zero, "variance",
      self.delta_upx, 0.55 * self.lab)
  end
end

--- A pin: a thin line with a head, hollow for a forecast, an arrow beyond the
--- scale.
function Drawing:draw_pin(i)
  local list, theme, sizes = self.list, self.spec.theme, self.spec.sizes
  local point = self.points[i]
  local pin = point.length.pin
  if pin == nil then return end
  local x, y = self:x(i), self.pin_zero - pin * self.pin_px
  local half, head = sizes.pin / 2, math.min(sizes.head, 0.3 * self.pitch)
  list:rect { tag = "pin", row = i, x0 = x - half, x1 = x + half, y0 = y,
    y1 = self.pin_zero, fill = theme[point.color] }
  if point.cut then
    local way = pin < 0 and 1 or -1
    list:polygon { tag = "pin.cut", row = i, fill = theme.actual,
      points = { x, y + way * head, x - 1.3 * head, y - way * 2 * head,
        x + 1.3 * head, y - way * 2 * head } }
  else
    list:rect { tag = "pin.head", row = i, x0 = x - head, x1 = x + head,
      y0 = y - head, y1 = y + head,
      fill = point.is_forecast and theme.paper or theme.actual,
      stroke = point.is_forecast and theme.actual or nil, width = 2 }
  end
end

function Drawing:draw_pins()
  for i = 1, #self.points do
    self:draw_pin(i)
    self:tier_text(i, "percent", self.pin_zero, "pin", self.pin_px,
      0.75 * self.lab)
  end
end

function Drawing:axis(tag, y)
  self.list:line { tag = tag, x0 = self.x0, x1 = self.x1, y0 = y, y1 = y,
    color = self.spec.theme.axis, width = self.spec.sizes.axis_width }
end

function Drawing:header(text, y)
  self.list:text { tag = "header", x = self.spec.sizes.margin, y = y,
    text = text, size = self.spec.sizes.font.header, bold = true,
    color = self.spec.theme.second }
end

--- Scenario codes with their notation, above the axis of values.
function Drawing:draw_legend()
  local size = self.spec.sizes.font.header
  local line, widest = size * 1.6, 0
  for _, code in ipairs(self.legend) do
    widest = math.max(widest, self.list.measure:width(code, size, true))
  end
  local x = self.spec.sizes.margin + widest + 12
  for i, code in ipairs(self.legend) do
    local y = self.zero - (#self.legend - i + 0.6) * line
    self:header(code, y)
    local is_triangle = code == self.spec.scenario.prior
      and self.reference == "base"
    if is_triangle then
      self.list:polygon { tag = "swatch", fill = self.spec.theme.prior,
        points = { x + 16, y, x + 2, y - 9, x + 2, y + 9 } }
    else
      mark.swatch(self.list, self.spec, code, x, y - 0.36 * size, x + 30,
        y + 0.36 * size)
    end
  end
end

--- Draw everything between title and foot.
---@param self ColumnsLayout
function M.draw(self)
  local spec = self.spec
  if self.ticks then
    plot.grid(self.list, spec, { x0 = self.x0, x1 = self.x1 }, self.ticks,
      self.tick_places, function(v) return self.zero - v * self.upx end)
  end
  totals.draw(self)
  self:draw_values()
  self:draw_value_texts()
  self:axis("axis.value", self.zero)
  if self.reference then
    self:draw_variances()
    self:draw_pins()
    self:axis("axis.variance", self.delta_zero)
    self:axis("axis.percent", self.pin_zero)
    self:header(self:delta_header(), self.delta_zero)
    self:header(self.delta .. " %", self.pin_zero)
  end
  self:draw_legend()
  plot.periods(self.list, spec, self.labels, function(i) return self:x(i) end,
    self.pitch, self.floor)
  for i, point in ipairs(self.points) do
    local text = point.text
    frame.describe(self.list, periods.name(self.periods[i], spec.lang, true)
      .. ":", point.code, text.value, self.delta, text.variance, text.percent)
  end
  local total = self.total
  if total then
    frame.describe(self.list, total.header .. ":", total.part or "",
      total.lines[1].text, total.lines[2].text, self.delta, total.text.variance,
      total.text.percent)
  end
end

return M

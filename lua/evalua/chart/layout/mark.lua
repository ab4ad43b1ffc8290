--- How scenarios look, in one place: solid, outline or hatch, as the theme
--- says for AC, FC, PL, BU and PY.

local M = {}

local colors = { AC = "actual", FC = "forecast", PL = "plan", BU = "plan",
  PY = "prior" }

--- The colour of a scenario's marks.
function M.color(theme, code)
  return theme[colors[code] or "actual"]
end

--- A box drawn as the scenario is: `color` instead of the scenario's own for
--- its variances. The plan's outline becomes a fill there.
---@param code string AC, FC, PL, BU, PY
---@param box table a rect without fill
---@param color string?
function M.box(list, spec, code, box, color)
  local theme, sizes = spec.theme, spec.sizes
  local look = theme.mark[code] or "solid"
  local ink = color or M.color(theme, code)
  if color and look == "outline" then look = "solid" end
  if look == "solid" then
    box.fill = ink
    return list:rect(box)
  end
  box.fill, box.stroke, box.width = theme.paper, ink, sizes.plan_width
  local item = list:rect(box)
  if look == "hatch" then
    list:hatch { tag = box.tag .. ".hatch", row = box.row, x0 = item.x0,
      y0 = item.y0, x1 = item.x1, y1 = item.y1, step = sizes.hatch_step,
      color = ink, width = sizes.hatch_width }
  end
  return item
end

--- The scenario's notation as a small box: under a header, in a legend.
function M.swatch(list, spec, code, x0, y0, x1, y1)
  local box = M.box(list, spec, code, { tag = "swatch", x0 = x0, y0 = y0,
    x1 = x1, y1 = y1 })
  if box.width then box.width = 1.6 end
  return box
end

--- A row's colour: favourable, not, judged by nobody, or within the neutral
--- zone.
function M.judged(row)
  if row.calm then return "calm" end
  if row.favourable == nil then return "neutral" end
  return row.favourable and "good" or "bad"
end

return M

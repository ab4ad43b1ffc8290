--- Places for labels that no mark and no other text touches.

local M = {}

local function crosses(ax, ay, bx, by, cx, cy, dx, dy)
  local function side(px, py, qx, qy, rx, ry)
    return (qx - px) * (ry - py) - (qy - py) * (rx - px)
  end
  local a, b = side(ax, ay, bx, by, cx, cy), side(ax, ay, bx, by, dx, dy)
  local c, d = side(cx, cy, dx, dy, ax, ay), side(cx, cy, dx, dy, bx, by)
  return a * b < 0 and c * d < 0
end

--- Does the segment touch the box?
function M.segment_hits(box, x0, y0, x1, y1)
  if x0 < box.x0 and x1 < box.x0 or x0 > box.x1 and x1 > box.x1
    or y0 < box.y0 and y1 < box.y0 or y0 > box.y1 and y1 > box.y1 then
    return false -- most of them
  end
  local function inside(x, y)
    return x > box.x0 and x < box.x1 and y > box.y0 and y < box.y1
  end
  if inside(x0, y0) or inside(x1, y1) then return true end
  return crosses(x0, y0, x1, y1, box.x0, box.y0, box.x1, box.y1)
    or crosses(x0, y0, x1, y1, box.x0, box.y1, box.x1, box.y0)
end

local function contains(points, x, y)
  local inside, j = false, #points - 1
  for i = 1, #points, 2 do
    local xi, yi, xj, yj = points[i], points[i + 1], points[j], points[j + 1]
    if (yi > y) ~= (yj > y) and x < (xj - xi) * (y - yi) / (yj - yi) + xi then
      inside = not inside
    end
    j = i
  end
  return inside
end

local function path_hits(box, points, closed)
  for i = 1, #points - 3, 2 do
    if M.segment_hits(box, points[i], points[i + 1], points[i + 2],
      points[i + 3]) then
      return true
    end
  end
  if not closed then return false end
  return M.segment_hits(box, points[#points - 1], points[#points], points[1],
    points[2]) or contains(points, (box.x0 + box.x1) / 2,
    (box.y0 + box.y1) / 2)
end

local function boxes_meet(a, b)
  return a.x0 < b.x1 and b.x0 < a.x1 and a.y0 < b.y1 and b.y0 < a.y1
end

local hits = {
  text = function(box, item) return boxes_meet(box, item.box) end,
  rect = function(box, item) return boxes_meet(box, item) end,
  line = function(box, item)
    return M.segment_hits(box, item.x0, item.y0, item.x1, item.y1)
  end,
  polyline = function(box, item) return path_hits(box, item.points) end,
  polygon = function(box, item) return path_hits(box, item.points, true) end,
  circle = function(box, item)
    local r = item.radius
    return boxes_meet(box, { x0 = item.x - r, x1 = item.x + r,
      y0 = item.y - r, y1 = item.y + r })
  end,
}

--- Does an item touch the box?
function M.touches(item, box)
  local test = hits[item.kind]
  return test ~= nil and test(box, item)
end

--- Is the box on the canvas and free of all items but those of these tags?
---@param box { x0: number, y0: number, x1: number, y1: number }
---@param except table<string, boolean> tags that do not count
function M.is_free(list, box, except)
  if box.x0 < 0 or box.y0 < 0 or box.x1 > list.width
    or box.y1 > list.height then
    return false
  end
  for _, item in ipairs(list.items) do
    if not except[item.tag or ""] and M.touches(item, box) then return false end
  end
  return true
end

--- The first of the candidates {x, y, anchor} where a text of this width and
--- size is free; nil where none is.
function M.first(list, candidates, width, size, except)
  for _, at in ipairs(candidates) do
    local left = at.anchor == "left" and at.x or at.anchor == "right"
      and at.x - width or at.x - width / 2
    local box = { x0 = left - 3, x1 = left + width + 3,
      y0 = at.y - 0.6 * size - 2, y1 = at.y + 0.6 * size + 2 }
    if M.is_free(list, box, except) then return at end
  end
end

return M

--- The notation rules that hold for every kind of chart, on the display list,
--- over all kinds, both languages and sizes, and the data of cases.lua. The
--- numbers are those of the rules in the design.
local cases = require "chart.cases"
local chart = require "evalua.chart"
local place = require "evalua.chart.layout.place"
local survey = require "chart.survey"
local theme = require "evalua.chart.theme"

local rule = survey.new(chart.kinds, function(...) return it(...) end)

local SLACK = 0.6 -- hairlines may touch

local function meet(a, b)
  return a.x0 < b.x1 - SLACK and b.x0 < a.x1 - SLACK
    and a.y0 < b.y1 - SLACK and b.y0 < a.y1 - SLACK
end

--- Where the ink of a text is: letters are lower than their line.
local function ink(item)
  local box, less = item.box, 0.08 * item.size
  return { x0 = box.x0 + SLACK, x1 = box.x1 - SLACK,
    y0 = box.y0 + less + SLACK, y1 = box.y1 - less - SLACK }
end

local function holds(outer, box)
  return box.x0 >= outer.x0 - 0.5 and box.x1 <= outer.x1 + 0.5
    and box.y0 >= outer.y0 - 0.5 and box.y1 <= outer.y1 + 0.5
end

-- What may run behind text: lines that only help to read a scale, and the
-- ground of a row.
local behind = { grid = true, band = true }

-- One block, so that every chart is laid out once for all rules.
describe("charts: every kind", function()
  rule("keeps all text on the canvas (30)", function(list, found)
    for _, item in ipairs(list:find "text") do
      local box = item.box
      if box.x0 < -0.01 or box.y0 < -0.01 or box.x1 > list.width + 0.01
        or box.y1 > list.height + 0.01 then
        found(("%s '%s' %.0f..%.0f %.0f..%.0f"):format(item.tag, item.text,
          box.x0, box.x1, box.y0, box.y1))
      end
    end
  end)

  rule("lets no text overlap another (30)", function(list, found)
    local texts = list:find "text"
    for i, a in ipairs(texts) do
      for j = i + 1, #texts do
        local b = texts[j]
        if meet(a.box, b.box) then
          found(("%s '%s' and %s '%s'"):format(a.tag, a.text, b.tag, b.text))
        end
      end
    end
  end)

  rule("lets no mark run through text, and text stands out from what it is on",
    function(list, found)
    for _, item in ipairs(list:find "text") do
      local box, ground = ink(item), "#FFFFFF"
      for _, mark in ipairs(list.items) do
        if mark.kind ~= "text" and mark.kind ~= "hatch"
          and not behind[mark.tag] and place.touches(mark, box) then
          if mark.kind == "rect" and holds(mark, item.box) then
            ground = mark.fill
          else
            found(("%s '%s' and %s"):format(item.tag, item.text, mark.tag))
          end
        end
      end
      if theme.contrast(item.color, ground) < 4 then
        found(("'%s' in %s on %s"):format(item.text, item.color, ground))
      end
    end
  end)

  rule("has no text below 10 pt on a slide and 8 pt in print (30)",
    function(list, found, spec)
    local points = spec.sizes.px_per_inch / 72
    local least = spec.sizes.name == "doc" and 8 or 10
    for _, item in ipairs(list:find "text") do
      if item.size / points < least - 0.01 then
        found(("'%s' has %.1f pt"):format(item.text, item.size / points))
      end
    end
  end)

  rule("has a message of one or two lines with a number or a direction (1)",
    function(list, found)
    local text = {}
    for _, line in ipairs(list:find("text", "message")) do
      text[#text + 1] = line.text
    end
    if #text < 1 or #text > 2 then found(#text .. " lines") end
    text = table.concat(text)
    for _, word in ipairs { "%d", "一致", "持平", "没有", "略", " budget",
      "No ", "最", "largest", "furthest" } do
      if text:find(word) then return end
    end
    found(text)
  end)

  rule("names who, what, unit, time and scenarios (2)",
    function(list, found, spec)
    local subject = list:find("text", "subject")[1]
    local bold = false
    for _, run in ipairs(subject.runs) do bold = bold or run.bold end
    if not bold then found "subject" end
    local when = list:find("text", "when")[1]
    if not when.text:find "2022" then found "when" end
    if spec.kind ~= "pareto" and not when.text:find "AC" then
      found(when.text)
    end
  end)

  rule("gives finite coordinates and sizes above zero only",
    function(list, found)
    for _, item in ipairs(list.items) do
      for key, value in pairs(item) do
        if type(value) == "number" and (value ~= value
          or value == math.huge or value == -math.huge) then
          found(item.kind .. " " .. tostring(item.tag) .. " " .. key)
        end
      end
      for _, value in ipairs(item.points or {}) do
        if value ~= value or math.abs(value) == math.huge then
          found(item.kind .. " " .. tostring(item.tag))
        end
      end
    end
  end)

  rule("keeps all marks on the canvas", function(list, found)
    for _, item in ipairs(list.items) do
      local xs, ys = { item.x0, item.x1 }, { item.y0, item.y1 }
      for i = 1, #(item.points or {}), 2 do
        xs[#xs + 1], ys[#ys + 1] = item.points[i], item.points[i + 1]
      end
      for _, x in ipairs(item.kind ~= "text" and xs or {}) do
        if x < -0.5 or x > list.width + 0.5 then
          found(("%s %s x %.0f"):format(item.kind, item.tag, x))
        end
      end
      for _, y in ipairs(item.kind ~= "text" and ys or {}) do
        if y < -0.5 or y > list.height + 0.5 then
          found(("%s %s y %.0f"):format(item.kind, item.tag, y))
        end
      end
    end
  end)

  rule("never leaves one character alone on a line of a name",
    function(list, found)
    for _, item in ipairs(list:find "text") do
      local is_name = item.tag == "label" or item.tag == "part"
      if is_name and utf8.len(item.text) == 1 then
        for _, other in ipairs(list:find("text", item.tag)) do
          local beside = other ~= item and other.row == item.row
            and other.anchor == item.anchor
            and math.abs(other.x - item.x) < 0.01
            and math.abs(other.y - item.y) < 2 * item.size
          if beside and item.row then found(item.text) end
        end
      end
    end
  end)

  -- ---- bars ----

  --- Bars that stand for a value, by what they measure.
  local function bars(list)
    local out = {}
    for _, item in ipairs(list:find "rect") do
      if item.value and not item.cut then out[#out + 1] = item end
    end
    return out
  end

  local function ends(bar)
    if bar.along == "y" then return bar.y0, bar.y1 end
    return bar.x0, bar.x1
  end

  rule("stands every bar on its zero line (16)", function(list, found)
    for _, bar in ipairs(bars(list)) do
      local a, b = ends(bar)
      if bar.zero and math.abs(a - bar.zero) > 0.01
        and math.abs(b - bar.zero) > 0.01 then
        found(bar.tag .. " of row " .. tostring(bar.row))
      end
    end
  end)

  rule("has the same pixels per unit in all panels, no broken or log axis "
    .. "(17, 18)", function(list, found)
    local scale = {}
    for _, bar in ipairs(bars(list)) do
      local a, b = ends(bar)
      local size = math.abs(bar.value)
      if size > 0 then
        local here = math.abs(b - a) / size
        local there = scale[bar.measure] or here
        scale[bar.measure] = there
        if math.abs(here - there) * size > 0.05 then
          found(("%s of row %s: %g is not %g"):format(bar.tag,
            tostring(bar.row), here, there))
        end
      end
    end
  end)

  rule("shows the actual solid, the plan outlined, the forecast hatched (3-6)",
    function(list, found, spec)
    local colors = spec.theme
    for _, bar in ipairs(list:find("rect", "base.bar")) do
      if bar.fill ~= colors.paper or bar.stroke ~= colors.plan then
        found "plan"
      end
    end
    for _, bar in ipairs(list:find("rect", "actual.bar")) do
      local hatched = bar.fill == colors.paper
        and bar.stroke == colors.forecast
      if bar.stroke and not hatched then found "actual" end
    end
    local hatches = {}
    for _, item in ipairs(list:find("hatch", "actual.bar.hatch")) do
      hatches[item.row] = true
    end
    for _, bar in ipairs(list:find("rect", "actual.bar")) do
      if (bar.stroke ~= nil) ~= (hatches[bar.row] or false) then
        found "hatch"
      end
    end
  end)

  rule("is bare of border, shadow and legend box (23, 24)",
    function(list, found)
    for _, item in ipairs(list:find "rect") do
      if item.x1 - item.x0 > 0.95 * list.width
        and item.y1 - item.y0 > 0.5 * list.height then
        found(tostring(item.tag))
      end
    end
  end)

  rule("draws relative variances as thin pins, absolute ones as bars (7)",
    function(list, found)
    local function width(item, across)
      return across == "y" and item.y1 - item.y0 or item.x1 - item.x0
    end
    local bar = list:find("rect", "variance.bar")[1]
    for _, pin in ipairs(list:find("rect", "pin")) do
      local thin = math.min(width(pin, "x"), width(pin, "y"))
      if thin > 6 then found(("pin of %.1f"):format(thin)) end
    end
    if bar and #list:find("rect", "pin") > 0 and list.width > 600 then
      local across = bar.along == "y" and "x" or "y"
      if width(bar, across) < 4 then found "bar as thin as a pin" end
    end
  end)

  rule("puts the actual in front of the plan, always shifted the same way (11)",
    function(list, found)
    local at, base = {}, {}
    for i, item in ipairs(list.items) do
      if item.tag == "base.bar" then base[item.row] = { i, item } end
      if item.tag == "actual.bar" and base[item.row] then
        at[item.row] = { i, item }
      end
    end
    for row, found_at in pairs(at) do
      local plan, actual = base[row][2], found_at[2]
      if found_at[1] < base[row][1] then found("behind in row " .. row) end
      local along_y = actual.along == "y"
      local shift = along_y and actual.x0 - plan.x0 or actual.y0 - plan.y0
      if shift <= 0 then found("shift of row " .. row) end
    end
  end)

  rule("runs time from left to right and structure from top to bottom (12)",
    function(list, found, spec)
    local last
    for _, item in ipairs(list:find("text", "period")) do
      if item.row and last and item.row > last.row and item.x < last.x then
        found(item.text)
      end
      last = item.row and item or last
    end
    local down = { variance = true, bridge = true, bullet = true,
      heatmap = true, share = true }
    last = nil
    for _, item in ipairs(down[spec.kind] and list:find("text", "label")
      or {}) do
      if last and item.row > last.row and item.y <= last.y then
        found(item.text)
      end
      last = item
    end
  end)

  rule("has no axis of values where the bars are labelled (25)",
    function(list, found, spec)
    if spec.kind ~= "columns" then return end
    local labelled = #list:find("text", "actual.text")
    local ticks = #list:find("text", "tick")
    if ticks > 0 and labelled == #spec.points then found(ticks) end
  end)

  rule("writes the unit in the title only (26)", function(list, found, spec)
    local unit = spec.title.unit
    for _, item in ipairs(list:find "text") do
      local is_title = item.tag == "subject" or item.tag == "message"
        or item.tag == "source"
      if not is_title and item.tag ~= "label" and item.tag ~= "part"
        and item.text:find(unit, 1, true) then
        found(item.text)
      end
    end
  end)

  -- ---- figures ----

  rule("gives variances a sign, and all figures of a column their decimals "
    .. "(13)", function(list, found)
    for _, tag in ipairs { "variance.text", "percent.text" } do
      local places = {}
      for _, item in ipairs(list:find("text", tag)) do
        local text = item.text:gsub("^%((.*)%)$", "%1")
        local is_signed = text:find "^%+" or text:find "^\u{2212}"
          or text:find "^±"
        if text ~= "–" and not is_signed then found(tag .. " " .. text) end
        local is_percent = text:find "%%$" ~= nil
        local mine = #(text:match "%.(%d+)" or "")
        if text ~= "–" then
          places[is_percent] = places[is_percent] or mine
          if places[is_percent] ~= mine then found(tag .. " " .. text) end
        end
      end
    end
  end)

  rule("writes no plain minus and no exponent", function(list, found)
    for _, item in ipairs(list:find "text") do
      if item.tag:find "%.text$" and (item.text:find "^%-"
        or item.text:find "%de[+-]") then
        found(item.text)
      end
    end
  end)

  rule("names variances by the codes of scenarios: ΔPL, ΔPL % (8)",
    function(list, found)
    for _, item in ipairs(list:find("text", "header")) do
      if item.text:find "Δ" and not item.text:find "^ΔP[LY]"
        then found(item.text) end
    end
  end)

  rule("uses at most two highlights (29)", function(list, found, spec)
    if spec.kind ~= "slope" then return end
    local lit = {}
    for _, item in ipairs(list:find("polyline", "slope")) do
      if item.color == spec.theme.accent then lit[#lit + 1] = item end
    end
    if #lit > 2 then found(#lit) end
  end)
end)

describe("charts: labels", function()
  it("have at most four digits where the data are of one size (26)",
    function()
    for _, kind in ipairs(chart.kinds) do
      for _, name in ipairs { "sample", "groups" } do
        local list = assert(cases.chart(kind, name, "zh", "slide")
          :display_list())
        for _, item in ipairs(list:find "text") do
          -- the sums over multiples have a digit more than their columns
          if item.tag:find "%.text$" and kind ~= "multiples" then
            local number = item.text:match "%d[%d,]*" or ""
            local digits = select(2, number:gsub("%d", ""))
            assert.is_true(digits <= 4, kind .. " " .. item.text)
          end
        end
      end
    end
  end)
end)

describe("charts: highlighting", function()
  it("is refused for three", function()
    assert.has_error(function()
      cases.chart("slope", "groups", "zh", "slide",
        { highlight = { "a", "b", "c" } })
    end, "highlight at most two items")
  end)

  it("never folds away what it points at", function()
    for _, kind in ipairs { "variance", "bridge", "heatmap", "multiples",
      "slope", "bullet" } do
      local list = assert(cases.chart(kind, "forty", "en", "slide",
        { highlight = "Line 9", top = 2 }):display_list())
      local found = false
      for _, item in ipairs(list:find("text", "label")) do
        found = found or item.text:find "^Line 9" ~= nil
      end
      assert.is_true(found, kind)
    end
  end)

  it("colours the names of the items it points at", function()
    for _, kind in ipairs { "variance", "bridge", "bullet", "slope", "pareto",
      "heatmap", "multiples" } do
      local list = assert(cases.chart(kind, "groups", "zh", "slide",
        { highlight = "设备购置" }):display_list())
      local lit = 0
      for _, item in ipairs(list:find("text", "label")) do
        local is_it = item.text:find("设备购置", 1, true) ~= nil
        if item.color == "#1F5C93" then
          lit = lit + 1
          assert.is_true(is_it, kind .. " " .. item.text)
        end
      end
      assert.is_true(lit >= 1, kind)
    end
  end)
end)

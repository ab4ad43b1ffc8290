--- Next year's plan (工作计划): directions, themes and items with their
--- progress, and when the plan was signed.

local execution = require "evalua.execution"
local pages = require "evalua.performance.page"
local exact = require "evalua.exact"
local terms = require "evalua.performance.terms"

local states = { "open", "started", "done", "dropped" }

local function word(page, row, name)
  return page.lang == "en" and row[name .. "_en"] or row[name .. "_zh"]
end

--- Items under direction and theme, in the plan's order.
local function tree_of(plan)
  local directions, by_no = {}, {}
  for _, item in ipairs(plan) do
    local direction = by_no[item.direction_no]
    if direction == nil then
      direction = { row = item, themes = {}, by_theme = {}, n = 0, items = {} }
      by_no[item.direction_no] = direction
      directions[#directions + 1] = direction
    end
    local key = item.theme_no or item.theme_zh
    local theme = direction.by_theme[key]
    if theme == nil then
      theme = { row = item, items = {} }
      direction.by_theme[key] = theme
      table.insert(direction.themes, theme)
    end
    table.insert(theme.items, item)
    table.insert(direction.items, item)
    direction.n = direction.n + 1
  end
  table.sort(directions, function(a, b)
    return a.row.direction_no < b.row.direction_no
  end)
  return directions
end

--- Mean progress of the items that say theirs, and how many do not.
local function progress_of(items)
  local sum, n = exact.of(0), 0
  for _, item in ipairs(items) do
    if item.progress_pct then sum, n = sum + item.progress_pct, n + 1 end
  end
  return n > 0 and exact.ratio(sum, n) or nil, #items - n
end

local function add_counts(page, directions)
  local themes = 0
  for _, direction in ipairs(directions) do
    themes = themes + #direction.themes
  end
  local plan = page.year.plan
  local figures = { { "directions", "Directions", #directions },
    { "themes", "Themes", themes }, { "items", "Items", #plan } }
  local items = {}
  for i, item in ipairs(figures) do
    items[i] = { label = page:text(item[2]), value = tostring(item[3]) }
    page:figure { id = "plan." .. item[1], name = page:text(item[2]),
      value = item[3], formula = "count", from = plan }
  end
  for _, state in ipairs(states) do
    local found = {}
    for _, item in ipairs(plan) do
      if item.status == state then found[#found + 1] = item end
    end
    page:figure { id = "plan.status." .. state, value = #found, from = found,
      formula = "count", name = terms.find(page.lang, "plan", state) }
    if #found > 0 then
      items[#items + 1] = { label = terms.find(page.lang, "plan", state),
        value = tostring(#found) }
    end
  end
  page:add { kind = "figures", items = items }
end

local function add_summary(page, directions)
  local rows = {}
  for i, direction in ipairs(directions) do
    local mean, silent = progress_of(direction.items)
    rows[i] = { tostring(direction.row.direction_no), word(page,
      direction.row, "direction"), tostring(#direction.themes),
      tostring(direction.n), mean and terms.percent(mean, page.lang)
        or page:text("not given"), silent > 0 and mean
        and page:text("%d items without progress", silent) or "" }
    page:figure { id = "plan.progress." .. direction.row.direction_no,
      name = word(page, direction.row, "direction"), value = mean, unit = "%",
      formula = "mean(progress_pct)", from = direction.items,
      note = mean == nil and "no progress is given" or nil }
  end
  page:heading "Directions"
  page:table({ ">No.", "Direction", ">Themes", ">Items", ">Progress",
    "Remark" }, rows)
end

local function add_items(page, directions)
  local rows = {}
  for _, direction in ipairs(directions) do
    for t, theme in ipairs(direction.themes) do
      for i, item in ipairs(theme.items) do
        rows[#rows + 1] = { t == 1 and i == 1 and word(page, direction.row,
          "direction") or "", i == 1 and word(page, theme.row, "theme") or "",
          word(page, item, "text"), terms.find(page.lang, "plan", item.status),
          item.progress_pct and item.progress_pct .. "%" or "–" }
      end
    end
  end
  page:heading "Items"
  page:table({ "Direction", "Theme", "Item", "Status", ">Progress" }, rows)
end

--- A plan that is signed within its own year is late by so many days.
local function add_signing(page)
  local document = page.year.document
  local date = document and document.doc_date or ""
  local day, days = execution.elapsed(date)
  if day == nil or days == 12
    or date:sub(1, 4) ~= tostring(page.year.plan_year) then
    return
  end
  local share = exact.ratio(100 * day, days)
  page:figure { id = "plan.signed_day", name = page:text("Day of signing"),
    value = day, formula = "day of the year", note = date }
  page:figure { id = "plan.year_gone", value = share, unit = "%",
    name = page:text("Share of the plan's year gone at signing"),
    formula = "plan.signed_day / days of the year" }
  page:finding("warn", "the plan for %d was signed on %s: %s of that year had "
    .. "gone", page.year.plan_year, date, terms.percent(share, page.lang))
end

local function add_targets(page)
  local rows = {}
  for _, fact in ipairs(page.year.plan_facts) do
    rows[#rows + 1] = { page:name(fact), page:measured(fact) }
    page:fact(fact)
  end
  if #rows == 0 then return end
  page:heading "Figures in the plan"
  page:table({ "Figure", ">Value" }, rows)
end

local function run(p)
  local year = pages.load(p)
  local page = pages.new(p, "Work plan", year, year.plan_year)
  if #page.year.plan == 0 then
    page:finding("warn", "there is no plan for a later year")
    return page:report()
  end
  local directions = tree_of(page.year.plan)
  add_counts(page, directions)
  add_summary(page, directions)
  add_targets(page)
  add_items(page, directions)
  add_signing(page)
  return page:report()
end

return { name = "plan", title = "Work plan",
  params = pages.params, of_unit = true, run = run }

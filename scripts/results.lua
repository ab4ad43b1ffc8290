--- Results (绩效目标实现情况): the figures reported, by field of work, with
--- what each can be and how much of a target it is.

local indicators = require "evalua.indicator"
local line_text = require "evalua.performance.line_text"
local pages = require "evalua.performance.page"

--- Stated figures by group, in order; counted ones apart.
local function fields_of(page)
  local fields, order, counted = {}, {}, {}
  for _, fact in ipairs(page.year:figures "results") do
    if fact.basis == "counted" then
      counted[#counted + 1] = fact
    else
      if fields[fact.grp] == nil then
        fields[fact.grp] = {}
        order[#order + 1] = fact.grp
      end
      table.insert(fields[fact.grp], fact)
    end
  end
  return fields, order, counted
end

local function field_name(page, grp)
  local group = page.year.groups["results/" .. grp]
  return group and page:name(group) or grp
end

local function field_table(page, facts, by_fact)
  local rows = {}
  for i, fact in ipairs(facts) do
    local target, done = line_text.completion(page, by_fact[fact.id])
    rows[i] = { page:name(fact), page:value(fact), page:unit(fact),
      page:range(fact), target, done }
    page:fact(fact)
  end
  page:table({ "Figure", ">Value", "Unit", "Range", ">Target", ">Completion" },
    rows, { [4] = 1 })
end

local function add_summary(page, fields, order)
  local items, all = {}, {}
  for i, grp in ipairs(order) do
    local name = field_name(page, grp)
    table.move(fields[grp], 1, #fields[grp], #all + 1, all)
    items[i] = { label = name, value = tostring(#fields[grp]) }
    page:figure { id = "results." .. grp, name = name, value = #fields[grp],
      formula = "count(figures)", from = fields[grp] }
  end
  items[#items + 1] = { label = page:text("All figures"),
    value = tostring(#all) }
  page:figure { id = "results.all", name = page:text("All figures"),
    value = #all, formula = "count(figures)", from = all }
  page:heading "Figures by field of work"
  page:add { kind = "figures", items = items }
end

local function add_counted(page, counted)
  if #counted == 0 then return end
  local rows = {}
  for i, fact in ipairs(counted) do
    rows[i] = { field_name(page, fact.grp), page:name(fact),
      page:value(fact) }
    page:fact(fact)
  end
  page:heading "Counted in the text (the report gives no number)"
  page:table({ "Field", "Figure", ">Value" }, rows)
end

--- Indicators of the year that no figure stands behind.
local function add_without_figure(page, items)
  local names = {}
  for _, item in ipairs(items) do
    if item.target and item.actual == nil then
      names[#names + 1] = page:name(item)
    end
  end
  if #names == 0 then return end
  page:finding("warn", "targets without an actual value: %s",
    table.concat(names, page.lang == "zh" and "、" or "; "))
end

local function run(p)
  local page = pages.new(p, "Results achieved")
  local items, message = indicators.of_year(page.year)
  if items == nil then error(message, 0) end
  local by_fact = {}
  for _, item in ipairs(items) do
    if item.fact then by_fact[item.fact.id] = item end
  end
  local fields, order, counted = fields_of(page)
  if #order == 0 then
    page:finding("warn", "there are no figures of the section 'results'")
  else
    add_summary(page, fields, order)
    for _, grp in ipairs(order) do
      page:add { kind = "heading", text = field_name(page, grp) }
      field_table(page, fields[grp], by_fact)
    end
  end
  add_counted(page, counted)
  add_without_figure(page, items)
  page:range_note()
  return page:report()
end

return { name = "results", title = "Results achieved", params = pages.params,
  of_unit = true, run = run }

--- Unit profile (单位基本情况): what the unit is, counts and names of what it
--- has, and whether the names are as many as the numbers say.

local pages = require "evalua.performance.page"
local terms = require "evalua.performance.terms"

--- Groups of figures in the order in which they appear.
local function by_group(facts)
  local groups, order = {}, {}
  for _, fact in ipairs(facts) do
    if groups[fact.grp] == nil then
      groups[fact.grp] = {}
      order[#order + 1] = fact.grp
    end
    table.insert(groups[fact.grp], fact)
  end
  return groups, order
end

local function figures_table(page, facts)
  local groups, order = by_group(facts)
  local rows = {}
  for _, grp in ipairs(order) do
    local group = page.year.groups["profile/" .. grp]
    for i, fact in ipairs(groups[grp]) do
      rows[#rows + 1] = { i == 1 and (group and page:name(group) or grp) or "",
        page:name(fact), page:value(fact), page:unit(fact),
        page:range(fact), page:text(fact.basis == "counted"
          and "counted in the text" or "stated") }
      page:fact(fact)
    end
  end
  page:table({ "Group", "Figure", ">Value", "Unit", "Range", "Basis" }, rows,
    { [5] = 1, [6] = 2 })
end

local statuses = { "completed", "partly_delivered", "under_construction",
  "planned", "cancelled", "not_stated" }
local kinds = { "estate_commercial", "estate_resettlement",
  "estate_public_rental", "construction", "programme", "campaign" }

--- Projects of a kind by status, {status = rows}, and all of the kind.
local function by_status(projects, kind)
  local found, all = {}, {}
  for _, project in ipairs(projects) do
    if project.kind == kind then
      found[project.status] = found[project.status] or {}
      table.insert(found[project.status], project)
      all[#all + 1] = project
    end
  end
  return found, all
end

local function names_of(page, rows)
  local names = {}
  for i, row in ipairs(rows) do names[i] = page:name(row) end
  return table.concat(names, page.lang == "zh" and "、" or "; ")
end

local function estates_table(page)
  local rows = {}
  for _, kind in ipairs(kinds) do
    local found, all = by_status(page.year.projects, kind)
    local word = terms.find(page.lang, "estate", kind)
    if #all > 0 then
      rows[#rows + 1] = { cells = { word, page:text("Total"), tostring(#all), "" },
        strong = true }
      page:figure { id = kind, name = word, value = #all,
        formula = "count(project where kind)", from = all }
    end
    for _, status in ipairs(statuses) do
      local list = found[status]
      if list then
        local state = terms.find(page.lang, "status", status)
        rows[#rows + 1] = { "", state, tostring(#list),
          names_of(page, list) }
        page:figure { id = kind .. "." .. status, name = word .. ": " .. state,
          value = #list, formula = "count(project where kind, status)",
          from = list }
      end
    end
  end
  if #rows == 0 then return end
  page:heading "Estates and projects named"
  page:table({ "Kind", "Status", ">Number", "Names" }, rows)
end

local function units_table(page)
  local rows = {}
  for _, kind in ipairs { "village", "community", "office",
    "owners_committee", "group" } do
    local list = page.year:children(kind)
    if #list > 0 then
      local word = terms.find(page.lang, "kind", kind)
      rows[#rows + 1] = { word, tostring(#list), names_of(page, list) }
      page:figure { id = "units." .. kind, name = word, value = #list,
        formula = "count(unit where kind)", from = list }
    end
  end
  if #rows == 0 then return end
  page:heading "Units below"
  page:table({ "Kind", ">Number", "Names" }, rows)
end

--- Items of a list whose names end in the word that the list is said to be of.
local function called_so(list)
  local n = 0
  for _, item in ipairs(list.items) do
    if list.noun and item.as_written:sub(-#list.noun) == list.noun then
      n = n + 1
    end
  end
  return n
end

--- The number that the text gives for a list, and the row it is in.
local function stated_number(page, list)
  local fact = page.year.fact_by_id[list.stated_fact_id]
  if fact then return math.tointeger(fact.value:number()), fact end
  return list.stated_value, list
end

local function list_row(page, list)
  local stated, row = stated_number(page, list)
  local named = #list.items
  local state = named == stated and page:text("agree")
    or named == 0 and page:text("not named")
    or named < stated and page:text("%d not named", stated - named)
    or page:text("%d more than stated", named - stated)
  local note = ""
  local called = called_so(list)
  if list.noun and named > 0 and called ~= named then
    note = page:text("%d of them are called %s", called, list.noun)
    page:figure { id = list.id .. ".called", name = page:name(list) .. ": "
      .. list.noun, value = called, formula = "count(name ends in noun)",
      from = list.items }
  end
  page:figure { id = list.id .. ".stated", name = page:name(list),
    value = stated, formula = "stated", from = { row } }
  page:figure { id = list.id .. ".named", name = page:name(list),
    value = named, formula = "count(names listed)",
    from = named > 0 and list.items or { list } }
  return { page:name(list), tostring(stated), tostring(named), state, note }
end

local function lists_table(page)
  local rows = {}
  for _, list in ipairs(page.year.lists) do
    local stated, row = stated_number(page, list)
    if stated and (row.section == nil or row.section == "profile") then
      rows[#rows + 1] = list_row(page, list)
    end
  end
  if #rows == 0 then return end
  page:heading "Numbers against names"
  page:table({ "List", ">Stated", ">Named", "Result", "Remark" }, rows)
end

--- The units right above, one or two.
local function parents_of(page)
  local rows, unit = {}, page.year.unit
  for _, id in ipairs { unit.parent_id or false, unit.parent2_id or false } do
    for _, row in ipairs(page.year.units) do
      if row.id == id then rows[#rows + 1] = row end
    end
  end
  return #rows > 0 and names_of(page, rows) or nil
end

local function identity(page)
  local unit, items = page.year.unit, {}
  local function add(label, value)
    if value then items[#items + 1] = { label = page:text(label),
      value = value } end
  end
  add("Unit", page.lang == "en" and unit.name_en
    and unit.name_en .. " (" .. unit.name_zh .. ")" or unit.name_zh)
  add("Unified social credit code", unit.ext_code)
  add("Units above", parents_of(page))
  local document = page.year.document
  add("Source", document and document.title)
  add("Signed", document and document.doc_date)
  page:add { kind = "figures", items = items }
end

local function run(p)
  local page = pages.new(p, "Unit profile")
  identity(page)
  local facts = page.year:figures "profile"
  page:heading "Figures"
  if #facts > 0 then figures_table(page, facts)
  else page:finding("warn", "there are no figures of the section 'profile'") end
  estates_table(page)
  units_table(page)
  lists_table(page)
  page:range_note()
  return page:report()
end

return { name = "profile", title = "Unit profile", params = pages.params,
  of_unit = true, run = run }

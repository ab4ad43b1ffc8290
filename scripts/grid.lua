--- Grid governance (网格化治理): grids by level, how many of the next level
--- each holds, and the people in them.

local interval = require "evalua.interval"
local pages = require "evalua.performance.page"
local exact = require "evalua.exact"
local terms = require "evalua.performance.terms"

local grid_kinds = { "grid1", "grid2", "grid3" }

--- Levels as {name=, value=, from=}: rows of units where files name the grids,
--- else the counts of the report.
local function levels_of(page)
  local levels = {}
  for _, kind in ipairs(grid_kinds) do
    local rows = page.year:below(kind)
    if #rows > 0 then
      levels[#levels + 1] = { id = kind, from = rows,
        name = terms.find(page.lang, "kind", kind), value = exact.of(#rows),
        text = tostring(#rows), formula = "count(unit where kind)" }
    end
  end
  if #levels > 0 then return levels end
  for _, fact in ipairs(page.year:figures("grid", "grid_levels")) do
    levels[#levels + 1] = { id = fact.id, name = page:name(fact),
      value = exact.of(fact.value), from = { fact }, formula = "stated",
      unit = fact.measure_unit, qualifier = fact.qualifier,
      interval = fact.interval, text = page:value(fact) }
  end
  return levels
end

local function add_levels(page, levels)
  local rows = {}
  for i, level in ipairs(levels) do
    local above, each = levels[i - 1], nil
    page:figure { id = level.id, name = level.name, value = level.value,
      unit = level.unit, qualifier = level.qualifier,
      interval = level.interval, formula = level.formula, from = level.from }
    if above and above.value:sign() > 0 then
      each = exact.ratio(level.value, above.value)
      page:figure { id = above.id .. "_" .. level.id,
        name = page:text("%s in each of the level above", level.name),
        value = each, formula = level.id .. " / " .. above.id,
        from = table.move(above.from, 1, #above.from, #level.from + 1,
          table.move(level.from, 1, #level.from, 1, {})) }
    end
    rows[i] = { level.name, level.text, each and terms.fraction(each, 2) or "" }
  end
  page:heading "Grids by level"
  page:table({ "Level", ">Number", ">In each of the level above" }, rows)
  for i = 2, #levels do
    if levels[i].value < levels[i - 1].value then
      page:finding("bad", "%s are fewer than %s: they cannot each lie in one",
        levels[i].name, levels[i - 1].name)
    end
  end
end

--- Level 1 is often one grid for each village and community: the numbers that
--- the profile gives for them, else the rows there are.
local function villages_and_communities(page)
  local n, from = exact.of(0), {}
  for _, kind in ipairs { "village", "community" } do
    local rows = page.year:children(kind)
    local stated = nil
    for _, list in ipairs(page.year.lists) do
      local first = list.items[1]
      local fact = page.year.fact_by_id[list.stated_fact_id]
      if first and rows[1] and fact and fact.section == "profile"
        and first.entity_kind == "unit" and page.year:kind_of(first.entity_id)
          == kind then
        stated = fact
      end
    end
    n = n + (stated and stated.value or #rows)
    if stated then from[#from + 1] = stated
    else table.move(rows, 1, #rows, #from + 1, from) end
  end
  return n, from
end

local function compare_with_villages(page, levels)
  local n, from = villages_and_communities(page)
  if n:sign() == 0 then return end
  page:figure { id = "grid.villages_communities", value = n, from = from,
    name = page:text("Villages and communities"), formula = "sum" }
  local same = n == levels[1].value
  page:finding(same and "info" or "warn", same
    and "%s: %s, as many as villages and communities (%s)"
    or "%s: %s, but villages and communities are %s", levels[1].name,
    levels[1].text, terms.fraction(n, 2))
end

--- Runs of figures in a group, at most four, that come to the same number:
--- where the people of a line may be from.
local function find_origin(page, fact)
  for _, grp in ipairs { "grassroots", "owners", "system" } do
    local list = page.year:figures("grid", grp)
    for length = 1, 4 do
      for first = 1, #list - length + 1 do
        local sum, run = exact.of(0), {}
        for i = first, first + length - 1 do
          sum, run[#run + 1] = sum + list[i].value, list[i]
        end
        local counts_people = run[1].measure_unit == fact.measure_unit
        if counts_people and sum == exact.of(fact.value) then return run end
      end
    end
  end
end

local function sum_text(page, run)
  local numbers, names = {}, {}
  for i, fact in ipairs(run) do
    numbers[i] = terms.number(fact.value)
    names[i] = page:name(fact)
  end
  return table.concat(numbers, " + ") .. page:text(" (%s)",
    table.concat(names, page.lang == "zh" and "、" or "; "))
end

--- The unit that all figures have.
local function common_unit(facts)
  for _, fact in ipairs(facts) do
    if fact.measure_unit ~= facts[1].measure_unit then return nil end
  end
  return facts[1].measure_unit
end

local function add_people(page, levels)
  local facts = page.year:figures("grid", "grid_staffing")
  page:heading "People in the grids"
  if #facts == 0 then
    page:finding("warn", "no figure says how many people work in the grids")
    return
  end
  local rows, ranges, total = {}, {}, exact.of(0)
  for i, fact in ipairs(facts) do
    local run = find_origin(page, fact)
    rows[i] = { page:name(fact), page:value(fact),
      run and "= " .. sum_text(page, run) or "" }
    page:fact(fact)
    if run then
      page:figure { id = fact.id .. ".agrees", name = page:name(fact),
        value = fact.value, formula = "sum", from = run }
    end
    ranges[i], total = fact.interval, total + fact.value
  end
  local range = interval.sum(ranges)
  rows[#rows + 1] = { cells = { page:text("Total"), terms.fraction(total, 2),
    terms.range(page.lang, range) }, strong = true, rule = true }
  page:figure { id = "grid.people", name = page:text("People in the grids"),
    value = total, unit = common_unit(facts), formula = "sum", from = facts,
    interval = range }
  page:table({ "Who", ">Number", "Agrees with" }, rows)
  local last = levels[#levels]
  if last and last.value:sign() > 0 then
    local each = exact.ratio(total, last.value)
    page:figure { id = "grid.people_per_grid", value = each,
      name = page:text("People for each of the %s", last.name),
      formula = "grid.people / " .. last.id, from = facts }
    page:add { kind = "figures", items = { {
      label = page:text("People for each of the %s", last.name),
      value = terms.fraction(each, 2) } } }
  end
end

local function add_others(page)
  local rows = {}
  for _, fact in ipairs(page.year:figures "grid") do
    if fact.grp ~= "grid_levels" and fact.grp ~= "grid_staffing" then
      rows[#rows + 1] = { page:name(fact), page:value(fact), page:unit(fact),
        page:text(fact.basis == "counted" and "counted in the text"
          or "stated") }
      page:fact(fact)
    end
  end
  if #rows == 0 then return end
  page:heading "Grassroots workers and owners"
  page:table({ "Figure", ">Value", "Unit", "Basis" }, rows)
end

local function run(p)
  local page = pages.new(p, "Grid governance")
  local levels = levels_of(page)
  if #levels == 0 then
    page:finding("warn", "no figure and no unit says how many grids there are")
  else
    add_levels(page, levels)
    compare_with_villages(page, levels)
  end
  add_people(page, levels)
  add_others(page)
  return page:report()
end

return { name = "grid", title = "Grid governance", params = pages.params,
  of_unit = true, run = run }

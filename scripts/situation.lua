--- Situation (发展形势): shares of land, density, and figures told a second
--- time compared with the first.

local core = require "evalua.core"
local pages = require "evalua.performance.page"
local exact = require "evalua.exact"
local terms = require "evalua.performance.terms"

local function add_shares(page)
  local facts = page.year:figures("situation", "land_use")
  if #facts == 0 then return end
  local rows, total, is_exact = {}, exact.of(0), true
  for i, fact in ipairs(facts) do
    rows[i] = { page:name(fact), page:measured(fact) }
    page:fact(fact)
    total = total + fact.value
    is_exact = is_exact and fact.qualifier == "exact"
  end
  -- a sum of what is about so much is about so much, too
  local sum = is_exact and terms.percent(total, page.lang)
    or terms.measured(page.lang, total:decimal(6):trim(), "approx", "%")
  rows[#rows + 1] = { cells = { page:text("Total"), sum }, strong = true,
    rule = true }
  page:figure { id = "situation.land_use", name = page:text("Total"),
    value = total, unit = "%", formula = "sum", from = facts }
  page:heading "Land use"
  page:table({ "Part", ">Share" }, rows)
  if total ~= exact.of(100) then
    page:finding("warn", "the shares add up to %s, not to 100%%", sum)
  elseif is_exact then page:finding("info", "the shares add up to %s", sum)
  else page:finding("info", "the shares add up to %s, though each is only "
    .. "approximate", terms.percent(total, page.lang)) end
end

local function first_with(facts, units)
  for _, fact in ipairs(facts) do
    if units[fact.measure_unit] then return fact, units[fact.measure_unit] end
  end
end

local people = { ["人"] = 1, ["万人"] = 10000 }
local areas = { ["平方公里"] = 1 }

--- Own figures of the situation first, else those of the profile.
local function figure_of(year, grp, units)
  local fact, factor = first_with(year:figures("situation", grp), units)
  if fact then return fact, factor end
  return first_with(year:figures("profile", grp), units)
end

local function add_density(page)
  local many, factor = figure_of(page.year, "population", people)
  local area = figure_of(page.year, "territory", areas)
  page:heading "Density"
  if many == nil or area == nil or area.value:sign() <= 0 then
    page:finding("warn", "population or area is not given: there is no density")
    return
  end
  local per = exact.ratio(factor, area.value)
  local range = many.interval:scale(per)
  local density = exact.of(many.value) * per
  page:figure { id = "situation.density", value = density, interval = range,
    name = page:text("People for each km²"), unit = "人/平方公里",
    qualifier = many.qualifier, formula = "population / area",
    from = { many, area } }
  local bounds = not range.unknown and not range:is_exact()
    and range:text(function(bound) return terms.fraction(bound, 0) end, "; ")
  page:add { kind = "figures", items = {
    { label = page:name(many), value = page:measured(many) },
    { label = page:name(area), value = page:measured(area) },
    { label = page:text("People for each km²"),
      value = bounds or terms.fraction(density, 0) } } }
end

-- Restated figures ------------------------------------------------------

local function base_name(fact)
  return (fact.name_zh:gsub("（.-）", ""))
end

--- How well an earlier figure may be the one that is told again.
local function likeness(fact, earlier)
  if earlier.measure_unit ~= fact.measure_unit then return 0 end
  local a, b = base_name(fact), base_name(earlier)
  if a == b then return 4 end
  if a:find(b, 1, true) or b:find(a, 1, true) then return 3 end
  if earlier.grp ~= fact.grp then return 0 end
  return earlier.basis == "stated" and 2 or 0
end

local function find_earlier(year, fact)
  local best, most, n = nil, 0, 0
  for _, earlier in ipairs(year.facts) do
    if earlier.section ~= "situation" and earlier.basis ~= "counted" then
      local how = likeness(fact, earlier)
      if how > most then best, most, n = earlier, how, 1
      elseif how == most and how > 0 then n = n + 1 end
    end
  end
  -- several of one group: the name alone does not say which
  if most == 2 and n > 1 then return nil end
  return best
end

local function add_restated(page)
  local rows, differ = {}, 0
  for _, fact in ipairs(page.year:figures "situation") do
    if fact.grp ~= "land_use" then
      local earlier = find_earlier(page.year, fact)
      local same = earlier and earlier.value:eq(fact.value)
        and earlier.qualifier == fact.qualifier
      if earlier and not same then differ = differ + 1 end
      rows[#rows + 1] = { page:name(fact), page:measured(earlier),
        page:measured(fact), page:text(earlier == nil and "told once"
          or same and "same" or "different") }
      page:fact(fact)
      page:figure { id = fact.id .. ".restated", name = page:name(fact),
        value = earlier and core.decimal.new(same and 1 or 0, 0),
        formula = "equal", from = { earlier, fact },
        note = earlier and earlier.id or "told once" }
    end
  end
  if #rows == 0 then return end
  page:heading "Figures told again"
  page:table({ "Figure", ">First", ">Again", "Result" }, rows)
  if differ > 0 then
    page:finding("bad", "%d figures are not what they were the first time",
      differ)
  end
end

local function run(p)
  local page = pages.new(p, "Situation")
  if #page.year:figures "situation" == 0 then
    page:finding("warn", "there are no figures of the section 'situation'")
  end
  add_shares(page)
  add_density(page)
  add_restated(page)
  page:range_note()
  return page:report()
end

return { name = "situation", title = "Situation", params = pages.params,
  of_unit = true, run = run }

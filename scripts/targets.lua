--- Performance targets (绩效目标情况): how much of the money they cover, which
--- results have a target at all, and of which kind.

local funds_of = require "evalua.performance.funds"
local indicators = require "evalua.indicator"
local line_text = require "evalua.performance.line_text"
local pages = require "evalua.performance.page"
local exact = require "evalua.exact"
local terms = require "evalua.performance.terms"

local money_units = { ["元"] = true, ["万元"] = true, ["亿元"] = true }

--- The amount that the targets are said to cover, and the share that is
--- claimed, out of the group targets/coverage.
local function stated_coverage(year)
  local covered, claimed = nil, nil
  for _, fact in ipairs(year:figures("targets", "coverage")) do
    if money_units[fact.measure_unit] then covered = covered or fact
    elseif fact.measure_unit == "%" then claimed = claimed or fact end
  end
  return covered, claimed
end

local function add_share(page, items, base, covered, amount, funds)
  if funds[base] == nil then return end
  local share = funds_of.percent(amount, funds[base])
  local words = { original = "Covered, of the original budget",
    adjusted = "Covered, of the adjusted budget",
    executed = "Covered, of the money spent" }
  local from = { covered, table.unpack(funds_of.rows(funds, base)) }
  items[#items + 1] = { label = page:text(words[base]),
    value = terms.percent(share, page.lang) }
  page:figure { id = "coverage." .. base, value = share, unit = "%",
    name = page:text(words[base]), formula = "100 * covered / " .. base,
    from = from }
end

local function outside(page, covered, amount, funds)
  if funds.executed == nil or funds.executed <= amount then return end
  local rest = funds.executed - amount
  page:figure { id = "coverage.outside", value = rest, unit = funds.unit,
    name = page:text("Spent outside any target"),
    formula = "executed - covered", from = { covered,
      table.unpack(funds_of.rows(funds, "executed")) } }
  page:finding("warn", "%s (%s of what was spent) lie outside any target",
    terms.amount(rest), terms.percent(funds_of.percent(rest, funds.executed),
      page.lang))
end

local function add_coverage(page)
  page:heading "Money covered by targets"
  local covered, claimed = stated_coverage(page.year)
  if covered == nil then
    page:finding("warn", "no figure says how much money the targets cover: the "
      .. "coverage cannot be computed")
    return
  end
  local funds = funds_of.of_year(page.year)
  local amount = assert(funds_of.amount_in(tostring(covered.value)
    .. covered.measure_unit, funds.unit))
  local items = { { label = page:text("Covered by targets"),
    value = terms.amount(amount), note = terms.money(page.lang, funds.unit) } }
  page:fact(covered)
  if claimed then
    items[#items + 1] = { label = page:text("Coverage claimed"),
      value = terms.measured(page.lang, claimed.value, claimed.qualifier, "%") }
    page:fact(claimed)
  end
  for _, base in ipairs { "original", "adjusted", "executed" } do
    add_share(page, items, base, covered, amount, funds)
  end
  page:add { kind = "figures", items = items }
  outside(page, covered, amount, funds)
end

local function add_table(page, items)
  local rows = {}
  for _, item in ipairs(items) do
    if indicators.has_target(item) then
      local target, done = line_text.completion(page, item)
      rows[#rows + 1] = { terms.find(page.lang, "level1", item.level1),
        terms.find(page.lang, "level2", item.level2), page:name(item),
        target, terms.measured(page.lang, item.actual, item.qualifier,
          item.measure_unit), done,
        terms.find(page.lang, "basis", item.basis) }
      page:figure { id = item.id, name = page:name(item),
        value = item.completion and item.completion * 100, unit = "%",
        formula = "100 * actual / target", from = item.places,
        interval = item.interval,
        note = item.completion == nil and done or nil }
    end
  end
  page:heading "Indicators with a target"
  if #rows == 0 then
    page:finding("bad", "no indicator has a target")
  else
    page:table({ "Level 1", "Level 2", "Indicator", ">Target", ">Actual",
      ">Completion", "Basis" }, rows, { [2] = 2, [7] = 1 })
  end
end

local kinds = { { "产出", "数量" }, { "产出", "质量" }, { "产出", "时效" },
  { "产出", "成本" }, { "效益", "经济" }, { "效益", "社会" },
  { "效益", "生态" }, { "效益", "可持续影响" }, { "满意度", "服务对象" } }

local function add_kinds(page, items)
  local counts = {}
  for _, item in ipairs(items) do
    local key = item.level1 .. "/" .. (item.level2 or "")
    local kind = counts[key] or { all = 0, with = 0, from = {} }
    kind.all = kind.all + 1
    if indicators.has_target(item) then
      kind.with, kind.from[#kind.from + 1] = kind.with + 1, item.places[1]
    end
    counts[key] = kind
  end
  local rows, without = {}, {}
  for _, kind in ipairs(kinds) do
    local found = counts[kind[1] .. "/" .. kind[2]] or { all = 0, with = 0 }
    local word = terms.find(page.lang, "level2", kind[2])
    rows[#rows + 1] = { terms.find(page.lang, "level1", kind[1]), word,
      tostring(found.all), tostring(found.with) }
    page:figure { id = "kind." .. kind[1] .. "." .. kind[2], value = found.with,
      name = word, formula = "count(indicators with a target)",
      from = found.from }
    if found.with == 0 then without[#without + 1] = word end
  end
  page:heading "Kinds of indicators"
  page:table({ "Level 1", "Level 2", ">Number of indicators",
    ">With a target" }, rows)
  if #without > 0 then
    page:finding("warn", "kinds without any target: %s", table.concat(without,
      page.lang == "zh" and "、" or ", "))
  end
end

--- How many items are so, and where they stand.
local function count(items, condition)
  local n, places = 0, {}
  for _, item in ipairs(items) do
    if condition(item) then
      n, places[#places + 1] = n + 1, item.places[1]
    end
  end
  return n, places
end

--- Every indicator with its figure and the words it rests on, by level.
local function add_all(page, items)
  local sorted = {}
  for i, item in ipairs(items) do
    local at = #kinds + 1
    for k, kind in ipairs(kinds) do
      if kind[1] == item.level1 and kind[2] == item.level2 then at = k end
    end
    sorted[i] = { item = item, at = at, i = i }
  end
  table.sort(sorted, function(a, b)
    if a.at ~= b.at then return a.at < b.at end
    return a.i < b.i
  end)
  local rows = {}
  for i, entry in ipairs(sorted) do
    local item = entry.item
    local target, done = line_text.completion(page, item)
    rows[i] = { terms.find(page.lang, "level1", item.level1),
      terms.find(page.lang, "level2", item.level2), page:name(item), target,
      terms.measured(page.lang, item.actual, item.qualifier,
        item.measure_unit), terms.range(page.lang, item.interval,
        item.measure_unit), done, line_text.points(item.weight),
      item.evidence or "" }
  end
  page:heading "All indicators"
  page:table({ "Level 1", "Level 2", "Indicator", ">Target", ">Actual",
    "Range", ">Completion", ">Points at most", "Evidence" }, rows,
    { [6] = 2, [9] = 1 })
end

local function add_counts(page, items)
  local function is_stated(item)
    return indicators.has_target(item) and item.basis ~= "claim"
  end
  local function is_claim(item)
    return item.target ~= nil and item.basis == "claim"
  end
  local all, of_all = count(items, function() return true end)
  local stated, of_stated = count(items, is_stated)
  local claims, of_claims = count(items, is_claim)
  local none, of_none = count(items, function(item)
    return not is_stated(item) and not is_claim(item)
  end)
  page:heading "Results and targets"
  local figures = { { "results", "Results with an indicator", all, of_all },
    { "stated", "With a stated target", stated, of_stated },
    { "claims", "Claims of zero or of everything, held to their word", claims,
      of_claims },
    { "none", "Without a target", none, of_none } }
  local list = {}
  for i, item in ipairs(figures) do
    list[i] = { label = page:text(item[2]), value = tostring(item[3]) }
    page:figure { id = "targets." .. item[1], name = page:text(item[2]),
      value = exact.of(item[3]), formula = "count(indicators)",
      from = item[4] }
  end
  page:add { kind = "figures", items = list }
  if stated < all then
    page:finding("bad", "%d of %d results have a stated target", stated, all)
  end
end

local function run(p)
  local page = pages.new(p, "Performance targets")
  local items, message = indicators.of_year(page.year)
  if items == nil then error(message, 0) end
  add_coverage(page)
  if #items == 0 then
    page:finding("bad", "the unit has no indicators in this year")
    return page:report()
  end
  add_counts(page, items)
  add_table(page, items)
  add_kinds(page, items)
  if p.all then add_all(page, items) end
  return page:report()
end

local params = { { name = "all",
  help = "every indicator, with or without a target, and its evidence" },
  table.unpack(pages.params) }

return { name = "targets", title = "Performance targets", params = params,
  of_unit = true, run = run }

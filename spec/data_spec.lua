-- The shipped data are plain files that others copy: this spec reads them with
-- a reader of its own, so that it says something about the files and nothing
-- about the program.

local DIR = "data/dongfanghong-2022/"
local CODES = "data/classifications/codes.csv"
local REPORT = "../shared/domain/report-2022.txt"
local FILES = { "budget", "facts", "facts_counted", "units", "offices",
  "estates", "projects", "indicators", "plan", "sources", "groups",
  "headings", "mentions", "claims", "lists", "list_items" }
local FACT_FILES = { "facts", "facts_counted" }
local QUOTED = { "phrase", "as_written", "mark", "number" }

local function slurp(path)
  local f = io.open(path, "rb")
  if not f then return nil end
  local s = f:read("a")
  f:close()
  return s
end

--- Records of an RFC 4180 text with line feeds, as arrays of cells. Doubled
--- quotation marks wait as NUL; `""` as a whole cell does not occur here.
local function records(s)
  local rows, row, pos = {}, {}, 1
  s = s:gsub('""', "\0")
  while pos <= #s do
    local cell, sep, after = s:match('^"([^"]*)"([,\n])()', pos)
    if not cell then
      cell, sep, after = s:match('^([^",\r\n]*)([,\n])()', pos)
    end
    assert(cell, "not a CSV cell: " .. s:sub(pos, pos + 40))
    row[#row + 1] = (cell:gsub("\0", '"'))
    pos = after
    if sep == "\n" then
      rows[#rows + 1], row = row, {}
    end
  end
  return rows
end

--- Rows of a CSV file keyed by header name; `cols` keeps the header.
local function read(path)
  local recs = records(assert(slurp(path), "cannot read " .. path))
  local t = { cols = recs[1] }
  for i = 2, #recs do
    assert(#recs[i] == #t.cols, path .. ":" .. i .. ": ragged")
    local row = { at = path .. ":" .. i }
    for c, name in ipairs(t.cols) do row[name] = recs[i][c] end
    t[#t + 1] = row
  end
  return t
end

local sample, by_id = {}, {}
for _, name in ipairs(FILES) do
  sample[name] = read(DIR .. name .. ".csv")
  for _, row in ipairs(sample[name]) do
    if row.id then by_id[row.id] = row end
  end
end

--- Calls `f(row, file)` for every row of the files named (all by default).
local function each(names, f)
  for _, name in ipairs(names or FILES) do
    for _, row in ipairs(sample[name]) do f(row, name) end
  end
end

local function set(words)
  local s = {}
  for w in words:gmatch("%S+") do s[w] = true end
  return s
end

--- The integer number of hundredths in a plain decimal.
local function hundredths(text)
  local whole, frac = text:match("^(%d+)%.?(%d*)$")
  assert(whole and #frac <= 2, "not a plain amount: " .. text)
  return tonumber(whole .. frac .. ("0"):rep(2 - #frac))
end

local function value(id) return hundredths(by_id[id].value) end

local function ids_of(...)
  local s = {}
  each({ ... }, function(row) s[row.id] = true end)
  return s
end

describe("data: the files", function()
  it("are UTF-8 with line feeds, no byte order mark, no blank record", function()
    for _, name in ipairs(FILES) do
      local s = slurp(DIR .. name .. ".csv")
      assert.is_truthy(utf8.len(s), name)
      assert.is_nil(s:find("\r", 1, true), name)
      assert.is_nil(s:find("\n\n", 1, true), name)
      assert.are_not.equal("\239\187\191", s:sub(1, 3), name)
    end
  end)

  it("start budget.csv with the columns of the contract", function()
    assert.are.equal("unit,year,period,version,flow,nature,amount",
      table.concat(sample.budget.cols, ",", 1, 7))
  end)

  it("have the same columns where they feed the same table", function()
    assert.are.same(sample.facts.cols, sample.facts_counted.cols)
    assert.are.same(sample.units.cols, sample.offices.cols)
    assert.are.same(sample.estates.cols, sample.projects.cols)
  end)

  it("never use an id twice", function()
    local seen = {}
    each(nil, function(row)
      if not row.id then return end
      assert.is_nil(seen[row.id], row.at)
      seen[row.id] = true
    end)
  end)

  it("hold at most 40 characters in a cell, 16 where they quote", function()
    local most = { sha256 = 64 }
    for _, col in ipairs(QUOTED) do most[col] = 16 end
    each(nil, function(row, name)
      for _, col in ipairs(sample[name].cols) do
        local len = utf8.len(row[col])
        assert.is_true(len <= (most[col] or 40), row.at .. " " .. col)
      end
    end)
  end)

  it("are the bytes whose checksums README.md gives", function()
    local sums = {}
    for sum, file in slurp("data/README.md"):gmatch("\n(%x+)  (%S+)") do
      if #sum == 64 then sums[file] = sum end
    end
    local pipe = io.popen("sha256sum data/classifications/* " .. DIR .. "*")
    local out = pipe:read("a")
    pipe:close()
    if out == "" then return pending("no sha256sum on this machine") end
    for sum, file in out:gmatch("(%x+)  data/(%S+)\n") do
      assert.are.equal(sums[file], sum, file)
      sums[file] = nil
    end
    assert.is_nil(next(sums))
  end)
end)

describe("data: references", function()
  local facts = ids_of("facts", "facts_counted")
  local units = ids_of("units", "offices")
  local projects = ids_of("estates", "projects")
  local kinds = { fact = facts, unit = units, project = projects,
    authority = {}, text = {}, [""] = {} }
  local columns = { unit = units, parent_id = units, parent2_id = units,
    project_id = projects, indicator_id = ids_of("indicators"),
    list_id = ids_of("lists"), fact_id = facts, fact_ids = facts,
    target_fact_id = facts, stated_fact_id = facts, counted_fact_id = facts }

  it("to units, projects, facts, indicators and lists all resolve", function()
    each(nil, function(row)
      for col, known in pairs(columns) do
        for id in (row[col] or ""):gmatch("[^|]+") do
          assert.is_true(known[id], row.at .. ": " .. id)
        end
      end
    end)
  end)

  it("of mentions and list items resolve by their kind", function()
    each({ "mentions", "list_items" }, function(row)
      local known = assert(kinds[row.entity_kind], row.at)
      assert.is_true(row.entity_id == "" or known[row.entity_id], row.at)
    end)
  end)

  it("to groups resolve, and every group is used", function()
    local known, used = {}, {}
    each({ "groups" }, function(g) known[g.section .. "/" .. g.grp] = true end)
    each(FACT_FILES, function(f) used[f.section .. "/" .. f.grp] = true end)
    assert.are.same(known, used)
    each({ "headings" }, function(h)
      assert.is_true(h.grp == "" or known[h.section .. "/" .. h.grp], h.at)
    end)
  end)

  it("make a tree of the units, parents first", function()
    local seen = {}
    each({ "units", "offices" }, function(row)
      assert.is_true(row.parent_id == "" or seen[row.parent_id] == true, row.at)
      seen[row.id] = true
    end)
  end)
end)

describe("data: words from closed lists", function()
  local project = set "construction programme campaign"
  local unit = set "subdistrict village community office group owners_committee"
  local kinds = { units = unit, offices = unit, projects = project,
    estates = set "estate_commercial estate_public_rental" }
  local directions = { claims = set "up down all zero none",
    indicators = set "ge le eq qual info" }
  local allowed = {
    qualifier = set "exact approx_above approx at_least",
    version = set "original adjusted executed",
    flow = set "income expense carry_in carry_out",
    basis = set "stated counted",
    form = set "full open gathered part none",
  }

  it("are the ones README.md lists", function()
    each(nil, function(row, name)
      local here = setmetatable(
        { kind = kinds[name], direction = directions[name] },
        { __index = allowed })
      for _, col in ipairs(sample[name].cols) do
        if here[col] then assert.is_true(here[col][row[col]], row.at) end
      end
    end)
  end)
end)

describe("data: the money", function()
  local function amount(version, flow, nature)
    for _, b in ipairs(sample.budget) do
      if b.version == version and b.flow == flow and b.nature == nature then
        return hundredths(b.amount)
      end
    end
  end

  it("is five rows of 2022 in 万元", function()
    assert.are.equal(5, #sample.budget)
    each({ "budget" }, function(b)
      assert.are.equal("dfh/2022/Y/万元",
        table.concat({ b.unit, b.year, b.period, b.measure_unit }, "/"))
    end)
  end)

  it("adds to the totals of the report to 0.01 万元", function()
    local ob = amount("original", "expense", "basic")
    local op = amount("original", "expense", "project")
    local eb = amount("executed", "expense", "basic")
    local ep = amount("executed", "expense", "project")
    assert.are.same({ 220090, 206277, 191700, 468028 }, { ob, op, eb, ep })
    assert.are.equal(amount("original", "income", ""), ob + op)
    assert.are.equal(value "F023", ob + op)
    assert.are.equal(value "F029", ob + op)
    assert.are.equal(value "F026", eb + ep)
  end)

  it("is the figure of the fact that each row names", function()
    each({ "budget" }, function(b)
      local f = by_id[b.fact_id]
      assert.are.equal(f.value, b.amount, b.at)
      assert.are.equal(f.measure_unit, b.measure_unit, b.at)
    end)
  end)
end)

describe("data: the facts", function()
  it("are 112 stated, F001 to F112, and 25 counted, C01 to C25", function()
    local function numbered(t, n, form)
      assert.are.equal(n, #t)
      for i, f in ipairs(t) do
        assert.are.equal(form:format(i), f.id .. " " .. f.basis)
      end
    end
    numbered(sample.facts, 112, "F%03d stated")
    numbered(sample.facts_counted, 25, "C%02d counted")
  end)

  it("all have plain decimals, units, both names and evidence", function()
    each(FACT_FILES, function(f)
      assert.is_truthy(hundredths(f.value), f.at)
      for _, c in ipairs { "name_zh", "name_en", "measure_unit", "phrase" } do
        assert.are_not.equal("", f[c], f.at .. " " .. c)
      end
      assert.is_truthy(tonumber(f.line), f.at)
    end)
  end)

  -- said in words: an ordinal, numerals, 全, 均, 零, 未
  local in_words = set "F021 F035 F037 F042 F047 F050 F051 F054 F057 F064 \z
    F085 F089 F109 F110 F111 F112"

  it("show their digits in their evidence, unless said in words", function()
    each({ "facts" }, function(f)
      local digits = f.phrase:gsub(",", "")
      local shown = digits:find(f.value, 1, true) ~= nil
      assert.are.equal(not in_words[f.id], shown, f.at)
    end)
  end)

  it("say 余 exactly where they are approximate from above", function()
    each({ "facts" }, function(f)
      assert.are.equal(f.qualifier == "approx_above",
        f.phrase:find("余", 1, true) ~= nil, f.at)
    end)
  end)

  it("count 12, 9, 13, 20 and 10 results in the five fields", function()
    local n = {}
    each({ "facts" }, function(f)
      if f.section == "results" then n[f.grp] = (n[f.grp] or 0) + 1 end
    end)
    assert.are.same({ r1_party = 12, r2_economy = 9, r3_urban = 13,
      r4_livelihood = 20, r5_safety = 10 }, n)
  end)
end)

describe("data: what the audit reads", function()
  local function items(list)
    local t = {}
    each({ "list_items" }, function(i)
      if i.list_id == list then t[#t + 1] = i end
    end)
    return t
  end

  it("lists as many items as we counted, numbered from 1", function()
    each({ "lists" }, function(l)
      local found = items(l.id)
      if l.counted_fact_id ~= "" then
        assert.are.equal(value(l.counted_fact_id), 100 * #found, l.at)
      end
      assert.are.equal(l.form == "none", #found == 0, l.at)
      for i, item in ipairs(found) do
        assert.are.equal(tostring(i), item.seq, item.at)
      end
    end)
  end)

  it("marks 5, 9 and 2 of the 16 estates", function()
    local n = {}
    for _, i in ipairs(items "estates") do n[i.mark] = (n[i.mark] or 0) + 1 end
    assert.are.same({ [""] = 5, ["在建"] = 9, ["在建、一期已交付"] = 2 }, n)
  end)

  it("has one estate, office, village row per name listed", function()
    local villages, named = 0, 0
    each({ "units" }, function(u)
      if u.kind == "village" then villages = villages + 1 end
    end)
    assert.are.equal(value "C09", 100 * villages)
    assert.are.equal(value "C06", 100 * #sample.offices)
    assert.are.equal(value "C01" + value "C05", 100 * #sample.estates)
    each({ "offices" }, function(o)
      if o.name_zh:find("办公室$") then named = named + 1 end
    end)
    assert.are.equal(value "C07", 100 * named)
  end)

  it("never gives a misspelling as an alias", function()
    each({ "estates" }, function(e)
      assert.is_nil(e.alias:match("岭") or e.alias:match("侨"), e.at)
    end)
  end)

  it("puts headings in a tree: each path continues its elder or parent", function()
    local seen = {}
    each({ "headings" }, function(h)
      local parent, dot, n = h.path:match("^(.-)(%.?)(%d+)$")
      local before = n == "1" and parent or parent .. dot .. n - 1
      assert.is_true(before == "" or seen[before] == true, h.at)
      local _, dots = h.path:gsub("%.", "")
      assert.are.equal(tostring(dots + 1), h.level, h.at)
      seen[h.path] = true
    end)
    assert.are.equal(34, #sample.headings)
  end)

  it("gives two figures, base and actual, to each claim of movement", function()
    local moves = set "up down"
    each({ "claims" }, function(c)
      if moves[c.direction] and c.fact_ids ~= "" then
        assert.is_truthy(c.fact_ids:find("^[^|]+|[^|]+$"), c.at)
      end
    end)
  end)
end)

describe("data: indicators and plan", function()
  it("have a row per result, one target called so, none invented", function()
    local n, results = {}, 0
    each({ "indicators" }, function(i)
      assert.are.equal(i.direction == "info", i.target == "", i.at)
      assert.are.equal(i.target == "", i.target_basis == "", i.at)
      assert.are.equal(i.target == "", i.target_fact_id == "", i.at)
      if i.target ~= "" then
        assert.are.equal(by_id[i.target_fact_id].value, i.target, i.at)
      end
      assert.are.equal("", i.weight, i.at)
      if i.year == "2022" then
        results = results + 1
        n[i.target_basis] = (n[i.target_basis] or 0) + 1
        assert.are.equal("results", by_id[i.fact_id].section, i.at)
      end
    end)
    assert.are.equal(64, results)
    assert.are.same({ [""] = 57, claim = 6, stated = 1 }, n)
  end)

  it("count 5 directions, 15 themes and 25 items", function()
    local seen, nd, nt = {}, 0, 0
    each({ "plan" }, function(p)
      local theme = p.direction_no .. "/" .. p.theme_no
      if not seen[p.direction_no] then nd = nd + 1 end
      if not seen[theme] then nt = nt + 1 end
      seen[p.direction_no], seen[theme] = true, true
    end)
    assert.are.same({ value "C23", value "C24", value "C25" },
      { 100 * nd, 100 * nt, 100 * #sample.plan })
  end)
end)

describe("data: CHECKS.md", function()
  it("feeds each of the 83 checks, from rows that exist", function()
    local rows, lists = 0, ids_of("lists")
    for line in slurp(DIR .. "CHECKS.md"):gmatch("[^\n]+") do
      local fed = line:match("^| [MCGRPN]%d+b? | [%w-]+ | (.+) |$")
      if fed then
        rows = rows + 1
        for id in fed:gmatch("%f[%w]%u%d%d%d?%f[^%w]") do
          assert.is_truthy(by_id[id], line)
        end
        for id in fed:gmatch("lists: ([%l_%d]+)") do
          assert.is_true(lists[id], line)
        end
      end
    end
    assert.are.equal(83, rows)
  end)
end)

describe("data: the codes", function()
  it("are unique in their scheme, with parents that exist and an origin", function()
    local seen, rows = {}, read(CODES)
    for _, c in ipairs(rows) do
      local key = c.scheme .. " " .. c.code
      assert.is_nil(seen[key], c.at)
      assert.are_not.equal("", c.origin, c.at)
      seen[key] = true
    end
    for _, c in ipairs(rows) do
      if c.parent ~= "" then
        assert.is_true(seen[c.scheme .. " " .. c.parent], c.at)
        assert.are.equal(c.parent, c.code:sub(1, #c.parent), c.at)
      end
      if c.cofog ~= "" then assert.is_true(seen["cofog " .. c.cofog], c.at) end
    end
    assert.are.equal(88, #rows)
  end)
end)

describe("data: against the report", function()
  local report = slurp(REPORT)
  local missing = "the report itself is not here (" .. REPORT .. ")"

  it("finds each quotation on the line given", function()
    if not report then return pending(missing) end
    local lines = {}
    for l in report:gmatch("([^\n]*)\n") do lines[#lines + 1] = l end
    each(nil, function(row)
      if not row.line then return end
      local text = assert(lines[tonumber(row.line)], row.at)
      for _, col in ipairs(QUOTED) do
        local words = row[col] or ""
        assert.is_truthy(text:find(words, 1, true), row.at .. " " .. words)
      end
    end)
  end)

  -- the title and the credit code are the document's and the unit's names
  local own = set "title ext_code"

  it("copies no 17 characters of it, in any cell or page", function()
    if not report then return pending(missing) end
    local function check(text, at)
      local starts = {}
      for p in utf8.codes(text) do starts[#starts + 1] = p end
      starts[#starts + 1] = #text + 1
      for i = 1, #starts - 17 do
        local piece = text:sub(starts[i], starts[i + 17] - 1)
        assert.is_nil(report:find(piece, 1, true), at .. ": " .. piece)
      end
    end
    each(nil, function(row, name)
      for _, col in ipairs(sample[name].cols) do
        if not own[col] then check(row[col], row.at) end
      end
    end)
    check(slurp(DIR .. "CHECKS.md"), "CHECKS.md")
    check(slurp("data/README.md"), "README.md")
  end)
end)

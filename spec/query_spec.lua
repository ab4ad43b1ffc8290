-- ev.scan: the lazy query gives what the verbs give on the whole table, and
-- reads no more than it needs.

local ev = require "evalua"
local support = require "support"

local function file(rows)
  local lines = { "unit,year,kind,original,executed" }
  for i = 1, rows do
    lines[i + 1] = ("u%d,%d,%s,%d.50,%s"):format(i * 7 % 5, 2020 + i % 3,
      i % 2 == 0 and "basic" or "project", i * 31 % 1000,
      i % 11 == 0 and "" or ("%d.25"):format(i * 17 % 900))
  end
  return support.write("budget.csv", table.concat(lines, "\n") .. "\n")
end

--- The same file read in pieces, and as a whole by the careful path.
local function both(path, make)
  local lazy = assert(make(ev.scan(path, { tuning = { chunk = 64,
    sample = 400 } })):collect())
  local whole = assert(make(assert(ev.read_csv(path))))
  return tostring(lazy), tostring(whole)
end

local cases = {
  { "groups", function(q)
    return q:where "year == 2021":group_by("unit", "kind"):summarise {
      total = ev.sum "executed", n = ev.count() }
  end },
  { "several conditions", function(q)
    return q:where "year >= 2021":where(ev.col.kind:eq "basic")
      :group_by "unit":summarise "s=sum(original),m=mean(executed)"
  end },
  { "what follows the groups", function(q)
    return q:group_by "unit":summarise "s=sum(original)":arrange "-s":head(2)
      :mutate { double = "s * 2" }
  end },
  { "columns", function(q)
    return q:where "executed > 400":select("unit", "executed"):head(5)
  end },
  { "counts", function(q) return q:count("kind", "year") end },
  { "groups that are counted", function(q)
    return q:group_by("kind"):count()
  end },
  { "one row for all", function(q)
    return q:summarise "n=count(),d=n_distinct(unit),q=median(executed)"
  end },
  { "changes before groups", function(q)
    return q:mutate { gap = "executed - original" }:group_by "year"
      :summarise "g=sum(gap)"
  end },
  { "a roll-up by levels", function(q)
    return q:where "year > 2020":rollup { levels = { "kind", "unit" },
      total = ev.sum "executed" }
  end },
  { "a roll-up by groups", function(q)
    return q:group_by "kind":rollup "total=sum(executed)"
  end },
  { "distinct", function(q) return q:distinct "kind" end },
  { "everything", function(q) return q:where "is_na(executed)" end },
}

describe("ev.scan", function()
  for _, case in ipairs(cases) do
    it("gives what the table gives: " .. case[1], function()
      local lazy, whole = both(file(200), case[2])
      assert.equal(whole, lazy)
    end)
  end

  it("reads a table, too", function()
    local t = assert(ev.read_csv(file(50)))
    local q = ev.scan(t):where "year == 2020":group_by "unit"
      :summarise "s=sum(original)"
    assert.equal(tostring(t:where "year == 2020":group_by "unit"
      :summarise "s=sum(original)"), tostring(q:collect()))
  end)

  it("reads a table of a database", function()
    local path = support.tempdir() .. "/x.db"
    local t = assert(ev.read_csv(file(50)))
    local db <close> = assert(ev.open(path, { create = true }))
    assert(db:import("b", t))
    local q = assert(ev.scan(path, { table = "b" })):group_by "kind"
      :summarise "s=sum(original)"
    assert.equal(tostring(t:group_by "kind":summarise "s=sum(original)"),
      tostring(assert(q:collect())))
  end)

  it("leaves a query as it was when more is asked of it", function()
    local base = ev.scan(assert(ev.read_csv(file(50)))):where "year == 2020"
    local counted = base:count "unit"
    assert.equal(5, base:select "unit":head(5):collect():nrows())
    assert.is_true(counted:collect():has "n")
  end)

  it("raises at the step that is wrong, with the step's name", function()
    local q = ev.scan(file(50), { tuning = { sample = 400 } })
    local ok, problem = pcall(function() return q:where "yaer == 2020" end)
    assert.is_false(ok)
    assert.match("query_spec.lua:%d+: where: no column 'yaer' "
      .. "%(did you mean 'year'%?%)", problem)
    assert.has_error(function() q:group_by("unit"):summarise "s=sum(unit)" end)
  end)

  it("says which methods a table has only", function()
    local q = ev.scan(file(50))
    for _, name in ipairs { "write", "variance", "nrows" } do
      local ok, problem = pcall(function() return q[name](q, "x.csv") end)
      assert.is_false(ok)
      assert.match("query_spec.lua:%d+: a query has no '" .. name
        .. "', a table has: collect%(%) it first", problem)
    end
    assert.is_nil(q.nonsense)
  end)

  it("asks the whole file where a sample of it has another type", function()
    local lines = { "k,a" }
    for i = 1, 300 do lines[i + 1] = (i == 150 and "A12" or i) .. ",1" end
    local path = support.write("codes.csv", table.concat(lines, "\n") .. "\n")
    local opts = { tuning = { chunk = 64, sample = 100 } }
    local q = ev.scan(path, opts):where "a == 1":where "k == 'A12'"
    assert.equal(1, assert(q:collect()):nrows())
    q = ev.scan(path, opts):group_by "a":summarise "n=max(upper(k))"
    assert.equal("A12", assert(q:collect())[1].n)
  end)

  it("says what it will read, and how", function()
    local printed = {}
    local print_before = print
    _G.print = function(text) printed[#printed + 1] = text end
    local text = ev.scan(file(50), { tuning = { sample = 400 } })
      :where "year == 2020":group_by "unit":summarise "s=sum(original)"
      :head(1):explain()
    _G.print = print_before
    assert.same({ text }, printed)
    assert.match("read: 3 of 5 columns: unit text, year int, original "
      .. "decimal%(2%)", text)
    assert.match("where: year == 2020\ngroup by: unit\n"
      .. "summarise: s = sum%(original%)\nthen: head", text)
  end)

  it("gives nil and a message for a file that is not there", function()
    local q, message, code = ev.scan "/nonexistent/x.csv"
    assert.is_nil(q)
    assert.match("cannot open '/nonexistent/x.csv'", message)
    assert.equal("io", code)
  end)

  it("gives the careful path's error, with its place", function()
    local lines = { "a,b" }
    for i = 1, 100 do lines[i + 1] = "1,2" end
    lines[90] = "3,4,5"
    local path = support.write("bad.csv", table.concat(lines, "\n") .. "\n")
    local q = ev.scan(path, { tuning = { chunk = 16, sample = 16 } })
    local t, message = q:select "a":collect()
    assert.is_nil(t)
    assert.match("bad.csv:90:5: found 3 instead of the header's 2 fields",
      message)
    q, message = ev.scan(path)
    assert.is_nil(q)
    assert.match("bad.csv:90:5: found 3", message)
  end)

  it("says that a query is read before it is joined", function()
    local t = assert(ev.read_csv(file(5)))
    local others = { ev.scan(t), ev.scan(file(5)) }
    for _, q in ipairs(others) do
      for _, verb in ipairs { "left_join", "anti_join", "bind_rows" } do
        local ok, problem = pcall(t[verb], t, q, "unit")
        assert.is_false(ok)
        assert.matches(verb .. ": ", problem, 1, true)
        assert.matches("not a query that is still to be read: call collect() "
          .. "on it", problem, 1, true)
      end
    end
    assert.has_error(function() ev.scan(file(5)):left_join(others[1], "unit") end)
  end)

  it("tries each step at once on a small file, too", function()
    local q = ev.scan(file(50))
    local ok, problem = pcall(function() return q:where "yaer == 2020" end)
    assert.is_false(ok)
    assert.matches("did you mean 'year'?", problem, 1, true)
    local _, info = q:count "unit":collect()
    assert.equal(50, info.rows)
  end)

  it("refuses an option that is none", function()
    local ok, problem = pcall(ev.scan, file(5), { delimeter = "," })
    assert.is_false(ok)
    assert.matches("no option 'delimeter' (did you mean 'delimiter'?)", problem,
      1, true)
  end)
end)

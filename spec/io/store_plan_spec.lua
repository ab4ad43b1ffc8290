-- Plans over a table of a database give what the verbs give on its rows, out of
-- segments or not, in any number of threads, with blocks left out or not.
local aid = require "support.store"
local core = require "evalua.core"
local ev = require "evalua"
local support = require "support"

local ROWS = 150000 -- three blocks

--- Rows in the order of their years, so that blocks can be left out; numbers
--- with codes and without, texts, periods, NA.
local function rows()
  local result = support.run({ "sqlite3", ":memory:" }, { stdin =
    ".mode csv\n.headers on\nWITH RECURSIVE k(i) AS (SELECT 0 UNION ALL "
    .. "SELECT i + 1 FROM k LIMIT " .. ROWS .. ") SELECT "
    .. "2015 + i / 20000 AS year, 'unit ' || (i % 31) AS unit, "
    .. "'label ' || (i / 3000) AS label, "
    .. "iif(i % 11 = 0, NULL, printf('%d.%02d', i * 7919 % 100000 - 5000, "
    .. "i % 100)) AS amount, printf('%d-%02d', 2015 + i / 20000, 1 + i % 12) "
    .. "AS month, i AS id, iif(i < 70000, NULL, i % 3) AS late, "
    .. "iif(i % 2, 'true', 'false') AS flag, i / 8.0 AS ratio FROM k;\n" })
  assert.equal("", result.err)
  return aid.table(result.out, { flag = "bool", ratio = "real" }), result.out
end

local made -- the rows as CSV and table, and the database

local function database()
  if made == nil then
    local store, path = aid.new()
    local t, csv = rows()
    assert(store:import("t", t, { compact = true }))
    store:close()
    made = { path = path, table = t, csv = csv }
  end
  return assert(ev.open(made.path)), made.table
end

--- One that a test may change.
local function copy()
  local db, t = database()
  db:close()
  return assert(ev.open(support.write("x.db", support.read(made.path)))), t
end

local function plan_of(t, where, keys, list)
  return { where = where and require("evalua.parse").expression(where, nil, 0),
    keys = keys,
    items = list and require("evalua.aggregate").list(list, t) }
end

local function expected(t, plan)
  if plan.where then t = assert(core.verbs.where(t, plan.where)) end
  if plan.items == nil then return core.table.select(t, plan.keys) end
  return assert(core.verbs.group(t, plan.keys, plan.items))
end

local function as_text(t) return aid.types(t) .. "\n" .. aid.csv(t) end

local SUMS = "s=sum(amount), n=count(), lo=min(amount), m=mean(id)"

--- Condition, keys, summaries, and how many blocks must be read at most.
local cases = {
  { nil, {}, SUMS, 3 },
  { nil, { "unit" }, SUMS, 3 },
  { nil, { "year", "late" }, SUMS, 3 },
  { nil, { "amount" }, "n=count()", 3 },
  { nil, { "ratio" }, "n=count(), last=last(label)", 3 },
  { "year == 2015", { "unit", "flag" }, SUMS, 1 },
  { "year == 2015 or year == 2022", { "year" }, SUMS, 3 },
  { "year > 2021", { "label" }, SUMS, 2 },
  { "year == 1999", {}, SUMS, 0 },
  { "year == 2021 and unit == 'unit 3'", { "month" }, SUMS, 2 },
  { "label == 'label 49'", { "unit" }, SUMS, 1 },
  { "label == 'nowhere'", { "unit" }, SUMS, 0 },
  { "unit < 'unit 2'", { "unit" }, SUMS, 3 },
  { "month == '2022-03'", { "unit" }, SUMS, 3 },
  { "amount > 94999.5", { "year" }, SUMS, 3 },
  { "amount == 94919.98", {}, SUMS, 3 },
  { "id >= 149999", {}, "first=first(label), s=sum(ratio)", 1 },
  { "late == 2", { "flag" }, SUMS, 2 },
  { "is_na(late)", { "year" }, "n=count()", 3 },
  { "not flag and ratio < 3", { "label" }, "n=count(), sd=sd(ratio)", 3 },
  { "year == 2015 and id < 3", { "id", "label", "amount" }, nil, 1 },
  { "id > 149990", { "amount", "flag", "late", "month" }, nil, 1 },
}

describe("a plan", function()
  for _, case in ipairs(cases) do
    it(("where %s by %s gives what the verbs give"):format(case[1] or "all",
      table.concat(case[2], ", ")), function()
      local db <close>, t = database()
      local plan = plan_of(t, case[1], case[2], case[3])
      local want = as_text(expected(t, plan))
      for threads = 1, 3 do
        local got, info = db.store:run_segments("t", plan, threads)
        assert.equal(want, as_text(assert(got, info)))
        assert.equal(ROWS, info.rows)
        assert.equal(3, info.blocks)
        assert(info.read <= case[4], info.read)
      end
      assert.equal(want, as_text(assert(db:run("t", plan))))
    end)
  end

  it("may give every group the least and largest of all", function()
    local db <close>, t = database()
    local conditions = { false, "year > 2020", "late == 1", "year == 1999" }
    for _, where in ipairs(conditions) do
      for _, of in ipairs { "amount", "id", "year", "late", "month", "label" } do
        local plan = plan_of(t, where or nil, { "unit", "flag" },
          ("lo=min(%s), hi=max(%s)"):format(of, of))
        local whole = expected(t, { where = plan.where, keys = {},
          items = plan.items })
        local groups = expected(t, plan):nrows()
        for _, item in ipairs(plan.items) do item.overall = true end
        for threads = 1, 3 do
          local got = assert(db.store:run_segments("t", plan, threads))
          assert.equal(groups, got:nrows())
          for _, row in got:rows() do
            assert.equal(whole[1].lo, row.lo)
            assert.equal(whole[1].hi, row.hi)
          end
        end
      end
    end
  end)

  it("over rows reads the same", function()
    local db <close>, t = copy()
    assert.is_true(db:drop_segments("t"))
    for _, case in ipairs(cases) do
      if case[2][1] == "unit" then
        local plan = plan_of(t, case[1], case[2], case[3])
        db.refused.t = true -- else they would be made anew
        local got, info = assert(db:run("t", plan))
        assert.equal(as_text(expected(t, plan)), as_text(got))
        assert.is_nil(info.blocks)
        assert.equal(ROWS, info.rows)
      end
    end
  end)

  it("makes segments of a large table that has none", function()
    local db <close>, t = copy()
    assert.is_true(db:drop_segments("t"))
    local plan = plan_of(t, "year == 2015", { "unit" }, SUMS)
    local got, info = assert(db:run("t", plan))
    assert.equal(as_text(expected(t, plan)), as_text(got))
    assert.equal(1, info.read)
  end)

  it("says that segments are damaged, and reads the rows", function()
    local db <close>, t = copy()
    aid.sql(db.path, "UPDATE evalua_segment_blob SET bytes = "
      .. "zeroblob(length(bytes)) WHERE id % 2 = 0")
    db.refused.t = true
    local plan = plan_of(t, nil, { "unit" }, SUMS)
    local got, info = assert(db:run("t", plan))
    assert.equal(as_text(expected(t, plan)), as_text(got))
    assert.matches("are damaged: its rows are read instead", info.notes[1])
  end)

  it("raises for a column that is not there", function()
    local db <close>, t = database()
    assert.has_error(function()
      db:run("t", { keys = { "nix" }, items = plan_of(t, nil, {}, SUMS).items })
    end)
  end)
end)

describe("explain", function()
  it("tells segments from rows", function()
    local db <close> = copy()
    local query = ev.scan(db.path, { table = "t" }):where "year == 2015"
      :group_by("unit"):summarise { n = ev.count() }
    local said = support.evalua { "-e", ("require('evalua').scan(%q, "
      .. "{ table = 't' }):explain()"):format(db.path) }
    assert.matches("150000 rows in 3 blocks of column segments", said.out)
    local _, info = query:collect()
    assert.same({ "table 't': 1 of 3 blocks of its column segments were read" },
      info.explain)
    assert.is_true(db:drop_segments("t"))
    assert.same({ ("source: table 't' of %s, row by row"):format(db.path) },
      db:describe "t")
    db.refused.t = true
    _, info = db:table "t"
    assert.same({ "table 't': its rows were read one by one" }, info.explain)
  end)
end)

describe("a report on a database", function()
  it("is the one on the file", function()
    local db <close> = database()
    local csv = support.write("x.csv", made.csv)
    for _, args in ipairs {
      { "query", "--by", "unit", "--agg", "s=sum(amount),n=count()",
        "--where", "year == 2016", "--types", "ratio=real" },
      { "variance", "--by", "unit", "--base", "amount", "--actual", "id",
        "--total", "--types", "ratio=real" },
    } do
      local words = table.move(args, 2, #args, 5, { args[1], csv, "-O", "csv" })
      local want = support.evalua(words)
      words[2] = db.path
      words[#words + 1], words[#words + 2] = "--table", "t"
      local got = support.evalua(words)
      assert.equal(want.out, got.out)
      assert.equal(0, got.code, got.err)
      assert(#got.out > 100)
    end
  end)
end)

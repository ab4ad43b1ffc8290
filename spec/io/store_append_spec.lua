-- store_append: rows that an import adds go behind the segments of a table, and
-- the next report reads them there; where anything of the user's could make
-- the rows other ones, the segments are gone.
local aid = require "support.store"
local core = require "evalua.core"
local ev = require "evalua"
local support = require "support"

local sql = aid.sql

local function as_text(t)
  return aid.types(t) .. "\n" .. aid.csv(t)
end

local FIRST = "id,name,amount\n1,甲,10.50\n2,乙,20.25\n3,,-5.00\n"
local NEXT = "id,name,amount\n4,丙,1.00\n5,甲,\n,乙,2.00\n"

--- A database with the table `t` and segments of it.
local function compacted(csv)
  local store, path = aid.new()
  assert(store:import("t", aid.table(csv), {}))
  assert(store:compact "t")
  store:close()
  return path
end

local function append(path, csv, types)
  local store <close> = assert(core.store.open(path, {}))
  assert(store:import("t", aid.table(csv, types), {}))
end

--- The state of the segments of `t`; and, where they are fresh, that they are
--- the rows.
local function state(path)
  local store <close> = assert(core.store.open(path, { readonly = true }))
  local t, why, code = store:read_segments "t"
  if t == nil then return code or why end
  assert.equal(as_text(assert(store:read "t")), as_text(t))
  return "fresh"
end

--- Rows of a CSV out of an SQL expression over i = 1 .. n.
local function numbers(n, expression)
  local result = support.run({ "sqlite3", ":memory:" }, { stdin =
    ".mode csv\n.headers on\nWITH RECURSIVE k(i) AS (SELECT 1 UNION ALL "
    .. ("SELECT i + 1 FROM k LIMIT %d) SELECT %s FROM k;\n"):format(n,
      expression) })
  assert.equal("", result.err)
  return result.out
end

describe("rows appended to a table with segments", function()
  it("are in the segments", function()
    local path = compacted(FIRST)
    append(path, NEXT)
    assert.equal("fresh", state(path))
    local db <close> = assert(ev.open(path))
    local t, info = assert(db:table "t")
    assert.equal(6, t:nrows())
    assert.same({ "table 't': all of its column segments were read" },
      info.explain)
  end)

  it("are in them again and again, in blocks and chunks that fill up",
    function()
      local path = compacted(FIRST)
      for i = 1, 40 do append(path, (NEXT:gsub("丙", "丙" .. i))) end
      assert.equal("fresh", state(path))
      -- one block of each column and one dictionary for each: none left over
      assert.equal("6", sql(path, "SELECT count(*) FROM evalua_segment_blob"))
    end)

  for _, case in ipairs { { 65535, 1 }, { 65536, 1 },
    { 65530, 65542 }, { 63, 131074 } } do
    it(("bring %d rows and %d back"):format(case[1], case[2]), function()
      local what = "i AS id, 'n' || (i %% %d) AS name, i %% %d AS few, "
        .. "iif(i %% 7 = 0, NULL, i / 4.0) AS amount"
      local path = compacted(numbers(case[1], what:format(50, 9)))
      append(path, numbers(case[2], what:format(70, 4000)))
      append(path, numbers(5, what:format(3, 5)))
      assert.equal("fresh", state(path))
    end)
  end

  it("have every type, with NA, zero and empty text", function()
    local header = "money,whole,ratio,label,year,quarter,month,day,flag,none\n"
    local types = { money = "decimal(2)", whole = "int", ratio = "real",
      label = "text", year = "year", quarter = "quarter", month = "month",
      day = "day", flag = "bool", none = "int" }
    local rows = '1234.50,7,0.5,甲,2022,2022Q1,2022-01,2022-01-31,true,\n'
      .. '-0.01,-7,-1e300,"",1000,0001Q4,0001-12,0001-12-31,false,\n'
      .. '0.00,0,-0.0,"a ""b"", c",9999,9999Q2,9999-02,9999-12-31,true,\n'
    local missing = ",,,,,,,,,\n"
    for _, first in ipairs { rows, missing, missing .. rows } do
      for _, second in ipairs { rows, missing, rows .. missing } do
        local store, path = aid.new()
        assert(store:import("t", aid.table(header .. first, types), {}))
        assert(store:compact "t")
        store:close()
        append(path, header .. second, types)
        assert.equal("fresh", state(path))
      end
    end
  end)

  it("come with fewer columns, in another order, as integers", function()
    local path = compacted(FIRST)
    append(path, "amount,id\n7,4\n")
    append(path, "amount\n8.5\n")
    assert.equal("fresh", state(path))
    assert.equal("4625|4", sql(path, "SELECT sum(amount), count(*) FROM t "
      .. "WHERE amount > 0"))
  end)

  it("may be more different numbers than codes are worth", function()
    local path = compacted(numbers(70000, "i % 4000 AS a, i % 10 AS b"))
    append(path, numbers(70000, "i AS a, i % 11 AS b"))
    append(path, numbers(3, "i AS a, i AS b"))
    assert.equal("fresh", state(path))
  end)

  it("may be texts of more than a chunk", function()
    local long = "'" .. ("x"):rep(900) .. "' || i"
    local path = compacted(numbers(2500, long .. " AS a"))
    append(path, numbers(4000, long .. " AS a"))
    append(path, numbers(5000, long .. " AS a"))
    assert.equal("fresh", state(path))
  end)

  it("leave the segments of other tables alone", function()
    local path = compacted(FIRST)
    local store = assert(core.store.open(path, {}))
    assert(store:import("other", aid.table(FIRST), {}))
    assert(store:compact "other")
    store:close()
    append(path, NEXT)
    for _, name in ipairs { "t", "other" } do
      local reading <close> = assert(core.store.open(path,
        { readonly = true }))
      assert.equal(aid.csv(assert(reading:read(name))),
        aid.csv(assert(reading:read_segments(name))))
    end
  end)

  it("are taken back together with them", function()
    local path = compacted(FIRST)
    local store = assert(core.store.open(path, {}))
    assert(store:begin())
    assert(store:import("t", aid.table(NEXT), {}))
    store:rollback()
    store:close()
    assert.equal("fresh", state(path))
    assert.equal("3", sql(path, "SELECT count(*) FROM t"))
  end)

  it("are seen by a report when others write before and after", function()
    local path = compacted(FIRST)
    sql(path, "UPDATE t SET amount = 1 WHERE id = 1")
    append(path, NEXT)
    assert.equal("none", state(path))
    local store = assert(core.store.open(path, {}))
    assert(store:compact "t")
    store:close()
    append(path, NEXT)
    assert.equal("fresh", state(path))
    sql(path, "DELETE FROM t WHERE id = 4")
    assert.equal("stale", state(path))
  end)

  it("of several files are one transaction's work", function()
    local path = compacted(FIRST)
    local one = support.write("one.csv", NEXT)
    local two = support.write("two.csv", (NEXT:gsub("丙", "丁")))
    local result = support.evalua { "import", one, two, "--db", path,
      "--table", "t" }
    assert.equal(0, result.code)
    assert.equal("fresh", state(path))
    assert.equal("9", sql(path, "SELECT count(*) FROM t"))
  end)

  it("are there when the table is made by the same command", function()
    local path = aid.path()
    local one = support.write("one.csv", numbers(100000, "i AS a, i % 3 AS b"))
    local two = support.write("two.csv", "a,b\n1,2\n")
    local result = support.evalua { "import", one, two, "--db", path,
      "--table", "t" }
    assert.equal(0, result.code)
    assert.equal("fresh", state(path))
    assert.equal("100001", sql(path, "SELECT count(*) FROM t"))
  end)
end)

-- What takes the segments away ------------------------------------------------

--- What the shell did before; after it, segments were made anew.
local others = {
  { "a trigger of the user's", "CREATE TRIGGER mine AFTER INSERT ON t BEGIN "
    .. "UPDATE t SET amount = 0 WHERE id = 1; END" },
  { "a trigger that refuses rows", "CREATE TRIGGER mine BEFORE INSERT ON t "
    .. "WHEN NEW.id = 5 BEGIN SELECT RAISE(IGNORE); END" },
  { "a key that replaces rows", "ALTER TABLE t RENAME TO u; CREATE TABLE t("
    .. "id INTEGER UNIQUE ON CONFLICT REPLACE, name TEXT, amount INTEGER) "
    .. "STRICT; INSERT INTO t SELECT * FROM u; UPDATE t SET id = 4 "
    .. "WHERE id = 1" },
  { "a key that is the rowid", "ALTER TABLE t RENAME TO u; CREATE TABLE t("
    .. "id INTEGER PRIMARY KEY, name TEXT, amount INTEGER) STRICT; INSERT "
    .. "INTO t SELECT id * 100, name, amount FROM u" },
  { "no rowid", "ALTER TABLE t RENAME TO u; CREATE TABLE t(id INTEGER, "
    .. "name TEXT, amount INTEGER, PRIMARY KEY(amount, id)) STRICT, "
    .. "WITHOUT ROWID; INSERT INTO t SELECT * FROM u",
    next = "id,name,amount\n4,丙,1.00\n5,甲,3.00\n" },
  { "a default", "ALTER TABLE t ADD COLUMN more INTEGER DEFAULT 5" },
  { "the last rowid taken", "INSERT INTO t(rowid, id, name, amount) VALUES("
    .. "9223372036854775807, 9, 'z', 1)" },
}

describe("rows appended beside", function()
  for _, case in ipairs(others) do
    it(case[1] .. " are read as they are", function()
      local path = compacted(FIRST)
      sql(path, case[2])
      local store = assert(core.store.open(path, {}))
      assert(store:compact "t")
      store:close()
      assert.equal("fresh", state(path))
      append(path, case.next or NEXT)
      assert.equal("none", state(path))
      store = assert(core.store.open(path, {}))
      assert(store:compact "t")
      store:close()
      assert.equal("fresh", state(path))
    end)
  end

  it("segments whose scale they change take the segments away", function()
    local path = compacted(FIRST)
    append(path, "id,name,amount\n4,丙,1.125\n")
    assert.equal("none", state(path))
    assert.equal("10500", sql(path, "SELECT amount FROM t WHERE id = 1"))
  end)

  for _, damage in ipairs { "UPDATE evalua_segment_blob SET bytes = "
    .. "zeroblob(length(bytes))", "DELETE FROM evalua_segment_blob",
    "UPDATE evalua_segment_set SET directory = randomblob(500)" } do
    it("damaged segments take them away: " .. damage, function()
      local path = compacted(FIRST)
      sql(path, damage)
      append(path, NEXT)
      assert.equal("none", state(path))
      assert.equal("6", sql(path, "SELECT count(*) FROM t"))
    end)
  end

  it("columns that have all names of the rowid take them away", function()
    local path = compacted("rowid,_rowid_,oid\n1,2,3\n")
    append(path, "rowid,_rowid_,oid\n4,5,6\n")
    assert.equal("none", state(path))
    path = compacted("rowid,oid\n1,3\n")
    append(path, "rowid,oid\n922337203685477580,6\n")
    append(path, "rowid,oid\n7,6\n")
    assert.equal("fresh", state(path))
  end)
end)

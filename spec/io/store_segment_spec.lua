-- store_segment: a table read from its segments is the table read from its
-- rows, whoever wrote the rows, and whatever became of the segments.
local aid = require "support.store"
local core = require "evalua.core"
local ev = require "evalua"
local support = require "support"

local sql = aid.sql

--- The same for a script with commands of the shell itself.
local function shell(path, script)
  local result = support.run({ "sqlite3", path }, { stdin = script })
  assert.equal("", result.err)
  return result.out
end

local function as_text(t)
  return aid.types(t) .. "\n" .. aid.csv(t)
end

--- A database with the table `t` in it, and its segments made.
local function compacted(t)
  local store, path = aid.new()
  assert(store:import("t", t, {}))
  assert(store:compact "t")
  store:close()
  return path
end

local SMALL = "id,name,amount\n" .. "1,甲,10.50\n2,乙,20.25\n3,,-5.00\n"

local made = {} -- bytes of a database with SMALL in it, by with or without

--- The same with the rows of SMALL; a copy, since making one takes a while.
local function small(without_segments)
  local key = without_segments and "rows" or "segments"
  if made[key] == nil then
    local path = compacted(aid.table(SMALL))
    if without_segments then
      local store <close> = assert(core.store.open(path, {}))
      assert(store:begin() and store:drop_segments() and store:commit())
    end
    made[key] = support.read(path)
  end
  return support.write("x.db", made[key])
end

local function reading(path)
  return assert(core.store.open(path, { readonly = true }))
end

--- The state of the segments of `t` ("fresh" or what read_segments says).
local function state(path)
  local store <close> = reading(path)
  local t, why, code = store:read_segments "t"
  return t and "fresh" or code or why
end

--- What the rows say, and what a report gets.
local function rows_and_report(path)
  local store <close> = reading(path)
  local db <close> = assert(ev.open(path))
  local t, info = assert(db:table "t")
  return as_text(assert(store:read "t")), as_text(t), info
end

local function assert_same(t)
  local store <close> = reading(compacted(t))
  assert.equal(as_text(assert(store:read "t")),
    as_text(assert(store:read_segments "t")))
end

local HEADER = 'money,whole,ratio,label,year,quarter,month,day,flag,empty\n'
local TYPES = { money = "decimal(2)", whole = "int", ratio = "real",
  label = "text", year = "year", quarter = "quarter", month = "month",
  day = "day", flag = "bool", empty = "int" }
local ROWS = '1234.50,7,0.5,甲,2022,2022Q1,2022-01,2022-01-31,true,\n'
  .. '-0.01,-7,-1e300,"",1000,0001Q4,0001-12,0001-12-31,false,\n'
  .. '0.00,0,0,"a ""b"", c",9999,9999Q2,9999-02,9999-12-31,true,\n'
  .. ',,,,,,,,,\n'

describe("segments", function()
  it("bring every type back, with NA, zero and empty text", function()
    assert_same(aid.table(HEADER .. ROWS, TYPES))
  end)

  it("bring a table back whose cells are all missing", function()
    assert_same(aid.table(HEADER .. (",,,,,,,,,\n"):rep(65), TYPES))
  end)

  it("bring one row back", function()
    assert_same(aid.table("a,b\n1.5,x\n"))
  end)

  it("bring the extremes of 64 bits back", function()
    local columns, names = {}, {}
    for i, values in ipairs {
      { math.maxinteger, math.mininteger, 0 },
      { math.maxinteger, math.maxinteger - 1, math.maxinteger },
      { math.mininteger, math.mininteger, math.mininteger },
      { 1 << 56, 0, (1 << 56) - 1 }, { 255, 0, 256 }, { 65535, 65536, 0 },
      { 0.1, -0.0, 1e308 }, { math.huge, -math.huge, 5e-324 },
      { "a\0b", "\xff\xfe", "" }, { true, false, true },
    } do
      names[i], columns[i] = "c" .. i, assert(core.column.new(values, 3))
    end
    local store <close> = reading(compacted(
      assert(core.table.new(names, columns, 3))))
    local rows = assert(store:read "t")
    local segments = assert(store:read_segments "t")
    for _, name in ipairs(names) do
      assert.same(rows:column(name):values(), segments:column(name):values())
    end
  end)

  for _, n in ipairs { 63, 64, 65, 8191, 8193, 65535, 65536, 65537 } do
    it(("bring %d rows back"):format(n), function()
      local five = "1,甲,2022-01,1.25\n2,乙,2022-02,-3\n3,,2022-03,0.1\n"
        .. "4,甲,,\n500000,\"\",2022-05,99999999.99\n"
      assert_same(aid.table("a,b,c,d\n" .. five:rep(n // 5)
        .. ("7,丙,2023-01,5\n"):rep(n % 5)))
    end)
  end

  --- Distinct numbers without a loop in Lua: cells of a CSV made by SQL.
  local function numbers(n, expression)
    return aid.table(shell(":memory:", ".mode csv\n.headers on\n"
      .. "WITH RECURSIVE k(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM k "
      .. ("LIMIT %d) SELECT %s FROM k;\n"):format(n, expression)))
  end

  it("bring many different numbers and texts back", function()
    -- codes end within the first block, and within the second
    assert_same(numbers(5000, "i * 7919 AS a, i / 2.0 AS b, 'x' || i AS c, "
      .. "iif(i % 3 = 0, NULL, i * i) AS d"))
    assert_same(numbers(66000, "iif(i < 65600, i % 4000, i) AS a, "
      .. "iif(i % 7 = 0, NULL, i % 4096) AS b"))
  end)

  it("come with the import of a large table", function()
    local store, path = aid.new()
    assert(store:import("t", aid.table("a,b\n" .. ("1,x\n2,\n"):rep(50000)),
      { compact = true }))
    store:close()
    assert.equal("fresh", state(path))
    local rows, report = rows_and_report(path)
    assert.equal(rows, report)
  end)

  it("are not listed, and their names are taken", function()
    local path = compacted(aid.table("a\n1\n"))
    local db <close> = assert(ev.open(path))
    for _, row in assert(db:tables()):rows() do
      assert.is_nil(row.name:find "segment")
    end
    local done, message = db:import("evalua_segment_set", aid.table("a\n1\n"))
    assert.is_nil(done)
    assert.matches("evalua's own tables", message)
  end)
end)

-- Whoever writes ------------------------------------------------------------

--- What the sqlite3 shell does between two reports; `stale` where it must be
--- noticed, since the rows are others afterwards.
local writes = {
  { "INSERT", "INSERT INTO t VALUES(4, 'x', 100)", stale = true },
  { "UPDATE", "UPDATE t SET amount = amount + 1 WHERE id = 2", stale = true },
  { "DELETE", "DELETE FROM t WHERE id = 1", stale = true },
  { "DELETE of all rows", "DELETE FROM t", stale = true },
  { "REPLACE", "REPLACE INTO t VALUES(1, 'y', 7)", stale = true,
    before = "CREATE UNIQUE INDEX one ON t(id)" },
  { "REPLACE with recursive triggers",
    "PRAGMA recursive_triggers = ON; REPLACE INTO t VALUES(1, 'y', 7)",
    stale = true, before = "CREATE UNIQUE INDEX one ON t(id)" },
  { "UPDATE OR REPLACE", "UPDATE OR REPLACE t SET id = 1 WHERE id = 2",
    stale = true, before = "CREATE UNIQUE INDEX one ON t(id)" },
  { "INSERT OR IGNORE that is ignored",
    "INSERT OR IGNORE INTO t VALUES(1, 'z', 9)",
    before = "CREATE UNIQUE INDEX one ON t(id)" },
  { "INSERT OR IGNORE that is not", "INSERT OR IGNORE INTO t VALUES(9, 'z', 9)",
    stale = true, before = "CREATE UNIQUE INDEX one ON t(id)" },
  { "an upsert", "INSERT INTO t VALUES(1, 'u', 3) ON CONFLICT(id) DO UPDATE "
    .. "SET amount = 333", stale = true,
    before = "CREATE UNIQUE INDEX one ON t(id)" },
  { "VACUUM", "VACUUM" },
  { "VACUUM after rows went", "DELETE FROM t WHERE id = 1; VACUUM",
    stale = true },
  { "a transaction rolled back", "BEGIN; DELETE FROM t; ROLLBACK" },
  { "ADD COLUMN", "ALTER TABLE t ADD COLUMN more INTEGER DEFAULT 5",
    stale = true },
  { "RENAME COLUMN", "ALTER TABLE t RENAME COLUMN name TO label",
    stale = true },
  { "DROP COLUMN", "ALTER TABLE t DROP COLUMN name", stale = true },
  { "DROP and CREATE", "CREATE TABLE u AS SELECT * FROM t; "
    .. "DROP TABLE t; CREATE TABLE IF NOT EXISTS \"t\"(\"id\" INTEGER, "
    .. "\"name\" TEXT, \"amount\" INTEGER) STRICT; "
    .. "INSERT INTO t SELECT id, name, 1 FROM u", stale = true },
  { "a trigger dropped", "DROP TRIGGER evalua_segment_UPDATE_t; "
    .. "UPDATE t SET amount = 0", stale = true },
  { "a trigger that does nothing", "DROP TRIGGER evalua_segment_UPDATE_t; "
    .. "CREATE TRIGGER \"evalua_segment_UPDATE_t\" AFTER UPDATE ON \"t\" "
    .. "BEGIN SELECT 1; END; UPDATE t SET amount = 0", stale = true },
  { "a trigger taken away and put back", "DROP TRIGGER "
    .. "evalua_segment_UPDATE_t; UPDATE t SET amount = 0; CREATE TRIGGER "
    .. "\"evalua_segment_UPDATE_t\" AFTER UPDATE ON \"t\" BEGIN UPDATE "
    .. "evalua_segment_counter SET generation = generation + 1 WHERE "
    .. "table_name = 't'; END", stale = true },
  { "the counter edited",
    "UPDATE evalua_segment_counter SET generation = 99", stale = true },
  { "the counter gone", "DELETE FROM evalua_segment_counter; "
    .. "UPDATE t SET amount = 0", stale = true },
  { "a .import", ".mode csv\n.import '|printf \"7,q,70\\n8,r,80\\n\"' t",
    stale = true },
  { "another evalua that lays them out otherwise", "UPDATE evalua_segment_set "
    .. "SET directory = CAST(x'4556534547000001' || substr(directory, 9) AS "
    .. "BLOB)", stale = true },
  { "the types edited", "UPDATE table_column SET scale = 1 WHERE "
    .. "column_name = 'amount'", stale = true },
  { "another table made", "CREATE TABLE other(a)" },
}

describe("a report after", function()
  for _, case in ipairs(writes) do
    it(case[1] .. " sees what is there now", function()
      local path = small(case.before)
      if case.before then
        sql(path, case.before)
        local db <close> = assert(ev.open(path))
        assert(db:compact "t")
      end
      assert.equal("fresh", state(path))
      shell(path, case[2] .. (case[2]:find "^%." and "\n" or ";\n"))
      if case.stale then assert.not_equal("fresh", state(path)) end
      local rows, report = rows_and_report(path)
      assert.equal(rows, report)
      rows, report = rows_and_report(path) -- from segments made anew, if any
      assert.equal(rows, report)
    end)
  end

  it("RENAME COLUMN keeps the type, and says so", function()
    local path = small()
    sql(path, "ALTER TABLE t RENAME COLUMN amount TO paid")
    for _ = 1, 2 do -- from the rows, from segments made anew
      local rows, report, info = rows_and_report(path)
      assert.equal(rows, report)
      assert.matches("paid:decimal(2)\n", rows, 1, true)
      assert.same({ "column 'paid': it stands where 'amount' was imported, and "
        .. "is read as decimal" }, info.notes)
    end
    assert.equal("fresh", state(path))
    sql(path, "UPDATE table_column SET scale = 1 WHERE column_name = 'amount'")
    local rows, report = rows_and_report(path)
    assert.equal(rows, report)
    assert.matches("paid:decimal(1)\n", rows, 1, true)
  end)

  it("RENAME TO reads both the new table and its successor", function()
    local path = small()
    sql(path, "ALTER TABLE t RENAME TO u; INSERT INTO u VALUES(4, 'x', 1);"
      .. "UPDATE table_column SET table_name = 'u'")
    local store = assert(core.store.open(path, {}))
    assert(store:compact "u")
    assert(store:import("t", aid.table(SMALL), {}))
    assert(store:compact "t")
    store:close()
    sql(path, "DELETE FROM u WHERE id = 1; DELETE FROM t WHERE id = 2")
    store = reading(path)
    for _, name in ipairs { "t", "u" } do
      assert.is_nil((store:read_segments(name)))
    end
    store:close()
  end)

  it("a dump that was edited and loaded again reads the rows", function()
    local path, copy = small(), aid.path "copy.db"
    local dump = sql(path, ".dump"):gsub("1050", "9950")
    local result = support.run({ "sqlite3", copy }, { stdin = dump
      .. "\nPRAGMA application_id = 1163280716; PRAGMA user_version = 1;\n" })
    assert.equal("", result.err)
    local rows, report = rows_and_report(copy)
    assert.matches("99.5", rows, 1, true)
    assert.equal(rows, report)
  end)

  it("another import sees its rows", function()
    local path = small()
    local store = assert(core.store.open(path, {}))
    assert(store:import("t", aid.table("id,name,amount\n5,v,1.125\n"), {}))
    assert(store:import("t2", aid.table(SMALL), {}))
    store:close()
    local rows, report = rows_and_report(path)
    assert.equal(rows, report)
    assert.matches("1.125", rows, 1, true)
  end)

  it("an import into another table finds its segments fresh", function()
    local path = small()
    local store = assert(core.store.open(path, {}))
    assert(store:import("t2", aid.table(SMALL), {}))
    assert(store:compact "t2")
    store:close()
    assert.equal("fresh", state(path))
  end)
end)

-- What may happen to the bytes ----------------------------------------------

local damages = {
  { "zeros", "UPDATE evalua_segment_blob SET bytes = zeroblob(length(bytes))" },
  { "one byte changed", "UPDATE evalua_segment_blob SET bytes = "
    .. "CAST(substr(bytes, 1, length(bytes) - 1) || x'7f' AS BLOB)" },
  { "blobs cut short", "UPDATE evalua_segment_blob SET bytes = "
    .. "substr(bytes, 1, length(bytes) - 1)" },
  { "blobs gone", "DELETE FROM evalua_segment_blob" },
  { "blobs in another order", "UPDATE evalua_segment_blob SET id = id + 1000;"
    .. "UPDATE evalua_segment_blob SET id = 2001 - id" },
  { "a directory of nothing",
    "UPDATE evalua_segment_set SET directory = x''" },
  { "a directory of noise",
    "UPDATE evalua_segment_set SET directory = randomblob(500)" },
  { "a directory cut short", "UPDATE evalua_segment_set SET directory = "
    .. "substr(directory, 1, length(directory) - 9)" },
  { "a directory with a byte changed", "UPDATE evalua_segment_set SET "
    .. "directory = CAST(substr(directory, 1, 20) || x'ff' || "
    .. "substr(directory, 22) AS BLOB)" },
  { "another first blob", "UPDATE evalua_segment_set SET first_blob = 77" },
}

describe("damaged segments:", function()
  for _, case in ipairs(damages) do
    it(case[1] .. " are noticed, and the rows are read", function()
      local path = small()
      sql(path, case[2])
      assert.equal("damaged", state(path))
      local rows, report, info = rows_and_report(path)
      assert.equal(rows, report)
      assert.equal("the column segments of table 't' are damaged: its rows are "
        .. "read instead", info.notes[1])
      assert.equal("fresh", state(path)) -- they were made anew
    end)
  end
end)

-- Others at the same time, and places where nothing can be written -----------

describe("segments beside", function()
  it("a writer who has not finished show what is committed", function()
    local path = small()
    local store = assert(core.store.open(path, {}))
    assert(store:begin())
    assert(store:import("t", aid.table "id,name,amount\n9,w,1.00\n", {}))
    local rows, report = rows_and_report(path)
    assert.equal(rows, report)
    assert.is_nil(rows:find("w", 1, true))
    assert(store:commit())
    store:close()
    rows, report = rows_and_report(path)
    assert.equal(rows, report)
    assert.matches("9,w,1", rows, 1, true)
  end)

  it("a busy writer never show half of a transaction", function()
    local path = small()
    local script = support.write("busy.sql", ("BEGIN; INSERT INTO t "
      .. "VALUES(7, 'in', 1234); INSERT INTO t VALUES(8, 'out', -1234); "
      .. "COMMIT; DELETE FROM t WHERE id > 6;\n"):rep(30))
    local writer = assert(io.popen(("sqlite3 -cmd '.timeout 60000' %s <%s")
      :format(support.quote(path), support.quote(script))))
    for _ = 1, 20 do
      local db <close> = assert(ev.open(path))
      local t = assert(db:table "t")
      assert.equal(25.75, tonumber(tostring(t:summarise {
        s = ev.sum "amount" }[1].s)))
    end
    writer:close()
  end)

  it("a busy writer are made, whoever was quicker", function()
    local path = small()
    local script = support.write("quick.sql", ("INSERT INTO t "
      .. "VALUES(7, 'in', 1234); DELETE FROM t WHERE id > 6;\n"):rep(30))
    local writer = assert(io.popen(("sqlite3 -cmd '.timeout 60000' %s <%s")
      :format(support.quote(path), support.quote(script))))
    local store <close> = assert(core.store.open(path, {}))
    for _ = 1, 20 do -- one who never finds the database free is told so
      local done, message = store:compact "t"
      assert(done or message:find "^another program ")
    end
    writer:close()
    assert(store:compact "t")
    assert.equal("fresh", state(path))
  end)

  it("a read-only file are used, and not made", function()
    local path = small()
    local other = aid.path "plain.db"
    local store = assert(core.store.open(other, { create = true }))
    assert(store:import("t", aid.table("a\n" .. ("1\n"):rep(100000)), {}))
    store:close()
    local as = support.unprivileged()
    for _, file in ipairs { path, other } do
      sql(file, "PRAGMA journal_mode = DELETE")
      local dir = file:match "^(.*)/"
      local before = support.read(file)
      support.run { "chmod", "-R", "a-w,a+rX", dir }
      support.run { "chmod", "a+rx", dir .. "/.." }
      local result = support.evalua({ "query", file, "--table", "t", "--agg",
        "n=count()", "-O", "csv" }, { before = as })
      assert.equal("", result.err)
      assert.equal(file == path and "n\n3\n" or "n\n100000\n", result.out)
      assert.equal(before, support.read(file))
      support.run { "chmod", "-R", "u+w", dir }
    end
  end)
end)

describe("evalua db", function()
  local function run(...)
    return support.evalua({ "db", ... })
  end

  it("makes and drops segments and leaves nothing", function()
    local path = small "rows"
    local before = sql(path, ".schema")
    local result = run("compact", path)
    assert.equal("table 't': column segments are made\n", result.err)
    assert.equal(0, result.code)
    assert.equal("fresh", state(path))
    assert.equal(0, run("drop-segments", path, "--table", "T").code)
    assert.equal("none", state(path))
    assert.equal(before, sql(path, ".schema"))
    assert.equal("table 't' has no column segments\n",
      run("drop-segments", path, "--table", "t").err)
    assert.equal(0, run("compact", path, "--table", "T").code)
    assert.equal("fresh", state(path))
    assert.equal(("'%s': all column segments are dropped\n"):format(path),
      run("drop-segments", path).err)
    assert.equal(before, sql(path, ".schema"))
  end)

  it("says what it cannot do", function()
    local _, path = aid.new()
    local cases = {
      { {}, "db does what?" }, { { "shrink", "x" }, "db has no 'shrink'" },
      { { "compact" }, "which database?" },
      { { "compact", path, "y" }, "one database at a time" },
      { { "compact", "/nowhere.db" }, "cannot open '/nowhere.db'" },
      { { "compact", path, "--table", "nix" }, "no table 'nix'" },
      { { "compact", path, "--table", "unit" }, "not made by an import" },
    }
    for _, case in ipairs(cases) do
      local result = run(table.unpack(case[1]))
      assert.equal(2, result.code)
      assert.matches(case[2], result.err, 1, true)
      assert.is_nil(result.err:find "traceback")
    end
    local foreign = aid.foreign "CREATE TABLE t(a); INSERT INTO t VALUES(1)"
    for _, words in ipairs { { "compact", foreign, "--table", "t" },
      { "compact", foreign }, { "drop-segments", foreign } } do
      local result = run(table.unpack(words))
      assert.equal(2, result.code)
      assert.matches("belongs to another program", result.err)
    end
    local empty = support.write("empty.db", "")
    assert.equal(0, run("drop-segments", empty).code)
    assert.equal(0, run("compact", empty).code)
    assert.equal("", support.read(empty))
  end)
end)

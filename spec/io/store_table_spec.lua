-- store_table: an analyst's own tables, there and back.
local core = require "evalua.core"
local support = require "support"
local aid = require "support.store"

local sql = aid.sql

local function columns(nrows, ...)
  local names, list = {}, {}
  for i, values in ipairs { ... } do
    names[i] = "c" .. i
    list[i] = assert(core.column.new(values, nrows))
  end
  return assert(core.table.new(names, list, nrows))
end

local function round_trip(t)
  local store, path = aid.new()
  assert.equal("imported", store:import("t", t, {}))
  store:close()
  store = assert(core.store.open(path, { readonly = true }))
  local back = assert(store:read "t")
  return back, path
end

describe("store.import", function()
  it("brings every type back, with NA, zero and empty text", function()
    local t = aid.table(
      'money,whole,ratio,label,year,quarter,month,day,flag\n'
      .. '1234.50,7,0.5,甲,2022,2022Q1,2022-01,2022-01-31,true\n'
      .. '-0.01,-7,-1e300,"",1000,1999Q4,1999-12,1999-12-31,false\n'
      .. '0.00,0,0,"a ""b"", c",9999,2000Q2,2000-02,2000-02-29,true\n'
      .. ',,,,,,,,\n',
      { ratio = "real", year = "year", flag = "bool" })
    assert.equal("money:decimal(2) whole:int ratio:real label:text year:year "
      .. "quarter:quarter month:month day:day flag:bool", aid.types(t))
    local back = round_trip(t)
    assert.equal(aid.types(t), aid.types(back))
    assert.equal(aid.csv(t), aid.csv(back))
  end)

  it("brings the largest and the smallest integers back", function()
    local t = columns(3, { math.maxinteger, math.mininteger, 0 })
    local back, path = round_trip(t)
    assert.same(t:column "c1":values(), back:column "c1":values())
    assert.equal("-1", sql(path, "SELECT minor_sum FROM source_sum"))
  end)

  it("writes no sum that has no room", function()
    local _, path = round_trip(columns(2, { math.maxinteger, 1 }))
    assert.equal("1", sql(path,
      "SELECT count(*) FROM source_sum WHERE minor_sum IS NULL"))
  end)

  it("keeps bytes as they are, NUL and bad UTF-8 too", function()
    local values = { "a\0b", "\xff\xfe", "", "'\"; --", "😀" }
    local back = round_trip(columns(5, values))
    assert.same(values, back:column "c1":values())
  end)

  it("keeps infinity and refuses NaN, which SQLite would lose", function()
    local back = round_trip(columns(2, { math.huge, -math.huge }))
    assert.same({ math.huge, -math.huge }, back:column "c1":values())
    local store, path = aid.new()
    local before = aid.counts(path)
    local ok, message = store:import("t", columns(2, { 1.5, 0 / 0 }), {})
    assert.is_nil(ok)
    assert.equal("row 2, column 'c1': a database cannot hold NaN", message)
    assert.equal(before, aid.counts(path))
  end)

  it("keeps a table without rows, and columns without values", function()
    local empty = aid.table("a,b\n", { a = "decimal(2)", b = "month" })
    assert.equal(aid.types(empty), aid.types(round_trip(empty)))
    local missing = aid.table("a,b\n1,\n", { b = "decimal(3)" })
    assert.equal(aid.csv(missing), aid.csv(round_trip(missing)))
  end)

  it("stores what any SQLite tool can read", function()
    local _, path = round_trip(aid.table("m,p,f\n12.50,2022-03,true\n"))
    assert.equal("1250|integer|2022-03|text|1|integer", sql(path,
      "SELECT m, typeof(m), p, typeof(p), f, typeof(f) FROM t"))
    assert.equal("1", sql(path,
      "SELECT strict FROM pragma_table_list WHERE name = 't'"))
  end)

  it("tells apart columns that SQL does not", function()
    local t = aid.table("a,A,a_2,select\n1,2,3,4\n")
    local back = round_trip(t)
    assert.same({ "a", "A", "a_2", "select" }, back:names())
    assert.equal(aid.csv(t), aid.csv(back))
  end)

  it("takes hostile names for names", function()
    local names = { 'a"b', "a'b", "x; DROP TABLE source; --", "select", " ",
      "[a]", "`a`", "表 一", "a\\", "%s%n", "?1", ("n"):rep(300) }
    local store, path = aid.new()
    local t = aid.table '"c"" INTEGER); --",%s\n1,2\n'
    for _, name in ipairs(names) do
      assert.equal("imported", store:import(name, t, {}))
      assert.equal(aid.csv(t), aid.csv(store:read(name)))
    end
    local listed = store:tables()
    store:close()
    assert.equal(#names + 17, listed:nrows())
    assert.equal("ok", sql(path, "PRAGMA integrity_check"))
  end)

  for name, message in pairs {
    [""] = "a table needs a name",
    ["a\0b"] = "a table's name cannot hold a NUL byte",
    ["\xff"] = "a table's name must be UTF-8",
    ["a\nb"] = "a table's name cannot hold control characters",
    ["SQLite_x"] = "'SQLite_x': names that begin with sqlite_ are SQLite's own",
    ["Budget_Line"] = "'Budget_Line' is the name of one of evalua's own tables",
    ["unit_file"] = "'unit_file' is the name of another thing (index)",
  } do
    it("refuses a table for which: " .. message, function()
      local store = aid.new()
      local ok, found = store:import(name, aid.table "a\n1\n", {})
      assert.is_nil(ok)
      assert.equal(message, found)
    end)
  end

  it("leaves alone a table that somebody else made", function()
    local store, path = aid.new()
    sql(path, "CREATE TABLE mine(a); INSERT INTO mine VALUES(1)")
    for _, replace in ipairs { false, true } do
      local ok, message = store:import("mine", aid.table "a\n1\n",
        { replace = replace })
      assert.is_nil(ok)
      assert.matches("was not made by an import", message)
    end
    assert.equal("1", sql(path, "SELECT count(*) FROM mine"))
  end)

  it("takes no table of another program for the columns on their way",
    function()
      local store, path = aid.new()
      sql(path, "CREATE TABLE evalua_columns(a); CREATE VIEW Evalua_Columns1 "
        .. "AS SELECT 1; INSERT INTO evalua_columns VALUES(7)")
      local t = aid.table "a,b\n1,x\n2,y\n"
      assert.equal("imported", store:import("t", t, {}))
      assert.equal(aid.csv(t), aid.csv(store:read "t"))
      assert.equal("imported", store:import("evalua_columns2", t, {}))
      assert.equal(aid.csv(t), aid.csv(store:read "evalua_columns2"))
    end)

  it("says how many columns a table may have", function()
    local names = {}
    for i = 1, 2001 do names[i] = "c" .. i end
    local t = aid.table(table.concat(names, ",") .. "\n"
      .. ("1,"):rep(2000) .. "1\n")
    local store = aid.new()
    assert.equal("a table in a database has at most 2000 columns, not 2001",
      (select(2, store:import("t", t, {}))))
  end)
end)

describe("importing again", function()
  local store, path
  before_each(function() store, path = aid.new() end)
  after_each(function() store:close() end)

  local function take(csv, options)
    options = options or {}
    options.sha256 = options.sha256 or core.store.sha256(csv)
    return store:import("t", aid.table(csv), options)
  end

  local function all() return aid.csv(store:read "t") end

  it("does nothing for the same bytes", function()
    assert.equal("imported", take "a\n1\n")
    local before = aid.counts(path)
    assert.equal("already", take "a\n1\n")
    assert.equal("already", (store:import("T", aid.table "a\n1\n",
      { sha256 = core.store.sha256 "a\n1\n" })))
    assert.equal(before, aid.counts(path))
    assert.equal("a\n1\n", all())
  end)

  it("takes the same bytes into another table", function()
    take "a\n1\n"
    assert.equal("imported", store:import("u", aid.table "a\n1\n",
      { sha256 = core.store.sha256 "a\n1\n" }))
  end)

  it("puts the rows of another file behind, columns by name", function()
    take "a,b\n1,x\n"
    take "b,a\ny,2\n"
    take "a\n3\n"
    assert.equal("a,b\n1,x\n2,y\n3,\n", all())
    assert.equal("t/1|1,t/2|1,t/3|1", sql(path,
      "SELECT group_concat(id || '|' || row_count) FROM source"))
  end)

  it("makes the table anew when asked to", function()
    take "a\n1\n"
    assert.equal("imported", take("b\n2.5\n", { replace = true }))
    assert.equal("b\n2.5\n", all())
    assert.equal("1|t/1|25", sql(path,
      "SELECT count(*), source_id, minor_sum FROM source_sum"))
    assert.equal("imported", take("b\n2.5\n", { replace = true }))
    assert.equal("b\n2.5\n", all())
  end)

  it("starts again when another tool dropped the table", function()
    take "a\n1\n"
    sql(path, "DROP TABLE t")
    assert.equal("imported", take "a\n1\n")
    assert.equal("1", sql(path, "SELECT count(*) FROM source"))
  end)

  it("widens whole numbers and decimals, exactly", function()
    take "a\n12\n"
    take "a\n0.5\n"
    take "a\n-1.125\n"
    take "a\n7\n"
    assert.equal("a\n12.000\n0.500\n-1.125\n7.000\n", all())
    assert.equal("a:decimal(3)", aid.types(store:read "t"))
  end)

  it("refuses to widen what has no room, and leaves nothing", function()
    assert(store:import("t", columns(1, { math.maxinteger }), {}))
    local before = aid.counts(path)
    local ok, message = store:import("t", aid.table "c1\n0.5\n", {})
    assert.is_nil(ok)
    assert.equal("column 'c1': amounts of the table 't' do not fit in 64 bits "
      .. "with 1 decimals", message)
    assert.equal(before, aid.counts(path))
    assert.equal(math.maxinteger, store:read "t":column "c1"[1])
  end)

  it("reads numbers into a text column as they were written", function()
    take "a\n007\n"
    take "a\n101\n"
    assert.equal("a\n007\n101\n", all())
  end)

  for _, case in ipairs {
    { "text for numbers", "a\nx\n", "column 'a' is text in the file and int in "
      .. "the table 't'" },
    { "a new column", "a,b\n1,2\n", "the table 't' has no column 'b'; "
      .. "--replace makes it anew" },
  } do
    it("refuses " .. case[1], function()
      take "a\n1\n"
      local before = aid.counts(path)
      local ok, message, code = take(case[2])
      assert.is_nil(ok)
      assert.equal(case[3], message)
      assert.equal("data", code)
      assert.equal(before, aid.counts(path))
    end)
  end

  it("has sums in the ledger that equal the sums in the table", function()
    take "amount,n\n1.50,1\n-0.25,2\n,\n"
    take "amount,n\n100,3\n"
    take "amount,n\n0.005,4\n"
    assert.equal("101255|10|5", sql(path,
      "SELECT sum(amount), sum(n), count(*) FROM t"))
    assert.equal("101255", sql(path, [[
      SELECT sum(minor_sum * CASE scale WHEN 0 THEN 1000 WHEN 2 THEN 10
                             ELSE 1 END)
        FROM source_sum WHERE column_name = 'amount']]))
    assert.equal("5", sql(path, "SELECT sum(row_count) FROM source"))
  end)

  it("keeps where the rows are from", function()
    take("a\n1\n", { path = "dir/b.csv", date = "2023-01-31" })
    assert.equal("b.csv|dir/b.csv|2023-01-31|t", sql(path,
      "SELECT title, path, imported_on, table_name FROM source"))
  end)

  it("keeps units", function()
    take("a,b\n1,2\n", { units = { a = "万元" } })
    assert.equal("万元|", sql(path, "SELECT group_concat(ifnull(unit, ''), "
      .. "'|') FROM table_column"))
  end)
end)

describe("a full disk", function()
  it("is an error like any other and leaves nothing", function()
    local path = aid.path()
    local small = support.write("small.csv", "a\nx\n")
    local large = support.write("large.csv",
      "a\n" .. (("y"):rep(200) .. "\n"):rep(20000))
    local args = { "import", small, "--db", path, "--table", "t" }
    assert.equal(0, support.evalua(args).code)
    local before = aid.counts(path)
    args[2] = large
    local run = support.evalua(args, -- 2048 * 512 bytes
      { before = { "sh", "-c", 'ulimit -f 2048; exec "$@"', "sh" } })
    assert.equal(2, run.code)
    assert.matches("x%.db", run.err)
    assert.equal(before, aid.counts(path))
    assert.equal("ok", sql(path, "PRAGMA integrity_check"))
  end)

  it("takes back a database that it could not make", function()
    local path = aid.path()
    local run = support.evalua({ "import", "-", "--db", path, "--table", "t" },
      { stdin = "a\n1\n",
        before = { "sh", "-c", 'ulimit -f 20; exec "$@"', "sh" } })
    assert.equal(2, run.code)
    for _, suffix in ipairs { "", "-wal", "-shm", "-journal" } do
      assert.is_nil(core.system.kind(path .. suffix))
    end
  end)
end)

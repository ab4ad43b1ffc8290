-- store: opening database files, whose they are, and the schema.
local core = require "evalua.core"
local support = require "support"
local aid = require "support.store"

local open, sql = core.store.open, aid.sql

local function refused(path, options)
  local store, message, code = open(path, options or {})
  assert.is_nil(store)
  return message, code
end

describe("store.open", function()
  it("makes a database that says whose it is", function()
    local store, path = aid.new()
    assert.is_true(store:is_own())
    assert.is_false(store:is_readonly())
    store:close()
    assert.equal("1163280716|1|wal", sql(path,
      "SELECT * FROM pragma_application_id, pragma_user_version, "
      .. "pragma_journal_mode"))
    assert.equal("ok", sql(path, "PRAGMA integrity_check"))
  end)

  it("does not make a file unless asked to", function()
    local path = aid.path()
    for _, options in ipairs { {}, { readonly = true } } do
      local message, code = refused(path, options)
      assert.equal(("cannot open '%s' (No such file or directory)")
        :format(path), message)
      assert.equal("io", code)
    end
    assert.is_nil(core.system.kind(path))
  end)

  it("takes a path for a path, whatever it looks like", function()
    local dir = support.tempdir()
    for _, name in ipairs { "file:x.db?mode=memory", ":memory:", "a%20b#.db",
      "数据.db" } do
      local store = assert(open(dir .. "/" .. name, { create = true }))
      store:close()
      assert.equal("file", core.system.kind(dir .. "/" .. name))
    end
    local run = support.evalua({ "export", "--db", ":memory:", "--table", "x" },
      { cwd = dir })
    assert.matches("no table 'x' in ':memory:'", run.err)
  end)

  it("turns an empty file into a database", function()
    local path = support.write("empty.db", "")
    local store = assert(open(path, {}))
    assert.is_true(store:is_own())
  end)

  for _, case in ipairs {
    { "a text file", "year,amount\n2022,1.50\n", "is not a SQLite database" },
    { "binary rubbish", ("\1\255\0x"):rep(3000), "is not a SQLite database" },
    { "a header alone", "SQLite format 3\0" .. ("\0"):rep(10),
      "is not a SQLite database" },
  } do
    it("refuses " .. case[1] .. " and leaves it as it is", function()
      local path = support.write("x.db", case[2])
      for _, options in ipairs { {}, { create = true }, { readonly = true } } do
        local message, code = refused(path, options)
        assert.equal(("'%s' %s"):format(path, case[3]), message)
        assert.equal("data", code)
      end
      assert.equal(case[2], support.read(path))
    end)
  end

  it("refuses what is no file", function()
    assert.matches("Is a directory", (refused(support.tempdir())))
    assert.matches("is not a regular file", (refused "/dev/null"))
    assert.matches("needs a name", (refused ""))
    assert.has_error(function() open("a\0b", {}) end)
  end)

  it("finds a truncated file damaged", function()
    local path = aid.foreign [[CREATE TABLE t(a TEXT);
      INSERT INTO t WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL
        SELECT i + 1 FROM n LIMIT 500) SELECT printf('%0200d', i) FROM n]]
    local bytes = support.read(path)
    assert.is_true(#bytes > 20000)
    local cut = support.write("cut.db", bytes:sub(1, #bytes // 2))
    local message, code = refused(cut, { readonly = true })
    assert.matches("^the database '.*' is damaged", message)
    assert.equal("data", code)
  end)

  it("refuses a database of a newer version, for reading too", function()
    local store, path = aid.new()
    store:close()
    sql(path, "PRAGMA user_version = 99")
    for _, options in ipairs { {}, { readonly = true } } do
      assert.equal(("the database '%s' was made by a newer version of evalua")
        :format(path), (refused(path, options)))
    end
  end)

  it("takes a version that never was for no database of ours", function()
    local store, path = aid.new()
    store:close()
    sql(path, "PRAGMA user_version = -5")
    assert.matches("belongs to another program", (refused(path, {})))
  end)

  it("reads the database of another program but does not write to it",
    function()
      local path = aid.foreign "CREATE TABLE t(a); INSERT INTO t VALUES(1)"
      local before = support.read(path)
      local message = refused(path, { create = true })
      assert.matches("belongs to another program", message)
      local store = assert(open(path, { readonly = true }))
      assert.is_false(store:is_own())
      assert.equal("a\n1\n", aid.csv(store:read "t"))
      assert.matches("opened for reading only", (select(2, store:begin())))
      store:close()
      assert.equal(before, support.read(path))
      assert.is_nil(core.system.kind(path .. "-wal"))
    end)

  it("leaves nothing beside a database that it only read", function()
    local store, path = aid.new()
    store:close()
    store = open(path, { readonly = true })
    store:read "source"
    store:close()
    assert.is_nil(core.system.kind(path .. "-wal"))
    assert.is_nil(core.system.kind(path .. "-shm"))
  end)

  it("reads a database in a folder that may not be written", function()
    local store, path = aid.new()
    store:import("t", aid.table "a\n1\n", {})
    store:close()
    local dir = path:match "^(.*)/"
    local as = support.unprivileged()
    local before = { "chmod", "-R", "a-w,a+rX", dir }
    assert.equal(0, support.run(before).code)
    assert.equal(0, support.run({ "chmod", "a+rx", dir .. "/.." }).code)
    local run = support.evalua({ "export", "--db", path, "--table", "t" },
      { before = as })
    assert.equal("", run.err)
    assert.equal("a\n1\n", run.out)
    run = support.evalua({ "import", "-", "--db", path, "--table", "t" },
      { before = as, stdin = "a\n2\n" })
    assert.equal(2, run.code)
    assert.matches("read%-only", run.err)
    support.run { "chmod", "-R", "u+w", dir }
  end)

  it("closes once and says so afterwards", function()
    local store = aid.new()
    assert.matches("^database /", tostring(store))
    store:close()
    store:close()
    assert.equal("database (closed)", tostring(store))
    local ok, message = pcall(store.tables, store)
    assert.is_false(ok)
    assert.matches("the database was closed", message)
  end)
end)

describe("the schema", function()
  local path
  setup(function()
    local store
    store, path = aid.new()
    store:close()
  end)

  it("has STRICT tables only", function()
    assert.equal("", sql(path, "SELECT name FROM pragma_table_list "
      .. "WHERE type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite%'"))
    assert.equal("17", sql(path, "SELECT count(*) FROM sqlite_schema "
      .. "WHERE type = 'table' AND name NOT LIKE 'sqlite%'"))
  end)

  it("has an index for every foreign key", function()
    assert.equal("", sql(path, [[
      SELECT m.name || '.' || f."from"
        FROM sqlite_schema m, pragma_foreign_key_list(m.name) f
       WHERE m.type = 'table' AND f.seq = 0 AND NOT EXISTS (
         SELECT 1 FROM pragma_index_list(m.name) i, pragma_index_info(i.name) c
          WHERE c.seqno = 0 AND c.name = f."from")]]))
  end)

  it("holds the data model's nine tables", function()
    for _, name in ipairs { "source", "unit", "code", "project", "fact",
      "budget_line", "rubric", "indicator", "plan_item" } do
      assert.equal("1", sql(path, "SELECT count(*) FROM sqlite_schema WHERE "
        .. "name = '" .. name .. "'"))
    end
  end)

  it("keeps money in whole fen", function()
    local run = support.run { "sqlite3", path, "INSERT INTO unit(id, kind, "
      .. "name_zh) VALUES('u', 'office', 'x'); INSERT INTO budget_line(unit_id,"
      .. "year, version, flow, amount_fen) VALUES('u', 2022, 'original', "
      .. "'expense', 1.5)" }
    assert.matches("cannot store REAL value", run.err)
  end)

  it("is made again from version 0 and not twice", function()
    local empty = support.write("v0.db", "")
    open(empty, {}):close()
    assert.equal("1", sql(empty, "PRAGMA user_version"))
    local before = support.read(empty)
    open(empty, {}):close()
    assert.equal(before, support.read(empty))
  end)
end)

describe("a transaction", function()
  it("waits for nobody when it is rolled back", function()
    local store, path = aid.new()
    assert(store:begin())
    assert.matches("is open already", (select(2, store:begin())))
    store:import("t", aid.table "a\n1\n", {})
    store:rollback()
    assert.is_nil((store:read "t"))
    assert(store:import("t", aid.table "a\n2\n", {}))
    store:close()
    assert.equal("2", sql(path, "SELECT a FROM t"))
  end)

  it("ends with the handle", function()
    local store, path = aid.new()
    store:begin()
    store:import("t", aid.table "a\n1\n", {})
    store:close()
    assert.equal("0", sql(path, "SELECT count(*) FROM source"))
  end)

  it("is refused when a reference leads nowhere", function()
    local store, path = aid.new()
    local fields = { { name = "id", column = "id", kind = "text" },
      { name = "parent", column = "parent_id", kind = "text" },
      { name = "kind", column = "kind", kind = "text" },
      { name = "name", column = "name_zh", kind = "text" } }
    local rows = aid.table("id,parent,kind,name\na,b,office,A\n")
    store:begin()
    assert(store:document("doc", {}))
    assert.equal(1, (store:insert("unit", rows, fields,
      { id = "doc/units.csv", document = "doc" })))
    local ok, message = store:commit()
    assert.is_nil(ok)
    assert.equal("rows of table 'unit' refer to rows of 'unit' that are not "
      .. "there", message)
    store:close()
    assert.equal("0", sql(path, "SELECT count(*) FROM unit"))
  end)

  it("is kept when another handle to the file was closed meanwhile", function()
    local store <close>, path = aid.new()
    assert(store:import("t", aid.table "a\n1\n", {}))
    assert(store:read "t")
    core.store.open(path, { readonly = true }):close()
    -- the shell is not the last to leave: what is beside the file stays there
    assert.equal("1", aid.sql(path, "SELECT count(*) FROM t"))
    assert(store:import("t", aid.table "a\n2\n", {}))
    assert.equal("2", aid.sql(path, "SELECT count(*) FROM t"))
  end)

  it("lets two programs write one after the other", function()
    local path = aid.path()
    local one = support.write("one.csv", "a\n" .. ("1\n"):rep(20000))
    local two = support.write("two.csv", "a\n" .. ("2\n"):rep(20000))
    local run = support.run { "sh", "-c", [[
      "$1" import "$3" --db "$2" --table t & first=$!
      "$1" import "$4" --db "$2" --table t || exit 1
      wait $first]], "sh", support.program(), path, one, two }
    assert.equal(0, run.code, run.err)
    assert.equal("40000|60000|2", sql(path,
      "SELECT count(*), sum(a), (SELECT count(*) FROM source) FROM t"))
  end)
end)

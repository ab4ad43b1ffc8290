-- store_read: tables and views that other programs made.
local core = require "evalua.core"
local support = require "support"
local aid = require "support.store"

--- Opens a foreign database made by `sql`, and reads `name`.
local function read(sql, name)
  local store = assert(core.store.open(aid.foreign(sql), { readonly = true }))
  local t, notes = store:read(name or "t")
  assert(t, notes)
  return t, notes, store
end

describe("store.read of another program's table", function()
  for _, case in ipairs {
    { "integers", "a INTEGER", "(1),(NULL),(-5)", "a:int", "a\n1\n\n-5\n" },
    { "reals", "a REAL", "(1.5),(2)", "a:real", "a\n1.5\n2\n" },
    { "texts", "a TEXT", "('x'),(''),(NULL)", "a:text", 'a\nx\n""\n\n' },
    { "an undeclared column", "a", "('x'),('y')", "a:text", "a\nx\ny\n" },
    { "integers and reals", "a", "(1),(2.5)", "a:real", "a\n1\n2.5\n",
      "column 'a': integers and floating-point numbers, read as the latter" },
    { "numbers and texts", "a", "(1),(2.5),('n.a.')", "a:text",
      "a\n1\n2.5\nn.a.\n", "column 'a': numbers and texts, read as text" },
    { "bytes", "a", "(x'00ff'),('t')", "a:text", "a\nX'00FF'\nt\n",
      "column 'a': bytes, read as text X'..'" },
    { "integers too large for reals", "a", "(9007199254740993),(0.5)",
      "a:text", "a\n9007199254740993\n0.5\n",
      "column 'a': integers too large for the floating-point numbers among "
      .. "them, read as text" },
    { "declared decimals", "a DECIMAL(10,2)", "(12),(0.1),(-3.25),(NULL)",
      "a:decimal(2)", "a\n12.00\n0.10\n-3.25\n\n",
      "column 'a': stored as floating-point numbers, read as decimals" },
    { "declared decimals that are none", "a NUMERIC(10,2)", "(1),(0.125)",
      "a:real", "a\n1\n0.125\n",
      "column 'a': not all numbers have the declared decimals" },
    { "the largest integers", "a", "(9223372036854775807),"
      .. "(-9223372036854775808)", "a:int",
      "a\n9223372036854775807\n-9223372036854775808\n" },
  } do
    it("reads " .. case[1], function()
      local t, notes = read(("CREATE TABLE t(%s); INSERT INTO t VALUES %s")
        :format(case[2], case[3]))
      assert.equal(case[4], aid.types(t))
      assert.equal(case[5], aid.csv(t))
      assert.equal(case[6] or "", notes)
    end)
  end

  it("goes by the declaration where nothing is stored", function()
    local t = read "CREATE TABLE t(a INTEGER, b REAL, c DECIMAL(8,3), d DATE)"
    assert.equal("a:int b:real c:decimal(3) d:text", aid.types(t))
    assert.equal(0, t:nrows())
  end)

  it("reads views", function()
    local t = read([[CREATE TABLE t(k TEXT, v INTEGER);
      INSERT INTO t VALUES('x', 1), ('y', 2), ('x', 3);
      CREATE VIEW v AS SELECT k AS "键", sum(v) AS total FROM t GROUP BY k]],
      "V")
    assert.equal("键,total\nx,4\ny,2\n", aid.csv(t))
  end)

  it("reads rows in their own order, whatever index there is", function()
    local t = read [[CREATE TABLE t(a INTEGER);
      INSERT INTO t VALUES(3), (1), (2); CREATE INDEX i ON t(a)]]
    assert.equal("a\n3\n1\n2\n", aid.csv(t))
  end)

  it("reads tables without rowid, and generated columns", function()
    local t = read [[CREATE TABLE t(a INTEGER PRIMARY KEY, b AS (a * 2))
      WITHOUT ROWID; INSERT INTO t VALUES(2), (1)]]
    assert.equal("a,b\n1,2\n2,4\n", aid.csv(t))
  end)

  it("names the table that was meant", function()
    local _, _, store = read "CREATE TABLE t(a); CREATE TABLE ausgaben(a)"
    local t, message, code = store:read "ausgabe"
    assert.is_nil(t)
    assert.matches("no table 'ausgabe' in '.*' %(did you mean 'ausgaben'%?%)",
      message)
    assert.equal("data", code)
    assert.has_error(function() store:read "t\0x" end)
  end)

  it("lists tables and views", function()
    local _, _, store = read [[CREATE TABLE t(a); CREATE VIEW v AS SELECT 1;
      CREATE INDEX i ON t(a)]]
    assert.equal("name,kind,origin\nt,table,other\nv,view,other\n",
      aid.csv(store:tables()))
  end)

  for name, view in pairs {
    ["load an extension"] = "SELECT load_extension('/tmp/x.so') AS a",
    ["fill the memory at once"] = "SELECT zeroblob(2000000000) AS a",
  } do
    it("does not let a view " .. name, function()
      local path = aid.foreign("CREATE VIEW v AS " .. view)
      local store = assert(core.store.open(path, { readonly = true }))
      local t, message = store:read "v"
      assert.is_nil(t)
      assert.is_string(message)
    end)
  end

  it("does not run a trigger, a pragma or an attach", function()
    local store = core.store.open(aid.foreign "CREATE TABLE t(a)",
      { readonly = true })
    for _, name in ipairs { "t; ATTACH 'x' AS y", "t\"; PRAGMA user_version=3" }
    do assert.is_nil((store:read(name))) end
  end)

  it("says what does not fit the side table any more", function()
    local store, path = aid.new()
    store:import("t", aid.table "m,p\n1.50,2022-01\n", {})
    store:close()
    aid.sql(path, "UPDATE t SET p = 'soon'")
    store = core.store.open(path, { readonly = true })
    local t, message = store:read "t"
    assert.is_nil(t)
    assert.equal("table 't', row 1, column 'p': 'soon' is not month", message)
  end)

  it("reads what another tool did to an imported table", function()
    local store, path = aid.new()
    store:import("t", aid.table "m\n1.50\n", {})
    store:close()
    aid.sql(path, "ALTER TABLE t ADD COLUMN extra TEXT; "
      .. "INSERT INTO t VALUES(275, 'x')")
    store = core.store.open(path, { readonly = true })
    assert.equal("m,extra\n1.50,\n2.75,x\n", aid.csv(store:read "t"))
  end)

  it("keeps the other program's file as it is", function()
    local path = aid.foreign "CREATE TABLE t(a); INSERT INTO t VALUES(1)"
    local before = support.read(path)
    local store = core.store.open(path, { readonly = true })
    store:read "t"
    store:close()
    assert.equal(before, support.read(path))
  end)
end)

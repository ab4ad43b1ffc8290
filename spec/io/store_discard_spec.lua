-- store: taking back a new database, and several programs that make one.
local core = require "evalua.core"
local support = require "support"
local aid = require "support.store"

local function is_there(path) return core.system.kind(path) ~= nil end

local function import(store)
  assert(store:begin())
  assert(store:import("t", aid.table "a\n1\n", {}))
end

local function create(path)
  return assert(core.store.open(path, { create = true }))
end

describe("store:discard", function()
  it("removes a new file with nothing in it, and all beside it", function()
    local store, path = aid.new()
    store:discard()
    for _, suffix in ipairs { "", "-journal", "-wal", "-shm" } do
      assert.is_false(is_there(path .. suffix))
    end
    assert.has_error(function() store:begin() end)
  end)

  it("gives up what was not committed", function()
    local store, path = aid.new()
    import(store)
    store:discard()
    assert.is_false(is_there(path))
  end)

  it("keeps what was imported", function()
    local store, path = aid.new()
    import(store)
    assert(store:commit())
    store:discard()
    assert.equal("1", aid.sql(path, "SELECT a FROM t"))
  end)

  it("keeps a file that was there before", function()
    local store, path = aid.new()
    store:close()
    create(path):discard()
    assert.is_true(is_there(path))
  end)

  it("keeps what another program imported", function()
    local store, path = aid.new()
    local other = create(path)
    import(other)
    assert(other:commit())
    other:close()
    store:discard()
    assert.equal("1", aid.sql(path, "SELECT a FROM t"))
  end)

  it("keeps a file that another program is writing to", function()
    local store, path = aid.new()
    local other = create(path)
    import(other)
    store:discard()
    assert(other:commit())
    other:close()
    assert.equal("1", aid.sql(path, "SELECT a FROM t"))
  end)
end)

describe("a database that is gone", function()
  local function assert_gone(path, ok, message, code)
    assert.is_nil(ok)
    assert.equal(("the database '%s' was removed or replaced while evalua "
      .. "waited for it: nothing was written, run it again"):format(path),
      message)
    assert.equal("io", code)
  end

  it("takes no transaction", function()
    local store, path = aid.new()
    assert(os.remove(path))
    assert_gone(path, store:begin())
    store:close()
    assert.is_false(is_there(path))
  end)

  it("takes no rows when it went after the transaction's begin", function()
    local store, path = aid.new()
    assert(store:begin())
    assert(os.remove(path))
    assert_gone(path, store:import("t", aid.table "a\n1\n", {}))
    store:close()
    assert.is_false(is_there(path))
  end)

  it("takes none when another stands in its place", function()
    local store, path = aid.new()
    assert(os.remove(path))
    local other = create(path)
    assert.is_nil((store:begin()))
    store:close()
    import(other)
    assert(other:commit())
    other:close()
    assert.equal("1", aid.sql(path, "SELECT a FROM t"))
  end)
end)

describe("programs that make one database at once", function()
  it("do not take each other for strangers", function()
    local dir = support.tempdir()
    local run = support.run { "sh", "-c", [[
      cd "$2"
      for n in 1 2 3 4; do printf 'a\n%s\n' $n >$n.csv; done
      for round in 1 2 3 4 5 6 7 8 9 10; do
        for n in 1 2 3 4; do
          "$1" import $n.csv --db $round.db --table t 2>>said || echo failed &
        done
        wait
      done
      cat said >&2]], "sh", support.program(), dir }
    assert.equal("", run.out, run.err)
    for round = 1, 10 do
      assert.equal("4|10", aid.sql(("%s/%d.db"):format(dir, round),
        "SELECT count(*), sum(a) FROM t"))
    end
  end)
end)

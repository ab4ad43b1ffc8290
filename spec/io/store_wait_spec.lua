-- Segments that a report would make, while another program writes: nobody who
-- only reads waits for it.
local aid = require "support.store"
local core = require "evalua.core"
local ev = require "evalua"

local sql = aid.sql

--- A database with the table `t`, whose segments are stale.
local function stale()
  local store, path = aid.new()
  assert(store:import("t", aid.table "id,amount\n1,1.50\n2,2.25\n", {}))
  assert(store:compact "t")
  store:close()
  sql(path, "UPDATE t SET id = 5 WHERE id = 1")
  return path
end

local function state(path)
  local store <close> = assert(core.store.open(path, { readonly = true }))
  local t, _, code = store:read_segments "t"
  return t and "fresh" or code or "stale"
end

--- The rows that a report reads, and how it opened the file for that.
local function report(path)
  local open, asked = core.store.open, {}
  core.store.open = function(name, opts) -- luacheck: ignore 122
    asked[#asked + 1] = opts.readonly and "to read"
      or opts.if_free and "if free" or "whenever it is free"
    return open(name, opts)
  end
  local db <close> = assert(ev.open(path))
  local ok, t = pcall(db.table, db, "t")
  core.store.open = open -- luacheck: ignore 122
  assert(ok, t)
  return aid.csv(assert(t)), table.concat(asked, ", ")
end

describe("segments beside a writer that goes on", function()
  it("are not made, and it is named", function()
    local path = stale()
    local writer = aid.writer(path)
    local store <close> = assert(core.store.open(path, {}))
    local done, message, code = store:compact("t", true) -- does not wait
    assert.is_nil(done)
    assert.equal("sql", code)
    assert.matches(aid.is_locked(path) and "another program %('sqlite3', process "
      .. "%d+%) is writing to the database '"
      or "another program .*is writing to the database '", message)
    assert.equal("stale", state(path))
    writer:close()
    assert(store:compact("t", true))
    assert.equal("fresh", state(path))
  end)

  for _, journal in ipairs { "WAL", "DELETE" } do
    it("are not made by a report, with the journal " .. journal, function()
      local path = stale()
      sql(path, "PRAGMA journal_mode = " .. journal)
      local writer = aid.writer(path)
      local rows, asked = report(path)
      assert.equal("id,amount\n5,1.50\n2,2.25\n", rows)
      assert.equal("to read, if free", asked)
      assert.equal("stale", state(path))
      writer:close()
      assert.equal(rows, (report(path)))
      assert.equal("fresh", state(path))
    end)
  end

  it("are no reason to wait for the file, without a WAL", function()
    local path = stale()
    sql(path, "PRAGMA journal_mode = DELETE")
    local writer = aid.writer(path)
    local store, message, code = core.store.open(path, { if_free = true })
    assert.is_nil(store)
    assert.equal("sql", code)
    assert.matches("^another program ", message)
    writer:close()
    assert(core.store.open(path, { if_free = true })):close()
  end)
end)

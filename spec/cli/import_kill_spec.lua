-- An import that is killed has happened wholly or not at all: rows, ledger and
-- column segments alike.
local aid = require "support.store"
local core = require "evalua.core"
local ev = require "evalua"
local support = require "support"

local sql = aid.sql

local ROWS = 102000 -- enough for segments

local function big()
  return support.write("big.csv", "id,name,amount\n"
    .. ("1,甲,10.50\n2,乙,-0.25\n3,,\n"):rep(ROWS // 3))
end

--- By the clock that nobody sets.
local function seconds(words)
  local script = "cat /proc/uptime; \"$@\" >&2; cat /proc/uptime"
  local result = support.run { "sh", "-c", script, "sh",
    table.unpack(words) }
  local from, to = result.out:match "(%S+).-\n(%S+)"
  return math.max(tonumber(to) - tonumber(from), 0.01)
end

local function words_of(csv, path, ...)
  return { support.program(), "import", csv, "--db", path, "--table", "t", ... }
end

--- Runs the import and kills it after this time; whether it was killed. In the
--- foreground, for timeout kills itself, too, elsewhere, and its child is still
--- dying then, with its locks on the database.
local function kill_after(time, words)
  local result = support.run { "timeout", "--foreground", "-s", "KILL",
    ("%.6f"):format(time), table.unpack(words) }
  local code = result.code -- 124: too late, it had ended by itself
  assert(code == 0 or code == 124 or code == 128 + 9, result.err)
  return code == 128 + 9
end

--- Rows, which the ledger and a report must agree with.
local function checked_count(path)
  assert.equal("ok", sql(path, "PRAGMA integrity_check"))
  local count = tonumber(sql(path, "SELECT count(*) FROM t"))
  assert.equal(count, tonumber(sql(path,
    "SELECT sum(row_count) FROM source WHERE table_name = 't'")))
  local store <close> = assert(core.store.open(path, { readonly = true }))
  local db <close> = assert(ev.open(path))
  local rows, report = assert(store:read "t"), assert(db:table "t")
  assert.equal(aid.csv(rows), aid.csv(report))
  return count
end

describe("an import that is killed", function()
  for _, case in ipairs {
    { "that appends", 3 + ROWS }, { "that replaces", ROWS, "--replace" },
  } do
    it(case[1] .. " leaves the rows of before or all of after", function()
      local store, path = aid.new()
      assert(store:import("t",
        aid.table "id,name,amount\n1,a,1.00\n2,b,2.00\n3,c,3.00\n", {}))
      assert(store:compact "t")
      store:close()
      local before, csv = support.read(path), big()
      local whole = seconds(words_of(csv, support.write("x.db", before),
        case[3]))
      local killed, tries = 0, 0
      -- four quarters; then less and less, should the machine have been busier
      -- when the whole was measured than it is now
      while tries < 4 or (killed == 0 and tries < 12) do
        tries = tries + 1
        local part = tries <= 4 and tries / 4 or 2.0 ^ (2 - tries)
        local copy = support.write("x.db", before)
        if kill_after(whole * part, words_of(csv, copy, case[3])) then
          killed = killed + 1
        end
        local count = checked_count(copy)
        assert(count == 3 or count == case[2], count)
      end
      assert(killed > 0, "no import was slow enough to be killed")
    end)
  end

  it("while it makes the database can be run again", function()
    local csv = big()
    local whole = seconds(words_of(csv, aid.path()))
    for part = 1, 4 do
      local path = aid.path()
      kill_after(whole * part / 5, words_of(csv, path))
      local again = support.run(words_of(csv, path))
      assert.equal(0, again.code, again.err)
      assert.equal(ROWS, checked_count(path))
    end
  end)
end)

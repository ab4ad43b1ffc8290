-- evalua.store: the handle that scripts use, and a unit's folder.
local core = require "evalua.core"
local ev_store = require "evalua.store"
local support = require "support"
local aid = require "support.store"

local sample = "data/dongfanghong-2022"

local function new_db()
  local path = aid.path()
  return assert(ev_store.open(path, { create = true })), path
end

--- A copy of the sample's folder, files replaced or (false) left out.
local function folder(changes)
  local dir = support.tempdir() .. "/unit-2022"
  assert(core.system.mkdir(dir))
  local names = core.system.list(sample)
  for _, name in ipairs(names) do
    local text = support.read(sample .. "/" .. name)
    if changes[name] == nil or type(changes[name]) == "function" then
      local change = changes[name] or function(same) return same end
      assert(core.file.write(dir .. "/" .. name, change(text)))
    end
  end
  for name, text in pairs(changes) do
    if type(text) == "string" then
      assert(core.file.write(dir .. "/" .. name, text))
    end
  end
  return dir
end

--- A folder of a few files only.
local function small(files)
  local dir = support.tempdir() .. "/small"
  assert(core.system.mkdir(dir))
  for name, text in pairs(files) do
    assert(core.file.write(dir .. "/" .. name, text))
  end
  return dir
end

local units = "id,kind,name_zh\nu1,subdistrict,甲街道\n"

describe("ev.open", function()
  it("says which database is not there", function()
    local db, message, code = ev_store.open "/nowhere/x.db"
    assert.is_nil(db)
    assert.equal("cannot open '/nowhere/x.db' (No such file or directory)",
      message)
    assert.equal("io", code)
  end)

  it("makes the file by the first import only", function()
    local db, path = new_db()
    local t, message = db:table "t"
    assert.is_nil(t)
    assert.matches("No such file", message)
    assert.is_nil(core.system.kind(path))
    assert.equal("imported", db:import("t", aid.table "a\n1\n"))
    assert.equal("a\n1\n", aid.csv(db:table "t"))
    db:close()
  end)

  it("takes the file back when the first import fails", function()
    local db, path = new_db()
    assert.is_nil((db:import("unit", aid.table "a\n1\n")))
    assert.is_nil(core.system.kind(path))
    assert.has_error(function()
      db:transaction(function() error "stop" end)
    end)
    assert.is_nil(core.system.kind(path))
    assert.equal("imported", db:import("t", aid.table "a\n1\n"))
    db:close()
    assert.equal("file", core.system.kind(path))
  end)

  it("reads and writes in turn", function()
    local db, path = new_db()
    db:import("t", aid.table "a\n1\n")
    db:close()
    db = assert(ev_store.open(path))
    assert.equal("a\n1\n", aid.csv(db:table "t"))
    assert.equal("imported", db:import("t", aid.table "a\n2\n"))
    assert.equal("a\n1\n2\n", aid.csv(db:table "T"))
    db:close()
    db:close()
    assert.matches("closed", tostring(db))
    assert.has_error(function() db:table "t" end, "the database was closed")
  end)

  it("closes at the end of a block", function()
    local seen
    do
      local db <close> = new_db()
      db:import("t", aid.table "a\n1\n")
      seen = db
    end
    assert.has_error(function() seen:tables() end, "the database was closed")
  end)

  it("brings units and notes along", function()
    local db = new_db()
    db:import("t", aid.table "a,b\n1.5,x\n", { units = { a = "万元" } })
    local _, info = db:table "t"
    assert.same({}, info.notes)
    assert.same({ a = "万元" }, info.units)
    local other = assert(ev_store.open(aid.foreign
      "CREATE TABLE t(a); INSERT INTO t VALUES(1), ('x')"))
    _, info = other:table "t"
    assert.same({ "column 'a': numbers and texts, read as text" }, info.notes)
  end)
end)

describe("importing the sample unit", function()
  local db, path, result
  setup(function()
    db, path = new_db()
    result = assert(db:import_unit(sample, { date = "2023-10-25" }))
  end)
  teardown(function() db:close() end)

  it("loads every row of every file", function()
    assert.equal("dfh-report-2022", result.document)
    assert.same({}, result.notes)
    for _, file in ipairs(result.files) do
      local text = support.read(sample .. "/" .. file.file)
      local rows = #assert(core.csv.records(text)) - 1
      assert.equal(rows, file.rows, file.file)
      assert.equal(0, file.present)
    end
    assert.equal(15, #result.files)
  end)

  it("has the report's budget, in fen", function()
    assert.equal("executed|expense|659728|659728.0\n"
      .. "original|expense|426367|426367.0\n"
      .. "original|income|426367|426367.0",
      aid.sql(path, [[SELECT version, flow, sum(amount_fen) / 10000,
        sum(amount_fen) / 10000.0 FROM budget_line
        GROUP BY version, flow ORDER BY 1, 2]]))
    assert.equal("basic|2200900000|1917000000\nproject|2062770000|4680280000",
      aid.sql(path, [[SELECT nature,
        sum(amount_fen) FILTER (WHERE version = 'original'),
        sum(amount_fen) FILTER (WHERE version = 'executed') FROM budget_line
        WHERE flow = 'expense' GROUP BY nature]]))
  end)

  it("reads amounts as decimals in yuan, and says what was published",
    function()
      local t, info = db:table "budget_line"
      assert.equal("decimal(2)", t:column "amount":type())
      assert.equal("42636700.00", tostring(t[1].amount))
      assert.equal("元", t[1].measure_unit)
      assert.equal("万元", t[1].published_unit)
      assert.equal("元", info.units.amount)
      assert.is_nil(t[1].nature)
      assert.same({ "dfh", 2022, "Y", "original", "income" }, { t[1].unit,
        t[1].year, t[1].period, t[1].version, t[1].flow })
    end)

  it("reads figures as they were written", function()
    local t = db:table "fact"
    local found = {}
    for i = 1, t:nrows() do found[t[i].id] = t[i] end
    assert.equal("21.83", tostring(found.F001.value))
    assert.equal(2, found.F001.scale)
    assert.equal(0, found.F002.scale)
    assert.equal("平方公里", found.F001.measure_unit)
    assert.equal("counted", found.C01.basis)
  end)

  it("knows the line of every row", function()
    local t = db:table "budget_line"
    assert.equal("dfh-report-2022/budget.csv", t[1].file_id)
    assert.equal(2, t[1].file_line)
    assert.equal(6, t[5].file_line)
    assert.equal("15", aid.sql(path, [[SELECT count(*) FROM source
      WHERE document_id = 'dfh-report-2022' AND imported_on = '2023-10-25']]))
  end)

  it("has a ledger that agrees with the tables", function()
    assert.equal("1", aid.sql(path, [[SELECT minor_sum =
      (SELECT sum(amount_fen) FROM budget_line) FROM source_sum]]))
    assert.equal("137", aid.sql(path,
      "SELECT sum(row_count) FROM source WHERE table_name = 'fact'"))
  end)

  it("leaves no reference hanging", function()
    assert.equal("", aid.sql(path, "PRAGMA foreign_key_check"))
  end)

  it("does nothing the second time", function()
    local before = aid.counts(path)
    local again = assert(db:import_unit(sample .. "/", {}))
    for _, file in ipairs(again.files) do
      assert.is_true(file.already)
      assert.equal(0, file.rows)
    end
    assert.equal(before, aid.counts(path))
  end)

  it("loads it anew when asked to", function()
    local before = aid.counts(path)
    local again = assert(db:import_unit(sample, { replace = true }))
    assert.equal(5, again.files[8].rows)
    assert.equal(before, aid.counts(path))
  end)

  it("refuses a file that has changed, until asked to replace", function()
    local dir = folder { ["budget.csv"] = function(text)
      return (text:gsub("1917,", "1918,"))
    end }
    local ok, message, code = db:import_unit(dir, {})
    assert.is_nil(ok)
    assert.equal(dir .. "/budget.csv has changed since it was imported: "
      .. "--replace loads the folder anew", message)
    assert.equal("data", code)
    assert(db:import_unit(dir, { replace = true }))
    assert.equal("1918000000", aid.sql(path, "SELECT amount_fen FROM "
      .. "budget_line WHERE version = 'executed' AND nature = 'basic'"))
    assert(db:import_unit(sample, { replace = true }))
  end)
end)

describe("a unit's folder", function()
  it("needs units.csv and budget.csv only, and then is counted in 万元",
    function()
      local dir = small { ["units.csv"] = units, ["budget.csv"] =
        "unit,year,period,version,flow,nature,amount\n"
        .. "u1,2023,Y,original,expense,basic,1.5\n" }
      local db = new_db()
      local result = assert(db:import_unit(dir, {}))
      assert.equal("small", result.document)
      assert.same({ "budget.csv: no column measure_unit, so the amounts are "
        .. "taken to be in 万元" }, result.notes)
      local t = db:table "budget_line"
      assert.equal("15000.00", tostring(t[1].amount))
      assert.equal("万元", t[1].published_unit)
    end)

  it("takes the unit that is given for it", function()
    local dir = small { ["units.csv"] = units, ["budget.csv"] =
      "unit,year,version,flow,amount\nu1,2023,original,income,1.5\n" }
    local db = new_db()
    local result = assert(db:import_unit(dir, { amount_unit = "元" }))
    assert.same({}, result.notes)
    assert.equal("1.50", tostring(db:table "budget_line"[1].amount))
  end)

  it("counts exactly in every unit", function()
    local dir = small { ["units.csv"] = units, ["budget.csv"] =
      "unit,year,version,flow,nature,amount,measure_unit\n"
      .. "u1,1,original,expense,,0.01,元\n"
      .. "u1,2,original,expense,,\"-1,234.56789\",千元\n"
      .. "u1,3,original,expense,,0.000001,万元\n"
      .. "u1,4,original,expense,,0.00000001,百万元\n"
      .. "u1,5,original,expense,,922337203.68,亿元\n"
      .. "u1,6,original,expense,,0,亿元\n"
      .. "u1,7,original,expense,,（12.50）万元,万元\n" }
    local db = new_db()
    assert(db:import_unit(dir, {}))
    assert.equal("0.01 -1234567.89 0.01 0.01 92233720368000000.00 0.00 "
      .. "-125000.00", (function()
      local t, parts = db:table "budget_line", {}
      for i = 1, t:nrows() do parts[i] = tostring(t[i].amount) end
      return table.concat(parts, " ")
    end)())
  end)

  local head = "unit,year,version,flow,nature,amount,measure_unit\n"
  local good = "u1,2022,original,expense,basic,1,万元\n"

  for _, case in ipairs {
    { "an amount that is none", "u1,2022,executed,expense,basic,1.5x,万元",
      '3: column "amount": "1.5x" is not a number' },
    { "part of a fen", "u1,2022,executed,expense,basic,0.001,元",
      '3: column "amount": "0.001" is not a whole number of fen (0.01 元)' },
    { "an amount too large", "u1,2022,executed,expense,basic,9223372037,亿元",
      '3: column "amount": "9223372037" is too large' },
    { "two units", "u1,2022,executed,expense,basic,5元,万元",
      '3: column "amount": "5元" has another unit than its row says' },
    { "an unknown unit", "u1,2022,executed,expense,basic,5,两",
      '3: column "amount": "两" is not a unit of money (元 千元 万元 百万元 '
      .. '亿元)' },
    { "no unit", "u1,2022,executed,expense,basic,5,",
      '3: column "amount": "5" has no unit of money' },
    { "no amount", "u1,2022,executed,expense,basic,,万元",
      '3: column "amount" must not be empty' },
    { "an unknown version", "u1,2022,final,expense,basic,5,万元",
      '3: column "version": "final" is not one of: original, adjusted, '
      .. "executed (年初预算, 年初预算数, 全年预算, 全年预算数, 调整后预算, "
      .. "全年执行数, 执行数, 决算数)" },
    { "a year that is none", "u1,22年,executed,expense,basic,5,万元",
      '3: column "year": "22年" is not a whole number' },
    { "an unknown unit", "u9,2022,executed,expense,basic,5,万元",
      '3: column "unit": there is no unit "u9"' },
    { "the same row twice", "u1,2022,original,expense,basic,1,万元",
      "3: a row with the same key is there already" },
    { "a row of the same key", "u1,2022,original,expense,basic,2,万元",
      "3: a row with the same key is there already" },
  } do
    it("names file, line and text of " .. case[1], function()
      local db, path = new_db()
      local dir = small { ["units.csv"] = units,
        ["budget.csv"] = head .. good .. case[2] .. "\n" }
      local ok, message, code = db:import_unit(dir, {})
      assert.is_nil(ok)
      assert.equal(dir .. "/budget.csv:" .. case[3], message)
      assert.equal("data", code)
      assert.is_nil(core.system.kind(path))
    end)
  end

  it("names the line, not the row", function()
    local db = new_db()
    local dir = small { ["units.csv"] = 'id,kind,name_zh,alias\n\n'
      .. 'u1,subdistrict,"甲\n街道",\r\n\nu2,vilage,乙,\n' }
    local _, message = db:import_unit(dir, {})
    assert.equal(dir .. '/units.csv:6: column "kind": "vilage" is not one of: '
      .. "subdistrict, village, community, office, grid1, grid2, grid3, group, "
      .. "owners_committee (街道, 乡镇, 村", message:match "^.-村")
  end)

  it("names the column that is missing", function()
    local db = new_db()
    local dir = small { ["units.csv"] = "id,kind,name\nu1,office,A\n" }
    local _, message = db:import_unit(dir, {})
    assert.equal(dir .. "/units.csv:1: no column 'name_zh' (did you mean "
      .. "'name'?)", message)
  end)

  it("checks references between files, in any order", function()
    local ok = small { ["units.csv"] = "id,parent_id,kind,name_zh\n"
      .. "a,b,office,A\nb,,subdistrict,B\n" }
    local db = new_db()
    assert(db:import_unit(ok, {}))
    local dir = folder { ["claims.csv"] = function(text)
      return (text:gsub("F025|F028", "F025|F999"))
    end }
    local _, message = db:import_unit(dir, {})
    assert.equal(dir .. '/claims.csv:5: column "fact_ids": there is no fact '
      .. '"F999"', message)
  end)

  it("takes a row that another folder brought as the same row", function()
    local db, path = new_db()
    local line = "u1,%s,original,expense,basic,1,万元\n"
    local first = small { ["units.csv"] = units,
      ["budget.csv"] = head .. line:format(2022) }
    local second = support.tempdir() .. "/second"
    core.system.mkdir(second)
    core.file.write(second .. "/units.csv", units)
    core.file.write(second .. "/budget.csv", head .. line:format(2023))
    assert(db:import_unit(first, {}))
    local result = assert(db:import_unit(second, {}))
    assert.same({ 0, 1 }, { result.files[1].rows, result.files[1].present })
    assert.equal("1|2", aid.sql(path,
      "SELECT (SELECT count(*) FROM unit), count(*) FROM budget_line"))
    core.file.write(second .. "/units.csv", (units:gsub("甲", "乙")))
    local _, message = db:import_unit(second, { replace = true })
    assert.equal(second .. '/units.csv:2: the id "u1" is there already, with '
      .. "other values", message)
    local _, refused = db:import_unit(small { ["units.csv"] =
      "id,kind,name_zh\nu7,office,A\nu7,office,A\n" }, { replace = true })
    assert.matches('units.csv:3: the id "u7" is there already$', refused)
  end)

  it("takes the document that a row names", function()
    local files = { ["units.csv"] = units,
      ["sources.csv"] = "id,title\nd1,One\nd2,Two\n",
      ["budget.csv"] = "source_id," .. head .. "d2," .. good .. ",u1,2023,"
        .. "original,expense,basic,1,万元\n" }
    local db = new_db()
    assert(db:import_unit(small(files), {}))
    local t = db:table "budget_line"
    assert.same({ "d2", "d1" }, { t[1].source_id, t[2].source_id })
    files["budget.csv"] = files["budget.csv"]:gsub("d2", "d3")
    local dir = small(files)
    local _, message = db:import_unit(dir, { replace = true })
    assert.equal(dir .. '/budget.csv:2: column "source_id": there is no '
      .. 'source "d3"', message)
  end)

  it("leaves nothing of a folder with one bad row", function()
    local db, path = new_db()
    assert(db:import("t", aid.table "a\n1\n"))
    local before = aid.counts(path)
    local dir = folder { ["list_items.csv"] = function(text)
      return text .. "villages,x,1,a,,,\n"
    end }
    local _, message = db:import_unit(dir, {})
    assert.matches('list_items.csv:81: column "seq": "x" is not a whole',
      message)
    assert.equal(before, aid.counts(path))
  end)

  it("tells which files it does not know", function()
    local dir = small { ["units.csv"] = units, ["other.csv"] = "a\n1\n",
      ["readme.txt"] = "x" }
    assert.same({ "other.csv: not a file of a unit's folder, left out" },
      new_db():import_unit(dir, {}).notes)
  end)

  it("is refused when it is none", function()
    local db = new_db()
    assert.matches("has no file of a unit's folder",
      (select(2, db:import_unit(support.tempdir(), {}))))
    assert.matches("No such file", (select(2, db:import_unit("/nowhere", {}))))
  end)

  it("may be written in another encoding, with other separators", function()
    local gb = "id;kind;name_zh\nu1;subdistrict;\xBC\xD7\xBD\xD6\xB5\xC0\n"
    local db = new_db()
    assert(db:import_unit(small { ["units.csv"] = gb }, {}))
    assert.equal("甲街道", db:table "unit"[1].name_zh)
  end)
end)

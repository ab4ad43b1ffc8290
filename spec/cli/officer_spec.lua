-- A unit's folder as an officer makes it: in a spreadsheet, in Chinese.

local ev = require "evalua"
local core = require "evalua.core"
local support = require "support"
local aid = require "support.store"

local UNITS = "id,kind,name_zh\nyh,学校　,英华学校\n,,\n"
local BUDGET = "unit,year,period,version,flow,nature,amount,measure_unit,"
  .. "qualifier,fact_id\n"
  .. "yh,2023,,年初预算数,支出,基本支出,\"1,000.00\",万元,,\n"
  .. "yh,2023,全年,全年预算数,支出,基本支出,950,万元,准确,\n"
  .. ",,,,,,,,,\n"
  .. "yh,2023,Y,执行数,支出, basic,940,万元,exact,\n"

local function folder(files)
  local dir = support.tempdir()
  for name, text in pairs(files) do
    local file = assert(io.open(dir .. "/" .. name, "wb"))
    file:write(text)
    file:close()
  end
  return dir
end

--- The same rows as a workbook.
local function workbook(dir, name, text)
  local types = {}
  local t = assert(ev.read_csv(support.write("rows.csv", text)))
  for _, column in ipairs(t:names()) do types[column] = "text" end
  t = assert(ev.read_csv(support.write("rows.csv", text), { types = types }))
  assert(t:write(dir .. "/" .. name))
end

local function run(args, dir) return support.evalua(args, { cwd = dir }) end

local function import(dir, db)
  return run({ "import", ".", "--db", db }, dir)
end

--- The rates of the report on execution, by the adjusted budget.
local function executed(dir, db)
  local got = run({ "report", "execution", "--db", db, "-O", "csv", "--lang",
    "zh" }, dir)
  assert.equal(0, got.code, got.err)
  return got.out:match "execution%.total%.rate_adjusted,[^,]*,([%d.]+)"
end

describe("a unit's folder", function()
  it("may have our codes in Chinese, blank rows and empty qualifiers",
    function()
      local dir = folder { ["units.csv"] = UNITS, ["budget.csv"] = BUDGET }
      local got = import(dir, "my.db")
      assert.equal(0, got.code, got.err)
      assert.matches("budget.csv: 3 rows", got.err, 1, true)
      assert.equal("98.947368", executed(dir, "my.db"))
      local audit = run({ "audit", ".", "-O", "csv" }, dir)
      assert.matches("\nU1,holds,high,\"?[./]*budget.csv:3,", audit.out)
    end)

  it("may be workbooks, and answers trace", function()
    local dir = folder {}
    workbook(dir, "units.xlsx", UNITS)
    workbook(dir, "budget.xlsx", BUDGET)
    local got = import(dir, "my.db")
    assert.equal(0, got.code, got.err)
    assert.equal("98.947368", executed(dir, "my.db"))
    local trace = run({ "trace", "execution", "--db", "my.db", "--figure",
      "execution.basic.executed", "-O", "csv" }, dir)
    assert.equal(0, trace.code, trace.err)
    assert.equal("", trace.err)
    assert.matches("budget%.xlsx,5,", trace.out)
    assert.equal(0, run({ "audit", "." }, dir).code)
    assert.matches("budget.xlsx:5", run({ "audit", ".", "-O", "csv" },
      dir).out, 1, true)
  end)

  it("says what an unknown word may be, in both", function()
    local dir = folder { ["units.csv"] = UNITS,
      ["budget.csv"] = BUDGET:gsub(",基本支出,950", ",基本,950") }
    local got = import(dir, "my.db")
    assert.equal(2, got.code)
    assert.equal("evalua: ./budget.csv:3: column \"nature\": \"基本\" is not "
      .. "one of: basic, project, contingency, interest (基本支出, 项目支出, "
      .. "预备费, 债务付息)\n", got.err)
    assert.is_nil(core.system.kind(dir .. "/my.db"))
  end)

  it("has no column written wrong", function()
    local dir = folder { ["units.csv"] = UNITS,
      ["budget.csv"] = BUDGET:gsub("nature", "natur") }
    local got = import(dir, "my.db")
    assert.equal(2, got.code)
    assert.equal("evalua: ./budget.csv:1: unknown column 'natur' (did you mean "
      .. "'nature'?)\n", got.err)
  end)

  it("is named where a file of it has gone or is another one", function()
    local dir = folder { ["units.csv"] = UNITS, ["budget.csv"] = BUDGET }
    assert.equal(0, import(dir, "my.db").code)
    local ask = { "trace", "execution", "--db", "my.db", "--figure",
      "execution.basic.executed", "-O", "csv" }
    local file = assert(io.open(dir .. "/budget.csv", "a"))
    file:write("yh,2023,Y,执行数,支出,项目支出,7,万元,,\n")
    file:close()
    local got = run(ask, dir)
    assert.equal(0, got.code)
    assert.equal("'./budget.csv' is not what was imported: places are named, "
      .. "but not what stands in them\n", got.err)
    assert.matches("/budget.csv,", got.out, 1, true)
    os.remove(dir .. "/budget.csv")
    got = run(ask, dir)
    assert.equal(0, got.code)
    assert.equal("'./budget.csv' is not there: places are named, but not what "
      .. "stands in them\n", got.err)
  end)

  it("has words for codes that there are", function()
    local store, path = aid.new()
    store:close()
    local tags = support.read(support.root .. "/data/indicators/parts.csv")
      :gsub("tag=([%l_]+)", "'%1'") -- any text is a tag; these mean something
    local rows = ev.read_csv("data/classifications/unit_words.csv"):to_rows()
    assert.is_true(#rows > 50)
    for _, row in ipairs(rows) do
      local sql = aid.sql(path, ("SELECT sql FROM sqlite_schema WHERE name = '%s'")
        :format(row.table))
      local codes = sql:match("CHECK%(" .. row.column .. "%s+IN(%b())")
        or sql:match("CHECK%((" .. row.column .. " = 'Y' OR .-)%s+CHECK")
        or row.column == "tag" and tags or ""
      assert.is_truthy(codes:find("'" .. row.value .. "'", 1, true),
        ("%s.%s: %s"):format(row.table, row.column, row.value))
    end
  end)
end)

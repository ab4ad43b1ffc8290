-- audit without rules: tables, folders; the words foot, cross_foot,
-- tie_out.

local audit = require "evalua.audit"
local ev = require "evalua"
local support = require "support"

local D = ev.decimal

--- Findings as "kind outcome place", sorted by nothing.
local function found(t)
  local list = {}
  for i, row in t:rows() do
    list[i] = ("%s %s %s"):format(row.kind, row.outcome,
      (row.place or "-"):gsub("^[^:]*:", ""))
  end
  return list
end

local function audit_csv(text, name)
  return assert(audit.run(support.write(name or "t.csv", text)))
end

local GOOD = [[
项目,基本支出,项目支出,合计,执行数,执行率
教育,10.50,20.00,30.50,30.00,98.36
卫生,5.25,4.75,10.00,9.00,90.00
小计,15.75,24.75,40.50,39.00,96.30
其中：本级,1.00,1.00,2.00,1.00,50.00
交通,1.00,2.00,3.00,3.00,100.00
合计,16.75,26.75,43.50,42.00,96.55
]]

describe("a table", function()
  it("whose totals are right has nothing that fails", function()
    for _, row in audit_csv(GOOD):rows() do
      assert.equal("holds", row.outcome, row.arithmetic)
    end
  end)

  --- Text, its replacement, and the findings that fail.
  local cases = {
    { "16.75", "16.76", { "cross-foot fails 7", "foot fails 7" } },
    { "教育,10.50", "教育,10.51", { "cross-foot fails 2", "foot fails 4",
      "foot fails 7" } },
    { "9.00,90.00", "9.00,90.01", { "rate fails 3" } },
    { "合计,16.75,26.75,43.50,42.00", "合计,16.75,26.75,43.50,42.01",
      { "foot fails 7", "rate fails 7" } },
    { "交通,1.00,2.00,3.00", "交通,1.00,,3.00", { "foot undecided 7",
      "cross-foot undecided 6" } },
  }
  for _, case in ipairs(cases) do
    it("shows where " .. case[1] .. " became " .. case[2], function()
      local text, n = GOOD:gsub((case[1]:gsub("%p", "%%%0")), case[2], 1)
      assert.equal(1, n)
      local bad = {}
      for _, line in ipairs(found(audit_csv(text))) do
        if not line:find "holds" then bad[#bad + 1] = line end
      end
      table.sort(bad)
      table.sort(case[3])
      assert.same(case[3], bad)
    end)
  end

  it("is read from any line on, and places are lines of the file", function()
    local t = audit_csv("标题\n\n" .. GOOD:gsub("16.75", "16.76"))
    for _, row in t:rows() do
      if row.outcome == "fails" then
        assert.equal("t.csv:9", row.place)
      end
    end
  end)

  it("has total rows above or below, and grand totals of totals", function()
    local t = audit_csv "item,x\n合计,6\na,1\nb,2\nc,3\n"
    assert.same({ "foot holds 2" }, found(t))
    t = audit_csv("item,x\na,1\nb,2\n合计,3\nc,4\n合计,4\n总计,7\n")
    assert.same({ "foot holds 4", "foot holds 6", "foot holds 7" }, found(t))
    t = audit_csv("item,x\na,1\nTotal,1\n小计,0\n")
    assert.equal("foot holds 3", found(t)[1])
  end)

  it("has totals of amounts, not of numbers of rows or years", function()
    local t = audit_csv("dept,序号,预算年度,dept_id,paid,全年\na,1,2023,7,2,4\n"
      .. "b,2,2023,8,6,8\n合计,9,2023,9,9,12\n")
    assert.same({ "foot fails 4", "foot holds 4" }, found(t))
  end)

  it("has each id once, and no row twice", function()
    local t = audit_csv("id,x\n1,5\n2,6\n3,6\n4,5\n5,7\n2,8\n")
    assert.same({ "duplicate fails 3; t.csv:7" }, found(t))
    t = audit_csv("a,x\np,5\nq,6\np,5\nr,9\n")
    assert.same({ "duplicate flag 2; t.csv:4" }, found(t))
  end)

  it("says a thing once: the same labels with other figures are shown",
    function()
      local t = audit_csv "项目,年度,x\na,2023,5\nb,2023,6\na,2023,7\n"
      assert.same({}, found(t)) -- one of two things comes back
      t = audit_csv("项目,年度,x\na,2023,5\nb,2023,6\na,2023,7\nc,2023,1\n"
        .. "d,2023,1\na,2024,9\n")
      assert.same({ "restated flag 2; t.csv:4" }, found(t))
    end)

  it("is not footed over figures in different units", function()
    assert.same({}, found(audit_csv("name,value,measure_unit\na,1,个\n"
      .. "b,2,万元\n合计,9,户\n")))
  end)

  it("keeps exact sums: 0.1 ten times is 1", function()
    local rows = {}
    for i = 1, 10 do rows[i] = "r" .. i .. ",0.1\n" end
    local t = audit_csv("item,x\n" .. table.concat(rows) .. "合计,1.0\n")
    assert.same({ "foot holds 12" }, found(t))
    assert.equal("Σ10 = 1.0", t[1].arithmetic)
  end)

  it("that is empty, or of texts, has no finding", function()
    assert.equal(0, audit_csv "a,b\nx,y\n":nrows())
    local got = support.evalua { "audit", support.write("e.csv", "") }
    assert.equal(2, got.code)
  end)

  it("takes no rules file", function()
    local got = support.evalua { "audit", support.write("t.csv", GOOD),
      "--rules", "data/audit/example/rules.csv" }
    assert.equal(2, got.code)
    assert.matches("--rules are for a unit's folder or a report's text",
      got.err, 1, true)
  end)

  it("exits with 1 in the program, 0 when nothing fails", function()
    local bad = support.write("t.csv", (GOOD:gsub("16.75", "16.76")))
    assert.equal(1, support.evalua({ "audit", bad }).code)
    local good = support.evalua { "audit", support.write("t.csv", GOOD),
      "--lang", "zh" }
    assert.equal(0, good.code)
    assert.matches("相符的行数：6", good.out, 1, true)
  end)
end)

describe("a table whose totals are of other rows", function()
  --- Blocks of two parts and a total; the total of a block is right when
  --- `is_right(i)` says so.
  local function blocks(n, is_right)
    local lines = { "item,amount\n" }
    for i = 1, n do
      lines[#lines + 1] = ("a%d,%d.00\nb%d,2.00\n合计,%d.00\n"):format(i, i, i,
        i + (is_right(i) and 2 or 7))
    end
    return found(audit_csv(table.concat(lines)))
  end

  local function count(list, wanted)
    local n = 0
    for _, text in ipairs(list) do
      n = n + (text:find(wanted, 1, true) and 1 or 0)
    end
    return n
  end

  it("is said to be so once, not row by row", function()
    local got = blocks(8, function(i) return i == 1 end)
    assert.equal(0, count(got, "foot fails"))
    assert.equal(1, count(got, "foot undecided"))
  end)

  it("has each wrong total named where most are right", function()
    local got = blocks(8, function(i) return i > 2 end)
    assert.equal(2, count(got, "foot fails"))
    assert.equal(6, count(got, "foot holds"))
  end)

  it("has a few wrong totals named, whatever the others are", function()
    assert.equal(2, count(blocks(2, function() return false end),
      "foot fails"))
  end)
end)

describe("t:foot, t:cross_foot, t:tie_out, t:audit", function()
  local t = ev.table { { k = "a", x = D "1", y = D "2", z = D "3" },
    { k = "b", x = D "4", y = D "5", z = D "8" },
    { k = "all", x = D "5", y = D "7", z = D "11" } }

  it("foot what they are told", function()
    local rows = t:foot { label = "k", total = "all", columns = { "x", "z" } }
    assert.same({ "foot holds row 3", "foot holds row 3" }, found(rows))
    assert.equal("1 + 4 = 5", rows[1].arithmetic)
  end)

  it("cross-foot with signs", function()
    local rows = t:cross_foot { total = "z", parts = { "x", "y" } }
    assert.equal("fails", rows[1].outcome)
    assert.equal("4 + 5 = 9 ≠ 8 (difference −1)", rows[1].arithmetic)
    rows = t:cross_foot { total = "x", parts = { "z", "-y" } }
    assert.equal("8 + (−5) = 3 ≠ 4 (difference 1)", rows[1].arithmetic)
  end)

  it("tie out two tables by their sums", function()
    local other = ev.table { { k = "a", v = D "1.00" }, { k = "b", v = D "3" },
      { k = "b", v = D "2" }, { k = "c", v = D "9" } }
    local rows = t:where "k ~= 'all'":tie_out(other, { by = "k", value = "x",
      other_value = "v" })
    local list = {}
    for i, row in rows:rows() do
      list[i] = row.name .. " " .. row.outcome .. " " .. row.arithmetic
    end
    assert.same({ "a holds 1 = 1.00", "b fails 4 ≠ 5.00 (difference −1.00)",
      "c undecided – ≠ 9.00" }, list)
  end)

  it("raise on wrong use, with the name", function()
    assert.has_error(function() t:foot { labels = "k" } end,
      "foot: no option 'labels' (did you mean 'label'?)")
    assert.has_error(function() t:cross_foot { total = "z" } end,
      "cross_foot: the options 'total' and 'parts' are needed")
    assert.has_error(function() t:tie_out({}, {}) end,
      "tie_out: a table was expected, not a table")
    assert.has_error(function() t:cross_foot { total = "q", parts = "x" } end)
    assert.has_error(function() ev.audit(5) end,
      "audit: a path or a table was expected, not a number")
  end)

  it("say what was looked for where nothing was found", function()
    local function notes(text)
      local checks, why = ev.audit(ev.read_csv(support.write("t.csv", text)))
      assert.equal(0, checks:nrows())
      return table.concat(why, "\n")
    end
    local plain = notes "unit,a,b\nx,1,2\ny,3,4\n"
    assert.matches("no row is labelled as a total", plain, 1, true)
    assert.matches("no column is named as a total", plain, 1, true)
    assert.matches("no two rows are the same; no column is named as an id",
      plain, 1, true)
    assert.matches("make up column 'total'", notes(
      "unit,a,b,total\nx,1,2,9\ny,3,4,8\n"), 1, true)
    local path = support.write("p.csv", "unit,a\nx,1\ny,3\n")
    local got = support.evalua { "audit", path }
    assert.equal(0, got.code)
    assert.matches("0 checks.*no row is labelled as a total", got.out)
    local zh = support.evalua { "audit", path, "--lang", "zh" }
    assert.is_nil(zh.out:find("no %a"))
  end)

  it("say nothing of it where something was found", function()
    local _, why = ev.audit(ev.read_csv(support.write("t.csv", GOOD)))
    assert.same({}, why)
  end)

  it("audit a table", function()
    local rows = ev.audit(ev.read_csv(support.write("t.csv", GOOD)))
    assert.is_true(rows:nrows() > 5)
    assert.equal(rows:nrows(),
      ev.read_csv(support.write("t.csv", GOOD)):audit():nrows())
  end)
end)

describe("a database that a unit was imported into", function()
  local db = support.tempdir() .. "/u.db"
  local sample = "data/dongfanghong-2022"

  setup(function()
    local got = support.evalua { "import", sample, "--db", db }
    assert.equal(0, got.code, got.err)
  end)

  local function outcomes(t)
    local list = {}
    for _, row in t:rows() do
      list[row.id] = row.outcome .. " " .. tostring(row.arithmetic)
    end
    return list
  end

  it("is audited as its folder is", function()
    local rules = sample .. "/rules.csv"
    assert.same(outcomes(assert(audit.folder(sample))),
      outcomes(assert(audit.run(db, { rules = rules }))))
  end)

  it("must hold a unit, or a table must be named", function()
    local other = support.tempdir() .. "/t.db"
    local file = support.write("t.csv", "a,b\nx,1\n")
    support.evalua { "import", file, "--db", other, "--table", "t" }
    local got = support.evalua { "audit", other }
    assert.equal(2, got.code)
    assert.matches("t.db' holds no unit: name a table of it with --table",
      got.err, 1, true)
    assert.matches("中没有单位资料", support.evalua { "audit", other, "--lang",
      "zh" }.err, 1, true)
  end)

  it("names its documents when there are several, and one unknown", function()
    local t, message = audit.run(db, { document = "x" })
    assert.is_nil(t)
    assert.equal("there is no document 'x'; there are: dfh-report-2022",
      message)
    support.evalua { "import", "data/audit/example", "--db", db }
    t, message = audit.run(db)
    assert.is_nil(t)
    assert.matches("holds several documents, name one with --document: "
      .. "dfh-report-2022, example", message, 1, true)
    t = assert(audit.run(db, { document = "example" }))
    assert.equal("holds", t[1].outcome)
  end)
end)

describe("a folder with a file of its own", function()
  it("has it as a table for rules", function()
    local dir = support.tempdir()
    local function put(name, text)
      local file = assert(io.open(dir .. "/" .. name, "wb"))
      file:write(text)
      file:close()
    end
    put("units.csv", support.read("data/audit/example/units.csv"))
    put("cars.csv", "plate,cost,measure_unit\nA1,2.5,万元\nA2,1.5,万元\n")
    put("rules.csv", "id,kind,check\nA,sum,sum(cars.cost) = 4\n"
      .. "B,coverage,count(cars) = 3\nC,sum,sum(bikes.cost) = 4\n")
    local t = assert(audit.folder(dir))
    assert.equal("holds 2.5 + 1.5 = 4", t[1].outcome .. " " .. t[1].arithmetic)
    assert.equal("fails", t[2].outcome)
    assert.equal("undecided", t[3].outcome)
  end)
end)

describe("a folder without rules", function()
  it("is audited by those for any unit", function()
    local dir = support.tempdir()
    for _, name in ipairs { "budget", "units" } do
      local file = assert(io.open(dir .. "/" .. name .. ".csv", "wb"))
      file:write(support.read("data/audit/example/" .. name .. ".csv"))
      file:close()
    end
    local t, notes = audit.folder(dir)
    local outcomes = {}
    for _, row in t:rows() do outcomes[row.id] = row.outcome end
    assert.equal("holds", outcomes.U1)
    assert.equal("flag", outcomes.U2)
    assert.equal("undecided", outcomes.U4)
    assert.matches("has no rules.csv", notes[#notes], 1, true)
  end)

  it("names a period that is none", function()
    local dir = support.tempdir()
    local file = assert(io.open(dir .. "/budget.csv", "wb"))
    file:write((support.read("data/audit/example/budget.csv"):gsub(",Y,",
      ",–,", 1)))
    file:close()
    local got = support.evalua { "audit", dir, "--lang", "zh" }
    assert.equal(2, got.code)
    assert.matches("budget.csv:2: 列“period”：“–”不在允许的值之中：Y, Q1 to Q4",
      got.err, 1, true)
  end)
end)

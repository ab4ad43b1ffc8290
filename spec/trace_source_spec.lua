-- trace: figures of variances, reports, audits and texts down to their lines;
-- what is traced adds up to the figure.

local ev = require "evalua"
local lfs = require "lfs"
local origin = require "evalua.origin"
local report = require "evalua.report"
local support = require "support"
local trace = require "evalua.trace"
local trace_report = require "evalua.trace_report"
local yinghua = require "support.yinghua"
local trace_source = require "evalua.trace_source"

local D = ev.decimal

--- Σ weight · value of the rows on the level below `level`, of one figure.
local function add_up(t, figure, level)
  local sum = D "0"
  for _, row in t:rows() do
    if row.figure == figure and row.level == level + 1 and row.source then
      sum = sum + D(row.value) * row.weight
    end
  end
  return sum
end

describe("the trace of a variance", function()
  local lines = { "区划,kind,budget,spent,note\n" }
  local n = 0
  math.randomseed(11)
  for i = 1, 60 do
    if i % 17 == 0 then lines[#lines + 1] = "\n" end
    local note = i % 9 == 0 and '"two\nlines"' or "x"
    lines[#lines + 1] = ("%s,%s,%s,%d.%02d,%s\n"):format(
      ({ "东", "西", "北" })[math.random(3)], ({ "a", "b" })[math.random(2)],
      i % 7 == 0 and "" or ("%d.5"):format(math.random(-99, 999)),
      math.random(0, 999), math.random(0, 99), note)
  end
  local path = support.write("v.csv", table.concat(lines))

  it("adds up to what variance says, for each group", function()
    local t = ev.read_csv(path)
    for _, row in t:variance { by = { "区划", "kind" }, base = "budget",
      actual = "spent" }:rows() do
      local ledger = assert(trace_source.ledger(path, { base = "budget",
        actual = "spent", by = { "区划", "kind" },
        row = { row["区划"], row.kind } }))
      for _, side in ipairs { "base", "actual" } do
        local found = trace.table(ledger, side)
        assert.equal(row[side] or D "0", add_up(found, side, 0))
        n = n + found:nrows() - 1
      end
      assert.equal(row.variance, ledger.figures.variance.value)
      assert.equal(row.rate_pct, ledger.figures.rate_pct.value)
    end
    assert.is_true(n > 100)
  end)

  it("names the physical lines, whatever was skipped above", function()
    local text = {}
    for line in support.read(path):gmatch "([^\n]*)\n" do
      text[#text + 1] = line
    end
    local from = assert(origin.open(path, { where = "kind == 'a'" }))
    local spent = from.table:column "spent"
    for i = 1, from.table:nrows() do
      local line = text[from:part(i, "spent").line]
      assert.matches("," .. tostring(spent[i]) .. ",", line, 1, true)
    end
  end)

  it("counts the objects of a json file, not its lines", function()
    local json = support.write("x.json", '[\n{"a":1}\n]\n')
    assert.equal(1, assert(origin.open(json)):part(1, "a").line)
  end)

  it("works in the long form, on the command line, in both languages",
    function()
      local args = { "trace", "data/dongfanghong-2022/budget.csv", "--phase",
        "version", "--amount", "amount", "--base", "original", "--actual",
        "executed", "--by", "nature", "--row", "project", "-O", "csv" }
      local got = support.evalua(args)
      assert.equal(0, got.code, got.err)
      assert.matches("\n0,variance,executed − original,2617.51,,sum,", got.out,
        1, true)
      assert.matches("\n2,actual,,4680.28,,,,1,data/dongfanghong-2022/"
        .. "budget.csv,6,,,amount,,", got.out, 1, true)
      assert.matches("\n2,base,,2062.77,,,,1,data/dongfanghong-2022/"
        .. "budget.csv,4,,,amount,,", got.out, 1, true)
    end)

  it("is a method and a function", function()
    local t = ev.table { { k = "a", x = D "1.5", y = D "2" },
      { k = "b", x = D "3", y = D "4" } }
    local found = t:trace { by = "k", row = "b", base = "x", actual = "y" }
    assert.equal("1.0", found[1].value)
    assert.equal("4.5", ev.trace(t, { value = "x" })[1].value)
    assert.equal(2, found[3].line)
    assert.has_error(function() t:trace { bass = "x" } end,
      "trace: no option 'bass' (did you mean 'base'?)")
    assert.has_error(function() t:trace { base = "x" } end,
      "trace: trace what? name --value COL, or --base COL and --actual COL")
  end)

  it("says what is wrong", function()
    local cases = {
      { { "--by", "kind", "--row", "a,b", "--value", "spent" },
        "--row names 2 keys, --by 1 columns" },
      { { "--by", "kind", "--row", "z", "--value", "spent" },
        "no row has the keys z" },
      { { "--value", "spend" }, "no column 'spend'" },
      { { "--value", "note" }, "is not a number" },
      { {}, "trace what? name --value COL" },
      { { "--value", "spent", "--figure", "x" }, "there is no figure 'x'" },
    }
    for _, case in ipairs(cases) do
      local got = support.evalua { "trace", path, table.unpack(case[1]) }
      assert.equal(2, got.code)
      assert.matches(case[2], got.err, 1, true)
    end
  end)
end)

describe("the trace of a workbook", function()
  it("names sheet and cell", function()
    local t = ev.table { columns = { item = { "甲", "乙", "丙" },
      amount = { D "1.10", D "2.20", D "3.30" } }, order = { "item", "amount" } }
    local path = support.tempdir() .. "/b.xlsx"
    local ok = t:write(path)
    if not ok then return pending "no writer of workbooks" end
    local found, message = ev.trace(path, { value = "amount",
      where = "item ~= '乙'" })
    assert.is_truthy(found, message)
    assert.equal("4.4", tostring(D(found[1].value):trim()))
    assert.equal("B2", found[2].cell)
    assert.equal("B4", found[3].cell)
  end)
end)

describe("the trace of a canned report", function()
  local names = {}
  for file in lfs.dir "scripts" do
    local name = file:match "^([%w_%-]+)%.lua$"
    if name and report.find(name).of_unit then names[#names + 1] = name end
  end
  table.sort(names)

  for _, name in ipairs(names) do
    it("follows every figure of " .. name .. " to lines that are there",
      function()
        local ledger = assert(trace_report.ledger(name, { lang = "zh" }))
        local sums = 0
        for _, id in ipairs(ledger.order) do
          local figure = ledger.figures[id]
          for _, part in ipairs(figure.parts) do
            assert.is_truthy(part.source, id)
            assert.is_truthy(part.line, id)
          end
          if figure.operation == "sum" and #figure.parts > 0 then
            sums = sums + 1
            assert.equal(figure.value, ledger:sum(figure), id)
          end
        end
        if name == "execution" then assert.is_true(sums >= 6) end
      end)
  end

  it("works out rates again, from amounts in several units", function()
    local dir = yinghua.folder { ["indicators.csv"] = false,
      ["facts.csv"] = false, ["budget.csv"] =
      "unit,year,period,version,flow,nature,amount,measure_unit\n"
      .. "yh,2024,Y,original,expense,basic,10000,万元\n"
      .. "yh,2024,Y,original,expense,project,50000000,元\n"
      .. "yh,2024,Y,executed,expense,basic,0.9,亿元\n"
      .. "yh,2024,Y,executed,expense,project,30000000,元\n" }
    for name, id in pairs { execution = "execution.total.rate_original",
      selfeval = "row1" } do
      local ledger = assert(trace_report.ledger(name, { folder = dir,
        lang = "en" }))
      local figure, sums = ledger.figures[id], {}
      for _, part in ipairs(figure.parts) do
        sums[part.role] = (sums[part.role] or 0) + part.value
      end
      assert.is_true((sums.executed * 100):eq(sums.original * 80), name)
      assert.equal("80", tostring(figure.value))
    end
  end)

  it("has the number of a list as its list states it", function()
    local ledger = assert(trace_report.ledger("profile", { lang = "en" }))
    local figure = ledger.figures["systems.stated"]
    assert.equal("6", tostring(figure.value))
    assert.equal("6", tostring(figure.parts[1].value))
  end)

  it("is asked for by its name", function()
    local got = support.evalua { "trace", "execution", "--figure",
      "execution.total.original", "-O", "csv" }
    assert.equal(0, got.code, got.err)
    assert.matches("0,execution.total.original,Total: Original budget,4263.67,",
      got.out, 1, true)
    assert.matches("budget.csv,3,,,amount", got.out, 1, true)
    assert.matches("budget.csv,4,,,amount", got.out, 1, true)
    got = support.evalua { "trace", "selfeval", "--figure", "total", "-O", "csv" }
    assert.matches("0,total,Total points,10,,sum", got.out, 1, true)
    assert.matches("10,,,row1,1,", got.out, 1, true)
    got = support.evalua { "trace", "execution", "--figure", "x" }
    assert.equal(2, got.code)
    assert.matches("there is no figure 'x'; there are: execution.basic",
      got.err, 1, true)
  end)

  it("finds the files that a database was made from", function()
    local db = support.tempdir() .. "/u.db"
    local got = support.evalua { "import", "data/dongfanghong-2022", "--db",
      db }
    assert.equal(0, got.code, got.err)
    got = support.evalua { "trace", "execution", "--db", db, "--figure",
      "execution.basic.executed", "-O", "csv" }
    assert.equal(0, got.code, got.err)
    assert.matches(",1917,,,executed,1,data/dongfanghong-2022/budget.csv,5,",
      got.out, 1, true)
    got = support.evalua { "trace", "plan", "--db", db, "--unit", "x" }
    assert.equal(2, got.code)
    assert.matches("there is no unit 'x'; there are: dfh", got.err, 1, true)
    got = support.evalua { "trace", "plan", "--db", db, "--year", "1999" }
    assert.matches("has nothing of 1999; there are: 2022, 2023", got.err, 1,
      true)
  end)
end)

describe("the trace of an audit and of a text", function()
  it("names the rows that a rule looked at", function()
    local got = support.evalua { "trace", "data/dongfanghong-2022",
      "--figure", "P1", "-O", "csv" }
    assert.equal(0, got.code, got.err)
    assert.matches("facts.csv,97,,,value,,满意率99.2%", got.out, 1, true)
    assert.matches("facts.csv,96,,,value,", got.out, 1, true)
  end)

  it("names phrase and byte of a figure of a text", function()
    local path = support.write("r.txt", "一、概况\n面积5亩，人口3万人\n")
    local got = support.evalua { "trace", path, "--figure", "2", "-O", "csv" }
    assert.equal(0, got.code, got.err)
    assert.matches("exact,1," .. path .. ",2,,,,26,人口3万人", got.out, 1, true)
  end)
end)

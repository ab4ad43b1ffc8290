-- a unit's year: which unit, which year, and what belongs to it.

local ev = require "evalua"
local support = require "support"
local yinghua = require "support.yinghua"

local function problem(changes, opts)
  opts = opts or {}
  opts.folder = yinghua.folder(changes)
  local year, message, code = ev.unit_year(opts)
  assert.is_nil(year)
  assert.is_string(code)
  return message
end

describe("ev.unit_year", function()
  it("reads the shipped sample unit when nothing is named", function()
    local year = assert(ev.unit_year {})
    assert.equal("dfh", year.unit.id)
    assert.equal(2022, year.year)
    assert.equal("万元", year.money_unit)
    assert.equal(64, #year.indicators)
    assert.equal(2023, year.plan_year)
  end)

  it("finds a unit by id, name or short form", function()
    for _, name in ipairs { "yh", "樱花街道办事处", "樱花街道",
      "Yinghua Sub-district Office" } do
      local year = assert(ev.unit_year { folder = yinghua.folder(),
        unit = name })
      assert.equal("yh", year.unit.id)
    end
    assert.equal("there is no unit 'x'; there are: yh (樱花街道办事处)",
      problem(nil, { unit = "x" }))
  end)

  it("asks which of several units is meant", function()
    local two = { ["units.csv"] = function(text)
      return text .. "zz,,,subdistrict,梅花街道,,,\n"
    end, ["budget.csv"] = function(text)
      return text .. "zz,2023,Y,original,expense,basic,,5,万元\n"
    end }
    assert.equal("which unit? name one with --unit: yh (樱花街道办事处), "
      .. "zz (梅花街道)", problem(two))
    local year = assert(ev.unit_year { folder = yinghua.folder(two),
      unit = "zz" })
    assert.equal(1, #year.budget)
  end)

  it("finds a figure that another unit reports", function()
    local year = yinghua.year({ ["facts.csv"] = function(text)
      return text .. "zz-F1,yh-v1,2023,results,work,村里植树,,7,棵,"
        .. "approx_above,,,stated\n"
    end, ["indicators.csv"] = function(text)
      return text .. "yh-I8,yh,2023,r1,产出,数量,植树,ge,5,棵,zz-F1,,,\n"
    end })
    assert.equal(6, #year:figures "results")
    local items = assert(ev.indicator(year))
    assert.equal("7", tostring(items[8].actual))
    assert.is_true(items[8].met)
  end)

  it("takes the last year with money, or the one asked for", function()
    assert.equal(2023, yinghua.year().year)
    assert.equal(2022, yinghua.year(nil, { year = 2022 }).year)
    assert.equal("unit 'yh' has nothing of 1999; there are: 2022, 2023",
      problem(nil, { year = 1999 }))
  end)

  it("allows two parents, and finds the unit below either", function()
    local year = yinghua.year()
    assert.equal(1, #year:below "grid1")
    assert.equal(1, #year:children "grid1")
    year = yinghua.year(nil, { unit = "yh-c1", year = 2023 })
    assert.equal(1, #year:children "grid1")
  end)

  it("refuses units above each other in a circle", function()
    assert.matches("/units.csv:2: the units yh, yh%-v1 are above each other in a "
      .. "circle$", problem { ["units.csv"] = function(text)
        return (text:gsub("yh,,,subdistrict", "yh,yh-v1,,subdistrict"))
      end })
    -- by the second parent, of a unit that nothing is asked of
    assert.matches("/units.csv:7: the units yh%-g are above each other",
      problem { ["units.csv"] = function(text)
        return (text:gsub("yh%-g,yh,yh%-c1", "yh-g,yh,yh-g"))
      end })
  end)

  it("keeps amounts in the unit they were published in", function()
    local year = yinghua.year { ["budget.csv"] = function(text)
      return (text:gsub("万元", "元"))
    end }
    assert.equal("元", year.money_unit)
    local mixed = yinghua.year { ["budget.csv"] = function(text)
      return (text:gsub("basic,,61,万元", "basic,,610000,元"))
    end }
    assert.equal("元", mixed.money_unit)
    local funds = require("evalua.performance.funds").of_year(mixed)
    assert.equal("1045000.00", tostring(funds.executed))
  end)

  it("adds up months and quarters, but never with the year", function()
    local money = require "evalua.performance.money"
    local head = "unit,year,period,version,flow,nature,amount,measure_unit\n"
    local function total(rows)
      local year = yinghua.year({ ["budget.csv"] = head .. rows })
      return tostring(money.amount(year.budget, { flow = "expense",
        version = "executed" })), money.months(year.budget)
    end
    local months = "yh,2023,M01,executed,expense,basic,1,万元\n"
      .. "yh,2023,M02,executed,expense,basic,2.5,万元\n"
    local sum, last = total(months)
    assert.equal("3.50", sum)
    assert.equal(2, last)
    sum, last = total(months .. "yh,2023,Q1,executed,expense,basic,9,万元\n")
    assert.equal("3.50", sum)
    assert.equal(2, last)
    sum, last = total(months .. "yh,2023,Y,executed,expense,basic,40,万元\n")
    assert.equal("40.00", sum)
    assert.equal(12, last)
  end)

  it("reads a database that was imported", function()
    local path = support.tempdir() .. "/u.db"
    local got = support.evalua { "import", yinghua.folder(), "--db", path }
    assert.equal(0, got.code, got.err)
    local year = assert(ev.unit_year { db = path })
    assert.equal("yh", year.unit.id)
    assert.equal(7, #year.indicators)
  end)

  it("says what is wrong with a source", function()
    local year, message = ev.unit_year { db = "/nowhere/x.db" }
    assert.is_nil(year)
    assert.matches("cannot open '/nowhere/x.db'", message, 1, true)
    year, message = ev.unit_year { folder = support.tempdir() }
    assert.is_nil(year)
    assert.matches("has no file of a unit's folder", message, 1, true)
    local other = support.tempdir() .. "/o.db"
    assert.equal(0, support.run { "sqlite3", other,
      "create table t(a)" }.code)
    year, message = ev.unit_year { db = other }
    assert.is_nil(year)
    assert.matches("is not a database of evalua", message, 1, true)
  end)

  it("has no year where there is nothing", function()
    assert.matches("name the year with --year", problem({
      ["budget.csv"] = false, ["indicators.csv"] = false,
      ["facts.csv"] = false }), 1, true)
  end)
end)

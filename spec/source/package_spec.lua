-- Fiscal Data Packages in and out.

local ev = require "evalua"
local core = require "evalua.core"
local lfs = require "lfs"
local support = require "support"

--- A package in a folder of its own; files = {name = bytes}.
local function package(descriptor, files)
  local dir = support.tempdir()
  lfs.mkdir(dir .. "/data")
  files["datapackage.json"] = descriptor
  for name, bytes in pairs(files) do
    local file = assert(io.open(dir .. "/" .. name, "wb"))
    file:write(bytes)
    file:close()
  end
  return dir .. "/datapackage.json"
end

local CSV = "code;name;up;2021;2022\n007;Parks;00;1,5;2\n008;Roads;00;n/p;3\n"

local V03 = [[{ "name": "p", "title": "Budget of X", "countryCode": "XX",
  "resources": [ { "name": "r", "path": "data/a.csv",
    "dialect": { "delimiter": ";" },
    "schema": { "missingValues": ["", "n/p"], "fields": [
      { "name": "code", "type": "string" }, { "name": "name", "type": "string" },
      { "name": "up", "type": "string" },
      { "name": "2021", "type": "number", "decimalChar": "," },
      { "name": "2022", "type": "number", "decimalChar": "," } ] } } ],
  "model": { "measures": {
      "last": { "source": "2021", "currency": "EUR", "factor": 1000,
        "phase": "executed", "direction": "expenditure" },
      "this": { "source": "2022", "currency": "EUR", "phase": "approved" } },
    "dimensions": { "service": { "dimensionType": "classification",
      "primaryKey": ["code"], "attributes": {
        "code": { "source": "code", "parent": "up" },
        "up": { "source": "up" },
        "name": { "source": "name", "labelfor": "code" } } },
      "place": { "dimensionType": "location", "primaryKey": "c",
        "attributes": { "c": { "constant": "X" } } } } } }]]

describe("a package of 0.3", function()
  it("is read with the roles of its columns", function()
    local t, info = ev.read_package(package(V03, { ["data/a.csv"] = CSV }))
    assert.equal('code,name,up,2021,2022\n007,Parks,00,1.5,2\n008,Roads,00,,3\n',
      core.csv.write(t))
    assert.same({ role = "measure", measure = "last", currency = "EUR",
      factor = 1000, phase = "executed", direction = "expenditure" },
      info.roles["2021"])
    assert.equal("approved", info.roles["2022"].phase)
    assert.same({ role = "dimension", dimension = "service", attribute = "code",
      type = "classification", key = true, parent = "up", label = "name" },
      info.roles.code)
    assert.equal("Budget of X", info.package.title)
    assert.same({ place = "X" }, info.constants)
  end)

  it("may call its model mapping, as older ones do", function()
    local _, info = ev.read_package(package(V03:gsub('"model"', '"mapping"'),
      { ["data/a.csv"] = CSV }))
    assert.equal("executed", info.roles["2021"].phase)
  end)
end)

describe("a package of 1.0", function()
  local V10 = [[{ "profile": "fiscal-data-package", "resources": [
    { "name": "r", "path": ["data/a.csv", "data/b.csv"],
      "schema": { "fields": [
        { "name": "f1", "type": "string",
          "columnType": "functional-classification:generic:level1:code" },
        { "name": "f2", "type": "string",
          "columnType": "functional-classification:generic:level2:code" },
        { "name": "f2name", "type": "string",
          "columnType": "functional-classification:generic:level2:label" },
        { "name": "year", "type": "integer", "columnType": "date:fiscal-year" },
        { "name": "v", "type": "number", "columnType": "value",
          "currency": "GBP" } ],
        "extraFields": [ { "columnType": "direction",
          "constant": "expenditure" } ] } },
    { "name": "other", "path": "data/c.csv" } ] }]]
  local files = { ["data/a.csv"] = "f1,f2,f2name,year,v\n1,11,a,2020,1.5\n",
    ["data/b.csv"] = "v,f1,f2,f2name,year\n2,1,12,b,2021\n",
    ["data/c.csv"] = "k,l\nx,1\n" }

  it("is read with the roles of its columns, all its parts by name", function()
    local t, info = ev.read_package(package(V10, files))
    assert.equal("f1,f2,f2name,year,v\n1,11,a,2020,1.5\n1,12,b,2021,2.0\n",
      core.csv.write(t))
    assert.equal("f1", info.roles.f2.parent)
    assert.equal("f2name", info.roles.f2.label)
    assert.same({ role = "measure", type = "value", currency = "GBP",
      direction = "expenditure" }, info.roles.v)
    assert.equal("resource 'r' is read, of: r, other (--resource)",
      info.notes[1])
  end)

  it("has its resource chosen", function()
    local t = ev.read_package(package(V10, files), { resource = "other" })
    assert.same({ "k", "l" }, t:names())
    local _, message = ev.read_package(package(V10, files), { resource = "q" })
    assert.matches("no resource 'q'; there are: r, other", message)
  end)
end)

describe("a package refuses", function()
  local function refusal(path, descriptor)
    local t, message, code = ev.read_package(package(descriptor
      or ('{"resources":[{"path":"%s"}]}'):format(path), {}))
    assert.is_nil(t)
    return message, code
  end

  it("files outside of its folder, and the network", function()
    assert.matches("'%.%./a.csv' lies outside", refusal "../a.csv")
    assert.matches("lies outside", refusal "/etc/passwd")
    assert.matches("lies outside", refusal "data/../../a.csv")
    assert.matches("fetch it", refusal "https://example.org/a.csv")
  end)

  it("to be what it is not", function()
    assert.matches("has no resources", refusal(nil, "{}"))
    assert.matches("a package is an object", refusal(nil, "3"))
    assert.matches("no path", refusal(nil, '{"resources":[{"name":"a"}]}'))
    assert.matches("datapackage.json:1: ", refusal(nil, "{"))
    local _, code = refusal "nothing.csv"
    assert.equal("io", code)
  end)
end)

describe("a package that is written", function()
  it("reads back with the same values and roles", function()
    local first, info = ev.read_package(package(V03, { ["data/a.csv"] = CSV }))
    local path = support.tempdir() .. "/datapackage.json"
    assert(require("evalua.package").write(path, first, info))
    local second, again = ev.read_package(path)
    assert.equal(core.csv.write(first), core.csv.write(second))
    for name, role in pairs(info.roles) do
      for key, value in pairs(role) do
        if key ~= "type" then
          assert.equal(value, again.roles[name][key], name .. " " .. key)
        end
      end
    end
    assert.equal("Budget of X", again.package.title)
    local descriptor = core.json.parse(path)
    local data = path:gsub("datapackage.json", "datapackage-data.csv")
    local resource = descriptor.resources[1]
    assert.equal(#support.read(data), resource.bytes)
    assert.equal("sha256:" .. core.store.sha256(support.read(data)),
      resource.hash)
    assert.equal("value", resource.schema.fields[4].columnType)
  end)

  it("has a dimension's first column for a key where none is said", function()
    local places = {}
    for name in ("abcdefgh"):gmatch "." do
      places[#places + 1] = ('"%s": { "source": "%s" }'):format(name, name)
    end
    local t, info = ev.read_package(package([[{ "resources": [ { "name": "r",
      "path": "data/a.csv" } ], "model": { "dimensions": { "place": {
      "attributes": {]] .. table.concat(places, ",") .. "} } } } }",
      { ["data/a.csv"] = "h,g,f,e,d,c,b,a\n1,2,3,4,5,6,7,8\n" }))
    local path = support.tempdir() .. "/datapackage.json"
    assert(require("evalua.package").write(path, t, info))
    assert.same({ "h" }, core.json.parse(path).model.dimensions.place.primaryKey)
  end)

  it("comes from the commands and from tables", function()
    local dir = support.tempdir()
    local out = support.evalua({ "query", support.write("a.csv",
      "dept,year,amount\nx,2020,1.50\ny,2020,2\n"), "--by", "dept", "--agg",
      "amount=sum(amount)", "-o", "datapackage.json" }, { cwd = dir })
    assert.equal("", out.err .. out.out)
    local t, info = ev.read_package(dir .. "/datapackage.json")
    assert.equal("dept,amount\nx,1.50\ny,2.00\n", core.csv.write(t))
    assert.equal("measure", info.roles.amount.role)
    assert.equal("dimension", info.roles.dept.role)
    dir = support.tempdir()
    assert(ev.table { { a = "x", b = 7 } }:write(dir .. "/datapackage.json"))
    assert.equal(1, ev.read_package(dir .. "/datapackage.json"):nrows())
  end)
end)

--- Sums made by Python 3.11, csv.DictReader and decimal.Decimal:
---   rows = csv.DictReader(open(path, encoding="utf-8-sig"))
---   sum(Decimal(r[c].strip()) for r in rows, what is no number left out)
describe("the shared packages", function()
  local cases = {
    { "al-treasury-spending", 40, { Value = "33299653" }, "Value",
      { currency = "ALL", direction = "expenditure", factor = 1 } },
    { "au-budget", 1608, { ["2014-15"] = "450521878.687746",
      ["2015-16"] = "451289929.780131", ["2016-17"] = "472043966.481955",
      ["2017-18"] = "488282845.959493", ["2018-19"] = "511524122.373805" },
      "2014-15", { currency = "AUD" } },
    { "eu-allocations-per-ms-2014-2020", 252, { Amount = "699386100000" },
      "Amount", { currency = "EUR", direction = "expenditure" } },
    { "eu-funds-absorption-rate-2007-2013", 936,
      { ["Total Paid"] = "1172208313152.4", Advance = "118753231990.9",
        Interim = "1053455081162.6" }, "Advance", { currency = "EUR" } },
  }
  for _, case in ipairs(cases) do
    local name, rows, sums, column, role = table.unpack(case)
    it(name .. " has these totals", function()
      local t, info = ev.read_package(support.shared(
        "fiscal_data_packages/" .. name .. "/datapackage.json"))
      assert.is_truthy(t, info)
      assert.equal(rows, t:nrows())
      for measure, sum in pairs(sums) do
        assert.equal("measure", info.roles[measure].role)
        assert.equal(sum, tostring(t:summarise { s = ev.sum(ev.col[measure]) }
          :column("s")[1]))
      end
      for key, value in pairs(role) do
        assert.equal(value, info.roles[column][key])
      end
    end)
  end
end)

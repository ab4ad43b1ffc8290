-- Mapping files: choices of reading that are kept, and checked strictly.

local ev = require "evalua"
local mapping = require "evalua.mapping"
local source = require "evalua.source"
local support = require "support"

local function write(text) return support.write("map.json", text) end

local function refusal(text)
  local map, message, code = mapping.read(write(text))
  assert.is_nil(map)
  assert.equal("data", code)
  return message:match("map%.json:? ?(.*)$")
end

describe("a mapping file", function()
  it("says how a source is read", function()
    local path = support.write("a.csv", "junk;x\nname;v\na; - \nb;1,5\nTotal;1,5\n")
    local map = write [[{ "delimiter": ";", "header_row": 2, "zero": ["-"],
      "decimal": ",", "totals": "drop", "types": { "v": "decimal(2)" },
      "roles": { "v": { "role": "measure", "unit": "万元", "phase": "executed" } } }]]
    local t, info = source.open(path, { map = map })
    assert.equal(2, t:nrows())
    assert.equal("0.00", tostring(t:column("v")[1]))
    assert.equal("万元", info.units.v)
    assert.equal("executed", info.roles.v.phase)
  end)

  it("holds for readers too, and gives way to what is said beside it", function()
    local path = support.write("a.csv", "a,b\n1,x\n-,y\n")
    local map = write [[{ "zero": ["-"], "columns": ["p", "q"] }]]
    local t = ev.read_csv(path, { map = map, columns = { "m", "n" } })
    assert.same({ "m", "n" }, t:names())
    assert.equal(0, t:column("m")[2])
  end)

  local cases = {
    { "an unknown option", '{"delimeter":";"}',
      "no option 'delimeter' (did you mean 'delimiter'?)" },
    { "a value of another kind", '{"skip":"2"}', "'skip' must be a whole number" },
    { "a list of another kind", '{"na":"-"}', "'na' must be a list of texts" },
    { "types that are none", '{"types":["text"]}',
      "'types' must be an object of texts" },
    { "an unknown word", '{"totals":"remove"}',
      "'totals' must be keep or drop, not 'remove'" },
    { "an unknown role", '{"roles":{"a":{"role":"measures"}}}',
      "column 'a': 'role' must be measure or dimension, not 'measures'" },
    { "an unknown property of a role", '{"roles":{"a":{"unti":"元"}}}',
      "column 'a': no option 'unti' (did you mean 'unit'?)" },
    { "another document", '[1]', "a mapping is one object of options" },
    { "broken JSON", '{"skip":1', "1: the end instead of ',' or '}'" },
  }
  for _, case in ipairs(cases) do
    it("refuses " .. case[1], function()
      assert.equal(case[3], refusal(case[2]))
    end)
  end

  it("is refused by the program with exit 2, in both languages", function()
    local path = support.write("a.csv", "a,b\nx,1\n")
    local out = support.evalua { "query", path, "--map", write '{"skpi":1}',
      "--lang", "zh" }
    assert.equal(2, out.code)
    assert.matches("没有选项“skpi”（是否指“skip”？）", out.err)
    out = support.evalua { "query", path, "--map", "/nonexistent.json" }
    assert.equal(2, out.code)
  end)

  it("is written by --save-map, and reads the source the same", function()
    local path = support.write("a.csv", "City,\n,\ndept,amount\na,1.50\nb,n.a.\n")
    local map = support.tempdir() .. "/m.json"
    local first = support.evalua { "query", path, "--save-map", map, "-O", "csv" }
    assert.equal(0, first.code)
    local kept = mapping.read(map)
    assert.equal(3, kept.header_row)
    assert.equal("decimal(2)", kept.types.amount)
    assert.equal("measure", kept.roles.amount.role)
    assert.equal("dimension", kept.roles.dept.role)
    local second = support.evalua { "query", path, "--map", map, "-O", "csv" }
    assert.equal(first.out, second.out)
  end)

  it("names no encoding for a file that has several", function()
    local path = support.write("mixed.csv",
      "k,v\n支出,1\n支出,2\n" .. ("\xD6\xA7\xB3\xF6"):rep(3) .. ",3\n收入,4\n")
    local map = support.tempdir() .. "/mixed.json"
    local plain = support.evalua { "query", path, "-O", "csv", "--save-map", map }
    assert.equal(0, plain.code)
    assert.match("lines that are not UTF%-8", plain.err)
    local mapped = support.evalua { "query", path, "-O", "csv", "--map", map }
    assert.equal(plain.out, mapped.out)
  end)

  it("is what the guide shows, and the guide names all there is", function()
    local guide = support.read "data/mappings/README.md"
    local map, message = mapping.read(write(guide:match("```json\n(.-)```")))
    assert.is_truthy(map, message)
    for name in pairs(mapping.fields) do
      assert.is_truthy(guide:find("`" .. name .. "`", 1, true),
        name)
    end
  end)

  it("that names a column which is not there says so", function()
    local _, info = source.open(support.write("a.csv", "a,b\nx,1\n"),
      { map = write '{"roles":{"c":{"role":"measure"}}}' })
    assert.same({ "the mapping has a role for 'c', no such column" }, info.notes)
  end)
end)

describe("several files", function()
  it("are bound by the names of their columns, and what differs is said",
    function()
      local a = support.write("a.csv", "dept,amount\nx,1\n")
      local b = support.write("b.csv", "amount,dept\n2.50,y\n")
      local c = support.write("c.csv", "dept,amount,note\nz,3,new\n")
      local t, info = source.open({ a, b, c }, { source_column = "file" })
      assert.same({ "dept", "amount", "file", "note" }, t:names())
      assert.equal("decimal(2)", t:column("amount"):type())
      assert.equal("2.50", tostring(t:column("amount")[2]))
      assert.equal("b.csv", t:column("file")[2])
      assert.is_nil(t:column("note")[1])
      assert.same({ "a.csv: no column 'note': missing in its rows",
        "b.csv: no column 'note': missing in its rows",
        "b.csv: its columns stand in another order: bound by name" }, info.notes)
      assert.equal(3, info.rows)
    end)

  it("keep codes that are text in one of them text in all", function()
    local a = support.write("a.csv", "code,v\n007,1\n")
    local b = support.write("b.csv", "code,v\n12,2\n")
    local t = source.open({ a, b })
    assert.equal("007", t:column("code")[1])
    assert.equal("12", t:column("code")[2])
  end)

  it("says when one file is named twice", function()
    local path = support.write("a.csv", "a,b\n1,2\n")
    local t, info = source.open { path, path }
    assert.equal(2, t:nrows())
    assert.same({ ("'%s' is named twice: its rows are there twice"):format(
      path) }, info.notes)
  end)

  it("may have a column without values", function()
    local a = support.write("a.csv", "k,v,w\nx,1,\n")
    local b = support.write("b.csv", "k,v,w\ny,2,5\n")
    local t = source.open({ a, b })
    assert.equal("int", t:column("w"):type())
  end)

  it("of other kinds go together", function()
    local a = support.write("a.csv", "k,v\nx,1.5\n")
    local b = support.write("b.json", '[{"v":2,"k":"y"}]')
    local out = support.evalua { "query", a, b, "--agg", "s=sum(v)", "-O", "csv" }
    assert.equal("s\n3.5\n", out.out)
  end)

  it("say which of them has the bad cell", function()
    local a = support.write("a.csv", "k,v\nx,1\n")
    local b = support.write("b.csv", "k,v\ny,2O\n")
    local out = support.evalua { "variance", a, b, "--by", "k", "--base", "v",
      "--actual", "v" }
    assert.equal(2, out.code)
    assert.matches('b.csv:2: column "v": "2O" is not a number %(letter O%?%)',
      out.err)
  end)
end)

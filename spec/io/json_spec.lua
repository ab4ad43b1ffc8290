-- read_json: arrays of objects as tables, every digit kept.

local ev = require "evalua"
local core = require "evalua.core"
local support = require "support"

local function read(text, opts)
  return ev.read_json(support.write("a.json", text), opts)
end

--- The table as CSV, or the message without its path.
local function shown(text, opts)
  local t, message = read(text, opts)
  return t and core.csv.write(t) or message:match("a%.json:? ?(.*)$")
end

describe("read_json", function()
  --- Claim, text, the table as CSV, or the message.
  local cases = {
    { "reads rows and columns", '[{"a":"x","b":1},{"a":"y","b":-2}]',
      "a,b\nx,1\ny,-2\n" },
    { "keeps every digit", '[{"a":0.10},{"a":123456789012345.67},{"a":-0.005}]',
      "a\n0.100\n123456789012345.670\n-0.005\n" },
    { "takes the keys in the order in which they come up",
      '[{"b":1},{"a":2,"b":3},{"c":4}]', "b,a,c\n1,,\n3,2,\n,,4\n" },
    { "tells null, empty text and zero apart",
      '[{"a":null,"b":"x"},{"a":0,"b":""},{"b":null}]',
      'a,b\n,x\n0,""\n,\n' },
    { "reads truth values", '[{"a":true},{"a":false},{"a":null}]',
      "a\ntrue\nfalse\n\n" },
    { "decodes escapes",
      [=[[{"a":"\"q\\\/\t\n\u4e2d\ud83d\ude0e\ud83d","b":1}]]=],
      'a,b\n"""q\\/\t\n中😎\u{FFFD}",1\n' },
    { "reads strings as cells", '[{"a":"1,234.50"},{"a":"-7"},{"a":""}]',
      "a\n1234.50\n-7.00\n\n" },
    { "leaves codes alone", '[{"a":"007"},{"a":"12"}]', "a\n007\n12\n" },
    { "reads exponents as reals", '[{"a":1.5e3},{"a":2}]', "a\n1500\n2\n" },
    { "keeps a row without values", '[{"a":null,"b":null},{"a":1,"b":2}]',
      "a,b\n,\n1,2\n" },
    { "takes a last row of notes for a row",
      '[{"a":1,"b":2,"c":3},{"a":"Source: x"}]',
      "a,b,c\n1,2,3\nSource: x,,\n" },
    { "takes keys of any text", '[{"a,\\"b":1,"":2}]', '"a,""b",column2\n1,2\n' },
    { "passes over blanks and a byte order mark",
      "\xEF\xBB\xBF \n[ { \"a\" : 1 } ]\r\n", "a\n1\n" },
    { "names what is nested", '[{"a":1},\n{"a":1,"b":{"c":2}}]',
      '2: object 2: "b" is an object, not a value: lay it out as plain keys' },
    { "names an array", '[{"a":[1]}]',
      '1: object 1: "a" is an array, not a value: lay it out as plain keys' },
    { "refuses a key that stands twice", '[{"a":1,"a":2}]',
      '1: the key "a" stands twice in object 1' },
    { "refuses another document", '{"a":1}',
      "1: '{' instead of '[': an array of objects" },
    { "refuses an array of values", "[1,2]",
      "1: a number instead of '{': an object of the array" },
    { "refuses an empty array", "[]", "the array holds no objects" },
    { "refuses empty objects", "[{},{}]", "the array holds objects without keys" },
    { "refuses an empty file", "", "1: the end instead of '[': an array of objects" },
    { "refuses a trailing comma", '[{"a":1},]',
      "1: ']' instead of '{': an object of the array" },
    { "refuses what stands behind", '[{"a":1}] x', "1: this is no JSON: 'x'" },
    { "refuses a text without end", '[{"a":"x\\"}]',
      [[1: this text is never closed: '"x\"}]']] },
    { "refuses a file that was cut off", '[{"a":1},\n{"a":',
      "2: the end instead of a value" },
    { "refuses numbers that are none", '[{"a":01}]',
      "1: this is no number of JSON: '01}]'" },
    { "refuses NaN", '[{"a":NaN}]', "1: this is no JSON: 'NaN}]'" },
    { "refuses unknown escapes", [=[[{"a":"\x"}]]=], [[1: no such escape: 'x"}]']] },
    { "refuses line ends in texts", '[{"a":"x\ny"}]',
      "1: a line end or control character within a text: '?y\"}]'" },
    { "refuses NUL bytes", '[{"a":"\0"}]',
      "1: this is a binary file, not text (NUL byte)" },
    { "names the text that holds an escaped NUL", '[{"a":1},\n{"a":"x\\u0000y"}]',
      '2: object 2: the text of "a" holds \\u0000, which is no character: '
        .. "take it out" },
    { "names the object whose key holds one", '[{"a\\u0000":1}]',
      "1: object 1: a key holds \\u0000, which is no character: take it out" },
  }
  for _, case in ipairs(cases) do
    it(case[1], function() assert.equal(case[3], shown(case[2])) end)
  end

  it("reads what the program writes", function()
    local t = ev.table { { a = "x", b = ev.decimal "1.50" },
      { a = "", b = ev.NA } }
    local path = support.tempdir() .. "/t.json"
    assert(t:write(path))
    local back = assert(ev.read_json(path))
    assert.equal(core.csv.write(t), core.csv.write(back))
  end)

  it("takes types, missing texts and names", function()
    assert.equal("n\n007\n\n", shown('[{"a":"007"},{"a":"-99"}]',
      { types = { n = "text" }, na = { "-99" }, columns = { "n" } }))
  end)

  it("names the object that is no number", function()
    local _, info = read '[{"a":"1.5"},{"a":"1,23O"},{"a":"x"}]'
    assert.matches('a.json:2: column "a": "1,23O" is not a number %(letter O%?%)',
      info.problems.a)
  end)

  it("is read by the commands, with errors in both languages", function()
    local path = support.write("b.json", '[{"k":"x","v":1.25},{"k":"x","v":2}]')
    local out = support.evalua { "query", path, "--by", "k", "--agg", "s=sum(v)",
      "-O", "csv" }
    assert.equal("k,s\nx,3.25\n", out.out)
    path = support.write("c.json", '[{"k":{}}]')
    out = support.evalua { "query", path, "--lang", "zh" }
    assert.equal(2, out.code)
    assert.matches("c.json:1: 对象 1：“k”是 对象 而不是值", out.err)
  end)

  it("reads 100,000 objects", function()
    local parts = {}
    for i = 1, 100000 do
      parts[i] = ('{"unit":"u%d","amount":%d.%02d}'):format(i % 50, i, i % 100)
    end
    local t = read("[" .. table.concat(parts, ",\n") .. "]")
    assert.equal(100000, t:nrows())
    assert.equal("100000.00", tostring(t[100000].amount))
  end)
end)

describe("json.parse", function()
  it("gives Lua values, null as NA", function()
    local value = core.json.parse("x", '{"a":[1,null,true,"t"],"b":1.50,"c":{}}')
    assert.equal(1, value.a[1])
    assert.equal(ev.NA, value.a[2])
    assert.is_true(value.a[3])
    assert.equal("1.50", tostring(value.b))
    assert.same({}, value.c)
  end)

  it("refuses what is nested without end", function()
    local value, message = core.json.parse("x", ("["):rep(100000))
    assert.is_nil(value)
    assert.equal("x:1: nested more than 100 deep", message)
  end)
end)

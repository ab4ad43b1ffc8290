-- csv.records: the tokenizer by itself.

local core = require "evalua.core"
local support = require "support"
local json = require "support.json_text"

local records = core.csv.records

describe("csv.records", function()
  local cases = {
    { "splits at delimiters", "a,b\n1,2\n", { { "a", "b" }, { "1", "2" } } },
    { "needs no line end at the end", "a,b\n1,2", { { "a", "b" }, { "1", "2" } } },
    { "ends records at CRLF", "a\r\nb\r\n", { { "a" }, { "b" } } },
    { "ends records at a lone CR", "a\rb\rc", { { "a" }, { "b" }, { "c" } } },
    { "takes any mixture of line ends", "a\r\nb\rc\nd",
      { { "a" }, { "b" }, { "c" }, { "d" } } },
    { "counts CR CR LF as two line ends", "a\r\r\nb", { { "a" }, { "" }, { "b" } } },
    { "keeps empty fields", ",a,,\n", { { "", "a", "", "" } } },
    { "sees the empty field behind a last delimiter", "a,", { { "a", "" } } },
    { "gives nothing for no bytes", "", {} },
    { "gives a blank line one empty field", "\n\n", { { "" }, { "" } } },
    { "takes quotes off", '"a","b c"\n', { { "a", "b c" } } },
    { "undoes doubled quotes", '"a""b","""",""""""', { { 'a"b', '"', '""' } } },
    { "keeps delimiters in quotes", '"a,b",c', { { "a,b", "c" } } },
    { "keeps line ends in quotes as they are", '"a\r\nb\rc\nd",e',
      { { "a\r\nb\rc\nd", "e" } } },
    { "keeps blanks outside and inside quotes", ' a ," b "\n',
      { { " a ", " b " } } },
    { "ignores blanks behind a closing quote", '"a" \t,b\n"c"  \n',
      { { "a", "b" }, { "c" } } },
    { "keeps a quote inside a bare field", 'a "b" c,d"\n', { { 'a "b" c', 'd"' } } },
    { "takes a quote behind a blank for text", 'a, "b"', { { "a", ' "b"' } } },
    { "keeps several copied fields apart", '"a""",b,"""c","d"\n"e"""\n',
      { { 'a"', "b", '"c', "d" }, { 'e"' } } },
    { "takes any other byte as delimiter", "a;b,c\n", { { "a", "b,c" } }, ";" },
    { "takes a tab", "a\tb c\t\n", { { "a", "b c", "" } }, "tab" },
    { "takes a blank, also behind quotes", '"a" b  c', { { "a", "b", "", "c" } }, " " },
  }
  for _, case in ipairs(cases) do
    local claim, bytes, expected, delimiter = table.unpack(case)
    it(claim, function()
      assert.same(expected, records(bytes, delimiter))
    end)
  end

  local bad = {
    { 'a,b\n1,"x\ny,3\n', '2:3: this quote is never closed: "x?y,3?' },
    { 'a,"', '1:3: this quote is never closed: "' },
    { 'a\n"预算"x,2', '2:5: text after a closing quote: \'x,2\' '
      .. "(a quote inside quotes is written twice)" },
    { '"a\r\nb" "c"', "2:4: text after a closing quote: '\"c\"' "
      .. "(a quote inside quotes is written twice)" },
  }
  for _, case in ipairs(bad) do
    it("names the place in " .. ("%q"):format(case[1]), function()
      local got, message, code = records(case[1])
      assert.is_nil(got)
      assert.equal(case[2], message)
      assert.equal("data", code)
    end)
  end

  it("refuses delimiters that cannot be one", function()
    for _, delimiter in ipairs { "", ",,", '"', "\n", "，" } do
      local got, message = records("a", delimiter)
      assert.is_nil(got)
      assert.equal(("the delimiter must be one byte or 'tab', not '%s'")
        :format(delimiter), message)
    end
  end)

  it("reads a field of 50 MB, quoted or bare", function()
    local text = ("x,\n\"\"y"):rep(10000000)
    local got = records('a,"' .. text .. '"\nb,' .. ("z"):rep(50000000))
    assert.equal(50000000, #got[1][2])
    assert.equal(50000000, #got[2][2])
  end)

  it("reads 10,000 fields", function()
    local got = records((("a,"):rep(9999) .. "b\n"):rep(3))
    assert.equal(10000, #got[3])
    assert.equal("b", got[3][10000])
  end)
end)

--- Rows of lists, or of objects whose keys are the first record.
local function as_objects(list)
  local rows = {}
  for i = 2, #list do
    local row = {}
    for k, name in ipairs(list[1]) do row[name] = list[i][k] end
    rows[#rows + 1] = row
  end
  return rows
end

local spectrum = { "comma_in_quotes", "empty", "empty_crlf", "escaped_quotes",
  "json", "newlines", "newlines_crlf", "quotes_and_newlines", "simple",
  "simple_crlf", "utf8" }

describe("csv-spectrum", function()
  for _, name in ipairs(spectrum) do
    it(name .. " gives its records", function()
      local dir = support.shared "csv/csv-spectrum"
      local bytes = support.read(dir .. "/csvs/" .. name .. ".csv")
      if name:find "_crlf$" and not bytes:find "\r" then
        bytes = bytes:gsub("\n", "\r\n") -- git took the CRs from this copy
      end
      local expected = json(support.read(dir .. "/json/" .. name .. ".json"))
      assert.same(expected, as_objects(records(bytes)))
    end)
  end
end)

local good = { "all-empty", "empty-field", "empty-one-column", "leading-space",
  "one-column", "quotes-empty", "quotes-with-comma", "quotes-with-escaped-quote",
  "quotes-with-newline", "quotes-with-space", "simple-crlf", "simple-lf",
  "trailing-newline", "trailing-newline-one-field", "trailing-space", "utf8",
  "header-no-rows", "header-simple" }

describe("csv-test-data", function()
  for _, name in ipairs(good) do
    it(name .. " gives its records", function()
      local dir = support.shared "csv/csv-test-data"
      local got = records(support.read(dir .. "/csv/" .. name .. ".csv"))
      local expected = json(support.read(dir .. "/json/" .. name .. ".json"))
      if name:find "^header" then got = as_objects(got) end
      assert.same(expected, got)
    end)
  end

  local function read(name)
    local path = support.shared("csv/csv-test-data/csv/" .. name .. ".csv")
    local got, message = core.csv.read(path)
    return got, got == nil and message:sub(#path + 1)
  end

  local bad = {
    ["bad-header-less-fields"] =
      ":2:3: found 2 instead of the header's 3 fields: '1,2'",
    ["bad-header-more-fields"] =
      ":2:7: found 4 instead of the header's 3 fields: '1,2,3,4'",
    ["bad-header-no-header"] = ":1: the file is empty",
    ["bad-missing-quote"] =
      ':2:3: this quote is never closed: "I forgot to close this one,3',
    ["bad-quotes-with-unescaped-quote"] =
      ":2:20: text after a closing quote: 'it\",3' "
      .. "(a quote inside quotes is written twice)",
  }
  for name, expected in pairs(bad) do
    it(name .. " is refused with the place", function()
      local got, message = read(name)
      assert.is_nil(got)
      assert.equal(expected, message)
    end)
  end

  it("bad-unescaped-quote is kept as text", function()
    local got = read "bad-unescaped-quote"
    assert.equal('This "quotes" must be escaped', got:column("bar")[1])
  end)
end)

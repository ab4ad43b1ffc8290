-- Files that are no tables, or not for long: a clear error, exit 2, and no
-- memory for what need not be read.

local core = require "evalua.core"
require "evalua"
local lfs = require "lfs"
local support = require "support"

local QUERY = { "--by", "a", "--agg", "s=sum(b)" }

local function query(path, opts)
  opts = opts or {}
  -- 400 MB of address space: what is unbounded does not fit.
  if not os.getenv("ASAN_OPTIONS") then
    opts.before = { "prlimit", "--as=400000000" }
  end
  return support.evalua({ "query", path, table.unpack(QUERY) }, opts)
end

--- A file of `size` bytes that holds `text` first and nothing behind it.
local function sparse(text, size)
  local path = support.write("sparse.csv", text)
  assert(os.execute(("truncate -s %d %s"):format(size, support.quote(path))))
  return path
end

--- Rows enough for the fast path to be taken by itself (over 8 MiB).
local function rows(n, from)
  local lines = {}
  for i = 1, n do
    lines[i] = ("label number %d,%d.25,%d"):format(i % 50, i, (from or 0) + i)
  end
  return table.concat(lines, "\n") .. "\n"
end

local big = "a,b,c\n" .. rows(340000)

describe("a file that is no table", function()
  it("is refused when it is a sparse terabyte", function()
    local result = query(sparse("", 1 << 40))
    assert.equal(2, result.code)
    assert.match("sparse.csv:1: this is a binary file, not text %(NUL byte%)",
      result.err)
  end)

  it("is refused when a sparse terabyte follows some rows", function()
    local result = query(sparse("a,b\nx,1\ny,2\n", 1 << 40))
    assert.equal(2, result.code)
    assert.match("sparse.csv:4: this is a binary file", result.err)
  end)

  it("is refused when it never ends", function()
    local result = query "/dev/zero"
    assert.equal(2, result.code)
    assert.match("/dev/zero:1: this is a binary file", result.err)
  end)

  it("is refused when its first line does not end", function()
    local path = support.tempdir() .. "/line.csv"
    local line = ("0123456789"):rep(100000)
    local file = assert(io.open(path, "w"))
    for _ = 1, 100 do file:write(line) end
    file:close()
    local result = query(path)
    os.remove(path)
    assert.equal(2, result.code)
    assert.match("line.csv:1: no line end within 64 MiB", result.err)
  end)

  it("is refused for a line without an end below its header, too", function()
    local path = support.tempdir() .. "/below.csv"
    local line = ("0123456789"):rep(100000)
    local file = assert(io.open(path, "w"))
    file:write("a,b\r\n")
    for _ = 1, 70 do file:write(line) end
    file:close()
    local result = query(path)
    os.remove(path)
    assert.equal(2, result.code)
    assert.match("below.csv:2: no line end within 64 MiB", result.err)
  end)

  it("is refused with the line of a NUL byte far down", function()
    local path = support.write("nul.csv", big .. "x,\0,1\n" .. rows(10))
    local result = query(path)
    assert.equal(2, result.code)
    assert.match("nul.csv:340002: this is a binary file, not text %(NUL byte%)",
      result.err)
  end)
end)

describe("a large file", function()
  it("says where a quote opened that is never closed", function()
    local path = support.write("quote.csv", big .. '"x,1,2\n' .. rows(1000))
    local result = support.evalua { "query", path, table.unpack(QUERY) }
    assert.equal(2, result.code)
    assert.match("quote.csv:340002:1: this quote is never closed: \"x,1,2",
      result.err)
  end)

  it("says which cell keeps an amount from being a number", function()
    local path = support.write("cell.csv", big .. "x,1O.5,2\n" .. rows(1000))
    local result = support.evalua { "query", path, table.unpack(QUERY) }
    assert.equal(2, result.code)
    assert.match("cell.csv:340002: column \"b\": \"1O.5\" is not a number "
      .. "%(letter O%?%)", result.err)
  end)

  it("says which line has too many cells", function()
    local path = support.write("ragged.csv", big .. "x,1,2,3\n" .. rows(1000))
    local result = support.evalua { "query", path, table.unpack(QUERY) }
    assert.equal(2, result.code)
    assert.match("ragged.csv:340002:7: found 4 instead of the header's 3 fields",
      result.err)
  end)

  it("ends in an error when it becomes shorter while it is read", function()
    local path = support.write("short.csv", big)
    local handle <close> = assert(core.scan.open(path, {}))
    local file = assert(io.open(path, "r+"))
    file:close()
    assert(os.execute(("truncate -s 1000000 %s"):format(support.quote(path))))
    local t, message, code = handle:run({ keys = { "a", "b", "c" } }, 2)
    assert.is_nil(t)
    assert.match("short.csv:1: the file changed while it was read", message)
    assert.equal("data", code)
  end)

  it("ends in an error when it becomes longer while it is read", function()
    local path = support.write("long.csv", big)
    local handle <close> = assert(core.scan.open(path, {}))
    local file = assert(io.open(path, "a"))
    file:write "x,1,2\n"
    file:close()
    local t, message = handle:run({ keys = { "a" } }, 2)
    assert.is_nil(t)
    assert.match("long.csv:1: the file changed while it was read", message)
  end)

  it("is read from standard input, piped or not", function()
    local path = support.write("in.csv", big)
    local expected = support.evalua { "query", path, "--agg",
      "s=sum(b),n=count()", "-O", "csv" }
    assert.equal("s,n\n57800255000.00,340000\n", expected.out)
    local redirected = support.evalua({ "query", "-", "--agg",
      "s=sum(b),n=count()", "-O", "csv" }, { stdin = big })
    assert.equal(expected.out, redirected.out)
    local piped = support.run { "sh", "-c", ("cat %s | %s query - --agg "
      .. "'s=sum(b),n=count()' -O csv"):format(support.quote(path),
      support.quote(support.program())) }
    assert.equal(expected.out, piped.out)
    assert.is_true(lfs.attributes(path).size > 8 << 20)
  end)

  it("is piped in UTF-16 without a byte order mark, too", function()
    local text = ("k,a\nx,1.50\ny,2\n"):gsub(".", "%0\0")
    local path = support.write("wide.csv", text)
    for _, more in ipairs { "", " --encoding UTF-16LE" } do
      local piped = support.run { "sh", "-c", ("cat %s | %s query - -O csv%s")
        :format(support.quote(path), support.quote(support.program()), more) }
      assert.equal("k,a\nx,1.50\ny,2.00\n", piped.out)
    end
  end)
end)

-- file.write: all or nothing.

local core = require "evalua.core"
local lfs = require "lfs"
local support = require "support"

local function write(path, bytes) return core.file.write(path, bytes) end

--- Names in a folder, without . and ..
local function names(dir)
  local list = {}
  for name in lfs.dir(dir) do
    if name ~= "." and name ~= ".." then list[#list + 1] = name end
  end
  table.sort(list)
  return list
end

local function mode(path) return lfs.attributes(path, "permissions") end

describe("file.write", function()
  it("makes a new file, and nothing else", function()
    local dir = support.tempdir()
    assert.is_true(write(dir .. "/a.csv", "one"))
    assert.equal("one", support.read(dir .. "/a.csv"))
    assert.same({ "a.csv" }, names(dir))
  end)

  it("replaces a file and keeps its mode", function()
    local path = support.write("a.csv", "much longer than before")
    os.execute("chmod 640 " .. support.quote(path))
    local before = lfs.attributes(path, "ino")
    assert.is_true(write(path, "new"))
    assert.equal("new", support.read(path))
    assert.equal("rw-r-----", mode(path))
    assert.not_equal(before, lfs.attributes(path, "ino"))
  end)

  it("writes nothing as an empty file", function()
    local path = support.write("a.csv", "x")
    assert.is_true(write(path, ""))
    assert.equal("", support.read(path))
  end)

  it("keeps NUL and every other byte", function()
    local path, bytes = support.tempdir() .. "/b", ""
    for i = 0, 255 do bytes = bytes .. string.char(i) end
    assert.is_true(write(path, bytes))
    assert.equal(bytes, support.read(path))
    assert.equal(bytes, core.file.read(path))
  end)

  it("writes through a link to a file", function()
    local dir = support.tempdir()
    write(dir .. "/real", "old")
    lfs.link("real", dir .. "/link", true)
    assert.is_true(write(dir .. "/link", "new"))
    assert.equal("link", lfs.symlinkattributes(dir .. "/link", "mode"))
    assert.equal("new", support.read(dir .. "/real"))
    assert.same({ "link", "real" }, names(dir))
  end)

  it("makes the target of a link that leads nowhere", function()
    local dir = support.tempdir()
    lfs.link("real", dir .. "/link", true)
    assert.is_true(write(dir .. "/link", "new"))
    assert.equal("new", support.read(dir .. "/real"))
  end)

  it("writes into a pipe", function()
    local dir = support.tempdir()
    local pipe, copy = dir .. "/pipe", dir .. "/copy"
    assert(os.execute(("mkfifo %s; cat %s >%s &"):format(pipe, pipe, copy)))
    assert.is_true(write(pipe, ("x"):rep(100000)))
    assert.is_true(support.comes_true(function()
      return lfs.attributes(copy, "size") == 100000
    end))
    assert.equal("named pipe", lfs.attributes(pipe, "mode"))
  end)

  it("leaves devices what they are", function()
    assert.is_true(write("/dev/null", "x"))
    assert.equal("char device", lfs.attributes("/dev/null", "mode"))
  end)

  local bad = {
    { "/nonexistent/a.csv", "No such file or directory" },
    { "/dev/full", "No space left on device" },
    { "/proc/version", "Permission denied", "Input/output error" },
    { "", "No such file or directory" },
    { "spec", "Is a directory" },
    { "spec/", "Is a directory" },
    { "spec/no-such-name/", "Is a directory" },
    { ("x"):rep(300), "File name too long" },
    { "Makefile/x", "Not a directory" },
  }
  for _, case in ipairs(bad) do
    it("says why it cannot write '" .. case[1]:sub(1, 20) .. "'", function()
      local ok, message, code = write(case[1], "x")
      assert.is_nil(ok)
      local wanted = ("cannot write '%s' (%s)"):format(case[1], case[2])
      if message ~= wanted and case[3] then -- as root
        wanted = ("cannot write '%s' (%s)"):format(case[1], case[3])
      end
      assert.equal(wanted, message)
      assert.equal("io", code)
    end)
  end

  it("leaves /dev/full a device", function()
    write("/dev/full", "x")
    assert.equal("char device", lfs.attributes("/dev/full", "mode"))
  end)

  --- A file size limit stands for a full disk.
  it("leaves nothing, or the old file, when the disk is full", function()
    local dir = support.tempdir()
    write(dir .. "/old", "old")
    local script = support.write("w.lua", [[
      local core = require "evalua.core"
      for _, name in ipairs { "/old", "/new" } do
        print(core.file.write(arg[1] .. name, ("x"):rep(100000)))
      end]])
    local got = support.evalua({ "run", script, dir }, {
      before = { "sh", "-c", "trap '' XFSZ; ulimit -f 8; exec \"$@\"", "sh" } })
    assert.equal(("nil\tcannot write '%s/old' (File too large)\tio\n"
      .. "nil\tcannot write '%s/new' (File too large)\tio\n"):format(dir, dir),
      got.out)
    assert.same({ "old" }, names(dir))
    assert.equal("old", support.read(dir .. "/old"))
  end)

  it("leaves nothing when the process is killed", function()
    local dir = support.tempdir()
    local script = support.write("w.lua", [[
      local core = require "evalua.core"
      local bytes = ("x"):rep(50000000)
      while true do core.file.write(arg[1] .. "/a", bytes) end]])
    local got = support.signal("KILL", dir .. "/a",
      { support.program(), "run", script, dir })
    assert.equal(128 + 9, got.code)
    assert.equal(50000000, lfs.attributes(dir .. "/a", "size"))
    -- Besides, at most one hidden name: for the moment between naming and
    -- renaming, or where the file system has no files without a name.
    local all = names(dir)
    assert.is_true(#all == 1 or #all == 2 and all[1]:find "^%.evalua%-" ~= nil)
  end)
end)

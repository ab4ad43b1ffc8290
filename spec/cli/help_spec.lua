-- help: every command and option explains itself in both languages.

local support = require "support"
local cli = require "evalua.cli"
local zh = require "evalua.lang.zh"

describe("evalua help", function()
  for _, name in ipairs(cli.commands) do
    local command = require("evalua.cli." .. name)

    it("of " .. name .. " is there in Chinese too", function()
      assert.is_string(zh[command.summary], command.summary)
      for _, option in ipairs(command.options) do
        assert.is_string(zh[option.help], name .. ": " .. option.help)
      end
    end)

    it("of " .. name .. " names each option and keeps to its columns",
      function()
        local got = support.evalua { name, "--help" }
        assert.equal(0, got.code, got.err)
        for _, option in ipairs(command.options) do
          assert.matches("--" .. option.name, got.out, 1, true)
        end
        for line in got.out:gmatch("[^\n]+") do
          assert.is_true(#line <= 120, line)
        end
      end)
  end

  it("names every command", function()
    local got = support.evalua { "help" }
    for _, name in ipairs(cli.commands) do
      assert.matches("\n  " .. name .. " ", got.out, 1, true)
    end
    assert.equal(got.out, support.evalua({}).out)
  end)

  it("answers a mistyped command with the nearest one", function()
    local got = support.evalua { "varience" }
    assert.equal(2, got.code)
    assert.matches("did you mean 'variance'?", got.err, 1, true)
  end)
end)

describe("evalua run and -e", function()
  it("give a script its arguments as lua does", function()
    local path = support.write("a.lua", "print(#arg, arg[1], arg[0], ...)\n")
    local got = support.evalua { "run", path, "x", "--by" }
    assert.equal("2\tx\t" .. path .. "\tx\t--by\n", got.out)
  end)

  it("know evalua", function()
    local got = support.evalua { "-e",
      'print(require("evalua").decimal "0.1" + 1)' }
    assert.equal("1.1\n", got.out)
  end)

  it("are strict about names that nobody set, in the script alone", function()
    local path = support.write("s.lua", "known = 1\nprint(known, _G.known)\n"
      .. "print(unknwon)\n")
    local got = support.evalua { "run", path }
    assert.equal(3, got.code)
    assert.equal("1\tnil\n", got.out)
    assert.matches("s.lua:3: the variable 'unknwon' has no value", got.err, 1,
      true)
    assert.is_nil(got.err:find("traceback"))
  end)

  it("show where an error arose, and the way there with --debug", function()
    local path = support.write("e.lua", "local function f() error('bad') end\n"
      .. "f()\n")
    local got = support.evalua { "run", path }
    assert.equal(3, got.code)
    assert.matches("e.lua:1: bad", got.err, 1, true)
    assert.is_nil(got.err:find("traceback"))
    got = support.evalua { "run", "--debug", path }
    assert.matches("traceback", got.err)
  end)

  it("find nothing that lies beside the data", function()
    local dir = support.tempdir()
    local file = assert(io.open(dir .. "/lpeg.lua", "w"))
    file:write("error 'loaded from the data folder'")
    file:close()
    local got = support.evalua({ "-e",
      'print(require("lpeg").version ~= nil)' }, { cwd = dir,
      env = { LUA_PATH = "./?.lua", LUA_PATH_5_4 = "./?.lua" } })
    assert.equal("true\n", got.out, got.err)
  end)
end)

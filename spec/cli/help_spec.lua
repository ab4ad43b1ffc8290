-- help: every command and option explains itself in both languages.

local lfs = require "lfs"
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

  it("answers a mistyped word with the nearest one", function()
    for _, case in ipairs {
      { { "varience" }, "unknown command 'varience' (did you mean 'variance'?)" },
      { { "help", "varience" }, "did you mean 'variance'?" },
      { { "report", "selfval" },
        "there is no report 'selfval' (did you mean 'selfeval'?)" },
      { { "chart", "plt" }, "there is no chart 'plt' (did you mean 'plot'?)" },
      { { "report", "zzz" }, "there is no report 'zzz'; there are: audit, " },
      { { "--froobnicate" }, "unknown option '--froobnicate'" },
    } do
      local got = support.evalua(case[1])
      assert.equal(2, got.code)
      assert.matches(case[2], got.err, 1, true)
    end
  end)

  it("names the columns where too few are named", function()
    local path = support.write("b.csv", "dept,plan,spent\nA,1,2\n")
    local has = "; '" .. path .. "' has the columns: dept, plan, spent\n"
    for needs, words in pairs {
      ["variance needs --actual COL"] = { "variance", path, "--base", "plan" },
      ["trend needs --period COL|YEAR,MONTH"] = { "trend", path },
      ["chart share needs --by COL"] = { "chart", "share", path },
    } do
      local got = support.evalua(words)
      assert.equal(2, got.code)
      assert.equal("evalua: " .. needs .. has, got.err)
    end
    assert.equal("evalua: variance needs --base COL\n",
      support.evalua({ "variance", path .. "x" }).err)
  end)

  it("is there for the kinds of a command, too", function()
    assert.matches("usage: evalua chart plot ",
      support.evalua { "help", "chart", "plot" }.out, 1, true)
    assert.matches("usage: evalua report selfeval ",
      support.evalua { "help", "report", "selfeval" }.out, 1, true)
  end)

  it("takes --lang and --debug before the command", function()
    assert.equal(support.evalua { "help", "--lang", "zh" }.out,
      support.evalua { "--lang", "zh" }.out)
    assert.matches("^用法：evalua report grid ",
      support.evalua { "--lang=zh", "report", "grid", "--help" }.out)
    assert.matches("traceback",
      support.evalua { "--debug", "-e", "error 'x'" }.err)
    local got = support.evalua { "--lang", "fr" }
    assert.equal(2, got.code)
    assert.matches("--lang is one of en, zh", got.err, 1, true)
  end)
end)

describe("the examples of the help", function()
  local dir = support.tempdir()
  assert(lfs.link(support.root .. "/data", dir .. "/data", true))

  for _, name in ipairs { "chart plot", table.unpack(cli.commands) } do
    it("of " .. name .. " run as they stand", function()
      local words = { "help" }
      for word in name:gmatch "%S+" do words[#words + 1] = word end
      local shown = support.evalua(words).out:match "\nExamples:\n(.+)$" or ""
      assert.equal(name ~= "doctor" and name ~= "help", shown ~= "")
      local program = support.quote(support.program())
      local script = shown:gsub("%f[%w]evalua ", program .. " ")
        :gsub("([^\\])\n", "%1 || exit\n")
      local got = support.run({ "bash", "-c", script }, { cwd = dir })
      assert.equal(name == "audit" and 1 or 0, got.code, got.err)
    end)
  end
end)

describe("the help of expressions", function()
  local ev = require "evalua"
  local expressions = require "evalua.cli.expressions"
  local page = support.evalua({ "help", "expressions" }).out

  it("is there in Chinese too", function()
    assert.is_string(zh[expressions.title])
    for _, group in ipairs(expressions.groups) do
      assert.is_string(zh[group.title], group.title)
      for _, item in ipairs(group.items) do
        assert.is_string(zh[item[2]], item[2])
      end
    end
  end)

  it("keeps to its columns", function()
    for line in page:gmatch "[^\n]+" do assert.is_true(#line <= 120, line) end
  end)

  it("names every function and summary there is", function()
    local t = ev.table { columns = { a = { 1 } } }
    local _, problem = pcall(t.where, t, "frobnicate(a)")
    local names = problem:match "there are: ([%w_, ]+)" .. ", "
      .. require("evalua.parse").aggregate_names
    local n = 0
    for name in names:gmatch "[%w_]+" do
      assert.matches("%f[%w_]" .. name .. "%(", page)
      n = n + 1
    end
    assert.is_true(n > 25)
  end)

  it("shows what can be computed", function()
    local t = ev.table { { year = 2022, kind = "basic", unit = "A",
      ["actual 2022"] = 2, original = 5, executed = 6, rate = 85,
      month = "2023-05" }, types = { month = "month" } }
    for _, group in ipairs(expressions.groups) do
      for _, item in ipairs(group.items) do
        local what = item[1]
        if what:find "^total" then
          assert.equal(1, t:summarise(what):nrows(), what)
        elseif not what:find "%a%(" then
          assert.equal(1, #assert(t:eval(what)), what)
        end
      end
    end
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

  it("take a comment as code, and no folder as a script", function()
    assert.equal("1\n", support.evalua { "-e", "--lua\nprint(1)" }.out)
    local got = support.evalua { "run", support.root }
    assert.equal(2, got.code)
    assert.matches("cannot open '" .. support.root .. "' (Is a directory)",
      got.err, 1, true)
    assert.equal(2, support.evalua({ "run", "--nope", "x.lua" }).code)
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

describe("a message of the data", function()
  it("is not taken for a mistake of the program's own", function()
    for _, name in ipairs { "attempt to call", "stack overflow" } do
      local got = support.evalua({ "query", "-", "--sort", name },
        { stdin = "a,b\n1,2\n" })
      assert.equal(2, got.code)
      assert.matches("^evalua: arrange: no column '" .. name .. "'", got.err)
    end
  end)

  it("is told from one", function()
    for code, words in pairs {
      ["local x; x.y = 1"] = "attempt to index a nil value",
      ["local function f() return 1 + f() end f()"] = "stack overflow" } do
      local got = support.evalua { "-e", ([[
        local cli = require "evalua.cli"
        package.loaded["evalua.cli.broken"] = { name = "broken",
          usage = "broken", summary = "", options = {},
          run = load(%q, "=lua/evalua/broken.lua") }
        cli.commands[#cli.commands + 1] = "broken"
        os.exit(cli.main { "broken" })]]):format(code) }
      assert.equal(2, got.code)
      assert.matches("this is a mistake in evalua itself", got.err, 1, true)
      assert.matches(words, got.err, 1, true)
    end
  end)
end)

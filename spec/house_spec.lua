local house = require "support.house"
local support = require "support"

local folders = { "src", "lua", "scripts", "spec" }

describe("the house", function()
  it("has files on its ground floor", function()
    assert.is_true(#house.files { "src/base" } > 0)
  end)

  for rule in pairs(house.rules) do
    it("keeps the rule: " .. rule, function()
      local all = {}
      for _, path in ipairs(house.files(folders)) do
        local found = house.check(path, support.read(path), rule)
        table.move(found, 1, #found, #all + 1, all)
      end
      assert.equal("", table.concat(all, "\n"))
    end)
  end
end)

local function lines(n, line) return (line .. "\n"):rep(n) end

--- Rule, path, text, and the finding expected (false: none).
local planted = {
  { "floors", "src/base/a.c", '#include "base/b.h"\n', false },
  { "floors", "src/base/a.c", '\n#include "table/b.h"\n',
    "src/base/a.c:2: base may not include table/b.h" },
  { "floors", "src/draw/a.h", '#  include "table/b.h"\n',
    "src/draw/a.h:1: draw may not include table/b.h" },
  { "floors", "src/stats/a.c", '#include "table/b.h"\n',
    "src/stats/a.c:1: stats may not include table/b.h" },
  { "floors", "src/verbs/a.c", '#include "io/b.h"\n',
    "src/verbs/a.c:1: verbs may not include io/b.h" },
  { "floors", "src/io/a.c", '#include "../bind/b.h"\n',
    "src/io/a.c:1: io may not include ../bind/b.h" },
  { "floors", "src/io/a.c", '#include "base/../bind/b.h"\n',
    "src/io/a.c:1: io may not include base/../bind/b.h" },
  { "floors", "src/io/a.c", '/* #include "bind/b.h" */\n', false },
  { "floors", "src/bind/a.c", '#include "draw/b.h"\n', false },
  { "floors", "src/main.c", '#include "bind/b.h"\n', false },
  { "floors", "src/attic/a.c", "", "src/attic/a.c:1: src/attic is no floor" },

  { "command_line", "lua/evalua/a.lua", 'x = require "evalua.cli.options"\n',
    "lua/evalua/a.lua:1: only the command line may require evalua.cli.options" },
  { "command_line", "lua/evalua/b/a.lua", '\nrequire("evalua.cli").x()\n',
    "lua/evalua/b/a.lua:2: only the command line may require evalua.cli" },
  { "command_line", "lua/evalua/cli/a.lua", 'require "evalua.cli"\n', false },
  { "command_line", "lua/evalua/a.lua", 'require "evalua.client"\n', false },

  { "lua_header", "src/io/a.c", "#include <lua.h>\n",
    "src/io/a.c:1: io may not see lua.h" },
  { "lua_header", "src/io/a.h", '#include "lua5.4/lauxlib.h"\n',
    "src/io/a.h:1: io may not see lua5.4/lauxlib.h" },
  { "lua_header", "src/base/a.c", "#include <lualib.h>\n",
    "src/base/a.c:1: base may not see lualib.h" },
  { "lua_header", "src/bind/a.c", "#include <lua.h>\n", false },
  { "lua_header", "src/main.c", "#include <lua.h>\n", false },

  { "file_length", "lua/a.lua", lines(500, "x()"), false },
  { "file_length", "lua/a.lua", lines(501, "x()"),
    "lua/a.lua:501: 501 lines in a file" },

  { "function_length", "src/io/a.c",
    "int f(void) {\n" .. lines(58, "  g();") .. "}\n", false },
  { "function_length", "src/io/a.c",
    "int f(void) {\n}\n\nint\ng(int a) {\n" .. lines(58, "  if (a) { g(); }") .. "}\n",
    "src/io/a.c:4: 61 lines in a function" },
  { "function_length", "src/io/a.c",
    "int f(void) {\n  g('{', \"{\"); /* { */\n" .. lines(57, "") .. "}\n", false },
  { "function_length", "src/io/a.c",
    "static const int a[] = {\n" .. lines(100, "1,") .. "};\n", false },

  { "layout", "src/io/a.c", "int a;\n\tint b;\n", "src/io/a.c:2: a tab" },
  { "layout", "lua/a.lua", ("x"):rep(90) .. "\n", false },
  { "layout", "lua/a.lua", ("差"):rep(90) .. "\n", false },
  { "layout", "lua/a.lua", ("x"):rep(91) .. "\n", "lua/a.lua:1: 91 columns" },

  { "numbers", "src/io/a.c", "x = strtod(s, NULL);\n",
    "src/io/a.c:1: strtod(): numbers are read by src/base" },
  { "numbers", "src/io/a.c", "x = atof (s);\n",
    "src/io/a.c:1: atof(): numbers are read by src/base" },
  { "numbers", "src/io/a.c", "sscanf(s, f);\n",
    "src/io/a.c:1: sscanf(): numbers are read by src/base" },
  { "numbers", "src/base/a.c", "x = strtod(s, NULL);\n", false },
  { "numbers", "src/io/a.c", "/* strtod(s) */ x = strtol(s, 0, 10);\n", false },

  { "shell", "src/draw/a.c", 'system("ls");\n', "src/draw/a.c:1: system(): no shell" },
  { "shell", "src/draw/a.c", "f = popen(s, r);\n", "src/draw/a.c:1: popen(): no shell" },
  { "shell", "src/draw/a.c", 'lsystem_x(); s = "system(1)";\n', false },
  { "shell", "lua/a.lua", "\nos.execute(s)\n", "lua/a.lua:2: os.execute: no shell" },
  { "shell", "scripts/a.lua", "io.popen(s)\n", "scripts/a.lua:1: io.popen: no shell" },
  { "shell", "spec/a.lua", "os.execute(s)\n", false },

  { "state", "src/io/a.c", "static int count = 0;\n",
    "src/io/a.c:1: static data that changes: count" },
  { "state", "src/io/a.c", "int f(void) {\n  static char buf[10];\n}\n",
    "src/io/a.c:2: static data that changes: buf" },
  { "state", "src/io/a.c", "static const char *name;\n",
    "src/io/a.c:1: static data that changes: name" },
  { "state", "src/io/a.c", "static int (*hook)(void);\n",
    "src/io/a.c:1: static data that changes: hook" },
  { "state", "src/io/a.c", "static int (*const hook)(void *) = f;\n", false },
  { "state", "src/io/a.c", "static const char *const names[] = {0};\n", false },
  { "state", "src/io/a.c", "static const luaL_Reg functions[] = {{0}};\n", false },
  { "state", "src/io/a.c", "static char *copy(const char *s) {\n}\n", false },
  { "state", "src/main.c", "static lua_State *running = NULL;\n", false },

  { "header", "src/io/a.h", "#ifndef A_H\n", "src/io/a.h:1: a header begins by " ..
    "saying what the module is: /* name: ..." },
  { "header", "src/io/a.h", "/* a: what it is. */\n", false },
}

describe("the house's rules", function()
  for i, case in ipairs(planted) do
    local rule, path, text, expected = table.unpack(case)
    local verb = expected and "bites" or "lets pass"
    it(("%s %s, case %d"):format(rule, verb, i), function()
      local found = house.check(path, text, rule)
      assert.same(expected and { expected } or {}, found)
    end)
  end

  it("are each shown to bite", function()
    local bitten = {}
    for _, case in ipairs(planted) do
      if case[4] then bitten[case[1]] = true end
    end
    for rule in pairs(house.rules) do assert.is_true(bitten[rule], rule) end
  end)
end)

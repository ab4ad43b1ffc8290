--- spec/support/runs: whatever is wrong with a file of specs is a failure.
local support = require "support"

--- A file with one test of this body, or with `whole` in it.
local function file(name, body, whole)
  return support.write(name .. "_spec.lua", whole or
    ('describe("d", function() it("t", function() %s end) end)'):format(body))
end

local function runs(paths, limit)
  local words = {}
  for i, path in ipairs(paths) do words[i] = support.quote(path) end
  local result = support.run({ "spec/support/runs", table.concat(words, " "),
    "lua", "lua5.4 spec/support/run.lua" }, { env = { LIMIT = limit } })
  return result.out, result.code
end

describe("spec/support/runs", function()
  it("adds up what the files say", function()
    local out, code = runs { file("a b", ""), file("wrong", "error 'no'") }
    assert.matches("\n1 passed, 1 failed, 0 skipped\n$", out)
    assert.equal(1, code)
    out, code = runs { file("a b", ""), file("c", "") }
    assert.matches("\n2 passed, 0 failed, 0 skipped\n$", out)
    assert.equal(0, code)
  end)

  it("counts files that crash, load not or test nothing", function()
    local out, code = runs {
      file("crash", 'os.execute "kill -SEGV $PPID"; while true do end'),
      file("load", nil, "local = 1"), file("none", nil, "return"),
      file("good", "") }
    assert.matches("crash_spec.lua ended with 139", out)
    assert.matches("none_spec.lua ran no test", out)
    assert.matches("\n1 passed, 3 failed, 0 skipped\n$", out)
    assert.equal(1, code)
  end)

  -- Alone, since any other may need longer than that on a busy machine.
  it("counts a file that hangs", function()
    local out, code = runs({ file("hang", "while true do end") }, "1")
    assert.matches("hang_spec.lua ended with %d+ %(hangs%?%)", out)
    assert.matches("\n0 passed, 1 failed, 0 skipped\n$", out)
    assert.equal(1, code)
  end)
end)

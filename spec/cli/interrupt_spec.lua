-- ^C ends the program with 130 and leaves nothing half-written.

local support = require "support"

local function assert_interrupted(got)
  assert.equal("", got.out)
  assert.equal("evalua: interrupted\n", got.err)
  assert.equal(130, got.code)
end

describe("SIGINT", function()
  it("ends a script that loops", function()
    local mark = support.tempdir() .. "/mark"
    local script = support.write("loop.lua", "local mark <close> = "
      .. "io.open(arg[1], 'w')\nmark:write 'x'\nmark:flush()\n"
      .. "while true do end\n")
    assert_interrupted(support.signal("INT", mark,
      { support.program(), "run", script, mark }))
  end)

  it("ends a program that waits for its standard input", function()
    local dir = support.tempdir()
    -- More than a pipe holds has been read when the mark is set. The program
    -- takes the shell's place; who writes ends with the pipe.
    local shell = [[exec "$0" query - < <(exec 2>/dev/null
      seq 1000000; echo x >mark; while echo 1; do sleep 0.1; done)]]
    assert_interrupted(support.signal("INT", dir .. "/mark",
      { "bash", "-c", shell, support.program() }, { cwd = dir }))
  end)

  it("is not what a message with that word tells of", function()
    local got = support.evalua { "-e", "error 'sales: interrupted'" }
    assert.equal(3, got.code)
    assert.matches("sales: interrupted", got.err, 1, true)
    got = support.evalua({ "query", "-", "--where", "interrupted == 1" },
      { stdin = "a\n1\n" })
    assert.equal(2, got.code)
    assert.matches("no column 'interrupted'", got.err, 1, true)
  end)
end)

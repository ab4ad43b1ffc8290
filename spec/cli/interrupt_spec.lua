-- ^C ends the program with 130 and leaves nothing half-written.

local support = require "support"

--- What a background command says, and its exit code after a SIGINT.
local function interrupted(command)
  return support.run { "bash", "-c", ("{ %s; } 2>&1 & sleep 1; "
    .. "pkill -INT -P $! evalua; wait $!; echo $?"):format(command) }
end

local evalua = support.quote(support.program())

describe("SIGINT", function()
  it("ends a script that loops", function()
    local script = support.write("loop.lua", "while true do end\n")
    local got = interrupted(evalua .. " run " .. script)
    assert.equal("evalua: interrupted\n130\n", got.out)
  end)

  it("ends a program that waits for its standard input", function()
    local got = interrupted(evalua .. " query - < <(sleep 2)")
    assert.equal("evalua: interrupted\n130\n", got.out)
  end)
end)

-- The folder of the installation, however lua5.4 came by the module.

local support = require "support"

describe("the root", function()
  local function root_of(path)
    return load(support.read "lua/evalua/init.lua", "@" .. path)().root()
  end

  it("is what lua/ stands in", function()
    assert.equal("/usr/share/evalua", root_of "/usr/share/evalua/lua/evalua/init.lua")
    assert.equal("..", root_of "../lua/evalua/init.lua")
    assert.equal("/", root_of "/lua/evalua/init.lua")
  end)

  it("is the current folder where the path is relative", function()
    assert.equal(".", root_of "lua/evalua/init.lua")
    assert.equal(".", root_of "./lua/evalua/init.lua")
  end)
end)

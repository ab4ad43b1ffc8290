-- The worked example of data/statistics/README.md prints what it says.

local support = require "support"

local text = support.read(support.root .. "/data/statistics/README.md")

local function words_of(command)
  local words = {}
  for word in command:gsub("\\\n", ""):gmatch "%S+" do
    words[#words + 1] = word
  end
  return words
end

describe("the worked example", function()
  local count = 0
  for block in text:gmatch "```console\n(.-)```" do
    local command, output = block:match "^%$ evalua (.-[^\\])\n(.*)$"
    count = count + 1
    it("runs " .. command:match "^%S+" .. " " .. count, function()
      local got = support.evalua(words_of(command))
      assert.same({ 0, output }, { got.code, got.out })
    end)
  end

  it("has a script that prints its text", function()
    local code, output = text:match "```lua\n(.-)```%s+```text\n(.-)```"
    local got = support.evalua { "run", support.write("a.lua", code) }
    assert.same({ 0, "", output }, { got.code, got.err, got.out })
  end)

  it("has its commands", function() assert.equal(3, count) end)
end)

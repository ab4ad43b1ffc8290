-- The worked example: every command and script on the page of
-- data/monthly-spending prints what the page says.

local support = require "support"

local PAGE = "data/monthly-spending/README.md"

--- A shell line as words, its quotes taken off.
local function words_of(line)
  local words = {}
  for quoted, plain in line:gsub("(%S+)", " %1"):gmatch "()(%S+)" do
    words[#words + 1] = { at = quoted, text = plain }
  end
  local joined, open = {}, nil
  for _, word in ipairs(words) do
    local text = word.text
    if open then
      open = open .. " " .. text
      if text:find "'$" then
        joined[#joined + 1] = open:sub(2, -2)
        open = nil
      end
    elseif text:find "^'" then
      open = text
    else
      joined[#joined + 1] = text
    end
  end
  return joined
end

describe("the worked example of forecasts", function()
  local page = support.read(PAGE)
  local count = 0
  for kind, source, output in
    page:gmatch "```(%l+)\n(.-)```\n```text\n(.-)```" do
    count = count + 1
    it("prints what it says: " .. source:match "[^\n]+", function()
      local got
      if kind == "sh" then
        local words = words_of(source)
        assert.equal("evalua", table.remove(words, 1))
        got = support.evalua(words)
      else
        got = support.evalua { "run", support.write("example.lua", source) }
      end
      assert.equal(0, got.code, got.err)
      assert.equal(output, got.out)
    end)
  end

  it("has five of them", function() assert.equal(5, count) end)
end)

-- Previews in block characters: every kind, aligned with wide characters.

local core = require "evalua.core"
local support = require "support"

local path

setup(function()
  local lines = { "month,dept,budget,actual" }
  for i, dept in ipairs { "办公室", "Finance bureau", "财政所" } do
    for month = 1, 6 do
      lines[#lines + 1] = ("2022-%02d,%s,%d,%d"):format(month, dept, 100 * i,
        90 * i + month * 7)
    end
  end
  path = support.write("b.csv", table.concat(lines, "\n") .. "\n")
end)

local both = { "--by", "dept", "--base", "budget", "--actual", "actual" }
local over_time = { "--period", "month", "--base", "budget", "--actual",
  "actual" }
local kinds = { variance = both, bridge = both, columns = over_time,
  trend = { "--period", "month", "--value", "actual" }, bullet = both,
  heatmap = { "--by", "dept", table.unpack(over_time) },
  multiples = { "--by", "dept", "--period", "month", "--value", "actual" },
  slope = both, share = both, pareto = { "--by", "dept", "--value",
    "actual" } }

local function preview(kind, columns, ...)
  local args = { "chart", kind, path }
  for _, word in ipairs(kinds[kind]) do args[#args + 1] = word end
  for _, word in ipairs { ... } do args[#args + 1] = word end
  local result = support.evalua(args, { env = { COLUMNS = columns } })
  assert.equal(0, result.code, kind .. ": " .. result.err)
  return result.out
end

describe("a chart without a file", function()
  it("draws the bar of an indicator whole, and its target on it", function()
    local bars = {}
    for bar in preview("bullet", "100"):gmatch "[^\n]*" do
      local drawn = bar:match "(━.*)  +[+−]"
      if drawn then bars[#bars + 1] = drawn:gsub(" +$", "") end
    end
    assert.equal(3, #bars)
    assert.matches("^[━]+╋[━]+$", bars[1]) -- 687 of 600
    assert.matches("^[━]+ *│$", bars[3]) -- 1,767 of 1,800
  end)

  it("has no gap between the two lines of its message", function()
    local out = preview("variance", "80", "--lang", "en", "--title",
      ("many words "):rep(9) .. "end")
    assert.matches("^ many[^\n]*\n [^\n]*end\n", out)
  end)

  for kind in pairs(kinds) do
    it("is drawn in the terminal: " .. kind, function()
      for _, columns in ipairs { "72", "100", "140" } do
        local text = preview(kind, columns, "--lang", "en")
        local widest = 0
        for line in text:gmatch "[^\n]+" do
          widest = math.max(widest, core.text.width(line))
        end
        assert.is_true(widest <= tonumber(columns),
          kind .. " is " .. widest .. " wide")
        assert.is_true(widest > 40)
        assert.matches("Source: b.csv", text, 1, true)
        assert.is_nil(text:find("\27", 1, true))
      end
    end)
  end

  it("has every name whole, and the figures", function()
    local text = preview("variance", "100", "--lang", "zh")
    for _, word in ipairs { "办公室", "Finance bureau", "财政所", "合计",
      "ΔPL", "█", "来源" } do
      assert.is_truthy(text:find(word, 1, true), word)
    end
  end)

  it("has longer bars for more", function()
    local length = {}
    for line in preview("variance", "100", "--lang", "zh"):gmatch "[^\n]+" do
      for _, name in ipairs { "办公室", "Finance bureau", "财政所" } do
        if line:find(" " .. name .. " ", 1, true) then
          length[name] = select(2, line:gsub("█", ""))
        end
      end
    end
    assert.is_true(length["财政所"] > length["Finance bureau"])
    assert.is_true(length["Finance bureau"] > length["办公室"])
  end)

  it("is the same each time", function()
    assert.equal(preview("bridge", "100"), preview("bridge", "100"))
  end)
end)

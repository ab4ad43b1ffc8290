-- grid: columns that line up whatever script they are written in.

local core = require "evalua.core"
local grid = require "evalua.report.grid"

local width = core.text.width

local columns = { { title = "name", shrinks = true },
  { title = "amount", align = "right" }, { title = "note", rank = 1 } }

local function rows(names)
  local list = {}
  for i, name in ipairs(names) do
    list[i] = { cells = { name, "1,234.50", "over" } }
  end
  return list
end

describe("grid.lines", function()
  it("gives every line its columns at the same place", function()
    local lines = grid.lines(columns, rows { "基本支出", "Personnel", "é" })
    for i = 3, 5 do
      local before = lines[i]:match("^(.-)1,234")
      assert.equal(width(lines[3]:match("^(.-)1,234")), width(before))
    end
  end)

  it("stays within the width and marks what it cuts", function()
    local long = ("东方红街道办事处"):rep(10)
    for _, most in ipairs { 30, 40, 41, 79 } do
      for _, line in ipairs(grid.lines(columns, rows { long }, most)) do
        assert.is_true(width(line) <= most)
      end
    end
    assert.matches("…", grid.lines(columns, rows { long }, 40)[3], 1, true)
  end)

  it("is done at once with a name of a million characters", function()
    local lines = grid.lines(columns, rows { ("名"):rep(1000000) })
    assert.is_true(width(lines[3]) < 200)
  end)

  it("never cuts an amount: it leaves out what matters least", function()
    local lines, dropped = grid.lines(columns, rows { "abcdefghij" }, 18)
    assert.same({ "note" }, dropped)
    assert.matches("1,234.50", lines[3], 1, true)
  end)

  it("lets no control character through", function()
    local lines = grid.lines(columns, rows { "a\27[31mb\nc" })
    assert.is_nil(table.concat(lines, " "):find("[\27\n]"))
  end)
end)

describe("grid.cut", function()
  it("cuts wide characters whole", function()
    assert.equal("基…", grid.cut("基本支出", 3))
    assert.equal("基…", grid.cut("基本支出", 4))
    assert.equal("基本支出", grid.cut("基本支出", 8))
    assert.equal("", grid.cut("基本", 0))
  end)
end)

describe("a column that wraps", function()
  local wrapping = { { title = "amount", align = "right" },
    { title = "why", wraps = true } }
  local text = "no adjusted budget is given (全年预算数未给出) and therefore the "
    .. "rate is against the original budget"

  it("goes on below, whatever the width, and loses nothing", function()
    for _, most in ipairs { 24, 40, 79 } do
      local lines = grid.lines(wrapping, { { cells = { "1.00", text } } }, most)
      local words = {}
      for i = 3, #lines do
        assert.is_true(width(lines[i]) <= most)
        words[#words + 1] = lines[i]:gsub("1%.00", "")
      end
      assert.equal((text:gsub("%s", "")), (table.concat(words):gsub("%s", "")))
    end
  end)

  it("paints each of its lines", function()
    local lines = grid.lines(wrapping, { { cells = { "1.00", text } } }, 30,
      function(_, index, cell) return index == 2 and "<" .. cell .. ">" or cell
      end)
    for i = 3, #lines do assert.matches("<.*>", lines[i]) end
  end)
end)

describe("grid.wrap", function()
  it("breaks at blanks, else between characters, and loses nothing", function()
    local text = "no adjusted budget (全年预算数) is given: 未给出调整后预算数"
    for most = 10, 70 do
      local lines = grid.wrap(text, most, "  ")
      for _, line in ipairs(lines) do assert.is_true(width(line) <= most) end
      local joined = table.concat(lines, ""):gsub("%s", "")
      assert.equal((text:gsub("%s", "")), joined)
    end
    assert.same({ "aa bb", "cc" }, grid.wrap("aa bb cc", 6, ""))
    assert.same({ text }, grid.wrap(text, nil, ""))
  end)
end)

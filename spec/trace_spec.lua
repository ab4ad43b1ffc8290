-- trace: figures, the places they come from, and sums that must agree.

local ev = require "evalua"
local trace = require "evalua.trace"
local D = ev.decimal

local function small_ledger()
  local ledger = trace.ledger()
  ledger:add { id = "a", name = "A", value = D "3.50", operation = "sum",
    parts = { { source = "x.csv", line = 2, column = "amount",
        value = D "5" },
      { source = "x.csv", line = 3, column = "amount", value = D "1.5",
        weight = -1 } } }
  ledger:add { id = "b", name = "B", value = 7, operation = "sum",
    parts = { { source = "x.csv", line = 4, value = 7 } } }
  ledger:add { id = "rate", name = "A of B", value = D "50", unit = "%",
    operation = "100 * a / b", parts = { { figure = "a", role = "a" },
      { figure = "b", role = "b" } } }
  return ledger
end

describe("a ledger", function()
  it("adds up the parts of a sum with their weights", function()
    local ledger = small_ledger()
    assert.equal("3.5", tostring(ledger:sum(ledger.figures.a)))
  end)

  it("refuses a sum whose parts do not add to it", function()
    local ledger = small_ledger()
    assert.has_error(function()
      ledger:add { id = "c", name = "C", value = 11, operation = "sum",
        parts = { { figure = "a" }, { figure = "b" } } }
    end, "the figure 'c' is 11, but its parts add to 10.50")
  end)

  it("refuses a part that is not there, and an id twice", function()
    local ledger = small_ledger()
    assert.has_error(function()
      ledger:add { id = "c", name = "C", operation = "sum",
        parts = { { figure = "d" } } }
    end, "the figure 'c' has a part 'd' that is not there")
    assert.has_error(function()
      ledger:add { id = "a", name = "A", operation = "sum", parts = {} }
    end, "the figure 'a' is there already")
  end)
end)

describe("trace.table", function()
  it("goes down to the lines", function()
    local t = trace.table(small_ledger(), "rate")
    local found = {}
    for i, row in t:rows() do
      found[i] = ("%d %s %s %s"):format(row.level, row.figure, row.value,
        tostring(row.line))
    end
    assert.same({ "0 rate 50 nil", "1 a 3.50 nil", "2 a 5 2", "2 a 1.5 3",
      "1 b 7 nil", "2 b 7 4" }, found)
  end)

  it("names the figures there are", function()
    local t, message = trace.table(small_ledger(), "rat")
    assert.is_nil(t)
    assert.equal("there is no figure 'rat'; there are: a, b, rate", message)
  end)
end)

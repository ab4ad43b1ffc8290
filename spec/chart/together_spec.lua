--- Many charts by one gnuplot: the same bytes as one by one.
local ev = require "evalua"
local support = require "support"

local d = ev.decimal

local function table_of(n)
  return ev.table { columns = { k = { "甲", "乙" },
    plan = { d "10.00", d(n) }, actual = { d "12.50", d "7.00" } } }
end

local function chart(n, kind)
  return assert(ev.chart[kind or "variance"](table_of(n), { by = "k",
    base = "plan", actual = "actual", lang = "zh" }))
end

describe("chart.save_all", function()
  it("draws what each chart draws by itself", function()
    local folder, list, alone = support.tempdir(), {}, {}
    local files = { "a.svg", "b.png", "c.pdf", "d.svg" }
    for i, name in ipairs(files) do
      local kind = i == 4 and "bridge" or "variance"
      list[i] = { chart(i, kind), folder .. "/" .. name }
      alone[i] = assert(chart(i, kind):render(name:sub(3)))
    end
    assert.is_true(ev.chart.save_all(list))
    for i, name in ipairs(files) do
      assert.is_true(support.read(folder .. "/" .. name) == alone[i], name)
    end
  end)

  it("takes more than one script holds", function()
    local folder, list = support.tempdir(), {}
    for i = 1, 52 do
      list[i] = { chart(i), ("%s/%d.svg"):format(folder, i) }
    end
    assert.is_true(ev.chart.save_all(list))
    assert.is_true(support.read(folder .. "/52.svg")
      == assert(chart(52):render "svg"))
  end)

  it("writes nothing when one cannot be drawn", function()
    local folder = support.tempdir()
    local none, message = ev.chart.save_all {
      { chart(1), folder .. "/a.svg" }, { chart(2), folder .. "/b.gif" } }
    assert.is_nil(none)
    assert.matches("svg, png or pdf", message)
    assert.equal("", support.run({ "ls", "-A", folder }).out)
  end)
end)

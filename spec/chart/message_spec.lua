--- The sentence above a chart says only what the figures say.
local cases = require "chart.cases"

local row = cases.row

local function message(kind, lang, rows, opts)
  local spec = { rows = rows, title = { unit = lang == "zh" and "万元" or nil } }
  for key, value in pairs(opts or {}) do spec[key] = value end
  local list = assert(cases.chart(kind, "sample", lang, "slide", spec)
    :display_list())
  local lines = {}
  for i, item in ipairs(list:find("text", "message")) do
    lines[i] = item.text
  end
  return table.concat(lines, " ")
end

local function leaf(label, base, actual, better)
  return row("leaf", 1, label, base, actual, better)
end

describe("the message", function()
  it("names the only overrun", function()
    assert.equal("项目支出超预算 2,618 万元，是超支的唯一来源",
      message("variance", "zh", cases.sample()))
    assert.equal("项目支出: 2,618 over budget, the only overrun",
      message("variance", "en", cases.sample()))
  end)

  it("does not call an overrun the only one when there are two", function()
    local text = message("variance", "en", { leaf("a", "10", "20"),
      leaf("b", "10", "12"), leaf("c", "10", "9") })
    assert.equal("Total: 11 over budget, a alone by 10", text)
  end)

  it("does not call a group the only overrun beside a line that is one",
    function()
    local function rows(street)
      return { row("leaf", 2, "police", "10", "40"),
        row("subtotal", 1, "safety", "10", "40"),
        row("leaf", 2, "streets", "10", street),
        row("leaf", 2, "parks", "20", "11"),
        row("subtotal", 1, "services", "30", tostring(street + 11)) }
    end
    assert.equal("safety: 30 over budget, the only overrun",
      message("variance", "en", rows "9"))
    assert.equal("Total: 26 over budget, safety alone by 30",
      message("variance", "en", rows "15"))
  end)

  it("names two lines and their sum in a bridge", function()
    local text = message("bridge", "zh", { leaf("甲", "10", "20"),
      leaf("乙", "10", "12"), leaf("丙", "10", "9") })
    assert.equal("合计超预算 11 万元，甲与乙两项共 12 万元", text)
  end)

  it("says under where the total is under", function()
    assert.equal("Total: 7 under budget, a alone by 5", message("variance",
      "en", { leaf("a", "10", "5"), leaf("b", "10", "8") }))
  end)

  it("does not speak of an overrun of revenue", function()
    assert.equal("Tax: 5 over budget, the only line over", message("variance",
      "en", { leaf("Tax", "10", "15", 1), leaf("Fees", "10", "9", 1) }))
  end)

  it("speaks of groups where there are any", function()
    assert.equal("项目支出超预算 2,618 万元，是超支的唯一来源",
      message("variance", "zh", cases.groups()))
  end)

  it("speaks of lines in a bridge, which shows no groups", function()
    assert.equal("支出合计超预算 2,334 万元，设备购置与委托业务两项共 1,561 万元",
      message("bridge", "zh", cases.groups()))
  end)

  it("says that all is on budget, or the total is", function()
    assert.equal("各项均与预算一致", message("variance", "zh",
      { leaf("a", "10", "10"), leaf("b", "5", "5") }))
    assert.equal("The total is exactly on budget", message("variance", "en",
      { leaf("a", "10", "11"), leaf("b", "5", "4") }))
  end)

  it("does not say that all is on budget where only the groups are", function()
    local function rows(better)
      return { row("leaf", 2, "a", "10", "12", better),
        row("leaf", 2, "b", "10", "8", better),
        row("subtotal", 1, "A", "20", "20", better) }
    end
    assert.equal("The total is exactly on budget",
      message("variance", "en", rows()))
    local both = rows()
    table.move(rows(1), 1, 3, 4, both)
    assert.matches("2 over budget$", message("variance", "en", both))
  end)

  it("says that there are no figures", function()
    assert.equal("没有数据", message("variance", "zh", { leaf("a") }))
  end)

  it("adds no revenue to expense", function()
    local text = message("variance", "en", { leaf("Tax", "10", "15", 1),
      leaf("Pay", "10", "30", -1) })
    assert.equal("Pay: 20 over budget", text)
  end)

  it("compares with the prior year in its own words", function()
    assert.equal("a比上年多 5 万元", (message("variance", "zh",
      { leaf("a", "10", "15") },
      { scenario = { base = "PY", actual = "AC" } })
      :gsub("^合计", "a"):gsub("^a ", "a")))
  end)

  it("gives way to a title of one's own", function()
    assert.equal("Look here", message("variance", "en", cases.sample(),
      { title = { message = "Look here" } }))
  end)

  it("leaves a blank between Chinese and other names", function()
    assert.equal("合计超预算 11 万元，仅 IT 一项就达 10 万元",
      message("variance", "zh", { leaf("IT", "10", "20"),
        leaf("HR", "10", "11") }))
  end)
end)

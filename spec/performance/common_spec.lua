-- common indicators: formulas as data, n/a with what is missing.

local ev = require "evalua"
local common = require "evalua.performance.common"
local yinghua = require "support.yinghua"

--- Value with 4 decimals, or what is missing.
local function value(name, year)
  local result = common.compute(assert(common.find(name)), year)
  if result.value then return tostring(result.value:decimal(4)) end
  return result.zero and "zero" or table.concat(result.missing, " ")
end

describe("the common indicators", function()
  local year

  setup(function() year = yinghua.year() end)

  -- rules.md, section 2; the figures of the made-up unit by hand
  it("follow their formulas", function()
    local expected = { staff_ctrl = "103.3333", -- 31/30
      san_gong_change = "-12.5000", -- (7 − 8)/8
      completion_hn = "95.0893", -- (4+100+8−5.5)/(4+100+8)
      completion_mof = "95.0000", -- 104.5/110
      ["completion_mof:original"] = "104.5000",
      control_hn = "8.0000", -- 8/100, the additions given in 元
      ["control_hn:versions"] = "10.0000", ["adjust_mof:versions"] = "10.0000",
      carry = "5.0000", -- 5.5/110
      ["carry:original"] = "5.5000",
      ["carry:executed"] = "5.2632", -- 5.5/104.5
      carry_change = "37.5000", -- (5.5 − 4)/4
      carry_left = "137.5000", office_ctrl = "105.0000",
      san_gong_ctrl = "80.0000", procure = "90.0000" }
    for name, found in pairs(expected) do
      assert.equal(found, value(name, year), name)
    end
  end)

  it("name what is missing, each once", function()
    assert.equal("cuts", value("adjust_mof", year))
    assert.equal("planned_progress", value("progress", year))
    assert.equal("assets_in_use assets_all", value("asset_use", year))
    local sample = assert(ev.unit_year {})
    assert.equal("carry_in additions carry_out", value("completion_hn", sample))
    assert.equal("154.7324", value("completion_mof:original", sample))
  end)

  it("are n/a where the denominator is zero", function()
    local changed = yinghua.year { ["budget.csv"] = function(text)
      return (text:gsub("procurement,10,", "procurement,0,"))
    end }
    assert.equal("zero", value("procure", changed))
  end)

  it("tell a zero row from no row", function()
    local changed = yinghua.year { ["budget.csv"] = function(text)
      return (text:gsub("yh,2023,Y,executed,expense,,vehicle_buy,0,万元\n", ""))
    end }
    assert.equal("vehicle_buy_spent", value("san_gong_ctrl", changed))
  end)

  it("are all found, with formulas over parts that there are", function()
    for _, row in ipairs(common.list()) do
      local result = common.compute(row, year)
      assert.is_table(result, row.id)
      assert.is_string(row.source, row.id)
    end
    local row, message = common.find "nonsense"
    assert.is_nil(row)
    assert.matches("there is no common indicator 'nonsense'", message, 1, true)
  end)
end)

describe("amounts that are an 'of which'", function()
  it("do not count twice in the total", function()
    local funds = require("evalua.performance.funds").of_year(yinghua.year())
    assert.equal("100.00", tostring(funds.original))
    assert.equal("110.00", tostring(funds.adjusted))
    assert.equal("104.50", tostring(funds.executed))
  end)
end)

describe("the base-data form", function()
  local function outcomes(year)
    local found = {}
    for _, check in ipairs(common.base_checks(year)) do
      found[check.row.id] = check.outcome
    end
    return found
  end

  it("checks its own arithmetic", function()
    assert.same({ B1 = "fails", B2 = "holds", B3 = "undecided",
      B4 = "undecided", B5 = "holds", B6 = "undecided" },
      outcomes(yinghua.year()))
  end)

  it("changes its outcome with one figure", function()
    local found = outcomes(yinghua.year {
      ["budget.csv"] = function(text)
        return (text:gsub("san_gong_total,7.5", "san_gong_total,7"))
      end,
      ["facts.csv"] = function(text)
        return (text:gsub("103.33", "103.34"))
      end })
    assert.equal("holds", found.B1)
    assert.equal("fails", found.B5)
  end)

  it("adds up the three public expenses of each column", function()
    for _, row in ipairs(common.base_form(yinghua.year())) do
      if row.row.name_zh == "“三公经费”" then
        assert.equal("7", tostring(row.budget.value))
        assert.equal("5.6", tostring(row.final.value))
        assert.is_nil(row.last.value)
      end
    end
  end)
end)

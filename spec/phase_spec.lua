-- t:phase: parts that add up, whatever the amount and the weights.

local ev = require "evalua"
local phase = require "evalua.phase"
local support = require "support"
local random_from = require "support.random"

local d = ev.decimal

local function texts(list)
  local out = {}
  for i, value in ipairs(list) do out[i] = tostring(value) end
  return table.concat(out, " ")
end

describe("phase.split", function()
  it("gives what is left to those that lost most, then to the first", function()
    assert.equal("33.34 33.33 33.33", texts(phase.split(d "100.00", { 1, 1, 1 })))
    assert.equal("-0.02 -0.02 -0.01", texts(phase.split(d "-0.05", { 1, 1, 1 })))
    assert.equal("0 1 2", texts(phase.split(d "3", { 1, 5, 9 })))
    assert.equal("0.00 0.00", texts(phase.split(d "0.00", { 3, 1 })))
    assert.equal("0.00 7.00", texts(phase.split(d "7.00", { 0, 2 })))
  end)

  it("always adds up, and is never a unit off", function()
    local random = random_from(5)
    for _ = 1, 200 do
      local weights, total = {}, 0
      for i = 1, 12 do
        weights[i] = random(3) == 0 and 0 or random(1000)
        total = total + weights[i]
      end
      if total > 0 then
        local amount = ev.decimal(("%d.%02d"):format(random(1 << 40) - (1 << 39),
          random(100)))
        local sum = d "0.00"
        for i, part in ipairs(phase.split(amount, weights)) do
          sum = sum + part
          local exact = amount:number() * weights[i] / total
          assert.is_true(math.abs(part:number() - exact) < 0.0101)
        end
        assert.equal(amount, sum)
      end
    end
  end)

  it("holds amounts of 18 digits", function()
    assert.equal("333333333333333.34 333333333333333.33 333333333333333.33",
      texts(phase.split(d "1000000000000000.00", { 1, 1, 1 })))
  end)
end)

describe("table:phase", function()
  local function budget()
    return ev.table { { unit = "a", budget = d "1200.05", year = 2024 },
      { unit = "b", budget = d "-0.07", year = 2025 }, order = { "unit" } }
  end

  it("puts each year's months behind the columns there are", function()
    local t = budget():phase { annual = "budget", year = "year" }
    assert.same({ "unit", "budget", "year", "period", "phased" }, t:names())
    assert.equal(24, t:nrows())
    assert.equal("2024-01", t[1].period)
    assert.equal("2025-12", t[24].period)
    assert.equal("month", t:column "period":type())
    local sums = t:group_by("unit"):summarise { s = ev.sum "phased" }
    assert.equal("1200.05", tostring(sums[1].s))
    assert.equal("-0.07", tostring(sums[2].s))
  end)

  it("follows a profile, by quarters, from any month on", function()
    local t = budget():where "unit == 'a'":phase { annual = "budget",
      year = 2024, into = "quarter", start = 4, profile = { 1, 1, 1, 2 } }
    assert.equal("2024Q2 240.01 2025Q1 480.02", table.concat({ t[1].period,
      tostring(t[1].phased), t[4].period, tostring(t[4].phased) }, " "))
  end)

  it("takes each unit's own shape of the year before", function()
    local prior = { types = { month = "month" } }
    for m = 1, 12 do
      prior[#prior + 1] = { unit = "a", month = ("2023-%02d"):format(m),
        amount = m == 12 and d "90.00" or d "0.00" }
      prior[#prior + 1] = { unit = "b", month = ("2023-%02d"):format(m),
        amount = d "1.00" }
    end
    -- another year is not the year before
    prior[#prior + 1] = { unit = "b", month = "2022-01", amount = d "99.00" }
    local t = budget():phase { annual = "budget", year = 2024, by = "unit",
      prior = { table = ev.table(prior), period = "month", value = "amount" } }
    assert.equal("0.00", tostring(t[11].phased))
    assert.equal("1200.05", tostring(t[12].phased))
    assert.equal("-0.01", tostring(t[13].phased))
  end)

  it("refuses a line that the year before does not know", function()
    local months = { types = { month = "month" } }
    for m = 1, 12 do
      months[m] = { unit = "a", month = ("2023-%02d"):format(m),
        amount = d "1" }
    end
    local prior = ev.table(months)
    local t, message = budget():phase { annual = "budget", year = 2024,
      by = "unit", prior = { table = prior, period = "month",
        value = "amount" } }
    assert.is_nil(t)
    assert.equal("row 2: 2023 has no shape for it: a part is missing or "
      .. "negative, or all are 0", message)
  end)

  it("leaves the parts of a missing amount missing", function()
    local t = ev.table { { budget = ev.NA, year = 2024 },
      types = { budget = "decimal(2)" } }
      :phase { annual = "budget", year = "year" }
    assert.equal(12, t:nrows())
    assert.equal(12, t:column "phased":missing())
  end)

  local mistakes = {
    { { annual = "unit", year = 2024 }, "not exact amounts" },
    { { annual = "budget", year = 2024, profile = { 1, 2 } },
      "profile has 12 weights" },
    { { annual = "budget", year = 2024, into = "week" }, "month or quarter" },
    { { annual = "budget", year = 2024, into = "quarter",
      profile = { 0, 0, 0, 0 } }, "all weights are 0" },
    { { annual = "budget", year = 2024, into = "quarter",
      profile = { 1, -1, 1, 1 } }, "weight 2 is no number from 0 on" },
  }
  for _, mistake in ipairs(mistakes) do
    it("raises: " .. mistake[2], function()
      local ok, problem = pcall(function() return budget():phase(mistake[1]) end)
      assert.is_false(ok)
      assert.matches(mistake[2], problem, 1, true)
    end)
  end
end)

describe("phasing of a table made in Lua", function()
  it("takes years and months as texts, amounts as numbers", function()
    local last = { month = {}, spent = {} }
    for m = 1, 12 do
      last.month[m], last.spent[m] = ("2023-%02d"):format(m), m * 0.5
    end
    local t = ev.table { { budget = 100.5, year = "2024" } }
    local parts = t:phase { annual = "budget", year = "year",
      into = "quarter", prior = { table = ev.table { columns = last },
        period = "month", value = "spent" } }
    local found = {}
    for i = 1, 4 do found[i] = tostring(parts[i].phased) end
    -- 6, 15, 24 and 33 of 78: 7.731, 19.327, 30.923, 42.519
    assert.same({ "7.8", "19.3", "30.9", "42.5" }, found)
  end)
end)

describe("evalua phase", function()
  it("splits a file's budgets to the cent", function()
    local path = support.write("annual.csv", "unit,budget\n甲,1000.00\n")
    local got = support.evalua { "phase", path, "--annual", "budget", "--year",
      "2024", "--into", "quarter", "--profile", "1,1,1,0", "-O", "csv" }
    assert.equal("unit,budget,period,phased\n甲,1000.00,2024Q1,333.34\n"
      .. "甲,1000.00,2024Q2,333.33\n甲,1000.00,2024Q3,333.33\n"
      .. "甲,1000.00,2024Q4,0.00\n", got.out)
    got = support.evalua { "phase", path, "--annual", "budget", "--year",
      "2024", "--profile", "1,x" }
    assert.equal(2, got.code)
    assert.matches("--profile: 'x' is not a number", got.err, 1, true)
  end)
end)

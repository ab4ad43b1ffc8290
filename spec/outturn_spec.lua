-- t:outturn: figures by hand, the past judged honestly, what is refused.

local ev = require "evalua"
local support = require "support"

local d = ev.decimal

--- Monthly amounts: years = { [2022] = { 12 amounts as text } ... }.
local function monthly(years, more)
  local rows = { types = { month = "month" },
    order = { "month", "amount", "budget", "plan" } }
  for year = 1990, 2030 do
    for m, amount in ipairs(years[year] or {}) do
      local row = { month = ("%d-%02d"):format(year, m), amount = d(amount) }
      for name, value in pairs(more or {}) do
        row[name] = type(value) == "table" and value[m] or value
      end
      rows[#rows + 1] = row
    end
  end
  return ev.table(rows)
end

local SHAPE = { 2, 4, 6, 8, 8, 8, 8, 8, 10, 10, 10, 18 } -- 100

local function shaped(factor, n)
  local list = {}
  for m = 1, n or 12 do list[m] = ("%.2f"):format(SHAPE[m] * factor) end
  return list
end

local function one(t, method)
  return t:where(("method == '%s'"):format(method))[1]
end

describe("table:outturn", function()
  it("goes on straight: so far * 12 / months over, to the cent", function()
    local o = monthly { [2023] = { "10.01", "10.01", "10.00", "10.00", "10.00",
      "10.00", "10.00" } }:outturn { period = "month", actual = "amount",
      method = "linear" }
    -- 70.02 * 12 / 7 = 120.034285...
    assert.equal("120.03", tostring(o[1].outturn))
    assert.equal("58.333333", tostring(o[1].elapsed_pct))
    assert.is_nil(o[1].budget)
    assert.is_nil(o[1].lo)
  end)

  it("has no month in which a budget of nothing, or below it, is used up",
    function()
      local t = monthly { [2023] = { "-10.00", "-10.00", "-10.00" } }
      for _, annual in ipairs { d "-200.00", d "0.00" } do
        assert.is_nil(t:outturn { period = "month", actual = "amount",
          annual = annual, method = "linear" }[1].used_up)
      end
    end)

  it("takes a table made in Lua: months as texts, amounts as numbers", function()
    local columns = { month = {}, amount = {} }
    for m = 1, 7 do
      columns.month[m] = ("2023-%02d"):format(m)
      columns.amount[m] = m < 3 and 10.01 or 10
    end
    local o = ev.table { columns = columns }:outturn { period = "month",
      actual = "amount", method = "linear" }
    assert.equal("120.03", tostring(o[1].outturn))
  end)

  it("goes on as in the years before, all taken together", function()
    local t = monthly { [2021] = shaped(1), [2022] = shaped(2),
      [2023] = shaped(3, 4) }
    local o = t:outturn { period = "month", actual = "amount",
      annual = d "320.00" }
    local row = one(o, "profile")
    assert.equal("60.00", tostring(row.ytd))
    assert.equal("300.00", tostring(row.outturn))
    assert.equal("-20.00", tostring(row.variance))
    assert.equal("93.750000", tostring(row.rate_pct))
    assert.equal("18.750000", tostring(row.executed_pct))
    assert.is_nil(row.used_up)
  end)

  it("finds the month in which the budget is used up", function()
    local t = monthly { [2021] = shaped(1), [2022] = shaped(1),
      [2023] = shaped(1, 4) }
    local function month(annual)
      return one(t:outturn { period = "month", actual = "amount",
        annual = annual }, "profile").used_up
    end
    -- sums of SHAPE: 2 6 12 20 28 36 44 52 62 72 82 100
    assert.equal("2023-08", month(d "52.00"))
    assert.equal("2023-09", month(d "52.01"))
    assert.equal("2023-03", month(d "12.00"))
    assert.equal("2023-12", month(d "100.00"))
    assert.is_nil(month(d "100.01"))
  end)

  it("goes on in proportion to the plan", function()
    local t = monthly({ [2023] = { "30.00", "30.00", "36.00" } },
      { plan = nil })
    assert.is_nil(one(t:outturn { period = "month", actual = "amount" },
      "phasing").outturn)
    local rows = { types = { month = "month", amount = "decimal(2)" } }
    for m = 1, 12 do
      rows[m] = { month = ("2023-%02d"):format(m), plan = d(SHAPE[m] .. ".00"),
        amount = m <= 3 and d(("%d.00"):format(2 * SHAPE[m])) or nil }
    end
    local row = one(ev.table(rows):outturn { period = "month",
      actual = "amount", plan = "plan" }, "phasing")
    assert.equal("200.00", tostring(row.outturn))
    assert.equal("100.00", tostring(row.budget))
  end)

  it("believes a change of the ratio from four years on", function()
    -- the part by June is 30, 35, 40, 45 %: 50 % comes next
    local years = {}
    for i = 0, 3 do
      local part = (30 + 5 * i) / 6
      years[2019 + i] = {}
      for m = 1, 12 do
        years[2019 + i][m] = ("%.10f"):format(m <= 6 and part
          or (100 - 6 * part) / 6)
      end
    end
    years[2023] = { "10", "10", "10", "10", "10", "10" }
    local row = one(monthly(years):outturn { period = "month",
      actual = "amount" }, "ratio")
    assert.is_true(math.abs(row.outturn:number() - 120) < 1e-6)
  end)

  it("judges every method on the years before, at the same month", function()
    local t = monthly { [2020] = shaped(1), [2021] = shaped(1.5),
      [2022] = shaped(2), [2023] = shaped(2, 6) }
    local o = t:outturn { period = "month", actual = "amount" }
    local linear, profile = one(o, "linear"), one(o, "profile")
    -- 36 % by June, so that straight on means 72 of 100
    assert.equal(3, linear.folds)
    assert.is_true(math.abs(linear.mape - 28) < 1e-6)
    assert.equal(2, profile.folds)
    assert.is_true(profile.mape < 1e-6)
    assert.is_true(profile.best)
    assert.is_false(linear.best)
    -- t(0.9, 3 df) = 1.637744 (R 4.2.2: qt(.9, 3)); 144 (1 - 1.637744 * 0.28)
    assert.is_true(math.abs(linear.lo:number() - 77.97) < 0.011)
    assert.equal("200.00", tostring(profile.lo))
  end)

  it("does not let a year end below what is spent", function()
    local t = monthly { [2020] = shaped(1), [2021] = { "90", "1", "1", "1", "1",
      "1", "1", "1", "1", "1", "1", "1" }, [2022] = shaped(1),
      [2023] = shaped(1, 11) }
    for _, row in t:outturn { period = "month", actual = "amount" }:rows() do
      if row.lo ~= nil then assert.is_true(row.lo >= row.ytd) end
    end
  end)

  it("looks at nothing after as_of", function()
    local t = monthly { [2022] = shaped(1), [2023] = shaped(1) }
    local part = t:outturn { period = "month", actual = "amount",
      as_of = "2023-04", method = "profile" }
    assert.equal("20.00", tostring(part[1].ytd))
    assert.equal("100.00", tostring(part[1].outturn))
  end)

  it("takes amounts of the year so far apart", function()
    local sums, sum = {}, 0
    for m = 1, 12 do
      sum = sum + SHAPE[m]
      sums[m] = ("%d.00"):format(sum)
    end
    local t = monthly { [2022] = sums, [2023] = table.move(sums, 1, 5, 1, {}) }
    local row = t:outturn { period = "month", actual = "amount",
      cumulative = true, method = "profile" }[1]
    assert.equal("28.00", tostring(row.ytd))
    assert.equal("100.00", tostring(row.outturn))
  end)

  it("begins the year in any month", function()
    local rows = { types = { month = "month" } }
    for i = 0, 17 do
      local m = (i + 3) % 12 + 1
      rows[i + 1] = { amount = d(SHAPE[i % 12 + 1] .. ".00"),
        month = ("%d-%02d"):format(2022 + (i + 3) // 12, m) }
    end
    local row = one(ev.table(rows):outturn { period = "month",
      actual = "amount", start = 4, annual = d "52.00" }, "profile")
    assert.equal("36.00", tostring(row.ytd))
    assert.equal("100.00", tostring(row.outturn))
    assert.equal("2023-11", row.used_up)
  end)

  it("says what it did not use", function()
    local t = monthly { [2021] = shaped(1, 7), [2022] = shaped(1),
      [2023] = { "1", "1", "1" } }:where "month ~= '2023-02'"
    local row = t:outturn { period = "month", actual = "amount",
      method = "profile" }[1]
    assert.matches("months of this year without an amount, counted as nothing: 1",
      row.note, 1, true)
    assert.matches("incomplete years before, not used: 1", row.note, 1, true)
  end)

  it("is done when the year is", function()
    local row = monthly { [2023] = shaped(1) }:outturn { period = "month",
      actual = "amount", method = "forecast", annual = d "90.00" }[1]
    assert.equal("100.00", tostring(row.outturn))
    assert.equal("2023-12", row.used_up)
  end)

  local mistakes = {
    { { actual = "amount" }, "period: the name of a column was expected" },
    { { period = "month", actual = "amount", method = "magic" },
      "there is no method 'magic'; there are: linear, profile" },
    { { period = "amount", actual = "amount" }, "not months or quarters" },
    { { period = "month", actual = "amount", start = 13 }, "1 to 12, not 13" },
    { { period = "month", actual = "amount", as_of = "2022" },
      "'2022' is no month to look back from (as_of): write 2022-09" },
    { { period = "month", actual = "amount", as_of = "2022-13" },
      "'2022-13' is no month" },
    { { period = "month", actual = "amount", foo = 1 }, "no option 'foo'" },
    { { period = "month", actual = "cost" }, "outturn: no column 'cost'" },
    { { period = "month", actual = "amount", annual = "cost" },
      "outturn: no column 'cost'" },
    { { period = "month", actual = "amount", annual = 4500.5 },
      "annual: 4500.5 is a binary fraction, not an exact amount" },
  }
  for _, mistake in ipairs(mistakes) do
    it("raises: " .. mistake[2], function()
      local ok, problem = pcall(function()
        return monthly { [2023] = shaped(1) }:outturn(mistake[1])
      end)
      assert.is_false(ok)
      assert.matches(mistake[2], problem, 1, true)
      assert.matches("outturn: ", problem, 1, true)
    end)
  end
end)

describe("evalua outturn", function()
  local function csv()
    local lines = { "unit,month,amount,budget" }
    for _, unit in ipairs { "甲", "乙" } do
      for year = 2021, 2023 do
        for m = 1, year == 2023 and 6 or 12 do
          lines[#lines + 1] = ("%s,%d-%02d,%d.00,110.00"):format(unit, year, m,
            SHAPE[m])
        end
      end
    end
    return support.write("spending.csv", table.concat(lines, "\n") .. "\n")
  end

  it("prints a row for each unit and method", function()
    local got = support.evalua { "outturn", csv(), "--period", "month",
      "--actual", "amount", "--annual", "budget", "--by", "unit",
      "--method", "profile", "-O", "csv" }
    assert.equal(0, got.code, got.err)
    local header, first = got.out:match("^(.-)\n(.-)\n")
    assert.equal("unit,method,ytd,elapsed_pct,executed_pct,outturn,lo,hi,"
      .. "budget,variance,rate_pct,used_up,folds,mape,best,note", header)
    assert.matches("^甲,profile,36.00,50.000000,32.727273,100.00,", first)
  end)

  it("takes an amount for the budget, in either language", function()
    local got = support.evalua { "outturn", csv(), "--period", "month",
      "--actual", "amount", "--annual", "5,000.00", "--by", "unit",
      "--lang", "zh" }
    assert.equal(0, got.code, got.err)
    assert.matches("序时进度", got.out, 1, true)
    assert.matches("5,000.00", got.out, 1, true)
  end)

  it("says what is wrong", function()
    local got = support.evalua { "outturn", csv(), "--period", "month",
      "--actual", "amount", "--annual", "budgte" }
    assert.equal(2, got.code)
    assert.matches("there is no column 'budgte'", got.err, 1, true)
    got = support.evalua { "outturn", csv(), "--period", "month", "--actual",
      "amount" }
    assert.equal(2, got.code)
    assert.matches("--agg sum", got.err, 1, true)
  end)
end)

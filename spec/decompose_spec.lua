-- Variances in parts that add up, bridges, and execution beside the calendar.

local ev = require "evalua"
local shown = require "support.rows"

local d = ev.decimal
local NA = ev.NA

local function services()
  return ev.table { columns = {
    service = { "a", "b" }, planned = { 100, 50 }, done = { 120, 40 },
    price = { d "10.00", d "20.50" }, spent = { d "1300.10", d "800.00" },
    rent = { 5, 0 } } }
end

local flex = { by = "service", volume = { "planned", "done" },
  price = "price", actual = "spent", fixed = "rent", total = true }

describe("flex", function()
  it("splits off what the volume did", function()
    local t = services():flex(flex)
    assert.same({ "service", "static", "flexible", "actual", "variance",
      "volume_variance", "flexible_variance", "favourable", "level" },
      t:names())
    assert.equal("a 1005.00 1205.00 1300.10 295.10 200.00 95.10 false 1; "
      .. "b 1025.00 820.00 800.00 -225.00 -205.00 -20.00 true 1; "
      .. "NA 2030.00 2025.00 2100.10 70.10 -5.00 75.10 false 0", shown(t))
  end)

  it("has more revenue favourable, and no variance neither", function()
    local t = ev.table { columns = { v = { 1, 1 }, w = { 2, 1 },
      p = { 5, 5 }, a = { 10, 5 }, k = { "x", "y" } } }:flex { by = "k",
      volume = { "v", "w" }, price = "p", actual = "a", kind = "revenue" }
    assert.equal("x 5 10 10 5 5 0 true; y 5 5 5 0 0 0 NA", shown(t))
  end)

  it("does not mix up columns that are called like its own", function()
    local t = ev.table { columns = { static = { 2 }, flexible = { 3 },
      variance = { d "1.5" }, actual = { 4 } } }:flex {
      volume = { "static", "flexible" }, price = "variance",
      actual = "actual" }
    assert.equal("3.0 4.5 4 1.0 1.5 -0.5 false", shown(t))
  end)

  it("refuses a line that lacks a number", function()
    local t = ev.table { columns = { v = { 1, 2 }, w = { 1, NA },
      p = { 1, 1 }, a = { 1, 1 } } }
    local none, message, code = t:flex { volume = { "v", "w" }, price = "p",
      actual = "a" }
    assert.is_nil(none)
    assert.equal("row 2 has no 'w': a line cannot be split without it",
      message)
    assert.equal("data", code)
  end)
end)

describe("decompose", function()
  it("counts the price at what was used, the use at the planned price",
    function()
      local t = ev.table { columns = { standard = { d "2.00" },
        price = { d "2.25" }, allowed = { 100 }, used = { 90 } } }:decompose {
        method = "price_efficiency", price = { "standard", "price" },
        quantity = { "allowed", "used" } }
      assert.equal("200.00 202.50 2.50 22.50 -20.00 false", shown(t))
    end)

  it("holds the planned mix against the mix there was", function()
    local t = services():decompose { method = "mix_quantity", by = "service",
      price = "price", quantity = { "planned", "done" }, kind = "revenue",
      total = true }
    assert.equal("a 1000.00 1200.00 200.00 66.67 133.33 true 1; "
      .. "b 1025.00 820.00 -205.00 68.33 -273.33 false 1; "
      .. "NA 2025.00 2020.00 -5.00 135.00 -140.00 false 0", shown(t))
  end)

  it("has no mix variance where the mix stays, no quantity variance where the "
    .. "sum does", function()
    local function parts(planned, sold)
      local t = ev.table { columns = { p = { 3, 7 }, b = planned, a = sold } }
        :decompose { method = "mix_quantity", price = "p",
          quantity = { "b", "a" } }
      return tostring(t[1].quantity_variance) .. " "
        .. tostring(t[1].mix_variance)
    end
    assert.equal("17.00 0.00", parts({ 10, 20 }, { 11, 22 }))
    assert.equal("0.00 20.00", parts({ 10, 20 }, { 5, 25 }))
  end)

  it("adds up to the cent, on every row and in the total", function()
    math.randomseed(4711)
    local function amount() return d(("%d.%02d"):format(math.random(0, 999),
      math.random(0, 99))) end
    for _ = 1, 60 do
      local columns = { k = {}, p = {}, q = {}, b = {}, a = {} }
      for i = 1, math.random(1, 9) do
        columns.k[i] = "k" .. i
        for _, name in ipairs { "p", "q", "b", "a" } do
          columns[name][i] = amount()
        end
      end
      columns.b[1] = d "1.00"
      local t = ev.table { columns = columns }
      local split = { t:decompose { method = "mix_quantity", by = "k",
        price = "p", quantity = { "b", "a" }, total = true },
        t:decompose { method = "price_efficiency", by = "k",
          price = { "p", "q" }, quantity = { "b", "a" }, total = true },
        t:flex { by = "k", volume = { "b", "a" }, price = "p", actual = "q",
          total = true } }
      local names = { { "quantity_variance", "mix_variance" },
        { "price_variance", "efficiency_variance" },
        { "volume_variance", "flexible_variance" } }
      for i, result in ipairs(split) do
        local sum = d(0)
        for _, row in result:rows() do
          assert.is_true(row[names[i][1]] + row[names[i][2]] == row.variance)
          if row.level == 1 then sum = sum + row.variance end
        end
        assert.is_true(sum == result[result:nrows()].variance)
      end
    end
  end)

  it("has no rows of no rows", function()
    for method, price in pairs { mix_quantity = "price",
      price_efficiency = { "price", "price" } } do
      local t = assert(services():where("planned < 0"):decompose {
        method = method, price = price, by = "service",
        quantity = { "planned", "done" } })
      assert.equal(0, t:nrows())
    end
  end)

  it("says what was written wrongly", function()
    local function wrong(opts)
      local t = services()
      return select(2, pcall(t.decompose, t, opts))
    end
    assert.matches("method is", wrong { method = "both" })
    assert.matches("quantity = {\"planned column\"", wrong {
      method = "mix_quantity", price = "price", quantity = "done" })
    assert.matches("'service' is text, not exact numbers", wrong {
      method = "mix_quantity", price = "service",
      quantity = { "planned", "done" } })
    assert.matches("kind is revenue or expense", wrong {
      method = "mix_quantity", price = "price", kind = "gift",
      quantity = { "planned", "done" } })
    assert.matches("no option 'prices'", wrong { method = "mix_quantity",
      prices = "price" })
    local big = ev.table { columns = { p = { 9 * 10 ^ 16 // 1 | 0 },
      b = { 10 ^ 17 // 1 | 0 }, a = { 1 } } }
    assert.equal("row 1: planned price * planned does not fit in 64 bits",
      select(2, big:decompose { method = "price_efficiency", price = { "p", "p" },
        quantity = { "b", "a" } }))
    local t = ev.table { columns = { p = { 1 }, b = { 0 }, a = { 1 } } }
    assert.matches("there is no planned mix", select(2, t:decompose {
      method = "mix_quantity", price = "p", quantity = { "b", "a" } }))
  end)
end)

describe("bridge", function()
  it("goes from level to level by the changes of the groups", function()
    local t = ev.table { columns = {
      nature = { "basic", "project", "basic" },
      original = { d "2200.90", d "2062.77", NA },
      adjusted = { 2100, 3000, 50 }, executed = { 1900, d "4680.28", 17 } } }
      :bridge { levels = { "original", "adjusted", "executed" },
        by = "nature" }
    assert.equal("original total 4263.67 0.00 4263.67; "
      .. "basic step -50.90 4263.67 4212.77; "
      .. "project step 937.23 4212.77 5150.00; "
      .. "adjusted total 5150.00 0.00 5150.00; "
      .. "basic step -233.00 5150.00 4917.00; "
      .. "project step 1680.28 4917.00 6597.28; "
      .. "executed total 6597.28 0.00 6597.28",
      shown(t))
  end)

  it("goes by columns that lead there", function()
    local t = services():flex(flex):where "level == 1":bridge {
      base = "static", actual = "actual",
      steps = { "volume_variance", "flexible_variance" } }
    assert.equal("static total 2030.00 0.00 2030.00; "
      .. "volume_variance step -5.00 2030.00 2025.00; "
      .. "flexible_variance step 75.10 2025.00 2100.10; "
      .. "actual total 2100.10 0.00 2100.10", shown(t))
  end)

  it("refuses steps that lead elsewhere", function()
    local t = ev.table { columns = { a = { 1 }, b = { 3 }, s = { 1 } } }
    local none, message, code = t:bridge { base = "a", actual = "b",
      steps = "s" }
    assert.is_nil(none)
    assert.equal("the steps lead from 1 to 2, but 'b' is 3", message)
    assert.equal("data", code)
    assert.error_matches(function() t:bridge { base = "a", actual = "b" } end,
      "by = \"column\" or steps")
    assert.error_matches(function() t:bridge { base = "a", by = "s" } end,
      "two levels or more")
  end)
end)

describe("execution_rate", function()
  local function budget()
    return ev.table { columns = { k = { "a", "b", "c" },
      base = { d "100.00", 0, NA }, spent = { d "75.00", 5, NA } } }
  end

  it("recomputes the rate on every level, and has none of no base", function()
    local t = budget():execution_rate { base = "base", actual = "spent",
      by = "k", total = true }
    assert.equal("a 100.00 75.00 25.00 75.000000 1; b 0.00 5.00 -5.00 NA 1; "
      .. "c NA NA 0.00 NA 1; NA 100.00 80.00 20.00 80.000000 0",
      shown(t))
  end)

  it("says how far it is ahead of the calendar", function()
    local function ahead(as_of, start)
      local row = budget():execution_rate { base = "base", actual = "spent",
        as_of = as_of, start = start }[1]
      return tostring(row.elapsed_pct) .. " " .. tostring(row.ahead_pct)
    end
    assert.equal("75.000000 5.000000", ahead "2022-09")
    assert.equal("50.000000 30.000000", ahead "2022Q2")
    -- day 273 of 365; day 366 of 366
    assert.equal("74.794521 5.205479", ahead "2022-09-30")
    assert.equal("100.000000 -20.000000", ahead "2024-12-31")
    assert.equal("25.000000 55.000000", ahead("2022-09", 7))
    assert.equal("100.000000 -20.000000", ahead("2022-03-31", 4))
  end)

  it("refuses a day that there is not", function()
    for _, as_of in ipairs { "2022-02-29", "2022-13", "soon", "2022" } do
      assert.error_matches(function()
        budget():execution_rate { base = "base", actual = "spent",
          as_of = as_of }
      end, "is no month, quarter or day")
    end
  end)
end)

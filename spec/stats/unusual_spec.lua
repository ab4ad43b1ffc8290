-- t:unusual, the tests of columns by group, and `evalua unusual`.

local digits = require "support.digits"
local ev = require "evalua"
local support = require "support"

local NA = ev.NA
local d = ev.decimal

-- the first twelve years of R's Nile
local nile = { 1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995,
  935 }

local function nile_table(shift)
  local rows = {}
  for i, value in ipairs(nile) do
    rows[i] = { year = 1870 + i, flow = d(value), budget = d "900.00" }
  end
  rows[12].flow = rows[12].flow + (shift or 0)
  return ev.table(rows)
end

--- Four lines: 甲 goes up and down, 乙 grows, 丙 stands still, 丁 is new.
local function lines(last)
  local rows = {}
  local function add(unit, year, amount)
    rows[#rows + 1] = { unit = unit, year = year, amount = d(amount),
      budget = d "10.00" }
  end
  for year = 2012, 2022 do
    local more = year == 2022 and last or 0
    add("甲", year, d(year % 3) + d "0.50" + more)
    add("乙", year, d((year - 2010) * 10 + year % 2) + more)
    add("丙", year, d "5.50" + more)
    if year > 2019 then add("丁", year, d "7.00" + more) end
  end
  return ev.table(rows)
end

describe("t:unusual", function()
  it("has R's prediction intervals, of a level and of a line", function()
    -- R 4.2.2: x <- Nile[1:12]; predict(lm(x[1:11] ~ 1), interval =
    -- "prediction"); predict(lm(v ~ t), data.frame(t = 12), ...); z by
    -- (x[12] - median) / mad, of the line by its residuals
    local level = nile_table():unusual { period = "year", value = "flow",
      model = "level" }[1]
    for field, value in pairs { expected = 1120.09090909091,
      lower = 773.013545211856, upper = 1467.16827296996 } do
      digits.check(value, level[field], 12, field)
    end
    digits.check((935 - 1160) / (1.4826 * 50), level.z, 5)
    local line = nile_table():unusual { period = "year", value = "flow",
      model = "line" }[1]
    for field, value in pairs { expected = 1131.49090909091,
      lower = 708.365401814202, upper = 1554.61641636762 } do
      digits.check(value, line[field], 12, field)
    end
    digits.check(-2.96374750074845, line.z, 5)
    assert.same({ 11, "1882", false, "usual" }, { level.n, level.period,
      level.unusual, level.verdict })
  end)

  it("judges by history and by the materiality rule on one row", function()
    local t = lines(d "20.00")
    local out = t:unusual { period = "year", value = "amount", by = "unit",
      material_amount = 19 }
    local found = {}
    for _, row in out:rows() do found[row.unit] = row end
    assert.equal("unusual and material", found["丙"].verdict)
    assert.equal("all earlier values are equal", found["丙"].note)
    assert.equal("line", found["乙"].model)
    assert.same({ true, true }, { found["乙"].unusual, found["乙"].material })
    assert.equal("19.33", tostring(found["乙"].deviation))
    assert.same({ true, false, "unusual" }, { found["甲"].unusual,
      found["甲"].material, found["甲"].verdict })
    assert.equal("n = 2: a prediction needs 5 earlier values",
      found["丁"].note)
    assert.is_nil(found["丁"].unusual)
  end)

  it("takes the budget for the materiality rule where one is given", function()
    local out = lines(d "20.00"):unusual { period = "year", value = "amount",
      by = "unit", base = "budget", material_pct = 150 }
    local found = {}
    for _, row in out:rows() do found[row.unit] = row end
    assert.equal("10.00", tostring(found["丁"].base))
    assert.equal("17.00", tostring(found["丁"].deviation))
    assert.equal("170.000000", tostring(found["丁"].deviation_pct))
    assert.same({ "material", nil }, { found["丁"].verdict,
      found["丁"].unusual })
    assert.equal(false, found["甲"].material)
  end)

  it("judges the period asked for by what was before it", function()
    local t = lines(0)
    local out = t:where 'unit == "乙"':unusual { period = "year",
      value = "amount", at = 2018 }
    assert.same({ "2018", 6 }, { out[1].period, out[1].n })
    out = t:unusual { period = "year", value = "amount", by = "unit",
      at = 2030 }
    assert.equal("no row for 2030", out[1].note)
    assert.is_nil(out[1].unusual)
  end)

  it("compares a month with the same month", function()
    local rows = {}
    for i = 0, 83 do
      rows[#rows + 1] = ("%d-%02d,%d"):format(2015 + i // 12, i % 12 + 1,
        (i % 12 == 11 and 500 or 100) + i % 7)
    end
    local path = support.write("m.csv", "month,spend\n"
      .. table.concat(rows, "\n") .. "\n")
    local t = assert(ev.read_csv(path))
    local opts = { period = "month", value = "spend", model = "level" }
    assert.is_true(t:unusual(opts)[1].unusual)
    opts.season = 12
    local row = t:unusual(opts)[1]
    assert.same({ "2021-12", 6, false }, { row.period, row.n, row.unusual })
  end)

  it("covers what it says it does", function()
    -- 95 % intervals of 2000 normal samples: 90 to 98 % must hold
    local state = 9
    local function uniform()
      state = state * 6364136223846793005 + 1442695040888963407
      return ((state >> 11) + 0.5) / 2 ^ 53
    end
    local series, year, value = {}, {}, {}
    for s = 1, 2000 do
      for y = 1, 8 do
        series[#series + 1], year[#year + 1] = s, y
        value[#value + 1] = math.sqrt(-2 * math.log(uniform()))
          * math.cos(2 * math.pi * uniform())
      end
    end
    local t = ev.table { columns = { s = series, y = year, v = value } }
    local out = t:unusual { period = "y", value = "v", by = "s",
      model = "level" }
    local held = out:where "not unusual":nrows() / 2000
    assert.is_true(held > 0.93 and held < 0.97, held)
  end)

  it("says where the value lacks", function()
    local t = ev.table { columns = { y = { 1, 2, 3, 4, 5, 6, 7 },
      v = { 1, 2, 3, 4, 5, 6, NA } } }
    local row = t:unusual { period = "y", value = "v" }[1]
    assert.same({ "no value in 7", 6 }, { row.note, row.n })
    assert.is_nil(row.verdict)
  end)

  it("says of a table without rows that there is no value", function()
    local row = nile_table():where("flow < 0"):unusual { period = "year",
      value = "flow" }[1]
    assert.same({ n = 0, note = "there is no value" }, { n = row.n,
      note = row.note, period = row.period })
  end)

  it("takes the period to judge in any form of it", function()
    local columns = { m = {}, v = {} }
    for i = 1, 9 do columns.m[i], columns.v[i] = "2022-0" .. i, i % 4 end
    local t = ev.table { columns = columns }
    for _, at in ipairs { "2022-08", "2022/8", "2022年8月" } do
      assert.equal("2022-08", t:unusual { period = "m", value = "v",
        at = at }[1].period)
    end
    assert.error_matches(function()
      t:unusual { period = "m", value = "v", at = "2022" }
    end, "at: '2022' is not a month")
  end)

  local mistakes = {
    { { value = "flow" }, "period: the name of a column" },
    { { period = "year", value = "flow", base = "x" }, "no column 'x'" },
    { { period = "year", value = "flow", model = "x" }, "model is one of" },
    { { period = "year", value = "flow", season = 0 }, "season is a whole" },
    { { period = "year", value = "flow", agg = "sum", base = "budget" },
      "sum the rows before" },
    { { period = "year", value = "flow", material_pct = "x" },
      "unusual: material_pct: 'x' is not a number" },
    { { period = "year", value = "flow", at = "foo" },
      "unusual: at: 'foo' is not a whole number" },
  }
  for i, mistake in ipairs(mistakes) do
    it("raises for wrong use " .. i, function()
      assert.error_matches(function() nile_table():unusual(mistake[1]) end,
        mistake[2], 1, true)
    end)
  end
end)

describe("tests of a column by group", function()
  local t = lines(d "20.00")

  it("give one row for each group, with n", function()
    local out = t:outliers { value = "amount", by = "unit" }
    local found = {}
    for _, row in out:rows() do found[row.unit] = row end
    assert.same({ 11, 1, "20.5" }, { found["甲"].n, found["甲"].outliers,
      found["甲"].values })
    local row = math.tointeger(tonumber(found["甲"].rows))
    assert.same({ "甲", 2022 }, { t[row].unit, t[row].year })
    assert.same({ 3, "n = 3: hampel needs 5 values" },
      { found["丁"].n, found["丁"].note })
  end)

  it("describe, by group_by too", function()
    local out = t:group_by "unit":describe { value = "amount" }
    for i, row in out:rows() do
      local s = ev.stats.summary(t:where(("unit == %q"):format(row.unit))
        :column "amount")
      for _, field in ipairs { "n", "mean", "sd", "median", "kurtosis" } do
        assert.equal(s[field], row[field], i .. field)
      end
    end
    assert.equal(4, out:nrows())
  end)

  it("name the periods that xmr signals", function()
    local out = t:xmr { period = "year", value = "amount", by = "unit" }
    for _, row in out:rows() do
      if row.unit == "丙" then
        assert.same({ 4, "2019, 2020, 2021, 2022" },
          { row.signals, row.periods })
      end
    end
  end)

  it("name the last period before a change of level", function()
    local out = t:pettitt { period = "year", value = "amount", by = "unit" }
    for _, row in out:rows() do
      if row.unit == "乙" then
        assert.same({ 11, "2016" }, { row.n, row.last_before })
        digits.check(2 * math.exp(-6 * 900 / (11 ^ 3 + 11 ^ 2)), row.p, 12)
      elseif row.unit == "丁" then
        assert.equal("n = 3: a change of level needs 10 values", row.note)
      end
    end
  end)

  it("fit a model to each group", function()
    local out = t:group_by "unit":regress "amount ~ year"
    assert.equal(8, out:nrows())
    for _, row in out:rows() do
      local fit = ev.stats.regress(
        t:where(("unit == %q"):format(row.unit)), "amount ~ year")
      assert.same({ fit.coef[row.term], fit.se[row.term], fit.n, fit.r2 },
        { row.coef, row.se, row.n, row.r2 })
    end
    local few = t:where "year == 2022":group_by "unit":regress "amount ~ year"
    assert.equal("1 rows with all values cannot give 2 coefficients",
      few[1].note)
    assert.error_matches(function() t:regress "amount ~ yaer" end,
      "regress: no column 'yaer' (did you mean 'year'?)", 1, true)
  end)

  it("list duplicates with their rows", function()
    local out = t:duplicates { value = "amount" }
    assert.same({ "5.50", 10, 36 }, { tostring(out[1].value), out[1].count,
      out[1].n })
    assert.equal("no value occurs twice", t:head(3):duplicates {
      value = "amount" }[1].note)
  end)

  it("refuse what is too small for a law of digits", function()
    assert.equal("n = 36: Benford's law needs 300 values other than zero",
      t:benford { value = "amount" }[1].note)
    assert.matches("^n = 14: a test of round numbers needs 50",
      t:round_numbers { value = "amount" }[1].note)
  end)

  it("raise for wrong use", function()
    assert.error_matches(function()
      t:outliers { value = "amount", period = "year" }
    end, "outliers: no option 'period'", 1, true)
    assert.error_matches(function()
      t:benford { value = "amount", digits = "last" }
    end, "digits is one of", 1, true)
    assert.error_matches(function() t:describe() end,
      "describe: ", 1, true)
    assert.error_matches(function() t:group_by "unit":describe() end,
      "describe: ", 1, true)
  end)
end)

describe("evalua unusual", function()
  local path
  before_each(function()
    path = support.write("lines.csv", "x\n")
    lines(d "20.00"):write(path)
  end)

  it("prints both judgements on one row, in both languages", function()
    local args = { "unusual", path, "--period", "year", "--value", "amount",
      "--by", "unit", "--material-amount", "19", "-O", "json" }
    local got = support.evalua(args)
    assert.equal(0, got.code, got.err)
    assert.matches('"unit": "乙", "period": "2022", "n": 10, "value": 140.00,',
      got.out, 1, true)
    assert.matches('"material": true, "verdict": "unusual and material"',
      got.out, 1, true)
    args[#args] = "text"
    args[#args + 1] = "--lang=zh"
    got = support.evalua(args)
    assert.matches("异常且重大", got.out, 1, true)
    assert.matches("n = 2：预测至少需要 5 个以前的数值", got.out, 1, true)
  end)

  it("ends with 1 when asked to", function()
    local args = { "unusual", path, "--period", "year", "--value", "amount",
      "--by", "unit", "--fail-on", "unusual" }
    assert.equal(1, support.evalua(args).code)
    args[#args + 1] = "--at"
    args[#args + 1] = "2018"
    assert.equal(0, support.evalua(args).code)
  end)

  it("runs each test by its name", function()
    for _, name in ipairs { "hampel", "tukey", "esd", "xmr", "benford",
      "benford-second", "benford-first-two", "duplicates", "round" } do
      local args = { "unusual", path, "--value", "amount", "--test", name }
      if name == "xmr" then
        table.move({ "--period", "year", "--by", "unit" }, 1, 4, #args + 1,
          args)
      end
      local got = support.evalua(args)
      assert.same({ 0, "" }, { got.code, got.err }, name)
      assert.matches("%f[%w]n%f[%W]", got.out)
    end
  end)

  it("shows Benford's digits one by one to people", function()
    local rows = { "v" }
    for i = 1, 1000 do rows[i + 1] = ("%.3f"):format(10 ^ (1 + i / 250)) end
    local file = support.write("v.csv", table.concat(rows, "\n") .. "\n")
    local args = { "unusual", file, "--value", "v", "--test", "benford" }
    local got = support.evalua(args)
    assert.matches("close conformity", got.out, 1, true)
    assert.matches("\n    1    304   0.3040          0.3010", got.out, 1, true)
    args[#args + 1] = "-Ojson"
    got = support.evalua(args)
    assert.matches('"conformity": "close conformity"', got.out, 1, true)
    assert.is_nil(got.out:find("digit", 1, true))
  end)

  local wrong = {
    { { "--value", "amount" }, "--test lines needs --period COL" },
    { { "--value", "amount", "--test", "tukey", "--at", "2020" },
      "--at goes with --test lines only" },
    { { "--value", "unit", "--test", "tukey" }, 'column "unit"' },
    { { "--value", "amount", "--test", "grubbs" }, "--test is one of lines" },
    { { "--value", "amount", "--period", "year" },
      "are both for 2012 (--agg sum adds them up)" },
  }
  for i, case in ipairs(wrong) do
    it("ends with 2 and says why, case " .. i, function()
      local got = support.evalua { "unusual", path, table.unpack(case[1]) }
      assert.same({ 2, "" }, { got.code, got.out })
      assert.matches(case[2], got.err, 1, true)
      assert.is_nil(got.err:find("stack traceback", 1, true))
    end)
  end
end)

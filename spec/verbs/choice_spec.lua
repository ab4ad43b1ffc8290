-- Choices by conditions, `c and x or y`: each row takes one of the values.

local ev = require "evalua"
local support = require "support"
require "evalua.table"

local d = ev.decimal
local NA = ev.NA

local t = ev.table { columns = {
  version = { "original", "executed", NA, "original" },
  a = { d "1.50", d "-2", d "3", NA },
  i = { 1, 2, 3, NA },
  x = { 0.5, 1.0, 2.0, 3.0 },
  p = { true, false, NA, true },
  q = { false, true, true, NA },
  month = { "2023-01", "2023-02", NA, "2023-04" },
  empty = { NA, NA, NA, NA },
}, types = { month = "month" } }

--- "type: values" of an expression.
local function chosen(expr)
  local column = assert(t:eval(expr))
  local out = column:values(NA)
  for i, value in ipairs(out) do out[i] = tostring(value) end
  return column:type() .. ": " .. table.concat(out, " ")
end

describe("a choice", function()
  local cases = {
    { "version == 'original' and a or 0", "decimal(2): 1.50 0.00 NA NA" },
    { "a > 2 and 'much' or a > 0 and 'some' or 'none'",
      "text: some none much NA" },
    { "is_na(p) and '?' or p and 'yes' or 'no'", "text: yes no ? yes" },
    { "p and i or 2.5", "decimal(1): 1.0 2.5 NA NA" },
    { "p and a or x", "real: 1.5 1.0 NA NA" },
    { "p and month or nil", "month: 2023-01 NA NA 2023-04" },
    { "p and nil or i", "int: NA 2 NA NA" },
    { "p and empty or i", "int: NA 2 NA NA" },
    { "p and q and 1 or 2", "int: 2 2 NA NA" },
    { "(p or q) and 1 or 2", "int: 1 1 1 1" },
    { "p and (q and 1 or 2) or 3", "int: 2 3 NA NA" },
    { "p and 1 or (q and 2 or 3)", "int: 1 2 NA 1" },
    { "p and 1 or q and 2 or 3", "int: 1 2 NA 1" },
    { "2 > 1 and 'x' or 'y'", "text: x x x x" },
    { "nil and 1 or 2", "int: NA NA NA NA" },
    { "(p and empty or empty) == 'x'", "bool: NA NA NA NA" },
    { "coalesce(p and empty or nil, 7)", "int: 7 7 7 7" },
    { "(p and 10 or 20) + 1", "int: 11 21 NA 11" },
  }
  for _, case in ipairs(cases) do
    it(("%s is %s"):format(case[1], case[2]), function()
      assert.equal(case[2], chosen(case[1]))
    end)
  end

  it("leaves logic what it is", function()
    assert.equal("bool: false true NA NA", chosen "p and q or not p")
    assert.equal("bool: true true true true",
      chosen "p and q or not q or not p or is_na(p) or is_na(q)")
    assert.equal("bool: NA NA NA NA", chosen "p and q or nil")
    assert.equal("bool: true true NA NA",
      chosen "p and not q or q and not p or nil")
    assert.equal("bool: NA false NA NA", chosen "p and q or p and empty")
  end)

  it("is built by & and |, too, and its text means the same", function()
    local col = ev.col
    local tree = col.p & col.a | col.q & 7 | col.i
    assert.equal("p and a or q and 7 or i", tostring(tree))
    assert.equal(chosen(tostring(tree)), chosen(tree))
  end)

  local mistakes = {
    { "i and a or 3", "i and a or 3: column 'i' is int, not true or false" },
    { "p and a or 'x'", "column 'a' is decimal%(2%) and \"x\" is text: they "
      .. "do not go together" },
    { "p and a", "p and a: column 'a' is decimal%(2%), not true or false; a "
      .. "value is chosen by: condition and value or another" },
    { "a or 0", "a or 0: column 'a' is decimal%(2%), not true or false; for "
      .. "what is missing, write coalesce%(column, value%)" },
    { "p and q or a", "column 'q' is bool and column 'a' is decimal" },
    { "p and zz or 1", "no column 'zz'" },
    { "zz and 1 or 2", "no column 'zz'" },
    { "p and 1 or zz", "no column 'zz'" },
    { "p and a or q and zz or 1", "no column 'zz'" },
    { "p and 1 or i + 'x'", "i %+ \"x\": \"x\" is text, not a number" },
  }
  for _, mistake in ipairs(mistakes) do
    it("refuses " .. mistake[1], function()
      assert.error_matches(function() t:eval(mistake[1]) end, mistake[2])
    end)
  end

  it("refuses a float beside a decimal", function()
    local col = ev.col
    for _, tree in ipairs { col.p & col.a | 1.1, col.p & 1.1 | col.a,
      col.a:coalesce(1.1), col.i:min(1.1, col.a) } do
      assert.error_matches(function() t:eval(tree) end,
        "column 'a' is decimal%(2%), and a float is not exact")
    end
  end)

  it("of hundreds of values nested or in a row is one or an error", function()
    local parts = {}
    for n = 1, 150 do parts[n] = ("i == %d and %d or "):format(n, n * n) end
    assert.equal("int: 1 4 9 NA", chosen(table.concat(parts) .. "0"))
    local nested = ("p and (p and i or 1) or "):rep(40) .. "2"
    assert.equal("int: 1 2 NA NA", chosen(nested))
    -- logic has no choice to make, and computes each part once
    nested = ("p and ("):rep(60) .. "q" .. (") or nil"):rep(60)
    assert.equal("bool: NA NA NA NA", chosen(nested))
    local deep = ("p and ("):rep(100) .. "i" .. (") or 2"):rep(100)
    assert.error_matches(function() t:eval(deep) end, "nested more than")
  end)
end)

-- The same over every source ---------------------------------------------------

local function lines(n)
  local out = { "unit,version,amount" }
  for i = 1, n do
    out[i + 1] = ("u%d,%s,%s"):format(i * 7 % 5,
      i % 3 == 0 and "original" or i % 3 == 1 and "executed" or "",
      i % 11 == 0 and "" or ("%d.25"):format(i * 17 % 900))
  end
  return table.concat(out, "\n") .. "\n"
end

describe("a sum of choices", function()
  local path = support.write("choices.csv", lines(300))
  local list = "base=sum(version == 'original' and amount or 0),"
    .. "actual=sum(version == 'executed' and amount or 0)"

  --- What a filter for each version gives.
  local function expected()
    local whole = assert(ev.read_csv(path))
    local known = whole:where "not is_na(version)"
    local out = known:distinct "unit":select "unit"
    for name, version in pairs { base = "original", actual = "executed" } do
      out = out:left_join(known:where(ev.col.version:eq(version))
        :group_by "unit":summarise { [name] = ev.sum "amount" },
        "unit")
    end
    return tostring(out:select("unit", "base", "actual"):arrange "unit")
  end

  it("is that of the rows filtered, in a table, a file and a database",
    function()
      local whole = assert(ev.read_csv(path))
      local db_path = support.tempdir() .. "/choices.db"
      local db <close> = assert(ev.open(db_path, { create = true }))
      assert(db:import("b", whole))
      for _, source in ipairs { ev.scan(whole), ev.scan(path, { tuning = {
        chunk = 64, sample = 400 } }), ev.scan(db_path, { table = "b" }) } do
        local sums = assert(source:group_by "unit":summarise(list)
          :arrange "unit":collect())
        assert.equal(expected(), tostring(sums))
      end
    end)

  it("is a column and a condition like any other", function()
    local q = ev.scan(path, { tuning = { chunk = 64, sample = 400 } })
      :mutate { class = "amount > 500 and 'large' or 'small'" }
      :where "(class == 'large' and 2 or 1) == 2":count "class"
    local counted = assert(q:collect())
    assert.equal("large", counted[1].class)
    assert.equal(assert(ev.read_csv(path)):where "amount > 500":nrows(),
      counted[1].n)
  end)

  it("is asked for on the command line", function()
    local run = support.evalua { "query", path, "--by", "unit", "--agg", list,
      "--sort", "unit", "-O", "csv" }
    assert.equal(0, run.code)
    assert.match("^unit,base,actual\nu0,", run.out)
    local wrong = support.evalua { "query", path, "--lang", "zh", "--agg",
      "s=sum(amount or 0)" }
    assert.equal(2, wrong.code)
    assert.match("缺失时取另一值请写 coalesce%(列, 值%)", wrong.err)
  end)
end)

-- audit: rules files, right and wrong, and the worked example of the README.

local audit = require "evalua.audit"
local ev = require "evalua"
local exact = require "evalua.exact"
local numbers = require "evalua.audit.numbers"
local support = require "support"
local values = require "evalua.audit.value"

local EXAMPLE = "data/audit/example"

local function write(dir, name, text)
  local file = assert(io.open(dir .. "/" .. name, "wb"))
  file:write(text)
  file:close()
end

local FACTS = "id,unit,period,section,grp,name_zh,value,measure_unit,"
  .. "qualifier,line\n"

--- The audit of a folder of these facts ("value,unit,qualifier", F1 F2 …) by
--- rules given as text.
local function run(facts, rules, lang)
  local dir = support.tempdir()
  local lines = { FACTS }
  for i, fact in ipairs(facts) do
    lines[#lines + 1] = ("F%d,u,2023,a,b,x%d,%s,%d\n"):format(i, i, fact, i)
  end
  write(dir, "facts.csv", table.concat(lines))
  write(dir, "rules.csv", rules)
  local t, message = audit.folder(dir, { lang = lang })
  return t, message and type(message) == "string"
    and message:gsub("^.*/rules", "rules") or message
end

local HEAD = "id,kind,subject,check,then,else,reason_zh,rounding\n"

local function outcome(facts, check, kind, rounding)
  local t, message = run(facts, HEAD .. ('R1,%s,,"%s",,,,%s\n'):format(
    kind or "derived", check, rounding or ""))
  assert.is_truthy(t, message)
  return t[1].outcome, t[1]
end

describe("the worked example", function()
  it("has the outcomes that the README tells", function()
    local t = assert(audit.folder(EXAMPLE))
    local found = {}
    for i, row in t:rows() do found[i] = row.id .. " " .. row.outcome end
    assert.same({ "S1 holds", "S2 holds", "S3 fails", "S4 holds",
      "S5 undecided" }, found)
  end)

  it("exits with 1, since something fails, in both languages", function()
    local got = support.evalua { "audit", EXAMPLE, "--lang", "zh", "-O", "csv" }
    assert.equal(1, got.code)
    assert.matches("S3,fails,medium,\"facts.csv:3,4,5\",36 + 58 = 94 ≠ 95名"
      .. "（相差 −1名）", got.out, 1, true)
    assert.matches("共 5 项：不符 1", got.err, 1, true)
  end)

  it("keeps its arithmetic whole in a narrow terminal", function()
    local got = support.evalua({ "audit", EXAMPLE },
      { env = { COLUMNS = "90" } })
    for line in got.out:gmatch "[^\n]+" do
      assert.is_true(utf8.len(line) <= 90, line)
    end
    local words = got.out:gsub("%s+", " ")
    for word in ("36 + 58 = 94 ≠ 95名 (difference −1名) – the total is not")
      :gmatch "%S+" do
      assert.matches(word, words, 1, true)
    end
  end)

  it("is a canned report too, for every format", function()
    local got = support.evalua { "report", "audit", EXAMPLE, "-O", "csv" }
    assert.equal(0, got.code, got.err)
    assert.equal(support.evalua({ "audit", EXAMPLE, "-O", "csv" }).out,
      got.out)
    for _, suffix in ipairs { "xlsx", "docx", "html" } do
      local path = support.tempdir() .. "/a." .. suffix
      got = support.evalua { "report", "audit", EXAMPLE, "-o", path }
      assert.equal(0, got.code, got.err)
      assert.is_true(#support.read(path) > 1000)
    end
  end)

  it("exits with 0 when nothing fails", function()
    local dir = support.tempdir()
    for _, name in ipairs { "budget", "units", "rules" } do
      write(dir, name .. ".csv", support.read(EXAMPLE .. "/" .. name .. ".csv"))
    end
    write(dir, "facts.csv", (support.read(EXAMPLE .. "/facts.csv")
      :gsub("95", "94")))
    local got = support.evalua { "audit", dir .. "/", "-O", "json" }
    assert.equal(0, got.code, got.err)
  end)
end)

describe("intervals", function()
  local cases = {
    -- facts, check, outcome
    { { "15,万人,approx_above", "15.3,万人,exact" }, "F1 = F2", "holds" },
    { { "15,万人,approx_above", "16,万人,exact" }, "F1 = F2", "fails" },
    { { "15,万人,approx_above", "15,万人,exact" }, "F1 = F2", "fails" },
    { { "15,万人,approx_above", "150000,人,exact" }, "F1 > F2", "holds" },
    { { "40,次,approx_above", "40,次,exact" }, "F1 >= F2", "holds" },
    { { "40,次,approx_above" }, "F1 >= 41", "holds" },
    { { "40,次,approx_above" }, "F1 > 41", "undecided" },
    { { "40,次,approx_above" }, "F1 < 50", "holds" },
    { { "3,个,at_least", "7,个,exact" }, "F1 <= F2", "undecided" },
    { { "3,个,at_least", "2,个,exact" }, "F1 = F2", "fails" },
    { { "100,户,approx", "103,户,exact" }, "F1 = F2", "undecided" },
    { { "100,户,approx", "106,户,exact" }, "F1 = F2", "fails" },
    { { "100,户,approx", "100,户,exact" }, "F1 = F2", "holds" },
    { { "1.2,亿元,exact", "12000,万元,exact" }, "F1 = F2", "holds" },
    { { "3,亩,exact", "2000,平方米,exact" }, "F1 = F2", "holds" },
    { { "0.1,万元,exact", "0.2,万元,exact", "3000,元,exact" }, "F1 + F2 = F3",
      "holds" },
    { { "33.3,%,exact", "33.3,%,exact", "33.3,%,exact" },
      "F1 + F2 + F3 = 100%", "fails" },
    { { "33.3,%,exact", "33.3,%,exact", "33.3,%,exact" },
      "F1 + F2 + F3 = 100%", "holds", "printed" },
    { { "33.3,%,exact", "33.3,%,exact", "33.1,%,exact" },
      "F1 + F2 + F3 = 100%", "fails", "printed" },
    { { "5,个,exact", "0,个,exact" }, "F1 / F2 <= 100%", "undecided" },
    { { "5,万元,exact", "3,人,exact" }, "F1 + F2 = 8", "undecided" },
    { { "999999999999999.99,元,exact", "0.01,元,exact",
      "1000000000000000,元,exact" }, "F1 + F2 = F3", "holds" },
  }
  for i, case in ipairs(cases) do
    it(("case %d: %s is %s"):format(i, case[2], case[3]), function()
      local found, row = outcome(case[1], case[2], nil, case[4])
      assert.equal(case[3], found, row.arithmetic)
    end)
  end

  it("say why figures in different units decide nothing", function()
    local _, row = outcome({ "5,万元,exact", "3,人,exact" }, "F1 + F2 = 8")
    assert.matches("figures in 万元 and 人 cannot be added", row.reason, 1,
      true)
  end)

  it("of a product of small numbers are what can be reached", function()
    -- Every pair of whole numbers that the two figures may stand for lies
    -- within the interval of their product, and its ends are reached.
    local opts = { about = exact.of "1/20" }
    local a = values.of("40", "次", "approx_above", opts)
    local b = values.of("20", "次", "approx_above", opts)
    local product = values.multiply(a, b)
    assert.equal(exact.of(41 * 21), product.lo)
    assert.equal(exact.of(49 * 29), product.hi)
  end)
end)

describe("rate-feasible", function()
  it("agrees with trying every k", function()
    for n = 1, 60 do
      for _, rate in ipairs { "99.2", "92.31", "50", "33.3", "66.67", "0.5" } do
        local places = #(rate:match "%.(%d*)$" or "")
        local tried = false
        for k = 0, n do
          for _, rounding in ipairs { "half-even", "half-up" } do
            local share = ev.decimal(100 * k):divide(ev.decimal(n), places,
              rounding)
            tried = tried or share == ev.decimal(rate)
          end
        end
        local first, last = numbers.whole_counts(rate, n)
        assert.equal(tried, first <= last, rate .. " of " .. n)
      end
    end
  end)

  it("finds 12 of 13 as the smallest base of 92.31 %", function()
    local base, k = numbers.smallest_base "92.31"
    assert.same({ 13, 12 }, { base, k })
  end)
end)

describe("a rules file that is wrong", function()
  local function message(rows, head)
    local t, text = run({ "1,个,exact", "2,个,exact" }, (head or HEAD) .. rows)
    assert.is_nil(t)
    return text
  end

  local cases = {
    { "R1,summ,,F1 = F2,,,,\n", 'rules.csv:2: column "kind": unknown rule '
      .. "kind 'summ' (did you mean 'sum'?)" },
    { "R1,,,F1 = F2,,,,\n", 'rules.csv:2: column "kind": must not be empty' },
    { "R1,sum,,F1 + = 3,,,,\n", 'rules.csv:2: column "check": a condition was '
      .. "expected, not understood from here on: F1 + = 3" },
    { "R1,sum,,F1 <= F2,,,,\n", 'rules.csv:2: column "check": this kind of '
      .. "rule holds two figures equal, with =" },
    { "R1,interval,,F1 = F2,,,,\n", 'rules.csv:2: column "check": this kind of '
      .. "rule is a bound, with <, <=, > or >=" },
    { "R1,sum,,,,,,\n", 'rules.csv:2: column "check": must not be empty for a '
      .. "rule of the kind 'sum'" },
    { "R1,sum,,F1 = F2,,,,\n\nR1,sum,,F1 = F2,,,,\n",
      "rules.csv:4: column \"id\": 'R1' stands in line 2 already" },
    { "R1,sum,,F1 = F2,flag,flag,,\n", 'rules.csv:2: column "else": then and '
      .. "else are both 'flag', so that nothing would be worked out" },
    { "R1,sum,,F1 = F2,fails,,,\n", 'rules.csv:2: column "else": then and '
      .. "else are both 'fails', so that nothing would be worked out" },
    { "R1,sum,,F1 = F2,good,,,\n", "rules.csv:2: column \"then\": 'good' is "
      .. "none of holds, fails, undecided, flag" },
    { "R1,judgement,,,holds,,because,\n", 'rules.csv:2: column "then": a '
      .. "judgement is undecided or flag, not 'holds': what holds or fails "
      .. "must be worked out" },
    { "R1,judgement,,,fails,,because,\n", 'rules.csv:2: column "then": a '
      .. "judgement is undecided or flag, not 'fails': what holds or fails "
      .. "must be worked out" },
    { "R1,judgement,,,flag,,,\n", 'rules.csv:2: column "reason_zh": a '
      .. "judgement needs its reason" },
    { "a,define,,b + 1,,,,\nb,define,,c,,,,\nc,define,,a,,,,\n"
      .. "R1,sum,,a = F1,,,,\n", "rules.csv:2: column \"check\": 'a' is "
      .. "defined by itself: a → b → c → a" },
    { "a,define,,1,,,,\n", "rules.csv:1: there is no rule in this file" },
    { "R1,sum,,F1 = F2,,,,about\n", "rules.csv:2: column \"rounding\": 'about' "
      .. "is none of exact, printed" },
    { "abuot,setting,,5%,,,,\nR1,sum,,F1 = F2,,,,\n", "rules.csv:2: column "
      .. "\"id\": there is no setting 'abuot', only 'about'" },
    { "about,setting,,F1,,,,\nR1,sum,,F1 = F2,,,,\n", "rules.csv:2: column "
      .. '"check": a share like 5% was expected' },
    { "R1,sum,," .. ("("):rep(900) .. "F1,,,,\n", 'rules.csv:2: column '
      .. '"check": too many brackets inside each other' },
  }
  for i, case in ipairs(cases) do
    it("is told where and why, case " .. i, function()
      assert.equal(case[2], message(case[1]))
    end)
  end

  it("names a column that is written wrong", function()
    assert.equal("rules.csv:1: unknown column 'els' (did you mean 'else'?)",
      message("R1,sum,F1 = F2,flag\n", "id,kind,check,els\n"))
  end)

  it("names the column that is missing", function()
    assert.equal("rules.csv:1: no column 'kind'",
      message("R1,F1 = F2\n", "id,check\n"))
  end)

  it("is said in Chinese too, with exit 2", function()
    local dir = support.tempdir()
    write(dir, "facts.csv", FACTS .. "F1,u,2023,a,b,x,1,个,exact,1\n")
    write(dir, "rules.csv", HEAD .. "R1,summ,,F1 = 1,,,,\n")
    local got = support.evalua { "audit", dir, "--lang", "zh" }
    assert.equal(2, got.code)
    assert.matches("rules.csv:2: 列“kind”：未知的规则类型“summ”（是否指“sum”？）",
      got.err, 1, true)
    assert.equal("", got.out)
  end)
end)

describe("data that are wrong", function()
  local function folder(facts)
    local dir = support.tempdir()
    write(dir, "facts.csv", facts)
    write(dir, "rules.csv", HEAD .. "R1,sum,,F1 = 1,,,,\n")
    return audit.folder(dir)
  end

  local cases = {
    { FACTS .. "F1,u,2023,a,b,x,12O,个,exact,1\n",
      'facts.csv:2: column "value": "12O" is not a number' },
    { FACTS .. "F1,u,2023,a,b,x,12,,exact,1\n",
      'facts.csv:2: column "measure_unit" must not be empty' },
    { FACTS .. "F1,u,2023,a,b,x,1,个,exact,1\nF1,u,2023,a,b,x,1,个,exact,1\n",
      "facts.csv:3: id 'F1' stands in line 2 of" },
    { "id,unit,name_zh\nF1,u,x\n", "facts.csv:1: no column 'period'" },
  }
  for i, case in ipairs(cases) do
    it("name file, line and column, case " .. i, function()
      local t, message = folder(case[1])
      assert.is_nil(t)
      assert.matches(case[2], message, 1, true)
    end)
  end

  it("leave a rule undecided where its figure is not there, and say so",
    function()
      local t, notes = run({ "1,个,exact" }, HEAD .. "R1,sum,,F1 = F9,,,,\n")
      assert.equal("undecided", t[1].outcome)
      assert.equal("not given: F9", t[1].reason)
      assert.matches("rules.csv:2: 'F9' is a figure of no table", notes[1], 1,
        true)
    end)

  it("may compare any figure with 0, but with no other bare number",
    function()
      local money = { "12.5,万元,exact", "0,万元,exact" }
      assert.equal("holds", (outcome(money, "F1 > 0")))
      assert.equal("fails", (outcome(money, "F1 <= 0")))
      assert.equal("holds", (outcome(money, "F2 = 0")))
      assert.equal("undecided", (outcome(money, "F1 > 1")))
      assert.equal("undecided", (outcome(money, "F1 > 0人")))
    end)

  it("never hold by a table or column that is nowhere", function()
    for unknown, check in pairs {
      ["mention"] = "count(mention, role=residue) = 0",
      ["mentions.rol"] = "count(mentions, rol=residue) = 0",
      ["facts.secton"] = "distinct(facts.secton) = 1",
      ["facts.nam"] = "sum(facts.value, nam!=x) = 1个",
      ["facts.valeu"] = "value(facts.valeu, id=F1) = 1个",
      ["budget.versoin"] = "exists(budget, versoin!=x)" } do
      local t, notes = run({ "1,个,exact" },
        ('%sR1,derived,,"%s",,,,\n'):format(HEAD, check))
      assert.equal("undecided", t[1].outcome, check)
      assert.equal("not given: " .. unknown, t[1].reason)
      assert.matches(("rules.csv:2: there is no table or column '%s'"):format(
        unknown), notes[1], 1, true)
    end
  end)

  it("may ask for a table that the folder has not, or a column of its own",
    function()
      assert.equal("holds", (outcome({ "1,个,exact" },
        "count(mentions, role=residue) = 0")))
      local dir = support.tempdir()
      write(dir, "facts.csv", FACTS)
      write(dir, "cars.csv", "plate,use,amount\nA1,,5\nA2,,6\n")
      write(dir, "rules.csv", HEAD
        .. 'R1,derived,,"count(cars, use=) = 2 and sum(cars.amount) = 11",,,,\n')
      local t, notes = audit.folder(dir)
      assert.equal("holds", t[1].outcome)
      assert.same({}, notes)
    end)

  it("name a folder without any file of a unit", function()
    local t, message = audit.folder(support.tempdir())
    assert.is_nil(t)
    assert.matches("has no file of a unit's folder", message, 1, true)
  end)
end)

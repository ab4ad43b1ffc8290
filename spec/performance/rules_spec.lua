-- rules: what each rule kind of a rubric gives.

local ev = require "evalua"
local exact = require "evalua.exact"
local rules = require "evalua.performance.rules"
local D = ev.decimal

--- Points of a rule for a weight and what the rule sees, as text.
local function points(rule, weight, x, params)
  local read, problem = rules.params(rule, params)
  assert(read, problem)
  if x.value then x.value = exact.of(x.value) end
  if x.ratio then x.ratio = exact.of(x.ratio) end
  if x.percent then x.percent = D(x.percent) end
  local found, why = rules.points(rule, exact.of(D(weight)), x, read)
  return found and tostring(found) or why
end

describe("a range", function()
  local function range(low, high, is_open)
    return { value = low, range = { low = exact.of(D(low)),
      high = high and exact.of(D(high)), low_open = is_open,
      high_open = is_open } }
  end

  it("gets the fewest points that a number in it gets", function()
    local bands = "bands=[95,):9 [90,95):10 (,90):4"
    assert.equal("4", points("band", "10", range("85", "92"), bands))
    assert.equal("9", points("band", "10", range("90", "100", true), bands))
    assert.equal("10", points("band", "10", range("90", "95", true), bands))
    assert.equal("9", points("band", "10", range("90", nil), bands))
    local both = "limit=100; step=5; cut=2; side=both"
    assert.equal("2", points("step", "10", range("98", "120"), both))
    assert.equal("4", points("step", "10", range("85", "104"), both))
    -- 100余 is less than 110: its second step of 5 is not whole
    assert.equal("8", points("step", "10", range("100", "110", true), both))
    assert.equal("6", points("step", "10", range("100", "110"), both))
    assert.equal("8", points("step", "10", range("90", "110", true), both))
    assert.equal("7.5", points("slope", "10", range("97", "105"), "cut=0.5"))
    assert.equal("8.5", points("slope", "10", range("97", nil),
      "cut=0.5; side=below"))
  end)

  it("gets none where its far end is not known", function()
    for _, rule in ipairs { "step", "slope" } do
      assert.equal("the actual value has no bound on the side that counts",
        points(rule, "10", range("97", nil), "cut=0.5"))
    end
  end)
end)

describe("the rules of Hunan's forms", function()
  -- 在职人员控制率, 5 points: each point above 100 % costs 0.5 (51dongshi
  -- eedfrcvdvdcgg; whole points)
  it("take off for each whole point above the limit", function()
    local params = "limit=100; step=1; cut=0.5"
    for value, expected in pairs { ["96.5"] = "5", ["100"] = "5",
      ["100.99"] = "5", ["101"] = "4.5", ["103.7"] = "3.5", ["109.9"] = "0.5",
      ["110"] = "0", ["250"] = "0" } do
      assert.equal(expected, points("step", "5", { value = value }, params))
    end
  end)

  -- 预算完成率, 8 points: a filled form with 99.27 % kept the full 8
  -- (wanglu t4-462766), so that only whole steps of 5 % cost
  it("keep the full points of a filled form at 99.27 %", function()
    local params = "limit=100; step=5; cut=2; side=below"
    assert.equal("8", points("step", "8", { value = "99.27" }, params))
    assert.equal("8", points("step", "8", { value = "95.01" }, params))
    assert.equal("6", points("step", "8", { value = "95" }, params))
    assert.equal("0", points("step", "8", { value = "79.9" }, params))
    assert.equal("8", points("step", "8", { value = "104" }, params))
  end)

  -- 预算控制率, 5 points (wenku365 50355167)
  it("give the points of the band, ends where the form has them", function()
    local params = "bands=(,0]:5 (0,10]:4 (10,20]:3 (20,30]:2 (30,):0"
    for value, expected in pairs { ["0"] = "5", ["0.01"] = "4", ["10"] = "4",
      ["10.01"] = "3", ["20"] = "3", ["30"] = "2", ["30.000001"] = "0",
      ["54.73"] = "0" } do -- the sample's excess, taken as an addition
      assert.equal(expected, points("band", "5", { value = value }, params))
    end
  end)

  -- 重点支出安排率, 5 points (glj.yueyang.gov.cn 1705915)
  it("give the points of bands that are open above", function()
    local params = "bands=[90,):5 [80,90):4 [70,80):3 [60,70):2 (,60):0"
    for value, expected in pairs { ["90"] = "5", ["89.99"] = "4",
      ["80"] = "4", ["60"] = "2", ["59.99"] = "0" } do
      assert.equal(expected, points("band", "5", { value = value }, params))
    end
  end)

  it("are read with the marks of a Chinese keyboard, too", function()
    local params = "bands=［90，）：5　【60，90）：60％ （，60）：0"
    for value, expected in pairs { ["90"] = "5", ["89.9"] = "3",
      ["60"] = "3", ["59.9"] = "0" } do
      assert.equal(expected, points("band", "5", { value = value }, params))
    end
  end)

  it("take off on both sides where the form says so", function()
    local params = "limit=100; step=5; cut=2; side=both"
    assert.equal("4", points("step", "6", { value = "106" }, params))
    assert.equal("4", points("step", "6", { value = "94" }, params))
    assert.equal("6", points("step", "6", { value = "104.9" }, params))
  end)
end)

describe("the other rules", function()
  it("slope takes off without steps", function()
    assert.equal("3.15", points("slope", "5", { value = "103.7" },
      "limit=100; cut=0.5"))
  end)

  it("prop gives a share, never more than the weight", function()
    assert.equal("20", points("prop", "20", { met = true, ratio = "3" }, ""))
    assert.equal("5", points("prop", "20", { met = false,
      ratio = "0.25" }, ""))
  end)

  it("exec_rate is capped", function()
    assert.equal("10", points("exec_rate", "10", { value = "154.73" }, ""))
    assert.equal("9.5", points("exec_rate", "10", { value = "95" }, ""))
  end)

  it("checklist adds the items that are true, and wants all answers",
    function()
      local params = "items=a 1|b 2|c 3"
      assert.equal("4", points("checklist", "6", { items = { true, false,
        true } }, params))
      assert.equal("item 3 of the checklist is not answered",
        points("checklist", "6", { items = { true, false } }, params))
      assert.equal("the checklist is not answered", points("checklist", "6",
        {}, params))
    end)

  it("penalty takes off for each case, down to nothing", function()
    assert.equal("2", points("penalty", "3", { cases = D "1" }, "cut=1"))
    assert.equal("0", points("penalty", "3", { cases = D "9" }, "cut=1"))
  end)

  it("qual gives the percentage that was assessed", function()
    assert.equal("8.5", points("qual", "10", { percent = "85" }, ""))
    assert.equal("no percentage was assessed", points("qual", "10", {}, ""))
  end)

  it("takes points away far above the target only where told", function()
    local x = { met = true, over = exact.of(180) }
    assert.equal("20", points("prop", "20", x, ""))
    assert.equal("18", points("prop", "20", x, "over_from=150; over_cut=10"))
    assert.equal("20", points("prop", "20", { met = true,
      over = exact.of(150) }, "over_from=150; over_cut=10"))
  end)

  it("never leave 0 to the weight", function()
    local state = 11
    local function number()
      state = (state * 1103515245 + 12345) % 2147483648
      return D(tostring(state % 30000 - 5000)):divide(100, 2)
    end
    local cases = { { "step", "limit=100; step=3; cut=0.7" },
      { "step", "limit=100; step=3; cut=0.7; side=both" },
      { "slope", "limit=80; cut=0.3; side=below" }, { "exec_rate", "" },
      { "band", "bands=[90,):7 [50,90):50% (,50):0" } }
    for _ = 1, 60 do
      local value = number()
      for _, case in ipairs(cases) do
        local found = rules.points(case[1], exact.of(7), {
          value = exact.of(value) }, rules.params(case[1], case[2]))
        assert.is_true(found >= 0 and found <= 7, case[1] .. tostring(value))
      end
    end
  end)
end)

describe("the parameters of a rule", function()
  local function problem(rule, params)
    local read, message = rules.params(rule, params)
    assert.is_nil(read)
    return message
  end

  it("are refused when they cannot be read", function()
    local cases = {
      { "sum", "", "unknown rule kind 'sum'; there are: prop, inv, band, step, "
        .. "slope, checklist, penalty, qual, exec_rate" },
      { "step", "limit=100", "params: cut is missing" },
      { "step", "cut=-1", "params: cut: '-1' is not a number above zero" },
      { "step", "cut=1; cut=2", "params: 'cut' is given twice" },
      { "step", "cut 1", "params: 'cut 1' is not KEY=VALUE" },
      { "step", "cut=1; side=left", "params: side: 'left' is not one of above, "
        .. "below, both" },
      { "step", "cut=1; slack=3", "params: the rule 'step' has no 'slack'" },
      { "band", "bands=[90,):5 (,80):0",
        "params: bands: there is a gap between the bands at 80" },
      { "band", "bands=[80,):5 (,90):0",
        "params: bands: two bands overlap at 80" },
      { "band", "bands=(90,):5 (,90):0",
        "params: bands: there is a gap between the bands at 90" },
      { "band", "bands=[90,100]:5 (,90):0",
        "params: bands: above 100 there is no band" },
      { "band", "bands=[90,):5 [0,90):0",
        "params: bands: below 0 there is no band" },
      { "band", "bands=good:5", "params: bands: 'good:5' is not bands like "
        .. "[90,):5 [60,90):3 (,60):0" },
      { "checklist", "items=a|b",
        "params: items: 'a|b' is not items like NAME POINTS|NAME POINTS" },
    }
    for _, case in ipairs(cases) do
      assert.equal(case[3], problem(case[1], case[2]))
    end
  end)

  it("may be written with full-width semicolons", function()
    assert.is_table((rules.params("step", "limit=100；step=1；cut=0.5")))
  end)
end)

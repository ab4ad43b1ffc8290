-- audit of the text of a report: what each sentence of the cases says.

local audit = require "evalua.audit"
local support = require "support"

describe("the text of a report", function()
  local function check(text)
    local list = {}
    for i, row in ipairs(require("evalua.audit.text").run(text,
      { lang = "en", name = "r" })) do
      list[i] = row.kind .. " " .. row.outcome
    end
    return list
  end

  local cases = {
    -- parts and totals
    { "总额100万元，其中：甲60万元、乙40万元。", "parts holds" },
    { "总额100万元，其中：甲60万元、乙41万元。", "parts fails" },
    { "总额100万元，其中：甲60万元、乙30万元。", "parts flag" },
    { "总额1.2亿元，其中甲6000万元、乙6000万元。", "parts holds" },
    { "男30人、女20人，合计50人。", "parts holds" },
    { "男30人、女20人，合计51人。", "parts fails" },
    { "男30名、女20人，合计50位。", "parts holds" },
    -- brackets, asides, pieces and changes are no parts of their own
    { "就业100人，其中男60人（党员20人），女40人。", "parts holds" },
    { "就业100人，其中男60人（党员20人），女41人。", "parts flag" },
    { "职工100人，其中党员30人、女性20人。" },
    { "立项课题57项（国家级2项、省级11项）" },
    { "收入83万元，其中:本年61万元,主要是拨款54万元,专户7万元;结转22万元。",
      "parts holds" },
    { "收入83万元，其中:本年61万元,主要是拨款54万元,专户7万元;结转23万元。" },
    { "支出8万元，其中:甲5万元,乙3万元;支出较去年增加2万元。", "parts holds" },
    { "支出8万元，其中:甲5万元,乙4万元;支出较去年增加2万元。", "parts fails" },
    { "投资100万元，其中甲60万元、乙40万元，已支付80万元。", "parts holds" },
    { "支出6万元，完成预算的72%。其中：甲2万元；乙4万元。", "parts holds" },
    { "收入90万元，其中：拨款80万元（其中预算50万元、基金30万元）、其他10万元。",
      "parts holds", "parts holds" },
    { "项目12个（含跨年4个），其中年初9个、年中3个。", "parts holds" },
    { "支出90万元（较上年减少3.2%），其中：甲50万元、乙40万元。", "parts holds" },
    -- behind a semicolon something else may be said
    { "预算100万元，其中财政80万元，到位率100%；支出95万元。" },
    { "预算100万元，其中：财政100万元；支出95万元。" },
    { "支出8万元，其中：出国0万元；用车5万元；接待4万元。", "parts flag" },
    { "支出8万元，其中：甲5万元，占62.5%；乙4万元，占50%。", "parts fails" },
    -- shares of parts that add up
    { "收入8.00万元，其中：甲6.00万元，占75%；乙2.00万元，占25.00%。",
      "parts holds", "share holds" },
    { "收入8.00万元，其中：甲6.00万元，占75%；乙2.00万元，占26.00%。",
      "parts holds", "share fails" },
    { "支出80万元，占总支出的80%，其中：甲60万元，占60%；乙20万元，占20%。",
      "parts holds", "share holds" },
    -- what a sentence adds to, what a figure is held below
    { "收入完成45万元。加补助28万元、结转2万元，收入总计75万元。", "parts holds" },
    { "收入完成45万元。加补助28万元、结转2万元，收入总计76万元。" },
    { "收入完成45万元。补助28万元、结转2万元，补助总计75万元。", "parts fails" },
    { "本年增加甲28万元、乙2万元，合计76万元。", "parts fails" },
    { "债务余额15万元，控制在限额16万元以内，其中一般6万元、专项9万元。",
      "parts holds" },
    -- rates of the figures beside them
    { "支出120万元，比上年增加20万元，增长20%。", "growth holds" },
    { "支出80万元，比上年减少20万元，下降20%。", "growth holds" },
    { "支出50万元，较2022年增加10万元，增长25%。", "growth holds" },
    { "支出50万元，较2022年增加10万元，增长20%。", "growth flag" },
    { "支出50万元，2022年增加10万元，增长20%。" },
    { "支出120万元，比上年增加20万元，增长16.67%。", "growth flag" },
    { "支出120万元，比上年增加20万元，下降20%。" },
    { "支出17.00万元，其中接待3.00万元，用车14.00万元，比上年减少3.00万元，"
      .. "下降15%。", "parts holds", "growth holds" },
    { "接待3.00万元，用车14.00万元，比上年减少3.00万元，下降29%。" },
    { "支出120万元，比上年增加约20万元，增长20%。" },
    { "预算8.00万元，支出决算6.00万元，完成预算的75%。", "completion holds" },
    { "年初预算安排5.00万元，调整预算数8.00万元，支出6.00万元，预算完成率75%。",
      "completion holds" },
    { "预算8.00万元，支出决算6.00万元，完成预算的57%。", "completion flag" },
    { "支出6.00万元，完成预算的75%。" },
    { "预算100万元，支出90万元，完成预算的91%。", "completion undecided" },
    { "预算100万元，支出90万元，完成预算的92%。", "completion flag" },
    -- households and people do not add up
    { "就业岗位420个，其中脱贫户89户203人。" },
    { "两村各选38名、副职20名，合计96名。" },
    -- rates
    { "办理2047单，满意率99.2%。", "rate-feasible holds" },
    { "走访13户，满意率92.4%。", "rate-feasible fails" },
    { "排查216起，化解209起，化解率96.8%。", "rate-feasible holds" },
    { "排查216起，化解209起，化解率97.8%。", "rate-feasible fails" },
    { "覆盖率103%。", "rate-feasible fails" },
    { "完成率103%。" },
    -- stated twice
    { "一、概况\n街道总面积21.83平方公里。\n二、形势\n街道总面积21.83平方公里。",
      "restated holds" },
    { "一、概况\n街道总面积21.83平方公里。\n二、形势\n街道总面积22平方公里。",
      "restated fails" },
    { "一、概况\n街道总面积21.83平方公里。\n二、形势\n街道总面积2183公顷。",
      "restated holds" },
    { "一、概况\n全区年度预算0.43亿元。\n二、执行\n全区年度预算4263.67万元。",
      "restated holds" },
    { "一、概况\n人口共15万余人。\n二、形势\n人口共16.2万人。", "restated flag" },
    -- a target need not be what is
    { "一、概况\n平均住院日7.9天。\n二、打算\n平均住院日控制在7.5天以内。",
      "restated flag" },
    -- other years, parts of other totals, figures said against another, plans
    { "一、甲\n2022年部门预算支出5万元。\n二、乙\n2023年部门预算支出6万元。" },
    { "一、甲\n收入8万元，其中上年结转收入5万元。\n二、乙\n拨款6万元，"
      .. "其中上年结转收入3万元。" },
    { "一、甲\n完成年初预算的72%。\n二、乙\n完成年初预算的80%。" },
    { "一、绩效目标\n设备完好合格率95%。\n二、乙\n设备完好合格率98%。",
      "restated flag" },
    { "一般公共预算收入90万元，一般公共预算支出合计130万元。" },
    { "第一部分 概况\n一、甲\n二、乙\n第二部分 说明\n一、丙\n（一）丁" },
    { "一、甲\n组织开展应急演练8场。\n二、乙\n组织开展应急演练3场。",
      "restated flag" },
    -- lists
    { "小区3个（甲园、乙园[在建、未交付]、丙园）", "list-count holds" },
    { "小区4个（甲园、乙园、丙园）", "list-count fails" },
    { "小区4个（甲园、乙园、丙园等）", "list-count undecided" },
    { "下设党政办、党建办、财政所共3个科室", "list-count holds" },
    { "设有3个科室：党政办、党建办、财政所。另有1个中心。", "list-count holds" },
    { "设有4个科室：党政办、党建办、财政所", "list-count fails" },
    { "设有4个科室：党政办、党建办、财政所等", "list-count undecided" },
    { "一、甲\n二、乙\n二、丙", "numbering flag" },
    { "一、甲\n二、乙\n四、丙", "numbering flag" },
    { "下设党政办、党建办、财政所共4个科室", "list-count fails" },
    { "提质了华盛服务站、金南运动场、华盛服务站等项目", "list-unique fails" },
    -- money
    { "预算收入100万元，实际支出99万元。", "ratio-bound holds" },
    { "预算收入100万元，实际支出101万元。", "ratio-bound flag" },
    -- the text itself
    { "[bookmark: x]人口3万人", "text fails" },
    { "一、甲\n（一）乙\n一、丙", "numbering flag" },
    { "一、甲\n（一）乙\n二、丙\n（一）丁" },
    { "一、甲\n（一）乙\n1、丙\n二、丁\n1、戊" },
    { "没有数字" },
  }
  for _, case in ipairs(cases) do
    it(("says %s of: %s"):format(case[2] or "nothing",
      case[1]:gsub("\n", " / ")), function()
      assert.same({ table.unpack(case, 2) }, check(case[1]))
    end)
  end

  it("is audited by the program, in GBK too", function()
    local path = support.write("r.txt", "总额100万元，其中：甲60万元、乙41万元。\n")
    local gbk = support.write("r.txt",
      support.run({ "iconv", "-t", "GBK", path }).out)
    for _, file in ipairs { path, gbk } do
      local got = support.evalua { "audit", file, "-O", "csv", "--lang", "zh" }
      assert.equal(1, got.code, got.err)
      assert.matches("parts-1,fails,high,r.txt:1,60万元 + 41万元 = 101万元 ≠ "
        .. "100万元,100万元,101万元,总额,,parts", got.out, 1, true)
    end
    local got = support.evalua { "audit", support.write("e.txt", "\n") }
    assert.equal(2, got.code)
    assert.matches("e.txt' is empty", got.err, 1, true)
  end)

  it("is audited by rules over its figures", function()
    local path = support.write("r.txt", "一、概况\n总面积5亩，其中绿地2亩。\n")
    local rules = support.write("rules.csv", "id,kind,check\n"
      .. "A,ratio-bound,\"X2 / value(facts, name_zh=总面积) <= 50%\"\n")
    local got = support.evalua { "audit", path, "--rules", rules, "-O", "csv" }
    assert.equal(0, got.code, got.err)
    assert.matches("A,holds,medium,r.txt:2,2 / 5亩", got.out, 1, true)
  end)

  it("finds in the published report what was found by hand", function()
    local t = assert(audit.run(support.shared "../domain/report-2022.txt"))
    local fails = {}
    for _, row in t:rows() do
      if row.outcome == "fails" then fails[#fails + 1] = row.kind end
    end
    assert.same({ "list-unique", "text" }, fails) -- C10, N8
  end)
end)

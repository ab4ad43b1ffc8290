-- extract: figures of Chinese reports, against texts of our own with keys made
-- by hand (spec/extract), and the published report where it is at hand.

local core = require "evalua.core"
local extract = require "evalua.extract"
local support = require "support"
local work = require "support.work"

local D = core.decimal.parse

--- The text without its marks, and the key: {value, unit, qualifier, at}, `at`
--- the byte (from 0) where the figure begins.
local function unmark(marked)
  marked = marked:gsub("^#[^\n]*\n", ""):gsub("^#[^\n]*\n", "")
  local parts, key, size = {}, {}, 0
  local function add(text)
    parts[#parts + 1], size = text, size + #text
  end
  local at = 1
  while true do
    local first, last, inner = marked:find("⟦(.-)⟧", at)
    if first == nil then break end
    add(marked:sub(at, first - 1))
    local text, value, unit, qualifier = inner:match
      "^([^|]*)|([^|]*)|([^|]*)|?([^|]*)$"
    key[#key + 1] = { value = value, unit = unit, at = size,
      qualifier = qualifier ~= "" and qualifier or "exact" }
    add(text)
    at = last + 1
  end
  add(marked:sub(at))
  return table.concat(parts), key
end

--- Pairs each key with a row of the same value, unit and qualifier whose phrase
--- reaches it (the second part of a range has its phrase before it).
local function match(rows, key)
  local used, missed = {}, {}
  for _, item in ipairs(key) do
    local hit = nil
    for i, row in ipairs(rows) do
      local near = row.offset <= item.at + 3
        and row.offset + #row.phrase >= item.at - 40
      if not hit and not used[i] and near and D(row.value) == D(item.value)
        and row.measure_unit == item.unit
        and row.qualifier == item.qualifier then hit = i end
    end
    if hit then used[hit] = true
    else missed[#missed + 1] = item.value .. item.unit .. " " .. item.qualifier end
  end
  local extra = {}
  for i, row in ipairs(rows) do
    if not used[i] then
      extra[#extra + 1] = ("%s%s %s: %s"):format(row.value,
        row.measure_unit or "?", row.qualifier, row.phrase)
    end
  end
  return missed, extra
end

local function marked_text(name)
  return unmark(support.read("spec/extract/" .. name .. ".txt"))
end

for _, name in ipairs { "street", "bureau", "hospital", "road", "audit_office",
  "data_centre" } do
  describe("figures of the " .. name .. "'s report", function()
    local text, key = marked_text(name)
    local rows = extract.rows(text)
    local missed, extra = match(rows, key)

    it("are found, 95 of 100, with value, unit and qualifier", function()
      assert.is_true(#key > 45)
      assert.is_true(#missed <= 0.05 * #key, table.concat(missed, "\n"))
    end)

    it("are figures, 95 of 100", function()
      assert.is_true(#extra <= 0.05 * #rows, table.concat(extra, "\n"))
    end)

    it("stand where their offset says", function()
      for _, row in ipairs(rows) do
        assert.equal(row.phrase, text:sub(row.offset + 1,
          row.offset + #row.phrase))
        assert.is_true(utf8.len(row.phrase) <= 40, row.phrase)
      end
    end)
  end)
end

describe("the published report", function()
  -- The 95 figures in digits of the sample unit's facts; other rows are either
  -- one of its figures in words or wrong.
  it("gives 95 of 100 of its figures, and 5 of 100 others at most", function()
    local path = support.shared "../domain/report-2022.txt"
    local text, base = extract.read(path)
    local rows = extract.rows(text, base)
    local facts = core.csv.read("data/dongfanghong-2022/facts.csv", nil,
      { types = { value = "text", phrase = "text", line = "int" } })
    local used, found, count = {}, 0, 0
    for i = 1, facts:nrows() do
      local fact = facts[i]
      -- F018 and F019 are one figure of the text, told of two villages
      local digits = fact.phrase:find "%d" and fact.id ~= "F019"
      if digits then count = count + 1 end
      for k, row in ipairs(rows) do
        if not used[k] and row.line == fact.line
          and D(row.value) == D(fact.value)
          and row.measure_unit == fact.measure_unit
          and row.qualifier == fact.qualifier then
          used[k], found = true, found + (digits and 1 or 0)
          break
        end
      end
    end
    local wrong = 0
    for k in ipairs(rows) do wrong = wrong + (used[k] and 0 or 1) end
    assert.equal(95, count)
    assert.is_true(found >= 0.95 * count, found .. " of " .. count)
    assert.is_true(wrong <= 0.05 * #rows, wrong .. " of " .. #rows)
  end)
end)

describe("a figure", function()
  --- Text, then what is found: "value unit qualifier name" each.
  local cases = {
    { "预算支出6597.28 万元", "6597.28 万元 exact 预算支出" },
    { "企业6000余家", "6000 家 approx_above 企业" },
    { "共计15万余人", "15 万人 approx_above 共计" },
    { "采样260万余人次", "260 万人次 approx_above 采样" },
    { "面积约12055.21平方米", "12055.21 平方米 approx 面积" },
    { "覆绿２０．９万平方米", "20.9 万平方米 exact 覆绿" },
    { "税收１，２３４，５６７元", "1234567 元 exact 税收" },
    { "下辖3个行政村和4个社区", "3 个 exact 行政村", "4 个 exact 社区" },
    { "175名机关工作人员", "175 名 exact 机关工作人员" },
    { "覆盖率达到百分之九十五点五", "95.5 % exact 覆盖率" },
    { "新购CT1台、DR2台", "1 台 exact 新购CT", "2 台 exact DR" },
    { "拆除房屋37栋、5210平方米", "37 栋 exact 拆除房屋",
      "5210 平方米 exact 拆除房屋" },
    { "脱贫户89户203人", "89 户 exact 脱贫户", "203 人 exact 脱贫户" },
    { "桥梁2座/143.6延米", "2 座 exact 桥梁", "143.6 延米 exact 桥梁" },
    { "急救反应时间不超过12分钟", "12 分钟 at_most 急救反应时间" },
    { "死亡率0.8‰", "0.8 ‰ exact 死亡率" },
    { "提高3.5个百分点", "3.5 百分点 exact 提高" },
    { "整改隐患二百三十五处", "235 处 exact 整改隐患" },
    { "开展巡查十余次", "10 次 approx_above 开展巡查" },
    { "安排专员不少于8人", "8 人 at_least 安排专员" },
    { "参保率98%以上", "98 % at_least 参保率" },
    { "成本控制在30万元以内", "30 万元 at_most 成本" },
    { "时限3-5天", "3 天 at_least 时限", "5 天 at_most 时限" },
    { "降幅1.5%至2%", "1.5 % at_least 降幅", "2 % at_most 降幅" },
    { "同比增长-3.2%", "-3.2 % exact 同比增长" },
    { "补贴标准105元/亩", "105 元/亩 exact 补贴标准" },
    { "连续5年获评先进", "5 年 exact 获评先进" },
    { "自受理之日起15日内办结", "15 日 at_most 自受理之日起" },
    { "楼栋长（含片区长）96名", "96 名 exact 楼栋长" },
    { "企业多（6000余家）", "6000 家 approx_above 企业多" },
    { "人大代表58名", "58 名 exact 人大代表" },
    { "绘制地图3幅、电话5部", "3 幅 exact 绘制地图", "5 部 exact 电话" },
    { "甲园、乙园等7家市场", "7 家 exact 市场" },
    { "历经4个多月", "4 个月 approx_above 历经" },
    { "完成两个小区改造", "2 个 exact 小区改造" },
    { "惠及一百二十三户", "123 户 exact 惠及" },
    { "成本指标：≤50万元", "50 万元 at_most 成本指标" },
    { "用时不到30分钟", "30 分钟 at_most 用时" },
    { "层高约4.3m", "4.3 m approx 层高" },
    { "比预算节约0.8万元", "0.8 万元 exact 比预算节约" },
    { "附近500米、签约12家企业", "500 米 exact 附近", "12 家 exact 企业" },
    { "结余3万元；预约20人次", "3 万元 exact 结余", "20 人次 exact 预约" },
    { "分别为100、200和300万元", "100 万元 exact 分别为",
      "200 万元 exact 分别为", "300 万元 exact 分别为" },
    { "各减少1267.86,2570.97万元", "1267.86 万元 exact 各减少",
      "2570.97 万元 exact 各减少" },
    { "其中:事业收入6.5万元", "6.5 万元 exact 事业收入" },
    { "土方3.5万m³、CPU3,072核", "3.5 万m³ exact 土方", "3072 核 exact CPU" },
    { "不足总支出的1%", "1 % at_most 不足总支出的" },
    { "因公出国（境）费0元、（境）费2元", "0 元 exact 因公出国（境）费",
      "2 元 exact 费" },
    { "三是2个项目", "2 个 exact 项目" },
    { "超额完成预算的120%", "120 % exact 超额完成预算的" },
    { "设计时速50km/h", "50 km/h exact 设计时速" },
    { "新增12个（其中新建8个）", "12 个 exact 新增", "8 个 exact 新建" },
    { "装机5千瓦，用电300千瓦时，路长3千米", "5 千瓦 exact 装机",
      "300 千瓦时 exact 用电", "3 千米 exact 路长" },
    { "新建110千伏变电站", "110 千伏 exact 变电站" },
    -- each its own name, where there are as many
    { "年初预算数、全年预算数和决算数分别为1、2和3万元", "1 万元 exact 年初预算数",
      "2 万元 exact 全年预算数", "3 万元 exact 决算数" },
    { "2023年收入、支出分别增长5%、6%。", "5 % exact 收入增长",
      "6 % exact 支出增长" },
    { "收入、支出、结余分别为1万元、2万元", "1 万元 exact 结余",
      "2 万元 exact 结余" },
    { "2022年、2023年支出分别为1万元、2万元", "1 万元 exact 支出",
      "2 万元 exact 支出" },
    { "走访2户；①开展培训45期；⑫修路3公里", "2 户 exact 走访",
      "45 期 exact 开展培训", "3 公里 exact 修路" },
  }
  for _, case in ipairs(cases) do
    it("is read in: " .. case[1], function()
      local found = {}
      for i, row in ipairs(extract.rows(case[1])) do
        found[i] = ("%s %s %s %s"):format(row.value, row.measure_unit,
          row.qualifier, row.name)
      end
      assert.same({ table.unpack(case, 2) }, found)
    end)
  end

  for _, text in ipairs { "2022年10月25日", "2022年度", "1-9月", "第3季度",
    "第二届", "“12345”热线", "拨打12345热线", "财预〔2020〕10号", "103号令",
    "一楼、七楼、八楼", "60岁以上老人", "24小时图书馆", "世界计算机一期",
    "“三纵三横”体系", "两个维护", "四个意识", "三个方面", "收支两条线",
    "一次性", "一个", "PM2.5", "A4纸", "H1N1", "5G基站", "COVID-19", "2:1",
    "3/5", "9:30", "1.组织建设", "（3）质量", "3、", "统一代码11430100MB0303626H",
    "0731-88889999", "表1 支出明细", "表 2 项目表", "  图3 个人", "详见附件2 项目",
    "（表3 个人）", "三年行动", "3年行动", "附件3", "1,2,3号楼", "", " ",
    "百日攻坚", '"30条举措"', "3、5、8号楼", "20核酸", "第3批", "数十家企业", "上百人次",
    "1号楼2单元", "十四届五次会议", "K1512+300米", "“30条举措”", "60周岁以上", "十四五", "二十大", "\0",
    "%d%s", "⟦1⟧" } do
    it("is not seen in: " .. text:gsub("%z", "NUL"), function()
      assert.same({}, extract.rows(text))
    end)
  end

  it("is found behind what a word processor left", function()
    local text = "[bookmark: _GoBack]（一）新增床位20张"
    local row = extract.rows(text)[1]
    assert.equal("新增床位", row.name)
    assert.equal("1", row.section)
    assert.equal("新增床位20张", row.phrase)
    assert.equal(text:find("新增", 1, true) - 1, row.offset)
    assert.same({}, extract.rows "[bookmark: 12个]")
  end)
end)

describe("a table in a text", function()
  for _, note in ipairs { "表1 支出（单位：万元）", "单位：万元", "(单位: 万元)",
    "金额单位：万元，比率为%" } do
    it("has the unit of its note: " .. note, function()
      local rows = extract.rows(note .. "\n项目\t预算数\t执行率\n"
        .. "基本支出\t1,200.50\t98.41%\n")
      assert.equal("万元", rows[1].measure_unit)
      assert.equal("基本支出 预算数", rows[1].name)
      assert.equal("%", rows[2].measure_unit)
    end)
  end
end)

describe("sections", function()
  it("follow numbers that come back deeper down", function()
    local text = table.concat({ "一、概况", "1个", "四、实现", "（一）履职", "一、总结",
      "（一）党建", "1.组织。培训5次", "2.廉政", "（二）经济", "二、形势", "五、结果",
      "3个" }, "\n")
    local sections = require("evalua.extract.sections").new()
    local paths = {}
    for line in text:gmatch "[^\n]+" do
      if sections:line(line) then paths[#paths + 1] = sections.path end
    end
    assert.same({ "1", "4", "4.1", "4.1.1", "4.1.1.1", "4.1.1.1.1",
      "4.1.1.1.2", "4.1.1.2", "4.1.2", "5" }, paths)
  end)
end)

describe("evalua extract", function()
  local text = marked_text "street"

  it("reads GBK and says that offsets are those of the text", function()
    local path = support.write("r.txt", text)
    local gbk = support.write("gbk.txt",
      support.run({ "iconv", "-t", "GB18030", path }).out)
    local one = support.evalua { "extract", path, "-O", "csv" }
    local other = support.evalua { "extract", gbk, "-O", "csv" }
    assert.equal(0, one.code, one.err)
    assert.equal(one.out, other.out)
    assert.equal("", one.err)
    assert.matches("is GB18030: offsets are those of its text", other.err, 1,
      true)
  end)

  it("counts a byte order mark in its offsets", function()
    local path = support.write("r.txt", "\239\187\191合计5个")
    local t = assert(extract.file(path))
    assert.equal(3, t[1].offset)
  end)

  it("gives rows in the contract's columns", function()
    local path = support.write("r.txt", "二、资金\n支出1.5万元、3个\n")
    local got = support.evalua { "extract", path, "-O", "json" }
    assert.matches('{"value": 1.5, "measure_unit": "万元", "qualifier": "exact", '
      .. '"name": "支出", "section": "2", "phrase": "支出1.5万元", "offset": 13',
      got.out, 1, true)
  end)

  it("says plainly what it cannot read", function()
    local empty = support.write("empty.txt", " \n\n")
    local binary = support.write("b.txt", "a\0b")
    local none = support.write("none.txt", "没有数字\n")
    local got = support.evalua { "extract", empty, "--lang", "zh" }
    assert.equal(2, got.code)
    assert.matches("empty.txt”是空的", got.err, 1, true)
    got = support.evalua { "extract", binary }
    assert.equal(2, got.code)
    assert.matches("b.txt:1: this is a binary file", got.err, 1, true)
    got = support.evalua { "extract", none }
    assert.equal(0, got.code)
    assert.matches("holds no figure with a unit", got.err, 1, true)
    got = support.evalua { "extract", support.tempdir() }
    assert.equal(2, got.code)
    assert.matches("is a folder, not a report", got.err, 1, true)
    got = support.evalua { "extract", "/nonexistent/r.txt" }
    assert.equal(2, got.code)
  end)

  it("takes work in proportion to the text, in one line or many", function()
    local function work_of(bytes, times)
      local repeated = bytes:rep(times)
      return work(function() extract.rows(repeated) end)
    end
    for _, bytes in ipairs { text, (text:gsub("\n", "")),
      "[bookmark: x] 1-2-3-4 万余多，" } do
      work_of(bytes, 4) -- words are read once
      local once, more = work_of(bytes, 8), work_of(bytes, 64)
      assert.is_true(more < 12 * once, once .. ", then " .. more)
    end
  end)
end)

describe("any mix of words and digits", function()
  local bits = { "一", "十", "百", "个", "家", "万", "亿", "元", "%", "，", "。", "；", "、",
    "（", "）", "(", ")", "“", "”", "1", "23", "4,567", "０", "９", "．", ".", ",", "-",
    "至", "余", "约", "以上", "其中", "合计", "共", "等", "\n", "\t", "|", "  ", "　",
    "一、", "1.", "单位：万元", "项目", "满意率", "[bookmark:", "]", "第", "年", "月",
    "日", "岁", "百分之", "点", "各", "个多月", "km", "A4", "预算收入", "实际支出", "😀",
    "é", "人次", "‰", "/", "：", "下辖" }

  it("is read without an error, phrases stand where they are said to",
    function()
      math.randomseed(3)
      for _ = 1, 400 do
        local words = {}
        for k = 1, math.random(60) do words[k] = bits[math.random(#bits)] end
        local text = table.concat(words)
        for _, row in ipairs(extract.rows(text)) do
          assert.equal(row.phrase, text:sub(row.offset + 1,
            row.offset + #row.phrase), text)
          assert.is_truthy(utf8.len(row.phrase .. (row.name or "")), text)
          assert.is_truthy(D(row.value), text)
        end
        require("evalua.audit.text").run(text, { lang = "zh", name = "r" })
      end
    end)
end)

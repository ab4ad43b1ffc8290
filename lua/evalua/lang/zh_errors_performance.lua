--- Chinese messages of the reports on a unit's year, of rubrics and scoring.

return {
  ["no --db FILE is given: this is the shipped sample unit"] =
    "未给出 --db FILE：以下为自带的示例单位",
  ["--db names the source already: what is '%s'?"] =
    "--db 已指明数据来源，“%s”是什么？",
  ["'%s' has no unit: load a unit's folder with evalua import"] =
    "“%s”中没有单位：请先用 evalua import 导入单位的数据文件夹",
  ["several units are called '%s': name one by its id: %s"] =
    "有多个单位名为“%s”，请用编号指明：%s",
  ["there is no unit '%s'; there are: %s"] = "没有单位“%s”；现有：%s",
  ["which unit? name one with --unit: %s"] = "哪个单位？请用 --unit 指明：%s",
  ["the units %s are above each other in a circle"] =
    "单位 %s 互为上级，构成循环",
  ["unit '%s' has nothing of %d; there are: %s"] =
    "单位“%s”没有 %s 年的数据；现有：%s",
  ["unit '%s' has no money, no indicators and no figures: name the year with "
    .. "--year"] = "单位“%s”没有预算、指标和数据：请用 --year 指明年度",
  ["'%s' is not a database of evalua: make one with evalua import DIR --db FILE"]
    = "“%s”不是 evalua 的数据库：请用 evalua import DIR --db FILE 建立",
  ["--approx-pct takes a number of percent, not '%s'"] =
    "--approx-pct 应为百分数，不能是“%s”",
  ["the amounts of the unit add up to more than 18 digits"] =
    "单位的金额合计超过 18 位数字",
  ["--as-of is no such time: %s"] = "--as-of 有误：%s",
  ["'%s' is no month, quarter or day: write 2022-09 or 2022-09-30"] =
    "“%s”不是月份、季度或日期：请写 2022-09 或 2022-09-30",
  ["--as-of is a time in %d, not '%s'"] =
    "--as-of 应为 %s 年的日期或月份，不能是“%s”",
  ["the amount '%s' has no unit: write 元, 万元 or 亿元 behind it"] =
    "金额“%s”没有单位：请在后面写明元、万元或亿元",
  ["'%s' has too many digits"] = "“%s”位数过多",
  ["--funds: '%s' is not original=AMOUNT, adjusted=AMOUNT or executed=AMOUNT"] =
    "--funds：“%s”不是 original=金额、adjusted=金额 或 executed=金额",
  ["--if-adjusted needs what was executed, which the data do not have"] =
    "--if-adjusted 需要全年执行数，资料中没有",
  ["'%s' is part of a unit's folder: the folder is read"] =
    "“%s”是单位数据文件夹的一部分：读取整个文件夹",
  ["score needs --rubric NAME|FILE; --list names the shipped ones"] =
    "score 需要 --rubric 名称或文件；--list 列出自带的评分标准",
  ["score what? name a unit's folder, a database, or a table of indicators"] =
    "对什么评分？请给出单位的数据文件夹、数据库或指标表",
  ["--funds is for a table: a unit's year has its own amounts"] =
    "--funds 只用于指标表：单位数据自带金额",
  -- rubrics
  ["a rubric needs the column '%s'"] = "评分标准缺少列“%s”",
  ["column \"weight\" is empty"] = "列“weight”（分值）为空",
  ["column \"name_zh\" is empty"] = "列“name_zh”（名称）为空",
  ["column \"seq\": '%s' is not a whole number"] =
    "列“seq”（序号）：“%s”不是整数",
  ["column \"rule\": %s"] = "列“rule”（规则）：%s",
  ["column \"formula\": %s"] = "列“formula”（公式）：%s",
  ["a weight cannot be below zero"] = "分值不能为负数",
  ["the number %d stands twice in the column seq"] = "列“seq”中序号 %s 重复",
  ["there is no row %s to be the parent"] = "没有可作为上级的第 %s 行",
  ["the rows %s are parents of each other in a circle"] =
    "第 %s 行互为上级，构成循环",
  ["row %d has neither a rule nor rows below it"] =
    "第 %s 行既没有计分规则，也没有下级行",
  ["the weights below '%s' add up to %s, not to %s"] =
    "“%s”下级分值合计 %s，不等于 %s",
  ["the weights add up to %s, not to 100 (%s is missing)"] =
    "分值合计 %s，不等于 100（少 %s）",
  ["the weights add up to %s, not to 100 (%s is too much)"] =
    "分值合计 %s，不等于 100（多 %s）",
  ["a band gives %s, more than the row's %s"] = "某一档给 %s 分，超过该行分值 %s",
  ["the items of the checklist add up to %s, not to %s"] =
    "检查项分值合计 %s，不等于 %s",
  ["there is no grade scheme '%s' in data/rubrics/grades.csv"] =
    "data/rubrics/grades.csv 中没有等次标准“%s”",
  ["params: '%s' is not KEY=VALUE"] = "params：“%s”不是 参数=值 的形式",
  ["params: '%s' is given twice"] = "params：“%s”重复",
  ["params: %s is missing"] = "params：缺少 %s",
  ["params: %s: '%s' is not %s"] = "params：%s：“%s”不是%s",
  ["params: %s: %s"] = "params：%s：%s",
  ["a number above zero"] = "大于零的数",
  ["one of %s"] = "%s 之一",
  ["bands like [90,):5 [60,90):3 (,60):0"] =
    "形如 [90,):5 [60,90):3 (,60):0 的分档",
  ["items like NAME POINTS|NAME POINTS"] = "形如 名称 分值|名称 分值 的检查项",
  ["below %s there is no band"] = "低于 %s 没有分档",
  ["above %s there is no band"] = "高于 %s 没有分档",
  ["two bands overlap at %s"] = "两档在 %s 处重叠",
  ["there is a gap between the bands at %s"] = "分档在 %s 处有空档",
  ["params: the rule '%s' has no '%s'"] = "params：规则“%s”没有参数“%s”",
  ["params: a rubric has no '%s'"] = "params：评分标准没有参数“%s”",
  ["params: rounding is half-up or half-even"] =
    "params：rounding 应为 half-up 或 half-even",
  ["params: places is a whole number from 0 to 6"] =
    "params：places 应为 0 到 6 的整数",
  ["params: over_flag is a number"] = "params：over_flag 应为数字",
  ["row 0 is the whole: its weight is 100, not %s"] =
    "第 0 行代表总分，分值应为 100，不能是 %s",
  ["there is no rubric '%s'; there are: %s (or name a file)"] =
    "没有评分标准“%s”；现有：%s（也可给出文件）",
  ["there is no common indicator '%s'; there are: %s"] =
    "没有共性指标“%s”；现有：%s",
  ["the indicators' weights under '%s' add up to %s, the rubric gives it %s"]
    = "“%s”下指标分值合计 %s，评分标准为 %s",
  -- data/indicators
  ["column \"%s\": %s"] = "列“%s”：%s",
  ["'%s' stands in %s already"] = "“%s”在 %s 已经出现",
  ["unknown '%s'"] = "未知的“%s”",
  ["unknown '%s'; there are: %s"] = "未知的“%s”；现有：%s",
  ["%s is not '%s'"] = "%s 不能是“%s”",
  ["%s is not '%s'; there are: %s"] = "%s 不能是“%s”；现有：%s",
  ["'%s' is not KEY=VALUE"] = "“%s”不是 参数=值 的形式",
  ["flow= is missing"] = "缺少 flow=",
  ["'%s' is not SECTION/GROUP"] = "“%s”不是 部分/组 的形式",
  ["'%s' is no name: letters, digits and _"] = "“%s”不是名称：只能有字母、数字和 _",
  ["'%s' is neither money nor base"] = "“%s”既不是 money 也不是 base",
  ["there is no part '%s'"] = "没有数据项“%s”",
  ["there is no part '%s'; there are: %s"] = "没有数据项“%s”；现有：%s",
  ["a formula over parts has no '%s'"] = "公式中不能有“%s”",
  -- indicators and answers
  ["the indicator '%s' has no unit: fill in measure_unit"] =
    "指标“%s”没有计量单位：请填 measure_unit",
  ["column \"%s\": '%s' is not a number"] = "列“%s”：“%s”不是数字",
  ["an indicator has no name"] = "指标没有名称",
  ["column \"direction\": '%s' is none of ge, le, eq, qual, info (≥, ≤, =, "
    .. "定性)"] = "列“direction”：“%s”不是 ge、le、eq、qual、info（≥、≤、=、定性）之一",
  ["column \"qualifier\": '%s' is none of exact, approx_above, approx, "
    .. "at_least"] =
    "列“qualifier”：“%s”不是 exact、approx_above、approx、at_least 之一",
  ["column \"qual_pct\" is 0 to 100"] = "列“qual_pct”应为 0 到 100",
  ["there is no column '%s' (%s)"] = "没有列“%s”（%s）",
  ["answers need the column '%s'"] = "填报表缺少列“%s”",
  ["the rubric '%s' has no row %s"] = "评分标准“%s”没有第 %s 行",
  ["'%s' is not yes or no"] = "“%s”不是“是”或“否”",
  ["row %d of the rubric is answered twice, here and in %s"] =
    "评分标准第 %s 行重复填报，另见 %s",
  ["the checklist has %d items, not %d"] = "检查项共 %s 项，填报了 %s 项",
  ["'%s' is no number of cases"] = "“%s”不是例数",
  ["%s is not between %s and %s"] = "%s 不在 %s 和 %s 之间",
}

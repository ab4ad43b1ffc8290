--- Chinese for audit, extract and trace.

return {
  -- help
  ["Do the figures hold together? Totals, counts, restated figures, rates, "
    .. "claims; exit 1 when something fails."] =
    "勾稽核对：合计、数目、重述、比率、说法是否相符；有不符时返回 1。",
  ["rules to audit by: csv or xlsx (how: data/audit/README.md)"] =
    "核对规则文件：csv 或 xlsx（写法见 data/audit/README.md）",

  ["the year, of a folder or database with several"] =
    "年度：文件夹或数据库中有多个年度时",
  ["audited is %d, the last of the years %s (--year)"] =
    "核对的是 %d 年，即 %s 中最后一年（--year 指定其他年度）",
  ["'%s' has nothing of %d; there are: %s"] = "“%s”中没有 %d 年的资料，现有：%s",
  ["--unit and --year are for a unit's folder or database, '%s' is none"] =
    "--unit 和 --year 仅用于单位的文件夹或数据库，“%s”不是",
  ["of a database with several units: the document of one"] =
    "数据库中有多个单位时：其中一个的文件编号",
  ["'%s' holds several documents, name one with --document: %s"] =
    "“%s”中有多个文件，请用 --document 指定：%s",
  ["'%s' holds no unit: name a table of it with --table, or import a unit's "
    .. "folder"] = "“%s”中没有单位资料：请用 --table 指明其中的表，或先导入单位的文件夹",
  ["there is no document '%s'; there are: %s"] = "没有文件“%s”，现有：%s",

  [", "] = "、",
  ["%s: %s"] = "%s：%s",

  -- the report
  ["Audit of the figures"] = "勾稽核对",
  ["Audit: %s"] = "勾稽核对：%s",
  ["%d checks: %d fail, %d flags, %d undecided, %d hold"] =
    "共 %d 项：不符 %d，提示 %d，无法判定 %d，相符 %d",
  ["the rows are in several units: rows of totals were not looked for"] =
    "各行计量单位不一：未查找合计行",
  ["no row is labelled as a total (total, subtotal, 合计, 小计 ...): no column "
    .. "was added up"] = "没有标为合计、小计（total、subtotal 等）的行：未做列加总核对",
  ["rows are labelled as totals, but there is no amount in them or beside them "
    .. "to add up"] = "有合计行，但其中或其旁没有可加总的金额",
  ["no column is named as a total, a difference or a rate of others: no row was "
    .. "added up"] = "没有列名表明是其他列的合计、差额或比率：未做行加总核对",
  ["no other columns make up column '%s' in most rows"] =
    "多数行中没有其他列能构成“%s”列",
  ["more than %d rows: repeated rows were not looked for"] =
    "超过 %d 行：未查找重复行",
  ["no two rows are the same, and no id comes back"] =
    "没有重复的行，也没有重复的编号",
  ["no two rows are the same; no column is named as an id"] =
    "没有重复的行；没有列名表明是编号",
  ["Fails: %d"] = "不符：%d 项",
  ["Flags: %d"] = "提示：%d 项",
  ["Undecided: %d"] = "无法判定：%d 项",
  ["Holds: %d"] = "相符：%d 项",
  ["Severity"] = "程度",
  ["Place"] = "位置",
  ["high"] = "高",
  ["medium"] = "中",
  ["low"] = "低",
  [" – "] = "——",

  -- arithmetic and reasons
  ["; "] = "；",
  [" or "] = " 或 ",
  [" (difference %s)"] = "（相差 %s）",
  ["not given: %s"] = "未给出：%s",
  ["figures in %s and %s cannot be added"] = "单位为%s和%s，不能相加",
  ["figures in %s and %s cannot be compared"] = "单位为%s和%s，不能比较",
  ["division by a figure that may be zero"] = "除数可能为零",
  ["several rows are meant by: %s"] = "所指不止一行：%s",
  ["two sources of the same figures say different things"] =
    "同一数字的两处来源不一致",
  ["there is no claim '%s'"] = "没有说法“%s”",
  ["claim: 「%s」"] = "原文：「%s」",
  ["the claim names no figure to hold it against"] = "该说法没有可对照的数字",
  ["there is no list '%s'"] = "没有名单“%s”",
  ["%d of %d names end in “%s”"] = "%d/%d 个名称以“%s”结尾",
  ["%s: %s stated, no names given"] = "%s：称 %s，未列名",
  ["%s: %d counted %s %s stated"] = "%s：列出 %d %s 所称 %s",
  ["%s is said to be %s, counted: %d"] = "%s 记为 %s，实数 %d",
  ["%d of %d are not named"] = "%d/%d 未列名",
  ["“%s” stands twice: items %d and %d"] = "“%s”重复：第 %d 项和第 %d 项",
  ["%s: %d names, %d different"] = "%s：列名 %d，不同的 %d",
  ["names of the tables"] = "各表的名称",
  ["%d of %d are the full name"] = "%d/%d 为全称",
  ["every list agrees with its number"] = "各名单均与数目相符",
  ["%d lists without a name twice"] = "%d 个名单均无重复",
  ["“%s” is short for %s"] = "“%s”是%s的简称",
  ["“%s” ≠ “%s” (characters that differ: %s)"] = "“%s” ≠ “%s”（相差字数：%s）",
  ["there is no mention or list '%s'"] = "没有提及或名单“%s”",
  ["“%s” is no name that the tables have"] = "“%s”不在各表的名称之中",
  [", not in the list '%s'"] = "，不在名单“%s”之中",
  ["there are no headings"] = "没有标题",
  ["%d total rows do not add up to the rows beside them, %d do"] =
    "%d 行合计与相邻各行之和不符，%d 行相符",
  ["they may be totals of other rows"] = "可能是其他行的合计",
  ["there are no lists"] = "没有名单",
  ["no names are given as written"] = "没有按原文录入的名称",
  ["“%s” stands at %s"] = "“%s”位于 %s",
  ["numbers like “%s” stand on the levels %s"] = "“%s”一类编号用于第 %s 级",
  ["one level for each style of number"] = "每种编号只用于一级",
  ["styles on several levels: %d"] = "跨级使用的编号：%d",
  ["%d headings, numbered in order"] = "标题 %d 个，依次编号",
  ["no whole k gives k/%d = %s%%: %s, %s"] =
    "没有整数 k 使 k/%d = %s%%：%s，%s",
  ["there is no figure '%s'"] = "没有数字“%s”",
  ["smallest possible base: %s"] = "最小可能的基数：%s",
  ["base"] = "基数",
  ["k / %d"] = "k / %d",
  ["ways of writing: %s; decimals: %s"] = "写法：%s；小数位数：%s",
  ["%s: %d decimals"] = "%s：%d 位小数",
  ["no decimals"] = "无小数",
  ["the claim ends in no word of the scale"] = "该说法不以等次用语结尾",

  -- without rules
  ["row %d"] = "第 %d 行",
  ["a part is missing"] = "有一部分缺失",
  ["%d more rows do not add up"] = "另有 %d 行合计不符",
  ["rows that add up: %d; the first: %s"] = "相符的行数：%d；第一行：%s",
  ["rows whose rate is right: %d; the first: %s"] =
    "比率相符的行数：%d；第一行：%s",
  ["only in one of the two"] = "只见于其中一表",
  ["%d more groups of rows are the same"] = "另有 %d 组相同的行",
  ["%d rows are the same in every column"] = "有 %d 行各列完全相同",
  ["%d rows about the same, with other figures"] = "%d 行所指相同而数字不同",
  ["rows named once"] = "行不重复",
  ["the same id in %d rows"] = "%d 行编号相同",
  ["%d shares, each its part of %s"] = "%d 个占比，均与各部分占 %s 的比例一致",
  ["unit, family and factor are needed, the factor as a number like 10000 or "
    .. "2000/3, not '%s'"] =
    "须填 unit、family 和 factor，factor 为形如 10000 或 2000/3 的数，不能是“%s”",
  ["column \"value\": '%s' is none of approx, approx_above, at_least, at_most"] =
    "列“value”：“%s”不是 approx、approx_above、at_least、at_most 之一",
  ["some may be counted in more than one part"] = "各部分之间可能有重复",
  ["what stands behind a semicolon may be no part"] =
    "分号后所列未必属于其中的部分",
  ["the parts named may not be all"] = "所列各部分未必齐全",
  ["spending above “%s”, the only budget named"] = "支出高于“%s”，而这是唯一给出的预算",
  ["Heading numbers"] = "标题编号",
  ["Clean text"] = "文字清洁",
  ["residue of a word processor: %s"] = "排版残余：%s",
  [" (%s … %s)"] = "（%s……%s）",
  ["%d names, all as in the tables"] = "%d 处名称，均与各表一致",
  ["'%s' has no rules.csv: audited by the rules for any unit"] =
    "“%s”没有 rules.csv：按通用规则核对",
  ["--rules are for a unit's folder or a report's text, '%s' is a table"] =
    "--rules 用于单位文件夹或报告文本，“%s”是表格",

  -- rules files
  ["must not be empty"] = "不能为空",
  ["unknown rule kind '%s'"] = "未知的规则类型“%s”",
  ["unknown column '%s' (did you mean '%s'?)"] = "未知的列“%s”（是否指“%s”？）",
  ["there is no setting '%s', only 'about'"] = "没有设置“%s”，只有“about”",
  ["a share like 5%% was expected"] = "此处应为形如 5%% 的比例",
  ["unknown rule kind '%s' (did you mean '%s'?)"] =
    "未知的规则类型“%s”（是否指“%s”？）",
  ["unknown rule kind '%s'; there are: %s"] = "未知的规则类型“%s”，现有：%s",
  ["'%s' is none of high, medium, low"] = "“%s”不是 high、medium、low 之一",
  ["'%s' is none of holds, fails, undecided, flag"] =
    "“%s”不是 holds、fails、undecided、flag 之一",
  ["'%s' is none of exact, printed"] = "“%s”不是 exact、printed 之一",
  ["a judgement is undecided or flag, not '%s': what holds or fails must be "
    .. "worked out"] =
    "judgement 只能是 undecided 或 flag，不能是“%s”：相符与不符须由计算得出",
  ["a judgement needs its reason"] = "judgement 须写明理由",
  ["then and else are both '%s', so that nothing would be worked out"] =
    "then 与 else 都是“%s”，等于不作计算",
  ["must not be empty for a rule of the kind '%s'"] = "对类型“%s”不能为空",
  ["'%s' is defined by itself: %s"] = "“%s”以自身定义：%s",
  ["no column '%s'"] = "没有列“%s”",
  ["'%s' stands in line %d already"] = "“%s”在第 %d 行已经出现",
  ["there is no rule in this file"] = "此文件中没有规则",
  ["“%s” follows “%s”"] = "“%s”紧接在“%s”之后",
  ["there is no table or column '%s'"] = "没有表或列“%s”",
  ["'%s' is a figure of no table"] = "“%s”不是任何表中的数字",
  ["this kind of rule holds two figures equal, with ="] =
    "这类规则须用 = 说明两数相等",
  ["this kind of rule is a bound, with <, <=, > or >="] =
    "这类规则须用 <、<=、> 或 >= 说明界限",
  ["a condition has at most %d bytes"] = "条件最多 %d 字节",
  ["too many brackets inside each other"] = "括号层数过多",
  ["a condition was expected, not understood from here on: %s"] =
    "此处应为条件，从这里起看不懂：%s",
  ["a figure or a sum was expected, not understood from here on: %s"] =
    "此处应为数字或算式，从这里起看不懂：%s",
  ["\"%s\": \"%s\" is not a number"] = "“%s”：“%s”不是数字",
  ["column \"%s\": \"%s\" is not a number"] = "列“%s”：“%s”不是数字",
  ["id '%s' stands in line %d of %s already"] =
    "编号“%s”已在第 %d 行（%s）出现",
  ["audit what? name a unit's folder, a report or a table"] =
    "核对什么？请给出单位文件夹、报告或表格",

  -- extract
  ["extract from what? name a report as a text file, or - for standard input"] =
    "从哪里提取？请给出文本格式的报告，或用 - 表示标准输入",
  ["'%s' is a folder, not a report"] = "“%s”是文件夹，不是报告",
  ["'%s' holds no figure with a unit"] = "“%s”中没有带单位的数字",
  ["'%s' is empty"] = "“%s”是空的",
  ["%s is %s: offsets are those of its text in UTF-8"] =
    "%s 的编码是 %s：位置按其 UTF-8 文本计",
  ["The figures of a report in Chinese: number, unit, qualifier, what it "
    .. "counts, where it stands."] =
    "提取中文报告中的数字：数值、单位、限定、所指、位置。",

  -- trace
  ["Where a figure comes from: file, line, cell or phrase, and what was done "
    .. "with it."] = "追溯数字的来源：文件、行、单元格或语句，以及所作的运算。",
  ["of a variance base, actual, variance or rate_pct; else the id, or the "
    .. "number"] = "差异为 base、actual、variance 或 rate_pct；其余为编号或序号",
  ["the group: a value for each column of --by (default: all rows)"] =
    "组：对应 --by 各列的值（默认为全部行）",
  ["the sum of this column"] = "此列之和",
  ["of a report: a database; without it the shipped sample unit"] =
    "报告所用的数据库；不给时为自带的示例单位",
  ["of a report: a unit's folder"] = "报告所用的单位文件夹",
  ["trace what? name a source, a report, a unit's folder or a text"] =
    "追溯什么？请给出数据源、报告、单位文件夹或文本",
  ["trace what? name --value COL, or --base COL and --actual COL"] =
    "追溯什么？请给出 --value 列，或 --base 列与 --actual 列",
  ["--row names %d keys, --by %d columns"] = "--row 给出 %d 个值，--by 为 %d 列",
  ["no row has the keys %s"] = "没有行的值为 %s",
  ["the variance does not fit in 64 bits"] = "差异超出 64 位范围",
  ["the report '%s' does not say where its figures are from"] =
    "报告“%s”没有说明数字的来源",
  ["there is no file or report '%s'"] = "没有文件或报告“%s”",
  ["name the report's source instead of '%s'"] = "请给出报告的数据源，而不是“%s”",
  ["'%s' is not there: places are named, but not what stands in them"] =
    "“%s”已不在原处：只列出位置，不列出内容",
  ["'%s' is not what was imported: places are named, but not what stands in "
    .. "them"] = "“%s”与导入时不同：只列出位置，不列出内容",
  ["the figure '%s' is %s, but its parts add to %s"] =
    "数字“%s”为 %s，但其各部分之和为 %s",
  ["there is no figure '%s'; there are: %s"] = "没有数字“%s”，现有：%s",
}

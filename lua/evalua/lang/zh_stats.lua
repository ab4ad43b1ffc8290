--- Chinese for statistics: help, words of results, notes, errors of series.

return {
  ["Where each series is going: Mann-Kendall's test, Sen's slope."] =
    "各序列的走向：Mann-Kendall 检验与 Sen 斜率。",
  ["the column of periods or whole numbers, or those of years and months"] =
    "期间（或年份等整数）所在列；或年、月两列",
  ["the column of numbers"] = "数值列",
  ["the columns that tell the series apart"] = "区分各序列的列",
  ["add up rows of one period (an error otherwise)"] =
    "同一期间的多行相加（否则报错）",
  ["seasons of a cycle, e.g. 12 for months: each with itself"] =
    "一个周期的季节数，如月度为 12：各与自身比较",
  ["allow for neighbours that are alike (autocorrelation)"] =
    "考虑相邻值相似（自相关）",
  ["percent of the slope's interval (95)"] = "斜率区间的百分数（95）",
  ["Slope"] = "斜率",
  ["from"] = "下限",
  ["to"] = "上限",
  ["Method"] = "方法",
  ["Note"] = "说明",
  ["Trend of %s by %s"] = "%s 的趋势（按 %s）",
  ["the slope is the change per 1 of '%s'"] = "斜率为“%s”每增加 1 的变化",
  ["the slope is the change per year"] = "斜率为每年的变化",
  ["the slope is the change per quarter"] = "斜率为每季度的变化",
  ["the slope is the change per month"] = "斜率为每月的变化",
  ["the slope is the change per day"] = "斜率为每日的变化",
  ["q is p with the false discovery rate kept over all series (Benjamini and "
    .. "Hochberg)"] = "q 为控制全部序列错误发现率后的 p（Benjamini-Hochberg）",
  ["mann-kendall"] = "Mann-Kendall",
  ["mann-kendall exact"] = "Mann-Kendall（精确）",
  ["mann-kendall hamed-rao"] = "Mann-Kendall（Hamed-Rao 校正）",
  ["seasonal mann-kendall"] = "季节 Mann-Kendall",
  ["periods without a row: %d"] = "没有数据行的期间：%d",
  ["missing values: %d"] = "缺失值：%d",
  ["neighbours are alike (r = %.2f), p is too small (correct = \"hamed-rao\" "
    .. "allows for it)"] =
    "相邻值相似（r = %.2f），p 偏小（可用 correct = \"hamed-rao\" 校正）",
  ["trend: %s"] = "趋势：%s",
  ["unusual: %s"] = "异常：%s",
  ["'%s': row %d: '%s' is not a %s"] = "“%s”：第 %d 行：“%s”不是%s",
  ["'%s' is not a month"] = "“%s”不是月",
  ["'%s' is not a quarter"] = "“%s”不是季",
  ["'%s' is not a year"] = "“%s”不是年",
  ["'%s' is not a day"] = "“%s”不是日",
  ["season is a whole number from 1 to 1000, not %s"] =
    "season 应为 1 到 1000 的整数，不是 %s",
  ["there is no correction for autocorrelation with seasons"] =
    "分季节时没有自相关校正",
  ["'%s': periods or whole numbers were expected, not %s"] =
    "“%s”：应为期间或整数，不是 %s",
  ["'%s': periods such as 2023, 2023Q1, 2023-01 or 2023年1月 were expected, "
    .. "not '%s'"] =
    "“%s”：应为 2023、2023Q1、2023-01、2023年1月 这样的期间，不是“%s”",
  ["'%s': numbers were expected, not %s"] = "“%s”：应为数，不是 %s",
  ["row %zu: '%s' is missing"] = "第 %zu 行：“%s”缺失",
  ["row %zu is out of order: %.*s after %.*s (--agg sum takes rows in any "
    .. "order)"] =
    "第 %zu 行次序不对：%.*s 在 %.*s 之后（--agg sum 可接受任意次序）",
  ["%s: row %zu is out of order: %.*s after %.*s (--agg sum takes rows in any "
    .. "order)"] =
    "%s：第 %zu 行次序不对：%.*s 在 %.*s 之后（--agg sum 可接受任意次序）",
  ["rows %zu and %zu are both for %.*s (--agg sum adds them up)"] =
    "第 %zu 行与第 %zu 行同为 %.*s（--agg sum 可相加）",
  ["%s: rows %zu and %zu are both for %.*s (--agg sum adds them up)"] =
    "%s：第 %zu 行与第 %zu 行同为 %.*s（--agg sum 可相加）",
  ["--%s is a percentage between 0 and 100, not '%s'"] =
    "--%s 应为 0 到 100 之间的百分数，不是“%s”",
  ["a by-column cannot be called '%s', since the result has a column of that "
    .. "name: rename it"] = "分组列不能叫“%s”，结果中已有此列：请改名",
  ["'%s': %s"] = "“%s”：%s",
  ["Which lines are unlike their own history, and do they matter; outliers, "
    .. "control limits, Benford's law."] =
    "哪些项目与自身历史不同、是否重大；离群值、控制限、本福特定律。",
  ["lines hampel tukey esd xmr benford[-second|-first-two] duplicates round"] =
    "lines hampel tukey esd xmr benford[-second|-first-two] duplicates round",
  ["the budget that the materiality rule compares with"] =
    "重大性规则比较的预算数",
  ["the period to judge (the newest of each line)"] =
    "要判断的期间（默认各项目最新期间）",
  ["what is expected: the level of the history, its line, or what fits (auto)"]
    = "预期：历史水平 level、历史直线 line，或自动 auto",
  ["percent of the prediction interval (95)"] = "预测区间的百分数（95）",
  ["a deviation of X or more, in the source's unit, is material"] =
    "偏差达到 X（按数据的单位）为重大",
  ["a deviation of P percent or more is material"] = "偏差率达到 P % 为重大",
  ["exit with 1 when a line is unusual"] = "有异常项目时以 1 退出",
  ["--test %s needs --period COL"] = "--test %s 需要 --period 列名",
  ["--%s goes with --test lines only"] = "--%s 只能与 --test lines 同用",
  ["of %d lines that were judged about %s fall outside their interval by "
    .. "chance alone"] = "已判断的 %d 个项目中，仅因偶然就约有 %s 个落在区间之外",
  ["Unusual values of %s (%s)"] = "%s 的异常值（%s）",
  ["lines"] = "逐项与历史比较",
  ["hampel"] = "Hampel",
  ["tukey"] = "Tukey 栅栏",
  ["esd"] = "广义 ESD",
  ["xmr"] = "XmR 控制限",
  ["benford"] = "本福特首位",
  ["benford-second"] = "本福特第二位",
  ["benford-first-two"] = "本福特前两位",
  ["duplicates"] = "重复值",
  ["round"] = "整数值",
  ["Period"] = "期间",
  ["Value"] = "数值",
  ["Expected value"] = "预期",
  ["Unusual"] = "异常",
  ["Base"] = "基数",
  ["Deviation"] = "偏差",
  ["Deviation %"] = "偏差率",
  ["Verdict"] = "判断",
  ["Model"] = "模型",
  ["Center"] = "中心",
  ["Outliers"] = "离群值个数",
  ["Rows"] = "行号",
  ["Values"] = "数值",
  ["MR"] = "平均移动极差",
  ["MR limit"] = "移动极差上限",
  ["Signals"] = "信号",
  ["Periods"] = "期间",
  ["Left out"] = "未计入",
  ["Conformity"] = "符合程度",
  ["Chi-square"] = "卡方",
  ["Unit"] = "单位",
  ["Count"] = "个数",
  ["unusual and material"] = "异常且重大",
  ["unusual"] = "异常",
  ["material"] = "重大",
  ["usual"] = "正常",
  ["level"] = "水平",
  ["line"] = "直线",
  ["close conformity"] = "高度符合",
  ["acceptable conformity"] = "可接受",
  ["marginally acceptable conformity"] = "勉强可接受",
  ["nonconformity"] = "不符合",
  ["n = %d: a prediction needs %d earlier values"] =
    "n = %d：预测至少需要 %d 个以前的数值",
  ["all earlier values are equal"] = "以前的数值全部相等",
  ["no row for %s"] = "没有 %s 的数据行",
  ["no value in %s"] = "%s 没有数值",
  ["no value occurs twice"] = "没有重复的数值",
  ["more than half of the values are equal: their spread says nothing of the "
    .. "others"] = "过半数值相等：其离散程度不能用来判断其余数值",
  ["n = %d: %s needs %d values"] = "n = %d：%s 至少需要 %d 个数值",
  ["n = %d: limits of fewer than %d values are provisional"] =
    "n = %d：少于 %d 个数值的控制限只是暂定",
  ["n = %d: Benford's law needs %d values other than zero"] =
    "n = %d：本福特定律至少需要 %d 个非零数值",
  ["n = %d: Benford's law needs %d values of 10 and more"] =
    "n = %d：本福特定律至少需要 %d 个不小于 10 的数值",
  ["n = %d: a MAD of %.4f is to be expected by chance alone"] =
    "n = %d：仅因偶然，MAD 就可达 %.4f",
  ["n = %d: a test of round numbers needs %d values of 10 and more"] =
    "n = %d：整数值检验至少需要 %d 个不小于 10 的数值",
  ["Digit"] = "数字",
  ["Expected share"] = "预期比重",
}

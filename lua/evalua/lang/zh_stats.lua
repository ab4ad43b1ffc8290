--- Chinese for statistics: help, words of results, notes, errors of series.

return {
  ["Where each series is going: Mann-Kendall's test, Sen's slope."] =
    "各序列的走向：Mann-Kendall 检验与 Sen 斜率。",
  ["the column of periods, or of whole numbers such as years"] =
    "期间列，或整数列（如年份）",
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
  ["neighbours are alike (r = %.2f): p is too small; correct = \"hamed-rao\" "
    .. "allows for it"] =
    "相邻值相似（r = %.2f）：p 偏小；可用 correct = \"hamed-rao\" 校正",
  ["'%s': periods or whole numbers were expected, not %s"] =
    "“%s”：应为期间或整数，不是 %s",
  ["'%s': numbers were expected, not %s"] = "“%s”：应为数，不是 %s",
  ["row %zu: '%s' is missing"] = "第 %zu 行：“%s”缺失",
  ["rows %zu and %zu are both for %.*s (--agg sum adds them up)"] =
    "第 %zu 行与第 %zu 行同为 %.*s（--agg sum 可相加）",
  ["%s: rows %zu and %zu are both for %.*s (--agg sum adds them up)"] =
    "%s：第 %zu 行与第 %zu 行同为 %.*s（--agg sum 可相加）",
  ["--%s is a percentage between 0 and 100, not '%s'"] =
    "--%s 应为 0 到 100 之间的百分数，不是“%s”",
  ["a by-column cannot be called '%s', since the result has a column of that "
    .. "name: rename it"] = "分组列不能叫“%s”，结果中已有此列：请改名",
  ["'%s': %s"] = "“%s”：%s",
}

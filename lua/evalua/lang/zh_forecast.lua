--- Chinese for the help, titles and notes of forecasts and outturns.

return {
  ["Where each series will be, with intervals; --backtest: how the methods "
    .. "did."] = "预测各序列的走向并给出区间；--backtest：各方法的历史表现。",
  ["how many periods ahead"] = "向后预测的期数",
  ["periods in a season (12 for months and 4 for quarters unless given, else "
    .. "none)"] = "一个季节周期的期数（不给时按月 12、按季 4，其他无）",
  ["the method (default auto, a combination); naive repeats the last value"] =
    "预测方法（默认 auto，即组合）；naive 重复最后一个值",
  ["percents of the intervals (80,95)"] = "区间的百分比（80,95）",
  ["widened by what the past asks for (default), or as the model has them"] =
    "按历史误差放宽（默认 calibrated），或照模型给出（model）",
  ["how the methods would have done on the past, one row each"] =
    "各方法在历史上的表现，每法一行",
  ["how many stretches of the past --backtest forecasts (5)"] =
    "--backtest 回测的段数（5）",
  ["forecast: %s"] = "预测：%s",
  ["backtest: %s"] = "回测：%s",
  ["outturn: %s"] = "推算全年：%s",
  ["phase: %s"] = "分解预算：%s",
  ["'%s' is %s, not months or quarters"] = "“%s”是 %s，不是月份或季度",
  ["Forecast"] = "预测",
  ["Folds"] = "回测次数",
  ["sMAPE %"] = "sMAPE %",
  ["MASE"] = "MASE",
  ["RMSE"] = "RMSE",
  ["Forecast of %s by %s"] = "%s 按 %s 的预测",
  ["Backtest of %s by %s"] = "%s 按 %s 的回测",
  ["each fold forecasts %s periods from the values before them; MASE below 1 "
    .. "is better than repeating the last season or value"] =
    "每次回测用之前的值预测 %s 期；MASE 小于 1 优于重复上一季节或上一个值",
  ["What the year will come to, from the months that are over; when the budget "
    .. "will be used up."] = "由已过月份推算全年决算，以及预算何时用完。",
  ["the column of months or quarters, or those of years and months"] =
    "月份或季度所在列；或年、月两列",
  ["what was spent (or received) in each period"] = "各期支出（或收入）所在列",
  ["the amounts are those of the year so far"] = "金额为本年累计数",
  ["the budget of the year: a column, whose last cell holds, or an amount"] =
    "全年预算：某一列（以最后一格为准）或一个金额",
  ["what was planned for each period (own phasing)"] = "各期计划数所在列（自定进度）",
  ["how the rest of the year is guessed (default all)"] =
    "如何推算年内剩余部分（默认全部方法）",
  ["look at nothing after this period, e.g. 2022-09"] =
    "不看此期之后的数据，如 2022-09",
  ["the month in which the year begins (1)"] = "财政年度开始的月份（1）",
  ["percent of the band (80)"] = "区间的百分比（80）",
  ["Annual budgets over the months of their year, to the last digit."] =
    "把全年预算分解到各月，合计分毫不差。",
  ["the column of annual amounts"] = "全年金额所在列",
  ["the column of years, or one year"] = "年份所在列，或某一年",
  ["the parts of the year (default month)"] = "分解到月或季（默认按月）",
  ["a weight for each part of the year"] = "年内每一期的权重",
  ["a file with the year before, whose shape is taken"] =
    "含上一年数据的文件，取其进度",
  ["the column of periods in it (period)"] = "其中的期间列（period）",
  ["the column of amounts in it (amount)"] = "其中的金额列（amount）",
  ["the columns that tell whose shape it is"] = "区分各自进度的列",
  ["So far"] = "累计",
  ["Elapsed %"] = "时间进度",
  ["Executed %"] = "执行进度",
  ["Outturn"] = "预计决算",
  ["Budget"] = "预算",
  ["Used up"] = "用完月份",
  ["Years tried"] = "回测年数",
  ["Error %"] = "误差 %",
  ["Best"] = "最佳",
  ["linear"] = "序时进度",
  ["profile"] = "往年进度",
  ["phasing"] = "计划进度",
  ["ratio"] = "同月比例",
  ["forecast"] = "预测",
  ["Year-end outturn of %s"] = "%s 的全年预计决算",
  ["the band and the error come from the same method at the same month of the "
    .. "years before"] = "区间和误差来自同一方法在往年同月的表现",
  ["no complete year before this one"] = "此前没有完整年度",
  ["nothing was spent by this time in the years before"] =
    "往年同期没有支出",
  ["nothing was spent by this time in a year before"] = "往年某年同期没有支出",
  ["no plan of the whole year"] = "没有全年计划",
  ["nothing was planned by this time"] = "同期没有计划数",
  ["complete years before this one: %d, 2 are needed"] =
    "此前完整年度 %d 个，至少需要 2 个",
  ["the ratio of the years before runs out"] = "往年比例趋近于零",
  ["there is no amount"] = "没有金额",
  ["a band needs 2 years to look back on, there are %d"] =
    "区间至少需要 2 年可供回测，现有 %d 年",
  ["months of this year without an amount, counted as nothing: %d"] =
    "本年没有金额的月份 %d 个，按零计",
  ["incomplete years before, not used: %d"] = "往年不完整年度 %d 个，未使用",
  ["--annual is a column or an amount: there is no column '%s', and it is no "
    .. "number"] = "--annual 是列名或金额：没有列“%s”，它也不是数",
  ["--profile: '%s' is not a number"] = "--profile：“%s”不是数",
  ["'%s' is %s, not exact amounts"] = "“%s”是 %s，不是精确金额",
  ["'%s' is no %s to look back from (as_of): write %s"] =
    "as_of 的“%s”不是%s：请写如 %s",
  ["quarters begin in the months 1, 4, 7 and 10"] = "季度始于 1、4、7、10 月",
  ["profile or prior, not both"] = "profile 与 prior 只能选一个",
  ["%s has %d weights, one for each part of the year"] =
    "%s 应有 %d 个权重，年内每期一个",
  ["%s: weight %d is no number from 0 on"] = "%s：第 %d 个权重不是非负数",
  ["row %d: there is no year"] = "第 %d 行：没有年份",
  ["row %d: %d has no shape for it: a part is missing or negative, or all are "
    .. "0"] = "第 %d 行：%d 年没有可用的进度：有缺失、为负或全为零",
}

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
  ["how the methods would have done on the past, one row each"] =
    "各方法在历史上的表现，每法一行",
  ["how many stretches of the past --backtest forecasts (5)"] =
    "--backtest 回测的段数（5）",
  ["Period"] = "期间",
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
}

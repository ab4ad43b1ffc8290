--- Chinese for the errors and notes of forecasts and decompositions.

return {
  ["values beyond 1e140 cannot be forecast"] = "超过 1e140 的值无法预测",
  ["%s needs %zu values, there are %zu"] = "%s 至少需要 %zu 个值，现有 %zu 个",
  ["there is no forecast method '%s'"] = "没有名为“%s”的预测方法",
  ["there is no forecast method '%s'; there are: %s"] =
    "没有名为“%s”的预测方法；可用的有：%s",
  ["theta needs 3 values, there are %zu"] =
    "theta 方法至少需要 3 个值，现有 %zu 个",
  ["theta needs 4 values, there are %zu"] =
    "theta 方法至少需要 4 个值，现有 %zu 个",
  ["complex smoothing needs 8 values, there are %zu"] =
    "复指数平滑至少需要 8 个值，现有 %zu 个",
  ["the model does not suit these values"] = "该模型不适用于这些数值",
  ["no method suits these values"] = "没有适用于这些数值的方法",
  ["this model needs %zu values, there are %zu"] =
    "该模型至少需要 %zu 个值，现有 %zu 个",
  ["exponential smoothing takes seasons of at most %d periods"] =
    "指数平滑的季节周期最多为 %d",
  ["a multiplicative model needs values above zero"] =
    "乘法模型要求数值大于零",
  ["no exponential smoothing model suits %zu values"] =
    "没有适用于 %zu 个值的指数平滑模型",
  ["'%s' is no exponential smoothing model: error A or M, trend N, A or Ad, "
    .. "season N, A or M (not A with M)"] =
    "“%s”不是指数平滑模型：误差 A 或 M，趋势 N、A 或 Ad，季节 N、A 或 M（A 误差不配 M 季节）",
  ["the model is not stationary"] = "模型不平稳",
  ["an ARIMA order has p, q up to 5, d up to 2, seasonal P, Q up to 2 and D "
    .. "up to 1"] =
    "ARIMA 阶数：p、q 不超过 5，d 不超过 2，季节 P、Q 不超过 2，D 不超过 1",
  ["this ARIMA order needs %zu values, there are %zu"] =
    "该 ARIMA 阶数至少需要 %zu 个值，现有 %zu 个",
  ["no ARIMA model suits %zu values"] = "没有适用于 %zu 个值的 ARIMA 模型",
  ["a decomposition needs a period of at least 2 and more than two periods: "
    .. "%zu values, period %zu"] =
    "分解要求周期至少为 2 且数据超过两个周期：现有 %zu 个值，周期 %zu",
  ["a classical decomposition needs two periods: %zu values, period %zu"] =
    "经典分解至少需要两个周期：现有 %zu 个值，周期 %zu",
  ["value %zu is missing: a decomposition needs every one"] =
    "第 %zu 个值缺失：分解要求每个值都存在",
  ["of %zu periods only %zu have a value: half of them must"] =
    "%zu 个期间中只有 %zu 个有值：至少要有一半",
  ["the periods are not in order"] = "期间不是升序",
  ["the periods are too large to go on from"] = "期间数值过大，无法继续外推",
  ["%zu values are spread over more than %zu periods"] =
    "%zu 个值分布在超过 %zu 个期间上",
  ["%s did better on the past of the series: mean error %.4g against %.4g "
    .. "(MASE, folds: %d)"] =
    "在该序列的历史上 %s 更好：平均误差 %.4g 对 %.4g（MASE，回测 %d 次）",
  ["not tried on the past of the series, which takes %d values"] =
    "未在该序列的历史上检验：需要 %d 个值",
  ["a backtest needs %d values: %d, and %d to forecast"] =
    "回测至少需要 %d 个值：%d 个用于拟合，%d 个用于检验",
  ["missing values inside the series, filled in: %d"] =
    "序列内部缺失值 %d 个，已补齐",
  ["missing values at the end: %d, the forecast begins with them"] =
    "末尾缺失值 %d 个，预测从这里开始",
  ["the model ran away from the series: its forecast was held near it"] =
    "模型的预测远离了序列：已限制在序列附近",
  ["values used, the last ones: %d"] = "只使用最后 %d 个值",
  ["the season was taken out first and put back on the forecast"] =
    "先剔除季节成分，预测后再加回",
  ["'%s', row %d: '%s' is not a year"] = "“%s”第 %d 行：“%s”不是年份",
  ["'%s', row %d: '%s' is not a month from 1 to 12"] =
    "“%s”第 %d 行：“%s”不是 1 到 12 的月份",
  ["'%s', row %d: '%s' is not a quarter from 1 to 4"] =
    "“%s”第 %d 行：“%s”不是 1 到 4 的季度",
}

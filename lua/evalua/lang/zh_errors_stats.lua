--- Chinese for the errors of statistics.

return {
  ["value %zu is infinite"] = "第 %zu 个值是无穷大",
  ["value %zu is not a number (NaN)"] = "第 %zu 个值不是数（NaN）",
  ["the values are too large for a variance"] = "数值过大，无法计算方差",
  ["row %zu: a weight is below zero"] = "第 %zu 行：权数为负",
  ["%zu rows with all values cannot give %zu coefficients"] =
    "完整的行只有 %zu 行，无法估计 %zu 个系数",
  ["the values are too large to be fitted"] = "数值过大，无法拟合",
  ["an analysis of variance needs two groups with values"] =
    "方差分析至少需要两个有数值的组",
  ["an analysis of variance needs a group with two values"] =
    "方差分析至少需要一个组有两个数值",
  ["not estimated, since they follow from the terms before them: %s"] =
    "未估计（可由前面的项推出，共线）：%s",
  ["the fit is exact: its errors are zero"] = "完全拟合：误差为零",
  ["as many coefficients as rows: no error can be estimated"] =
    "系数个数等于行数：无法估计误差",
  ["a robust fit needs more rows than coefficients"] =
    "稳健拟合要求行数多于系数个数",
  ["more than half of the rows are fitted exactly: there is no scale for the "
    .. "others"] = "过半的行被完全拟合：其余的行没有可比的尺度",
  ["the robust fit does not settle in %d steps"] = "稳健拟合在 %d 步内未收敛",
  ["robust: sigma is the scale of the residuals; there is no R2, F or p of "
    .. "normal theory"] =
    "稳健估计：sigma 是残差的尺度，没有正态理论下的 R2、F 和 p",
}

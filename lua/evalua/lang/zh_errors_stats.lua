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
  ["a correlation needs two rows with both values"] =
    "相关系数至少需要两行两边都有数值",
  ["there is no correlation with a constant"] = "与常数无法计算相关系数",
  ["n = %d: a p-value needs %d values (even a perfect trend of 3 would have "
    .. "p = 0.33)"] =
    "n = %d：至少要 %d 个数值才有 p 值（3 个点即使完全单调，p 也只有 0.33）",
  ["no season has two different values"] = "没有哪个季节有两个不同的数值",
  ["all values are equal"] = "所有数值相等",
  ["n = %d: a correction for autocorrelation needs %d values"] =
    "n = %d：自相关校正至少需要 %d 个数值",
  ["a slope needs two values at different times"] =
    "斜率至少需要两个不同时间的数值",
  ["n = %d is too small for an interval of %g %%"] =
    "n = %d 太小，无法给出 %g %% 的区间",
  ["n = %d: a change of level needs %d values"] =
    "n = %d：检验水平突变至少需要 %d 个数值",
  ["two values are needed"] = "至少需要两个数值",
  ["the mean is zero: there is nothing to compare the spread with"] =
    "平均数为零：没有可与离散程度比较的基准",
  ["shares need values that are not below zero, and a sum above it"] =
    "计算份额要求各数值不为负，且合计大于零",
  ["no row has a value and a weight above zero"] = "没有同时有数值和正权数的行",
  ["'%s': there was no '%s' among the rows that were fitted"] =
    "“%s”：拟合所用的行中没有“%s”",
}

--- Chinese for plots: help, notes and errors.

return {
  ["Look at data: lines, points, steps, bars, boxes, histograms."] =
    "查看数据：折线、散点、阶梯、柱、箱线、直方图。",
  ["numbers or periods; of bars any column"] = "数或期间；柱形可为任意列",
  ["numbers; a histogram has none"] = "数；直方图不用",
  ["a series, or a box, for each of its values"] = "每个取值一条线（或一个箱）",
  ["how the points are drawn (lines)"] = "画法（默认 lines）",
  ["logarithmic axes"] = "对数轴",
  ["a straight line with its 95 % band"] = "拟合直线及其 95 % 区间",
  ["bars of a histogram"] = "直方图的柱数",
  ["plot: '%s' is text, not numbers or periods"] =
    "plot：“%s”是文本，不是数或期间",
  ["'%s' is too old: charts need gnuplot 5.4, 5.2 at least"] =
    "“%s”太旧：图表需要 gnuplot 5.4，至少 5.2",
  ["rows"] = "行数",
  ["there is nothing to draw"] = "没有可画的数据",
  ["'%s' has %d values: a plot tells at most %d groups apart, choose some with "
    .. "--where"] =
    "“%s”有 %d 个取值：一张图最多分辨 %d 组，请用 --where 选取",
  ["'%s' has %d values: bars show at most 200"] =
    "“%s”有 %d 个取值：柱形图最多 200 个",
  ["rows without a place in the picture: %d (a value is missing, or not above "
    .. "zero on a logarithmic axis)"] =
    "有 %d 行未画出（缺少数值，或对数轴上不大于零）",
  ["plot: every cell of '%s' is empty"] = "plot：“%s”各格全空",
}

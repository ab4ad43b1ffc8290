--- Chinese for the errors of decompositions, bridges and execution rates.

return {
  ["row %d has no '%s': a line cannot be split without it"] =
    "第 %d 行缺少“%s”：没有它无法分解差异",
  ["the sum of '%s' is zero: there is no planned mix"] =
    "“%s”合计为零：没有计划结构",
  ["row %d: the quantity variance does not fit in 18 digits"] =
    "第 %d 行：数量差异超出 18 位",
  ["the steps lead from %s to %s, but '%s' is %s"] =
    "各步骤从 %s 到 %s，但“%s”是 %s",
}

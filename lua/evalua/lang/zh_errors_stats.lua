--- Chinese for the errors of statistics.

return {
  ["value %zu is infinite"] = "第 %zu 个值是无穷大",
  ["value %zu is not a number (NaN)"] = "第 %zu 个值不是数（NaN）",
  ["the values are too large for a variance"] = "数值过大，无法计算方差",
}

--- Chinese for the errors of roll-ups, trees of codes and periods.

return {
  ["%s is called '%s', which a roll-up needs for itself: rename it"] =
    "%s用了“%s”这个名称，汇总本身要用它：请改名",
  ["a key"] = "分组列",
  ["a summary"] = "汇总列",
  ["the code '%s' has %d characters, not %s"] =
    "代码“%s”有 %d 个字符，应为 %s",
  ["the code '%s' has two parents: '%s' and '%s'"] =
    "代码“%s”有两个上级：“%s”和“%s”",
  ["the code '%s' is not in the tree"] = "代码“%s”不在代码树中",
  ["the codes stand above each other in a circle: %s"] =
    "代码互为上级，成了环：%s",
  ["a row has no '%s': a roll-up of codes by it needs one on every row"] =
    "有一行缺少“%s”：按它分别汇总代码时，每行都要有值",
  ["row %zu: '%.40s' is not a %s"] = "第 %zu 行：“%.40s”不是%s",
  ["'%s' is %s: steps need whole numbers or periods"] =
    "“%s”是 %s：步长需要整数或期间",
  ["rows %zu and %zu of one group are both at '%s' %.*s: sum them first"] =
    "同一组中第 %zu 行和第 %zu 行的“%s”都是 %.*s：请先求和",
  ["%d rows for %s: sum them first"] = "有 %d 行属于 %s：请先求和",
  ["column '%s': there is no month %d: 1 to 12, and 13 to 16 for closing "
    .. "periods"] = "列“%s”：没有 %d 月，应为 1 至 12，13 至 16 为结账期",
  ["column '%s' has closing periods (%d), which count within the financial "
    .. "year: leave start out"] =
    "列“%s”含结账期（%d），结账期按财政年度计：请去掉 start",
}

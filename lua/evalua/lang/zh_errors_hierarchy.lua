--- Chinese for the errors of roll-ups and trees of codes.

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
}

--- Chinese for PEFA: help, notes and errors.

return {
  ["pefa: %s"] = "pefa：%s",
  ["PEFA PI-1, PI-2 and PI-3: how far budgets can be relied on."] =
    "PEFA PI-1、PI-2 和 PI-3：预算的可靠程度。",
  ["the column of the years"] = "年度列",
  ["budget heads or functions; of revenue: its types"] =
    "预算科目或功能分类；收入则为收入类型",
  ["the originally approved budget"] = "年初批准的预算",
  ["the outturn"] = "决算数",
  ["revenue or expense; without it all rows are expense"] =
    "收入或支出；不给出时全部按支出",
  ["economic types, for PI-2.2"] = "经济分类，用于 PI-2.2",
  ["the head of the contingency, for PI-2.3"] = "预备费科目，用于 PI-2.3",
  ["there is no contingency"] = "没有预备费",
  ["the head of interest on debt, which PI-2.1 leaves out"] =
    "债务利息科目，PI-2.1 不含此项",
  ["--contingency and --no-contingency contradict each other"] =
    "--contingency 与 --no-contingency 互相矛盾",
  ["--%s: no head is called '%s' (did you mean '%s'?)"] =
    "--%s：没有名为“%s”的预算科目（是否指“%s”？）",
  ["--%s: no head is called '%s'"] = "--%s：没有名为“%s”的预算科目",
  ["row %d: '%s' is no kind of account: revenue or expense was expected"] =
    "第 %d 行：“%s”不是收支类别，应为收入或支出",
  ["the budget or the outturn is not above zero"] = "预算或决算不大于零",
  ["%s: the budget or the outturn is not above zero"] =
    "%s：预算或决算不大于零",
  ["a score needs %d years, there are %d"] = "评分需要 %d 年，只有 %d 年",
  ["the years %d and %d do not follow each other"] = "%d 年与 %d 年不相连",
  ["needs a column of economic types (--economic)"] =
    "需要一列经济分类（--economic）",
  ["needs to know the head of the contingency (--contingency), or that there "
    .. "is none (--no-contingency)"] =
    "需要指明预备费科目（--contingency），或说明没有预备费（--no-contingency）",
  ["%s has no score"] = "%s 没有评分",
}

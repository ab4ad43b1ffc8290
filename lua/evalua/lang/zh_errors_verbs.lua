--- Chinese for the errors of expressions, groups and summaries.

return {
  ["a %s needs numbers, not %s"] = "%s 需要数，不能是 %s",
  ["the sum does not fit in 64 bits"] = "合计超出 64 位整数",
  ["sum(%s): the sum does not fit in 64 bits"] =
    "sum(%s)：合计超出 64 位整数",
  ["sum(%s): the sum of %s does not fit in 64 bits"] =
    "sum(%s)：%s 的合计超出 64 位整数",
  ["the sum of %s does not fit in 64 bits"] = "%s 的合计超出 64 位整数",
  ["the expression is nested more than %d deep"] = "表达式嵌套超过 %d 层",
  ["the expression has more than %d parts"] = "表达式超过 %d 个部分",
  ["%s() was given %zu arguments and takes %zu"] =
    "%s() 给了 %zu 个参数，应为 %zu 个",
  ["%s() was given %zu arguments and takes at least %zu"] =
    "%s() 给了 %zu 个参数，至少要 %zu 个",
  ["%s() was given %zu arguments and takes at most %zu"] =
    "%s() 给了 %zu 个参数，最多 %zu 个",
  ["no function '%.200s' (did you mean '%s'?)"] =
    "没有函数“%.200s”（是否指“%s”？）",
  ["no function '%.200s'; there are: abs, round, floor, min, max, lower, "
    .. "upper, len, sub, match, is_na, coalesce, year, quarter, month, percent"] =
    "没有函数“%.200s”，现有：abs、round、floor、min、max、lower、upper、len、"
    .. "sub、match、is_na、coalesce、year、quarter、month、percent",
  ["%s; a text is written in quotes: \"%.200s\""] =
    "%s；若是文本，要加引号：\"%.200s\"",
  ["%s: %s: write %s without quotes"] = "%s：%s：%s 不要加引号",
  ["%s: %s: write \"%s\" in quotes"] = "%s：%s：“%s”要加引号",
  ["%s: %s and %s: they cannot be compared"] = "%s：%s 与 %s 不能比较",
  ["%s: %s: compare it with a text such as \"%s\""] =
    "%s：%s：请与“%s”这样的文字比较",
  ["%s, not a condition that is true or false"] = "%s，不是真假条件",
  ["%s would have %d digits after the point, more than %d: use round(x, n) on "
    .. "a part of it"] =
    "%s 会有 %d 位小数，超过 %d 位：请先对其中一部分用 round(x, n)",
  ["%s: %s and %s: they do not go together"] = "%s：%s 与 %s 不能一起运算",
  ["%s is too large for a real"] = "%s 超出实数范围",
  ["row %zu: %s is too large for a real"] = "第 %zu 行：%s 超出实数范围",
  ["%s does not fit in 64 bits"] = "%s 超出 64 位整数",
  ["row %zu: %s does not fit in 64 bits"] = "第 %zu 行：%s 超出 64 位整数",
  ["%s: %s, not true or false; a value is chosen by: condition and value or "
    .. "another"] =
    "%s：%s，不是 true 或 false；按条件取值请写：条件 and 值 or 另一个值",
  ["%s: %s, not true or false; for what is missing, write "
    .. "coalesce(column, value)"] =
    "%s：%s，不是 true 或 false；缺失时取另一值请写 coalesce(列, 值)",
  ["%s: %s, not %s"] = "%s：%s，不是 %s",
  ["%s: %s, and a float is not exact: write the number as text does (%s) or as "
    .. "ev.decimal\"%s\""] =
    "%s：%s，浮点数不精确：请直接写出数字（%s），或用 ev.decimal\"%s\"",
  ["more than 4 billion rows in one table"] = "一张表超过 40 亿行",
  ["%s() needs a column or an expression"] = "%s() 需要列或表达式",
  ["two summaries are called '%s'"] = "有两个汇总都叫“%s”",
  ["'%s' is a key of the groups and a summary"] =
    "“%s”既是分组列又是汇总列",
  ["the key '%s' is named twice"] = "分组列“%s”写了两次",
  ["the key '%s' is %s on the left and '%s' is %s on the right: they cannot "
    .. "be equal"] =
    "左表的键“%s”是 %s，右表的“%s”是 %s：无法相等",
  ["a join needs at least one key column"] = "连接至少要有一个键列",
  ["the join would have more than 4 billion rows: its keys are repeated on "
    .. "both sides"] =
    "连接结果会超过 40 亿行：键在两边都有重复",
  ["'%s' is %s and '%s' is %s: they cannot share one column"] =
    "“%s”是 %s，“%s”是 %s：不能合为一列",
  ["there is a column '%s' already"] = "已有名为“%s”的列",
  ["there is no column to turn"] = "没有要转换的列",
  ["the column '%s' is named twice"] = "列“%s”写了两次",
  ["'%s' cannot give names and values"] = "“%s”不能既给列名又给数值",
  ["'%s' cannot be an id column, too"] = "“%s”不能同时作标识列",
  ["row %zu: '%s' is missing, so that its value would have no column"] =
    "第 %zu 行：“%s”缺失，其数值没有可放的列",
  ["'%s' has %zu different values: a table gets at most %d new columns"] =
    "“%s”有 %zu 个不同的值：一张表最多新增 %d 列",
  ["%s: rows %zu and %zu stand for the same cell (agg = \"sum\" adds them up)"] =
    "%s：第 %zu 行与第 %zu 行是同一格（agg = \"sum\" 可相加）",
  ["'%s' would give a column '%s', which there is already"] =
    "“%s”会生成已有的列“%s”",
  ["a quantile needs its p, from 0 to 1"] = "分位数需要给出 0 到 1 的 p",
  ["the variance is too large for a real"] = "方差超出实数范围",
  ["the variance of %s is too large for a real"] = "%s 的方差超出实数范围",
  ["row %zu: the sum does not fit in 64 bits"] =
    "第 %zu 行：合计超出 64 位整数",
  ["row %zu: the difference does not fit in 64 bits"] =
    "第 %zu 行：差额超出 64 位整数",
  ["%s: a rolling window has 1 to %d rows"] = "%s：滚动窗口为 1 到 %d 行",
  ["two new columns are called '%s'"] = "有两个新列都叫“%s”",
}

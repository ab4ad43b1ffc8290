--- Chinese for mistakes in scripts: what a function expected and what it got.

return {
  -- Whoever raises.
  ["read_csv: %s"] = "读取 csv：%s",
  ["read_xlsx: %s"] = "读取 xlsx：%s",
  ["read_json: %s"] = "读取 json：%s",
  ["read_package: %s"] = "读取数据包：%s",
  ["scan: %s"] = "扫描：%s",
  ["open: %s"] = "打开：%s",
  ["variance: %s"] = "差异分析：%s",
  ["trace: %s"] = "追溯：%s",
  ["weights: %s"] = "权重：%s",
  ["unit_year: {folder =} or {db =, unit =, year =} was expected"] =
    "unit_year：应给 {folder =} 或 {db =, unit =, year =}",
  -- Options and arguments.
  ["no option '%s' (did you mean '%s'?)"] = "没有选项“%s”（是否指“%s”？）",
  ["no option '%s'; there are: %s"] = "没有选项“%s”，现有：%s",
  ["no option '%s'"] = "没有选项“%s”",
  ["a table of options was expected, not a %s"] = "应为选项表，不是 %s",
  ["a table of parameters was expected, not a %s"] = "应为参数表，不是 %s",
  ["the path of a file was expected, not a %s"] = "应为文件路径，不是 %s",
  ["the path of a database was expected, not a %s"] = "应为数据库路径，不是 %s",
  ["a path was expected, not a %s"] = "应为路径，不是 %s",
  ["a table or the path of a file was expected, not a %s"] =
    "应为表格或文件路径，不是 %s",
  ["audit: a path or a table was expected, not a %s"] =
    "核对：应为路径或表格，不是 %s",
  ["a path or a table was expected, not a %s"] = "应为路径或表格，不是 %s",
  ["the name of a report was expected, not a %s"] = "应为报告名，不是 %s",
  ["the report needs table = or source ="] = "报告需要 table = 或 source =",
  ["the table to join was expected, not a %s"] = "应为要连接的表格，不是 %s",
  ["the name of a column was expected"] = "应为列名",
  ["%s: the name of a column was expected"] = "%s：应为列名",
  ["%s = \"column\" was expected"] = "应为 %s = \"列名\"",
  ["{%s = …} was expected"] = "应为 {%s = …}",
  ["{value = \"amount\"} was expected"] = "应为 {value = \"金额列\"}",
  ["{value = …} was expected"] = "应为 {value = …}",
  ["{ %s = … } was expected, not a %s"] = "应为 { %s = … }，不是 %s",
  ["{base =, actual =, by =} was expected"] = "应为 {base =, actual =, by =}",
  ["{value = \"amount\", period = \"month\"} was expected"] =
    "应为 {value = \"金额列\", period = \"月份列\"}",
  ["{period = \"year\", value = \"amount\"} was expected"] =
    "应为 {period = \"年度列\", value = \"金额列\"}",
  ["{period = \"month\", actual = \"amount\"} was expected"] =
    "应为 {period = \"月份列\", actual = \"金额列\"}",
  ["{annual = \"budget\", year = \"year\"} was expected"] =
    "应为 {annual = \"预算列\", year = \"年度列\"}",
  ["{x = \"column\", y = \"column\"} was expected"] =
    "应为 {x = \"列名\", y = \"列名\"}",
  ["{levels = {…}, total = ev.sum \"amount\"} was expected"] =
    "应为 {levels = {…}, total = ev.sum \"金额列\"}",
  ["{name = ev.window.cumsum \"column\"} was expected"] =
    "应为 {新列名 = ev.window.cumsum \"列名\"}",
  ["prior: {table =, period =, value =} was expected"] =
    "prior：应为 {table =, period =, value =}",
  ["score: {rubric = NAME or FILE} was expected"] =
    "score：应为 {rubric = 名称或文件}",
  ["period = \"column\", or year and month, was expected"] =
    "应为 period = \"列名\"，或 year 和 month",
  ["value = \"column\" was expected"] = "应为 value = \"列名\"",
  ["by = \"column\" or steps = {columns} was expected"] =
    "应为 by = \"列名\" 或 steps = {各列}",
  ["levels = {columns} or code = \"column\" was expected"] =
    "应为 levels = {各列} 或 code = \"列名\"",
  ["%s is a list of columns, not a %s"] = "%s 应为列名的列表，不是 %s",
  ["%s is the name of a column, not a %s"] = "%s 应为列名，不是 %s",
  ["period is the name of a column, not a %s"] = "period 应为列名，不是 %s",
  ["%s is the name of a column or a list of them, not a %s"] =
    "%s 应为列名或列名的列表，不是 %s",
  ["by is the name of a column or a list of them, not a %s"] =
    "by 应为列名或列名的列表，不是 %s",
  ["by and period are the same column '%s'"] = "by 和 period 是同一列“%s”",
  ["base and actual are the same version '%s'"] =
    "base 和 actual 是同一版本“%s”",
  ["prior and base are the same: '%s'"] = "prior 和 base 相同：“%s”",
  ["prior and actual are the same: '%s'"] = "prior 和 actual 相同：“%s”",
  ["by: the groups tell the series apart already"] = "by：分组已区分各序列",
  ["agg is \"sum\", not %s"] = "agg 应为 \"sum\"，不是 %s",
  ["agg may be \"sum\", not %s"] = "agg 可为 \"sum\"，不是 %s",
  ["agg adds up the value, not the base: sum the rows before"] =
    "agg 只加总 value，不加总 base：请先汇总各行",
  ["there is no method '%s'; there are: %s"] = "没有方法“%s”，现有：%s",
  ["%s is one of %s, not %s"] = "%s 应为 %s 之一，不是 %s",
  ["%s is a whole number from 1 to %d, not %s"] =
    "%s 应为 1 到 %d 的整数，不是 %s",
  ["start is the month in which the year begins, 1 to 12, not %s"] =
    "start 为年度开始的月份，1 到 12，不是 %s",
  ["start is the month in which the year begins, 1 to 12 (of quarters: 1, 4, "
    .. "7, 10), not %s"] =
    "start 为年度开始的月份，1 到 12（按季度时为 1、4、7、10），不是 %s",
  ["a year that begins in month %d needs periods with their year, such as "
    .. "2023-04"] = "从 %d 月开始的年度要求期间带有年份，例如 2023-04",
  ["a financial year of quarters begins in month 1, 4, 7 or 10"] =
    "按季度的财政年度从 1、4、7 或 10 月开始",
  ["into is month or quarter, not %s"] = "into 应为 month 或 quarter，不是 %s",
  ["level is a percentage between 0 and 100, not %s"] =
    "level 应为 0 到 100 之间的百分数，不是 %s",
  ["interval is calibrated or model, not %s"] =
    "interval 只能是 calibrated 或 model，不能是 %s",
  ["a level is a percentage between 0 and 100, not %s"] =
    "level 应为 0 到 100 之间的百分数，不是 %s",
  ["level is a number between 0 and 1, not %s"] =
    "level 应为 0 到 1 之间的数，不是 %s",
  ["alpha is a number between 0 and 1, not %s"] =
    "alpha 应为 0 到 1 之间的数，不是 %s",
  ["annual: an exact amount or the name of a column was expected, not %s"] =
    "annual：应为精确金额或列名，不是 %s",
  ["prior: '%s' is %s, not %ss"] = "prior：“%s”的类型是 %s，不是 %s",
  ["season is a whole number above 0, not %s"] =
    "season 应为大于 0 的整数，不是 %s",
  ["max is a whole number above 0, not %s"] = "max 应为大于 0 的整数，不是 %s",
  ["top is a whole number above 0, not %s"] = "top 应为大于 0 的整数，不是 %s",
  ["k is a number above 0, not %s"] = "k 应为大于 0 的数，不是 %s",
  ["p is a number from 0 to 1, not %s"] = "p 应为 0 到 1 的数，不是 %s",
  ["types are 1 to 9, not %s"] = "type 应为 1 到 9，不是 %s",
  ["constant is a number, not a %s"] = "constant 应为数字，不是 %s",
  ["robust is \"huber\" or \"bisquare\", not %s"] =
    "robust 应为 \"huber\" 或 \"bisquare\"，不是 %s",
  ["correct is \"hamed-rao\", not %s"] = "correct 应为 \"hamed-rao\"，不是 %s",
  ["kind is revenue or expense, not '%s'"] =
    "kind 应为 revenue 或 expense，不是“%s”",
  ["method is \"price_efficiency\" or \"mix_quantity\", not %s"] =
    "method 应为 \"price_efficiency\" 或 \"mix_quantity\"，不是 %s",
  ["inner may be \"total\" or \"line\", not %s"] =
    "inner 可为 \"total\" 或 \"line\"，不是 %s",
  ["prefix is a list of lengths, such as {3, 5, 7}"] =
    "prefix 应为长度的列表，如 {3, 5, 7}",
  ["separator is the text between the parts of a code"] =
    "separator 是代码各段之间的文字",
  ["tree is a table, not a %s"] = "tree 应为表格，不是 %s",
  ["a tree of codes is told by one of parent, prefix, separator and tree"] =
    "代码的层级由 parent、prefix、separator、tree 之一说明",
  ["nothing to compute: name a summary, e.g. total = ev.sum \"amount\""] =
    "没有要计算的内容：请给出汇总，如 total = ev.sum \"amount\"",
  ["base and actual, or two levels or more, were expected"] =
    "应有 base 和 actual，或两级以上",
  ["steps lead from base to actual, so there are two levels"] =
    "steps 由 base 到 actual，所以只有两级",
  ["keys are names or pairs {left = \"right\"}"] =
    "键应为列名，或成对的 {左列 = \"右列\"}",
  ["--%s takes a number, not '%s'"] = "--%s 应为数字，不能是“%s”",
  -- Columns and their types.
  ["'%s' is %s, not numbers"] = "“%s”的类型是 %s，不是数字",
  ["'%s' is %s, not whole numbers"] = "“%s”的类型是 %s，不是整数",
  ["'%s' is %s, not exact numbers"] = "“%s”的类型是 %s，不是精确数",
  ["'%s' is %s, not years"] = "“%s”的类型是 %s，不是年度",
  ["'%s' is text, not numbers or periods"] = "“%s”是文本，不是数字或期间",
  ["there is a column '%s' already: rename it"] = "已有列“%s”：请改名",
  ["%s is the name of a column or a list of them, so no summary can be called "
    .. "so"] = "%s 表示列名或列名的列表，汇总不能叫这个名字",
  ["%s is the name of a column or a list of them, so no new column can be "
    .. "called so"] = "%s 表示列名或列名的列表，新列不能叫这个名字",
  ["a summary cannot be called '%s': that is a column of the result"] =
    "汇总不能叫“%s”：结果中已有此列",
  -- Numbers and statistics.
  ["%s: an array of numbers or a column was expected, not a %s"] =
    "%s：应为数字数组或列，不是 %s",
  ["%s: numbers were expected, not %s"] = "%s：应为数字，不是 %s",
  ["an array of p-values was expected, not a %s"] = "应为 p 值数组，不是 %s",
  ["value %d is no p-value: %s"] = "第 %d 个值不是 p 值：%s",
  ["x has %d values and t %d"] = "x 有 %d 个值，t 有 %d 个",
  ["x has %d values and y %d"] = "x 有 %d 个值，y 有 %d 个",
  ["x has %d values and weights %d"] = "x 有 %d 个值，权重有 %d 个",
  ["t has %d rows and weights %d"] = "表有 %d 行，权重有 %d 个",
  ["t: a table of evalua was expected (ev.table makes one), not a %s"] =
    "t：应为 evalua 的表格（用 ev.table 建立），不是 %s",
  ["formula '%s': %s"] = "公式“%s”：%s",
  ["a formula such as \"y ~ x\" was expected, not a %s"] =
    "应为公式，如 \"y ~ x\"，不是 %s",
  ["formula '%s': one group was expected: y ~ group"] =
    "公式“%s”：应只有一个分组：y ~ group",
  ["'%s' is no exact number"] = "“%s”不是精确数",
  ["a float is not exact: %s"] = "浮点数不精确：%s",
  ["division by zero"] = "除以零",
  ["grade: a decimal was expected, not a %s"] =
    "grade：应为 ev.decimal，不是 %s",
  ["ev.decimal takes text or a whole number, not a %s"] =
    "ev.decimal 接受文本或整数，不是 %s",
  ["ev.decimal takes text or a whole number, since a float is not exact: "
    .. "write ev.decimal \"%s\""] =
    "ev.decimal 接受文本或整数，因为浮点数不精确：请写 ev.decimal \"%s\"",
  ["'%s' is no type; there are: int decimal(2) real text bool year quarter "
    .. "month day"] =
    "没有类型“%s”，现有：int decimal(2) real text bool year quarter month day",
  ["row %d: a column's name is a string"] = "第 %d 行：列名应为字符串",
  ["row %d is a %s, not a table"] = "第 %d 行的类型是 %s，不是表",
  -- Expressions.
  ["an expression is a text, not a %s"] = "表达式应为文本，不是 %s",
  ["a text is never closed: ]%s] expected"] = "文本没有结束：缺少 ]%s]",
  ["a column has a string as name, not a %s"] = "列名应为字符串，不是 %s",
  ["a column expression has no method '%s'"] = "列表达式没有方法“%s”",
  ["a %s cannot stand in a column expression%s"] = "%s 不能用在列表达式中%s",
  ["ev.col holds nothing: a new column is made by t:mutate"] =
    "ev.col 不能赋值：新列用 t:mutate 建立",
  ["Lua's < and > cannot build an expression: write a:lt(b) or a:gt(b)"] =
    "Lua 的 < 和 > 不能构成表达式：请写 a:lt(b) 或 a:gt(b)",
  ["Lua's <= and >= cannot build an expression: write a:le(b) or a:ge(b)"] =
    "Lua 的 <= 和 >= 不能构成表达式：请写 a:le(b) 或 a:ge(b)",
  ["a ~ b means nothing for columns: ~a is not a, a:ne(b) is unequal"] =
    "列不能用 a ~ b：非 a 写 ~a，不等写 a:ne(b)",
  ["the length of a text is ev.col.x:len()"] = "文本的长度写 ev.col.x:len()",
  ["ev.%s needs a column or an expression"] = "ev.%s 需要列或表达式",
  ["ev.%s takes the name of a column or an expression, not a %s"] =
    "ev.%s 接受列名或表达式，不是 %s",
  ["ev.quantile takes a p from 0 to 1, not %s"] =
    "ev.quantile 的 p 应为 0 到 1，不是 %s",
  ["ev.window.%s: %s"] = "ev.window.%s：%s",
  ["ev.window.%s takes a number of rows, %d or more, not %s"] =
    "ev.window.%s 接受行数，不小于 %d，不是 %s",
  ["ev.window.%s takes the name of a column, not a %s"] =
    "ev.window.%s 接受列名，不是 %s",
  ["ev.window.%s takes {%s=}, not a %s"] = "ev.window.%s 接受 {%s=}，不是 %s",
  ["ev.window.rolling has no fn '%s'; there are: sum, mean, min, max"] =
    "ev.window.rolling 没有 fn“%s”，现有：sum, mean, min, max",
  ["'%s' is made by ev.window.lag, ev.window.cumsum, ..., not a %s"] =
    "“%s”应由 ev.window.lag、ev.window.cumsum 等建立，不是 %s",
  ["item %d is not {name, ev.window...}"] =
    "第 %d 项不是 {列名, ev.window...}",
  ["a new column's name was expected, not a %s"] = "应为新列名，不是 %s",
  -- Charts.
  ["a chart %s: a table of options was expected, not a %s"] =
    "图表 %s：应为选项表，不是 %s",
  ["nothing is equal to nil: write is_na(a)"] =
    "任何值都不等于 nil：请写 is_na(a)",
  ["nothing is unequal to nil: write not is_na(a)"] =
    "与 nil 相比，“不等于”也不成立：请写 not is_na(a)",
  ["names of columns were expected, not an expression"] =
    "应为列名，不是表达式",
  ["names of columns were expected, not '%s ='"] = "应为列名，不是“%s =”",
  ["'%s': a list of %d values was expected, one for each row, and it has a "
    .. "place %s"] = "“%s”：应为 %d 个值的列表，每行一个，却有位置 %s",
  ["'%s': a report is written as txt, md, html, csv, json, xlsx or docx"] =
    "“%s”：报告可写为 txt、md、html、csv、json、xlsx 或 docx",
  ["the report has no data for '%s'"] = "该报告没有可用于“%s”的数据",
  ["a chart %s: %s"] = "图表 %s：%s",
  ["chart %s has no use for --%s"] = "图表 %s 用不到 --%s",
  ["%s is not for chart %s but for %s"] = "%s 不用于图表 %s，而用于 %s",
  ["a chart %s: a table was expected, not a %s"] = "图表 %s：应为表格，不是 %s",
  ["an amount is a number, not a %s"] = "金额应为数字，不是 %s",
  ["a chart is drawn as svg, png or pdf, not as '%s'"] =
    "图表画成 svg、png 或 pdf，不能画成“%s”",
  ["a fit goes with lines or points"] = "拟合线只用于折线或散点",
  ["bins is a number from 1 to 10000"] = "bins 应为 1 到 10000 的数",
  ["log is x, y or xy"] = "log 应为 x、y 或 xy",
  ["there is no style '%s'; there are: %s"] = "没有样式“%s”，现有：%s",
  ["row %d of the chart has no role leaf, subtotal or total"] =
    "图表第 %d 行没有角色 leaf、subtotal 或 total",
  ["'%s' is not a colour like #2E75B6"] = "“%s”不是 #2E75B6 这样的颜色",
  ["'%s' is not a font's name"] = "“%s”不是字体名",
  -- Files of a unit, rubrics, the trace.
  ["%s: the indicator '%s' has no unit: fill in measure_unit"] =
    "%s：指标“%s”没有计量单位：请填 measure_unit",
  ["%s:1: there is no column '%s' (%s)"] = "%s:1：没有列“%s”（%s）",
  ["%s:1: a rubric needs the column '%s'"] = "%s:1：评分标准须有列“%s”",
  ["%s:1: answers need the column '%s'"] = "%s:1：评价人填报须有列“%s”",
  ["%s: the rubric '%s' has no row %s"] = "%s：评分标准“%s”没有第 %s 行",
  ["'%s' is none of ge, le, eq, qual, info (≥, ≤, =, 定性)"] =
    "“%s”不是 ge、le、eq、qual、info（≥、≤、=、定性）之一",
  ["'%s' is none of exact, approx_above, approx, at_least"] =
    "“%s”不是 exact、approx_above、approx、at_least 之一",
  ["a figure needs the field '%s'"] = "数字须有字段“%s”",
  ["the figure '%s' has a part '%s' that is not there"] =
    "数字“%s”的组成“%s”不存在",
  ["the figure '%s' is there already"] = "数字“%s”已存在",
  ["data/pefa/averages.csv has no line for %s and %s"] =
    "data/pefa/averages.csv 没有 %s 与 %s 对应的行",
  ["'%s': a table is written as csv, json, md, html, txt or xlsx"] =
    "“%s”：表格可写为 csv、json、md、html、txt 或 xlsx",
  ["the array holds %s"] = "数组中的元素是 %s",
  ["one database at a time, not also '%s'"] =
    "一次一个数据库，不能再给“%s”",
}

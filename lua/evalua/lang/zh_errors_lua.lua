--- Chinese for the errors and notes that Lua code writes.

return {
  ["evalua: %s"] = "evalua：%s",
  ["%s (did you mean '%s'?)"] = "%s（是否指“%s”？）",
  ["unknown option '%s' (did you mean '%s'?)"] =
    "未知选项“%s”（是否指“%s”？）",
  ["unknown option '%s'; see --help"] = "未知选项“%s”，请看 --help",
  ["unknown command '%s' (did you mean '%s'?)"] =
    "未知命令“%s”（是否指“%s”？）",
  ["unknown command '%s'; there are: %s"] = "未知命令“%s”，现有命令：%s",
  ["--%s takes a whole number from 1 to %d, not '%d'"]
    = "--%s 须为 1 到 %d 的整数，不能是“%d”",
  ["--%s takes a whole number, not '%s'"] = "--%s 须为整数，不能是“%s”",
  ["--%s is one of %s, not '%s'"] = "--%s 只能是 %s 之一，不能是“%s”",
  ["doctor takes no '%s'"] = "doctor 不带参数“%s”",
  ["%s takes no value"] = "%s 不带值",
  ["%s needs a value: %s"] = "%s 缺少值：%s",
  ["%s needs --%s %s"] = "%s 需要 --%s %s",
  ["%s needs --%s %s; '%s' has the columns: %s"] =
    "%s 需要 --%s %s；“%s”有这些列：%s",
  ["which file? name a source, or - for standard input"] =
    "缺少数据文件：请给出文件名，或用 - 表示标准输入",
  ["one source at a time, not also '%s'"] = "一次只能处理一个数据源，多出“%s”",
  ["'%s' has a header but no rows"] = "“%s”只有表头，没有数据行",
  ["--types: '%s' is not COLUMN=TYPE"] = "--types：“%s”不是“列=类型”的写法",
  ["'%s': no format has the suffix '%s'; there are: %s"] =
    "“%s”：没有后缀为“%s”的格式，现有：%s",
  ["unknown format '%s'; there are: %s"] = "未知格式“%s”，现有：%s",
  ["--fail-on material needs --material-amount or --material-pct"] =
    "--fail-on material 需要 --material-amount 或 --material-pct",
  ["the long form needs both --phase and --amount"] =
    "长表需要同时给出 --phase 和 --amount",
  ["which script? evalua run SCRIPT.lua"] = "缺少脚本：evalua run SCRIPT.lua",
  ["-e needs Lua code"] = "-e 后须有 Lua 代码",
  ["which report? evalua report --list names them"] =
    "缺少报告名：evalua report --list 可列出",
  ["there is no report '%s' (did you mean '%s'?)"] =
    "没有名为“%s”的报告（是否指“%s”？）",
  ["there is no report '%s'; there are: %s"] = "没有名为“%s”的报告，现有：%s",
  ["cannot open '%s' (no such file)"] = "打不开“%s”（没有这个文件）",
  ["evalua: interrupted"] = "evalua：已中断",
  ["evalua: this is a mistake in evalua itself, please report it (--debug "
    .. "shows more): %s"] =
    "evalua：这是 evalua 自身的错误，请反馈（--debug 显示更多）：%s",
  ["'%s' is a database: name a table with --table; there are: %s"] =
    "“%s”是数据库：请用 --table 指定表名，现有：%s",
  ["'%s' is a database: name its table with --from-table"] =
    "“%s”是数据库：请用 --from-table 指定其中的表",
  ["'%s': files of type .%s cannot be read yet: save it as csv"] =
    "“%s”：暂不支持读取 .%s 文件，请另存为 csv",
  ["the rows are in different units (%s and %s): choose one with --where"] =
    "各行单位不同（%s 与 %s）：请用 --where 选定一种",
  ["unknown unit '%s'; there are: 元, 千元, 万元, 百万元, 亿元, or a number"] =
    "未知单位“%s”，可用：元、千元、万元、百万元、亿元，或一个数",
  ["the source does not say its unit, so it cannot be shown in %s: name it with "
    .. "--amount-unit"] =
    "数据未说明单位，无法以%s列示：请用 --amount-unit 指明",
  ["amounts in '%s' cannot be shown in %s"] = "单位为“%s”的金额不能以%s列示",
  ["--unit must be above zero"] = "--unit 须大于零",
  ["variance: {base =, actual =, by =} was expected"] =
    "variance：应为 {base =, actual =, by =}",
  ["variance needs the option '%s'"] = "variance 缺少选项“%s”",
  ["%s: the sum of '%s' does not fit in 64 bits"] =
    "%s：“%s”的合计超出 64 位整数",
  ["%s: '%s' less '%s' does not fit in 64 bits"] =
    "%s：“%s”减“%s”超出 64 位整数",
  ["the total"] = "合计",
  ["column '%s' is in %s and column '%s' in %s: bring them to one unit"] =
    "列“%s”的单位是 %s，列“%s”的单位是 %s：请先统一单位",
  ["the source is in %s, not in %s as --amount-unit says"] =
    "数据的单位是 %s，不是 --amount-unit 所说的 %s",
  ["no unit"] = "未注明",
  ["--by names the column '%s' twice"] = "--by 中列“%s”写了两次",
  ["%s: '%s' is below zero"] = "%s：“%s”小于零",
  ["%s: '%s' is not a number"] = "%s：“%s”不是数",
  ["a by-column cannot be called '%s', since the report has a column of that "
    .. "name: rename it"] = "分组列不能叫“%s”，报告中已有同名列：请改名",
  ["column '%s' is %s, not numbers: it cannot be an amount"] =
    "列“%s”的类型是 %s，不是数，不能作为金额",
  ["unknown kind '%s': expense, revenue, or the name of a column"] =
    "未知类别“%s”：应为 expense（支出）、revenue（收入）或列名",
  ["column '%s' holds '%s', which is neither revenue nor expense"] =
    "列“%s”中的“%s”既不是收入也不是支出",
  ["no row has %s '%s'; there are: %s"] = "没有 %s 为“%s”的行，现有：%s",
  ["%s has revenue and expense: add the kind's column to --by, or ask for "
    .. "revenue minus expense with --net"] =
    "%s 同时有收入和支出：请把类别列加入 --by，或用 --net 计算收支差额",
  ["cannot sort by '%s'; there are: %s"] = "不能按“%s”排序，可用：%s",
  ["'%s' is not installed; charts would use '%s': apt-get install "
    .. "fonts-noto-cjk"] =
    "未安装字体“%s”，图表会改用“%s”：apt-get install fonts-noto-cjk",
  ["the variable '%s' has no value"] = "变量“%s”没有值",
  ["there is no chart '%s'; there are: %s"] = "没有图表“%s”，现有：%s",
}

--- Chinese of the charts' help and errors; what stands on a chart is in
--- chart/words.lua.

return {
  ["--%s takes a whole number from %d to %d, not '%s'"] =
    "--%s 须为 %d 到 %d 的整数，不能是“%s”",
  -- help
  ["Draw a chart of a source, for a slide, a document, or (without -o) the "
    .. "terminal."] = "由数据绘图，用于幻灯片、文档，或（不给 -o 时）直接在终端显示。",
  ["the column with the months, quarters, days or years"] =
    "期间（月、季度、日或年）所在的列",
  ["the budget or target to compare with: a column, or a version with "
    .. "--phase"] = "比较的基数（预算数或目标值）：列名；用 --phase 时为版本名",
  ["the year before"] = "上年数所在的列",
  ["your own forecast"] = "自有预测数所在的列",
  ["the amounts of trend, multiples, pareto, and share over time"] =
    "trend、multiples、pareto 及分期 share 的数值列",
  ["kind of account, or its column (default expense); of indicators ge, le, "
    .. "eq"] = "收支类别，或说明类别的列（默认支出）；指标为 ge、le、eq",
  ["the month in which the year begins (1); of a heatmap with --cumulative"] =
    "财政年度开始的月份（1）；热力图须与 --cumulative 同用",
  ["trend and heatmap: sums since the beginning of the year"] =
    "trend 和 heatmap：自年初起累计",
  ["trend: a level that must not be passed"] = "trend：不得超过的额度",
  ["trend: how many periods ahead (default to the end of the year)"] =
    "trend：预测期数（默认到年末）",
  ["trend: periods in a season (default 12 months, 4 quarters)"] =
    "trend：一个季节周期的期数（默认 12 个月、4 个季度）",
  ["bullet: percents of the target; heatmap: limits of the classes in "
    .. "points"] = "bullet：目标的百分比；heatmap：分级的百分点界限",
  ["slope: shares of the total"] = "slope：显示占合计的比重",
  ["variances within P percent are grey"] = "差异率在 P % 以内的显示为灰色",
  ["point at one or two items"] = "突出一项或两项",
  ["order of the items: none, size, variance, value or gap"] =
    "各项的排序：none、size、variance、value 或 gap",
  ["the N largest by themselves, the others as one exact sum"] =
    "只列最大的 N 项，其余合并为一项（精确合计）",
  ["what is measured, for the line under the message"] =
    "所列的内容，写在标题语下",
  ["where the figures are from, for the line at the foot"] =
    "数据来源，写在图下方",
  ["what --base is: PL (default), BU, PY or AC"] =
    "--base 的类别：PL（默认）、BU、PY 或 AC",
  ["what --actual is: AC (default), FC or PL"] =
    "--actual 的类别：AC（默认）、FC 或 PL",
  ["colours, fonts and sizes: default, cvd, or a csv file of them"] =
    "颜色、字体和大小：default、cvd，或一个 csv 文件",
  -- errors of the command line
  ["highlight: no item '%s' (did you mean '%s'?)"] =
    "highlight：没有名为“%s”的项目（是否指“%s”？）",
  ["highlight: no item '%s'; there are: %s"] =
    "highlight：没有名为“%s”的项目，现有：%s",
  ["there is no chart '%s' (did you mean '%s'?)"] =
    "没有图表“%s”（是否指“%s”？）",
  ["--%s: '%s' is not a number of percent"] = "--%s：“%s”不是百分数",
  -- errors of data and options
  ["a chart %s needs the option '%s'"] = "图表 %s 缺少选项“%s”",
  ["the long form needs both 'phase' and 'amount'"] =
    "长表需要同时给出 phase 和 amount",
  ["a chart share needs the options 'base' and 'actual', or 'period' and "
    .. "'value'"] = "图表 share 需要 base 和 actual，或 period 和 value",
  ["unknown kind '%s': ge, le, eq, or the name of a column"] =
    "未知类别“%s”：应为 ge、le、eq 或列名",
  ["column '%s' holds '%s', which is none of ge, le, eq, info"] =
    "列“%s”中的“%s”不是 ge、le、eq、info 之一",
  ["a chart over time cannot add revenue and expense: choose one with "
    .. "--where"] = "分期图表不能把收入与支出相加：请用 --where 选定一种",
  ["a table of variances has no prior year: draw the table that it was made "
    .. "from"] = "差异表中没有上年数：请用原表绘图",
  ["'%s' is below zero: it has no share"] = "“%s”小于零，没有占比",
  ["there is nothing above zero: no whole to take parts of"] =
    "没有大于零的数，无从计算占比",
  ["bands are two percents of the target in order, as in 80,100"] =
    "bands 应为由小到大的两个目标百分比，如 80,100",
  ["bands are three numbers of points in order, as in 3,8,15"] =
    "bands 应为由小到大的三个百分点，如 3,8,15",
  ["budget: '%s' is not a number"] = "budget：“%s”不是数",
  ["an amount of %s is too large to draw"] = "金额 %s 过大，无法绘图",
  ["highlight at most two items"] = "最多突出两项",
  ["a chart of this size has no room for %s rows"] =
    "该大小的图表容不下 %s 行",
  ["a chart of this size has no room for its line"] =
    "该大小的图表容不下曲线",
  ["a chart of this size has no room for its lines"] =
    "该大小的图表容不下连线",
  ["a chart of this size has no room for its bars"] =
    "该大小的图表容不下条形",
  ["a chart of this size has no room for its panels"] =
    "该大小的图表容不下各分图",
  ["a chart of this size has no room for its rows"] =
    "该大小的图表容不下各行",
  ["a chart of this size has no room for its key"] =
    "该大小的图表容不下图例",
  ["size '%s' is not slide, doc or WxH, as in 1280x720"] =
    "大小“%s”不是 slide、doc 或宽x高（如 1280x720）",
  ["size %s: width and height must be 200 to 8000 pixels and not differ more "
    .. "than fourfold"] = "大小 %s：宽、高须为 200 至 8000 像素，相差不超过四倍",
  -- names of forecasts
  ["combination of %s models"] = "%s 个模型的组合",
  ["median of %s models"] = "%s 个模型的中位数",
  -- errors of themes
  ["'%s' is not installed; charts would use '%s': name a font.family that "
    .. "fc-list lists"] =
    "未安装字体“%s”，图表会改用“%s”：font.family 请用 fc-list 列出的字体",
  ["there is no theme '%s': default, cvd, or a csv file"] =
    "没有主题“%s”，可用 default、cvd 或 csv 文件",
  ["%s: a theme has the columns key and value"] =
    "%s：主题文件须有 key 和 value 两列",
  ["there is no '%s' in a theme"] = "主题中没有“%s”",
  ["there is no '%s' in a theme (did you mean '%s'?)"] =
    "主题中没有“%s”（是否指“%s”？）",
  ["'%s' of '%s' is not %s"] = "“%s”（%s）不是%s",
  ["a colour like #2E75B6"] = "#2E75B6 这样的颜色",
  ["the name of a font"] = "字体名",
  ["one character or nothing"] = "一个字符或空",
  ["a number above 0 and up to 4000"] = "大于 0、不超过 4000 的数",
  ["one of hatch, outline, solid"] = " hatch、outline、solid 之一",
  ["one of blue, green, grey, red"] = " blue、green、grey、red 之一",
  ["text of 'color.%s' hardly stands out from 'color.paper'"] =
    "“color.%s”的文字与“color.paper”对比不足",
  ["'%s.min_font' is below %s pt (%s)"] = "“%s.min_font”小于 %s 磅（%s）",
  ["'%s.font.%s' is below '%s.min_font'"] = "“%s.font.%s”小于“%s.min_font”",
}

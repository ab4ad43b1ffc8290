--- Chinese help texts of the command line.

return {
  ["usage: "] = "用法：",
  ["the full path of another gnuplot than that in PATH"] =
    "另一个 gnuplot 的完整路径，代替 PATH 中的",
  ["where a workbook is put together (/tmp)"] = "写工作簿时的临时目录（默认 /tmp）",
  ["language of messages, reports and charts"] = "提示、报告和图表的语言",
  ["show where in the program an error arose"] = "显示错误在程序中的位置",
  ["this help"] = "本帮助",
  ["This help, or that of a command; how expressions are written."] =
    "本帮助，或某个命令的帮助；表达式的写法。",
  ["evalua COMMAND --help tells more, evalua help expressions what --where "
    .. "takes;\nevalua -e 'CODE' runs Lua; evalua --version"] =
    "evalua COMMAND --help 查看详情，evalua help expressions 说明 --where 的写法；\n"
    .. "evalua -e 'CODE' 运行 Lua；evalua --version",
  ["Actual against budget, line by line: over or under, by how much, does it "
    .. "matter."] = "逐项比较执行数与预算数：超支还是结余、差多少、是否重大。",
  ["Run a canned report; --list names them."] = "运行现成报告；--list 列出名称。",
  ["Run a Lua script with `require \"evalua\"`; evalua -e 'CODE' runs a piece "
    .. "of code."] = "运行 Lua 脚本（可 require \"evalua\"）；evalua -e 'CODE' 运行一段代码。",
  ["Group a table, compute sums, counts and means, print the rows."] =
    "分组汇总表格：求和、计数、平均，输出各行。",
  ["What is installed here, and what is missing for what."] =
    "检查本机已安装和缺少的组件。",
  ["group the rows by these columns"] = "按这些列分组",
  ["the budget to compare with: a column, or a version with --phase"] =
    "比较的基数（预算数）：列名；用 --phase 时为版本名",
  ["what happened: a column, or a version with --phase"] =
    "执行数：列名；用 --phase 时为版本名",
  ["long form: the column that tells budget and actual apart"] =
    "长表：区分预算与执行的列",
  ["long form: the column with the amounts"] = "长表：金额所在的列",
  ["kind of account, or the column that tells it (default expense)"] =
    "收支类别，或说明类别的列（默认支出）",
  ["add a row with the grand total"] = "加合计行",
  ["add subtotals for each leading part of --by, and the total"] =
    "按 --by 各级加小计和合计",
  ["add up revenue and expense as revenue − expense"] =
    "合计时以收入减支出",
  ["order of the rows"] = "行的排序",
  ["only the first N rows; without --sort the largest variances"] =
    "只列前 N 行；未给 --sort 时列差异最大的",
  ["only the first N columns of --by"] = "只用 --by 的前 N 列",
  ["a variance of X or more, in the source's unit, is material"] =
    "差异达到 X（按数据的单位）为重大",
  ["a variance of P percent or more is material"] = "差异率达到 P % 为重大",
  ["how the source writes expenses (default positive)"] =
    "数据中支出的符号（默认为正）",
  ["show amounts in 元, 万元, 亿元 or divided by a number"] =
    "以元、万元、亿元列示金额，或除以某数",
  ["the source's unit"] = "数据的单位",
  ["draw the variance and the bridge chart into an html report"] =
    "在 html 报告中附差异图和瀑布图",
  ["exit with 1 when a variance is material"] = "有重大差异时以 1 退出",
  ["the message above a chart"] = "图表上方的标题语",
  ["of a chart"] = "图表大小",
  ["of a chart: slide (1920x1080), doc (16 cm wide) or WxH pixels"] =
    "图表大小：slide（1920x1080）、doc（宽 16 厘米）或 宽x高 像素",
  ["whose figures these are, for the line under the message"] =
    "数据所属单位，写在标题语下",
  ["the period, for the line under the message"] = "期间，写在标题语下",
  ["only the rows for which this holds, e.g. 'year == 2022'"] =
    "只取满足条件的行，如 'year == 2022'",
  ["the table of a database"] = "数据库中的表",
  ["what separates the cells"] = "分隔符",
  ["of the file, e.g. GB18030 (detected when not given)"] =
    "文件编码，如 GB18030（不给时自动识别）",
  ["the first line is data"] = "首行即为数据（无表头）",
  ["names of the columns, in the file's order"] = "各列名称，按文件中的顺序",
  ["the decimal mark, . or ,"] = "小数点符号：. 或 ,",
  ["the thousands separator"] = "千分位符号",
  ["leave out the first N lines"] = "跳过前 N 行",
  ["types that are not detected: text int decimal(2) real bool"] =
    "指定列类型：text int decimal(2) real bool",
  ["say what was detected in the file, and why"] = "说明从文件中识别出什么及原因",
  ["write to FILE, in the format of its suffix"] = "写入 FILE，格式按后缀",
  ["format on standard output: text md html csv json xlsx docx"] =
    "标准输出的格式：text md html csv json xlsx docx",
  ["format on standard output: svg png pdf, or text where it can be"] =
    "标准输出的格式：svg png pdf，可行时也可为 text",
  ["The source, and how it is read (detected where not given):"] =
    "数据来源及读取方式（不给时自动识别）：",
  ["Where the result goes:"] = "结果写到哪里：",
  ["Of every command:"] = "各命令通用：",
  ["Examples:"] = "示例：",
  ["all of it as a manual page, in roff"] = "全部帮助，roff 手册页",
  ["the completion for bash"] = "bash 的补全脚本",
  ["what may stand last behind -- WORD..."] =
    "列出 -- WORD... 中最后一词可能的写法",
  ["public budgets against what was spent, and performance statistics"] =
    "公共预算执行对比与绩效统计",
  ["done"] = "完成",
  ["done, and something was found: audit, --fail-on"] =
    "完成，且有发现：audit、--fail-on",
  ["wrong use, or input that cannot be read"] = "用法有误，或数据无法读取",
  ["an error in a script"] = "脚本出错",
  ["the language where --lang is not given"] = "未给 --lang 时的语言",
  ["no colours, on a terminal either"] = "终端上也不用颜色",
  ["how wide a table may be where no terminal tells"] =
    "无终端时表格的最大宽度",
  ["--table is for a database (.db .sqlite .sqlite3), '%s' is none"] =
    "--table 用于数据库（.db .sqlite .sqlite3），“%s”不是",
  ["--resource is for a datapackage.json, '%s' is none"] =
    "--resource 用于 datapackage.json，“%s”不是",
  ["--sheet is for a workbook (.xlsx), '%s' is none"] =
    "--sheet 用于工作簿（.xlsx），“%s”不是",
  ["no row fits --where '%s'"] = "没有符合 --where “%s”的行",
  ["'%s' is a folder: name a file in it"] = "“%s”是文件夹：请指定其中的文件",
  ["%s is not for a terminal: give -o FILE.%s"] =
    "%s 不能输出到终端：请用 -o FILE.%s",
  ["what to compute, e.g. 'total=sum(amount), n=count()'"] =
    "要计算的内容，如 'total=sum(amount), n=count()'",
  ["only these columns"] = "只取这些列",
  ["only the first N rows"] = "只取前 N 行",
  ["the reports there are"] = "列出现有报告",
  ["a database of evalua; without it the shipped sample unit"] =
    "evalua 数据库；不给时用自带的示例单位",
  ["the unit: its id, name or short form"] = "单位：编号、名称或简称",
  ["the year (default: the last one with money)"] =
    "年度（默认为有预算数据的最近一年）",
  ["how many percent a figure with 约 may be off (default: not known)"] =
    "带“约”的数可能偏离的百分比（默认未知）",
  ["compare with the time elapsed by this day, or this month's end"] =
    "与截至该日或该月末的时间进度比较",
  ["every indicator, with or without a target, and its evidence"] =
    "列出全部指标（无论有无目标值）及其依据",
  ["every variant of each indicator"] = "列出每项指标的全部口径",
  ["the variant of an indicator, e.g. carry:executed"] =
    "指标的口径，如 carry:executed",
  ["Points by a rubric: what each line gets, what cannot be scored, the total "
    .. "and the grade."] = "按评分标准计分：各项得分、不能评分的指标、总分和等次。",
  ["the rubric: shipped, the unit's, or a file (how: data/rubrics/README.md)"] =
    "评分标准：自带的、单位数据中的，或文件（写法见 data/rubrics/README.md）",
  ["what only an assessor can say: columns seq, value, reason, evidence"] =
    "须由评价人填报的内容：列 seq、value、reason、evidence",
  ["what if the adjusted budget were so much, e.g. 7000万元"] =
    "假如全年预算数为此数，如 7000万元",
  ["the form: of the whole unit (default) or of a project"] =
    "自评表：整体支出（默认）或项目支出",
  ["the goals of the year, expected"] = "年度总体目标：预期目标",
  ["the goals, as achieved"] = "年度总体目标：实际完成情况",
  ["for a table: original=100万元,adjusted=110万元,executed=104.5万元"] =
    "指标表的资金：original=100万元,adjusted=110万元,executed=104.5万元",
  ["whose indicators these are, for the form of a table"] =
    "指标表所属单位或项目，写入自评表",
  ["the rubrics there are"] = "列出自带的评分标准",
}

--- Chinese for the errors of drawing.

return {
  ["this kernel has no Landlock: gnuplot is not kept from reading and writing "
    .. "files"] = "此内核没有 Landlock：无法限制 gnuplot 读写文件",
  ["there are no rows to draw"] = "没有可画的行",
  ["a chart of this size has no room for %d rows"] =
    "这个大小的图放不下 %d 行",
  ["a chart of this size has no room for its columns"] =
    "这个大小的图放不下各列",
  ["a chart of this size has no room for its figures"] =
    "这个大小的图放不下各数字",
  ["a bridge cannot add revenue and expense: choose one of them"] =
    "瀑布图不能把收入和支出相加：请选定一种",
  ["'%s': a chart's suffix is svg, png or pdf"] =
    "“%s”：图表文件的后缀应为 svg、png 或 pdf",
  ["which chart? there are: %s"] = "缺少图表种类，现有：%s",
  ["where to? a chart needs -o FILE.svg, FILE.png or FILE.pdf"] =
    "缺少输出文件：请用 -o FILE.svg、FILE.png 或 FILE.pdf",
  ["a chart is written as svg, png or pdf, not as %s"] =
    "图表写成 svg、png 或 pdf，不能写成 %s",
  ["this report is no picture: it cannot be written as %s"] =
    "此报告不是图，不能写成 %s",
  ["cannot start '%s' (%s)"] = "无法启动“%s”（%s）",
  ["took longer than %g s and was stopped"] = "超过 %g 秒，已终止",
  ["interrupted"] = "已中断",
  ["used too much processor time"] = "占用处理器时间过长",
  ["wrote too large a file"] = "写出的文件过大",
  ["was killed by signal %d (%s)"] = "被信号 %d 终止（%s）",
  ["failed with status %d%s%.*s"] = "以状态 %d 失败%s%.*s",
  -- the same behind the program's path
  ["%s took longer than %g s and was stopped"] = "%s 超过 %g 秒，已终止",
  ["%s used too much processor time"] = "%s 占用处理器时间过长",
  ["%s wrote too large a file"] = "%s 写出的文件过大",
  ["%s was killed by signal %d (%s)"] = "%s 被信号 %d 终止（%s）",
  ["%s failed with status %d: %s"] = "%s 以状态 %d 失败：%s",
  ["%s failed with status %d"] = "%s 以状态 %d 失败",
  ["fontconfig knows no font"] = "fontconfig 找不到任何字体",
  ["cannot read font '%s'"] = "读不了字体“%s”",
  ["fontconfig does not start"] = "fontconfig 无法启动",
  ["EVALUA_GNUPLOT='%s' is not the full path of a program"] =
    "EVALUA_GNUPLOT='%s' 不是程序的完整路径",
  ["gnuplot is not installed: apt-get install gnuplot-nox"] =
    "未安装 gnuplot：apt-get install gnuplot-nox",
  ["cannot make a file in memory (%s)"] = "无法在内存中建立文件（%s）",
  ["cannot hand a script to gnuplot (%s)"] = "无法把脚本交给 gnuplot（%s）",
  ["gnuplot drew nothing"] = "gnuplot 没有画出任何内容",
  ["gnuplot left a broken %s of %zu bytes (memory full?)"] =
    "gnuplot 留下不完整的 %s，共 %zu 字节（内存已满？）",
}

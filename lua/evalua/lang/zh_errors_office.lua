--- Chinese: errors about Office files.

return {
  ["the file is empty"] = "文件是空的",
  ["the workbook is encrypted: open it with its password and save it without one"] =
    "工作簿已加密：请用密码打开，另存为不加密的文件",
  ["this is an old Office document (.xls): open it and save it as .xlsx"] =
    "这是旧式 Office 文档（.xls）：请打开后另存为 .xlsx",
  ["this is text and not an .xlsx workbook: give it the suffix .csv"] =
    "这是文本而不是 .xlsx 工作簿：请把后缀改为 .csv",
  ["this is no .xlsx workbook"] = "这不是 .xlsx 工作簿",
  ["the archive is damaged (%s)"] = "压缩包已损坏（%s）",
  ["the archive holds more than %d parts"] = "压缩包里的部件超过 %d 个",
  ["%s: unpacks to %llu bytes out of %llu: refused as a zip bomb"] =
    "%s：解压后有 %llu 字节而压缩后只有 %llu 字节：视为压缩炸弹，拒绝读取",
  ["it declares a DOCTYPE, which no Office file has: refused"] =
    "其中有 DOCTYPE 声明，Office 文件里不会有：拒绝读取",
  ["it is larger than declared"] = "实际大小超过声明的大小",
  ["line %lu of its XML: %s"] = "其 XML 第 %lu 行：%s",
  ["more than %d sheets"] = "工作表超过 %d 个",
  ["no workbook in it: the list of its parts is missing"] =
    "里面没有工作簿：缺少部件清单",
  ["this archive is no .xlsx workbook: it has no sheets"] =
    "这个压缩包不是 .xlsx 工作簿：没有工作表",
  ["cannot write the workbook: %s (%s)"] = "无法写出工作簿：%s（%s）",
  ["cannot write a temporary file in '%s'"] = "无法在“%s”写临时文件",
  ["'%.80s' cannot be the name of a sheet"] = "“%.80s”不能作工作表名称",
  ["a workbook has at most %d styles"] = "一个工作簿最多有 %d 种格式",
  ["a sheet has at most %d rows and %d columns: write csv instead"] =
    "一张工作表最多 %d 行、%d 列：请改写成 csv",
  ["cannot write the archive: %s"] = "无法写出压缩包：%s",
}

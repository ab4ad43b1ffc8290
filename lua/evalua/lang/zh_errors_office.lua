--- Chinese: errors about Office files.

return {
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
  ["no sheet '%s'"] = "没有工作表“%s”",
  ["no sheet '%s' (did you mean '%s'?)"] = "没有工作表“%s”（是否指“%s”？）",
  ["no sheet '%s'; there are: %s"] = "没有工作表“%s”；现有：%s",
  ["the workbook has no sheet"] = "工作簿里没有工作表",
  ["sheet '%s' is empty"] = "工作表“%s”是空的",
  ["sheet '%s' is empty; the others: %s (--sheet)"] =
    "工作表“%s”是空的；其他工作表：%s（用 --sheet 指定）",
  ["sheet '%s' is read; the others: %s (--sheet)"] =
    "读取工作表“%s”；其他工作表：%s（用 --sheet 指定）",
  ["sheet '%s': %s"] = "工作表“%s”：%s",
  ["sheet: '%s', rows %d, columns %d, cells %d"] =
    "工作表：“%s”，%d 行 %d 列，有值的单元格 %d 个",
  ["numbers: rounded to 15 significant digits, as a spreadsheet shows them; "
    .. "lines are rows of the sheet"] =
    "数：取 15 位有效数字，与表格软件显示的一致；所说的行是工作表的行",
  ["cells under merged ones that got their text: %d"] =
    "合并单元格下方补上文字的单元格：%d",
  ["column '%s': results of formulas are rounded to %d decimals"] =
    "列“%s”：公式结果取 %d 位小数",
  ["workbooks cannot be read: %s"] = "读不了工作簿：%s",
  ["more than %d merged ranges"] = "合并区域超过 %d 个",
  ["more than %d merged cells"] = "合并的单元格超过 %d 个",
  ["cell %s: %s"] = "单元格 %s：%s",
  ["its shared text does not exist"] = "所指的共享文本不存在",
  ["its number cannot be read"] = "其中的数读不出来",
  ["outside of a sheet"] = "超出工作表范围",
  ["more than 1 GiB of text up to here"] = "到此文本已超过 1 GiB",
  ["row '%.20s' is none of a sheet"] = "行“%.20s”不在工作表范围内",
  ["'%.20s' is no cell"] = "“%.20s”不是单元格",
  ["its last cell is too far out: more than 1 GiB of empty cells"] =
    "最后的单元格太远：空单元格超过 1 GiB",
  ["%s: no such part"] = "%s：没有这个部件",
  ["more than %d cell styles"] = "单元格样式超过 %d 个",
  ["the sheet of a workbook (the first one when not given)"] =
    "工作簿里的工作表（不给时取第一个）",
  ["this archive is no .xlsx workbook: it has no sheets"] =
    "这个压缩包不是 .xlsx 工作簿：没有工作表",
  ["row %d, column %d: a cell of a workbook holds at most %d characters, "
    .. "not %zu: write csv or html instead"] =
    "第 %d 行第 %d 列：工作簿的一个单元格最多容纳 %d 个字符，而这里有 %d 个，"
    .. "请改写为 csv 或 html",
  ["cannot write the workbook: %s (%s)"] = "无法写出工作簿：%s（%s）",
  ["cannot write a temporary file in '%s'"] = "无法在“%s”写临时文件",
  ["'%.80s' cannot be the name of a sheet"] = "“%.80s”不能作工作表名称",
  ["a workbook has at most %d styles"] = "一个工作簿最多有 %d 种格式",
  ["a sheet has at most %d rows and %d columns: write csv instead"] =
    "一张工作表最多 %d 行、%d 列：请改写成 csv",
  ["cannot write the archive: %s"] = "无法写出压缩包：%s",
}

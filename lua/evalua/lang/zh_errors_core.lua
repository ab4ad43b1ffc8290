--- Chinese for the errors of the C core, by their printf patterns.

return {
  ["not enough memory"] = "内存不足",
  ["'%s' is larger than %zu bytes"] = "“%s”超过 %zu 字节",
  ["cannot read '%s' (%s)"] = "读不了“%s”（%s）",
  ["cannot open '%s' (%s)"] = "打不开“%s”（%s）",
  ["cannot write to '%s' (%s)"] = "写不了“%s”（%s）",
  ["cannot %s '%s' (%s)"] = "无法 %s“%s”（%s）",
  ["No such file or directory"] = "没有这个文件或目录",
  ["Permission denied"] = "没有权限",
  ["No space left on device"] = "磁盘已满",
  ["File too large"] = "文件过大",
  ["two columns are called '%s'"] = "有两列都叫“%s”",
  ["no column '%s' (did you mean '%s'?)"] = "没有列“%s”（是否指“%s”？）",
  ["no column '%s'; there are: %s"] = "没有列“%s”，现有：%s",
  ["row %zu: the amount does not fit in 64 bits"] =
    "第 %zu 行：金额超出 64 位整数",
  ["a column of type %s cannot be converted"] = "类型为 %s 的列不能转换",
  ["column '%s' is %s in one table and %s in another"] =
    "列“%s”在一张表中是 %s，在另一张表中是 %s",
  ["column '%s': %s"] = "列“%s”：%s",
  ["more than 4 billion different texts"] = "不同的文本超过 40 亿个",
  ["'%.60s': %s"] = "“%.60s”：%s",
}

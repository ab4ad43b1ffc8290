--- Chinese for what the fast reader of delimited files says.

return {
  ["%zu: no line end within %d MiB: this is not a delimited file"] =
    "%zu: %d MiB 之内没有换行：这不是分隔符文件",
  ["a query has no '%s', a table has: collect() it first"] =
    "查询没有“%s”，表才有：请先 collect()",
  ["cannot read the file (%s)"] = "无法读取文件（%s）",
}

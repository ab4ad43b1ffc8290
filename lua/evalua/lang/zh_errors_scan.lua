--- Chinese for what the fast reader of delimited files says.

return {
  ["%zu: no line end within %d MiB: this is not a delimited file"] =
    "%zu: %d MiB 之内没有换行：这不是分隔符文件",
  ["cannot read the file (%s)"] = "无法读取文件（%s）",
}

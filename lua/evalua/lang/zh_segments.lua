--- Chinese for the column segments of a database.

return {
  ["Make or drop what speeds up reports on large tables of a database."] =
    "建立或删除列段（加快数据库大表上的报告）。",
  ["only this table"] = "只处理这张表",
  ["table '%s': column segments are made"] = "表“%s”：列段已建立",
  ["table '%s': column segments are dropped"] = "表“%s”：列段已删除",
  ["'%s': all column segments are dropped"] = "“%s”：全部列段已删除",
  ["table '%s' has no column segments"] = "表“%s”没有列段",
  ["'%s' has no column segments"] = "“%s”没有列段",
  ["'%s' has no table that was imported"] = "“%s”中没有导入的表",
  ["db does what? compact or drop-segments"] =
    "db 要做什么？compact（建立列段）或 drop-segments（删除列段）",
  ["db has no '%s': compact or drop-segments"] =
    "db 没有“%s”：只有 compact 和 drop-segments",
  ["which database? name its file"] = "哪个数据库？请给出文件名",
  ["the column segments are damaged"] = "列段已损坏",
  ["the column segments of table '%s' are damaged: its rows are read instead"] =
    "表“%s”的列段已损坏：改为逐行读取",
  ["the table '%s' was not made by an import: it is read row by row"] =
    "表“%s”不是由导入建立的：逐行读取",
  ["the table '%s' is read row by row, since %s"] = "表“%s”逐行读取，因为%s",
  ["column '%s': it stands where '%s' was imported, and is read as %s"] =
    "列“%s”：它在原导入列“%s”的位置上，按 %s 读取",
  ["table '%s': all of its column segments were read"] =
    "表“%s”：读取了全部列段",
  ["table '%s': %d of %d blocks of its column segments were read"] =
    "表“%s”：读取了列段 %d 块（共 %d 块）",
  ["table '%s': its rows were read one by one"] = "表“%s”：逐行读取",
  ["a column's name has %zu bytes"] = "列名有 %zu 字节",
  ["a text of %zu bytes is too long"] = "文本长 %zu 字节，超出限度",
  ["stopped"] = "已停止",
}

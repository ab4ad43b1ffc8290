--- Chinese for what the store, `import` and `export` say.

local M = {
  -- opening
  ["a database needs a name"] = "数据库要有文件名",
  ["'%s' is not a regular file"] = "“%s”不是普通文件",
  ["'%s' is not a SQLite database"] = "“%s”不是 SQLite 数据库",
  ["the database '%s' is damaged (%s)"] = "数据库“%s”已损坏（%s）",
  ["another program is writing to the database '%s'"] =
    "另一个程序正在写入数据库“%s”",
  ["another program ('%s', process %s) is writing to the database '%s'"] =
    "另一个程序（“%s”，进程 %s）正在写入数据库“%s”",
  ["cannot write to the database '%s' (no room left)"] =
    "无法写入数据库“%s”（空间不足）",
  ["cannot write to the database '%s' (it is read-only)"] =
    "无法写入数据库“%s”（只读）",
  ["cannot read '%s': its folder is read-only and a -wal file "
    .. "beside it holds changes"] =
    "无法读取“%s”：所在文件夹只读，旁边的 -wal 文件中还有未合并的改动",
  ["database '%s': %s"] = "数据库“%s”：%s",
  ["disk I/O error"] = "磁盘读写出错",
  ["the database '%s' was made by a newer version of evalua"] =
    "数据库“%s”由更新版本的 evalua 建立",
  ["the database '%s' belongs to another program: evalua reads it, "
    .. "but does not write to it"] =
    "数据库“%s”属于其他程序：evalua 只读取，不写入",
  ["the database '%s' was opened for reading only"] = "数据库“%s”是以只读方式打开的",
  ["the database '%s' was removed or replaced while evalua waited for it: "
    .. "nothing was written, run it again"] =
    "等待期间数据库“%s”被删除或替换：未写入任何内容，请重新运行",
  ["the database was closed"] = "数据库已关闭",
  ["a transaction is open already"] = "已有一个事务尚未结束",
  ["migration %d: %s"] = "结构升级第 %d 步：%s",
  ["the view takes too long, it was stopped"] = "视图运行过久，已中止",
  ["rows of table '%s' refer to rows of '%s' that are not there"] =
    "表“%s”中有行引用了“%s”中不存在的行",

  -- names of tables
  ["a table needs a name"] = "表要有名称",
  ["a table's name cannot hold a NUL byte"] = "表名不能含 NUL 字节",
  ["a table's name must be UTF-8"] = "表名必须是 UTF-8",
  ["a table's name cannot hold control characters"] = "表名不能含控制字符",
  ["'%s': names that begin with sqlite_ are SQLite's own"] =
    "“%s”：以 sqlite_ 开头的名称归 SQLite 专用",
  ["'%s' is the name of one of evalua's own tables"] = "“%s”是 evalua 自用的表名",
  ["'%s' is the name of another thing (%s)"] = "“%s”已是其他对象的名称（%s）",
  ["the table '%s' was not made by an import: choose another name"] =
    "表“%s”不是由导入建立的：请换一个名称",
  ["no table '%s' in '%s'"] = "“%s”不在数据库“%s”中",
  ["no table '%s' in '%s' (did you mean '%s'?)"] =
    "没有表“%s”，数据库“%s”（是否指“%s”？）",

  -- an analyst's tables
  ["a table needs at least one column"] = "表至少要有一列",
  ["a table in a database has at most %d columns, not %zu"] =
    "数据库的表最多 %d 列，这里有 %zu 列",
  ["the table '%s' has no column '%s'; --replace makes it anew"] =
    "表“%s”没有列“%s”；用 --replace 重建该表",
  ["column '%s' is %s in the file and %s in the table '%s'"] =
    "列“%s”在文件中是 %s，在表中是 %s（表“%s”）",
  ["column '%s': amounts of the table '%s' do not fit in 64 bits with %d decimals"] =
    "列“%s”：表“%s”中的金额以 %d 位小数计超出 64 位范围",
  ["column '%s', row %zu: the amount does not fit in 64 bits"] =
    "列“%s”第 %zu 行：金额超出 64 位范围",
  ["the amount does not fit in 64 bits"] = "金额超出 64 位范围",
  ["row %zu, column '%s': a database cannot hold NaN"] =
    "第 %zu 行，列“%s”：数据库不能保存 NaN",
  ["table '%s', row %zu, column '%s': %s"] = "表“%s”第 %zu 行，列“%s”：%s",
  ["'%s' is not %s"] = "“%s”不是 %s",
  ["a column's name is not UTF-8"] = "有列名不是 UTF-8",
  ["table_column: unknown type '%s'"] = "table_column：不认识类型“%s”",
  ["table_column: a scale of %d is too large"] = "table_column：小数位数 %d 过大",

  -- notes on other programs' tables
  ["column '%s': stored as floating-point numbers, read as decimals"] =
    "列“%s”：存为浮点数，按小数读取",
  ["column '%s': integers and floating-point numbers, read as the latter"] =
    "列“%s”：整数与浮点数混存，按浮点数读取",
  ["column '%s': integers too large for the floating-point numbers "
    .. "among them, read as text"] =
    "列“%s”：与浮点数混存的整数过大，按文本读取",
  ["column '%s': not all numbers have the declared decimals"] =
    "列“%s”：有数值不符合声明的小数位数",
  ["column '%s': numbers and texts, read as text"] =
    "列“%s”：数值与文本混存，按文本读取",
  ["column '%s': bytes, read as text X'..'"] = "列“%s”：二进制数据，按文本 X'..' 读取",

  -- a unit's folder
  ['column "%s": %s'] = "列“%s”：%s",
  ['column "%s" must not be empty'] = "列“%s”不能为空",
  ['column "%s": "%s" is not one of: %s'] = "列“%s”：“%s”不在允许的值之中：%s",
  ['column "%s": there is no %s "%s"'] = "列“%s”：表 %s 中没有“%s”",
  ["column '%s' was not read as text"] = "列“%s”没有按文本读取",
  ['"%s" is not a whole number'] = "“%s”不是整数",
  ['"%s" has more than 18 digits'] = "“%s”超过 18 位数字",
  ['"%s" has more than 6 decimals'] = "“%s”超过 6 位小数",
  ['"%s" has more than 3 decimals'] = "“%s”超过 3 位小数",
  ['"%s" has an exponent: write all digits'] = "“%s”用了指数写法：请写出全部数字",
  ['"%s" is not a unit of money (元 千元 万元 百万元 亿元)'] =
    "“%s”不是货币单位（元、千元、万元、百万元、亿元）",
  ['"%s" has another unit than its row says'] = "“%s”的单位与本行所写不同",
  ['"%s" has no unit of money'] = "“%s”没有货币单位",
  ['"%s" is too large'] = "“%s”过大",
  ['"%s" is not a whole number of fen (0.01 元)'] = "“%s”不足整分（0.01 元）",
  ["a row with the same key is there already"] = "已有主键相同的行",
  ['the id "%s" is there already'] = "编号“%s”已存在",
  ['the id "%s" is there already, with other values'] = "编号“%s”已存在，内容不同",
  ["'%s' has no file of a unit's folder (budget.csv, units.csv ...)"] =
    "“%s”中没有单位文件夹的文件（budget.csv、units.csv 等）",
  ["%s: not a file of a unit's folder, left out"] = "%s：不属于单位文件夹，未导入",
  ["%s: no column measure_unit, so the amounts are taken to be in %s"] =
    "%s：没有 measure_unit 列，金额按 %s 计",
  ["%s has changed since it was imported: --replace loads the folder anew"] =
    "%s 自上次导入后有改动：用 --replace 重新导入整个文件夹",

  -- commands
  ["%s: %d rows into table '%s'"] = "%s：%d 行写入表“%s”",
  ["%s: %d rows were there already"] = "%s：%d 行已存在",
  ["%s: imported already, nothing changed"] = "%s：已导入过，没有改动",
  ["import what? name a file, or a unit's folder"] = "导入什么？请给出文件或单位文件夹",
  ["which table should the rows go into? --table NAME"] = "写入哪张表？请用 --table NAME",
  ["'%s' is a folder: import it alone, without --table"] =
    "“%s”是文件夹：请单独导入，不要加 --table",
  ["export takes no file but --db and -o, not '%s'"] =
    "export 只接受 --db 和 -o 指定的文件，不接受“%s”",
  ["'%s': a table is no picture"] = "“%s”：表不能存为图片",
  ["Put files, or a unit's folder, into a database."] = "把文件或单位文件夹导入数据库。",
  ["Write a table of a database, as csv where nothing else is asked."] =
    "导出数据库中的表，默认为 csv。",
  ["the database; made when it is not there"] = "数据库文件；没有时新建",
  ["the database"] = "数据库文件",
  ["the table that the rows go into; made when it is not there"] =
    "写入的表；没有时新建",
  ["make the table, or load the folder, anew"] = "重建表，或重新导入文件夹",
  ["the table of a source that is a database itself"] = "来源本身是数据库时，其中的表",
  ["unit of the amounts of a folder whose budget.csv names none"] =
    "budget.csv 未写明单位时，金额的单位",
  ["the table or view"] = "表或视图",
}

return M

--- Chinese for what csv_load, encode and file_write say, by printf patterns.

local M = {
  -- records
  ["%zu:%zu: this quote is never closed: \"%s"] = "%zu:%zu: 这个引号没有配对：\"%s",
  ["%zu:%zu: text after a closing quote: '%s' (a quote inside quotes is written twice)"] =
    "%zu:%zu: 右引号后面还有文字：“%s”（引号内的引号要写两遍）",
  ["%zu:%zu: found %zu instead of the header's %zu fields: '%s'"] =
    "%zu:%zu: 有 %zu 个字段，表头是 %zu 个：“%s”",
  ["%zu:%zu: found %zu instead of the first record's %zu fields: '%s'"] =
    "%zu:%zu: 有 %zu 个字段，首行是 %zu 个：“%s”",
  ["%zu: a record of %zu cells, and a table has at most %d columns (another "
    .. "--delimiter?)"] =
    "%zu: 一条记录有 %zu 格，而表最多 %d 列（换一个 --delimiter？）",
  ["1: the file is empty"] = "1: 文件是空的",
  ["%zu: nothing is left behind %zu skipped lines"] = "%zu: 跳过 %zu 行之后什么也没有了",
  ["%zu: %zu column names are given for %zu columns"] = "%zu: 给了 %zu 个列名，文件有 %zu 列",
  ["1: the file changed while it was read"] = "1: 读取期间文件被改动",
  ["%zu: '%s' changed while the file was read"] = "%zu: 读取期间“%s”被改动",
  -- encodings
  ["%zu: byte %zu of the file (0x%02X) is not %s; name the encoding with --encoding"] =
    "%zu: 文件的第 %zu 字节（0x%02X）不是 %s；请用 --encoding 指明编码",
  ["UTF-8, and the file is not GB18030 either"] = "UTF-8，整个文件也不是 GB18030",
  ["%zu: the file ends in the middle of a character of %s"] =
    "%zu: 文件在一个 %s 字符中间中断",
  ["1: the encoding '%s' is not known"] = "1: 不认识编码“%s”",
  ["%zu: this is a binary file, not text (%s)"] = "%zu: 这是二进制文件，不是文本（%s）",
  ["NUL byte"] = "含 NUL 字节",
  ["a zip archive; .xlsx files are such"] = "zip 压缩包，.xlsx 即是",
  ["an old Office document (.xls, .doc)"] = "旧版 Office 文档（.xls、.doc）",
  ["a PDF document"] = "PDF 文档",
  ["an SQLite database"] = "SQLite 数据库",
  ["a gzip archive"] = "gzip 压缩包",
  -- options
  ["1: a type is given for '%s', no such column"] = "1: 为“%s”指定了类型，但没有这一列",
  ["1: a type is given for '%s', no such column (did you mean '%s'?)"] =
    "1: 为“%s”指定了类型，但没有这一列（是否指“%s”？）",
  ["'%s' is no type for column '%s'; there are: int decimal "
    .. "decimal(2) real text bool period year quarter month day"] =
    "“%s”不是列“%s”可用的类型，可用：int decimal decimal(2) real text bool "
    .. "period year quarter month day",
  ["the delimiter must be one byte or 'tab', not '%s'"] = "分隔符必须是一个字节或 tab，不能是“%s”",
  ["the decimal mark must be . or , not '%s'"] = "小数点只能是 . 或 , 不能是“%s”",
  ["the thousands separator must be . , ' or a blank, not '%s'"] =
    "千分位只能是 . , ' 或空格，不能是“%s”",
  ["the decimal mark and the thousands separator are the same"] = "小数点与千分位相同",
  ["the lines to skip cannot be less than 0"] = "要跳过的行数不能小于 0",
  -- cells (stand behind: column "…": )
  ["%zu: column \"%s\": %s"] = "%zu: 列“%s”：%s",
  ["1: column \"%s\" is empty"] = "1: 列“%s”全空",
  ["1: column \"%s\" was asked for as another type"] = "1: 列“%s”已指定为别的类型",
  ["\"%s\" is not a number"] = "“%s”不是数",
  ["\"%s\" is not a number (%s)"] = "“%s”不是数（%s）",
  ["letter O?"] = "是字母 O？",
  ["letter l?"] = "是字母 l？",
  ["letter I?"] = "是字母 I？",
  ["currency sign?"] = "有货币符号？",
  ["decimal comma? use --decimal ,"] = "小数点是逗号？请用 --decimal ,",
  ["decimal point? use --decimal ."] = "小数点是句点？请用 --decimal .",
  ["empty text in quotes"] = "引号内的空文本",
  ["a code? it starts with a zero"] = "是代码？以 0 开头",
  ["with \"%s\" the column needs more than 18 digits"] = "有了“%s”，这一列需要超过 18 位数字",
  ["\"%s\" is beyond the range of amounts"] = "“%s”超出金额范围",
  ["\"%s\" is not an exact amount (it has an exponent)"] = "“%s”不是精确金额（带指数）",
  ["\"%s\" has another unit than \"%s\" in line %zu"] = "“%s”与“%s”（第 %zu 行）单位不同",
  ["\"%s\" has another decimal mark than \"%s\" in line %zu"] =
    "“%s”与“%s”（第 %zu 行）小数点写法不同",
  ["\"%s\" has more than %d decimals"] = "“%s”的小数超过 %d 位",
  ["\"%s\" is neither true nor false"] = "“%s”既不是 true 也不是 false",
  ["\"%s\" is not a period"] = "“%s”不是期间",
  ["\"%s\" is not a %s"] = "“%s”不是%s",
  year = "年", quarter = "季度", month = "月", day = "日",
  -- files
  ["cannot write '%s' (%s)"] = "写不了“%s”（%s）",
  ["Is a directory"] = "这是一个目录",
  ["Not a directory"] = "不是目录",
  ["File name too long"] = "文件名过长",
  ["Read-only file system"] = "文件系统只读",
  ["Disk quota exceeded"] = "超出磁盘配额",
  ["Input/output error"] = "输入输出错误",
  -- notes
  ["duplicate column name '%s': column %zu is called '%s'"] = "列名“%s”重复：第 %zu 列改称“%s”",
  ["%zu more duplicate column names were numbered"] = "另有 %zu 个重复列名也编了号",
  ["column %zu has no name: called '%s'"] = "第 %zu 列没有名称：称为“%s”",
  ["%zu more columns without a name"] = "另有 %zu 列没有名称",
  ["column '%s': a lone '-' is read as missing (cells: %zu)"] =
    "列“%s”：单独的“-”按缺失处理（%zu 格）",
  ["column '%s': \"\" is read as missing, as every cell is quoted (cells: %zu)"] =
    "列“%s”：各格都带引号，\"\" 按缺失处理（%zu 格）",
  ["column '%s': '%s' (line %zu) could mean two numbers; "
    .. "read with a decimal point (--decimal , for the other)"] =
    "列“%s”：“%s”（第 %zu 行）有两种读法，按句点为小数点读（另一种用 --decimal ,）",
  ["column '%s': no figure, only words for missing (line %zu: '%s')"] =
    "列“%s”：没有数字，只有表示缺失的字样（第 %zu 行：“%s”）",
  ["no figure, only words for missing (line %zu: '%s')"] =
    "没有数字，只有表示缺失的字样（第 %zu 行：“%s”）",
  ["%zu: column \"%s\": no figure, only words for missing (\"%s\")"] =
    "%zu: 列“%s”：没有数字，只有表示缺失的字样（“%s”）",
  ["column '%s': every cell is empty"] = "列“%s”：各格全空",
  -- --explain
  ["encoding: %s (%s)"] = "编码：%s（%s）",
  ["as asked"] = "按指定",
  ["byte order mark"] = "有字节序标记",
  ["valid UTF-8"] = "是合法的 UTF-8",
  ["ASCII only"] = "只有 ASCII",
  ["not UTF-8, valid GB18030"] = "不是 UTF-8，是合法的 GB18030",
  ["delimiter: %s (%s)"] = "分隔符：%s（%s）",
  ["%zu fields in %zu of the first %zu records"] = "每行 %zu 个字段，前几行中有 %zu/%zu 行如此",
  ["no delimiter splits the first records: one column"] = "没有分隔符能拆开前几行：只有一列",
  ["column '%s': %s (%s)"] = "列“%s”：%s（%s）",
  ["line %zu: '%s' is not a number"] = "第 %zu 行：“%s”不是数",
  ["line %zu: '%s' starts with a zero, as codes do"] = "第 %zu 行：“%s”以 0 开头，像代码",
  ["line %zu: '%s' has more than 18 digits"] = "第 %zu 行：“%s”超过 18 位数字",
  ["line %zu: with '%s' the column needs more than 18 digits"] =
    "第 %zu 行：有了“%s”，这一列需要超过 18 位数字",
  ["line %zu: '%s' is beyond the range of numbers"] = "第 %zu 行：“%s”超出数的范围",
  ["line %zu: '%s' and line %zu: '%s' differ in unit"] = "第 %zu 行“%s”与第 %zu 行“%s”单位不同",
  ["line %zu: '%s' and line %zu: '%s' differ in decimal mark"] =
    "第 %zu 行“%s”与第 %zu 行“%s”小数点写法不同",
  ["line %zu: \"\" is empty text"] = "第 %zu 行：\"\" 是空文本",
  ["line %zu: '%s' has an exponent"] = "第 %zu 行：“%s”带指数",
  ["every cell is empty"] = "各格全空",
  ["no rows"] = "没有数据行",
  ["nothing but dashes"] = "只有“-”",
  ["years"] = "年份",
  ["whole numbers%s%s%s"] = "整数%s%s%s",
  ["whole numbers"] = "整数",
  ["decimal places: %d%s%s%s"] = "小数位：%d%s%s%s",
  ["decimal places: %d"] = "小数位：%d",
  ["decimal places: %d, decimal comma"] = "小数位：%d，逗号为小数点",
  ["decimal places: %d, in %s"] = "小数位：%d，单位 %s",
  ["decimal places: %d, decimal comma, in %s"] = "小数位：%d，逗号为小数点，单位 %s",
  ["whole numbers, decimal comma"] = "整数，逗号为小数点",
  ["whole numbers, in %s"] = "整数，单位 %s",
  ["whole numbers, decimal comma, in %s"] = "整数，逗号为小数点，单位 %s",
  [", decimal comma"] = "，逗号为小数点",
  ["every cell is a %s"] = "各格都是%s",
  ["every cell is true or false"] = "各格都是 true 或 false",
}

-- Messages are looked up without their place, "budget.csv:17:3: ".
local bare = {}
for english, chinese in pairs(M) do
  local rest = english:match("^[%%zu1:]+: (.+)$")
  if rest ~= nil and M[rest] == nil then
    bare[rest] = chinese:match("^[%%zu1:]+: (.+)$")
  end
end
for english, chinese in pairs(bare) do M[english] = chinese end

return M

--- Chinese: reading files of every kind: errors, notes, --explain, help.

local M = {
  -- help
  ["the line of the header (detected when not given)"] =
    "表头所在的行（不给时自动识别）",
  ["texts that mean: missing; TEXT=0 means: zero"] =
    "表示缺失的文字；写成 TEXT=0 则表示零",
  ["leave out rows with another number of cells, and say so"] =
    "略去单元格个数不符的行，并说明",
  ["rows that are sums of other rows: keep (default) or leave out"] =
    "是其他行合计的行：keep 保留（默认），drop 略去",
  ["multiply amounts by the unit in this column: x1000, mln, 万元"] =
    "按此列的单位（x1000、mln、万元）换算金额",
  ["add a column with the name of each row's file"] = "加一列，写各行所在的文件名",
  ["the resource of a data package (the first one when not given)"] =
    "数据包里的资源（不给时取第一个）",
  ["read as this mapping file says; see --save-map"] =
    "按此映射文件读取；见 --save-map",
  ["write how the source was read, and its columns' roles, for --map"] =
    "写出读取方式和各列角色，供 --map 使用",
  -- errors
  ["the header's line cannot be less than 1"] = "表头的行号不能小于 1",
  ["%zu: the header is asked for here, but there is no record among the "
    .. "first ones"] = "%zu：指定表头在此，但前面的记录里没有这一行",
  ["\"%s\" could mean two numbers, as the column mixes decimal marks: use "
    .. "--decimal"] = "“%s”有两种读法，因为这一列混用小数点写法：请用 --decimal",
  -- looking over
  ["row %d ('%s') is a total of other rows: %s"] = "第 %d 条记录（“%s”）是其他行的合计：%s",
  ["a row ('%s') is the sum of all other rows that are counted: kept, so sums "
    .. "count it twice (--totals drop leaves it out)"] =
    "有一行（“%s”）等于其余参与计算各行之和：保留，因此合计会重复计入（--totals drop 可剔除）",
  ["a row ('%s') is a third of all that is counted, as a total of subtotals is: "
    .. "kept, so sums may count it three times (--totals drop leaves out totals)"] =
    "有一行（“%s”）等于参与计算各行之和的三分之一，小计之上的总计即如此：保留，因此合计可能重复计入"
    .. "三次（--totals drop 可剔除合计行）",
  ["column '%s': the rows of '%s' say that they are totals of other rows: kept, "
    .. "so sums may count them twice (--totals drop leaves out those that are)"] =
    "“%s”列：“%s”各行自称是其他行的合计：保留，因此合计可能重复计入"
    .. "（--totals drop 可剔除其中确实如此的行）",
  ["a large file: only the columns of this report were looked over for totals "
    .. "and lost zeros (--explain looks over all)"] =
    "文件较大：只检查了本报表用到的列中的合计行和丢失的前导零（--explain 检查全部）",
  ["row %d ('%s') is the sum of all other rows: %s"] =
    "第 %d 条记录（“%s”）等于其余各行之和：%s",
  ["%d more rows are totals of other rows: %s"] = "另有 %d 条记录是其他行的合计：%s",
  ["left out"] = "已略去", ["kept"] = "保留",
  ["kept, so sums count it twice (--totals drop leaves it out)"] =
    "保留，求和会重复计入（用 --totals drop 略去）",
  ["rows that are totals of others: %d (%s); that only say so: %d"] =
    "是合计的行：%d（%s）；只是写着合计的行：%d",
  ["rows that say they are totals, but are no sums of other rows: %d, kept"] =
    "写着合计、但不等于其他行之和的行：%d，已保留",
  ["column '%s': %d of %d codes are shorter than the others' %d digits: "
    .. "leading zeros may be lost"] =
    "列“%s”：%d 个代码（共 %d 个）不足 %d 位：开头的 0 可能已丢失",
  ["unit: %s (line %d)"] = "单位：%s（第 %d 行）",
  ["column '%s': '%s' is no unit of money"] = "列“%s”：“%s”不是金额单位",
  ["column '%s' names no unit"] = "列“%s”里没有单位",
  ["column '%s' mixes units of 元 with others"] = "列“%s”既有元也有其他单位",
  ["amounts were multiplied by the units in column '%s': %s"] =
    "已按列“%s”的单位换算金额：%s",
  ["column '%s' names different units: amounts are not comparable before "
    .. "--unit-column multiplies them out"] =
    "列“%s”里有不同的单位：先用 --unit-column 换算，金额才可比",
  -- several files
  ["%s: no column '%s': missing in its rows"] = "%s：没有列“%s”：其各行按缺失计",
  ["'%s' is named twice: its rows are there twice"] =
    "“%s”给了两次：其各行计两次",
  ["%s: its columns stand in another order: bound by name"] =
    "%s：各列顺序不同：按列名合并",
  ["column '%s' is in %s in '%s' and in %s before: bring them to one unit"] =
    "列“%s”的单位：%s（在“%s”），此前为 %s：请统一单位",
  ["'%s' has a column '%s' already"] = "“%s”已有列“%s”",
  -- mapping files
  ["%s'%s' must be %s"] = "%s“%s”应为%s",
  ["a text"] = "文本", ["true or false"] = "true 或 false",
  ["a whole number"] = "整数", ["a list of texts"] = "文本的列表",
  ["an object of texts"] = "值为文本的对象",
  ["an object of objects"] = "值为对象的对象",
  ["'totals' must be keep or drop, not '%s'"] = "“totals”应为 keep 或 drop，而不是“%s”",
  ["column '%s': 'role' must be measure or dimension, not '%s'"] =
    "列“%s”：“role”应为 measure 或 dimension，而不是“%s”",
  ["%s: a mapping is one object of options"] = "%s：映射文件应是一个由选项组成的对象",
  ["the mapping has a role for '%s', no such column"] =
    "映射文件里有“%s”的角色，但没有这一列",
  -- data packages
  ["%s: the package has no resources"] = "%s：数据包里没有资源",
  ["%s: no resource '%s'; there are: %s"] = "%s：没有资源“%s”；现有：%s",
  ["%s: a resource has no path to a file"] = "%s：资源没有指向文件的路径",
  ["%s: '%s' lies on the network: fetch it and name the file"] =
    "%s：“%s”在网络上：请先下载再写文件名",
  ["%s: '%s' lies outside of the package"] = "%s：“%s”不在数据包的文件夹内",
  ["%s: a package is an object"] = "%s：数据包应是一个对象",
  ["the package describes a column '%s', which the file does not have"] =
    "数据包里写有列“%s”，文件里却没有",
  ["resource '%s' is read, of: %s (--resource)"] =
    "读取资源“%s”，现有：%s（用 --resource 指定）",
  ["role of '%s': %s"] = "“%s”的角色：%s",
  ["'%s': a package is called datapackage.json"] = "“%s”：数据包须名为 datapackage.json",
  -- JSON
  ["%zu: %s: '%s'"] = "%zu：%s：“%s”",
  ["this is no number of JSON"] = "不是 JSON 的数",
  ["four hex digits are missing"] = "缺少四位十六进制数字",
  ["the text ends here"] = "文本到此结束",
  ["no such escape"] = "没有这种转义",
  ["this text is never closed"] = "这段文本没有结尾的引号",
  ["a line end or control character within a text"] = "文本里有换行或控制字符",
  ["this is no JSON"] = "不是 JSON",
  -- the same where the line stands in the place before them
  ["this is no JSON: '%s'"] = "不是 JSON：“%s”",
  ["this is no number of JSON: '%s'"] = "不是 JSON 的数：“%s”",
  ["four hex digits are missing: '%s'"] = "缺少四位十六进制数字：“%s”",
  ["the text ends here: '%s'"] = "文本到此结束：“%s”",
  ["no such escape: '%s'"] = "没有这种转义：“%s”",
  ["this text is never closed: '%s'"] = "这段文本没有结尾的引号：“%s”",
  ["a line end or control character within a text: '%s'"] =
    "文本里有换行或控制字符：“%s”",
  ["%zu: %s instead of %s"] = "%zu：此处是 %s，应为 %s",
  ["a value"] = "值",
  ["the end"] = "结尾",
  ["a string"] = "字符串",
  ["a number"] = "数",
  ["a key in quotes"] = "带引号的键",
  ["'[': an array of objects"] = "“[”：对象的数组",
  ["'{': an object of the array"] = "“{”：数组里的对象",
  ["%zu: more than %d different keys"] = "%zu：不同的键超过 %d 个",
  ["%zu: the key \"%s\" stands twice in object %zu"] =
    "%zu：键“%s”出现两次，在对象 %zu 中",
  ["%zu: object %zu: the text of \"%s\" holds \\u0000, which is no character: "
    .. "take it out"] =
    "%zu：第 %zu 个对象：“%s”的文本含有 \\u0000，不是字符：请删去",
  ["%zu: object %zu: a key holds \\u0000, which is no character: take it out"] =
    "%zu：第 %zu 个对象：键名含有 \\u0000，不是字符：请删去",
  ["%zu: object %zu: \"%s\" is an %s, not a value: lay it out as plain keys"] =
    "%zu：对象 %zu：“%s”是 %s 而不是值：请展开为普通的键",
  ["object"] = "对象", ["array"] = "数组",
  ["%zu: more than 2 GiB of cells"] = "%zu：单元格超过 2 GiB",
  ["%zu: a number out of range"] = "%zu：数超出范围",
  ["%zu: a key stands twice in one object"] = "%zu：同一对象中有重复的键",
  ["%zu: nested more than %d deep"] = "%zu：嵌套超过 %d 层",
  ["%s: the array holds no objects"] = "%s：数组里没有对象",
  ["%s: the array holds objects without keys"] = "%s：数组里的对象没有键",
  ["objects: %d, keys: %d"] = "对象：%d 个，键：%d 个",
  -- notes
  ["line %zu is not part of the table: '%s'"] = "第 %zu 行不属于表格：“%s”",
  ["%zu more lines are not part of the table"] = "另有 %zu 行不属于表格",
  ["the header stands %zu more times among the data: left out"] =
    "数据中又出现 %zu 次表头：已略去",
  ["rows without a value in any cell: %zu"] = "各格全空的行：%zu",
  ["line %zu has another number of fields: left out"] =
    "第 %zu 行字段个数不符：已略去",
  ["%zu more records with another number of fields were left out"] =
    "另有 %zu 条记录字段个数不符，已略去",
  ["column '%s': words like '%s' (line %zu) are read as missing (cells: %zu)"] =
    "列“%s”：“%s”（第 %zu 行）这类文字按缺失读（%zu 格）",
  ["column '%s': texts are read as zero, as asked (cells: %zu)"] =
    "列“%s”：按指定把文字读作零（%zu 格）",
  ["column '%s': decimal marks are mixed ('%s' in line %zu): each cell is read "
    .. "by its own"] = "列“%s”：小数点写法混用（“%s”在第 %zu 行）：各格按自己的写法读",
  ["column '%s': amounts in different units were multiplied out"] =
    "列“%s”：不同单位的金额已换算",
  ["column '%s': amounts in different units were multiplied out: all are %s"] =
    "列“%s”：不同单位的金额已换算为%s",
  ["the file is not UTF-8: read as %s, which its letters look like "
    .. "(--encoding for another)"] =
    "文件不是 UTF-8：看字母像 %s，按此读取（可用 --encoding 另定）",
  ["lines that are not UTF-8, read as %s: %zu (%s)"] =
    "不是 UTF-8 而按 %s 读取的行：%zu 行（%s）",
  -- --explain
  ["UTF-8 but for some lines"] = "UTF-8，个别行除外",
  ["NUL bytes as in UTF-16"] = "NUL 字节的位置与 UTF-16 相符",
  ["not UTF-8; its letters are those of CP850"] = "不是 UTF-8；字母像 CP850",
  ["not UTF-8; its letters are those of Windows-1252"] =
    "不是 UTF-8；字母像 Windows-1252",
  ["not UTF-8; its pairs are those of Big5"] = "不是 UTF-8；字形像 Big5",
  ["header: line %d (%s)"] = "表头：第 %d 行（%s）",
  ["header: none (%s)"] = "表头：无（%s）",
  ["the first record"] = "首条记录",
  ["the first record left"] = "余下的首条记录",
  ["two records together"] = "两行合成",
  ["the record of texts above the first amounts"] = "首个金额上方的文字行",
  ["the first record with most cells filled"] = "首条填得较满的记录",
  ["the first record, of rising whole numbers"] = "首条记录，整数递增",
  ["amounts begin without names above"] = "金额上方没有名称",
  ["lines: %d = skipped %d, header %d, data %d, blank %d, junk %d, bad %d; "
    .. "rows: %d"] =
    "行：%d = 跳过 %d、表头 %d、数据 %d、空行 %d、表外 %d、不合格 %d；数据记录：%d",
  ["line %zu: '%s' could mean two numbers, as decimal marks are mixed"] =
    "第 %zu 行：“%s”有两种读法，小数点写法混用",
}

local bare = {}
for english, chinese in pairs(M) do
  local rest = english:match("^%%zu: (.+)$")
  if rest ~= nil and M[rest] == nil then
    bare[rest] = chinese:match("^%%zu：(.+)$")
  end
end
for english, chinese in pairs(bare) do M[english] = chinese end

return M

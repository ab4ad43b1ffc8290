--- Chinese for what the parser of expressions and the verbs in Lua say.

local M = {
  ["column '%.180s' is %s"] = "列“%.180s”的类型是 %s",
  ["%.180s is %s"] = "%.180s 的类型是 %s",
  ["text"] = "文本",
  ["int"] = "int", -- types that have no other name, but say what "%s is" is
  ["real"] = "real",
  ["bool"] = "bool",
  ["a period"] = "期间",
  ["a period with a quarter"] = "含季度的期间",
  ["a period with a month"] = "含月份的期间",
  ["a constant whole number"] = "常量整数",
  ["a constant whole number from -18 to 18"] = "−18 到 18 的常量整数",
  ["a constant text"] = "常量文本",
  ["%s: near \"%s\" (%s)"] = "%s：在“%s”附近（%s）",
  ["%s: at the end (%s)"] = "%s：在结尾处（%s）",
  ["did you mean \"%s\"?"] = "是否指“%s”？",
  ["write %s"] = "请写 %s",
  ["numbers are written without commas"] = "数字中不写逗号",
  ["a summary of rows stands in --agg or summarise only"] =
    "对多行的汇总只能用在 --agg 或 summarise 中",
  ["\"%s\" expected"] = "此处应为“%s”",
  ["\"%s\" expected, to close what begins at \"%s\""] =
    "应有“%s”，与“%s”处的开头配对",
  ["a column, a number or a text expected"] = "此处应为列、数或文本",
  ["an operator expected"] = "此处应为运算符",
  ["comparisons do not chain: write a < b and b < c"] =
    "比较不能连写：请写 a < b and b < c",
  ["a text is never closed: %s expected"] = "文本没有结束，缺少 %s",
  ["no such sign"] = "没有这个符号",
  ["longer than %d bytes"] = "超过 %d 字节",
  ["the text is not UTF-8"] = "文本不是 UTF-8",
  ["the whole number does not fit in 64 bits"] = "整数超出 64 位",
  ["a decimal holds at most 18 digits"] = "小数最多 18 位数字",
  ["the number is too large"] = "数值过大",
  ["a number and a letter stick together"] = "数字与字母连在一起",
  ["numbers are decimal, not hexadecimal"] = "数字须为十进制，不能用十六进制",
  ["col takes the name of a column: col\"项目 名称\""] =
    "col 后须为列名：col\"项目 名称\"",
  ["a summary expected, such as sum(amount); there are: %s"] =
    "此处应为汇总，如 sum(amount)，现有：%s",
  ["there is no summary '%s'; there are: %s"] = "没有汇总“%s”，现有：%s",
  ["one summary was expected: %s"] = "此处只能有一个汇总：%s",
  ["a summary is made by ev.sum, ev.count, ... or a text such as "
    .. "\"sum(amount)\""] =
    "汇总由 ev.sum、ev.count 等构成，或写成“sum(amount)”这样的文本",
  ["an expression was expected, not a %s"] = "应为表达式，不能是 %s",
  ["an expression was expected, not %s: Lua's == and < cannot build one, write "
    .. "ev.col.x:eq(y) or the text \"x == y\""] =
    "应为表达式，不能是 %s：Lua 的 == 和 < 不能构成表达式，请写 ev.col.x:eq(y) "
    .. "或文本 \"x == y\"",
  ["names of columns were expected, not a %s"] = "应为列名，不能是 %s",
  ["a number of rows was expected, not %s"] = "应为行数，不能是 %s",
  ["a table was expected, not a %s"] = "应为表，不能是 %s",
  ["{name = expression} was expected"] = "应为 {列名 = 表达式}",
  ["item %d is not {name, expression}"] = "第 %d 项不是 {列名, 表达式}",
  ["{name = ev.sum(...)} was expected, not a %s"] =
    "应为 {列名 = ev.sum(...)}，不能是 %s",
  ["order names '%s', which is not there"] = "order 中的“%s”不存在",
  ["%s: malformed pattern (%s)"] = "%s：匹配模式有误（%s）",
  ["malformed pattern (%s)"] = "匹配模式有误（%s）",
}

for scale = 0, 18 do
  local decimal = ("decimal(%d)"):format(scale)
  M[decimal] = decimal
end

--- A verb's name stands before what went wrong in it.
for verb, name in pairs { where = "筛选", mutate = "计算列", arrange = "排序",
  distinct = "去重", select = "选列", rename = "改名", group_by = "分组",
  summarise = "汇总", count = "计数", eval = "求值", collect = "取数", head = "前几行",
  tail = "后几行", bind_rows = "合并", write = "写出" } do
  M[verb .. ": %s"] = ("%s（%s）：%%s"):format(name, verb)
end

return M

--- Chinese for `evalua help expressions`.

return {
  ["Expressions: Lua's syntax over the names of columns"] =
    "表达式：按 Lua 语法书写，直接使用列名",
  ["Comparing and computing:"] = "比较与计算：",
  ["== ~= < <= > >=, joined by and, or, not"] =
    "== ~= < <= > >=，用 and（且）、or（或）、not（非）连接",
  ["a column whose name is no single word"] = "列名中有空格或符号时",
  ["+ - * are exact; / and ^ give a real number"] =
    "+ - * 精确计算；/ 与 ^ 得实数",
  ["// and % round down, as in Lua; nothing is divided by 0: missing"] =
    "// 取整、% 取余，与 Lua 相同；除数为 0 时结果缺失",
  ["one text of several"] = "连接成一个文本",
  ["a period beside a text that reads as one"] = "期间可与写成期间的文本比较",
  ["Choosing:"] = "按条件取值：",
  ["the first where the condition holds, else the second"] =
    "条件成立取前者，否则取后者",
  ["the value behind the first condition that holds"] =
    "取第一个成立的条件后面的值",
  ["Functions:"] = "函数：",
  ["round: halves to the even digit"] = "round：四舍六入五成双",
  ["the least, the greatest in the row"] = "同一行各值中的最小、最大",
  ["100 part / whole, to 6 decimals"] = "100 × 部分 ÷ 整体，保留 6 位小数",
  ["whether it is missing; the first that is not"] =
    "是否缺失；第一个不缺失的值",
  ["parts of a period"] = "期间的年、季、月",
  ["len: in characters"] = "小写、大写；len 为字符数",
  ["characters of a text; -1 is the last one"] =
    "截取文本中的字符；-1 为最后一个",
  ["whether the text holds the Lua pattern"] = "文本是否含有该 Lua 模式",
  ["Summaries (--agg, summarise):"] = "汇总（--agg、summarise）：",
  ["a name, a summary, an expression"] = "名称、汇总方法、表达式",
  ["p from 0 to 1"] = "p 取 0 到 1",
  ["rows; values that are there; different values"] =
    "行数；不缺失的个数；不同值的个数",
  ["of the group"] = "组内",
  ["of a sample; share: percent of the sum over all groups"] =
    "样本方差、样本标准差；share：占各组合计的百分比",
  ["What is missing (NA):"] = "缺失（NA）：",
  ["missing where executed is: that is not 0"] =
    "executed 缺失时结果也缺失，不是 0",
  ["--where keeps only rows for which it is true"] =
    "--where 只保留结果为真的行",
  ["missing where kind is"] = "kind 缺失时结果也缺失",
  ["leaves it out; of nothing it is missing, too"] =
    "略去缺失值；全部缺失时合计也缺失",
}

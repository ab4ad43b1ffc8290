--- Chinese words of reports and their notes.

return {
  ["Budget variance"] = "预算差异",
  ["Variance: %s against %s"] = "差异分析：%s 与 %s 比较",
  [" (%s)"] = "（%s）",
  ["Variance"] = "差异",
  ["Variance %"] = "差异率",
  ["Rate"] = "执行率",
  ["Status"] = "情况",
  ["Material"] = "重大",
  ["Total"] = "合计",
  ["Subtotal"] = "小计",
  ["(missing)"] = "（未填）",
  ["n/a"] = "不适用",
  ["over"] = "超预算",
  ["under"] = "低于预算",
  ["on"] = "持平",
  ["unbudgeted"] = "无预算",
  ["unspent"] = "未执行",
  ["Report"] = "报告",
  ["Data"] = "数据",
  ["(no room for: %s)"] = "（宽度不够，未列：%s）",
  ["no adjusted budget is given: the original budget is the base"] =
    "未给出全年预算数（调整后预算）：以年初预算数为基数",
  ["rows of other versions are not compared: %s"] =
    "其他版本的行未参与比较：%s",
  ["rows not shown: %s"] = "未列出的行数：%s",
  ["rows not shown: %s; together they vary by %s"] =
    "另有 %s 行未列出，差异合计 %s",
  ["a share beyond 9.2 trillion percent is not written out"] =
    "超过 9.2 万亿 % 的比率不列出",
  ["revenue and expense are not added up: ask for revenue minus expense with "
    .. "--net"] = "收入与支出不相加：如需收支差额，请用 --net",
  ["n/a: there is no share of a base that is zero or missing"] =
    "不适用：基数为零或未给出，无法计算比率",
  ["amounts are shown in %s, rounded to 2 decimals; csv and json keep the "
    .. "source's"] = "金额以%s列示，保留两位小数；csv 和 json 保持原单位",
}

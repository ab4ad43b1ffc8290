--- The charts' words, keyed by their English.
local M = {}

local zh = {
  ["budget"] = "预算",
  ["prior year"] = "上年",
  ["actual"] = "实际",
  ["forecast"] = "预测",
  ["Expenditure"] = "支出",
  ["Revenue"] = "收入",
  ["year %s"] = "%s 年",
  ["Variance"] = "差异",
  ["Total"] = "合计",
  ["(none)"] = "（未填）",
  ["Others (%s)"] = "其他（%s 项）",
  ["in %s"] = "（%s）",
  ["%s vs %s"] = "%s 对%s",
  ["bridge from %s to %s"] = "从%s 到%s 的差异构成",
  -- the line at the foot
  ["Source: %s"] = "来源：%s",
  ["Over %s = unfavourable (red), under = favourable (green)"] =
    "高于%s为不利（红），低于%s为有利（绿）",
  ["Over %s = favourable (green), under = unfavourable (red)"] =
    "高于%s为有利（绿），低于%s为不利（红）",
  ["Green = favourable, red = unfavourable"] = "绿为有利，红为不利",
  ["Over %s = unfavourable (red), under = favourable (blue)"] =
    "高于%s为不利（红），低于%s为有利（蓝）",
  ["Over %s = favourable (blue), under = unfavourable (red)"] =
    "高于%s为有利（蓝），低于%s为不利（红）",
  ["Blue = favourable, red = unfavourable"] = "蓝为有利，红为不利",
  ["Sorted by size of variance"] = "按差异绝对值由大到小排列",
  ["Sorted by variance"] = "按差异由大到小排列",
  ["Arrow = beyond the scale"] = "箭头表示百分比超出刻度",
  -- the message
  ["Every line is exactly on %s"] = "各项均与%s一致",
  ["No figures"] = "没有数据",
  ["The total is exactly on %s"] = "合计与%s持平",
  ["%s: %s over %s"] = "%s超%s %s",
  ["%s: %s under %s"] = "%s低于%s %s",
  ["%s: %s above %s"] = "%s比%s多 %s",
  ["%s: %s below %s"] = "%s比%s少 %s",
  ["%s: slightly over %s"] = "%s略超%s",
  ["%s: slightly under %s"] = "%s略低于%s",
  ["%s: slightly above %s"] = "%s略多于%s",
  ["%s: slightly below %s"] = "%s略少于%s",
  [", the only overrun"] = "，是超支的唯一来源",
  [", the only line over"] = "，是唯一高于预算的一项",
  [", the only line under"] = "，是唯一低于预算的一项",
  [", the only line above"] = "，是唯一增加的一项",
  [", the only line below"] = "，是唯一减少的一项",
  [", %s alone by %s"] = "，仅%s一项就达 %s",
  [", %s and %s together by %s"] = "，%s与%s两项共 %s",
}

--- The text in `lang`, with its %s filled in.
---@param lang string "zh" or "en"
---@param text string
---@return string
function M.text(lang, text, ...)
  return ((lang == "zh" and zh[text] or text):format(...))
end

--- Is there a translation? For the spec.
function M.has(text)
  return zh[text] ~= nil
end

return M

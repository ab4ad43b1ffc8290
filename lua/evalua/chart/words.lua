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
  ["rows"] = "行数",
  ["Others (%s)"] = "其他（%s\u{A0}项）",
  ["in %s"] = "（%s）",
  ["%s vs %s"] = "%s 对%s",
  ["{1} or {2}"] = "{1}或{2}",
  ["{1} vs {2} and {3}"] = "{1} 对{2} 与{3}",
  ["bridge from %s to %s"] = "从%s 到%s 的差异构成",
  ["bridge from {1} over {2} to {3}"] = "从{1} 经{2} 到{3} 的差异构成",
  ["Differences × {1}"] = "差异放大 {1} 倍",
  -- the line at the foot
  ["Source: %s"] = "来源：%s",
  ["Over %s = unfavourable (%s), under = favourable (%s)"] =
    "高于%s为不利（%s），低于%s为有利（%s）",
  ["Over %s = favourable (%s), under = unfavourable (%s)"] =
    "高于%s为有利（%s），低于%s为不利（%s）",
  ["%s = favourable, %s = unfavourable"] = "%s为有利，%s为不利",
  ["green"] = "绿", ["red"] = "红", ["blue"] = "蓝", ["grey"] = "灰",
  ["Within ±{1}% = neutral (grey)"] = "±{1}% 以内不作判断（灰）",
  ["Sorted by size of variance"] = "按差异绝对值由大到小排列",
  ["Sorted by variance"] = "按差异由大到小排列",
  ["Arrow = beyond the scale"] = "箭头表示百分比超出刻度",
  ["The amounts share one scale"] = "各金额分图刻度相同",
  ["Only the last {1} of {2} periods"] = "仅列最近 {1} 期（共 {2} 期）",
  ["Rows without a period are left out"] = "未注明期间的行未计入",
  ["Performance indicators"] = "绩效指标",
  ["{1} and {2}"] = "{1} 与{2}",
  ["{1}, {2} with intervals of 80% and 95%"] =
    "{1}，{2} 含 80% 与 95% 区间",
  ["Intervals add up those of the single periods"] =
    "累计区间为各期区间之和",
  ["The axis does not begin at zero"] = "数值轴不从零开始",
  ["{1}, {2}"] = "{1}，{2}",
  ["{1}, cumulative"] = "累计{1}",
  ["No forecast: {1}"] = "无预测：{1}",
  ["Forecast by {1} from {2} periods"] = "预测方法 {1}，据 {2} 期数据",
  ["Used up in {1}"] = "{1}用尽",
  ["Expected to be used up in {1}"] = "预计 {1}用尽",
  ["Passed in {1}"] = "{1}超过",
  ["Expected to pass in {1}"] = "预计 {1}超过",
  ["The budget was used up in {1}"] = "预算已在 {1}用尽",
  ["The budget will be used up in {1}"] = "预算预计在 {1}用尽",
  ["Above the budget since {1}"] = "{1}起超过预算",
  ["Above the budget from {1} on"] = "预计 {1}起超过预算",
  ["{1} expected by {2}"] = "到 {2}预计 {1}",
  ["{1}; {2}"] = "{1}，{2}",
  ["{1} expected in {2} (80%: {3} to {4})"] =
    "{2}预计 {1}（80% 区间 {3} 至 {4}）",
  ["{1} in {2}"] = "{2} {1}",
  ["{1} on {2}"] = "{2} {1}",
  ["{1}, {2} on {3}"] = "{1}，比 {3} {2}",
  ["target"] = "目标",
  ["(target = 100%)"] = "（目标 = 100%）",
  ["(target = 100%; figures in {1})"] = "（目标 = 100%，数值以{1}计）",
  [" ({1})"] = "（{1}）",
  ["{1} ({2})"] = "{1}（{2}）",
  ["Bands: below {1}%, {1}–{2}% and above {2}% of the target"] =
    "灰色带：目标的 {1}% 以下、{1}–{2}%、{2}% 以上",
  ["{1} more indicators are not shown"] = "另有 {1} 项指标未列出",
  ["The indicator is on target"] = "指标已达标",
  ["{1} is off target ({2})"] = "{1}未达标（{2}）",
  ["All {1} indicators are on target"] = "{1} 项指标全部达标",
  ["None of {2} indicators on target"] = "{2} 项指标均未达标",
  ["{1} of {2} indicators on target"] = "{2} 项指标中 {1} 项达标",
  ["{1}; {2} is furthest from it ({3})"] = "{1}，{2}偏离目标最远（{3}）",
  ["Mirrored where less is better"] = "越少越好的指标以目标为轴对称",
  -- execution rates
  ["Execution rate"] = "预算执行率",
  ["Cumulative execution rate"] = "累计预算执行率",
  ["{1} is more than {2} points behind the plan"] =
    "{1}执行进度落后计划 {2} 个百分点以上",
  ["{1} and {2} are more than {3} points behind the plan"] =
    "{1}与{2}执行进度落后计划 {3} 个百分点以上",
  ["{1} of {2} are more than {3} points behind the plan, {4} most of all"] =
    "{2} 个单位中有 {1} 个落后计划 {3} 个百分点以上，{4}最多",
  ["{1} is furthest behind: {2}, plan {3}"] = "{1}执行进度最慢：{2}，计划 {3}",
  ["Nobody is behind the plan; {1} is lowest: {2}, plan {3}"] =
    "各单位均未落后于计划，{1}最低：{2}，计划 {3}",
  ["{1}; colour = gap to {2} (points)"] = "{1}，底色为与{2} 之差（百分点）",
  ["Gap to plan"] = "与计划之差",
  ["points"] = "百分点",
  ["{1} or more"] = "{1} 以上",
  ["{1} or less"] = "{1} 以下",
  ["{1} to {2}"] = "{1} 至 {2}",
  ["Incomplete years: rates of what is planned in the periods shown"] =
    "不完整的年度以所示各期预算之和为分母",
  ["– = not reported"] = "“–”表示未报数",
  ["Sorted by rate in {1}"] = "按 {1}执行率由高到低排列",
  ["Totals only of units that reported"] = "合计只含已报数的单位",
  -- multiples, slopes, shares
  ["{1}; one scale"] = "{1}，各图刻度相同",
  ["Sorted by sum"] = "按合计由大到小排列",
  ["Solid colour = above, outline = left of the plan"] =
    "实色为超出计划的部分，空框为未用的部分",
  ["{1} is largest: {2}"] = "{1}最大：{2}",
  ["{1}: {2} {3}"] = "{1}{3} {2}",
  ["{1} of {2} {3}, {4} most ({5})"] = "{2} 项中 {1} 项{3}，{4}最多（{5}）",
  ["{1} rises from {2} to {3}"] = "{1}由 {2} 升至 {3}",
  ["{1} falls from {2} to {3}"] = "{1}由 {2} 降至 {3}",
  ["{1} stays at {3}"] = "{1}仍为 {3}",
  ["{1}: {2} to {3}"] = "{1}：{2} 至 {3}",
  ["share of {1}"] = "{1}占比",
  ["Structure of {1}"] = "{1}结构",
  ["Parts in %"] = "各部分占比（%）",
  ["Shares are rounded so that they add up to 100"] =
    "占比按最大余数法取整，合计为 100",
  ["on the right: totals in {1}"] = "右侧为合计（{1}）",
  ["on the right: totals"] = "右侧为合计",
  ["{1} alone is {2} of the whole"] = "{1}一项就占 {2}",
  ["{1} of {2} make up {3}"] = "{2} 项中的 {1} 项占 {3}",
  ["{1} is largest of {2}: {3}"] = "{2} 项中{1}最大，占 {3}",
  ["from large to small; cumulative share in %"] = "由大到小，累计占比（%）",
  ["100% = {1}"] = "100% = {1}",
  ["Left out as not above zero: {1} ({2})"] =
    "{1} 项为零或负数，未计入（{2}）",
  -- charts over time
  ["over {1}"] = "超{1}",
  ["under {1}"] = "低于{1}",
  ["above {1}"] = "高于{1}",
  ["below {1}"] = "低于{1}",
  ["Highest in {1}: {2}; {3} in total"] = "{1}最高（{2}），合计 {3}",
  ["{1} {2} in total"] = "合计{2} {1}",
  ["{1} {2} in total, forecast included"] = "含预测合计{2} {1}",
  ["{1} since {2}; {3}"] = "自 {2}起持续{1}，{3}",
  ["{1}, most in {2} ({3})"] = "{1}，{2}最多（{3}）",
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

-- A Chinese character in UTF-8 (U+4000 to U+9FFF).
local CJK = "([\xE4-\xE9][\x80-\xBF][\x80-\xBF])"

--- Chinese leaves a blank between its own script and another.
local function spaced(text)
  return (text:gsub(CJK .. "(%w)", "%1 %2"):gsub("([%w%%])" .. CJK, "%1 %2"))
end

--- The text in `lang` with {1}, {2}, … filled in: where languages put the
--- parts in different order.
---@param lang string "zh" or "en"
---@param text string
---@return string
function M.say(lang, text, ...)
  local parts = { ... }
  local filled = (lang == "zh" and zh[text] or text):gsub("{(%d)}",
    function(i) return tostring(parts[tonumber(i)]) end)
  return lang == "zh" and spaced(filled) or filled
end

local heads = nil -- of data/classifications/heads.csv, by head

--- Chinese of common English heads of columns.
local function heads_known()
  if heads then return heads end
  local t = assert(require("evalua.core").csv.read(require("evalua").root()
    .. "/data/classifications/heads.csv", nil, {}))
  heads = {}
  for i = 1, t:nrows() do heads[t[i].head or ""] = t[i] end
  return heads
end

--- What a column is called beside an axis.
---@param lang string
---@param column string
---@return string
function M.column_name(lang, column)
  local known = lang == "zh" and heads_known()[column:lower()]
  return known and known.zh or column
end

local powers = { [3] = { "千", "thousand" }, [6] = { "百万", "million" },
  [9] = { "十亿", "billion" }, [12] = { "万亿", "trillion" } }

--- A power of ten in words, where it has some.
---@param lang string
---@param power integer
---@return string
function M.power(lang, power)
  local known = powers[power]
  return known and known[lang == "zh" and 1 or 2] or ("10^%d"):format(power)
end

--- What a column of this name measures, where it is a common word; a name that
--- is none stays as it is.
---@param lang string
---@param column string
---@return string
function M.column(lang, column)
  local known = lang == "zh" and heads_known()[column:lower()]
  return known and known.measure and known.zh
    or (column:gsub("^%l", string.upper))
end

--- Is there a translation? For the spec.
function M.has(text)
  return zh[text] ~= nil
end

return M

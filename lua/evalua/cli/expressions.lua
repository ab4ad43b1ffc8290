--- `evalua help expressions`: what --where and --agg, t:where, t:mutate and
--- summaries take. Groups of {what is written, what it means}.

local M = {}

M.title = "Expressions: Lua's syntax over the names of columns"

M.groups = {
  { title = "Comparing and computing:", items = {
    { 'year == 2022 and kind ~= "basic"',
      "== ~= < <= > >=, joined by and, or, not" },
    { 'col"actual 2022" > 1.5', "a column whose name is no single word" },
    { "1.1 * original - executed",
      "+ - * are exact; / and ^ give a real number" },
    { "year // 10", "// and % round down, as in Lua; nothing is divided by 0: "
      .. "missing" },
    { 'unit .. "/" .. year', "one text of several" },
    { 'month >= "2023-04"', "a period beside a text that reads as one" },
  } },
  { title = "Choosing:", items = {
    { 'executed > original and "over" or "within"',
      "the first where the condition holds, else the second" },
    { 'rate >= 90 and "A" or rate >= 80 and "B" or "C"',
      "the value behind the first condition that holds" },
  } },
  { title = "Functions:", items = {
    { "abs(x)  round(x[, digits])  floor(x)",
      "round: halves to the even digit" },
    { "min(a, b, ...)  max(a, b, ...)", "the least, the greatest in the row" },
    { "percent(part, whole)", "100 part / whole, to 6 decimals" },
    { "is_na(x)  coalesce(a, b, ...)",
      "whether it is missing; the first that is not" },
    { "year(p)  quarter(p)  month(p)", "parts of a period" },
    { "lower(s)  upper(s)  len(s)", "len: in characters" },
    { "sub(s, first[, last])", "characters of a text; -1 is the last one" },
    { "match(s, pattern)", "whether the text holds the Lua pattern" },
  } },
  { title = "Summaries (--agg, summarise):", items = {
    { "total = sum(executed - original)", "a name, a summary, an expression" },
    { "sum(x)  mean(x)  median(x)  quantile(x, p)", "p from 0 to 1" },
    { "count()  count(x)  n_distinct(x)",
      "rows; values that are there; different values" },
    { "min(x)  max(x)  first(x)  last(x)", "of the group" },
    { "var(x)  sd(x)  share(x)",
      "of a sample; share: percent of the sum over all groups" },
  } },
  { title = "What is missing (NA):", items = {
    { "executed * 0", "missing where executed is: that is not 0" },
    { "executed > 100", "--where keeps only rows for which it is true" },
    { 'kind == "basic" and 1 or 2', "missing where kind is" },
    { "total = sum(executed)", "leaves it out; of nothing it is missing, too" },
  } },
}

--- The page as text.
---@param text fun(english: string): string
---@return string
function M.page(text)
  local lines = { text(M.title) }
  for _, group in ipairs(M.groups) do
    lines[#lines + 1] = ""
    lines[#lines + 1] = text(group.title)
    for _, item in ipairs(group.items) do
      lines[#lines + 1] = ("  %-50s %s"):format(item[1], text(item[2]))
    end
  end
  return table.concat(lines, "\n") .. "\n"
end

return M

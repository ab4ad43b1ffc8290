--- What people of SQL, Excel, R and C write, in small letters, and what is
--- written here instead. Only loaded for a message.

local M = {}

local CHOICE = 'x > 0 and "yes" or "no"'
local MISSING, FIRST, PART = "is_na(x)", "coalesce(x, 0)", "sub(s, 1, 2)"
local FOUND = 'match(s, "^a")'

--- Functions.
M.functions = {
  ["and"] = "a and b", ["or"] = "a or b", ["not"] = "not a",
  ["if"] = CHOICE, iif = CHOICE, ifs = CHOICE, if_else = CHOICE,
  ifelse = CHOICE, case = CHOICE, case_when = CHOICE,
  isnull = MISSING, is_null = MISSING, isna = MISSING, isblank = MISSING,
  nvl = FIRST, ifnull = FIRST, ifna = FIRST, iferror = FIRST, replace_na = FIRST,
  substr = PART, substring = PART, left = PART, right = PART, mid = PART,
  contains = FOUND, like = FOUND, grepl = FOUND, find = FOUND, search = FOUND,
  length = "len(s)", nchar = "len(s)", concat = "a .. b", paste = "a .. b",
  sqrt = "x ^ 0.5", power = "x ^ 2", ceil = "-floor(-x)",
  ceiling = "-floor(-x)",
}

--- Words where an operator should stand, or just before.
M.words = {
  ["and"] = "and", ["or"] = "or", ["not"] = "not",
  ["if"] = CHOICE, case = CHOICE, when = CHOICE, ["then"] = CHOICE,
  ["?"] = CHOICE, is = MISSING, ["in"] = "x == 1 or x == 2", like = FOUND,
  between = "x >= 1 and x <= 9", mod = "x % 2", div = "x // 2",
}

--- Summaries.
M.summaries = { avg = "mean", average = "mean", std = "sd", stdev = "sd",
  stddev = "sd", variance = "var", total = "sum", nunique = "n_distinct",
  unique = "n_distinct", n_unique = "n_distinct", percentile = "quantile" }

return M

--- The options of charts, declared once: for the command line and its help,
--- and for Lua, where their words are joined by _.

local M = {}

--- Without `kinds` every kind takes it; `lua` is its name there, where that is
--- another. What is `general` describes the data: one call may draw all kinds
--- of them, and a kind that has no use for it leaves it out.
M.list = {
  { name = "by", general = true,
    kinds = "variance bridge bullet heatmap multiples slope share pareto",
    value = "COL[,COL]", list = true,
    help = "group the rows by these columns" },
  { name = "period", general = true,
    kinds = "columns trend heatmap multiples share", value = "COL",
    help = "the column with the months, quarters, days or years" },
  { name = "base", general = true,
    kinds = "variance bridge columns trend bullet heatmap multiples slope share",
    value = "COL",
    help = "the budget or target to compare with: a column, or a version with "
      .. "--phase" },
  { name = "actual", general = true,
    kinds = "variance bridge columns bullet heatmap slope share", value = "COL",
    help = "what happened: a column, or a version with --phase" },
  { name = "prior", general = true,
    kinds = "variance bridge columns share", value = "COL",
    help = "the year before" },
  { name = "forecast", general = true,
    kinds = "columns trend", value = "COL", help = "your own forecast" },
  { name = "value", general = true,
    kinds = "trend multiples share pareto", value = "COL",
    help = "the amounts of trend, multiples, pareto, and share over time" },
  { name = "phase", value = "COL",
    help = "long form: the column that tells budget and actual apart" },
  { name = "amount", value = "COL",
    help = "long form: the column with the amounts" },
  { name = "kind", general = true,
    kinds = "variance bridge columns trend bullet heatmap multiples slope share",
    value = "expense|revenue|COL",
    help = "kind of account, or its column (default expense); of indicators "
      .. "ge, le, eq" },
  { name = "net", kinds = "variance bridge",
    help = "add up revenue and expense as revenue − expense" },
  { name = "expense-sign",
    kinds = "variance bridge columns trend", value = "positive|negative",
    choices = { "positive", "negative" },
    help = "how the source writes expenses (default positive)" },
  { name = "cumulative", kinds = "trend heatmap",
    help = "trend and heatmap: sums since the beginning of the year" },
  { name = "start", kinds = "trend heatmap", value = "M", integer = true,
    help = "the month in which the year begins (1); of a heatmap with "
      .. "--cumulative" },
  { name = "budget", kinds = "trend", value = "X",
    help = "trend: a level that must not be passed" },
  { name = "h", kinds = "trend", value = "N", integer = true,
    help = "trend: how many periods ahead (default to the end of the year)" },
  { name = "season", kinds = "trend", value = "M", integer = true,
    help = "trend: periods in a season (default 12 months, 4 quarters)" },
  { name = "bands", kinds = "bullet heatmap", value = "A,B[,C]", list = true,
    help = "bullet: percents of the target; heatmap: limits of the classes in "
      .. "points" },
  { name = "percent", kinds = "slope",
    help = "slope: shares of the total" },
  { name = "neutral", kinds = "variance bridge columns multiples", value = "P",
    help = "variances within P percent are grey" },
  { name = "highlight", value = "NAME[,NAME]", list = true,
    help = "point at one or two items" },
  { name = "sort",
    kinds = "variance bridge bullet heatmap multiples share", value = "KEY",
    choices = { "none", "size", "variance", "value", "gap" },
    help = "order of the items: none, size, variance, value or gap" },
  { name = "top", general = true,
    kinds = "variance bridge bullet heatmap multiples slope share pareto",
    value = "N", integer = true,
    help = "the N largest by themselves, the others as one exact sum" },
  { name = "unit", general = true,
    kinds = "variance bridge columns trend heatmap multiples slope share pareto",
    value = "UNIT",
    help = "show amounts in 元, 万元, 亿元 or divided by a number" },
  { name = "amount-unit", general = true,
    kinds = "variance bridge columns trend heatmap multiples slope share pareto",
    value = "UNIT", help = "the source's unit" },
  { name = "title", value = "TEXT", help = "the message above a chart" },
  { name = "who", value = "TEXT",
    help = "whose figures these are, for the line under the message" },
  { name = "what", value = "TEXT",
    help = "what is measured, for the line under the message" },
  { name = "when", value = "TEXT",
    help = "the period, for the line under the message" },
  { name = "source", value = "TEXT",
    help = "where the figures are from, for the line at the foot" },
  { name = "base-code", lua = "scenario", value = "CODE",
    choices = { "PL", "BU", "PY", "AC" },
    help = "what --base is: PL (default), BU, PY or AC" },
  { name = "actual-code", lua = "scenario", value = "CODE",
    choices = { "AC", "FC", "PL" },
    help = "what --actual is: AC (default), FC or PL" },
  { name = "size", value = "slide|doc|WxH",
    help = "of a chart: slide (1920x1080), doc (16 cm wide) or WxH pixels" },
  { name = "theme", value = "NAME|FILE",
    help = "colours, fonts and sizes: default, cvd, or a csv file of them" },
}

-- What only scripts need, and what every command has.
local of_scripts = { lang = true, notes = true, scenario = true }
local magnified = { variance = true, bridge = true, columns = true }

local function is_for(option, kind)
  return option.kinds == nil
    or (" " .. option.kinds .. " "):find(" " .. kind .. " ", 1, true) ~= nil
end

--- The options of a kind, for the command line.
---@param kind string
---@return table[]
function M.of(kind)
  local list = {}
  for _, option in ipairs(M.list) do
    if is_for(option, kind) then list[#list + 1] = option end
  end
  return list
end

--- The general options that a kind has no use for.
---@param kind string
---@return table[]
function M.needless(kind)
  local list = {}
  for _, option in ipairs(M.list) do
    if option.general and not is_for(option, kind) then
      list[#list + 1] = option
    end
  end
  return list
end

--- A script's options for a kind, less the general ones it has no use for.
---@param kind string
---@param opts table
---@return table
function M.without_needless(kind, opts)
  local rest = {}
  for name, value in pairs(opts) do rest[name] = value end
  for _, option in ipairs(M.needless(kind)) do
    rest[(option.name:gsub("-", "_"))] = nil
  end
  return rest
end

--- The kinds that an option is for; nil where it is for all, or is none.
---@param name string
---@return string?
function M.kinds_of(name)
  for _, option in ipairs(M.list) do
    if option.name == name then return option.kinds end
  end
end

--- The names of a kind's options in Lua, as a set.
---@param kind string
---@return table<string, true>
function M.names(kind)
  local names = { magnify = magnified[kind] }
  for name in pairs(of_scripts) do names[name] = true end
  for _, option in ipairs(M.of(kind)) do
    names[option.lua or (option.name:gsub("-", "_"))] = true
  end
  return names
end

return M

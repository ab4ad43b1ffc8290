--- Examples at the foot of a command's help: each runs in a folder that has
--- the shipped data/, and a spec does run it.

local M = {}

local BUDGET = "data/dongfanghong-2022/budget.csv"
local LONG = BUDGET .. " --phase version --amount amount \\\n"
  .. "    --base original --actual executed --by nature "
  .. "--where 'flow == \"expense\"'"
local SPEND = "data/statistics/spend.csv --period year --value spend"
local MONTHS = "data/monthly-spending/spending.csv --period month"

local examples = {
  variance = {
    "evalua variance " .. LONG .. " --total",
    "evalua variance data/statistics/spend.csv --by year,unit --base budget "
      .. "--actual spend \\\n    --rollup --material-pct 5 -o variance.xlsx",
  },
  trend = { "evalua trend " .. SPEND .. " --by unit" },
  forecast = {
    "evalua forecast " .. MONTHS .. " --value amount --agg sum --h 6",
    "evalua forecast " .. MONTHS .. " --value amount --agg sum --h 6 "
      .. "--backtest",
  },
  outturn = {
    "evalua outturn " .. MONTHS .. " --actual amount --annual budget "
      .. "--by unit",
  },
  phase = {
    "evalua phase data/monthly-spending/spending.csv "
      .. "--where 'month == \"2023-01\"' --by unit \\\n"
      .. "    --annual budget --year 2024 --into quarter",
  },
  unusual = {
    "evalua unusual " .. SPEND .. " --by unit",
    "evalua unusual data/statistics/spend.csv --value spend --test tukey",
  },
  chart = {
    "evalua chart variance " .. LONG .. " -o variance.svg",
    "evalua chart columns data/gallery/months.csv --period month "
      .. "--actual amount \\\n    --base year_before --base-code PY",
  },
  ["chart plot"] = {
    "evalua chart plot data/statistics/spend.csv --x budget --y spend "
      .. "--style points \\\n    --fit -o plot.png",
  },
  report = {
    "evalua report --list",
    "evalua report selfeval -o selfeval.docx",
    "evalua report variance " .. LONG .. " -o variance.html",
  },
  score = {
    "evalua score data/dongfanghong-2022 --rubric mof10",
    "evalua score --list",
  },
  import = {
    "evalua import data/dongfanghong-2022 --db unit.db",
    "evalua import data/statistics/spend.csv --db unit.db --table spend",
  },
  export = {
    "evalua import data/dongfanghong-2022 --db unit.db",
    "evalua export --db unit.db --table budget_line -o budget.json",
  },
  db = {
    "evalua import data/statistics/spend.csv --db unit.db --table spend",
    "evalua db compact unit.db",
  },
  query = {
    "evalua query data/statistics/spend.csv --by unit "
      .. "--agg 'total=sum(spend), n=count()' \\\n    --sort -total --top 3",
    "evalua query " .. BUDGET .. " --where 'version == \"executed\"' -O json",
    "evalua query " .. BUDGET .. " --by nature \\\n    --agg 'original=sum("
      .. "version == \"original\" and amount or 0), n=count()'",
  },
  pefa = {
    "evalua pefa data/statistics/spend.csv --year year --head unit "
      .. "--base budget --actual spend",
  },
  audit = {
    "evalua audit data/dongfanghong-2022",
    "evalua audit data/dongfanghong-2022 --lang zh -o audit.html",
  },
  extract = {
    "echo '全年办理事项1.2万余件，满意率98%。' | evalua extract - -O json",
  },
  trace = {
    "evalua trace selfeval",
    "evalua trace data/statistics/spend.csv --value spend --by unit "
      .. "--row Parks",
  },
  run = {
    "evalua -e 'print(require(\"evalua\").read_csv \""
      .. "data/statistics/spend.csv\")'",
  },
}

--- The examples of a command, by the first words of its usage.
---@param usage string
---@return string[]
function M.of(usage)
  local command, word = usage:match "^(%S+) ?(%S*)"
  return examples[command .. " " .. word] or examples[command] or {}
end

return M

--- Chinese: all catalogues as one table.

local parts = {
  "audit",
  "chart",
  "errors_budget",
  "errors_core",
  "errors_csv",
  "errors_draw",
  "errors_expr",
  "errors_forecast",
  "errors_lua",
  "errors_office",
  "errors_performance",
  "errors_periods",
  "errors_scan",
  "errors_scripts",
  "errors_stats",
  "errors_store",
  "errors_verbs",
  "expressions",
  "forecast",
  "help",
  "pefa",
  "performance",
  "plot",
  "read",
  "segments",
  "stats",
  "words",
}

local words = {}

for _, part in ipairs(parts) do
  for english, chinese in pairs(require("evalua.lang.zh_" .. part)) do
    words[english] = chinese
  end
end

return words

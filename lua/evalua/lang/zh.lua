--- Chinese: all catalogues as one table.

local words = {}

for _, part in ipairs { "words", "help", "errors_core", "errors_csv",
  "errors_store", "errors_expr", "errors_verbs", "errors_draw",
  "errors_lua", "audit" } do
  for english, chinese in pairs(require("evalua.lang.zh_" .. part)) do
    words[english] = chinese
  end
end

return words

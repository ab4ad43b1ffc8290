--- `ev.col`: any field of it is the column of that name, to compute with:
--- `ev.col.executed - ev.col.original`, `ev.col["项目 名称"]:eq "道路"`.

local expr = require "evalua.expr"

return setmetatable({}, {
  __index = function(_, name) return expr.column(name) end,
  __newindex = function()
    error("ev.col holds nothing: a new column is made by t:mutate", 2)
  end,
})

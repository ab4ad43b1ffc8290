--- The data of a report as CSV.

local core = require "evalua.core"

local M = {}

--- @param report evalua.report
--- @return string
function M.render(report)
  return assert(core.csv.write(report.data))
end

return M

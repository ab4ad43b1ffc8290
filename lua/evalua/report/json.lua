--- The data of a report as JSON: the table of its first table block.

local json = require "evalua.json"

local M = {}

--- @param report evalua.report
--- @return string
function M.render(report)
  return json.rows(report.data)
end

return M

--- Pictures in files, in the format of their suffix: of charts and of plots.

local core = require "evalua.core"
local finish = require "evalua.chart.backend.finish"

local M = {}

--- The format that a path's suffix says.
---@param path string
---@return string? format
---@return string? message
---@return string? code
function M.format(path)
  local format = (path:match("%.(%w+)$") or ""):lower()
  if finish[format] then return format end
  return nil, ("'%s': a chart's suffix is svg, png or pdf"):format(path), "data"
end

--- An existing file is replaced only when all is well.
---@param picture Chart|Plot what has `render`
---@param path string
---@param opts? table of `render`
---@return boolean? ok
---@return string? message
---@return string? code
function M.save(picture, path, opts)
  local format, message, code = M.format(path)
  if format == nil then return nil, message, code end
  local bytes
  bytes, message, code = picture:render(format, opts)
  if not bytes then return nil, message, code end
  return core.file.write(path, bytes)
end

return M

--- Is the gnuplot that is installed one that draws our scripts?

local core = require "evalua.core"

local M = {}

local MAJOR, MINOR = 5, 2 -- the first with datablocks and circles as used here

--- gnuplot's version, or nil, message, code where it is missing or too old.
---@return string? version
---@return string? message
---@return string? code
function M.check()
  local version, message, code = core.draw.gnuplot_version()
  if version == nil then return nil, message, code end
  local major, minor = version:match "(%d+)%.(%d+)"
  major, minor = tonumber(major), tonumber(minor)
  if major and (major < MAJOR or major == MAJOR and minor < MINOR) then
    return nil, ("'%s' is too old: charts need gnuplot 5.4, 5.2 at least")
      :format(version), "child"
  end
  return version
end

--- What to say where drawing failed: an old gnuplot does not know why itself;
--- one that is missing, killed or slow is not asked again.
---@return nil
---@return string message
---@return string code
function M.blame(message, code)
  if code == "child" and (message:find("failed with status", 1, true)
    or message:find("^gnuplot ")) then
    local version, reason = M.check()
    if version == nil and reason:find("too old", 1, true) then
      return nil, reason, code
    end
  end
  return nil, message, code
end

return M

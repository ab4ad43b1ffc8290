--- Many charts by one gnuplot: its start and its fonts cost more than a chart.

local core = require "evalua.core"
local file = require "evalua.chart.file"
local finish = require "evalua.chart.backend.finish"
local gnuplot = require "evalua.chart.backend.gnuplot"

local M = {}

--- So many pictures go into one script.
local MOST = 50

--- One script for some jobs, and their display lists.
local function script_of(jobs, first, last)
  local parts, lists = {}, {}
  for i = first, last do
    local chart = jobs[i].chart
    local list, message, code = chart:display_list()
    if not list then return nil, message, code end
    lists[#lists + 1] = list
    parts[#parts + 1] = gnuplot.script(list, chart.spec, jobs[i].format,
      core.draw.output(i - first + 1)) .. "reset\n"
  end
  return table.concat(parts), lists
end

local function render(jobs, first, last, pictures)
  local script, lists, code = script_of(jobs, first, last)
  if script == nil then return nil, lists, code end
  local formats = {}
  for i = first, last do formats[#formats + 1] = jobs[i].format end
  local bytes, message
  bytes, message, code = core.draw.gnuplot_all(script, formats,
    { deadline_ms = 60000 + 1000 * #formats })
  if bytes == nil then return nil, message, code end
  for i, picture in ipairs(bytes) do
    local job = jobs[first + i - 1]
    pictures[#pictures + 1] = finish[job.format](picture, lists[i],
      job.chart.spec.sizes)
  end
  return true
end

--- The bytes of each job {chart=, format=}, or nil, message, code.
---@param jobs { chart: Chart, format: string }[]
---@return string[]? pictures
---@return string? message
---@return string? code
function M.render(jobs)
  local pictures = {}
  for first = 1, #jobs, MOST do
    local ok, message, code = render(jobs, first,
      math.min(first + MOST - 1, #jobs), pictures)
    if ok == nil then return nil, message, code end
  end
  return pictures
end

--- Draw each chart into its file: { { chart, "a.svg" }, … }. Files are written
--- when all are drawn.
---@param list table[]
---@return true? ok
---@return string? message
---@return string? code
function M.save(list)
  local jobs = {}
  for i, item in ipairs(list) do
    local chart, path = item[1], item[2]
    local format, message, code = file.format(path)
    if format == nil then return nil, message, code end
    jobs[i] = { chart = chart, format = format }
  end
  local pictures, message, code = M.render(jobs)
  if pictures == nil then return nil, message, code end
  for i, item in ipairs(list) do
    local ok
    ok, message, code = core.file.write(item[2], pictures[i])
    if ok == nil then return nil, message, code end
  end
  return true
end

return M

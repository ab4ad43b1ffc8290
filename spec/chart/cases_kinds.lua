--- Data for the kinds of charts that are not made of rows of a variance: the
--- same nasty names and figures in their shapes.
local decimal = require("evalua.core").decimal
local period = require "evalua.chart.period"

local M = {}

local function amount(text) return text and assert(decimal.parse(text)) end

--- Months from January 2024 on.
function M.months(count)
  local out = {}
  for i = 0, count - 1 do
    out[i + 1] = period.parse(("%04d-%02d"):format(2024 + i // 12,
      i % 12 + 1))
  end
  return out
end

--- Items { label, base, actual } of one data set, as the other kinds need
--- them.
local function leaves(rows)
  local out = {}
  for _, row in ipairs(rows) do
    if row.role == "leaf" then out[#out + 1] = row end
  end
  return out
end

local function series(rows)
  local items, points = leaves(rows), {}
  for i, row in ipairs(items) do
    points[i] = { base = row.base, actual = row.actual, prior = row.base }
  end
  -- the last quarter is a forecast
  for i = #points - #points // 4 + 1, #points do
    points[i].forecast, points[i].actual = points[i].actual, nil
  end
  return { periods = M.months(#points), points = points, polarity = -1,
    has_base = true }
end

local function grid(rows)
  local items, out = leaves(rows), {}
  for i, row in ipairs(items) do
    local cells = {}
    for k = 1, 6 do
      cells[k] = { base = row.base, actual = row.actual }
      if (i + k) % 5 == 0 then cells[k].actual = nil end
    end
    out[i] = { label = row.label, cells = cells }
  end
  return { periods = M.months(6), rows = out, last = 6, polarity = -1 }
end

local function not_negative(value)
  return value ~= nil and value < 0 and -value or value
end

local shapes = {
  columns = series,
  trend = function(rows)
    local spec = series(rows)
    spec.budget = amount "1000"
    return spec
  end,
  bullet = function(rows)
    local out = {}
    for i, row in ipairs(leaves(rows)) do
      out[i] = { label = row.label, base = row.base, actual = row.actual,
        better = ({ 1, -1, 0, false })[i % 4 + 1],
        unit = ({ "%", "人次", nil })[i % 3 + 1] }
    end
    return { rows = out }
  end,
  heatmap = grid,
  multiples = grid,
  slope = function(rows)
    local out = {}
    for i, row in ipairs(leaves(rows)) do
      out[i] = { label = row.label, base = row.base, actual = row.actual }
    end
    return { rows = out }
  end,
  share = function(rows)
    local items, labels = leaves(rows), {}
    local base, actual = {}, {}
    for i, row in ipairs(items) do
      labels[i] = { label = row.label }
      base[i], actual[i] = not_negative(row.base), not_negative(row.actual)
    end
    return { rows = labels, bars = {
      { role = "base", code = "PL", values = base },
      { role = "actual", code = "AC", values = actual } } }
  end,
  pareto = function(rows)
    local out = {}
    for i, row in ipairs(leaves(rows)) do
      out[i] = { label = row.label, value = row.actual }
    end
    return { rows = out }
  end,
}

--- The part of a spec that holds the data, or nil where rows do.
---@param rows table[] as for a variance
function M.shape(kind, rows)
  return shapes[kind] and shapes[kind](rows)
end

--- Data sets for a kind: groups are nothing to those without subtotals, a prior
--- year of every line only to the variance chart.
function M.names(kind, all)
  local out = {}
  for _, name in ipairs(all) do
    local is_grouped = name == "forty_grouped" or name == "many_groups"
    if not (shapes[kind] and is_grouped)
      and (kind == "variance" or not name:find "^past_") then
      out[#out + 1] = name
    end
  end
  return out
end

--- What a kind cannot draw, and rightly refuses.
M.refused = { ["pareto zero"] = true, ["pareto missing"] = true }

return M

--- Sums of a unit's budget lines. A sum has the rows it came from; a sum over
--- no row is nil, never zero.

local core = require "evalua.core"

local M = {}

M.versions = { "original", "adjusted", "executed" }

--- Rows of the year, else of its months, else of its quarters: a file that
--- has more than one of them must not be counted twice.
local function one_length(rows)
  local by_length = { Y = {}, M = {}, Q = {} }
  for _, row in ipairs(rows) do
    local list = by_length[(row.period or "Y"):sub(1, 1)]
    list[#list + 1] = row
  end
  for _, length in ipairs { "Y", "M", "Q" } do
    if #by_length[length] > 0 then return by_length[length] end
  end
  return {}
end

--- Rows that add up to a total. Rows without a nature are totals of their own
--- where no row has one; with a tag and no nature they are an "of which".
local function that_add_up(rows)
  local split, whole = {}, {}
  for _, row in ipairs(rows) do
    if row.nature ~= nil then split[#split + 1] = row
    elseif row.tag == nil then whole[#whole + 1] = row end
  end
  return #split > 0 and split or whole
end

--- Those of some rows that add up to their total: of the last version that is
--- there, of one length of period, without what is only an "of which".
---@param rows table[] with version, period, nature, tag
---@return table[]
function M.adding(rows)
  for _, version in ipairs { "executed", "adjusted", "original" } do
    local own = {}
    for _, row in ipairs(rows) do
      if row.version == version then own[#own + 1] = row end
    end
    if #own > 0 then return that_add_up(one_length(own)) end
  end
  return that_add_up(one_length(rows))
end

local function matches(row, what)
  return (what.version == nil or row.version == what.version)
    and row.flow == what.flow
    and (what.nature == nil or row.nature == what.nature)
    and (what.tag == nil or row.tag == what.tag)
end

--- The rows behind an amount: `what` is {version=, flow=, nature=, tag=}.
---@param rows table[] budget lines of one unit and year
---@param what table
---@return table[]
function M.rows(rows, what)
  local found = {}
  for _, row in ipairs(rows) do
    if matches(row, what) then found[#found + 1] = row end
  end
  found = one_length(found)
  return what.tag and found or that_add_up(found)
end

--- The sum of rows, or nil where there is none. Raises when the sum does not
--- fit in 18 digits.
---@param rows table[]
---@return evalua.decimal?
function M.sum(rows)
  if #rows == 0 then return nil end
  local amounts = {}
  for i, row in ipairs(rows) do amounts[i] = row.amount end
  local sum = core.decimal.sum(amounts)
  if sum == nil then
    error("the amounts of the unit add up to more than 18 digits", 0)
  end
  return sum
end

--- Sum and rows; for carry-overs without a version, the last one there is.
---@param rows table[]
---@param what table
---@return evalua.decimal? amount
---@return table[] rows
function M.amount(rows, what)
  local found = M.rows(rows, what)
  if what.version == nil then
    for _, version in ipairs { "executed", "adjusted", "original" } do
      local own = M.rows(rows, { version = version, flow = what.flow,
        nature = what.nature, tag = what.tag })
      if #own > 0 then found = own break end
    end
  end
  return M.sum(found), found
end

--- Natures that the expense rows have, in the order of the data model.
---@param rows table[]
---@return string[]
function M.natures(rows)
  local present, natures = {}, {}
  for _, row in ipairs(rows) do
    if row.flow == "expense" and row.nature then present[row.nature] = true end
  end
  for _, nature in ipairs { "basic", "project", "contingency", "interest" } do
    if present[nature] then natures[#natures + 1] = nature end
  end
  return natures
end

--- Months of the year that the rows of a version (executed unless said) reach
--- to: 12 for rows of the year, nil without any.
---@param rows table[]
---@param version string?
---@return integer?
function M.months(rows, version)
  local found = one_length(M.rows(rows, { version = version or "executed",
    flow = "expense" }))
  local last = nil
  for _, row in ipairs(found) do
    local length, n = (row.period or "Y"):match("^(%a)(%d*)$")
    local month = length == "Y" and 12
      or math.min(12, tonumber(n) * (length == "Q" and 3 or 1))
    last = math.max(last or 0, month)
  end
  return last
end

return M

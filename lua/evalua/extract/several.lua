--- Numbers that have a unit together: 3-5天, 30%至40%, 分别为100、200、300万元.

local naming = require "evalua.extract.naming"
local words = require "evalua.extract.words"

local M = {}

local dashes = { "-", "－", "—", "~", "～", "–", "至", "到" }

--- Where the dash before byte `at` begins; nil when there is none.
local function dash_before(line, at)
  for _, dash in ipairs(dashes) do
    if line:sub(at - #dash, at - 1) == dash then return at - #dash end
  end
end

--- A number without a unit that a range ends behind: 3 of 3-5天 gets 天.
---@param line string
---@param candidates table[] of evalua.extract.scan
---@param i integer
---@param is_date fun(line: string, found: table): boolean
function M.join_range(line, candidates, i, is_date)
  local low, high = candidates[i], candidates[i + 1]
  if low.text == nil or high == nil or high.text == nil then return end
  local start = high.sign and high.start + #high.sign or high.start
  local dash = dash_before(line, start)
  if dash == nil or dash ~= low.stop then return end
  high.sign, high.start = nil, start
  if high.unit == nil then return end
  if low.unit == nil and low.size == nil then
    low.unit, low.size = high.unit, high.size
  end
  if low.unit ~= high.unit or is_date(line, high) then return end
  low.bound, high.bound, high.second = "at_least", "at_most", true
  low.range_stop = high.stop
end

local between_shared = { ["、"] = true, [","] = true, ["，"] = true,
  ["和"] = true }

--- The last number of 分别为100、200、300万元 has the unit of all.
---@param line string
---@param candidates table[] of evalua.extract.scan
---@param i integer
function M.share_unit(line, candidates, i)
  local first = candidates[i]
  if first.text == nil or first.unit or first.size then return end
  local clause = line:sub(naming.clause_start(line, first.start, 1),
    first.start - 1)
  if not words.inside("shared", clause) then return end
  local last = i
  repeat
    local this, behind = candidates[last], candidates[last + 1]
    if behind == nil or behind.text == nil
      or not between_shared[line:sub(this.stop, behind.start - 1)] then
      return
    end
    last = last + 1
  until candidates[last].unit or candidates[last].size
  for k = i, last - 1 do
    candidates[k].unit, candidates[k].size = candidates[last].unit,
      candidates[last].size
    candidates[k + 1].shares = true
  end
end

return M

--- Joins: rows of two tables that have the same keys, side by side.
---
---     local both, report = adopted:left_join(actual, "dept", "year")
---     local named = lines:left_join(codes, { func = "code" })
---
--- The keys are names of columns that both tables have, or a table that may
--- hold such names and pairs {left = "right"}. Every join also gives a report
--- of what it loses or multiplies, so that it need not go unseen:
--- {left_unmatched=, right_unmatched=} count rows without a partner,
--- {left_duplicates=, right_duplicates=} keys that stand on several rows (on
--- both sides at once they multiply, and sums over the result count double).
---
--- A missing key matches nothing, not even a missing key. Ints and decimals
--- are compared exactly; other types must be the same. Rows come in the order
--- of the left table, then unmatched rows of the right one. A name that the
--- left table has already is numbered as in CSV files: `amount`, `amount_2`.

local blame = require "evalua.blame"
local core = require "evalua.core"

local M = {}

---@class evalua.table
local Table = core.table.methods

local raise, call = blame.new(debug.getinfo(1, "S").source)

---@class evalua.join_report
---@field left_unmatched integer rows of the left table without a partner
---@field right_unmatched integer
---@field left_duplicates integer keys on more than one row of the left table
---@field right_duplicates integer

--- Names on the left and on the right of {"a", left = "right"}; pairs by name
--- behind the list.
local function pairs_of(what, by)
  local left, right, rest = {}, {}, {}
  for i, name in ipairs(by) do left[i], right[i] = name, name end
  for key in pairs(by) do
    local is_item = math.type(key) == "integer" and key >= 1 and key <= #left
    if not is_item then
      if type(key) ~= "string" then
        raise(what, "keys are names or pairs {left = \"right\"}")
      end
      rest[#rest + 1] = key
    end
  end
  table.sort(rest)
  for _, key in ipairs(rest) do
    left[#left + 1], right[#right + 1] = key, by[key]
  end
  return left, right
end

local function join(kind, what, t, other, ...)
  if not core.table.is(other) then
    raise(what, "the table to join was expected, not a "
      .. blame.kind_of(other))
  end
  local by = { ... }
  if type(by[1]) == "table" and #by == 1 then by = by[1] end
  local left, right = pairs_of(what, by)
  return call(what, core.join.tables, kind, t, other, left, right)
end

--- Every row of this table with its partners of the other; NA where there is
--- none.
---@param other evalua.table
---@param ... string|table
---@return evalua.table? t
---@return evalua.join_report|string report or message
---@return string? code
function Table:left_join(other, ...)
  return join("left", "left_join", self, other, ...)
end

--- The rows that have a partner.
---@param other evalua.table
---@param ... string|table
---@return evalua.table? t
---@return evalua.join_report|string report or message
---@return string? code
function Table:inner_join(other, ...)
  return join("inner", "inner_join", self, other, ...)
end

--- Every row of both tables.
---@param other evalua.table
---@param ... string|table
---@return evalua.table? t
---@return evalua.join_report|string report or message
---@return string? code
function Table:full_join(other, ...)
  return join("full", "full_join", self, other, ...)
end

--- Every row of the other table with its partners of this one.
---@param other evalua.table
---@param ... string|table
---@return evalua.table? t
---@return evalua.join_report|string report or message
---@return string? code
function Table:right_join(other, ...)
  return join("right", "right_join", self, other, ...)
end

--- The rows of this table that have a partner, as they are and once each.
---@param other evalua.table
---@param ... string|table
---@return evalua.table? t
---@return evalua.join_report|string report or message
---@return string? code
function Table:semi_join(other, ...)
  return join("semi", "semi_join", self, other, ...)
end

--- The rows of this table that have no partner: `adopted:anti_join(actual,
--- "dept", "year")` are the lines that nothing was spent on.
---@param other evalua.table
---@param ... string|table
---@return evalua.table? t
---@return evalua.join_report|string report or message
---@return string? code
function Table:anti_join(other, ...)
  return join("anti", "anti_join", self, other, ...)
end

return M

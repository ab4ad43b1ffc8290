-- The verbs against a slow model of integers in Lua, on seeded random data.

local core = require "evalua.core"
local ev = require "evalua"
local random_from = require "support.random"
require "evalua.table"

local NA = ev.NA

--- A random column of decimals of one scale, some missing: the values and
--- their digits (nil where missing).
local function random_column(random, n, scale, most)
  local values, digits = {}, {}
  for i = 1, n do
    if random(7) == 0 then
      values[i] = NA
    else
      digits[i] = random(most) - most // 2
      values[i] = core.decimal.new(digits[i], scale)
    end
  end
  return values, digits
end

describe("any decimals", function()
  it("are summed by group as integers are", function()
    local random = random_from(42)
    for round = 1, 30 do
      local n, scale, groups = random(200) + 1, random(7), random(9) + 1
      local values, digits = random_column(random, n, scale, 10 ^ 15 // 1 | 0)
      local keys, model, order = {}, {}, {}
      for i = 1, n do
        local key = "g" .. random(groups)
        keys[i] = key
        if model[key] == nil then
          model[key] = { n = 0 }
          order[#order + 1] = key
        end
        if digits[i] then
          model[key].sum = (model[key].sum or 0) + digits[i]
          model[key].n = model[key].n + 1
        end
      end
      local s = ev.table { columns = { k = keys, v = values },
        types = { v = ("decimal(%d)"):format(scale) } }
        :group_by "k":summarise { { name = "s", fn = "sum", column = "v" },
          { name = "n", fn = "count", column = "v" } }
      assert.equal(#order, s:nrows())
      for r, row in s:rows() do
        local expected = model[order[r]]
        assert.equal(order[r], row.k)
        assert.equal(expected.n, row.n, "round " .. round)
        assert.equal(expected.sum, row.s and row.s:units())
      end
    end
  end)

  it("compare, add and subtract as integers of one scale do", function()
    local random = random_from(7)
    local operations = {
      ["a < b"] = function(x, y) return x < y end,
      ["a <= b"] = function(x, y) return x <= y end,
      ["a == b"] = function(x, y) return x == y end,
      ["a ~= b"] = function(x, y) return x ~= y end,
      ["a > b"] = function(x, y) return x > y end,
      ["a >= b"] = function(x, y) return x >= y end,
      ["a + b"] = function(x, y) return x + y end,
      ["a - b"] = function(x, y) return x - y end,
      ["a % b"] = function(x, y) if y ~= 0 then return x % y end end,
      ["a // b"] = function(x, y) if y ~= 0 then return x // y end end,
    }
    for _ = 1, 20 do
      local n, sa, sb = 40, random(5), random(5)
      local a, x = random_column(random, n, sa, 2000)
      local b, y = random_column(random, n, sb, 2000)
      local scale = math.max(sa, sb)
      local t = ev.table { columns = { a = a, b = b }, types = {
        a = ("decimal(%d)"):format(sa), b = ("decimal(%d)"):format(sb) } }
      for text, model in pairs(operations) do
        local found = t:eval(text)
        for i = 1, n do
          local expected = nil
          if x[i] and y[i] then
            expected = model(x[i] * 10 ^ (scale - sa) // 1 | 0,
              y[i] * 10 ^ (scale - sb) // 1 | 0)
          end
          local value = found[i]
          if type(value) == "userdata" then value = value:units() end
          assert.equal(expected, value, text)
        end
      end
    end
  end)

  it("give the same sum in any order of the rows", function()
    local random = random_from(99)
    local values = {}
    for i = 1, 300 do
      values[i] = (random(2) == 0 and 1 or -1) * (math.maxinteger - random(9))
    end
    values[#values + 1] = 1
    local function sum(list)
      local t, message = ev.table { columns = { v = list } }
        :summarise { s = ev.sum "v" }
      return t and t[1].s or message
    end
    local expected = sum(values)
    for _ = 1, 10 do
      for i = #values, 2, -1 do
        local k = random(i) + 1
        values[i], values[k] = values[k], values[i]
      end
      assert.equal(expected, sum(values))
    end
  end)
end)

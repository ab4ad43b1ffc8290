-- Random trees over columns of every type and extreme values: each gives a
-- column or a message, and its canonical text means the same.

local core = require "evalua.core"
local ev = require "evalua"
local parse = require "evalua.parse"
require "evalua.table"

local NA = ev.NA
local d = ev.decimal

local t = ev.table { columns = {
  i = { 0, 1, -1, NA, math.maxinteger, math.mininteger, 2022 },
  j = { 3, 0, NA, NA, -1, -1, 7 },
  a = { d "0.00", d "1.50", NA, d "-0.01", d "9999999999999999.99", d "2", d "3" },
  b = { d "0.000000000000000001", NA, d "0.9", NA, d "-0.5", d "0.1", d "0.2" },
  x = { 0.0, 0 / 0, -1.5, NA, 1e308, -1e-308, 9007199254740993.0 },
  s = { "", "a", NA, "项目 a", "A%b", "2023-01", "x" },
  r = { "a", "a", "b", NA, "", "é", "x" },
  p = { true, false, NA, NA, true, false, true },
  q = { true, true, true, false, false, false, false },
  e = { NA, NA, NA, NA, NA, NA, NA },
} }

local leaves = { "i", "j", "a", "b", "x", "s", "r", "p", "q", "e" }
local constants = { 0, 1, -1, 3, math.maxinteger, math.mininteger, 0.5, -2.0,
  1e308, "", "a", "[", "^a", "甲", true, false, NA, d "0.5", d "-1.25",
  d "999999999999999999", d "0.000000000000000001" }
local unary = { "negate", "not" }
local binary = { "add", "subtract", "multiply", "divide", "floor_divide",
  "modulo", "power", "concat", "eq", "ne", "lt", "le", "gt", "ge", "and",
  "or" }
local functions = { "abs", "round", "floor", "min", "max", "lower", "upper",
  "len", "sub", "match", "is_na", "coalesce", "year", "quarter", "month",
  "percent" }

local below = require("support.random")(20221127)
local function random(n) return below(n) + 1 end

local function pick(list) return list[random(#list)] end

local function random_tree(depth)
  local kind = depth == 0 and random(4) or random(10)
  if kind <= 3 then return { op = "column", name = pick(leaves) } end
  if kind == 4 then return { op = "literal", value = pick(constants) } end
  if kind == 5 then return { op = pick(unary), random_tree(depth - 1) } end
  if kind <= 8 then
    return { op = pick(binary), random_tree(depth - 1),
      random_tree(depth - 1) }
  end
  local call = { op = "call", name = pick(functions) }
  for i = 1, random(3) do call[i] = random_tree(depth - 1) end
  return call
end

--- What evaluation gives: the type and the values as text, or the message.
local function outcome(tree)
  local ok, column, message = pcall(core.verbs.eval, t, tree)
  if not ok then return "raised", column end
  if column == nil then return "failed", message end
  local parts = { column:type() }
  for i, value in ipairs(column:values(NA)) do
    parts[i + 1] = tostring(value):gsub("^%-(nan)$", "%1")
  end
  return "gave", table.concat(parts, " ")
end

--- Whether it compares with nil for equality, which a text may not.
local function asks_nil(tree)
  local is_equality = tree.op == "eq" or tree.op == "ne"
  for _, part in ipairs(tree) do
    local is_nil = part.op == "literal" and part.value == NA
    if is_equality and is_nil or asks_nil(part) then return true end
  end
  return false
end

describe("a random tree", function()
  it("gives a column or a message, whatever it is", function()
    local seen = { raised = 0, failed = 0, gave = 0 }
    for _ = 1, 6000 do
      local how, what = outcome(random_tree(3))
      assert.is_string(what)
      seen[how] = seen[how] + 1
    end
    for how, count in pairs(seen) do assert.is_true(count > 50, how) end
  end)

  it("means the same when its text is read again", function()
    local compared = 0
    for _ = 1, 4000 do
      local tree = random_tree(3)
      if pcall(core.expr.check, tree) and not asks_nil(tree) then
        local text = core.expr.print(tree)
        local again = parse.expression(text)
        assert.equal(text, core.expr.print(again))
        local how, what = outcome(tree)
        local how_again, what_again = outcome(again)
        assert.equal(how .. " " .. what, how_again .. " " .. what_again, text)
        compared = compared + 1
      end
    end
    assert.is_true(compared > 1000)
  end)

  it("gives a row the same value whatever rows stand beside it", function()
    for _ = 1, 1500 do
      local tree = random_tree(2)
      local ok, column = pcall(core.verbs.eval, t, tree)
      if ok and column then
        for r = 1, t:nrows() do
          local alone = core.verbs.eval(core.table.slice(t, r, r), tree)
          assert.equal(tostring(column[r]):gsub("^%-nan$", "nan"),
            tostring(alone[1]):gsub("^%-nan$", "nan"))
        end
      end
    end
  end)
end)

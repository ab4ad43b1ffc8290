-- The shared data sets: each loads by one command, with the totals that their
-- expected.json has (made by others, from the same bytes).

local core = require "evalua.core"
local support = require "support"

local function expected(set)
  return assert(core.json.parse(support.shared(set .. "/expected.json"))).answers
end

--- Rows of a command's JSON.
local function rows_of(args)
  local all = table.move(args, 1, #args, 1, {})
  all[#all + 1] = "-O"
  all[#all + 1] = "json"
  local out = support.evalua(all)
  assert.equal(0, out.code, out.err)
  return assert(core.json.parse("stdout", out.out)), out.err
end

local function names_of(keys)
  local names = {}
  for name in pairs(keys) do names[#names + 1] = name end
  table.sort(names)
  return names
end

--- Exact values as text without zeros behind the point.
local function plain(value)
  local text = tostring(value)
  if text:find("%.") then text = text:gsub("0+$", ""):gsub("%.$", "") end
  return text
end

describe("oakland_budget", function()
  it("loads by one command, whatever the order of its columns", function()
    local files = expected("oakland_budget").files
    local args = { "query" }
    for _, name in ipairs(names_of(files)) do
      args[#args + 1] = support.shared("oakland_budget/raw/" .. name .. ".csv")
    end
    table.move({ "--source-column", "file", "--by", "file,account_type",
      "--agg", "total=sum(amount), rows=count(), known=count(amount), "
      .. "named=count(department)" }, 1, 6, #args + 1, args)
    local rows, said = rows_of(args)
    assert.matches("its columns stand in another order: bound by name", said)
    local got = {}
    for _, row in ipairs(rows) do
      local file = row.file:gsub("%.csv$", "")
      local sums = got[file] or { rows = 0, known = 0, named = 0 }
      sums[row.account_type:lower()] = plain(row.total)
      for _, count in ipairs { "rows", "known", "named" } do
        sums[count] = sums[count] + row[count]
      end
      got[file] = sums
    end
    for name, answer in pairs(files) do
      local sums = got[name]
      assert.equal(answer.rows, sums.rows, name)
      assert.equal(answer.revenue, sums.revenue, name)
      assert.equal(answer.expense, sums.expense, name)
      assert.equal(answer.blank_amounts, sums.rows - sums.known, name)
      assert.equal(answer.rows_without_department, sums.rows - sums.named, name)
    end
  end)
end)

describe("philadelphia", function()
  it("has so many rows in each file", function()
    for name, count in pairs(expected("philadelphia").rows) do
      local rows = rows_of { "query", support.shared("philadelphia/raw/" .. name
        .. ".csv"), "--agg", "n=count()" }
      assert.equal(count, rows[1].n, name)
    end
  end)

  it("compares adopted with actual by year in one command", function()
    local answers = expected("philadelphia").adopted_vs_actual_by_fiscal_year
    local rows = rows_of { "variance", "--by", "fiscal_year",
      support.shared "philadelphia/raw/budgeted-department-spending-adopted.csv",
      support.shared "philadelphia/raw/actual-department-spending.csv",
      "--source-column", "file", "--phase", "file", "--amount", "total",
      "--base", "budgeted-department-spending-adopted.csv",
      "--actual", "actual-department-spending.csv" }
    local checked = 0
    for _, row in ipairs(rows) do
      local answer = answers[tostring(row.fiscal_year)]
      if answer ~= nil then
        assert.equal(answer.adopted, plain(row.base))
        assert.equal(answer.actual, plain(row.actual))
        assert.equal(answer.variance, plain(row.variance))
        assert.equal(plain(answer.pct), plain(row.variance_pct))
        checked = checked + 1
      end
    end
    assert.equal(#names_of(answers), checked)
  end)
end)

--- Sums by Python 3.11: csv.reader over the file (encoding "utf-8"), the first
--- row apart, len(rows) and sum(int(r[2]) for r in rows).
describe("taiwan_budget", function()
  it("is read with line ends within cells and full-width signs", function()
    local path = support.shared "taiwan_budget/raw/tw2019ap.csv"
    local rows, said = rows_of { "query", path, "--agg",
      "n=count(), s=sum(amount)", "--explain" }
    assert.equal(1177, rows[1].n)
    assert.equal(1683097073000, rows[1].s)
    assert.matches("lines: 9442 = skipped 0, header 1, data 9441, blank 0, "
      .. "junk 0, bad 0; rows: 1177", said, 1, true)
  end)
end)

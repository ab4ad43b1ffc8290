-- Large files are not held as a whole: what their reports say of totals and
-- codes comes from what the scan reads anyway.

local ev = require "evalua"
local support = require "support"

--- A file of n lines and one more, read in pieces.
local function scan(lines)
  local path = support.write("large.csv", table.concat(lines, "\n") .. "\n")
  return ev.scan(path, { tuning = { chunk = 256, sample = 300 } })
end

--- Lines of two amounts, and the row of their sums at place `at`.
local function with_total(n, at, sign)
  local lines, a, b = {}, 0, 0
  for i = 1, n do
    local x, y = sign * (i * 37 % 101 + 1), sign * (i * 53 % 89 + 1)
    a, b = a + x, b + y
    lines[i] = ("u%d,%d,%d.50,%d.25"):format(i % 7, 2020 + i % 2, x, y)
  end
  a, b = a + sign * n / 2, b + sign * n / 4
  table.insert(lines, at, ("everything,,%.2f,%.2f"):format(a, b))
  table.insert(lines, 1, "unit,year,budget,actual")
  return lines
end

local function notes_of(query)
  local t, info = query:collect()
  assert(t, info)
  return table.concat(info.notes, "\n"), t
end

local HIDDEN = "a row ('everything') is the sum of all other rows"

describe("a large file with a hidden grand total", function()
  local cases = {
    { "in groups", function(q)
      return q:group_by "unit":summarise "b=sum(budget),a=sum(actual)"
    end },
    { "without groups", function(q) return q:summarise "b=sum(budget)" end },
    { "beside other summaries", function(q)
      return q:group_by "year":summarise "n=count(),m=mean(actual),b=sum(budget)"
    end },
    { "under a condition that keeps it", function(q)
      return q:where "budget ~= 0":group_by "unit":summarise "b=sum(budget)"
    end },
  }
  for _, case in ipairs(cases) do
    for _, at in ipairs { 1, 150, 301 } do
      it(("is told %s, at row %d"):format(case[1], at), function()
        local notes = notes_of(case[2](scan(with_total(300, at, 1))))
        assert.matches(HIDDEN, notes, 1, true)
        assert.matches("--totals drop", notes, 1, true)
      end)
    end
  end

  it("is told where amounts are negative", function()
    local notes = notes_of(scan(with_total(300, 301, -1)):group_by "unit"
      :summarise "b=sum(budget)")
    assert.matches(HIDDEN, notes, 1, true)
  end)

  it("changes no column of the result", function()
    local lines = with_total(300, 301, 1)
    local _, t = notes_of(scan(lines):group_by("unit", "year"):summarise
      "b=sum(budget),n=count(),a=sum(actual)")
    assert.same({ "unit", "year", "b", "n", "a" }, t:names())
  end)

  it("is no total where a condition leaves it out", function()
    local notes = notes_of(scan(with_total(300, 301, 1)):where "year == 2020"
      :group_by "unit":summarise "b=sum(budget)")
    assert.is_nil(notes:find("sum of all other", 1, true))
  end)

  it("is no total when only one amount is the sum", function()
    local lines = with_total(300, 301, 1)
    lines[302] = lines[302]:gsub("[%d.]+$", "1.25")
    local notes = notes_of(scan(lines):summarise "b=sum(budget),a=sum(actual)")
    assert.is_nil(notes:find("sum of all other", 1, true))
  end)

  it("is no total among a few rows", function()
    local notes = notes_of(scan { "unit,budget", "a,1", "b,2", "c,3" }
      :summarise "b=sum(budget)")
    assert.is_nil(notes:find("sum of all other", 1, true))
  end)

  it("is told where it keeps another column from being numbers", function()
    local lines = with_total(300, 301, 1)
    lines[302] = lines[302]:gsub("everything,,", "everything,Total,")
    local notes = notes_of(scan(lines):group_by "unit":summarise
      "b=sum(budget),a=sum(actual)")
    assert.matches(HIDDEN, notes, 1, true)
  end)

  it("is told where it has one amount only", function()
    local lines = with_total(300, 301, 1)
    lines[302] = lines[302]:gsub("[%d.]+$", "")
    local notes = notes_of(scan(lines):summarise "b=sum(budget),a=sum(actual)")
    assert.matches(HIDDEN, notes, 1, true)
  end)

  it("is told above subtotals", function()
    local lines, sums, all = { "unit,fund,budget" }, {}, 0
    for i = 1, 300 do
      local fund, amount = "f" .. i % 5, i * 37 % 101 + 1
      lines[i + 1] = ("u%d,%s,%d"):format(i % 7, fund, amount)
      sums[fund], all = (sums[fund] or 0) + amount, all + amount
    end
    for i = 0, 4 do
      lines[#lines + 1] = ("Subtotal,f%d,%d"):format(i, sums["f" .. i])
    end
    lines[#lines + 1] = "everything,," .. all
    local notes = notes_of(scan(lines):group_by "fund":summarise "b=sum(budget)")
    assert.matches("('everything') is a third of all", notes, 1, true)
  end)

  it("is no total among few amounts that are not zero", function()
    local lines = { "unit,budget", "a,5", "b,3", "c,2" }
    for i = 1, 100 do lines[i + 4] = "c,0" end
    local notes = notes_of(scan(lines):group_by "unit":summarise "b=sum(budget)")
    assert.is_nil(notes:find("sum of all other", 1, true))
  end)

  it("is no total when two rows have its amount", function()
    local lines = { "unit,budget", "a,50", "b,50" }
    for i = 1, 100 do lines[i + 3] = "c,0" end
    local notes = notes_of(scan(lines):group_by "unit":summarise "b=sum(budget)")
    assert.is_nil(notes:find("sum of all other", 1, true))
  end)

  it("stops no report when amounts reach the end of 64 bits", function()
    local lines = { "unit,budget", "a,922337203685477580",
      "b,-922337203685477580" }
    for i = 1, 100 do lines[i + 3] = "c,0" end
    local _, t = notes_of(scan(lines):group_by "unit":summarise "b=sum(budget)")
    assert.equal(3, t:nrows())
  end)
end)

describe("a large file", function()
  it("tells of groups that say they are totals", function()
    local lines = { "unit,fund,amount" }
    for i = 1, 200 do
      lines[i + 1] = ("u%d,%s,%d"):format(i % 5, i % 4 == 0 and "TOTAL"
        or "f" .. i % 4, i)
    end
    local notes = notes_of(scan(lines):group_by "fund":summarise "s=sum(amount)")
    assert.matches("column 'fund': the rows of 'TOTAL' say", notes, 1, true)
  end)

  it("tells of codes in its groups that lost their zeros", function()
    local lines = { "code,amount" }
    for i = 1, 200 do
      lines[i + 1] = ("%d,%d"):format(i % 10 == 0 and 101 + i or 2010100 + i, i)
      if i % 10 == 0 then lines[i + 1] = ("%d,%d"):format(910100 + i, i) end
    end
    local notes = notes_of(scan(lines):group_by "code":summarise "s=sum(amount)")
    assert.matches("leading zeros may be lost", notes, 1, true)
  end)

  it("says on the command line what was not looked over", function()
    local lines, sum = { "unit,amount" }, 0
    for i = 1, 400000 do
      sum = sum + i
      lines[i + 1] = ("unit-number-%03d,%d.00"):format(i % 300, i)
    end
    lines[#lines + 1] = ("all,%d.00"):format(sum)
    local path = support.write("large.csv", table.concat(lines, "\n") .. "\n")
    for lang, words in pairs { en = { "sum of all other rows",
      "only the columns of this report were looked over" },
      zh = { "等于其余参与计算各行之和", "只检查了本报表用到的列" } } do
      local got = support.evalua { "variance", path, "--base", "amount",
        "--actual", "amount", "--by", "unit", "-O", "csv", "--lang", lang }
      assert.equal(0, got.code, got.err)
      for _, word in ipairs(words) do
        assert.matches(word, got.err, 1, true)
      end
    end
  end)
end)

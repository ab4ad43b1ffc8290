-- What is found in a table after reading: totals among the rows, codes without
-- their zeros, units beside the cells.

local ev = require "evalua"
local core = require "evalua.core"
local support = require "support"

local function read(text, opts)
  local t, info = ev.read_csv(support.write("a.csv", text), opts)
  assert.is_truthy(t, info)
  return t, info
end

--- "row kind" of each total found.
local function totals(text)
  local _, info = read(text)
  local list = {}
  for i, item in ipairs(info.totals) do
    list[i] = item.row .. " " .. item.kind
  end
  return table.concat(list, ", ")
end

local detail = "dept,item,amount\n"

describe("totals among the rows", function()
  --- Claim, text, what is found.
  local cases = {
    { "are found behind their parts", detail .. "a,x,1\na,y,2\n,Total,3\n",
      "3 labelled" },
    { "are found before their parts", "科目,金额\n合计,6\n教育,1\n卫生,2\n交通,3\n",
      "1 labelled" },
    { "are found group by group, with a grand total", detail
      .. "a,x,1\na,y,2\nSubtotal a,,3\nb,x,4\nb,y,5\nSubtotal b,,9\n"
      .. "Grand total,,12\n", "3 labelled, 6 labelled, 7 labelled" },
    { "are found in levels", detail .. "a,x,1\na,y,2\nsubtotal,,3\nb,x,4\n"
      .. "subtotal,,4\ntotal,,7\nc,x,5\nsubtotal,,5\nd,x,6\nsubtotal,,6\n"
      .. "total,,11\ngrand total,,18\n", "3 labelled, 5 labelled, 6 labelled, "
      .. "8 labelled, 10 labelled, 11 labelled, 12 labelled" },
    { "need their arithmetic", detail .. "a,x,1\na,y,2\n,Total,4\n", "" },
    { "need their label", detail .. "a,x,1\na,y,2\nb,z,3\nc,z,9\n", "" },
    { "are no words within words", detail .. "a,x,1\na,y,2\n,Totally new,3\n"
      .. "b,z,50\n", "" },
    { "may have a ratio that does not add up",
      "dept,budget,actual,rate\na,10,5,50.0\nb,10,10,100.0\ntotal,20,15,75.0\n",
      "3 labelled" },
    { "of nothing but zeros are none", detail .. "a,x,0\na,y,0\n,Total,0\n", "" },
    { "are found where amounts are missing", "d,p,q\na,1,\nb,,2\ntotal,1,2\n",
      "3 labelled" },
    { "may be hidden: the last row doubles every sum",
      "dept,p,q\na,1,10\nb,2,20\nc,4,40\n,7,70\n", "4 hidden" },
    { "may be hidden in the first row", "dept,p\nCity,7\na,1\nb,2\nc,4\n",
      "1 hidden" },
    { "may be hidden behind subtotals", detail .. "a,x,1\na,y,2\nsubtotal,,3\n"
      .. "b,x,4\nc,y,5\nAll departments,,12\n", "3 labelled, 6 hidden" },
    { "are found as one more member, in any order", "state,fund,year,paid,due\n"
      .. "A,TOTAL,2020,3,30\nB,X,2020,5,50\nA,X,2020,1,10\nB,TOTAL,2020,5,50\n"
      .. "A,Y,2020,2,20\nA,X,2021,4,40\nA,TOTAL,2021,5,41\n",
      "1 labelled, 4 labelled" },
    { "are found where other members are empty, in any order",
      "state,fund,year,paid\nB,X,2020,5\nA,X,2020,1\nA,Y,2021,2\nB,X,2021,8\n"
      .. "Subtotal,X,,14\nTotal,,2021,10\nA,X,2020,0\nSubtotal,Y,,3\n",
      "5 labelled, 6 labelled" },
    { "are found where two cells say so", "state,fund,year,paid\nB,X,2020,5\n"
      .. "total,total,2020,6\nA,X,2021,2\nA,X,2020,1\ntotal,total,2021,2\n",
      "2 labelled, 5 labelled" },
    { "are not seen in two rows", detail .. "a,x,5\nb,x,5\n", "" },
    { "are not years", "dept,year\na,2020\nb,2021\ntotal,4041\n", "" },
  }
  for _, case in ipairs(cases) do
    it(case[1], function() assert.equal(case[3], totals(case[2])) end)
  end

  it("hidden in the middle count in tables of ten rows and more", function()
    local rows, sum = { "dept,amount" }, 0
    for i = 1, 12 do
      rows[#rows + 1] = ("d%d,%d"):format(i, i * i)
      sum = sum + i * i
    end
    table.insert(rows, 6, "everything," .. sum)
    assert.equal("5 hidden", totals(table.concat(rows, "\n") .. "\n"))
  end)

  it("hidden in the middle need ten amounts that are not zero", function()
    local rows = { "dept,amount", "d,0", "a,5", "b,3", "c,2" }
    for i = 6, 30 do rows[i] = "d,0" end
    assert.equal("", totals(table.concat(rows, "\n") .. "\n"))
  end)

  it("that only say so are kept, which is said when they are to go", function()
    local text = detail .. "a,x,1.5\na,y,2\n,Total,4\nb,x,1\n,Total,9\n"
    local t, info = read(text, { totals = "drop" })
    assert.equal(5, t:nrows())
    assert.same({ "rows that say they are totals, but are no sums of other "
      .. "rows: 2, kept" }, info.notes)
    t, info = read(text)
    assert.equal(5, t:nrows())
    assert.same({}, info.notes)
  end)

  it("are kept and said, and left out when asked", function()
    local text = detail .. "a,x,1.5\na,y,2\n,Total,3.5\n"
    local t, info = read(text)
    assert.equal(3, t:nrows())
    assert.same({ "row 3 ('Total') is a total of other rows: kept, so sums "
      .. "count it twice (--totals drop leaves it out)" }, info.notes)
    t, info = read(text, { totals = "drop" })
    assert.equal(2, t:nrows())
    assert.same({ "row 3 ('Total') is a total of other rows: left out" },
      info.notes)
    assert.equal("3.5", tostring(t:summarise { s = ev.sum "amount" }
      :column("s")[1]))
  end)

  it("are left out by every command that is asked", function()
    local path = support.write("a.csv", detail .. "a,x,1.5\na,y,2\n,Total,3.5\n")
    local out = support.evalua { "query", path, "--agg", "s=sum(amount)",
      "--totals", "drop", "-O", "csv" }
    assert.equal("s\n3.5\n", out.out)
    out = support.evalua { "variance", path, "--by", "dept", "--base", "amount",
      "--actual", "amount", "--totals", "drop", "--lang", "zh", "-O", "csv" }
    assert.matches("第 3 条记录（“Total”）是其他行的合计：已略去", out.err)
  end)

  it("beyond 64 bits are summed exactly", function()
    local big = "900000000000000000"
    assert.equal("", totals("d,amount\na," .. big .. "\nb," .. big .. "\nc," .. big
      .. "\ntotal," .. big .. "\n"))
  end)
end)

describe("codes", function()
  it("that lost their zeros are reported", function()
    local _, info = read "code,v\n1001,1\n1002,2\n2001,3\n3001,4\n201,5\n"
    assert.same({ "column 'code': 1 of 5 codes are shorter than the others' 4 "
      .. "digits: leading zeros may be lost" }, info.notes)
  end)

  it("of which only some lost their zeros are reported", function()
    local _, info = read "code,v\n0101,1\n0102,2\n0103,3\n0301,4\n201,5\n"
    assert.same({ "column 'code': 1 of 5 codes are shorter than the others' 4 "
      .. "digits: leading zeros may be lost" }, info.notes)
    _, info = read "code,v\n001,1\n002,2\n003,3\n004,4\n5,5\n"
    assert.matches("1 of 5 codes are shorter", info.notes[1])
  end)

  it("with zeros, in two levels or among letters, are whole", function()
    for _, text in ipairs { "01,1\n0101,2\n0102,3\n10,4\n1001,5\n1002,6\n",
      "0101,1\n0102,2\n0103,3\n0104,4\nA1,5\n",
      "A101,1\nA102,2\nA103,3\nA104,4\nA1,5\n" } do
      local _, info = read("code,v\n" .. text)
      assert.same({}, info.notes)
    end
  end)

  it("that just count on are none", function()
    local rows = { "id,v" }
    for i = 1, 120 do rows[#rows + 1] = i .. ",1.5" end
    local _, info = read(table.concat(rows, "\n") .. "\n")
    assert.same({}, info.notes)
  end)

  it("in levels of a classification are whole", function()
    local _, info = read("code,v\n201,1\n20101,2\n2010101,3\n202,4\n20201,5\n"
      .. "2020101,6\n")
    assert.same({}, info.notes)
  end)
end)

describe("units", function()
  it("are read from a line above the table and from names", function()
    local _, info = read("预算表,,\n单位：万元,,\n科目,预算数,比例（%）\n"
      .. "教育,1.5,50\n卫生,3,50\n")
    assert.equal("万元", info.units["预算数"])
    assert.is_nil(info.units["比例（%）"])
    _, info = read("科目,预算数（亿元）\n教育,1.5\n")
    assert.equal("亿元", info.units["预算数（亿元）"])
  end)

  it("in a column of their own are multiplied out when asked", function()
    local text = "post,bedrag,eenheid\na,1.5,miljoen\nb,250,x1000\nc,7,EUR\n"
    local t, info = read(text)
    assert.same({ "column 'eenheid' names different units: amounts are not "
      .. "comparable before --unit-column multiplies them out" }, info.notes)
    assert.equal("1.5", tostring(t:column("bedrag")[1]))
    t, info = read(text, { unit_column = "eenheid" })
    assert.equal("post,bedrag,eenheid\na,1500000.0,miljoen\nb,250000.0,x1000\n"
      .. "c,7.0,EUR\n", core.csv.write(t))
    assert.same({ "amounts were multiplied by the units in column 'eenheid': "
      .. "bedrag" }, info.notes)
  end)

  it("of 元 make amounts in 元", function()
    local t, info = read("项目,金额,单位\na,1.5,万元\nb,3,亿元\nc,8,元\n",
      { unit_column = "单位" })
    assert.equal("300000000.0", tostring(t:column("金额")[2]))
    assert.equal("元", info.units["金额"])
  end)

  it("that are none are an error", function()
    local path = support.write("a.csv", "a,v,u\nx,1,km\ny,2,EUR\n")
    local t, message = ev.read_csv(path, { unit_column = "u" })
    assert.is_nil(t)
    assert.equal("column 'u': 'km' is no unit of money", message)
    assert.match("^unit_column: no column 'uu' %(did you mean 'u'%?%)",
      (select(2, ev.read_csv(path, { unit_column = "uu" }))))
  end)
end)

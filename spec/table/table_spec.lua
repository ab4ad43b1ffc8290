-- table: named columns of one length; missing, zero and absent stay apart.

local core = require "evalua.core"
local ev = require "evalua"

local function sample()
  return ev.table {
    { name = "a", amount = ev.decimal "1.50", n = 1, ok = true },
    { name = "b", n = 0, ok = false },
    { name = "", amount = ev.decimal "0", x = 0.5 },
  }
end

describe("table", function()
  it("takes each column's type from its values", function()
    local t = sample()
    assert.same({ "amount", "n", "name", "ok", "x" }, t:names())
    assert.equal("decimal(2)", t:column("amount"):type())
    assert.equal("int", t:column("n"):type())
    assert.equal("text", t:column("name"):type())
    assert.equal("bool", t:column("ok"):type())
    assert.equal("real", t:column("x"):type())
  end)

  it("keeps missing, zero, false and empty text apart", function()
    local t = sample()
    assert.is_nil(t[2].amount)
    assert.equal("0.00", tostring(t[3].amount))
    assert.is_nil(t[3].n)
    assert.equal(0, t[2].n)
    assert.is_false(t[2].ok)
    assert.is_nil(t[3].ok)
    assert.equal("", t[3].name)
    assert.equal(1, t:column("amount"):missing())
  end)

  it("gives columns the order asked for", function()
    local t = ev.table { columns = { b = { 1 }, a = { 2 }, c = { 3 } },
      order = { "c", "b" } }
    assert.same({ "c", "b", "a" }, t:names())
  end)

  it("puts ev.NA where nil cannot stand", function()
    local t = ev.table { columns = { a = { 1, ev.NA, 3 } } }
    assert.equal(3, t:nrows())
    assert.is_nil(t[2].a)
    assert.same({ 1, ev.NA, 3 }, t:column("a"):values(ev.NA))
  end)

  it("refuses values that do not go together", function()
    assert.error_matches(function()
      ev.table { columns = { a = { 1, "x" } } }
    end, "column 'a': .*a string does not fit")
    assert.error_matches(function()
      ev.table { columns = { a = { print } } }
    end, "a function cannot stand in a column")
  end)

  it("widens whole numbers beside decimals and floats", function()
    local t = ev.table { columns = { a = { 1, ev.decimal "0.25" },
      b = { 1, 0.5 } } }
    assert.equal("1.00", tostring(t[1].a))
    assert.equal(1.0, t[1].b)
  end)

  it("says which column was meant", function()
    local t = sample()
    assert.error_matches(function() t:column("amont") end,
      "no column 'amont' %(did you mean 'amount'%?%)")
    assert.error_matches(function() t:column("quite else") end,
      "there are: amount, n, name, ok, x")
  end)

  it("has rows 1 to nrows and none beyond", function()
    local t = sample()
    assert.equal(3, #t)
    assert.is_nil(t[0])
    assert.is_nil(t[4])
    assert.is_nil(t[-1])
  end)

  it("refuses a wrong length and a name given twice", function()
    local one, two = core.column.new({ 1 }, 1), core.column.new({ 1, 2 }, 2)
    assert.error_matches(function() core.table.new({ "a" }, { two }, 1) end,
      "column 'a' has 2 values, not 1")
    local t, message = core.table.new({ "a", "a" }, { one, one }, 1)
    assert.is_nil(t)
    assert.equal("two columns are called 'a'", message)
    assert.error_matches(function() core.table.new({}, {}, -1) end,
      "a length is not negative")
  end)

  it("has no column type without a name", function()
    assert.error_matches(function() core.column.new({}, 1, "") end,
      "'' is no type; there are: int decimal%(2%) real")
  end)

  it("sees the same values each time it reads an array", function()
    local answers = { "text", true }
    local shifting = setmetatable({}, { __index = function()
      return table.remove(answers, 1)
    end })
    assert.equal(1, core.column.new(shifting, 1):missing())
  end)

  it("takes options from the table itself", function()
    local lent = setmetatable({}, { __index = { places = 0 } })
    assert.equal("1.50", ev.decimal "1.50":format(lent))
  end)

  it("finds each of 10,000 columns", function()
    local names, columns = {}, {}
    local column = core.column.new({ 7 }, 1)
    for i = 1, 10000 do names[i], columns[i] = "c" .. i, column end
    local t = core.table.new(names, columns, 1)
    assert.equal(7, t:column("c10000")[1])
    assert.equal(7, t[1].c5000)
  end)
end)

describe("core.table.bind_rows", function()
  it("joins by name and leaves missing what a table lacks", function()
    local a = ev.table { { k = "x", v = 1 } }
    local b = ev.table { { v = ev.decimal "2.5", k = "y", more = true } }
    local t = assert(core.table.bind_rows { a, b })
    assert.same({ "k", "v", "more" }, t:names())
    assert.equal("1.0", tostring(t[1].v))
    assert.equal("2.5", tostring(t[2].v))
    assert.is_nil(t[1].more)
  end)

  it("refuses text beside numbers", function()
    local t, message = core.table.bind_rows { ev.table { { v = 1 } },
      ev.table { { v = "1" } } }
    assert.is_nil(t)
    assert.equal("column 'v' is int in one table and text in another", message)
  end)

  it("names the column whose amounts do not fit", function()
    local t, message = core.table.bind_rows {
      ev.table { { v = math.maxinteger } },
      ev.table { { v = ev.decimal "0.5" } } }
    assert.is_nil(t)
    assert.equal("column 'v': row 1: the amount does not fit in 64 bits",
      message)
  end)
end)

describe("a table that is garbage", function()
  -- The collector sees the handle of a table alone, which is small.
  it("is collected in time where it is large", function()
    local t = ev.table { { a = 1, b = 2 } }
    for _ = 1, 19 do t = core.table.bind_rows { t, t } end
    local function most_alive(make)
      local alive, most = setmetatable({}, { __mode = "v" }), 0
      for i = 1, 120 do
        alive[i] = make()
        local n = 0
        for _ in pairs(alive) do n = n + 1 end
        most = math.max(most, n)
      end
      return most
    end
    for _, make in ipairs { function() return t:where "a == 1" end,
      function() return t:mutate { c = "a + b" } end } do
      local most = most_alive(make)
      assert.is_true(most < 60, most .. " tables of 4 MiB and more at a time")
    end
  end)
end)

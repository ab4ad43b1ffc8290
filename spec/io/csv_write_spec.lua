-- csv.write, and what comes back through csv.read.

local core = require "evalua.core"

local function table_of(names, columns, n)
  local built = {}
  for i, values in ipairs(columns) do
    built[i] = core.column.new(values, n, values.type)
  end
  return core.table.new(names, built, n)
end

local function text_table(cells, name)
  cells.type = "text"
  return table_of({ name or "a", "b" },
    { cells, { type = "text", [cells.n] = "x" } }, cells.n)
end

describe("a real", function()
  it("that is none, or zero, has no sign in a file or in print", function()
    local t = table_of({ "a" }, { { 0 / 0, -(0 / 0), -0.0, 0.0, -1.5 } }, 5)
    assert.equal("a\nnan\nnan\n0\n0\n-1.5\n", core.csv.write(t))
    require "evalua.table"
    assert.equal("a real nan nan 0.0 0.0 −1.5", (tostring(t):gsub("─", "")
      :gsub("%s+", " "):gsub("^ ", "")))
  end)
end)

describe("csv.write", function()
  local function line(value, opts)
    local bytes = core.csv.write(text_table({ value, n = 1 }), opts)
    return bytes:match "\n(.*)\n$"
  end

  local cases = {
    { "plain", "plain" }, { "", '""' }, { nil, "" }, { "-", "-" }, { "007", "007" },
    { "a,b", '"a,b"' }, { 'say "hi"', '"say ""hi"""' }, { '"', '""""' },
    { "a\nb", '"a\nb"' }, { "a\rb", '"a\rb"' }, { " a", '" a"' }, { "a\t", '"a\t"' },
    { "a;b", '"a;b"' }, { "a|b", '"a|b"' }, { "a b", "a b" }, { "预算", "预算" },
    { "=1+1", "=1+1" }, { "@x", "@x" }, { "\u{FEFF}x", '"\u{FEFF}x"' },
  }
  for _, case in pairs(cases) do
    it(("writes %q as %s"):format(case[1], case[2]), function()
      assert.equal(case[2] .. ",x", line(case[1]))
    end)
  end

  it("quotes what holds the delimiter asked for", function()
    assert.equal('"a:b":x', line("a:b", { delimiter = ":" }))
    assert.equal("a\tx", line("a", { delimiter = "tab" }))
  end)

  it("leaves the header out when asked", function()
    assert.equal("1\n", core.csv.write(table_of({ "a" }, { { 1 } }, 1),
      { no_header = true }))
  end)

  it("keeps the digits of every type", function()
    local bytes = "d,i,r,m,b\n1.50,7,0.1,2023-01,true\n,,,,\n"
      .. "-0.05,-7,1e+20,2023-12,false\n"
    local t = core.csv.read("f", bytes)
    assert.equal(bytes, core.csv.write(t))
  end)
end)

--- Random cells of every awkward kind; `missing` now and then.
local function awkward(random, missing)
  local pieces = { "a", "预", "😎", '"', '""', ",", ";", "\t", "|", "\n", "\r", "\r\n",
    " ", "-", "0", "1.5", "=", "e", "", "", "年" }
  if random(5) == 1 then return missing end
  local out = {}
  for i = 1, random(0, 5) do out[i] = pieces[random(#pieces)] end
  return table.concat(out)
end

--- A generator of our own: the same cells on every run.
local function generator(seed)
  local state = seed
  return function(low, high)
    if high == nil then low, high = 1, low end
    state = (state * 6364136223846793005 + 1442695040888963407) & (1 << 63) - 1
    return low + (state >> 33) % (high - low + 1)
  end
end

describe("a round trip", function()
  it("keeps every text, empty text and missing value apart", function()
    for seed = 1, 300 do
      local random = generator(seed)
      local n, k = random(8), random(4)
      local names, columns, types = {}, {}, {}
      for i = 1, k do
        names[i] = "column " .. awkward(random, "") .. i
        columns[i] = { type = "text" }
        types[names[i]] = "text"
        for row = 1, n do columns[i][row] = awkward(random, nil) end
      end
      local bytes = core.csv.write(table_of(names, columns, n))
      local t, report = core.csv.read("f", bytes, { types = types })
      assert(t, report)
      assert.same(names, t:names())
      for i, name in ipairs(names) do
        columns[i].type = nil
        assert.same(columns[i], t:column(name):values(), bytes)
      end
    end
  end)

  it("keeps amounts, zeros and missing values without being told types", function()
    for seed = 1, 100 do
      local random = generator(seed)
      local n = random(8)
      local amounts = { type = "decimal(2)" }
      local names = { type = "text" }
      for row = 1, n do
        names[row] = "x" .. awkward(random, "")
        if random(3) > 1 then
          amounts[row] = core.decimal.parse(("%d.%02d"):format(
            random(-1000, 1000), random(0, 99)))
        end
      end
      amounts[n] = amounts[n] or core.decimal.parse "0.00"
      local bytes = core.csv.write(table_of({ "n", "a" }, { names, amounts }, n))
      local t = core.csv.read("f", bytes)
      assert.equal(bytes, core.csv.write(t))
      assert.equal("decimal(2)", t:column("a"):type())
    end
  end)
end)

-- The fast path against the careful one: the same tables and the same errors,
-- however the file is cut and on however many threads. What the fast path does
-- not take it must leave to the careful path, never misread.

local core = require "evalua.core"
require "evalua"
require "evalua.table"
local lfs = require "lfs"
local parse = require "evalua.parse"
local support = require "support"
local random_from = require "support.random"

local scan = core.scan

--- Everything there is to know about a table, as text.
local function print_table(t)
  local lines = {}
  for i, name in ipairs(t:names()) do
    lines[i] = name .. ":" .. t:column(name):type()
  end
  return table.concat(lines, "|") .. "\n" .. core.csv.write(t)
end

local function answer(ok, t, message)
  if not ok then return "raised: " .. tostring(t):gsub("^%S+:%d+: ", "") end
  return t and print_table(t) or "error: " .. tostring(message)
end

--- What a plan gives over the table that the careful path reads.
local function slowly(path, opts, plan)
  local t, message = core.csv.read(path, nil, opts)
  if t == nil then return "error: " .. message end
  return answer(pcall(function()
    if plan.where then
      local kept, problem = core.verbs.where(t, plan.where)
      if kept == nil then return nil, problem end
      t = kept
    end
    if plan.items == nil then return core.table.select(t, plan.keys) end
    return core.verbs.group(t, plan.keys, plan.items)
  end))
end

--- The same by the fast path, or nil where it leaves the file alone.
local function fast(path, opts, plan, tuning, threads)
  local handle <close>, message = scan.open(path, opts, tuning)
  if handle == nil then return "error: " .. message end
  if handle:schema() == nil then return nil end
  local results = table.pack(pcall(handle.run, handle, plan, threads))
  if results[1] and results[2] == nil and results[3] == nil then return nil end
  return answer(results[1], results[2], results[3])
end

local chunks = { 1, 2, 3, 5, 7, 8, 13, 16, 21, 31, 32, 33, 47, 63, 64 }

--- Compare on every chunk size and number of threads; how often the fast path
--- answered.
local function compare(path, opts, plan, label, sizes, most)
  local expected, taken = slowly(path, opts, plan), 0
  for _, chunk in ipairs(sizes or chunks) do
    for threads = most == 1 and 2 or 1, most == 1 and 2 or 4 do
      local tuning = { chunk = chunk,
        sample = most == 1 and 100000
          or ({ 40, 400, 900 })[(chunk + threads) % 3 + 1],
        portable = (chunk + threads) % 2 == 0 }
      local found = fast(path, opts, plan, tuning, threads)
      if found ~= nil then
        taken = taken + 1
        if found ~= expected then
          error(("%s, chunk %d, threads %d:\n%s\ninstead of\n%s"):format(
            label, chunk, threads, found, expected), 2)
        end
      end
    end
  end
  return taken
end

local function all_columns(path, opts)
  local t = core.csv.read(path, nil, opts)
  return { keys = t and t:names() or { "unit" } }
end

-- Generated files -------------------------------------------------------------

local labels = { "基本支出", "project", "a b", "x", "long label of more than 16",
  "long label of more than 17", "0x", "-", "n/a", "" }

local function amount(random)
  local sign = random(8) == 0 and "-" or ""
  return ("%s%d.%02d"):format(sign, random(10 ^ (random(9) + 1) // 1 | 0),
    random(100))
end

--- A cell that is not plain, of every sort there is.
local odd = {
  function() return "" end,
  function() return "-" end,
  function() return " 12 " end,
  function() return '"1,234.50"' end,
  function() return "007" end,
  function() return "1e5" end,
  function() return "12345678901234567.5" end,
  function() return "1.234" end,
  function() return "5." end,
  function() return ".5" end,
  function() return "+3" end,
  function() return "(4.00)" end,
  function() return "12万元" end,
  function() return "n.a." end,
  function() return '""' end,
  function() return '"two\nlines"' end,
  function() return '"say ""yes"""' end,
  function() return "a\"b" end,
  function() return "-0" end,
  function() return "0.00" end,
  function() return "-5.25" end,
  function() return "\xC3" end,
  function() return "a,b" end,
  function() return "x\ry" end,
  function() return "unit" end,
}

local function generate(random, rows, oddness, line_end)
  local lines = { "unit,year,kind,amount,note" }
  for i = 1, rows do
    local cells = { "u" .. random(4), tostring(2019 + random(4)),
      labels[random(2) + 1], amount(random), labels[random(#labels) + 1] }
    if random(100) < oddness then
      cells[random(5) + 1] = odd[random(#odd) + 1]()
    end
    lines[i + 1] = table.concat(cells, ",")
    if oddness > 0 and random(40) == 0 then
      lines[i + 1] = lines[i + 1] .. line_end
    end
  end
  return table.concat(lines, line_end) .. (random(2) == 0 and "" or line_end)
end

local function where(text) return parse.expression(text, "where", 0) end

local plans = {
  { keys = { "unit" }, items = parse.aggregates
    "s=sum(amount),n=count(),k=count(amount),m=mean(amount)" },
  { keys = { "kind", "unit", "year" }, items = parse.aggregates
    "lo=min(amount),hi=max(amount),f=first(note),l=last(note),x=share(amount)",
    where = where 'year >= 2020 and kind ~= "x"' },
  { keys = {}, items = parse.aggregates
    "s=sum(amount * 2),lo=min(note),n=count(),d=n_distinct(unit),q=median(amount)",
    where = where 'match(unit, "[12]$")' },
  { keys = { "year", "note" }, items = parse.aggregates "n=count(note)",
    where = where 'amount > 100 or is_na(amount)' },
  { keys = { "amount", "kind" }, where = where 'unit == "u1" and year == 2020' },
}

describe("csv, fast and careful", function()
  for seed = 1, 12 do
    it("agree on generated files, round " .. seed, function()
      local random = random_from(seed)
      local oddness = ({ 0, 0, 0, 3, 8, 30 })[seed % 6 + 1]
      local line_end = seed % 4 == 0 and "\r\n" or "\n"
      local path = support.write("g.csv",
        generate(random, 20 + random(40), oddness, line_end))
      local taken = 0
      for i, plan in ipairs(plans) do
        taken = taken + compare(path, {}, plan, "plan " .. i,
          { 1, 3, 16, 61 + seed })
      end
      taken = taken + compare(path, {}, all_columns(path, {}), "all", { 1, 64 })
      -- A file of nothing odd must not be left to the careful path.
      if oddness == 0 then assert.is_true(taken > 60, "only " .. taken) end
    end)
  end

  it("agree at every chunk size", function()
    local path = support.write("g.csv",
      generate(random_from(99), 30, 2, "\n"))
    compare(path, {}, plans[1], "plan", nil)
    compare(path, {}, all_columns(path), "all", nil)
  end)

  it("agree where quotes hold line ends, which are then read in order",
    function()
      local lines = { "name,text,amount" }
      for i = 1, 40 do
        lines[i + 1] = ('n%d,"line %d,\nand ""more""\n",%d.%02d'):format(i % 3,
          i, i * 37, i)
      end
      local path = support.write("q.csv", table.concat(lines, "\n") .. "\n")
      local plan = { keys = { "name", "text" },
        items = parse.aggregates "s=sum(amount)" }
      assert.is_true(compare(path, {}, plan, "plan", nil) > 30)
    end)

  it("agree where decimals come late, more and more of them", function()
    local lines = { "k,a,b" }
    for i = 1, 200 do
      local decimals = i < 60 and 0 or i < 120 and 1 or 4
      lines[i + 1] = ("k%d,%d%s,%d.%s"):format(i % 3, i, decimals == 0 and ""
        or "." .. ("5"):rep(decimals), i, i < 100 and "25" or "125")
    end
    lines[#lines + 1] = "k1,7,8.25"
    local path = support.write("late.csv", table.concat(lines, "\n"))
    local plan = { keys = { "k" },
      items = parse.aggregates "s=sum(a),m=mean(a),t=sum(b),u=sum(a*b)" }
    assert.is_true(compare(path, {}, plan, "plan", { 8, 64, 300 }) > 8)
    compare(path, {}, all_columns(path), "all", { 8, 64, 300 })
  end)

  it("agree behind a byte order mark, and between blank lines", function()
    local lines = { "\xEF\xBB\xBF单位,year,amount" }
    for i = 1, 40 do
      lines[i + 1] = ("单位%d,%d,%d.%02d%s"):format(i % 4, 2020 + i % 3, i * 7,
        i, i % 9 == 0 and "\r\n  " or "")
    end
    local path = support.write("bom.csv", table.concat(lines, "\r\n"))
    local plan = { keys = { "单位" }, items = parse.aggregates "s=sum(amount)" }
    assert.is_true(compare(path, {}, plan, "plan", { 1, 16, 64 }) > 6)
  end)

  it("agree on what cannot be computed", function()
    local lines = { "k,v,t" }
    for i = 1, 60 do
      lines[i + 1] = ("k%d,%d,t%d"):format(i % 3, 9 * 10 ^ 17 // 1 | 0, i)
    end
    local path = support.write("large.csv", table.concat(lines, "\n"))
    for _, plan in ipairs {
      { keys = { "k" }, items = parse.aggregates "s=sum(v)" },
      { keys = { "k" }, items = parse.aggregates "m=mean(v),h=max(v)" },
      { keys = { "k" }, where = where 'v * 100 > 0 and k == "k1"',
        items = parse.aggregates "n=count()" },
      { keys = { "k" }, items = parse.aggregates "s=sum(v * 3)" },
      { keys = { "k" }, items = parse.aggregates "s=sum(t)" },
      { keys = { "k" }, where = where 't > 5', items = parse.aggregates
        "n=count()" },
      { keys = { "k" }, where = where 'match(t, "[")', items =
        parse.aggregates "n=count()" },
    } do
      assert.is_true(compare(path, {}, plan, "plan", { 16, 64 }) > 0)
    end
  end)

  it("agree with options", function()
    local random = random_from(5)
    local lines = { "a;b;c" }
    for i = 1, 50 do
      lines[i + 1] = ("%d;%d,%02d;%s"):format(random(9), random(5000),
        random(100), ({ "x", "NA", "none" })[random(3) + 1])
    end
    local path = support.write("o.csv", table.concat(lines, "\r\n"))
    local plan = { keys = { "a" }, items = parse.aggregates "s=sum(b),n=count(c)" }
    for _, opts in ipairs { {}, { na = { "NA", "none" } }, { decimal = "," },
      { delimiter = ";", types = { a = "text", b = "decimal(4)" } },
      { columns = { "a", "b", "c" }, no_header = true } } do
      compare(path, opts, plan, "options", { 1, 17, 64, 300 })
    end
  end)

  it("agree on all shared files", function()
    local root = support.shared "README.md":gsub("/README.md$", "")
    local pipe = assert(io.popen("find " .. support.quote(root)
      .. " -name '*.csv' | LC_ALL=C sort"))
    local count, taken = 0, 0
    for path in pipe:lines() do
      local size = lfs.attributes(path).size
      local sizes = size < 20000 and { 1, 17, 64 } or { 4096, 65536 }
      if size < 1500000 then
        count = count + 1
        local found = compare(path, {}, all_columns(path, {}), path, sizes,
          size < 20000 and 4 or 1)
        if found > 0 then taken = taken + 1 end
      end
    end
    pipe:close()
    assert.is_true(count > 50 and taken > 20, count .. " " .. taken)
  end)

  it("report the same notes, rows and lines", function()
    local lines = { "unit,amount,amount,other" }
    for i = 1, 300 do
      lines[i + 1] = ("u%d,%d.50,%s,%d"):format(i % 7, i,
        i % 9 == 0 and "-" or "3", i)
      if i % 50 == 0 then lines[i + 1] = lines[i + 1] .. "\n" end
    end
    local path = support.write("n.csv", table.concat(lines, "\n"))
    local _, expected = core.csv.read(path, nil, {})
    local handle <close> = scan.open(path, {}, { chunk = 64, sample = 100 })
    local _, report = handle:run({ keys = { "unit", "amount", "amount_2",
      "other" } }, 2)
    assert.same(expected.notes, report.notes)
    for _, name in ipairs { "rows", "lines", "blank", "encoding", "delimiter",
      "data_lines", "header_line", "junk" } do
      assert.equal(expected[name], report[name], name)
    end
  end)
end)

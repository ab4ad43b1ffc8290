-- Random plans over random files with awkward content: lazily in pieces, as a
-- whole, from a database in one import and in two (whose rows go behind the
-- segments), all give the same; and sums are those of integers in Lua.
local aid = require "support.store"
local core = require "evalua.core"
local ev = require "evalua"
local random_from = require "support.random"
local support = require "support"

local TEXTS = { "甲", "乙,丙", 'a"q"', "line 1\nline 2", "x;y", "t\tu", "é",
  "  pad ", "𠮷", "='1+1", "-", "0x" }
local MISSING = { "", "n.a.", "NaN", "-" }
local DELIMITERS = { ",", ";", "\t", "|" }
local LINE_ENDS = { "\n", "\r\n", "\r" }

local function any(random, list) return list[random(#list) + 1] end

local function quoted(text) return '"' .. text:gsub('"', '""') .. '"' end

--- Rows of {key, year, cents, cents}, nil where missing (never the key), and
--- how they are written.
local function make(random)
  local file = { delimiter = any(random, DELIMITERS), rows = {},
    eol = any(random, LINE_ENDS), missing = any(random, MISSING),
    comma = random(4) == 0, all_quoted = random(5) == 0 }
  if file.comma and file.delimiter == "," then file.delimiter = ";" end
  local keys = random(6) + 1
  for i = 1, any(random, { 1, 3, 40, 400 }) do
    local row = { any(random, TEXTS) .. " " .. random(keys),
      2015 + random(9) }
    for k = 3, 4 do
      if random(6) > 0 then
        row[k] = random(10 ^ (random(11) + 1) // 1 | 0) - 500
      end
    end
    file.rows[i] = row
  end
  return file
end

local function amount(file, cents)
  local sign, rest = cents < 0 and "-" or "", math.abs(cents)
  return ("%s%d%s%02d"):format(sign, rest // 100, file.comma and "," or ".",
    rest % 100)
end

local function write(file)
  local lines = { table.concat({ "unit", "year", "plan", "paid" },
    file.delimiter) }
  for i, row in ipairs(file.rows) do
    local cells = { quoted(row[1]), tostring(row[2]) }
    for k = 3, 4 do
      local text = row[k] and amount(file, row[k])
      cells[k] = text and (file.all_quoted and quoted(text) or text)
        or file.missing
    end
    lines[i + 1] = table.concat(cells, file.delimiter)
  end
  return support.write("r.csv", table.concat(lines, file.eol) .. file.eol)
end

local CONDITIONS = { "year > 2018", "plan <= 1000", "not is_na(paid)",
  "paid > plan or year == 2016", "len(unit) > 3 and plan ~= 0",
  "is_na(plan) or paid < 0" }
local KEYS = { { "unit" }, { "year" }, { "unit", "year" }, {}, { "plan" } }
local SUMMARIES = { "s=sum(plan), n=count()", "m=mean(paid), c=count(plan)",
  "lo=min(unit), hi=max(paid)", "f=first(paid), l=last(unit)",
  "d=n_distinct(unit), q=median(plan)", "v=sd(paid), s=sum(paid - plan)" }

local steps = {
  function(random) local c = any(random, CONDITIONS)
    return function(q) return q:where(c) end end,
  function(random) local name = any(random, { "unit", "-plan", "year" })
    return function(q) return q:arrange(name, "paid") end end,
  function(random) local n = random(20)
    return function(q) return q:head(n) end end,
  function() return function(q)
    return q:mutate { plan = "coalesce(plan, 0) + 1" } end end,
  function() return function(q)
    return q:window { by = { "unit" }, order = { "year" },
      run = ev.window.cumsum "paid" } end end,
  function() return function(q) return q:distinct("unit", "year", "plan",
    "paid") end end,
}

--- A plan: some steps, most often groups, some steps that fit both.
local function plan(random)
  local list = {}
  for i = 1, random(3) do list[i] = any(random, steps)(random) end
  local keys, summary = any(random, KEYS), any(random, SUMMARIES)
  local grouped, top = random(4) > 0, random(3) == 0
  return function(q)
    for _, step in ipairs(list) do q = step(q) end
    if grouped then
      if #keys > 0 then q = q:group_by(table.unpack(keys)) end
      q = q:summarise(summary)
    end
    return top and q:tail(3) or q
  end
end

local function as_text(t) return aid.types(t) .. "\n" .. aid.csv(t) end

--- A database with the table in one import, or its parts in two.
local function database(parts)
  local store, path = aid.new()
  for i, part in ipairs(parts) do
    assert(store:import("t", part, { sha256 = ("%064d"):format(i) }))
    if i == 1 then assert(store:compact "t") end
  end
  store:close()
  return path
end

describe("random plans", function()
  for seed = 1, 8 do
    it(("give the same from every source (%d)"):format(seed), function()
      local random = random_from(seed)
      local path = write(make(random))
      local types = { unit = "text", year = "int", plan = "decimal(2)",
        paid = "decimal(2)" }
      local whole = assert(ev.read_csv(path, { types = types }))
      local n = whole:nrows()
      local paths = { database { whole },
        database { whole:head(n // 2 + 1), whole:tail(n - n // 2 - 1) } }
      for _ = 1, 15 do
        local run = plan(random)
        local want = as_text(assert(run(whole)))
        for _, chunk in ipairs { 1, 64, 1 << 20 } do
          local lazy = assert(ev.scan(path, { types = types,
            tuning = { chunk = chunk, sample = 200 } }))
          assert.equal(want, as_text(assert(run(lazy):collect())))
        end
        for _, other in ipairs(paths) do
          local db <close> = assert(ev.open(other))
          local lazy = run(assert(ev.scan(db:table "t")))
          assert.equal(want, as_text(assert(lazy:collect())))
          lazy = run(assert(ev.scan(other, { table = "t" })))
          assert.equal(want, as_text(assert(lazy:collect())))
        end
      end
    end)

    it(("sum as integers do (%d)"):format(seed), function()
      local file = make(random_from(seed))
      local order, model = {}, {}
      for _, row in ipairs(file.rows) do
        local key, sums = row[1], model[row[1]]
        if row[2] > 2017 then
          if sums == nil then
            sums = { n = 0, plan = 0 }
            order[#order + 1], model[key] = key, sums
          end
          sums.n = sums.n + (row[3] and 1 or 0)
          sums.plan = sums.plan + (row[3] or 0)
        end
      end
      local got = assert(ev.scan(write(file), { types = { plan = "decimal(2)" } })
        :where "year > 2017":group_by "unit":summarise
        "s=sum(plan), n=count(plan)":collect())
      assert.equal(#order, got:nrows())
      for i, row in got:rows() do
        local sums = model[order[i]]
        assert.equal(order[i], row.unit)
        assert.equal(sums.n, row.n)
        assert.equal(sums.n > 0 and core.decimal.new(sums.plan, 2) or nil, row.s)
      end
    end)
  end
end)

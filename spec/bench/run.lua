-- make bench: how long a few works take, on data from a seeded generator.
-- The best of three runs counts; what is not built yet is said to be absent.
local ev = require "evalua"

local ROWS = 200000
local temp = os.tmpname()
local path = temp .. ".csv"

--- Rows of unit, kind, year and two amounts; the same on every machine.
local function generate()
  local state = 20221123
  local function random(n)
    state = (state * 1103515245 + 12345) & 0x7fffffff
    return (state >> 8) % n
  end
  local file = assert(io.open(path, "w"))
  file:write "unit,kind,year,original,executed\n"
  for _ = 1, ROWS do
    file:write(("unit-%03d,%s,%d,%d.%02d,%d.%02d\n"):format(
      random(500), random(2) == 0 and "basic" or "project", 2015 + random(8),
      random(1000000), random(100), random(1000000), random(100)))
  end
  file:close()
end

local works = {
  { name = "load csv", run = function() return ev.read_csv(path) end },
  { name = "group and sum", run = function(t)
    return t:group_by("unit", "year"):summarise { total = ev.sum "executed" }
  end },
  { name = "where", run = function(t)
    return t:where "executed > 1.1 * original"
  end },
  { name = "variance", run = function(t)
    return t:variance { base = "original", actual = "executed", by = { "unit" } }
  end },
}

local function best_time(work, t)
  local best, result = math.huge, nil
  for _ = 1, 3 do
    collectgarbage()
    local start = os.clock()
    result = work.run(t)
    best = math.min(best, os.clock() - start)
  end
  return best, result
end

generate()
print(("%d rows, processor time, best of 3"):format(ROWS))
local loaded
for _, work in ipairs(works) do
  local ok, time, result = pcall(best_time, work, loaded)
  if ok then
    print(("%-16s %8.1f ms"):format(work.name, time * 1000))
  else
    print(("%-16s   absent (%s)"):format(work.name, time))
  end
  loaded = loaded or (ok and result)
end
os.remove(path)
os.remove(temp)

-- make bench: a few works on a generated file, by evalua and by what else is
-- there, in one run; all must give the same sums. BENCH_ROWS=200000 makes the
-- file smaller. The best of three runs counts (one for slow tools).

local core = require "evalua.core"
require "evalua"
require "evalua.table"
local tools = dofile "spec/bench/tools.lua"

local ROWS = math.tointeger(tonumber(os.getenv "BENCH_ROWS" or 10000000))
local folder = "build/bench"
local here = assert(io.popen("pwd")):read "l"
local base = ("%s/%s/budget-%d"):format(here, folder, ROWS)
local path = { csv = base .. ".csv", sqlite = base .. ".sqlite",
  store = base .. ".db", duckdb = base .. ".duckdb", out = base .. ".out",
  node = here .. "/" .. folder .. "/node",
  program = here .. "/build/evalua" }

local function capture(command)
  local pipe = assert(io.popen(command))
  local text = pipe:read "a"
  pipe:close()
  return text
end

--- Run a command: seconds, processor seconds, KiB, exit code.
local function measure(words)
  local quoted = {}
  for i, word in ipairs(words) do quoted[i] = tools.quote(word) end
  local wall, cpu, peak, code = capture(("%s/measure %s %s 2>%s"):format(folder,
    tools.quote(path.out), table.concat(quoted, " "),
    tools.quote(path.out .. ".err"))):match "(%S+) (%S+) (%S+) (%S+)"
  return { wall = tonumber(wall), cpu = tonumber(cpu), peak = tonumber(peak),
    code = tonumber(code) }
end

--- The rows that a tool printed, by their keys: lists of numbers.
local function read_answer(keys)
  local answer, n = {}, 0
  local t = assert(core.csv.read(path.out, nil, {}))
  local names = t:names()
  for i = 1, t:nrows() do
    local row, id, numbers = t[i], {}, {}
    for k = 1, keys do id[k] = tostring(row[names[k]]) end
    for k = keys + 1, keys + 3 do
      numbers[k - keys] = tonumber(tostring(row[names[k]]))
    end
    answer[table.concat(id, "|")] = numbers
    n = n + 1
  end
  return answer, n
end

--- Sums of doubles lose digits: the first 11 of a row's largest number must
--- agree.
local function same(a, na, b, nb)
  if na ~= nb then return false end
  for id, numbers in pairs(a) do
    local other, most = b[id], 1000
    if other == nil then return false end
    for _, x in ipairs(numbers) do most = math.max(most, math.abs(x)) end
    for i, x in ipairs(numbers) do
      if other[i] == nil or math.abs(x - other[i]) > 1e-11 * most then
        return false
      end
    end
  end
  return true
end

local function best_of(tool, work)
  local best
  for _ = 1, tools.slow[tool] and 1 or 3 do
    local run = measure(tools.command[tool](path, work[tool]))
    if run.code ~= 0 then return nil, "failed" end
    if best == nil or run.wall < best.wall then best = run end
  end
  local ok, answer, n = pcall(read_answer, work.keys)
  if not ok then return nil, "printed what is no table" end
  best.answer, best.n = answer, n
  return best
end

local function run_work(work, absent)
  print(("\n%s"):format(work.name))
  local own
  for _, tool in ipairs(tools.list) do
    if work[tool] ~= nil and absent[tool] == nil then
      local run, problem = best_of(tool, work)
      if run == nil then
        print(("  %-20s %s"):format(tools.names[tool], problem))
      else
        own = own or run
        print(("  %-20s %8.3f s %7.3f s cpu %7.2f x %9.1f M lines/s %7.0f MB  %s")
          :format(tools.names[tool], run.wall, run.cpu, run.wall / own.wall,
          work.lines / run.wall / 1e6, run.peak / 1024,
          same(own.answer, own.n, run.answer, run.n) and "same sums"
          or "OTHER SUMS"))
      end
    end
  end
end

--- The file into a new database, from start to exit, rows on the disk.
local function run_imports(absent)
  print "\nimport into a new database of the tool's own"
  local own
  for _, tool in ipairs(tools.list) do
    if tools.import[tool] ~= nil and absent[tool] == nil then
      local words, made = tools.import[tool](path)
      for _, suffix in ipairs { "", "-wal", "-shm", "-journal", ".wal" } do
        os.remove(made .. suffix)
      end
      local run = measure(words)
      own = own or run
      if run.code ~= 0 then absent[tool] = "cannot import" end
      print(("  %-20s %8.3f s %7.3f s cpu %7.2f x %9.1f M lines/s %7.0f MB%s")
        :format(tools.names[tool], run.wall, run.cpu, run.wall / own.wall,
        ROWS / run.wall / 1e6, run.peak / 1024,
        run.code == 0 and "" or "  failed"))
    end
  end
end

--- A whole process on a small file, in milliseconds: the mean of 50.
local function start_up()
  local sample = "data/dongfanghong-2022/budget.csv"
  local sum = 0
  for _ = 1, 50 do
    sum = sum + measure { path.program, "variance", sample, "--phase",
      "version", "--amount", "amount", "--base", "original", "--actual",
      "executed", "--by", "nature" }.wall
  end
  print(("\nvariance of the sample, whole process: %.1f ms"):format(
    sum / 50 * 1000))
end

local function find_absent(works)
  local absent = {}
  for _, tool in ipairs(tools.list) do
    absent[tool] = tools.missing[tool](path)
    local wanted = false
    for _, work in ipairs(works) do wanted = wanted or work[tool] ~= nil end
    if absent[tool] == nil and wanted and tools.prepare[tool] ~= nil
      and not tools.prepare[tool](path) then
      absent[tool] = "cannot make its table"
    end
    if absent[tool] then
      print(("%s: left out (%s)"):format(tools.names[tool], absent[tool]))
    end
  end
  return absent
end

if not tools.exists(path.csv) then
  local part = path.csv .. ".part"
  assert(os.execute(("%s/generate %d %s"):format(folder, ROWS,
    tools.quote(part))))
  assert(os.rename(part, path.csv))
end
print(("%d lines, %s; %s"):format(ROWS, capture("du -h --apparent-size "
  .. tools.quote(path.csv)):match "^%S+", capture("nproc"):match "%d+"
  .. " processors"))
local works = dofile "spec/bench/works.lua"(path, ROWS)
local absent = find_absent(works)
run_imports(absent)
for _, work in ipairs(works) do run_work(work, absent) end
start_up()
os.remove(path.out)
os.remove(path.out .. ".err")

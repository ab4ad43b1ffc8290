-- busted's helper of `make check-gc`: collects garbage so often that a value
-- which C uses but has not anchored is gone, and overwritten (by glibc, as
-- the Makefile asks it), when it is used.
--  * Everywhere: a full collection every EVALUA_GC_STEP virtual machine
--    instructions (default 1000), by a count hook. A test that goes on and on
--    gets fewer: the step doubles whenever BATCH kilobytes have been looked
--    through.
--  * Inside the core's C functions, where no count hook fires: in the calls
--    1, 2, 4, 8 ... of each, every allocation brings a collection.
-- Coroutines inherit a hook's mask, but Lua looks the hook up by thread, so
-- every coroutine sets its own.
local first_step = tonumber(os.getenv "EVALUA_GC_STEP" or 1000)
local step, looked_through = first_step, 0
local BATCH = 10000
local create, resume = coroutine.create, coroutine.resume

local calls = {} -- C function of the core -> how often it was called

local function add_functions(value, seen)
  if seen[value] then return end
  seen[value] = true
  for _, item in pairs(value) do
    if type(item) == "table" then add_functions(item, seen) end
    if type(item) == "function" and debug.getinfo(item, "S").what == "C" then
      calls[item] = 0
    end
  end
end

local function add_core()
  local seen = { [_G] = true }
  add_functions(require "evalua.core", seen)
  for name, value in pairs(debug.getregistry()) do
    if type(name) == "string" and name:find "^evalua%." and type(value) == "table" then
      add_functions(value, seen)
    end
  end
end

local stressed = false -- is there a collection at every allocation?

-- In generational mode a collection looks at young objects only, so one at
-- every allocation is cheap enough: the growth that brings it is 0 percent,
-- which Lua takes as 256 (it keeps a byte, and 0 would mean no change). The
-- mode begins to count with the first step.
local function at_every_allocation()
  stressed = true
  collectgarbage("generational", 256)
  collectgarbage("step", 0)
end

local function as_usual()
  stressed = false
  collectgarbage "incremental"
end

local stress

local function collect()
  collectgarbage()
  looked_through = looked_through + collectgarbage "count"
  if looked_through > BATCH then
    step, looked_through = step * 2, 0
    stress()
  end
end

local function hook(event)
  if stressed then as_usual() end
  if event == "count" then return collect() end
  local f = debug.getinfo(2, "f").func
  local n = calls[f]
  if n == nil then return end
  calls[f] = n + 1
  if n & (n + 1) == 0 then at_every_allocation() end
end

function stress() debug.sethook(hook, "c", step) end

coroutine.create = function(f) -- luacheck: ignore 122
  return create(function(...)
    stress()
    return f(...)
  end)
end

coroutine.wrap = function(f) -- luacheck: ignore 122
  local thread = coroutine.create(f)
  return function(...)
    local results = table.pack(resume(thread, ...))
    if not results[1] then
      coroutine.close(thread)
      error(results[2], 0)
    end
    return table.unpack(results, 2, results.n)
  end
end

dofile "spec/support/guard.lua"
add_core()
require "busted".subscribe({ "test", "start" }, function()
  step, looked_through = first_step, 0
  stress()
  return nil, true
end)

--- `evalua doctor`: what this machine has, and what is missing for what.

local core = require "evalua.core"
local lang = require "evalua.lang"

local function line(ok, name, text)
  return ("%s %-10s %s"):format(ok and "✓" or "✗", name, text)
end

local function check_gnuplot(text)
  local version, message =
    require("evalua.chart.backend.version").check()
  if version == nil then return line(false, "gnuplot", text(message)) end
  return line(true, "gnuplot", version)
end

--- gnuplot runs without its confinement too, so this is never a fault.
local function check_confinement(text)
  local landlock, seccomp = core.draw.confinement()
  local parts = {}
  if landlock > 0 then parts[1] = "Landlock " .. landlock end
  if seccomp then parts[#parts + 1] = "seccomp" end
  if landlock == 0 then
    parts[#parts + 1] = text("this kernel has no Landlock: gnuplot is not kept "
      .. "from reading and writing files")
  end
  return line(true, "jail", table.concat(parts, ", "))
end

local function check_font(text)
  local wanted = "Noto Sans CJK SC"
  local font, message = core.draw.font { family = wanted }
  if font == nil then return line(false, "font", text(message)) end
  local found, is_exact = font:family(false)
  if not is_exact then
    return line(false, "font", text(("'%s' is not installed; charts would "
      .. "use '%s': apt-get install fonts-noto-cjk"):format(wanted, found)))
  end
  return line(true, "font", wanted)
end

local function check_lpeg()
  local ok, lpeg = pcall(require, "lpeg")
  if not ok then
    return line(false, "LPeg", "apt-get install lua-lpeg")
  end
  local version = lpeg.version
  return line(true, "LPeg", tostring(
    type(version) == "function" and version() or version))
end

local function run(ctx)
  if #ctx.args > 0 then
    ctx.fail(("doctor takes no '%s'"):format(ctx.args[1]))
  end
  local function text(english) return lang.message(ctx.lang, english) end
  local lines = {
    line(true, "evalua", require("evalua").version),
    line(true, "Lua", _VERSION),
    check_lpeg(),
    line(true, "SQLite", core.store.version()),
    check_gnuplot(text),
    check_confinement(text),
    check_font(text),
  }
  ctx.out(table.concat(lines, "\n") .. "\n")
  for _, found in ipairs(lines) do
    if found:find("^✗") then return 1 end
  end
end

return { name = "doctor", usage = "doctor",
  summary = "What is installed here, and what is missing for what.",
  options = {}, run = run }

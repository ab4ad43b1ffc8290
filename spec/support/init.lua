--- What specs share: a clean room for files and programs.
--- Nothing here depends on the machine's locale, time zone or environment.
local busted = require "busted"
local lfs = require "lfs"

local M = {}

--- The repository's folder, absolute; specs run with it as current directory.
M.root = lfs.currentdir()

local pending -- busted's own, which ends the running test as skipped

busted.subscribe({ "test", "start" }, function(element)
  pending = element.env and element.env.pending
  return nil, true
end)

--- `text` as one word of a shell command line.
function M.quote(text)
  assert(not text:find("\0", 1, true), "a shell word cannot hold a NUL")
  return "'" .. text:gsub("'", [['\'']]) .. "'"
end

local function read(path)
  local file = assert(io.open(path, "rb"))
  local bytes = file:read "a"
  file:close()
  return bytes
end

local function write(path, bytes)
  local file = assert(io.open(path, "wb"))
  assert(file:write(bytes))
  assert(file:close())
end

M.read = read

-- Temporary files -----------------------------------------------------------

local temp = { root = nil, count = 0 }

--- Prints a new folder in /tmp, or in build/ where /tmp has no gigabyte of room,
--- or runs no programs.
local NEW_FOLDER = [=[
for base in /tmp %s/build; do
  new=$(mktemp -d "$base/evalua-spec.XXXXXX") || continue
  printf '#!/bin/sh\n' >"$new/x" && chmod +x "$new/x" && "$new/x" &&
    test "$(df --output=avail "$new" | tail -n 1)" -gt 1000000 &&
    rm "$new/x" && echo "$new" && exit
  rm -rf "$new"
done 2>/dev/null
mktemp -d /tmp/evalua-spec.XXXXXX]=]

--- A new empty folder; gone when the spec file is through.
function M.tempdir()
  if temp.root == nil then
    local pipe = assert(io.popen(NEW_FOLDER:format(M.quote(M.root))))
    temp.root = pipe:read "l"
    pipe:close()
  end
  temp.count = temp.count + 1
  local path = temp.root .. "/" .. temp.count
  assert(lfs.mkdir(path))
  return path
end

busted.subscribe({ "file", "end" }, function()
  if temp.root then os.execute("rm -rf " .. M.quote(temp.root)) end
  temp.root = nil
  return nil, true
end)

--- Writes `bytes` to a file called `name` in a new folder; returns its path.
function M.write(name, bytes)
  local path = M.tempdir() .. "/" .. name
  write(path, bytes)
  return path
end

-- Programs ------------------------------------------------------------------

--- Variables of this process that its children may see.
local inherited = {
  "PATH", "ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS",
}

local function environment(extra)
  local set = { LC_ALL = "C.UTF-8", TZ = "UTC", HOME = "/nonexistent" }
  for _, name in ipairs(inherited) do set[name] = os.getenv(name) end
  for name, value in pairs(extra or {}) do set[name] = value end
  -- What ignores SIGHUP (nohup) or SIGPIPE hands that on to its children.
  local words = { "env", "-i", "--default-signal" }
  for name, value in pairs(set) do
    assert(name:find "^[%a_][%w_]*$", "not a variable's name: " .. name)
    words[#words + 1] = name .. "=" .. value
  end
  return words
end

local function append(list, more)
  for _, value in ipairs(more) do list[#list + 1] = value end
end

--- Runs a program without a terminal, in a fixed environment.
---@param words string[] the program and its arguments, each passed untouched
---@param opts? table stdin= text; env= {NAME=value}; cwd= folder;
---  stdout= a path that gets the output; timeout= seconds (default 300: only
---  what hangs takes longer, on a slow and busy machine with sanitizers too)
---@return table {code=, out=, err=, signal=}; a signal n gives code 128+n
function M.run(words, opts)
  opts = opts or {}
  local dir = M.tempdir()
  local paths = { out = opts.stdout or dir .. "/out", err = dir .. "/err" }
  local input = "/dev/null"
  if opts.stdin then
    input = dir .. "/in"
    write(input, opts.stdin)
  end
  local all = environment(opts.env)
  append(all, { "timeout", "--foreground", tostring(opts.timeout or 300) })
  append(all, words)
  for i, word in ipairs(all) do all[i] = M.quote(word) end
  local _, how, code = os.execute(("cd %s && exec %s <%s >%s 2>%s"):format(
    M.quote(opts.cwd or M.root), table.concat(all, " "), M.quote(input),
    M.quote(paths.out), M.quote(paths.err)))
  return {
    code = how == "signal" and 128 + code or code,
    signal = how == "signal" and code or nil,
    out = opts.stdout and "" or read(paths.out),
    err = read(paths.err),
  }
end

--- The program under test, absolute.
function M.program()
  local path = os.getenv "EVALUA_PROGRAM" or "build/evalua"
  return path:find "^/" and path or M.root .. "/" .. path
end

--- Runs `evalua` with `args`; opts and result as in run(), and
--- opts.before= words put before the program, such as {"timeout", "1"}.
function M.evalua(args, opts)
  local words = {}
  append(words, opts and opts.before or {})
  append(words, { M.program() })
  append(words, args)
  return M.run(words, opts)
end

--- The shell's part of signal(): the program itself gets the signal, and is
--- dead when `wait` returns. One that ends too early is not waited for.
local SIGNAL = [=[
name=$1 mark=$2; shift 2
env --default-signal "$@" <&0 & pid=$!
until [ -s "$mark" ] || ! kill -0 "$pid"; do sleep 0.02; done
kill -s "$name" "$pid"; wait "$pid"]=]

--- Runs a program and sends it a signal when the file `mark` holds something:
--- an event, since no time is long enough on a busy machine. Result as run().
---@param name string such as "INT"
---@param mark string the path of a file that the program (or its child) writes
function M.signal(name, mark, words, opts)
  local all = { "bash", "-c", SIGNAL, "bash", name, mark }
  append(all, words)
  return M.run(all, opts)
end

--- Words before a program that make it run as somebody who may not write
--- everywhere, as root may: none for anybody else. The test is skipped where
--- root cannot become another user, or that user cannot reach the program.
function M.unprivileged()
  if M.run({ "id", "-u" }).out ~= "0\n" then return {} end
  local words = { "setpriv", "--reuid=65534", "--clear-groups" }
  local probe = { table.unpack(words) }
  append(probe, { "test", "-x", M.program() })
  if M.run(probe).code ~= 0 then pending "cannot become another user here" end
  return words
end

--- Does `test` become true? It is asked again for five minutes.
function M.comes_true(test)
  for _ = 1, 6000 do
    if test() then return true end
    os.execute "sleep 0.05"
  end
  return false
end

-- Data and golden files -----------------------------------------------------

--- The path of a file of the data set that lies beside the repository
--- (EVALUA_DATA, else ../shared/data); the test is skipped without it.
function M.shared(path)
  local base = os.getenv "EVALUA_DATA" or M.root .. "/../shared/data"
  local full = base .. "/" .. path
  if lfs.attributes(full) then return full end
  pending("no " .. full .. " (set EVALUA_DATA)")
end

local function first_difference(expected, found)
  local next_line = found:gmatch "([^\n]*)\n?"
  local n = 0
  for line in expected:gmatch "([^\n]*)\n?" do
    n = n + 1
    local other = next_line() or "(end)"
    if line ~= other then
      return ("line %d\nexpected: %s\nfound:    %s"):format(n, line, other)
    end
  end
  return "the text found is longer"
end

--- Compares `text` with spec/golden/NAME; `make golden` writes it instead.
function M.golden(name, text)
  local path = M.root .. "/spec/golden/" .. name
  if os.getenv "EVALUA_GOLDEN" == "1" then
    lfs.mkdir(M.root .. "/spec/golden")
    return write(path, text)
  end
  if not lfs.attributes(path) then
    error("no spec/golden/" .. name .. ": run `make golden`, review it", 2)
  end
  local expected = read(path)
  if expected ~= text then
    error(("not as in spec/golden/%s, %s"):format(
      name, first_difference(expected, text)), 2)
  end
end

return M

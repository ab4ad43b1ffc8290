--- gnuplot as a child: pictures come back whole or not at all, in time, and
--- nothing stays behind.
local support = require "support"

local core = require "evalua.core"
local draw = core.draw

local output = ('set output "%s"\n'):format(draw.output())
local good = "set terminal svg\n" .. output .. "plot [0:1] x\n"

local function bytes_of(format, terminal)
  return draw.gnuplot(("set terminal %s\n%splot [0:1] x\n"):format(terminal,
    output), format)
end

--- A program that stands in for gnuplot: its path.
local function stand_in(body)
  local path = support.write("gnuplot", "#!/bin/sh\n" .. body .. "\n")
  support.run { "chmod", "+x", path }
  return path
end

--- Run Lua in the program with another gnuplot and a temporary folder of its
--- own; returns what it printed and what is left in that folder.
local function with_program(program, code)
  local folder = support.tempdir()
  local result = support.evalua({ "-e", 'local draw = require("evalua.core")'
    .. ".draw " .. code }, { env = { EVALUA_GNUPLOT = program,
    TMPDIR = folder } })
  assert.equal("", result.err)
  return result.out, support.run({ "ls", "-A", folder }).out
end

--- The same with another PATH.
local function with_path(path, code)
  local result = support.run { "/bin/sh", "-c", 'PATH=$1 exec "$2" -e "$3"',
    "sh", path, support.program(), 'local draw = require("evalua.core").draw '
      .. code }
  assert.equal("", result.err)
  return result.out
end

--- A zombie that nobody reaps is not alive.
local function is_alive(pid)
  local file = io.open("/proc/" .. pid .. "/status")
  if file == nil then return false end
  local state = file:read("a"):match "State:%s*(%a)"
  file:close()
  return state ~= "Z"
end

--- gnuplot behind a wrapper script, which is not confined.
local function unconfined() return stand_in 'exec /usr/bin/gnuplot-nox "$@"' end

local function draw_unconfined(script)
  return with_program(unconfined(),
    ("print(draw.gnuplot(%q, 'svg'))"):format(script))
end

--- With the usual deadline, for what ends by itself; with one that is sure to
--- be missed.
local try = ("print(draw.gnuplot(%q, 'svg'))"):format(good)
local try_briefly = ("print(draw.gnuplot(%q, 'svg', {deadline_ms = 300}))")
  :format(good)

--- Draws with a program that never ends, and sends the parent a signal when
--- that program runs: the result, and whether the program ends too.
local function stopped_by(signal, folder)
  local mark = support.tempdir() .. "/pid"
  local result = support.signal(signal, mark, { support.program(), "-e",
    ('print(require("evalua.core").draw.gnuplot(%q, "svg"))'):format(good) },
    { env = { TMPDIR = folder, EVALUA_GNUPLOT = stand_in("echo $$ >" .. mark
      .. "; exec /bin/sleep 300") } })
  local pid = support.read(mark):match "%d+"
  return result, support.comes_true(function() return not is_alive(pid) end)
end

describe("core.draw.gnuplot", function()
  it("gives svg, png and pdf", function()
    assert.matches("^<%?xml", assert(bytes_of("svg", "svg")))
    assert.matches("^\x89PNG", assert(bytes_of("png", "pngcairo")))
    assert.matches("^%%PDF", assert(bytes_of("pdf", "pdfcairo")))
  end)

  it("refuses a picture of another format", function()
    local bytes, message, code = bytes_of("png", "svg")
    assert.is_nil(bytes)
    assert.matches("broken png", message)
    assert.equal("child", code)
  end)

  it("says what gnuplot says of a bad script", function()
    local bytes, message, code = draw.gnuplot("set nonsense 1\n", "svg")
    assert.is_nil(bytes)
    assert.matches('gnuplot.* failed with status 1: "/proc/self/fd/5" line 1',
      message)
    assert.equal("child", code)
  end)

  it("says so when nothing was drawn", function()
    local bytes, message = draw.gnuplot("x = 1\n", "svg")
    assert.is_nil(bytes)
    assert.matches("drew nothing", message)
  end)

  it("stops a script at its deadline", function()
    local bytes, message, code = draw.gnuplot(
      "do for [i=1:2000000000] { x=i }\n", "svg", { deadline_ms = 200 })
    assert.is_nil(bytes)
    assert.matches("took longer than 0.2 s", message)
    assert.equal("child", code)
  end)

  it("does not believe a picture that was cut short", function()
    local bytes, message = draw.gnuplot(
      ('set print "%s"\nprint "<?xml version"\n'):format(draw.output()), "svg")
    assert.is_nil(bytes)
    assert.matches("broken svg", message)
  end)

  it("stops one that writes too much", function()
    local bytes, message = draw.gnuplot('s = "0123456789"\n'
      .. "do for [i=1:17] { s = s.s }\n"
      .. ('set print "%s"\n'):format(draw.output())
      .. "do for [i=1:60] { print s }\n", "svg")
    assert.is_nil(bytes)
    assert.matches("wrote too large a file", message)
  end)

  it("raises on a wrong format and a wrong deadline", function()
    assert.has_error(function() draw.gnuplot(good, "gif") end)
    assert.has_error(function()
      draw.gnuplot(good, "svg", { deadline_ms = 0 })
    end)
  end)

  it("starts gnuplot with none of our environment and no init file",
    function()
    local svg = draw_unconfined("set terminal svg\n" .. output
      .. 'set label 1 system("echo $HOME:$PATH:$LC_ALL:$TMPDIR") at 0,0\n'
      .. "plot [0:1] x\n")
    assert.matches("/nonexistent:/nonexistent:C.UTF%-8:<", svg)
  end)

  it("limits memory, file size, processor time, core and files", function()
    local tell = "echo $(ulimit -v) $(ulimit -f) $(ulimit -t) $(ulimit -c) "
      .. "$(ulimit -n)"
    local svg = draw_unconfined("set terminal svg\n" .. output
      .. ('set label 1 system("echo limits; %s") at 0,0\n'):format(tell)
      .. "plot [0:1] x\n")
    local ours = svg:match("limits.->([%d ]+)</"):gmatch "%d+"
    local before = support.run({ "sh", "-c", tell }).out:gmatch "%w+"
    for _, most in ipairs { 2097152, 131072, 60, 0, 128 } do
      local given = tonumber(before()) or math.huge -- unlimited
      assert.equal(math.min(most, given), tonumber(ours()))
    end
  end)

  it("tells the version", function()
    assert.matches("^gnuplot %d+%.%d+", assert(draw.gnuplot_version()))
  end)
end)

describe("core.draw.gnuplot with another program", function()
  it("says how to install a gnuplot that is missing", function()
    local out = with_program("/nonexistent/gnuplot", try)
    assert.matches("^nil\tEVALUA_GNUPLOT='/nonexistent/gnuplot' is not the "
      .. "full path of a program\tchild\n$", out)
  end)

  it("is found in PATH", function()
    local first = stand_in "echo gnuplot of mine":match "^(.*)/gnuplot$"
    local version = "print(draw.gnuplot_version())"
    assert.equal("gnuplot of mine\n", with_path(first .. ":/usr/bin", version))
    assert.matches("^gnuplot %d", with_path("/usr/bin:" .. first, version))
  end)

  it("is not looked for elsewhere, and not where one happens to be", function()
    local missing = "^nil\tgnuplot is not installed: apt%-get install "
      .. "gnuplot%-nox\tchild\n$"
    local outside = support.write("gnuplot", "\x7FELF elsewhere")
    support.run { "chmod", "+x", outside }
    for _, path in ipairs { "/nonexistent", "/", "usr/bin", "", ".:",
      outside:match "^(.*)/", ("/x"):rep(5000) } do
      assert.matches(missing, with_path(path, try))
    end
  end)

  it("takes no relative path", function()
    assert.matches("is not the full path", (with_program("gnuplot", try)))
  end)

  it("kills a slow one and leaves no file", function()
    local out, left = with_program(stand_in "/bin/sleep 300", try_briefly)
    assert.matches("took longer than 0.3 s", out)
    assert.equal("", left)
  end)

  it("kills one that closes its output and goes on", function()
    local out = with_program(
      stand_in "exec >/dev/null 2>&1; exec /bin/sleep 300", try_briefly)
    assert.matches("took longer than 0.3 s", out)
  end)

  -- What it left holds the pipe for output; the deadline is not to be the end.
  it("does not wait for what a dead one left running", function()
    local out = with_program(stand_in "/bin/sleep 600 & exit 0",
      ("print(draw.gnuplot(%q, 'svg', {deadline_ms = 600000}))"):format(good))
    assert.matches("drew nothing", out)
  end)

  it("reports one that is killed", function()
    local out, left = with_program(stand_in "kill -9 $$", try)
    assert.matches("was killed by signal 9", out)
    assert.equal("", left)
  end)

  it("reports one that cannot be started", function()
    local path = support.write("gnuplot", "\x7FELF broken")
    support.run { "chmod", "+x", path }
    assert.matches("cannot start .*Exec format error",
      (with_program(path, try)))
  end)

  -- Descriptor 3 is the pipe for errors of the child, once all are placed.
  it("writes into no file of ours where descriptors run out", function()
    for most = 10, 18, 2 do
      local path = support.write("ours", "")
      local result = support.evalua({ "-e",
        "local draw = require('evalua.core').draw " .. try }, { before = { "sh", "-c",
        ('ulimit -n %d; exec "$@" 3>%s'):format(most, support.quote(path)),
        "sh" } })
      assert.matches("cannot start", result.out)
      assert.equal("", support.read(path))
    end
  end)

  it("takes no more of its output than a part", function()
    local out = with_program(stand_in(
      "i=0; while [ $i -lt 2000 ]; do echo 0123456789012345678901234567890; "
      .. "i=$((i+1)); done; exit 3"), try)
    assert.matches("failed with status 3", out)
    assert.is_true(#out < 2000)
  end)

  it("needs no folder to write in", function()
    local out = support.evalua({ "-e",
      ('print(require("evalua.core").draw.gnuplot(%q, "svg"))'):format(good) },
      { env = { TMPDIR = "/nonexistent/x" } }).out
    assert.matches("^<%?xml", out)
  end)

  for signal, status in pairs { KILL = 128 + 9, INT = 130, TERM = 128 + 15,
    HUP = 128 + 1 } do
    it("ends with its parent by SIG" .. signal .. ", and nothing stays behind",
      function()
        local folder = support.tempdir()
        local result, ended = stopped_by(signal, folder)
        assert.equal(status, result.code)
        assert.equal("", support.run({ "ls", "-A", folder }).out)
        assert.is_true(ended)
      end)
  end
end)

describe("core.draw.start", function()
  it("gives one that draws a script that comes later", function()
    local started = assert(draw.start())
    assert.matches("^<%?xml", assert(draw.gnuplot(good, "svg",
      { started = started })))
  end)

  -- Room was made for one; gnuplot may fail or draw into it.
  it("has one picture, whatever is asked of it", function()
    local both = good .. good:gsub('output "[^"]*', function(words)
      return words:gsub("%d+$", function(n) return math.tointeger(n) + 1 end)
    end)
    local bytes, message = draw.gnuplot(both, "svg",
      { started = assert(draw.start(3)) })
    assert.is_string(bytes or message)
  end)

  it("serves once; then another one is started", function()
    local started = assert(draw.start())
    for _ = 1, 2 do
      assert(draw.gnuplot(good, "svg", { started = started }))
    end
  end)

  it("ends one that is not needed", function()
    local mark = support.tempdir() .. "/pid"
    local program = stand_in("echo $$ >" .. mark .. "; exec /bin/sleep 300")
    support.evalua({ "-e", ("local started <close> = require('evalua.core')"
      .. ".draw.start() repeat local file = io.open(%q) until file and "
      .. "file:read(1)"):format(mark) },
      { env = { EVALUA_GNUPLOT = program } })
    local pid = support.read(mark):match "%d+"
    assert.is_true(support.comes_true(function() return not is_alive(pid) end))
  end)

  it("tells what it lacks, when it starts or when it draws", function()
    local out = with_program("/nonexistent/gnuplot", "print(draw.start())")
    assert.matches("^nil\tEVALUA_GNUPLOT=", out)
    local broken = support.write("gnuplot", "\x7FELF broken")
    support.run { "chmod", "+x", broken }
    out = with_program(broken, ("local started = draw.start() print(draw."
      .. "gnuplot(%q, 'svg', { started = started }))"):format(good))
    assert.matches("cannot start .*Exec format error", out)
  end)

  it("draws several pictures, each its own file", function()
    local script = ""
    for i = 1, 3 do
      script = script .. ('set terminal svg\nset output "%s"\n'):format(
        draw.output(i)) .. ("set label 1 'number%d' at 0,0\nplot [0:1] x\n")
        :format(i)
    end
    local pictures = assert(draw.gnuplot_all(script, { "svg", "svg", "svg" }))
    for i = 1, 3 do assert.matches("number" .. i, pictures[i]) end
  end)
end)

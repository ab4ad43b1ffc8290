--- gnuplot as a child: pictures come back whole or not at all, in time, and
--- nothing stays behind.
local support = require "support"

local core = require "evalua.core"
local draw = core.draw

local good = 'set terminal svg\nset output "chart.out"\nplot NaN\n'

local function bytes_of(format, terminal)
  return draw.gnuplot(("set terminal %s\nset output \"chart.out\"\nplot "
    .. "[0:1] x\n"):format(terminal), format)
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
    assert.matches('gnuplot.* failed with status 1: "chart.gp" line 1', message)
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
      'set print "chart.out"\nprint "<?xml version"\n', "svg")
    assert.is_nil(bytes)
    assert.matches("broken svg", message)
  end)

  it("stops one that writes too much", function()
    local bytes, message = draw.gnuplot('s = "0123456789"\n'
      .. "do for [i=1:17] { s = s.s }\n"
      .. 'set print "chart.out"\ndo for [i=1:60] { print s }\n', "svg")
    assert.is_nil(bytes)
    assert.matches("wrote too large a file", message)
  end)

  it("does not follow a link that stands in the picture's place", function()
    assert.matches("^nil\t.*drew nothing", (draw_unconfined(
      "system('/bin/ln -s /etc/passwd chart.out')\n")))
  end)

  it("raises on a wrong format and a wrong deadline", function()
    assert.has_error(function() draw.gnuplot(good, "gif") end)
    assert.has_error(function()
      draw.gnuplot(good, "svg", { deadline_ms = 0 })
    end)
  end)

  it("starts gnuplot with none of our environment and no init file",
    function()
    local svg = draw_unconfined('set terminal svg\nset output "chart.out"'
      .. '\nset label 1 system("echo $HOME:$PATH:$LC_ALL:$TMPDIR") at 0,0\n'
      .. "plot [0:1] x\n")
    assert.matches("/nonexistent:/nonexistent:C.UTF%-8:<", svg)
  end)

  it("limits memory, file size and processor time", function()
    local svg = draw_unconfined('set terminal svg\nset output "chart.out"'
      .. '\nset label 1 system("ulimit -v; ulimit -f; ulimit -t; ulimit -c; '
      .. 'ulimit -n") at 0,0\nplot [0:1] x\n')
    assert.matches("2097152.*131072.*20.*0.*64", svg)
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

  it("does not wait for what a dead one left running", function()
    local started = os.time()
    with_program(stand_in "/bin/sleep 300 & exit 0", try)
    assert.is_true(os.time() - started < 150)
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

  it("takes no more of its output than a part", function()
    local out = with_program(stand_in(
      "i=0; while [ $i -lt 2000 ]; do echo 0123456789012345678901234567890; "
      .. "i=$((i+1)); done; exit 3"), try)
    assert.matches("failed with status 3", out)
    assert.is_true(#out < 2000)
  end)

  it("says so where no folder can be made", function()
    local result = support.evalua({ "-e",
      'print(require("evalua.core").draw.gnuplot("", "svg"))' },
      { env = { TMPDIR = "/nonexistent/x" } })
    assert.matches("^nil\tcannot make a folder in '/nonexistent/x'.*\tio\n$",
      result.out)
  end)

  it("ends with its parent", function()
    -- nobody is left to clear the folder
    local result, ended = stopped_by("KILL", support.tempdir())
    assert.equal(128 + 9, result.code)
    assert.is_true(ended)
  end)

  it("is stopped by SIGINT, and nothing stays behind", function()
    local folder = support.tempdir()
    local result, ended = stopped_by("INT", folder)
    assert.equal(130, result.code)
    assert.equal("", support.run({ "ls", "-A", folder }).out)
    assert.is_true(ended)
  end)
end)

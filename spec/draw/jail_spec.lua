--- The confinement of gnuplot: what a script that slipped through could do is
--- tried, once without the wall (to see that the attempt is a real one) and
--- once behind it.
local support = require "support"

local draw = require("evalua.core").draw

local OUTPUT = ('set output "%s"\n'):format(draw.output())
local HEAD = "set terminal svg\n" .. OUTPUT
local TAIL = "\nplot [0:1] x\n"

--- Attempts to make the file MARK, by a command or by gnuplot itself.
local attempts = {
  { "system()", "system('/bin/touch MARK')" },
  { "system() in a label", "set label 1 system('/bin/touch MARK') at 0,0" },
  { "a shell line", "!/bin/touch MARK" },
  { "backticks", 'x = "`/bin/touch MARK`"' },
  { "backticks in a title", 'set title "`/bin/touch MARK`"' },
  { "a pipe to plot", 'plot "< /bin/touch MARK; echo 1"' },
  { "a pipe to load", 'load "< /bin/touch MARK"' },
  { "a pipe to print into", 'set print "|/bin/touch MARK"\nprint 1' },
  { "a pipe for output", 'set output "|/bin/touch MARK"\nplot x\nset output' },
  { "eval", "eval 'system(\"/bin/touch MARK\")'" },
  { "a file to print into", 'set print "MARK"\nprint 1\nset print' },
  { "a file for output", 'set output "MARK"\nplot x\n' .. OUTPUT },
  { "a table file", 'set table "MARK"\nplot x\nunset table' },
  { "save", 'save "MARK"' },
}

local landlock, seccomp = draw.confinement()

--- Skips, with the reason, where this kernel has no wall to test.
local function need_wall()
  if landlock == 0 or not seccomp then
    pending "this kernel has no Landlock or seccomp"
  end
end

local function exists(path)
  local file = io.open(path)
  if file then file:close() end
  return file ~= nil
end

--- A command behind a pipe may outlive gnuplot by a moment.
local function appears(path)
  return support.comes_true(function() return exists(path) end)
end

describe("gnuplot behind its wall", function()
  for _, attempt in ipairs(attempts) do
    it("does nothing by " .. attempt[1], function()
      need_wall()
      local free, mark = support.tempdir() .. "/mark",
        support.tempdir() .. "/mark"
      local body = HEAD .. attempt[2] .. TAIL
      local script = support.write("free.gp", (body:gsub("MARK", free)
        :gsub(OUTPUT, 'set output "free.svg"\n')))
      support.run({ "/usr/bin/gnuplot-nox", "-d", script },
        { cwd = support.tempdir() })
      assert.is_true(appears(free), "the attempt is no attempt")
      draw.gnuplot((body:gsub("MARK", mark)), "svg")
      assert.is_false(exists(mark))
    end)
  end

  it("cannot read what is not its business", function()
    need_wall()
    local secret = support.write("secret.dat", "4242 1\n")
    local bytes, message = draw.gnuplot(HEAD .. ('plot "%s"\n'):format(secret),
      "svg")
    assert.is_nil(bytes)
    assert.matches("No data in plot", message)
    assert.is_nil(draw.gnuplot(HEAD .. ('load "%s"\n'):format(secret), "svg"))
  end)

  it("still draws every format, with Chinese letters", function()
    local terminals = { svg = "svg", png = "pngcairo", pdf = "pdfcairo" }
    for format, terminal in pairs(terminals) do
      assert(draw.gnuplot(("set terminal %s font 'Noto Sans CJK SC,20'\n"
        .. "%sset label 1 '预算' at 0,0\nplot [0:1] x\n"):format(terminal,
        OUTPUT), format))
    end
  end)
end)

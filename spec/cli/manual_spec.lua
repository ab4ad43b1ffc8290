-- The manual page and the completion: made of the options' own table.

local cli = require "evalua.cli"
local complete = require "evalua.cli.complete"
local support = require "support"

--- A page as people read it: roff's escapes undone.
local function shown(page)
  return (page:gsub("\\f[BIP]", ""):gsub("\\%-", "-"):gsub("\\e", "\\")
    :gsub("\\&", ""))
end

describe("the manual page", function()
  local page = support.evalua { "help", "--man" }.out

  it("has every command with its options, and what they share once", function()
    local text = shown(page)
    for _, name in ipairs(cli.commands) do
      local command = require("evalua.cli." .. name)
      local part = text:match("\n%.SS " .. name .. "\n(.-)\n%.S[SH]")
      assert.is_string(part, name)
      for _, option in ipairs(command.options) do
        local where = option.group == nil and part or text
        assert.matches("--" .. option.name, where, 1, true)
      end
    end
    assert.equal(1, select(2, text:gsub("\n%-%-delimiter ", "")))
    assert.matches("\n.SS chart plot\n", text, 1, true)
  end)

  it("has no request or escape but roff's own that it means", function()
    local known = { TH = true, SH = true, SS = true, TP = true, PP = true,
      EX = true, EE = true, nf = true, fi = true }
    for line in page:gmatch "[^\n]+" do
      local request = line:match "^[.'](%S*)"
      assert.is_true(request == nil or known[request] == true, line)
      for escape in line:gmatch "\\(.)" do
        assert.matches("[fe&%-]", escape, 1, false)
      end
    end
  end)

  it("pleases groff, where it is installed", function()
    local path = support.write("evalua.1", page)
    local got = support.run { "sh", "-c", "command -v groff >/dev/null || exit 0;"
      .. " groff -man -ww -z -K utf8 -T utf8 " .. path }
    assert.equal("", got.err)
    assert.equal(0, got.code)
  end)

  it("is there in Chinese", function()
    assert.matches("勾稽核对", support.evalua { "help", "--man", "--lang", "zh" }.out)
  end)
end)

describe("the completion", function()
  for words, expected in pairs {
    [""] = cli.commands, ["--"] = { "--lang", "--debug", "--help", "--version" },
    ["variance x.csv --expense-sign "] = { "positive", "negative" },
    ["variance x.csv --by "] = {}, ["variance "] = {}, ["nope "] = {},
    ["db "] = { "compact", "drop-segments" },
    ["chart plot x.csv --log "] = { "x", "y", "xy" },
    ["export --"] = { "--db", "--table", "--where", "--output", "--format",
      "--lang", "--debug", "--help" },
  } do
    it("offers what may stand behind '" .. words .. "'", function()
      local list = {}
      for word in (words .. " "):gmatch "(%S*) " do list[#list + 1] = word end
      assert.same(expected, complete.candidates(list))
    end)
  end

  it("offers the reports, and the options of each", function()
    assert.same(require("evalua.report").names(),
      complete.candidates { "report", "" })
    local names = table.concat(complete.candidates { "report", "selfeval",
      "--" }, " ")
    assert.matches("--rubric", names, 1, true)
  end)

  it("works in bash", function()
    local script = ("%s() { %s \"$@\"; }; source <(evalua help --bash); "
      .. "COMP_WORDS=(evalua variance x.csv --ma); COMP_CWORD=3; _evalua; "
      .. "echo ${COMPREPLY[@]}"):format("evalua", support.quote(
        support.program()))
    local got = support.run { "bash", "-c", script }
    assert.equal("--material-amount --material-pct --map\n", got.out, got.err)
  end)
end)

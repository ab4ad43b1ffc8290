-- evalua variance: the main job, through the program itself.

local support = require "support"

local SAMPLE = "data/dongfanghong-2022/budget.csv"
local LONG = { "--phase", "version", "--amount", "amount", "--base", "original",
  "--actual", "executed", "--by", "nature", "--where", 'flow == "expense"' }

--- evalua variance SOURCE … with further words behind.
local function variance(source, ...)
  local args = { "variance", source }
  for _, word in ipairs { ... } do args[#args + 1] = word end
  return support.evalua(args)
end

local function sample(...)
  local args = { "variance", SAMPLE }
  for _, word in ipairs(LONG) do args[#args + 1] = word end
  for _, word in ipairs { ... } do args[#args + 1] = word end
  return support.evalua(args)
end

local function csv(bytes, ...)
  return variance(support.write("budget.csv", bytes), ...)
end

local WIDE = { "--base", "b", "--actual", "a", "--by", "x" }

local function wide(bytes, ...)
  local words = table.move(WIDE, 1, #WIDE, 1, {})
  for _, word in ipairs { ... } do words[#words + 1] = word end
  return csv(bytes, table.unpack(words))
end

describe("evalua variance on the sample unit", function()
  it("prints the report as it stands in the golden files", function()
    for _, lang in ipairs { "en", "zh" } do
      for _, format in ipairs { "text", "md", "html", "csv", "json" } do
        local got = sample("--total", "--lang", lang, "-O", format)
        assert.equal(0, got.code, got.err)
        support.golden(("variance-%s.%s"):format(lang, format), got.out)
      end
    end
  end)

  it("gives the exact figures as JSON", function()
    local out = sample("--total", "-O", "json").out
    assert.matches('"base": 2200.90, "actual": 1917.00, "variance": -283.90, '
      .. '"variance_pct": -12.899268, "rate_pct": 87.100732', out, 1, true)
    assert.matches('"base": 2062.77, "actual": 4680.28, "variance": 2617.51, '
      .. '"variance_pct": 126.892964, "rate_pct": 226.892964', out, 1, true)
    assert.matches('{"nature": null, "base": 4263.67, "actual": 6597.28, '
      .. '"variance": 2333.61, "variance_pct": 54.732425, '
      .. '"rate_pct": 154.732425, "status": "over", "favourable": false, '
      .. '"material": null, "level": 0}', out, 1, true)
  end)

  it("says beside csv and json that no adjusted budget is given", function()
    assert.matches("no adjusted budget", sample("-O", "json").err)
    assert.matches("no adjusted budget", sample().out)
  end)

  it("shows amounts in another unit, but never in csv and json", function()
    assert.matches("0.66", sample("--unit", "亿元", "--total").out, 1, true)
    assert.equal(sample("-O", "csv").out,
      sample("-O", "csv", "--unit", "亿元").out)
  end)

  it("exits with 1 when asked to fail on what is material", function()
    assert.equal(1, sample("--material-pct", "50", "--fail-on",
      "material").code)
    assert.equal(0, sample("--material-pct", "500", "--fail-on",
      "material").code)
  end)

  it("writes each format that a suffix names", function()
    local dir = support.tempdir()
    for _, suffix in ipairs { "txt", "md", "html", "csv", "json" } do
      local got = sample("-o", dir .. "/v." .. suffix)
      assert.equal(0, got.code, got.err)
      assert.equal("", got.out)
      assert.is_true(#support.read(dir .. "/v." .. suffix) > 100)
    end
  end)

  it("fits a narrow terminal and keeps every amount", function()
    local args = { "variance", SAMPLE, "--total" }
    for _, word in ipairs(LONG) do args[#args + 1] = word end
    for _, width in ipairs { "40", "60", "79" } do
      local got = support.evalua(args, { env = { COLUMNS = width } })
      assert.matches("2,617.51", got.out, 1, true)
      local core = require "evalua.core"
      for line in got.out:gmatch("[^\n]+") do
        assert.is_true(core.text.width(line) <= tonumber(width), line)
      end
    end
  end)
end)

describe("evalua variance on bad input", function()
  local cases = {
    { "no such file", function() return variance("none.csv", "--base", "b",
      "--actual", "a") end, "cannot open 'none.csv'" },
    { "an empty file", function() return wide("") end, "empty" },
    { "a header without rows", function() return wide("x,b,a\n") end,
      "has a header but no rows" },
    { "a binary file", function() return wide("x,b,a\n1,\0\1\2,3\n") end,
      "binary" },
    { "a column that is not there", function()
      return csv("x,b\n1,2\n", "--by", "x", "--base", "b", "--actual", "bb")
    end, "no column 'bb' (did you mean 'b'?)" },
    { "letters in an amount", function()
      return wide("x,b,a\n1,2,3\n1,4,1 23O.00\n")
    end, 'budget.csv:3: column "a": "1 23O.00" is not a number' },
    { "an amount beyond all range", function()
      return wide("x,b,a\n1,2,1e400\n")
    end, "1e400" },
    { "an amount beyond 64 bits", function()
      return wide("x,b,a\n1,2,99999999999999999999\n")
    end, "18 digits" },
    { "a sum beyond 64 bits", function()
      return wide("x,b,a\n" .. ("1,999999999999999999,1\n"):rep(20))
    end, "64 bits" },
    { "an unknown option", function() return sample("--totl") end,
      "did you mean '--total'?" },
    { "a version that is not there", function()
      return variance(SAMPLE, "--phase", "version", "--amount", "amount",
        "--base", "adjusted", "--actual", "executed")
    end, "there are: original, executed" },
    { "an unknown kind", function() return wide("x,b,a\n1,2,3\n", "--kind",
      "outlay") end, "unknown kind 'outlay'" },
    { "a unit that the source does not declare", function()
      return wide("x,b,a\n1,2,3\n", "--unit", "万元") end, "--amount-unit" },
    { "sides in different units", function()
      return wide("x,b,a\n1,1 万元,2 元\n")
    end, "column 'b' is in 万元 and column 'a' in 元" },
    { "a unit on one side alone", function()
      return wide("x,b,a\n1,1 万元,2\n")
    end, "in no unit" },
    { "an unknown suffix", function() return sample("-o", "x.doc") end,
      "no format has the suffix 'doc'" },
    { "an unwritable folder", function()
      return sample("-o", "/nonexistent/x.csv") end, "/nonexistent" },
    { "a threshold that is no number", function()
      return sample("--material-pct", "much") end,
      "--material-pct takes a number, not 'much'" },
    { "an expression that is not one", function()
      return variance(SAMPLE, "--base", "amount", "--actual", "amount",
        "--where", "year = 2022") end, "==" },
  }
  for _, case in ipairs(cases) do
    it("explains " .. case[1], function()
      local got = case[2]()
      assert.equal(2, got.code, got.err)
      assert.equal("", got.out)
      assert.matches(case[3], got.err, 1, true)
      assert.is_nil(got.err:find("traceback"))
      assert.is_nil(got.err:find("%.lua:%d"))
    end)
  end

  it("leaves the device alone and reports a full disk", function()
    local got = sample("-o", "/dev/full")
    assert.equal(2, got.code)
    assert.matches("No space left", got.err)
    local kind = support.run { "stat", "-c", "%F", "/dev/full" }
    assert.equal("character special file\n", kind.out)
  end)

  it("reports a full disk behind standard output", function()
    local args = { "variance", SAMPLE }
    for _, word in ipairs(LONG) do args[#args + 1] = word end
    local got = support.evalua(args, { stdout = "/dev/full" })
    assert.equal(2, got.code)
    assert.matches("No space left", got.err)
  end)

  it("ends quietly when the reader has gone", function()
    local got = support.run { "bash", "-c", ("%s query %s | head -n 1; "
      .. "echo ${PIPESTATUS[0]}"):format(support.quote(support.program()),
      SAMPLE) }
    assert.matches("\n0\n$", got.out)
    assert.equal("", got.err)
  end)

  it("leaves nothing half-written when the disk is full", function()
    local dir = support.tempdir()
    local rows = { "x,b,a" }
    for i = 1, 5000 do rows[i + 1] = ("line %d,%d,%d"):format(i, i, i * 2) end
    local path = support.write("b.csv", table.concat(rows, "\n") .. "\n")
    local got = support.run { "bash", "-c", ("ulimit -f 8; exec %s variance %s "
      .. "--base b --actual a --by x -o %s/out.csv"):format(
      support.quote(support.program()), path, dir) }
    assert.equal(2, got.code)
    assert.equal("", support.run({ "ls", "-A", dir }).out)
  end)
end)

describe("evalua variance on units in cells", function()
  it("takes a side that nobody filled in for one of the same unit", function()
    local got = wide("x,b,a\n1,5 万元,\n", "-O", "csv")
    assert.equal(0, got.code, got.err)
    assert.matches("1,5,,%-5,", got.out)
    assert.matches("10k CNY", wide("x,b,a\n1,5 万元,\n").out)
  end)

  it("believes --amount-unit where the cells say nothing", function()
    local got = wide("x,b,a\n1,5 万元,6\n", "--amount-unit", "万元", "-O", "csv")
    assert.equal(0, got.code, got.err)
    assert.matches("1,5,6,1,", got.out, 1, true)
    got = wide("x,b,a\n1,5 万元,6\n", "--amount-unit", "元")
    assert.equal(2, got.code)
    assert.matches("column 'b' is in 万元 and column 'a' in 元", got.err, 1, true)
  end)

  it("does not let --amount-unit overrule what the cells say", function()
    local got = wide("x,b,a\n1,5 万元,6 万元\n", "--amount-unit", "元")
    assert.equal(2, got.code)
    assert.matches("in 万元, not in 元", got.err, 1, true)
    got = sample("--amount-unit", "元")
    assert.equal(2, got.code)
    assert.matches("in 万元, not in 元", got.err, 1, true)
  end)
end)

describe("evalua variance on odd but right input", function()
  it("reads what a spreadsheet writes: BOM, CRLF, thousands, full width",
    function()
      local got = wide("\u{FEFF}x,b,a\r\n甲,\"1,000.50\",１２００\r\n", "-O",
        "json")
      assert.matches('"variance": 199.50', got.out, 1, true)
    end)

  it("reads standard input", function()
    local got = support.evalua({ "variance", "-", "--base", "b", "--actual",
      "a" }, { stdin = "b,a\n1,3\n" })
    assert.matches("2", got.out)
    assert.equal(0, got.code)
  end)

  it("calls a second column of one name a_2, and says so", function()
    local got = csv("x,a,a\n1,2,3\n", "--by", "x", "--base", "a", "--actual",
      "a_2", "-O", "csv")
    assert.equal(0, got.code, got.err)
    assert.matches("a_2", got.err)
  end)

  it("keeps zero, missing and absent apart in its output", function()
    local got = wide("x,b,a\nzero,0,5\nmissing,,5\nnone,5,\n", "-O", "csv")
    local lines = {}
    for line in got.out:gmatch("[^\n]+") do lines[#lines + 1] = line end
    assert.matches("^zero,0,5,5,,,unbudgeted", lines[2])
    assert.matches("^missing,,5,5,,,unbudgeted", lines[3])
    assert.matches("^none,5,,%-5,%-100.000000,0.000000,unspent", lines[4])
    assert.equal(4, #lines)
  end)

  it("speaks Chinese when asked, errors too", function()
    local got = variance("none.csv", "--base", "b", "--actual", "a", "--lang",
      "zh")
    assert.matches("打不开", got.err)
  end)
end)

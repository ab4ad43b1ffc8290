-- lang: one English text in the code, catalogues for other languages.

local lang = require "evalua.lang"
local zh = require "evalua.lang.zh"
local support = require "support"

describe("a message", function()
  it("keeps names of columns and sheets that are words of the catalogue",
    function()
      assert.equal("数据", lang.message("zh", "Data"))
      assert.matches("现有：Data$", lang.message("zh",
        "no column 'x'; there are: Data"))
      assert.matches("其他工作表：Data（", lang.message("zh",
        "sheet 'Report' is read; the others: Data (--sheet)"))
    end)
end)

describe("lang.text", function()
  it("fills in the places in order", function()
    assert.equal("差异分析：a 与 b 比较",
      lang.text("zh", "Variance: %s against %s", "a", "b"))
    assert.equal("Variance: a against b",
      lang.text("en", "Variance: %s against %s", "a", "b"))
  end)

  it("leaves a text without translation as it is", function()
    assert.equal("nothing of the kind", lang.text("zh", "nothing of the kind"))
  end)
end)

describe("lang.message", function()
  it("finds the pattern that made a message", function()
    assert.equal("没有列“amont”（是否指“amount”？）",
      lang.message("zh", "no column 'amont' (did you mean 'amount'?)"))
  end)

  it("translates what was filled in as well", function()
    assert.equal("打不开“x.csv”（没有这个文件或目录）",
      lang.message("zh", "cannot open 'x.csv' (No such file or directory)"))
  end)

  it("leaves what stands in quotes as the user wrote it", function()
    assert.equal("year", lang.message("zh", "no column 'year'; there are: text")
      :match("“(%a+)”"))
  end)

  it("keeps magic characters of the data", function()
    assert.equal("没有名为“%d%s.*”的报告，现有：a, b",
      lang.message("zh", "there is no report '%d%s.*'; there are: a, b"))
  end)

  it("takes 'X is Y' only where it knows Y", function()
    assert.equal("a + 1 的类型是 文本", lang.message("zh", "a + 1 is text"))
    for _, kind in ipairs { "int", "real", "bool", "decimal(2)" } do
      assert.equal("a + 1 的类型是 " .. kind,
        lang.message("zh", "a + 1 is " .. kind))
    end
    -- 1.50 is no file whose name stands before what is wrong
    assert.equal("筛选（where）：a == 1.50：列“a”的类型是 文本 与 1.50 的类型是 "
      .. "decimal(2) 不能比较", lang.message("zh", "where: a == 1.50: column 'a' is "
      .. "text and 1.50 is decimal(2): they cannot be compared"))
    assert.equal("p is too small", lang.message("zh", "p is too small"))
  end)

  it("finds what stands behind the name of a verb and of a column", function()
    assert.equal("取数（collect）：match(a, \"[\")：匹配模式有误（missing ']'）",
      lang.message("zh",
        "collect: match(a, \"[\"): malformed pattern (missing ']')"))
    assert.equal("“month”：第 4 行：“foo”不是月",
      lang.message("zh", "'month': row 4: 'foo' is not a month"))
    assert.equal("异常：at：“foo”不是月",
      lang.message("zh", "unusual: at: 'foo' is not a month"))
    assert.equal("趋势：season 应为 1 到 1000 的整数，不是 5000", lang.message(
      "zh", "trend: season is a whole number from 1 to 1000, not 5000"))
  end)

  it("translates what stands behind a file's or a function's name", function()
    for english, chinese in pairs {
      ["s.csv: 2 rows into table 't'"] = "s.csv：2 行写入表“t”",
      ["my.lua:3: read_csv: no option 'x'; there are: na"] =
        "my.lua:3: 读取 csv：没有选项“x”，现有：na",
      ["rollup: levels = {columns} or code = \"column\" was expected"] =
        "rollup：应为 levels = {各列} 或 code = \"列名\"",
      ["ev.window.lag: no option 'x' (did you mean 'along'?)"] =
        "ev.window.lag: 没有选项“x”（是否指“along”？）",
    } do
      assert.equal(chinese, lang.message("zh", english))
    end
  end)

  it("leaves English alone", function()
    assert.equal("no column 'a'", lang.message("en", "no column 'a'"))
  end)
end)

describe("lang.from_environment", function()
  local function with(values)
    return lang.from_environment(function(name) return values[name] end)
  end

  it("follows LC_ALL, LC_MESSAGES, LANG in this order", function()
    assert.equal("zh", with { LANG = "zh_CN.UTF-8" })
    assert.equal("en", with { LANG = "zh_CN.UTF-8", LC_ALL = "C" })
    assert.equal("zh", with { LANG = "en_US", LC_MESSAGES = "zh_TW" })
    assert.equal("en", with {})
    assert.equal("zh", with { LC_ALL = "", LANG = "zh_CN" })
  end)
end)

--- All places of a pattern, in order: "%s" "%zu" ...
local function places(pattern)
  local list = {}
  for place in pattern:gsub("%%%%", ""):gmatch("%%%.?[%d%*]*%a+") do
    list[#list + 1] = place:sub(-1)
  end
  return table.concat(list)
end

describe("the Chinese catalogue", function()
  it("has the same places as the English texts", function()
    for english, chinese in pairs(zh) do
      assert.equal(#places(english), #places(chinese), english)
    end
  end)

  it("says one English text in one way", function()
    local pipe, seen = io.popen "ls lua/evalua/lang/zh_*.lua", {}
    for path in pipe:lines() do
      local part = path:match "(zh_[%w_]+)%.lua$"
      for english, chinese in pairs(require("evalua.lang." .. part)) do
        assert.equal(seen[english] or chinese, chinese, part .. ": " .. english)
        seen[english] = chinese
      end
    end
    pipe:close()
    assert.same(seen, zh)
  end)

  --- C strings may be broken over lines: "abc" "def" is one text.
  local function error_patterns(source)
    local found = {}
    local text = source:gsub('"%s*\n%s*"', ""):gsub('"%s+"', "")
    for call in text:gmatch("err_set%b()") do
      local pattern = call:match('ERR_%u+,%s*"(.-[^\\])"')
      if pattern then found[#found + 1] = pattern:gsub('\\(["\\])', "%1") end
    end
    return found
  end

  --- A cut text ("%.*s") reads like any other, and what is only glued on at
  --- the end or has no word of its own needs no translation.
  local function is_known(pattern)
    local plain = pattern:gsub("%%%.[%d%*]+s", "%%s")
    return zh[pattern] ~= nil or zh[plain] ~= nil
      or zh[plain:gsub("%%s$", "")] ~= nil
      or plain:gsub("%%s", ""):find("%a") == nil
  end

  it("knows every error of the C core", function()
    local pipe = io.popen("ls src/*/*.c")
    local count, unknown = 0, {}
    for path in pipe:lines() do
      for _, pattern in ipairs(error_patterns(support.read(path))) do
        count = count + 1
        if not is_known(pattern) then
          unknown[#unknown + 1] = path .. ": " .. pattern
        end
      end
    end
    pipe:close()
    assert.is_true(count > 20)
    assert.same({}, unknown)
  end)

  --- "a" .. "b" is one text; what stands behind a hint comes with it.
  local function is_told(pattern)
    local bare = pattern:match "^(.*)%%s$"
    return zh[pattern] ~= nil or bare ~= nil
      and zh[bare .. " (did you mean '%s'?)"] ~= nil
      and zh[bare .. "; there are: %s"] ~= nil
  end

  it("knows what the command line refuses and says", function()
    local count, unknown = 0, {}
    local pipe = io.popen "ls lua/evalua/cli/*.lua"
    for path in pipe:lines() do
      local text = support.read(path):gsub('"%s*%.%.%s*"', "")
      for _, word in ipairs { "ctx%.fail", "ctx%.note", "tools%.fail" } do
        for pattern in text:gmatch(word .. '%(%(?"(.-[^\\])"') do
          count = count + 1
          pattern = pattern:gsub("\\(.)", "%1")
          if not is_told(pattern) then unknown[#unknown + 1] = pattern end
        end
      end
    end
    pipe:close()
    assert.is_true(count > 60)
    assert.same({}, unknown)
  end)
end)

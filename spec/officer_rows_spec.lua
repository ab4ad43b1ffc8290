-- Rows that officers add to the files of data/: each mistake has its place. The
-- program runs from a copy of the house with other files there.

local support = require "support"

local root = nil

--- A house of links with data files of its own; FILE gets one more row.
local function with_row(file, row, words)
  if root == nil then
    root = support.tempdir()
    local here = support.run({ "pwd" }).out:gsub("\n", "")
    assert(os.execute(("cd %s && mkdir build && cp %s build/evalua && "
      .. "ln -s %s/lua %s/scripts . && cp -r %s/data ."):format(
      support.quote(root), support.quote(support.program()), here, here, here)))
  end
  local path = root .. "/data/" .. file
  local before = support.read(path)
  local function write(text)
    local out = assert(io.open(path, "wb"))
    out:write(text)
    out:close()
  end
  write(before .. row .. "\n")
  local got = support.run { root .. "/build/evalua", table.unpack(words) }
  write(before)
  local _, lines = before:gsub("\n", "")
  return got, ("data/%s:%d: "):format(file, lines + 1)
end

local function report(file, row, lang)
  return with_row("indicators/" .. file, row, { "report", "indicators",
    "--lang", lang or "en" })
end

describe("a row of an officer's own in data/indicators", function()
  local wrong = {
    { "common.csv", "my,,我的率,Mine,executed + orginal,original,x",
      "column \"numerator\": there is no part 'orginal' (did you mean "
      .. "'original'?)", "列“numerator”：没有数据项“orginal”（是否指“original”？）" },
    { "common.csv", "my,,我的率,Mine,executed,,x",
      'column "denominator": must not be empty', "列“denominator”：不能为空" },
    { "common.csv", "my,,我的率,Mine,executed * 1.5e3,original,x",
      "column \"numerator\": '1500.0' is no exact number",
      "列“numerator”：“1500.0”不是精确数" },
    { "common.csv", "my,,我的率,Mine,max(executed),original,x",
      "column \"numerator\": a formula over parts has no 'call'",
      "列“numerator”：公式中不能有“call”" },
    { "parts.csv", "rent,租金,Rent,mony,flow=expense",
      "column \"kind\": 'mony' is neither money nor base",
      "列“kind”：“mony”既不是 money 也不是 base" },
    { "parts.csv", "rent,租金,Rent,money,flow=expense; tg=rent",
      "column \"select\": unknown 'tg' (did you mean 'tag'?)",
      "列“select”：未知的“tg”（是否指“tag”？）" },
    { "parts.csv", "rent,租金,Rent,money,flow=expens",
      "column \"select\": flow is not 'expens' (did you mean 'expense'?)",
      "列“select”：flow 不能是“expens”（是否指“expense”？）" },
    { "parts.csv", "rent,租金,Rent,money,version=executed",
      "column \"select\": flow= is missing", "列“select”：缺少 flow=" },
    { "parts.csv", "rent,租金,Rent,base,rent",
      "column \"select\": 'rent' is not SECTION/GROUP",
      "列“select”：“rent”不是 部分/组 的形式" },
    { "base_checks.csv", "B9,甲,A,executed,", 'column "computed": must not be '
      .. "empty", "列“computed”：不能为空" },
  }
  for i, case in ipairs(wrong) do
    it("says what is wrong with it and where, case " .. i, function()
      for k, lang in ipairs { "en", "zh" } do
        local got, place = report(case[1], case[2], lang)
        assert.equal(2, got.code)
        assert.matches(place .. case[2 + k], got.err, 1, true)
      end
    end)
  end

  it("may not take the id of another", function()
    local got = report("common.csv", "carry,,重复,Dup,executed,original,x")
    assert.equal(2, got.code)
    assert.matches("column \"id\": 'carry' stands in data/indicators/common.csv:",
      got.err, 1, true)
  end)

  it("is in the report, typed in Chinese or not", function()
    local got = report("common.csv", "my,,我的率,Mine,"
      .. "（executed－original）＊１００,original * 100,x", "zh")
    assert.equal(0, got.code, got.err)
    assert.matches("my +我的率 +54%.73%%", got.out)
  end)
end)

describe("a row of an officer's own in data/extract", function()
  local text = nil

  local function extract(file, row, lang)
    text = text or support.write("r.txt", "稻草30捆，面积2亩。\n")
    return with_row("extract/" .. file, row, { "extract", text, "-O", "csv",
      "--lang", lang or "en" })
  end

  for i, case in ipairs {
    { "words.csv", "befor,上浮,approx", "column \"role\": unknown 'befor' (did "
      .. "you mean 'before'?)", "列“role”：未知的“befor”（是否指“before”？）" },
    { "words.csv", "before,上浮,aprox", "column \"value\": 'aprox' is none of "
      .. "approx, approx_above, at_least, at_most",
      "列“value”：“aprox”不是 approx、approx_above、at_least、at_most 之一" },
    { "words.csv", "before,,approx", 'column "text": must not be empty',
      "列“text”：不能为空" },
    { "units.csv", "捆,count,一,1,1", "the factor as a number like 10000 or "
      .. "2000/3, not '一'", "factor 为形如 10000 或 2000/3 的数，不能是“一”" },
  } do
    it("says what is wrong with it and where, case " .. i, function()
      for k, lang in ipairs { "en", "zh" } do
        local got, place = extract(case[1], case[2], lang)
        assert.equal(2, got.code)
        assert.matches(place, got.err, 1, true)
        assert.matches(case[2 + k], got.err, 1, true)
      end
    end)
  end

  it("makes a unit of a word", function()
    local got = extract("units.csv", "捆,count,1,1,1")
    assert.equal(0, got.code, got.err)
    assert.matches("30,捆,exact,稻草", got.out, 1, true)
  end)
end)

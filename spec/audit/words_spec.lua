-- audit: what a Chinese reader sees has no names of files, columns or ids.

local audit = require "evalua.audit"
local support = require "support"
local yinghua = require "support.yinghua"

local function audited(rules, lang)
  local file = support.write("rules.csv", rules)
  local t, message = audit.run(yinghua.folder(), { rules = file, lang = lang,
    year = 2023 })
  return t and t[1], message
end

describe("a figure that is not there", function()
  local rules = "id,kind,check,name_zh,name_en\n"
    .. "guests,name,,接待人数,Guests\nA,sum,yh-F1 + yh-F1 = ?guests,,\n"

  it("has the name that a row of the kind name gives it", function()
    assert.equal("未给出：接待人数", audited(rules, "zh").reason)
    assert.matches("not given: Guests", audited(rules, "en").reason, 1, true)
  end)

  it("is called by its id without such a row, which must have a name",
    function()
      local row = audited "id,kind,check\nA,equal,yh-F1 = ?guests\n"
      assert.equal("not given: guests", row.reason)
      local _, message = audited "id,kind,check\nguests,name,\nA,equal,1 = 1\n"
      assert.matches("rules.csv:2: column \"name_zh\": a row of the kind "
        .. "'name' needs a name", message, 1, true)
    end)
end)

describe("counted rows in Chinese", function()
  local cases = {
    ["count(indicators, level2=质量, target!=) = 1"] =
      "1（指标：二级指标为质量，目标值不为空） = 1",
    ["count(units, kind=village|community, alias=) = 2"] =
      "2（单位：类别为村或社区，简称为空） = 2",
    ["count(budget, version=adjusted, flow=expense) = 2"] =
      "2（预算收支：口径为全年预算数，收支为支出） = 2",
    ["count(facts, name_zh~率, id^=yh-F) = 2"] =
      "2（数据：名称含率，编号以yh-F开头） = 2",
    ["count(indicators, unit=yh) = 7"] = "7（指标：单位为樱花街道办事处） = 7",
  }
  for check, text in pairs(cases) do
    it("are named: " .. check, function()
      local row = audited("id,kind,check\nA,derived,\"" .. check .. "\"\n",
        "zh")
      assert.equal("holds " .. text, row.outcome .. " " .. row.arithmetic)
    end)
  end
end)

describe("the title of an audit", function()
  local function title(...)
    return support.evalua { "audit", "--lang", "zh", ... }.out:match "[^\n]*"
  end

  it("is the unit's name, or the file's where there is no one unit",
    function()
      assert.equal("勾稽核对：樱花街道办事处", title(yinghua.folder()))
      assert.equal("勾稽核对：t.csv", title(support.write("t.csv",
        "a,b\nx,1\n")))
    end)
end)

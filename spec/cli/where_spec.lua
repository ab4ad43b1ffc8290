-- --where: of every command that has rows, and never silently without any.
-- Nor are other options of the source taken in silence.

local support = require "support"

local spend = "data/statistics/spend.csv"

describe("--where", function()
  it("filters what export and extract give", function()
    local db = support.tempdir() .. "/x.db"
    support.evalua { "import", spend, "--db", db, "--table", "spend" }
    local got = support.evalua { "export", "--db", db, "--table", "spend",
      "--where", "unit == 'Museum' and year == 2021", "-O", "csv" }
    assert.equal(0, got.code, got.err)
    assert.matches("^unit,year,spend,budget\nMuseum,2021,[^\n]+\n$", got.out)
    got = support.evalua({ "extract", "-", "--where",
      "measure_unit == '%'", "-O", "csv" },
      { stdin = "办理事项1.2万件，满意率98%。\n" })
    assert.equal(0, got.code, got.err)
    assert.matches("^value,[^\n]+\n98[^\n]+\n$", got.out)
  end)

  for _, args in ipairs {
    { "query", spend }, { "query", spend, "--by", "unit" },
    { "query", spend, "--explain" },
    { "variance", spend, "--by", "unit", "--base", "budget", "--actual",
      "spend" },
  } do
    it("says in " .. table.concat(args, " ") .. " that no row fits", function()
      local words = table.move(args, 1, #args, 1, {})
      table.move({ "--where", "unit == 'park'" }, 1, 2, #words + 1, words)
      local got = support.evalua(words)
      assert.equal(0, got.code, got.err)
      assert.matches("no row fits --where 'unit == 'park''", got.err, 1, true)
    end)
  end
end)

describe("--where on a column that one cell made texts", function()
  for _, args in ipairs { { "query" }, { "query", "--explain" },
    { "variance", "--by", "k", "--base", "v", "--actual", "w" } } do
    it("names the cell: " .. table.concat(args, " "), function()
      local path = support.write("bad.csv", "k,v,w\na,1.5,2\nb,1O.5,3\n")
      local words = table.move(args, 1, #args, 1, {})
      table.insert(words, 2, path)
      table.move({ "--where", "v > 1" }, 1, 2, #words + 1, words)
      local got = support.evalua(words)
      assert.equal(2, got.code)
      assert.equal("", got.out)
      assert.matches(path .. ':3: column "v": "1O.5" is not a number (letter '
        .. 'O?)\nevalua: where: v > 1: column \'v\' is text: write "1" in '
        .. 'quotes\n', got.err, 1, true)
    end)
  end
end)

it("--where that takes a text for a condition asks for no number", function()
  local path = support.write("text.csv", "k,v\na,1\n")
  for condition, problem in pairs {
    ["k"] = "column 'k' is text, not a condition that is true or false",
    ["not k"] = "not k: column 'k' is text, not true or false" } do
    local got = support.evalua { "query", path, "--where", condition }
    assert.equal(2, got.code)
    assert.equal("evalua: where: " .. problem .. "\n", got.err)
  end
end)

describe("an option that says nothing of the source", function()
  for option, hint in pairs { ["--table"] = "database", ["--sheet"] = "workbook" } do
    it("is refused: " .. option, function()
      local got = support.evalua { "query", spend, option, "x" }
      assert.equal(2, got.code)
      assert.matches(option .. " is for a " .. hint, got.err, 1, true)
    end)
  end
end)

-- evalua import and evalua export.
local core = require "evalua.core"
local support = require "support"
local aid = require "support.store"

local sample = "data/dongfanghong-2022"

local function run(...) return support.evalua({ ... }) end

describe("evalua import", function()
  it("loads the sample unit and says what it did", function()
    local path = aid.path()
    local result = run("import", sample, "--db", path)
    assert.equal(0, result.code, result.err)
    assert.equal("", result.out)
    assert.matches("budget.csv: 5 rows into table 'budget_line'", result.err,
      1, true)
    result = run("import", sample, "--db", path)
    assert.equal(0, result.code)
    assert.matches("budget.csv: imported already, nothing changed", result.err,
      1, true)
  end)

  it("puts several files into one table, each once", function()
    local path = aid.path()
    local one = support.write("one.csv", "k,v\na,1\n")
    local two = support.write("two.csv", "k,v\nb,2.50\n")
    local result = run("import", one, two, "--db", path, "--table", "t")
    assert.equal(0, result.code, result.err)
    assert.equal(0, run("import", one, "--db", path, "--table", "t").code)
    result = run("export", "--db", path, "--table", "t")
    assert.equal("k,v\na,1.00\nb,2.50\n", result.out)
    assert.equal(0, run("import", two, "--db", path, "--table", "t",
      "--replace").code)
    assert.equal("k,v\nb,2.50\n", run("export", "--db", path, "--table",
      "t").out)
  end)

  it("refuses options that a file has no use for, and makes no database",
    function()
      local path = aid.path()
      local one = support.write("one.csv", "k,v\na,1\n")
      for option, said in pairs { ["--sheet"] = "is for a workbook",
        ["--resource"] = "is for a datapackage.json" } do
        local result = run("import", one, "--db", path, "--table", "t", option,
          "x")
        assert.equal(2, result.code)
        assert.matches(option .. " " .. said, result.err, 1, true)
        assert.is_nil(io.open(path))
      end
    end)

  it("takes in all files or none", function()
    local path = aid.path()
    local one = support.write("one.csv", "k,v\na,1\n")
    local bad = support.write("bad.csv", "k,v,w\nb,2,3\n")
    local result = run("import", one, bad, "--db", path, "--table", "t")
    assert.equal(2, result.code)
    assert.matches("bad.csv:1: the table 't' has no column 'w'", result.err, 1,
      true)
    assert.is_nil(core.system.kind(path))
  end)

  it("reads standard input, once for the same bytes", function()
    local path = aid.path()
    local args = { "import", "-", "--db", path, "--table", "t" }
    assert.equal(0, support.evalua(args, { stdin = "a\n1\n" }).code)
    local again = support.evalua(args, { stdin = "a\n1\n" })
    assert.equal("-: imported already, nothing changed\n", again.err)
    assert.equal("1", aid.sql(path, "SELECT count(*) FROM t"))
  end)

  it("keeps nobody waiting while it reads", function()
    local path, dir = aid.path(), support.tempdir()
    local other = support.write("other.csv", "a\n1\n")
    -- More than a pipe holds is read by the first when the second begins.
    local result = support.run({ "sh", "-c", [[
      mkfifo pipe
      "$1" import - --db "$2" --table t <pipe & first=$!
      exec 3>pipe
      { echo a; seq 200000; } >&3
      "$1" import "$3" --db "$2" --table t || exit 1
      exec 3>&-
      wait $first]], "sh", support.program(), path, other }, { cwd = dir })
    assert.equal(0, result.code, result.err)
    assert.equal("200001", aid.sql(path, "SELECT count(*) FROM t"))
  end)

  it("makes no database for a file that cannot be read", function()
    local path = support.tempdir() .. "/no/x.db"
    local result = run("import", support.write("bad.csv", "a,b\n1,2,3\n"),
      "--db", path, "--table", "t")
    assert.equal(2, result.code)
    assert.matches("bad.csv:2:", result.err, 1, true)
  end)

  it("reads the table of another database", function()
    local path = aid.path()
    local other = aid.foreign "CREATE TABLE s(a INTEGER); INSERT INTO s VALUES(7)"
    local result = run("import", other, "--from-table", "s", "--db", path,
      "--table", "t")
    assert.equal(0, result.code, result.err)
    assert.equal("7", aid.sql(path, "SELECT a FROM t"))
  end)

  it("reads a table of the database that it writes to", function()
    local path = aid.path()
    local file = support.write("x.csv", "a\n7\n")
    assert.equal(0, run("import", file, "--db", path, "--table", "t").code)
    local result = run("import", path, "--from-table", "t", "--db", path,
      "--table", "u")
    assert.equal(0, result.code, result.err)
    assert.equal("7", aid.sql(path, "SELECT a FROM u"))
  end)

  it("obeys the reading options", function()
    local path = aid.path()
    local file = support.write("x.csv", "1;2,50\n")
    local result = run("import", file, "--db", path, "--table", "t",
      "--no-header", "--columns", "k,v", "--decimal", ",", "--types", "k=text",
      "--delimiter", ";")
    assert.equal(0, result.code, result.err)
    assert.equal("1|text|250", aid.sql(path, "SELECT k, typeof(k), v FROM t"))
  end)

  local file = support.write("x.csv", "a\n1\n")
  for _, case in ipairs {
    { "no source", { "--db", "x.db" }, "import what?" },
    { "no database", { file, "--table", "t" }, "needs --db FILE" },
    { "no table", { file, "--db", "x.db" }, "which table" },
    { "a folder with a table", { sample, "--db", "x.db", "--table", "t" },
      "is a folder: import it alone" },
    { "a file that is not there", { "no.csv", "--db", "x.db", "--table", "t" },
      "cannot open 'no.csv'" },
    { "a database without a table", { "s.db", "--db", "x.db", "--table", "t" },
      "'s.db' is a database: name its table with --from-table" },
    { "a database that is none", { file, "--db", file, "--table", "t" },
      "is not a SQLite database" },
    { "a table of ours", { file, "--db", "x.db", "--table", "FACT" },
      "is the name of one of evalua's own tables" },
  } do
    it("says what is wrong with " .. case[1], function()
      local dir = support.tempdir()
      local args = table.move(case[2], 1, #case[2], 2, { "import" })
      for i, arg in ipairs(args) do
        if arg == sample then args[i] = support.root .. "/" .. sample end
      end
      local result = support.evalua(args, { cwd = dir })
      assert.equal(2, result.code)
      assert.matches(case[3], result.err, 1, true)
      assert.is_nil(core.system.kind(dir .. "/x.db"))
    end)
  end
end)

describe("evalua export", function()
  local path
  setup(function()
    path = aid.path()
    assert.equal(0, run("import", sample, "--db", path).code)
  end)

  it("writes csv and json with every digit", function()
    local dir = support.tempdir()
    local csv = run("export", "--db", path, "--table", "budget_line", "-o",
      dir .. "/b.csv")
    assert.equal(0, csv.code, csv.err)
    assert.equal("", csv.out)
    assert.matches("22009000.00,元,万元", support.read(dir .. "/b.csv"), 1, true)
    local json = run("export", "--db", path, "--table", "budget_line", "-O",
      "json")
    assert.matches('"amount": ?22009000%.00', json.out)
  end)

  it("says what is not there", function()
    local result = run("export", "--db", path, "--table", "budget_lin")
    assert.equal(2, result.code)
    assert.matches("did you mean 'budget_line'?", result.err, 1, true)
  end)
end)

describe("a database as a source", function()
  it("names its tables where none is named", function()
    local path = aid.path()
    local file = support.write("spend.csv", "a,b\n1,2\n")
    for _, name in ipairs { "spend", "one more" } do
      assert.equal(0, run("import", file, "--db", path, "--table", name).code)
    end
    local result = run("query", path)
    assert.equal(2, result.code)
    assert.equal("evalua: '" .. path .. "' is a database: name a table with "
      .. "--table; there are: one more, spend\n", result.err)
  end)

  it("gives the same variance as the folder's file", function()
    local path = aid.path()
    assert.equal(0, run("import", sample, "--db", path).code)
    local result = run("variance", path, "--table", "budget_line", "--phase",
      "version", "--amount", "amount", "--base", "original", "--actual",
      "executed", "--by", "nature", "--where", 'flow == "expense"', "--total",
      "-O", "csv")
    assert.equal(0, result.code, result.err)
    assert.matches("-2839000.00", result.out, 1, true)
    assert.matches("26175100.00", result.out, 1, true)
    assert.matches("23336100.00", result.out, 1, true)
  end)
end)

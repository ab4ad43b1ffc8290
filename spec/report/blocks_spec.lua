-- report blocks: forms with merged cells, key figures, findings.

local blocks = require "evalua.report.blocks"
local report = require "evalua.report"

local FORM = { kind = "form", rows = {
  { { text = "A", down = 2, head = true }, { text = "B", span = 2 } },
  { { text = "C" }, { text = "D" } },
}, plain = { { kind = "paragraph", text = "A: B, C, D" } } }

local function render(list, format)
  return report.of { blocks = list }:render(format, { lang = "en" })
end

describe("a form", function()
  it("has each cell in its place on the grid", function()
    local placed, ncolumns = blocks.place(FORM)
    local found = {}
    for i, item in ipairs(placed) do
      found[i] = ("%s %d-%d %d-%d"):format(item.cell.text, item.from, item.to,
        item.first, item.last)
    end
    assert.same({ "A 1-1 1-2", "B 2-3 1-1", "C 2-2 2-2", "D 3-3 2-2" }, found)
    assert.equal(3, ncolumns)
  end)

  it("is merged in HTML and plain where cells cannot be", function()
    local html = render({ FORM }, "html")
    assert.matches('<th rowspan="2">A</th><td colspan="2">B</td>', html, 1,
      true)
    assert.equal("A: B, C, D\n", render({ FORM }, "text"))
    assert.equal("A: B, C, D\n", render({ FORM }, "md"))
  end)

  it("never makes code of its text", function()
    local form = { kind = "form", rows = { { { text = "<b>&" } } }, plain = {} }
    assert.matches("<td>&lt;b&gt;&amp;</td>", render({ form }, "html"), 1, true)
  end)
end)

describe("key figures and findings", function()
  local LIST = { { kind = "figures", items = {
      { label = "总面积", value = "21.83", note = "km²" },
      { label = "Area", value = "5" } } },
    { kind = "findings", items = { { level = "bad", text = "over <100>" } } } }

  it("stand in columns in text", function()
    assert.equal("总面积  21.83  (km²)\nArea    5\n\n! over <100>\n",
      render(LIST, "text"))
  end)

  it("are there in Markdown and HTML", function()
    assert.matches("- 总面积: **21.83** (km²)", render(LIST, "md"), 1, true)
    assert.matches("over \\<100\\>", render(LIST, "md"), 1, true)
    local html = render(LIST, "html")
    assert.matches("<dt>总面积</dt><dd>21.83</dd>", html, 1, true)
    assert.matches('<li class="bad">over &lt;100&gt;</li>', html, 1, true)
  end)

  it("of a kind that a format cannot draw are left out", function()
    for _, format in ipairs { "text", "md", "html" } do
      assert.is_string(render({ { kind = "hologram" } }, format))
    end
  end)
end)

describe("a report of one's own", function()
  local ev = require "evalua"
  local support = require "support"

  local function own(data)
    return report.of { data = data, blocks = { { kind = "title", text = "Mine" },
      { kind = "figure", picture = function(format)
        return format == "svg" and '<?xml version="1.0"?>\n<svg>x</svg>' or nil
      end } } }
  end

  it("has its charts in html", function()
    assert.matches("<figure><svg>x</svg></figure>", own():render("html"), 1,
      true)
  end)

  it("is written in the format of the suffix", function()
    local path = support.tempdir() .. "/r"
    assert.is_true(own():write(path .. ".md"))
    assert.matches("Mine", support.read(path .. ".md"), 1, true)
    assert.is_true(own():write(path .. ".docx", { lang = "en" }))
    assert.matches("^PK", support.read(path .. ".docx"))
    assert.is_true(own(ev.table { { a = 1 } }):write(path .. ".csv"))
    assert.equal("a\n1\n", support.read(path .. ".csv"))
  end)

  it("says what cannot be written", function()
    local ok, message = own():write "x.csv"
    assert.is_nil(ok)
    assert.equal("the report has no data for 'x.csv'", message)
    assert.error_matches(function() own():write "x.pdf" end,
      "write: 'x.pdf': a report is written as txt")
    assert.error_matches(function() own():render "json" end,
      "the report has no data for 'json'")
    assert.is_nil((own():write "/nonexistent/x.md"))
  end)
end)

--- Text from data never becomes code: what shared/charts/hostile tried, and a
--- fuzz of the escaping. Every text must come back from the SVG unaltered and
--- nothing may have run.
local support = require "support"

local chart = require "evalua.chart"
local clean = require "evalua.chart.clean"
local core = require "evalua.core"
local finish = require "evalua.chart.backend.finish"
local gp_text = require "evalua.chart.backend.gp_text"
local cases = require "chart.cases"

local entities = { amp = "&", lt = "<", gt = ">", quot = '"', apos = "'" }

local function unescape(text)
  text = text:gsub("<[^>]*>", "")
  if not text:find("&", 1, true) then return text end
  text = text:gsub("&(%a+);", entities)
  return (text:gsub("&#(%d+);", function(n) return utf8.char(tonumber(n)) end))
end

--- Draw texts as labels whose colour is their number; what came back, by
--- number. `quote` makes the gnuplot string of one.
local function round_trip(texts, quote)
  local script = { "set encoding utf8",
    'set terminal svg enhanced size 4000,9000 font "Noto Sans CJK SC,10"',
    ('set output "%s"'):format(core.draw.output()),
    "unset border; unset tics; unset key",
    "set xrange [0:1]; set yrange [0:9000]" }
  for i = #texts, 1, -1 do -- gnuplot looks for a label's place from the first
    script[#script + 1] = ('set label %d %s at 0,%d left tc rgb "#%06x"')
      :format(i, quote(texts[i]), i, i)
  end
  script[#script + 1] = "plot NaN\n"
  local svg = finish.svg(assert(core.draw.gnuplot(table.concat(script, "\n"),
    "svg")), { width = 4000, height = 9000, description = {} },
    { width = 4000, scale = 1 })
  local found = {}
  for r, g, b, inner in svg:gmatch('fill="rgb%(%s*(%d+),%s*(%d+),%s*(%d+)%)"'
    .. "[^<]*<text[^>]*>(.-)</text>") do
    found[r * 65536 + g * 256 + b] = unescape(inner)
  end
  return found, svg
end

local function exists(path)
  local file = io.open(path)
  if file then file:close() end
  return file ~= nil
end

local function xml_is_well_formed(svg)
  local path = support.write("chart.svg", svg)
  return support.run({ "xmllint", "--noout", path }).code == 0
end

--- What the corpus tries, as values of a label; %s is the marker's path.
local hostile = {
  "`touch %s`", "x'; system('touch %s') #'", 'x"; system("touch %s") #"',
  "x\n!touch %s\n", "x\r!touch %s\r", "x\v!touch %s\f",
  "x\u{2028}!touch %s", "x\u{85}!touch %s", "x\0!touch %s",
  "abc\\'\n!touch %s", 'abc\\"\n!touch %s', "abc\\", "abc\\\\",
  "@v `touch %s`", "'@MSG", "' . system('touch %s') . '",
  "'''x'; system('touch %s') #", "x''''; system(\"touch %s\") #",
  "x'.\"'\".'; system(\"touch %s\") #", "EOD", "EODxyz\n!touch %s", " EOD",
  "$D << E9", "< touch %s", "'< touch %s'", "|touch %s", "plot '< touch %s'",
  "load '< touch %s'", "set output '|touch %s'", "eval \"system('touch %s')\"",
  "%%n%%s%%f", "x; system(\"touch %s\")", "\\047; system('touch %s') #",
  "x\u{2019}; system(\"touch %s\") #", "\\U+00e9", "\\\\U+00e9", "\\103",
  "{/x\"><script>alert(1)</script> B}", "{/x\" onload=\"alert(1) B}",
  "<script>alert(1)</script>&\"<b>", "it');alert(1);//",
  "]]>", "]]><script>", "]>", "]]", "-->", 'g id="gnuplot_plot_1" >', "{/=99999 A}",
  "~a{.5-}", "&{x}", "@{x}", "_{a}", "^2", "{", "}", "a_b^c", "a\\_b",
  "import f(x) from './none.so:f'", "do for [i=1:2000000000] { x=i }",
  "a\x01\x02\x1b[31mb", "a\xff\xfe\xc3(b", "\u{202E}abc\u{2066}",
  ("{"):rep(400) .. "a" .. ("}"):rep(400), ("A"):rep(100000),
  "font-family=\"Noto Sans CJK SC\" id=\"x\"", "=HYPERLINK(\"x\")", "-1", "#",
}

describe("chart text", function()
  it("runs nothing and draws every hostile text as it is", function()
    local marker = support.tempdir() .. "/marker"
    local texts = {}
    for i, text in ipairs(hostile) do
      texts[i] = text:gsub("%%s", (marker:gsub("%%", "%%%%"))):gsub("%%%%", "%%")
    end
    local found = round_trip(texts, gp_text.quote)
    for i, text in ipairs(texts) do
      assert.equal(clean.text(text), found[i] or "")
    end
    assert.is_false(exists(marker))
  end)

  it("does so inside runs of bold text", function()
    local found = round_trip(hostile, function(text)
      return gp_text.quote_runs { { text = "a " }, { text = text, bold = true },
        { text = " z" } }
    end)
    for i, text in ipairs(hostile) do
      assert.equal("a " .. clean.text(text) .. " z", found[i])
    end
  end)

  it("survives the whole way as labels, title and notes of a chart", function()
    local marker = support.tempdir() .. "/marker"
    for from = 1, #hostile, 12 do
      local rows = {}
      for i = from, math.min(from + 11, #hostile) do
        local text = hostile[i]:gsub("%%s", (marker:gsub("%%", "%%%%")))
        rows[#rows + 1] = cases.row("leaf", 1, text, "10", "12")
      end
      local bad = rows[1].label
      local made = chart.new { kind = "variance", rows = rows, lang = "en",
        title = { message = bad, who = bad, what = bad, unit = bad,
          when = bad, source = bad }, notes = { bad } }
      local svg = assert(made:render "svg")
      assert.is_true(xml_is_well_formed(svg))
      assert.is_nil(svg:find "<script")
      assert.is_nil(svg:gsub(">[^<]*<", "><"):find " onload")
      local shown = { [""] = true }
      for text in svg:gmatch "<text[^>]*>(.-)</text>" do
        shown[unescape(text)] = true
      end
      for _, item in ipairs(made:display_list():find("text", "label")) do
        assert.is_true(shown[item.text], item.text)
      end
    end
    assert.is_false(exists(marker))
  end)

  it("may be no UTF-8 in every part of a title", function()
    for _, part in ipairs { "message", "who", "what", "unit", "when",
      "source" } do
      local made = chart.new { kind = "variance", lang = "en",
        rows = { cases.row("leaf", 1, "a", "10", "12") },
        title = { [part] = "a\xff\xfe b\xc3(" } }
      local svg = assert(made:render "svg")
      assert.is_truthy(svg:find("a\u{FFFD}\u{FFFD} b\u{FFFD}(", 1, true), part)
    end
  end)
end)

-- Pieces that mean something to gnuplot, enhanced text, XML or UTF-8.
local pieces = { "`touch %s`", "'; system('touch %s') #", "\n!touch %s\n",
  '"; system("touch %s") #', "@v", "EOD", "EOD\n", "\\", "\\\\", "''", "'",
  '"', '""', "{", "}", '{/x"><script>', "{/=99 A}", "~a{.5-}", "&{x}", "@{x}",
  "_", "^", "_{a}", "%%s%%n%%d", "%%", "$1", "#", ";", "&amp;", "<", ">",
  "]", "]]", "]]>", "/>", 'g id="', ' font-family="A"', "tspan", "/g>",
  "\0", "\1", "\27[31m", "\t", "\r", "\u{2028}", "\u{202E}abc", "支出",
  "（%%）", "“引号”", "é", "e\u{301}", "😀", "\\n", '\\"', "\\\n", "a", "B ",
  "  ", "-1", "= 1+1", "|", "$(touch %s)", '"."', ".", "+",
  "👨\u{200D}👩", "\\U+00e9", "\\103", "\xC3", "\xFF", "\xED\xA0\x80" }

--- Strings of 1 to 7 pieces, the same for a seed.
local function strings(count, marker)
  local below = require("support.random")(
    math.tointeger(os.getenv "EVALUA_FUZZ_SEED") or 20241)
  local out = {}
  local function choose(n) return below(n) + 1 end
  local path = marker:gsub("%%", "%%%%")
  for i = 1, count do
    local parts = {}
    for k = 1, choose(7) do parts[k] = pieces[choose(#pieces)] end
    out[i] = table.concat(parts):gsub("%%s", path):gsub("%%%%", "%%")
  end
  return out
end

-- Under sanitizers and with garbage collected all the time a few are enough.
local is_slow = debug.gethook() ~= nil or os.getenv "ASAN_OPTIONS" ~= nil
local COUNT = math.tointeger(os.getenv "EVALUA_FUZZ_STRINGS")
  or is_slow and 4000 or 100000
local BATCH = 8000 -- labels of one picture

describe("chart text fuzzed with " .. COUNT .. " strings", function()
  it("comes back unaltered in well-formed XML; nothing runs", function()
    local marker = support.tempdir() .. "/marker"
    local all, altered = strings(COUNT, marker), {}
    for from = 1, #all, BATCH do
      local batch = table.move(all, from, math.min(from + BATCH - 1, #all), 1,
        {})
      local found, svg = round_trip(batch, gp_text.quote)
      assert.is_true(xml_is_well_formed(svg))
      assert.is_nil(svg:find("<script", 1, true))
      for i, text in ipairs(batch) do
        if (found[i] or "") ~= clean.text(text) and #altered < 5 then
          altered[#altered + 1] = ("%q -> %q"):format(text, found[i] or "")
        end
      end
    end
    assert.same({}, altered)
    assert.is_false(exists(marker))
  end)
end)

describe("chart.clean", function()
  local table_of_cases = {
    { "plain", "plain" }, { "a\nb\tc\r", "a b c " }, { "\u{85}x", " x" },
    { "\0\1\x7Fa\u{9F}", "a" }, { "\u{FEFF}a\u{FFFE}\u{1FFFF}", "a" },
    { "\u{200E}a\u{202E}b\u{2069}", "ab" }, { "\xFFa", "\u{FFFD}a" },
    { "a\xED\xA0\x80", "a\u{FFFD}\u{FFFD}\u{FFFD}" },
    { "\xC0\x80", "\u{FFFD}\u{FFFD}" }, { "支\xE5\x87", "支\u{FFFD}\u{FFFD}" },
  }
  for _, case in ipairs(table_of_cases) do
    it(("makes %q of %q"):format(case[2], case[1]), function()
      assert.equal(case[2], clean.text(case[1]))
      assert.equal(case[2], clean.text(case[2]))
    end)
  end

  it("cuts at 500 characters", function()
    assert.equal(500, utf8.len(clean.text(("支"):rep(600))))
  end)
end)

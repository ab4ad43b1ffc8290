-- Encodings: detected, asked for, refused.

local core = require "evalua.core"

local function read(bytes, opts) return core.csv.read("f.csv", bytes, opts) end

--- UTF-16 or UTF-32 of a text, `format` packs one unit.
local function packed(text, format)
  local out = {}
  for _, point in utf8.codes(text) do
    if point < 0x10000 or format:find "4" then
      out[#out + 1] = format:pack(point)
    else
      point = point - 0x10000
      out[#out + 1] = format:pack(0xD800 + (point >> 10))
      out[#out + 1] = format:pack(0xDC00 + (point & 0x3FF))
    end
  end
  return table.concat(out)
end

local TEXT = "名称,金额\n基本😎,1.50\n"
local GBK = "\xC3\xFB\xB3\xC6,\xBD\xF0\xB6\xEE\n\xBB\xF9\xB1\xBE,1.50\n"

describe("encodings", function()
  --- Claim, bytes, options, encoding, first name, first text.
  local cases = {
    { "ASCII", "a,b\nx,1\n", nil, "UTF-8", "a", "x" },
    { "UTF-8", TEXT, nil, "UTF-8", "名称", "基本😎" },
    { "UTF-8 with a mark", "\xEF\xBB\xBF" .. TEXT, nil, "UTF-8", "名称", "基本😎" },
    { "a mark before a quote", '\xEF\xBB\xBF"a",b\nx,1\n', nil, "UTF-8", "a", "x" },
    { "UTF-16LE with a mark", "\xFF\xFE" .. packed(TEXT, "<I2"), nil, "UTF-16LE",
      "名称", "基本😎" },
    { "UTF-16BE with a mark", "\xFE\xFF" .. packed(TEXT, ">I2"), nil, "UTF-16BE",
      "名称", "基本😎" },
    { "UTF-32LE with a mark", "\xFF\xFE\0\0" .. packed(TEXT, "<I4"), nil, "UTF-32LE",
      "名称", "基本😎" },
    { "UTF-16 as asked", packed(TEXT, "<I2"), { encoding = "UTF-16LE" }, "UTF-16LE",
      "名称", "基本😎" },
    { "GBK", GBK, nil, "GB18030", "名称", "基本" },
    { "GBK as asked", GBK, { encoding = "gbk" }, "GB18030", "名称", "基本" },
    { "GB18030 of four bytes", "a,b\n\x94\x39\xDA\x33,1\n", nil, "GB18030", "a", "💩" },
    { "GBK with a euro", "a,b\n\xBB\xF9 \x80,1\n", nil, "CP936", "a", "基 €" },
    { "Big5 as asked", "a,b\n\xB9\x77\xBA\xE2,1\n", { encoding = "BIG5" }, "BIG5", "a",
      "預算" },
    { "Big5", "\xA6\x57\xBA\xD9,\xAA\xF7\xC3\x42\n\xB0\xF2\xA5\xBB\xB9\x77\xBA\xE2,1"
      .. "\n", nil, "BIG5-HKSCS", "名稱", "基本預算" },
    { "Windows-1252", "Minist\xE8re,b\n\xC9ducation,1\n", nil, "WINDOWS-1252",
      "Ministère", "Éducation" },
    { "one letter of Latin-1", "caf\xE9,b\nx,1\n", nil, "WINDOWS-1252", "café",
      "x" },
    { "CP850", "A\xA4o,b\nEducaci\xA2n p\xA3blica; M\x81nchen,1\n", nil, "CP850",
      "Año", "Educación pública; München" },
    { "UTF-16LE without a mark", packed(TEXT, "<I2"), nil, "UTF-16LE", "名称",
      "基本😎" },
    { "UTF-16BE without a mark", packed(TEXT, ">I2"), nil, "UTF-16BE", "名称",
      "基本😎" },
    { "Latin-1 as asked", "caf\xE9,b\nx,1\n", { encoding = "latin1" }, "latin1", "café",
      "x" },
  }
  for _, case in ipairs(cases) do
    local claim, bytes, opts, encoding, name, text = table.unpack(case, 1, 6)
    it("reads " .. claim, function()
      local t, report = read(bytes, opts)
      assert.equal(encoding, report.encoding)
      assert.equal(name, t:names()[1])
      assert.equal(text, t:column(name)[1])
    end)
  end

  local many = ("预算"):rep(20)
  local bad = {
    { "a character cut off at the end", "a,b\n" .. many .. ",\xE9\xA2", nil,
      "2: the file ends in the middle of a character of UTF-8" },
    { "the only character, cut off", "a,b\n1,\xE4\xB8", nil,
      "2: the file ends in the middle of a character of UTF-8" },
    { "what is UTF-8 rather than anything else", "预算收入支出,b\n\xE5\x8D\xE5\x8D,1\n", nil,
      "2: byte 22 of the file (0xE5) is not UTF-8; name the encoding with "
      .. "--encoding" },
    { "UTF-8 that was asked for", "a\n\xB9\n", { encoding = "utf8" },
      "2: byte 3 of the file (0xB9) is not UTF-8; name the encoding with --encoding" },
    { "an encoding that was asked for", "a,b\n1,\xFF\n", { encoding = "EUC-JP" },
      "2: byte 7 of the file (0xFF) is not EUC-JP; name the encoding with --encoding" },
    { "half a character", "\xFF\xFEa\0b", nil,
      "1: the file ends in the middle of a character of UTF-16LE" },
    { "an unknown encoding", "a", { encoding = "KLINGON" },
      "1: the encoding 'KLINGON' is not known" },
    { "iconv's options", "a", { encoding = "ASCII//IGNORE" },
      "1: the encoding 'ASCII//IGNORE' is not known" },
    { "NUL bytes", "a,b\n1,\0\n", nil,
      "2: this is a binary file, not text (NUL byte)" },
    { "NUL bytes among bad ones", "\xFF\xD8\xFF\xE0\0\x10JFIF", nil,
      "1: this is a binary file, not text (NUL byte)" },
    { "NUL in UTF-16", "\xFF\xFE" .. packed("a\n\0\n", "<I2"), nil,
      "2: this is a binary file, not text (NUL byte)" },
    { "a workbook", "PK\3\4\x14\0\6\0", nil,
      "1: this is a binary file, not text (a zip archive; .xlsx files are such)" },
    { "an old workbook", "\xD0\xCF\x11\xE0\xA1\xB1", nil,
      "1: this is a binary file, not text (an old Office document (.xls, .doc))" },
    { "a database", "SQLite format 3\0\16\0", nil,
      "1: this is a binary file, not text (an SQLite database)" },
  }
  for _, case in ipairs(bad) do
    it("refuse " .. case[1], function()
      local t, message, code = read(case[2], case[3])
      assert.is_nil(t)
      assert.equal("f.csv:" .. case[4], message)
      assert.equal("data", code)
    end)
  end
end)

describe("lines that are not UTF-8 in a text that is", function()
  --- `n` lines of good UTF-8 with `odd` as line 3.
  local function text(odd)
    local lines = { "名称,v", "预算,1", odd }
    for i = 4, 9 do lines[i] = "é预算" .. i .. ",1" end
    return table.concat(lines, "\n") .. "\n"
  end

  it("are read in what they look like, and named", function()
    local t, report = read(text "Minist\xE8re de l'\xC9ducation,2")
    assert.equal("Ministère de l'Éducation", t:column("名称")[2])
    assert.equal("预算", t:column("名称")[1])
    assert.equal("UTF-8", report.encoding)
    assert.same({ "lines that are not UTF-8, read as WINDOWS-1252: 1 (3)" },
      report.notes)
    t, report = read(text "\xBB\xF9\xB1\xBE\xD6\xA7\xB3\xF6,2")
    assert.equal("基本支出", t:column("名称")[2])
    assert.same({ "lines that are not UTF-8, read as GB18030: 1 (3)" },
      report.notes)
  end)

  it("may have pairs that are characters of UTF-8", function()
    local t, report = read(text "\xD2\xD2\xBD\xD6\xB5\xC0,2")
    assert.equal("乙街道", t:column("名称")[2])
    assert.same({ "lines that are not UTF-8, read as GB18030: 1 (3)" },
      report.notes)
    -- three such characters to two bytes of none: 合计合计
    t = read(text "\xBA\xCF\xBC\xC6\xBA\xCF\xBC\xC6,2")
    assert.equal("合计合计", t:column("名称")[2])
  end)

  it("may hold both", function()
    local t = read(text "Société caf\xE9,2")
    assert.equal("Société café", t:column("名称")[2])
    t = read(text "Société é caf\xE9teria,2")
    assert.equal("Société é caféteria", t:column("名称")[2])
    t = read(text "预算收入\xE9\xA2,2")
    assert.equal("预算收入\u{FFFD}\u{FFFD}", t:column("名称")[2])
  end)

  it("may be more than those of UTF-8, where words tell them apart", function()
    local lines = { "comunit\xC3\xA0,v" }
    for i = 1, 30 do lines[i + 1] = "Forl\x8D" .. i .. ",1" end
    local t, report = read(table.concat(lines, "\n") .. "\n")
    assert.equal("comunità", t:names()[1])
    assert.equal("Forlì1", t:column("comunità")[1])
    assert.matches("read as CP850: 30 (2, 3, 4", report.notes[1], 1, true)
    t, report = read("单位,v\n财政局,1\n\xC9\xF3\xBC\xC6\xBE\xD6,2\n"
      .. "\xBC\xC6\xBB\xAE\xBF\xC6,3\n")
    assert.same({ "财政局", "审计局", "计划科" }, t:column("单位"):values())
    assert.matches("read as GB18030: 2 (3, 4)", report.notes[1], 1, true)
  end)

  it("are not found in a text that is all of another encoding", function()
    -- "联通" and its like: a character of GB18030 that is valid UTF-8
    local lines = { "\xB5\xA5\xCE\xBB,v" }
    for i = 1, 50 do
      lines[i + 1] = "\xBB\xF9\xB1\xBE\xD6\xA7\xB3\xF6" .. i .. ",1"
    end
    lines[20] = "\xCD\xA8,1"
    local t, report = read(table.concat(lines, "\n") .. "\n")
    assert.equal("GB18030", report.encoding)
    assert.equal("通", t:column("单位")[19])
  end)

  it("are an error when UTF-8 was asked for", function()
    local t, message = read(text "caf\xE9,2", { encoding = "UTF-8" })
    assert.is_nil(t)
    assert.matches("^f.csv:3: byte %d+ of the file %(0xE9%) is not UTF%-8", message)
  end)
end)

describe("a guess at an encoding", function()
  it("is said, since it may be wrong", function()
    local _, report = read "caf\xE9,b\nx,1\n"
    assert.same({ "the file is not UTF-8: read as WINDOWS-1252, which its "
      .. "letters look like (--encoding for another)" }, report.notes)
  end)

  it("can be overruled", function()
    local t, report = read("caf\xE9,b\nx,1\n", { encoding = "CP850" })
    assert.equal("cafÚ", t:names()[1])
    assert.same({}, report.notes)
  end)
end)

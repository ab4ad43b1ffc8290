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
    { "a few bad bytes in UTF-8", "a,b\n" .. many .. "\xFF,1\n", nil,
      "2: byte 125 of the file (0xFF) is not UTF-8; name the encoding with --encoding" },
    { "a character cut off at the end", "a,b\n" .. many .. ",\xE9\xA2", nil,
      "2: byte 126 of the file (0xE9) is not UTF-8; name the encoding with --encoding" },
    { "bytes of no encoding tried", "a,b\ncaf\xE9,1\n", nil,
      "2: byte 8 of the file (0xE9) is not UTF-8, and the file is not GB18030 "
      .. "either; name the encoding with --encoding" },
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

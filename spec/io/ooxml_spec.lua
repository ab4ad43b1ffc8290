-- ooxml: archives of XML parts, and what is refused.

local support = require "support"
local xlsx = require "support.xlsx"
local zip = require "support.zip"
require "evalua.core"
local office = require "evalua.office"

local function sheets(bytes)
  return office.xlsx.sheets(support.write("book.xlsx", bytes))
end

local function refusal(bytes)
  local names, message, code = sheets(bytes)
  assert.is_nil(names)
  assert.equal("data", code)
  return message
end

describe("xlsx.sheets", function()
  it("lists the sheets in the order of their tabs", function()
    assert.same({ "汇总", "b & c" }, sheets(xlsx.bytes { sheets = {
      { name = "汇总", data = "" }, { name = "b &amp; c", data = "" } } }))
  end)

  it("follows the relationships, whatever the parts are called", function()
    local parts = xlsx.parts { sheets = { { name = "a", data = "" } } }
    for _, part in ipairs(parts) do
      part[1] = part[1]:gsub("^xl/", "other/")
      part[2] = part[2]:gsub('Target="xl/', 'Target="/other/')
    end
    assert.same({ "a" }, sheets(zip.archive(parts)))
  end)

  it("reads prefixed names", function()
    local parts = xlsx.parts { sheets = { { name = "a", data = "" } } }
    for _, part in ipairs(parts) do
      if part[1] == "xl/workbook.xml" then
        part[2] = part[2]:gsub("<(/?)(%l)", "<%1x:%2"):gsub("xmlns=",
          "xmlns:x=")
      end
    end
    assert.same({ "a" }, sheets(zip.archive(parts)))
  end)
end)

describe("a file that is no workbook", function()
  it("is refused for what it is", function()
    assert.matches("this is text", refusal "a,b\n1,2\n")
    assert.matches("the file is empty", refusal "")
    assert.matches("%(%.xls%)", refusal("\xD0\xCF\x11\xE0" .. ("\0"):rep(512)))
    assert.matches("encrypted", refusal("\xD0\xCF\x11\xE0" .. ("\0"):rep(512)
      .. ("EncryptedPackage"):gsub(".", "%0\0")))
    assert.matches("no sheets", refusal(zip.archive { { "a.txt", "a" } }))
    assert.matches("damaged", refusal("PK\3\4" .. ("x"):rep(100)))
  end)

  it("is refused with a DOCTYPE", function()
    local parts = xlsx.parts { sheets = { { name = "a", data = "" } } }
    for _, part in ipairs(parts) do
      part[2] = part[2]:gsub("%?>\n", '%0<!DOCTYPE a [<!ENTITY b "c">]>', 1)
    end
    assert.matches("DOCTYPE", refusal(zip.archive(parts)))
  end)

  it("is refused as a zip bomb, by what it declares", function()
    for _, size in ipairs { 20 << 20, (1 << 30) + 1 } do
      assert.matches("zip bomb", refusal(zip.archive { { "_rels/.rels",
        zip.deflate_zeros(100), { method = 8, size = size } } }))
    end
  end)

  it("is refused when a part is larger than it declares", function()
    local stream = zip.deflate_zeros(40000)
    assert.is_string(refusal(zip.archive { { "_rels/.rels", stream,
      { method = 8, size = 100 } } }))
  end)

  it("is refused when a checksum does not fit", function()
    local parts = xlsx.parts { sheets = { { name = "a", data = "" } } }
    parts[#parts][3] = { crc = 1 }
    assert.matches("CRC", refusal(zip.archive(parts)))
  end)
end)

describe("evalua.office", function()
  it("is not loaded before it is used", function()
    local out = support.evalua { "-e", [[
      local ev = require "evalua"
      ev.table { { a = 1 } }
      print(package.loaded["evalua.office"])]] }
    assert.equal("nil\n", out.out)
  end)
end)

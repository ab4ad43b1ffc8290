-- period: years, quarters, months and days through the door of a column.

local core = require "evalua.core"

--- A cell as the CSV reader types and prints it.
local function read(text)
  local t = assert(core.csv.read("p.csv", "p\n" .. text .. "\n", {}))
  return t:column("p"):type(), tostring(t[1].p)
end

describe("period", function()
  for _, case in ipairs {
    { "2023-01", "month", "2023-01" }, { "2023-1", "month", "2023-01" },
    { "2023/12", "month", "2023-12" }, { "2023年1月", "month", "2023-01" },
    { "2023Q4", "quarter", "2023Q4" }, { "2023-Q1", "quarter", "2023Q1" },
    { "2024-02-29", "day", "2024-02-29" }, { "2023年1月5日", "day",
      "2023-01-05" }, { "1600-02-29", "day", "1600-02-29" },
    { "0001-01-01", "day", "0001-01-01" }, { "9999-12-31", "day",
      "9999-12-31" },
  } do
    it("reads " .. case[1] .. " as a " .. case[2], function()
      local kind, text = read(case[1])
      assert.equal(case[2], kind)
      assert.equal(case[3], text)
    end)
  end

  for _, text in ipairs { "2023-13", "2023-00", "2023Q5", "2023-02-29",
    "1900-02-29", "2023-01-32", "2023-1-1-1", "23-01", "2023年121",
    "2023年1-5", "2023年13月" } do
    it("does not take " .. text .. " for a period", function()
      assert.equal("text", (read(text)))
    end)
  end

  it("takes a year alone for a number", function()
    assert.equal("int", (read("2023")))
  end)
end)

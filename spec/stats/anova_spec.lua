-- ev.stats.anova: NIST's certified values, then rules.

local both_ways = require "support.both_ways"
local data = require "stats.nist_data"
local digits = require "support.digits"
local ev = require "evalua"
local support = require "support"

local stats = ev.stats

--- Treatment and value of a Simon & Lesage set: 9 treatments, `n` replicates
--- (odd), the first replicate on the base, then 0.1 below and above in turn.
local function simon_lesage(offset, n)
  local base = { 4, 3, 5, 3, 5, 3, 5, 3, 5 }
  local group, y = {}, {}
  for g, digit in ipairs(base) do
    for r = 1, n do
      local d = r == 1 and 0 or r % 2 == 0 and -1 or 1
      group[#group + 1] = g
      y[#y + 1] = ev.decimal(("%d.%d"):format(offset, digit + d))
    end
  end
  return group, y
end

local function check_anova(t, certified, least, what)
  local a = assert(stats.anova(t, "y ~ g"))
  for name, value in pairs(certified) do
    digits.check(value, a[name], least, what .. " " .. name)
  end
end

describe("ev.stats.anova on NIST StRD", function()
  it("SiRstv to 13 digits", function()
    local g, y, n = {}, {}, 0
    for line in io.lines(support.shared "nist_strd/SiRstv.dat") do
      n = n + 1
      local a, b = line:match "^%s*(%d+)%s+([%d.]+)%s*$"
      if n > 60 then g[#g + 1], y[#y + 1] = tonumber(a), tonumber(b) end
    end
    for way, t in pairs(both_ways { g = g, y = y }) do
      check_anova(t, { dfb = 4, dfw = 20, ssb = 5.11462616000000E-02,
        ssw = 2.16636560000000E-01, msb = 1.27865654000000E-02,
        msw = 1.08318280000000E-02, f = 1.18046237440255E+00,
        r2 = 1.90999039051129E-01, sigma = 1.04076068334656E-01 }, 13, way)
    end
  end)

  it("AtmWtAg to 13 digits", function()
    local g, y = {}, {}
    for i, values in ipairs(data.atmwtag) do
      for _, value in ipairs(values) do g[#g + 1], y[#y + 1] = i, value end
    end
    for way, t in pairs(both_ways { g = g, y = y }) do
      check_anova(t, { dfb = 1, dfw = 46, ssb = 3.63834187500000E-09,
        ssw = 1.04951729166667E-08, msw = 2.28155932971014E-10,
        f = 1.59467335677930E+01, r2 = 2.57426544538321E-01,
        sigma = 1.51048314446410E-05 }, 13, way)
    end
  end)

  it("SmLs01 is what the generator makes", function()
    local group, y = simon_lesage(1, 21)
    local n, i = 0, 0
    for line in io.lines(support.shared "nist_strd/SmLs01.dat") do
      n = n + 1
      local a, b = line:match "^%s*(%d+)%s+([%d.]+)%s*$"
      if n > 60 then
        i = i + 1
        assert.same({ group[i], tostring(y[i]) }, { tonumber(a), b })
      end
    end
    assert.equal(#y, i)
  end)

  for set, offset in pairs { [1] = 1, [4] = 1000000, [7] = 1000000000000 } do
    for more, n in ipairs { 21, 201, 2001 } do
      local name = ("SmLs%02d"):format(set + more - 1)
      it(name .. " to 13 digits, as decimals and as floats", function()
        -- certified: ssb 0.08 n, ssw 0.09 (n - 1), f = n, sigma = 0.1
        local group, y = simon_lesage(offset, n)
        local certified = { ssb = 0.08 * n, ssw = 0.09 * (n - 1), dfb = 8,
          dfw = 9 * (n - 1), msb = 0.01 * n, msw = 0.01, f = n, sigma = 0.1,
          r2 = 0.08 * n / (0.17 * n - 0.09) }
        local floats = {}
        for i, value in ipairs(y) do floats[i] = tonumber(tostring(value)) end
        check_anova(ev.table { columns = { g = group, y = y } }, certified, 13,
          "decimals")
        check_anova(ev.table { columns = { g = group, y = floats } },
          certified, 13, "floats")
      end)
    end
  end
end)

describe("ev.stats.anova", function()
  it("takes groups of any type, and skips rows without value or group",
    function()
      local t = ev.table { columns = { g = { "a", "a", "b", "b", ev.NA, "c" },
        y = { 1, 2, 4, 6, 9, ev.NA } } }
      local a = stats.anova(t, "y ~ g")
      assert.same({ 4, 2, 2, 1, 2 }, { a.n, a.missing, a.groups, a.dfb, a.dfw })
      -- means 1.5 and 5, grand mean 3.25
      digits.check(12.25, a.ssb, 15)
      digits.check(2.5, a.ssw, 15)
    end)

  it("says what it lacks", function()
    local t = ev.table { columns = { g = { "a", "a" }, y = { 1, 2 },
      h = { "a", "b" } } }
    assert.same({ nil, "an analysis of variance needs two groups with values",
      "data" }, { stats.anova(t, "y ~ g") })
    assert.same({ nil,
      "an analysis of variance needs a group with two values", "data" },
      { stats.anova(t, "y ~ h") })
    assert.error_matches(function() stats.anova(t, "y ~ g + h") end,
      "one group was expected: y ~ group", 1, true)
  end)
end)

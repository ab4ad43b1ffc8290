-- ev.stats.summary and quantile: certified and published values, then rules.

local ev = require "evalua"
local data = require "stats.nist_data"
local digits = require "support.digits"
local pi = require "support.pi"
local support = require "support"

local NA = ev.NA
local stats = ev.stats

local function file_values(name)
  local values = {}
  local is_data = false
  for line in io.lines(support.shared("nist_strd/" .. name)) do
    is_data = is_data or line:find("^# Data%s*$") ~= nil
    local text = is_data and line:match "^%s*(%-?[%d.]+)%s*$"
    if text then values[#values + 1] = tonumber(text) end
  end
  return values
end

--- NIST's generated sets NumAcc2 to 4: a first value, then `pairs` times two
--- values in turn.
local function alternating(first, low, high, pairs)
  local values = { first }
  for _ = 1, pairs do
    values[#values + 1] = low
    values[#values + 1] = high
  end
  return values
end

--- As text in a CSV file, where the column becomes decimal.
local function through_csv(values)
  local lines = { "y" }
  for i, value in ipairs(values) do lines[i + 1] = tostring(value) end
  local path = support.write("y.csv", table.concat(lines, "\n") .. "\n")
  return assert(ev.read_csv(path)):column "y"
end

--- As reals that no decimal column ever saw.
local function as_reals(values)
  local list = {}
  for i, value in ipairs(values) do list[i] = value + 0.0 end
  return ev.table { columns = { y = list }, types = { y = "real" } }:column "y"
end

--- PiDigits: 5000 digits of pi; its value 957 is a 3, where pi has an 8.
local function pi_digits()
  local list = pi.digits(5000)
  assert(list[957] == 8)
  list[957] = 3
  return list
end

-- NIST StRD, univariate (https://www.itl.nist.gov/div898/strd/univ/homepage
-- .html): certified mean, standard deviation, lag-1 autocorrelation
local nist = {
  { "NumAcc1", { 10000001, 10000003, 10000002 }, 10000002, 1, -0.5 },
  { "NumAcc2", alternating(1.2, 1.1, 1.3, 500), 1.2, 0.1, -0.999 },
  { "NumAcc3", alternating(1000000.2, 1000000.1, 1000000.3, 500), 1000000.2,
    0.1, -0.999 },
  { "NumAcc4", alternating(10000000.2, 10000000.1, 10000000.3, 500),
    10000000.2, 0.1, -0.999 },
  { "Lottery", "Lottery.txt", 518.958715596330, 291.699727470969,
    -0.120948622967393 },
  { "Lew", "Lew.txt", -177.435, 277.332168044316, -0.307304800605679 },
  { "Mavro", data.mavro, 2.001856, 0.000429123454003053, 0.937989183438248 },
  { "Michelso", data.michelso, 299.8524, 0.0790105478190518,
    0.535199668621283 },
  { "PiDigits", pi_digits(), 4.5348, 2.86733906028871,
    -0.00355099287237972 },
}

describe("ev.stats.summary on NIST StRD", function()
  for _, set in ipairs(nist) do
    it(set[1] .. " to 13 digits", function()
      local values = set[2]
      if type(values) == "string" then values = file_values(values) end
      for way, x in pairs { array = values, csv = through_csv(values),
        reals = as_reals(values) } do
        local s = assert(stats.summary(x))
        assert.equal(#values, s.n)
        digits.check(set[3], s.mean, 13, way .. " mean")
        digits.check(set[4], s.sd, 13, way .. " sd")
        digits.check(set[5], s.autocorrelation, 13, way .. " r1")
      end
    end)
  end
end)

describe("ev.stats.summary", function()
  it("has the figures of R", function()
    -- R 4.2.2: x <- c(2, 4, 4, 5, 7, 9, 11, 13, 20, 22); m <- mean(x)
    -- mean((x-m)^3)/mean((x-m)^2)^1.5; mean((x-m)^4)/mean((x-m)^2)^2 - 3
    -- acf(x, plot = FALSE)$acf[2]
    local s = stats.summary { 2, 4, 4, 5, 7, 9, 11, 13, 20, 22 }
    digits.check(0.73897897884670816, s.skewness, 14)
    digits.check(-0.7519807121962816, s.kurtosis, 14)
    digits.check(0.66448950719170008, s.autocorrelation, 14)
    digits.check(47.12222222222222, s.var, 15)
    assert.same({ 10, 0, 9.7, 2.0, 22.0, 8.0, 4.25, 12.5 }, { s.n, s.missing,
      s.mean, s.min, s.max, s.median, s.q1, s.q3 })
  end)

  it("skips what is missing, and only joins true neighbours", function()
    local s = stats.summary { NA, 1, 2, NA, 4, 3, n = 7 }
    assert.same({ 4, 3, 2.5 }, { s.n, s.missing, s.mean })
    -- (1-2.5)(2-2.5) + (4-2.5)(3-2.5) = 1.5, by 5
    digits.check(0.3, s.autocorrelation, 15)
  end)

  it("leaves out what does not exist", function()
    assert.same({ n = 0, missing = 2 }, stats.summary { NA, NA })
    assert.same({ n = 0, missing = 0 }, stats.summary {})
    local one = stats.summary { 7 }
    assert.same({ 7.0, 7.0, 7.0 }, { one.mean, one.min, one.median })
    assert.is_nil(one.sd)
    local constant = stats.summary { 5, 5, 5 }
    assert.same({ 0.0, 0.0 }, { constant.sd, constant.var })
    assert.is_nil(constant.skewness)
    assert.is_nil(constant.autocorrelation)
  end)

  it("loses nothing to the largest whole numbers", function()
    local most = math.maxinteger
    local s = stats.summary { most, most - 2, most - 1 }
    assert.equal(1.0, s.sd)
    digits.check(2.0 ^ 64 / math.sqrt(2),
      stats.summary({ math.mininteger, most }).sd, 15)
  end)

  it("keeps reals that are no decimals", function()
    local values = {}
    for i = 0, 9 do values[i + 1] = 1 + i % 2 * 2.0 ^ -52 end
    digits.check(2.0 ^ -53 * math.sqrt(10 / 9), stats.summary(values).sd, 14)
  end)

  it("refuses an infinity and what is no number, by its place", function()
    assert.same({ nil, "value 2 is infinite", "data" },
      { stats.summary { 1.5, math.huge } })
    assert.same({ nil, "value 1 is not a number (NaN)", "data" },
      { stats.summary { 0 / 0 } })
    assert.same({ nil, "the values are too large for a variance", "data" },
      { stats.summary { 1e300, -1e300, 3e299 } })
  end)

  it("raises for what is no sample, at the caller's line", function()
    local mistakes = {
      { "text", "summary: x: an array of numbers or a column was expected" },
      { { "a" }, "summary: x: numbers were expected, not text" },
      { { 1, "a" }, "value 2: a string does not fit" },
    }
    for _, mistake in ipairs(mistakes) do
      local ok, problem = pcall(function() stats.summary(mistake[1]) end)
      assert.is_false(ok)
      assert.matches("summary_spec.lua:%d+: ev.stats.summary: x: ", problem)
      assert.matches(mistake[2], problem, 1, true)
    end
  end)
end)

describe("ev.stats.quantile", function()
  it("has the nine types of Hyndman & Fan, as in R", function()
    -- R 4.2.2: x <- c(2, 4, 4, 5, 7, 9, 11, 13, 20, 22)
    -- for (ty in 1:9) quantile(x, c(0,.1,.25,.3,.5,.75,.9,1), type = ty)
    local x = { 22, 4, 4, 5, 2, 9, 11, 13, 20, 7 }
    local p = { 0, 0.1, 0.25, 0.3, 0.5, 0.75, 0.9, 1 }
    local expected = {
      { 2, 2, 4, 4, 7, 13, 20, 22 }, { 2, 3, 4, 4.5, 8, 13, 21, 22 },
      { 2, 2, 4, 4, 7, 13, 20, 22 }, { 2, 2, 4, 4, 7, 12, 20, 22 },
      { 2, 3, 4, 4.5, 8, 13, 21, 22 }, { 2, 2.2, 4, 4.3, 8, 14.75, 21.8, 22 },
      { 2, 3.8, 4.25, 4.7, 8, 12.5, 20.2, 22 },
      { 2, 2 + 11 / 15, 4, 4 + 13 / 30, 8, 13 + 7 / 12, 21 + 4 / 15, 22 },
      { 2, 2.8, 4, 4.45, 8, 13.4375, 21.2, 22 },
    }
    for kind, row in ipairs(expected) do
      local got = stats.quantile(x, p, { type = kind })
      for i, value in ipairs(row) do
        digits.check(value, got[i], 15, ("type %d, p = %g"):format(kind, p[i]))
      end
    end
  end)

  it("is nil over no value and raises for a wrong p or type", function()
    assert.is_nil(stats.quantile({ NA }, 0.5))
    assert.error_matches(function() stats.quantile({ 1 }, 2) end,
      "ev.stats.quantile: p is a number from 0 to 1, not 2", 1, true)
    assert.error_matches(function() stats.quantile({ 1 }, .5, { type = 10 }) end,
      "types are 1 to 9, not 10", 1, true)
    assert.error_matches(function() stats.quantile({ 1 }, .5, { kind = 1 }) end,
      "no option 'kind'; there are: type", 1, true)
  end)
end)

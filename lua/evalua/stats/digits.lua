--- Are figures made up: Benford's law, repeated values, round numbers.

local core = require "evalua.core"
local numbers = require "evalua.stats.numbers"

local M = {}

local LEAST, ENOUGH = 300, 1000

--- Nigrini's words for a mean absolute deviation, by the upper end of each
--- (2012, Benford's Law, p. 160, table 7.1).
local words = { "close conformity", "acceptable conformity",
  "marginally acceptable conformity", "nonconformity" }

local tests = {
  first = { limits = { 0.006, 0.012, 0.015 }, from = 1, to = 9 },
  second = { limits = { 0.008, 0.010, 0.012 }, from = 0, to = 9 },
  first_two = { limits = { 0.0012, 0.0018, 0.0022 }, from = 10, to = 99 },
}

--- Benford 1938 (Proceedings of the American Philosophical Society 78:551).
local function expected(test, digit)
  if test ~= "second" then return math.log(1 + 1 / digit, 10) end
  local sum = 0
  for first = 1, 9 do
    sum = sum + math.log(1 + 1 / (10 * first + digit), 10)
  end
  return sum
end

local function counts_of(found, test)
  if test ~= "second" then return found[test] end
  local counts = {}
  for digit = 0, 9 do
    counts[digit] = 0
    for first = 1, 9 do
      counts[digit] = counts[digit] + found.first_two[10 * first + digit]
    end
  end
  return counts
end

local function word_of(mad, limits)
  for i, limit in ipairs(limits) do
    if mad <= limit then return words[i] end
  end
  return words[#words]
end

--- The figures for each digit, MAD, chi-square, and what MAD to expect of n
--- values that do follow the law.
local function compare(counts, n, name)
  local test, sum, chisq, chance = tests[name], 0, 0, 0
  local digits = {}
  for digit = test.from, test.to do
    local e, share = expected(name, digit), counts[digit] / n
    local far = math.abs(share - e)
    sum, chisq = sum + far, chisq + n * far * far / e
    chance = chance + math.sqrt(2 / math.pi * e * (1 - e) / n)
    local spread = math.sqrt(e * (1 - e) / n)
    local shift = far > 1 / (2 * n) and 1 / (2 * n) or 0
    digits[digit] = { count = counts[digit], share = share, expected = e,
      z = (far - shift) / spread }
  end
  local k = test.to - test.from + 1
  return { digits = digits, mad = sum / k, chisq = chisq,
    p = core.stats.chance("chisq", chisq, k - 1), by_chance = chance / k }
end

--- Benford's test of rows first to last of a column that numbers.column gave.
---@return table? figures
---@return string? message
---@return string? code
function M.test(column, first, last, name)
  local found = core.stats.digits(column, first, last)
  local left_out = found.zeros + (name ~= "first" and found.small or 0)
  local n = found.n - left_out
  if n < LEAST then
    return nil, ("n = %d: Benford's law needs %d values%s"):format(n, LEAST,
      name == "first" and " other than zero" or " of 10 and more"), "data"
  end
  local result = compare(counts_of(found, name), n, name)
  result.test, result.n, result.missing = name, n, found.missing
  result.left_out = left_out
  result.conformity = word_of(result.mad, tests[name].limits)
  if n < ENOUGH then
    result.note = ("n = %d: a MAD of %.4f is to be expected by chance alone")
      :format(n, result.by_chance)
  end
  return result
end

--- How far leading digits follow Benford's law: { test, n, missing, left_out
--- (zeros; for second digits values below 10, too), mad, conformity (Nigrini's
--- words), chisq, p, by_chance (the MAD to be expected of n values that do
--- follow it), digits = { [d] = {count, share, expected, z} }, note }. `digits`
--- is "first" (unless said), "second" or "first_two". nil, message below 300
--- values; below 1000 `note` says how much of the MAD is chance.
---
--- Nigrini 2012 (Benford's Law: Applications for Forensic Accounting, Auditing
--- and Fraud Detection): MAD p. 158, words p. 160, z p. 150.
---@param x table|evalua.column
---@param opts { digits: string? }?
---@return table? figures
---@return string? message
---@return string? code
function M.benford(x, opts)
  opts = numbers.options(opts, { digits = true })
  local test = opts.digits or "first"
  numbers.one_of("digits", test, { "first", "second", "first_two" })
  local column, message, code = numbers.column(x)
  if column == nil then return nil, message, code end
  return M.test(column, 1, #column, test)
end

--- Whether values are round more often than chance has it: an array by power
--- of ten, { { unit = 10, n (values of at least that), count (multiples of
--- it), share, expected, p (of so many or more, binomial) }, … }, powers with
--- too few values left out; nil, message below 50 values of 10 and more.
---
--- Nigrini 2012, p. 123 (rounded numbers); expected is 1 / unit, since the last
--- digits of amounts are spread evenly.
---@param x table|evalua.column
---@return table? figures
---@return string? message
---@return string? code
function M.round_numbers(x)
  local column, message, code = numbers.column(x)
  if column == nil then return nil, message, code end
  return M.roundness(column, 1, #column)
end

local LEAST_EXPECTED = 5

---@return table? figures
---@return string? message
---@return string? code
function M.roundness(column, first, last)
  local found, list = core.stats.digits(column, first, last), {}
  for k = 1, #found.large do
    local unit, n = 10 ^ k // 1 | 0, found.large[k]
    if n / unit >= LEAST_EXPECTED then
      list[#list + 1] = { unit = unit, n = n, count = found.round[k],
        share = found.round[k] / n, expected = 1 / unit,
        p = core.stats.binomial(found.round[k], n, 1 / unit) }
    end
  end
  if #list > 0 then return list end
  return nil, ("n = %d: a test of round numbers needs %d values of 10 and more")
    :format(found.large[1], 10 * LEAST_EXPECTED), "data"
end

--- Values that occur more than once: { n, missing, distinct, repeated (how many
--- values share theirs with another), nff, values = { {value, count}, … } } the
--- most frequent first, at most `top` (20) of them. nff is Nigrini's number
--- frequency factor, 0 where no value is repeated and 1 where all are equal
--- (2012, p. 136).
---@param x table|evalua.column
---@param opts { top: integer? }?
---@return table? figures
---@return string? message
---@return string? code
function M.duplicates(x, opts)
  opts = numbers.options(opts, { top = true })
  local top = opts.top or 20
  if math.type(top) ~= "integer" or top < 1 then
    error("top is a whole number above 0, not " .. tostring(top), 0)
  end
  local column, message, code = numbers.column(x)
  if column == nil then return nil, message, code end
  local t = core.table.new({ "x" }, { column }, #column)
  local counted = t:count("x"):where("not is_na(x)"):arrange("-n", "x")
  local n = #column - column:missing()
  local result = { n = n, missing = column:missing(), repeated = 0,
    distinct = counted:nrows(), values = {}, nff = 0 }
  local squares = 0
  for i, row in counted:where("n > 1"):rows() do
    result.repeated, squares = result.repeated + row.n, squares + row.n ^ 2
    if i <= top then result.values[i] = { value = row.x, count = row.n } end
  end
  if n > 0 then result.nff = squares / (n * n) end
  return result
end

return M

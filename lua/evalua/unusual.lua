--- Is it unusual, and does it matter: the newest value of each line against the
--- line's own history and against the materiality rule, on one row.

local blame = require "evalua.blame"
local core = require "evalua.core"
local grouped = require "evalua.grouped"
local numbers = require "evalua.stats.numbers"
local outliers = require "evalua.stats.outliers"
local series_of = require "evalua.series"
local tests = require "evalua.stats.trend"
local values = require "evalua.values"

---@class evalua.table
local Table = core.table.methods
---@class evalua.grouped
local Grouped = grouped

local _, call = blame.new(debug.getinfo(1, "S").source)

--- Earlier values that a prediction needs.
local LEAST = 5
--- Earlier values from which a trend among them is looked for, and the p below
--- which it is taken for one.
local LEAST_LINE, LINE_P = 8, 0.05

local own = { base = true, at = true, season = true, level = true,
  model = true, material_amount = true, material_pct = true }

local FIELDS = { "period", "n", "value", "expected", "lower", "upper", "z",
  "unusual", "base", "deviation", "deviation_pct", "material", "verdict",
  "model", "note" }

local notes = {
  none = "there is no value",
  few = "n = %d: a prediction needs %d earlier values",
  flat = "all earlier values are equal",
  absent = "no row for %s",
  empty = "no value in %s",
}

-- One line ------------------------------------------------------------------

local function mean_of(list)
  local sum = 0
  for _, value in ipairs(list) do sum = sum + value end
  return sum / #list
end

--- A line by least squares, or a level when `is_line` is false: the prediction
--- at time 0 (times are counted from the value that is judged), its standard
--- error and degrees of freedom, and the residuals.
local function predict(times, history, is_line)
  local m, mean = #history, mean_of(history)
  local middle, slope, spread = mean_of(times), 0, 0
  if is_line then
    local across = 0
    for i, time in ipairs(times) do
      spread = spread + (time - middle) ^ 2
      across = across + (time - middle) * (history[i] - mean)
    end
    slope = across / spread
  end
  local rest, squares = {}, 0
  for i, time in ipairs(times) do
    rest[i] = history[i] - mean - slope * (time - middle)
    squares = squares + rest[i] ^ 2
  end
  local df = m - (is_line and 2 or 1)
  local se = math.sqrt(squares / df
    * (1 + 1 / m + (is_line and middle ^ 2 / spread or 0)))
  return { expected = mean - slope * middle, se = se, df = df, rest = rest }
end

--- By how many robust standard deviations a value is off the prediction.
local function robust_z(found, value)
  local sorted = core.stats.sorted(core.column.new(found.rest, #found.rest,
    "real"))
  local mad = sorted:mad()
  if mad == 0 then return nil end
  local center = sorted:quantile(core.decimal.new(5, 1), 7)
  return (value - found.expected - center) / (outliers.NORMAL * mad)
end

local function has_trend(history, model)
  if model ~= "auto" then return model == "line" end
  if #history < LEAST_LINE then return false end
  local column = core.column.new(history, #history, "real")
  local test = tests.test(column, 1, #history, nil, 1)
  return test.p ~= nil and test.p < LINE_P
end

--- Earlier values and how long before they were, of the same season.
local function history_of(series, first, target, season)
  local history, times = {}, {}
  for row = first, target - 1 do
    local value = series.value[row]
    local time = series.ticks[row] - series.ticks[target]
    if value ~= nil and time % season == 0 then
      history[#history + 1] = numbers.float(value)
      times[#times + 1] = time
    end
  end
  return history, times
end

local function is_constant(history)
  for i = 2, #history do
    if history[i] ~= history[1] then return false end
  end
  return true
end

--- What history says of a value, into the row.
local function judge(row, value, history, times, rule)
  row.n = #history
  if row.n < LEAST then
    row.notes[#row.notes + 1] = notes.few:format(row.n, LEAST)
    return
  end
  local is_line = has_trend(history, rule.model)
  local found = predict(times, history, is_line)
  row.model, row.expected = is_line and "line" or "level", found.expected
  if is_constant(history) then
    row.notes[#row.notes + 1] = notes.flat
    row.lower, row.upper = history[1], history[1]
  else
    local reach = found.se
      * core.stats.quantile("t", (1 + rule.level) / 2, found.df)
    row.lower, row.upper = found.expected - reach, found.expected + reach
    row.z = robust_z(found, value)
  end
  row.unusual = value < row.lower or value > row.upper
end

--- The row of series i that is judged: the newest, or that of the period
--- asked for.
local function target_of(series, i, at)
  local first, last = series.starts[i], series.starts[i + 1] - 1
  if at == nil then return last end
  for row = last, first, -1 do
    if tostring(series.times[row]) == at then return row end
  end
end

local function line_of(series, i, rule)
  local row = { notes = {} }
  if series.starts[i] == series.starts[i + 1] then -- a table without rows
    row.n, row.notes[1] = 0, notes.none
    return row
  end
  local target = target_of(series, i, rule.at)
  if target == nil then
    row.notes[1] = notes.absent:format(rule.at)
    return row
  end
  row.target = target
  local history, times = history_of(series, series.starts[i], target,
    rule.season)
  local value = series.value[target]
  if value == nil then
    row.n = #history
    row.notes[1] = notes.empty:format(tostring(series.times[target]))
  else
    judge(row, numbers.float(value), history, times, rule)
  end
  return row
end

-- The materiality rule --------------------------------------------------------

--- The prediction as an amount to compare with: of the value's digits, two at
--- least.
local function as_base(expected, scale)
  if expected == nil then return nil end
  if scale == nil then return expected end
  return core.decimal.parse(("%%.%df"):format(math.max(scale, 2))
    :format(expected))
end

--- Deviation, percent and materiality of the rows by t:variance, against
--- `base` or the prediction.
local function weigh(series, rows, rule)
  local kind = series.table:column(rule.value):type()
  local scale = kind == "int" and 0 or tonumber(kind:match("%((%d+)%)"))
  local id, base, actual = {}, {}, {}
  for i, row in ipairs(rows) do
    local target = row.target
    local value = target and series.table:column(rule.value)[target]
    local against = nil
    if target and rule.base then
      against = series.table:column(rule.base)[target]
      row.base = against
    elseif target then
      against = as_base(row.expected, scale)
    end
    if value ~= nil and (against ~= nil or rule.base) then
      id[#id + 1], base[#id + 1], actual[#id + 1] = i, against, value
    end
  end
  if #id == 0 then return end
  local base_type = rule.base and series.table:column(rule.base):type()
    or scale and ("decimal(%d)"):format(math.max(scale, 2)) or "real"
  local t = values.table { columns = { id = id, base = base, actual = actual },
    nrows = #id, types = { base = base_type, actual = kind, id = "int" } }
  local variance = require("evalua.variance").variance
  local result = blame.plainly(variance, t, { by = "id", base = "base",
    actual = "actual",
    material_amount = rule.material_amount, material_pct = rule.material_pct })
  for _, found in result:rows() do
    local row = rows[found.id]
    row.deviation, row.deviation_pct = found.variance, found.variance_pct
    row.material = found.material
  end
end

local function verdict_of(row)
  if row.unusual and row.material then return "unusual and material" end
  if row.unusual then return "unusual" end
  if row.material then return "material" end
  if row.unusual == false then return "usual" end
end

-- The verb ------------------------------------------------------------------

local function rule_of(opts)
  local rule = { level = numbers.level(opts), season = opts.season or 1,
    model = opts.model or "auto", base = opts.base, value = opts.value,
    material_amount = opts.material_amount, material_pct = opts.material_pct }
  if math.type(rule.season) ~= "integer" or rule.season < 1 then
    error("season is a whole number above 0, not " .. tostring(opts.season), 0)
  end
  numbers.one_of("model", rule.model, { "auto", "level", "line" })
  return rule
end

--- The text of the period to judge as the column has it ("2022年5月" is
--- 2022-05); raises for what is none.
local function at_of(at, times)
  if at == nil then return nil end
  local text, kind = tostring(at), times:type()
  if kind == "int" then
    local number = math.tointeger(tonumber(text))
    if number ~= nil then return tostring(number) end
    error(("at: '%s' is not a whole number"):format(text), 0)
  end
  local column = core.column.new({ text }, 1, kind)
  if column ~= nil then return tostring(column[1]) end
  error(("at: '%s' is not a %s"):format(text, kind), 0)
end

local function check_base(t, base)
  if base == nil then return end
  local column = numbers.named(t, base)
  if column:is_number() then return end
  error(("'%s': numbers were expected, not %s"):format(base, column:type()), 0)
end

local kinds = { n = "int", unusual = "bool", material = "bool",
  verdict = "text", model = "text", note = "text" }

local function result_of(series, rows, rule)
  local columns = {}
  local picked, shown = {}, {}
  for i, row in ipairs(rows) do
    picked[i] = row.target and series.table:column(rule.value)[row.target]
    shown[i] = row.target and tostring(series.times[row.target])
  end
  for _, name in ipairs(FIELDS) do
    local list, kind = {}, kinds[name] or "real"
    for i, row in ipairs(rows) do list[i] = row[name] end
    if name == "value" then
      list, kind = picked, series.table:column(rule.value):type()
    elseif name == "period" then
      list, kind = shown, "text"
    elseif name == "base" or name:find("^deviation") then
      kind = nil
      if next(list) == nil then kind = "real" end
    end
    if name ~= "base" or rule.base then
      columns[#columns + 1] = { name, kind, list }
    end
  end
  return series_of.result(series, columns)
end

local function unusual(t, opts)
  series_of.check(opts, own)
  local rule = rule_of(opts)
  check_base(t, opts.base)
  if opts.agg and opts.base then
    error("agg adds up the value, not the base: sum the rows before", 0)
  end
  local series, message, code = series_of.of(t, opts, FIELDS)
  if series == nil then return nil, message, code end
  rule.at = at_of(opts.at, series.times)
  series.ticks = core.stats.ticks(series.times)
  local rows = {}
  series_of.for_each(series.n, function(i)
    rows[i] = line_of(series, i, rule)
  end)
  weigh(series, rows, rule)
  for _, row in ipairs(rows) do
    row.verdict = verdict_of(row)
    row.note = #row.notes > 0 and table.concat(row.notes, "; ") or nil
  end
  return result_of(series, rows, rule)
end

--- The newest value of each line (or that of the period `at`) against the
--- line's own earlier values and the materiality rule. A row for each
--- combination of `by`: those columns, then period, n (earlier values), value,
--- expected with the prediction interval lower and upper at `level` (0.95), z
--- (robust: how many times 1.4826 MAD the value is off), unusual (outside the
--- interval), base (where given), deviation and deviation_pct (from the base,
--- else from what was expected) and material by the rule of t:variance,
--- verdict (usual, unusual, material, unusual and material), model, note.
---
--- Options: period, value, by, agg, base (a column: the budget), at,
--- season (12: compare with the same month), level, material_amount,
--- material_pct, model: "level" (the earlier values' mean), "line" (their
--- line), "auto" (a line where from 8 values on Mann and Kendall's p is below
--- 0.05, else the level). Below 5 earlier values there is no judgement and
--- `note` says so.
---
--- Prediction interval: Hahn & Meeker 1991 (Statistical Intervals, p. 61);
--- of a line Draper & Smith 1998 (Applied Regression Analysis, p. 82); robust
--- z: Iglewicz & Hoaglin 1993 (How to Detect and Handle Outliers, p. 11).
---@param opts table
---@return evalua.table? t
---@return string? message
---@return string? code
function Table:unusual(opts) return call("unusual", unusual, self, opts) end

--- As t:unusual { by = … } with the groups' columns.
---@param opts table
---@return evalua.table? t
---@return string? message
---@return string? code
function Grouped:unusual(opts)
  local all = call("unusual", series_of.with_keys, opts, self.keys)
  return call("unusual", unusual, self.table, all)
end

return {}

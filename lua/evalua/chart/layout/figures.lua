--- The figures of a chart as labels and lengths: one factor, one number of
--- decimals and one way to write them for all of its amounts.
local amount = require "evalua.chart.amount"
local frame = require "evalua.chart.layout.frame"
local mark = require "evalua.chart.layout.mark"
local rows_of = require "evalua.chart.rows"

local M = {}

---@class Figures: Scaling
---@field percent_places integer
---@field delta_places integer? of variances, where they have their own
---@field style NumberStyle
---@field lang string
---@field neutral number? percent within which variances are grey
local Figures = {}
Figures.__index = Figures

--- How a set of amounts is shown.
---@param values table decimals, nil allowed between (n in values.n)
---@return Figures
function M.of(values, spec)
  local show = amount.scaling(values, spec.title.unit, spec.lang, spec.divisor)
  show.style, show.lang = spec.theme.number, spec.lang
  show.percent_places, show.neutral = 1, spec.neutral
  return setmetatable(show, Figures)
end

--- The value in the chart's unit, exact.
function Figures:scaled(value)
  return amount.scaled(self, value)
end

--- The value in the chart's unit as a length, or nil.
function Figures:length(value)
  return amount.number(amount.scaled(self, value))
end

function Figures:plain(value)
  return amount.plain(amount.scaled(self, value), self.places, self.style)
end

--- A variance with its sign, which rounding does not take away: a small rest is
--- "+0", only none is "±0".
function Figures:signed(value)
  local scaled = amount.scaled(self, value)
  if amount.sign(scaled) == 0 and amount.sign(value) ~= 0 then
    scaled = amount.sign(value) < 0 and amount.least_below or amount.least_above
  end
  return amount.signed(scaled, self.delta_places or self.places, self.style)
end

---@param places integer?
function Figures:percent(value, places)
  return amount.percent(value, places or self.percent_places, self.style)
end

--- A share that is a number of percent, without decimals: "47%".
---@param percent number?
function Figures:part(percent)
  return amount.share(amount.decimal(percent), 0, self.style)
end

--- Size of a variance with its unit for running text.
function Figures:phrase(value)
  local size = amount.plain(amount.scaled(self, amount.abs(value)),
    self.delta_places or self.places, self.style)
  return amount.phrase(size, self.unit, self.lang)
end

--- A value with its unit and its sign for running text.
function Figures:amount(value)
  return amount.phrase(self:plain(value), self.unit, self.lang)
end

--- Where variances are so small that the places of the amounts would leave them
--- one digit, they get places of their own.
---@param most number the largest variance as a length
function Figures:refine(most)
  if most > 0 and most < 10 then
    self.delta_places = math.max(self.places, math.min(2, self.most_places))
  end
end

--- The amounts of some fields of many items in one array, for `of`.
---@param items table[]
---@param fields string[]
function M.values(items, fields)
  local out = { n = 0 }
  for _, item in ipairs(items) do
    for _, name in ipairs(fields) do
      out.n = out.n + 1
      out[out.n] = item[name]
    end
  end
  return out
end

--- How many times something is magnified, grouped: "2,000".
---@param times integer
function Figures:times(times)
  return amount.plain(amount.decimal(times), 0, self.style)
end

--- Percentages of thousands need no decimals, those below one need two.
local function percent_places(rows)
  local most = 0
  for _, row in ipairs(rows) do
    if row.percent ~= nil then
      most = math.max(most, math.abs(row.percent:number()))
    end
  end
  return most >= 1000 and 0 or most > 0 and most < 1 and 2 or 1
end

--- Rows, and their comparisons with the prior year.
local function with_pasts(rows)
  local all = table.move(rows, 1, #rows, 1, {})
  for _, row in ipairs(rows) do all[#all + 1] = row.past end
  return all
end

--- How the amounts of these rows are shown: by those of the leaves, since
--- totals may have a digit or two more.
---@return Figures
function M.new(rows, spec)
  local all = with_pasts(rows)
  local leaves = rows_of.leaves(all)
  local show = M.of(M.values(leaves, { "base", "actual", "variance" }), spec)
  show.percent_places = percent_places(all)
  local most, largest = 0, 0
  for _, row in ipairs(leaves) do
    most = math.max(most, math.abs(show:length(row.variance) or 0))
    largest = math.max(largest, math.abs(show:length(row.base) or 0),
      math.abs(show:length(row.actual) or 0))
  end
  -- variances that the unit leaves one digit of get more, where that does
  -- not make long figures of the amounts
  if most > 0 and most < 10 and largest < 1000 then
    show.places = math.max(show.places, math.min(2, show.most_places))
  end
  show:refine(most)
  return show
end

--- Give a row its texts, lengths and colour.
---@param show Figures
function M.label(show, row)
  row.text = { base = show:plain(row.base), actual = show:plain(row.actual),
    variance = show:signed(row.variance), percent = show:percent(row.percent) }
  row.length = { base = show:length(row.base),
    actual = show:length(row.actual), variance = show:length(row.variance) or 0,
    percent = amount.number(row.percent) or 0 }
  row.calm = show.neutral and row.percent ~= nil
    and math.abs(row.length.percent) <= show.neutral
  row.color = mark.judged(row)
  if row.past then M.label(show, row.past) end
end

--- What the message needs to know.
---@return MessageContext
function M.context(show, spec, rows)
  local code = spec.scenario.base
  return { lang = spec.lang, base = frame.scenario_word(spec, "base"),
    is_budget = code == "PL" or code == "BU",
    polarity = rows_of.polarity(rows),
    amount = function(value) return show:phrase(value) end }
end

return M

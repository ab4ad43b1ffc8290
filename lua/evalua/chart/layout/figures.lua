--- The figures of rows as labels and lengths, and what goes with them: one
--- factor and one number of decimals for all amounts of a chart.
local amount = require "evalua.chart.amount"
local frame = require "evalua.chart.layout.frame"
local rows_of = require "evalua.chart.rows"

local M = {}

--- All amounts of the leaves in one array, for scaling: totals may have a
--- digit or two more.
local function amounts(rows)
  local out = { n = 0 }
  for _, row in ipairs(rows_of.leaves(rows)) do
    for _, name in ipairs { "base", "actual", "variance" } do
      out.n = out.n + 1
      out[out.n] = row[name]
    end
  end
  return out
end

--- Percentages of thousands need no decimals.
local function percent_places(rows)
  for _, row in ipairs(rows) do
    if row.percent ~= nil and math.abs(row.percent:number()) >= 1000 then
      return 0
    end
  end
  return 1
end

---@class Figures: Scaling
---@field percent_places integer

--- How the amounts of these rows are shown.
---@return Figures
function M.new(rows, spec)
  local show = amount.scaling(amounts(rows), spec.title.unit, spec.lang,
    spec.divisor)
  show.percent_places = percent_places(rows)
  return show
end

--- Size with its unit for running text.
function M.phrase(show, value, lang)
  local size = amount.abs(amount.scaled(show, value))
  return amount.phrase(amount.plain(size, show.places), show.unit, lang)
end

--- Give a row its texts, lengths and colour.
function M.label(show, row)
  local base, actual, variance = amount.scaled(show, row.base),
    amount.scaled(show, row.actual), amount.scaled(show, row.variance)
  row.text = {
    base = amount.plain(base, show.places),
    actual = amount.plain(actual, show.places),
    variance = amount.signed(variance, show.places),
    percent = amount.percent(row.percent, show.percent_places),
  }
  row.length = {
    base = amount.number(base), actual = amount.number(actual),
    variance = amount.number(variance) or 0,
    percent = amount.number(row.percent) or 0,
  }
  row.color = row.favourable == nil and "neutral"
    or row.favourable and "good" or "bad"
end

--- What the message needs to know.
---@return MessageContext
function M.context(show, spec, rows)
  local code = spec.scenario.base
  return { lang = spec.lang, base = frame.scenario_word(spec, "base"),
    is_budget = code == "PL" or code == "BU",
    polarity = rows_of.polarity(rows),
    amount = function(value) return M.phrase(show, value, spec.lang) end }
end

return M

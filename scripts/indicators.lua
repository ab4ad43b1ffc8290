--- Common indicators of a unit's whole expenditure (部门整体支出共性指标) and the
--- base-data form (基础数据表) with its own arithmetic.

local common = require "evalua.performance.common"
local indicator_page = require "evalua.performance.indicator_page"
local pages = require "evalua.performance.page"

local params = {
  { name = "variants", help = "every variant of each indicator" },
  { name = "variant", value = "ID:VARIANT[,...]", list = true,
    help = "the variant of an indicator, e.g. carry:executed" },
  table.unpack(pages.params) }

--- {id = variant} of "carry:executed"; raises for one that is not known.
local function chosen_of(list)
  local chosen = {}
  for _, name in ipairs(list or {}) do
    local row, message = common.find(name)
    if row == nil then error(message, 0) end
    chosen[row.id] = row.variant or ""
  end
  return chosen
end

local function run(p)
  local chosen = chosen_of(p.variant)
  local page = pages.new(p, "Common indicators")
  indicator_page.all(page, p.variants, chosen)
  indicator_page.base_form(page)
  indicator_page.checks(page)
  return page:report()
end

return { name = "indicators", title = "Common indicators", params = params,
  of_unit = true, run = run }

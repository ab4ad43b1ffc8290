--- Rules over many charts, every chart laid out once for all of them: a rule
--- is told of every chart, its findings are kept as text, the chart is not.
local cases = require "chart.cases"

local M = {}

local MOST = 20 -- findings of a rule that are worth showing

--- A function rule(claim, look) that makes an `it`. look(list, found, spec,
--- label) is called for every chart of these kinds, found(text) tells.
---@param kinds string[]
---@param it function busted gives it to spec files only
function M.new(kinds, it)
  local looks, found = {}, nil

  local function run()
    found = {}
    for claim in pairs(looks) do found[claim] = {} end
    cases.each(kinds, function(list, label, spec)
      for claim, look in pairs(looks) do
        look(list, function(text)
          local texts = found[claim]
          if #texts < MOST then texts[#texts + 1] = label .. ": " .. text end
        end, spec, label)
      end
    end)
  end

  return function(claim, look)
    looks[claim] = look
    it(claim, function()
      if not found then run() end
      local texts = table.concat(found[claim], "\n")
      if texts ~= "" then error(texts, 0) end
    end)
  end
end

return M

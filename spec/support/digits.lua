--- Correct digits of a computed figure: NIST's log relative error (McCullough
--- 1998, The American Statistician 52:358), and its assertion.

local M = {}

--- −log10 |found − certified| / |certified|; 17 where they are equal.
---@param certified number
---@param found number?
---@return number
function M.of(certified, found)
  if found == certified then return 17 end
  if found == nil or found ~= found then return -1 end
  local size = certified == 0 and 1 or math.abs(certified)
  return -math.log(math.abs(found - certified) / size, 10)
end

--- Fails where `found` has fewer than `least` correct digits.
---@param certified number
---@param found number?
---@param least number
---@param what string?
function M.check(certified, found, least, what)
  local digits = M.of(certified, found)
  if digits >= least then return end
  error(("%s: %s is %s to %.1f digits, not %g"):format(what or "figure",
    found == nil and "nil" or ("%.17g"):format(found),
    ("%.17g"):format(certified), digits, least), 2)
end

return M

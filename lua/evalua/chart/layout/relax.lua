--- Labels pushed apart: each as near to its mark as its neighbours allow.

local M = {}

--- Positions for labels that want to be at `wanted` (ascending), at least
--- `gaps[i]` between label i and the next, inside lo..hi where there is room.
--- Neighbours that collide become a block about their mean: what least
--- squares gives (pool adjacent violators).
---@param wanted number[]
---@param gaps number[]|number
---@return number[]
function M.apart(wanted, gaps, lo, hi)
  local n, offset = #wanted, { 0 }
  for i = 2, n do
    local gap = type(gaps) == "table" and gaps[i - 1] or gaps
    offset[i] = offset[i - 1] + gap
  end
  if n == 0 then return {} end
  local last = hi - offset[n] -- of the first label's place
  local blocks = {}
  for i = 1, n do
    local block = { sum = wanted[i] - offset[i], count = 1, from = i }
    block.at = block.sum
    while blocks[1] and blocks[#blocks].at > block.at do
      local before = table.remove(blocks)
      block.sum, block.count = block.sum + before.sum,
        block.count + before.count
      block.at, block.from = block.sum / block.count, before.from
    end
    blocks[#blocks + 1] = block
  end
  local out, k = {}, 1
  for i = 1, n do
    if blocks[k + 1] and blocks[k + 1].from <= i then k = k + 1 end
    local at = math.max(lo, math.min(blocks[k].at, math.max(last, lo)))
    out[i] = at + offset[i]
  end
  return out
end

return M

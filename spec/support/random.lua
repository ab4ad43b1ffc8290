--- Numbers that look random and are the same on every run, machine and Lua.
--- `local random = require("support.random")(seed)`, `random(n)` is from 0 to
--- n - 1. (Knuth's MMIX generator, TAOCP 2, 3.3.4; its high bits.)

---@param seed integer
---@return fun(n: integer): integer
return function(seed)
  local state = seed
  return function(n)
    state = state * 6364136223846793005 + 1442695040888963407
    return (state >> 33) % n
  end
end

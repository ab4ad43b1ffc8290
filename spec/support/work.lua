--- How much Lua does for a call, without a clock: what a busy machine changes
--- is no measure of a program.

--- Instructions of Lua's machine, and bytes that string.sub and string.gsub
--- gave or went through, while f() runs. To be compared with the work for a
--- smaller input; a hook that is there already is put back.
---@param f fun()
---@return integer
return function(f)
  local STEP = 100
  local work, hook = 0, table.pack(debug.gethook())
  local sub, gsub = string.sub, string.gsub
  string.sub = function(...) -- luacheck: ignore 122
    local part = sub(...)
    work = work + #part
    return part
  end
  string.gsub = function(s, ...) -- luacheck: ignore 122
    work = work + #s
    return gsub(s, ...)
  end
  debug.sethook(function() work = work + STEP end, "", STEP)
  local ok, message = pcall(f)
  debug.sethook(table.unpack(hook, 1, hook.n))
  string.sub, string.gsub = sub, gsub -- luacheck: ignore 122
  if not ok then error(message, 0) end
  return work
end

-- busted's output handler: plainTerminal (with its dots on a terminal only);
-- then a line for every test that failed or was skipped, which spec/support/runs
-- and .ci/run say again at their end; and last of all the closing line
-- "N passed, N failed, N skipped". Errors count as failed, pending as skipped.
-- A run of no test exits with 3.
local exit = os.exit
local MOST = 400 -- bytes of a message: CI shows no more than the last few KB

local function one_line(text)
  text = tostring(text):gsub("%s+", " ")
  return #text > MOST and text:sub(1, MOST) .. " ..." or text
end

local function say(word, list)
  for _, item in ipairs(list) do
    local at = item.element.trace or item.trace
    print(("%s %s%s: %s"):format(word,
      at and at.currentline and at.short_src .. ":" .. at.currentline .. ": " or "",
      item.name,
      one_line(item.message)))
  end
end

return function(options)
  local busted = require "busted"
  options.deferPrint = not os.execute "test -t 1"
  local handler = require "busted.outputHandlers.plainTerminal"(options)
  local subscribe = handler.subscribe

  function handler:subscribe(...)
    subscribe(self, ...)
    busted.subscribe({ "exit" }, function()
      local passed = handler.successesCount
      local failed = handler.failuresCount + handler.errorsCount
      print()
      say("SKIPPED", handler.pendings)
      say("FAILED", handler.failures)
      say("FAILED", handler.errors)
      print(("%d passed, %d failed, %d skipped"):format(
        passed, failed, handler.pendingsCount))
      io.stdout:flush()
      if passed + failed == 0 then exit(3, true) end
      return nil, true
    end)
  end

  return handler
end

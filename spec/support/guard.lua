-- busted's helper, run before the specs: a spec that calls os.exit would end
-- the run early and green; here it is an error of that spec. The C locale is
-- fixed too. busted itself may exit once it says that it is about to.
local busted = require "busted"
local exit = os.exit

os.setlocale "C"
os.exit = function() -- luacheck: ignore 122
  error("a spec called os.exit", 2)
end

busted.subscribe({ "exit" }, function()
  os.exit = exit -- luacheck: ignore 122
  return nil, true
end)

-- Loaded here, outside any spec file, it stays one module for all of them.
require "support"

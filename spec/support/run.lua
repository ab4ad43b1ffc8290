-- Runs busted with the settings of .busted, in whatever Lua starts this file:
--   build/evalua run spec/support/run.lua [busted's options] [spec...]
--   lua5.4 spec/support/run.lua [busted's options] [spec...]
-- (/usr/bin/busted itself starts Lua 5.1 on Debian.) Keep the call below out
-- of tail position: busted looks for this file on the stack.
_G.arg = arg
table.insert(arg, 1, "--ignore-lua")
require "busted.runner" { standalone = false }

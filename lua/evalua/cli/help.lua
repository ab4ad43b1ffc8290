--- `evalua help [COMMAND]`.

local lang = require "evalua.lang"

local function run(ctx)
  local cli = require "evalua.cli"
  local function text(english) return lang.text(ctx.lang, english) end
  if ctx.args[1] ~= nil then
    local args = table.move(ctx.args, 2, #ctx.args, 1, {})
    ctx.out(cli.usage(cli.find(ctx.args[1], args)))
    return
  end
  local lines = { text("usage: ") .. "evalua COMMAND [options] FILE...", "" }
  for _, name in ipairs(cli.commands) do
    local command = require("evalua.cli." .. name)
    lines[#lines + 1] = ("  %-10s %s"):format(name, text(command.summary))
  end
  lines[#lines + 1] = ""
  lines[#lines + 1] = text("evalua COMMAND --help tells more; "
    .. "evalua -e 'CODE' runs Lua; evalua --version")
  ctx.out(table.concat(lines, "\n") .. "\n")
end

return { name = "help", usage = "help [COMMAND]",
  summary = "This help, or that of a command.", options = {}, run = run }

--- `evalua help [COMMAND]`.

local lang = require "evalua.lang"

local function run(ctx)
  local cli = require "evalua.cli"
  local function text(english) return lang.text(ctx.lang, english) end
  if ctx.args[1] ~= nil then
    for _, name in ipairs(cli.commands) do
      if name == ctx.args[1] then
        ctx.out(cli.usage(require("evalua.cli." .. name)))
        return
      end
    end
    ctx.fail(("unknown command '%s'; there are: %s"):format(ctx.args[1],
      table.concat(cli.commands, ", ")))
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

--- `evalua help [COMMAND|expressions]`.

local lang = require "evalua.lang"

local own = {
  { name = "man", help = "all of it as a manual page, in roff" },
  { name = "bash", help = "the completion for bash" },
  { name = "complete", help = "what may stand last behind -- WORD..." },
}

local function run(ctx)
  local cli = require "evalua.cli"
  local function text(english) return lang.text(ctx.lang, english) end
  if ctx.options.man then return ctx.out(require("evalua.cli.man").page(text)) end
  if ctx.options.bash then
    return ctx.out(require("evalua.cli.complete").bash)
  end
  if ctx.options.complete then
    local words = require("evalua.cli.complete").candidates(ctx.args)
    return ctx.out(table.concat(words, "\n") .. "\n")
  end
  if ctx.args[1] == "expressions" then
    return ctx.out(require("evalua.cli.expressions").page(text))
  end
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
  lines[#lines + 1] = text("evalua COMMAND --help tells more, evalua help "
    .. "expressions what --where takes;\nevalua -e 'CODE' runs Lua; "
    .. "evalua --version")
  ctx.out(table.concat(lines, "\n") .. "\n")
end

return { name = "help", usage = "help [COMMAND|expressions]",
  summary = "This help, or that of a command; how expressions are written.",
  options = own, run = run }

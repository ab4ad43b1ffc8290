--- What may stand where the cursor is: bash asks `evalua help --complete`.

local options = require "evalua.cli.options"

local M = {}

--- For bash-completion's folder. Where nothing is offered, files are.
M.bash = [[
# bash completion of evalua; `evalua help --bash` prints it
_evalua() {
  local IFS=$'\n' word=${COMP_WORDS[COMP_CWORD]}
  COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" help --complete -- \
    "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)" -- "$word"))
}
complete -o bashdefault -o default -F _evalua evalua
]]

local function names_of(list)
  local names = {}
  for _, option in ipairs(list) do names[#names + 1] = "--" .. option.name end
  return names
end

local function option_called(list, word)
  for _, option in ipairs(list) do
    if word == "--" .. option.name or word == "-" .. (option.short or "-") then
      return option
    end
  end
end

--- The word behind some commands' names.
local second = {
  chart = function()
    return options.join(require("evalua.chart").kinds, { "plot" })
  end,
  report = function() return require("evalua.report").names() end,
  trace = function() return require("evalua.report").names() end,
  help = function()
    return options.join(require("evalua.cli").commands, { "expressions" })
  end,
  db = function() return { "compact", "drop-segments" } end,
}

--- Values of an option that are known beforehand.
local function values_of(option)
  if option.name == "rubric" then return require("evalua.rubric").names() end
  return option.choices or {}
end

--- The words that may stand last in `words`, those behind the program's name.
---@param words string[]
---@return string[]
function M.candidates(words)
  local cli = require "evalua.cli"
  local n, last = #words, words[#words] or ""
  if n <= 1 then
    if not last:find "^%-" then return cli.commands end
    return options.join(names_of(cli.common), { "--version" })
  end
  local rest = table.move(words, 2, n - 1, 1, {})
  local ok, command = pcall(cli.find, words[1], rest)
  if not ok then return {} end
  local all = cli.all_options(command)
  local before = option_called(all, words[n - 1])
  if before ~= nil and before.value ~= nil then return values_of(before) end
  if last:find "^%-" then return names_of(all) end
  if n == 2 and second[words[1]] then return second[words[1]]() end
  return {}
end

return M

--- The manual page: the help of every command as roff, what they share once.

local examples = require "evalua.cli.examples"
local expressions = require "evalua.cli.expressions"
local options = require "evalua.cli.options"

local M = {}

--- Text as roff prints it: no escapes, no requests, hyphens to copy.
local function plain(text)
  return (text:gsub("\\", "\\e"):gsub("%-", "\\-"):gsub("^[.']", "\\&%0"))
end

local function add(lines, ...)
  table.move({ ... }, 1, select("#", ...), #lines + 1, lines)
end

local function add_options(lines, list, group, text)
  for _, option in ipairs(list) do
    if option.group == group then
      local head = "\\fB" .. plain("--" .. option.name) .. "\\fP"
      if option.short then
        head = "\\fB" .. plain("-" .. option.short) .. "\\fP, " .. head
      end
      if option.value then head = head .. " \\fI" .. plain(option.value) .. "\\fP" end
      add(lines, ".TP", head, plain(text(option.help)))
    end
  end
end

local function add_examples(lines, usage)
  local list = examples.of(usage)
  if list[1] == nil then return end
  add(lines, ".PP", ".EX")
  for _, example in ipairs(list) do
    for line in example:gmatch "[^\n]+" do add(lines, plain(line)) end
  end
  add(lines, ".EE")
end

local function add_command(lines, command, name, text)
  add(lines, ".SS " .. plain(name), ".nf")
  for line in ("evalua " .. command.usage):gmatch "[^\n]+" do
    add(lines, plain(line))
  end
  add(lines, ".fi", ".PP", plain(text(command.summary)))
  add_options(lines, command.options, nil, text)
  add_examples(lines, command.usage)
end

local exits = { { "0", "done" },
  { "1", "done, and something was found: audit, --fail-on" },
  { "2", "wrong use, or input that cannot be read" },
  { "3", "an error in a script" }, { "130", "interrupted" } }

local environment = {
  { "LC_ALL, LC_MESSAGES, LANG", "the language where --lang is not given" },
  { "NO_COLOR, TERM=dumb", "no colours, on a terminal either" },
  { "COLUMNS", "how wide a table may be where no terminal tells" },
  { "EVALUA_GNUPLOT", "the full path of another gnuplot than that in PATH" },
  { "TMPDIR", "where a workbook is put together (/tmp)" },
}

local function add_terms(lines, list, text)
  for _, item in ipairs(list) do
    add(lines, ".TP", "\\fB" .. plain(item[1]) .. "\\fP", plain(text(item[2])))
  end
end

--- Options that several commands share, each group under its heading.
local function add_shared(lines, cli, text)
  local shared = options.join(require("evalua.cli.input").options,
    require("evalua.cli.output").options, cli.common)
  for _, group in ipairs { "source", "result", "common" } do
    add(lines, ".SS \"" .. plain(text(options.headings[group])) .. "\"")
    add_options(lines, shared, group, text)
  end
end

--- The page, in roff's man macros.
---@param text fun(english: string): string
---@return string
function M.page(text)
  local cli = require "evalua.cli"
  local lines = { ".TH EVALUA 1 \"\" \"evalua "
    .. require("evalua").version .. "\"", ".SH NAME",
    "evalua \\- " .. plain(text(
      "public budgets against what was spent, and performance statistics")),
    ".SH SYNOPSIS", "\\fBevalua\\fP \\fICOMMAND\\fP [options] \\fIFILE\\fP...",
    ".SH COMMANDS" }
  for _, name in ipairs(cli.commands) do
    add_command(lines, require("evalua.cli." .. name), name, text)
    if name == "chart" then
      add_command(lines, cli.find("chart", { "plot" }), "chart plot", text)
    end
  end
  add(lines, ".SH OPTIONS")
  add_shared(lines, cli, text)
  add(lines, ".SH EXPRESSIONS", plain(text(expressions.title)))
  for _, group in ipairs(expressions.groups) do
    add(lines, ".SS \"" .. plain(text(group.title)) .. "\"")
    add_terms(lines, group.items, text)
  end
  add(lines, ".SH EXIT STATUS")
  add_terms(lines, exits, text)
  add(lines, ".SH ENVIRONMENT")
  add_terms(lines, environment, text)
  add(lines, ".SH SEE ALSO", "lua(1), gnuplot(1), sqlite3(1)")
  return table.concat(lines, "\n") .. "\n"
end

return M

--- One table of options feeds parsing and help.
---
--- An option is { name =, short =, value = "FILE" (nil: a switch), list =
--- (split at commas), integer =, number = (stays text), choices =, required =,
--- help =, group = (under which heading of the help it stands) }. Parsed values
--- stand under the name with `_` for `-`.

local core = require "evalua.core"

local M = {}

--- Split at commas; a part in double quotes may hold commas, "" is a quote.
---@param text string
---@return string[]
function M.split_list(text)
  local parts, at = {}, 1
  while at <= #text + 1 do
    local quoted, stop = text:match('^"(.-)"()', at)
    if quoted ~= nil then
      while text:sub(stop, stop) == '"' do
        local more, after = text:match('^"(.-)"()', stop)
        if more == nil then break end
        quoted, stop = quoted .. '"' .. more, after
      end
      parts[#parts + 1] = quoted
      at = (text:match("^[^,]*()", stop)) + 1
    else
      local part, after = text:match("^([^,]*)()", at)
      parts[#parts + 1] = part
      at = after + 1
    end
  end
  return parts
end

--- Option tables one behind the other.
---@param ... table[]
---@return table[]
function M.join(...)
  local all = {}
  for _, list in ipairs { ... } do
    table.move(list, 1, #list, #all + 1, all)
  end
  return all
end

local function index_options(options)
  local index, names = {}, {}
  for _, option in ipairs(options) do
    index["--" .. option.name] = option
    names[#names + 1] = "--" .. option.name
    if option.short then index["-" .. option.short] = option end
  end
  return index, names
end

local function convert(option, text)
  if option.list then return M.split_list(text) end
  if option.integer then
    local number = math.tointeger(tonumber(text))
    if number == nil or number < 0 then
      return nil, ("--%s takes a whole number, not '%s'"):format(option.name,
        text)
    end
    return number
  end
  if option.number and core.decimal.parse(text) == nil then
    return nil, ("--%s takes a number, not '%s'"):format(option.name, text)
  end
  if option.choices == nil then return text end
  for _, choice in ipairs(option.choices) do
    if choice == text then return text end
  end
  return nil, ("--%s is one of %s, not '%s'"):format(option.name,
    table.concat(option.choices, ", "), text)
end

local function unknown(arg, names)
  local near = require("evalua.nearest").name(arg, names)
  if near ~= nil then
    return ("unknown option '%s' (did you mean '%s'?)"):format(arg, near)
  end
  return ("unknown option '%s'; see --help"):format(arg)
end

--- "--name=value" as two, "-ofile" as two.
local function take_apart(arg)
  local name, value = arg:match("^(%-%-[^=]+)=(.*)$")
  if name ~= nil then return name, value end
  if arg:match("^%-[^%-].") then return arg:sub(1, 2), arg:sub(3) end
  return arg, nil
end

--- Options and positional arguments of `args`, or nil and a message.
---@param options table[]
---@param args string[]
---@param why (fun(option: string): string?)? says why an option is unknown
---@return table? values
---@return string[]|string positional or message
function M.parse(options, args, why)
  local index, names = index_options(options)
  local values, positional, i = {}, {}, 1
  while i <= #args do
    local arg = args[i]
    i = i + 1
    if arg == "--" then
      table.move(args, i, #args, #positional + 1, positional)
      break
    elseif arg:sub(1, 1) ~= "-" or arg == "-" then
      positional[#positional + 1] = arg
    else
      local name, value = take_apart(arg)
      local option = index[name]
      if option == nil then
        return nil, why and why(name) or unknown(name, names)
      end
      local key = option.name:gsub("%-", "_")
      if option.value == nil then
        if value ~= nil then
          return nil, ("%s takes no value"):format(name)
        end
        values[key] = true
      else
        if value == nil then
          value, i = args[i], i + 1
          if value == nil then
            return nil, ("%s needs a value: %s"):format(name, option.value)
          end
        end
        local converted, problem = convert(option, value)
        if problem ~= nil then return nil, problem end
        values[key] = converted
      end
    end
  end
  return values, positional
end

--- Headings of the groups.
M.headings = {
  source = "The source, and how it is read (detected where not given):",
  result = "Where the result goes:",
  common = "Of every command:",
}

--- The help lines of options; a blank line and a heading where a group begins.
---@param options table[]
---@param text fun(english: string): string
---@return string
function M.describe(options, text)
  local heads, widest = {}, 0
  for i, option in ipairs(options) do
    local short = option.short and "-" .. option.short .. ", " or "    "
    heads[i] = short .. "--" .. option.name
      .. (option.value and " " .. option.value or "")
    widest = math.max(widest, core.text.width(heads[i]))
  end
  widest = math.min(widest, 36)
  local lines = {}
  for i, option in ipairs(options) do
    local space = widest - core.text.width(heads[i])
    local gap = space < 0 and "\n" .. (" "):rep(widest + 4)
      or (" "):rep(space + 2)
    local before = options[i - 1] and options[i - 1].group
    if option.group ~= before then
      lines[#lines + 1] = (i > 1 and "\n" or "") .. text(M.headings[option.group])
    end
    lines[#lines + 1] = "  " .. heads[i] .. gap .. text(option.help)
  end
  return table.concat(lines, "\n") .. "\n"
end

return M

--- The house's rules as functions over one file's text. Each rule takes the
--- path (from the repository's folder) and the text, and yields findings;
--- spec/house_spec.lua runs them over the tree, and over planted text.
local lfs = require "lfs"

local M = {}

--- What each floor may include: itself and what lies below it.
M.floors = {
  base = { "base" },
  table = { "base", "table" },
  io = { "base", "table", "io" },
  stats = { "base", "stats" },
  verbs = { "base", "table", "stats", "verbs" },
  draw = { "base", "draw" },
  bind = { "base", "table", "io", "stats", "verbs", "draw", "bind" },
  main = { "base", "table", "io", "stats", "verbs", "draw", "bind" },
}

--- Static data that may change, and why.
M.mutable = {
  ["src/main.c: running"] = "a signal handler reaches nothing else",
}

local limits = { file = 500, func = 60, columns = 90 }

local function line_of(text, position)
  local _, n = text:sub(1, position - 1):gsub("\n", "")
  return n + 1
end

local function blank(text) return (text:gsub("[^\n]", " ")) end

--- C without comments and (unless kept) without the inside of literals and
--- preprocessor lines; every byte left stands where it stood.
local function make_code(text, keep)
  local out, at = {}, 1
  while at <= #text do
    local plain = text:find("[/\"']", at) or #text + 1
    out[#out + 1] = text:sub(at, plain - 1)
    at = plain
    if at > #text then break end
    local opening, last = text:sub(at, at), nil
    if text:find("^/%*", at) then
      last = select(2, text:find("*/", at + 2, true)) or #text
    elseif text:find("^//", at) then
      last = (text:find("\n", at, true) or #text + 1) - 1
    elseif opening == '"' or opening == "'" then
      last = at + 1
      while last < #text and text:sub(last, last) ~= opening do
        last = last + (text:sub(last, last) == "\\" and 2 or 1)
      end
    end
    local piece = text:sub(at, last or at)
    local keeps = last == nil or (keep and opening ~= "/")
    out[#out + 1] = keeps and piece or blank(piece)
    at = (last or at) + 1
  end
  local all = "\n" .. table.concat(out)
  if not keep then
    all = all:gsub("\n[ \t]*#[^\n]*\\\n[^\n]*", blank)
    all = all:gsub("\n[ \t]*#[^\n]*", blank)
  end
  return all:sub(2)
end

local made = { [true] = {}, [false] = {} } -- several rules ask for the same

local function code(text, keep)
  local known = made[keep or false]
  known[text] = known[text] or make_code(text, keep)
  return known[text]
end

local function contains(list, value)
  for _, item in ipairs(list) do
    if item == value then return true end
  end
  return false
end

local function floor_of(path)
  if path == "src/main.c" then return "main" end
  return path:match "^src/([^/]+)/"
end

local rules = {}

function rules.floors(path, text, found)
  local floor = floor_of(path)
  if floor == nil then return end
  local below = M.floors[floor]
  if below == nil then return found(1, "src/" .. floor .. " is no floor") end
  for at, name in code(text, true):gmatch '()#%s*include%s*"([^"]*)"' do
    if not contains(below, name:match "^(%l+)/[%l%d_]+%.h$") then
      found(line_of(text, at), floor .. " may not include " .. name)
    end
  end
end

--- What scripts use may not reach up into the command line.
function rules.command_line(path, text, found)
  if not path:find "^lua/evalua/" or path:find "^lua/evalua/cli/" then return end
  for at, name in text:gmatch '()require *%(? *"(evalua%.cli%f[%W][%w_%.]*)"' do
    found(line_of(text, at), "only the command line may require " .. name)
  end
end

function rules.lua_header(path, text, found)
  local floor = floor_of(path)
  if floor == nil or floor == "bind" or floor == "main" then return end
  for at, name in code(text, true):gmatch '()#%s*include%s*["<]([^">]*)' do
    if name:find "lua[%l]*%.h$" or name:find "lauxlib%.h$" then
      found(line_of(text, at), floor .. " may not see " .. name)
    end
  end
end

function rules.file_length(_, text, found)
  local n = line_of(text, #text)
  if n > limits.file then found(n, n .. " lines in a file") end
end

--- A function is a brace on the outermost level behind a parenthesis; it
--- counts from the first line of its declaration.
function rules.function_length(path, text, found)
  if not path:find "%.c$" then return end
  local clean, depth, head, start = code(text), 0, 1, nil
  for at, mark in clean:gmatch "()([{};])" do
    if mark == "{" then
      if depth == 0 and clean:sub(head, at - 1):find "%)%s*$" then
        start = clean:find("%S", head)
      end
      depth = depth + 1
    elseif mark == "}" then
      depth = depth - 1
      if depth == 0 and start then
        local n = line_of(text:sub(start, at), at - start + 1)
        if n > limits.func then
          found(line_of(text, start), n .. " lines in a function")
        end
        start = nil
      end
    end
    if depth == 0 then head = at + 1 end
  end
end

function rules.layout(_, text, found)
  local n = 0
  for line in text:gmatch "([^\n]*)\n?" do
    n = n + 1
    if line:find "\t" then found(n, "a tab") end
    local columns = utf8.len(line) or #line
    if columns > limits.columns then found(n, columns .. " columns") end
  end
end

local function forbid(text, found, names, say)
  for _, name in ipairs(names) do
    for at in text:gmatch("()%f[%w_]" .. name .. "%s*%(") do
      found(line_of(text, at), name .. "(): " .. say)
    end
  end
end

function rules.numbers(path, text, found)
  local floor = path:find "%.[ch]$" and floor_of(path)
  if not floor or floor == "base" then return end
  forbid(code(text), found, { "strtod", "strtof", "strtold", "atof", "sscanf",
    "vsscanf", "fscanf" }, "numbers are read by src/base")
end

function rules.shell(path, text, found)
  if path:find "^src/.*%.[ch]$" then
    forbid(code(text), found, { "system", "popen" }, "no shell")
  elseif path:find "^lua/" or path:find "^scripts/" then
    for at, name in text:gmatch "()(%l+%.%l+)" do
      if name == "os.execute" or name == "io.popen" then
        found(line_of(text, at), name .. ": no shell")
      end
    end
  end
end

--- `static` data must be const: of a pointer, the pointer itself.
function rules.state(path, text, found)
  if not path:find "^src/" then return end
  for at, head in code(text):gmatch "()%f[%w_]static%f[^%w_]([^;={]*)" do
    local is_function = head:find "%(" and not head:find "%(%s*%*"
    local pointer = head:match "%(%s*%*([^)]*)" or head:match "^.*%*(.*)$"
    if not is_function and not (pointer or head):find "%f[%w_]const%f[^%w_]" then
      local name = head:match "%(%s*%*%s*([%w_]+)"
        or head:gsub("%b[]", ""):match "([%w_]+)%s*$" or "?"
      if not M.mutable[path .. ": " .. name] then
        found(line_of(text, at), "static data that changes: " .. name)
      end
    end
  end
end

function rules.header(path, text, found)
  if path:find "%.h$" and not text:find "^/%* %S" then
    found(1, "a header begins by saying what the module is: /* name: ...")
  end
end

M.rules = rules

--- What is wrong with one file, as "path:line: text", by `only` or all rules.
---@return string[]
function M.check(path, text, only)
  local findings = {}
  local function found(line, message)
    findings[#findings + 1] = ("%s:%d: %s"):format(path, line, message)
  end
  for name, rule in pairs(rules) do
    if only == nil or only == name then rule(path, text, found) end
  end
  table.sort(findings)
  return findings
end

--- The paths of all C and Lua files under the given folders.
---@return string[]
function M.files(folders)
  local paths = {}
  local function walk(folder)
    for name in lfs.dir(folder) do
      local path = folder .. "/" .. name
      if name:find "^%." then goto continue end
      if lfs.attributes(path, "mode") == "directory" then
        walk(path)
      elseif name:find "%.[ch]$" or name:find "%.lua$" then
        paths[#paths + 1] = path
      end
      ::continue::
    end
  end
  for _, folder in ipairs(folders) do
    if lfs.attributes(folder, "mode") == "directory" then walk(folder) end
  end
  table.sort(paths)
  return paths
end

return M

--- Canned reports: a script in scripts/ makes blocks from parameters, a
--- renderer makes text, Markdown, HTML, CSV or JSON from the blocks.

local blame = require "evalua.blame"
local core = require "evalua.core"

local raise = blame.new(debug.getinfo(1, "S").source)

local M = {}

local renderers = { text = "text", txt = "text", md = "md", html = "html",
  csv = "csv", json = "json", xlsx = "xlsx", docx = "docx" }

--- Formats there are, for messages.
M.formats = { "text", "md", "html", "csv", "json", "xlsx", "docx" }

---@class evalua.report
local Report = {}
Report.__index = Report

--- The report in a format, as text. Options: lang, width (columns of the
--- terminal), colour.
---@param format string
---@param options table?
---@return string
function Report:render(format, options)
  local name = renderers[format]
  if name == nil then
    error("unknown format '" .. tostring(format) .. "'; there are: "
      .. table.concat(M.formats, ", "), 2)
  end
  if M.is_data(format) and self.data == nil then
    error(("the report has no data for '%s'"):format(format), 2)
  end
  options = options or {}
  options.lang = options.lang or self.lang or "en"
  if not M.is_data(format) then self.blocks = self.blocks or self.build() end
  return require("evalua.report." .. name).render(self, options)
end

--- Write into a file, in the format of its suffix (txt, md, html, csv, json,
--- xlsx, docx). The file is complete or not there. Options: those of render.
---@param path string
---@param options table?
---@return true? ok
---@return string? message
---@return string? code
function Report:write(path, options)
  if type(path) ~= "string" then
    raise("write", "a path was expected, not a " .. type(path))
  end
  local format = (path:match "%.(%w+)$" or ""):lower()
  if renderers[format] == nil then
    raise("write", ("'%s': a report is written as txt, md, html, csv, json, "
      .. "xlsx or docx"):format(path))
  end
  if M.is_data(format) and self.data == nil then
    return nil, ("the report has no data for '%s'"):format(path), "data"
  end
  return core.file.write(path, self:render(format, options))
end

--- Whether a format only carries data, so that notes go elsewhere.
---@param format string
---@return boolean
function M.is_data(format)
  return format == "csv" or format == "json"
end

local function folder() return require("evalua").root() .. "/scripts" end

--- The function of a script; the program has it compiled.
local function load_script(name)
  local program, file = package.loaded["evalua.program"], name .. ".lua"
  if program ~= nil then return program.load("scripts/" .. file) end
  return loadfile(folder() .. "/" .. file, "t")
end

--- The scripts there are, by name.
---@return string[]
function M.names()
  local names = {}
  for _, file in ipairs(assert(core.system.list(folder()))) do
    names[#names + 1] = file:match "^([%w_%-]+)%.lua$"
  end
  table.sort(names)
  return names
end

--- The script of a canned report: {name, title, params, run}, and in `also`
--- names that only Lua gives it.
---@param name string
---@return table? script
---@return string? message
function M.find(name)
  local is_name = name:find "^[%w_%-]+$" ~= nil
  local chunk = is_name and load_script(name)
  if chunk then return chunk() end
  return nil, ("there is no report '%s'%s"):format(name,
    require("evalua.nearest").hint(name, M.names()))
end

--- A report of blocks that are there already, or of a function `build` that
--- makes them when a format needs them; what blocks are: evalua.report.blocks.
---@param content { blocks: table[]?, build: (fun(): table[])?,
---  data: evalua.table?, notes: string[]? }
---@return evalua.report
function M.of(content)
  return setmetatable(content, Report)
end

--- The report that a script makes of its parameters.
---@param script table
---@param params table
---@return evalua.report
function M.make(script, params)
  require "evalua.table"
  local report = blame.outside(script.run, params)
  report.name = report.name or script.name
  return M.of(report)
end

-- What reports on a unit take beside their own parameters, and the others,
-- which read a table.
local of_unit = { "lang", "folder", "data" }
local of_table = { "lang", "table", "info", "source", "where" }

--- The names of a report's parameters in Lua.
local function names_of(script)
  local names = {}
  local function add(list)
    for _, name in ipairs(list or {}) do names[#names + 1] = name end
  end
  for _, param in ipairs(script.params or {}) do
    names[#names + 1] = param.name:gsub("-", "_")
  end
  add(script.also)
  add(script.of_unit and of_unit or of_table)
  if not script.of_unit then add(require("evalua.source").options) end
  return names
end

--- Run a canned report: `ev.report.run("variance", {source=…}):render("md")`.
---@param name string
---@param params table? what the script declares (`evalua report NAME --help`),
---  with _ for -; lang =; of a unit's year folder =, else table = or source =
---@return evalua.report? report
---@return string? message
function M.run(name, params)
  if type(name) ~= "string" then
    error("the name of a report was expected, not a " .. type(name), 2)
  end
  if params ~= nil and type(params) ~= "table" then
    error("a table of parameters was expected, not a " .. type(params), 2)
  end
  local script, message = M.find(name)
  if script == nil then return nil, message end
  blame.check_names(raise, ("report '%s'"):format(name), params or {},
    names_of(script))
  return M.make(script, params or {})
end

return M

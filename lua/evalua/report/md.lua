--- Blocks as Markdown (pipe tables).

local blocks = require "evalua.report.blocks"

local M = {}

--- Text that Markdown and HTML leave as it is.
local function escape(text)
  text = text:gsub("%c", " "):gsub("[\\`*_{}%[%]<>#|~]", "\\%0")
  return (text:gsub("&", "&amp;"):gsub("^([%-+])", "\\%1"))
end

local function row_of(cells, strong)
  local parts = {}
  for i, cell in ipairs(cells) do
    local text = escape(cell)
    parts[i] = strong and text ~= "" and "**" .. text .. "**" or text
  end
  return "| " .. table.concat(parts, " | ") .. " |"
end

local function table_lines(block)
  local titles, marks = {}, {}
  for i, column in ipairs(block.columns) do
    titles[i] = column.title
    marks[i] = column.align == "right" and "---:" or "---"
  end
  local lines = { row_of(titles), "| " .. table.concat(marks, " | ") .. " |" }
  for _, row in ipairs(block.rows) do
    lines[#lines + 1] = row_of(row.cells, row.strong)
  end
  return lines
end

local function figure_lines(block, options)
  local lines = {}
  local pattern = options.lang == "zh" and "- %s：**%s**%s" or "- %s: **%s**%s"
  for i, item in ipairs(block.items) do
    lines[i] = pattern:format(escape(item.label),
      escape(item.value), item.note and " (" .. escape(item.note) .. ")" or "")
  end
  return lines
end

local marks = { bad = "**!** ", warn = "**?** ", info = "" }

local function finding_lines(block)
  local lines = {}
  for i, item in ipairs(block.items) do
    lines[i] = "- " .. marks[item.level] .. escape(item.text)
  end
  return lines
end

local renderers = {
  heading = function(block) return { "### " .. escape(block.text) } end,
  paragraph = function(block) return { escape(block.text) } end,
  figures = figure_lines,
  findings = finding_lines,
  title = function(block) return { "## " .. escape(block.text) } end,
  note = function(block) return { "- " .. escape(block.text) } end,
  table = table_lines,
}

--- @param report evalua.report
--- @param options table?
--- @return string
function M.render(report, options)
  return blocks.join(report, renderers,
    { lang = options and options.lang or report.lang })
end

return M

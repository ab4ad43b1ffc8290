--- Blocks as one HTML page that loads nothing: no script, no outside file.

local M = {}

local entities = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;",
  ['"'] = "&quot;", ["'"] = "&#39;" }

--- Text for an element or an attribute.
---@param text string
---@return string
function M.escape(text)
  return (text:gsub("%c", " "):gsub("[&<>\"']", entities))
end

local STYLE = [[
body { font: 16px/1.5 "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC",
  sans-serif; color: #1a1a1a; max-width: 72rem; margin: 2rem auto;
  padding: 0 1.5rem; }
h2 { font-size: 1.4rem; margin: 2rem 0 1rem; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .35rem .9rem; text-align: left; }
th { color: #595959; border-bottom: 2px solid #404040; }
td.number, th.number { text-align: right; }
tr.strong td { font-weight: bold; background: #f3f4f6; }
td.bad { color: #b81c22; }
td.good { color: #4e8310; }
ul.notes { color: #595959; padding-left: 1.2rem; }
figure { margin: 2rem 0; }
figure svg { width: 100%; height: auto; }
@media print { body { margin: 0; max-width: none; } }
]]

local function cell(tag, text, classes)
  local class = #classes > 0 and (' class="%s"'):format(
    table.concat(classes, " ")) or ""
  return ("<%s%s>%s</%s>"):format(tag, class, M.escape(text), tag)
end

local function table_lines(block)
  local lines, head = { "<table>" }, {}
  for i, column in ipairs(block.columns) do
    head[i] = cell("th", column.title,
      column.align == "right" and { "number" } or {})
  end
  lines[2] = "<thead><tr>" .. table.concat(head) .. "</tr></thead>"
  lines[3] = "<tbody>"
  for _, row in ipairs(block.rows) do
    local cells = {}
    for i, column in ipairs(block.columns) do
      local classes = column.align == "right" and { "number" } or {}
      classes[#classes + 1] = row.paint and row.paint[i] or nil
      cells[i] = cell("td", row.cells[i] or "", classes)
    end
    local class = row.strong and ' class="strong"' or ""
    lines[#lines + 1] = ("<tr%s>%s</tr>"):format(class, table.concat(cells))
  end
  lines[#lines + 1] = "</tbody></table>"
  return lines
end

local renderers = {
  title = function(block)
    return { "<h2>" .. M.escape(block.text) .. "</h2>" }
  end,
  note = function(block)
    return { "<li>" .. M.escape(block.text) .. "</li>" }
  end,
  --- `svg` is made by our own back end, which escapes what it draws.
  figure = function(block)
    return { "<figure>" .. block.svg .. "</figure>" }
  end,
  table = table_lines,
}

local function title_of(report)
  for _, block in ipairs(report.blocks) do
    if block.kind == "title" then return block.text end
  end
  return report.name or "evalua"
end

--- @param report evalua.report
--- @param options table
--- @return string
function M.render(report, options)
  local lines = { "<!DOCTYPE html>",
    ('<html lang="%s">'):format(options.lang == "zh" and "zh-CN" or "en"),
    '<head><meta charset="utf-8">',
    '<meta http-equiv="Content-Security-Policy" '
      .. "content=\"default-src 'none'; style-src 'unsafe-inline'\">",
    "<title>" .. M.escape(title_of(report)) .. "</title>",
    "<style>\n" .. STYLE .. "</style></head>", "<body>" }
  local in_notes = false
  for _, block in ipairs(report.blocks) do
    local is_note = block.kind == "note"
    if is_note ~= in_notes then
      lines[#lines + 1] = is_note and '<ul class="notes">' or "</ul>"
      in_notes = is_note
    end
    for _, line in ipairs(renderers[block.kind](block)) do
      lines[#lines + 1] = line
    end
  end
  if in_notes then lines[#lines + 1] = "</ul>" end
  lines[#lines + 1] = "</body></html>"
  return table.concat(lines, "\n") .. "\n"
end

return M

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
html[lang="en"] body { font-family: "Noto Sans", "Segoe UI", Arial,
  "Liberation Sans", "DejaVu Sans", "Noto Sans CJK SC", sans-serif; }
h2 { font-size: 1.4rem; margin: 2rem 0 1rem; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .35rem .9rem; text-align: left; min-width: 2.4em;
  overflow-wrap: anywhere; }
th { color: #595959; border-bottom: 2px solid #404040; }
td.number, th.number { text-align: right; min-width: 3.5em; }
td.number { white-space: nowrap; }
tr.strong td { font-weight: bold; background: #f3f4f6; }
td.bad { color: #b81c22; }
td.good { color: #4e8310; }
ul.notes { color: #595959; padding-left: 1.2rem; }
h3 { font-size: 1.1rem; margin: 1.8rem 0 .6rem; }
table + h3, ul + h3 { margin-top: 2.2rem; }
dl.figures { display: flex; flex-wrap: wrap; gap: .8rem; margin: 1rem 0; }
dl.figures div { border: 1px solid #d9d9d9; padding: .5rem .9rem;
  min-width: 9rem; max-width: 20rem; }
dl.figures dt { color: #595959; font-size: .85rem; }
dl.figures dd { margin: 0; font-size: 1.25rem; font-weight: bold;
  font-variant-numeric: tabular-nums; }
dl.figures dd.note { font-size: .8rem; font-weight: normal; color: #595959; }
ul.findings { list-style: none; padding: 0; }
ul.findings li { border-left: 4px solid #a6a6a6; padding: .15rem .8rem;
  margin: .4rem 0; }
ul.findings li.bad { border-color: #b81c22; }
ul.findings li.warn { border-color: #c98a00; }
table.form { width: 100%; }
table.form td, table.form th { border: 1px solid #8c8c8c; padding: .3rem .5rem;
  font-size: .9rem; color: #1a1a1a; overflow-wrap: anywhere; }
table.form th { background: #f3f4f6; text-align: center;
  font-weight: bold; min-width: 3.2em; }
table.form td.center { text-align: center; }
figure { margin: 2rem 0; }
figure svg { width: 100%; height: auto; }
@media print { @page { margin: 15mm; } html { font-size: 11px; }
  body { margin: 0; padding: 0; max-width: none; font-size: 1rem; }
  th, td { padding: .25rem .5rem; } h3 { break-after: avoid; }
  tr, dl.figures div, ul.findings li { break-inside: avoid; } }
]]

local function cell(tag, text, classes)
  local class = #classes > 0 and (' class="%s"'):format(
    table.concat(classes, " ")) or ""
  return ("<%s%s>%s</%s>"):format(tag, class, M.escape(text), tag)
end

--- Rows that make one text before they wait for the others: a long table is
--- kept in few pieces.
local ROWS = 200

local function table_lines(block)
  local lines, head, rows = { "<table>" }, {}, {}
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
    rows[#rows + 1] = ("<tr%s>%s</tr>"):format(class, table.concat(cells))
    if #rows == ROWS then
      lines[#lines + 1], rows = table.concat(rows, "\n"), {}
    end
  end
  if #rows > 0 then lines[#lines + 1] = table.concat(rows, "\n") end
  lines[#lines + 1] = "</tbody></table>"
  return lines
end

local function figure_lines(block)
  local lines = { '<dl class="figures">' }
  for _, item in ipairs(block.items) do
    lines[#lines + 1] = ("<div><dt>%s</dt><dd>%s</dd>%s</div>"):format(
      M.escape(item.label), M.escape(item.value), item.note
        and '<dd class="note">' .. M.escape(item.note) .. "</dd>" or "")
  end
  lines[#lines + 1] = "</dl>"
  return lines
end

local function finding_lines(block)
  local lines = { '<ul class="findings">' }
  for _, item in ipairs(block.items) do
    lines[#lines + 1] = ('<li class="%s">%s</li>'):format(item.level,
      M.escape(item.text))
  end
  lines[#lines + 1] = "</ul>"
  return lines
end

local function form_cell(item)
  local tag = item.head and "th" or "td"
  local attributes = ""
  if (item.span or 1) > 1 then
    attributes = (' colspan="%d"'):format(item.span)
  end
  if (item.down or 1) > 1 then
    attributes = attributes .. (' rowspan="%d"'):format(item.down)
  end
  local align = item.align
  if align == "right" then attributes = attributes .. ' class="number"'
  elseif align == "center" then attributes = attributes .. ' class="center"' end
  local text = M.escape(item.text or "")
  if item.strong then text = "<strong>" .. text .. "</strong>" end
  return ("<%s%s>%s</%s>"):format(tag, attributes, text, tag)
end

local function form_lines(block)
  local lines = { '<table class="form">' }
  for _, cells in ipairs(block.rows) do
    local parts = {}
    for i, item in ipairs(cells) do parts[i] = form_cell(item) end
    lines[#lines + 1] = "<tr>" .. table.concat(parts) .. "</tr>"
  end
  lines[#lines + 1] = "</table>"
  return lines
end

local renderers = {
  heading = function(block)
    return { "<h3>" .. M.escape(block.text) .. "</h3>" }
  end,
  paragraph = function(block)
    return { "<p>" .. M.escape(block.text) .. "</p>" }
  end,
  figures = figure_lines,
  findings = finding_lines,
  form = form_lines,
  title = function(block)
    return { "<h2>" .. M.escape(block.text) .. "</h2>" }
  end,
  note = function(block)
    return { "<li>" .. M.escape(block.text) .. "</li>" }
  end,
  --- `svg` is made by our own back end, which escapes what it draws.
  figure = function(block)
    local svg = block.svg or block.picture and block.picture "svg"
    return svg and { "<figure>" .. svg:gsub("^<%?xml.-%?>%s*", "")
      .. "</figure>" } or {}
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
    local render = renderers[block.kind]
    for _, line in ipairs(render and render(block) or {}) do
      lines[#lines + 1] = line
    end
  end
  if in_notes then lines[#lines + 1] = "</ul>" end
  lines[#lines + 1] = "</body></html>"
  return table.concat(lines, "\n") .. "\n"
end

return M

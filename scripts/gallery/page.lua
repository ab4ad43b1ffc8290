-- All charts of the gallery, each in both languages with its script, as one
-- page: `evalua run scripts/gallery/page.lua FOLDER` (`make gallery`).
local chart = require "evalua.chart"
local core = require "evalua.core"
local ev = require "evalua"

local folder = assert(arg[1], "which folder? page.lua FOLDER")
local home = ev.root() .. "/scripts/gallery/"

local kinds = table.move(chart.kinds, 1, #chart.kinds, 1, {})
table.insert(kinds, 2, "variance-prior")
kinds[#kinds + 1] = "plot"

--- The picture that a script of the gallery draws, and its path.
local function picture(kind, lang)
  local path = ("%s/%s-%s.svg"):format(folder, kind, lang)
  local own = setmetatable({ arg = { path, lang, "doc" } }, { __index = _G })
  assert(loadfile(home .. kind .. ".lua", "t", own))()
  return assert(core.file.read(path)):gsub("^<%?xml.-%?>%s*", "")
    :gsub("^<!DOCTYPE.->%s*", "")
end

local STYLE = [[
body { font: 16px/1.5 "Noto Sans CJK SC", "Microsoft YaHei", sans-serif;
  color: #1a1a1a; max-width: 84rem; margin: 2rem auto; padding: 0 1.5rem; }
section { border-top: 1px solid #d9d9d9; padding: 1.5rem 0; }
h2 { margin: 0 0 .8rem; font-size: 1.3rem; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 2rem; }
figure { margin: 0; } figure svg { width: 100%; height: auto; }
pre { background: #f3f4f6; padding: .8rem 1rem; overflow-x: auto;
  font-size: .8rem; line-height: 1.4; }
]]

local parts = { '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
  .. '<meta http-equiv="Content-Security-Policy" content="default-src '
  .. "'none'; style-src 'unsafe-inline'\"><title>evalua: gallery</title>"
  .. "<style>\n" .. STYLE .. "</style></head><body><h1>evalua</h1>" }
for _, kind in ipairs(kinds) do
  local source = assert(core.file.read(home .. kind .. ".lua"))
  parts[#parts + 1] = ('<section><h2>%s</h2><div class="pair"><figure>%s'
    .. "</figure><figure>%s</figure></div><pre>%s</pre></section>"):format(
    kind, picture(kind, "zh"), picture(kind, "en"),
    (source:gsub("[&<>]", { ["&"] = "&amp;", ["<"] = "&lt;",
      [">"] = "&gt;" })))
end
parts[#parts + 1] = "</body></html>\n"
assert(core.file.write(folder .. "/index.html", table.concat(parts, "\n")))

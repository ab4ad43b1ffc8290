--- An audit as a report: what fails first, then what a reader must be told.

local grid = require "evalua.report.grid"
local lang = require "evalua.lang"
local report = require "evalua.report"

local M = {}

local order = { "fails", "flag", "undecided", "holds" }

--- How many rows have each outcome.
---@param t evalua.table
---@return table<string, integer>
function M.counts(t)
  local counts = { fails = 0, flag = 0, undecided = 0, holds = 0 }
  for _, row in t:rows() do counts[row.outcome] = counts[row.outcome] + 1 end
  return counts
end

local function cells_of(row, text)
  local why = row.reason and row.arithmetic
    and row.arithmetic .. text(" – ") .. row.reason
    or row.arithmetic or row.reason or ""
  return { row.id, text(row.severity), row.name or "", row.place or "", why }
end

local CHECK, PLACE = 24, 24 -- columns of a terminal

--- The row in lines that fit a terminal: the arithmetic goes on below itself.
local function wrapped(cells, width)
  cells[3] = grid.cut(cells[3], CHECK)
  cells[4] = grid.cut(cells[4], PLACE)
  local room = math.max(16, width - CHECK - PLACE - 20)
  local lines = grid.wrap(cells[5], room, "")
  cells[5] = lines[1]
  local rows = { cells }
  for i = 2, #lines do rows[i] = { "", "", "", "", lines[i] } end
  return rows
end

--- The rows of one outcome.
local function table_block(t, outcome, text, width)
  local rows = {}
  for _, row in t:rows() do
    if row.outcome == outcome then
      local cells = cells_of(row, text)
      for _, line in ipairs(width and wrapped(cells, width) or { cells }) do
        rows[#rows + 1] = { cells = line,
          paint = { outcome == "fails" and "bad" or nil } }
      end
    end
  end
  return { kind = "table", rows = rows, columns = { { title = text "Id" },
    { title = text "Severity" }, { title = text "Check" },
    { title = text "Place" }, { title = text "Arithmetic" } } }
end

--- What is audited, for the title: the only unit whose money it is, else the
--- name of the folder or file.
---@param path string
---@param data evalua.audit.data?
---@param lang_ "en"|"zh"
---@return string
function M.name(path, data, lang_)
  local units, found = data and data.by_id.units or {}, nil
  for _, row in ipairs(data and data.tables.budget or {}) do
    local unit = units[row.cells.unit]
    if unit == nil or found ~= nil and unit ~= found then
      found = nil
      break
    end
    found = unit
  end
  local cells = found and found.cells or {}
  return lang_ == "en" and cells.name_en or cells.name_zh
    or path:match("([^/]+)/*$") or path
end

local headings = { fails = "Fails: %d", flag = "Flags: %d",
  undecided = "Undecided: %d", holds = "Holds: %d" }

--- The report of an audit's table.
---@param t evalua.table
---@param opts { lang: "en"|"zh", name: string, notes: string[]?,
---  width: integer? } width: of the terminal that it is for
---@return evalua.report
function M.of(t, opts)
  local function text(english, ...)
    return lang.text(opts.lang, english, ...)
  end
  local c = M.counts(t)
  local summary = text(
    "%d checks: %d fail, %d flags, %d undecided, %d hold", t:nrows(), c.fails,
    c.flag, c.undecided, c.holds)
  local function build()
    local blocks = { { kind = "title", text = text("Audit: %s", opts.name) },
      { kind = "note", text = summary } }
    for _, outcome in ipairs(order) do
      if c[outcome] > 0 then
        blocks[#blocks + 1] = { kind = "heading",
          text = text(headings[outcome], c[outcome]) }
        blocks[#blocks + 1] = table_block(t, outcome, text, opts.width)
      end
    end
    for _, note in ipairs(opts.notes or {}) do
      blocks[#blocks + 1] = { kind = "note",
        text = lang.message(opts.lang, note) }
    end
    return blocks
  end
  local notes = { summary }
  for _, note in ipairs(opts.notes or {}) do notes[#notes + 1] = note end
  return report.of { data = t, notes = notes, lang = opts.lang,
    build = build }
end

return M

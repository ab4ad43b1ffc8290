--- An audit as a report: what fails first, then what a reader must be told.

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

local paints = { fails = "bad", holds = "good" }

local function row_of(row, text)
  local outcome = text(row.outcome)
  local why = row.reason and row.arithmetic
    and row.arithmetic .. text(" – ") .. row.reason
    or row.arithmetic or row.reason or ""
  return { cells = { row.id, outcome, text(row.severity), row.name or "",
    row.place or "", why }, paint = { [2] = paints[row.outcome] },
    strong = row.outcome == "fails" }
end

local function table_block(t, text, narrow)
  local rows = {}
  for _, outcome in ipairs(order) do
    local first = true
    for _, row in t:rows() do
      if row.outcome == outcome then
        rows[#rows + 1] = row_of(row, text)
        rows[#rows].rule, first = first, false
      end
    end
  end
  return { kind = "table", rows = rows, columns = { { title = text "Id" },
    { title = text "Outcome" }, { title = text "Severity", rank = 2 },
    { title = text "Check", shrinks = narrow },
    { title = text "Place", shrinks = narrow, rank = 1 },
    { title = text "Arithmetic", shrinks = narrow } } }
end

--- The report of an audit's table.
---@param t evalua.table
---@param opts { lang: "en"|"zh", name: string, notes: string[]?,
---  narrow: boolean? } narrow: cut cells to the terminal's width
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
    if t:nrows() > 0 then
      blocks[#blocks + 1] = table_block(t, text, opts.narrow)
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

--- What stands around every chart: message, who | what (unit), when and
--- scenarios above; source and reading help at the foot.
local clean = require "evalua.chart.clean"
local words = require "evalua.chart.words"

local M = {}

local names = {
  PL = "budget", BU = "budget", PY = "prior year", AC = "actual",
  FC = "forecast",
}

--- The scenario's word, whatever the source calls it: budget, actual.
---@param which string "base", "actual", "prior" or "forecast"
---@return string
function M.scenario_word(spec, which)
  local code = spec.scenario[which]
  return words.text(spec.lang, names[code] or code)
end

--- "budget PL", or the source's own name of it with the code: a version of
--- the budget is named. Where the name is the code itself it is said once.
function M.scenario(spec, which, at_start)
  local code = spec.scenario[which]
  local name = spec.scenario[which .. "_name"]
    or M.scenario_word(spec, which)
  if at_start then name = name:gsub("^%l", string.upper) end
  return name == code and code or name .. " " .. code
end

--- The scenario of a target: "target PL", or as the source calls it.
function M.target(spec)
  local code = spec.scenario.base
  local name = spec.scenario.base_name or words.text(spec.lang, "target")
  return name == code and code or name .. " " .. code
end

--- With a capital at the start.
function M.capital(text)
  return (text:gsub("^%l", string.upper))
end

local capital = M.capital

--- who | **what** (unit), as runs cut to the width. A unit in a table is
--- written as it is.
---@param unit string|{ text: string }|nil
local function subject_runs(list, spec, unit, size, width)
  local title = spec.title
  local runs, measure = {}, list.measure
  local what = title.what and { text = title.what, bold = true }
  local tail = unit and { text = type(unit) == "table" and unit.text
    or words.text(spec.lang, "in %s", unit) }
  if tail and not what then tail.text = capital(tail.text) end
  local function put(run)
    if not run then return end
    run.text = measure:wrap(run.text, size, run.bold, width * 0.5, 1)[1]
    if run == tail and what and spec.lang ~= "zh" then
      run.text = " " .. run.text
    end
    width = width - measure:width(run.text, size, run.bold)
    table.insert(runs, 1, run)
  end
  put(tail)
  put(what)
  if title.who then
    local bar = (what or tail) and " | " or ""
    local room = width - measure:width(bar, size)
    local who = measure:wrap(title.who, size, false, room, 1)[1]
    table.insert(runs, 1, { text = who .. bar })
  end
  return runs
end

--- The message in at most two lines: smaller before it is cut.
local function message_lines(list, text, sizes, width)
  local size = sizes.font.message
  local lines, cut = list.measure:wrap(text, size, true, width, 2)
  if cut then
    size = math.max(sizes.font.title, sizes.min_font)
    lines = list.measure:wrap(text, size, true, width, 2)
  end
  return lines, size
end

--- Draw the title block; returns the first y below it.
---@param about string the line about scenarios ("actual AC vs budget PL")
function M.head(list, spec, about, unit, message)
  local sizes, theme = spec.sizes, spec.theme
  local left, width = sizes.margin, list.width - 2 * sizes.margin
  M.describe(list, message)
  local y = sizes.title_y - sizes.title_line
  if message and message ~= "" then
    local lines, size = message_lines(list, message, sizes, width)
    local step = sizes.message_step
      or sizes.message_line * size / sizes.font.message
    for i, line in ipairs(lines) do
      y = sizes.message_y + (i - 1) * step
      list:text { tag = "message", x = left, y = y, text = line, size = size,
        bold = true, color = theme.text }
    end
    y = y + sizes.message_line - sizes.title_line
  end
  local size = sizes.font.title
  local runs = subject_runs(list, spec, unit, size, width)
  if #runs > 0 then
    y = y + sizes.title_line
    local item = list:text { tag = "subject", x = left, y = y, runs = runs,
      size = size, color = theme.second }
    M.describe(list, item.text)
  end
  local when = spec.title.when
  local line = when and when .. "  " .. about or capital(about)
  y = y + sizes.title_line
  M.describe(list, line)
  list:text { tag = "when", x = left, y = y, size = size, color = theme.second,
    text = list.measure:wrap(line, size, false, width, 1)[1] }
  return y + sizes.body_gap
end

--- The sentences at the foot as one text.
local function foot_text(lang, sentences)
  local stop = lang == "zh" and "。" or ". "
  local parts = {}
  for i, sentence in ipairs(sentences) do
    parts[i] = capital(sentence:gsub("[%. ]+$", ""):gsub("。$", "")) .. stop
  end
  return (table.concat(parts):gsub(" $", ""))
end

--- The foot's lines, and the height it takes with the gap above it.
---@param sentences string[] without full stops
function M.foot(list, spec, sentences)
  local sizes = spec.sizes
  local size = sizes.font.source
  local text = foot_text(spec.lang, sentences)
  local lines = {}
  if text ~= "" then
    lines = list.measure:fill(text, size, false,
      list.width - 2 * sizes.margin, 3)
  end
  local line = size * 1.35
  local height = sizes.source_y + sizes.source_gap
    + math.max(#lines - 1, 0) * line
  return { lines = lines, line = line, size = size, height = height }
end

--- Draw the foot once the list's height is known.
function M.draw_foot(list, spec, foot)
  local y = list.height - spec.sizes.source_y
  for i = #foot.lines, 1, -1 do
    list:text { tag = "source", x = spec.sizes.margin, y = y,
      text = foot.lines[i], size = foot.size, color = spec.theme.muted }
    y = y - foot.line
  end
end

-- What the colours mean, by polarity.
local reading = {
  [-1] = "Over %s = unfavourable (%s), under = favourable (%s)",
  [1] = "Over %s = favourable (%s), under = unfavourable (%s)",
}

--- What the two colours of variances mean, or nil where nobody judged.
---@param polarity integer? as rows.polarity gives it
---@return string?
function M.reading(spec, polarity, base)
  local lang, word = spec.lang, spec.theme.word
  local good, bad = words.text(lang, word.good), words.text(lang, word.bad)
  if polarity == 0 then
    return words.text(lang, "%s = favourable, %s = unfavourable", good, bad)
  elseif polarity == -1 then
    good, bad = bad, good
  end
  local key = reading[polarity]
  if not key then return nil end
  if lang == "zh" then
    return words.text(lang, key, base, good, base, bad)
  end
  return words.text(lang, key, base, good, bad)
end

--- Sentences that help to read: the source, what colours mean, the order.
---@param polarity integer? as rows.polarity gives it
---@param extra string[] English sentences to add
---@param base string? what the variances are taken from, where it is not the
---  base
function M.sentences(spec, polarity, extra, base)
  local lang, out = spec.lang, {}
  base = base or M.scenario_word(spec, "base")
  if spec.title.source then
    out[1] = words.text(lang, "Source: %s", spec.title.source)
  end
  for _, note in ipairs(spec.notes or {}) do out[#out + 1] = note end
  out[#out + 1] = M.reading(spec, polarity, base)
  if spec.neutral ~= nil and spec.neutral > 0 and polarity ~= nil then
    out[#out + 1] = words.say(lang, "Within ±{1}% = neutral (grey)",
      ("%g"):format(spec.neutral))
  end
  for _, sentence in ipairs(extra) do
    out[#out + 1] = words.text(lang, sentence)
  end
  return out
end

--- Is this one of the at most two items that the chart points at?
function M.is_highlighted(spec, label)
  for _, name in ipairs(spec.highlight or {}) do
    if name == label then return true end
  end
  return false
end

--- A label of a row in one or two lines around `y`.
---@param fit { width: number, size: number, pitch: number }
function M.row_label(list, spec, row, y, fit)
  local sizes, theme = spec.sizes, spec.theme
  local lit = M.is_highlighted(spec, row.label)
  local bold, size = row.role ~= "leaf" or row.strong or lit, fit.size
  local lines, cut = list.measure:wrap(row.label, size, bold, fit.width, 1)
  local small = math.min(size, (fit.pitch - 2) / 2.4)
  if cut and small >= sizes.min_font then
    size = small
    lines = list.measure:wrap(row.label, size, bold, fit.width, 2)
  end
  for i, line in ipairs(lines) do
    list:text { tag = "label", row = row.at, x = sizes.margin,
      y = y + (i - (#lines + 1) / 2) * size * 1.2, text = line, size = size,
      bold = bold, color = lit and theme.accent_text or theme.text }
  end
end

--- A line for those who read the picture by ear; it also holds the names
--- that were cut.
function M.describe(list, ...)
  local line = clean.text(table.concat({ ... }, " "))
  if line ~= "" then list.description[#list.description + 1] = line end
end

return M

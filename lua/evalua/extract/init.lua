--- Extraction: the figures of a Chinese report as rows.
---
--- A figure is a number with its unit, qualifier (余 约 以上 …), the noun it
--- counts, the section it stands in, and where it stands: the phrase and its
--- byte. Dates, document and hotline numbers, numbers of headings and names
--- that hold numbers are no figures. Units and words are data
--- (data/extract/), so that another office can have its own.

local core = require "evalua.core"
local lpeg = require "lpeg"
local naming = require "evalua.extract.naming"
local scan = require "evalua.extract.scan"
local sections = require "evalua.extract.sections"
local several = require "evalua.extract.several"
local text_table = require "evalua.extract.text_table"
local units = require "evalua.audit.units"
local words = require "evalua.extract.words"

local M = {}

--- Columns of the result, those of the contract first.
M.fields = { "value", "measure_unit", "qualifier", "name", "section", "phrase",
  "offset", "line", "heading" }

-- Numbers --------------------------------------------------------------------

local function spelled_hundredths(text)
  local whole, part = text:match("^(.-)点(.+)$")
  local number = scan.whole_of(whole or text)
  if text == "百" then number = 100 end
  if number == nil then return nil end
  if part == nil then return tostring(number) end
  local digits = {}
  for _, code in utf8.codes(part) do
    local word = utf8.char(code)
    local digit = (word == "零" or word == "〇") and 0 or scan.whole_of(word)
    if digit == nil or digit > 9 then return nil end
    digits[#digits + 1] = digit
  end
  return number .. "." .. table.concat(digits)
end

--- Digits and unit of a candidate; nil when it is no number with a unit.
local function measure(found)
  if found.hundredths then return spelled_hundredths(found.hundredths), "%" end
  local digits = found.text
  if found.numeral then
    local whole = scan.whole_of(found.numeral)
    digits = whole and tostring(whole)
    if found.numeral == "一" then digits = nil end
  end
  if digits == nil then return nil end
  local unit = found.unit
  if unit == nil and found.size then unit = "" end
  if unit == nil then return nil end
  return digits, (found.size or "") .. unit
end

-- What is no figure ----------------------------------------------------------

local NEAR = 24 -- bytes before a number that are looked at

local function text_before(line, at)
  return line:sub(math.max(1, at - NEAR), at - 1)
end

--- The year, month or day of a date, 20 of 20日; not 3年 that passed.
local function is_date(line, found)
  local unit = found.unit
  if found.size then return false end
  if unit == "年" then
    local long = found.text ~= nil and #found.text == 4
    local kept = words.ending("duration", text_before(line, found.start))
    return long or kept == nil
  end
  if unit == "日" then
    local within = words.at("within", line, found.stop)
    return within == nil or text_before(line, found.start):find("月$") ~= nil
  end
  return false
end

local phrases = nil

--- The phrases that are no figures (24小时图书馆), by the figure in them.
local function phrases_by_figure()
  local index = {}
  for _, text in ipairs(words.all().lists.skip_phrase or {}) do
    for _, found in ipairs(scan.line(text)) do
      local inner = text:sub(found.start, found.stop - 1)
      index[inner] = index[inner] or {}
      table.insert(index[inner], { text = text, start = found.start })
    end
  end
  return index
end

local QUOTE = 36 -- bytes of a quotation that is a name: 12 characters

local FAR = 300 -- bytes that are looked at for straight quotation marks

--- Whether the last straight mark before a number opens: their number is odd.
local function straight_open(line, start)
  local _, n = line:sub(math.max(1, start - FAR), start - 1):gsub('"', "")
  return n % 2 == 1
end

--- Where the last `mark` of a short text stands, and where it ends.
local function last_of(text, mark)
  local first, last = text:find(mark, 1, true)
  while first do
    local again, stop = text:find(mark, last + 1, true)
    if again == nil then return first, last end
    first, last = again, stop
  end
end

--- A text without blanks at its end.
local function trimmed(text)
  return text:find("%s", -1) and text:match("^(.-)%s*$") or text
end

--- Whether a short quotation is around a figure: “30条举措”.
local function is_quoted(line, found)
  local before = line:sub(math.max(1, found.start - QUOTE), found.start - 1)
  local straight = last_of(before, '"')
  if straight and straight_open(line, found.start) then
    local close = line:sub(found.stop, found.stop + QUOTE):find('"', 1, true)
    return close ~= nil and #before - straight + close <= QUOTE
  end
  local open = last_of(before, "“")
  if open == nil or before:find("”", open, true) then return false end
  local behind = line:sub(found.stop, found.stop + QUOTE)
  local close = behind:find("”", 1, true)
  return close ~= nil and #before - open + close <= QUOTE
end

--- The number of a caption or of what refers to one: 表1 支出, 见附件2 项目;
--- not 代表58名, 发放图表3个.
local function is_caption(line, found)
  local before = trimmed(text_before(line, found.start))
  local word = words.ending("caption", before)
  if word == nil then return false end
  local head = before:sub(1, -#word - 1)
  return not head:find("%S") and found.start <= NEAR
    or words.ending("refers", head) ~= nil
end

--- A number inside quotes or brackets of a name: “12345”, 〔2020〕.
local function is_part_of_name(line, found)
  if is_quoted(line, found) then return true end
  local before = text_before(line, found.start)
  if found.numeral then
    if before:sub(-3) == "“" or before:sub(-3) == "《" then return true end
    local is_ten = found.numeral:sub(1, 3) == "十"
    if is_ten and words.ending("vague", before) then return true end
    if words.at("idiom", line, found.start) then return true end
    if words.at("idiom_after", line, found.stop) then return true end
  end
  phrases = phrases or phrases_by_figure()
  for _, item in ipairs(phrases[line:sub(found.start, found.stop - 1)] or {}) do
    local from = found.start - item.start + 1
    if from >= 1 and line:sub(from, from + #item.text - 1) == item.text then
      return true
    end
  end
  local _, unit = words.at("skip_after", line, found.stop)
  return words.ending("skip_before", before) ~= nil
    or unit ~= nil and unit == found.unit
end

--- Digits that go on behind the number: 3/5, 9:30, 1:2, or a range's dash. Not
--- a second figure of the same thing: 2座/143.6延米.
local function is_glued(line, found, last)
  local before = line:sub(found.start - 1, found.start - 1)
  if found.numeral or found.hundredths or found.behind_letters then
    return false
  end
  if before == "/" and last and last.unit and last.stop == found.start - 1 then
    return false
  end
  if before:find("[/:%w+]") and found.start > 1 then return true end
  return false
end

local skip_units = nil

local function is_figure(line, found, last)
  skip_units = skip_units or words.all().sets.skip_unit or {}
  if skip_units[found.unit or ""] then return false end
  return not (is_date(line, found) or is_glued(line, found, last)
    or is_caption(line, found) or is_part_of_name(line, found))
end

-- Qualifiers -----------------------------------------------------------------

--- Whether a unit is one of time: 30分钟内 is at most 30.
local function is_time(name)
  local dims = name and units.find(name).dims or {}
  return (dims.time or dims.workday or dims.month or dims.year) ~= nil
end

local WORD = 6 -- bytes: 不足 qualifies, the 超 of 超额 does not

--- The qualifier of 不足总支出的1%: it opens the clause.
local function qualifier_of_share(line, found)
  local clause = line:sub(naming.clause_start(line, found.start, 1),
    found.start - 1)
  if clause:sub(-3) ~= "的" then return nil end
  local word, value = words.at("before", clause, 1)
  return word and #word >= WORD and value ~= "" and value or nil
end

--- The qualifier, and the word before the number that makes it.
local function qualifier_of(line, found)
  local word, value = words.ending("before",
    trimmed(text_before(line, found.start)))
  if word ~= nil and value ~= "" then return value, word end
  value = qualifier_of_share(line, found)
  if value ~= nil then return value end
  if found.middle then return words.all().sets.middle[found.middle] end
  local _, after = words.at("after", line, found.stop)
  if after == nil and is_time(found.unit) or found.unit == "日" then
    _, after = words.at("within", line, found.stop)
  end
  return after and after ~= "" and after or "exact"
end

-- Lines ----------------------------------------------------------------------

local MOST_PHRASE = 16 -- characters

--- The phrase around a figure: the end of its clause before it, the figure, and
--- the noun behind it when that names it.
local function phrase_of(line, from, start, stop, name_after)
  local last = stop - 1
  if name_after then
    -- the noun may stand behind a blank
    last = select(2, line:find(name_after, stop, true)) or last
  end
  local length = utf8.len(line, from, last)
  if length == nil or length <= MOST_PHRASE then return from, last end
  local before = utf8.len(line, from, start - 1) or 0
  local cut = math.min(length - MOST_PHRASE, before)
  from = utf8.offset(line, cut + 1, from)
  local behind = utf8.len(line, stop, last) or 0
  local keep = math.max(0, behind - math.max(0, length - cut - MOST_PHRASE))
  return from, utf8.offset(line, keep + 1, stop) - 1
end

local function add_sign(line, found)
  if not found.sign then return "" end
  local before = line:sub(found.start - 1, found.start - 1)
  if before:find("[%d%%]") then return "" end
  return "-"
end

--- The name of the figure before, where nothing but a mark stands between: 37栋、
--- 5210平方米 of houses, 89户203人.
local function same_thing(line, found, last)
  if last.line == nil or last.stop == nil then return nil end
  local between = line:sub(last.stop, found.start - 1)
  local is_mark = found.shares or between == "" or between == "、" or between == "/"
    or between == "（" or between == "("
  return is_mark and last.name or nil
end

--- Name, phrase and offset of a figure, and the one before it on the line.
local function locate(row, line, found, state, figure_before)
  local stop = found.range_stop or found.stop
  local from = naming.clause_start(line, found.start, state.after_last)
  local name, after = naming.name(line, found.start, stop, from,
    found.numeral ~= nil)
  if name == nil and figure_before then
    name = same_thing(line, found, figure_before)
  end
  local first, last = phrase_of(line, from, found.start, stop, after and name)
  first = line:find("%S", first) or first
  row.name, row.phrase = name, state.raw:sub(first, last)
  row.offset = state.offset + first - 1
  state.after_last = after and last + 1 or found.stop
end

local function place(row, state)
  if state.sections.path ~= "" then row.section = state.sections.path end
  row.heading, row.line = state.sections.title, state.number
end

local function add_figure(rows, line, found, state)
  local digits, unit = measure(found)
  local qualifier = found.bound or qualifier_of(line, found)
  local row = { value = add_sign(line, found) .. digits, measure_unit = unit,
    qualifier = qualifier, line = state.number, start = found.start,
    stop = found.stop }
  local low = rows[#rows]
  if found.second and low and low.line == row.line then
    row.name, row.phrase, row.offset = low.name, low.phrase, low.offset
    state.after_last = found.stop
  else
    locate(row, line, found, state, low and low.line == row.line and low)
  end
  place(row, state)
  rows[#rows + 1] = row
end

local function scan_prose(rows, line, state)
  local candidates, before = scan.line(line), #rows
  state.after_last = 1
  for i, found in ipairs(candidates) do
    several.join_range(line, candidates, i, is_date)
    several.share_unit(line, candidates, i)
    if measure(found) and is_figure(line, found, candidates[i - 1]) then
      add_figure(rows, line, found, state)
    end
  end
  several.name_apart(line, rows, before + 1)
end

local residue = nil

--- One pass that turns residue into blanks; what has no end goes on to the
--- line's end.
local function residue_pattern()
  local pattern = lpeg.P(false)
  for start, stop in pairs(words.all().sets.residue or {}) do
    pattern = pattern + lpeg.P(start) * (1 - lpeg.P(stop)) ^ 0
      * lpeg.P(stop) ^ -1
  end
  local blanks = lpeg.C(pattern) / function(text) return (" "):rep(#text) end
  return lpeg.Cs((blanks + 1) ^ 0)
end

--- Text that a word processor left behind, as blanks of the same length.
---@param line string
---@return string
function M.without_residue(line)
  for _, start in ipairs(words.all().lists.residue or {}) do
    if line:find(start, 1, true) then
      residue = residue or residue_pattern()
      return residue:match(line)
    end
  end
  return line
end

--- Rows of all figures of a text that is UTF-8.
---@param text string
---@param base integer? byte of the file at which the text begins
---@param visit (fun(line: table))? is called after each line with {raw=, text=
---  (without residue), number=, heading= (its number, if it is one), sections=
---  (evalua.extract.sections), rows= (its figures)}, the same table each time
---@return table[] rows
function M.rows(text, base, visit)
  local rows = {}
  local state = { sections = sections.new(), number = 0 }
  local tables = text_table.new()
  local at, seen = 1, { sections = state.sections }
  while at <= #text do
    local stop = text:find("\n", at, true) or #text + 1
    local raw = text:sub(at, stop - 1):gsub("\r$", "")
    state.number, state.raw = state.number + 1, raw
    state.offset = (base or 0) + at - 1
    local line, before = M.without_residue(raw), #rows
    local figures, heading = tables:line(line), nil
    if figures ~= nil then
      for _, figure in ipairs(figures) do
        figure.offset = state.offset + figure.start - 1
        place(figure, state)
        rows[#rows + 1] = figure
      end
    else
      heading = state.sections:line(line)
      scan_prose(rows, line, state)
    end
    if visit then
      seen.raw, seen.text, seen.number, seen.heading = raw, line, state.number,
        heading
      seen.rows = table.move(rows, before + 1, #rows, 1, {})
      visit(seen)
    end
    at = stop + 1
  end
  return rows
end

-- Files ----------------------------------------------------------------------

local BOM = "\239\187\191"

--- The text of a report file as UTF-8, and at which byte it begins; offsets
--- are those of the file where it is UTF-8, else of its text.
---@param path string
---@param encoding string?
---@return string? text
---@return integer|string base or message
---@return string? encoding or code
function M.read(path, encoding)
  local bytes, message, code = core.file.read(path)
  if bytes == nil then return nil, message, code end
  local text, found, kind = core.file.decode(bytes, encoding)
  if text == nil then return nil, ("%s:%s"):format(path, found), kind end
  if not text:find("%S") then
    return nil, ("'%s' is empty"):format(path), "data"
  end
  return text, bytes:sub(1, 3) == BOM and 3 or 0, found
end

--- Rows as a table. Values are decimals; of 18 digits or more, text.
---@param rows table[]
---@return evalua.table? t
---@return string? message
---@return string? code
function M.table(rows)
  local values = require "evalua.values"
  local columns, types = {}, { line = "int", offset = "int" }
  for _, name in ipairs(M.fields) do
    columns[name], types[name] = {}, types[name] or "text"
  end
  for i, row in ipairs(rows) do
    for _, name in ipairs(M.fields) do columns[name][i] = row[name] end
  end
  local scale, exact, fits = 0, {}, true
  for i, row in ipairs(rows) do
    exact[i] = core.decimal.parse(row.value)
    fits = fits and exact[i] ~= nil
    if exact[i] then scale = math.max(scale, exact[i]:scale()) end
  end
  local spec = { columns = columns, order = M.fields, types = types,
    nrows = #rows }
  if not fits then return values.table(spec) end
  columns.value, types.value = exact, ("decimal(%d)"):format(scale)
  local t = values.table(spec)
  if t ~= nil then return t end
  for i, row in ipairs(rows) do columns.value[i] = row.value end
  types.value = "text"
  return values.table(spec)
end

--- The figures of a report file.
---@param path string
---@param opts { encoding: string? }?
---@return evalua.table? t
---@return string[]|string notes or message
---@return string? code
function M.file(path, opts)
  local text, base, encoding = M.read(path, opts and opts.encoding)
  if text == nil then return nil, base, encoding end
  local notes = {}
  if encoding ~= "UTF-8" then
    notes[1] = ("%s is %s: offsets are those of its text in UTF-8"):format(
      path, encoding)
  end
  local t, message, code = M.table(M.rows(text, base))
  if t == nil then return nil, message, code end
  return t, notes
end

return M

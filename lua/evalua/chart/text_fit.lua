--- Text that must fit: measuring by the font's advances, breaking into two
--- lines where a reader would, cutting with an ellipsis.
local clean = require "evalua.chart.clean"
local core = require "evalua.core"

local M = {}

---@class Measure
---@field private font userdata
---@field private tails table<string, integer> text -> characters at its end that
---  a cut leaves
local Measure = {}
Measure.__index = Measure

-- The family of the shipped themes.
local DEFAULT = "Noto Sans CJK SC"

local fonts = {} -- family -> font: opening one reads fontconfig's files

--- A measure for `family`, or nil, message, code. fontconfig gives another
--- family silently where this one is not installed; we do not.
---@return Measure?
function M.measure(family)
  local font = fonts[family]
  if not font then
    local message, code
    font, message, code = core.draw.font { family = family }
    if not font then return nil, message, code end
    for _, bold in ipairs { false, true } do
      local found, exact = font:family(bold)
      if not exact then
        local name = family .. (bold and " Bold" or "")
        if family == DEFAULT then
          return nil, ("'%s' is not installed; charts would use '%s': apt-get "
            .. "install fonts-noto-cjk"):format(name, found), "io"
        end
        return nil, ("'%s' is not installed; charts would use '%s': name a "
          .. "font.family that fc-list lists"):format(name, found), "io"
      end
    end
    fonts[family] = font
  end
  return M.of_font(font)
end

--- A measure by another font: {advance(self, text, bold) in em, drawable}.
---@return Measure
function M.of_font(font)
  return setmetatable({ font = font, tails = {} }, Measure)
end

--- Width in pixels at `size` pixels per em; never less than what is drawn.
function Measure:width(text, size, bold)
  return self.font:advance(text, bold) * size
end

--- The text with boxes for what no installed font can draw.
function Measure:drawable(text)
  return self.font:drawable(text)
end

--- The characters that the family itself has no glyph for.
function Measure:missing(text, bold)
  return self.font:missing(text, bold)
end

-- ---- where a line may break ----

local HINT = "\u{200B}"

--- No line begins with these, no line ends with those.
local closing, opening = {}, {}
for _, point in utf8.codes "，。、；：！？）】》”’〉」』%％…)]}!?;:,." do
  closing[point] = true
end
for _, point in utf8.codes "（【《“‘〈「『([{" do opening[point] = true end

--- A line may end with a dash, but not begin with one.
local dashes = { ["-"] = true, ["–"] = true, ["—"] = true, ["_"] = true }

--- A Chinese line rather breaks before "and" than inside a word.
local joiners = { ["与"] = true, ["及"] = true, ["暨"] = true }

local function is_wide(point)
  return point >= 0x2E80 and point <= 0x9FFF or point >= 0xAC00
    and point <= 0xD7A3 or point >= 0xF900 and point <= 0xFAFF
    or point >= 0xFF00 and point <= 0xFF60 or point >= 0x20000
    and point <= 0x3FFFF
end

---@class Cluster a base character with its marks
---@field text string
---@field width number in em
---@field point integer of the base
---@field hint boolean? a break hint stood before it

--- Cut the text, as it will be drawn, into clusters; a break hint is
--- remembered and dropped.
function Measure:clusters(text, bold)
  local out, joined, hint = {}, false, false
  for _, point in utf8.codes(clean.text(text)) do
    local char = utf8.char(point)
    local width = self.font:advance(char, bold)
    local last = out[#out]
    if char == HINT then
      hint = true
    elseif last and (width == 0 or joined) then
      last.text, last.width = last.text .. char, last.width + width
      joined = point == 0x200D
    else
      out[#out + 1] = { text = char, width = width, point = point,
        hint = hint }
      hint, joined = false, false
    end
  end
  return out
end

local MOST_WORD = 3 -- characters of the longest common word

--- Is there a common word from cluster `from` to `to`?
local function is_word(clusters, from, to)
  local parts = {}
  for k = from, to do
    if not clusters[k] then return false end
    parts[#parts + 1] = clusters[k].text
  end
  return require("evalua.chart.zh_words")[table.concat(parts)] ~= nil
end

--- How a line that ends before cluster i treats common Chinese words: 3 beside
--- one, 4 nobody knows, 5 inside one.
local function word_quality(clusters, i)
  local beside = false
  for length = 2, MOST_WORD do
    for from = i - length + 1, i - 1 do
      if from >= 1 and is_word(clusters, from, from + length - 1) then
        return 5
      end
    end
    beside = beside or is_word(clusters, i, i + length - 1)
      or i - length >= 1 and is_word(clusters, i - length, i - 1)
  end
  return beside and 3 or 4
end

--- How well may a line end before cluster i: 1 is best, nil not at all.
local function quality(clusters, i)
  local before, here = clusters[i - 1], clusters[i]
  if here.hint then return 1 end
  if here.point == 0x20 or closing[here.point] or dashes[here.text] then
    return nil
  end
  if opening[before.point] then return nil end
  if before.text == "/" then return 1 end
  if before.point == 0x20 or joiners[here.text] or before.text == "的"
    or opening[here.point] then
    return 2
  end
  if dashes[before.text] or closing[before.point]
    and is_wide(before.point) then
    return 2
  end
  if is_wide(before.point) and is_wide(here.point) then
    return word_quality(clusters, i)
  end
  if is_wide(before.point) or is_wide(here.point) then return 3 end
  return 6
end

local function join(clusters, from, to)
  while to >= from and clusters[to].point == 0x20 do to = to - 1 end
  while from <= to and clusters[from].point == 0x20 do from = from + 1 end
  local parts, width = {}, 0
  for i = from, to do
    parts[#parts + 1] = clusters[i].text
    width = width + clusters[i].width
  end
  return table.concat(parts), width
end

local CUT = { zh = "\u{2026}", latin = "..." }

local ALIKE = 8 -- characters that names which look alike begin with
local LONGEST_TAIL = 6

--- How many characters from their first difference on to the end of `text`;
--- nil where they do not look alike.
local function difference(text, other)
  local at = 1
  while at <= #text and text:byte(at) == other:byte(at) do at = at + 1 end
  while at > 1 and at <= #text and text:byte(at) & 0xC0 == 0x80 do
    at = at - 1
  end
  while at > 1 and text:find("^%d", at - 1) do at = at - 1 end -- whole numbers
  if at == 1 or utf8.len(text, 1, at - 1) < ALIKE then return nil end
  return utf8.len(text, math.min(at, #text + 1))
end

--- Names that differ at their ends only would look the same when cut: what
--- tells them apart is kept, and the middle is left out.
---@param texts string[]
function Measure:tell_apart(texts)
  local sorted = {}
  for i, text in ipairs(texts) do sorted[i] = clean.text(text) end
  table.sort(sorted)
  for i = 2, #sorted do
    for _, pair in ipairs { { sorted[i - 1], sorted[i] },
      { sorted[i], sorted[i - 1] } } do
      local text = pair[1]
      local count = text ~= pair[2] and difference(text, pair[2])
      if count and count > 0 and count <= LONGEST_TAIL then
        self.tails[text] = math.max(count, self.tails[text] or 0)
      end
    end
  end
end

--- The clusters from `from` on, cut so that they and an ellipsis fit in
--- `width` em, with `tail` of them behind it. The CJK ellipsis is a full em wide
--- and stands mid-height: it suits only its own script.
---@param tail integer?
function Measure:cut(clusters, from, width, bold, tail)
  if tail and #clusters - tail > from then
    local rest, used = join(clusters, #clusters - tail + 1, #clusters)
    if used < 0.6 * width and width - used > 3 then
      return self:cut(clusters, from, width - used, bold) .. rest
    end
  end
  local used, keep = 0, from - 1
  local function mark_of(i)
    return clusters[i] and is_wide(clusters[i].point) and CUT.zh or CUT.latin
  end
  for i = from, #clusters do
    used = used + clusters[i].width
    if used + self.font:advance(mark_of(i), bold) > width then break end
    keep = i
  end
  return (join(clusters, from, keep)) .. mark_of(keep)
end

local clauses = { [","] = true, [";"] = true, ["，"] = true, ["；"] = true }

--- Does a clause end before cluster i, and no very short one?
local function ends_clause(clusters, i, first, second)
  local last = clusters[i - 1].point == 0x20 and i - 2 or i - 1
  return last > 0 and clauses[clusters[last].text]
    and math.min(first, second) > 0.25 * math.max(first, second)
end

--- The best place to break in two lines of at most `width` em: the best
--- quality that fits, then the most even lines; at least two clusters each.
--- A word is broken only where the text is a single one.
local function best_break(clusters, width)
  local best, best_width = {}, {}
  for i = 3, #clusters - 1 do
    local q = quality(clusters, i)
    if q then
      local _, first = join(clusters, 1, i - 1)
      local _, second = join(clusters, i, #clusters)
      local widest = math.max(first, second)
      if q == 2 and ends_clause(clusters, i, first, second) then q = 1 end
      best[q] = best[q] or false
      if widest <= width and widest < (best_width[q] or math.huge) then
        best[q], best_width[q] = i, widest
      end
    end
  end
  local can_break = false
  for q = 1, 5 do
    if best[q] then return best[q] end
    can_break = can_break or best[q] ~= nil
  end
  return not can_break and best[6]
end

-- em: in lines from here on a word that is too long is split; in narrower ones
-- the text is cut, unless it is a single word.
local WIDE = 12

local function has_blank(clusters)
  for _, cluster in ipairs(clusters) do
    if cluster.point == 0x20 then return true end
  end
  return false
end

--- The last place to end a line of at most `width` em that starts at `from`:
--- between phrases, where that fills more than half of it, else between
--- characters, else anywhere.
local function last_break(clusters, from, width)
  local used, phrase, best, any = 0, nil, nil, nil
  local splits = width >= WIDE or not has_blank(clusters)
  for i = from, #clusters - 2 do
    used = used + clusters[i].width
    if used > width then break end
    local q = i > from and quality(clusters, i + 1)
    if q and q <= 2 and used > width / 2 then phrase = i + 1 end
    if q and q < 5 then best = i + 1 end
    if q and (q < 6 or splits) then any = i + 1 end
  end
  return phrase or best or any
end

--- The width in pixels that the longest word of a text needs.
---@return number
function Measure:longest_word(text, size, bold)
  local clusters = self:clusters(text, bold)
  local longest, from = 0, 1
  for i = 2, #clusters + 1 do
    local q = i > #clusters and 1 or quality(clusters, i)
    if q and q < 6 then
      local _, width = join(clusters, from, i - 1)
      longest, from = math.max(longest, width), i
    end
  end
  return longest * size
end

local function skip_blanks(clusters, i)
  while clusters[i] and clusters[i].point == 0x20 do i = i + 1 end
  return i
end

--- The text in as few lines as it takes, each filled: for running text.
---@param most integer lines; the last one is cut
---@return string[] lines, boolean cut
function Measure:fill(text, size, bold, width, most)
  local clusters, em = self:clusters(text, bold), width / size
  local lines, from = {}, skip_blanks(clusters, 1)
  while from <= #clusters do
    local rest, used = join(clusters, from, #clusters)
    if used <= em then
      lines[#lines + 1] = rest
      break
    end
    local at = #lines + 1 < most and last_break(clusters, from, em)
    if not at then
      lines[#lines + 1] = self:cut(clusters, from, em, bold,
        self.tails[clean.text(text)])
      return lines, true
    end
    lines[#lines + 1] = join(clusters, from, at - 1)
    from = skip_blanks(clusters, at)
  end
  return lines, false
end

--- The text in one or two even lines that fit: for names and headings.
---@param text string
---@param size number pixels per em
---@param bold boolean
---@param width number pixels
---@param most integer 1 or 2 lines
---@return string[] lines, boolean cut
function Measure:wrap(text, size, bold, width, most)
  local clusters, em = self:clusters(text, bold), width / size
  local whole, used = join(clusters, 1, #clusters)
  if used <= em then return { whole }, false end
  local at = most > 1 and best_break(clusters, em)
  if at then
    return { (join(clusters, 1, at - 1)), (join(clusters, at, #clusters)) },
      false
  end
  return self:fill(text, size, bold, width, most)
end

return M

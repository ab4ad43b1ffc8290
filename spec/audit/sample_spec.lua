-- audit: the sample unit by its shipped rules. The outcomes are those of the
-- consistency checks that were made by hand on the published report (11 fail,
-- 29 hold, 21 undecided, 22 flags); a change of one figure must change the
-- outcome of each rule that is worked out.

local audit = require "evalua.audit"
local lfs = require "lfs"
local support = require "support"

local SAMPLE = "data/dongfanghong-2022"

local function set(outcome, words, found)
  for id in words:gmatch "%S+" do found[id] = outcome end
  return found
end

local by_hand = {}
set("fails", "M4 M6 M8 M10 M11 C10 C13 P3 N1 N2 N8", by_hand)
set("holds", "M1 M2 M3 M5 M7 M12 C1 C2 C3 C4 C7 C8 C11 C14 C15 G1 G2 G3 G4 G7 "
  .. "G8 R1 R2 R3 R4 R5 R6 P1 N4", by_hand)
set("undecided", "M9 M11b M18 M21 C5 C6 C9 C12 G5 G6 G10 G11 G12 P2 P4 P5 P6 "
  .. "P10 P11 P12 P13", by_hand)
set("flag", "M13 M14 M15 M16 M17 M19 M20 G9 G13 R7 R8 P7 P8 P9 P14 P15 P16 N3 "
  .. "N5 N6 N7 N9", by_hand)

local function outcomes(t)
  local found = {}
  for _, row in t:rows() do found[row.id] = row.outcome end
  return found
end

describe("the audit of the sample", function()
  local t = assert(audit.folder(SAMPLE))
  local rows = {}
  for _, row in t:rows() do rows[row.id] = row end

  it("has the outcomes found by hand, id by id", function()
    assert.same(by_hand, outcomes(t))
  end)

  --- Figures of the checks made by hand.
  local arithmetic = { M1 = "2200.9 + 2062.77 = 4263.67", M4 = "154.7324%",
    M5 = "87.1007%", M6 = "226.893%", M7 = "−283.9万元", M11 = "−2333.61",
    M13 = "64.6277%", M14 = "22.5624%", M15 = "45.1248%", M17 = "54.7324%",
    M18 = "520…540", M19 = "372.9446…379.245元/人次", C1 = "5 + 11 = 16",
    C10 = "华盛社区居家养老服务站", G1 = "96 + 24 = 120",
    G6 = "175 + 110 + 120 + 76 = 481", G9 = "3.6439", G13 = "4.2923",
    R6 = "100%", R7 = "6871.2781…7329.3633", P1 = "2030/2047 = 99.170%",
    P2 = "12/13 = 92.3077%", P3 = "615…784", P4 = "0.8575…0.9147",
    P9 = "207.8484", N7 = "298 / 365 = 81.6438%" }
  for id, text in pairs(arithmetic) do
    it("writes out the arithmetic of " .. id, function()
      assert.matches(text, rows[id].arithmetic, 1, true)
    end)
  end

  it("gives every rule its arithmetic and its place", function()
    for id, row in pairs(rows) do
      assert.is_string(row.arithmetic, id)
      assert.is_string(row.place, id)
      if row.kind ~= "judgement" then
        assert.is_string(row.expected, id)
        assert.is_string(row.found, id)
      end
    end
  end)

  for _, lang in ipairs { "en", "zh" } do
    it("is as reviewed, " .. lang, function()
      for _, format in ipairs { "md", "csv" } do
        local got = support.evalua { "audit", SAMPLE, "--lang", lang, "-O",
          format }
        assert.equal(1, got.code, got.err)
        support.golden(("audit-%s.%s"):format(lang, format), got.out)
      end
    end)
  end
end)

-- One figure changed ------------------------------------------------------------

local function copy_sample()
  local dir = support.tempdir()
  for name in lfs.dir(SAMPLE) do
    if name:find "%.csv$" then
      local file = assert(io.open(dir .. "/" .. name, "wb"))
      file:write(support.read(SAMPLE .. "/" .. name))
      file:close()
    end
  end
  return dir
end

local function put(path, bytes)
  local file = assert(io.open(path, "wb"))
  file:write(bytes)
  file:close()
end

local function plain(text) return (text:gsub("%p", "%%%0")) end

--- `text` with `old` replaced by `new` on the line that begins with `start`;
--- old nil: the line `new` is added instead.
local function changed(text, start, old, new)
  if old == nil then return text .. new .. "\n" end
  local n = 0
  local lines = {}
  for line in text:gmatch "[^\n]*\n" do
    if line:sub(1, #start) == start then
      local count
      line, count = line:gsub(plain(old), (new:gsub("%%", "%%%%")), 1)
      n = n + count
    end
    lines[#lines + 1] = line
  end
  assert(n >= 1, ("'%s' is on no line '%s…'"):format(old, start))
  return table.concat(lines)
end

local fact_columns = "%s,dfh,2022,results,r1_party,x,x,%s,%s,exact,x,9,stated"
local function fact(id, value, unit)
  return { "facts.csv", id, nil, fact_columns:format(id, value, unit or "个") }
end

--- Rule, outcome expected, then changes {file, start of line, old, new}.
local F, B = "facts.csv", "budget.csv"
local cases = {
  { "M1", "fails", { F, "F024", "2200.9,", "2200.91," } },
  { "M1", "fails", { B, "dfh,2022,Y,original,expense,basic", "2200.9",
    "2200.89" } },
  { "M2", "fails", { F, "F026", "6597.28,", "6597.29," } },
  { "M3", "fails", { F, "F029", "4263.67", "4263.66" } },
  { "M4", "holds", { B, "dfh,2022,Y,executed,expense,project", "4680.28",
    "2346.67" }, { F, "F026", "6597.28,", "4263.67," } },
  { "M4", "undecided", { F, "F026", "6597.28,", "4263.67," } },
  { "M5", "undecided", { F, "F027", "1917,", "2201," } },
  { "M5", "fails", { F, "F027", "1917,", "2201," },
    { B, "dfh,2022,Y,executed,expense,basic", "1917", "2201" } },
  { "M6", "holds", { B, "dfh,2022,Y,executed,expense,project", "4680.28",
    "2062.77" }, { F, "F028", "4680.28,", "2062.77," } },
  { "M7", "fails", { F, "F028", "4680.28,", "4680.27," } },
  { "M8", "holds", { F, "F028", "4680.28,", "2000," } },
  { "M9", "holds", { B, "unit,", "measure_unit", "measure_unit,tag" },
    { B, "dfh,", "万元", "万元," },
    { B, "", nil, "dfh,2022,Y,original,expense,basic,20,万元,reception,exact,"
    .. "\ndfh,2022,Y,executed,expense,basic,19.99,万元,reception,exact," } },
  { "M10", "holds", { F, "F026", "6597.28,", "4000," } },
  { "M11", "holds", { F, "F023", "4263.67,", "6597.28," },
    { B, "dfh,2022,Y,original,income", "4263.67", "6597.28" } },
  { "M11", "undecided", { F, "F026", "6597.28,", "4000," } },
  { "M11b", "holds", { B, "", nil,
    "dfh,2022,Y,original,carry_in,,2333.61,万元,exact," } },
  { "M11b", "undecided", { B, "", nil,
    "dfh,2022,Y,original,carry_in,,2333.60,万元,exact," } },
  { "M12", "fails", { F, "F030", "100,", "99," } },
  { "M13", "holds", { F, "F029", "4263.67,", "6597.28," } },
  { "M14", "holds", { B, "dfh,2022,Y,executed,expense,project", "4680.28",
    "2000" } },
  { "M15", "holds", { B, "dfh,2022,Y,executed,expense,project", "4680.28",
    "2000" } },
  { "M16", "holds", { B, "dfh,2022,Y,executed,expense,project", "4680.28",
    "2000" } },
  { "M17", "holds", { B, "dfh,2022,Y,executed,expense,project", "4680.28",
    "2000" } },
  { "M18", "holds", fact("investment_total", "530", "万元") },
  { "M18", "fails", fact("investment_total", "541", "万元") },
  { "M19", "fails", { F, "F069", ",220,", ",22000," } },
  { "M20", "holds", { F, "F02", "4,263.67", "4263.67" },
    { F, "F024", "2,200.9万", "2200.90万" },
    { F, "F025", "2,062.77", "2062.77" }, { F, "F026", "28 万", "28万" },
    { F, "F027", "1917万", "1917.00万" } },
  { "C1", "fails", { F, "F006", ",16,", ",17," } },
  { "C1", "fails", { "list_items.csv", "estates,6,", "在建", "" } },
  { "C2", "fails", { F, "F007", ",1,", ",2," } },
  { "C3", "fails", { F, "F012", ",10,", ",11," } },
  { "C4", "undecided", { F, "F002", ",3,", ",4," } },
  { "C5", "holds", { F, "F003", ",3,", ",2," } },
  { "C6", "holds", { "lists.csv", "estates_103", "none", "full" },
    { "lists.csv", "estates_60", "none", "full" },
    { F, "F004", ",3,", ",0," }, { F, "F005", ",3,", ",0," } },
  { "C7", "fails", { F, "F021", ",3,", ",4," } },
  { "C8", "fails", { "estates.csv", "E02", ",荣盛花语,", ",," } },
  { "C9", "holds", { "lists.csv", "systems", ",6,", ",3," } },
  { "C10", "holds", { "list_items.csv", "upgrades,4", "华盛社区居家",
    "尖山湖居家" } },
  { "C11", "fails", { "list_items.csv", "floors_office,5", "十楼", "六楼" } },
  { "C12", "fails", fact("sampling_points_total", "13") },
  { "C14", "fails", { F, "F03", "r1_party", "r6_other" } },
  { "C15", "fails", { "facts_counted.csv", "C24", ",15,", ",16," } },
  { "G1", "fails", { F, "F017", ",24,", ",25," } },
  { "G2", "fails", { F, "F020", ",76,", ",75," } },
  { "G3", "fails", { F, "F093", ",76,", ",67," } },
  { "G4", "fails", { F, "F022", ",110,", ",111," } },
  { "G5", "holds", { F, "F011", ",200,", ",175," } },
  { "G5", "fails", { F, "F011", ",200,", ",170," } },
  { "G6", "holds", fact("grid_people_total", "481", "名") },
  { "G7", "fails", { F, "F014", ",33,", ",133," } },
  { "G8", "fails", { F, "F013", ",6,", ",7," } },
  { "G9", "fails", { F, "F015", ",132,", ",1320," } },
  { "G10", "holds", fact("members_total", "703", "名") },
  { "G10", "fails", fact("members_total", "704", "名") },
  { "G11", "fails", fact("lessons_total", "15", "次") },
  { "G12", "fails", { F, "F068", ",174,", ",419," } },
  { "G13", "fails", { F, "F046", ",279,", ",60," } },
  { "R1", "fails", { F, "F099", "21.83,", "21.84," } },
  { "R2", "fails", { F, "F101", ",3,", ",4," } },
  { "R3", "fails", { F, "F102", "approx_above", "exact" } },
  { "R3", "fails", { F, "F102", ",15,", ",16," } },
  { "R4", "undecided", { F, "F107", ",6000,", ",6100," } },
  { "R5", "fails", { F, "F108", ",96,", ",69," } },
  { "R6", "undecided", { F, "F103", ",40,", ",41," } },
  { "R6", "fails", { F, "F103", ",40,", ",60," } },
  { "R7", "fails", { F, "F099", "21.83,", "2183," } },
  { "R8", "holds", { F, "F009", ",180,", ",5900," } },
  { "P1", "fails", { F, "F095", ",2047,", ",64," } },
  { "P2", "fails", fact("aged_60_total", "12", "人") },
  { "P2", "holds", fact("aged_60_total", "13", "人") },
  { "P3", "holds", { F, "F074", ",260,", ",800," } },
  { "P3", "undecided", { F, "F074", ",260,", ",700," } },
  { "P4", "fails", { F, "F076", "13.72,", "137.2," } },
  { "P5", "holds", fact("estates_covered", "7") },
  { "P6", "holds", fact("resettled", "65", "户"), fact("displaced", "65",
    "户") },
  { "P7", "holds", { F, "F085", ",0,", ",1," } },
  { "P8", "holds", { F, "F053", "12055.21,", "12000," } },
  { "P9", "fails", { F, "F053", "12055.21,", "120.55," } },
  { "P10", "holds", fact("disputes_total", "199", "起") },
  { "P11", "holds", fact("self_score", "92", "分") },
  { "P11", "fails", fact("self_score", "89.5", "分") },
  { "P12", "fails", { F, "F085", ",0,", ",2," } },
  { "P14", "holds", { "claims.csv", "K22", "benefit/economic",
    "satisfaction" } },
  { "P15", "holds", { "indicators.csv", "I39", ",info,,", ",le,230," } },
  { "P16", "holds", { "mentions.csv", "A07", "unpunctuated", "name" } },
  { "N1", "holds", { "mentions.csv", "A0", "通号岭绣苑", "通号领绣苑" } },
  { "N2", "holds", { "mentions.csv", "A20", "侨", "桥" } },
  { "N3", "fails", { "estates.csv", "E04", ",金地,", ",," } },
  { "N4", "fails", { "estates.csv", "E10", "under_construction",
    "cancelled" } },
  { "N5", "holds", { "mentions.csv", "A", "project,,name", "text,,name" } },
  { "N6", "holds", { "units.csv", "dfh,", "dfh,,,", "dfh,x,y," } },
  { "N7", "holds", { "sources.csv", "dfh", "2023-10-25", "2023-02-25" } },
  { "N8", "holds", { "mentions.csv", "A33", "residue", "name" } },
  { "N9", "holds", { "mentions.csv", "A1", "unclear", "name" } },
}

--- Lines of rules.csv: the header, what is defined, and one rule.
local function rules_for(text, id)
  local lines = {}
  for line in text:gmatch "[^\n]*\n" do
    local first, kind = line:match "^([^,]*),([^,]*),"
    if first == "id" or kind == "define" or kind == "setting" or first == id then
      lines[#lines + 1] = line
    end
  end
  return table.concat(lines)
end

describe("a change of one figure", function()
  local dir, rules
  local original = {}

  setup(function()
    dir = copy_sample()
    rules = support.read(SAMPLE .. "/rules.csv")
  end)

  for i, case in ipairs(cases) do
    local id, expected = case[1], case[2]
    it(("makes %s %s (%d)"):format(id, expected, i), function()
      local touched = {}
      for k = 3, #case do
        local file, start, old, new = table.unpack(case[k], 1, 4)
        local path = dir .. "/" .. file
        original[file] = original[file] or support.read(path)
        touched[file] = changed(touched[file] or original[file], start, old,
          new)
        put(path, touched[file])
      end
      put(dir .. "/rules.csv", rules_for(rules, id))
      local t, message = audit.folder(dir)
      for file in pairs(touched) do put(dir .. "/" .. file, original[file]) end
      assert.is_truthy(t, message)
      assert.equal(id, t[1].id)
      assert.equal(expected, t[1].outcome,
        ("%s: %s"):format(t[1].arithmetic, t[1].reason))
      if by_hand[id] == expected then return end
      assert.are_not.equal(by_hand[id], t[1].outcome)
    end)
  end

  it("is tried for every rule that is worked out", function()
    local tried = { C13 = true } -- below
    for _, case in ipairs(cases) do tried[case[1]] = true end
    for id in pairs(by_hand) do
      if id ~= "M21" and id ~= "P13" then assert.is_true(tried[id], id) end
    end
  end)

  it("reaches numbering when each level has numbers of its own", function()
    local text = support.read(SAMPLE .. "/headings.csv")
    text = text:gsub("(H%d+,%d+,[%d.]+,3,)[^,]*", function(head)
      return head .. tostring(head:match "(%d+),3,$") .. "、"
    end)
    text = text:gsub("(H%d+,%d+,[%d.]+,4,)[^,]*", function(head)
      return head .. "（" .. head:match "(%d+),4,$" .. "）"
    end)
    put(dir .. "/headings.csv", text)
    put(dir .. "/rules.csv", rules_for(rules, "C13"))
    local t = assert(audit.folder(dir))
    assert.equal("holds", t[1].outcome, t[1].arithmetic)
  end)
end)

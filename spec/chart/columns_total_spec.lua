--- The sums on the right of a columns chart.
local ev = require "evalua"
local support = require "support"

local function table_of(text)
  return assert(ev.read_csv(support.write("data.csv", text)))
end

local function draw(kind, t, opts)
  opts.lang = opts.lang or "en"
  return assert(assert(ev.chart[kind](t, opts)):display_list())
end

describe("ev.chart.columns: the sums", function()
  local HEAD = "p,b,a,f\n"

  local function total_texts(csv, opts)
    local found = {}
    local all = { period = "p", base = "b", actual = "a" }
    for name, value in pairs(opts or {}) do all[name] = value end
    for _, item in ipairs(draw("columns", table_of(csv), all).items) do
      local tag = item.kind == "text" and item.tag:match "^total%.(%w+)$"
      if tag then found[tag] = item.text end
    end
    return found
  end

  it("stand on the right, recomputed from the sums", function()
    local found = total_texts(HEAD .. "2024-01,100,110,\n2024-02,300,250,\n")
    assert.same({ base = "PL 400", actual = "AC 360", variance = "−40",
      percent = "−10.0%", header = "Total" }, found)
  end)

  it("are those of the periods with both sides, which they name", function()
    local found = total_texts(HEAD .. "2024-01,100,110,\n2024-02,300,250,\n"
      .. "2024-03,500,,\n")
    assert.equal("PL 400", found.base)
    assert.equal("Jan–Feb", found.part)
  end)

  it("say that they hold a forecast", function()
    local found = total_texts(HEAD .. "2024-01,100,110,\n2024-02,300,,250\n",
      { forecast = "f" })
    assert.equal("AC+FC 360", found.actual)
  end)

  it("are not drawn with a gap between, of one period, or without a plan",
    function()
      assert.same({}, total_texts(HEAD .. "2024-01,100,110,\n2024-02,300,,\n"
        .. "2024-03,500,9,\n"))
      assert.same({}, total_texts(HEAD .. "2024-01,100,110,\n"))
      local found = {}
      for _, item in ipairs(draw("columns", table_of(HEAD
        .. "2024-01,1,2,\n2024-02,3,4,\n"), { period = "p",
        actual = "a" }).items) do
        found[#found + 1] = item.tag:match "^total%."
      end
      assert.same({}, found)
    end)
end)

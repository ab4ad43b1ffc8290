--- `evalua score SOURCE --rubric NAME|FILE`: points by a rubric, for a unit's
--- folder, a database, or a table of indicators.

local input = require "evalua.cli.input"
local options = require "evalua.cli.options"
local origin = require "evalua.origin"
local output = require "evalua.cli.output"
local pages = require "evalua.performance.page"
local report = require "evalua.report"
local rubrics = require "evalua.rubric"
local score_page = require "evalua.performance.score_page"
local scores = require "evalua.score"
local source = require "evalua.source"
local unit_year = require "evalua.performance.year"

local own = {
  { name = "funds", value = "VERSION=AMOUNT,...", list = true,
    help = "for a table: original=100万元,adjusted=110万元,executed=104.5万元" },
  { name = "name", value = "TEXT",
    help = "whose indicators these are, for the form of a table" },
  { name = "list", help = "the rubrics there are" },
}

--- --db has no place here: the source is the argument.
local of_unit = {}
for _, option in ipairs(pages.params) do
  if option.name ~= "db" then of_unit[#of_unit + 1] = option end
end

--- Options of input that say something about a table only.
local reading = {}
for _, option in ipairs(input.options) do
  if option.name ~= "where" then reading[#reading + 1] = option end
end

local function list_rubrics(ctx)
  for _, name in ipairs(rubrics.names()) do
    local rubric, message = rubrics.load(name)
    if rubric == nil then ctx.fail(message) end
    ctx.out(("%-14s %s\n"):format(name, ctx.lang == "en" and rubric.name_en
      or rubric.name_zh))
  end
end

--- A folder or a database of evalua holds a unit's year; --table says that a
--- database is meant as a table.
local function year_options(ctx)
  local path, o = ctx.args[1], ctx.options
  local p = { unit = o.unit, year = o.year, approx_pct = o.approx_pct }
  p.folder = unit_year.folder_of(path)
  if p.folder then
    if p.folder ~= path then
      ctx.note(("'%s' is part of a unit's folder: the folder is read")
        :format(path))
    end
  elseif source.kind(path) == "database" and o.table == nil then p.db = path
  else return nil end
  return p
end

local function page_of_table(ctx, name)
  local title = ctx.options.name or name
  return pages.new({ lang = ctx.lang }, "Score", { unit = { name_zh = title },
    year = ctx.options.year or "–", budget = {}, claims = {} })
end

local function check(ctx)
  if ctx.options.rubric == nil then
    ctx.fail("score needs --rubric NAME|FILE; --list names the shipped ones")
  end
  if #ctx.args == 0 then
    ctx.fail("score what? name a unit's folder, a database, or a table of "
      .. "indicators")
  end
end

--- The page, what is to be scored (a year or a table), and a table's name
--- and the lines of its rows.
local function open(ctx)
  local p = year_options(ctx)
  if p then
    if #ctx.args > 1 then
      ctx.fail(("one source at a time, not also '%s'"):format(ctx.args[2]))
    end
    if ctx.options.funds then
      ctx.fail("--funds is for a table: a unit's year has its own amounts")
    end
    p.lang = ctx.lang
    local year = pages.load(p)
    return pages.new(p, "Score", year), year
  end
  local t, info = input.open(ctx)
  local line = #ctx.args == 1
    and origin.lines(ctx.args[1], t, info, input.reading(ctx)) or nil
  return page_of_table(ctx, info.name or "-"), t, info.name or "-", line
end

local function run(ctx)
  if ctx.options.list then return list_rubrics(ctx) end
  check(ctx)
  output.file_format(ctx)
  local page, from, name, line = open(ctx)
  local o = ctx.options
  local result, message = scores.of(from, { rubric = o.rubric,
    answers = o.answers, funds = o.funds, name = name, line = line,
    approx_pct = pages.approx(o.approx_pct) })
  if result == nil then ctx.fail(message) end
  score_page.findings(page, result)
  score_page.form(page, result, { kind = o.form, goal = o.goal,
    year = name == nil and page.year or nil, achieved = o.achieved })
  score_page.details(page, result, o.if_adjusted)
  local content = page:report(score_page.data(page, result, o.if_adjusted))
  output.write(ctx, report.of(content))
end

return { name = "score",
  usage = "score SOURCE --rubric NAME|FILE [--answers FILE] [options]",
  summary = "Points by a rubric: what each line gets, what cannot be scored, "
    .. "the total and the grade.",
  options = options.join(score_page.params, own, of_unit, reading,
    output.options), run = run }

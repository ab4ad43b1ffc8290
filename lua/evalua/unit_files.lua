--- The files of a unit's folder and the tables they go into, as data. What
--- the columns mean is told in data/README.md.
---
--- A field: `name` in the file and in a table that is read; `column` in the
--- database; `kind` text, int, fen (an amount whose unit stands in the column
--- `other`), number (as written; `other` is the database's column of scales)
--- or milli; `required` in the file; `refers` to the id of a table, `list`:
--- several, between "|"; `read`: another name for it when it is read.

local function field(kind)
  return function(name, more)
    local f = more or {}
    f.name, f.kind, f.column = name, kind, f.column or name
    return f
  end
end

local text, int, number = field "text", field "int", field "number"
local milli, fen = field "milli", field "fen"

local function id() return text("id", { required = true }) end

local function unit()
  return text("unit", { column = "unit_id", required = true, refers = "unit" })
end

local function need(name) return text(name, { required = true }) end

local function fact(name) return text(name, { refers = "fact" }) end

local function project() return text("project_id", { refers = "project" }) end

local function measure(more)
  more.column = "unit_zh"
  return text("measure_unit", more)
end

--- Fields of each table, in the order in which they are read.
local tables = {
  unit = { id(), text("parent_id", { refers = "unit" }),
    text("parent2_id", { refers = "unit" }), need "kind", need "name_zh",
    text "name_en", text "alias", text "ext_code" },
  code = { need "scheme", need "code", need "name_zh", text "name_en",
    text "parent", text "cofog", text "origin" },
  project = { id(), unit(), need "kind", need "name_zh", text "name_en",
    text "alias", need "status", int "owners_committee", text "note" },
  fact = { id(), unit(), need "period", need "section", need "grp",
    need "name_zh", text "name_en",
    number("value", { column = "num", other = "scale", required = true }),
    measure { required = true }, need "qualifier", text "phrase", int "line",
    text "basis" },
  budget_line = { unit(), int("year", { required = true }), text "period",
    need "version", need "flow", text "nature", text "func", text "econ",
    project(), text "tag",
    fen("amount", { column = "amount_fen", other = "measure_unit",
      required = true }),
    measure { read = "published_unit" }, text "qualifier", fact "fact_id" },
  rubric = { need "rubric_id", int("seq", { required = true }), need "path",
    need "name_zh", milli("weight", { column = "weight_milli",
      required = true }), need "rule", text "formula", text "params" },
  indicator = { id(), unit(), int("year", { required = true }), need "field",
    need "level1", need "level2", need "name_zh", text "name_en",
    need "direction",
    number("target", { column = "target_num", other = "target_scale" }),
    measure {}, text "target_basis", fact "target_fact_id", fact "fact_id",
    project(), text "rubric_id", int "rubric_seq",
    milli("weight", { column = "weight_milli" }), int "qual_pct",
    text "reason_zh" },
  plan_item = { id(), unit(), int("year", { required = true }),
    int("direction_no", { required = true }), need "direction_zh",
    text "direction_en", int "theme_no", need "theme_zh", text "theme_en",
    need "text_zh", text "text_en", project(),
    text("indicator_id", { refers = "indicator" }), text "status",
    int "progress_pct", text "phrase", int "line" },
  fact_group = { need "section", need "grp", need "name_zh",
    text "name_en" },
  heading = { id(), int("line", { required = true }), need "path",
    int("level", { required = true }), text "number", text "title_zh",
    text "title_en", text "section", text "grp" },
  mention = { id(), int("line", { required = true }), need "as_written",
    text "entity_kind", text "entity_id", text "role" },
  claim = { id(), int("line", { required = true }), need "phrase",
    need "subject", text "subject_zh", text "subject_en", need "direction",
    text("fact_ids", { refers = "fact", list = true }) },
  name_list = { id(), int("line", { required = true }), need "name_zh",
    text "name_en", need "form", text "noun", fact "stated_fact_id",
    int "stated_value", fact "counted_fact_id" },
  list_item = { text("list_id", { required = true, refers = "name_list" }),
    int("seq", { required = true }), int "line", need "as_written",
    text "mark", text "entity_kind", text "entity_id" },
}

--- Files in the order in which they are loaded; sources.csv comes before.
local files = {
  { file = "units.csv", table = "unit" },
  { file = "offices.csv", table = "unit" },
  { file = "codes.csv", table = "code" },
  { file = "estates.csv", table = "project" },
  { file = "projects.csv", table = "project" },
  { file = "groups.csv", table = "fact_group" },
  { file = "facts.csv", table = "fact" },
  { file = "facts_counted.csv", table = "fact" },
  { file = "budget.csv", table = "budget_line" },
  { file = "rubric.csv", table = "rubric" },
  { file = "indicators.csv", table = "indicator" },
  { file = "plan.csv", table = "plan_item" },
  { file = "headings.csv", table = "heading" },
  { file = "mentions.csv", table = "mention" },
  { file = "claims.csv", table = "claim" },
  { file = "lists.csv", table = "name_list" },
  { file = "list_items.csv", table = "list_item" },
}

--- The document that a row is from, where it is not the folder's first.
local source_field = text("source_id", { refers = "source" })

--- Where each row is from: read behind a table's own fields.
local origin = { source_field, text "file_id", int "file_line" }

local M = { files = files, source_field = source_field }

--- Fields for loading a file into a table.
---@param name string
---@return table[]
function M.fields(name)
  return tables[name]
end

--- Fields for reading a table, or nil when it is none of the schema's. An
--- amount of money is read in 元, whatever it was published in. A number has
--- the decimals it was written with beside it, since a column has one scale.
---@param name string
---@return table[]?
function M.reading(name)
  local own = tables[name:lower()]
  if own == nil then return nil end
  local fields = {}
  for _, f in ipairs(own) do
    fields[#fields + 1] = { name = f.read or f.name, column = f.column,
      other = f.other, kind = f.kind }
    if f.kind == "fen" then
      fields[#fields + 1] = { name = f.other, column = "元", kind = "fixed" }
    elseif f.kind == "number" then
      fields[#fields + 1] = { name = f.other, column = f.other, kind = "int" }
    end
  end
  return table.move(origin, 1, #origin, #fields + 1, fields)
end

return M

--- Reading a command's SOURCE, with the options that say how.

local source = require "evalua.source"

local M = {}

--- Options of every command that reads a source.
M.options = {
  { name = "where", value = "EXPR",
    help = "only the rows for which this holds, e.g. 'year == 2022'" },
  { name = "table", value = "NAME", help = "the table of a database" },
  { name = "sheet", value = "NAME",
    help = "the sheet of a workbook (the first one when not given)" },
  { name = "delimiter", value = "C", help = "what separates the cells" },
  { name = "encoding", value = "NAME",
    help = "of the file, e.g. GB18030 (detected when not given)" },
  { name = "no-header", help = "the first line is data" },
  { name = "header-row", value = "N", integer = true,
    help = "the line of the header (detected when not given)" },
  { name = "columns", value = "A,B", list = true,
    help = "names of the columns, in the file's order" },
  { name = "decimal", value = "C", help = "the decimal mark, . or ," },
  { name = "thousands", value = "C", help = "the thousands separator" },
  { name = "skip", value = "N", integer = true,
    help = "leave out the first N lines" },
  { name = "na", value = "TEXT[,TEXT]", list = true,
    help = "texts that mean: missing; TEXT=0 means: zero" },
  { name = "skip-bad",
    help = "leave out rows with another number of cells, and say so" },
  { name = "types", value = "COL=TYPE,...", list = true,
    help = "types that are not detected: text int decimal(2) real bool" },
  { name = "totals", value = "keep|drop", choices = { "keep", "drop" },
    help = "rows that are sums of other rows: keep (default) or leave out" },
  { name = "unit-column", value = "COL",
    help = "multiply amounts by the unit in this column: x1000, mln, 万元" },
  { name = "source-column", value = "NAME",
    help = "add a column with the name of each row's file" },
  { name = "resource", value = "NAME",
    help = "the resource of a data package (the first one when not given)" },
  { name = "map", value = "FILE.json",
    help = "read as this mapping file says; see --save-map" },
  { name = "save-map", value = "FILE.json",
    help = "write how the source was read, and its columns' roles, for --map" },
  { name = "explain", help = "say what was detected in the file, and why" },
}
for _, option in ipairs(M.options) do option.group = "source" end

--- The one of that name, for a command that takes few of them.
---@param name string
---@return table option
function M.option(name)
  for _, option in ipairs(M.options) do
    if option.name == name then return option end
  end
end

--- The columns of a source, for who named too few; nil where it has to be
--- read as a whole, or cannot be.
---@param path string
---@param values table options of reading
---@return string[]?
function M.columns_of(path, values)
  local ok, reading = pcall(M.reading, { options = values, fail = error })
  if not ok then return nil end
  local from = require("evalua.query_sources").new(path, reading)
  local outline = from and from:outline()
  return outline and outline:names()
end

--- A mistyped condition would else look like a table without rows.
local function say_if_none(ctx, t)
  if ctx.options.where == nil or t:nrows() > 0 then return end
  ctx.note(("no row fits --where '%s'"):format(ctx.options.where))
end

--- What `of:where` gives for --where. Where it takes a column of texts for
--- numbers, the cell that made it texts is said, too; where it takes one for
--- true or false, no number was missed.
---@param of evalua.table|evalua.query
---@param info_of fun(): table? what reading found
local function where(ctx, of, info_of)
  local ok, left, problem = pcall(of.where, of, ctx.options.where)
  if ok and left ~= nil then return left end
  problem = ok and problem or left
  local name = type(problem) == "string"
    and not problem:find "true or false$"
    and problem:match "column '(.-)' is text"
  local info = name and info_of()
  local cell = info and (info.problems or {})[name]
  if cell then ctx.note(cell) end
  if ok then ctx.fail(problem) end
  error(problem, 0)
end

--- The rows of `t` for which --where holds.
---@param ctx table
---@param t evalua.table
---@param info table? what reading found
---@return evalua.table
function M.filtered(ctx, t, info)
  if ctx.options.where == nil then return t end
  local left = where(ctx, t, function() return info end)
  say_if_none(ctx, left)
  return left
end

local function types_of(list, fail)
  if list == nil then return nil end
  local types = {}
  for _, item in ipairs(list) do
    local name, kind = item:match("^(.*)=([%w%(%)]+)$")
    if name == nil then
      fail(("--types: '%s' is not COLUMN=TYPE"):format(item))
    end
    types[name] = kind
  end
  return types
end

--- Options for source.open from those of the command line.
function M.reading(ctx)
  local o = ctx.options
  return { table = o.table, sheet = o.sheet, delimiter = o.delimiter,
    encoding = o.encoding,
    no_header = o.no_header, columns = o.columns, decimal = o.decimal,
    thousands = o.thousands, skip = o.skip, na = o.na,
    header_row = o.header_row, skip_bad = o.skip_bad, totals = o.totals,
    unit_column = o.unit_column, source_column = o.source_column,
    resource = o.resource, map = o.map,
    types = types_of(o.types, ctx.fail) }
end

--- Refuse options of reading that the source has no use for.
---@param ctx table
---@param path string
function M.check_kind(ctx, path)
  if ctx.options.sheet and source.kind(path) ~= "other" then
    ctx.fail(("--sheet is for a workbook (.xlsx), '%s' is none"):format(path))
  elseif ctx.options.resource and not path:find "datapackage%.json$" then
    ctx.fail(("--resource is for a datapackage.json, '%s' is none")
      :format(path))
  end
end

local function paths_of(ctx)
  if #ctx.args == 0 then
    ctx.fail("which file? name a source, or - for standard input")
  end
  for _, path in ipairs(ctx.args) do
    if ctx.options.table and source.kind(path) ~= "database" then
      ctx.fail(("--table is for a database (.db .sqlite .sqlite3), '%s' is none")
        :format(path))
    end
    M.check_kind(ctx, path)
  end
  return ctx.args
end

--- Say what reading found.
local function tell(ctx, info)
  if ctx.args[1] ~= "-" then info.name = table.concat(ctx.args, ", ") end
  for _, line in ipairs(info.notes or {}) do ctx.note(line) end
  if not ctx.options.explain then return end
  for _, line in ipairs(info.explain or {}) do ctx.note(line) end
end

--- A source without any row is of no use.
local function need_rows(ctx, nrows)
  if nrows ~= 0 then return end
  ctx.fail(("'%s' has a header but no rows"):format(ctx.args[1]))
end

local function need_columns(t, names)
  for _, name in ipairs(names or {}) do t:column(name) end
end

--- All SOURCEs as one table, and what reading found.
local function read_all(ctx)
  local opts = M.reading(ctx)
  local t, info = source.open(paths_of(ctx), opts)
  if t == nil then ctx.fail(info) end
  if ctx.options.save_map ~= nil then
    local mapping = require "evalua.mapping"
    if opts.map ~= nil then opts = assert(mapping.apply(opts)) end
    local ok, problem = mapping.save(ctx.options.save_map, t, info, opts)
    if not ok then ctx.fail(problem) end
  end
  return t, info
end

--- The SOURCEs of the command, read, and filtered by --where.
---@param ctx table
---@param needed string[]? columns that must be there
---@return evalua.table t
---@return table info
function M.open(ctx, needed)
  local t, info = read_all(ctx)
  tell(ctx, info)
  need_columns(t, needed)
  need_rows(ctx, t:nrows())
  return M.filtered(ctx, t, info), info
end

--- Is everything to be read and looked over before anything is computed?
local function is_whole(ctx)
  local o = ctx.options
  local explain = o.explain -- a database tells without reading everything
    and require("evalua.source").kind(ctx.args[1] or "") ~= "database"
  return #ctx.args > 1 or explain or o.map or o.save_map or o.unit_column
    or o.source_column or o.totals == "drop"
end

--- The table of the sources, or of the one that is open already, as a source.
local function whole(ctx, needed, from)
  local t, info
  if from == nil then t, info = read_all(ctx) else t, info = from:load() end
  if t == nil then ctx.fail(info) end
  tell(ctx, info)
  need_columns(t, needed)
  need_rows(ctx, t:nrows())
  return require("evalua.query_sources").of_table(t, info), info
end

--- The SOURCEs of the command as a query, filtered by --where.
---@param ctx table
---@param needed string[]? columns that must be there
---@return evalua.query query
---@return fun(made: evalua.query): evalua.table, table collect gives the table
---  of a query made of it, and what reading found
function M.scan(ctx, needed)
  local query = require "evalua.query"
  local paths = paths_of(ctx)
  local from, info, problem
  if is_whole(ctx) then
    from, info = whole(ctx, needed)
  else
    from, problem = require("evalua.query_sources").new(paths[1],
      M.reading(ctx))
    if from == nil then ctx.fail(problem) end
    if from:outline() == nil or from.table then
      from, info = whole(ctx, needed, from)
    else need_columns(from:outline(), needed) end
  end
  local made = query.of(from)
  if ctx.options.where ~= nil then
    made = where(ctx, made, function() return select(2, from:load()) end)
  end
  return made, function(asked)
    local t, found = asked:collect()
    if t == nil then ctx.fail(found) end
    if info == nil then
      tell(ctx, found)
      need_rows(ctx, found.rows)
    end
    say_if_none(ctx, t)
    return t, info or found
  end
end

--- The cell that keeps a column from being the numbers which one of `items`
--- ({fn=, tree=}) needs; nil where it is not that.
---@param query evalua.query
---@param items table[]?
---@return string?
function M.problem_of(query, items)
  if items == nil then return nil end
  local t, info = query.source:load()
  if t == nil then return info end
  return require("evalua.query_sources").problem_of(t, items,
    info.problems or {})
end

--- Like open, for who only sums `amounts` by `keys`: where the source can
--- tell these sums without handing out its rows, they stand for the rows.
---@param ctx table
---@param keys string[]
---@param amounts string[]
---@param perhaps string? a further key, if there is such a column
---@return evalua.table t
---@return table info
function M.summed(ctx, keys, amounts, perhaps)
  local needed = table.move(amounts, 1, #amounts, #keys + 1,
    table.move(keys, 1, #keys, 1, {}))
  local query, collect = M.scan(ctx, needed)
  local presum = require "evalua.cli.presum"
  if perhaps ~= nil and query.outline:has(perhaps) then
    keys = table.move(keys, 1, #keys, 2, { perhaps })
  end
  local summed = presum.of(query, keys, amounts)
  local t, info = nil, nil
  if summed ~= nil then t, info = summed:try() end
  if t == nil then return collect(query) end
  tell(ctx, info)
  need_rows(ctx, info.rows)
  say_if_none(ctx, t)
  return presum.with_others(t, query.outline), info
end

--- What a canned report gets: the table that was read, and the options.
--- --where has been applied already.
---@return table
function M.params(ctx, t, info)
  local params = { table = t, info = info, lang = ctx.lang }
  return setmetatable(params, { __index = function(_, name)
    if name ~= "where" then return ctx.options[name] end
  end })
end

return M

--- The blocks that reports are made of, and walking over them.
---
--- A block is plain data; a renderer that has no drawing for a kind leaves it
--- out. Kinds:
---   title, heading, paragraph, note: text=
---   table: columns= {title=, align=, shrinks=, rank=}, rows= {cells=, strong=,
---     rule=, paint=}
---   figures (key figures): items= {label=, value=, note=}
---   findings: items= {level= "bad"|"warn"|"info", text=}
---   form (a form with merged cells): rows= lists of cells {text=, span=
---     (columns), down= (rows), head=, align=, strong=}; a cell covered from
---     above is left out, as in HTML; plain= the same as blocks of the other
---     kinds, for formats without merged cells
---   figure: picture= a function that gives its bytes in a format ("png",
---     "svg"): `function(format) return chart:render(format) end`; svg=

local M = {}

--- The rows of a long table: row i is `make(i)`, made when it is asked for and
--- not kept. They are gone over with ipairs and counted with #.
---@param n integer
---@param make fun(i: integer): table
---@return table[]
function M.rows(n, make)
  return setmetatable({}, {
    __len = function() return n end,
    __index = function(_, i)
      if math.type(i) == "integer" and i >= 1 and i <= n then return make(i) end
    end,
  })
end

--- The blocks, forms replaced by their plain ones.
---@param blocks table[]
---@return table[]
function M.plain(blocks)
  local out = {}
  for _, block in ipairs(blocks) do
    if block.kind == "form" then
      table.move(block.plain, 1, #block.plain, #out + 1, out)
    else
      out[#out + 1] = block
    end
  end
  return out
end

--- Cells of a form on its grid: rows of {cell=, from= column, to=, first= row
--- the cell begins on, last=}, for formats that place cells by number.
---@param form table
---@return table[] placed
---@return integer ncolumns
function M.place(form)
  local taken, placed, ncolumns = {}, {}, 0
  for r, cells in ipairs(form.rows) do
    local at = 1
    for _, cell in ipairs(cells) do
      while taken[r .. ":" .. at] do at = at + 1 end
      local span, down = cell.span or 1, cell.down or 1
      for row = r, r + down - 1 do
        for column = at, at + span - 1 do taken[row .. ":" .. column] = true end
      end
      placed[#placed + 1] = { cell = cell, from = at, to = at + span - 1,
        first = r, last = r + down - 1 }
      at = at + span
      ncolumns = math.max(ncolumns, at - 1)
    end
  end
  return placed, ncolumns
end

--- Lines of all blocks, an empty line between them, none between notes.
--- `renderers[kind](block, options)` gives the lines of one block; a kind
--- without renderer is left out.
---@param report evalua.report
---@param renderers table<string, fun(block: table, options: table): string[]>
---@param options table?
---@return string
function M.join(report, renderers, options)
  local lines, last = {}, nil
  for _, block in ipairs(M.plain(report.blocks)) do
    local render = renderers[block.kind]
    if render ~= nil then
      local together = last == "note" and block.kind == "note"
      if last ~= nil and not together then lines[#lines + 1] = "" end
      local part = render(block, options)
      table.move(part, 1, #part, #lines + 1, lines)
      last = block.kind
    end
  end
  return table.concat(lines, "\n") .. "\n"
end

return M

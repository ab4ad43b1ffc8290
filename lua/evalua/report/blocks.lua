--- Walking over the blocks of a report.

local M = {}

--- Lines of all blocks, an empty line between them, none between notes.
--- `renderers[kind](block, options)` gives the lines of one block; a kind
--- without renderer is left out.
---@param report evalua.report
---@param renderers table<string, fun(block: table, options: table): string[]>
---@param options table?
---@return string
function M.join(report, renderers, options)
  local lines, last = {}, nil
  for _, block in ipairs(report.blocks) do
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

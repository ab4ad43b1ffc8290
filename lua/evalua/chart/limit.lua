--- What a layout cannot do with the size or the data it got: raised as a
--- table, which Chart:display_list turns into nil, message, code.

---@param message string
---@param code string? "limit" where not given
return function(message, code)
  error({ message = message, code = code or "limit" })
end

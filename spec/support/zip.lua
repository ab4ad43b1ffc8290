--- Zip archives for specs: made here, so that hostile ones can be made too.

local M = {}

local crc_table = {}
for i = 0, 255 do
  local c = i
  for _ = 1, 8 do c = c & 1 == 1 and 0xEDB88320 ~ (c >> 1) or c >> 1 end
  crc_table[i] = c
end

local function crc32(bytes)
  local c = 0xFFFFFFFF
  for i = 1, #bytes do
    c = crc_table[(c ~ bytes:byte(i)) & 0xFF] ~ (c >> 8)
  end
  return c ~ 0xFFFFFFFF
end

--- A deflate stream of `n` runs of 258 zero bytes, after one zero: a block of
--- fixed codes; 285 (length 258) is 11000101, distance 1 is 00000.
---@return string stream
---@return integer size of what it unpacks to
function M.deflate_zeros(n)
  local out, acc, used = {}, 0, 0
  local function put(text)
    for bit in text:gmatch "[01]" do
      acc = acc | (bit == "1" and 1 << used or 0)
      used = used + 1
      if used == 8 then
        out[#out + 1] = string.char(acc)
        acc, used = 0, 0
      end
    end
  end
  put "1 10 00110000"
  for _ = 1, n do put "11000101 00000" end
  put "0000000"
  if used > 0 then out[#out + 1] = string.char(acc) end
  return table.concat(out), 1 + 258 * n
end

--- An archive of `entries` = { {name, bytes, opts}, ... }; opts.method (8 for
--- a deflate stream), opts.size and opts.crc override what is declared.
---@return string
function M.archive(entries)
  local body, directory, at = {}, {}, 0
  for _, entry in ipairs(entries) do
    local name, bytes, opts = entry[1], entry[2], entry[3] or {}
    local head = string.pack("<I2I2I2I2I2I4I4I4I2I2", 20, opts.flags or 0,
      opts.method or 0, 0, 33, opts.crc or crc32(bytes), #bytes,
      opts.size or #bytes, #name, 0)
    directory[#directory + 1] = "PK\1\2" .. string.pack("<I2", 20) .. head
      .. string.pack("<I2I2I2I4I4", 0, 0, 0, 0, at) .. name
    body[#body + 1] = "PK\3\4" .. head .. name .. bytes
    at = at + #body[#body]
  end
  local list = table.concat(directory)
  return table.concat(body) .. list .. "PK\5\6" .. string.pack(
    "<I2I2I2I2I4I4I2", 0, 0, #entries, #entries, #list, at, 0)
end

return M

--- The tools that are compared: whether they are there, what they must have
--- beforehand, and how a work is said to them.

local M = {}

local DUCKDB = "@duckdb/node-api@1.5.6-r.1"

local function quote(text) return "'" .. text:gsub("'", [['\'']]) .. "'" end

M.quote = quote

local function runs(command) return os.execute(command .. " >/dev/null 2>&1") end

local function exists(path)
  local file = io.open(path, "rb")
  if file then file:close() end
  return file ~= nil
end

M.exists = exists

local function has(program) return runs("command -v " .. program) end

M.list = { "evalua", "duckdb", "sqlite", "r", "miller" }

M.names = { evalua = "evalua", duckdb = "DuckDB", sqlite = "sqlite3, own table",
  r = "R data.table", miller = "Miller" }

--- Tools that are so much slower that one run must do.
M.slow = { miller = true, r = true, sqlite = true }

--- Why a tool is left out, or nil. Installs DuckDB into its own folder.
M.missing = {
  evalua = function() return nil end,
  duckdb = function(path)
    if exists(path.node .. "/node_modules/@duckdb/node-api/package.json") then
      return nil
    end
    if not has "npm" then return "npm is not installed" end
    os.execute("mkdir -p " .. quote(path.node))
    local ok = runs(("cd %s && echo '{\"private\":true}' > package.json && "
      .. "timeout 300 npm install --no-audit --no-fund %s"):format(
      quote(path.node), DUCKDB))
    return not ok and "npm cannot reach " .. DUCKDB or nil
  end,
  sqlite = function() return not has "sqlite3" and "not installed" or nil end,
  r = function()
    return not runs("Rscript -e 'library(data.table)'")
      and "not installed" or nil
  end,
  miller = function() return not has "mlr" and "not installed" or nil end,
}

--- The file as a table of the tool's own, made when it is not there.
M.prepare = {
  sqlite = function(path)
    if exists(path.sqlite) then return true end
    local script = path.out .. ".sql"
    local file = assert(io.open(script, "w"))
    file:write(("create table budget(unit text, year int, month int, "
      .. "function text, economic int, kind text, budget real, adjusted real, "
      .. "actual real);\n.mode csv\n.import --skip 1 %s budget\n"
      .. "update budget set adjusted = null where adjusted = '';\n")
      :format(path.csv))
    file:close()
    local part = path.sqlite .. ".part"
    os.remove(part)
    return runs(("sqlite3 %s < %s"):format(quote(part), quote(script)))
      and os.rename(part, path.sqlite)
  end,
}

--- The file into a new database of the tool's own, which the works read
--- afterwards: the command, and the file that it makes.
M.import = {
  evalua = function(path)
    return { path.program, "import", path.csv, "--db", path.store, "--table",
      "budget" }, path.store
  end,
  duckdb = function(path)
    return M.command.duckdb(path, { path.duckdb,
      ("create table budget as from read_csv('%s')"):format(path.csv) }),
      path.duckdb
  end,
}

--- The words of a command. `word` is put around each (nil: as it is).
local function words(list, word)
  if word == nil then return list end
  local quoted = {}
  for i, text in ipairs(list) do quoted[i] = word(text) end
  return quoted
end

M.command = {
  evalua = function(path, args)
    return table.move(args, 1, #args, 2, { path.program })
  end,
  duckdb = function(path, work, word)
    local database = work[1] == "" and ":memory:" or work[1]
    return words({ "node", "spec/bench/duckdb.mjs", path.node, database,
      work[2] }, word)
  end,
  sqlite = function(path, sql)
    return { "sqlite3", "-csv", "-header", path.sqlite, sql }
  end,
  r = function(_, code)
    return { "Rscript", "-e", "suppressMessages(library(data.table)); " .. code
      .. "; options(digits = 17); fwrite(d)" }
  end,
  miller = function(path, verbs)
    return table.move({ path.csv }, 1, 1, #verbs + 4,
      table.move(verbs, 1, #verbs, 4, { "mlr", "--icsv", "--ocsv" }))
  end,
}

return M

--- What is timed. A work is added by an entry here: `name`; for each tool its
--- own wording; `lines` (what lines per second are counted in); `slow` tools
--- run once. Every tool must print the same rows: as many columns of keys as
--- `keys` says, then numbers. The paths are: csv, store, sqlite and duckdb
--- (databases of evalua and others that hold the file as the table budget), out
--- (a scratch path).

return function(path, rows)
  local years = "a=sum(budget),b=sum(adjusted),c=sum(actual)"
  local sums = "sum(budget) a, sum(adjusted) b, sum(actual) c"
  local read = ("read_csv('%s')"):format(path.csv)

  return {
    { name = "csv: three sums by function, one year", lines = rows, keys = 1,
      evalua = { "query", path.csv, "--where", "year == 2022", "--by",
        "function", "--agg", years, "-O", "csv" },
      duckdb = { "", ("select function, %s from %s where year = 2022 "
        .. "group by function"):format(sums, read) },
      sqlite = ("select function, %s from budget where year = 2022 "
        .. "group by function"):format(sums),
      r = ("d <- fread('%s', select = c('year', 'function', 'budget', "
        .. "'adjusted', 'actual'))[year == 2022, .(a = sum(budget), "
        .. "b = sum(adjusted, na.rm = TRUE), c = sum(actual)), "
        .. "by = 'function']"):format(path.csv),
      miller = { "filter", "$year == 2022", "then", "stats1", "-a", "sum", "-f",
        "budget,adjusted,actual", "-g", "function" } },

    { name = "csv: variance by function", lines = rows, keys = 1,
      evalua = { "variance", path.csv, "--by", "function", "--base", "budget",
        "--actual", "actual", "-O", "csv" },
      duckdb = { "", ("select function, sum(budget) a, sum(actual) b, "
        .. "sum(actual) - sum(budget) c from %s group by function")
        :format(read) },
      r = ("d <- fread('%s', select = c('function', 'budget', 'actual'))[, "
        .. ".(a = sum(budget), b = sum(actual), c = sum(actual) - "
        .. "sum(budget)), by = 'function']"):format(path.csv) },

    { name = "csv: means by unit, year and month", lines = rows, keys = 3,
      evalua = { "query", path.csv, "--by", "unit,year,month", "--agg",
        "n=count(),s=sum(actual),m=mean(actual)", "-O", "csv" },
      duckdb = { "", ("select unit, year, month, count(*) n, sum(actual) s, "
        .. "avg(actual) m from %s group by unit, year, month"):format(read) },
      r = ("d <- fread('%s', select = c('unit', 'year', 'month', 'actual'))"
        .. "[, .(n = .N, s = sum(actual), m = mean(actual)), "
        .. "by = .(unit, year, month)]"):format(path.csv) },

    { name = "own database: three sums by function, one year", lines = rows,
      keys = 1,
      evalua = { "query", path.store, "--table", "budget", "--where",
        "year == 2022", "--by", "function", "--agg", years, "-O", "csv" },
      duckdb = { path.duckdb, ("select function, %s from budget "
        .. "where year = 2022 group by function"):format(sums) } },

    { name = "own database: variance by function", lines = rows, keys = 1,
      evalua = { "variance", path.store, "--table", "budget", "--by",
        "function", "--base", "budget", "--actual", "actual", "-O", "csv" },
      duckdb = { path.duckdb, "select function, sum(budget) a, sum(actual) b, "
        .. "sum(actual) - sum(budget) c from budget group by function" } },
  }
end

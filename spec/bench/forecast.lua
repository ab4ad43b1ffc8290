-- make bench-forecast: sMAPE on the 1001 series of the M-competition of 1982,
-- by method, for the half that `auto` was chosen on (every other series,
-- beginning with the first of each frequency) and for the other half, which was
-- looked at beside it (the widths of its intervals were set on all); beside R's
-- forecast package on a part of them where Rscript and it are installed.
--
-- EVALUA_DATA names the folder that holds m1/ (../shared/data); R_EVERY (25)
-- is of how many series R gets one: its ARIMA takes seconds each.

local ev = require "evalua"

local DATA = (os.getenv "EVALUA_DATA" or "../shared/data") .. "/m1/"
local R_EVERY = math.tointeger(tonumber(os.getenv "R_EVERY" or "25"))
local KINDS = { { "yearly", 1 }, { "quarterly", 4 }, { "monthly", 12 } }

--- Name and numbers of each line; rows are ragged.
local function read(path)
  local file, list = io.open(path), {}
  if file == nil then return nil end
  file:read "l"
  for line in file:lines() do
    local name, rest = line:match "^([^,]*),(.*)$"
    local values = {}
    for text in rest:gmatch "[^,\r]+" do
      values[#values + 1] = tonumber(text)
    end
    list[#list + 1] = { name = name, values = values }
  end
  file:close()
  return list
end

local function load_series()
  local all = {}
  for k, kind in ipairs(KINDS) do
    local train = read(DATA .. "m1_" .. kind[1] .. "_train.csv")
    local test = read(DATA .. "m1_" .. kind[1] .. "_test.csv")
    if train == nil or test == nil then return nil end
    for i, series in ipairs(train) do
      assert(test[i].name == series.name, series.name)
      all[#all + 1] = { x = series.values, y = test[i].values, kind = k,
        period = kind[2], half = i % 2 == 1 and "chosen" or "other" }
    end
  end
  return all
end

--- Sums of errors in percent and their count, by column of the table.
local function new_score() return { sum = {}, n = {} } end

local function judge(score, column, y, mean)
  for i, value in ipairs(y) do
    local size = math.abs(value) + math.abs(mean[i])
    local e = size > 0 and 200 * math.abs(value - mean[i]) / size or 0
    score.sum[column] = (score.sum[column] or 0) + e
    score.n[column] = (score.n[column] or 0) + 1
  end
end

local function add(score, series, mean)
  judge(score, series.kind, series.y, mean)
  judge(score, "all", series.y, mean)
  judge(score, series.half, series.y, mean)
end

local COLUMNS = { 1, 2, 3, "all", "chosen", "other" }

local function show(name, score, seconds)
  local cells = {}
  for i, column in ipairs(COLUMNS) do
    local n = score.n[column]
    cells[i] = n and ("%10.2f"):format(score.sum[column] / n)
      or ("%10s"):format("-")
  end
  print(("%-20s"):format(name) .. table.concat(cells)
    .. (seconds and ("%9.1f s"):format(seconds) or ""))
end

local function head(text)
  print("\n" .. text)
  local titles = { "yearly", "quarterly", "monthly", "all", "chosen on",
    "other half" }
  for i, title in ipairs(titles) do titles[i] = ("%10s"):format(title) end
  print(("%-20s"):format("method") .. table.concat(titles))
end

--- Forecast with the last value where a method refuses a series.
local function forecast(series, method)
  local f = ev.stats.forecast(series.x, { h = #series.y, method = method,
    period = series.period, level = {}, backtest = false })
  if f ~= nil then return f.mean end
  return ev.stats.naive(series.x, { h = #series.y }).mean
end

local METHODS = { "naive", "snaive", "drift", "ses", "holt", "damped",
  "holt_winters", "holt_winters_mult", "theta", "dotm", "ces", "ets", "arima",
  "comb", "auto" }

local function run_ours(all, methods)
  for _, method in ipairs(methods) do
    local score, start = new_score(), os.clock()
    for _, series in ipairs(all) do
      add(score, series, forecast(series, method))
    end
    show(method, score, os.clock() - start)
  end
end

--- The part of all values within auto's intervals, by their level.
local function show_coverage(all)
  local levels, hits, count = { 80, 95 }, { 0, 0 }, 0
  for _, series in ipairs(all) do
    local f = assert(ev.stats.forecast(series.x, { h = #series.y,
      period = series.period, level = levels, backtest = false }))
    for i, value in ipairs(series.y) do
      count = count + 1
      for k, level in ipairs(levels) do
        local inside = f.lower[level][i] <= value and value <= f.upper[level][i]
        hits[k] = hits[k] + (inside and 1 or 0)
      end
    end
  end
  for k, level in ipairs(levels) do
    print(("values within auto's intervals of %d %%: %.1f %%"):format(level,
      100 * hits[k] / count))
  end
end

-- R ---------------------------------------------------------------------------

local SCRIPT = [==[
suppressMessages(library(forecast))
cat("forecast", as.character(packageVersion("forecast")), R.version.string, "\n")
con <- file(commandArgs(TRUE)[1], "r")
while (length(line <- readLines(con, 1)) > 0) {
  v <- as.numeric(strsplit(line, " ")[[1]])
  y <- ts(v[-(1:2)], frequency = v[1]); h <- v[2]
  f <- list(theta = thetaf(y, h)$mean, ets = forecast(ets(y), h, PI = FALSE)$mean,
    arima = forecast(auto.arima(y), h)$mean)
  f$mean <- (f$theta + f$ets + f$arima) / 3
  for (m in names(f)) cat(m, sprintf("%.12g", f[[m]]), "\n")
}
]==]

local R_METHODS = { "theta", "ets", "arima", "mean" }

local function write(path, text)
  local file = assert(io.open(path, "w"))
  file:write(text)
  file:close()
end

--- R's forecasts of a sample: the lines it prints, or nil where it is not
--- there.
local function ask_r(sample)
  local script, input = os.tmpname(), os.tmpname()
  local lines = {}
  for i, series in ipairs(sample) do
    local words = { series.period, #series.y }
    for k, value in ipairs(series.x) do words[2 + k] = ("%.12g"):format(value) end
    lines[i] = table.concat(words, " ")
  end
  write(script, SCRIPT)
  write(input, table.concat(lines, "\n") .. "\n")
  local pipe = io.popen(("Rscript %s %s 2>/dev/null"):format(script, input))
  local version, answers = pipe:read("l"), {}
  for line in pipe:lines() do
    local name, rest = line:match "^(%S+) (.*)$"
    local mean = {}
    for text in rest:gmatch "%S+" do mean[#mean + 1] = tonumber(text) end
    answers[#answers + 1] = { name = name, mean = mean }
  end
  pipe:close()
  os.remove(script)
  os.remove(input)
  if #answers < #R_METHODS * #sample then return nil end
  return answers, version
end

local function run_r(all)
  local sample = {}
  for i = 1, #all, R_EVERY do sample[#sample + 1] = all[i] end
  local answers, version = ask_r(sample)
  if answers == nil then
    print "\nRscript with the package forecast is not installed: no comparison"
    return
  end
  head(("every %d. series (%d), R: %s"):format(R_EVERY, #sample, version))
  local scores = {}
  for i, answer in ipairs(answers) do
    scores[answer.name] = scores[answer.name] or new_score()
    add(scores[answer.name], sample[(i - 1) // #R_METHODS + 1], answer.mean)
  end
  for _, name in ipairs(R_METHODS) do show("R " .. name, scores[name]) end
  run_ours(sample, { "theta", "ets", "arima", "comb", "auto" })
end

local all = load_series()
if all == nil then
  print("no " .. DATA .. " (set EVALUA_DATA): no table of M1")
else
  head(("sMAPE in percent over all horizons, M1, %d series; time on one "
    .. "processor"):format(#all))
  run_ours(all, METHODS)
  show_coverage(all)
  run_r(all)
end

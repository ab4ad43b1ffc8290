/* core.forecast: forecasts of one series. */
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>

#include "bind/bind.h"
#include "stats/arima.h"
#include "stats/backtest.h"
#include "stats/ets.h"
#include "stats/forecast.h"
#include "stats/gaps.h"

enum { MOST_AHEAD = 100000, MOST_PERIOD = 100000 };

static size_t check_count(lua_State *L, int arg, lua_Integer most) {
  lua_Integer value = luaL_checkinteger(L, arg);
  if (value < 1 || value > most)
    luaL_error(L, "a number from 1 to %I was expected, not %I", most, value);
  return (size_t)value;
}

/* A series as doubles, in scratch that Lua keeps: one value for each step of
   its calendar, NAN where there is none, gaps filled in `x` and not in
   `raw`. */
typedef struct Series {
  double *x, *raw;
  size_t n; /* from the first to the last value */
  Gaps gaps;
  const Column *times; /* NULL: places are counted */
  int64_t last, step;  /* time of the last value; of one value to the next */
} Series;

/* Times of periods and whole numbers are counted by integers. */
static const Column *check_times(lua_State *L, int arg, size_t nrows) {
  if (lua_isnoneornil(L, arg)) return NULL;
  const Column *times = evl_check_column(L, arg);
  bool counts = times->type == COLUMN_PERIOD || times->type == COLUMN_INT;
  luaL_argcheck(L, counts && times->nrows == nrows, arg,
                "a column of periods or whole numbers was expected");
  return times;
}

static int64_t common_divisor(int64_t a, int64_t b) {
  while (b != 0) {
    int64_t rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

/* How many steps there are from the first to the last of n rows' times; where
   `step` is 0 it becomes the greatest that all distances are multiples of.
   ERR_DATA where they do not ascend, or leave more gaps than can be meant. */
static int count_steps(const int64_t *times, size_t n, int64_t *step,
                       size_t *count, Err *err) {
  int64_t whole, divisor = *step;
  *count = n;
  for (size_t i = 0; i < n; i++)
    if (times[i] > INT64_MAX / 4 || times[i] < -INT64_MAX / 4)
      return err_set(err, ERR_DATA, "the periods are too large to go on from");
  for (size_t i = 0; i + 1 < n; i++) {
    int64_t far = times[i + 1] - times[i];
    if (far <= 0 || (*step > 0 && far % *step != 0))
      return err_set(err, ERR_DATA, "the periods are not in order");
    divisor = common_divisor(far, divisor);
  }
  *step = divisor > 0 ? divisor : 1;
  if (n == 0) return 0;
  whole = (times[n - 1] - times[0]) / *step;
  if (*step > INT64_MAX / 4 / MOST_AHEAD || whole >= (int64_t)(100 * n + 1000))
    return err_set(err, ERR_DATA,
                   "%zu values are spread over more than %zu periods", n,
                   100 * n + 1000);
  *count = (size_t)whole + 1;
  return 0;
}

static void place(const Numbers *numbers, const Series *series, size_t first,
                  double *x) {
  const int64_t *times = series->times ? series->times->ints + first : NULL;
  for (size_t i = 0; i < series->n; i++) x[i] = NAN;
  for (size_t i = 0; i < numbers->n; i++) {
    size_t at = times ? (size_t)((times[i] - times[0]) / series->step) : i;
    if (numbers_has(numbers, i)) x[at] = numbers_at(numbers, i);
  }
}

/* The column at `arg`, its rows from that at `rows` to that at `rows + 1` (nil:
   all), by the times at `rows - 1` (nil: one after the other) and the step at
   `rows + 2` (nil: found); 0, or the count of results of a failure that were
   pushed. */
static int check_series(lua_State *L, int arg, int rows, size_t period,
                        Series *out) {
  Err err;
  const Column *column = evl_check_column(L, arg);
  lua_settop(L, rows + 2);
  lua_pushvalue(L, arg);
  lua_insert(L, rows); /* ... times column first last step */
  Numbers numbers = evl_check_range(L, rows);
  *out = (Series){.times = check_times(L, rows - 1, column->nrows),
                  .n = numbers.n,
                  .step = luaL_optinteger(L, rows + 3, 0)};
  if (numbers_need_finite(&numbers, &err) != 0) return evl_fail(L, &err);
  if (out->times && count_steps(out->times->ints + numbers.first, numbers.n,
                                &out->step, &out->n, &err) != 0)
    return evl_fail(L, &err);
  out->x = evl_scratch(L, out->n + 1, sizeof *out->x);
  out->raw = evl_scratch(L, out->n + 1, sizeof *out->raw);
  place(&numbers, out, numbers.first, out->x);
  place(&numbers, out, numbers.first, out->raw);
  if (gaps_fill(out->x, out->n, period, &out->gaps, &err) != 0)
    return evl_fail(L, &err);
  out->x += out->gaps.first;
  out->raw += out->gaps.first;
  if (out->times && out->n > 0)
    out->last = out->times->ints[numbers.first + numbers.n - 1] -
                (int64_t)out->gaps.after * out->step;
  out->n = out->gaps.n;
  if (2 * out->gaps.filled <= out->n) return 0;
  err_set(&err, ERR_DATA,
          "of %zu periods only %zu have a value: half of them must", out->n,
          out->n - out->gaps.filled);
  return evl_fail(L, &err);
}

/* Pushes an array of n numbers. */
static void push_array(lua_State *L, const double *x, size_t n) {
  lua_createtable(L, (int)n, 0);
  for (size_t i = 0; i < n; i++) {
    lua_pushnumber(L, x[i]);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
}

/* Sets lower[level] and upper[level] for the level on the stack top, which
   stays there; the two tables are at `lower` and `lower + 1`. */
static void add_level(lua_State *L, const Forecast *forecast, size_t h,
                      int lower) {
  double level = luaL_checknumber(L, -1), low, high;
  if (!(level > 0 && level < 100))
    luaL_error(L, "a level is a percentage between 0 and 100, not %f", level);
  double z = gsl_cdf_ugaussian_Pinv(0.5 + level / 200);
  lua_pushvalue(L, -1);
  lua_createtable(L, (int)h, 0);
  lua_pushvalue(L, -2);
  lua_createtable(L, (int)h, 0); /* level lows level highs */
  for (size_t i = 0; i < h; i++) {
    forecast_interval(forecast, i, z, &low, &high);
    lua_pushnumber(L, low);
    lua_rawseti(L, -4, (lua_Integer)i + 1);
    lua_pushnumber(L, high);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  lua_rawset(L, lower + 1);
  lua_rawset(L, lower);
}

static void set_count(lua_State *L, const char *name, size_t value) {
  lua_pushinteger(L, (lua_Integer)value);
  lua_setfield(L, -2, name);
}

/* Sets `periods`, the h times after the last value, in the table on the top. */
static void push_periods(lua_State *L, const Series *series, size_t h) {
  char text[PERIOD_TEXT_SIZE];
  lua_createtable(L, (int)h, 0);
  for (size_t i = 0; i < h; i++) {
    int64_t time = series->last + (int64_t)(i + 1) * series->step;
    if (series->times->type == COLUMN_INT) {
      lua_pushinteger(L, time);
    } else {
      size_t len = period_print(time, series->times->period, text);
      lua_pushlstring(L, text, len);
    }
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  lua_setfield(L, -2, "periods");
}

/* The result's table from `forecast` and the levels in the table at `arg`. */
static void push_forecast(lua_State *L, const Forecast *forecast,
                          const Series *series, size_t h, int arg) {
  const Gaps *gaps = &series->gaps;
  lua_newtable(L);
  lua_newtable(L);
  int lower = lua_gettop(L) - 1;
  for (lua_Integer i = 1; lua_rawgeti(L, arg, i) != LUA_TNIL; i++) {
    add_level(L, forecast, h, lower);
    lua_pop(L, 1);
  }
  lua_settop(L, lower + 1);
  lua_createtable(L, 0, 10); /* lower upper result */
  lua_insert(L, lower);
  lua_setfield(L, lower, "upper");
  lua_setfield(L, lower, "lower");
  push_array(L, forecast->mean, h);
  lua_setfield(L, -2, "mean");
  lua_pushstring(L, forecast->name);
  lua_setfield(L, -2, "model");
  lua_pushboolean(L, forecast->adjusted);
  lua_setfield(L, -2, "adjusted");
  lua_pushboolean(L, forecast->held);
  lua_setfield(L, -2, "held");
  set_count(L, "skipped", forecast->skipped);
  set_count(L, "n", gaps->n);
  set_count(L, "filled", gaps->filled);
  set_count(L, "before", gaps->first);
  set_count(L, "after", gaps->after);
  if (series->times != NULL) push_periods(L, series, h);
}

/* forecast.run(column, method, period, h, {levels}, as_model, times, first,
   last, step):
   {mean, lower, upper, model, adjusted, skipped, n, filled, before, after,
   periods} */
static int lforecast_run(lua_State *L) {
  const char *method = luaL_checkstring(L, 2);
  size_t period = check_count(L, 3, MOST_PERIOD);
  size_t h = check_count(L, 4, MOST_AHEAD);
  luaL_checktype(L, 5, LUA_TTABLE);
  Series series;
  ForecastWidth width = lua_rawlen(L, 5) == 0 ? FORECAST_POINTS
                        : lua_toboolean(L, 6) ? FORECAST_MODEL
                                              : FORECAST_CALIBRATED;
  int failed = check_series(L, 1, 8, period, &series);
  if (failed > 0) return failed;
  Forecast forecast = {.mean = evl_scratch(L, h, sizeof(double)),
                       .se = evl_scratch(L, h, sizeof(double))};
  ForecastInput in = {series.x, series.n, period, h, width};
  Err err;
  if (forecast_run(method, &in, &forecast, &err) != 0)
    return err.code == ERR_USE ? evl_raise(L, &err) : evl_fail(L, &err);
  push_forecast(L, &forecast, &series, h, 5);
  return 1;
}

/* ---- fitted models ---- */

static void set_coef(lua_State *L, const char *name, int i, double value) {
  char text[16];
  snprintf(text, sizeof text, "%s%d", name, i);
  evl_set_number(L, text, value);
}

static void set_likelihood(lua_State *L, double loglik, double aic, double aicc,
                           double variance) {
  evl_set_number(L, "loglik", loglik);
  evl_set_number(L, "aic", aic);
  evl_set_number(L, "aicc", aicc);
  evl_set_number(L, "sigma2", variance);
}

/* forecast.ets(column, model or nil, period): {model, loglik, aic, aicc,
   sigma2, alpha, beta, gamma, phi}, the model by AICc when not given */
static int lforecast_ets(lua_State *L) {
  const char *name = luaL_optstring(L, 2, NULL);
  size_t period = check_count(L, 3, MOST_PERIOD);
  EtsModel model;
  Err err;
  if (name != NULL && ets_parse(name, &model, &err) != 0)
    return evl_raise(L, &err);
  Series series;
  int failed = check_series(L, 1, 5, period, &series);
  if (failed > 0) return failed;
  EtsFit fit;
  size_t n = series.n;
  int status =
      name == NULL
          ? ets_choose(series.x, n, period, ETS_MOST_STARTS, &fit, &err)
          : ets_fit(&model, series.x, n, period, ETS_MOST_STARTS, &fit, &err);
  if (status != 0) return evl_fail(L, &err);
  const EtsState *start = &fit.start;
  char text[ETS_NAME_SIZE];
  ets_name(&start->model, text);
  lua_createtable(L, 0, 10);
  lua_pushstring(L, text);
  lua_setfield(L, -2, "model");
  set_likelihood(L, -fit.criterion / 2, fit.aic, fit.aicc, fit.variance);
  evl_set_number(L, "alpha", start->alpha);
  evl_set_number(L, "beta", start->model.trend == 'N' ? NAN : start->beta);
  evl_set_number(L, "gamma", start->model.season == 'N' ? NAN : start->gamma);
  evl_set_number(L, "phi", start->model.damped ? start->phi : NAN);
  return 1;
}

/* The order {p, d, q} at `arg` and the seasonal one after it (or nil). */
static ArimaOrder check_order(lua_State *L, int arg, size_t period) {
  int numbers[6] = {0};
  for (int i = 0; i < 6; i++) {
    if (i >= 3 && lua_isnoneornil(L, arg + 1)) break;
    lua_rawgeti(L, arg + i / 3, i % 3 + 1);
    lua_Integer value = luaL_checkinteger(L, -1);
    numbers[i] = value < -1 || value > 99 ? 99 : (int)value;
    lua_pop(L, 1);
  }
  return (ArimaOrder){numbers[0], numbers[1], numbers[2], numbers[3],
                      numbers[4], numbers[5], period,     false};
}

static void push_arima(lua_State *L, const ArimaFit *fit) {
  const ArimaOrder *o = &fit->order;
  char text[ARIMA_NAME_SIZE];
  int at = 0;
  arima_name(o, text);
  lua_createtable(L, 0, 6);
  lua_pushstring(L, text);
  lua_setfield(L, -2, "model");
  set_likelihood(L, fit->loglik, fit->aic, fit->aicc, fit->variance);
  lua_createtable(L, 0, (int)fit->ncoefs);
  for (int i = 1; i <= o->p; i++) set_coef(L, "ar", i, fit->coef[at++]);
  for (int i = 1; i <= o->sp; i++) set_coef(L, "sar", i, fit->coef[at++]);
  for (int i = 1; i <= o->q; i++) set_coef(L, "ma", i, fit->coef[at++]);
  for (int i = 1; i <= o->sq; i++) set_coef(L, "sma", i, fit->coef[at++]);
  if (o->constant) evl_set_number(L, "constant", fit->coef[at]);
  lua_setfield(L, -2, "coef");
}

/* forecast.arima(column, order or nil, seasonal or nil, constant, period):
   {model, loglik, aic, aicc, sigma2, coef}, the order by search when none is
   given. The constant is the mean of the differenced series. */
static int lforecast_arima(lua_State *L) {
  size_t period = check_count(L, 5, MOST_PERIOD);
  bool given = !lua_isnoneornil(L, 2);
  ArimaOrder order = {.period = period};
  if (given) order = check_order(L, 2, period);
  order.constant = lua_toboolean(L, 4);
  Series series;
  int failed = check_series(L, 1, 7, period, &series);
  if (failed > 0) return failed;
  ArimaFit fit;
  Err err;
  int status = given ? arima_fit(&order, series.x, series.n, ARIMA_THOROUGH,
                                 false, &fit, &err)
                     : arima_choose(series.x, series.n, period, &fit, &err);
  if (status != 0)
    return err.code == ERR_USE ? evl_raise(L, &err) : evl_fail(L, &err);
  push_arima(L, &fit);
  return 1;
}

/* forecast.backtest(column, method, period, h, folds, least, times, first,
   last, step): {folds, points, smape, mase, rmse}, at most so many folds with
   at least so many values before them; folds is 0 where there is none */
static int lforecast_backtest(lua_State *L) {
  const char *method = luaL_checkstring(L, 2);
  size_t period = check_count(L, 3, MOST_PERIOD);
  size_t h = check_count(L, 4, MOST_AHEAD);
  size_t most = check_count(L, 5, 1000);
  size_t least = check_count(L, 6, INT32_MAX);
  Series series;
  int failed = check_series(L, 1, 8, period, &series);
  if (failed > 0) return failed;
  Backtest found = {0};
  Err err;
  size_t folds = backtest_folds(series.n, h, least, most);
  if (folds > 0 && backtest(method, series.raw, series.n, period, h, folds,
                            &found, &err) != 0)
    return err.code == ERR_USE ? evl_raise(L, &err) : evl_fail(L, &err);
  lua_createtable(L, 0, 5);
  set_count(L, "folds", found.folds);
  set_count(L, "points", found.points);
  if (found.points == 0) return 1;
  evl_set_number(L, "smape", found.smape);
  evl_set_number(L, "mase", found.mase);
  evl_set_number(L, "rmse", found.rmse);
  return 1;
}

/* forecast.methods(): their names */
static int lforecast_methods(lua_State *L) {
  lua_newtable(L);
  for (size_t i = 0; forecast_method(i) != NULL; i++) {
    lua_pushstring(L, forecast_method(i));
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}

/* forecast.least(method, period): how many values it needs; nil: no such */
static int lforecast_least(lua_State *L) {
  size_t least =
      forecast_least(luaL_checkstring(L, 1), check_count(L, 2, MOST_PERIOD));
  if (least == 0) lua_pushnil(L);
  else lua_pushinteger(L, (lua_Integer)least);
  return 1;
}

static const luaL_Reg functions[] = {{"run", lforecast_run},
                                     {"methods", lforecast_methods},
                                     {"least", lforecast_least},
                                     {"backtest", lforecast_backtest},
                                     {"ets", lforecast_ets},
                                     {"arima", lforecast_arima},
                                     {NULL, NULL}};

int evl_open_forecast(lua_State *L) {
  luaL_newlib(L, functions);
  return 1;
}

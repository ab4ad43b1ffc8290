/* core.forecast: forecasts of one series. */
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>

#include "bind/bind.h"
#include "stats/arima.h"
#include "stats/ets.h"
#include "stats/forecast.h"
#include "stats/gaps.h"

enum { MOST_AHEAD = 100000, MOST_PERIOD = 100000 };

/* A series as doubles without gaps, in scratch that Lua keeps. */
typedef struct Series {
  double *x;
  Gaps gaps;
} Series;

/* The column at `arg`, its missing values filled; 0, or the count of results
   of a failure that were pushed. */
static int check_series(lua_State *L, int arg, size_t period, Series *out) {
  Numbers numbers = evl_check_numbers(L, arg);
  double *x = evl_scratch(L, numbers.n + 1, sizeof *x);
  Err err;
  if (numbers_need_finite(&numbers, &err) != 0) return evl_fail(L, &err);
  for (size_t i = 0; i < numbers.n; i++)
    x[i] = numbers_has(&numbers, i) ? numbers_at(&numbers, i) : NAN;
  if (gaps_fill(x, numbers.n, period, &out->gaps, &err) != 0)
    return evl_fail(L, &err);
  out->x = x + out->gaps.first;
  return 0;
}

static size_t check_count(lua_State *L, int arg, lua_Integer most) {
  lua_Integer value = luaL_checkinteger(L, arg);
  if (value < 1 || value > most)
    luaL_error(L, "a number from 1 to %I was expected, not %I", most, value);
  return (size_t)value;
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

/* The result's table from `forecast` and the levels in the table at `arg`. */
static void push_forecast(lua_State *L, const Forecast *forecast,
                          const Gaps *gaps, size_t h, int arg) {
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
  set_count(L, "skipped", forecast->skipped);
  set_count(L, "n", gaps->n);
  set_count(L, "filled", gaps->filled);
  set_count(L, "before", gaps->first);
  set_count(L, "after", gaps->after);
}

/* forecast.run(column, method, period, h, {levels}): {mean, lower, upper,
   model, adjusted, skipped, n, filled, before, after} */
static int lforecast_run(lua_State *L) {
  const char *method = luaL_checkstring(L, 2);
  size_t period = check_count(L, 3, MOST_PERIOD);
  size_t h = check_count(L, 4, MOST_AHEAD);
  luaL_checktype(L, 5, LUA_TTABLE);
  Series series;
  int failed = check_series(L, 1, period, &series);
  if (failed > 0) return failed;
  Forecast forecast = {.mean = evl_scratch(L, h, sizeof(double)),
                       .se = evl_scratch(L, h, sizeof(double))};
  ForecastInput in = {series.x, series.gaps.n, period, h};
  Err err;
  if (forecast_run(method, &in, &forecast, &err) != 0)
    return err.code == ERR_USE ? evl_raise(L, &err) : evl_fail(L, &err);
  push_forecast(L, &forecast, &series.gaps, h, 5);
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
  int failed = check_series(L, 1, period, &series);
  if (failed > 0) return failed;
  EtsFit fit;
  size_t n = series.gaps.n;
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
  int failed = check_series(L, 1, period, &series);
  if (failed > 0) return failed;
  ArimaFit fit;
  Err err;
  int status =
      given
          ? arima_fit(&order, series.x, series.gaps.n, true, false, &fit, &err)
          : arima_choose(series.x, series.gaps.n, period, &fit, &err);
  if (status != 0)
    return err.code == ERR_USE ? evl_raise(L, &err) : evl_fail(L, &err);
  push_arima(L, &fit);
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

static const luaL_Reg functions[] = {
    {"run", lforecast_run},     {"methods", lforecast_methods},
    {"least", lforecast_least}, {"ets", lforecast_ets},
    {"arima", lforecast_arima}, {NULL, NULL}};

int evl_open_forecast(lua_State *L) {
  luaL_newlib(L, functions);
  return 1;
}

/* Rank statistics for core.stats: trends and correlations. */
#include <gsl/gsl_cdf.h>

#include "bind/bind_stats.h"
#include "stats/correlate.h"
#include "stats/slope.h"
#include "stats/trend.h"

/* Times of rows first to last: whole numbers or periods, at `arg` after the
   column and its range; nil: none. */
static Numbers check_times(lua_State *L, int arg, const Numbers *x) {
  Numbers times = {.n = x->n};
  if (lua_isnoneornil(L, arg)) return times;
  const Column *column = evl_check_column(L, arg);
  lua_Integer first = luaL_optinteger(L, 2, 1);
  luaL_argcheck(L, (size_t)first - 1 + x->n <= column->nrows, arg,
                "columns of two lengths");
  times.valid = column->valid;
  times.first = (size_t)first - 1;
  times.scale = column->scale;
  if (column->type == COLUMN_REAL) times.reals = column->reals + times.first;
  else if (column->type == COLUMN_PERIOD || column_is_number(column))
    times.ints = column->ints + times.first;
  else luaL_argerror(L, arg, "times are numbers or periods");
  return times;
}

static int64_t check_season(lua_State *L, int arg) {
  lua_Integer season = luaL_optinteger(L, arg, 1);
  luaL_argcheck(L, season >= 1 && season <= 1000, arg,
                "a cycle has 1 to 1000 seasons");
  return season;
}

static void set_count(lua_State *L, const char *name, size_t n) {
  lua_pushinteger(L, (lua_Integer)n);
  lua_setfield(L, -2, name);
}

static void set_flag(lua_State *L, const char *name, bool value) {
  lua_pushboolean(L, value);
  lua_setfield(L, -2, name);
}

/* stats.mann_kendall(column, first, last, times, season, corrects) */
static int lstats_mann_kendall(lua_State *L) {
  Numbers x = evl_check_range(L, 1), times = check_times(L, 4, &x);
  TrendRule rule = {.season = check_season(L, 5),
                    .times = times.ints,
                    .corrects = lua_toboolean(L, 6)};
  MannKendall m;
  Err err;
  if (mann_kendall(&x, &rule, &m, &err) != 0) return evl_fail(L, &err);
  lua_createtable(L, 0, 10);
  set_count(L, "n", m.n);
  set_count(L, "missing", m.missing);
  lua_pushinteger(L, (lua_Integer)m.s);
  lua_setfield(L, -2, "s");
  evl_set_number(L, "var_s", m.var_s);
  evl_set_number(L, "tau", m.tau);
  evl_set_number(L, "z", m.z);
  evl_set_number(L, "p", m.p);
  evl_set_number(L, "factor", m.factor);
  set_flag(L, "exact", m.is_exact);
  return 1;
}

/* stats.theil_sen(column, first, last, times, season, level) */
static int lstats_theil_sen(lua_State *L) {
  Numbers x = evl_check_range(L, 1), times = check_times(L, 4, &x);
  bool has_times = times.ints != NULL || times.reals != NULL;
  double level = luaL_optnumber(L, 6, 0.95);
  luaL_argcheck(L, level > 0 && level < 1, 6, "a level between 0 and 1");
  SlopeRule rule = {has_times ? &times : NULL, check_season(L, 5),
                    gsl_cdf_ugaussian_Pinv((1 + level) / 2)};
  TheilSen t;
  Err err;
  if (theil_sen(&x, &rule, &t, &err) != 0) return evl_fail(L, &err);
  lua_createtable(L, 0, 8);
  set_count(L, "n", t.n);
  set_count(L, "missing", t.missing);
  set_count(L, "pairs", (size_t)t.pairs);
  evl_set_number(L, "slope", t.slope);
  evl_set_number(L, "intercept", t.intercept);
  evl_set_number(L, "lo", t.lo);
  evl_set_number(L, "hi", t.hi);
  return 1;
}

/* stats.pettitt(column, first, last) */
static int lstats_pettitt(lua_State *L) {
  Numbers x = evl_check_range(L, 1);
  Pettitt found;
  Err err;
  if (pettitt(&x, &found, &err) != 0) return evl_fail(L, &err);
  lua_createtable(L, 0, 5);
  set_count(L, "n", found.n);
  set_count(L, "missing", found.missing);
  evl_set_number(L, "k", found.k);
  evl_set_number(L, "p", found.p);
  if (!isnan(found.p)) set_count(L, "at", found.at + 1);
  return 1;
}

/* stats.neighbours(column, first, last, times, slope): lag-1 autocorrelation
   of the ranks of what a slope leaves */
static int lstats_neighbours(lua_State *L) {
  Numbers x = evl_check_range(L, 1), times = check_times(L, 4, &x);
  double r;
  Err err;
  if (trend_neighbours(&x, times.ints, luaL_checknumber(L, 5), &r, &err) != 0)
    return evl_fail(L, &err);
  if (isnan(r)) lua_pushnil(L);
  else lua_pushnumber(L, r);
  return 1;
}

/* stats.correlation(column, column, method) */
static int lstats_correlation(lua_State *L) {
  static const char *const methods[] = {"pearson", "spearman", "kendall", NULL};
  static int (*const find[])(const Numbers *, const Numbers *, Correlation *,
                             Err *) = {correlate_pearson, correlate_spearman,
                                       correlate_kendall};
  Numbers x = evl_check_numbers(L, 1), y = evl_check_numbers(L, 2);
  int method = luaL_checkoption(L, 3, "pearson", methods);
  Correlation found;
  Err err;
  luaL_argcheck(L, x.n == y.n, 2, "x and y have different lengths");
  if (find[method](&x, &y, &found, &err) != 0) return evl_fail(L, &err);
  lua_createtable(L, 0, 6);
  set_count(L, "n", found.n);
  set_count(L, "missing", found.missing);
  evl_set_number(L, "r", found.r);
  evl_set_number(L, "p", found.p);
  set_flag(L, "exact", found.is_exact);
  lua_pushstring(L, methods[method]);
  lua_setfield(L, -2, "method");
  return 1;
}

static const luaL_Reg functions[] = {
    {"mann_kendall", lstats_mann_kendall}, {"theil_sen", lstats_theil_sen},
    {"pettitt", lstats_pettitt},           {"neighbours", lstats_neighbours},
    {"correlation", lstats_correlation},   {NULL, NULL}};

void evl_add_trend(lua_State *L) { luaL_setfuncs(L, functions, 0); }

/* core.stats: statistics of columns, the parts that describe one sample. */
#include "bind/bind_stats.h"

#include <gsl/gsl_errno.h>

#include "stats/moments.h"
#include "stats/quantile.h"
#include "stats/weighted.h"

/* stats.exact(column): the column, or where it holds reals that all are
   decimals of at most 15 digits, those decimals. What is infinite or no number
   is an error. */
static int lstats_exact(lua_State *L) {
  Numbers x = evl_check_numbers(L, 1);
  Err err;
  if (numbers_need_finite(&x, &err) != 0) return evl_fail(L, &err);
  if (x.ints != NULL) {
    lua_settop(L, 1);
    return 1;
  }
  Column **handle = evl_new_column(L);
  *handle = column_new(COLUMN_DECIMAL, x.n, &err);
  if (*handle == NULL) return evl_fail(L, &err);
  int scale = numbers_as_decimals(&x, (*handle)->ints);
  if (scale < 0) {
    lua_settop(L, 1);
    return 1;
  }
  (*handle)->scale = scale;
  for (size_t i = 0; i < x.n; i++)
    if (!numbers_has(&x, i) && column_set_na(*handle, i, &err) != 0)
      return evl_fail(L, &err);
  return 1;
}

/* stats.moments(column, first, last): a table of the figures that exist */
static int lstats_moments(lua_State *L) {
  Numbers x = evl_check_range(L, 1);
  Moments m;
  Err err;
  if (moments_find(&x, &m, &err) != 0) return evl_fail(L, &err);
  lua_createtable(L, 0, 16);
  lua_pushinteger(L, (lua_Integer)m.n);
  lua_setfield(L, -2, "n");
  lua_pushinteger(L, (lua_Integer)m.missing);
  lua_setfield(L, -2, "missing");
  evl_set_number(L, "mean", m.mean);
  evl_set_number(L, "sd", m.sd);
  evl_set_number(L, "var", m.var);
  evl_set_number(L, "min", m.min);
  evl_set_number(L, "max", m.max);
  evl_set_number(L, "skewness", m.skewness);
  evl_set_number(L, "kurtosis", m.kurtosis);
  evl_set_number(L, "autocorrelation", m.autocorrelation);
  return 1;
}

/* ---- evalua.sorted: a sample sorted once for several figures ---- */

static const char SORTED[] = "evalua.sorted";

static const Sorted *check_sorted(lua_State *L) {
  return *(Sorted **)luaL_checkudata(L, 1, SORTED);
}

/* stats.sorted(column, first, last) */
static int lstats_sorted(lua_State *L) {
  Numbers x = evl_check_range(L, 1);
  Err err;
  Sorted **handle = evl_new(L, sizeof *handle, SORTED);
  *handle = sorted_new(&x, &err);
  return *handle == NULL ? evl_fail(L, &err) : 1;
}

static int lsorted_free(lua_State *L) {
  Sorted **handle = luaL_checkudata(L, 1, SORTED);
  sorted_free(*handle);
  *handle = NULL;
  return 0;
}

static int push_figure(lua_State *L, double value) {
  if (isnan(value)) lua_pushnil(L);
  else lua_pushnumber(L, value);
  return 1;
}

/* sorted:quantile(p, type): nil over no value */
static int lsorted_quantile(lua_State *L) {
  const Sorted *sorted = check_sorted(L);
  Decimal p;
  lua_Integer type = luaL_checkinteger(L, 3);
  bool is_part =
      evl_to_decimal(L, 2, &p) && p.num >= 0 && p.num <= pow10_int64(p.scale);
  luaL_argcheck(L, is_part, 2, "a p from 0 to 1 was expected");
  luaL_argcheck(L, type >= 1 && type <= 9, 3, "types are 1 to 9");
  return push_figure(L, sorted_quantile(sorted, p, (int)type));
}

static int lsorted_mad(lua_State *L) {
  return push_figure(L, sorted_mad(check_sorted(L)));
}

static int lsorted_gini(lua_State *L) {
  return push_figure(L, sorted_gini(check_sorted(L)));
}

static int lsorted_hhi(lua_State *L) {
  return push_figure(L, sorted_hhi(check_sorted(L)));
}

static int lsorted_len(lua_State *L) {
  lua_pushinteger(L, (lua_Integer)sorted_count(check_sorted(L)));
  return 1;
}

static const luaL_Reg sorted_meta[] = {
    {"__gc", lsorted_free}, {"__len", lsorted_len}, {NULL, NULL}};

static const luaL_Reg sorted_methods[] = {{"quantile", lsorted_quantile},
                                          {"mad", lsorted_mad},
                                          {"gini", lsorted_gini},
                                          {"hhi", lsorted_hhi},
                                          {NULL, NULL}};

/* stats.weighted(x, w, {p, ...}): figures, and the quantiles as an array */
static int lstats_weighted(lua_State *L) {
  Numbers x = evl_check_numbers(L, 1), w = evl_check_numbers(L, 2);
  luaL_argcheck(L, x.n == w.n, 2, "x and weights have different lengths");
  luaL_checktype(L, 3, LUA_TTABLE);
  size_t np = lua_rawlen(L, 3);
  Decimal *p = evl_scratch(L, np, sizeof *p);
  double *found = evl_scratch(L, np, sizeof *found);
  for (size_t i = 0; i < np; i++) {
    lua_rawgeti(L, 3, (lua_Integer)i + 1);
    luaL_argcheck(L, evl_to_decimal(L, -1, &p[i]), 3, "a decimal expected");
    lua_pop(L, 1);
  }
  Weighted figures;
  Err err;
  if (weighted_find(&x, &w, &figures, &err) != 0 ||
      weighted_quantiles(&x, &w, p, np, found, &err) != 0)
    return evl_fail(L, &err);
  lua_createtable(L, 0, 10);
  lua_pushinteger(L, (lua_Integer)figures.n);
  lua_setfield(L, -2, "n");
  lua_pushinteger(L, (lua_Integer)figures.missing);
  lua_setfield(L, -2, "missing");
  evl_set_number(L, "weight", figures.weight);
  evl_set_number(L, "mean", figures.mean);
  evl_set_number(L, "reliability", figures.var_reliability);
  evl_set_number(L, "frequency", figures.var_frequency);
  lua_createtable(L, (int)np, 0);
  for (size_t i = 0; i < np; i++) {
    push_figure(L, found[i]);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 2;
}

static const luaL_Reg functions[] = {{"weighted", lstats_weighted},
                                     {"exact", lstats_exact},
                                     {"moments", lstats_moments},
                                     {"sorted", lstats_sorted},
                                     {NULL, NULL}};

int evl_open_stats(lua_State *L) {
  gsl_set_error_handler_off(); /* its own one aborts the process */
  evl_type(L, SORTED, sorted_meta, sorted_methods);
  lua_pop(L, 1);
  luaL_newlib(L, functions);
  evl_add_digits(L);
  evl_add_dist(L);
  evl_add_regress(L);
  evl_add_series(L);
  evl_add_trend(L);
  return 1;
}

/* core.stl: decompositions of one series. */
#include <math.h>

#include "bind/bind.h"
#include "stats/stl.h"

enum { MOST = 1000000000 };

/* The column at 1 as doubles, all of them there; 0, or the count of results of
   a failure that were pushed. */
static int check_whole(lua_State *L, double **x, size_t *n) {
  Numbers numbers = evl_check_numbers(L, 1);
  *n = numbers.n;
  *x = evl_scratch(L, numbers.n + 1, sizeof **x);
  Err err;
  if (numbers_need_finite(&numbers, &err) != 0) return evl_fail(L, &err);
  for (size_t i = 0; i < numbers.n; i++) {
    if (!numbers_has(&numbers, i)) {
      err_set(&err, ERR_DATA,
              "value %zu is missing: a decomposition needs every one", i + 1);
      return evl_fail(L, &err);
    }
    (*x)[i] = numbers_at(&numbers, i);
  }
  return 0;
}

/* Option `name` as a count of at least `least`; `fallback` when not given. */
static size_t get_count(lua_State *L, const char *name, lua_Integer least,
                        size_t fallback) {
  if (evl_option(L, 2, name) == LUA_TNIL) return fallback;
  lua_Integer value = evl_option_int(L, 2, name, 0);
  if (value < least || value > MOST)
    luaL_error(L, "%s is a whole number from %I on, not %I", name, least,
               value);
  return (size_t)value;
}

static int get_degree(lua_State *L, const char *name) {
  lua_Integer value = evl_option_int(L, 2, name, -1);
  if (value < -1 || value > 1) luaL_error(L, "%s is 0 or 1", name);
  return (int)value;
}

static StlOptions check_options(lua_State *L) {
  StlOptions o = {.robust = evl_option_bool(L, 2, "robust", false)};
  o.period = get_count(L, "period", 2, 12);
  o.s_window = get_count(L, "s_window", 3, 0);
  o.t_window = get_count(L, "t_window", 3, 0);
  o.l_window = get_count(L, "l_window", 3, 0);
  o.s_degree = o.s_window > 0 ? get_degree(L, "s_degree") : 0;
  o.t_degree = get_degree(L, "t_degree");
  o.l_degree = get_degree(L, "l_degree");
  o.s_jump = get_count(L, "s_jump", 1, 0);
  o.t_jump = get_count(L, "t_jump", 1, 0);
  o.l_jump = get_count(L, "l_jump", 1, 0);
  o.inner = get_count(L, "inner", 1, 0);
  o.outer = get_count(L, "outer", 0, MOST + 1u);
  o.inner_given = o.inner > 0;
  o.outer_given = o.outer <= MOST;
  if (o.inner > 1000 || (o.outer_given && o.outer > 1000))
    luaL_error(L, "inner and outer are at most 1000 rounds");
  return o;
}

/* Sets field `name` to the array of x, NAN left out. */
static void set_array(lua_State *L, const char *name, const double *x,
                      size_t n) {
  lua_createtable(L, (int)n, 0);
  for (size_t i = 0; i < n; i++) {
    if (isnan(x[i])) continue;
    lua_pushnumber(L, x[i]);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  lua_setfield(L, -2, name);
}

/* stl.run(column, options): {seasonal, trend, remainder, weights,
   seasonal_strength, trend_strength} */
static int lstl_run(lua_State *L) {
  StlOptions options = check_options(L);
  double *x;
  size_t n;
  int failed = check_whole(L, &x, &n);
  if (failed > 0) return failed;
  double *parts = evl_scratch(L, 4 * n, sizeof *parts);
  double *trend = parts + n, *remainder = trend + n, *weights = remainder + n;
  Err err;
  if (stl(x, n, &options, parts, trend, remainder, weights, &err) != 0)
    return evl_fail(L, &err);
  lua_createtable(L, 0, 6);
  set_array(L, "seasonal", parts, n);
  set_array(L, "trend", trend, n);
  set_array(L, "remainder", remainder, n);
  set_array(L, "weights", weights, n);
  evl_set_number(L, "seasonal_strength", stl_strength(parts, remainder, x, n));
  evl_set_number(L, "trend_strength", stl_strength(trend, remainder, x, n));
  return 1;
}

/* stl.classical(column, {period, multiplicative}): {seasonal, trend,
   remainder}; half a period at both ends has no trend */
static int lstl_classical(lua_State *L) {
  size_t period = get_count(L, "period", 2, 12);
  bool multiplicative = evl_option_bool(L, 2, "multiplicative", false);
  double *x;
  size_t n;
  int failed = check_whole(L, &x, &n);
  if (failed > 0) return failed;
  double *parts = evl_scratch(L, 3 * n, sizeof *parts);
  Err err;
  if (stl_classical(x, n, period, multiplicative, parts, parts + n,
                    parts + 2 * n, &err) != 0)
    return evl_fail(L, &err);
  lua_createtable(L, 0, 3);
  set_array(L, "seasonal", parts, n);
  set_array(L, "trend", parts + n, n);
  set_array(L, "remainder", parts + 2 * n, n);
  return 1;
}

static const luaL_Reg functions[] = {
    {"run", lstl_run}, {"classical", lstl_classical}, {NULL, NULL}};

int evl_open_stl(lua_State *L) {
  luaL_newlib(L, functions);
  return 1;
}

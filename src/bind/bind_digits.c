/* core.stats.digits and .binomial: for tests of made-up figures. */
#include <gsl/gsl_cdf.h>

#include "bind/bind_stats.h"
#include "stats/digits.h"

/* A table from counts first to last, under their numbers. */
static void set_counts(lua_State *L, const char *name, const size_t *counts,
                       int first, int last) {
  lua_createtable(L, last, 0);
  for (int i = first; i <= last; i++) {
    lua_pushinteger(L, (lua_Integer)counts[i]);
    lua_rawseti(L, -2, i);
  }
  lua_setfield(L, -2, name);
}

static void set_count(lua_State *L, const char *name, size_t n) {
  lua_pushinteger(L, (lua_Integer)n);
  lua_setfield(L, -2, name);
}

/* stats.digits(column, first, last) */
static int lstats_digits(lua_State *L) {
  Numbers x = evl_check_range(L, 1);
  Digits digits;
  digits_count(&x, &digits);
  lua_createtable(L, 0, 8);
  set_count(L, "n", digits.n);
  set_count(L, "missing", digits.missing);
  set_count(L, "zeros", digits.zeros);
  set_count(L, "small", digits.small);
  set_counts(L, "first", digits.first, 1, 9);
  set_counts(L, "first_two", digits.first_two, 10, 99);
  set_counts(L, "large", digits.large, 1, DIGITS_POWERS);
  set_counts(L, "round", digits.round, 1, DIGITS_POWERS);
  return 1;
}

/* stats.binomial(k, n, p): the chance of k or more among n */
static int lstats_binomial(lua_State *L) {
  lua_Integer k = luaL_checkinteger(L, 1), n = luaL_checkinteger(L, 2);
  double p = luaL_checknumber(L, 3);
  luaL_argcheck(L, k >= 0 && k <= n, 1, "0 to n");
  luaL_argcheck(L, n <= UINT32_MAX, 2, "too many");
  luaL_argcheck(L, p > 0 && p < 1, 3, "a p between 0 and 1");
  if (k == 0) lua_pushnumber(L, 1);
  else lua_pushnumber(L, gsl_cdf_binomial_Q((unsigned)(k - 1), p, (unsigned)n));
  return 1;
}

static const luaL_Reg functions[] = {
    {"digits", lstats_digits}, {"binomial", lstats_binomial}, {NULL, NULL}};

void evl_add_digits(lua_State *L) { luaL_setfuncs(L, functions, 0); }

/* Distributions for core.stats, by GSL (Galassi et al., GNU Scientific Library
   Reference Manual, chapter 22). */
#include <gsl/gsl_cdf.h>
#include <string.h>

#include "bind/bind_stats.h"

typedef enum Dist { NORMAL, STUDENT, FISHER, CHI_SQUARE } Dist;

static const char *const names[] = {"normal", "t", "f", "chisq", NULL};

/* stats.chance(dist, x, df, df2): the part of the distribution above x */
static int lstats_chance(lua_State *L) {
  Dist dist = (Dist)luaL_checkoption(L, 1, NULL, names);
  double x = luaL_checknumber(L, 2), df = luaL_optnumber(L, 3, 1), p = 0;
  double df2 = luaL_optnumber(L, 4, 1);
  luaL_argcheck(L, df > 0, 3, "degrees of freedom are above 0");
  luaL_argcheck(L, df2 > 0, 4, "degrees of freedom are above 0");
  if (isinf(x)) {
    lua_pushnumber(L, x > 0 ? 0 : 1);
    return 1;
  }
  switch (dist) {
    case NORMAL: p = gsl_cdf_ugaussian_Q(x); break;
    case STUDENT: p = gsl_cdf_tdist_Q(x, df); break;
    case FISHER: p = gsl_cdf_fdist_Q(x, df, df2); break;
    case CHI_SQUARE: p = gsl_cdf_chisq_Q(x, df); break;
  }
  lua_pushnumber(L, p);
  return 1;
}

/* stats.quantile(dist, p, df, df2): the x with p below it */
static int lstats_quantile(lua_State *L) {
  Dist dist = (Dist)luaL_checkoption(L, 1, NULL, names);
  double p = luaL_checknumber(L, 2), df = luaL_optnumber(L, 3, 1), x = 0;
  double df2 = luaL_optnumber(L, 4, 1);
  luaL_argcheck(L, p > 0 && p < 1, 2, "a p between 0 and 1 expected");
  luaL_argcheck(L, df > 0, 3, "degrees of freedom are above 0");
  luaL_argcheck(L, df2 > 0, 4, "degrees of freedom are above 0");
  switch (dist) {
    case NORMAL: x = gsl_cdf_ugaussian_Pinv(p); break;
    case STUDENT: x = gsl_cdf_tdist_Pinv(p, df); break;
    case FISHER: x = gsl_cdf_fdist_Pinv(p, df, df2); break;
    case CHI_SQUARE: x = gsl_cdf_chisq_Pinv(p, df); break;
  }
  lua_pushnumber(L, x);
  return 1;
}

static const luaL_Reg functions[] = {
    {"chance", lstats_chance}, {"quantile", lstats_quantile}, {NULL, NULL}};

void evl_add_dist(lua_State *L) { luaL_setfuncs(L, functions, 0); }

/* core.split: amounts in parts that add up. */
#include "bind/bind.h"
#include "stats/split.h"

/* split.amount(decimal, {weights: integers or decimals}): a list of decimals
   of the amount's scale */
static int lsplit_amount(lua_State *L) {
  Decimal amount, weight;
  luaL_argcheck(L, evl_to_decimal(L, 1, &amount), 1, "a decimal was expected");
  luaL_checktype(L, 2, LUA_TTABLE);
  size_t n = lua_rawlen(L, 2);
  int64_t *weights = evl_scratch(L, n, sizeof *weights);
  int64_t *parts = evl_scratch(L, n, sizeof *parts);
  int scale = 0;
  for (int pass = 0; pass < 2; pass++)
    for (size_t i = 0; i < n; i++) {
      lua_rawgeti(L, 2, (lua_Integer)i + 1);
      bool fits = evl_to_decimal(L, -1, &weight) && weight.num >= 0;
      luaL_argcheck(L, fits, 2, "weights are numbers from 0 on");
      if (weight.scale > scale) scale = weight.scale;
      if (decimal_rescale(weight, scale, ROUND_HALF_EVEN, &weight) != 0)
        return luaL_argerror(L, 2, "the weights are too far apart");
      weights[i] = weight.num;
      lua_pop(L, 1);
    }
  bool any = false;
  for (size_t i = 0; i < n; i++) any = any || weights[i] > 0;
  luaL_argcheck(L, any, 2, "all weights are 0");
  Err err;
  if (split_amount(amount.num, weights, n, parts, &err) != 0)
    return evl_fail(L, &err);
  lua_createtable(L, (int)n, 0);
  for (size_t i = 0; i < n; i++) {
    evl_push_decimal(L, (Decimal){parts[i], amount.scale});
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}

static const luaL_Reg functions[] = {{"amount", lsplit_amount}, {NULL, NULL}};

int evl_open_split(lua_State *L) {
  luaL_newlib(L, functions);
  return 1;
}

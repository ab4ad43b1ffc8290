/* core.composition: percents of sums of decimals, as {value=, floor=, exact=},
   or nil and "whole" or "room" where there is none. */
#include "bind/bind.h"
#include "stats/composition.h"

static int push_percent(lua_State *L, CompositionStatus status,
                        const Percent *percent) {
  if (status != COMPOSITION_OK) {
    lua_pushnil(L);
    lua_pushstring(L, status == COMPOSITION_NO_WHOLE ? "whole" : "room");
    return 2;
  }
  lua_createtable(L, 0, 3);
  evl_push_decimal(L, (Decimal){percent->value, COMPOSITION_SCALE});
  lua_setfield(L, -2, "value");
  evl_push_decimal(L, (Decimal){percent->floor, COMPOSITION_SCALE});
  lua_setfield(L, -2, "floor");
  lua_pushboolean(L, percent->exact);
  lua_setfield(L, -2, "exact");
  return 1;
}

/* Amount i of the array at `arg`. */
static Decimal check_amount(lua_State *L, int arg, lua_Integer i) {
  Decimal amount = {0, 0};
  lua_rawgeti(L, arg, i);
  if (!evl_to_decimal(L, -1, &amount))
    luaL_error(L, "amount %I is a %s, not a decimal", i, luaL_typename(L, -1));
  lua_pop(L, 1);
  return amount;
}

static int widest(lua_State *L, int arg, lua_Integer n, int scale) {
  for (lua_Integer i = 1; i <= n; i++) {
    Decimal amount = check_amount(L, arg, i);
    if (amount.scale > scale) scale = amount.scale;
  }
  return scale;
}

/* The amounts of the array at `arg` at one scale; false where one has no room
   in 64 bits. Pushes the scratch. */
static bool read_amounts(lua_State *L, int arg, lua_Integer n, int scale,
                         int64_t **out) {
  *out = evl_scratch(L, (size_t)n, sizeof **out);
  for (lua_Integer i = 1; i <= n; i++) {
    Decimal amount = check_amount(L, arg, i);
    if (decimal_rescale(amount, scale, ROUND_HALF_EVEN, &amount) != 0)
      return false;
    (*out)[i - 1] = amount.num;
  }
  return true;
}

/* composition.rate({parts}, {wholes}): the first sum in percent of the second
 */
static int lcomposition_rate(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  luaL_checktype(L, 2, LUA_TTABLE);
  Int128 sums[2] = {0, 0};
  lua_Integer n[2] = {(lua_Integer)lua_rawlen(L, 1),
                      (lua_Integer)lua_rawlen(L, 2)};
  int scale = widest(L, 2, n[1], widest(L, 1, n[0], 0));
  CompositionStatus status = COMPOSITION_OK;
  for (int side = 0; side < 2; side++) {
    int64_t *amounts;
    if (!read_amounts(L, side + 1, n[side], scale, &amounts))
      status = COMPOSITION_NO_ROOM;
    else
      for (lua_Integer i = 0; i < n[side]; i++) sums[side] += amounts[i];
  }
  Percent percent;
  if (status == COMPOSITION_OK)
    status = composition_rate(sums[0], sums[1], &percent);
  return push_percent(L, status, &percent);
}

/* composition.variance({budgets}, {actuals}), one of each for every head */
static int lcomposition_variance(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  luaL_checktype(L, 2, LUA_TTABLE);
  lua_Integer n = (lua_Integer)lua_rawlen(L, 1);
  luaL_argcheck(L, (lua_Integer)lua_rawlen(L, 2) == n, 2,
                "as many actuals as budgets were expected");
  int scale = widest(L, 2, n, widest(L, 1, n, 0));
  int64_t *budget, *actual;
  Percent percent;
  CompositionStatus status = COMPOSITION_NO_ROOM;
  if (read_amounts(L, 1, n, scale, &budget) &&
      read_amounts(L, 2, n, scale, &actual))
    status = composition_variance(budget, actual, (size_t)n, &percent);
  return push_percent(L, status, &percent);
}

static const luaL_Reg functions[] = {{"rate", lcomposition_rate},
                                     {"variance", lcomposition_variance},
                                     {NULL, NULL}};

int evl_open_composition(lua_State *L) {
  luaL_newlib(L, functions);
  return 1;
}

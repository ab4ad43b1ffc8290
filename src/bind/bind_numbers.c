/* Columns as the numbers that statistics take. */
#include "bind/bind.h"

Numbers evl_check_numbers(lua_State *L, int arg) {
  const Column *column = evl_check_column(L, arg);
  char name[24];
  if (!column_is_number(column))
    luaL_error(L, "numbers were expected, not %s",
               column_type_name(column, name));
  Numbers x = {
      .scale = column->scale, .valid = column->valid, .n = column->nrows};
  if (column->type == COLUMN_REAL) x.reals = column->reals;
  else x.ints = column->ints;
  return x;
}

Numbers evl_check_range(lua_State *L, int arg) {
  Numbers x = evl_check_numbers(L, arg);
  lua_Integer first = luaL_optinteger(L, arg + 1, 1);
  lua_Integer last = luaL_optinteger(L, arg + 2, (lua_Integer)x.n);
  luaL_argcheck(L, first >= 1, arg + 1, "rows are counted from 1");
  luaL_argcheck(L, last >= first - 1 && (size_t)last <= x.n, arg + 2,
                "no such row");
  x.first = (size_t)first - 1;
  x.n = (size_t)(last - first + 1);
  if (x.ints != NULL) x.ints += x.first;
  else x.reals += x.first;
  return x;
}

void evl_set_number(lua_State *L, const char *name, double value) {
  if (isnan(value)) return;
  lua_pushnumber(L, value);
  lua_setfield(L, -2, name);
}

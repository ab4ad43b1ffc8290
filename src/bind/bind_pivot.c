/* core.pivot: columns to rows and back. Columns that do not fit raise; rows
   that do not are nil, message, code. */
#include "bind/bind_expr.h"
#include "verbs/pivot.h"

static size_t check_column(lua_State *L, int arg, const Table *table) {
  lua_pushvalue(L, arg);
  size_t column = evl_need_column(L, table);
  lua_pop(L, 1);
  return column;
}

/* pivot.longer(t, {columns}, names_to, values_to) */
static int lpivot_longer(lua_State *L) {
  const Table *table = evl_check_table(L, 1);
  const char *names_to = luaL_checkstring(L, 3);
  const char *values_to = luaL_checkstring(L, 4);
  size_t n;
  const size_t *columns = evl_check_columns(L, 2, table, &n);
  Err err;
  Table **handle = evl_new_table(L);
  *handle = pivot_longer(table, columns, n, names_to, values_to, &err);
  return *handle == NULL ? evl_give_up(L, &err) : 1;
}

/* pivot.wider(t, names_from, values_from, {ids}, sum): sum is a boolean */
static int lpivot_wider(lua_State *L) {
  const Table *table = evl_check_table(L, 1);
  PivotWider spec = {.names_from = check_column(L, 2, table),
                     .values_from = check_column(L, 3, table),
                     .sum = lua_toboolean(L, 5)};
  spec.ids = evl_check_columns(L, 4, table, &spec.nids);
  Err err;
  Table **handle = evl_new_table(L);
  *handle = pivot_wider(table, &spec, &err);
  return *handle == NULL ? evl_give_up(L, &err) : 1;
}

static const luaL_Reg functions[] = {
    {"longer", lpivot_longer}, {"wider", lpivot_wider}, {NULL, NULL}};

int evl_open_pivot(lua_State *L) {
  luaL_newlib(L, functions);
  return 1;
}

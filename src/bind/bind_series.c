/* core.stats.series: a table's rows as series in order of time. */
#include "bind/bind_stats.h"
#include "verbs/series.h"

static int lseries_free(lua_State *L) {
  series_free(luaL_checkudata(L, 1, "evalua.series"));
  return 0;
}

static const luaL_Reg meta[] = {{"__gc", lseries_free}, {NULL, NULL}};

/* stats.series(t, {keys}, period, any_order): { table=, starts= (of each
   series, and one behind the last), gaps=, step= } */
static int lstats_series(lua_State *L) {
  const Table *table = evl_check_table(L, 1);
  luaL_checkstring(L, 3);
  bool any_order = lua_toboolean(L, 4);
  lua_settop(L, 3);
  size_t nkeys, period = evl_need_column(L, table);
  const size_t *keys = evl_check_columns(L, 2, table, &nkeys);
  Err err;
  Series *series = evl_new(L, sizeof *series, "evalua.series");
  if (series_find(table, keys, nkeys, period, any_order, series, &err) != 0)
    return err.code == ERR_USE ? evl_raise(L, &err) : evl_fail(L, &err);
  lua_createtable(L, 0, 4);
  Table **handle = evl_new_table(L);
  *handle = table_ref(series->table);
  lua_setfield(L, -2, "table");
  lua_createtable(L, (int)series->n + 1, 0);
  for (size_t i = 0; i <= series->n; i++) {
    lua_pushinteger(L, (lua_Integer)series->start[i] + 1);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  lua_setfield(L, -2, "starts");
  lua_createtable(L, (int)series->n, 0);
  for (size_t i = 0; i < series->n; i++) {
    lua_pushinteger(L, (lua_Integer)series->gaps[i]);
    lua_rawseti(L, -2, (lua_Integer)i + 1);
  }
  lua_setfield(L, -2, "gaps");
  lua_pushinteger(L, series->step);
  lua_setfield(L, -2, "step");
  return 1;
}

/* stats.pick(column, starts): the cells at all of these rows but the last */
static int lstats_pick(lua_State *L) {
  const Column *column = evl_check_column(L, 1);
  luaL_checktype(L, 2, LUA_TTABLE);
  size_t n = lua_rawlen(L, 2);
  n = n == 0 ? 0 : n - 1;
  size_t *rows = evl_scratch(L, n, sizeof *rows);
  for (size_t i = 0; i < n; i++) {
    lua_rawgeti(L, 2, (lua_Integer)i + 1);
    lua_Integer row = luaL_checkinteger(L, -1);
    luaL_argcheck(L, row >= 1 && (size_t)row <= column->nrows, 2,
                  "no such row");
    rows[i] = (size_t)row - 1;
    lua_pop(L, 1);
  }
  Err err;
  Column **handle = evl_new_column(L);
  *handle = column_gather(column, rows, n, &err);
  return *handle == NULL ? evl_fail(L, &err) : 1;
}

/* stats.ticks(column): periods or whole numbers as an array of whole numbers
   (NA: nil) */
static int lstats_ticks(lua_State *L) {
  const Column *column = evl_check_column(L, 1);
  luaL_argcheck(L, column->type == COLUMN_INT || column->type == COLUMN_PERIOD,
                1, "periods or whole numbers expected");
  lua_createtable(L, column->nrows > INT32_MAX ? 0 : (int)column->nrows, 0);
  for (size_t row = 0; row < column->nrows; row++) {
    if (column_is_na(column, row)) continue;
    lua_pushinteger(L, column->ints[row]);
    lua_rawseti(L, -2, (lua_Integer)row + 1);
  }
  return 1;
}

static const luaL_Reg functions[] = {{"series", lstats_series},
                                     {"pick", lstats_pick},
                                     {"ticks", lstats_ticks},
                                     {NULL, NULL}};

void evl_add_series(lua_State *L) {
  evl_type(L, "evalua.series", meta, NULL);
  lua_pop(L, 1);
  luaL_setfuncs(L, functions, 0);
}

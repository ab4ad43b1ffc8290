/* core.join: two tables by their keys. Keys that cannot be compared raise;
   what the data make too large is nil, message, code. */
#include "bind/bind_expr.h"
#include "verbs/join.h"

/* String i of the array at `arg` as a column of `table`. */
static size_t column_at(lua_State *L, int arg, size_t i, const Table *table) {
  lua_rawgeti(L, arg, (lua_Integer)i + 1);
  size_t at = evl_need_column(L, table);
  lua_pop(L, 1);
  return at;
}

static void push_count(lua_State *L, const char *name, size_t count) {
  lua_pushinteger(L, (lua_Integer)count);
  lua_setfield(L, -2, name);
}

/* join.tables(kind, left, right, {names on the left}, {names on the right}):
   the table and what was unmatched or repeated */
static int ljoin_tables(lua_State *L) {
  static const char *const kinds[] = {"left", "inner", "full", "right",
                                      "semi", "anti",  NULL};
  JoinKind kind = (JoinKind)luaL_checkoption(L, 1, NULL, kinds);
  const Table *left = evl_check_table(L, 2), *right = evl_check_table(L, 3);
  luaL_checktype(L, 4, LUA_TTABLE);
  luaL_checktype(L, 5, LUA_TTABLE);
  size_t n = lua_rawlen(L, 4);
  luaL_argcheck(L, lua_rawlen(L, 5) == n, 5, "as many names as on the left");
  JoinKey *keys = evl_scratch(L, n, sizeof *keys);
  for (size_t i = 0; i < n; i++) {
    keys[i].left = column_at(L, 4, i, left);
    keys[i].right = column_at(L, 5, i, right);
  }
  Err err;
  JoinReport report;
  Table **handle = evl_new_table(L);
  *handle = join_tables(kind, left, right, keys, n, &report, &err);
  if (*handle == NULL) return evl_give_up(L, &err);
  lua_createtable(L, 0, 4);
  push_count(L, "left_unmatched", report.left_unmatched);
  push_count(L, "right_unmatched", report.right_unmatched);
  push_count(L, "left_duplicates", report.left_duplicates);
  push_count(L, "right_duplicates", report.right_duplicates);
  return 2;
}

static const luaL_Reg functions[] = {{"tables", ljoin_tables}, {NULL, NULL}};

int evl_open_join(lua_State *L) {
  luaL_newlib(L, functions);
  return 1;
}

/* core.window: columns that look at other rows, on a table. */
#include "bind/bind_expr.h"
#include "verbs/window.h"

/* The name on the stack top; a minus before it sorts downwards, unless a
   column is called so with it. The stack stays as it is. */
static SortKey check_order_key(lua_State *L, const Table *table) {
  SortKey key = {0, false};
  const char *name = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "";
  key.descending = name[0] == '-' && table_find(table, name) < 0;
  if (key.descending) lua_pushstring(L, name + 1);
  else lua_pushvalue(L, -1);
  key.column = evl_need_column(L, table);
  lua_pop(L, 1);
  return key;
}

static SortKey *check_order(lua_State *L, int arg, const Table *table,
                            size_t *n) {
  luaL_checktype(L, arg, LUA_TTABLE);
  *n = lua_rawlen(L, arg);
  SortKey *order = evl_scratch(L, *n, sizeof *order);
  for (size_t i = 0; i < *n; i++) {
    lua_rawgeti(L, arg, (lua_Integer)i + 1);
    order[i] = check_order_key(L, table);
    lua_pop(L, 1);
  }
  return order;
}

/* Field `name` of the item at `arg`, a string that the item keeps alive. */
static const char *check_text(lua_State *L, int arg, const char *name) {
  const char *text = evl_option_text(L, arg, name, NULL);
  if (text == NULL) luaL_error(L, "a new column lacks its %s", name);
  return text;
}

/* The item {name=, fn=, column=, n=, partial=, along=} on the stack top. */
static WindowItem check_item(lua_State *L, const Table *table) {
  luaL_checktype(L, -1, LUA_TTABLE);
  int at = lua_gettop(L);
  WindowItem item = {.name = check_text(L, at, "name")};
  const char *fn = check_text(L, at, "fn");
  int kind = window_kind(fn);
  if (kind < 0) luaL_error(L, "there is no window function '%s'", fn);
  item.kind = (WindowKind)kind;
  lua_Integer n = evl_option_int(L, at, "n", 1);
  if (n < 0) luaL_error(L, "%s: a number of rows was expected", item.name);
  item.n = (size_t)n;
  item.partial = evl_option_bool(L, at, "partial", false);
  item.has_along = evl_option(L, at, "along") != LUA_TNIL;
  if (item.has_along) item.along = evl_need_column(L, table);
  lua_settop(L, at);
  lua_pushliteral(L, "column");
  lua_rawget(L, at);
  if (item.kind == WINDOW_RANK) {
    SortKey key = check_order_key(L, table);
    item.column = key.column;
    item.descending = key.descending;
  } else {
    item.column = evl_need_column(L, table);
  }
  lua_settop(L, at);
  return item;
}

/* window.apply(t, {keys}, {order}, {items}) */
static int lwindow_apply(lua_State *L) {
  const Table *table = evl_check_table(L, 1);
  size_t nkeys, norder;
  const size_t *keys = evl_check_columns(L, 2, table, &nkeys);
  const SortKey *order = check_order(L, 3, table, &norder);
  luaL_checktype(L, 4, LUA_TTABLE);
  size_t n = lua_rawlen(L, 4);
  WindowItem *items = evl_scratch(L, n, sizeof *items);
  for (size_t i = 0; i < n; i++) {
    lua_rawgeti(L, 4, (lua_Integer)i + 1);
    items[i] = check_item(L, table);
    lua_pop(L, 1);
  }
  Err err;
  Table **handle = evl_new_table(L);
  *handle = window(table, keys, nkeys, order, norder, items, n, &err);
  return *handle == NULL ? evl_give_up(L, &err) : 1;
}

static const luaL_Reg functions[] = {{"apply", lwindow_apply}, {NULL, NULL}};

int evl_open_window(lua_State *L) {
  luaL_newlib(L, functions);
  return 1;
}

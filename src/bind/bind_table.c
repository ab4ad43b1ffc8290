/* evalua.table: the handle of an immutable table, and the few functions on
   whole tables; the verbs are in bind_verbs.c, the sugar in table.lua. */
#include <limits.h>
#include <string.h>

#include "bind/bind.h"

static const char TYPE[] = "evalua.table";
static const char LAST[] = "evalua.table.last";

/* Bytes of the cells that no other table has, too. */
static size_t own_bytes(const Table *table) {
  size_t bytes = 0;
  for (size_t i = 0; i < table->ncols; i++) {
    const Column *column = table->columns[i];
    if (column->refs == 1)
      bytes += column->nrows * column_cell_size(column->type);
  }
  return bytes;
}

/* The collector sees no more of a table than its handle: without this a loop
   over large ones would keep thousands. An eighth of the cells counts as if it
   were Lua's, so that a cycle is paid for by the work that filled them. */
static void count_cells(lua_State *L, const Table *table) {
  size_t kib = own_bytes(table) / 8 / 1024;
  if (kib > 0 && lua_gc(L, LUA_GCISRUNNING))
    lua_gc(L, LUA_GCSTEP, kib > INT_MAX / 1024 ? INT_MAX / 1024 : (int)kib);
}

/* Handles are filled after they are made, so each one is counted when the
   next one comes. A weak table in the registry holds the last one. */
Table **evl_new_table(lua_State *L) {
  luaL_checkstack(L, 4, NULL);
  if (!luaL_getsubtable(L, LUA_REGISTRYINDEX, LAST)) {
    lua_createtable(L, 0, 1);
    lua_pushliteral(L, "v");
    lua_setfield(L, -2, "__mode");
    lua_setmetatable(L, -2);
  }
  lua_rawgeti(L, -1, 1);
  Table **last = lua_touserdata(L, -1);
  if (last != NULL && *last != NULL) count_cells(L, *last);
  lua_pop(L, 1);
  Table **handle = evl_new(L, sizeof(Table *), TYPE);
  lua_pushvalue(L, -1);
  lua_rawseti(L, -3, 1);
  lua_remove(L, -2);
  return handle;
}

Table *evl_check_table(lua_State *L, int arg) {
  Table **handle = luaL_checkudata(L, arg, TYPE);
  luaL_argcheck(L, *handle != NULL, arg, "the table was closed");
  return *handle;
}

/* A column by name; the caller's mistake when there is none. */
static size_t need_column(lua_State *L, const Table *table, const char *name) {
  Err err;
  ptrdiff_t i = table_need(table, name, &err);
  if (i < 0) evl_raise(L, &err);
  return (size_t)i;
}

size_t evl_need_column(lua_State *L, const Table *table) {
  if (lua_type(L, -1) != LUA_TSTRING)
    luaL_error(L, "the name of a column is a string, not a %s",
               luaL_typename(L, -1));
  return need_column(L, table, lua_tostring(L, -1));
}

size_t *evl_check_columns(lua_State *L, int arg, const Table *table,
                          size_t *n) {
  luaL_checktype(L, arg, LUA_TTABLE);
  *n = lua_rawlen(L, arg);
  size_t *columns = evl_scratch(L, *n, sizeof *columns);
  for (size_t i = 0; i < *n; i++) {
    lua_rawgeti(L, arg, (lua_Integer)i + 1);
    columns[i] = evl_need_column(L, table);
    lua_pop(L, 1);
  }
  return columns;
}

/* String i of the array at `arg`; it stays alive in that array (which is why
   arrays are read raw here). */
static const char *string_at(lua_State *L, int arg, lua_Integer i) {
  if (lua_rawgeti(L, arg, i) != LUA_TSTRING)
    luaL_error(L, "column name %I is a %s, not a string", i,
               luaL_typename(L, -1));
  const char *name = lua_tostring(L, -1);
  lua_pop(L, 1);
  return name;
}

/* table.new({names}, {columns}, nrows) */
static int ltable_new(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  luaL_checktype(L, 2, LUA_TTABLE);
  lua_Integer nrows = luaL_checkinteger(L, 3);
  luaL_argcheck(L, nrows >= 0, 3, "a length is not negative");
  size_t n = lua_rawlen(L, 1);
  const char **names = evl_scratch(L, n, sizeof *names);
  Column **columns = evl_scratch(L, n, sizeof *columns);
  for (size_t i = 0; i < n; i++) {
    names[i] = string_at(L, 1, (lua_Integer)i + 1);
    lua_rawgeti(L, 2, (lua_Integer)i + 1);
    columns[i] = evl_check_column(L, -1);
    if (columns[i]->nrows != (size_t)nrows)
      luaL_error(L, "column '%s' has %I values, not %I", names[i],
                 (lua_Integer)columns[i]->nrows, nrows);
    lua_pop(L, 1);
  }
  Err err;
  Table **handle = evl_new_table(L);
  *handle = table_new((size_t)nrows, n, names, columns, &err);
  return *handle == NULL ? evl_fail(L, &err) : 1;
}

/* table.select(t, {names}) */
static int ltable_select(lua_State *L) {
  const Table *table = evl_check_table(L, 1);
  size_t n;
  size_t *picked = evl_check_columns(L, 2, table, &n);
  Err err;
  Table **handle = evl_new_table(L);
  *handle = table_select(table, picked, n, NULL, &err);
  return *handle == NULL ? evl_raise(L, &err) : 1;
}

/* table.rename(t, {new = old}) */
static int ltable_rename(lua_State *L) {
  const Table *table = evl_check_table(L, 1);
  luaL_checktype(L, 2, LUA_TTABLE);
  const char **names = evl_scratch(L, table->ncols, sizeof *names);
  size_t *all = evl_scratch(L, table->ncols, sizeof *all);
  for (size_t i = 0; i < table->ncols; i++) all[i] = i;
  lua_pushnil(L);
  while (lua_next(L, 2) != 0) {
    if (lua_type(L, -2) != LUA_TSTRING || lua_type(L, -1) != LUA_TSTRING)
      return luaL_error(L, "rename takes {new = \"old\"}, both names");
    names[need_column(L, table, lua_tostring(L, -1))] = lua_tostring(L, -2);
    lua_pop(L, 1);
  }
  Err err;
  Table **handle = evl_new_table(L);
  *handle = table_select(table, all, table->ncols, names, &err);
  return *handle == NULL ? evl_raise(L, &err) : 1;
}

/* table.slice(t, first, last): rows first..last, cut to what there is */
static int ltable_slice(lua_State *L) {
  const Table *table = evl_check_table(L, 1);
  lua_Integer first = luaL_checkinteger(L, 2), last = luaL_checkinteger(L, 3);
  if (first < 1) first = 1;
  if (last > (lua_Integer)table->nrows) last = (lua_Integer)table->nrows;
  size_t n = last < first ? 0 : (size_t)(last - first) + 1;
  size_t *rows = evl_scratch(L, n, sizeof *rows);
  for (size_t i = 0; i < n; i++) rows[i] = (size_t)first - 1 + i;
  Err err;
  Table **handle = evl_new_table(L);
  *handle = table_gather(table, rows, n, &err);
  return *handle == NULL ? evl_fail(L, &err) : 1;
}

/* table.gather(t, {row numbers}); 0 gives a row of NA */
static int ltable_gather(lua_State *L) {
  const Table *table = evl_check_table(L, 1);
  luaL_checktype(L, 2, LUA_TTABLE);
  size_t n = lua_rawlen(L, 2);
  size_t *rows = evl_scratch(L, n, sizeof *rows);
  for (size_t i = 0; i < n; i++) {
    lua_rawgeti(L, 2, (lua_Integer)i + 1);
    lua_Integer row = luaL_checkinteger(L, -1);
    luaL_argcheck(L, row >= 0 && (lua_Unsigned)row <= table->nrows, 2,
                  "there is no such row");
    rows[i] = row == 0 ? SIZE_MAX : (size_t)row - 1;
    lua_pop(L, 1);
  }
  Err err;
  Table **handle = evl_new_table(L);
  *handle = table_gather(table, rows, n, &err);
  return *handle == NULL ? evl_fail(L, &err) : 1;
}

/* table.bind_rows({t1, t2, ...}) */
static int ltable_bind_rows(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  size_t n = lua_rawlen(L, 1);
  Table **tables = evl_scratch(L, n, sizeof *tables);
  for (size_t i = 0; i < n; i++) {
    lua_rawgeti(L, 1, (lua_Integer)i + 1);
    tables[i] = evl_check_table(L, -1);
    lua_pop(L, 1);
  }
  Err err;
  Table **handle = evl_new_table(L);
  *handle = table_bind_rows(tables, n, &err);
  return *handle == NULL ? evl_fail(L, &err) : 1;
}

/* table.with(t, name, column) */
static int ltable_with(lua_State *L) {
  const Table *table = evl_check_table(L, 1);
  const char *name = luaL_checkstring(L, 2);
  Column *column = evl_check_column(L, 3);
  luaL_argcheck(L, table->ncols == 0 || column->nrows == table->nrows, 3,
                "the column has another length than the table");
  Err err;
  Table **handle = evl_new_table(L);
  *handle = table_with(table, name, column, &err);
  return *handle == NULL ? evl_fail(L, &err) : 1;
}

/* ---- methods ---- */

static int ltable_nrows(lua_State *L) {
  lua_pushinteger(L, (lua_Integer)evl_check_table(L, 1)->nrows);
  return 1;
}

static int ltable_names(lua_State *L) {
  const Table *table = evl_check_table(L, 1);
  lua_createtable(L, (int)table->ncols, 0);
  for (size_t i = 0; i < table->ncols; i++) {
    lua_pushstring(L, table->names[i]);
    lua_seti(L, -2, (lua_Integer)i + 1);
  }
  return 1;
}

static int ltable_column(lua_State *L) {
  Table *table = evl_check_table(L, 1);
  size_t i = need_column(L, table, luaL_checkstring(L, 2));
  Column **handle = evl_new_column(L);
  *handle = column_ref(table->columns[i]);
  return 1;
}

/* Whether there is a column of that name. */
static int ltable_has(lua_State *L) {
  const Table *table = evl_check_table(L, 1);
  lua_pushboolean(L, table_find(table, luaL_checkstring(L, 2)) >= 0);
  return 1;
}

static void push_row(lua_State *L, const Table *table, size_t row) {
  lua_createtable(L, 0, (int)table->ncols);
  for (size_t i = 0; i < table->ncols; i++) {
    evl_push_cell(L, table->columns[i], row);
    lua_setfield(L, -2, table->names[i]);
  }
}

/* t[i]: row i as a Lua table, NA as nil; any other key: a method */
static int ltable_index(lua_State *L) {
  const Table *table = evl_check_table(L, 1);
  int ok;
  lua_Integer i = lua_tointegerx(L, 2, &ok);
  if (!ok) {
    lua_pushvalue(L, 2);
    lua_gettable(L, lua_upvalueindex(1));
    return 1;
  }
  if (i < 1 || (lua_Unsigned)i > table->nrows) lua_pushnil(L);
  else push_row(L, table, (size_t)i - 1);
  return 1;
}

/* tostring(t): the method `show`, which Lua provides */
static int ltable_tostring(lua_State *L) {
  lua_getfield(L, lua_upvalueindex(1), "show");
  if (lua_isnil(L, -1)) {
    lua_pushliteral(L, "evalua.table");
    return 1;
  }
  lua_pushvalue(L, 1);
  lua_call(L, 1, 1);
  return 1;
}

static int ltable_free(lua_State *L) {
  Table **handle = luaL_checkudata(L, 1, TYPE);
  table_unref(*handle);
  *handle = NULL;
  return 0;
}

static int ltable_is(lua_State *L) {
  lua_pushboolean(L, luaL_testudata(L, 1, TYPE) != NULL);
  return 1;
}

static const luaL_Reg functions[] = {{"new", ltable_new},
                                     {"select", ltable_select},
                                     {"rename", ltable_rename},
                                     {"slice", ltable_slice},
                                     {"gather", ltable_gather},
                                     {"bind_rows", ltable_bind_rows},
                                     {"with", ltable_with},
                                     {"is", ltable_is},
                                     {NULL, NULL}};

static const luaL_Reg methods[] = {{"nrows", ltable_nrows},
                                   {"names", ltable_names},
                                   {"column", ltable_column},
                                   {"has", ltable_has},
                                   {NULL, NULL}};

static const luaL_Reg meta[] = {{"__gc", ltable_free},
                                {"__close", ltable_free},
                                {"__len", ltable_nrows},
                                {NULL, NULL}};

/* Leaves core.table; core.table.methods is what Lua adds the sugar to. */
int evl_open_table(lua_State *L) {
  evl_type(L, TYPE, meta, NULL);
  luaL_setfuncs(L, methods, 0);
  luaL_getmetatable(L, TYPE);
  lua_pushvalue(L, -2);
  lua_pushcclosure(L, ltable_index, 1);
  lua_setfield(L, -2, "__index");
  lua_pushvalue(L, -2);
  lua_pushcclosure(L, ltable_tostring, 1);
  lua_setfield(L, -2, "__tostring");
  lua_pop(L, 1);
  luaL_newlib(L, functions);
  lua_insert(L, -2); /* functions methods */
  lua_setfield(L, -2, "methods");
  return 1;
}

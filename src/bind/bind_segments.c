/* Column segments, as methods of a store. A scan is opened, run and closed
   within one call, and nothing may raise in between. */
#include "bind/bind_plan.h"
#include "bind/bind_store.h"
#include "io/store_compact.h"
#include "io/store_scan.h"

/* Open a scan of the columns (NULL: all), or push why there is none and set
 *pushed to how many values that are. */
static StoreScan *open_scan(lua_State *L, Store *store, const char *name,
                            const char *const *columns, size_t ncolumns,
                            int *pushed) {
  static const char *const words[] = {"none", "stale", "damaged"};
  SegmentState state;
  Err err;
  StoreScan *scan =
      store_scan_open(store, name, columns, ncolumns, &state, &err);
  if (scan != NULL) return scan;
  if (state == SEGMENT_FRESH) {
    *pushed = evl_give_up(L, &err);
    return NULL;
  }
  lua_pushnil(L);
  lua_pushstring(L, words[state]);
  *pushed = 2;
  return NULL;
}

/* The table in the handle on the stack top, or what went wrong. */
static int give(lua_State *L, Table *const *handle, bool damaged,
                const Err *err) {
  if (*handle != NULL) return 1;
  if (!damaged) return evl_give_up(L, err);
  lua_pushnil(L);
  lua_pushliteral(L, "damaged");
  return 2;
}

/* s:read_segments(name): a table out of the segments; nil and "none", "stale"
   or "damaged" where the rows must be read; nil, message, code */
static int lsegments_read(lua_State *L) {
  Store *store = evl_check_store(L);
  const char *name = evl_check_plain(L, 2);
  Err err;
  int pushed;
  Table **handle = evl_new_table(L);
  StoreScan *scan = open_scan(L, store, name, NULL, 0, &pushed);
  if (scan == NULL) return pushed;
  *handle = store_scan_table(scan, &err);
  bool damaged = store_scan_is_damaged(scan);
  store_scan_close(scan);
  return give(L, handle, damaged, &err);
}

/* s:segments(name): rows and blocks; nil and a word, or nil, message, code, as
   above */
static int lsegments_look(lua_State *L) {
  Store *store = evl_check_store(L);
  const char *name = evl_check_plain(L, 2);
  int pushed;
  size_t read, all;
  /* no columns: nothing but the directory is read */
  StoreScan *scan = open_scan(L, store, name, (const char *[]){""}, 0, &pushed);
  if (scan == NULL) return pushed;
  lua_Integer nrows = (lua_Integer)store_scan_nrows(scan);
  store_scan_blocks(scan, &read, &all);
  store_scan_close(scan);
  lua_pushinteger(L, nrows);
  lua_pushinteger(L, (lua_Integer)all);
  return 2;
}

/* s:run_segments(name, plan, threads | nil): the plan's table (bind_plan.h)
   and {rows =, blocks =, read =}: rows and blocks of the table, and blocks that
   the plan had to look at; nil and a word, or nil, message, code, as above */
static int lsegments_run(lua_State *L) {
  Store *store = evl_check_store(L);
  const char *name = evl_check_plain(L, 2);
  size_t threads = (size_t)luaL_optinteger(L, 4, 0);
  EvlPlan plan;
  evl_check_plan(L, 3, &plan);
  ExprHost host = evl_host(L);
  Err err;
  int pushed;
  size_t read, all;
  Table **handle = evl_new_table(L);
  StoreScan *scan =
      open_scan(L, store, name, plan.columns, plan.ncolumns, &pushed);
  if (scan == NULL) return pushed;
  *handle = scan_run(store_scan_source(scan), &plan.scan, threads, &host, &err);
  bool damaged = store_scan_is_damaged(scan);
  uint64_t nrows = store_scan_nrows(scan);
  store_scan_blocks(scan, &read, &all);
  store_scan_close(scan);
  if (*handle == NULL) return give(L, handle, damaged, &err);
  lua_createtable(L, 0, 3);
  lua_pushinteger(L, (lua_Integer)nrows);
  lua_setfield(L, -2, "rows");
  lua_pushinteger(L, (lua_Integer)all);
  lua_setfield(L, -2, "blocks");
  lua_pushinteger(L, (lua_Integer)read);
  lua_setfield(L, -2, "read");
  return 2;
}

/* s:compact(name, if_free | nil): make the segments of a table, or only where
   no other program writes: true, or nil, message, code */
static int lsegments_compact(lua_State *L) {
  Store *store = evl_check_store(L);
  const char *name = evl_check_plain(L, 2);
  Err err;
  StoreCompactMode mode = lua_toboolean(L, 3) ? COMPACT_IF_FREE : COMPACT_WAIT;
  if (store_compact(store, name, mode, &err) != 0) return evl_fail(L, &err);
  lua_pushboolean(L, 1);
  return 1;
}

/* s:is_due(name): whether segments would be of use */
static int lsegments_is_due(lua_State *L) {
  Store *store = evl_check_store(L);
  const char *name = evl_check_plain(L, 2);
  Err err;
  int due = store_compact_is_due(store, name, &err);
  if (due < 0) return evl_fail(L, &err);
  lua_pushboolean(L, due);
  return 1;
}

/* s:drop_segments(name | nil): in the open transaction, those of a table or of
   all: whether there were any, or nil, message, code */
static int lsegments_drop(lua_State *L) {
  Store *store = evl_check_store(L);
  const char *name = lua_isnoneornil(L, 2) ? NULL : evl_check_plain(L, 2);
  Err err;
  int gone = name == NULL ? store_segment_forget_all(store, &err)
                          : store_segment_forget(store, name, &err);
  if (gone < 0) return evl_fail(L, &err);
  lua_pushboolean(L, gone);
  return 1;
}

const luaL_Reg evl_segment_methods[] = {{"read_segments", lsegments_read},
                                        {"segments", lsegments_look},
                                        {"run_segments", lsegments_run},
                                        {"compact", lsegments_compact},
                                        {"is_due", lsegments_is_due},
                                        {"drop_segments", lsegments_drop},
                                        {NULL, NULL}};

/* A plan is plain data in Lua. Its texts stay alive in it, its trees become
   nodes of a pool that Lua collects. */
#include "bind/bind_plan.h"

#include <string.h>

/* Field `name` of the item on the stack top, a string that it keeps alive. */
static const char *check_field(lua_State *L, const char *name) {
  lua_pushstring(L, name);
  if (lua_rawget(L, -2) != LUA_TSTRING)
    luaL_error(L, "a summary lacks its %s", name);
  const char *text = lua_tostring(L, -1);
  lua_pop(L, 1);
  return text;
}

/* Field p of the item on the stack top: which quantile. */
static Decimal check_part(lua_State *L) {
  Decimal p;
  lua_pushliteral(L, "p");
  lua_rawget(L, -2);
  if (!evl_to_decimal(L, -1, &p))
    luaL_error(L, "a quantile needs its p, from 0 to 1");
  lua_pop(L, 1);
  return p;
}

/* The item {name=, fn=, tree=, p=, overall=} on the stack top. */
static Summary check_summary(lua_State *L, ExprPool *pool) {
  luaL_checktype(L, -1, LUA_TTABLE);
  Summary item = {.name = check_field(L, "name")};
  const char *fn = check_field(L, "fn");
  int kind = aggregate_kind(fn);
  if (kind < 0) luaL_error(L, "there is no summary '%s'", fn);
  item.kind = (AggregateKind)kind;
  if (item.kind == AGGREGATE_QUANTILE) item.p = check_part(L);
  lua_pushliteral(L, "tree");
  if (lua_rawget(L, -2) != LUA_TNIL) item.of = evl_check_expr(L, -1, pool);
  lua_pop(L, 1);
  lua_pushliteral(L, "overall");
  lua_rawget(L, -2);
  item.overall = lua_toboolean(L, -1);
  lua_pop(L, 1);
  return item;
}

Summary *evl_check_summaries(lua_State *L, int arg, size_t *n) {
  luaL_checktype(L, arg, LUA_TTABLE);
  *n = lua_rawlen(L, arg);
  ExprPool *pool = evl_new_pool(L);
  Summary *items = evl_scratch(L, *n, sizeof *items);
  for (size_t i = 0; i < *n; i++) {
    lua_rawgeti(L, arg, (lua_Integer)i + 1);
    items[i] = check_summary(L, pool);
    lua_pop(L, 1);
  }
  return items;
}

/* ---- plans ---- */

static const char NAMES[] = "evalua.plan_names";

static int lnames_free(lua_State *L) {
  Dict **handle = lua_touserdata(L, 1);
  dict_unref(*handle);
  *handle = NULL;
  return 0;
}

static const luaL_Reg names_meta[] = {{"__gc", lnames_free}, {NULL, NULL}};

void evl_open_plan(lua_State *L) {
  evl_type(L, NAMES, names_meta, NULL);
  lua_pop(L, 1);
}

/* An empty dictionary that Lua collects; pushes it. */
static Dict *new_names(lua_State *L) {
  Err err;
  Dict **handle = evl_new(L, sizeof(Dict *), NAMES);
  *handle = dict_new(&err);
  if (*handle == NULL) evl_raise(L, &err);
  return *handle;
}

static void add_columns(lua_State *L, const Expr *expr, Dict *names) {
  Err err;
  if (expr != NULL && expr_columns(expr, names, &err) != 0) evl_raise(L, &err);
}

static const Expr *check_where(lua_State *L, int arg, ExprPool *pool) {
  lua_pushliteral(L, "where");
  const Expr *expr = NULL;
  if (lua_rawget(L, arg) != LUA_TNIL) expr = evl_check_expr(L, -1, pool);
  lua_pop(L, 1);
  return expr;
}

/* Names of the keys, added to `names`, as indices in it; pushes scratch. */
static const size_t *check_keys(lua_State *L, int arg, Dict *names, size_t *n) {
  Err err;
  lua_pushliteral(L, "keys");
  if (lua_rawget(L, arg) != LUA_TTABLE)
    luaL_error(L, "the plan's keys must be a list");
  int list = lua_gettop(L);
  *n = lua_rawlen(L, list);
  size_t *keys = evl_scratch(L, *n, sizeof *keys);
  for (size_t i = 0; i < *n; i++) {
    size_t len;
    if (lua_rawgeti(L, list, (lua_Integer)i + 1) != LUA_TSTRING)
      luaL_error(L, "the plan's keys must be names of columns");
    const char *name = lua_tolstring(L, -1, &len);
    uint32_t code = dict_add(names, name, len, &err);
    if (code == DICT_NONE) evl_raise(L, &err);
    keys[i] = code;
    lua_pop(L, 1);
  }
  lua_remove(L, list);
  return keys;
}

/* The summaries; pushes what they lie in. */
static const Summary *check_items(lua_State *L, int arg, Dict *names, size_t *n,
                                  bool *given) {
  lua_pushliteral(L, "items");
  *n = 0;
  *given = lua_rawget(L, arg) != LUA_TNIL;
  if (!*given) return NULL;
  const Summary *items = evl_check_summaries(L, lua_gettop(L), n);
  for (size_t i = 0; i < *n; i++) add_columns(L, items[i].of, names);
  return items;
}

void evl_check_plan(lua_State *L, int arg, EvlPlan *out) {
  luaL_checktype(L, arg, LUA_TTABLE);
  luaL_checkstack(L, 20, NULL);
  *out = (EvlPlan){0};
  ExprPool *pool = evl_new_pool(L);
  Dict *names = new_names(L);
  out->scan.where = check_where(L, arg, pool);
  add_columns(L, out->scan.where, names);
  out->scan.keys = check_keys(L, arg, names, &out->scan.nkeys);
  out->scan.items =
      check_items(L, arg, names, &out->scan.nitems, &out->scan.groups);
  out->ncolumns = dict_count(names);
  out->columns = evl_scratch(L, out->ncolumns, sizeof *out->columns);
  for (size_t i = 0; i < out->ncolumns; i++)
    out->columns[i] = dict_text(names, (uint32_t)i, NULL);
}
